/* SPDX-License-Identifier: MIT */
/*
 * Where what a user has was made: looked through trade and stages to each stage of the chain, or to the one asked for.
 * The value takes that pools mix and that each makes the share of its own that it most likely does; the interval takes
 * in all that these shares can be, and that what is of unknown origin is from nobody or from the partner asked about.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "critmin/origin.h"
#include "metrics/metric_origin.h"

/* Pools that less of the material passes through are not told of. */
static const double FAINT = 1e-9;
static const double ROUNDING = 1e-12;

critmin_status cm_origin_check(const cm_plan *plan, const cm_values *values, critmin_error *error) {
  const char *at = values->text[CM_P_OWN + CM_CHAIN_AT];
  if (!*at || cm_model_stage_word(plan->model, at)) return CRITMIN_OK;
  return cm_model_no_stage(plan->model, at, error);
}

static critmin_status make_room(cm_trail *t, critmin_error *error) {
  size_t n = (size_t)t->chain->supply.countries;
  t->share = cm_alloc_array(n, sizeof *t->share);
  t->buyer = cm_alloc_array(n, sizeof *t->buyer);
  t->weight = cm_alloc_array(n, sizeof *t->weight);
  t->origin = cm_alloc_array(n, sizeof *t->origin);
  return t->share && t->buyer && t->weight && t->origin ? CRITMIN_OK : cm_fail_memory(error);
}

void cm_trail_free(cm_trail *t) {
  cm_free(t->share);
  cm_free(t->buyer);
  cm_free(t->weight);
  cm_free(t->origin);
  memset(t, 0, sizeof *t);
}

/* Whose pools are asked about: the user's own, or with its imports alone those they come from. */
static void set_buyers(cm_trail *t) {
  const cm_supply_stage *stage = &t->chain->supply.stage[t->stage];
  const cm_supply_pool *pool = t->pool;
  if (!t->imports_only) {
    t->buyer[0] = t->country;
    t->weight[0] = 1;
    t->buyers = 1;
    t->known = 1;
    return;
  }
  t->buyers = 0;
  for (int64_t i = pool->first; i < pool->first + pool->n; i++) {
    t->buyer[t->buyers] = stage->partner[i];
    t->weight[t->buyers++] = stage->share[i];
  }
  t->known = 1 - pool->rest;
}

critmin_status cm_trail_begin(cm_trail *t, cm_chain *chain, const cm_plan *plan, const cm_row *row,
                              const cm_values *values, critmin_error *error) {
  *t = (cm_trail){.chain = chain, .plan = plan, .row = row};
  critmin_status status = cm_chain_make(chain, plan, row, values, error);
  if (status) return status;
  t->stage = cm_chain_place(chain, row->stage);
  t->country = cm_chain_country(chain, cm_chain_user(plan, row));
  t->imports_only = (int)values->number[CM_P_OWN + CM_CHAIN_DENOMINATOR] == CM_CHAIN_OF_IMPORTS;
  if (t->stage == CM_NONE) return CRITMIN_OK;
  t->pool = &chain->supply.stage[t->stage].pool[t->country];
  t->is_there = t->imports_only ? t->pool->n > 0 : t->pool->is_there;
  status = make_room(t, error);
  if (!status && t->is_there) set_buyers(t);
  return status;
}

/* A sum over the pools asked about. */
static double over_buyers(const cm_trail *t, const double *of_pools) {
  const double *row = of_pools + (int64_t)t->stage * t->chain->supply.countries;
  double sum = 0;
  for (int32_t i = 0; i < t->buyers; i++) sum += t->weight[i] * row[t->buyer[i]];
  return sum;
}

static critmin_trace trace_of(const cm_trail *t) {
  critmin_trace trace;
  critmin_trace_init(&trace);
  trace.stage = t->stage;
  trace.at = t->at;
  trace.buyers = t->buyers;
  trace.buyer = t->buyer;
  trace.weight = t->buyers > 1 ? t->weight : NULL;
  return trace;
}

/* What passes where, and what is known of these pools. */
static critmin_status visit(cm_trail *t, critmin_error *error) {
  cm_chain *chain = t->chain;
  int32_t countries = chain->supply.countries;
  memset(chain->visits, 0, (size_t)chain->supply.stages * (size_t)countries * sizeof *chain->visits);
  for (int32_t i = 0; i < t->buyers; i++) chain->visits[(int64_t)t->stage * countries + t->buyer[i]] = t->weight[i];
  critmin_status status = cm_supply_visits(chain->network, t->stage, t->at, chain->visits, error);
  if (status) return status;
  if (t->imports_only) t->flags |= chain->stage[t->stage].story[t->country].list_flags;
  for (int32_t k = t->at; k <= t->stage; k++) {
    for (int32_t c = 0; c < countries; c++) {
      if (!(chain->visits[(int64_t)k * countries + c] > FAINT) || !chain->supply.stage[k].pool[c].is_there) continue;
      t->flags |= chain->stage[k].story[c].flags | chain->stage[k].story[c].list_flags;
      t->pools++;
      t->is_open |= chain->supply.stage[k].pool[c].own_low < chain->supply.stage[k].pool[c].own_high;
    }
  }
  return CRITMIN_OK;
}

critmin_status cm_trail_to(cm_trail *t, int32_t at, critmin_error *error) {
  t->at = at;
  t->flags = 0;
  t->pools = 0;
  t->is_open = 0;
  critmin_trace trace = trace_of(t);
  critmin_answer answer;
  critmin_answer_init(&answer);
  critmin_status status =
      critmin_origin_share(t->chain->network, &trace, &t->buyer[0], 1, &answer, error); /* for its flags */
  if (!status) status = critmin_origin_row(t->chain->network, &trace, t->share, NULL, &t->unknown, error);
  if (status) return status;
  if (isnan(t->unknown)) { /* nothing is known of any of them */
    memset(t->share, 0, (size_t)t->chain->supply.countries * sizeof *t->share);
    t->unknown = 1;
  }
  for (int32_t c = 0; c < t->chain->supply.countries; c++) t->share[c] *= t->known;
  t->unknown = t->unknown * t->known + (1 - t->known);
  if (t->unknown > ROUNDING) t->flags |= CRITMIN_FLAG_UNKNOWN_ORIGIN;
  t->flags |= answer.flags & CRITMIN_FLAG_SINGULAR_LOOP;
  return visit(t, error);
}

void cm_trail_mark(cm_trail *t, const cm_party *partner) {
  cm_chain *chain = t->chain;
  const critmin_model *m = t->plan->model;
  int32_t last = chain->supply.countries - 1, day = cm_plan_day(t->plan, t->row->year);
  cm_party whole = cm_party_whole(m, *partner, day);
  memset(chain->mark, 0, (size_t)chain->supply.countries);
  for (int32_t c = 0; c < last; c++) chain->mark[c] = cm_party_has(m, &whole, c, day) != 0;
  if (partner->country != CM_NONE) chain->mark[partner->country] = 1;
  if (whole.group == CM_NONE) return;
  int32_t area = cm_model_area(m, whole.group, day);
  if (area != CM_NONE) chain->mark[area] = 1;
  int holds = chain->party.group != CM_NONE;
  for (int32_t c = 0; c < last && holds; c++) holds = !cm_party_has(m, &chain->party, c, day) || chain->mark[c];
  chain->mark[last] = holds != 0;
}

double cm_trail_sum(const cm_trail *t) {
  double sum = 0;
  for (int32_t c = 0; c < t->chain->supply.countries; c++) sum += t->chain->mark[c] ? t->share[c] : 0;
  return sum;
}

/* The least and the most, over what the pools' own shares can be and where the unknown can be from. */
static critmin_status set_ends(cm_trail *t, int touch, int transit, critmin_answer *a, critmin_error *error) {
  cm_supply_question q = {.at = t->at, .mark = t->chain->mark, .touch = touch, .transit = transit};
  critmin_status status = cm_supply_least(&t->chain->supply, &q, t->chain->least, error);
  if (status) return status;
  a->low = over_buyers(t, t->chain->least);
  q.not_from = 1;
  status = cm_supply_least(&t->chain->supply, &q, t->chain->least, error);
  a->high = 1 - over_buyers(t, t->chain->least);
  return status;
}

/* What the user makes itself is on record and not what it buys: that nobody wrote down any is not that there is none. */
static int is_half_told(const cm_trail *t) {
  return !t->imports_only && t->chain->stage[t->stage].story[t->country].imports_untold;
}

static void finish(const cm_trail *t, critmin_answer *a) {
  a->low = fmax(fmin(a->low, a->value), 0);
  a->high = fmin(fmax(a->high, a->value), 1);
  a->coverage = fmax(0, 1 - t->unknown);
  a->flags |= t->flags;
  a->n_used = t->pools;
  if (!is_half_told(t)) return;
  a->low = 0;
  a->high = 1;
  a->flags |= CRITMIN_FLAG_ASSUMED;
}

critmin_status cm_trail_unknown(cm_trail *t, critmin_answer *a, critmin_error *error) {
  critmin_answer_init(a);
  memset(t->chain->mark, 1, (size_t)t->chain->supply.countries);
  const cm_supply_question q = {.at = t->at, .mark = t->chain->mark};
  critmin_status status = cm_supply_least(&t->chain->supply, &q, t->chain->least, error);
  a->value = t->unknown;
  a->low = t->is_open ? 0 : t->unknown;
  a->high = t->is_open ? 1 - over_buyers(t, t->chain->least) : t->unknown;
  finish(t, a);
  return status;
}

critmin_status cm_trail_origin(cm_trail *t, critmin_answer *a, critmin_error *error) {
  critmin_answer_init(a);
  a->value = fmin(cm_trail_sum(t), 1);
  critmin_status status = set_ends(t, 0, 0, a, error);
  finish(t, a);
  return status;
}

critmin_status cm_trail_touch(cm_trail *t, critmin_answer *a, critmin_error *error) {
  return cm_trail_touched(t, t->chain->settings.number[CM_P_OWN + CM_CHAIN_TRANSIT] > 0, a, error);
}

critmin_status cm_trail_touched(cm_trail *t, int transit, critmin_answer *a, critmin_error *error) {
  critmin_trace trace = trace_of(t);
  int32_t n = 0;
  for (int32_t c = 0; c < t->chain->supply.countries; c++) {
    if (t->chain->mark[c]) t->origin[n++] = c;
  }
  critmin_answer_init(a);
  critmin_status status =
      n ? critmin_touch_share(t->chain->network, &trace, t->origin, n, transit, a, error) : CRITMIN_OK;
  if (status) return status;
  a->value = isnan(a->value) ? 0 : a->value * t->known;
  a->flags = 0;
  status = set_ends(t, 1, transit, a, error);
  finish(t, a);
  return status;
}

/* What the user's pool holds of something, from what its own output and each partner's pool hold of it. */
static double of_pool(const cm_trail *t, double own, double home, double abroad) {
  return t->imports_only ? abroad : (1 - t->pool->gap) * (own * home + (1 - own) * abroad);
}

static double is_marked(const cm_trail *t, int32_t country) {
  return t->chain->mark[country] != 0;
}

/* What customs see of those marked: what comes from them, and what the user makes where it is one of them. */
static double face_share(const cm_trail *t) {
  const cm_supply_stage *stage = &t->chain->supply.stage[t->stage];
  double abroad = 0;
  for (int64_t i = t->pool->first; i < t->pool->first + t->pool->n; i++)
    abroad += stage->share[i] * is_marked(t, stage->partner[i]);
  return of_pool(t, t->pool->own, is_marked(t, t->country), abroad);
}

/*
 * The least, or the most, that origin exceeds face value. Both hold the user's own share, so that the ends lie at the
 * ends of that; what is of unknown origin in its own pool is from those marked in both or in neither.
 */
static critmin_status hidden_end(cm_trail *t, int most, double *end, critmin_error *error) {
  const cm_supply *supply = &t->chain->supply;
  const cm_supply_stage *stage = &supply->stage[t->stage];
  const cm_supply_question q = {.at = t->at, .mark = t->chain->mark, .not_from = most};
  critmin_status status = cm_supply_least(supply, &q, t->chain->least, error);
  if (status) return status;
  const double *row = t->chain->least + (int64_t)t->stage * supply->countries, *before = row - supply->countries;
  double home = 0, abroad = 0;
  if (t->at < t->stage) home = (most ? 1 - before[t->country] : before[t->country]) - is_marked(t, t->country);
  for (int64_t i = t->pool->first; i < t->pool->first + t->pool->n; i++) {
    int32_t partner = stage->partner[i];
    abroad += stage->share[i] * ((most ? 1 - row[partner] : row[partner]) - is_marked(t, partner));
  }
  double low_end = of_pool(t, t->pool->own_low, home, abroad), high_end = of_pool(t, t->pool->own_high, home, abroad);
  *end = most ? fmax(low_end, high_end) : fmin(low_end, high_end);
  return CRITMIN_OK;
}

critmin_status cm_trail_hidden(cm_trail *t, critmin_answer *a, critmin_error *error) {
  critmin_answer_init(a);
  critmin_status status = hidden_end(t, 0, &a->low, error);
  if (!status) status = hidden_end(t, 1, &a->high, error);
  if (status) return status;
  a->value = cm_trail_sum(t) - face_share(t);
  a->low = fmin(a->low, a->value);
  a->high = fmax(a->high, a->value);
  a->coverage = fmax(0, 1 - t->unknown);
  a->flags = t->flags;
  a->n_used = t->pools;
  if (!is_half_told(t)) return CRITMIN_OK;
  a->low = -1;
  a->high = 1;
  a->flags |= CRITMIN_FLAG_ASSUMED;
  return CRITMIN_OK;
}
