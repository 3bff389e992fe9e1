/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "model/model.h"
#include "store/period.h"

int cm_model_in_group(const critmin_model *model, int32_t group, int32_t country, int32_t day) {
  const cm_model_group *g = &model->groups[group];
  for (int32_t i = 0; i < g->n_members; i++) {
    const cm_model_membership *m = &model->memberships[g->first_member + i];
    if (m->country == country && m->from <= day && day <= m->to) return 1;
  }
  return 0;
}

int cm_model_market_is_mean(const cm_model_market *market) {
  return market->from / 10000 != market->to / 10000;
}

int cm_model_market_answers(const critmin_model *model, const cm_model_market *market, int32_t year) {
  if (year < market->from / 10000 || year > market->to / 10000) return 0;
  if (cm_model_market_is_mean(market) || model->measures[market->measure].is_state) return 1;
  return market->from % 10000 == 101 && market->to % 10000 == 1231;
}

/* Less than 0 when `a` is asked before `b`. */
static int in_order(const critmin_model *model, const cm_model_market *a, const cm_model_market *b) {
  if (a->projected != b->projected) return a->projected ? 1 : -1;
  int mean_a = cm_model_market_is_mean(a), mean_b = cm_model_market_is_mean(b);
  if (mean_a != mean_b) return mean_a ? 1 : -1;
  if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
  int32_t day_a = model->editions[a->edition].day, day_b = model->editions[b->edition].day;
  if (day_a != day_b) return day_a > day_b ? -1 : 1;
  if (a->to != b->to) return a->to > b->to ? -1 : 1;
  if (a->from != b->from) return a->from > b->from ? -1 : 1;
  return strcmp(a->scenario, b->scenario);
}

const cm_model_market *cm_model_market_of(const critmin_model *model, int32_t stage, int32_t measure, int32_t detail,
                                          int32_t year, int32_t projected, const char *scenario) {
  const cm_model_stage *s = &model->stages[stage];
  const cm_model_market *best = NULL;
  for (int32_t i = 0; i < s->n_markets; i++) {
    const cm_model_market *market = &model->markets[s->first_market + i];
    if (market->measure != measure || market->detail != detail) continue;
    if (projected != CM_NONE && market->projected != projected) continue;
    if (scenario && !cm_name_equal(market->scenario, scenario)) continue;
    if (!cm_model_market_answers(model, market, year)) continue;
    if (!best || in_order(model, market, best) < 0) best = market;
  }
  return best;
}

int32_t cm_model_score(const critmin_model *model, int32_t indicator, int32_t country, int32_t year) {
  const cm_series *series = &model->series[(size_t)indicator * model->n_countries + (size_t)country];
  for (int32_t at = series->first; at < series->first + series->n; at++) {
    if (model->scores.year[at] <= year) return at;
  }
  return CM_NONE;
}

/* Tonnes of contained element in a tonne of the basis; NaN when nobody says. The stage's own factor before the
 * mineral's. */
static double content_of(const critmin_model *model, int32_t stage, const char *basis) {
  if (cm_name_equal(basis, "content")) return 1;
  const cm_model_stage *s = &model->stages[stage];
  const char *symbol = model->minerals[s->mineral].symbol;
  double own = NAN, any = NAN;
  int several_own = 0, several_any = 0;
  for (size_t i = 0; i < model->n_factors; i++) {
    const cm_model_factor *f = &model->factors[i];
    if (f->mineral != s->mineral || (f->stage != CM_NONE && f->stage != stage) || !cm_name_equal(f->basis, basis))
      continue;
    double *into = f->stage == stage ? &own : &any;
    int *several = f->stage == stage ? &several_own : &several_any;
    if (symbol && cm_name_equal(f->element, symbol)) {
      *into = f->value;
      *several = -1;
    } else if (*several >= 0) {
      *into = f->value;
      ++*several;
    }
  }
  if (several_own != 0) return several_own > 1 ? NAN : own;
  return several_any > 1 ? NAN : any;
}

double cm_model_factor_of(const critmin_model *model, int32_t stage, const char *basis) {
  const char *market = model->stages[stage].basis;
  if (cm_name_equal(market, basis)) return 1;
  return content_of(model, stage, basis) / content_of(model, stage, market);
}

_Static_assert((int)CM_PERIOD_TEXT >= (int)CM_DATE_TEXT, "room for a period");

void cm_model_market_period(const cm_model_market *market, char from[CM_PERIOD_TEXT], char to[CM_PERIOD_TEXT]) {
  cm_period_text(market->from, market->to, from, to);
}
