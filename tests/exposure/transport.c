/* SPDX-License-Identifier: MIT */
/* Supplies, needs and the ways between them. */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "critmin/allocation.h"
#include "suites.h"

enum { NODES_MAX = 40, ARCS_MAX = 160 };

typedef struct scene {
  critmin_transport t;
  double supply[NODES_MAX], need[NODES_MAX], worth[NODES_MAX], capacity[ARCS_MAX], yield[ARCS_MAX], cost[ARCS_MAX];
  int32_t from[ARCS_MAX], to[ARCS_MAX];
  double unmet[NODES_MAX], flow[ARCS_MAX], more[NODES_MAX], less[NODES_MAX], objective;
} scene;

static scene *make(int32_t nodes) {
  static scene s;
  memset(&s, 0, sizeof s);
  critmin_transport_init(&s.t);
  s.t.nodes = nodes;
  s.t.supply = s.supply;
  s.t.need = s.need;
  s.t.from = s.from;
  s.t.to = s.to;
  s.t.capacity = s.capacity;
  return &s;
}

static void arc(scene *s, int32_t from, int32_t to, double capacity) {
  s->from[s->t.arcs] = from;
  s->to[s->t.arcs] = to;
  s->yield[s->t.arcs] = 1;
  s->capacity[s->t.arcs++] = capacity;
}

static int32_t solve(scene *s, int32_t how) {
  s->t.solve = how;
  critmin_error error;
  int32_t status = critmin_least_unmet(&s->t, s->unmet, s->flow, s->more, s->less, &s->objective, &error);
  ck_assert_msg(status == CRITMIN_OK || status == CRITMIN_ERROR_UNSUPPORTED, "%s", error.message);
  return status;
}

/* Flows keep their capacities and the balances of their nodes, and the objective is that of the results. */
static void whole(const scene *s) {
  double left[NODES_MAX], objective = 0;
  for (int32_t v = 0; v < s->t.nodes; v++) {
    left[v] = s->supply[v] - (s->need[v] - s->unmet[v]);
    objective += (s->t.worth ? s->worth[v] : 1) * s->unmet[v];
    ck_assert(s->unmet[v] >= 0 && s->unmet[v] <= s->need[v]);
    ck_assert(s->more[v] >= 0 && !(s->less[v] < s->more[v]));
  }
  for (int64_t i = 0; i < s->t.arcs; i++) {
    ck_assert(s->flow[i] >= 0 && s->flow[i] <= s->capacity[i] * (1 + 1e-9));
    left[s->from[i]] -= s->flow[i];
    left[s->to[i]] += s->flow[i] * (s->t.yield ? s->yield[i] : 1);
    if (s->t.cost) objective += s->cost[i] * s->flow[i];
  }
  for (int32_t v = 0; v < s->t.nodes; v++) ck_assert_double_ge(left[v], -1e-8);
  ck_assert_double_eq_tol(objective, s->objective, 1e-8);
}

START_TEST(a_choke_point_leaves_nothing_to_gain_before_it) {
  /* A mine of 100, a separation plant of 40, a user of 90. */
  enum { MINE, FEED, OXIDE, USER };
  scene *s = make(4);
  s->supply[MINE] = 100;
  s->need[USER] = 90;
  arc(s, MINE, FEED, INFINITY);
  arc(s, FEED, OXIDE, 40);
  arc(s, OXIDE, USER, INFINITY);
  for (int32_t how = CRITMIN_SOLVE_FLOW; how <= CRITMIN_SOLVE_LINEAR; how++) {
    if (solve(s, how) == CRITMIN_ERROR_UNSUPPORTED) continue;
    whole(s);
    NEAR(s->unmet[USER], 50);
    NEAR(s->objective, 50);
    NEAR(s->flow[1], 40);
    NEAR(s->more[MINE], 0);
    NEAR(s->more[FEED], 0);
    NEAR(s->more[OXIDE], 1);
    NEAR(s->more[USER], 1);
  }
}
END_TEST

START_TEST(the_worthiest_need_is_met_first) {
  enum { POOL, CARS, TURBINES };
  scene *s = make(3);
  s->supply[POOL] = 50;
  s->need[CARS] = 40, s->worth[CARS] = 2;
  s->need[TURBINES] = 30, s->worth[TURBINES] = 5;
  s->worth[POOL] = 1;
  s->t.worth = s->worth;
  arc(s, POOL, CARS, 100);
  arc(s, POOL, TURBINES, 25);
  for (int32_t how = CRITMIN_SOLVE_FLOW; how <= CRITMIN_SOLVE_LINEAR; how++) {
    if (solve(s, how) == CRITMIN_ERROR_UNSUPPORTED) continue;
    whole(s);
    NEAR(s->unmet[CARS], 15);
    NEAR(s->unmet[TURBINES], 5);
    NEAR(s->objective, 55);
    NEAR(s->more[POOL], 2);
    NEAR(s->less[POOL], 2);
    NEAR(s->more[TURBINES], 5);
  }
}
END_TEST

START_TEST(a_tonne_more_is_worth_less_than_a_tonne_fewer_costs) {
  /* Just enough: one more is worth nothing, one less costs. */
  scene *s = make(2);
  s->supply[0] = 10;
  s->need[1] = 10;
  arc(s, 0, 1, INFINITY);
  solve(s, CRITMIN_SOLVE_FLOW);
  NEAR(s->more[0], 0);
  NEAR(s->less[0], 1);
  s->supply[0] = 11;
  solve(s, CRITMIN_SOLVE_FLOW);
  NEAR(s->less[0], 0);
}
END_TEST

START_TEST(a_way_is_taken_back_for_a_better_use) {
  /* Both users can be served only if the one with a choice takes the other pool. */
  scene *s = make(4);
  s->supply[0] = s->supply[1] = 10;
  s->need[2] = s->need[3] = 10;
  arc(s, 0, 2, 10);
  arc(s, 0, 3, 10);
  arc(s, 1, 2, 10);
  solve(s, CRITMIN_SOLVE_FLOW);
  whole(s);
  NEAR(s->objective, 0);
}
END_TEST

START_TEST(what_is_lost_on_the_way_needs_a_linear_programme) {
  enum { ORE, RECOVERY, USER };
  scene *s = make(3);
  s->supply[ORE] = 100;
  s->need[USER] = 80;
  s->t.yield = s->yield;
  arc(s, ORE, USER, 60);
  s->yield[0] = .9;
  arc(s, ORE, RECOVERY, INFINITY);
  arc(s, RECOVERY, USER, INFINITY);
  s->yield[2] = .5;
  critmin_error error;
  s->t.solve = CRITMIN_SOLVE_FLOW;
  ck_assert_int_eq(critmin_least_unmet(&s->t, s->unmet, NULL, NULL, NULL, NULL, &error), CRITMIN_ERROR_UNSUPPORTED);
  ck_assert_int_eq(error.row, 1);
  ck_assert_int_eq(critmin_transport_bounds(&s->t, NULL, 0, NULL, NULL, &error), CRITMIN_ERROR_UNSUPPORTED);
  if (solve(s, CRITMIN_SOLVE_AUTO) == CRITMIN_ERROR_UNSUPPORTED) return;
  whole(s);
  NEAR(s->unmet[USER], 80 - 54 - 20);
  NEAR(s->more[ORE], .5);
}
END_TEST

START_TEST(a_tonne_that_costs_more_than_it_is_worth_is_not_sent) {
  scene *s = make(3);
  s->supply[0] = 100;
  s->need[1] = s->need[2] = 10;
  s->t.cost = s->cost;
  arc(s, 0, 1, INFINITY);
  s->cost[0] = .25;
  arc(s, 0, 2, INFINITY);
  s->cost[1] = 1.25;
  if (solve(s, CRITMIN_SOLVE_AUTO) == CRITMIN_ERROR_UNSUPPORTED) return;
  whole(s);
  NEAR(s->unmet[1], 0);
  NEAR(s->unmet[2], 10);
  NEAR(s->objective, 12.5);
}
END_TEST

static scene *drawn(uint64_t draw) {
  cm_random random;
  cm_random_start(&random, 6, draw, 0);
  int32_t nodes = 5 + (int32_t)(15 * cm_random_uniform(&random));
  scene *s = make(nodes);
  for (int32_t v = 0; v < nodes; v++) {
    s->supply[v] = cm_random_uniform(&random) < .3 ? floor(20 * cm_random_uniform(&random)) : 0;
    s->need[v] = cm_random_uniform(&random) < .4 ? floor(20 * cm_random_uniform(&random)) : 0;
    s->worth[v] = 1 + floor(4 * cm_random_uniform(&random));
  }
  if (draw % 2) s->t.worth = s->worth;
  for (int i = 0; i < 4 * nodes; i++) {
    int32_t from = (int32_t)(nodes * cm_random_uniform(&random)), to = (int32_t)(nodes * cm_random_uniform(&random));
    arc(s, from, to, floor(8 * cm_random_uniform(&random)));
  }
  return s;
}

START_TEST(flows_and_programmes_agree) {
  scene *s = drawn((uint64_t)_i);
  solve(s, CRITMIN_SOLVE_FLOW);
  whole(s);
  double objective = s->objective, more[NODES_MAX], less[NODES_MAX];
  memcpy(more, s->more, sizeof more);
  memcpy(less, s->less, sizeof less);
  if (solve(s, CRITMIN_SOLVE_LINEAR) == CRITMIN_ERROR_UNSUPPORTED) return;
  whole(s);
  ck_assert_double_eq_tol(s->objective, objective, 1e-7);
  for (int32_t v = 0; v < s->t.nodes; v++) {
    ck_assert_double_ge(s->more[v], more[v] - 1e-7);
    if (!isnan(less[v])) ck_assert_double_le(s->more[v], less[v] + 1e-7);
  }
}
END_TEST

START_TEST(shadow_prices_are_finite_differences) {
  scene *s = drawn((uint64_t)_i);
  solve(s, CRITMIN_SOLVE_FLOW);
  double objective = s->objective, more[NODES_MAX], less[NODES_MAX];
  memcpy(more, s->more, sizeof more);
  memcpy(less, s->less, sizeof less);
  const double step = 1. / 64;
  for (int32_t v = 0; v < s->t.nodes; v++) {
    s->supply[v] += step;
    solve(s, CRITMIN_SOLVE_FLOW);
    NEAR((objective - s->objective) / step, more[v]);
    s->supply[v] -= step;
    if (s->supply[v] < step) continue;
    s->supply[v] -= step;
    solve(s, CRITMIN_SOLVE_FLOW);
    NEAR((s->objective - objective) / step, less[v]);
    s->supply[v] += step;
  }
}
END_TEST

START_TEST(every_user_is_within_its_bounds) {
  scene *s = drawn((uint64_t)_i);
  solve(s, CRITMIN_SOLVE_FLOW);
  for (int32_t v = 0; v < s->t.nodes; v++) {
    double least, most;
    ck_assert_int_eq(critmin_transport_bounds(&s->t, &v, 1, &least, &most, NULL), CRITMIN_OK);
    ck_assert_double_ge(s->need[v] - s->unmet[v], least - 1e-9);
    ck_assert_double_le(s->need[v] - s->unmet[v], most + 1e-9);
    if (v == 0) continue;
    /* Whose need is worth more than all others together is served first, whose is worth next to nothing last. */
    s->t.worth = s->worth;
    for (int32_t w = 0; w < s->t.nodes; w++) s->worth[w] = w == v ? 100 : 1;
    solve(s, CRITMIN_SOLVE_FLOW);
    NEAR(s->need[v] - s->unmet[v], most);
    s->worth[v] = .5;
    solve(s, CRITMIN_SOLVE_FLOW);
    NEAR(s->need[v] - s->unmet[v], least);
  }
}
END_TEST

START_TEST(what_cannot_be_is_refused) {
  scene *s = make(2);
  s->supply[0] = 1;
  arc(s, 0, 1, 1);
  double unmet[2] = {-7, -7};
  critmin_error error;
#define REFUSED(status, at)                                                                                    \
  ck_assert_int_eq(critmin_least_unmet(&s->t, unmet, NULL, NULL, NULL, NULL, &error), CRITMIN_ERROR_##status); \
  ck_assert_int_eq(error.row, at)
  s->to[0] = 2;
  REFUSED(ARGUMENT, 1);
  s->to[0] = 1;
  s->need[1] = -1;
  REFUSED(NEGATIVE, 2);
  s->need[1] = NAN;
  REFUSED(MISSING_VALUE, 2);
  s->need[1] = 1;
  s->supply[0] = INFINITY;
  REFUSED(INVALID_VALUE, 1);
  s->supply[0] = 1;
  s->t.cost = s->cost;
  s->cost[0] = -1;
  REFUSED(NEGATIVE, 1);
  s->cost[0] = 0;
  s->t.yield = s->yield;
  s->yield[0] = 1.5;
  REFUSED(SHARE_RANGE, 1);
  s->yield[0] = 0;
  REFUSED(SHARE_RANGE, 1);
  s->yield[0] = 1;
  s->t.worth = s->worth;
  REFUSED(INVALID_VALUE, 1);
  s->t.worth = NULL;
  s->t.solve = 3;
  REFUSED(ARGUMENT, 0);
  const int32_t twice[] = {1, 1};
  s->t.solve = 0;
  ck_assert_int_eq(critmin_transport_bounds(&s->t, twice, 2, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_double_eq(unmet[0], -7);
}
END_TEST

static int32_t attempt(void *user) {
  (void)user;
  scene *s = drawn(7);
  double least = -7, most;
  s->unmet[0] = -7;
  s->t.solve = CRITMIN_SOLVE_FLOW;
  int32_t status = critmin_least_unmet(&s->t, s->unmet, s->flow, s->more, s->less, &s->objective, NULL), node = 1;
  if (status != CRITMIN_OK) ck_assert_double_eq(s->unmet[0], -7);
  if (status != CRITMIN_OK) return status;
  status = critmin_transport_bounds(&s->t, &node, 1, &least, &most, NULL);
  if (status != CRITMIN_OK) ck_assert_double_eq(least, -7);
  return status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  fail_each_allocation(attempt, NULL);
}
END_TEST

Suite *suite_transport(void) {
  Suite *suite = suite_create("transport");
  TCase *cases = tcase_create("transport");
  tcase_add_test(cases, a_choke_point_leaves_nothing_to_gain_before_it);
  tcase_add_test(cases, the_worthiest_need_is_met_first);
  tcase_add_test(cases, a_tonne_more_is_worth_less_than_a_tonne_fewer_costs);
  tcase_add_test(cases, a_way_is_taken_back_for_a_better_use);
  tcase_add_test(cases, what_is_lost_on_the_way_needs_a_linear_programme);
  tcase_add_test(cases, a_tonne_that_costs_more_than_it_is_worth_is_not_sent);
  tcase_add_loop_test(cases, flows_and_programmes_agree, 0, 60);
  tcase_add_loop_test(cases, shadow_prices_are_finite_differences, 0, 60);
  tcase_add_loop_test(cases, every_user_is_within_its_bounds, 0, 20);
  tcase_add_test(cases, what_cannot_be_is_refused);
  tcase_add_test(cases, any_allocation_of_memory_may_fail);
  suite_add_tcase(suite, cases);
  return suite;
}
