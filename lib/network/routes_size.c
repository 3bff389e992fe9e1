/* SPDX-License-Identifier: MIT */
/* How many tonnes the pools of a network hold, and what can be said where that is not known. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "network/routes.h"
#include "network/solve.h"

void cm_routes_free(cm_routes *q) {
  cm_free(q->scale);
  cm_free(q->size);
  cm_free(q->need);
  cm_free(q->sized);
}

/* A stage in shares holds what is needed of it; pools that nothing is known of, or that no source feeds, as much as is
 * needed of themselves. */
static void pass_on(const cm_stage *s, int32_t countries, const double *need, double *size, double *scratch) {
  cm_vector vector = cm_vector_choose();
  for (int32_t c = 0; c < countries; c++) size[c] = s->state[c] == CM_POOL_LIVE ? need[c] : 0;
  cm_solve_row(s, &vector, size, scratch);
  for (int32_t c = 0; c < countries; c++)
    if (s->state[c] != CM_POOL_LIVE) size[c] = need[c];
}

static void add_need(const cm_routes *q, int32_t k) {
  const cm_stage *s = &q->n->stage[k];
  int32_t countries = q->n->countries;
  const double *size = q->size + (int64_t)k * countries;
  for (int32_t i = 0; s->yield && i < s->inputs; i++) {
    double *need = q->need + (int64_t)s->input[i] * countries;
    for (int32_t c = 0; c < countries; c++)
      if (s->output[c] > 0) need[c] += s->output[c] * size[c] / s->yield[c] * cm_input_share(s, i, countries, c);
  }
}

critmin_status cm_routes_size(cm_routes *q, critmin_error *error) {
  int32_t stages = q->n->stages, countries = q->n->countries;
  size_t pools = (size_t)stages * (size_t)countries;
  q->scale = cm_alloc_array((size_t)stages, sizeof *q->scale);
  q->size = cm_alloc_array(pools, sizeof *q->size);
  q->need = cm_alloc_array(pools, sizeof *q->need);
  q->sized = cm_alloc_array((size_t)stages, sizeof *q->sized);
  double *scratch = cm_alloc_array(2 * (size_t)countries, sizeof *scratch);
  int done = q->scale && q->size && q->need && q->sized && scratch;
  for (int32_t k = stages; done && k-- > 0;) {
    const cm_stage *s = &q->n->stage[k];
    double *size = q->size + (int64_t)k * countries, *need = q->need + (int64_t)k * countries, all = 0;
    for (int32_t c = 0; c < countries; c++) all += need[c];
    q->sized[k] = !s->in_shares || all > 0;
    if (!q->sized[k]) continue;
    if (s->in_shares)
      pass_on(s, countries, need, size, scratch);
    else
      for (int32_t c = 0; c < countries; c++) size[c] = 1;
    add_need(q, k);
  }
  cm_free(scratch);
  return done ? CRITMIN_OK : cm_fail_memory(error);
}

double cm_routes_use(const cm_routes *q, int32_t stage, int32_t country) {
  const cm_stage *s = &q->n->stage[stage];
  double need = q->need[(int64_t)stage * q->n->countries + country];
  return s->in_shares ? need : fmax(need, s->total[country] - s->exports[country]);
}

/* Whether a pool holds anything of the sources by itself, or of what it was made from. */
static int begins(const cm_routes *q, cm_sources side, const uint8_t *found, int32_t k, int32_t c) {
  const cm_stage *s = &q->n->stage[k];
  if (cm_routes_source(q, side, k, c) > 0) return 1;
  for (int32_t i = 0; s->output[c] > 0 && cm_routes_goes_on(q, k, c) && i < s->inputs; i++)
    if (q->scale[s->input[i]] != 0 && cm_input_share(s, i, q->n->countries, c) > 0 &&
        found[(int64_t)s->input[i] * q->n->countries + c])
      return 1;
  return 0;
}

/* Which pools can hold anything of the sources: passed on until nothing is new. */
static void spread(const cm_routes *q, cm_sources side, uint8_t *found) {
  int32_t countries = q->n->countries;
  for (int32_t k = q->trace->at; k <= q->trace->stage; k++) {
    const cm_stage *s = &q->n->stage[k];
    uint8_t *of = found + (int64_t)k * countries;
    if (q->scale[k] == 0) continue;
    for (int32_t c = 0; c < countries; c++) of[c] = (uint8_t)begins(q, side, found, k, c);
    for (int news = 1; news;) {
      news = 0;
      for (int32_t c = 0; c < countries; c++)
        for (int64_t f = s->flow.start[c]; !of[c] && f < s->flow.start[c + 1]; f++)
          if (of[s->flow.country[f]]) of[c] = 1, news = 1;
    }
  }
}

/* The part of the buyer's pool that can be from the sources. */
static int can_be_from(const cm_routes *q, cm_sources side, double *part) {
  int32_t countries = q->n->countries, k = q->trace->stage, c = q->trace->buyer[0];
  const cm_stage *s = &q->n->stage[k];
  uint8_t *found = cm_alloc_array((size_t)q->n->stages * (size_t)countries, sizeof *found);
  if (!found) return 0;
  spread(q, side, found);
  double sum = cm_routes_source(q, side, k, c);
  for (int32_t i = 0; cm_routes_goes_on(q, k, c) && i < s->inputs; i++)
    if (q->scale[s->input[i]] != 0 && found[(int64_t)s->input[i] * countries + c])
      sum += s->output[c] * cm_input_share(s, i, countries, c);
  for (int64_t f = s->flow.start[c]; f < s->flow.start[c + 1] && s->state[c] == CM_POOL_LIVE; f++)
    if (found[(int64_t)k * countries + s->flow.country[f]]) sum += s->flow.value[f];
  *part = sum / s->total[c];
  cm_free(found);
  return 1;
}

int cm_routes_of_any_size(const cm_routes *q, int unknown, double *least, double *most) {
  const critmin_trace *t = q->trace;
  double rest = 0;
  for (int32_t k = t->at; k <= t->stage; k++) q->scale[k] = cm_leads(q->n, t->stage, k) && cm_leads(q->n, k, t->at);
  if (!can_be_from(q, (cm_sources){.marked = 1, .unknown = unknown}, most) ||
      !can_be_from(q, (cm_sources){.others = 1, .unknown = 1}, &rest))
    return 0;
  *least = 1 - rest;
  return 1;
}
