/* SPDX-License-Identifier: MIT */
/*
 * Behind an origin: the flows into every pool that a noteworthy part of the material passed through, the production and
 * the assumptions that say what was made there. A flow adds what of the material came in with it and was made where it
 * is asked, and so do the producers at the stage traced to. These add up to the answer, and so do the flows into the
 * user's own pool with what it makes; what flows from one to another on the way is told at each.
 */
#include <math.h>

#include "base/memory.h"
#include "critmin/origin.h"
#include "metrics/metric_origin.h"

/* Pools that less of the material passes through, and flows that bring less, are left out. */
static const double NOTEWORTHY = 1e-4;

typedef struct telling {
  cm_trail *trail;
  cm_use *use;   /* that keeps what is told */
  double *value; /* of each pool: the part that was made by those marked */
} telling;

static const char *const role_of_flow[] = {"flow", "residual", "total"};

static int kind_of_flow(const critmin_model *m, int32_t exporter) {
  return m->countries[exporter].kind == CM_IS_WORLD ? 2 : cm_is_unnamed(m, exporter);
}

static void tell_list(telling *w, int32_t k, int32_t importer, double carried, double whole) {
  cm_chain *chain = w->trail->chain;
  cm_use *from = &chain->use;
  const critmin_model *m = from->model;
  const cm_flow_market *market = from->imports.market;
  cm_flow_range range = cm_flow_market_into(m, market, importer);
  w->use->imports.by = from->imports.by;
  for (int64_t flow = range.first; flow < range.last; flow++) {
    int32_t exporter = m->flows.exporter[flow];
    int kind = kind_of_flow(m, exporter);
    double part = carried * cm_use_flow(from, market, flow, from->imports.by) / whole;
    if (kind == 0 && (from->inside[exporter] || !(part > NOTEWORTHY))) continue;
    double adds = kind == 0 ? part * w->value[(int64_t)k * chain->supply.countries + exporter] : NAN;
    cm_use_tell_flow(w->use, CM_TERM_ASSESSMENT, role_of_flow[kind], market, flow, adds);
  }
}

static critmin_status tell_imports(telling *w, int32_t k, int32_t country, double visits, critmin_error *error) {
  cm_chain *chain = w->trail->chain;
  const cm_supply_pool *pool = &chain->supply.stage[k].pool[country];
  const cm_pool_story *story = &chain->stage[k].story[country];
  int only = w->trail->imports_only && k == w->trail->stage && country == w->trail->country;
  double carried = only ? visits : visits * (1 - pool->gap) * (1 - pool->own), whole;
  if (story->list_stage == CM_NONE || !(carried > NOTEWORTHY)) return CRITMIN_OK;
  critmin_status status = cm_chain_list(chain, story, cm_chain_party(chain, country), &whole, error);
  if (status || !chain->use.imports.market || !(whole > 0)) return status;
  const cm_use *from = &chain->use;
  for (int32_t i = 0; i < from->n_members && from->imports.by_members; i++)
    tell_list(w, k, from->members[i], carried, whole);
  if (!from->imports.by_members) tell_list(w, k, from->area, carried, whole);
  return CRITMIN_OK;
}

static void tell_market(telling *w, const cm_model_market *market, cm_party party, double adds) {
  const critmin_model *m = w->trail->plan->model;
  int32_t day = cm_plan_day(w->trail->plan, w->trail->row->year);
  for (int32_t i = market->first; i < market->first + market->n; i++) {
    if (cm_party_has(m, &party, m->figures.country[i], day))
      cm_use_tell_figure(w->use, CM_TERM_ASSESSMENT, "production", market, i, adds);
  }
}

static void tell_making(telling *w, int32_t k, int32_t country, double visits) {
  cm_trail *t = w->trail;
  const cm_chain_stage *s = &t->chain->stage[k];
  const cm_supply_pool *pool = &t->chain->supply.stage[k].pool[country];
  const cm_pool_story *story = &s->story[country];
  double adds = k == t->at && t->chain->mark[country] ? visits * (1 - pool->gap) * pool->own : NAN;
  cm_party party = cm_chain_party(t->chain, country);
  if (story->assumption)
    cm_use_tell_fact(w->use, CM_TERM_ASSESSMENT, "assumption", CM_FACT_ASSUMPTION,
                     (int32_t)(story->assumption - t->plan->model->assumptions), adds);
  else if (s->made && story->made_stage != CM_NONE)
    tell_market(w, s->made, party, adds);
  for (int i = 0; i < 2; i++) {
    if (story->fed[i]) tell_market(w, story->fed[i], party, NAN);
  }
}

static critmin_status value_pools(telling *w, critmin_error *error) {
  cm_trail *t = w->trail;
  int32_t countries = t->chain->supply.countries, n = 0;
  size_t pools = (size_t)t->chain->supply.stages * (size_t)countries;
  w->value = cm_alloc_array(pools, sizeof *w->value);
  if (!w->value) return cm_fail_memory(error);
  for (int32_t c = 0; c < countries; c++) {
    if (t->chain->mark[c]) t->origin[n++] = c;
  }
  double *share = cm_alloc_array(pools * (size_t)(n ? n : 1), sizeof *share);
  critmin_status status = share ? CRITMIN_OK : cm_fail_memory(error);
  if (!status && n) status = critmin_origin_all(t->chain->network, t->at, t->origin, n, share, NULL, NULL, 1, error);
  for (size_t pool = 0; pool < pools && !status; pool++) {
    for (int32_t i = 0; i < n; i++) {
      double part = share[pool * (size_t)n + (size_t)i];
      w->value[pool] += isnan(part) ? 0 : part;
    }
  }
  cm_free(share);
  return status;
}

critmin_status cm_trail_tell(cm_trail *t, cm_use *use, critmin_error *error) {
  telling w = {.trail = t, .use = use};
  const cm_chain *chain = t->chain;
  critmin_status status = value_pools(&w, error);
  use->scale[CM_TERM_ASSESSMENT] = 1;
  for (int32_t k = t->stage; k >= t->at && !status; k--) {
    for (int32_t c = 0; c < chain->supply.countries && !status; c++) {
      int is_user = k == t->stage && c == t->country;
      double visits = chain->visits[(int64_t)k * chain->supply.countries + c];
      if (!(visits > NOTEWORTHY || is_user) || !chain->supply.stage[k].pool[c].is_there) continue;
      /* What comes back to the user in a loop was told of where it first came in. */
      status = tell_imports(&w, k, c, is_user ? 1 : visits, error);
      if (!status && visits > NOTEWORTHY) tell_making(&w, k, c, visits);
    }
  }
  cm_free(w.value);
  return status;
}
