/* SPDX-License-Identifier: MIT */
/* Dependency of one country or group: the worked examples of the literature, the intervals, and what is refused. */
#include <math.h>
#include <string.h>

#include "critmin/dependency.h"
#include "suites.h"

static critmin_interval exactly(double value) {
  critmin_interval i = {value, NAN, NAN};
  return i;
}
static critmin_interval between(double low, double high) {
  critmin_interval i = {NAN, low, high};
  return i;
}

/* Production 20, scrap 10, imports 90, exports 15, 5 built into stocks. */
static critmin_balance example(void) {
  critmin_balance b;
  critmin_balance_init(&b);
  b.production = exactly(20);
  b.secondary = exactly(10);
  b.imports = exactly(90);
  b.exports = exactly(15);
  b.stock_change = exactly(-5);
  return b;
}

static critmin_balance without_scrap_and_stocks(void) {
  critmin_balance b = example();
  b.secondary = b.stock_change = exactly(0);
  return b;
}

typedef critmin_status (*kernel)(const critmin_balance *, critmin_answer *, critmin_error *);

static critmin_answer ask(kernel k, const critmin_balance *b) {
  critmin_answer a;
  critmin_error e;
  critmin_answer_init(&a);
  ck_assert_msg(k(b, &a, &e) == CRITMIN_OK, "%s", e.message);
  return a;
}

static critmin_answer partner(const critmin_balance *b, double from, double to, int32_t denominator) {
  critmin_answer a;
  critmin_error e;
  critmin_interval m = exactly(from), x = exactly(to);
  critmin_answer_init(&a);
  ck_assert_msg(critmin_partner_share(b, &m, &x, denominator, &a, &e) == CRITMIN_OK, "%s", e.message);
  return a;
}

#define NEAR(a, b) ck_assert_double_eq_tol(a, b, 1e-9)

START_TEST(the_worked_balance_comes_out) {
  critmin_balance b = example();
  NEAR(ask(critmin_apparent_consumption, &b).value, 100);
  NEAR(ask(critmin_net_import_reliance, &b).value, 0.70);
  NEAR(ask(critmin_self_sufficiency, &b).value, 0.30);
  NEAR(ask(critmin_trade_exposure, &b).value, 0.70);
  NEAR(ask(critmin_import_reliance, &b).value, 75.0 / 95);
  critmin_balance plain = without_scrap_and_stocks();
  NEAR(ask(critmin_import_reliance, &plain).value, ask(critmin_net_import_reliance, &plain).value);
}
END_TEST

START_TEST(known_terms_leave_no_interval) {
  critmin_balance b = example();
  critmin_answer a = ask(critmin_net_import_reliance, &b);
  NEAR(a.low, a.value);
  NEAR(a.high, a.value);
}
END_TEST

START_TEST(reliance_runs_over_the_interval_of_production) {
  critmin_balance b;
  critmin_balance_init(&b);
  b.production = between(10, 40);
  b.imports = exactly(70);
  b.exports = exactly(0);
  critmin_answer a = ask(critmin_net_import_reliance, &b);
  NEAR(a.low, 70.0 / 110);
  NEAR(a.high, 70.0 / 80);
  b.imports = exactly(0);
  b.exports = exactly(5);
  a = ask(critmin_net_import_reliance, &b);
  NEAR(a.low, -1.0);
  NEAR(a.high, -5.0 / 35);
  ck_assert(a.flags & CRITMIN_FLAG_NET_EXPORTER);
}
END_TEST

START_TEST(four_denominators_have_four_answers) {
  critmin_balance b = example();
  NEAR(partner(&b, 60, 0, CRITMIN_OVER_IMPORTS).value, 60.0 / 90);
  NEAR(partner(&b, 60, 0, CRITMIN_OVER_CONSUMPTION).value, 0.6);
  NEAR(partner(&b, 60, 0, CRITMIN_OVER_SUPPLY).value, 0.5);
  NEAR(partner(&b, 60, 10, CRITMIN_NET_OVER_CONSUMPTION).value, 0.5);
}
END_TEST

START_TEST(a_release_from_stocks_joins_the_supply_and_a_build_does_not) {
  critmin_balance b = example();
  b.stock_change = exactly(30);
  NEAR(partner(&b, 60, 0, CRITMIN_OVER_SUPPLY).value, 60.0 / 150);
  b.stock_change = exactly(-30);
  NEAR(partner(&b, 60, 0, CRITMIN_OVER_SUPPLY).value, 60.0 / 120);
}
END_TEST

START_TEST(partner_shares_of_supply_and_home_supply_sum_to_one) {
  critmin_balance b = example();
  double sum = 30.0 / 120;
  sum += partner(&b, 60, 0, CRITMIN_OVER_SUPPLY).value + partner(&b, 25, 0, CRITMIN_OVER_SUPPLY).value +
         partner(&b, 5, 0, CRITMIN_OVER_SUPPLY).value;
  NEAR(sum, 1);
}
END_TEST

START_TEST(a_net_exporter_relies_on_nobody_in_the_european_form) {
  critmin_balance b;
  critmin_balance_init(&b);
  b.production = exactly(10);
  b.imports = exactly(5);
  b.exports = exactly(20);
  critmin_answer a = ask(critmin_import_reliance, &b);
  NEAR(a.value, 0); /* the raw ratio is 3 */
  ck_assert(a.flags & CRITMIN_FLAG_NET_EXPORTER);
  ck_assert(a.flags & CRITMIN_FLAG_NEG_CONSUMPTION);
}
END_TEST

START_TEST(nothing_used_is_undefined_and_not_zero) {
  critmin_balance b;
  critmin_balance_init(&b);
  b.production = b.imports = b.exports = exactly(0);
  critmin_answer a = ask(critmin_import_reliance, &b);
  ck_assert_double_nan(a.value);
  ck_assert(a.flags & CRITMIN_FLAG_UNDEFINED);
  a = ask(critmin_net_import_reliance, &b);
  ck_assert_double_nan(a.value);
  ck_assert(a.flags & CRITMIN_FLAG_UNDEFINED);
}
END_TEST

START_TEST(consumption_below_zero_is_kept_and_said) {
  critmin_balance b = without_scrap_and_stocks();
  b.exports = exactly(120);
  critmin_answer a = ask(critmin_apparent_consumption, &b);
  NEAR(a.value, -10);
  ck_assert(a.flags & CRITMIN_FLAG_NEG_CONSUMPTION);
  a = ask(critmin_net_import_reliance, &b);
  ck_assert_double_nan(a.value);
}
END_TEST

START_TEST(consumption_that_may_reach_zero_has_no_low_end) {
  critmin_balance b = without_scrap_and_stocks();
  b.production = between(0, 40);
  b.exports = exactly(95);
  critmin_answer a = ask(critmin_net_import_reliance, &b);
  ck_assert(isinf(a.low) && a.low < 0);
  ck_assert(a.flags & CRITMIN_FLAG_NEG_CONSUMPTION);
}
END_TEST

START_TEST(what_is_not_known_is_no_data) {
  critmin_balance b = example();
  b.production = exactly(NAN);
  const kernel all[] = {critmin_apparent_consumption, critmin_net_import_reliance, critmin_import_reliance,
                        critmin_self_sufficiency, critmin_trade_exposure};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    critmin_answer a = ask(all[i], &b);
    ck_assert_double_nan(a.value);
    ck_assert(a.flags & CRITMIN_FLAG_NO_DATA);
  }
}
END_TEST

START_TEST(published_consumption_is_used_as_it_is) {
  critmin_balance b;
  critmin_balance_init(&b);
  b.imports = exactly(90);
  b.exports = exactly(15);
  b.apparent_consumption = exactly(100);
  NEAR(ask(critmin_net_import_reliance, &b).value, 0.75);
  b.apparent_consumption = between(80, 120);
  critmin_answer a = ask(critmin_net_import_reliance, &b);
  NEAR(a.low, 75.0 / 120);
  NEAR(a.high, 75.0 / 80);
}
END_TEST

START_TEST(exposure_is_cut_to_its_range) {
  critmin_balance b = without_scrap_and_stocks();
  b.exports = exactly(100);
  critmin_answer a = ask(critmin_trade_exposure, &b);
  NEAR(a.value, 0);
  ck_assert(a.flags & CRITMIN_FLAG_CLAMPED);
}
END_TEST

static double random_unit(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (double)(*state >> 11) / 9007199254740992.0;
}

static double inside(critmin_interval i, uint64_t *state) { return i.low + (i.high - i.low) * random_unit(state); }

START_TEST(intervals_hold_every_balance_inside_them) {
  const kernel all[] = {critmin_apparent_consumption, critmin_net_import_reliance, critmin_import_reliance,
                        critmin_self_sufficiency, critmin_trade_exposure};
  uint64_t state = 20260111;
  for (int i = 0; i < 300; i++) {
    critmin_balance box;
    critmin_balance_init(&box);
    critmin_interval *terms[] = {&box.production, &box.secondary, &box.imports, &box.exports, &box.stock_change};
    for (int t = 0; t < 5; t++) {
      double low = 100 * random_unit(&state) - (t == 4 ? 50 : 0), width = 40 * random_unit(&state) * (random_unit(&state) < 0.6);
      *terms[t] = between(low, low + width);
    }
    critmin_balance one = box;
    critmin_interval *points[] = {&one.production, &one.secondary, &one.imports, &one.exports, &one.stock_change};
    for (int j = 0; j < 50; j++) {
      for (int t = 0; t < 5; t++) *points[t] = exactly(j < 32 ? (j >> t & 1 ? terms[t]->high : terms[t]->low) : inside(*terms[t], &state));
      for (size_t k = 0; k < sizeof all / sizeof all[0]; k++) {
        critmin_answer whole = ask(all[k], &box), point = ask(all[k], &one);
        if (isnan(point.value) || isnan(whole.value)) continue;
        ck_assert_double_ge(point.value, whole.low - 1e-9);
        ck_assert_double_le(point.value, whole.high + 1e-9);
      }
    }
  }
}
END_TEST

START_TEST(a_group_is_its_members_weighted_by_consumption) {
  /* A: 10 made, 40 from outside, 10 from B, 5 to outside, 2 to B. B: 5, 30, 2 from A, 5, 10 to A. */
  critmin_balance a, b, both;
  critmin_balance_init(&a);
  critmin_balance_init(&b);
  critmin_balance_init(&both);
  a.production = exactly(10), a.imports = exactly(50), a.exports = exactly(7);
  b.production = exactly(5), b.imports = exactly(32), b.exports = exactly(15);
  both.production = exactly(15), both.imports = exactly(70), both.exports = exactly(10);
  NEAR(ask(critmin_import_reliance, &a).value, 43.0 / 53);
  NEAR(ask(critmin_import_reliance, &b).value, 17.0 / 22);
  NEAR(ask(critmin_import_reliance, &both).value, 0.8);
}
END_TEST

START_TEST(the_net_form_of_n_minus_1_leaves_out_the_lost_demand) {
  const double supply[] = {60, 30, 10};
  critmin_answer a;
  critmin_error e;
  critmin_answer_init(&a);
  ck_assert_int_eq(critmin_n_minus_1_net(supply, 3, 0, 90, 45, NULL, &a, &e), CRITMIN_OK);
  NEAR(a.value, 40.0 / 45);
  ck_assert_int_eq(critmin_n_minus_1_net(supply, 3, 0, 90, 55, NULL, &a, &e), CRITMIN_OK);
  NEAR(a.value, 40.0 / 35);
  ck_assert_int_eq(critmin_n_minus_1_net(supply, 3, 1, 90, 0, NULL, &a, &e), CRITMIN_OK);
  NEAR(a.value, 70.0 / 90);
  ck_assert_int_eq(critmin_n_minus_1_net(supply, 3, 0, 90, NAN, NULL, &a, &e), CRITMIN_OK);
  ck_assert_double_nan(a.value);
  ck_assert(a.flags & CRITMIN_FLAG_NO_DATA);
  ck_assert_int_eq(critmin_n_minus_1_net(supply, 3, 0, 90, 90, NULL, &a, &e), CRITMIN_OK);
  ck_assert(a.flags & CRITMIN_FLAG_UNDEFINED);
}
END_TEST

static void refused(critmin_balance b, critmin_status status, const char *words) {
  critmin_answer a;
  critmin_error e;
  critmin_answer_init(&a);
  a.value = 7;
  ck_assert_int_eq(critmin_net_import_reliance(&b, &a, &e), status);
  ck_assert_int_eq(e.status, status);
  ck_assert_msg(strstr(e.message, words) != NULL, "%s", e.message);
  ck_assert_double_eq(a.value, 7);
}

START_TEST(a_balance_that_cannot_be_is_refused) {
  critmin_balance b = example();
  b.imports = exactly(-1);
  refused(b, CRITMIN_ERROR_NEGATIVE, "imports");
  b = example();
  b.production = between(5, 2);
  refused(b, CRITMIN_ERROR_INVALID_VALUE, "production");
  b = example();
  b.exports.value = 15, b.exports.low = 16, b.exports.high = 20;
  refused(b, CRITMIN_ERROR_INVALID_VALUE, "exports");
  b = example();
  b.secondary = exactly(INFINITY);
  refused(b, CRITMIN_ERROR_INVALID_VALUE, "secondary");
  b = example();
  b.imports.value = NAN, b.imports.low = 3;
  refused(b, CRITMIN_ERROR_INVALID_VALUE, "imports");
  b = example();
  b.struct_size = 8;
  refused(b, CRITMIN_ERROR_ARGUMENT, "struct_size");
}
END_TEST

START_TEST(a_partner_cannot_deliver_more_than_is_imported) {
  critmin_balance b = example();
  critmin_interval from = exactly(91);
  critmin_answer a;
  critmin_error e;
  critmin_answer_init(&a);
  ck_assert_int_eq(critmin_partner_share(&b, &from, NULL, CRITMIN_OVER_IMPORTS, &a, &e), CRITMIN_ERROR_INVALID_VALUE);
  from = exactly(10);
  ck_assert_int_eq(critmin_partner_share(&b, &from, NULL, CRITMIN_NET_OVER_CONSUMPTION, &a, &e), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_partner_share(&b, &from, NULL, 4, &a, &e), CRITMIN_ERROR_ARGUMENT);
}
END_TEST

Suite *suite_dependency(void) {
  Suite *suite = suite_create("dependency");
  TCase *tcase = tcase_create("kernels");
  tcase_add_test(tcase, the_worked_balance_comes_out);
  tcase_add_test(tcase, known_terms_leave_no_interval);
  tcase_add_test(tcase, reliance_runs_over_the_interval_of_production);
  tcase_add_test(tcase, four_denominators_have_four_answers);
  tcase_add_test(tcase, a_release_from_stocks_joins_the_supply_and_a_build_does_not);
  tcase_add_test(tcase, partner_shares_of_supply_and_home_supply_sum_to_one);
  tcase_add_test(tcase, a_net_exporter_relies_on_nobody_in_the_european_form);
  tcase_add_test(tcase, nothing_used_is_undefined_and_not_zero);
  tcase_add_test(tcase, consumption_below_zero_is_kept_and_said);
  tcase_add_test(tcase, consumption_that_may_reach_zero_has_no_low_end);
  tcase_add_test(tcase, what_is_not_known_is_no_data);
  tcase_add_test(tcase, published_consumption_is_used_as_it_is);
  tcase_add_test(tcase, exposure_is_cut_to_its_range);
  tcase_add_test(tcase, intervals_hold_every_balance_inside_them);
  tcase_add_test(tcase, a_group_is_its_members_weighted_by_consumption);
  tcase_add_test(tcase, the_net_form_of_n_minus_1_leaves_out_the_lost_demand);
  tcase_add_test(tcase, a_balance_that_cannot_be_is_refused);
  tcase_add_test(tcase, a_partner_cannot_deliver_more_than_is_imported);
  suite_add_tcase(suite, tcase);
  return suite;
}
