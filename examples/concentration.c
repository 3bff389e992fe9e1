/* SPDX-License-Identifier: MIT */
/*
 * How concentrated is refined cobalt, how much of it is China's, how sure is that, and who says so?
 *
 *   cc concentration.c $(pkg-config --cflags --libs critmin) && ./a.out
 */
#include <critmin/critmin.h>
#include <stdio.h>

/* One metric of one market in one year; `country` is NULL where the metric is the market's. */
static critmin_status ask(const critmin_model *model, const char *metric, const char *country, critmin_table **table,
                          critmin_error *error) {
  critmin_selection *selection = NULL;
  critmin_status status = critmin_selection_new(&selection, error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "metric", metric, error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "mineral", "cobalt", error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "stage", "refined", error);
  if (status == CRITMIN_OK && country) status = critmin_selection_add(selection, "country", country, error);
  if (status == CRITMIN_OK) status = critmin_selection_years(selection, 2024, 2024, error);
  if (status == CRITMIN_OK) status = critmin_metric_compute(model, selection, 0, NULL, NULL, table, error);
  critmin_selection_free(selection);
  return status;
}

static const char *text(const critmin_table *table, const char *column) {
  const char *found = critmin_table_text(table, critmin_table_find(table, column), 0);
  return found ? found : "";
}

static double number(const critmin_table *table, const char *column) {
  return critmin_table_number(table, critmin_table_find(table, column), 0);
}

static void print(const critmin_table *table) {
  printf("%s %s %s %s %.0f: %.3f, between %.3f and %.3f (%s, %s)\n", text(table, "metric"), text(table, "country"),
         text(table, "mineral"), text(table, "stage"), number(table, "year"), number(table, "value"),
         number(table, "low"), number(table, "high"), text(table, "source"), text(table, "edition"));
}

int main(void) {
  critmin_error error;
  critmin_store *store = NULL;
  critmin_model *model = NULL;
  critmin_table *hhi = NULL, *share = NULL;

  critmin_status status = critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error);
  if (status == CRITMIN_OK) status = critmin_model_load(store, NULL, NULL, NULL, &model, &error);
  if (status == CRITMIN_OK) status = ask(model, "hhi", NULL, &hhi, &error);
  if (status == CRITMIN_OK) status = ask(model, "share", "CHN", &share, &error);
  if (status == CRITMIN_OK) {
    print(hhi);
    print(share);
  } else {
    fprintf(stderr, "%s\n", error.message);
  }

  critmin_table_free(share);
  critmin_table_free(hhi);
  critmin_model_free(model);
  critmin_store_close(store);
  return status == CRITMIN_OK ? 0 : 1;
}
