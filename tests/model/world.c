/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 24, TEXT = 1024 };

/* Splits "a=b|c=d" in place. */
static int split(char *text, const char **names, const char **values) {
  int n = 0;
  for (char *part = strtok(text, "|"); part; part = strtok(NULL, "|")) {
    char *sign = strchr(part, '=');
    ck_assert_ptr_nonnull(sign);
    *sign = '\0';
    /* What is said last holds. */
    int at = 0;
    while (at < n && strcmp(names[at], part) != 0) at++;
    names[at] = part;
    values[at] = sign + 1;
    if (at == n) n++;
    ck_assert_int_lt(n, FIELDS);
  }
  return n;
}

void world_set(critmin_store *store, const char *row) {
  char text[TEXT];
  const char *names[FIELDS], *values[FIELDS];
  snprintf(text, sizeof text, "%s", row);
  char *fields = strchr(text, '|');
  ck_assert_ptr_nonnull(fields);
  *fields++ = '\0';
  int n = split(fields, names, values);
  critmin_error error;
  ck_assert_msg(critmin_store_set(store, text, names, values, n, &error) == CRITMIN_OK, "%s: %s", row, error.message);
}

critmin_store *world(void) {
  static const char *const rows[] = {
      "source|source=first|publisher=First Survey|title=Minerals|licence=CC0-1.0|url=https://example.org/first",
      "source|source=second|publisher=Second Agency|title=Outlook|licence=CC-BY-4.0",
      "source|source=third|publisher=Third Bureau|title=Shares|licence=CC-BY-4.0",
      "source|source=wgi|publisher=World Bank|title=Governance|licence=CC-BY-4.0",
      "edition|source=first|edition=2022|date=2022-01-31",
      "edition|source=first|edition=2023|date=2023-01-31|title=Minerals 2023",
      "edition|source=second|edition=2021|date=2021-06-01",
      "edition|source=third|edition=2020|date=2020-06-01",
      "edition|source=wgi|edition=2024|date=2024-11-01",
      "country|country=USA|iso2=US|name=United States",
      "country|country=DEU|iso2=DE|name=Germany",
      "country|country=FRA|iso2=FR|name=France",
      "country|country=GBR|iso2=GB|name=United Kingdom",
      "country|country=CHN|iso2=CN|name=China",
      "country|country=AUS|iso2=AU|name=Australia",
      "country|country=WLD|kind=world|name=World",
      "country|country=OTH|kind=other|name=Other countries",
      "country_alias|word=America|country=USA",
      "country_alias|publisher=first|word=Mainland|country=CHN",
      "country_alias|publisher=first|word=Isles|country=GBR",
      "country_alias|publisher=second|word=Isles|country=AUS",
      "group|group=EU27|name=European Union",
      "group|group=G7|name=Group of Seven",
      "group|group=PAIR|name=Pair",
      "group|group=LATE|name=Late",
      "group_member|group=EU27|country=DEU",
      "group_member|group=EU27|country=FRA",
      "group_member|group=EU27|country=GBR|to=2020-01",
      "group_member|group=G7|country=DEU",
      "group_member|group=G7|country=FRA",
      "group_member|group=G7|country=GBR",
      "group_member|group=G7|country=USA",
      "group_member|group=PAIR|country=CHN",
      "group_member|group=PAIR|country=USA",
      "group_member|group=LATE|country=AUS|from=2030",
      "mineral|mineral=tin|name=Tin|symbol=Sn",
      "mineral|mineral=one|name=Oneium",
      "mineral|mineral=two|name=Twoium",
      "mineral|mineral=both|name=Both|kind=group",
      "mineral_member|mineral=both|member=one",
      "mineral_member|mineral=both|member=two",
      "mineral_alias|mineral=tin|word=stannum",
      "stage|mineral=tin|stage=mining|kind=mining|position=1|name=Mine|unit=t|basis=content",
      "stage|mineral=tin|stage=smelter|kind=processing|position=2|name=Smelter|unit=t|basis=content",
      "stage|mineral=tin|stage=refined|kind=processing|position=3|name=Refinery|unit=t|basis=content",
      "stage|mineral=tin|stage=alloy|kind=component|position=4|name=Alloy|unit=t|basis=gross",
      "stage|mineral=both|stage=mining|kind=mining|position=1|name=Mine|unit=t|basis=content",
      "stage|mineral=both|stage=oxide|kind=processing|position=2|name=Oxide|unit=t|basis=content",
      "stage|mineral=one|stage=mining|kind=mining|position=1|name=Mine|unit=t|basis=content",
      "stage|mineral=one|stage=oxide|kind=processing|position=2|name=Oxide|unit=t|basis=content",
      "stage|mineral=two|stage=mining|kind=mining|position=1|name=Mine|unit=t|basis=content",
      "stage|mineral=two|stage=oxide|kind=processing|position=2|name=Oxide|unit=t|basis=content",
      "stage_alias|word=pit|stage=mining",
      "stage_alias|publisher=first|word=plant|stage=processing",
      "content_factor|mineral=tin|basis=SnO2|element=Sn|factor=0.5",
      "content_factor|mineral=tin|basis=gross|element=Sn|factor=0.25",
      "measure|measure=production|text=Output",
      "measure|measure=capacity|text=Capacity",
      "source_rank|measure=production|source=first|rank=1",
      "source_rank|measure=production|source=second|rank=2",
      "indicator_kind|indicator=control_of_corruption|name=Corruption|unit=score|worst=-2.5|best=2.5|source=wgi",
      "indicator_kind|indicator=government_effectiveness|name=Effectiveness|unit=score|worst=-2.5|best=2.5|source=wgi",
      "indicator_kind|indicator=political_stability|name=Stability|unit=score|worst=-2.5|best=2.5|source=wgi",
      "indicator_kind|indicator=regulatory_quality|name=Regulation|unit=score|worst=-2.5|best=2.5|source=wgi",
      "indicator_kind|indicator=rule_of_law|name=Law|unit=score|worst=-2.5|best=2.5|source=wgi",
      "indicator_kind|indicator=voice_accountability|name=Voice|unit=score|worst=-2.5|best=2.5|source=wgi",
  };
  critmin_store *store;
  critmin_error error;
  ck_assert_msg(critmin_store_open(":memory:", CRITMIN_OPEN_WRITE, &store, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) world_set(store, rows[i]);
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
  return store;
}

void world_figure(critmin_store *store, const char *country, const char *value, const char *more) {
  char row[TEXT];
  const char *status = value ? "" : "|status=withheld";
  snprintf(row, sizeof row,
           "figure|mineral=tin|stage=mining|country=%s|from=2020|to=2020|unit=t|basis=content|value=%s|source=first|"
           "edition=2022%s%s%s",
           country, value ? value : "", status, more && *more ? "|" : "", more ? more : "");
  world_set(store, row);
}

void world_market(critmin_store *store, const char *more, ...) {
  va_list arguments;
  va_start(arguments, more);
  for (const char *country; (country = va_arg(arguments, const char *));)
    world_figure(store, country, va_arg(arguments, const char *), more);
  va_end(arguments);
}

critmin_selection *world_selection(const char *words) {
  char text[TEXT];
  critmin_selection *selection;
  critmin_error error;
  snprintf(text, sizeof text, "%s", words);
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  static const char *const dimensions[] = {"metric", "mineral", "stage", "country", "partner", "measure", "status"};
  for (char *part = strtok(text, "|"); part; part = strtok(NULL, "|")) {
    char *sign = strchr(part, '=');
    ck_assert_ptr_nonnull(sign);
    *sign++ = '\0';
    size_t i = 0;
    while (i < 7 && strcmp(part, dimensions[i]) != 0) i++;
    critmin_status status;
    if (strcmp(part, "year") == 0 && strcmp(sign, "newest") != 0) {
      char *last = strchr(sign, ':');
      status = critmin_selection_years(selection, atoi(sign), atoi(last ? last + 1 : sign), &error);
    } else if (i < 7) {
      status = critmin_selection_add(selection, part, sign, &error);
    } else {
      status = critmin_selection_set(selection, part, sign, &error);
    }
    ck_assert_msg(status == CRITMIN_OK, "%s: %s", words, error.message);
  }
  return selection;
}

critmin_model *world_model(critmin_store *store, const char *words) {
  critmin_selection *selection = words ? world_selection(words) : NULL;
  critmin_model *model = NULL;
  critmin_error error;
  critmin_status status = critmin_model_load(store, selection, NULL, NULL, &model, &error);
  critmin_selection_free(selection);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  return model;
}

/* The options that a model is loaded with, of a question. */
static critmin_model *model_for(critmin_store *store, const char *words) {
  char text[TEXT], options[TEXT] = "";
  snprintf(text, sizeof text, "%s", words);
  for (char *part = strtok(text, "|"); part; part = strtok(NULL, "|")) {
    if (strncmp(part, "source=", 7) != 0 && strncmp(part, "edition=", 8) != 0) continue;
    if (*options) strcat(options, "|");
    strcat(options, part);
  }
  return world_model(store, *options ? options : NULL);
}

static critmin_status answer(critmin_store *store, const char *words, int explain, critmin_table **table,
                             critmin_error *error) {
  critmin_model *model = model_for(store, words);
  critmin_selection *selection = world_selection(words);
  critmin_status status = explain ? critmin_metric_explain(model, selection, table, error)
                                  : critmin_metric_compute(model, selection, 1, NULL, NULL, table, error);
  critmin_selection_free(selection);
  critmin_model_free(model);
  return status;
}

critmin_table *world_ask(critmin_store *store, const char *words) {
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_msg(answer(store, words, 0, &table, &error) == CRITMIN_OK, "%s: %s", words, error.message);
  return table;
}

critmin_table *world_explain(critmin_store *store, const char *words) {
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_msg(answer(store, words, 1, &table, &error) == CRITMIN_OK, "%s: %s", words, error.message);
  return table;
}

void world_refuses(critmin_store *store, const char *words, critmin_status status, const char *part) {
  critmin_table *table = NULL;
  critmin_error error;
  critmin_status is = answer(store, words, 0, &table, &error);
  ck_assert_msg(is == status, "%s: %s (%s)", words, critmin_status_name(is), error.message);
  ck_assert_ptr_null(table);
  ck_assert_msg(strstr(error.message, part) != NULL, "%s: \"%s\" does not say \"%s\"", words, error.message, part);
}

double cell(const critmin_table *table, int64_t row, const char *column) {
  return critmin_table_number(table, critmin_table_find(table, column), row);
}

const char *word(const critmin_table *table, int64_t row, const char *column) {
  const char *text = critmin_table_text(table, critmin_table_find(table, column), row);
  return text ? text : "(none)";
}

int flagged(const critmin_table *table, int64_t row, const char *flag) {
  const char *flags = word(table, row, "flags");
  size_t length = strlen(flag);
  for (const char *at = flags; (at = strstr(at, flag)); at += length) {
    if ((at == flags || at[-1] == ';') && (at[length] == ';' || at[length] == '\0')) return 1;
  }
  return 0;
}

int64_t row_of(const critmin_table *table, const char *column, const char *text) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(word(table, row, column), text) == 0) return row;
  }
  ck_abort_msg("no row has %s in column %s", text, column);
  return -1;
}
