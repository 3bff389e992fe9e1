/* SPDX-License-Identifier: MIT */
/* What stands behind one cell. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../model/world.h"
#include "suites.h"

static critmin_store *store;
static critmin_table *t;

static void setup(void) {
  store = world();
}
static void teardown(void) {
  critmin_table_free(t);
  t = NULL;
  critmin_store_close(store);
}

static double sum_of(const char *column) {
  double sum = 0;
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    double number = cell(t, row, column);
    if (!isnan(number)) sum += number;
  }
  return sum;
}

START_TEST(every_row_is_named_with_its_source) {
  world_market(store, "edition=2023", "CHN", "50", "USA", "30", "OTH", "20", NULL);
  world_figure(store, "WLD", "100", "edition=2023|note=Rounded.");
  t = world_explain(store, "metric=hhi|mineral=tin|stage=mining|year=2020");
  static const char *const columns[] = {"role",   "mineral", "stage",     "country", "partner", "from",   "to",           "value",
                                        "low",    "high",    "unit",      "basis",   "status", "contribution", "row",
                                        "source", "edition", "publisher", "title",   "url",    "licence",      "note"};
  ck_assert_int_eq(critmin_table_columns(t), 22);
  for (int i = 0; i < 21; i++) ck_assert_str_eq(critmin_table_name(t, i), columns[i]);
  ck_assert_int_eq(critmin_table_rows(t), 4);
  int64_t row = row_of(t, "country", "CHN");
  ck_assert_str_eq(word(t, row, "role"), "producer");
  ck_close(cell(t, row, "contribution"), .25);
  ck_assert_str_eq(word(t, row, "from"), "2020");
  ck_assert_str_eq(word(t, row, "unit"), "t");
  ck_assert_str_eq(word(t, row, "basis"), "content");
  ck_assert_str_eq(word(t, row, "status"), "reported");
  ck_assert_str_eq(word(t, row, "publisher"), "First Survey");
  ck_assert_str_eq(word(t, row, "title"), "Minerals 2023");
  ck_assert_str_eq(word(t, row, "url"), "https://example.org/first");
  ck_assert_str_eq(word(t, row, "licence"), "CC0-1.0");
  ck_assert(cell(t, row, "row") > 0);
  ck_assert_str_eq(word(t, row_of(t, "role", "total"), "note"), "Rounded.");
  ck_assert_str_eq(word(t, row_of(t, "role", "residual"), "country"), "OTH");
}
END_TEST

START_TEST(the_parts_add_up_to_the_answer) {
  world_market(store, "", "CHN", "50", "USA", "20", "AUS", "10", "WLD", "100", NULL);
  static const char *const metrics[] = {
      "hhi", "cr1", "n_minus_1", "share|country=CHN", "share|country=PAIR", "share|country=DEU"};
  for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
    char question[128];
    snprintf(question, sizeof question, "mineral=tin|stage=mining|year=2020|metric=%s", metrics[i]);
    critmin_table *answer = world_ask(store, question);
    t = world_explain(store, question);
    ck_assert_double_eq_tol(sum_of("contribution"), cell(answer, 0, "value"), 1e-12);
    critmin_table_free(answer);
    critmin_table_free(t);
  }
  t = world_explain(store, "mineral=tin|stage=mining|year=2020|metric=hhi");
  int64_t row = row_of(t, "role", "residual");
  ck_close(cell(t, row, "value"), 20);
  ck_close(cell(t, row, "contribution"), .02);
  ck_assert_double_nan(cell(t, row_of(t, "role", "total"), "contribution"));
}
END_TEST

START_TEST(a_group_adds_as_one) {
  world_market(store, "", "CHN", "50", "DEU", "30", "FRA", "20", "WLD", "100", NULL);
  t = world_explain(store, "metric=hhi|mineral=tin|stage=mining|year=2020|country=EU27");
  ck_assert_double_nan(cell(t, row_of(t, "country", "DEU"), "contribution"));
  int64_t row = row_of(t, "role", "group");
  ck_assert_str_eq(word(t, row, "country"), "EU27");
  ck_close(cell(t, row, "value"), 50);
  ck_close(cell(t, row, "contribution"), .25);
}
END_TEST

START_TEST(scores_and_cells_that_are_left_out_are_told) {
  world_market(store, "", "CHN", "50", "WLD", "100", NULL);
  world_figure(store, "WLD", "50", "excludes=FRA");
  world_figure(store, "USA", "", "status=not_available");
  world_set(store, "indicator|indicator=rule_of_law|country=CHN|year=2019|value=-0.5|source=wgi|edition=2024");
  t = world_explain(store, "metric=hhi_wgi|mineral=tin|stage=mining|year=2020");
  int64_t row = row_of(t, "role", "governance");
  ck_assert_str_eq(word(t, row, "country"), "CHN");
  ck_assert_str_eq(word(t, row, "from"), "2019");
  ck_assert_double_eq(cell(t, row, "value"), -.5);
  ck_assert_str_eq(word(t, row, "publisher"), "World Bank");
  ck_assert_str_eq(word(t, row, "note"), "Law");
  ck_assert_str_eq(word(t, row_of(t, "role", "not_available"), "country"), "USA");
  row = row_of(t, "country", "FRA");
  ck_assert_str_eq(word(t, row, "status"), "withheld");
  ck_assert_double_nan(cell(t, row, "row"));
}
END_TEST

START_TEST(only_one_cell_is_explained) {
  world_market(store, "", "CHN", "50", "USA", "30", NULL);
  world_market(store, "from=2019|to=2019", "CHN", "50", NULL);
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection = world_selection("metric=hhi|mineral=tin");
  critmin_error error;
  ck_assert_int_eq(critmin_metric_explain(model, selection, &t, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_msg(strstr(error.message, "2 cells") != NULL, "%s", error.message);
  ck_assert_int_eq(critmin_metric_explain(NULL, selection, &t, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_metric_explain(model, selection, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_null(t);
  critmin_selection_free(selection);
  critmin_model_free(model);
  t = world_explain(store, "metric=hhi|mineral=tin|stage=mining|year=2018");
  ck_assert_int_eq(critmin_table_rows(t), 0);
}
END_TEST

Suite *suite_catalogue_explain(void) {
  Suite *suite = suite_create("catalogue: explain");
  TCase *tests = tcase_create("explain");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, every_row_is_named_with_its_source);
  tcase_add_test(tests, the_parts_add_up_to_the_answer);
  tcase_add_test(tests, a_group_adds_as_one);
  tcase_add_test(tests, scores_and_cells_that_are_left_out_are_told);
  tcase_add_test(tests, only_one_cell_is_explained);
  suite_add_tcase(suite, tests);
  return suite;
}
