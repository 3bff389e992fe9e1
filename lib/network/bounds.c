/* SPDX-License-Identifier: MIT */
/*
 * Without the assumption that pools mix, material may take any way through the network that adds up to the flows. The
 * most that can be from some sources is the greatest flow from them to the use of the buyers with the flows as
 * capacities: what such a flow leaves of the network still adds up, and can be led to any of the other sources. The
 * least is what the greatest flow from all other sources leaves. Stages are brought to the buyers' tonnes with their
 * yields; where these differ between countries the flow loses on its way. Where the tonnes of the buyers' stage are not
 * known, pools may be of any size.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "network/routes.h"

static critmin_status flow(const cm_routes *q, cm_sources side, double *found, critmin_error *error) {
  const critmin_trace *t = q->trace;
  int32_t countries = q->n->countries, source = (t->stage + 1) * countries, sink = source + 1;
  cm_arcs arcs;
  int done = cm_arcs_make(&arcs, sink + 1);
  for (int32_t k = t->at; k <= t->stage && done; k++)
    if (q->scale[k] != 0) done = cm_routes_add(q, &arcs, side, k, source);
  for (int32_t i = 0; i < t->buyers && done; i++)
    done = cm_arcs_add(&arcs, t->stage * countries + t->buyer[i], sink, cm_routes_use(q, t->stage, t->buyer[i]));
  critmin_status status = done ? cm_arcs_flow(&arcs, source, sink, found, error) : cm_fail_memory(error);
  cm_arcs_free(&arcs);
  return status;
}

static critmin_status by_flows(cm_routes *q, double *least, double *most, critmin_error *error) {
  const critmin_trace *t = q->trace;
  double use = 0, rest = 0;
  for (int32_t i = 0; i < t->buyers; i++) use += cm_routes_use(q, t->stage, t->buyer[i]);
  critmin_status status = cm_routes_scale(q, error);
  *least = *most = NAN;
  if (status != CRITMIN_OK || !(use > 0)) return status;
  status = flow(q, (cm_sources){.marked = 1, .unknown = !t->unknown_elsewhere}, most, error);
  if (status == CRITMIN_OK) status = flow(q, (cm_sources){.others = 1, .unknown = 1}, &rest, error);
  *most /= use;
  *least = 1 - rest / use;
  return status;
}

/* Replaces the ends of an answer that holds the mixed share. */
static critmin_status widen(cm_routes *q, critmin_answer *answer, critmin_error *error) {
  double least = NAN, most = NAN;
  critmin_status status = cm_routes_size(q, error);
  if (status != CRITMIN_OK || answer->flags & CRITMIN_FLAG_NO_DATA) return status;
  if (q->sized[q->trace->stage])
    status = by_flows(q, &least, &most, error);
  else if (!cm_routes_of_any_size(q, !q->trace->unknown_elsewhere, &least, &most))
    status = cm_fail_memory(error);
  if (status != CRITMIN_OK) return status;
  if (isnan(least)) {
    answer->value = answer->low = answer->high = NAN;
    answer->flags |= CRITMIN_FLAG_ZERO_TOTAL;
    return CRITMIN_OK;
  }
  /* The mixed share is one of the ways, and so within, but for roundings. */
  answer->low = least > CM_ROUNDING ? fmin(answer->value, least) : 0;
  answer->high = most < 1 - CM_ROUNDING ? fmax(answer->value, most) : 1;
  return CRITMIN_OK;
}

static critmin_status bounds(const critmin_network *network, const critmin_trace *trace, const int32_t *origin,
                             int32_t origins, int touch, critmin_answer *answer, critmin_error *error) {
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
  cm_routes q = {.n = network, .trace = trace, .mark = mark, .touch = touch};
  status = widen(&q, &mixed, error);
  cm_routes_free(&q);
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
