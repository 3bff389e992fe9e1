/* SPDX-License-Identifier: MIT */
#include "rows.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

critmin_store *open_reference(void) {
  critmin_error error;
  critmin_store *store = NULL;
  critmin_status status = critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  return store;
}

critmin_table *list(critmin_store *store, const char *what, const char *dimension, const char *name) {
  critmin_error error;
  critmin_selection *selection = NULL;
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  if (dimension) ck_assert_int_eq(critmin_selection_add(selection, dimension, name, &error), CRITMIN_OK);
  critmin_table *table = NULL;
  critmin_status status = critmin_store_list(store, what, selection, &table, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s %s: %s", what, name ? name : "", error.message);
  critmin_selection_free(selection);
  return table;
}

critmin_table *figures(critmin_store *store, const char *mineral, const char *stage) {
  critmin_error error;
  critmin_selection *selection = NULL;
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  if (mineral) ck_assert_int_eq(critmin_selection_add(selection, "mineral", mineral, &error), CRITMIN_OK);
  if (stage) ck_assert_int_eq(critmin_selection_add(selection, "stage", stage, &error), CRITMIN_OK);
  critmin_table *table = NULL;
  critmin_status status = critmin_store_figures(store, selection, &table, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s %s: %s", mineral ? mineral : "", stage ? stage : "", error.message);
  critmin_selection_free(selection);
  return table;
}

static int32_t column_of(const critmin_table *table, const char *column) {
  int32_t place = critmin_table_find(table, column);
  ck_assert_msg(place >= 0, "there is no column %s", column);
  return place;
}

const char *text(const critmin_table *table, const char *column, int64_t row) {
  const char *word = critmin_table_text(table, column_of(table, column), row);
  return word ? word : "";
}

double number(const critmin_table *table, const char *column, int64_t row) {
  int32_t place = column_of(table, column);
  if (critmin_table_type(table, place) != CRITMIN_COLUMN_TEXT) return critmin_table_number(table, place, row);
  const char *word = critmin_table_text(table, place, row);
  return word ? strtod(word, NULL) : NAN;
}

int64_t find(const critmin_table *table, figure wanted) {
  int64_t found = -1;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if ((int)number(table, "from", row) != wanted.year || (int)number(table, "to", row) != wanted.year ||
        strcmp(text(table, "country", row), wanted.country) || strcmp(text(table, "source", row), wanted.source) ||
        strcmp(text(table, "edition", row), wanted.edition) || strcmp(text(table, "measure", row), "production")) {
      continue;
    }
    ck_assert_msg(found < 0, "%s %d %s stands twice", wanted.country, wanted.year, wanted.edition);
    found = row;
  }
  ck_assert_msg(found >= 0, "%s %d of %s %s is missing", wanted.country, wanted.year, wanted.source, wanted.edition);
  return found;
}

double share_of_total(const critmin_table *table, figure wanted) {
  double part = number(table, "value", find(table, wanted));
  wanted.country = "WLD";
  return part / number(table, "value", find(table, wanted));
}
