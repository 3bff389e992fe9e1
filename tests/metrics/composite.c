/* SPDX-License-Identifier: MIT */
/* One's own composite: scales, means, what is missing, and how far it hangs on its weights. */
#include "critmin/composite.h"

#include <string.h>

#include "critmin/answer.h"
#include "kernel.h"
#include "suites.h"
#include "terms.h"

static critmin_criterion criterion_of(int32_t normalise, double low, double high) {
  critmin_criterion c;
  critmin_criterion_init(&c);
  c.normalise = normalise;
  c.low = low;
  c.high = high;
  return c;
}

static void normalise(const critmin_criterion *c, const double *raw, int64_t n, double *out) {
  critmin_error error;
  if (critmin_normalise(c, raw, n, out, &error)) ck_abort_msg("%s", error.message);
}

START_TEST(frozen_bounds_do_not_move_with_the_items) {
  critmin_criterion c = criterion_of(CRITMIN_NORMALISE_MIN_MAX, 0, 200);
  const double raw[] = {50, NAN, 300, -10};
  double out[4];
  normalise(&c, raw, 4, out);
  NEAR(out[0], .25);
  ck_assert(isnan(out[1]));
  NEAR(out[2], 1);
  NEAR(out[3], 0);
  c.falling = 1;
  normalise(&c, raw, 1, out);
  NEAR(out[0], .75);
  c = criterion_of(CRITMIN_NORMALISE_MIN_MAX, NAN, NAN);
  normalise(&c, raw, 4, out);
  NEAR(out[0], 60.0 / 310);
  const double alike[] = {7, 7};
  normalise(&c, alike, 2, out);
  ck_assert(isnan(out[0]) && isnan(out[1]));
}
END_TEST

/* Supply concentration on a scale of 0 to 100 that takes an index of 1,800 to 70: logarithms between 33 and 10,000. */
START_TEST(logarithms_between_bounds_scale_concentration) {
  critmin_criterion c = criterion_of(CRITMIN_NORMALISE_LOG_MIN_MAX, 33, 10000);
  const double raw[] = {33, 1800, 5000, 10000};
  double out[4];
  normalise(&c, raw, 4, out);
  NEAR(out[0], 0);
  ck_assert_double_eq_tol(100 * out[1], 70, .02);
  ck_assert_double_eq_tol(100 * out[2], 87.87, .02);
  NEAR(out[3], 1);
}
END_TEST

START_TEST(z_ranks_and_tables) {
  const double raw[] = {1, 2, 2, 5};
  double out[4];
  critmin_criterion c = criterion_of(CRITMIN_NORMALISE_Z, 2, 2);
  normalise(&c, raw, 4, out);
  NEAR(out[0], -.5);
  NEAR(out[3], 1.5);
  c = criterion_of(CRITMIN_NORMALISE_Z, NAN, NAN);
  normalise(&c, raw, 4, out);
  NEAR(out[0] + out[1] + out[2] + out[3], 0);
  c = criterion_of(CRITMIN_NORMALISE_RANK, NAN, NAN);
  normalise(&c, raw, 4, out);
  NEAR(out[0], 0);
  NEAR(out[1], .5);
  NEAR(out[2], .5);
  NEAR(out[3], 1);
  /* Production concentration of the risk list of 2011, in per cent of the top three. */
  const double limit[] = {0, 30, 45, 60, 75}, score[] = {1, 2, 3, 4, 5}, per_cent[] = {29.9, 30, 74, 99};
  c = criterion_of(CRITMIN_NORMALISE_STEPS, NAN, NAN);
  c.limit = limit;
  c.score = score;
  c.points = 5;
  normalise(&c, per_cent, 4, out);
  NEAR(out[0], 1);
  NEAR(out[1], 2);
  NEAR(out[2], 4);
  NEAR(out[3], 5);
  const double ends[] = {0, 100}, line[] = {10, 0}, at[] = {-5, 25, 100, 400};
  c.normalise = CRITMIN_NORMALISE_PIECEWISE;
  c.limit = ends;
  c.score = line;
  c.points = 2;
  normalise(&c, at, 4, out);
  NEAR(out[0], 10);
  NEAR(out[1], 7.5);
  NEAR(out[2], 0);
  NEAR(out[3], 0);
}
END_TEST

static critmin_composite composite_of(int32_t aggregate, const double *weight, int64_t criteria) {
  critmin_composite c;
  critmin_composite_init(&c);
  c.aggregate = aggregate;
  c.weight = weight;
  c.criteria = criteria;
  return c;
}

static double score_of(const critmin_composite *c, const double *row) {
  double value;
  critmin_error error;
  if (critmin_composite_score(c, row, 1, &value, NULL, NULL, NULL, &error)) ck_abort_msg("%s", error.message);
  return value;
}

START_TEST(means_are_what_their_names_say) {
  const double row[] = {.6, .4, .8}, weight[] = {2, 1, 1};
  critmin_composite c = composite_of(CRITMIN_AGGREGATE_ARITHMETIC, weight, 3);
  NEAR(score_of(&c, row), .6);
  c = composite_of(CRITMIN_AGGREGATE_GEOMETRIC, NULL, 3);
  NEAR(score_of(&c, row), cbrt(.6 * .4 * .8));
  c = composite_of(CRITMIN_AGGREGATE_POWER, NULL, 3); /* of order 2: three axes to one length */
  ck_assert_double_eq_tol(100 * score_of(&c, row), 62.182, 1e-3);
  c.power = -1;
  NEAR(score_of(&c, row), 3 / (1 / .6 + 1 / .4 + 1 / .8));
  c = composite_of(CRITMIN_AGGREGATE_GREATEST, weight, 3);
  NEAR(score_of(&c, row), .8);
  const double zero[] = {.6, 0, .8};
  c = composite_of(CRITMIN_AGGREGATE_GEOMETRIC, NULL, 3);
  ck_assert_double_eq(score_of(&c, zero), 0);
}
END_TEST

START_TEST(what_is_missing_widens_or_gives_its_weight_away) {
  const double rows[] = {.6, NAN, .8, NAN, NAN, NAN}, weight[] = {1, 2, 1};
  double value[2], low[2], high[2];
  uint64_t flags[2];
  critmin_error error;
  critmin_composite c = composite_of(CRITMIN_AGGREGATE_ARITHMETIC, weight, 3);
  ck_assert_int_eq(critmin_composite_score(&c, rows, 2, value, low, high, flags, &error), CRITMIN_OK);
  NEAR(value[0], .7);
  NEAR(low[0], .7);
  ck_assert_uint_eq(flags[0], CRITMIN_FLAG_NOT_AVAILABLE);
  ck_assert(isnan(value[1]) && flags[1] == CRITMIN_FLAG_NO_DATA);
  c.missing = CRITMIN_MISSING_INTERVAL;
  ck_assert_int_eq(critmin_composite_score(&c, rows, 2, value, low, high, flags, &error), CRITMIN_OK);
  NEAR(value[0], .7);
  NEAR(low[0], .35);
  NEAR(high[0], .85);
}
END_TEST

START_TEST(leaving_one_out_shows_what_it_does) {
  const double rows[] = {.9, .3, NAN, .5};
  double effect[4];
  critmin_error error;
  critmin_composite c = composite_of(CRITMIN_AGGREGATE_ARITHMETIC, NULL, 2);
  ck_assert_int_eq(critmin_leave_one_out(&c, rows, 2, effect, &error), CRITMIN_OK);
  NEAR(effect[0], .6 - .3);
  NEAR(effect[1], .6 - .9);
  NEAR(effect[2], 0);
  ck_assert(isnan(effect[3]));
}
END_TEST

enum { ITEMS = 12, CRITERIA = 4 };

static void some_items(double *items, uint64_t seed) {
  stream random = {.state = seed};
  for (int i = 0; i < ITEMS * CRITERIA; i++) items[i] = stream_uniform(&random, 0, 1);
}

static const double even[] = {1, 1, 1, 1};

START_TEST(two_criteria_of_opposite_opinion_split_the_draws) {
  /* Under weights spread evenly, w1 > 1/2 half of the time, and 0.3 w1 > 0.1 (1 - w1) with w1 > 1/4. */
  const double rows[] = {1, 0, 0, 1}, tilted[] = {.3, 0, 0, .1};
  double probability[2], rank[2];
  critmin_error error;
  critmin_composite c = composite_of(CRITMIN_AGGREGATE_ARITHMETIC, NULL, 2);
  ck_assert_int_eq(critmin_rank_robustness(&c, rows, 2, even, 1, 1, 0, 100000, 0, NULL, NULL, probability, rank, &error), CRITMIN_OK);
  ck_assert_double_eq_tol(probability[0], .5, .006);
  NEAR(probability[0] + probability[1], 1);
  NEAR(rank[0], 2 - probability[0]);
  ck_assert_int_eq(critmin_rank_robustness(&c, tilted, 2, even, 1, 1, 0, 100000, 0, NULL, NULL, probability, NULL, &error),
                   CRITMIN_OK);
  ck_assert_double_eq_tol(probability[0], .75, .006);
}
END_TEST

START_TEST(a_law_far_from_even_keeps_its_mean) {
  /* Beta(8, 2): the mean weight of the first is 0.8; P(w1 > 1/2) = 1 - 10/512. */
  const double rows[] = {1, 0, 0, 1}, law[] = {8, 2}, small[] = {.05, .05};
  double probability[2];
  critmin_error error;
  critmin_composite c = composite_of(CRITMIN_AGGREGATE_ARITHMETIC, NULL, 2);
  ck_assert_int_eq(critmin_rank_robustness(&c, rows, 2, law, 1, 4, 0, 100000, 0, NULL, NULL, probability, NULL, &error), CRITMIN_OK);
  ck_assert_double_eq_tol(probability[0], 1 - 10.0 / 512, .003);
  ck_assert_int_eq(critmin_rank_robustness(&c, rows, 2, small, 1, 4, 0, 100000, 0, NULL, NULL, probability, NULL, &error), CRITMIN_OK);
  ck_assert_double_eq_tol(probability[0], .5, .006);
}
END_TEST

START_TEST(threads_and_parts_change_no_bit) {
  double items[ITEMS * CRITERIA], one[ITEMS], many[ITEMS], rank_one[ITEMS], rank_many[ITEMS], first[ITEMS], second[ITEMS];
  some_items(items, 17);
  items[5] = NAN;
  critmin_error error;
  critmin_composite c = composite_of(CRITMIN_AGGREGATE_GEOMETRIC, NULL, CRITERIA);
  enum { DRAWS = 4000 };
  ck_assert_int_eq(critmin_rank_robustness(&c, items, ITEMS, even, 3, 99, 0, DRAWS, 1, NULL, NULL, one, rank_one, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_rank_robustness(&c, items, ITEMS, even, 3, 99, 0, DRAWS, 7, NULL, NULL, many, rank_many, &error), CRITMIN_OK);
  ck_assert_mem_eq(one, many, sizeof one);
  ck_assert_mem_eq(rank_one, rank_many, sizeof rank_one);
  ck_assert_int_eq(critmin_rank_robustness(&c, items, ITEMS, even, 3, 99, 0, 1500, 0, NULL, NULL, first, NULL, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_rank_robustness(&c, items, ITEMS, even, 3, 99, 1500, DRAWS - 1500, 0, NULL, NULL, second, NULL, &error),
                   CRITMIN_OK);
  double sum = 0;
  for (int i = 0; i < ITEMS; i++) {
    NEAR(one[i], (first[i] * 1500 + second[i] * (DRAWS - 1500)) / DRAWS);
    sum += one[i];
  }
  NEAR(sum, 3); /* no ties: three of them are among the first three every time */
}
END_TEST

START_TEST(an_item_ahead_in_everything_is_always_first_whatever_the_mean) {
  for (int32_t aggregate = CRITMIN_AGGREGATE_ARITHMETIC; aggregate <= CRITMIN_AGGREGATE_GREATEST; aggregate++) {
    for (double power = -1; power <= 2; power += 3) {
      double items[ITEMS * CRITERIA], probability[ITEMS], rank[ITEMS];
      some_items(items, 23);
      for (int k = 0; k < CRITERIA; k++) items[7 * CRITERIA + k] = 1;
      for (int k = 0; k < CRITERIA; k++) items[8 * CRITERIA + k] = NAN;
      for (int k = 0; k < CRITERIA; k++) items[9 * CRITERIA + k] = 0;
      critmin_error error;
      critmin_composite c = composite_of(aggregate, NULL, CRITERIA);
      c.power = power;
      ck_assert_int_eq(critmin_rank_robustness(&c, items, ITEMS, even, 1, 5, 0, 500, 2, NULL, NULL, probability, rank, &error),
                       CRITMIN_OK);
      ck_assert_double_eq(probability[7], 1);
      ck_assert_double_eq(rank[7], 1);
      ck_assert_double_eq(probability[8], 0);
      ck_assert(isnan(rank[8]));
      ck_assert_double_eq(rank[9], ITEMS - 1);
    }
  }
}
END_TEST

static int32_t stop_at_once(void *user, int64_t done, int64_t total) {
  (void)user;
  (void)done;
  (void)total;
  return 1;
}

START_TEST(bad_composites_are_named) {
  const double rows[] = {.6, .4}, negative[] = {1, -1}, none[] = {0, 0}, law[] = {1, 0}, below[] = {.6, -.4};
  double out[2];
  critmin_composite c = composite_of(CRITMIN_AGGREGATE_ARITHMETIC, negative, 2);
  REFUSED(critmin_composite_score(&c, rows, 1, out, NULL, NULL, NULL, &error_), CRITMIN_ERROR_NEGATIVE, "weight 1");
  c.weight = none;
  REFUSED(critmin_composite_score(&c, rows, 1, out, NULL, NULL, NULL, &error_), CRITMIN_ERROR_INVALID_VALUE, "weight");
  c = composite_of(CRITMIN_AGGREGATE_GEOMETRIC, NULL, 2);
  REFUSED(critmin_composite_score(&c, below, 1, out, NULL, NULL, NULL, &error_), CRITMIN_ERROR_NEGATIVE, "criterion 1 of item 0");
  c = composite_of(CRITMIN_AGGREGATE_POWER, NULL, 2);
  c.power = 0;
  REFUSED(critmin_leave_one_out(&c, rows, 1, out, &error_), CRITMIN_ERROR_INVALID_VALUE, "power");
  c = composite_of(9, NULL, 2);
  REFUSED(critmin_leave_one_out(&c, rows, 1, out, &error_), CRITMIN_ERROR_ARGUMENT, "aggregate");
  c = composite_of(0, NULL, 0);
  REFUSED(critmin_leave_one_out(&c, rows, 1, out, &error_), CRITMIN_ERROR_ARGUMENT, "criteria");
  c = composite_of(0, NULL, 2);
  REFUSED(critmin_rank_robustness(&c, rows, 1, law, 1, 0, 0, 10, 0, NULL, NULL, out, NULL, &error_), CRITMIN_ERROR_INVALID_VALUE,
          "concentration 1");
  REFUSED(critmin_rank_robustness(&c, rows, 1, even, 0, 0, 0, 10, 0, NULL, NULL, out, NULL, &error_), CRITMIN_ERROR_ARGUMENT, "top");
  REFUSED(critmin_rank_robustness(&c, rows, 1, even, 1, 0, 0, 0, 0, NULL, NULL, out, NULL, &error_), CRITMIN_ERROR_ARGUMENT, "draws");
  out[0] = 42;
  REFUSED(critmin_rank_robustness(&c, rows, 1, even, 1, 0, 0, 10, 0, stop_at_once, NULL, out, NULL, &error_),
          CRITMIN_ERROR_CANCELLED, "cancelled");
  ck_assert_double_eq(out[0], 42);
  critmin_criterion k = criterion_of(CRITMIN_NORMALISE_MIN_MAX, 3, 2);
  REFUSED(critmin_normalise(&k, rows, 2, out, &error_), CRITMIN_ERROR_INVALID_VALUE, "bounds");
  k = criterion_of(CRITMIN_NORMALISE_LOG_MIN_MAX, 1, 2);
  REFUSED(critmin_normalise(&k, below, 2, out, &error_), CRITMIN_ERROR_INVALID_VALUE, "item 1");
  k = criterion_of(CRITMIN_NORMALISE_STEPS, NAN, NAN);
  REFUSED(critmin_normalise(&k, rows, 2, out, &error_), CRITMIN_ERROR_ARGUMENT, "points");
  const double limit[] = {1, 1};
  k.limit = k.score = limit;
  k.points = 2;
  REFUSED(critmin_normalise(&k, rows, 2, out, &error_), CRITMIN_ERROR_INVALID_VALUE, "point 1");
  k = criterion_of(6, NAN, NAN);
  REFUSED(critmin_normalise(&k, rows, 2, out, &error_), CRITMIN_ERROR_ARGUMENT, "normalise");
}
END_TEST

static int32_t without_memory(void *user) {
  double items[ITEMS * CRITERIA], out[ITEMS], effect[ITEMS * CRITERIA];
  critmin_error error;
  (void)user;
  some_items(items, 2);
  critmin_composite c = composite_of(CRITMIN_AGGREGATE_ARITHMETIC, NULL, CRITERIA);
  critmin_criterion k = criterion_of(CRITMIN_NORMALISE_RANK, NAN, NAN);
  critmin_status status = critmin_normalise(&k, items, ITEMS, out, &error);
  if (!status) status = critmin_composite_score(&c, items, ITEMS, out, NULL, NULL, NULL, &error);
  if (!status) status = critmin_leave_one_out(&c, items, ITEMS, effect, &error);
  if (!status) status = critmin_rank_robustness(&c, items, ITEMS, even, 2, 0, 0, 20, 1, NULL, NULL, out, NULL, &error);
  return status;
}

START_TEST(memory_may_run_out_anywhere) { fail_each_allocation(without_memory, NULL); }
END_TEST

Suite *suite_composite(void) {
  Suite *suite = suite_create("composite");
  TCase *cases = tcase_create("composite");
  tcase_add_test(cases, frozen_bounds_do_not_move_with_the_items);
  tcase_add_test(cases, logarithms_between_bounds_scale_concentration);
  tcase_add_test(cases, z_ranks_and_tables);
  tcase_add_test(cases, means_are_what_their_names_say);
  tcase_add_test(cases, what_is_missing_widens_or_gives_its_weight_away);
  tcase_add_test(cases, leaving_one_out_shows_what_it_does);
  tcase_add_test(cases, two_criteria_of_opposite_opinion_split_the_draws);
  tcase_add_test(cases, a_law_far_from_even_keeps_its_mean);
  tcase_add_test(cases, threads_and_parts_change_no_bit);
  tcase_add_test(cases, an_item_ahead_in_everything_is_always_first_whatever_the_mean);
  tcase_add_test(cases, bad_composites_are_named);
  tcase_add_test(cases, memory_may_run_out_anywhere);
  suite_add_tcase(suite, cases);
  return suite;
}
