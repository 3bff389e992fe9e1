/* SPDX-License-Identifier: MIT */
/* The worked examples of the methods manual. */
#include "kernel.h"
#include "suites.h"

static const double shares[3] = {.5, .3, .2};
static const double listed[3] = {.5, .2, .1};
static const double two_withheld[4] = {60, 20, NAN, NAN};

static critmin_supply of_total(double total) {
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = total;
  return supply;
}

static critmin_answer run(enum kernel kernel, const double *quantity, int64_t n, const critmin_supply *supply) {
  return kernel_answer(&(kernel_call){.kernel = kernel}, quantity, n, supply);
}

static critmin_answer ratio(int64_t k, const double *quantity, int64_t n, const critmin_supply *supply) {
  return kernel_answer(&(kernel_call){.kernel = RATIO, .index = k}, quantity, n, supply);
}

static critmin_answer effective(double order, const double *quantity, int64_t n, const critmin_supply *supply) {
  return kernel_answer(&(kernel_call){.kernel = EFFECTIVE, .number = order}, quantity, n, supply);
}

#define assert_all_near(answer, wanted, tolerance) \
  do {                                             \
    assert_near((answer).value, wanted, tolerance); \
    ck_assert((answer).low == (answer).value);     \
    ck_assert((answer).high == (answer).value);    \
    ck_assert_uint_eq((answer).flags, 0);          \
    ck_assert_int_eq((answer).n_used, 3);          \
    ck_assert((answer).coverage == 1);             \
  } while (0)

START_TEST(complete_markets_give_the_printed_values) {
  assert_all_near(run(HHI, shares, 3, NULL), .38, 1e-15);
  assert_all_near(run(HHI_NORMALISED, shares, 3, NULL), .07, 1e-15);
  assert_all_near(ratio(1, shares, 3, NULL), .5, 0);
  assert_all_near(ratio(2, shares, 3, NULL), .8, 1e-15);
  assert_all_near(ratio(3, shares, 3, NULL), 1, 0);
  assert_all_near(run(SHANNON, shares, 3, NULL), 1.02965, 5e-6);
  assert_all_near(run(EVENNESS, shares, 3, NULL), .93723, 5e-6);
  assert_all_near(effective(0, shares, 3, NULL), 3, 0);
  assert_all_near(effective(1, shares, 3, NULL), 2.8001, 5e-5);
  assert_all_near(effective(2, shares, 3, NULL), 2.6316, 5e-5);
  assert_all_near(effective(INFINITY, shares, 3, NULL), 2, 0);
  assert_all_near(kernel_answer(&(kernel_call){.kernel = SHARE, .index = 1}, shares, 3, NULL), .3, 1e-16);
}
END_TEST

START_TEST(governance_weights_each_squared_share) {
  const double all[3] = {6, 3, 1}, second_missing[3] = {6, NAN, 1};
  kernel_call call = {.kernel = HHI_WGI, .governance = all};
  assert_all_near(kernel_answer(&call, shares, 3, NULL), 1.81, 1e-15);
  call.governance = second_missing;
  critmin_answer answer = kernel_answer(&call, shares, 3, NULL);
  assert_interval(answer, 1.54, 1.54 + .09 * (.5 * 6 + .2 * 1) / .7, 2.44);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_WGI_IMPUTED);
}
END_TEST

START_TEST(a_residual_is_of_nobody_or_of_one_for_governance) {
  const double all[3] = {6, 3, 1};
  critmin_supply supply = of_total(1);
  critmin_answer answer = kernel_answer(&(kernel_call){.kernel = HHI_WGI, .governance = all}, listed, 3, &supply);
  double known = .25 * 6 + .04 * 3 + .01;
  assert_interval(answer, known, known + .2, known + .4);
}
END_TEST

START_TEST(a_residual_spans_from_infinitely_many_to_one) {
  critmin_supply supply = of_total(1);
  critmin_answer answer = run(HHI, listed, 3, &supply);
  assert_interval(answer, .30, .32, .34);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_RESIDUAL_USED);
  assert_near(answer.coverage, .8, 1e-15);
  supply.residual_value = CRITMIN_RESIDUAL_LOWER;
  assert_interval(run(HHI, listed, 3, &supply), .30, .30, .34);
  supply.residual_value = CRITMIN_RESIDUAL_UPPER;
  assert_interval(run(HHI, listed, 3, &supply), .30, .34, .34);
}
END_TEST

START_TEST(a_printed_other_row_is_the_residual_too) {
  critmin_supply supply = of_total(NAN);
  supply.other = .2;
  critmin_answer answer = run(HHI, listed, 3, &supply);
  assert_interval(answer, .30, .32, .34);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_RESIDUAL_USED | CRITMIN_FLAG_NO_TOTAL);
  supply.total = 1;
  assert_interval(run(HHI, listed, 3, &supply), .30, .32, .34);
  supply.total = 2; /* the gap of 1 and the row of .2 are one residual */
  assert_interval(run(HHI, listed, 3, &supply), .30 / 4, (.30 + .72) / 4, (.30 + 1.44) / 4);
}
END_TEST

START_TEST(a_cutoff_and_a_greatest_number_narrow_the_residual) {
  critmin_supply supply = of_total(1);
  supply.unlisted_cutoff = .1;
  assert_interval(run(HHI, listed, 3, &supply), .30, .31, .32);
  supply.unlisted_cutoff = 0;
  supply.unlisted_max = 4;
  assert_interval(run(HHI, listed, 3, &supply), .31, .325, .34);
  supply.unlisted_cutoff = .04; /* 4 of that size cannot hold .2 */
  critmin_answer answer = run(HHI, listed, 3, &supply);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_RESIDUAL_USED | CRITMIN_FLAG_OUT_OF_RANGE_INPUT);
  assert_interval(answer, .30, .32, .34);
}
END_TEST

START_TEST(withheld_cells_fill_a_known_total) {
  const double low[4] = {NAN, NAN, 0, 5}, high[4] = {NAN, NAN, 15, 20};
  critmin_supply supply = of_total(100);
  supply.low = low;
  supply.high = high;
  critmin_answer answer = run(HHI, two_withheld, 4, &supply);
  /* The total narrows b to 5..20 and a to 0..15: both stand 15/30 of the way up, at 7.5 and 12.5. */
  assert_interval(answer, .42, .4 + (7.5 * 7.5 + 12.5 * 12.5) / 1e4, .44);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_WITHHELD_USED);
  assert_near(answer.coverage, .8, 1e-15);
  /* The same two completions are the ends of everything else. */
  assert_interval(ratio(1, two_withheld, 4, &supply), .6, .6, .6);
  assert_interval(ratio(2, two_withheld, 4, &supply), .8, .8, .8);
  assert_interval(ratio(3, two_withheld, 4, &supply), .9, .925, 1);
  answer = effective(2, two_withheld, 4, &supply);
  assert_near(answer.low, 1 / .44, 1e-12);
  assert_near(answer.high, 1 / .42, 1e-12);
  assert_interval(effective(0, two_withheld, 4, &supply), 3, 4, 4);
}
END_TEST

START_TEST(one_withheld_cell_of_a_known_total_is_known) {
  const double quantity[3] = {60, 20, NAN};
  critmin_supply supply = of_total(100);
  critmin_answer answer = run(HHI, quantity, 3, &supply);
  assert_interval(answer, .44, .44, .44);
  assert_interval(kernel_answer(&(kernel_call){.kernel = SHARE, .index = 2}, quantity, 3, &supply), .2, .2, .2);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_WITHHELD_USED);
}
END_TEST

START_TEST(without_a_total_the_sum_moves_with_the_cell) {
  const double quantity[3] = {60, 20, NAN}, high[3] = {NAN, NAN, 40};
  critmin_supply supply = of_total(NAN);
  supply.high = high;
  critmin_answer answer = run(HHI, quantity, 3, &supply);
  assert_interval(answer, 5600. / (120. * 120.), 4400. / 1e4, .625);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_WITHHELD_USED | CRITMIN_FLAG_NO_TOTAL);
  assert_near(answer.low, .3889, 5e-5);
}
END_TEST

START_TEST(a_cell_outside_the_total_adds_to_it) {
  const double quantity[3] = {60, 20, NAN}, high[3] = {NAN, NAN, 40};
  const int32_t outside[3] = {0, 0, 1};
  critmin_supply supply = of_total(80);
  supply.high = high;
  supply.outside = outside;
  critmin_answer answer = run(HHI, quantity, 3, &supply);
  assert_interval(answer, 5600. / (120. * 120.), 4400. / 1e4, .625);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_WITHHELD_USED | CRITMIN_FLAG_TOTAL_EXCLUDES);
  answer = kernel_answer(&(kernel_call){.kernel = SHARE, .index = 0}, quantity, 3, &supply);
  assert_interval(answer, .5, .6, .75);
  answer = kernel_answer(&(kernel_call){.kernel = SHARE, .index = 2}, quantity, 3, &supply);
  assert_interval(answer, 0, .2, 40. / 120);
}
END_TEST

START_TEST(a_cell_that_nothing_bounds_may_be_everything) {
  const double quantity[3] = {60, 20, NAN};
  const int32_t outside[3] = {0, 0, 1};
  critmin_supply supply = of_total(80);
  supply.outside = outside;
  uint64_t flags = CRITMIN_FLAG_WITHHELD_USED | CRITMIN_FLAG_TOTAL_EXCLUDES | CRITMIN_FLAG_UNBOUNDED;
  critmin_answer answer = run(HHI, quantity, 3, &supply);
  assert_interval(answer, 6500. / (130. * 130.), .625, 1); /* least at 50 = sum of squares / sum */
  ck_assert_uint_eq(answer.flags, flags);
  ck_assert(isnan(answer.coverage));
  answer = kernel_answer(&(kernel_call){.kernel = SHARE, .index = 0}, quantity, 3, &supply);
  assert_interval(answer, 0, .75, .75);
  ck_assert_uint_eq(answer.flags, flags);
  assert_interval(kernel_answer(&(kernel_call){.kernel = SHARE, .index = 2}, quantity, 3, &supply), 0, 0, 1);
  assert_interval(ratio(1, quantity, 3, &supply), 60. / 140, .75, 1);
  answer = effective(2, quantity, 3, &supply);
  assert_interval(answer, 1, 1.6, 130. * 130. / 6500.);
  answer = kernel_answer(&(kernel_call){.kernel = N_MINUS_1, .index = 0, .number = 80}, quantity, 3, &supply);
  assert_near(answer.low, .25, 1e-15);
  ck_assert(isinf(answer.high));
}
END_TEST

START_TEST(nested_intervals_are_searched_not_filled_by_rank) {
  const double quantity[2] = {NAN, NAN}, low[2] = {5, 0}, high[2] = {6, 10};
  critmin_supply supply = of_total(15);
  supply.low = low;
  supply.high = high;
  assert_near(run(HHI, quantity, 2, &supply).high, 125. / 225, 1e-12);
}
END_TEST

START_TEST(the_ratio_treats_a_residual_as_one_producer_at_most) {
  critmin_supply supply = of_total(1);
  assert_interval(ratio(1, listed, 3, &supply), .5, .5, .5);
  assert_interval(ratio(3, listed, 3, &supply), .8, .85, .9);
  supply.unlisted_cutoff = .1; /* three listed at or above the cutoff */
  assert_interval(ratio(3, listed, 3, &supply), .8, .8, .8);
}
END_TEST

START_TEST(diversity_has_no_upper_end_with_a_residual_of_unknown_number) {
  critmin_supply supply = of_total(1);
  double known = -(.5 * log(.5) + .2 * log(.2) + .1 * log(.1)), one = known - .2 * log(.2);
  critmin_answer answer = run(SHANNON, listed, 3, &supply);
  assert_near(answer.low, one, 1e-12);
  assert_near(answer.value, one, 1e-12);
  ck_assert(isinf(answer.high));
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_RESIDUAL_USED);
  supply.residual_value = CRITMIN_RESIDUAL_LOWER;
  answer = run(SHANNON, listed, 3, &supply);
  ck_assert(isnan(answer.value));
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_RESIDUAL_USED | CRITMIN_FLAG_UNDEFINED);
  supply.residual_value = CRITMIN_RESIDUAL_MID;
  supply.unlisted_max = 4;
  double four = known - .2 * log(.05);
  assert_interval(run(SHANNON, listed, 3, &supply), one, (one + four) / 2, four);
  assert_interval(effective(1, listed, 3, &supply), exp(one), (exp(one) + exp(four)) / 2, exp(four));
  assert_interval(effective(0, listed, 3, &supply), 4, 5.5, 7);
}
END_TEST

START_TEST(the_effective_number_swaps_the_ends_of_the_index) {
  critmin_supply supply = of_total(1);
  assert_interval(effective(2, listed, 3, &supply), 1 / .34, (1 / .34 + 1 / .30) / 2, 1 / .30);
  assert_interval(effective(INFINITY, listed, 3, &supply), 2, 2, 2);
}
END_TEST

START_TEST(what_needs_the_number_of_producers_is_undefined_with_a_residual) {
  critmin_supply supply = of_total(1);
  for (int i = 0; i < 2; i++) {
    critmin_answer answer = run(i ? EVENNESS : HHI_NORMALISED, listed, 3, &supply);
    ck_assert(isnan(answer.value) && isnan(answer.low) && isnan(answer.high));
    ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_UNDEFINED | CRITMIN_FLAG_RESIDUAL_USED);
  }
  supply.listed_only = 1;
  critmin_answer answer = run(HHI_NORMALISED, listed, 3, &supply);
  double h = .30 / .64;
  assert_near(answer.value, (h - 1. / 3) / (2. / 3), 1e-12);
  ck_assert(answer.low == answer.value && answer.high == answer.value);
  ck_assert_uint_eq(answer.flags, CRITMIN_FLAG_LISTED_ONLY);
  assert_near(answer.coverage, .8, 1e-15);
}
END_TEST

START_TEST(the_loss_of_the_largest_leaves_the_rest_over_all_demand) {
  const double supply_of_two[2] = {60, 40};
  kernel_call call = {.kernel = N_MINUS_1, .index = 0, .number = 90};
  assert_interval(kernel_answer(&call, supply_of_two, 2, NULL), 40. / 90, 40. / 90, 40. / 90);
  call.number = NAN;
  assert_interval(kernel_answer(&call, supply_of_two, 2, NULL), .4, .4, .4);
  critmin_supply supply = of_total(120); /* unlisted producers go on */
  assert_interval(kernel_answer(&call, supply_of_two, 2, &supply), .5, .5, .5);
}
END_TEST

Suite *suite_examples(void) {
  Suite *suite = suite_create("examples");
  TCase *cases = tcase_create("worked");
  tcase_add_test(cases, complete_markets_give_the_printed_values);
  tcase_add_test(cases, governance_weights_each_squared_share);
  tcase_add_test(cases, a_residual_is_of_nobody_or_of_one_for_governance);
  tcase_add_test(cases, a_residual_spans_from_infinitely_many_to_one);
  tcase_add_test(cases, a_printed_other_row_is_the_residual_too);
  tcase_add_test(cases, a_cutoff_and_a_greatest_number_narrow_the_residual);
  tcase_add_test(cases, withheld_cells_fill_a_known_total);
  tcase_add_test(cases, one_withheld_cell_of_a_known_total_is_known);
  tcase_add_test(cases, without_a_total_the_sum_moves_with_the_cell);
  tcase_add_test(cases, a_cell_outside_the_total_adds_to_it);
  tcase_add_test(cases, a_cell_that_nothing_bounds_may_be_everything);
  tcase_add_test(cases, nested_intervals_are_searched_not_filled_by_rank);
  tcase_add_test(cases, the_ratio_treats_a_residual_as_one_producer_at_most);
  tcase_add_test(cases, diversity_has_no_upper_end_with_a_residual_of_unknown_number);
  tcase_add_test(cases, the_effective_number_swaps_the_ends_of_the_index);
  tcase_add_test(cases, what_needs_the_number_of_producers_is_undefined_with_a_residual);
  tcase_add_test(cases, the_loss_of_the_largest_leaves_the_rest_over_all_demand);
  suite_add_tcase(suite, cases);
  return suite;
}
