/* SPDX-License-Identifier: MIT */
/* The tables of an outcome. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "critmin/answer.h"
#include "critmin/risk.h"
#include "exposure/scenario_measures.h"
#include "exposure/scenario_tables.h"

void cm_write_flags(cm_writing *w, int32_t column, uint64_t flags) {
  cm_buffer text = {0};
  for (int32_t bit = 0; critmin_flag_name(bit); bit++) {
    if (!(flags >> bit & 1)) continue;
    if (text.length) cm_buffer_add(&text, ";");
    cm_buffer_add(&text, critmin_flag_name(bit));
  }
  if (text.data && !text.failed) cm_builder_text(w->b, column, text.data);
  w->failed |= text.failed;
  cm_buffer_free(&text);
}

void cm_write_user(cm_writing *w, int in_case, const cm_scene_user *u) {
  cm_builder_row(w->b);
  cm_builder_text(w->b, CASE, cm_case_names[in_case]);
  cm_builder_text(w->b, COUNTRY, u->country);
  cm_builder_text(w->b, MINERAL, u->mineral_key);
  cm_builder_text(w->b, STAGE, u->stage_key);
}

void cm_write_ends(cm_writing *w, int32_t column, const double at[CM_POINTS], int is_unknown) {
  double value = is_unknown ? NAN : at[CM_AT_VALUE];
  cm_builder_number(w->b, column, value);
  cm_builder_number(w->b, column + 1, fmin(fmin(at[CM_AT_BEST], at[CM_AT_WORST]), value));
  cm_builder_number(w->b, column + 2, fmax(fmax(at[CM_AT_BEST], at[CM_AT_WORST]), value));
}

/* Of users ----------------------------------------------------------------------------------------------------------
 */

/* A day that did not come by the horizon, where it may come yet. */
static int is_censored(const cm_writing *w, int c, int32_t user, const double at[CM_POINTS]) {
  for (int p = 0; p < CM_POINTS; p++) {
    if (isinf(at[p]) && w->o->course[c][p].open[user] > 0) return 1;
  }
  return 0;
}

/* The value, if what remains were shared by another policy. Those who share with nobody have one. */
static double by_policy(const cm_writing *w, const cm_user_measure *m, int c, int32_t u, int policy) {
  const cm_scene_pool *pool = &w->scene->pools[w->scene->users[u].pool];
  if (w->o->unknown[w->scene->users[u].pool] || (pool->n > 1 && !pool->in_tonnes)) return NAN;
  const cm_course *course = pool->n > 1 ? &w->o->policy[c][policy] : &w->o->course[c][CM_AT_VALUE];
  return m->of(w->scene, w->o->x[CM_AT_VALUE], course, u);
}

static void write_users(cm_writing *w, int summary) {
  enum { MEASURE = FIRST, VALUE, UNIT = VALUE + 3, FLAGS, BEST };
  for (int c = 0; c < CM_CASES; c++) {
    for (int32_t u = 0; u < (int32_t)w->scene->n_users && w->scene->cases[c]; u++) {
      const cm_scene_user *user = &w->scene->users[u];
      for (size_t i = 0; i < cm_n_user_measures; i++) {
        const cm_user_measure *m = &cm_user_measures[i];
        if (summary && !m->in_summary) continue;
        if (m->in_tonnes && !w->scene->pools[user->pool].in_tonnes) continue;
        double at[CM_POINTS];
        for (int p = 0; p < CM_POINTS; p++) at[p] = m->of(w->scene, w->o->x[p], &w->o->course[c][p], u);
        uint64_t flags = cm_scene_flags(w->scene, c, u, m->in_tonnes);
        if (m->is_day && is_censored(w, c, u, at)) flags |= CRITMIN_FLAG_CENSORED;
        cm_write_user(w, c, user);
        cm_builder_text(w->b, MEASURE, m->name);
        cm_write_ends(w, VALUE, at, w->o->unknown[user->pool]);
        cm_builder_text(w->b, UNIT, m->unit);
        cm_write_flags(w, FLAGS, flags);
        for (int p = 0; p < CM_POLICIES; p++) cm_builder_number(w->b, BEST + p, by_policy(w, m, c, u, p));
      }
    }
  }
}

static const cm_column user_columns[] = {WHO,          TEXT("measure"),  ENDS,
                                         TEXT("unit"), TEXT("flags"),    NUMBER("best", ""),
                                         NUMBER("proportional", ""), NUMBER("worst", "")};

static critmin_status write_summary(cm_writing *w) {
  write_users(w, 1);
  return CRITMIN_OK;
}

static critmin_status write_all_of_users(cm_writing *w) {
  write_users(w, 0);
  return CRITMIN_OK;
}

static const cm_column week_columns[] = {
    WHO, INTEGER("week"), NUMBER("day", "d"), NUMBER("value", "1"), NUMBER("low", "1"), NUMBER("high", "1")};

static critmin_status write_weeks(cm_writing *w) {
  enum { WEEK = FIRST, DAY, VALUE };
  int32_t weeks = cm_scene_weeks(w->scene);
  for (int c = 0; c < CM_CASES; c++) {
    for (size_t u = 0; u < w->scene->n_users && w->scene->cases[c]; u++) {
      for (int32_t k = 0; k < weeks; k++) {
        double at[CM_POINTS];
        for (int p = 0; p < CM_POINTS; p++) at[p] = w->o->course[c][p].by_week[u * (size_t)weeks + (size_t)k];
        cm_write_user(w, c, &w->scene->users[u]);
        cm_builder_integer(w->b, WEEK, k + 1);
        cm_builder_number(w->b, DAY, 7.0 * k);
        cm_write_ends(w, VALUE, at, w->o->unknown[w->scene->users[u].pool]);
      }
    }
  }
  return CRITMIN_OK;
}

/* Of reserves, shocks and answers -----------------------------------------------------------------------------------
 */

static const cm_column reserve_columns[] = {WHO, TEXT("reserve"), TEXT("measure"), ENDS, TEXT("unit"), TEXT("flags")};

static critmin_status write_reserves(cm_writing *w) {
  enum { RESERVE = FIRST, MEASURE, VALUE, UNIT = VALUE + 3, FLAGS };
  for (int c = 0; c < CM_CASES; c++) {
    if (!w->scene->cases[c] || !cm_setting_of(w->scene, c, CM_AT_VALUE).reserves) continue;
    for (size_t r = 0; r < w->scene->n_reserves; r++) {
      const cm_scene_reserve *reserve = &w->scene->reserves[r];
      const int32_t u = cm_reserve_user(w->scene, r);
      for (int m = 0; m < CM_RESERVE_MEASURES; m++) {
        double at[CM_POINTS];
        for (int p = 0; p < CM_POINTS; p++)
          at[p] = cm_reserve_measure_of(&w->o->course[c][p], (cm_reserve_measure)m, r);
        uint64_t flags = cm_scene_flags(w->scene, c, u, 0);
        if (m == CM_RESERVE_EMPTY && is_censored(w, c, u, at)) flags |= CRITMIN_FLAG_CENSORED;
        cm_write_user(w, c, &w->scene->users[u]);
        cm_builder_text(w->b, RESERVE, reserve->name);
        cm_builder_text(w->b, MEASURE, cm_reserve_measure_names[m]);
        cm_write_ends(w, VALUE, at, w->o->unknown[reserve->pool]);
        cm_builder_text(w->b, UNIT, m == CM_RESERVE_EMPTY || !w->scene->pools[reserve->pool].in_tonnes ? "d" : "t");
        cm_write_flags(w, FLAGS, flags);
      }
    }
  }
  return CRITMIN_OK;
}

static const cm_column attribution_columns[] = {
    WHO, TEXT("shock"), NUMBER("value", "d"), NUMBER("low", "d"), NUMBER("high", "d"), NUMBER("error", "d")};

static critmin_status write_attribution(cm_writing *w) {
  enum { SHOCK = FIRST, VALUE, ERROR = VALUE + 3 };
  size_t shocks = w->scene->n_shocks;
  for (size_t u = 0; u < w->scene->n_users; u++) {
    for (size_t s = 0; s < shocks; s++) {
      double at[CM_POINTS];
      for (int p = 0; p < CM_POINTS; p++) at[p] = w->o->part[p][u * shocks + s];
      cm_write_user(w, CM_NEITHER, &w->scene->users[u]);
      cm_builder_text(w->b, SHOCK, w->scene->shocks[s].name);
      cm_write_ends(w, VALUE, at, w->o->unknown[w->scene->users[u].pool]);
      cm_builder_number(w->b, ERROR, w->o->part_error[u * shocks + s]);
    }
  }
  return CRITMIN_OK;
}

static const cm_column worth_columns[] = {WHO,
                                          TEXT("instrument"),
                                          TEXT("kind"),
                                          TEXT("unit"),
                                          NUMBER("days_later", "d"),
                                          NUMBER("unmet_less", ""),
                                          TEXT("unmet_unit"),
                                          TEXT("at"),
                                          NUMBER("reaches", "1"),
                                          NUMBER("unmet_more", "")};

static critmin_status write_worth(cm_writing *w) {
  enum { INSTRUMENT = FIRST, KIND, UNIT, LATER, LESS, LESS_UNIT, AT, REACHES, MORE };
  for (size_t i = 0; i < w->o->n_worth; i++) {
    const cm_worth *worth = &w->o->worth[i];
    const cm_scene_user *u = &w->scene->users[worth->user];
    int is_unknown = w->o->unknown[u->pool];
    cm_write_user(w, worth->in_case, u);
    cm_builder_text(w->b, INSTRUMENT, worth->instrument);
    cm_builder_text(w->b, KIND, worth->kind);
    cm_builder_text(w->b, UNIT, worth->unit);
    cm_builder_number(w->b, LATER, is_unknown ? NAN : worth->days_later);
    cm_builder_number(w->b, LESS, is_unknown ? NAN : worth->unmet_less);
    cm_builder_text(w->b, LESS_UNIT, w->scene->pools[u->pool].in_tonnes ? "t" : "d");
    cm_builder_text(w->b, AT, worth->at);
    cm_builder_number(w->b, REACHES, worth->reaches);
    cm_builder_number(w->b, MORE, is_unknown ? NAN : worth->unmet_more);
  }
  return CRITMIN_OK;
}

/* Of inputs ---------------------------------------------------------------------------------------------------------
 */

static const cm_column input_columns[] = {TEXT("path"),   TEXT("what"), ENDS,         TEXT("unit"),
                                          TEXT("origin"), TEXT("key"),  TEXT("text"), TEXT("flags")};

static critmin_status write_inputs(cm_writing *w) {
  enum { PATH, WHAT, VALUE, LOW, HIGH, UNIT, ORIGIN, KEY, NOTE, FLAGS };
  for (size_t i = 0; i < w->scene->n_inputs; i++) {
    const cm_input *input = &w->scene->inputs[i];
    cm_builder_row(w->b);
    cm_builder_text(w->b, PATH, input->place);
    cm_builder_text(w->b, WHAT, input->what);
    cm_builder_number(w->b, VALUE, input->range.value);
    cm_builder_number(w->b, LOW, input->range.low);
    cm_builder_number(w->b, HIGH, input->range.high);
    cm_builder_text(w->b, UNIT, input->unit);
    cm_builder_text(w->b, ORIGIN, cm_input_origin_names[input->origin]);
    cm_builder_text(w->b, KEY, input->key);
    cm_builder_text(w->b, NOTE, input->text);
    cm_write_flags(w, FLAGS, input->flags);
  }
  return CRITMIN_OK;
}

static const cm_column cost_columns[] = {WHO, TEXT("measure"), ENDS, TEXT("unit"), INTEGER("year"), TEXT("flags")};

#define COSTS NUMBER("cost", "USD"), NUMBER("cost_low", "USD"), NUMBER("cost_high", "USD")
static const cm_column mitigation_columns[] = {WHO,          TEXT("option"), TEXT("kind"), NUMBER("units", ""),
                                               TEXT("unit"), COSTS,          TEXT("flags")};
static const cm_column curve_columns[] = {WHO,
                                          NUMBER("target", "d"),
                                          COSTS,
                                          NUMBER("cost_per_day", "USD/d"),
                                          NUMBER("tail", "d"),
                                          NUMBER("probability", "1"),
                                          TEXT("flags")};

#define RISK(column) NUMBER(column, "")
static const cm_column draw_columns[] = {WHO,
                                         TEXT("measure"),
                                         TEXT("unit"),
                                         RISK("mean"),
                                         RISK("error"),
                                         RISK("p05"),
                                         RISK("p50"),
                                         RISK("p95"),
                                         RISK("var95"),
                                         RISK("cvar95"),
                                         NUMBER("probability", "1"),
                                         RISK("var95_low"),
                                         RISK("var95_high"),
                                         RISK("cvar95_error"),
                                         INTEGER("draws")};
static const cm_column tail_columns[] = {WHO, TEXT("shock"), NUMBER("cvar95", "d"), NUMBER("share", "1")};

#define COLUMNS(c) c, (int32_t)(sizeof c / sizeof c[0])
static const struct {
  const char *name;
  const cm_column *columns;
  int32_t n_columns;
  critmin_status (*write)(cm_writing *w);
} tables[] = {
    {"summary", COLUMNS(user_columns), write_summary},
    {"users", COLUMNS(user_columns), write_all_of_users},
    {"weeks", COLUMNS(week_columns), write_weeks},
    {"reserves", COLUMNS(reserve_columns), write_reserves},
    {"attribution", COLUMNS(attribution_columns), write_attribution},
    {"worth", COLUMNS(worth_columns), write_worth},
    {"cost", COLUMNS(cost_columns), cm_write_cost},
    {"mitigation", COLUMNS(mitigation_columns), cm_write_mitigation},
    {"cost_curve", COLUMNS(curve_columns), cm_write_cost_curve},
    {"draws", COLUMNS(draw_columns), cm_write_draws},
    {"tail", COLUMNS(tail_columns), cm_write_tail},
    {"inputs", COLUMNS(input_columns), write_inputs},
};

static const char *name_at(const void *user, size_t i) {
  (void)user;
  return tables[i].name;
}

critmin_status critmin_outcome_table(const critmin_outcome *outcome, const char *what, critmin_table **table,
                                     critmin_error *error) {
  if (!outcome) return cm_fail_null(error, "outcome");
  if (!what) return cm_fail_null(error, "what");
  if (!table) return cm_fail_null(error, "table");
  size_t n = sizeof tables / sizeof tables[0], i = 0;
  while (i < n && !cm_name_equal(tables[i].name, what)) i++;
  if (i == n) {
    const char *nearest = cm_name_nearest(what, name_at, NULL, n);
    return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME,
                   "an outcome has no table `%s`%s%s%s; there are summary, users, weeks, reserves, attribution, worth, "
                   "cost, mitigation, cost_curve, draws, tail and inputs",
                   what, nearest ? ", only `" : "", nearest ? nearest : "", nearest ? "`" : "");
  }
  cm_writing w = {outcome, &outcome->scene, cm_builder_new(tables[i].columns, tables[i].n_columns), error, 0};
  if (!w.b) return cm_fail_memory(error);
  critmin_status status = tables[i].write(&w);
  if (!status && w.failed) status = cm_fail_memory(error);
  if (status) {
    cm_builder_free(w.b);
    return status;
  }
  return cm_builder_finish(w.b, table, error);
}
