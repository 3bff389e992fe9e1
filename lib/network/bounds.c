/* SPDX-License-Identifier: MIT */
/*
 * Without the assumption that pools mix, material may take any way through the network that adds up to the flows. The most
 * that can be from some sources is the greatest flow from them to the use of the buyers with the flows as capacities: what such
 * a flow leaves of the network still adds up, and can be led to any of the other sources. The least is what the greatest flow
 * from all other sources leaves. Stages are brought to the buyers' tonnes with their yields, which must therefore be
 * those of the stage, not of the country.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "network/max_flow.h"
#include "network/trace.h"

/* Which sources flow, for one of the two flows. */
typedef struct side {
  int marked;  /* sources in the marked countries */
  int others;  /* those of all others */
  int unknown; /* the unknown */
} sources;

typedef struct question {
  const critmin_network *n;
  const critmin_trace *trace;
  const uint8_t *mark;
  int touch;         /* marked countries count at every stage, not only at `at` */
  double *scale;     /* of each stage: tonnes of the buyers' stage for a tonne of it; 0: not on the way */
  double use;
} question;

/* The yield that all producers of a stage have in common. */
static critmin_status common_yield(const question *q, int32_t stage, double *yield, critmin_error *error) {
  const cm_stage *s = &q->n->stage[stage];
  if (!s->yield)
    return cm_fail(error, CRITMIN_ERROR_MISSING_VALUE, "stage %d has no yield, so that its intake is not known; give it one, 1 "
                   "where nothing is lost", (int)stage);
  *yield = NAN;
  for (int32_t c = 0; c < q->n->countries; c++) {
    if (s->output[c] == 0) continue;
    if (isnan(*yield)) *yield = s->yield[c];
    if (fabs(s->yield[c] - *yield) > 1e-9 * *yield)
      return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED, "stage %d: yields differ between countries, %.6g and %.6g in country %d; "
                     "bounds need one yield a stage", (int)stage, *yield, s->yield[c], (int)c);
  }
  return CRITMIN_OK;
}

static critmin_status scale_stages(question *q, critmin_error *error) {
  const critmin_trace *t = q->trace;
  q->scale[t->stage] = 1;
  for (int32_t k = t->stage; k >= t->at; k--) {
    const cm_stage *s = &q->n->stage[k];
    if (q->scale[k] == 0) continue;
    if (s->in_shares)
      return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED, "stage %d is in shares; bounds without mixing need tonnes", (int)k);
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
        return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED, "stage %d is used along ways of different yields; bounds need one",
                       (int)input);
      q->scale[input] = scale;
    }
  }
  return CRITMIN_OK;
}

/* Arcs of one stage: what flows between its pools, what it is made from, and the sources of this side. */
static int add_stage(const question *q, cm_arcs *arcs, sources side, int32_t stage, int32_t source) {
  const cm_stage *s = &q->n->stage[stage];
  int32_t countries = q->n->countries, base = stage * countries;
  double scale = q->scale[stage];
  int done = 1;
  for (int32_t c = 0; c < countries && done; c++) {
    for (int64_t f = s->flow.start[c]; f < s->flow.start[c + 1] && done; f++)
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
      if (q->scale[s->input[i]] != 0) done = cm_arcs_add(arcs, s->input[i] * countries + c, base + c, part);
      else if (side.others) from_source += part;
    }
    if (done) done = cm_arcs_add(arcs, source, base + c, from_source);
  }
  return done;
}

static critmin_status flow(question *q, sources side, double *found, critmin_error *error) {
  const critmin_trace *t = q->trace;
  int32_t countries = q->n->countries, source = (t->stage + 1) * countries, sink = source + 1;
  const cm_stage *s = &q->n->stage[t->stage];
  cm_arcs arcs;
  int done = cm_arcs_make(&arcs, sink + 1);
  for (int32_t k = t->at; k <= t->stage && done; k++)
    if (q->scale[k] != 0) done = add_stage(q, &arcs, side, k, source);
  for (int32_t i = 0; i < t->buyers && done; i++)
    done = cm_arcs_add(&arcs, t->stage * countries + t->buyer[i], sink, s->total[t->buyer[i]] - s->exports[t->buyer[i]]);
  if (done) done = cm_arcs_flow(&arcs, source, sink, found);
  cm_arcs_free(&arcs);
  return done ? CRITMIN_OK : cm_fail_memory(error);
}

/* Replaces the ends of an answer that holds the mixed share. */
static critmin_status widen(question *q, critmin_answer *answer, critmin_error *error) {
  const critmin_trace *t = q->trace;
  const cm_stage *s = &q->n->stage[t->stage];
  for (int32_t i = 0; i < t->buyers; i++) q->use += s->total[t->buyer[i]] - s->exports[t->buyer[i]];
  q->scale = cm_alloc_array((size_t)t->stage + 1, sizeof *q->scale);
  if (!q->scale) return cm_fail_memory(error);
  double most = 0, rest = 0;
  critmin_status status = scale_stages(q, error);
  if (status == CRITMIN_OK && q->use > 0) {
    status = flow(q, (sources){.marked = 1, .unknown = !t->unknown_elsewhere}, &most, error);
    if (status == CRITMIN_OK) status = flow(q, (sources){.others = 1, .unknown = 1}, &rest, error);
  }
  cm_free(q->scale);
  if (status != CRITMIN_OK) return status;
  if (!(q->use > 0)) {
    answer->value = answer->low = answer->high = NAN;
    answer->flags |= CRITMIN_FLAG_ZERO_TOTAL;
    return CRITMIN_OK;
  }
  /* The mixed share is one of the ways, and so within, but for roundings. */
  answer->low = fmax(0, fmin(answer->value, 1 - rest / q->use));
  answer->high = fmin(1, fmax(answer->value, most / q->use));
  return CRITMIN_OK;
}

static critmin_status bounds(const critmin_network *network, const critmin_trace *trace, const int32_t *origin, int32_t origins,
                             int touch, critmin_answer *answer, critmin_error *error) {
  if (trace && trace->struct_size >= sizeof *trace && trace->weight)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "bounds are of what the buyers use; `weight` must be null");
  if (trace && trace->struct_size >= sizeof *trace && trace->needed)
    return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED, "bounds are of shares of what is used; `needed` must be 0");
  critmin_answer mixed;
  critmin_answer_init(&mixed);
  critmin_status status = cm_trace_answer_check(answer, error);
  if (status != CRITMIN_OK) return status;
  status = touch ? critmin_touch_share(network, trace, origin, origins, 0, &mixed, error)
                 : critmin_origin_share(network, trace, origin, origins, &mixed, error);
  if (status != CRITMIN_OK) return status;
  uint8_t *mark;
  status = cm_mark(network, origin, origins, &mark, error);
  if (status != CRITMIN_OK) return status;
  question q = {.n = network, .trace = trace, .mark = mark, .touch = touch};
  status = widen(&q, &mixed, error);
  cm_free(mark);
  if (status != CRITMIN_OK) return status;
  mixed.struct_size = answer->struct_size;
  *answer = mixed;
  return cm_ok(error);
}

critmin_status critmin_origin_bounds(const critmin_network *network, const critmin_trace *trace, const int32_t *origin,
                                     int32_t origins, critmin_answer *answer, critmin_error *error) {
  return bounds(network, trace, origin, origins, 0, answer, error);
}

critmin_status critmin_touch_bounds(const critmin_network *network, const critmin_trace *trace, const int32_t *origin,
                                    int32_t origins, critmin_answer *answer, critmin_error *error) {
  return bounds(network, trace, origin, origins, 1, answer, error);
}
