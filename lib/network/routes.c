/* SPDX-License-Identifier: MIT */
/* The arcs that material may take from the sources of a network to the buyers of a trace. */
#include "network/routes.h"

#include <math.h>

#include "base/error.h"

/* The yield that all producers of a stage have in common. */
static critmin_status common_yield(const cm_routes *q, int32_t stage, double *yield, critmin_error *error) {
  const cm_stage *s = &q->n->stage[stage];
  if (!s->yield)
    return cm_fail(error, CRITMIN_ERROR_MISSING_VALUE,
                   "stage %d has no yield, so that its intake is not known; give it one, 1 "
                   "where nothing is lost",
                   (int)stage);
  *yield = NAN;
  for (int32_t c = 0; c < q->n->countries; c++) {
    if (s->output[c] == 0) continue;
    if (isnan(*yield)) *yield = s->yield[c];
    if (fabs(s->yield[c] - *yield) > 1e-9 * *yield)
      return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED,
                     "stage %d: yields differ between countries, %.6g and %.6g in country %d; "
                     "bounds need one yield a stage",
                     (int)stage, *yield, s->yield[c], (int)c);
  }
  return CRITMIN_OK;
}

critmin_status cm_routes_scale(cm_routes *q, critmin_error *error) {
  const critmin_trace *t = q->trace;
  q->scale[t->stage] = 1;
  for (int32_t k = t->stage; k >= t->at; k--) {
    const cm_stage *s = &q->n->stage[k];
    if (q->scale[k] == 0) continue;
    if (s->in_shares)
      return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED, "stage %d is in shares; bounds without mixing need tonnes",
                     (int)k);
    if (k == t->at) continue;
    double yield = NAN;
    critmin_status status = common_yield(q, k, &yield, error);
    if (status != CRITMIN_OK) return status;
    if (isnan(yield)) continue; /* makes nothing */
    for (int32_t i = 0; i < s->inputs; i++) {
      int32_t input = s->input[i];
      if (!cm_leads(q->n, input, t->at)) continue;
      double scale = q->scale[k] * yield;
      if (q->scale[input] != 0 && fabs(q->scale[input] - scale) > 1e-9 * scale)
        return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED,
                       "stage %d is used along ways of different yields; bounds need one", (int)input);
      q->scale[input] = scale;
    }
  }
  return CRITMIN_OK;
}

/* Arcs of one stage: what flows between its pools, what it is made from, and the sources of this side. */
int cm_routes_add(const cm_routes *q, cm_arcs *arcs, cm_sources side, int32_t stage, int32_t source) {
  const cm_stage *s = &q->n->stage[stage];
  int32_t countries = q->n->countries, base = stage * countries;
  double scale = q->scale[stage];
  int done = 1;
  for (int32_t c = 0; c < countries && done; c++) {
    if (q->without && q->mark[c]) continue;
    for (int64_t f = s->flow.start[c]; f < s->flow.start[c + 1] && done; f++)
      if (!q->without || !q->mark[s->flow.country[f]])
        done = cm_arcs_add(arcs, base + s->flow.country[f], base + c, s->flow.value[f] * scale);
    double made = s->output[c] * scale, from_source = 0;
    /* Touched where it was made: the ways through the plant are cut, and it is a source of its own. */
    int touched = q->touch && q->mark[c];
    int mine = touched || (stage == q->trace->at && q->mark[c]);
    if ((stage == q->trace->at || touched) && (mine ? side.marked : side.others)) from_source += made;
    if (touched ? side.marked : side.others) from_source += s->secondary[c] * scale;
    if (side.unknown) from_source += (s->state[c] == CM_POOL_LOOP ? s->total[c] : s->unknown[c]) * scale;
    for (int32_t i = 0; stage > q->trace->at && !touched && i < s->inputs && done; i++) {
      double part = made * cm_input_share(s, i, countries, c);
      if (q->scale[s->input[i]] != 0)
        done = cm_arcs_add(arcs, s->input[i] * countries + c, base + c, part);
      else if (side.others)
        from_source += part;
    }
    if (done) done = cm_arcs_add(arcs, source, base + c, from_source);
  }
  return done;
}
