/* SPDX-License-Identifier: MIT */
/* Commitments through a chain: what can only be worked where one wants to get away from counts nothing, and nothing
 * counts twice. */
#include <string.h>

#include "scene.h"
#include "suites.h"

enum { AUSTRALIA, CHINA, MALAYSIA, JAPAN, COUNTRIES };
enum { MINE, SEPARATION, MAGNET, STAGES };

/* Ore of Australia goes to China and Malaysia, oxide of both to Japan, which makes magnets and uses them. */
static scene *three_stages(void) {
  scene *s = scene_make(STAGES, COUNTRIES);
  s->stage[MINE].output[AUSTRALIA] = 100, s->stage[MINE].output[CHINA] = 200;
  scene_flow(s, MINE, AUSTRALIA, CHINA, 60);
  scene_flow(s, MINE, AUSTRALIA, MALAYSIA, 40);
  s->stage[SEPARATION].output[CHINA] = 260, s->stage[SEPARATION].output[MALAYSIA] = 40;
  scene_flow(s, SEPARATION, CHINA, JAPAN, 60);
  scene_flow(s, SEPARATION, MALAYSIA, JAPAN, 40);
  s->stage[MAGNET].output[JAPAN] = 100;
  for (int k = 1; k < STAGES; k++) {
    s->stage[k].has_yield = 1;
    for (int c = 0; c < COUNTRIES; c++) s->stage[k].yield[c] = 1;
  }
  return s;
}

typedef struct deals {
  double tonnes[16], probability[16];
  int32_t stage[16], seller[16], buyer[16];
  critmin_commitments given;
} deals;

static void deals_init(deals *d) {
  memset(d, 0, sizeof *d);
  critmin_commitments_init(&d->given);
  d->given.tonnes = d->tonnes;
  d->given.probability = d->probability;
  d->given.stage = d->stage;
  d->given.seller = d->seller;
  d->given.buyer = d->buyer;
}

static void deal(deals *d, double tonnes, int32_t stage, int32_t seller, int32_t buyer) {
  int64_t i = d->given.count++;
  d->tonnes[i] = tonnes;
  d->probability[i] = 1;
  d->stage[i] = stage;
  d->seller[i] = seller;
  d->buyer[i] = buyer;
}

static double through(scene *s, const deals *d, int32_t *binding) {
  critmin_network *n = scene_network(s);
  const int32_t buyer = JAPAN, origin = CHINA;
  critmin_trace t = trace_of(MAGNET, MINE, &buyer, 1);
  critmin_error error;
  double tonnes;
  if (critmin_chain_tonnes(n, &t, &origin, 1, &d->given, &tonnes, binding, &error) != CRITMIN_OK)
    ck_abort_msg("%s", error.message);
  critmin_network_free(n);
  return tonnes;
}

START_TEST(ore_that_only_china_could_separate_counts_nothing) {
  scene *s = three_stages();
  deals d;
  int32_t binding;
  deals_init(&d);
  deal(&d, 50, MINE, AUSTRALIA, CHINA);
  NEAR(through(s, &d, &binding), 0);
  ck_assert_int_eq(binding, SEPARATION);
  deals_init(&d);
  deal(&d, 50, MINE, AUSTRALIA, MALAYSIA); /* whose plants are full */
  NEAR(through(s, &d, &binding), 0);
  ck_assert_int_eq(binding, SEPARATION);
  scene_free(s);
}
END_TEST

START_TEST(a_plant_with_its_ore_counts_once) {
  scene *s = three_stages();
  deals d;
  int32_t binding;
  deals_init(&d);
  deal(&d, 50, SEPARATION, AUSTRALIA, JAPAN); /* Australia has the ore that China would get */
  NEAR(through(s, &d, &binding), 50);
  ck_assert_int_eq(binding, -1);
  deal(&d, 50, MINE, AUSTRALIA, AUSTRALIA);
  NEAR(through(s, &d, &binding), 50); /* the same flow, not 100 */
  deals_init(&d);
  deal(&d, 50, SEPARATION, MALAYSIA, JAPAN); /* a plant that nobody brings more ore */
  NEAR(through(s, &d, &binding), 0);
  ck_assert_int_eq(binding, MINE);
  deal(&d, 30, MINE, AUSTRALIA, MALAYSIA);
  NEAR(through(s, &d, &binding), 30);
  scene_free(s);
}
END_TEST

START_TEST(no_more_can_arrive_than_is_worked_up) {
  scene *s = three_stages();
  deals d;
  int32_t binding;
  deals_init(&d);
  deal(&d, 90, SEPARATION, AUSTRALIA, JAPAN); /* Japan makes 100 of magnets, 40 of them of Malaysian oxide */
  NEAR(through(s, &d, &binding), 60);
  ck_assert_int_eq(binding, MAGNET);
  scene_free(s);
}
END_TEST

START_TEST(a_seller_in_the_countries_taken_out_brings_nothing) {
  scene *s = three_stages();
  deals d;
  deals_init(&d);
  deal(&d, 50, SEPARATION, CHINA, JAPAN);
  deal(&d, 50, MAGNET, CHINA, JAPAN);
  NEAR(through(s, &d, NULL), 0);
  scene_free(s);
}
END_TEST

START_TEST(dependency_through_the_chain_is_the_mean_over_all_sets) {
  scene *s = three_stages();
  critmin_network *n = scene_network(s);
  const int32_t buyer = JAPAN, origin = CHINA;
  critmin_trace t = trace_of(MAGNET, MINE, &buyer, 1);
  deals d;
  deals_init(&d);
  deal(&d, 30, MINE, AUSTRALIA, MALAYSIA);
  deal(&d, 50, SEPARATION, MALAYSIA, JAPAN);
  deal(&d, 20, SEPARATION, AUSTRALIA, JAPAN);
  d.probability[0] = .8, d.probability[1] = .5, d.probability[2] = .25;
  double exposed = touch(n, &t, CHINA, 1).value;
  NEAR(exposed, .6);
  critmin_interval v = {60, NAN, NAN};
  critmin_answer a;
  critmin_error error;
  critmin_answer_init(&a);
  /* Ore and Malaysian plant are one flow of 30 that needs both; the plant alone has no ore, the ore alone no plant. */
  ck_assert_int_eq(critmin_effective_dependency_chain(n, &t, &origin, 1, &v, 100, &d.given, &a, &error), CRITMIN_OK);
  NEAR(a.value, .60 - .4 * .30 - .25 * .20);
  NEAR(a.low, a.value);
  d.given.correlation = .5;
  critmin_answer together = a;
  ck_assert_int_eq(critmin_effective_dependency_chain(n, &t, &origin, 1, &v, 100, &d.given, &together, &error),
                   CRITMIN_OK);
  ck_assert_double_lt(together.value, a.value); /* those that need each other gain by coming together */
  for (int i = 0; i < 10; i++) {
    deal(&d, 1, SEPARATION, MALAYSIA, JAPAN);
    d.probability[3 + i] = .5;
  }
  ck_assert_int_eq(critmin_effective_dependency_chain(n, &t, &origin, 1, &v, 100, &d.given, &a, &error),
                   CRITMIN_ERROR_ARGUMENT);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(a_deal_more_never_lessens_what_arrives) {
  for (uint64_t seed = 1; seed <= 20; seed++) {
    scene *s = scene_random(seed, 3, 8, .3);
    for (int k = 1; k < 3; k++) {
      s->stage[k].has_yield = 1;
      for (int c = 0; c < 8; c++) s->stage[k].yield[c] = 1;
    }
    critmin_network *n = scene_network(s);
    stream random = {seed};
    const int32_t buyer = 2, origin = 5;
    critmin_trace t = trace_of(2, 0, &buyer, 1);
    deals d;
    deals_init(&d);
    double before = 0, sum = 0;
    for (int i = 0; i < 8; i++) {
      deal(&d, 10 * stream_uniform(&random), stream_below(&random, 3), stream_below(&random, 8),
           stream_below(&random, 8));
      sum += d.tonnes[i];
      double now;
      ck_assert_int_eq(critmin_chain_tonnes(n, &t, &origin, 1, &d.given, &now, NULL, NULL), CRITMIN_OK);
      if (now < before - 1e-9 || now > sum + 1e-9) ck_abort_msg("%g arrive of %g, %g before", now, sum, before);
      before = now;
    }
    critmin_network_free(n);
    scene_free(s);
  }
}
END_TEST

START_TEST(deals_off_the_way_are_refused) {
  scene *s = three_stages();
  critmin_network *n = scene_network(s);
  const int32_t buyer = JAPAN, origin = CHINA;
  critmin_trace t = trace_of(MAGNET, SEPARATION, &buyer, 1);
  deals d;
  critmin_error error;
  double tonnes = -1;
  deals_init(&d);
  deal(&d, 50, MAGNET, AUSTRALIA, JAPAN);
  deal(&d, 50, MINE, AUSTRALIA, JAPAN);
  ck_assert_int_eq(critmin_chain_tonnes(n, &t, &origin, 1, &d.given, &tonnes, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(error.row, 2);
  d.stage[1] = MAGNET;
  d.seller[1] = COUNTRIES;
  ck_assert_int_eq(critmin_chain_tonnes(n, &t, &origin, 1, &d.given, &tonnes, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  d.given.seller = NULL;
  ck_assert_int_eq(critmin_chain_tonnes(n, &t, &origin, 1, &d.given, &tonnes, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  NEAR(tonnes, -1);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

typedef struct question {
  const critmin_network *network;
  const deals *d;
} question;

static int32_t ask_chain(void *user) {
  const question *q = user;
  const int32_t buyer = JAPAN, origin = CHINA;
  critmin_trace t = trace_of(MAGNET, MINE, &buyer, 1);
  critmin_interval v = {60, NAN, NAN};
  critmin_answer a;
  double tonnes;
  int32_t binding;
  critmin_answer_init(&a);
  critmin_status status = critmin_chain_tonnes(q->network, &t, &origin, 1, &q->d->given, &tonnes, &binding, NULL);
  if (status == CRITMIN_OK)
    status = critmin_effective_dependency_chain(q->network, &t, &origin, 1, &v, 100, &q->d->given, &a, NULL);
  if (status != CRITMIN_OK) ck_assert_double_nan(a.value);
  return status;
}

START_TEST(no_allocation_that_fails_is_overlooked) {
  scene *s = three_stages();
  critmin_network *n = scene_network(s);
  deals d;
  deals_init(&d);
  deal(&d, 50, SEPARATION, AUSTRALIA, JAPAN);
  deal(&d, 50, MINE, AUSTRALIA, AUSTRALIA);
  d.probability[0] = .5;
  question q = {n, &d};
  fail_each_allocation(ask_chain, &q);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

Suite *suite_chain(void) {
  Suite *suite = suite_create("chain");
  TCase *cases = tcase_create("chain");
  tcase_add_test(cases, ore_that_only_china_could_separate_counts_nothing);
  tcase_add_test(cases, a_plant_with_its_ore_counts_once);
  tcase_add_test(cases, no_more_can_arrive_than_is_worked_up);
  tcase_add_test(cases, a_seller_in_the_countries_taken_out_brings_nothing);
  tcase_add_test(cases, dependency_through_the_chain_is_the_mean_over_all_sets);
  tcase_add_test(cases, a_deal_more_never_lessens_what_arrives);
  tcase_add_test(cases, deals_off_the_way_are_refused);
  tcase_add_test(cases, no_allocation_that_fails_is_overlooked);
  suite_add_tcase(suite, cases);
  return suite;
}
