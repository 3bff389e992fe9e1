/* SPDX-License-Identifier: MIT */
/* The same bits on any number of threads, after the store is gone, and when memory runs out. */
#include <stdio.h>
#include <string.h>

#include "../model/world.h"
#include "suites.h"

static critmin_model *model;

static void setup(void) {
  critmin_store *store = world();
  critmin_error error;
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  for (int year = 1950; year <= 2020; year++) {
    char period[64], value[32];
    snprintf(period, sizeof period, "from=%d|to=%d", year, year);
    snprintf(value, sizeof value, "%d.%d", year % 17 + 1, year % 7);
    world_market(store, period, "CHN", value, "USA", "3.7", "DEU", "1.1", "FRA", NULL, "WLD", "40", NULL);
  }
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
  model = world_model(store, NULL);
  critmin_store_close(store);
}
static void teardown(void) {
  critmin_model_free(model);
}

static const char all[] =
    "metric=share|metric=hhi|metric=hhi_normalised|metric=cr1|metric=cr3|metric=cr5|metric=effective_number|metric="
    "shannon|"
    "metric=evenness|metric=hhi_wgi|metric=n_minus_1|mineral=tin";

static critmin_table *compute(int32_t threads) {
  critmin_selection *selection = world_selection(all);
  critmin_table *table = NULL;
  critmin_error error;
  critmin_status status = critmin_metric_compute(model, selection, threads, NULL, NULL, &table, &error);
  critmin_selection_free(selection);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  return table;
}

START_TEST(threads_change_no_bit) {
  critmin_table *one = compute(1);
  static const char *const columns[] = {"value", "low", "high", "coverage"};
  static const int32_t threads[] = {2, 8, 0};
  int64_t rows = critmin_table_rows(one);
  ck_assert_int_gt(rows, 900);
  for (int i = 0; i < 3; i++) {
    critmin_table *many = compute(threads[i]);
    ck_assert_int_eq(critmin_table_rows(many), rows);
    for (int c = 0; c < 4; c++) {
      int32_t column = critmin_table_find(one, columns[c]);
      ck_assert_int_eq(memcmp(critmin_table_numbers(one, column), critmin_table_numbers(many, column),
                              (size_t)rows * sizeof(double)),
                       0);
    }
    for (int64_t row = 0; row < rows; row++) {
      ck_assert_str_eq(word(one, row, "flags"), word(many, row, "flags"));
      ck_assert_str_eq(word(one, row, "country"), word(many, row, "country"));
    }
    critmin_table_free(many);
  }
  critmin_table_free(one);
}
END_TEST

START_TEST(every_interval_holds_its_value) {
  critmin_table *table = compute(1);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    double value = cell(table, row, "value");
    ck_assert_msg(!(value < cell(table, row, "low")) && !(value > cell(table, row, "high")),
                  "row %d: %s %.17g [%.17g, %.17g]", (int)row, word(table, row, "metric"), value,
                  cell(table, row, "low"), cell(table, row, "high"));
  }
  critmin_table_free(table);
}
END_TEST

static int32_t compute_once(void *user) {
  critmin_table *table = NULL;
  critmin_status status = critmin_metric_compute(model, user, 1, NULL, NULL, &table, NULL);
  if (status) ck_assert_ptr_null(table);
  critmin_table_free(table);
  return status;
}

static int32_t explain_once(void *user) {
  critmin_table *table = NULL;
  critmin_status status = critmin_metric_explain(model, user, &table, NULL);
  if (status) ck_assert_ptr_null(table);
  critmin_table_free(table);
  return status;
}

static int32_t list_once(void *user) {
  (void)user;
  critmin_table *table = NULL;
  critmin_status status = critmin_metric_list(&table, NULL);
  critmin_table_free(table);
  if (status) return status;
  status = critmin_metric_parameters(NULL, &table, NULL);
  if (!status) critmin_table_free(table);
  return status;
}

START_TEST(memory_may_run_out_anywhere) {
  critmin_selection *selection = world_selection(
      "metric=share|metric=hhi_wgi|metric=effective_number|mineral=tin|stage=mining|year=2019:2020|"
      "country=EU27|residual=upper|hhi_wgi.unlisted_max=3");
  fail_each_allocation(compute_once, selection);
  critmin_selection_free(selection);
  selection = world_selection("metric=hhi_wgi|mineral=tin|stage=mining|year=2020|country=PAIR");
  fail_each_allocation(explain_once, selection);
  critmin_selection_free(selection);
  fail_each_allocation(list_once, NULL);
}
END_TEST

static int32_t stop(void *user, int64_t done, int64_t total) {
  int64_t *seen = user;
  ck_assert_int_le(done, total);
  *seen = total;
  return 1;
}

START_TEST(a_caller_can_cancel) {
  critmin_selection *selection = world_selection(all);
  critmin_table *table = NULL;
  critmin_error error;
  int64_t total = 0;
  ck_assert_int_eq(critmin_metric_compute(model, selection, 2, stop, &total, &table, &error), CRITMIN_ERROR_CANCELLED);
  ck_assert_ptr_null(table);
  ck_assert_int_gt(total, 900);
  ck_assert_int_eq(critmin_metric_compute(model, selection, -1, NULL, NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_metric_compute(NULL, selection, 1, NULL, NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_metric_compute(model, selection, 1, NULL, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  critmin_selection_free(selection);
}
END_TEST

Suite *suite_catalogue_threads(void) {
  Suite *suite = suite_create("catalogue: threads");
  TCase *tests = tcase_create("threads");
  tcase_set_timeout(tests, 120);
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, threads_change_no_bit);
  tcase_add_test(tests, every_interval_holds_its_value);
  tcase_add_test(tests, memory_may_run_out_anywhere);
  tcase_add_test(tests, a_caller_can_cancel);
  suite_add_tcase(suite, tests);
  return suite;
}
