/* SPDX-License-Identifier: MIT */
/* Laws of losses, and what they say. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "critmin/risk.h"
#include "suites.h"

static critmin_risk risk_of(const double *loss, const double *probability, int64_t n, double level) {
  critmin_risk r;
  critmin_error error;
  critmin_risk_init(&r);
  ck_assert_msg(critmin_risk_of(loss, probability, n, level, &r, &error) == CRITMIN_OK, "%s", error.message);
  return r;
}

START_TEST(two_independent_shocks) {
  const double loss[] = {.3, .2}, probability[] = {.1, .05}, sum[] = {0, .2, .3, .5}, p[] = {.855, .045, .095, .005};
  double law[6];
  ck_assert_int_eq(critmin_loss_law(loss, probability, 2, .1, 6, law, NULL), CRITMIN_OK);
  NEAR(law[0], .855);
  NEAR(law[1], 0);
  NEAR(law[2], .045);
  NEAR(law[3], .095);
  NEAR(law[4], 0);
  NEAR(law[5], .005);
  critmin_risk r = risk_of(sum, p, 4, .95);
  NEAR(r.mean, .04);
  NEAR(r.var, .3);
  NEAR(r.cvar, .32);
  NEAR(r.mean_error, 0);
  NEAR(r.cvar_error, 0);
  NEAR(r.greatest, .5);
  NEAR(r.deviation, sqrt(.855 * .04 * .04 + .045 * .16 * .16 + .095 * .26 * .26 + .005 * .46 * .46));
  /* The same as a minimum over v. */
  double least = INFINITY;
  for (int i = 0; i <= 600; i++) {
    double v = i / 1000., over = 0;
    for (int k = 0; k < 4; k++) over += p[k] * fmax(0, sum[k] - v);
    least = fmin(least, v + over / .05);
  }
  NEAR(r.cvar, least);
  NEAR(risk_of(sum, p, 4, .855).var, 0);
  NEAR(risk_of(sum, p, 4, .856).var, .2);
  NEAR(risk_of(sum, p, 4, 0).cvar, .04);
}
END_TEST

START_TEST(draws_are_ranked) {
  const double loss[] = {5, 1, 4, 2, 3, 6, 8, 7, 10, 9};
  critmin_risk r = risk_of(loss, NULL, 10, .8);
  NEAR(r.mean, 5.5);
  NEAR(r.var, 8);
  NEAR(r.cvar, 9.5);
  NEAR(r.deviation, sqrt(82.5 / 9));
  NEAR(r.mean_error, r.deviation / sqrt(10));
  /* What exceeds 8: 1 and 2 of ten. */
  NEAR(r.cvar_error, sqrt((1 + 4 - .9) / 9) / (.2 * sqrt(10)));
  ck_assert_int_eq(r.n, 10);
  NEAR(risk_of(loss, NULL, 10, .75).var, 8);
  NEAR(risk_of(loss, NULL, 10, .75).cvar, 8 + 3 / 2.5);
  NEAR(risk_of(loss, NULL, 10, 0).var, 1);
  NEAR(risk_of(loss, NULL, 1, .95).cvar, 5);
  ck_assert(isnan(risk_of(loss, NULL, 1, .95).mean_error));
}
END_TEST

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

START_TEST(ranks_are_those_of_a_sorted_list) {
  enum { N = 1001 };
  static double loss[N], sorted[N];
  cm_random random;
  cm_random_start(&random, 9, (uint64_t)_i, 0);
  int values = _i % 2 ? 1000000 : 7; /* with and without many ties */
  for (int i = 0; i < N; i++) sorted[i] = loss[i] = floor(values * cm_random_uniform(&random));
  qsort(sorted, N, sizeof *sorted, rising);
  for (int k = 0; k < N; k += 13) {
    critmin_risk r = risk_of(loss, NULL, N, k / (double)N);
    NEAR(r.var, sorted[k == 0 ? 0 : k - 1]);
    double tail = 0; /* with the atom taken in part, the mean of the worst N - k */
    for (int i = k; i < N; i++) tail += sorted[i];
    ck_assert_double_eq_tol(r.cvar, tail / (N - k), 1e-9 * values);
  }
}
END_TEST

START_TEST(the_grid_holds_every_sum) {
  enum { N = 12, CELLS = 200 };
  double loss[N], p[N], law[CELLS], all[CELLS] = {0}, sum = 0, mean = 0, expected = 0;
  cm_random random;
  cm_random_start(&random, 2, (uint64_t)_i, 0);
  for (int i = 0; i < N; i++) {
    loss[i] = .5 * floor(16 * cm_random_uniform(&random));
    p[i] = _i == 0 && i < 2 ? i : cm_random_uniform(&random);
    expected += loss[i] * p[i];
  }
  ck_assert_int_eq(critmin_loss_law(loss, p, N, .5, CELLS, law, NULL), CRITMIN_OK);
  for (int set = 0; set < 1 << N; set++) {
    double q = 1, x = 0;
    for (int i = 0; i < N; i++) q *= set >> i & 1 ? p[i] : 1 - p[i], x += set >> i & 1 ? loss[i] : 0;
    all[(int)(2 * x)] += q;
  }
  for (int i = 0; i < CELLS; i++) {
    ck_assert_double_eq_tol(law[i], all[i], 1e-12);
    sum += law[i];
    mean += law[i] * i / 2;
  }
  ck_assert_double_eq_tol(sum, 1, 1e-12);
  ck_assert_double_eq_tol(mean, expected, 1e-9);
}
END_TEST

START_TEST(events_in_several_years) {
  double p;
  ck_assert_int_eq(critmin_event_probability(.1, 5, &p, NULL), CRITMIN_OK);
  NEAR(p, 1 - pow(.9, 5));
  ck_assert_int_eq(critmin_event_probability(1, 1, &p, NULL), CRITMIN_OK);
  NEAR(p, 1);
  ck_assert_int_eq(critmin_event_probability(1, 0, &p, NULL), CRITMIN_OK);
  NEAR(p, 0);
}
END_TEST

static critmin_mitigation options(int64_t outcomes, const double *gap, const double *effect, const double *cost) {
  critmin_mitigation m;
  critmin_mitigation_init(&m);
  m.options = 2;
  m.outcomes = outcomes;
  m.gap = gap;
  m.effect = effect;
  m.cost = cost;
  return m;
}

START_TEST(the_cheaper_option_comes_first) {
  /* 100 t are missing; a tonne in the reserve costs 2 and makes up for one, one agreed costs 1.5 and makes up for .9,
   * 60 at most. */
  const double gap[] = {100}, effect[] = {1, .9}, cost[] = {2, 1.5}, limit[] = {INFINITY, 60},
               target[] = {100, 50, 46, 20, 0};
  critmin_mitigation m = options(1, gap, effect, cost);
  m.limit = limit;
  double price[5], units[10];
  critmin_status status = critmin_mitigation_cost(&m, target, 5, price, units, NULL);
  if (status == CRITMIN_ERROR_UNSUPPORTED) return;
  ck_assert_int_eq(status, CRITMIN_OK);
  NEAR(price[0], 0);
  NEAR(price[1], 50 / .9 * 1.5);
  NEAR(units[2], 0);
  NEAR(units[3], 50 / .9);
  NEAR(price[2], 90);
  NEAR(price[3], 90 + 2 * 26);
  NEAR(units[6], 26);
  NEAR(units[7], 60);
  NEAR(price[4], 90 + 2 * 46);
  const double less[] = {30, 60};
  m.limit = less;
  ck_assert_int_eq(critmin_mitigation_cost(&m, target, 5, price, units, NULL), CRITMIN_OK);
  ck_assert(isnan(price[4]) && isnan(units[8]));
  NEAR(price[3], 90 + 52);
}
END_TEST

START_TEST(the_tail_is_what_is_paid_for) {
  enum { N = 60 };
  double gap[N], effect[2 * N], left[N], price[6], units[12];
  const double cost[] = {2, 1.2}, target[] = {60, 40, 20, 10, 5, 0};
  cm_random random;
  cm_random_start(&random, 5, 0, 0);
  for (int i = 0; i < N; i++) {
    gap[i] = cm_random_uniform(&random) < .5 ? 0 : -30 * log(cm_random_uniform(&random));
    effect[2 * i] = 1;
    effect[2 * i + 1] = cm_random_uniform(&random);
  }
  critmin_mitigation m = options(N, gap, effect, cost);
  m.level = .8;
  if (critmin_mitigation_cost(&m, target, 6, price, units, NULL) == CRITMIN_ERROR_UNSUPPORTED) return;
  for (int i = 0; i < 6; i++) {
    for (int k = 0; k < N; k++)
      left[k] = fmax(0, gap[k] - units[2 * i] * effect[2 * k] - units[2 * i + 1] * effect[2 * k + 1]);
    ck_assert_double_le(risk_of(left, NULL, N, .8).cvar, target[i] + 1e-6);
    if (i > 0) ck_assert_double_ge(price[i], price[i - 1] - 1e-9);
    NEAR(price[i], cost[0] * units[2 * i] + cost[1] * units[2 * i + 1]);
    /* Nothing cheaper does, among mixes of all kinds. */
    for (int at = 0; at <= 20; at++) {
      double budget = price[i] * .99, a = budget * at / 20 / cost[0], b = budget * (20 - at) / 20 / cost[1];
      for (int k = 0; k < N; k++) left[k] = fmax(0, gap[k] - a * effect[2 * k] - b * effect[2 * k + 1]);
      if (price[i] > 0) ck_assert_double_gt(risk_of(left, NULL, N, .8).cvar, target[i]);
    }
  }
}
END_TEST

START_TEST(what_cannot_be_is_refused) {
  const double loss[] = {1, 2}, good[] = {.5, .5}, bad[] = {.5, .6}, over[] = {-.5, 1.5}, none[] = {1, NAN},
               minus[] = {1, -1};
  critmin_risk r;
  critmin_risk_init(&r);
  critmin_error error;
  double law[4] = {-7};
#define REFUSED(call, status) ck_assert_int_eq(call, CRITMIN_ERROR_##status)
  REFUSED(critmin_risk_of(loss, bad, 2, .9, &r, &error), SHARE_RANGE);
  REFUSED(critmin_risk_of(loss, over, 2, .9, &r, &error), SHARE_RANGE);
  REFUSED(critmin_risk_of(none, NULL, 2, .9, &r, &error), MISSING_VALUE);
  ck_assert_int_eq(error.row, 2);
  REFUSED(critmin_risk_of(loss, good, 0, .9, &r, &error), ARGUMENT);
  REFUSED(critmin_risk_of(loss, good, 2, 1, &r, &error), SHARE_RANGE);
  REFUSED(critmin_risk_of(loss, good, 2, -.1, &r, &error), SHARE_RANGE);
  REFUSED(critmin_risk_of(NULL, good, 2, .5, &r, &error), ARGUMENT);
  ck_assert(isnan(r.mean));
  REFUSED(critmin_loss_law(loss, good, 2, 0, 4, law, &error), INVALID_VALUE);
  REFUSED(critmin_loss_law(loss, good, 2, 1, 3, law, &error), ARGUMENT);
  REFUSED(critmin_loss_law(minus, good, 2, 1, 4, law, &error), NEGATIVE);
  REFUSED(critmin_loss_law(loss, over, 2, 1, 4, law, &error), SHARE_RANGE);
  REFUSED(critmin_event_probability(1.2, 1, law, &error), SHARE_RANGE);
  REFUSED(critmin_event_probability(.2, -1, law, &error), NEGATIVE);
  critmin_mitigation m = options(1, loss, good, loss);
  m.level = 1;
  REFUSED(critmin_mitigation_cost(&m, loss, 1, law, NULL, &error), SHARE_RANGE);
  m.level = .5;
  m.cost = minus;
  REFUSED(critmin_mitigation_cost(&m, loss, 1, law, NULL, &error), NEGATIVE);
  m.cost = loss;
  REFUSED(critmin_mitigation_cost(&m, minus, 2, law, NULL, &error), NEGATIVE);
  NEAR(law[0], -7);
}
END_TEST

static int32_t attempt(void *user) {
  (void)user;
  const double loss[] = {1, 2}, p[] = {.5, .5}, effect[] = {1, 1}, target[] = {1};
  critmin_risk r;
  critmin_risk_init(&r);
  int32_t status = critmin_risk_of(loss, p, 2, .5, &r, NULL);
  ck_assert(status == CRITMIN_OK || isnan(r.mean));
  if (status == CRITMIN_OK) status = critmin_risk_of(loss, NULL, 2, .5, &r, NULL);
  double cost = -7;
  critmin_mitigation m = options(1, loss, effect, loss);
  if (status == CRITMIN_OK) status = critmin_mitigation_cost(&m, target, 1, &cost, NULL, NULL);
  ck_assert(status == CRITMIN_OK || cost == -7);
  return status == CRITMIN_ERROR_UNSUPPORTED ? CRITMIN_OK : status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  fail_each_allocation(attempt, NULL);
}
END_TEST

Suite *suite_risk(void) {
  Suite *suite = suite_create("risk");
  TCase *cases = tcase_create("risk");
  tcase_add_test(cases, two_independent_shocks);
  tcase_add_test(cases, draws_are_ranked);
  tcase_add_loop_test(cases, ranks_are_those_of_a_sorted_list, 0, 4);
  tcase_add_loop_test(cases, the_grid_holds_every_sum, 0, 5);
  tcase_add_test(cases, events_in_several_years);
  tcase_add_test(cases, the_cheaper_option_comes_first);
  tcase_add_test(cases, the_tail_is_what_is_paid_for);
  tcase_add_test(cases, what_cannot_be_is_refused);
  tcase_add_test(cases, any_allocation_of_memory_may_fail);
  suite_add_tcase(suite, cases);
  return suite;
}
