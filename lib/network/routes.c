/* SPDX-License-Identifier: MIT */
/* The arcs that material may take from the sources of a network to the buyers of a trace. */
#include "network/routes.h"

#include <math.h>

#include "base/error.h"

/* The yield of the producer that loses least, which the others' are measured by; NaN where nobody makes anything. */
static critmin_status best_yield(const cm_routes *q, int32_t stage, double *yield, critmin_error *error) {
  const cm_stage *s = &q->n->stage[stage];
  if (!s->yield)
    return cm_fail(error, CRITMIN_ERROR_MISSING_VALUE,
                   "stage %d has no yield, so that its intake is not known; give it one, 1 "
                   "where nothing is lost",
                   (int)stage);
  *yield = NAN;
  for (int32_t c = 0; c < q->n->countries; c++)
    if (s->output[c] > 0) *yield = fmax(*yield, s->yield[c]);
  return CRITMIN_OK;
}

critmin_status cm_routes_scale(cm_routes *q, critmin_error *error) {
  const critmin_trace *t = q->trace;
  q->scale[t->stage] = 1;
  for (int32_t k = t->stage; k > t->at; k--) {
    const cm_stage *s = &q->n->stage[k];
    double yield = NAN;
    if (q->scale[k] == 0) continue;
    critmin_status status = best_yield(q, k, &yield, error);
    if (status != CRITMIN_OK) return status;
    if (isnan(yield)) continue; /* makes nothing */
    for (int32_t i = 0; i < s->inputs; i++) {
      if (!cm_leads(q->n, s->input[i], t->at)) continue;
      q->scale[s->input[i]] = fmax(q->scale[s->input[i]], q->scale[k] * yield);
    }
  }
  return CRITMIN_OK;
}

int cm_routes_goes_on(const cm_routes *q, int32_t stage, int32_t country) {
  return stage > q->trace->at && !(q->touch && q->mark[country]);
}

double cm_routes_source(const cm_routes *q, cm_sources side, int32_t stage, int32_t c) {
  const cm_stage *s = &q->n->stage[stage];
  if (s->in_shares && s->state[c] == CM_POOL_EMPTY) return side.unknown; /* all of it */
  /* Touched where it was made: the ways through the plant are cut, and it is a source of its own. */
  int touched = q->touch && q->mark[c], mine = touched || (stage == q->trace->at && q->mark[c]);
  double sum = 0;
  if ((stage == q->trace->at || touched) && (mine ? side.marked : side.others)) sum += s->output[c];
  if (touched ? side.marked : side.others) sum += s->secondary[c];
  if (side.unknown) sum += s->state[c] == CM_POOL_LOOP ? s->total[c] : s->unknown[c];
  if (side.unknown && !s->in_shares) { /* what stages in shares take in was not known to the network */
    double drawn = s->exports[c] + q->need[(int64_t)stage * q->n->countries + c], gap = drawn - s->total[c];
    sum += gap > CM_ROUNDING * drawn ? gap : 0;
  }
  for (int32_t i = 0; side.others && cm_routes_goes_on(q, stage, c) && i < s->inputs; i++)
    if (q->scale[s->input[i]] == 0) sum += s->output[c] * cm_input_share(s, i, q->n->countries, c);
  return sum;
}

int cm_routes_add_plant(const cm_routes *q, cm_arcs *arcs, int32_t stage, int32_t i, int32_t country, double made) {
  const cm_stage *s = &q->n->stage[stage];
  int32_t input = s->input[i], countries = q->n->countries;
  double best = q->scale[input] / q->scale[stage], yield = s->output[country] > 0 ? s->yield[country] : best;
  double gain = fabs(yield - best) > 1e-9 * best ? yield / best : 1;
  return cm_arcs_add_lossy(arcs, input * countries + country, stage * countries + country, made, gain);
}

int cm_routes_add(const cm_routes *q, cm_arcs *arcs, cm_sources side, int32_t stage, int32_t source) {
  const cm_stage *s = &q->n->stage[stage];
  int32_t countries = q->n->countries, base = stage * countries;
  int done = 1;
  for (int32_t c = 0; c < countries && done; c++) {
    double scale = q->scale[stage] * q->size[base + c];
    if (q->without && q->mark[c]) continue;
    for (int64_t f = s->flow.start[c]; f < s->flow.start[c + 1] && done; f++)
      if (!q->without || !q->mark[s->flow.country[f]])
        done = cm_arcs_add(arcs, base + s->flow.country[f], base + c, s->flow.value[f] * scale);
    for (int32_t i = 0; cm_routes_goes_on(q, stage, c) && i < s->inputs && done; i++)
      if (q->scale[s->input[i]] != 0)
        done = cm_routes_add_plant(q, arcs, stage, i, c, s->output[c] * scale * cm_input_share(s, i, countries, c));
    if (done) done = cm_arcs_add(arcs, source, base + c, cm_routes_source(q, side, stage, c) * scale);
  }
  return done;
}
