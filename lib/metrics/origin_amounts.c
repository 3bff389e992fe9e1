/* SPDX-License-Identifier: MIT */
/*
 * A chain as amounts. Of a stage of which a list has every pair of countries the flows are amounts as they are listed,
 * and what a country makes follows from its share of the pool; elsewhere a stage has the amounts that the stage after it
 * takes in, passed on between its pools as their shares say. What is used of a stage is taken for the intake of the next
 * one, so that the amounts of two stages need no unit in common.
 */
#include "metrics/origin_amounts.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "critmin/origin.h"

int cm_amounts_are_listed(const cm_chain *chain, int32_t stage) {
  return chain->stage[stage].trade && chain->stage[stage].trade->complete;
}

void cm_amounts_free(cm_amounts *a) {
  for (int32_t k = 0; a->stage && k < a->stages; k++) {
    cm_amounts_stage *s = &a->stage[k];
    cm_free(s->output);
    cm_free(s->use);
    cm_free(s->yield);
    cm_free(s->imports);
    cm_free(s->exports);
    cm_free(s->quantity);
    cm_free(s->importer);
    cm_free(s->exporter);
  }
  cm_free(a->stage);
  critmin_network_free(a->network);
}

static int make_room(cm_amounts_stage *s, int32_t countries, int64_t flows) {
  size_t n = (size_t)countries;
  s->output = cm_alloc_array(n, sizeof *s->output);
  s->use = cm_alloc_array(n, sizeof *s->use);
  s->yield = cm_alloc_array(n, sizeof *s->yield);
  s->imports = cm_alloc_array(n, sizeof *s->imports);
  s->exports = cm_alloc_array(n, sizeof *s->exports);
  s->quantity = cm_alloc_array((size_t)flows, sizeof *s->quantity);
  s->importer = cm_alloc_array((size_t)flows, sizeof *s->importer);
  s->exporter = cm_alloc_array((size_t)flows, sizeof *s->exporter);
  return s->output && s->use && s->yield && s->imports && s->exports && s->quantity && s->importer && s->exporter;
}

static void add_flow(cm_amounts_stage *s, int32_t from, int32_t to, double amount) {
  if (from == to || !(amount > 0)) return;
  s->importer[s->n] = to;
  s->exporter[s->n] = from;
  s->quantity[s->n++] = amount;
  s->imports[to] += amount;
  s->exports[from] += amount;
}

/* The pool that a country's trade is of: that of the group asked about, where it is one of it. */
static int32_t pool_of(const cm_trail *t, int32_t country, int32_t day) {
  const cm_party *group = &t->chain->party;
  int is_in = group->group != CM_NONE && cm_party_has(t->plan->model, group, country, day);
  return is_in ? t->chain->supply.countries - 1 : country;
}

static critmin_status read_listed(cm_trail *t, int32_t k, cm_amounts_stage *s, int32_t countries,
                                  critmin_error *error) {
  cm_chain *chain = t->chain;
  const cm_chain_stage *of = &chain->stage[k];
  const critmin_model *m = t->plan->model;
  int32_t day = cm_plan_day(t->plan, t->row->year);
  if (!make_room(s, countries, of->trade->n)) return cm_fail_memory(error);
  chain->use.stage = of->trade->stage;
  for (int64_t flow = of->trade->first; flow < of->trade->first + of->trade->n; flow++) {
    int32_t from = m->flows.exporter[flow], to = m->flows.importer[flow];
    if (m->countries[from].kind == CM_IS_WORLD || m->countries[to].kind == CM_IS_WORLD) continue;
    double amount = cm_use_flow(&chain->use, of->trade, flow, of->trade_by);
    add_flow(s, pool_of(t, from, day), pool_of(t, to, day), amount);
  }
  for (int32_t c = 0; c < chain->supply.countries; c++) {
    double own = chain->supply.stage[k].pool[c].own;
    if (pool_of(t, c, day) != c || !(own > 0)) continue;
    s->output[c] = own < 1 && s->imports[c] > 0 ? own / (1 - own) * s->imports[c] : s->exports[c];
  }
  for (int32_t c = 0; c < countries; c++) s->use[c] = fmax(0, s->output[c] + s->imports[c] - s->exports[c]);
  return CRITMIN_OK;
}

/* Amounts in the unit of the stage after, and yields of that: what comes out there of what is used here. One that has
 * only what it makes itself has as much of it as it takes. */
static void fit(cm_amounts_stage *s, cm_amounts_stage *after, const cm_supply_pool *pool, int32_t countries) {
  double most = 0;
  for (int32_t c = 0; c < countries; c++) {
    after->yield[c] = 1;
    if (after->output[c] > 0 && s->use[c] > 0) most = fmax(most, after->output[c] / s->use[c]);
  }
  if (!(most > 0)) most = 1;
  for (int64_t i = 0; i < s->n; i++) s->quantity[i] *= most;
  for (int32_t c = 0; c < countries; c++) {
    s->output[c] *= most;
    s->use[c] *= most;
    if (!(after->output[c] > 0)) continue;
    if (s->use[c] > 0) {
      after->yield[c] = fmin(1, after->output[c] / s->use[c]);
    } else {
      s->use[c] = after->output[c];
      if (c < countries - 1 && pool[c].is_there && pool[c].own >= 1) s->output[c] += after->output[c];
    }
  }
}

/* As much of every pool as is needed of it. */
static critmin_status read_needed(cm_trail *t, int32_t k, cm_amounts_stage *s, const double *need, int32_t countries,
                                  critmin_error *error) {
  const cm_chain *chain = t->chain;
  const cm_supply_stage *of = &chain->supply.stage[k];
  int32_t n = chain->supply.countries;
  if (!make_room(s, countries, of->n)) return cm_fail_memory(error);
  double *held = cm_alloc_array((size_t)(k + 1) * (size_t)n, sizeof *held);
  if (!held) return cm_fail_memory(error);
  memcpy(s->use, need, (size_t)countries * sizeof *need);
  memcpy(held + (int64_t)k * n, need, (size_t)n * sizeof *need);
  critmin_status status = cm_supply_visits(chain->network, k, k, held, error);
  for (int32_t c = 0; c < n && !status; c++) {
    const cm_supply_pool *pool = &of->pool[c];
    double whole = held[(int64_t)k * n + c] * (1 - pool->gap);
    s->output[c] = whole * pool->own;
    for (int64_t i = pool->first; i < pool->first + pool->n; i++)
      add_flow(s, of->partner[i], c, whole * (1 - pool->own) * of->share[i]);
  }
  cm_free(held);
  return status;
}

/* What the user imports goes to a buyer of its own, beside the user, who then has as much from anywhere. */
static void part_imports(const cm_trail *t, cm_amounts_stage *s, int32_t buyer) {
  for (int64_t i = 0; i < s->n; i++) {
    if (s->importer[i] == t->country) s->importer[i] = buyer;
  }
}

critmin_status cm_amounts_network(cm_amounts *a, critmin_error *error) {
  critmin_network_stage *given = cm_alloc_array((size_t)a->stages, sizeof *given);
  const critmin_network_stage **all = cm_alloc_array((size_t)a->stages, sizeof(const critmin_network_stage *));
  critmin_status status = given && all ? CRITMIN_OK : cm_fail_memory(error);
  for (int32_t k = 0; k < a->stages && !status; k++) {
    const cm_amounts_stage *s = &a->stage[k];
    all[k] = &given[k];
    critmin_network_stage_init(&given[k]);
    given[k].output = s->output;
    given[k].use = s->use;
    given[k].yield = k > 0 ? s->yield : NULL;
    given[k].importer = s->importer;
    given[k].exporter = s->exporter;
    given[k].quantity = s->quantity;
    given[k].flows = s->n;
  }
  if (!status) status = critmin_network_new(all, a->stages, a->countries, 1, &a->network, error);
  cm_free(given);
  cm_free((void *)all);
  return status;
}

static critmin_status begin(cm_amounts *a, const cm_trail *t, int32_t more, critmin_error *error) {
  a->stages = t->stage - t->at + 1;
  a->countries = t->chain->supply.countries + more;
  a->buyer = t->country;
  a->stage = cm_alloc_array((size_t)a->stages, sizeof *a->stage);
  return a->stage ? CRITMIN_OK : cm_fail_memory(error);
}

static void lose_nothing(cm_amounts_stage *s, int32_t countries) {
  for (int32_t c = 0; c < countries; c++) s->yield[c] = 1;
}

critmin_status cm_amounts_listed(cm_amounts *a, cm_trail *t, critmin_error *error) {
  critmin_status status = begin(a, t, 1, error);
  for (int32_t k = t->stage; k >= t->at && !status; k--) {
    cm_amounts_stage *s = &a->stage[k - t->at], *after = s + 1;
    int is_listed = cm_amounts_are_listed(t->chain, k);
    if (is_listed)
      status = read_listed(t, k, s, a->countries, error);
    else
      status = read_needed(t, k, s, after->output, a->countries, error);
    if (status || k == t->stage) continue;
    if (is_listed)
      fit(s, after, t->chain->supply.stage[k].pool, a->countries);
    else
      lose_nothing(after, a->countries);
  }
  if (!status && t->imports_only) {
    a->buyer = a->countries - 1;
    part_imports(t, &a->stage[a->stages - 1], a->buyer);
  }
  return status ? status : cm_amounts_network(a, error);
}

critmin_status cm_amounts_of_demand(cm_amounts *a, cm_trail *t, double demand, int32_t more, critmin_error *error) {
  critmin_status status = begin(a, t, more, error);
  double *need = cm_alloc_array((size_t)a->countries, sizeof *need);
  if (!status && !need) status = cm_fail_memory(error);
  if (need) need[t->country] = demand;
  for (int32_t k = t->stage; k >= t->at && !status; k--) {
    cm_amounts_stage *s = &a->stage[k - t->at];
    status = read_needed(t, k, s, k < t->stage ? (s + 1)->output : need, a->countries, error);
    if (!status) lose_nothing(s, a->countries);
  }
  cm_free(need);
  return status;
}
