/* SPDX-License-Identifier: MIT */
/* Networks in shares, with intervals: against every corner of what the pools' own shares can be. */
#include <math.h>
#include <string.h>

#include "network/supply.h"
#include "scene.h"
#include "suites.h"

enum { COUNTRIES = 4, STAGES = 2, PARTNERS = 16, OPEN_MAX = 6 };

typedef struct drawn {
  cm_supply supply;
  cm_supply_stage stage[STAGES];
  cm_supply_pool pool[STAGES][COUNTRIES];
  int32_t partner[STAGES][PARTNERS];
  double share[STAGES][PARTNERS];
  cm_supply_pool *open[OPEN_MAX];
  int n_open;
} drawn;

static void draw_pool(drawn *d, stream *random, int32_t k, int32_t country) {
  cm_supply_stage *stage = &d->stage[k];
  cm_supply_pool *pool = &d->pool[k][country];
  *pool = (cm_supply_pool){.rest = 1, .first = stage->n, .is_there = 1};
  int is_maker = stream_uniform(random) < .6;
  if (is_maker) {
    pool->own = pool->own_low = pool->own_high = stream_uniform(random);
    if (d->n_open < OPEN_MAX && stream_uniform(random) < .7) {
      pool->own_low *= stream_uniform(random);
      pool->own_high += (1 - pool->own_high) * stream_uniform(random);
      d->open[d->n_open++] = pool;
    }
  }
  if (stream_uniform(random) < .2) pool->gap = .5 * stream_uniform(random);
  double left = 1;
  for (int32_t partner = 0; partner < COUNTRIES; partner++) {
    if (partner == country || stream_uniform(random) < .3) continue;
    double share = left * stream_uniform(random);
    stage->partner[stage->n] = partner;
    stage->share[stage->n++] = share;
    pool->n++;
    left -= share;
  }
  pool->rest = stream_uniform(random) < .5 && pool->n ? 0 : left;
  if (pool->rest == 0) stage->share[stage->n - 1] += left;
}

static void draw(drawn *d, stream *random) {
  memset(d, 0, sizeof *d);
  d->supply = (cm_supply){STAGES, COUNTRIES, d->stage};
  for (int32_t k = 0; k < STAGES; k++) {
    d->stage[k].pool = d->pool[k];
    d->stage[k].partner = d->partner[k];
    d->stage[k].share = d->share[k];
    for (int32_t c = 0; c < COUNTRIES; c++) draw_pool(d, random, k, c);
  }
}

typedef struct asked {
  int32_t at, touch, transit;
} asked;

static critmin_answer answer_of(const drawn *d, asked of, int32_t buyer, int32_t origin) {
  critmin_network *network;
  critmin_error error;
  ck_assert_msg(cm_supply_network(&d->supply, &network, &error) == CRITMIN_OK, "%s", error.message);
  critmin_trace trace = trace_of(STAGES - 1, of.at, &buyer, 1);
  critmin_answer answer =
      of.touch ? touch(network, &trace, origin, of.transit) : ask(critmin_origin_share, network, &trace, origin);
  critmin_network_free(network);
  return answer;
}

START_TEST(the_ends_are_those_of_the_corners) {
  static const asked questions[] = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 1, 1}};
  stream random = {20241};
  drawn d;
  double least[STAGES * COUNTRIES], rest[STAGES * COUNTRIES];
  for (int drawing = 0; drawing < 60; drawing++) {
    draw(&d, &random);
    asked of = questions[drawing % 4];
    int32_t origin = stream_below(&random, COUNTRIES), buyer = stream_below(&random, COUNTRIES);
    uint8_t mark[COUNTRIES] = {0};
    mark[origin] = 1;
    cm_supply_question q = {.at = of.at, .mark = mark, .touch = of.touch, .transit = of.transit};
    ck_assert_int_eq(cm_supply_least(&d.supply, &q, least, NULL), CRITMIN_OK);
    q.not_from = 1;
    ck_assert_int_eq(cm_supply_least(&d.supply, &q, rest, NULL), CRITMIN_OK);
    double low = 2, high = -1;
    for (int corner = 0; corner < 1 << d.n_open; corner++) {
      for (int i = 0; i < d.n_open; i++) d.open[i]->own = corner >> i & 1 ? d.open[i]->own_high : d.open[i]->own_low;
      critmin_answer answer = answer_of(&d, of, buyer, origin);
      low = fmin(low, answer.low);
      high = fmax(high, answer.high);
    }
    NEARER(least[(STAGES - 1) * COUNTRIES + buyer], low, 1e-10);
    NEARER(1 - rest[(STAGES - 1) * COUNTRIES + buyer], high, 1e-10);
  }
}
END_TEST

START_TEST(what_is_inside_the_intervals_is_between_the_ends) {
  stream random = {7};
  drawn d;
  double least[STAGES * COUNTRIES];
  for (int drawing = 0; drawing < 40; drawing++) {
    draw(&d, &random);
    uint8_t mark[COUNTRIES] = {1, 0, 1, 0};
    cm_supply_question q = {.at = 0, .mark = mark};
    ck_assert_int_eq(cm_supply_least(&d.supply, &q, least, NULL), CRITMIN_OK);
    for (int i = 0; i < d.n_open; i++)
      d.open[i]->own = d.open[i]->own_low + stream_uniform(&random) * (d.open[i]->own_high - d.open[i]->own_low);
    double sum = answer_of(&d, (asked){0, 0, 0}, 1, 0).low + answer_of(&d, (asked){0, 0, 0}, 1, 2).low;
    ck_assert_double_le(least[COUNTRIES + 1], sum + 1e-12);
  }
}
END_TEST

/* Two that sell to one another all but a millionth, of which one makes something. */
START_TEST(a_loop_that_loses_little_is_settled_exactly) {
  cm_supply_pool pool[] = {{.own = 1e-6, .own_low = 1e-6, .own_high = 1e-6, .first = 0, .n = 1, .is_there = 1},
                           {.own = 2e-6, .own_low = 1e-6, .own_high = 3e-6, .first = 1, .n = 1, .is_there = 1}};
  int32_t partner[] = {1, 0};
  double share[] = {1, 1}, least[2];
  cm_supply_stage stage = {.pool = pool, .partner = partner, .share = share, .n = 2};
  cm_supply supply = {1, 2, &stage};
  uint8_t mark[] = {1, 0};
  cm_supply_question q = {.mark = mark};
  ck_assert_int_eq(cm_supply_least(&supply, &q, least, NULL), CRITMIN_OK);
  /* x = a + (1 - a) y, y = (1 - b) x with b as large as may be. */
  double a = 1e-6, b = 3e-6, x = a / (1 - (1 - a) * (1 - b));
  NEARER(least[0], x, 1e-9);
  NEARER(least[1], (1 - b) * x, 1e-9);
}
END_TEST

START_TEST(visits_give_the_shares_that_the_network_gives) {
  stream random = {99};
  drawn d;
  for (int drawing = 0; drawing < 40; drawing++) {
    draw(&d, &random);
    int32_t buyer = stream_below(&random, COUNTRIES);
    double visits[STAGES * COUNTRIES] = {0};
    visits[COUNTRIES + buyer] = 1;
    critmin_network *network;
    ck_assert_int_eq(cm_supply_network(&d.supply, &network, NULL), CRITMIN_OK);
    ck_assert_int_eq(cm_supply_visits(network, 1, 0, visits, NULL), CRITMIN_OK);
    critmin_network_free(network);
    for (int32_t origin = 0; origin < COUNTRIES; origin++) {
      const cm_supply_pool *pool = &d.pool[0][origin];
      double wanted = answer_of(&d, (asked){0, 0, 0}, buyer, origin).value;
      NEARER(visits[origin] * (1 - pool->gap) * pool->own, isnan(wanted) ? 0 : wanted, 1e-12); /* NaN: an empty pool */
    }
  }
}
END_TEST

Suite *suite_supply(void) {
  Suite *suite = suite_create("supply");
  TCase *tests = tcase_create("supply");
  tcase_add_test(tests, the_ends_are_those_of_the_corners);
  tcase_add_test(tests, what_is_inside_the_intervals_is_between_the_ends);
  tcase_add_test(tests, a_loop_that_loses_little_is_settled_exactly);
  tcase_add_test(tests, visits_give_the_shares_that_the_network_gives);
  suite_add_tcase(suite, tests);
  return suite;
}
