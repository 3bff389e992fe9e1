/* SPDX-License-Identifier: MIT */
#include "scenario_rig.h"

#include <stdlib.h>
#include <string.h>

static critmin_model *model;

void rig_load(void) {
  critmin_store *store = NULL;
  critmin_error error;
  ck_assert_msg(!critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error), "%s", error.message);
  ck_assert_msg(!critmin_model_load(store, NULL, NULL, NULL, &model, &error), "%s", error.message);
  critmin_store_close(store);
}

void rig_free(void) {
  critmin_model_free(model);
  model = NULL;
}

critmin_model *rig_model(void) {
  return model;
}

char *rig_json(const char *text) {
  char *json = malloc(strlen(text) + 1);
  ck_assert_ptr_nonnull(json);
  strcpy(json, text);
  for (char *c = json; *c; c++) {
    if (*c == '\'') *c = '"';
  }
  return json;
}

critmin_scenario *rig_read(critmin_store *store, const char *text) {
  critmin_scenario *scenario = NULL;
  critmin_error error;
  char *json = rig_json(text);
  critmin_status status = critmin_scenario_read(store, json, &scenario, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  free(json);
  return scenario;
}

critmin_outcome *rig_run(const critmin_scenario *scenario, int64_t draws, int32_t threads) {
  critmin_outcome *outcome = NULL;
  critmin_scenario_options options;
  critmin_error error;
  critmin_scenario_options_init(&options);
  options.draws = draws;
  options.threads = threads;
  options.seed = 7;
  critmin_status status = critmin_scenario_run(model, scenario, &options, NULL, NULL, &outcome, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  return outcome;
}

critmin_outcome *rig_outcome(const char *text) {
  critmin_scenario *scenario = rig_read(NULL, text);
  critmin_outcome *outcome = rig_run(scenario, 0, 1);
  critmin_scenario_free(scenario);
  return outcome;
}

static int says(const critmin_table *table, const char *column, int64_t row, const char *word) {
  const char *text = critmin_table_text(table, critmin_table_find(table, column), row);
  return !word || (text && strcmp(text, word) == 0);
}

double rig_cell(const critmin_outcome *outcome, const char *what, const char *in_case, const char *country,
                const char *column, const char *word, const char *cell) {
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_msg(!critmin_outcome_table(outcome, what, &table, &error), "%s", error.message);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (!says(table, "case", row, in_case) || !says(table, "country", row, country) || !says(table, column, row, word))
      continue;
    double number = critmin_table_number(table, critmin_table_find(table, cell), row);
    critmin_table_free(table);
    return number;
  }
  ck_abort_msg("no row of `%s` in which `%s` is `%s`", what, column, word);
}

double rig_measure(const critmin_outcome *outcome, const char *in_case, const char *measure, const char *end) {
  return rig_cell(outcome, "users", in_case, NULL, "measure", measure, end);
}
