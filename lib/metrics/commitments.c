/* SPDX-License-Identifier: MIT */
/*
 * Tonnes act, and a share of an output that is known; rights and money are on record only. A producer that is not
 * operating and has no known output delivers nothing. No producer delivers more than it makes: where its commitments
 * exceed its output each is cut alike.
 */
#include "metrics/commitments.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "critmin/effective.h"
#include "critmin/origin.h"

void cm_committed_free(cm_committed *c) {
  cm_free((void *)c->of);
  cm_free(c->place);
  cm_free(c->tonnes);
  cm_free(c->probability);
  cm_free(c->ramp);
  cm_free(c->additional);
  cm_free(c->reaches);
  memset(c, 0, sizeof *c);
}

/* What a producer makes in a year at a stage, production before capacity, of the year or the nearest before; NaN. */
static double output_of(const cm_trail *t, const cm_model_commitment *c) {
  static const char *const measures[] = {"production", "capacity"};
  const critmin_model *m = t->plan->model;
  if (c->producer == CM_NONE) return NAN;
  for (int i = 0; i < 2; i++) {
    int32_t measure = cm_measure_place(m, measures[i]);
    for (int back = 0; back <= CM_YEARS_BEFORE && measure != CM_NONE; back++) {
      const cm_model_market *market = cm_model_market_of_producer(m, c->stage, measure, m->producers[c->producer].id,
                                                                  CM_NONE, t->row->year - back, CM_NONE, NULL);
      if (!market || market->is_share) continue;
      for (int32_t figure = market->first; figure < market->first + market->n; figure++) {
        double amount = m->figures.value[figure] * m->figures.factor[figure];
        if (!isnan(amount)) return amount;
      }
    }
  }
  return NAN;
}

static int is_operating(const cm_model_commitment *c) {
  return !c->status || !*c->status || cm_name_equal(c->status, "operating");
}

/* Place in the chain of the commitment's stage, or CM_NONE where it is none of those looked through, or its mineral none
 * that tells of the chain. */
static int32_t place_of(const cm_trail *t, const cm_model_commitment *c) {
  for (int32_t k = t->at; k <= t->stage; k++) {
    const cm_chain_stage *s = &t->chain->stage[k];
    for (int i = 0; i < s->n; i++) {
      if (s->family[i] == c->stage) return k;
    }
  }
  return CM_NONE;
}

static int delivers(const cm_trail *t, const cm_model_commitment *c) {
  const critmin_model *m = t->plan->model;
  int32_t day = cm_plan_day(t->plan, t->row->year);
  if (c->buyer == CM_NONE || c->from > t->row->year * 10000 + 1231 || c->to < day) return 0;
  cm_party user = cm_chain_party(t->chain, t->country);
  user = cm_party_whole(m, user, day);
  return cm_party_has(m, &user, c->buyer, day) || c->buyer == t->country;
}

/* What a tonne of it is in the basis of the stage asked about; NaN where nobody says. */
static double unit_of(const cm_trail *t, const cm_model_commitment *c) {
  const critmin_model *m = t->plan->model;
  const cm_model_stage *stage = &m->stages[c->stage], *asked = &m->stages[t->row->stage];
  double own = cm_model_factor_of(m, c->stage, c->basis);
  if (strcmp(stage->basis, asked->basis) == 0) return own;
  return strcmp(asked->basis, "content") == 0 ? own * cm_model_factor_of(m, t->row->stage, stage->basis)
                                              : cm_model_factor_of(m, t->row->stage, c->basis);
}

/* The part of what a seller makes at a stage that owes nothing to those marked. */
static critmin_status clean(cm_trail *t, const cm_model_commitment *c, int32_t k, double *part, critmin_error *error) {
  *part = 1;
  if (c->seller == CM_NONE) return CRITMIN_OK;
  if (t->chain->mark[c->seller]) *part = 0;
  if (k <= t->at || *part == 0 || !t->chain->supply.stage[k - 1].pool[c->seller].is_there) return CRITMIN_OK;
  int32_t n = 0;
  for (int32_t country = 0; country < t->chain->supply.countries; country++) {
    if (t->chain->mark[country]) t->origin[n++] = country;
  }
  critmin_trace trace;
  critmin_answer answer;
  critmin_trace_init(&trace);
  critmin_answer_init(&answer);
  trace.stage = k - 1;
  trace.at = t->at;
  trace.buyer = &c->seller;
  trace.buyers = 1;
  critmin_status status = critmin_touch_share(t->chain->network, &trace, t->origin, n, 0, &answer, error);
  *part = isnan(answer.value) ? 1 : 1 - answer.value;
  return status;
}

static int make_room(cm_committed *c, size_t n) {
  c->of = cm_alloc_array(n, sizeof(const cm_model_commitment *));
  c->place = cm_alloc_array(n, sizeof *c->place);
  c->tonnes = cm_alloc_array(n, sizeof *c->tonnes);
  c->probability = cm_alloc_array(n, sizeof *c->probability);
  c->ramp = cm_alloc_array(n, sizeof *c->ramp);
  c->additional = cm_alloc_array(n, sizeof *c->additional);
  c->reaches = cm_alloc_array(n, sizeof *c->reaches);
  return c->of && c->place && c->tonnes && c->probability && c->ramp && c->additional && c->reaches;
}

/* When deliveries begin, in years. */
static double start_of(const cm_model_commitment *c) {
  if (c->from == 0) return -1e4; /* nobody says */
  return c->from / 10000 + (c->from / 100 % 100 - 1) / 12. + (c->from % 100 - 1) / 366.;
}

static critmin_status take(cm_committed *all, cm_trail *t, const cm_model_commitment *c, int32_t k, critmin_error *error) {
  const critmin_model *m = t->plan->model;
  double output = output_of(t, c), unit = unit_of(t, c);
  if (isnan(output) && (!is_operating(c) || isnan(c->tonnes))) return CRITMIN_OK;
  double tonnes = isnan(c->tonnes) ? c->share * output / cm_model_factor_of(m, c->stage, c->basis) : c->tonnes;
  int64_t i = all->n;
  critmin_status status = critmin_ramp(start_of(c), c->ramp_months, t->row->year, &all->ramp[i], error);
  if (!status) status = clean(t, c, k, &all->reaches[i], error);
  if (status || isnan(tonnes * unit)) return status;
  all->of[i] = c;
  all->tonnes[i] = tonnes * unit;
  all->place[i] = k;
  all->probability[i] = c->probability;
  all->additional[i] = c->additionality;
  if (unit < 1 || unit > 1) all->flags |= CRITMIN_FLAG_BASIS_CONVERTED;
  all->n++;
  return CRITMIN_OK;
}

/* Cuts those of one producer at one stage to its output. */
static void cut(cm_committed *all, const cm_trail *t) {
  for (int64_t i = 0; i < all->n; i++) {
    const cm_model_commitment *c = all->of[i];
    double output = output_of(t, c) * unit_of(t, c) / cm_model_factor_of(t->plan->model, c->stage, c->basis), sum = 0;
    int64_t first = i;
    for (int64_t j = all->n; j-- > 0;) {
      if (all->of[j]->producer != c->producer || all->of[j]->stage != c->stage) continue;
      sum += all->tonnes[j] * all->ramp[j];
      first = j;
    }
    if (isnan(output) || first < i || sum <= output) continue;
    for (int64_t j = i; j < all->n; j++) {
      if (all->of[j]->producer == c->producer && all->of[j]->stage == c->stage) all->tonnes[j] *= output / sum;
    }
  }
}

critmin_status cm_committed_read(cm_committed *all, cm_trail *t, critmin_error *error) {
  const critmin_model *m = t->plan->model;
  memset(all, 0, sizeof *all);
  if (!make_room(all, m->n_commitments)) return cm_fail_memory(error);
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < m->n_commitments && !status; i++) {
    const cm_model_commitment *c = &m->commitments[i];
    int32_t k = delivers(t, c) ? place_of(t, c) : CM_NONE;
    if (k != CM_NONE) status = take(all, t, c, k, error);
  }
  cut(all, t);
  return status;
}
