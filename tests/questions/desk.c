/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "desk.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIELDS = 32, TEXT = 2048 };

static critmin_store *reference;
static critmin_model *model;
static char folder[TEXT];

static void desk_open(void) {
  critmin_error error;
  ck_fine(critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &reference, &error), error);
}

static void desk_close(void) {
  critmin_store_close(reference);
  reference = NULL;
}

static void desk_model_load(void) {
  desk_open();
  model = desk_load(reference);
  desk_close();
}

static void desk_model_free(void) {
  critmin_model_free(model);
  model = NULL;
}

TCase *desk_case(const char *name) {
  TCase *tests = tcase_create(name);
  tcase_add_unchecked_fixture(tests, desk_model_load, desk_model_free);
  tcase_add_checked_fixture(tests, desk_open, desk_close);
  return tests;
}

critmin_store *desk_reference(void) {
  return reference;
}

const critmin_model *desk_model(void) {
  return model;
}

static void own_path(char *path) {
  snprintf(path, 2 * TEXT, "%s/own.db", folder);
}

critmin_store *desk_own_store(void) {
  char path[2 * TEXT];
  const char *temporary = getenv("TMPDIR");
  critmin_error error;
  critmin_store *store = NULL;
  snprintf(folder, sizeof folder, "%s/questions-XXXXXX", temporary ? temporary : "/tmp");
  ck_assert_ptr_nonnull(mkdtemp(folder));
  own_path(path);
  ck_fine(critmin_store_init(path, CRITMIN_INIT_REFERENCE, &error), error);
  ck_fine(critmin_store_open(path, CRITMIN_OPEN_WRITE, &store, &error), error);
  desk_set(store, "source|source=own|publisher=The company|title=Its books|licence=LicenseRef-private");
  desk_set(store, "edition|source=own|edition=own|date=2026-01-01");
  return store;
}

void desk_own_close(critmin_store *store) {
  char path[2 * TEXT];
  critmin_store_close(store);
  own_path(path);
  ck_assert_int_eq(unlink(path), 0);
  ck_assert_int_eq(rmdir(folder), 0);
}

/* Splits "a=b|c=d" in place. */
static int32_t split(char *text, const char **names, const char **values) {
  int32_t n = 0;
  for (char *part = strtok(text, "|"); part; part = strtok(NULL, "|")) {
    char *sign = strchr(part, '=');
    ck_assert_msg(sign != NULL && n < FIELDS, "%s", part);
    *sign = '\0';
    names[n] = part;
    values[n++] = sign + 1;
  }
  return n;
}

static int32_t split_copy(const char *words, char *text, const char **names, const char **values) {
  ck_assert_uint_lt(strlen(words), TEXT);
  strcpy(text, words);
  return split(text, names, values);
}

void desk_set(critmin_store *store, const char *row) {
  char text[TEXT];
  const char *names[FIELDS], *values[FIELDS];
  critmin_error error;
  snprintf(text, sizeof text, "%s", row);
  char *fields = strchr(text, '|');
  ck_assert_ptr_nonnull(fields);
  *fields++ = '\0';
  int32_t n = split(fields, names, values);
  ck_assert_msg(critmin_store_set(store, text, names, values, n, &error) == CRITMIN_OK, "%s: %s", row, error.message);
}

critmin_model *desk_load(critmin_store *store) {
  critmin_model *loaded = NULL;
  critmin_error error;
  ck_fine(critmin_model_load(store, NULL, NULL, NULL, &loaded, &error), error);
  return loaded;
}

critmin_selection *desk_selection(const char *words) {
  char text[TEXT];
  const char *names[FIELDS], *values[FIELDS];
  critmin_selection *selection = NULL;
  critmin_error error;
  int32_t n = split_copy(words, text, names, values);
  ck_fine(critmin_selection_new(&selection, &error), error);
  for (int32_t i = 0; i < n; i++) {
    critmin_status status;
    int first, last;
    if (strcmp(names[i], "year") == 0 && sscanf(values[i], "%d:%d", &first, &last) == 2) {
      status = critmin_selection_years(selection, first, last, &error);
    } else if (strcmp(names[i], "year") == 0 && sscanf(values[i], "%d", &first) == 1) {
      status = critmin_selection_years(selection, first, first, &error);
    } else if (strcmp(names[i], "year") == 0 || strcmp(names[i], "date") == 0) {
      status = critmin_selection_set(selection, names[i], values[i], &error);
    } else if (strcmp(names[i], "set") == 0) {
      char option[TEXT];
      snprintf(option, sizeof option, "%s", values[i]);
      char *sign = strchr(option, '=');
      ck_assert_ptr_nonnull(sign);
      *sign = '\0';
      status = critmin_selection_set(selection, option, sign + 1, &error);
    } else {
      status = critmin_selection_add(selection, names[i], values[i], &error);
    }
    ck_assert_msg(status == CRITMIN_OK, "%s: %s", words, error.message);
  }
  return selection;
}

critmin_table *desk_metric(const critmin_model *of, const char *words) {
  critmin_selection *selection = desk_selection(words);
  critmin_table *table = NULL;
  critmin_error error;
  critmin_status status = critmin_metric_compute(of, selection, 0, NULL, NULL, &table, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s: %s", words, error.message);
  critmin_selection_free(selection);
  return table;
}

critmin_table *desk_compare(const critmin_model *of, const char *words) {
  critmin_selection *selection = desk_selection(words);
  critmin_table *table = NULL;
  critmin_error error;
  critmin_status status = critmin_metric_compare(of, selection, 0, NULL, NULL, &table, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s: %s", words, error.message);
  critmin_selection_free(selection);
  return table;
}

critmin_table *desk_list(critmin_store *store, const char *what, const char *words) {
  critmin_selection *selection = desk_selection(words);
  critmin_table *table = NULL;
  critmin_error error;
  critmin_status status = critmin_store_list(store, what, selection, &table, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s of %s: %s", what, words, error.message);
  critmin_selection_free(selection);
  return table;
}

critmin_table *desk_scenario(const critmin_model *of, critmin_store *store, const char *json, int64_t draws,
                             const char *what) {
  critmin_scenario *scenario = NULL;
  critmin_outcome *outcome = NULL;
  critmin_table *table = NULL;
  critmin_scenario_options options;
  critmin_error error;
  char *text = malloc(strlen(json) + 1);
  ck_assert_ptr_nonnull(text);
  strcpy(text, json);
  for (char *c = text; *c; c++) {
    if (*c == '\'') *c = '"';
  }
  critmin_scenario_options_init(&options);
  options.draws = draws;
  options.seed = 1;
  ck_fine(critmin_scenario_read(store, text, &scenario, &error), error);
  ck_fine(critmin_scenario_run(of, scenario, &options, NULL, NULL, &outcome, &error), error);
  ck_fine(critmin_outcome_table(outcome, what, &table, &error), error);
  critmin_outcome_free(outcome);
  critmin_scenario_free(scenario);
  free(text);
  return table;
}

static int says(const critmin_table *table, int64_t row, const char *name, const char *word) {
  int32_t column = critmin_table_find(table, name);
  ck_assert_msg(column >= 0, "no column %s", name);
  if (critmin_table_type(table, column) == CRITMIN_COLUMN_TEXT) {
    const char *text = critmin_table_text(table, column, row);
    return strcmp(text ? text : "", word) == 0;
  }
  return critmin_table_number(table, column, row) == strtod(word, NULL);
}

int64_t desk_row(const critmin_table *table, const char *words) {
  char text[TEXT];
  const char *names[FIELDS], *values[FIELDS];
  int32_t n = split_copy(words, text, names, values);
  int64_t found = -1;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    int32_t i = 0;
    while (i < n && says(table, row, names[i], values[i])) i++;
    if (i < n) continue;
    ck_assert_msg(found < 0, "several rows of %s", words);
    found = row;
  }
  ck_assert_msg(found >= 0, "no row of %s", words);
  return found;
}

double desk_number(const critmin_table *table, const char *words, const char *column) {
  int32_t place = critmin_table_find(table, column);
  ck_assert_msg(place >= 0, "no column %s", column);
  return critmin_table_number(table, place, desk_row(table, words));
}

const char *desk_text(const critmin_table *table, int64_t row, const char *column) {
  int32_t place = critmin_table_find(table, column);
  ck_assert_msg(place >= 0, "no column %s", column);
  const char *text = critmin_table_text(table, place, row);
  return text ? text : "";
}

int desk_has(const char *list, const char *word) {
  size_t length = strlen(word);
  for (const char *at = list; (at = strstr(at, word)) != NULL; at += length) {
    int begins = at == list || at[-1] == ';', ends = at[length] == '\0' || at[length] == ';';
    if (begins && ends) return 1;
  }
  return 0;
}

critmin_interval desk_interval(const critmin_table *table, const char *words) {
  return (critmin_interval){.value = desk_number(table, words, "value"),
                            .low = desk_number(table, words, "low"),
                            .high = desk_number(table, words, "high")};
}
