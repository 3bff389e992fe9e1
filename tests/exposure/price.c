/* SPDX-License-Identifier: MIT */
/* Prices that clear a market, and what the missing tonnes cost. */
#include <math.h>

#include "base/random.h"
#include "critmin/price.h"
#include "suites.h"

static critmin_price after(double lost, double supply, double demand) {
  critmin_price p;
  critmin_error error;
  critmin_price_init(&p);
  ck_assert_msg(critmin_price_after_loss(lost, supply, demand, &p, &error) == CRITMIN_OK, "%s", error.message);
  return p;
}

static critmin_price_market market(int64_t suppliers, const double *supply, int64_t users, const double *demand) {
  critmin_price_market m;
  critmin_price_market_init(&m);
  m.suppliers = suppliers;
  m.supply = supply;
  m.users = users;
  m.demand = demand;
  return m;
}

static critmin_price clears(const critmin_price_market *m, double *supplied, double *used) {
  critmin_price p;
  critmin_error error;
  critmin_price_init(&p);
  ck_assert_msg(critmin_price_equilibrium(m, &p, supplied, used, &error) == CRITMIN_OK, "%s", error.message);
  return p;
}

START_TEST(the_closed_form_is_far_from_the_first_order) {
  critmin_price p = after(.3, .2, -.3);
  ck_assert_double_eq_tol(p.price, 2.040816, 1e-6);
  ck_assert_double_eq_tol(p.expenditure, .647641, 1e-6);
  ck_assert_double_eq_tol(p.loss, .925202, 1e-6);
  NEAR(p.quantity, pow(p.price, -.3));
  NEAR(after(1e-4, .2, -.3).price, 1 + 2e-4 + 3e-8);
  NEAR(after(0, 0, 0).price, 1);
  critmin_price unit = after(.3, .2, -1);
  NEAR(unit.loss, log(unit.price));
  NEAR(unit.expenditure, 0);
}
END_TEST

START_TEST(a_market_of_one_kind_has_the_closed_form) {
  const double supply[] = {50, 50}, demand[] = {40, 60}, withheld[] = {.4, .2}, up[] = {.2, .2}, down[] = {-.3, -.3};
  critmin_price_market m = market(2, supply, 2, demand);
  m.withheld = withheld;
  m.supply_elasticity = up;
  m.demand_elasticity = down;
  double supplied[2], used[2];
  critmin_price p = clears(&m, supplied, used), closed = after(.3, .2, -.3);
  NEAR(p.price, closed.price);
  NEAR(p.quantity, 100 * closed.quantity);
  NEAR(p.expenditure, closed.expenditure);
  NEAR(p.loss, closed.loss);
  NEAR(p.unmet, 0);
  ck_assert_uint_eq(p.flags, 0);
  NEAR(supplied[0], 30 * pow(p.price, .2));
  NEAR(used[0], 40 * pow(p.price, -.3));
  NEAR(supplied[0] + supplied[1], used[0] + used[1]);
}
END_TEST

START_TEST(capacity_bounds_what_the_price_can_bring) {
  const double supply[] = {30, 70}, demand[] = {100}, withheld[] = {1, 0}, up[] = {.2, .2}, down[] = {-.3};
  const double capacity[] = {INFINITY, 75};
  critmin_price_market m = market(2, supply, 1, demand);
  m.withheld = withheld;
  m.supply_elasticity = up;
  m.demand_elasticity = down;
  m.capacity = capacity;
  critmin_price p = clears(&m, NULL, NULL);
  ck_assert_double_eq_tol(p.price, 2.609, 5e-4);
  NEAR(p.price, pow(.75, -1 / .3));
  NEAR(p.quantity, 75);
}
END_TEST

START_TEST(a_quota_does_not_grow_with_the_price) {
  const double supply[] = {60, 40}, demand[] = {100}, quota[] = {30, INFINITY}, up[] = {.5, 0}, down[] = {-.4};
  critmin_price_market m = market(2, supply, 1, demand);
  m.quota = quota;
  m.supply_elasticity = up;
  m.demand_elasticity = down;
  NEAR(clears(&m, NULL, NULL).price, pow(.7, -1 / .4));
}
END_TEST

START_TEST(a_tax_is_a_wedge) {
  const double supply[] = {100}, demand[] = {100}, tax[] = {.2}, up[] = {.3}, down[] = {-.3};
  critmin_price_market m = market(1, supply, 1, demand);
  m.tax = tax;
  m.supply_elasticity = up;
  m.demand_elasticity = down;
  /* (p / 1.2)^.3 = p^-.3 */
  NEAR(clears(&m, NULL, NULL).price, sqrt(1.2));
}
END_TEST

START_TEST(contracts_leave_the_loss_to_the_rest_or_share_it) {
  const double supply[] = {100}, demand[] = {100}, withheld[] = {.3}, up[] = {.2}, down[] = {-.3};
  critmin_price_market m = market(1, supply, 1, demand);
  m.withheld = withheld;
  m.supply_elasticity = up;
  m.demand_elasticity = down;
  m.contracted = .5;
  m.cap = 1000;
  critmin_price kept = clears(&m, NULL, NULL), all = after(.6, .2, -.3);
  NEAR(kept.price, all.price);
  NEAR(kept.expenditure, .5 * all.expenditure);
  NEAR(kept.loss, .5 * all.loss);
  NEAR(kept.unmet, 0);
  m.cut = 1;
  critmin_price cut = clears(&m, NULL, NULL);
  NEAR(cut.price, after(.3, .2, -.3).price);
  NEAR(cut.unmet, .5 * .3 * 100);
  m.cut = 0;
  m.contracted = .8;
  double supplied, used;
  critmin_price none = clears(&m, &supplied, &used);
  ck_assert(isnan(none.price));
  ck_assert_uint_eq(none.flags, CRITMIN_FLAG_UNDEFINED);
  NEAR(none.quantity, 70);
  NEAR(none.unmet, 30);
  NEAR(supplied, 70);
  NEAR(used, 70);
}
END_TEST

START_TEST(without_elasticity_what_remains_is_rationed) {
  const double supply[] = {100}, demand[] = {60, 40}, withheld[] = {.3};
  critmin_price_market m = market(1, supply, 2, demand);
  m.withheld = withheld;
  double used[2];
  critmin_price p = clears(&m, NULL, used);
  ck_assert_uint_eq(p.flags, CRITMIN_FLAG_CLAMPED);
  NEAR(p.price, 100);
  NEAR(p.unmet, 30);
  NEAR(used[0], 42);
  m.withheld = NULL;
  p = clears(&m, NULL, NULL);
  NEAR(p.price, 1);
  ck_assert_uint_eq(p.flags, 0);
}
END_TEST

START_TEST(a_restriction_makes_two_markets) {
  const double made[] = {100}, home[] = {40}, others[] = {30}, abroad[] = {90}, up[] = {.2}, down[] = {-.3};
  critmin_price_market inside = market(1, made, 1, home), outside = market(1, others, 1, abroad);
  inside.supply_elasticity = outside.supply_elasticity = up;
  inside.demand_elasticity = outside.demand_elasticity = down;
  critmin_price in, out;
  critmin_price_init(&in);
  critmin_price_init(&out);
  ck_assert_int_eq(critmin_price_restriction(&inside, &outside, 60, 0, 0, &in, &out, NULL), CRITMIN_OK);
  NEAR(in.price, 1);
  NEAR(out.price, 1);
  ck_assert_int_eq(critmin_price_restriction(&inside, &outside, 60, .5, 0, &in, &out, NULL), CRITMIN_OK);
  ck_assert_double_lt(in.price, 1);
  ck_assert_double_gt(out.price, 1);
  NEAR(100 * pow(in.price, .2), 40 * pow(in.price, -.3) + 30);
  NEAR(30 * pow(out.price, .2) + 30, 90 * pow(out.price, -.3));
  critmin_price leaky_in, leaky_out;
  critmin_price_init(&leaky_in);
  critmin_price_init(&leaky_out);
  ck_assert_int_eq(critmin_price_restriction(&inside, &outside, 60, .5, .4, &leaky_in, &leaky_out, NULL), CRITMIN_OK);
  ck_assert(leaky_out.price < out.price && leaky_in.price > in.price);
  NEAR(30 * pow(leaky_out.price, .2) + 42, 90 * pow(leaky_out.price, -.3));
}
END_TEST

START_TEST(a_larger_share_withheld_never_lowers_price_or_loss) {
  cm_random random;
  cm_random_start(&random, 12, (uint64_t)_i, 0);
  enum { N = 5 };
  double supply[N], up[N], capacity[N], withheld[N], demand[N], down[N], sum = 0;
  for (int i = 0; i < N; i++) {
    sum += demand[i] = supply[i] = 10 * cm_random_uniform(&random);
    up[i] = .5 * cm_random_uniform(&random);
    down[i] = -.05 - cm_random_uniform(&random);
    capacity[i] = supply[i] * (1 + .3 * cm_random_uniform(&random));
    withheld[i] = .5 * cm_random_uniform(&random);
  }
  critmin_price_market m = market(N, supply, N, demand);
  m.supply_elasticity = up;
  m.demand_elasticity = down;
  m.capacity = capacity;
  m.withheld = withheld;
  critmin_price before = clears(&m, NULL, NULL);
  for (int step = 0; step < 4; step++) {
    withheld[step] = withheld[step] + .4 * (1 - withheld[step]);
    double supplied[N], used[N], left = 0;
    critmin_price p = clears(&m, supplied, used);
    ck_assert_double_gt(p.price, before.price);
    ck_assert_double_gt(p.loss, before.loss);
    ck_assert_double_lt(p.quantity, before.quantity);
    for (int i = 0; i < N; i++) left += supplied[i] - used[i];
    ck_assert_double_eq_tol(left, 0, 1e-9 * sum);
    before = p;
  }
}
END_TEST

START_TEST(the_loss_area_is_an_integral) {
  for (int k = 0; k < 3; k++) {
    double elasticity = k == 0 ? -.3 : k == 1 ? -1 : -1.7, sum = 0;
    critmin_price p = after(.3, .2, elasticity);
    enum { STEPS = 20000 };
    for (int i = 0; i < STEPS; i++)
      sum += pow(1 + (p.price - 1) * (i + .5) / STEPS, elasticity) * (p.price - 1) / STEPS;
    ck_assert_double_eq_tol(p.loss, sum, 1e-8);
  }
}
END_TEST

static critmin_answer stake(double missing) {
  const double use[] = {40, 40, 20}, value[] = {400, 4000, 20000};
  critmin_answer a;
  critmin_answer_init(&a);
  ck_assert_int_eq(critmin_value_at_stake(use, value, NULL, 3, missing, &a, NULL), CRITMIN_OK);
  return a;
}

START_TEST(who_loses_the_tonnes_decides_what_they_cost) {
  critmin_answer a = stake(30);
  NEAR(a.low, 300);
  NEAR(a.value, 7320);
  NEAR(a.high, 21000);
  a = stake(0);
  NEAR(a.low, 0);
  NEAR(a.high, 0);
  a = stake(100);
  NEAR(a.low, 24400);
  NEAR(a.high, 24400);
  ck_assert_uint_eq(a.flags, 0);
  ck_assert_uint_eq(stake(101).flags, CRITMIN_FLAG_CLAMPED);
  const double use[] = {40, 0}, value[] = {400, 1e6}, half[] = {.5, 1};
  ck_assert_int_eq(critmin_value_at_stake(use, value, half, 2, 10, &a, NULL), CRITMIN_OK);
  NEAR(a.value, 50);
  NEAR(a.high, 50);
}
END_TEST

START_TEST(minerals_that_stop_different_sectors_add_up) {
  const double missing[] = {1, 0, 0, 1}, value[] = {100, 100};
  critmin_answer a;
  critmin_answer_init(&a);
  ck_assert_int_eq(critmin_value_at_stake_joint(missing, NULL, value, 2, 2, &a, NULL), CRITMIN_OK);
  NEAR(a.value, 200);
  NEAR(a.low, 100);
  NEAR(a.high, 200);
  const double both[] = {.5, .2, .4, .9}, dependence[] = {1, 1, 1, .5};
  ck_assert_int_eq(critmin_value_at_stake_joint(both, dependence, value, 2, 2, &a, NULL), CRITMIN_OK);
  NEAR(a.value, 50 + 45);
  NEAR(a.low, 85);
  NEAR(a.high, 90 + 65);
}
END_TEST

START_TEST(what_cannot_be_is_refused) {
  critmin_price p;
  critmin_price_init(&p);
  critmin_error error;
  ck_assert_int_eq(critmin_price_after_loss(1.1, .2, -.3, &p, &error), CRITMIN_ERROR_SHARE_RANGE);
  ck_assert_int_eq(critmin_price_after_loss(.3, -.2, -.3, &p, &error), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(critmin_price_after_loss(.3, .2, .3, &p, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(critmin_price_after_loss(.3, 0, 0, &p, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(critmin_price_after_loss(1, .2, -.3, &p, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(critmin_price_after_loss(NAN, .2, -.3, &p, &error), CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_int_eq(critmin_price_after_loss(.3, .2, -.3, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  const double supply[] = {100}, demand[] = {100}, much[] = {1.2}, good[] = {.2};
  critmin_price_market m = market(1, supply, 1, demand);
  m.withheld = much;
  ck_assert_int_eq(critmin_price_equilibrium(&m, &p, NULL, NULL, &error), CRITMIN_ERROR_SHARE_RANGE);
  ck_assert_int_eq(error.row, 1);
  m.withheld = NULL;
  m.demand_elasticity = good;
  ck_assert_int_eq(critmin_price_equilibrium(&m, &p, NULL, NULL, &error), CRITMIN_ERROR_INVALID_VALUE);
  m.demand_elasticity = NULL;
  m.cap = 1;
  ck_assert_int_eq(critmin_price_equilibrium(&m, &p, NULL, NULL, &error), CRITMIN_ERROR_INVALID_VALUE);
  m.cap = 100;
  m.contracted = 1;
  ck_assert_int_eq(critmin_price_equilibrium(&m, &p, NULL, NULL, &error), CRITMIN_ERROR_SHARE_RANGE);
  m.contracted = 0;
  ck_assert_int_eq(critmin_price_restriction(&m, &m, -1, 0, 0, &p, &p, &error), CRITMIN_ERROR_NEGATIVE);
  critmin_answer a;
  critmin_answer_init(&a);
  ck_assert_int_eq(critmin_value_at_stake(supply, demand, much, 1, 1, &a, &error), CRITMIN_ERROR_SHARE_RANGE);
  ck_assert_int_eq(critmin_value_at_stake(supply, demand, NULL, 1, -1, &a, &error), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(critmin_value_at_stake(NULL, demand, NULL, 1, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert(isnan(p.price) && isnan(a.value));
}
END_TEST

START_TEST(a_market_without_users_has_no_price) {
  const double supply[] = {100};
  critmin_price_market m = market(1, supply, 0, NULL);
  critmin_price p = clears(&m, NULL, NULL);
  ck_assert(isnan(p.price) && p.flags == CRITMIN_FLAG_UNDEFINED);
}
END_TEST

Suite *suite_price(void) {
  Suite *suite = suite_create("price");
  TCase *cases = tcase_create("price");
  tcase_add_test(cases, the_closed_form_is_far_from_the_first_order);
  tcase_add_test(cases, a_market_of_one_kind_has_the_closed_form);
  tcase_add_test(cases, capacity_bounds_what_the_price_can_bring);
  tcase_add_test(cases, a_quota_does_not_grow_with_the_price);
  tcase_add_test(cases, a_tax_is_a_wedge);
  tcase_add_test(cases, contracts_leave_the_loss_to_the_rest_or_share_it);
  tcase_add_test(cases, without_elasticity_what_remains_is_rationed);
  tcase_add_test(cases, a_restriction_makes_two_markets);
  tcase_add_loop_test(cases, a_larger_share_withheld_never_lowers_price_or_loss, 0, 20);
  tcase_add_test(cases, the_loss_area_is_an_integral);
  tcase_add_test(cases, who_loses_the_tonnes_decides_what_they_cost);
  tcase_add_test(cases, minerals_that_stop_different_sectors_add_up);
  tcase_add_test(cases, what_cannot_be_is_refused);
  tcase_add_test(cases, a_market_without_users_has_no_price);
  suite_add_tcase(suite, cases);
  return suite;
}
