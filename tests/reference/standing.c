/* SPDX-License-Identifier: MIT */
/* What stands beside production: reserves in the ground, governance, the parameter of trade; and the whole image. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "suites.h"

static int64_t reserve(const critmin_table *table, const char *key) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (!strcmp(text(table, "reserve", row), key)) return row;
  }
  ck_abort_msg("there is no reserve %s", key);
  return -1;
}

START_TEST(the_rare_earth_reserve_of_Brazil_is_the_corrected_one) {
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "reserves", "mineral", "rare_earths");
  int64_t row = reserve(table, "rare_earths-BRA-2025-usgs_mcs-2026");
  ck_assert_double_eq(number(table, "value", row), 11e6);
  ck_assert_str_eq(text(table, "kind", row), "geological");
  row = reserve(table, "rare_earths-WLD-2025-usgs_mcs-2026");
  ck_assert_double_nan(number(table, "value", row));
  ck_assert_double_eq(number(table, "low", row), 75e6);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_reserve_that_is_not_known_is_not_zero) {
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "reserves", NULL, NULL);
  int missing = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *status = text(table, "status", row);
    if (number(table, "value", row) == 0) ck_assert_str_eq(status, "zero");
    if (strcmp(status, "not_available")) continue;
    ck_assert_double_nan(number(table, "value", row));
    missing++;
  }
  ck_assert_int_gt(missing, 300);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* Six dimensions from 1996 to 2023. South Sudan, which did not exist in 2000, is where others have a zero. */
START_TEST(governance_has_six_dimensions_and_no_zero_for_a_missing_score) {
  static const char *const dimensions[] = {"voice_accountability", "political_stability", "government_effectiveness",
                                           "regulatory_quality",   "rule_of_law",         "control_of_corruption"};
  int rows[6] = {0}, first = 9999, last = 0, south_sudan = 0;
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "indicator", NULL, NULL);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    int year = (int)number(table, "year", row);
    for (int d = 0; d < 6; d++) rows[d] += !strcmp(dimensions[d], text(table, "indicator", row));
    ck_assert_msg(number(table, "value", row) != 0, "%s %d", text(table, "country", row), year);
    ck_assert_msg(number(table, "std_error", row) > 0, "%s %d", text(table, "country", row), year);
    if (year < first) first = year;
    if (year > last) last = year;
    south_sudan += year == 2000 && !strcmp(text(table, "country", row), "SSD");
  }
  for (int d = 0; d < 6; d++) ck_assert_int_gt(rows[d], 5000);
  ck_assert_int_eq(first, 1996);
  ck_assert_int_eq(last, 2023);
  ck_assert_int_eq(south_sudan, 0);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* The study of 2023 uses these values of t and no other; members of the EU have 0.8. */
START_TEST(every_share_of_the_EU_study_has_its_trade_parameter) {
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "parameter", "mineral", "tungsten");
  int members = 0, viet_nam = 0;
  ck_assert_int_gt(critmin_table_rows(table), 20);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, "source", row), "eu_crm")) continue;
    if (strcmp(text(table, "parameter", row), "trade_parameter")) continue;
    double t = number(table, "value", row);
    ck_assert(t >= 0.8 && t <= 1.5);
    if (!strcmp(text(table, "country", row), "AUT")) members += t == 0.8;
    if (!strcmp(text(table, "stage", row), "mining") && !strcmp(text(table, "country", row), "VNM")) {
      viet_nam += t == 1.2;
    }
  }
  ck_assert_int_eq(members, 2);
  ck_assert_int_eq(viet_nam, 1);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(no_doubtful_figure_is_left_without_a_word) {
  critmin_store *store = open_reference();
  critmin_error error;
  critmin_table *table = NULL;
  critmin_status status = critmin_store_check(store, &table, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  int coverage = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *severity = text(table, "severity", row);
    ck_assert_msg(strcmp(severity, "finding") && strcmp(severity, "error"), "%s %s %s %s: %s", severity,
                  text(table, "subject", row), text(table, "mineral", row), text(table, "stage", row),
                  text(table, "message", row));
    coverage += !strcmp(severity, "coverage");
  }
  ck_assert_int_gt(coverage, 100);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* No figure is in a unit or basis that its market cannot take. */
START_TEST(all_of_it_loads_into_a_model) {
  critmin_store *store = open_reference();
  critmin_error error;
  critmin_model *model = NULL;
  critmin_status status = critmin_model_load(store, NULL, NULL, NULL, &model, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  critmin_store_close(store);
  critmin_model_free(model);
}
END_TEST

/* Room is left for trade flows. */
START_TEST(the_image_is_small_enough_to_link) {
  critmin_store *store = open_reference();
  critmin_error error;
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_store_info(store, &table, &error), CRITMIN_OK);
  double size = NAN;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (!strcmp(text(table, "name", row), "bytes")) size = strtod(text(table, "value", row), NULL);
  }
  ck_assert_msg(size > 1e6 && size < 10e6, "%g bytes", size);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

Suite *suite_standing(void) {
  Suite *suite = suite_create("reference/standing");
  TCase *tests = tcase_create("standing");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, the_rare_earth_reserve_of_Brazil_is_the_corrected_one);
  tcase_add_test(tests, a_reserve_that_is_not_known_is_not_zero);
  tcase_add_test(tests, governance_has_six_dimensions_and_no_zero_for_a_missing_score);
  tcase_add_test(tests, every_share_of_the_EU_study_has_its_trade_parameter);
  tcase_add_test(tests, no_doubtful_figure_is_left_without_a_word);
  tcase_add_test(tests, all_of_it_loads_into_a_model);
  tcase_add_test(tests, the_image_is_small_enough_to_link);
  suite_add_tcase(suite, tests);
  return suite;
}
