/* SPDX-License-Identifier: MIT */
/* Losses that go through stages, and through plants. */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "critmin/cascade.h"
#include "critmin/origin.h"
#include "suites.h"

enum { STAGES = 3, COUNTRIES = 9, FLOWS = 80 };

typedef struct world {
  critmin_network_stage stage[STAGES];
  double output[STAGES][COUNTRIES], use[STAGES][COUNTRIES], quantity[STAGES][FLOWS];
  int32_t importer[STAGES][FLOWS], exporter[STAGES][FLOWS];
  int32_t kind[STAGES * 2], at[STAGES * 2], country[STAGES * 2], target[STAGES * 2];
  double withheld[STAGES * 2];
  critmin_cascade shocks;
  critmin_network *network;
} world;

static world *make(void) {
  static world w;
  memset(&w, 0, sizeof w);
  critmin_cascade_init(&w.shocks);
  w.shocks.kind = w.kind;
  w.shocks.stage = w.at;
  w.shocks.country = w.country;
  w.shocks.target = w.target;
  w.shocks.withheld = w.withheld;
  for (int k = 0; k < STAGES; k++) {
    critmin_network_stage_init(&w.stage[k]);
    w.stage[k].output = w.output[k];
    w.stage[k].importer = w.importer[k];
    w.stage[k].exporter = w.exporter[k];
    w.stage[k].quantity = w.quantity[k];
  }
  return &w;
}

static void flow(world *w, int stage, int32_t from, int32_t to, double tonnes) {
  int64_t i = w->stage[stage].flows++;
  w->exporter[stage][i] = from;
  w->importer[stage][i] = to;
  w->quantity[stage][i] = tonnes;
}

static void solve(world *w, int32_t stages, int32_t countries) {
  const critmin_network_stage *stage[STAGES];
  for (int k = 0; k < STAGES; k++) stage[k] = &w->stage[k];
  critmin_error error;
  ck_assert_msg(critmin_network_new(stage, stages, countries, 1, &w->network, &error) == CRITMIN_OK, "%s",
                error.message);
}

static void shock(world *w, int32_t kind, int32_t stage, int32_t country, double withheld) {
  int32_t i = w->shocks.shocks++;
  w->kind[i] = kind;
  w->at[i] = stage;
  w->country[i] = country;
  w->target[i] = -1;
  w->withheld[i] = withheld;
}

static double loss(world *w, int32_t stage, int32_t country) {
  double fill[COUNTRIES];
  critmin_error error;
  ck_assert_msg(critmin_cascade_fill(w->network, &w->shocks, stage, fill, &error) == CRITMIN_OK, "%s", error.message);
  w->shocks.shocks = 0;
  return 1 - fill[country];
}

START_TEST(magnets_made_elsewhere_of_oxide_from_there) {
  enum { US, CHINA, JAPAN, AUSTRALIA };
  world *w = make();
  w->output[0][CHINA] = 100, w->output[0][AUSTRALIA] = 10;
  flow(w, 0, CHINA, JAPAN, 15);
  flow(w, 0, AUSTRALIA, JAPAN, 10);
  w->output[1][CHINA] = 4, w->output[1][JAPAN] = 6;
  flow(w, 1, CHINA, US, 4);
  flow(w, 1, JAPAN, US, 6);
  solve(w, 2, 4);
  NEAR(loss(w, 1, US), 0);
  shock(w, CRITMIN_SHOCK_OUTAGE, 0, CHINA, .8);
  NEAR(loss(w, 1, US), .608);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 0, CHINA, .8);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 1, CHINA, .8);
  NEAR(loss(w, 1, US), .608);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 0, CHINA, .8);
  NEAR(loss(w, 1, US), .288);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 0, CHINA, .8);
  NEAR(loss(w, 1, CHINA), 0);
  shock(w, CRITMIN_SHOCK_OUTAGE, 0, CHINA, .8);
  NEAR(loss(w, 1, CHINA), .8);
  /* Against Japan alone: its magnets lack oxide, the Chinese ones do not. */
  shock(w, CRITMIN_SHOCK_RESTRICTION, 1, CHINA, .8);
  w->target[0] = JAPAN;
  NEAR(loss(w, 1, US), 0);
  critmin_network_free(w->network);
}
END_TEST

static world *loops(void) {
  enum { A, B, C };
  world *w = make();
  w->output[0][A] = 60, w->output[0][B] = 20;
  w->use[0][A] = 20, w->use[0][B] = 40, w->use[0][C] = 30;
  w->stage[0].use = w->use[0];
  flow(w, 0, A, B, 40);
  flow(w, 0, B, C, 20);
  w->output[1][A] = 20, w->output[1][B] = 30, w->output[1][C] = 30;
  flow(w, 1, B, C, 20);
  flow(w, 1, C, B, 10);
  flow(w, 1, C, A, 20);
  solve(w, 2, 3);
  return w;
}

START_TEST(two_stages_with_a_loop_and_a_gap) {
  world *w = loops();
  shock(w, CRITMIN_SHOCK_OUTAGE, 0, 1, .5);
  NEAR(loss(w, 1, 0), .5 * 7 / 54);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 0, 1, .5);
  NEAR(loss(w, 1, 0), 1. / 9);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 1, 1, .5);
  NEAR(loss(w, 1, 0), 2. / 19);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 0, 1, .5);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 1, 1, .5);
  NEAR(loss(w, 1, 0), 4. / 19);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 0, 1, 1);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 1, 1, 1);
  NEAR(loss(w, 1, 0), .4);
  critmin_network_free(w->network);
}
END_TEST

static world *drawn(uint64_t draw) {
  cm_random random;
  cm_random_start(&random, 41, draw, 0);
  world *w = make();
  for (int k = 0; k < STAGES; k++) {
    for (int32_t c = 0; c < COUNTRIES; c++) {
      if (cm_random_uniform(&random) < .5) w->output[k][c] = 20 * cm_random_uniform(&random);
      w->use[k][c] = 10 * cm_random_uniform(&random);
    }
    w->stage[k].use = w->use[k];
    for (int i = 0; i < 25; i++) {
      int32_t from = (int32_t)(COUNTRIES * cm_random_uniform(&random)),
              to = (int32_t)(COUNTRIES * cm_random_uniform(&random));
      if (from != to) flow(w, k, from, to, 10 * cm_random_uniform(&random));
    }
  }
  solve(w, STAGES, COUNTRIES);
  return w;
}

START_TEST(outages_are_origins_and_restrictions_what_passes_through) {
  world *w = drawn((uint64_t)_i);
  const double phi = .3 + .1 * (_i % 5);
  for (int32_t q = 0; q < COUNTRIES; q++)
    for (int32_t c = 0; c < COUNTRIES; c++) {
      critmin_trace t;
      critmin_trace_init(&t);
      t.stage = STAGES - 1;
      t.buyers = 1;
      t.buyer = &c;
      critmin_answer a;
      critmin_answer_init(&a);
      critmin_pool pool;
      critmin_pool_init(&pool);
      ck_assert_int_eq(critmin_network_pool(w->network, STAGES - 1, c, &pool, NULL), CRITMIN_OK);
      if (pool.total == 0) continue;
      for (int32_t at = 0; at < STAGES; at++) {
        t.at = at;
        ck_assert_int_eq(critmin_origin_share(w->network, &t, &q, 1, &a, NULL), CRITMIN_OK);
        shock(w, CRITMIN_SHOCK_OUTAGE, at, q, phi);
        NEAR(loss(w, STAGES - 1, c), phi * a.value);
      }
      if (q == c) continue;
      t.at = 0;
      ck_assert_int_eq(critmin_touch_share(w->network, &t, &q, 1, 1, &a, NULL), CRITMIN_OK);
      for (int32_t at = 0; at < STAGES; at++) shock(w, CRITMIN_SHOCK_RESTRICTION, at, q, 1);
      NEAR(loss(w, STAGES - 1, c), a.value);
      for (int32_t at = 0; at < STAGES; at++) shock(w, CRITMIN_SHOCK_RESTRICTION, at, q, phi);
      double some = loss(w, STAGES - 1, c);
      ck_assert_double_ge(some, phi * a.value - 1e-12);
      ck_assert_double_le(some, a.value + 1e-12);
    }
  critmin_network_free(w->network);
}
END_TEST

START_TEST(more_withheld_is_never_less_lost) {
  world *w = drawn((uint64_t)_i);
  double before[COUNTRIES] = {0};
  for (int k = 0; k <= 5; k++) {
    double fill[COUNTRIES];
    w->shocks.shocks = 0;
    shock(w, CRITMIN_SHOCK_OUTAGE, 0, 1, k / 5.);
    shock(w, CRITMIN_SHOCK_RESTRICTION, 1, 2, k / 5.);
    shock(w, CRITMIN_SHOCK_RESTRICTION, 2, 1, k / 5.);
    ck_assert_int_eq(critmin_cascade_fill(w->network, &w->shocks, 2, fill, NULL), CRITMIN_OK);
    for (int c = 0; c < COUNTRIES; c++) {
      if (isnan(fill[c])) continue;
      ck_assert_double_ge(1 - fill[c], before[c] - 1e-12);
      ck_assert(fill[c] >= 0 && fill[c] <= 1);
      before[c] = 1 - fill[c];
    }
  }
  critmin_network_free(w->network);
}
END_TEST

/* A mine feeds a smelter and a refinery; the factory needs both their goods, and power that helps. */
enum { MINE, SMELTER, REFINERY, POWER, FACTORY, PLANTS };
static const int32_t FROM[] = {MINE, MINE, SMELTER, REFINERY, POWER},
                     TO[] = {SMELTER, REFINERY, FACTORY, FACTORY, FACTORY};
static const int32_t INPUT[] = {0, 0, 0, 1, 2}, ESSENTIAL[] = {1, 1, 1, 1, 0};
static const double QUANTITY[] = {30, 70, 10, 5, 4};

static critmin_plants plants(const double *withheld) {
  critmin_plants p;
  critmin_plants_init(&p);
  p.plants = PLANTS;
  p.flows = 5;
  p.from = FROM;
  p.to = TO;
  p.input = INPUT;
  p.quantity = QUANTITY;
  p.essential = ESSENTIAL;
  p.withheld = withheld;
  return p;
}

static void outputs(const critmin_plants *p, double *output) {
  critmin_error error;
  int32_t sweeps;
  ck_assert_msg(critmin_plants_output(p, 1e-9, 1000, output, &sweeps, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_int_le(sweeps, 1000);
}

START_TEST(the_scarcest_essential_input_decides) {
  double withheld[PLANTS] = {0}, y[PLANTS], without[PLANTS] = {0, 0, 0, 0, .6};
  critmin_plants p = plants(withheld);
  outputs(&p, y);
  for (int i = 0; i < PLANTS; i++) NEAR(y[i], 1);
  withheld[SMELTER] = .4;
  withheld[REFINERY] = .1;
  outputs(&p, y);
  NEAR(y[FACTORY], .6);
  NEAR(y[MINE], 1);
  withheld[SMELTER] = 0;
  withheld[POWER] = 1;
  p.without = without;
  outputs(&p, y);
  NEAR(y[FACTORY], .6);
  withheld[POWER] = .5;
  outputs(&p, y);
  NEAR(y[FACTORY], .8);
  withheld[POWER] = .1;
  outputs(&p, y);
  NEAR(y[FACTORY], .9);
}
END_TEST

START_TEST(lost_customers_are_lost_sales) {
  double withheld[PLANTS] = {0}, y[PLANTS], final[PLANTS] = {0, 0, 5, 6, 100};
  critmin_plants p = plants(withheld);
  p.to_final = final;
  withheld[SMELTER] = .5;
  outputs(&p, y);
  /* The factory makes half; the refinery sells half of half its output less, the mine half to the smelter. */
  NEAR(y[FACTORY], .5);
  NEAR(y[REFINERY], .75);
  NEAR(y[POWER], (6 + 2) / 10.);
  NEAR(y[MINE], (.5 * 30 + .75 * 70) / 100);
}
END_TEST

START_TEST(a_loop_of_plants_comes_to_rest) {
  cm_random random;
  cm_random_start(&random, 6, (uint64_t)_i, 0);
  enum { N = 30, F = 120 };
  int32_t from[F], to[F], input[F], essential[F];
  double quantity[F], withheld[N], without[N], final[N], y[N], again[N];
  for (int i = 0; i < F; i++) {
    from[i] = (int32_t)(N * cm_random_uniform(&random));
    to[i] = (int32_t)(N * cm_random_uniform(&random));
    input[i] = (int32_t)(3 * cm_random_uniform(&random));
    essential[i] = (to[i] + input[i]) % 3 == 0;
    quantity[i] = cm_random_uniform(&random);
  }
  for (int i = 0; i < N; i++) {
    withheld[i] = cm_random_uniform(&random) < .8 ? 0 : cm_random_uniform(&random);
    without[i] = .9 * cm_random_uniform(&random);
    final[i] = cm_random_uniform(&random);
  }
  critmin_plants p;
  critmin_plants_init(&p);
  p.plants = N;
  p.flows = F;
  p.from = from;
  p.to = to;
  p.input = input;
  p.quantity = quantity;
  p.essential = essential;
  p.without = without;
  p.withheld = withheld;
  if (_i % 2) p.to_final = final;
  outputs(&p, y);
  double least = 1;
  for (int i = 0; i < N; i++) {
    ck_assert(y[i] >= 0 && y[i] <= 1 - withheld[i] + 1e-12);
    least = fmin(least, y[i]);
  }
  ck_assert_double_lt(least, 1);
  /* A larger shock never leaves more. */
  for (int i = 0; i < N; i++) withheld[i] += .2 * (1 - withheld[i]);
  outputs(&p, again);
  for (int i = 0; i < N; i++) ck_assert_double_le(again[i], y[i] + 1e-9);
}
END_TEST

START_TEST(what_cannot_be_is_refused) {
  world *w = loops();
  double fill[COUNTRIES] = {-7};
  critmin_error error;
#define REFUSED(call, status) ck_assert_int_eq(call, CRITMIN_ERROR_##status)
  shock(w, CRITMIN_SHOCK_OUTAGE, 0, 1, 1.1);
  REFUSED(critmin_cascade_fill(w->network, &w->shocks, 1, fill, &error), SHARE_RANGE);
  w->withheld[0] = .5;
  w->at[0] = 2;
  REFUSED(critmin_cascade_fill(w->network, &w->shocks, 1, fill, &error), ARGUMENT);
  w->at[0] = 0;
  w->country[0] = 3;
  REFUSED(critmin_cascade_fill(w->network, &w->shocks, 1, fill, &error), ARGUMENT);
  w->country[0] = 0;
  w->kind[0] = 2;
  REFUSED(critmin_cascade_fill(w->network, &w->shocks, 1, fill, &error), ARGUMENT);
  w->kind[0] = 0;
  REFUSED(critmin_cascade_fill(w->network, &w->shocks, 2, fill, &error), ARGUMENT);
  REFUSED(critmin_cascade_fill(NULL, &w->shocks, 1, fill, &error), ARGUMENT);
  NEAR(fill[0], -7);
  critmin_network_free(w->network);
  critmin_plants p = plants(NULL);
  const int32_t mixed[] = {0, 0, 0, 0, 0};
  p.input = mixed;
  REFUSED(critmin_plants_output(&p, 1e-9, 10, fill, NULL, &error), INVALID_VALUE);
  p = plants(fill);
  REFUSED(critmin_plants_output(&p, 1e-9, 10, fill, NULL, &error), SHARE_RANGE);
  p = plants(NULL);
  REFUSED(critmin_plants_output(&p, 0, 10, fill, NULL, &error), INVALID_VALUE);
  REFUSED(critmin_plants_output(&p, 1, 0, fill, NULL, &error), ARGUMENT);
  p.plants = 4;
  REFUSED(critmin_plants_output(&p, 1, 10, fill, NULL, &error), ARGUMENT);
  NEAR(fill[0], -7);
}
END_TEST

static int32_t attempt(void *user) {
  world *w = user;
  double fill[COUNTRIES] = {-7}, y[PLANTS] = {-7};
  int32_t status = critmin_cascade_fill(w->network, &w->shocks, 1, fill, NULL);
  ck_assert(status == CRITMIN_OK || fill[0] == -7);
  critmin_plants p = plants(NULL);
  if (status == CRITMIN_OK) status = critmin_plants_output(&p, 1e-9, 10, y, NULL, NULL);
  ck_assert(status == CRITMIN_OK || y[0] == -7);
  return status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  world *w = loops();
  shock(w, CRITMIN_SHOCK_OUTAGE, 0, 1, .5);
  shock(w, CRITMIN_SHOCK_RESTRICTION, 1, 1, .5);
  fail_each_allocation(attempt, w);
  critmin_network_free(w->network);
}
END_TEST

Suite *suite_cascade(void) {
  Suite *suite = suite_create("cascade");
  TCase *cases = tcase_create("cascade");
  tcase_add_test(cases, magnets_made_elsewhere_of_oxide_from_there);
  tcase_add_test(cases, two_stages_with_a_loop_and_a_gap);
  tcase_add_loop_test(cases, outages_are_origins_and_restrictions_what_passes_through, 0, 10);
  tcase_add_loop_test(cases, more_withheld_is_never_less_lost, 0, 10);
  tcase_add_test(cases, the_scarcest_essential_input_decides);
  tcase_add_test(cases, lost_customers_are_lost_sales);
  tcase_add_loop_test(cases, a_loop_of_plants_comes_to_rest, 0, 10);
  tcase_add_test(cases, what_cannot_be_is_refused);
  tcase_add_test(cases, any_allocation_of_memory_may_fail);
  suite_add_tcase(suite, cases);
  return suite;
}
