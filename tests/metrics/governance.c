/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "kernel.h"
#include "suites.h"

static critmin_answer weight(const double *estimates, int64_t n, double worst, double best) {
  critmin_answer answer;
  critmin_error error;
  critmin_answer_init(&answer);
  ck_assert_int_eq(critmin_governance(estimates, n, worst, best, &answer, &error), CRITMIN_OK);
  ck_assert_int_eq(error.status, CRITMIN_OK);
  return answer;
}

START_TEST(the_mean_of_six_is_put_on_the_scale_of_the_study) {
  const double six[6] = {-.5, -.5, -.5, -.5, -.5, -.5}, mixed[6] = {-1, 0, -1, 0, -1, 0};
  assert_interval(weight(six, 6, -2.5, 2.5), 6, 6, 6);
  assert_interval(weight(mixed, 6, -2.5, 2.5), 6, 6, 6);
  assert_interval(weight(mixed, 6, -3, 3), 35. / 6, 35. / 6, 35. / 6);
  critmin_answer answer = weight(six, 6, -2.5, 2.5);
  ck_assert_uint_eq(answer.flags, 0);
  ck_assert_int_eq(answer.n_used, 6);
  ck_assert(answer.coverage == 1);
}
END_TEST

START_TEST(a_missing_dimension_is_left_out_and_said) {
  const double four[6] = {-.5, NAN, -.5, -.5, NAN, -.5}, none[6] = {NAN, NAN, NAN, NAN, NAN, NAN};
  critmin_answer answer = weight(four, 6, -2.5, 2.5);
  assert_interval(answer, 6, 6, 6);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_WGI_PARTIAL);
  ck_assert_int_eq(answer.n_used, 4);
  answer = weight(none, 6, -2.5, 2.5);
  ck_assert(isnan(answer.value) && answer.low == 0 && answer.high == 10);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_WGI_IMPUTED);
}
END_TEST

START_TEST(an_estimate_beyond_the_scale_is_cut_and_said) {
  const double awful[1] = {-2.7}, good[1] = {2.7};
  critmin_answer answer = weight(awful, 1, -2.5, 2.5);
  assert_interval(answer, 10, 10, 10);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_CLAMPED);
  assert_interval(weight(good, 1, -2.5, 2.5), 0, 0, 0);
  ck_assert_uint_eq(weight(awful, 1, -3, 3).flags, 0);
}
END_TEST

START_TEST(bad_scales_and_estimates_are_refused) {
  const double infinite[2] = {0, INFINITY};
  critmin_answer answer, before;
  critmin_error error;
  critmin_answer_init(&answer);
  before = answer;
  ck_assert_int_eq(critmin_governance(infinite, 1, 2.5, -2.5, &answer, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_governance(infinite, 1, 1, 1, &answer, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_governance(infinite, 1, NAN, 1, &answer, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_governance(NULL, 1, -2.5, 2.5, &answer, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_governance(infinite, -1, -2.5, 2.5, &answer, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_governance(infinite, 2, -2.5, 2.5, &answer, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(error.row, 2);
  ck_assert_int_eq(memcmp(&answer, &before, sizeof answer), 0);
  ck_assert_int_eq(critmin_governance(infinite, 1, -2.5, 2.5, NULL, &error), CRITMIN_ERROR_ARGUMENT);
}
END_TEST

START_TEST(trade_measures_are_looked_up_in_the_callers_table) {
  const char *const measures[] = {"export_tax", "export_tax", "export_tax", "ban"};
  const double rates[] = {0, .25, .25, 0}, t[] = {1.1, 1.3, 1.2, 1.5};
  const int32_t agreements[] = {-1, 0, 1, -1};
  const struct {
    const char *measure;
    double rate;
    int32_t agreement;
    double t;
    int64_t row;
  } asked[] = {{"export_tax", .1, 0, 1.1, 0}, {"Export-Tax", .25, 0, 1.3, 1}, {"export_tax", .4, 1, 1.2, 2},
               {"ban", 0, 1, 1.5, 3},         {"quota", .5, 0, 1, -1}};
  critmin_error error;
  double trade;
  int64_t row;
  for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
    ck_assert_int_eq(critmin_trade_parameter(measures, rates, agreements, t, 4, asked[i].measure, asked[i].rate,
                                             asked[i].agreement, &trade, &row, &error),
                     CRITMIN_OK);
    ck_assert_double_eq(trade, asked[i].t);
    ck_assert_int_eq(row, asked[i].row);
  }
  ck_assert_int_eq(critmin_trade_parameter(NULL, NULL, NULL, NULL, 0, "ban", 0, 0, &trade, NULL, &error), CRITMIN_OK);
  ck_assert_double_eq(trade, 1);
}
END_TEST

START_TEST(a_table_of_trade_measures_that_makes_no_sense_is_refused) {
  const char *const measures[] = {"ban"};
  const double rates[] = {0}, t[] = {1.5}, below[] = {-1}, none[] = {NAN};
  const int32_t agreements[] = {-1}, wrong[] = {2};
  critmin_error error;
  double trade;
  const struct {
    const double *rates, *t;
    const int32_t *agreements;
    double rate;
    int32_t agreement;
    critmin_status status;
  } asked[] = {{below, t, agreements, 0, 0, CRITMIN_ERROR_NEGATIVE},
               {rates, none, agreements, 0, 0, CRITMIN_ERROR_INVALID_VALUE},
               {rates, t, wrong, 0, 0, CRITMIN_ERROR_ARGUMENT},
               {rates, t, agreements, NAN, 0, CRITMIN_ERROR_INVALID_VALUE},
               {rates, t, agreements, 0, -1, CRITMIN_ERROR_ARGUMENT},
               {NULL, t, agreements, 0, 0, CRITMIN_ERROR_ARGUMENT}};
  for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
    ck_assert_int_eq(critmin_trade_parameter(measures, asked[i].rates, asked[i].agreements, asked[i].t, 1, "ban",
                                             asked[i].rate, asked[i].agreement, &trade, NULL, &error),
                     asked[i].status);
}
END_TEST

Suite *suite_governance(void) {
  Suite *suite = suite_create("governance");
  TCase *cases = tcase_create("weight");
  tcase_add_test(cases, the_mean_of_six_is_put_on_the_scale_of_the_study);
  tcase_add_test(cases, a_missing_dimension_is_left_out_and_said);
  tcase_add_test(cases, an_estimate_beyond_the_scale_is_cut_and_said);
  tcase_add_test(cases, bad_scales_and_estimates_are_refused);
  tcase_add_test(cases, trade_measures_are_looked_up_in_the_callers_table);
  tcase_add_test(cases, a_table_of_trade_measures_that_makes_no_sense_is_refused);
  suite_add_tcase(suite, cases);
  return suite;
}
