/* SPDX-License-Identifier: MIT */
/*
 * How much of the magnets that a country buys rests on oxide that was separated in China, and how much of that do
 * customs see?
 *
 *   cc origin.c $(pkg-config --cflags --libs critmin) && ./a.out
 */
#include <critmin/critmin.h>
#include <stdio.h>

static critmin_status ask(const critmin_model *model, const char *metric, const char *country, critmin_table **table,
                          critmin_error *error) {
  critmin_selection *selection = NULL;
  critmin_status status = critmin_selection_new(&selection, error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "metric", metric, error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "mineral", "rare_earths", error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "stage", "magnet", error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "country", country, error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "partner", "China", error);
  if (status == CRITMIN_OK) status = critmin_selection_years(selection, 2024, 2024, error);
  if (status == CRITMIN_OK) status = critmin_selection_set(selection, "at", "separated", error);
  if (status == CRITMIN_OK) status = critmin_selection_set(selection, "denominator", "imports", error);
  if (status == CRITMIN_OK) status = critmin_metric_compute(model, selection, 0, NULL, NULL, table, error);
  critmin_selection_free(selection);
  return status;
}

static double number(const critmin_table *table, const char *column) {
  return critmin_table_number(table, critmin_table_find(table, column), 0);
}

static critmin_status tell(const critmin_model *model, const char *country, critmin_error *error) {
  critmin_table *through = NULL, *hidden = NULL;
  critmin_status status = ask(model, "origin_share", country, &through, error);
  if (status == CRITMIN_OK) status = ask(model, "hidden_exposure", country, &hidden, error);
  if (status == CRITMIN_OK) {
    printf("%s: %.1f %% of the magnets it buys, between %.1f and %.1f; customs do not see %.1f points of it\n", country,
           100 * number(through, "value"), 100 * number(through, "low"), 100 * number(through, "high"),
           100 * number(hidden, "value"));
  }
  critmin_table_free(hidden);
  critmin_table_free(through);
  return status;
}

int main(void) {
  static const char *const countries[] = {"United States", "EU27", "Japan"};
  critmin_error error;
  critmin_store *store = NULL;
  critmin_model *model = NULL;

  critmin_status status = critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error);
  if (status == CRITMIN_OK) status = critmin_model_load(store, NULL, NULL, NULL, &model, &error);
  for (int i = 0; i < 3 && status == CRITMIN_OK; i++) status = tell(model, countries[i], &error);
  if (status != CRITMIN_OK) fprintf(stderr, "%s\n", error.message);

  critmin_model_free(model);
  critmin_store_close(store);
  return status == CRITMIN_OK ? 0 : 1;
}
