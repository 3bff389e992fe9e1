/* SPDX-License-Identifier: MIT */
/*
 * The ends of an origin without the assumption that pools mix, inside one stage of which a list has every pair of
 * countries: its flows are then amounts, a country's own making follows from its share of the pool, and what it uses is
 * what it does not send on. Across stages the intake would have to be known in the same amounts, which it is not.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "critmin/origin.h"
#include "metrics/metric_origin.h"

typedef struct amounts {
  double *output, *quantity;
  int32_t *importer, *exporter;
  int64_t n;
} amounts;

static void free_amounts(amounts *a) {
  cm_free(a->output);
  cm_free(a->quantity);
  cm_free(a->importer);
  cm_free(a->exporter);
}

static critmin_status read_amounts(cm_trail *t, amounts *a, critmin_error *error) {
  cm_chain *chain = t->chain;
  const cm_chain_stage *s = &chain->stage[t->stage];
  const critmin_model *m = t->plan->model;
  size_t flows = (size_t)s->trade->n;
  a->output = cm_alloc_array((size_t)chain->supply.countries, sizeof *a->output);
  a->quantity = cm_alloc_array(flows, sizeof *a->quantity);
  a->importer = cm_alloc_array(flows, sizeof *a->importer);
  a->exporter = cm_alloc_array(flows, sizeof *a->exporter);
  if (!a->output || !a->quantity || !a->importer || !a->exporter) return cm_fail_memory(error);
  chain->use.stage = s->trade->stage;
  for (int64_t flow = s->trade->first; flow < s->trade->first + s->trade->n; flow++) {
    int32_t from = m->flows.exporter[flow], to = m->flows.importer[flow];
    if (m->countries[from].kind == CM_IS_WORLD || m->countries[to].kind == CM_IS_WORLD) continue;
    double number = cm_use_flow(&chain->use, s->trade, flow, s->trade_by);
    if (isnan(number)) continue;
    a->importer[a->n] = to;
    a->exporter[a->n] = from;
    a->quantity[a->n++] = number;
  }
  for (int32_t c = 0; c + 1 < chain->supply.countries; c++) {
    const cm_supply_pool *pool = &chain->supply.stage[t->stage].pool[c];
    double imports = isnan(s->imports[c]) ? 0 : s->imports[c];
    if (pool->own <= 0) continue;
    a->output[c] = pool->own < 1 && imports > 0 ? pool->own / (1 - pool->own) * imports : s->exports[c];
  }
  return CRITMIN_OK;
}

critmin_status cm_trail_unmixed(cm_trail *t, critmin_answer *answer, critmin_error *error) {
  const cm_chain_stage *s = &t->chain->stage[t->stage];
  if (t->at != t->stage || t->imports_only || t->chain->party.group != CM_NONE || !s->trade || !s->trade->complete) {
    answer->low = answer->high = NAN;
    answer->flags |= CRITMIN_FLAG_UNBOUNDED;
    return CRITMIN_OK;
  }
  amounts a = {0};
  critmin_network *network = NULL;
  critmin_status status = read_amounts(t, &a, error);
  if (!status) {
    critmin_network_stage stage;
    critmin_network_stage_init(&stage);
    stage.output = a.output;
    stage.importer = a.importer;
    stage.exporter = a.exporter;
    stage.quantity = a.quantity;
    stage.flows = a.n;
    status = critmin_network_new((const critmin_network_stage *const[]){&stage}, 1, t->chain->supply.countries, 1,
                                 &network, error);
  }
  critmin_trace trace;
  critmin_answer ends;
  critmin_trace_init(&trace);
  critmin_answer_init(&ends);
  trace.buyer = &t->country;
  trace.buyers = 1;
  int32_t n = 0;
  for (int32_t c = 0; c < t->chain->supply.countries; c++) {
    if (t->chain->mark[c]) t->origin[n++] = c;
  }
  if (!status && n) status = critmin_origin_bounds(network, &trace, t->origin, n, &ends, error);
  if (!status && !isnan(ends.low)) {
    answer->low = fmin(answer->low, ends.low);
    answer->high = fmax(answer->high, ends.high);
  }
  critmin_network_free(network);
  free_amounts(&a);
  return status;
}
