/* SPDX-License-Identifier: MIT */
/*
 * What part of a German electric car's critical materials is Chinese, and how many cars are left if China sells none?
 *
 *   cc bill.c $(pkg-config --cflags --libs critmin) && ./a.out
 */
#include <critmin/critmin.h>
#include <stdio.h>

enum { MATERIALS = 3 };

/* What a car has of each, and where it is looked for. Masses and prices are the maker's own: made up here. */
static const char *const mineral[MATERIALS] = {"rare_earths", "cobalt", "graphite_natural"};
static const char *const stage[MATERIALS] = {"magnet", "refined", "mining"};
static const char *const at[MATERIALS] = {"separated", "refined", "mining"};
static const double kilograms[MATERIALS] = {2, 8, 50};
static const double dollars[MATERIALS] = {60, 33, 1}; /* for a kilogram */

static critmin_status ask(const critmin_model *model, int material, critmin_interval *share, critmin_error *error) {
  critmin_selection *selection = NULL;
  critmin_table *table = NULL;
  critmin_status status = critmin_selection_new(&selection, error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "metric", "origin_share", error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "mineral", mineral[material], error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "stage", stage[material], error);
  if (status == CRITMIN_OK) status = critmin_selection_set(selection, "at", at[material], error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "country", "Germany", error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "partner", "China", error);
  if (status == CRITMIN_OK) status = critmin_selection_years(selection, 2024, 2024, error);
  if (status == CRITMIN_OK) status = critmin_metric_compute(model, selection, 0, NULL, NULL, &table, error);
  if (status == CRITMIN_OK) {
    share->value = critmin_table_number(table, critmin_table_find(table, "value"), 0);
    share->low = critmin_table_number(table, critmin_table_find(table, "low"), 0);
    share->high = critmin_table_number(table, critmin_table_find(table, "high"), 0);
  }
  critmin_table_free(table);
  critmin_selection_free(selection);
  return status;
}

static critmin_status tell(const critmin_interval *share, critmin_error *error) {
  critmin_bill bill;
  critmin_answer by_mass, by_cost, touched, left;
  critmin_interval fill[MATERIALS];
  int64_t limiting;
  critmin_bill_init(&bill);
  bill.count = MATERIALS;
  bill.mass = kilograms;
  bill.price = dollars;
  critmin_answer_init(&by_mass);
  critmin_answer_init(&by_cost);
  critmin_answer_init(&touched);
  critmin_answer_init(&left);
  for (int i = 0; i < MATERIALS; i++)
    fill[i] = (critmin_interval){1 - share[i].value, 1 - share[i].high, 1 - share[i].low};
  critmin_status status = critmin_bill_share(&bill, share, CRITMIN_BY_MASS, &by_mass, error);
  if (status == CRITMIN_OK) status = critmin_bill_share(&bill, share, CRITMIN_BY_COST, &by_cost, error);
  if (status == CRITMIN_OK) status = critmin_bill_touch(&bill, share, &touched, error);
  if (status == CRITMIN_OK) status = critmin_bill_fill(&bill, fill, &limiting, &left, error);
  if (status != CRITMIN_OK) return status;
  printf("Chinese, by mass %.1f%%, by cost %.1f%%; a car with any of it: %.1f%% to %.1f%%\n", 100 * by_mass.value,
         100 * by_cost.value, 100 * touched.low, 100 * touched.high);
  printf("Without China %.1f%% of the cars are left, between %.1f%% and %.1f%%; %s limits\n", 100 * left.value,
         100 * left.low, 100 * left.high, limiting < 0 ? "nothing known" : mineral[limiting]);
  return CRITMIN_OK;
}

int main(void) {
  critmin_error error;
  critmin_store *store = NULL;
  critmin_model *model = NULL;
  critmin_interval share[MATERIALS];

  critmin_status status = critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error);
  if (status == CRITMIN_OK) status = critmin_model_load(store, NULL, NULL, NULL, &model, &error);
  for (int i = 0; i < MATERIALS && status == CRITMIN_OK; i++) {
    status = ask(model, i, &share[i], &error);
    if (status == CRITMIN_OK)
      printf("%-16s %5.1f%%, between %.1f%% and %.1f%%\n", mineral[i], 100 * share[i].value, 100 * share[i].low,
             100 * share[i].high);
  }
  if (status == CRITMIN_OK) status = tell(share, &error);
  if (status != CRITMIN_OK) fprintf(stderr, "%s\n", error.message);

  critmin_model_free(model);
  critmin_store_close(store);
  return status == CRITMIN_OK ? 0 : 1;
}
