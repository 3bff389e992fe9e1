/* SPDX-License-Identifier: MIT */
/* Stocks in time. */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "critmin/drawdown.h"
#include "suites.h"

enum { USERS_MAX = 5, RESERVES_MAX = 3, POINTS_MAX = 40, PERIODS_MAX = 200 };

typedef struct scene {
  critmin_drawdown d;
  critmin_drawdown_result r;
  critmin_stock stock[RESERVES_MAX];
  const critmin_stock *reserve[RESERVES_MAX];
  double time[POINTS_MAX], gap[POINTS_MAX * USERS_MAX], inventory[USERS_MAX];
  int32_t serves[RESERVES_MAX][USERS_MAX];
  double shortage[USERS_MAX], needed[USERS_MAX], unmet[USERS_MAX], drawn[USERS_MAX], inventory_empty[USERS_MAX];
  double released[RESERVES_MAX * USERS_MAX], refilled[RESERVES_MAX], empty[RESERVES_MAX];
  double by_period[PERIODS_MAX * USERS_MAX];
} scene;

static scene *make(int32_t users, int32_t reserves) {
  static scene s;
  memset(&s, 0, sizeof s);
  critmin_drawdown_init(&s.d);
  critmin_drawdown_result_init(&s.r);
  s.d.users = users;
  s.d.reserves = reserves;
  s.d.time = s.time;
  s.d.gap = s.gap;
  s.d.inventory = s.inventory;
  s.d.reserve = s.reserve;
  s.d.horizon = INFINITY;
  for (int i = 0; i < RESERVES_MAX; i++) {
    critmin_stock_init(&s.stock[i]);
    s.reserve[i] = &s.stock[i];
  }
  s.r.shortage = s.shortage;
  s.r.needed = s.needed;
  s.r.unmet = s.unmet;
  s.r.drawn = s.drawn;
  s.r.released = s.released;
  s.r.refilled = s.refilled;
  s.r.empty = s.empty;
  s.r.inventory_empty = s.inventory_empty;
  s.r.unmet_by_period = s.by_period;
  return &s;
}

static void point(scene *s, double time, double gap) {
  s->time[s->d.points] = time;
  s->gap[s->d.points++] = gap;
}

static void run(scene *s) {
  critmin_error error;
  ck_assert_msg(critmin_drawdown_run(&s->d, &s->r, &error) == CRITMIN_OK, "%s", error.message);
}

START_TEST(days_of_cover_have_three_senses) {
  double gross, net, against;
  ck_assert_int_eq(critmin_days_of_cover(90, 1, .9, .5, &gross, &net, &against, NULL), CRITMIN_OK);
  NEAR(gross, 90);
  NEAR(net, 100);
  NEAR(against, 180);
  ck_assert_int_eq(critmin_days_of_cover(90, 1, -.1, 0, NULL, &net, &against, NULL), CRITMIN_OK);
  ck_assert(isinf(net) && isinf(against));
  ck_assert_int_eq(critmin_days_of_cover(90, 1, NAN, NAN, &gross, &net, &against, NULL), CRITMIN_OK);
  ck_assert(isnan(net) && isnan(against));
}
END_TEST

/* A ban that takes 95 per cent of a demand of 1 a day, 30 days of private stock. */
static double until_short(double reserve, double agreed, double ramp) {
  scene *s = make(1, 1);
  s->inventory[0] = 30;
  s->stock[0].tonnes = reserve;
  point(s, 0, 0);
  point(s, 0, .95 - (ramp > 0 ? 0 : agreed));
  if (ramp > 0) point(s, ramp, .95 - agreed);
  run(s);
  return s->shortage[0];
}

START_TEST(neither_reserve_agreement_or_both) {
  NEAR(until_short(0, 0, 0), 30 / .95);
  ck_assert_double_eq_tol(until_short(0, 0, 0), 31.6, .05);
  ck_assert_double_eq_tol(until_short(60, 0, 0), 94.7, .05);
  ck_assert_double_eq_tol(until_short(60, .3, 180), 104.3, .05);
  double a = .3 / 360;
  NEAR(until_short(60, .3, 180), (.95 - sqrt(.95 * .95 - 4 * a * 90)) / (2 * a));
  NEAR(until_short(60, .3, 0), 90 / .65);
}
END_TEST

static scene *limited(double reserve, int32_t order) {
  scene *s = make(1, 1);
  s->inventory[0] = 30;
  s->stock[0].tonnes = reserve;
  s->stock[0].rate = .4;
  s->d.order = order;
  point(s, 0, 0);
  point(s, 0, 1);
  run(s);
  return s;
}

START_TEST(a_limit_to_releases_makes_the_order_matter) {
  NEAR(limited(60, CRITMIN_DRAW_RESERVES_FIRST)->shortage[0], 50);
  NEAR(limited(60, CRITMIN_DRAW_INVENTORY_FIRST)->shortage[0], 30);
  scene *s = limited(10, CRITMIN_DRAW_RESERVES_FIRST);
  NEAR(s->shortage[0], 40);
  NEAR(s->empty[0], 25);
  NEAR(s->inventory_empty[0], 40);
  s = limited(60, CRITMIN_DRAW_INVENTORY_FIRST);
  NEAR(s->empty[0], 30 + 60 / .4);
  ck_assert(isinf(s->unmet[0]));
}
END_TEST

/* Whatever rounding leaves where a line crosses 0: without any stock it is what begins the shortage. */
START_TEST(nobody_is_short_before_a_gap_begins) {
  for (int i = 1; i < 4000; i++) {
    double from = -i / 7919., to = (4000 - i) / 104729., days = 1 + i / 13.;
    scene *s = make(1, 0);
    s->d.horizon = days;
    point(s, 0, from);
    point(s, days, to);
    run(s);
    ck_assert_double_eq_tol(s->shortage[0], days * from / (from - to), 1e-9 * days);
  }
}
END_TEST

START_TEST(a_stock_that_just_lasts_brings_no_shortage) {
  scene *s = make(1, 0);
  s->inventory[0] = 30;
  point(s, 10, 0);
  point(s, 10, 1);
  point(s, 40, 1);
  point(s, 40, 0);
  run(s);
  ck_assert(isinf(s->shortage[0]));
  NEAR(s->unmet[0], 0);
  NEAR(s->inventory_empty[0], 40);
  s->inventory[0] = 29.99;
  run(s);
  NEAR(s->shortage[0], 39.99);
  NEAR(s->unmet[0], .01);
  /* Thirds and tenths, which no double holds. */
  s->inventory[0] = .1 + .2;
  s->d.points = 0;
  point(s, 0, .1);
  point(s, 3, .1);
  point(s, 3, 0);
  run(s);
  ck_assert(isinf(s->shortage[0]));
}
END_TEST

START_TEST(releases_wait_for_their_delay) {
  scene *s = make(1, 1);
  s->inventory[0] = 5;
  s->stock[0].tonnes = 20;
  s->stock[0].delay = 8;
  s->d.horizon = 50;
  s->d.periods = 8;
  point(s, 0, 1);
  run(s);
  NEAR(s->shortage[0], 5);
  NEAR(s->released[0], 20);
  NEAR(s->empty[0], 28);
  NEAR(s->unmet[0], 25);
  NEAR(s->by_period[0], 2);
  NEAR(s->by_period[1], 1);
  NEAR(s->by_period[2], 0);
  NEAR(s->by_period[4], 7);
  NEAR(s->by_period[7], 1);
}
END_TEST

START_TEST(a_reserve_fills_up_from_surpluses_and_no_further) {
  scene *s = make(1, 1);
  s->stock[0].tonnes = 10;
  s->stock[0].refill = .5;
  s->d.horizon = 100;
  const double points[][2] = {{0, 1}, {8, 1}, {8, -2}, {20, -2}, {20, 0}, {30, 0}, {30, -2}, {50, -2}, {50, 1}};
  for (size_t i = 0; i < COUNT(points); i++) point(s, points[i][0], points[i][1]);
  run(s);
  /* 8 out, 6 in, then 2 until it is full, then 10 out. */
  NEAR(s->refilled[0], 8);
  NEAR(s->released[0], 18);
  NEAR(s->empty[0], 60);
  NEAR(s->shortage[0], 60);
  NEAR(s->unmet[0], 40);
  s->stock[0].refill = INFINITY;
  run(s);
  NEAR(s->refilled[0], 8);
}
END_TEST

START_TEST(an_empty_reserve_passes_on_what_comes_in) {
  scene *s = make(2, 1);
  s->stock[0].refill = 1;
  s->d.horizon = 10;
  s->time[0] = 0;
  s->gap[0] = 3;
  s->gap[1] = -2;
  s->d.points = 1;
  run(s);
  NEAR(s->released[0], 10);
  NEAR(s->refilled[0], 10);
  NEAR(s->unmet[0], 20);
}
END_TEST

START_TEST(only_those_it_serves_draw_on_a_reserve) {
  scene *s = make(3, 2);
  s->stock[0].tonnes = 30;
  s->stock[0].serves = s->serves[0];
  s->serves[0][0] = s->serves[0][1] = 1;
  s->stock[1].tonnes = 1000;
  s->stock[1].rate = 1;
  s->d.horizon = 20;
  s->d.points = 1;
  s->gap[0] = 1, s->gap[1] = 2, s->gap[2] = 3;
  run(s);
  /* Ten days of the first reserve for two of the three; the second has one a day for whom that leaves short. */
  NEAR(s->released[0], 10);
  NEAR(s->released[1], 20);
  NEAR(s->released[2], 0);
  NEAR(s->released[3], 10 / 6.);
  NEAR(s->released[4], 20 / 6.);
  NEAR(s->released[5], 10 + 5);
  NEAR(s->unmet[2], 45);
  NEAR(s->empty[0], 10);
}
END_TEST

static scene *drawn(uint64_t draw, int steps) {
  cm_random random;
  cm_random_start(&random, 21, draw, 0);
  int32_t users = 1 + (int32_t)(USERS_MAX * cm_random_uniform(&random));
  int32_t reserves = (int32_t)((RESERVES_MAX + 1) * cm_random_uniform(&random));
  scene *s = make(users, reserves);
  double time = 0;
  for (int i = 0; i < 12; i++) {
    s->time[s->d.points] = time;
    for (int32_t u = 0; u < users; u++) {
      double gap = 3 * cm_random_uniform(&random) - 1;
      double *row = s->gap + s->d.points * users;
      row[u] = steps && i % 2 && i > 0 ? row[u - users] : gap;
    }
    s->d.points++;
    if (i % 2 == 0 || !steps) time += 20 * cm_random_uniform(&random);
  }
  for (int32_t u = 0; u < users; u++)
    s->inventory[u] = cm_random_uniform(&random) < .3 ? 0 : 30 * cm_random_uniform(&random);
  for (int32_t k = 0; k < reserves; k++) {
    s->stock[k].tonnes = 60 * cm_random_uniform(&random);
    if (cm_random_uniform(&random) < .6) s->stock[k].rate = 2 * cm_random_uniform(&random);
    if (cm_random_uniform(&random) < .3) s->stock[k].delay = 20 * cm_random_uniform(&random);
    if (cm_random_uniform(&random) < .5) s->stock[k].refill = cm_random_uniform(&random);
    for (int32_t u = 0; u < users; u++) s->serves[k][u] = cm_random_uniform(&random) < .7;
    if (cm_random_uniform(&random) < .6) s->stock[k].serves = s->serves[k];
  }
  s->d.order = draw % 2 ? CRITMIN_DRAW_INVENTORY_FIRST : CRITMIN_DRAW_RESERVES_FIRST;
  s->d.horizon = time + 20;
  s->d.periods = 60;
  return s;
}

/* At every moment, and so in sum: gap = unmet + drawn + released; nothing comes out of a stock that did not go in. */
START_TEST(tonnes_are_conserved) {
  scene *s = drawn((uint64_t)_i, _i % 3 == 0);
  run(s);
  for (int32_t u = 0; u < s->d.users; u++) {
    double sum = s->unmet[u] + s->drawn[u], by_period = 0;
    for (int32_t k = 0; k < s->d.reserves; k++) sum += s->released[k * s->d.users + u];
    for (int64_t p = 0; p < s->d.periods; p++) by_period += s->by_period[p * s->d.users + u];
    ck_assert_double_eq_tol(sum, s->needed[u], 1e-9 * (1 + s->needed[u]));
    ck_assert_double_eq_tol(by_period, s->unmet[u], 1e-9 * (1 + s->needed[u]));
    ck_assert_double_le(s->drawn[u], s->inventory[u] * (1 + 1e-9));
    ck_assert(isinf(s->shortage[u]) ? s->unmet[u] <= 1e-9 * s->needed[u] : s->unmet[u] > 0);
  }
  for (int32_t k = 0; k < s->d.reserves; k++) {
    double out = 0;
    for (int32_t u = 0; u < s->d.users; u++) out += s->released[k * s->d.users + u];
    ck_assert_double_le(out, s->stock[k].tonnes + s->refilled[k] + 1e-9);
    ck_assert_double_ge(out, s->refilled[k] - 1e-9);
  }
}
END_TEST

/* The same, hour by hour with rates that stay for the hour. */
static void simulate(const scene *s, double *unmet) {
  const double hour = 1. / 256;
  double inventory[USERS_MAX], reserve[RESERVES_MAX];
  memcpy(inventory, s->inventory, sizeof inventory);
  for (int32_t k = 0; k < s->d.reserves; k++) reserve[k] = s->stock[k].tonnes;
  memset(unmet, 0, USERS_MAX * sizeof *unmet);
  int64_t at = 0;
  for (double t = hour / 2; t < s->d.horizon; t += hour) {
    double lack[USERS_MAX], surplus[USERS_MAX];
    while (at < s->d.points && s->time[at] <= t) at++;
    for (int32_t u = 0; u < s->d.users; u++) {
      double gap = at == 0 ? 0 : s->gap[(at - 1) * s->d.users + u];
      if (at > 0 && at < s->d.points)
        gap += (s->gap[at * s->d.users + u] - gap) * (t - s->time[at - 1]) / (s->time[at] - s->time[at - 1]);
      lack[u] = fmax(0, gap) * hour;
      surplus[u] = fmax(0, -gap) * hour;
    }
    for (int pass = 0; pass < 2; pass++) {
      if ((s->d.order == CRITMIN_DRAW_INVENTORY_FIRST) == (pass == 0)) {
        for (int32_t u = 0; u < s->d.users; u++) {
          double taken = fmin(lack[u], inventory[u]);
          inventory[u] -= taken;
          lack[u] -= taken;
        }
        continue;
      }
      double in[RESERVES_MAX] = {0};
      for (int32_t k = 0; k < s->d.reserves; k++) {
        double offered = 0;
        for (int32_t u = 0; u < s->d.users; u++) offered += !s->stock[k].serves || s->serves[k][u] ? surplus[u] : 0;
        in[k] = fmin(offered, s->stock[k].refill * hour);
        for (int32_t u = 0; u < s->d.users; u++)
          if (offered > 0 && (!s->stock[k].serves || s->serves[k][u])) surplus[u] *= 1 - in[k] / offered;
      }
      for (int32_t k = 0; k < s->d.reserves; k++) {
        double asked = 0;
        for (int32_t u = 0; u < s->d.users; u++) asked += !s->stock[k].serves || s->serves[k][u] ? lack[u] : 0;
        double most = t < s->stock[k].delay ? 0 : fmin(s->stock[k].rate * hour, reserve[k] + in[k]);
        double part = asked > most ? most / asked : 1;
        for (int32_t u = 0; u < s->d.users; u++) {
          if (s->stock[k].serves && !s->serves[k][u]) continue;
          reserve[k] -= part * lack[u];
          lack[u] -= part * lack[u];
        }
        reserve[k] = fmin(reserve[k] + in[k], s->stock[k].tonnes);
      }
    }
    for (int32_t u = 0; u < s->d.users; u++) unmet[u] += lack[u];
  }
}

START_TEST(events_give_what_small_steps_give) {
  scene *s = drawn((uint64_t)_i, _i % 3 == 0);
  double unmet[USERS_MAX];
  s->d.step = .1;
  run(s);
  simulate(s, unmet);
  for (int32_t u = 0; u < s->d.users; u++) ck_assert_double_eq_tol(s->unmet[u], unmet[u], .02 + .001 * s->needed[u]);
}
END_TEST

START_TEST(a_larger_reserve_never_shortens_the_time_to_shortage) {
  scene *s = drawn((uint64_t)_i, 0);
  if (s->d.reserves == 0) return;
  run(s);
  double before[USERS_MAX], unmet = 0, less = 0;
  memcpy(before, s->shortage, sizeof before);
  for (int32_t u = 0; u < s->d.users; u++) unmet += s->unmet[u];
  s->stock[0].tonnes += 5;
  run(s);
  for (int32_t u = 0; u < s->d.users; u++) {
    ck_assert_double_ge(s->shortage[u], before[u] * (1 - 1e-9));
    less += s->unmet[u];
  }
  ck_assert_double_le(less, unmet + 1e-9);
}
END_TEST

START_TEST(a_longer_shock_never_means_less_unmet) {
  double before = 0;
  for (int days = 0; days <= 200; days += 10) {
    scene *s = make(1, 1);
    s->inventory[0] = 20;
    s->stock[0].tonnes = 30;
    s->stock[0].rate = .3;
    s->d.horizon = 300;
    point(s, 5, 0);
    point(s, 25, 1);
    point(s, 25 + days, 1);
    point(s, 25 + days, -.2);
    run(s);
    ck_assert_double_ge(s->unmet[0], before - 1e-9);
    before = s->unmet[0];
  }
  ck_assert_double_gt(before, 0);
}
END_TEST

START_TEST(a_tonne_in_the_reserve_is_a_tonne_unmet_less_while_it_is_short) {
  scene *s = make(1, 1);
  s->inventory[0] = 20;
  s->stock[0].tonnes = 30;
  s->d.horizon = 100;
  point(s, 0, 1);
  run(s);
  double unmet = s->unmet[0];
  s->stock[0].tonnes += .5;
  run(s);
  NEAR((unmet - s->unmet[0]) / .5, 1);
}
END_TEST

START_TEST(rationing_stretches_the_time) {
  /* x = .2 of demand saved: T / (1 - x D / G). */
  scene *s = make(1, 0);
  s->inventory[0] = 30;
  point(s, 0, .95);
  run(s);
  double without = s->shortage[0];
  s->gap[0] = .75;
  run(s);
  NEAR(s->shortage[0], without / (1 - .2 / .95));
}
END_TEST

START_TEST(the_news_vendors_reserve) {
  double tonnes;
  ck_assert_int_eq(critmin_reserve_size_exponential(200, .1, 50000, 500, &tonnes, NULL), CRITMIN_OK);
  NEAR(tonnes, 200 * log(10));
  ck_assert_double_eq_tol(tonnes, 460.5, .05);
  ck_assert_int_eq(critmin_reserve_size_exponential(200, .01, 50000, 500, &tonnes, NULL), CRITMIN_OK);
  NEAR(tonnes, 0);
  const double gap[] = {300, 0, 100, 200}, p[] = {.1, .5, .25, .15};
  /* F: 0 .5, 100 .75, 200 .9, 300 1. */
  const struct {
    double holding, tonnes;
  } cases[] = {{0, 300}, {50, 300}, {100, 200}, {150, 200}, {250, 100}, {499, 100}, {500, 0}, {999, 0}, {2000, 0}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    ck_assert_int_eq(critmin_reserve_size(gap, p, 4, .1, 10000, cases[i].holding, &tonnes, NULL), CRITMIN_OK);
    NEAR(tonnes, cases[i].tonnes);
    double more, less;
    ck_assert_int_eq(critmin_reserve_value(gap, p, 4, .1, 10000, cases[i].holding, tonnes, &more, &less, NULL),
                     CRITMIN_OK);
    ck_assert_double_le(more, 1e-9);
    if (tonnes > 0) ck_assert_double_ge(less, -1e-9);
  }
}
END_TEST

static double yearly_cost(const double *gap, int64_t n, double reserve) {
  double cost = 500 * reserve;
  for (int64_t i = 0; i < n; i++) cost += .1 * 50000 * fmax(0, gap[i] - reserve) / (double)n;
  return cost;
}

START_TEST(the_value_of_a_tonne_is_a_finite_difference) {
  cm_random random;
  cm_random_start(&random, 3, 0, 0);
  enum { N = 500 };
  double gap[N], more, less, best;
  for (int i = 0; i < N; i++) gap[i] = floor(-200 * log(cm_random_uniform(&random)));
  for (int at = 0; at < 900; at += 50) {
    ck_assert_int_eq(critmin_reserve_value(gap, NULL, N, .1, 50000, 500, at, &more, &less, NULL), CRITMIN_OK);
    ck_assert_double_eq_tol(more, yearly_cost(gap, N, at) - yearly_cost(gap, N, at + 1), 1e-6);
    if (at > 0) ck_assert_double_eq_tol(less, yearly_cost(gap, N, at - 1) - yearly_cost(gap, N, at), 1e-6);
  }
  ck_assert_int_eq(critmin_reserve_size(gap, NULL, N, .1, 50000, 500, &best, NULL), CRITMIN_OK);
  for (int at = 0; at < 1500; at++) ck_assert_double_ge(yearly_cost(gap, N, at), yearly_cost(gap, N, best) - 1e-6);
}
END_TEST

START_TEST(an_agreement_is_worth_what_it_delivers_when_it_is_missed) {
  const double time[] = {0, 365}, worth[] = {100, 100}, peak_time[] = {0, 100, 200}, peak[] = {0, 50, 0};
  double value;
  ck_assert_int_eq(critmin_agreement_value(time, worth, 2, 0, 0, .8, .5, &value, NULL), CRITMIN_OK);
  NEAR(value, 40);
  ck_assert_int_eq(critmin_agreement_value(time, worth, 2, 0, 365, 1, 1, &value, NULL), CRITMIN_OK);
  NEAR(value, 50);
  ck_assert_int_eq(critmin_agreement_value(time, worth, 2, 400, 30, 1, 1, &value, NULL), CRITMIN_OK);
  NEAR(value, 0);
  ck_assert_int_eq(critmin_agreement_value(peak_time, peak, 3, 50, 100, 1, 1, &value, NULL), CRITMIN_OK);
  double sum = 0;
  for (int i = 0; i < 20000; i++) {
    double t = (i + .5) / 100, w = t < 100 ? t / 2 : 100 - t / 2, d = fmin(1, fmax(0, (t - 50) / 100));
    sum += w * d / 100 / 365;
  }
  ck_assert_double_eq_tol(value, sum, 1e-6);
}
END_TEST

static critmin_interruption two_suppliers(const double *flow) {
  critmin_interruption i;
  critmin_interruption_init(&i);
  i.suppliers = i.users = 2;
  i.flow = flow;
  return i;
}

static void lines(const critmin_interruption *i, double horizon, scene *s) {
  critmin_error error;
  int64_t points;
  ck_assert_msg(critmin_interruption_gaps(i, horizon, 1, POINTS_MAX, s->time, s->gap, &points, &error) == CRITMIN_OK,
                "%s", error.message);
  ck_assert_int_le(points, POINTS_MAX);
  s->d.points = points;
  s->d.horizon = horizon;
}

START_TEST(an_interruption_is_what_shocks_withhold_and_agreements_bring) {
  const double flow[] = {3, 1, 2, 5}, withheld[] = {.5, .8}, leak[] = {0, .25}, start[] = {10, 20},
               duration[] = {40, 10};
  const double ramp[] = {20, 0}, tonnes[] = {.4}, begins[] = {15}, agreement_ramp[] = {10};
  const int32_t supplier[] = {0, 0}, user[] = {1};
  critmin_interruption i = two_suppliers(flow);
  i.shocks = 2;
  i.supplier = supplier;
  i.withheld = withheld;
  i.leak = leak;
  i.start = start;
  i.duration = duration;
  i.ramp = ramp;
  i.agreements = 1;
  i.user = user;
  i.tonnes = tonnes;
  i.begins = begins;
  i.agreement_ramp = agreement_ramp;
  scene *s = make(2, 0);
  lines(&i, 60, s);
  run(s);
  /* Of user 0: a ramp to .5 over 10 to 30, cut by .6 from 20 to 30, then .5 to 50. */
  NEAR(s->needed[0], 3 * (.25 * 10 / 2 + .6 * 10 + .5 * 20));
  int64_t room;
  ck_assert_int_eq(critmin_interruption_gaps(&i, 60, 1, 0, NULL, NULL, &room, NULL), CRITMIN_OK);
  ck_assert_int_eq(room, s->d.points);
  /* Of user 1, after the shocks: a surplus. */
  NEAR(s->gap[(s->d.points - 1) * 2 + 1], -.4);
  NEAR(s->gap[(s->d.points - 1) * 2], 0);
}
END_TEST

START_TEST(lines_that_cross_bend_where_they_cross) {
  const double flow[] = {1, 0, 0, 0}, withheld[] = {1, .5}, start[] = {0, 0}, duration[] = {100, 100},
               ramp[] = {100, 20};
  const int32_t supplier[] = {0, 0};
  critmin_interruption i = two_suppliers(flow);
  i.shocks = 2;
  i.supplier = supplier;
  i.withheld = withheld;
  i.start = start;
  i.duration = duration;
  i.ramp = ramp;
  scene *s = make(2, 0);
  lines(&i, 100, s);
  run(s);
  NEAR(s->needed[0], .5 * 20 / 2 + .5 * 30 + (.5 + 1) / 2 * 50);
}
END_TEST

START_TEST(spare_capacity_is_shared_by_what_is_lacking) {
  const double flow[] = {3, 1, 2, 5}, spare[] = {2, .5}, withheld[] = {1}, start[] = {0}, duration[] = {10};
  const int32_t supplier[] = {0};
  critmin_interruption i = two_suppliers(flow);
  i.spare = spare;
  i.shocks = 1;
  i.supplier = supplier;
  i.withheld = withheld;
  i.start = start;
  i.duration = duration;
  scene *s = make(2, 0);
  lines(&i, 10, s);
  run(s);
  /* 4 a day missing, .5 of it to be had: the spare of the one that withholds is withheld, too. */
  NEAR(s->needed[0], 10 * 3 * 3.5 / 4);
  NEAR(s->needed[1], 10 * 1 * 3.5 / 4);
}
END_TEST

START_TEST(what_cannot_be_is_refused) {
  scene *s = make(1, 1);
  critmin_error error;
  s->shortage[0] = -7;
  point(s, 0, 1);
  point(s, 5, 1);
#define REFUSED(status) ck_assert_int_eq(critmin_drawdown_run(&s->d, &s->r, &error), CRITMIN_ERROR_##status)
  s->time[1] = -1;
  REFUSED(NEGATIVE);
  ck_assert_int_eq(error.row, 2);
  s->time[0] = 6, s->time[1] = 5;
  REFUSED(INVALID_VALUE);
  s->time[0] = 0;
  s->gap[1] = NAN;
  REFUSED(MISSING_VALUE);
  s->gap[1] = INFINITY;
  REFUSED(INVALID_VALUE);
  s->gap[1] = 1;
  s->stock[0].tonnes = -1;
  REFUSED(NEGATIVE);
  s->stock[0].tonnes = 1;
  s->stock[0].rate = NAN;
  REFUSED(MISSING_VALUE);
  s->stock[0].rate = 1;
  s->stock[0].struct_size = 1;
  REFUSED(ARGUMENT);
  critmin_stock_init(&s->stock[0]);
  s->reserve[0] = NULL;
  REFUSED(ARGUMENT);
  s->d.reserves = 0;
  s->inventory[0] = -1;
  REFUSED(NEGATIVE);
  s->inventory[0] = 0;
  s->d.step = 0;
  REFUSED(INVALID_VALUE);
  s->d.step = 1;
  s->d.order = 2;
  REFUSED(ARGUMENT);
  s->d.order = 0;
  s->d.points = -1;
  REFUSED(ARGUMENT);
  NEAR(s->shortage[0], -7);
  double x = -7;
  const double p[] = {.5, .6}, gap[] = {1, 2};
  ck_assert_int_eq(critmin_days_of_cover(-1, 1, 1, 1, &x, NULL, NULL, &error), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(critmin_days_of_cover(1, 0, 1, 1, &x, NULL, NULL, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(critmin_reserve_size(gap, p, 2, 1, 1, 1, &x, &error), CRITMIN_ERROR_SHARE_RANGE);
  ck_assert_int_eq(critmin_reserve_size(gap, NULL, 0, 1, 1, 1, &x, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_reserve_size(gap, NULL, 2, 1, 1, -1, &x, &error), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(critmin_reserve_size_exponential(-1, 1, 1, 1, &x, &error), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(critmin_agreement_value(gap, p, 2, 0, 0, 1.1, 1, &x, &error), CRITMIN_ERROR_SHARE_RANGE);
  NEAR(x, -7);
  const double flow[] = {1, 1, 1, 1}, much[] = {1.5}, day[] = {0};
  const int32_t nobody[] = {2};
  critmin_interruption i = two_suppliers(flow);
  int64_t points = -7;
  i.shocks = 1;
  i.supplier = nobody;
  i.withheld = much;
  i.start = i.duration = day;
  ck_assert_int_eq(critmin_interruption_gaps(&i, 10, 1, 0, NULL, NULL, &points, &error), CRITMIN_ERROR_SHARE_RANGE);
  i.withheld = day;
  ck_assert_int_eq(critmin_interruption_gaps(&i, 10, 1, 0, NULL, NULL, &points, &error), CRITMIN_ERROR_ARGUMENT);
  i.shocks = 0;
  ck_assert_int_eq(critmin_interruption_gaps(&i, -1, 1, 0, NULL, NULL, &points, &error), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(points, -7);
}
END_TEST

static int32_t attempt(void *user) {
  (void)user;
  const double flow[] = {1, 0, 0, 0}, withheld[] = {1, .5}, start[] = {0, 3}, duration[] = {10, 10};
  const int32_t supplier[] = {0, 1};
  critmin_interruption i = two_suppliers(flow);
  i.shocks = 2;
  i.supplier = supplier;
  i.withheld = withheld;
  i.start = start;
  i.duration = duration;
  int64_t points = -7;
  scene *s = make(2, 1);
  double tonnes = -7;
  int32_t status = critmin_interruption_gaps(&i, 20, 1, POINTS_MAX, s->time, s->gap, &points, NULL);
  ck_assert(status == CRITMIN_OK || points == -7);
  s->d.points = points;
  s->d.horizon = 20;
  s->unmet[0] = -7;
  if (status == CRITMIN_OK) status = critmin_drawdown_run(&s->d, &s->r, NULL);
  ck_assert(status == CRITMIN_OK || s->unmet[0] == -7);
  if (status == CRITMIN_OK) status = critmin_reserve_size(duration, NULL, 2, 1, 2, 1, &tonnes, NULL);
  ck_assert(status == CRITMIN_OK || tonnes == -7);
  return status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  fail_each_allocation(attempt, NULL);
}
END_TEST

Suite *suite_drawdown(void) {
  Suite *suite = suite_create("drawdown");
  TCase *cases = tcase_create("drawdown");
  tcase_add_test(cases, days_of_cover_have_three_senses);
  tcase_add_test(cases, neither_reserve_agreement_or_both);
  tcase_add_test(cases, a_limit_to_releases_makes_the_order_matter);
  tcase_add_test(cases, nobody_is_short_before_a_gap_begins);
  tcase_add_test(cases, a_stock_that_just_lasts_brings_no_shortage);
  tcase_add_test(cases, releases_wait_for_their_delay);
  tcase_add_test(cases, a_reserve_fills_up_from_surpluses_and_no_further);
  tcase_add_test(cases, an_empty_reserve_passes_on_what_comes_in);
  tcase_add_test(cases, only_those_it_serves_draw_on_a_reserve);
  tcase_add_loop_test(cases, tonnes_are_conserved, 0, 120);
  tcase_add_loop_test(cases, events_give_what_small_steps_give, 0, 40);
  tcase_add_loop_test(cases, a_larger_reserve_never_shortens_the_time_to_shortage, 0, 60);
  tcase_add_test(cases, a_longer_shock_never_means_less_unmet);
  tcase_add_test(cases, a_tonne_in_the_reserve_is_a_tonne_unmet_less_while_it_is_short);
  tcase_add_test(cases, rationing_stretches_the_time);
  tcase_add_test(cases, the_news_vendors_reserve);
  tcase_add_test(cases, the_value_of_a_tonne_is_a_finite_difference);
  tcase_add_test(cases, an_agreement_is_worth_what_it_delivers_when_it_is_missed);
  tcase_add_test(cases, an_interruption_is_what_shocks_withhold_and_agreements_bring);
  tcase_add_test(cases, lines_that_cross_bend_where_they_cross);
  tcase_add_test(cases, spare_capacity_is_shared_by_what_is_lacking);
  tcase_add_test(cases, what_cannot_be_is_refused);
  tcase_add_test(cases, any_allocation_of_memory_may_fail);
  suite_add_tcase(suite, cases);
  return suite;
}
