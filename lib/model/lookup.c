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

/* Whether every member of `a` on that day is one of `b`. */
static int within(const critmin_model *model, int32_t a, int32_t b, int32_t day) {
  const cm_model_group *g = &model->groups[a];
  for (int32_t i = 0; i < g->n_members; i++) {
    const cm_model_membership *m = &model->memberships[g->first_member + i];
    if (m->from <= day && day <= m->to && !cm_model_in_group(model, b, m->country, day)) return 0;
  }
  return 1;
}

static int has_members(const critmin_model *model, int32_t group, int32_t day) {
  const cm_model_group *g = &model->groups[group];
  for (int32_t i = 0; i < g->n_members; i++) {
    const cm_model_membership *m = &model->memberships[g->first_member + i];
    if (m->from <= day && day <= m->to) return 1;
  }
  return 0;
}

int32_t cm_model_area(const critmin_model *model, int32_t group, int32_t day) {
  if (model->groups[group].area != CM_NONE) return model->groups[group].area;
  if (!has_members(model, group, day)) return CM_NONE;
  for (int32_t other = 0; other < (int32_t)model->n_groups; other++) {
    if (model->groups[other].area != CM_NONE && within(model, group, other, day) && within(model, other, group, day))
      return model->groups[other].area;
  }
  return CM_NONE;
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

/* What tells the markets of a stage apart, besides when and by whom. */
static int order_of_subject(const cm_model_market *a, const cm_model_market *b) {
  if (a->measure != b->measure) return a->measure < b->measure ? -1 : 1;
  if (a->detail != b->detail) return a->detail < b->detail ? -1 : 1;
  if (a->country != b->country) return a->country < b->country ? -1 : 1;
  if (a->producer != b->producer) return a->producer < b->producer ? -1 : 1;
  return 0;
}

int cm_model_market_order(const cm_model_market *a, const cm_model_market *b) {
  int order = order_of_subject(a, b);
  if (order) return order;
  if (a->from != b->from) return a->from < b->from ? -1 : 1;
  if (a->to != b->to) return a->to < b->to ? -1 : 1;
  if (a->projected != b->projected) return a->projected < b->projected ? -1 : 1;
  return strcmp(a->scenario, b->scenario);
}

/* The first place of the stage's markets that is not before the subject of `like`. */
static int32_t first_of(const critmin_model *model, const cm_model_market *like) {
  const cm_model_stage *s = &model->stages[like->stage];
  int32_t low = s->first_market, high = s->first_market + s->n_markets;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (order_of_subject(&model->markets[middle], like) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static const cm_model_market *best_of(const critmin_model *model, const cm_model_market *like, int32_t year,
                                      int32_t projected, const char *scenario) {
  const cm_model_stage *s = &model->stages[like->stage];
  const cm_model_market *best = NULL;
  for (int32_t i = first_of(model, like); i < s->first_market + s->n_markets; i++) {
    const cm_model_market *market = &model->markets[i];
    if (order_of_subject(market, like) != 0) break;
    if (projected != CM_NONE && market->projected != projected) continue;
    if (scenario && !cm_name_equal(market->scenario, scenario)) continue;
    if (!cm_model_market_answers(model, market, year)) continue;
    if (!best || in_order(model, market, best) < 0) best = market;
  }
  return best;
}

const cm_model_market *cm_model_market_of(const critmin_model *model, int32_t stage, int32_t measure, int32_t detail,
                                          int32_t year, int32_t projected, const char *scenario) {
  return cm_model_market_of_country(model, stage, measure, detail, CM_NONE, year, projected, scenario);
}

const cm_model_market *cm_model_market_of_country(const critmin_model *model, int32_t stage, int32_t measure,
                                                  int32_t detail, int32_t country, int32_t year, int32_t projected,
                                                  const char *scenario) {
  const cm_model_market like = {.stage = stage, .measure = measure, .detail = detail, .country = country};
  return best_of(model, &like, year, projected, scenario);
}

const cm_model_market *cm_model_market_of_producer(const critmin_model *model, int32_t stage, int32_t measure,
                                                   int64_t producer, int32_t country, int32_t year, int32_t projected,
                                                   const char *scenario) {
  const cm_model_market like = {
      .stage = stage, .measure = measure, .detail = CM_OF_PRODUCERS, .country = country, .producer = producer};
  return best_of(model, &like, year, projected, scenario);
}

const cm_model_parameter *cm_model_parameter_of(const critmin_model *model, int32_t mineral, int32_t stage,
                                                int32_t country, const char *parameter, int32_t source) {
  const cm_model_mineral *m = &model->minerals[mineral];
  int32_t low = m->first_parameter, end = m->first_parameter + m->n_parameters, high = end;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (strcmp(model->parameters[middle].parameter, parameter) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < end && strcmp(model->parameters[low].parameter, parameter) == 0; low++) {
    const cm_model_parameter *p = &model->parameters[low];
    if (p->stage == stage && p->country == country &&
        (source == CM_NONE || model->editions[p->edition].source == source))
      return p;
  }
  return NULL;
}

int32_t cm_model_score(const critmin_model *model, int32_t indicator, int32_t country, int32_t year) {
  const cm_series *series = &model->series[(size_t)indicator * model->n_countries + (size_t)country];
  for (int32_t at = series->first; at < series->first + series->n; at++) {
    if (model->scores.year[at] <= year) return at;
  }
  return CM_NONE;
}

_Static_assert((int)CM_PERIOD_TEXT >= (int)CM_DATE_TEXT, "room for a period");

void cm_model_market_period(const cm_model_market *market, char from[CM_PERIOD_TEXT], char to[CM_PERIOD_TEXT]) {
  cm_period_text(market->from, market->to, from, to);
}
