/* SPDX-License-Identifier: MIT */
#include "sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "scratch.h"

enum { FIELDS = 32 };

critmin_status try_put(critmin_store *store, const char *relation, const char *row, critmin_error *error) {
  char text[1024];
  const char *names[FIELDS], *values[FIELDS];
  int n = 0;
  ck_assert_uint_lt(strlen(row), sizeof text);
  strcpy(text, row);
  for (char *at = text; at && *at;) {
    char *next = strchr(at, '|'), *equals = strchr(at, '=');
    if (next) *next++ = '\0';
    ck_assert_ptr_nonnull(equals);
    *equals = '\0';
    names[n] = at;
    values[n++] = equals + 1;
    at = next;
  }
  return critmin_store_set(store, relation, names, values, n, error);
}

void put(critmin_store *store, const char *relation, const char *row) {
  critmin_error error;
  ck_assert_msg(try_put(store, relation, row, &error) == CRITMIN_OK, "%s: %s", row, error.message);
}

void put_agreement(critmin_store *store, const char *row, const char *party) {
  critmin_error error;
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  put(store, "agreement", row);
  put(store, "agreement_party", party);
  ck_assert_msg(critmin_store_commit(store, &error) == CRITMIN_OK, "%s: %s", row, error.message);
}

void put_figure(critmin_store *store, const char *market, const char *country, const char *edition, const char *year,
                const char *rest) {
  char row[512];
  snprintf(row, sizeof row, "%s|country=%s|source=src|edition=%s|from=%s|to=%s|%s", market, country, edition, year,
           year, rest);
  put(store, "figure", row);
}

int64_t count_rows(critmin_store *store, const char *relation) {
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_msg(critmin_store_list(store, relation, NULL, &table, &error) == CRITMIN_OK, "%s", error.message);
  int64_t rows = critmin_table_rows(table);
  critmin_table_free(table);
  return rows;
}

critmin_store *sample_store(const char *name) {
  static const char *const countries[] = {
      "country=COD|name=DR Congo",
      "country=CHN|name=China",
      "country=AUS|name=Australia",
      "country=DEU|name=Germany",
      "country=FRA|name=France",
      "country=WLD|name=World|kind=world",
      "country=OTH|name=Other countries|kind=other",
  };
  critmin_store *store = new_store(name);
  critmin_error error;
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  for (size_t i = 0; i < sizeof countries / sizeof countries[0]; i++) put(store, "country", countries[i]);
  put(store, "source", "source=src|publisher=A publisher|title=A book|licence=CC0-1.0");
  put(store, "edition", "source=src|edition=2024|date=2024-01-31");
  put(store, "edition", "source=src|edition=2025|date=2025-01-31");
  put(store, "measure", "measure=production|unit=quantity|text=output");
  put(store, "measure", "measure=capacity|unit=quantity|text=what could be made");
  put(store, "mineral", "mineral=cobalt|name=Cobalt|symbol=Co");
  put(store, "stage", "mineral=cobalt|stage=mining|kind=mining|position=1|name=mine|unit=t|basis=content");
  put(store, "stage", "mineral=cobalt|stage=refined|kind=processing|position=2|name=refinery|unit=t|basis=content");
  put(store, "mineral", "mineral=lithium|name=Lithium|symbol=Li");
  put(store, "stage", "mineral=lithium|stage=mining|kind=mining|position=1|name=mine|unit=t|basis=content");
  put(store, "stage", "mineral=lithium|stage=hydroxide|kind=processing|position=2|name=hydroxide|unit=t|basis=content");
  put(store, "group", "group=EU|name=European Union");
  put(store, "group_member", "group=EU|country=DEU|from=1958");
  put(store, "group_member", "group=EU|country=FRA|from=1958");
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
  return store;
}
