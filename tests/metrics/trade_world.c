/* SPDX-License-Identifier: MIT */
#include "trade_world.h"

#include <stdio.h>
#include <string.h>

critmin_store *trade_world(void) {
  static const char *const rows[] = {
      "measure|measure=imports|choice=country|text=Imports",
      "measure|measure=exports|choice=country|text=Exports",
      "measure|measure=secondary_production|choice=country|text=Old scrap",
      "measure|measure=stock_release|choice=country|text=Released",
      "measure|measure=stock_build|choice=country|text=Built",
      "measure|measure=apparent_consumption|choice=country|text=Apparent",
      "measure|measure=demand|choice=country|text=Demand",
      "measure|measure=reported_consumption|choice=country|text=Reported",
      "measure|measure=net_import_reliance|unit=share|choice=country|text=Reliance",
      "measure|measure=import_reliance|unit=share|choice=country|text=Reliance",
      "measure|measure=flow|text=Trade",
      "source_rank|measure=flow|source=first|rank=1",
      "source_rank|measure=flow|source=second|rank=2",
      "source_rank|measure=flow|source=third|rank=3",
      "country|country=EUU|kind=union|name=Union",
      "group|group=UNION|name=Union|area=EUU",
      "group_member|group=UNION|country=DEU",
      "group_member|group=UNION|country=FRA",
      "group|group=ALL|name=All",
      "group_member|group=ALL|country=DEU",
      "group_member|group=ALL|country=FRA",
      "group_member|group=ALL|country=CHN",
  };
  critmin_store *store = world();
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) world_set(store, rows[i]);
  return store;
}

static const char *bar(const char *more) {
  return more && *more ? "|" : "";
}

void trade_figure(critmin_store *store, const char *measure, const char *country, const char *value,
                  const char *more) {
  char row[512];
  snprintf(row, sizeof row, "measure=%s%s%s", measure, bar(more), more ? more : "");
  world_figure(store, country, value, row);
}

void trade_flow(critmin_store *store, const char *exporter, const char *importer, const char *quantity,
                const char *more) {
  char row[512];
  snprintf(row, sizeof row,
           "flow|mineral=tin|stage=mining|from=2020|to=2020|importer=%s|exporter=%s|basis=content|quantity=%s|"
           "source=first|edition=2022%s%s",
           importer, exporter, quantity, bar(more), more ? more : "");
  world_set(store, row);
}

void trade_bloc(critmin_store *store) {
  world_market(store, "", "DEU", "10", "FRA", "5", "CHN", "100", "WLD", "115", NULL);
  trade_flow(store, "CHN", "DEU", "40", "");
  trade_flow(store, "FRA", "DEU", "10", "");
  trade_flow(store, "CHN", "FRA", "30", "");
  trade_flow(store, "DEU", "FRA", "2", "");
  trade_flow(store, "DEU", "CHN", "5", "");
  trade_flow(store, "FRA", "CHN", "5", "");
  trade_flow(store, "WLD", "WLD", "92", "");
}

static const char *question(const char *words, char text[512]) {
  snprintf(text, 512, "%s%s%s%s", strstr(words, "mineral=") ? "" : "mineral=tin|",
           strstr(words, "stage=") ? "" : "stage=mining|", strstr(words, "year=") ? "" : "year=2020|", words);
  return text;
}

critmin_table *trade_ask(critmin_store *store, const char *words) {
  char text[512];
  return world_ask(store, question(words, text));
}

critmin_table *trade_explain(critmin_store *store, const char *words) {
  char text[512];
  return world_explain(store, question(words, text));
}
