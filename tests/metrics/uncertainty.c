/* SPDX-License-Identifier: MIT */
/* Drawing what is not known, and what draws say: against closed forms, on any number of threads, in parts. */
#include "critmin/uncertainty.h"

#include <stdlib.h>
#include <string.h>

#include "critmin/answer.h"
#include "kernel.h"
#include "suites.h"
#include "terms.h"

enum { DRAWS = 40000 };

#define DONE(call)                                \
  do {                                            \
    critmin_error error_;                         \
    if (call) ck_abort_msg("%s", error_.message); \
  } while (0)

static double *room(int64_t n) {
  double *made = malloc((size_t)n * sizeof *made);
  ck_assert_ptr_nonnull(made);
  return made;
}

static void column(const double *rows, int64_t n, int64_t width, int64_t k, double *out) {
  for (int64_t i = 0; i < n; i++) out[i] = rows[i * width + k];
}

static double mean_of(const double *rows, int64_t n, int64_t width, int64_t k, int power) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += power == 2 ? rows[i * width + k] * rows[i * width + k] : rows[i * width + k];
  return sum / (double)n;
}

static double squares_of(const double *rows, int64_t n, int64_t width) {
  double sum = 0;
  for (int64_t k = 0; k < width; k++) sum += mean_of(rows, n, width, k, 2);
  return sum;
}

START_TEST(shares_scatter_around_the_figures_as_the_law_says) {
  const double quantity[] = {50, 30, 20};
  double *shares = room(DRAWS * 4), *one = room(DRAWS), mean, deviation, standard_error;
  int64_t known;
  DONE(critmin_draw_shares(quantity, 3, NULL, 50, 1, 7, 0, DRAWS, 0, shares, &error_));
  for (int64_t i = 0; i < DRAWS; i++) {
    const double *row = shares + i * 4;
    NEAR(row[0] + row[1] + row[2] + row[3], 1);
    ck_assert_double_eq(row[3], 0); /* nothing is unlisted */
  }
  column(shares, DRAWS, 4, 0, one);
  DONE(critmin_moments(one, DRAWS, &mean, &deviation, &standard_error, &known, &error_));
  ck_assert_int_eq(known, DRAWS);
  assert_near(mean, .5, 4 * standard_error);
  assert_near(deviation, sqrt(.25 / 51), .001);
  assert_near(deviation, .0700, .001);
  assert_near(squares_of(shares, DRAWS, 4), (50 * .38 + 1) / 51, .001); /* E[HHI]: noise only adds */
  free(shares);
  free(one);
}
END_TEST

START_TEST(exact_figures_leave_the_withheld_alone_to_be_drawn) {
  const double quantity[] = {60, 20, NAN, NAN}, low[] = {NAN, NAN, 0, 5}, high[] = {NAN, NAN, 15, 20};
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.low = low;
  supply.high = high;
  supply.total = 100;
  double *shares = room(DRAWS * 5), *hhi = room(DRAWS), least, most;
  const double ends[] = {1.0 / DRAWS, 1};
  double quantiles[2];
  DONE(critmin_draw_shares(quantity, 4, &supply, INFINITY, 1, 3, 0, DRAWS, 0, shares, &error_));
  assert_near(mean_of(shares, DRAWS, 5, 2, 1), .075, .001); /* even between 0 and 15, the other gives way */
  assert_near(mean_of(shares, DRAWS, 5, 3, 1), .125, .001);
  assert_near(mean_of(shares, DRAWS, 5, 2, 2), .15 * .15 / 3, .0005);
  ck_assert_double_eq(shares[0], .6);
  DONE(critmin_evaluate(CRITMIN_FORMULA_HHI, NULL, NULL, shares, DRAWS, 5, 0, hhi, &error_));
  DONE(critmin_quantiles(hhi, DRAWS, ends, 2, quantiles, NULL, &error_));
  least = quantiles[0];
  most = quantiles[1];
  ck_assert(least >= .42 - 1e-12 && least < .4201);
  ck_assert(most <= .44 + 1e-12 && most > .439);
  free(shares);
  free(hhi);
}
END_TEST

START_TEST(every_completion_of_the_withheld_is_as_likely) {
  /* On a simplex of n, E[x] = R / n and E[x^2] = 2 R^2 / (n (n + 1)). */
  const double open[] = {70, NAN, NAN, NAN};
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = 100;
  double *shares = room(DRAWS * 8);
  DONE(critmin_draw_shares(open, 4, &supply, INFINITY, 1, 5, 0, DRAWS, 0, shares, &error_));
  for (int64_t k = 1; k < 4; k++) {
    assert_near(mean_of(shares, DRAWS, 5, k, 1), .1, .001);
    assert_near(mean_of(shares, DRAWS, 5, k, 2), .09 / 6, .0004);
  }
  /* Six of at most 10 that sum to 55: what each lacks is on a simplex, which no draw above the lower ends would ever
   * meet. */
  const double tight[] = {NAN, NAN, NAN, NAN, NAN, NAN, 45}, high[] = {10, 10, 10, 10, 10, 10, NAN};
  supply.high = high;
  DONE(critmin_draw_shares(tight, 7, &supply, INFINITY, 1, 5, 0, DRAWS, 0, shares, &error_));
  for (int64_t k = 0; k < 6; k++) {
    double lack = .1 - mean_of(shares, DRAWS, 8, k, 1);
    assert_near(lack, .05 / 6, .0001);
    assert_near(mean_of(shares, DRAWS, 8, k, 2), .01 - .2 * lack + 2 * .0025 / 42, .00002);
    for (int64_t i = 0; i < DRAWS; i++) ck_assert(shares[i * 8 + k] <= .1 + 1e-12);
  }
  free(shares);
}
END_TEST

START_TEST(the_residual_is_split_among_as_many_as_are_assumed) {
  const double quantity[] = {50, 20, 10};
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = 100;
  double *shares = room(DRAWS * 7);
  DONE(critmin_draw_shares(quantity, 3, &supply, INFINITY, 1, 9, 0, 10, 0, shares, &error_));
  NEAR(shares[3], .2); /* one holds it all: the high end of the bounds */
  DONE(critmin_draw_shares(quantity, 3, &supply, INFINITY, 4, 9, 0, DRAWS, 0, shares, &error_));
  assert_near(squares_of(shares, DRAWS, 7), .3 + 4 * (2 * .04 / 20), .0003);
  supply.unlisted_cutoff = .05; /* four of at most 5 per cent: five each */
  DONE(critmin_draw_shares(quantity, 3, &supply, INFINITY, 4, 9, 0, 10, 0, shares, &error_));
  for (int64_t k = 3; k < 7; k++) NEAR(shares[k], .05);
  free(shares);
}
END_TEST

START_TEST(a_gap_moves_with_the_cells_that_leave_it) {
  /* 80 known, one of 0 to 10, printed 100: the residual is what that one leaves, 10 to 20. */
  const double quantity[] = {80, NAN}, high[] = {NAN, 10};
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.high = high;
  supply.total = 100;
  double *shares = room(DRAWS * 3);
  DONE(critmin_draw_shares(quantity, 2, &supply, INFINITY, 1, 2, 0, DRAWS, 0, shares, &error_));
  assert_near(mean_of(shares, DRAWS, 3, 1, 1), .05, .0005);
  assert_near(mean_of(shares, DRAWS, 3, 2, 1), .15, .0005);
  for (int64_t i = 0; i < DRAWS; i++) NEAR(shares[3 * i], .8);
  free(shares);
}
END_TEST

static critmin_law law_of(int32_t kind, double low, double value, double high) {
  critmin_law law = {.kind = kind, .value = value, .low = low, .high = high, .deviation = NAN};
  return law;
}

START_TEST(terms_have_the_moments_of_their_laws) {
  critmin_law laws[] = {law_of(CRITMIN_LAW_TRIANGULAR, 1, 2, 6), law_of(CRITMIN_LAW_UNIFORM, -1, NAN, 3),
                        law_of(CRITMIN_LAW_FIXED, NAN, 4, NAN), law_of(CRITMIN_LAW_LOGNORMAL, NAN, 10, NAN),
                        law_of(CRITMIN_LAW_TRIANGULAR, 5, 5, 5)};
  laws[3].deviation = 1.5;
  const double s = log(1.5), means[] = {3, 1, 4, 10 * exp(s * s / 2), 5},
               variances[] = {7.0 / 6, 16.0 / 12, 0, 100 * exp(s * s) * (exp(s * s) - 1), 0};
  double *terms = room(DRAWS * 5), *one = room(DRAWS), mean, deviation, standard_error, median;
  const double half = .5;
  DONE(critmin_draw_terms(laws, 5, 11, 0, DRAWS, 0, terms, &error_));
  for (int64_t k = 0; k < 5; k++) {
    column(terms, DRAWS, 5, k, one);
    DONE(critmin_moments(one, DRAWS, &mean, &deviation, &standard_error, NULL, &error_));
    assert_near(mean, means[k], 4 * standard_error + 1e-12);
    assert_near(deviation * deviation, variances[k], .03 * variances[k]);
  }
  column(terms, DRAWS, 5, 3, one);
  DONE(critmin_quantiles(one, DRAWS, &half, 1, &median, &standard_error, &error_));
  assert_near(median, 10, 4 * standard_error);
  free(terms);
  free(one);
}
END_TEST

START_TEST(draws_are_the_same_on_any_threads_and_in_parts) {
  const double quantity[] = {50, NAN, NAN, 10};
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = 110;
  enum { N = 1000, WIDTH = 7, FIRST = 333 };
  static double one[N * WIDTH], many[N * WIDTH], parts[N * WIDTH];
  DONE(critmin_draw_shares(quantity, 4, &supply, 200, 3, 21, 0, N, 1, one, &error_));
  DONE(critmin_draw_shares(quantity, 4, &supply, 200, 3, 21, 0, N, 7, many, &error_));
  DONE(critmin_draw_shares(quantity, 4, &supply, 200, 3, 21, 0, FIRST, 2, parts, &error_));
  DONE(critmin_draw_shares(quantity, 4, &supply, 200, 3, 21, FIRST, N - FIRST, 3, parts + FIRST * WIDTH, &error_));
  ck_assert_mem_eq(one, many, sizeof one);
  ck_assert_mem_eq(one, parts, sizeof one);
  critmin_law laws[2] = {law_of(CRITMIN_LAW_UNIFORM, 0, NAN, 1), law_of(CRITMIN_LAW_TRIANGULAR, 0, 1, 2)};
  DONE(critmin_draw_terms(laws, 2, 21, 0, N, 1, one, &error_));
  DONE(critmin_draw_terms(laws, 2, 21, 0, FIRST, 4, many, &error_));
  DONE(critmin_draw_terms(laws, 2, 21, FIRST, N - FIRST, 4, many + 2 * FIRST, &error_));
  ck_assert_mem_eq(one, many, 2 * N * sizeof *one);
  DONE(critmin_sobol_draws(laws, 2, 0, NULL, NULL, 21, 0, N, 1, NULL, NULL, one, &error_));
  DONE(critmin_sobol_draws(laws, 2, 0, NULL, NULL, 21, 0, FIRST, 4, NULL, NULL, many, &error_));
  DONE(critmin_sobol_draws(laws, 2, 0, NULL, NULL, 21, FIRST, N - FIRST, 4, NULL, NULL, many + 4 * FIRST, &error_));
  ck_assert_mem_eq(one, many, 4 * N * sizeof *one);
}
END_TEST

START_TEST(quantiles_are_values_that_were_drawn) {
  double values[101], quantile[4], standard_error[4];
  for (int i = 0; i < 100; i++) values[i] = 100 - i;
  values[100] = NAN;
  const double probability[] = {.05, .29, .5, 1};
  DONE(critmin_quantiles(values, 101, probability, 4, quantile, standard_error, &error_));
  ck_assert_double_eq(quantile[0], 5);
  ck_assert_double_eq(quantile[1], 29); /* 0.29 x 100 is a little above 29 in doubles */
  ck_assert_double_eq(quantile[2], 50);
  ck_assert_double_eq(quantile[3], 100);
  ck_assert_double_eq(standard_error[2], 5); /* the rank scatters by 5 */
  ck_assert_double_eq(standard_error[3], 0);
  DONE(critmin_quantiles(values, 1, probability, 1, quantile, standard_error, &error_));
  ck_assert_double_eq(quantile[0], 100);
  ck_assert(isnan(standard_error[0]));
  DONE(critmin_quantiles(values + 100, 1, probability, 1, quantile, standard_error, &error_));
  ck_assert(isnan(quantile[0]) && isnan(standard_error[0]));
  double mean, deviation;
  int64_t known;
  DONE(critmin_moments(values + 100, 1, &mean, &deviation, NULL, &known, &error_));
  ck_assert(isnan(mean) && isnan(deviation) && known == 0);
}
END_TEST

START_TEST(the_error_of_a_quantile_is_that_of_its_density) {
  critmin_law law = law_of(CRITMIN_LAW_UNIFORM, 0, NAN, 1);
  double *values = room(DRAWS), quantile[2], standard_error[2];
  const double probability[] = {.5, .95};
  DONE(critmin_draw_terms(&law, 1, 31, 0, DRAWS, 0, values, &error_));
  DONE(critmin_quantiles(values, DRAWS, probability, 2, quantile, standard_error, &error_));
  for (int i = 0; i < 2; i++) {
    double wanted = sqrt(probability[i] * (1 - probability[i]) / DRAWS);
    assert_near(standard_error[i], wanted, .15 * wanted);
    assert_near(quantile[i], probability[i], 4 * wanted);
  }
  free(values);
}
END_TEST

/* Ishigami and Homma (1990), a = 7, b = 0.1. */
static double ishigami(const double *x, int64_t n, void *user) {
  const double *ab = user;
  ck_assert_int_eq(n, 3);
  return sin(x[0]) + ab[0] * sin(x[1]) * sin(x[1]) + ab[1] * pow(x[2], 4) * sin(x[0]);
}

START_TEST(indices_of_ishigami_are_those_of_its_closed_form) {
  const double pi = acos(-1), a = 7, b = .1;
  double ab[] = {7, .1}, first[3], first_error[3], total[3], total_error[3], variance;
  double v1 = .5 * pow(1 + b * pow(pi, 4) / 5, 2), v2 = a * a / 8, v13 = b * b * pow(pi, 8) * 8 / 225;
  double v = v1 + v2 + v13;
  const double wanted_first[] = {v1 / v, v2 / v, 0}, wanted_total[] = {(v1 + v13) / v, v2 / v, v13 / v};
  assert_near(wanted_first[0], .3139, 1e-4);
  critmin_law laws[3];
  for (int i = 0; i < 3; i++) laws[i] = law_of(CRITMIN_LAW_UNIFORM, -pi, NAN, pi);
  double *results = room(DRAWS * 5);
  DONE(critmin_sobol_draws(laws, 3, 0, ishigami, ab, 1, 0, DRAWS, 0, NULL, NULL, results, &error_));
  DONE(critmin_sobol_indices(results, DRAWS, 3, first, first_error, total, total_error, &variance, &error_));
  assert_near(variance, v, .02 * v);
  for (int i = 0; i < 3; i++) {
    ck_assert(first_error[i] < .015 && total_error[i] < .015);
    assert_near(first[i], wanted_first[i], 4 * first_error[i]);
    assert_near(total[i], wanted_total[i], 4 * total_error[i]);
  }
  free(results);
}
END_TEST

START_TEST(terms_that_do_not_interact_have_indices_that_sum_to_one) {
  /* x1 + 2 x2 of terms alike: 1/5 and 4/5, and nothing between them; the third does nothing. */
  critmin_law laws[] = {law_of(CRITMIN_LAW_UNIFORM, 0, NAN, 1), law_of(CRITMIN_LAW_UNIFORM, 0, NAN, 2),
                        law_of(CRITMIN_LAW_FIXED, NAN, .5, NAN)};
  double *results = room(DRAWS * 5), *turned = room(DRAWS * 4), first[3], total[3];
  DONE(critmin_sobol_draws(laws, 3, CRITMIN_FORMULA_IMPORT_RELIANCE, NULL, NULL, 1, 0, DRAWS, 0, NULL, NULL, results,
                           &error_));
  DONE(critmin_sobol_indices(results, DRAWS, 3, first, NULL, total, NULL, NULL, &error_));
  ck_assert_double_eq(total[2], 0);
  for (int64_t i = 0; i < DRAWS; i++) { /* evaluations may be anybody's */
    double a[2], b[2];
    stream random = {.state = (uint64_t)i + 1};
    for (int k = 0; k < 2; k++) a[k] = stream_uniform(&random, 0, 1);
    for (int k = 0; k < 2; k++) b[k] = stream_uniform(&random, 0, 1);
    double *row = turned + 4 * i;
    row[0] = a[0] + 2 * a[1];
    row[1] = b[0] + 2 * b[1];
    row[2] = b[0] + 2 * a[1];
    row[3] = a[0] + 2 * b[1];
  }
  DONE(critmin_sobol_indices(turned, DRAWS, 2, first, NULL, total, NULL, NULL, &error_));
  assert_near(first[0], .2, .02);
  assert_near(first[1], .8, .02);
  assert_near(total[0], .2, .01);
  assert_near(total[1], .8, .01);
  turned[0] = NAN;
  DONE(critmin_sobol_indices(turned, DRAWS, 2, first, NULL, total, NULL, NULL, &error_));
  ck_assert(isnan(first[0]) && isnan(total[1]));
  for (int64_t i = 0; i < 8; i++) turned[i] = 3;
  DONE(critmin_sobol_indices(turned, 2, 2, first, NULL, total, NULL, NULL, &error_));
  ck_assert(isnan(first[0]) && isnan(total[1])); /* nothing varies */
  free(results);
  free(turned);
}
END_TEST

static int32_t stop_at_once(void *user, int64_t done, int64_t total) {
  (void)user;
  (void)done;
  (void)total;
  return 1;
}

START_TEST(bad_laws_and_draws_are_named) {
  const double quantity[] = {50, NAN}, none[] = {0, 0};
  double out[64];
  critmin_law law = law_of(CRITMIN_LAW_TRIANGULAR, 0, 3, 2);
  REFUSED(critmin_draw_terms(&law, 1, 0, 0, 1, 1, out, &error_), CRITMIN_ERROR_INVALID_VALUE, "law 0");
  law = law_of(CRITMIN_LAW_UNIFORM, 2, NAN, 1);
  REFUSED(critmin_draw_terms(&law, 1, 0, 0, 1, 1, out, &error_), CRITMIN_ERROR_INVALID_VALUE, "from 2 to 1");
  law = law_of(CRITMIN_LAW_LOGNORMAL, NAN, 2, NAN);
  law.deviation = .5;
  REFUSED(critmin_draw_terms(&law, 1, 0, 0, 1, 1, out, &error_), CRITMIN_ERROR_INVALID_VALUE, "deviation");
  law = law_of(CRITMIN_LAW_GEOMETRIC + 1, 0, 1, 2);
  REFUSED(critmin_draw_terms(&law, 1, 0, 0, 1, 1, out, &error_), CRITMIN_ERROR_ARGUMENT, "kind");
  law = law_of(CRITMIN_LAW_FIXED, 0, 1, 2);
  REFUSED(critmin_draw_terms(&law, 1, 0, 0, 0, 1, out, &error_), CRITMIN_ERROR_ARGUMENT, "draws");
  REFUSED(critmin_draw_terms(&law, 0, 0, 0, 1, 1, out, &error_), CRITMIN_ERROR_ARGUMENT, "n is 0");
  REFUSED(critmin_draw_shares(quantity, 2, NULL, 10, 1, 0, 0, 1, 1, out, &error_), CRITMIN_ERROR_INVALID_VALUE,
          "producer 1");
  REFUSED(critmin_draw_shares(none, 2, NULL, 10, 1, 0, 0, 1, 1, out, &error_), CRITMIN_ERROR_INVALID_VALUE,
          "nothing is known");
  REFUSED(critmin_draw_shares(quantity, 1, NULL, 0, 1, 0, 0, 1, 1, out, &error_), CRITMIN_ERROR_INVALID_VALUE,
          "concentration");
  REFUSED(critmin_draw_shares(quantity, 1, NULL, 10, 0, 0, 0, 1, 1, out, &error_), CRITMIN_ERROR_ARGUMENT, "unlisted");
  critmin_supply supply;
  critmin_supply_init(&supply);
  const double low[] = {NAN, 60};
  supply.low = low;
  supply.total = 100;
  REFUSED(critmin_draw_shares(quantity, 2, &supply, 10, 1, 0, 0, 1, 1, out, &error_), CRITMIN_ERROR_INVALID_VALUE,
          "no quantities");
  const double zero = 0;
  REFUSED(critmin_quantiles(quantity, 2, &zero, 1, out, NULL, &error_), CRITMIN_ERROR_INVALID_VALUE, "probability 0");
  REFUSED(critmin_sobol_indices(quantity, 1, 1, out, NULL, NULL, NULL, NULL, &error_), CRITMIN_ERROR_ARGUMENT, "draws");
  out[0] = 42;
  REFUSED(critmin_sobol_draws(&law, 1, 0, NULL, NULL, 0, 0, 5, 1, stop_at_once, NULL, out, &error_),
          CRITMIN_ERROR_CANCELLED, "cancelled");
  ck_assert_double_eq(out[0], 42);
}
END_TEST

static int32_t without_memory(void *user) {
  (void)user;
  const double quantity[] = {50, NAN, 10}, half = .5;
  double shares[4 * 10], quantile, results[3 * 4];
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = 80;
  critmin_error error;
  critmin_law law = law_of(CRITMIN_LAW_UNIFORM, 0, NAN, 1);
  critmin_status status = critmin_draw_shares(quantity, 3, &supply, 10, 1, 0, 0, 10, 1, shares, &error);
  if (!status) status = critmin_quantiles(shares, 40, &half, 1, &quantile, NULL, &error);
  if (!status) status = critmin_sobol_draws(&law, 1, 0, NULL, NULL, 0, 0, 4, 1, NULL, NULL, results, &error);
  return status;
}

START_TEST(memory_may_run_out_anywhere) {
  fail_each_allocation(without_memory, NULL);
}
END_TEST

Suite *suite_uncertainty(void) {
  Suite *suite = suite_create("uncertainty");
  TCase *cases = tcase_create("uncertainty");
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, shares_scatter_around_the_figures_as_the_law_says);
  tcase_add_test(cases, exact_figures_leave_the_withheld_alone_to_be_drawn);
  tcase_add_test(cases, every_completion_of_the_withheld_is_as_likely);
  tcase_add_test(cases, the_residual_is_split_among_as_many_as_are_assumed);
  tcase_add_test(cases, a_gap_moves_with_the_cells_that_leave_it);
  tcase_add_test(cases, terms_have_the_moments_of_their_laws);
  tcase_add_test(cases, draws_are_the_same_on_any_threads_and_in_parts);
  tcase_add_test(cases, quantiles_are_values_that_were_drawn);
  tcase_add_test(cases, the_error_of_a_quantile_is_that_of_its_density);
  tcase_add_test(cases, indices_of_ishigami_are_those_of_its_closed_form);
  tcase_add_test(cases, terms_that_do_not_interact_have_indices_that_sum_to_one);
  tcase_add_test(cases, bad_laws_and_draws_are_named);
  tcase_add_test(cases, memory_may_run_out_anywhere);
  suite_add_tcase(suite, cases);
  return suite;
}
