/* SPDX-License-Identifier: MIT */
/* Markets at the edge: empty, zero, unknown, contradictory, rounded, huge and tiny. */
#include "kernel.h"
#include "suites.h"

static const double governance[8] = {5, 5, 5, 5, 5, 5, 5, 5};

static kernel_call call_of(enum kernel kernel) {
  kernel_call call = {.kernel = kernel, .index = kernel == RATIO ? 1 : 0, .number = kernel == EFFECTIVE ? 2 : NAN};
  call.governance = governance;
  return call;
}

static critmin_answer run(enum kernel kernel, const double *quantity, int64_t n, const critmin_supply *supply) {
  kernel_call call = call_of(kernel);
  return kernel_answer(&call, quantity, n, supply);
}

static critmin_supply of_total(double total) {
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = total;
  return supply;
}

static void assert_nothing(critmin_answer answer, uint64_t flags) {
  ck_assert(isnan(answer.value) && isnan(answer.low) && isnan(answer.high) && isnan(answer.coverage));
  ck_assert_uint_eq(answer.flags, flags);
}

START_TEST(no_producer_is_no_data) {
  for (int kernel = HHI; kernel < N_MINUS_1; kernel++) {
    assert_nothing(run((enum kernel)kernel, NULL, 0, NULL), CRITMIN_FLAG_NO_DATA);
    critmin_supply supply = of_total(100);
    ck_assert(run((enum kernel)kernel, NULL, 0, &supply).flags & CRITMIN_FLAG_NO_DATA);
  }
}
END_TEST

START_TEST(zero_is_a_total_of_zero_and_withheld_is_no_data) {
  const double zeros[2] = {0, 0}, withheld[2] = {NAN, NAN}, mixed[2] = {0, NAN};
  const uint64_t unknown = CRITMIN_FLAG_NO_DATA | CRITMIN_FLAG_WITHHELD_USED | CRITMIN_FLAG_UNBOUNDED;
  for (int kernel = 0; kernel < KERNELS; kernel++) {
    assert_nothing(run((enum kernel)kernel, zeros, 2, NULL), CRITMIN_FLAG_ZERO_TOTAL);
    critmin_supply supply = of_total(0);
    assert_nothing(run((enum kernel)kernel, zeros, 2, &supply), CRITMIN_FLAG_ZERO_TOTAL);
    assert_nothing(run((enum kernel)kernel, withheld, 2, &supply), CRITMIN_FLAG_ZERO_TOTAL | CRITMIN_FLAG_WITHHELD_USED);
    assert_nothing(run((enum kernel)kernel, withheld, 2, NULL), unknown);
    assert_nothing(run((enum kernel)kernel, mixed, 2, NULL), unknown);
  }
}
END_TEST

START_TEST(withheld_cells_of_a_known_total_are_data) {
  const double withheld[3] = {NAN, NAN, NAN};
  critmin_supply supply = of_total(90);
  critmin_answer answer = run(HHI, withheld, 3, &supply);
  assert_interval(answer, 1. / 3, 1. / 3, 1);
  ck_assert(answer.coverage == 0);
  assert_interval(run(SHARE, withheld, 3, &supply), 0, 1. / 3, 1);
  assert_interval(run(SHANNON, withheld, 3, &supply), 0, log(3), log(3));
}
END_TEST

START_TEST(one_producer_is_all_there_is) {
  const double alone[2] = {7, 0};
  assert_interval(run(HHI, alone, 2, NULL), 1, 1, 1);
  assert_interval(run(HHI_NORMALISED, alone, 2, NULL), 1, 1, 1);
  assert_interval(run(SHANNON, alone, 2, NULL), 0, 0, 0);
  assert_interval(run(EFFECTIVE, alone, 2, NULL), 1, 1, 1);
  critmin_answer answer = run(EVENNESS, alone, 2, NULL);
  ck_assert(isnan(answer.value));
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_UNDEFINED);
}
END_TEST

START_TEST(a_total_that_is_all_residual_spans_everything) {
  const double zeros[2] = {0, 0};
  critmin_supply supply = of_total(100);
  critmin_answer answer = run(HHI, zeros, 2, &supply);
  assert_interval(answer, 0, .5, 1);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_RESIDUAL_USED);
  ck_assert(answer.coverage == 0);
  answer = run(EFFECTIVE, zeros, 2, &supply);
  ck_assert(answer.low == 1 && answer.value == 1 && isinf(answer.high));
  assert_interval(run(SHARE, zeros, 2, &supply), 0, 0, 0);
}
END_TEST

START_TEST(a_total_below_the_sum_gives_way_to_it) {
  const double quantity[2] = {60, 50};
  critmin_supply supply = of_total(100);
  critmin_answer answer = run(SHARE, quantity, 2, &supply);
  assert_interval(answer, 60. / 110, 60. / 110, 60. / 110);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_TOTAL_BELOW_SUM);
  ck_assert(answer.coverage == 1);
  const double withheld[3] = {60, 50, NAN}; /* such a total bounds nothing either */
  ck_assert_uint_eq(run(HHI, withheld, 3, &supply).flags,
                    CRITMIN_FLAG_TOTAL_BELOW_SUM | CRITMIN_FLAG_WITHHELD_USED | CRITMIN_FLAG_UNBOUNDED);
}
END_TEST

START_TEST(a_gap_within_the_rounding_of_the_total_is_none) {
  const double below[2] = {60, 39.8}, above[2] = {60, 40.2};
  critmin_supply supply = of_total(100);
  supply.total_low = 99.5;
  supply.total_high = 100.5;
  critmin_answer answer = run(SHARE, below, 2, &supply);
  ck_assert_uint_eq(answer.flags, 0);
  assert_near(answer.value, .6, 1e-12);
  assert_near(answer.low, 60 / 100.5, 1e-12);
  ck_assert(answer.high >= 60 / 99.8 - 1e-12 && answer.high <= 60 / 99.5 + 1e-12);
  ck_assert_uint_eq(run(SHARE, above, 2, &supply).flags, 0);
  assert_near(run(HHI, below, 2, &supply).value, (.6 * .6 + .398 * .398), 1e-12);
  const double wide[2] = {60, 39};
  answer = run(SHARE, wide, 2, &supply);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_RESIDUAL_USED);
  assert_interval(answer, 60 / 100.5, .6, 60 / 99.5);
  const double tenths[3] = {.1, .2, .3}; /* their sum as doubles is not .6 */
  supply = of_total(.6);
  ck_assert_uint_eq(run(HHI, tenths, 3, &supply).flags, 0);
}
END_TEST

START_TEST(a_rounded_total_leaves_its_rounding_to_the_withheld_cell) {
  const double quantity[3] = {60, 20, NAN};
  critmin_supply supply = of_total(100);
  supply.total_low = 99;
  supply.total_high = 101;
  critmin_answer answer = run(SHARE, quantity, 3, &supply);
  assert_interval(answer, 60. / 101, .6, 60. / 99);
  kernel_call call = {.kernel = SHARE, .index = 2};
  assert_interval(kernel_answer(&call, quantity, 3, &supply), 19. / 99, .2, 21. / 101);
  call.kernel = N_MINUS_1;
  call.number = 50;
  assert_interval(kernel_answer(&call, quantity, 3, &supply), 80. / 50, 80. / 50, 80. / 50);
}
END_TEST

START_TEST(contradictory_intervals_are_flagged_and_not_repaired) {
  const double quantity[3] = {60, 20, NAN}, low[3] = {NAN, NAN, 30}, high[3] = {NAN, NAN, 50};
  critmin_supply supply = of_total(100);
  supply.low = low;
  supply.high = high;
  for (int kernel = 0; kernel < KERNELS; kernel++) {
    critmin_answer answer = run((enum kernel)kernel, quantity, 3, &supply);
    ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_WITHHELD_USED | CRITMIN_FLAG_OUT_OF_RANGE_INPUT);
    ck_assert(isnan(answer.low) && isnan(answer.high));
    ck_assert(!isnan(answer.value));
  }
  assert_near(run(SHARE, quantity, 3, &supply).value, 60. / 120, 1e-12);
}
END_TEST

START_TEST(published_cells_with_an_interval_keep_their_value) {
  const double quantity[3] = {60, 20, 20}, low[3] = {59.5, NAN, 19.5}, high[3] = {60.5, NAN, 20.5};
  critmin_supply supply = of_total(NAN);
  supply.low = low;
  supply.high = high;
  critmin_answer answer = run(HHI, quantity, 3, &supply);
  assert_near(answer.value, .44, 1e-12);
  ck_assert(answer.low < .44 && answer.high > .44);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_WITHHELD_USED | CRITMIN_FLAG_NO_TOTAL);
  ck_assert(answer.coverage == 1);
  assert_interval(run(SHARE, quantity, 3, &supply), 59.5 / 100, .6, 60.5 / 100);
}
END_TEST

START_TEST(listed_only_leaves_the_residual_out) {
  const double quantity[3] = {50, 20, NAN};
  critmin_supply supply = of_total(100);
  supply.other = 20;
  supply.listed_only = 1;
  critmin_answer answer = run(SHARE, quantity, 3, &supply);
  assert_interval(answer, 50. / 80, 50. / 80, 50. / 80);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_LISTED_ONLY | CRITMIN_FLAG_WITHHELD_USED);
  assert_near(answer.coverage, .7, 1e-15);
}
END_TEST

START_TEST(a_market_of_any_size_gives_the_same_shares) {
  const double quantity[4] = {50, 30, NAN, NAN};
  critmin_supply supply = of_total(100);
  for (int kernel = 0; kernel < KERNELS; kernel++) {
    critmin_answer wanted = run((enum kernel)kernel, quantity, 4, &supply);
    for (int exponent = -900; exponent <= 900; exponent += 300) {
      double scaled[4];
      for (int i = 0; i < 4; i++) scaled[i] = ldexp(quantity[i], exponent);
      critmin_supply scaled_supply = of_total(ldexp(100, exponent));
      critmin_answer answer = run((enum kernel)kernel, scaled, 4, &scaled_supply);
      ck_assert(answer.value == wanted.value && answer.low == wanted.low && answer.high == wanted.high);
    }
  }
}
END_TEST

START_TEST(demand_of_zero_leaves_no_ratio) {
  const double quantity[2] = {60, 40};
  critmin_answer answer = kernel_answer(&(kernel_call){.kernel = N_MINUS_1, .number = 0}, quantity, 2, NULL);
  ck_assert(isnan(answer.value));
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_UNDEFINED);
}
END_TEST

START_TEST(no_score_at_all_leaves_an_interval_without_a_value) {
  const double quantity[2] = {60, 40}, none[2] = {NAN, NAN};
  critmin_answer answer = kernel_answer(&(kernel_call){.kernel = HHI_WGI, .governance = none}, quantity, 2, NULL);
  ck_assert(isnan(answer.value));
  assert_near(answer.low, 0, 0);
  assert_near(answer.high, 5.2, 1e-12);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_WGI_IMPUTED | CRITMIN_FLAG_UNDEFINED);
  const double idle[3] = {60, 40, 0}, one_missing[3] = {5, 5, NAN}; /* who produces nothing needs no score */
  answer = kernel_answer(&(kernel_call){.kernel = HHI_WGI, .governance = one_missing}, idle, 3, NULL);
  ck_assert_uint_eq(answer.flags, 0);
}
END_TEST

START_TEST(high_orders_of_diversity_stay_finite_and_ordered) {
  const double quantity[4] = {50, 30, 15, 5};
  double last = 4;
  for (double order = .25; order < 3e5; order *= 2) {
    kernel_call call = {.kernel = EFFECTIVE, .number = order};
    critmin_answer answer = kernel_answer(&call, quantity, 4, NULL);
    ck_assert(answer.low == answer.value && answer.high == answer.value);
    ck_assert_msg(answer.value < last && answer.value >= 2, "order %g gives %.17g after %.17g", order, answer.value, last);
    last = answer.value;
  }
  kernel_call call = {.kernel = EFFECTIVE, .number = 1e9};
  assert_near(kernel_answer(&call, quantity, 4, NULL).value, 2, 1e-8);
}
END_TEST

START_TEST(orders_close_to_one_meet_its_limit) {
  const double quantity[4] = {50, 30, 15, 5};
  kernel_call call = {.kernel = EFFECTIVE, .number = 1};
  double limit = kernel_answer(&call, quantity, 4, NULL).value;
  for (double step = 1e-15; step < 1e-5; step *= 10)
    for (int side = -1; side <= 1; side += 2) {
      call.number = 1 + side * step;
      assert_near(kernel_answer(&call, quantity, 4, NULL).value, limit, fmax(3 * step, 1e-7));
    }
}
END_TEST

Suite *suite_degenerate(void) {
  Suite *suite = suite_create("degenerate");
  TCase *cases = tcase_create("edges");
  tcase_add_test(cases, no_producer_is_no_data);
  tcase_add_test(cases, zero_is_a_total_of_zero_and_withheld_is_no_data);
  tcase_add_test(cases, withheld_cells_of_a_known_total_are_data);
  tcase_add_test(cases, one_producer_is_all_there_is);
  tcase_add_test(cases, a_total_that_is_all_residual_spans_everything);
  tcase_add_test(cases, a_total_below_the_sum_gives_way_to_it);
  tcase_add_test(cases, a_gap_within_the_rounding_of_the_total_is_none);
  tcase_add_test(cases, a_rounded_total_leaves_its_rounding_to_the_withheld_cell);
  tcase_add_test(cases, contradictory_intervals_are_flagged_and_not_repaired);
  tcase_add_test(cases, published_cells_with_an_interval_keep_their_value);
  tcase_add_test(cases, listed_only_leaves_the_residual_out);
  tcase_add_test(cases, a_market_of_any_size_gives_the_same_shares);
  tcase_add_test(cases, demand_of_zero_leaves_no_ratio);
  tcase_add_test(cases, no_score_at_all_leaves_an_interval_without_a_value);
  tcase_add_test(cases, orders_close_to_one_meet_its_limit);
  tcase_add_test(cases, high_orders_of_diversity_stay_finite_and_ordered);
  suite_add_tcase(suite, cases);
  return suite;
}
