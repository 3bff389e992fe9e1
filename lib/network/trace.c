/* SPDX-License-Identifier: MIT */
/* From the buyers' pools downwards, stage by stage: one row is all that is ever kept, and nothing is inverted. */
#include "network/trace.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "network/solve.h"

typedef struct run {
  const critmin_network *n;
  const critmin_trace *trace;
  cm_way way;
  cm_found *found;
  cm_vector vector;
  double *weight; /* of every stage, one entry a country */
  double *row;    /* for those that stop, countries * (their number) entries */
  double *scratch;
  int32_t *stopper;
  int32_t stoppers;
  uint8_t *leads; /* of each stage up to the buyers': whether it leads back to the one traced to */
} run;

/*
 * Takes the ways through the pools that stop the trace out of `weight`, one pool after the other: of what ever reaches
 * pool q, the weight of q over the weight that starting in q gives q, each pool gets what starting in q gives it. What
 * then still comes from such a pool is what stops there.
 */
static void stop_transit(run *r, const cm_stage *s, double *weight) {
  int32_t countries = r->n->countries, stoppers = 0;
  for (int32_t q = 0; q < countries; q++) {
    if (!r->way.stop[q] || s->state[q] != CM_POOL_LIVE) continue;
    double *row = r->row + (int64_t)stoppers * countries;
    memset(row, 0, (size_t)countries * sizeof *row);
    row[q] = 1;
    cm_solve_row(s, &r->vector, row, r->scratch);
    r->stopper[stoppers++] = q;
  }
  for (int32_t i = 0; i < stoppers; i++) {
    const double *row = r->row + (int64_t)i * countries;
    int32_t q = r->stopper[i];
    for (int32_t k = i; k < stoppers; k++) {
      double *of = k == i ? weight : r->row + (int64_t)k * countries;
      double chance = of[q] / row[q];
      for (int32_t c = 0; c < countries; c++) {
        double left = of[c] - chance * row[c];
        of[c] = left > 0 && c != q ? left : 0;
      }
    }
  }
  for (int32_t c = 0; c < countries; c++)
    for (int64_t f = s->flow.start[c]; weight[c] > 0 && f < s->flow.start[c + 1]; f++) {
      if (!r->way.stop[s->flow.country[f]]) continue;
      r->found->stopped += weight[c] * s->flow.value[f];
      if (s->state[s->flow.country[f]] == CM_POOL_LOOP) r->found->unknown -= weight[c] * s->flow.value[f];
    }
}

/* What was made in `country` and weighs `amount`: where it goes on the stage below. */
static void pass_on(run *r, int32_t stage, int32_t country, double amount) {
  const cm_stage *s = &r->n->stage[stage];
  if (r->trace->needed) amount /= s->yield[country];
  for (int32_t i = 0; i < s->inputs; i++) {
    double part = amount * cm_input_share(s, i, r->n->countries, country);
    if (r->leads[s->input[i]])
      r->weight[(int64_t)s->input[i] * r->n->countries + country] += part;
    else
      r->found->other[country] += part;
  }
}

static void one_stage(run *r, int32_t stage) {
  const cm_stage *s = &r->n->stage[stage];
  int32_t countries = r->n->countries;
  double *weight = r->weight + (int64_t)stage * countries;
  cm_found *found = r->found;
  int any = 0;
  for (int32_t c = 0; c < countries; c++) {
    if (weight[c] == 0) continue;
    int stops = r->way.stop && r->way.stop[c] && r->way.transit;
    if (s->state[c] == CM_POOL_LIVE && !stops) {
      any = 1;
      continue;
    }
    if (stops)
      found->stopped += weight[c];
    else
      found->unknown += weight[c];
    if (s->state[c] == CM_POOL_LOOP) found->flags |= CRITMIN_FLAG_SINGULAR_LOOP;
    weight[c] = 0;
  }
  if (!any) return;
  cm_solve_row(s, &r->vector, weight, r->scratch);
  if (r->way.stop && r->way.transit) stop_transit(r, s, weight);
  for (int32_t c = 0; c < countries; c++) {
    double w = weight[c];
    if (w == 0) continue;
    found->pools++;
    found->unknown += w * s->dark[c];
    for (int64_t f = s->outer_end[c]; f < s->flow.start[c + 1]; f++)
      if (s->state[s->flow.country[f]] == CM_POOL_LOOP) found->flags |= CRITMIN_FLAG_SINGULAR_LOOP;
    if (r->way.stop && r->way.stop[c]) {
      found->stopped += w * (s->output[c] + s->secondary[c]);
      continue;
    }
    found->other[c] += w * s->secondary[c];
    if (s->output[c] == 0) continue;
    if (stage == r->trace->at)
      found->share[c] += w * s->output[c];
    else
      pass_on(r, stage, c, w * s->output[c]);
  }
}

critmin_status cm_trace_run(const critmin_network *n, const critmin_trace *trace, cm_way way, cm_found *found,
                            critmin_error *error) {
  critmin_status status = cm_trace_check_stages(n, trace, error);
  if (status != CRITMIN_OK) return status;
  size_t countries = (size_t)n->countries;
  run r = {.n = n, .trace = trace, .way = way, .found = found, .vector = cm_vector_choose()};
  for (int32_t c = 0; way.stop && way.transit && c < n->countries; c++) r.stoppers += way.stop[c] != 0;
  r.weight = cm_alloc_array(((size_t)trace->stage + 1) * countries, sizeof *r.weight);
  r.scratch = cm_alloc_array(2 * countries, sizeof *r.scratch);
  r.row = cm_alloc_array((size_t)r.stoppers * countries, sizeof *r.row);
  r.stopper = cm_alloc_array((size_t)r.stoppers, sizeof *r.stopper);
  r.leads = cm_alloc_array((size_t)trace->stage + 1, sizeof *r.leads);
  if (!r.weight || !r.scratch || !r.row || !r.stopper || !r.leads) status = cm_fail_memory(error);
  double *top = r.weight ? r.weight + (size_t)trace->stage * countries : NULL;
  if (status == CRITMIN_OK) status = cm_trace_check(n, trace, top, error);
  if (status == CRITMIN_OK) {
    for (int32_t k = trace->at; k <= trace->stage; k++) r.leads[k] = (uint8_t)cm_leads(n, k, trace->at);
    found->empty = 1;
    for (size_t c = 0; c < countries; c++) {
      if (top[c] > 0) found->empty = 0;
    }
    for (int32_t k = trace->stage; k >= trace->at && !found->empty; k--) one_stage(&r, k);
    found->unknown = fmax(0, found->unknown);
    if (found->unknown > 0) found->flags |= CRITMIN_FLAG_UNKNOWN_ORIGIN;
  }
  cm_free(r.weight);
  cm_free(r.scratch);
  cm_free(r.row);
  cm_free(r.stopper);
  cm_free(r.leads);
  return status;
}

critmin_status cm_trace(const critmin_network *n, const critmin_trace *trace, cm_way way, cm_found *found,
                        critmin_error *error) {
  memset(found, 0, sizeof *found);
  found->share = cm_alloc_array((size_t)n->countries, sizeof *found->share);
  found->other = cm_alloc_array((size_t)n->countries, sizeof *found->other);
  critmin_status status =
      found->share && found->other ? cm_trace_run(n, trace, way, found, error) : cm_fail_memory(error);
  if (status != CRITMIN_OK) cm_found_free(found);
  return status;
}

void cm_found_free(cm_found *found) {
  cm_free(found->share);
  cm_free(found->other);
  found->share = found->other = NULL;
}
