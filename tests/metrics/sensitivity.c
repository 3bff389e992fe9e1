/* SPDX-License-Identifier: MIT */
/* Formulas at points, their derivatives, and terms at the ends of their intervals. */
#include <string.h>

#include "critmin/criticality.h"
#include "critmin/uncertainty.h"
#include "kernel.h"
#include "suites.h"
#include "terms.h"

enum { MOST = 12 };

/* Terms of a formula, inside its range. Returns how many. */
static int64_t some_terms(int32_t formula, stream *random, double *x) {
  int64_t k = 4, n = 5;
  if (formula == CRITMIN_FORMULA_HHI || formula == CRITMIN_FORMULA_SHARE || formula == CRITMIN_FORMULA_HHI_OF_SHARES)
    n = k;
  if (formula == CRITMIN_FORMULA_HHI_WGI) n = 2 * k;
  if (formula == CRITMIN_FORMULA_IMPORT_RELIANCE) n = 3;
  if (formula == CRITMIN_FORMULA_GEOPOLRISK_SCORE) n = 2 + 2 * k;
  for (int64_t i = 0; i < n; i++) x[i] = stream_uniform(random, .1, .9);
  if (formula == CRITMIN_FORMULA_NET_IMPORT_RELIANCE) x[2] += 1;
  if (formula == CRITMIN_FORMULA_IMPORT_RELIANCE) x[1] += 1;
  return n;
}

/* The same number as the kernel of the formula gives it. */
static double by_kernel(int32_t formula, const double *x, int64_t n) {
  critmin_error error;
  critmin_answer a;
  critmin_answer_init(&a);
  critmin_balance b;
  critmin_balance_init(&b);
  critmin_status status = CRITMIN_OK;
  double squares = 0;
  switch (formula) {
    case CRITMIN_FORMULA_HHI:
      status = critmin_hhi(x, n, NULL, &a, &error);
      break;
    case CRITMIN_FORMULA_HHI_OF_SHARES:
      for (int64_t i = 0; i < n; i++) squares += x[i] * x[i];
      return squares;
    case CRITMIN_FORMULA_HHI_WGI:
      status = critmin_hhi_wgi(x, x + n / 2, n / 2, NULL, &a, &error);
      break;
    case CRITMIN_FORMULA_SHARE:
      status = critmin_share(x, n, 0, NULL, &a, &error);
      break;
    case CRITMIN_FORMULA_NET_IMPORT_RELIANCE:
      b.production.value = x[0];
      b.secondary = exactly(x[1]);
      b.imports.value = x[2];
      b.exports.value = x[3];
      b.stock_change = exactly(x[4]);
      status = critmin_net_import_reliance(&b, &a, &error);
      break;
    case CRITMIN_FORMULA_IMPORT_RELIANCE:
      b.production.value = x[0];
      b.imports.value = x[1];
      b.exports.value = x[2];
      status = critmin_import_reliance(&b, &a, &error);
      break;
    case CRITMIN_FORMULA_EU_SUPPLY_RISK: {
      critmin_eu_supply s;
      critmin_eu_supply_init(&s);
      critmin_interval *terms[] = {&s.global_supply, &s.eu_sourcing, &s.import_reliance, &s.recycling, &s.substitution};
      for (int i = 0; i < 5; i++) *terms[i] = exactly(x[i]);
      status = critmin_eu_supply_risk(&s, &a, &error);
      break;
    }
    default: {
      critmin_geopolrisk g;
      critmin_geopolrisk_init(&g);
      g.hhi = exactly(x[0]);
      g.production = exactly(x[1]);
      g.n = (n - 2) / 2;
      g.imports = x + 2;
      g.risk = x + 2 + g.n;
      status = critmin_geopolrisk_score(&g, &a, &error);
    }
  }
  if (status) ck_abort_msg("%s", error.message);
  return a.value;
}

static double value_at(int32_t formula, const double *x, int64_t n) {
  critmin_error error;
  double value;
  if (critmin_gradient(formula, x, n, &value, NULL, &error)) ck_abort_msg("%s", error.message);
  return value;
}

START_TEST(formulas_are_the_kernels_where_all_is_known) {
  stream random = {.state = (uint64_t)_i + 3};
  for (int trial = 0; trial < 50; trial++) {
    double x[MOST];
    int64_t n = some_terms(_i, &random, x);
    double wanted = by_kernel(_i, x, n);
    assert_near(value_at(_i, x, n), wanted, 1e-14 * (1 + fabs(wanted)));
  }
}
END_TEST

START_TEST(derivatives_are_what_differences_tend_to) {
  stream random = {.state = (uint64_t)_i + 77};
  for (int trial = 0; trial < 50; trial++) {
    double x[MOST], gradient[MOST];
    critmin_error error;
    int64_t n = some_terms(_i, &random, x);
    if (critmin_gradient(_i, x, n, NULL, gradient, &error)) ck_abort_msg("%s", error.message);
    for (int64_t i = 0; i < n; i++) {
      const double at = x[i], step = 1e-5;
      x[i] = at + step;
      double above = value_at(_i, x, n);
      x[i] = at - step;
      double below = value_at(_i, x, n);
      x[i] = at;
      assert_near(gradient[i], (above - below) / (2 * step), 1e-7 * (1 + fabs(gradient[i])));
    }
  }
}
END_TEST

START_TEST(worked_derivatives_come_out) {
  const double quantity[] = {50, 30, 20}, shares[] = {.5, .3, .2}, risk[] = {7.5, 1.9, .44, .42, 1};
  double gradient[5], value;
  critmin_error error;
  ck_assert_int_eq(critmin_gradient(CRITMIN_FORMULA_HHI, quantity, 3, &value, gradient, &error), CRITMIN_OK);
  NEAR(value, .38);
  NEAR(gradient[0], 2 * (.5 - .38) / 100);
  NEAR(gradient[2], 2 * (.2 - .38) / 100);
  ck_assert_int_eq(critmin_gradient(CRITMIN_FORMULA_HHI_OF_SHARES, shares, 3, &value, gradient, &error), CRITMIN_OK);
  NEAR(value, .38);
  NEAR(gradient[1], .6);
  ck_assert_int_eq(critmin_gradient(CRITMIN_FORMULA_EU_SUPPLY_RISK, risk, 5, &value, gradient, &error), CRITMIN_OK);
  NEAR(gradient[2], (7.5 - 1.9) / 2 * (1 - .42));
  NEAR(gradient[3], -(7.5 * .22 + 1.9 * .78));
}
END_TEST

START_TEST(where_a_term_is_cut_nothing_moves_and_the_edge_is_that_of_the_open_side) {
  double gradient[5], value;
  critmin_error error;
  const double exporter[] = {10, 5, 8}, even[] = {10, 5, 5}, unused[] = {0, 5, 5}, none[] = {0, 0};
  const double beyond[] = {6, 2, 1.2, .1, .9}, whole[] = {6, 2, 1, .1, .9}, global_only[] = {6, NAN, NAN, .1, .9};
  ck_assert_int_eq(critmin_gradient(CRITMIN_FORMULA_IMPORT_RELIANCE, exporter, 3, &value, gradient, &error),
                   CRITMIN_OK);
  ck_assert(value == 0 && gradient[0] == 0 && gradient[1] == 0);
  ck_assert_int_eq(critmin_gradient(CRITMIN_FORMULA_IMPORT_RELIANCE, even, 3, &value, gradient, &error), CRITMIN_OK);
  ck_assert(value == 0 && gradient[0] == 0);
  NEAR(gradient[1], .1);
  ck_assert_int_eq(critmin_gradient(CRITMIN_FORMULA_IMPORT_RELIANCE, unused, 3, &value, gradient, &error), CRITMIN_OK);
  ck_assert(isnan(value) && isnan(gradient[1]));
  ck_assert_int_eq(critmin_gradient(CRITMIN_FORMULA_HHI, none, 2, &value, gradient, &error), CRITMIN_OK);
  ck_assert(isnan(value) && isnan(gradient[0]));
  ck_assert_int_eq(critmin_gradient(CRITMIN_FORMULA_EU_SUPPLY_RISK, beyond, 5, &value, gradient, &error), CRITMIN_OK);
  NEAR(value, 4 * .9 * .9);
  ck_assert_double_eq(gradient[2], 0);
  ck_assert_int_eq(critmin_gradient(CRITMIN_FORMULA_EU_SUPPLY_RISK, whole, 5, &value, gradient, &error), CRITMIN_OK);
  NEAR(gradient[2], 2 * .9 * .9);
  ck_assert_int_eq(critmin_gradient(CRITMIN_FORMULA_EU_SUPPLY_RISK, global_only, 5, &value, gradient, &error),
                   CRITMIN_OK);
  NEAR(value, 6 * .9 * .9);
  NEAR(gradient[0], .9 * .9);
  ck_assert(gradient[1] == 0 && gradient[2] == 0);
}
END_TEST

START_TEST(corners_are_the_bounds_of_what_rises_and_falls) {
  const critmin_interval balance[] = {between(10, 40), exactly(0), exactly(70), exactly(0), exactly(0)};
  const critmin_interval exporter[] = {between(10, 40), exactly(0), exactly(0), exactly(5), exactly(0)};
  double low, high;
  critmin_error error;
  ck_assert_int_eq(critmin_corners(balance, 5, CRITMIN_FORMULA_NET_IMPORT_RELIANCE, NULL, NULL, &low, &high, &error),
                   CRITMIN_OK);
  NEAR(low, 70.0 / 110);
  NEAR(high, .875);
  ck_assert_int_eq(critmin_corners(exporter, 5, CRITMIN_FORMULA_NET_IMPORT_RELIANCE, NULL, NULL, &low, &high, &error),
                   CRITMIN_OK);
  NEAR(low, -1);
  NEAR(high, -5.0 / 35);
}
END_TEST

START_TEST(corners_of_supply_risk_are_those_of_its_kernel) {
  stream random = {.state = 5};
  for (int trial = 0; trial < 50; trial++) {
    critmin_interval terms[5];
    critmin_eu_supply s;
    critmin_eu_supply_init(&s);
    critmin_interval *into[] = {&s.global_supply, &s.eu_sourcing, &s.import_reliance, &s.recycling, &s.substitution};
    for (int i = 0; i < 5; i++) {
      double a = stream_uniform(&random, 0, 1), b = stream_uniform(&random, 0, 1);
      *into[i] = terms[i] = between(fmin(a, b), fmax(a, b));
    }
    ANSWER(wanted, critmin_eu_supply_risk(&s, &wanted, &error_));
    double low, high;
    critmin_error error;
    ck_assert_int_eq(critmin_corners(terms, 5, CRITMIN_FORMULA_EU_SUPPLY_RISK, NULL, NULL, &low, &high, &error),
                     CRITMIN_OK);
    NEAR(low, wanted.low);
    NEAR(high, wanted.high);
  }
}
END_TEST

static double twice_the_second(const double *x, int64_t n, void *user) {
  ++*(int *)user;
  return n == 2 && x[0] >= 0 ? x[0] + 2 * x[1] : NAN;
}

START_TEST(a_tornado_puts_the_term_that_moves_most_first) {
  const critmin_interval terms[] = {around(1, .5), around(3, 1)};
  const char *const names[] = {"ore", "metal"};
  critmin_table *table = NULL;
  critmin_error error;
  double result;
  int calls = 0;
  ck_assert_int_eq(critmin_tornado(terms, 2, names, 0, twice_the_second, &calls, &result, &table, &error), CRITMIN_OK);
  ck_assert_int_eq(calls, 5);
  NEAR(result, 7);
  ck_assert_int_eq(critmin_table_rows(table), 2);
  ck_assert_str_eq(critmin_table_text(table, 0, 0), "metal");
  ck_assert_str_eq(critmin_table_text(table, 0, 1), "ore");
  const double wanted[] = {3, 2, 4, 5, 9, 4};
  for (int32_t k = 0; k < 6; k++) NEAR(critmin_table_number(table, k + 1, 0), wanted[k]);
  critmin_table_free(table);
  const critmin_interval beyond[] = {around(0, .5), around(3, 0)};
  ck_assert_int_eq(critmin_tornado(beyond, 2, NULL, 0, twice_the_second, &calls, NULL, &table, &error), CRITMIN_OK);
  ck_assert_str_eq(critmin_table_text(table, 0, 0), "x2"); /* what has no value comes last */
  ck_assert(isnan(critmin_table_number(table, 6, 1)));
  critmin_table_free(table);
}
END_TEST

START_TEST(terms_of_a_formula_have_names) {
  const critmin_interval terms[] = {around(.3, .1), around(10, 5), around(40, 1),
                                    around(30, 20), exactly(.2),   exactly(.9)};
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_tornado(terms, 6, NULL, CRITMIN_FORMULA_GEOPOLRISK_SCORE, NULL, NULL, NULL, &table, &error),
                   CRITMIN_OK);
  ck_assert_str_eq(critmin_table_text(table, 0, 0), "hhi");
  ck_assert_str_eq(critmin_table_text(table, 0, 1), "imports 2");
  ck_assert_str_eq(critmin_table_text(table, 0, 5), "risk 2");
  critmin_table_free(table);
}
END_TEST

START_TEST(what_a_formula_cannot_take_is_named) {
  const double x[] = {6, 2, .5, 1.1, .9}, below[] = {1, -1, 3};
  double gradient[5];
  REFUSED(critmin_gradient(CRITMIN_FORMULA_EU_SUPPLY_RISK, x, 5, NULL, gradient, &error_), CRITMIN_ERROR_INVALID_VALUE,
          "recycling is 1.1");
  REFUSED(critmin_gradient(CRITMIN_FORMULA_HHI, below, 3, NULL, gradient, &error_), CRITMIN_ERROR_NEGATIVE,
          "quantity 2 is -1");
  REFUSED(critmin_gradient(CRITMIN_FORMULA_EU_SUPPLY_RISK, x, 4, NULL, gradient, &error_), CRITMIN_ERROR_ARGUMENT,
          "takes 5");
  REFUSED(critmin_gradient(CRITMIN_FORMULA_HHI_WGI, x, 3, NULL, gradient, &error_), CRITMIN_ERROR_ARGUMENT,
          "2 for each");
  REFUSED(critmin_gradient(8, x, 3, NULL, gradient, &error_), CRITMIN_ERROR_ARGUMENT, "formula is 8");
  ck_assert_int_eq(critmin_evaluate(CRITMIN_FORMULA_HHI, NULL, NULL, below, 1, 3, 1, gradient, NULL), CRITMIN_OK);
  ck_assert(isnan(gradient[0]));
  critmin_interval many[CRITMIN_CORNERS_MAX + 1];
  for (int i = 0; i <= CRITMIN_CORNERS_MAX; i++) many[i] = between(1, 2);
  REFUSED(critmin_corners(many, CRITMIN_CORNERS_MAX + 1, CRITMIN_FORMULA_HHI, NULL, NULL, gradient, NULL, &error_),
          CRITMIN_ERROR_INVALID_VALUE, "more than 20");
  const critmin_interval unknown[] = {between(1, 2), exactly(NAN)};
  critmin_table *table = NULL;
  REFUSED(critmin_corners(unknown, 2, CRITMIN_FORMULA_HHI, NULL, NULL, gradient, NULL, &error_),
          CRITMIN_ERROR_INVALID_VALUE, "term 1");
  REFUSED(critmin_tornado(unknown, 2, NULL, CRITMIN_FORMULA_HHI, NULL, NULL, NULL, &table, &error_),
          CRITMIN_ERROR_INVALID_VALUE, "term 0");
  ck_assert_ptr_null(table);
}
END_TEST

static int32_t without_memory(void *user) {
  const critmin_interval terms[] = {around(1, .5), around(3, 1)};
  critmin_table *table = NULL;
  critmin_error error;
  double low;
  (void)user;
  critmin_status status = critmin_corners(terms, 2, CRITMIN_FORMULA_HHI, NULL, NULL, &low, NULL, &error);
  if (!status) status = critmin_tornado(terms, 2, NULL, CRITMIN_FORMULA_HHI, NULL, NULL, NULL, &table, &error);
  if (!status) critmin_table_free(table);
  return status;
}

START_TEST(memory_may_run_out_anywhere) {
  fail_each_allocation(without_memory, NULL);
}
END_TEST

Suite *suite_sensitivity(void) {
  Suite *suite = suite_create("sensitivity");
  TCase *cases = tcase_create("sensitivity");
  tcase_add_loop_test(cases, formulas_are_the_kernels_where_all_is_known, CRITMIN_FORMULA_HHI,
                      CRITMIN_FORMULA_GEOPOLRISK_SCORE + 1);
  tcase_add_loop_test(cases, derivatives_are_what_differences_tend_to, CRITMIN_FORMULA_HHI,
                      CRITMIN_FORMULA_GEOPOLRISK_SCORE + 1);
  tcase_add_test(cases, worked_derivatives_come_out);
  tcase_add_test(cases, where_a_term_is_cut_nothing_moves_and_the_edge_is_that_of_the_open_side);
  tcase_add_test(cases, corners_are_the_bounds_of_what_rises_and_falls);
  tcase_add_test(cases, corners_of_supply_risk_are_those_of_its_kernel);
  tcase_add_test(cases, a_tornado_puts_the_term_that_moves_most_first);
  tcase_add_test(cases, terms_of_a_formula_have_names);
  tcase_add_test(cases, what_a_formula_cannot_take_is_named);
  tcase_add_test(cases, memory_may_run_out_anywhere);
  suite_add_tcase(suite, cases);
  return suite;
}
