/* SPDX-License-Identifier: MIT */
/* The interval without mixing where yields differ between countries, and where tonnes are not known. */
#include "scene.h"
#include "suites.h"

enum { COUNTRIES = 9 };

/* Two mines feed one hub, which feeds two smelters that lose differently; all metal goes to one user. */
START_TEST(where_yields_differ_it_matters_who_worked_what) {
  enum { X, Y, HUB, C, D, USER };
  scene *s = scene_make(2, 6);
  s->stage[0].output[X] = s->stage[0].output[Y] = 10;
  scene_flow(s, 0, X, HUB, 10);
  scene_flow(s, 0, Y, HUB, 10);
  scene_flow(s, 0, HUB, C, 10);
  scene_flow(s, 0, HUB, D, 10);
  s->stage[1].has_yield = 1;
  s->stage[1].output[C] = 10, s->stage[1].yield[C] = 1;
  s->stage[1].output[D] = 5, s->stage[1].yield[D] = .5;
  scene_flow(s, 1, C, USER, 10);
  scene_flow(s, 1, D, USER, 5);
  critmin_network *n = scene_network(s);
  const int32_t user = USER, origin = X;
  critmin_trace t = trace_of(1, 0, &user, 1);
  critmin_answer a;
  critmin_error error;
  critmin_answer_init(&a);
  critmin_status status = critmin_origin_bounds(n, &t, &origin, 1, &a, &error);
  if (status != CRITMIN_ERROR_UNSUPPORTED) {
    ck_assert_int_eq(status, CRITMIN_OK);
    NEARER(a.low, 5. / 15, 1e-7);
    NEAR(a.value, .5);
    NEARER(a.high, 10. / 15, 1e-7);
  }
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

/* Writes a stage's pools as shares, in place. */
static void to_shares(scene *s, const critmin_network *n, int32_t stage) {
  scene_stage *of = &s->stage[stage];
  double total[SCENE_COUNTRIES];
  for (int32_t c = 0; c < s->countries; c++) {
    critmin_pool pool;
    critmin_pool_init(&pool);
    ck_assert_int_eq(critmin_network_pool(n, stage, c, &pool, NULL), CRITMIN_OK);
    total[c] = pool.total > 0 ? pool.total : 1;
    of->output[c] /= total[c];
    of->secondary[c] /= total[c];
  }
  for (int64_t f = 0; f < of->given.flows; f++) of->quantity[f] /= total[of->importer[f]];
  of->given.in_shares = 1;
  of->has_use = 0;
}

/* Ore of which just what the smelters need is used, as tonnes and as shares. */
START_TEST(a_stage_in_shares_has_the_tonnes_that_the_next_one_needs) {
  int64_t open = 0;
  for (uint64_t seed = 1; seed <= 20; seed++) {
    scene *s = scene_random(seed, 2, COUNTRIES, .25);
    stream random = {seed};
    s->stage[0].given.flows = 0;
    s->stage[1].has_yield = 1;
    /* An ore stage that goes one way, so that its tonnes are easily made to add up: each sells to those after it. */
    double left[COUNTRIES] = {0};
    for (int c = 0; c < COUNTRIES; c++) {
      s->stage[0].output[c] = c < 4 ? 1 + 9 * stream_uniform(&random) : 0;
      s->stage[1].yield[c] = .8;
      left[c] += s->stage[0].output[c];
      for (int to = c + 1; to < COUNTRIES; to++) {
        double sold = stream_uniform(&random) < .4 ? left[c] * .5 * stream_uniform(&random) : 0;
        if (!(sold > 0)) continue;
        scene_flow(s, 0, c, to, sold);
        left[c] -= sold, left[to] += sold;
      }
      s->stage[1].output[c] = .8 * left[c];
    }
    s->stage[0].has_use = 0;
    critmin_network *tonnes = scene_network(s);
    to_shares(s, tonnes, 0);
    critmin_network *shares = scene_network(s);
    for (int32_t c = 0; c < COUNTRIES; c++)
      for (int32_t q = 0; q < 4; q++) {
        critmin_trace t = trace_of(1, 0, &c, 1);
        critmin_answer a = ask(critmin_origin_bounds, tonnes, &t, q), b = ask(critmin_origin_bounds, shares, &t, q);
        if (isnan(a.value)) continue;
        NEARER(b.low, a.low, 1e-9);
        NEARER(b.high, a.high, 1e-9);
        open += a.low < a.high - .01;
      }
    critmin_network_free(tonnes);
    critmin_network_free(shares);
    scene_free(s);
  }
  ck_assert_int_gt(open, 100);
}
END_TEST

/* Of a buyer that sells nothing on, what it has is what it uses: the ends of the same shares in any tonnes lie within
 * those of any size, and some tonnes reach them. */
START_TEST(pools_of_any_size_hold_the_ends_of_every_size) {
  enum { A, B, C, HUB, OTHER, BUYER };
  double least = 1, most = 0;
  scene *s = scene_make(1, 6);
  for (int step = 0; step <= 12; step++) {
    double other = step * 5; /* what the hub sends elsewhere */
    s->stage[0].given.flows = 0;
    s->stage[0].output[A] = .2 * (10 + other), s->stage[0].output[B] = .8 * (10 + other), s->stage[0].output[C] = 5;
    scene_flow(s, 0, A, HUB, .2 * (10 + other));
    scene_flow(s, 0, B, HUB, .8 * (10 + other));
    scene_flow(s, 0, HUB, BUYER, 10);
    scene_flow(s, 0, HUB, OTHER, other);
    scene_flow(s, 0, C, BUYER, 5);
    critmin_network *n = scene_network(s);
    const int32_t buyer = BUYER;
    critmin_trace t = trace_of(0, 0, &buyer, 1);
    critmin_answer a = ask(critmin_origin_bounds, n, &t, A);
    least = fmin(least, a.low), most = fmax(most, a.high);
    scene shares = *s;
    to_shares(&shares, n, 0);
    critmin_network *of_shares = scene_network(&shares);
    critmin_answer any = ask(critmin_origin_bounds, of_shares, &t, A);
    NEAR(any.low, 0);
    NEAR(any.value, 2. / 15);
    NEAR(any.high, 10. / 15);
    ck_assert(any.low <= a.low + 1e-12 && a.high <= any.high + 1e-12);
    critmin_answer elsewhere = ask(critmin_origin_bounds, of_shares, &t, C); /* A's and B's cannot be C's */
    NEAR(elsewhere.low, 5. / 15);
    NEAR(elsewhere.high, 5. / 15);
    critmin_network_free(of_shares);
    critmin_network_free(n);
  }
  NEAR(least, 0);
  NEAR(most, 10. / 15);
  scene_free(s);
}
END_TEST

START_TEST(what_is_unknown_before_stages_in_shares_can_be_anybodys) {
  scene *s = scene_make(2, 3);
  s->stage[0].given.in_shares = s->stage[1].given.in_shares = 1;
  s->stage[1].output[0] = s->stage[1].output[1] = 1; /* made of nothing that is on record */
  s->stage[0].output[0] = 1;
  scene_flow(s, 1, 0, 2, .5);
  scene_flow(s, 1, 1, 2, .4);
  critmin_network *n = scene_network(s);
  const int32_t buyer = 2;
  critmin_trace t = trace_of(1, 0, &buyer, 1);
  critmin_answer a = ask(critmin_origin_bounds, n, &t, 0);
  NEAR(a.low, .5);
  NEAR(a.high, 1);
  t.unknown_elsewhere = 1;
  NEAR(ask(critmin_origin_bounds, n, &t, 0).high, .5);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

static int32_t ask_of_shares(void *user) {
  const critmin_network *n = user;
  const int32_t buyer = 2, origin = 0;
  critmin_trace t = trace_of(1, 0, &buyer, 1);
  critmin_answer a;
  critmin_answer_init(&a);
  return critmin_origin_bounds(n, &t, &origin, 1, &a, NULL);
}

START_TEST(no_allocation_that_fails_is_overlooked) {
  scene *s = scene_three();
  s->stage[1].has_yield = 1;
  for (int c = 0; c < 3; c++) s->stage[1].yield[c] = c == 1 ? .75 : 1;
  critmin_network *n = scene_network(s);
  if (ask_of_shares(n) != CRITMIN_ERROR_UNSUPPORTED) fail_each_allocation(ask_of_shares, n);
  to_shares(s, n, 0);
  to_shares(s, n, 1);
  critmin_network_free(n);
  n = scene_network(s);
  fail_each_allocation(ask_of_shares, n);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

Suite *suite_bounds_open(void) {
  Suite *suite = suite_create("bounds_open");
  TCase *cases = tcase_create("bounds_open");
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, where_yields_differ_it_matters_who_worked_what);
  tcase_add_test(cases, a_stage_in_shares_has_the_tonnes_that_the_next_one_needs);
  tcase_add_test(cases, pools_of_any_size_hold_the_ends_of_every_size);
  tcase_add_test(cases, what_is_unknown_before_stages_in_shares_can_be_anybodys);
  tcase_add_test(cases, no_allocation_that_fails_is_overlooked);
  suite_add_tcase(suite, cases);
  return suite;
}
