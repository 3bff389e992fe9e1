/* SPDX-License-Identifier: MIT */
/* What must hold of any scenario: tried on documents that are drawn. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "exposure/scenario_outcome.h"
#include "scenario_rig.h"

enum { DRAWN = 60, USERS = 3, SHOCKS = 3, RESERVES = 2, AGREEMENTS = 2, ROOM = 8192 };

/* Numbers of a document. */
typedef struct drawn {
  int users, shocks, reserves, agreements, allocation, order, kind[SHOCKS], supplier[SHOCKS], holder[RESERVES],
      buyer[AGREEMENTS];
  double demand[USERS], inventory[USERS], substitution[USERS];
  double share[SHOCKS], later[SHOCKS], start[SHOCKS], duration[SHOCKS], ramp[SHOCKS], leak[SHOCKS], dependence[SHOCKS],
      delay[SHOCKS];
  double days[RESERVES], release[RESERVES], wait[RESERVES];
  double agreed[AGREEMENTS], begins[AGREEMENTS], rise[AGREEMENTS];
} drawn;

static const char *const countries[USERS] = {"JPN", "KOR", "DEU"}, *const suppliers[] = {"CHN", "MMR", "AUS"};
static const char *const kinds[] = {"ban", "quota", "licence", "sanction", "disruption", "outage"};

static drawn draw(uint64_t number) {
  cm_random random;
  drawn d = {0};
  cm_random_start(&random, 5, number, 0);
#define U cm_random_uniform(&random)
  d.users = 1 + (int)(USERS * U);
  d.shocks = 1 + (int)(SHOCKS * U);
  d.reserves = 1 + (int)(RESERVES * U);
  d.agreements = (int)((AGREEMENTS + 1) * U);
  d.allocation = (int)(3 * U);
  d.order = (int)(3 * U);
  for (int i = 0; i < USERS; i++) {
    d.demand[i] = 365 * (1 + 9 * U);
    d.inventory[i] = U < .3 ? 0 : 50 * U;
    d.substitution[i] = U < .6 ? 0 : .3 * U;
  }
  for (int i = 0; i < SHOCKS; i++) {
    d.kind[i] = (int)(6 * U);
    d.supplier[i] = (int)(3 * U);
    d.share[i] = .9 * U;
    d.later[i] = U < .5 ? NAN : .9 * U;
    d.start[i] = U < .5 ? 0 : 200 * U;
    d.duration[i] = U < .4 ? NAN : 20 + 200 * U;
    d.ramp[i] = U < .5 ? 0 : 60 * U;
    d.leak[i] = .3 * U;
    d.dependence[i] = U;
    d.delay[i] = U < .5 ? 0 : 40 * U;
  }
  for (int i = 0; i < RESERVES; i++) {
    d.holder[i] = (int)(2 * U);
    d.days[i] = 90 * U;
    d.release[i] = U < .4 ? 1000 : .8 * U;
    d.wait[i] = U < .5 ? 0 : 40 * U;
  }
  for (int i = 0; i < AGREEMENTS; i++) {
    d.buyer[i] = (int)(d.users * U);
    d.agreed[i] = .4 * U;
    d.begins[i] = 150 * U;
    d.rise[i] = U < .4 ? 0 : 120 * U;
  }
#undef U
  return d;
}

static size_t at;

static void add(char *text, const char *format, ...) CM_PRINTF(2, 3);
static void add(char *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  at += (size_t)vsnprintf(text + at, ROOM - at, format, arguments);
  va_end(arguments);
  ck_assert_uint_lt(at, ROOM);
}

static void write_shock(const drawn *d, int i, char *text) {
  const char *kind = kinds[d->kind[i]];
  add(text, "%s{'kind':'%s','countries':'%s','minerals':'dysprosium','start':%.17g,'ramp':%.17g,'leak':%.17g,"
            "'dependence':%.17g",
      i ? "," : "", kind, suppliers[d->supplier[i]], d->start[i], d->ramp[i], d->leak[i], d->dependence[i]);
  if (!isnan(d->duration[i])) add(text, ",'duration':%.17g", d->duration[i]);
  if (strcmp(kind, "licence") == 0)
    add(text, ",'approval':%.17g,'delay':%.17g", 1 - d->share[i], d->delay[i]);
  else if (!isnan(d->later[i]))
    add(text, ",'steps':[[0,%.17g],[30,%.17g]]", d->share[i], d->later[i]);
  else
    add(text, ",'share':%.17g", d->share[i]);
  add(text, "}");
}

static char *write(const drawn *d) {
  static const char *const orders[] = {"either", "reserves_first", "inventory_first"};
  static const char *const allocations[] = {"own", "proportional", "equal"};
  char *text = malloc(ROOM);
  ck_assert_ptr_nonnull(text);
  at = 0;
  add(text, "{'start':'2026-01-06','horizon':300,'order':'%s','allocation':'%s','users':[", orders[d->order],
      allocations[d->allocation]);
  for (int i = 0; i < d->users; i++)
    add(text, "%s{'country':'%s','mineral':'dysprosium','stage':'separated','demand':%.17g,'inventory':%.17g,"
              "'substitution':%.17g}",
        i ? "," : "", countries[i], d->demand[i], d->inventory[i], d->substitution[i]);
  add(text, "],'shocks':[");
  for (int i = 0; i < d->shocks; i++) write_shock(d, i, text);
  add(text, "],'reserves':[");
  for (int i = 0; i < d->reserves; i++)
    add(text, "%s{'holder':'%s','days':%.17g,'held':1,'release':%.17g,'delay':%.17g}", i ? "," : "",
        d->holder[i] ? "G7" : "JPN", d->days[i], d->release[i], d->wait[i]);
  add(text, "],'agreements':[");
  for (int i = 0; i < d->agreements; i++)
    add(text, "%s{'buyer':'%s','share':%.17g,'begins':%.17g,'ramp':%.17g,'additional':1,'performs':1}", i ? "," : "",
        countries[d->buyer[i]], d->agreed[i], d->begins[i], d->rise[i]);
  add(text, "]}");
  return text;
}

static critmin_outcome *outcome_of(const drawn *d) {
  char *text = write(d);
  critmin_outcome *o = rig_outcome(text);
  free(text);
  return o;
}

/* No user fares worse in one outcome than in the other, in any case that both have, nor at any end. A reserve at its
 * limit that several share is taken for straight over a day, which leaves a few seconds. */
static void no_worse(const critmin_outcome *better, const critmin_outcome *worse, const char *why, int number) {
  for (int c = 0; c < CM_CASES; c++) {
    for (int p = 0; p < CM_POINTS && better->scene.cases[c] && worse->scene.cases[c]; p++) {
      const cm_course *left = &better->course[c][p], *right = &worse->course[c][p];
      for (size_t u = 0; u < left->users; u++) {
        ck_assert_msg(left->shortage[u] >= right->shortage[u] - 1e-5, "%s, scenario %d, %s: short on day %g, not %g", why,
                      number, cm_case_names[c], left->shortage[u], right->shortage[u]);
        ck_assert_msg(left->unmet[u] <= right->unmet[u] + 1e-5, "%s, scenario %d, %s: lacks %g days, not %g", why, number,
                      cm_case_names[c], left->unmet[u], right->unmet[u]);
      }
    }
  }
}

START_TEST(a_larger_reserve_never_shortens_the_time_to_shortage) {
  drawn d = draw((uint64_t)_i), more = d;
  more.days[_i % d.reserves] *= 1.7;
  critmin_outcome *less = outcome_of(&d), *larger = outcome_of(&more);
  no_worse(larger, less, "a larger reserve", _i);
  critmin_outcome_free(less);
  critmin_outcome_free(larger);
}
END_TEST

START_TEST(a_longer_shock_never_shortens_the_shortage) {
  drawn d = draw((uint64_t)_i), more = d;
  int shock = _i % d.shocks;
  d.duration[shock] = 80;
  more.duration[shock] = 80 + 10 * (1 + _i % 9);
  critmin_outcome *shorter = outcome_of(&d), *longer = outcome_of(&more);
  no_worse(shorter, longer, "a shorter shock", _i);
  critmin_outcome_free(shorter);
  critmin_outcome_free(longer);
}
END_TEST

START_TEST(a_larger_share_withheld_never_lowers_the_loss) {
  drawn d = draw((uint64_t)_i), more = d;
  int shock = _i % d.shocks;
  more.share[shock] = fmin(1, d.share[shock] + .1);
  critmin_outcome *less = outcome_of(&d), *larger = outcome_of(&more);
  no_worse(less, larger, "a smaller share", _i);
  critmin_outcome_free(less);
  critmin_outcome_free(larger);
}
END_TEST

START_TEST(more_agreed_or_in_store_or_let_through_never_harms) {
  drawn d = draw((uint64_t)_i), more = d;
  if (_i % 3 == 0) more.inventory[_i % d.users] += 15;
  if (_i % 3 == 1) more.leak[_i % d.shocks] += .2;
  if (_i % 3 == 2) more.agreed[0] += .1;
  critmin_outcome *less = outcome_of(&d), *better = outcome_of(&more);
  no_worse(better, less, "what helps", _i);
  critmin_outcome_free(less);
  critmin_outcome_free(better);
}
END_TEST

START_TEST(nobody_is_worse_off_with_what_answers) {
  drawn d = draw((uint64_t)_i);
  d.agreements = AGREEMENTS;
  critmin_outcome *o = outcome_of(&d);
  for (int p = 0; p < CM_POINTS; p++) {
    for (size_t u = 0; u < o->scene.n_users; u++) {
      static const int pairs[][2] = {{CM_NEITHER, CM_WITH_RESERVE}, {CM_NEITHER, CM_WITH_AGREEMENT},
                                     {CM_WITH_RESERVE, CM_WITH_BOTH}, {CM_WITH_AGREEMENT, CM_WITH_BOTH}};
      for (size_t k = 0; k < COUNT(pairs); k++) {
        const cm_course *less = &o->course[pairs[k][0]][p], *more = &o->course[pairs[k][1]][p];
        ck_assert_double_ge(more->shortage[u], less->shortage[u] - 1e-5);
        ck_assert_double_le(more->unmet[u], less->unmet[u] + 1e-5);
      }
    }
  }
  critmin_outcome_free(o);
}
END_TEST

/* What is missing before any stock is drawn, from one day to another. */
static double missing(const double *time, const double *gap, int64_t points, double from, double to) {
  double sum = 0;
  for (int64_t p = 0; p < points; p++) {
    double begin = fmax(from, time[p]), end = fmin(to, p + 1 < points ? time[p + 1] : to);
    if (!(begin < end)) continue;
    double width = p + 1 < points ? time[p + 1] - time[p] : 1, slope = p + 1 < points ? (gap[p + 1] - gap[p]) / width : 0;
    double a = gap[p] + slope * (begin - time[p]), b = gap[p] + slope * (end - time[p]);
    if (a >= 0 && b >= 0) sum += (a + b) / 2 * (end - begin);
    else if (a > 0 || b > 0) sum += fmax(a, b) * fmax(a, b) / (2 * fabs(a - b)) * (end - begin);
  }
  return sum;
}

/* Of one user: missing = unmet + from the reserves + from its own stock, up to the end of every week. */
static void check_balance(const drawn *drawn_one, double horizon) {
  char *text = write(drawn_one), limit[64];
  critmin_scenario *scenario = rig_read(NULL, text);
  snprintf(limit, sizeof limit, "%.17g", horizon);
  ck_assert_int_eq(critmin_scenario_set(scenario, NULL, "horizon", limit, NULL), CRITMIN_OK);
  critmin_outcome *o = rig_run(scenario, 0, 1);
  for (int c = 0; c < CM_CASES; c++) {
    for (int p = 0; p < CM_POINTS && o->scene.cases[c]; p++) {
      const cm_setting setting = cm_setting_of(&o->scene, c, p);
      const cm_course *course = &o->course[c][p];
      double *time = NULL, *gap = NULL, released = 0, by_week = 0;
      int64_t points = 0;
      ck_assert_int_eq(cm_course_gap(&o->scene, o->x[p], &setting, 0, &time, &gap, &points, NULL), CRITMIN_OK);
      double needed = missing(time, gap, points, 0, horizon), demand = cm_scene_demand(&o->scene, o->x[p], 0);
      for (size_t r = 0; r < o->scene.n_reserves; r++) {
        released += course->released[r] / demand;
        ck_assert_double_le(course->released[r], course->held[r] * (1 + 1e-9));
      }
      double own = needed - course->unmet[0] - released, has = o->x[p][o->scene.users[0].inventory];
      ck_assert_double_ge(own, -1e-9 * (1 + needed));
      ck_assert_double_le(own, has + 1e-9 * (1 + needed));
      if (isfinite(course->inventory_empty[0]) && has > 0) ck_assert_double_eq_tol(own, has, 1e-9 * (1 + needed));
      if (isfinite(course->shortage[0]) && course->shortage[0] < horizon && has > 0 && !setting.reserves)
        ck_assert_double_eq_tol(own, has, 1e-9 * (1 + needed));
      for (size_t w = 0; w < course->weeks; w++)
        by_week += course->by_week[w] * fmin(7, horizon - 7 * (double)w);
      ck_assert_double_eq_tol(by_week, course->unmet[0], 1e-9 * (1 + needed));
      cm_free(time);
      cm_free(gap);
    }
  }
  critmin_outcome_free(o);
  critmin_scenario_free(scenario);
  free(text);
}

START_TEST(tonnes_are_conserved_up_to_every_week) {
  drawn d = draw((uint64_t)_i);
  d.users = 1;
  for (int i = 0; i < AGREEMENTS; i++) d.buyer[i] = 0;
  for (double horizon = 7 * (1 + _i % 3); horizon <= 300; horizon += 21) check_balance(&d, horizon);
}
END_TEST

Suite *suite_scenario_proof(void) {
  Suite *suite = suite_create("scenario proof");
  TCase *tests = tcase_create("any scenario");
  tcase_add_unchecked_fixture(tests, rig_load, rig_free);
  tcase_add_loop_test(tests, a_larger_reserve_never_shortens_the_time_to_shortage, 0, DRAWN);
  tcase_add_loop_test(tests, a_longer_shock_never_shortens_the_shortage, 0, DRAWN);
  tcase_add_loop_test(tests, a_larger_share_withheld_never_lowers_the_loss, 0, DRAWN);
  tcase_add_loop_test(tests, more_agreed_or_in_store_or_let_through_never_harms, 0, DRAWN);
  tcase_add_loop_test(tests, nobody_is_worse_off_with_what_answers, 0, DRAWN);
  tcase_add_loop_test(tests, tonnes_are_conserved_up_to_every_week, 0, DRAWN);
  suite_add_tcase(suite, tests);
  return suite;
}
