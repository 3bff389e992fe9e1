/* SPDX-License-Identifier: MIT */
/* Origin, touch, face value and hidden exposure of one group of buyers. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "network/trace.h"

/* What all questions about some origins share: their marks, and arguments that are not null. */
static critmin_status begin(const critmin_network *network, const critmin_trace *trace, const int32_t *origin,
                            int32_t origins, const critmin_answer *answer, uint8_t **mark, critmin_error *error) {
  if (!network) return cm_fail_null(error, "network");
  if (!trace) return cm_fail_null(error, "trace");
  critmin_status status = cm_trace_answer_check(answer, error);
  return status == CRITMIN_OK ? cm_mark(network, origin, origins, mark, error) : status;
}

static double sum_marked(const double *share, const uint8_t *mark, int32_t countries) {
  double sum = 0;
  for (int32_t c = 0; c < countries; c++)
    if (mark[c]) sum += share[c];
  return sum;
}

critmin_status critmin_origin_share(const critmin_network *network, const critmin_trace *trace, const int32_t *origin,
                                    int32_t origins, critmin_answer *answer, critmin_error *error) {
  uint8_t *mark;
  critmin_status status = begin(network, trace, origin, origins, answer, &mark, error);
  if (status != CRITMIN_OK) return status;
  cm_found found;
  status = cm_trace(network, trace, (cm_way){0}, &found, error);
  if (status == CRITMIN_OK) {
    status = cm_trace_answer(trace, &found, sum_marked(found.share, mark, network->countries), answer, error);
    cm_found_free(&found);
  }
  cm_free(mark);
  return status;
}

critmin_status critmin_origin_row(const critmin_network *network, const critmin_trace *trace, double *share,
                                  double *other, double *unknown, critmin_error *error) {
  if (!network) return cm_fail_null(error, "network");
  if (!trace) return cm_fail_null(error, "trace");
  if (!share) return cm_fail_null(error, "share");
  cm_found found;
  critmin_status status = cm_trace(network, trace, (cm_way){0}, &found, error);
  if (status != CRITMIN_OK) return status;
  for (int32_t c = 0; c < network->countries; c++) {
    share[c] = found.empty ? NAN : found.share[c];
    if (other) other[c] = found.empty ? NAN : found.other[c];
  }
  if (unknown) *unknown = found.empty ? NAN : found.unknown;
  cm_found_free(&found);
  return cm_ok(error);
}

critmin_status critmin_touch_share(const critmin_network *network, const critmin_trace *trace, const int32_t *origin,
                                   int32_t origins, int32_t transit, critmin_answer *answer, critmin_error *error) {
  uint8_t *mark;
  critmin_status status = begin(network, trace, origin, origins, answer, &mark, error);
  if (status != CRITMIN_OK) return status;
  cm_found found;
  if (trace->needed)
    status = cm_fail(error, CRITMIN_ERROR_ARGUMENT, "touch is a share of what is used; `needed` must be 0");
  else
    status = cm_trace(network, trace, (cm_way){mark, transit != 0}, &found, error);
  if (status == CRITMIN_OK) {
    status = cm_trace_answer(trace, &found, found.stopped, answer, error);
    cm_found_free(&found);
  }
  cm_free(mark);
  return status;
}

/* Face value of buyers: marked and unknown tonnes over what they have, each buyer's weighed, or all taken as one. */
static void face(const critmin_network *n, const critmin_trace *t, const uint8_t *mark, const double *weight,
                 const uint8_t *member, cm_found *found) {
  const cm_stage *s = &n->stage[t->stage];
  int as_one = t->buyers > 1 && !t->weight;
  double total = 0;
  for (int32_t c = 0; c < n->countries; c++) {
    if (!(as_one ? member[c] && s->total[c] > 0 : weight[c] > 0)) continue;
    double had = s->total[c], from = mark[c] ? s->output[c] + s->secondary[c] : 0;
    for (int64_t f = s->flow.start[c]; f < s->flow.start[c + 1]; f++) {
      int32_t partner = s->flow.country[f];
      if (as_one && member[partner])
        had -= s->flow.value[f];
      else if (mark[partner])
        from += s->flow.value[f];
    }
    found->pools++;
    double w = as_one ? 1 : had > 0 ? weight[c] / had : 0;
    found->stopped += w * from;
    found->unknown += had > 0 ? w * s->unknown[c] : weight[c];
    total += as_one ? fmax(had, 0) : weight[c];
  }
  found->empty = !(total > 0);
  if (found->empty) return;
  found->stopped /= total;
  found->unknown /= total;
  if (found->unknown > 0) found->flags |= CRITMIN_FLAG_UNKNOWN_ORIGIN;
}

static critmin_status find_face(const critmin_network *n, const critmin_trace *t, const uint8_t *mark, cm_found *found,
                                critmin_error *error) {
  memset(found, 0, sizeof *found);
  if (t->struct_size < sizeof *t) return cm_trace_check_stages(n, t, error);
  critmin_trace here = *t;
  here.at = t->stage;
  double *weight = cm_alloc_array((size_t)n->countries, sizeof *weight);
  uint8_t *member = NULL;
  critmin_status status = weight ? cm_trace_check(n, &here, weight, error) : cm_fail_memory(error);
  if (status == CRITMIN_OK) status = cm_mark(n, t->buyer, t->buyers, &member, error);
  if (status == CRITMIN_OK) face(n, t, mark, weight, member, found);
  cm_free(weight);
  cm_free(member);
  return status;
}

critmin_status critmin_face_share(const critmin_network *network, const critmin_trace *trace, const int32_t *origin,
                                  int32_t origins, critmin_answer *answer, critmin_error *error) {
  uint8_t *mark;
  critmin_status status = begin(network, trace, origin, origins, answer, &mark, error);
  if (status != CRITMIN_OK) return status;
  cm_found found;
  status = find_face(network, trace, mark, &found, error);
  if (status == CRITMIN_OK) status = cm_trace_answer(trace, &found, found.stopped, answer, error);
  cm_free(mark);
  return status;
}

critmin_status critmin_hidden_exposure(const critmin_network *network, const critmin_trace *trace,
                                       const int32_t *origin, int32_t origins, critmin_answer *answer,
                                       critmin_error *error) {
  uint8_t *mark;
  critmin_status status = begin(network, trace, origin, origins, answer, &mark, error);
  if (status != CRITMIN_OK) return status;
  cm_found at_face, found;
  if (trace->needed)
    status = cm_fail(error, CRITMIN_ERROR_ARGUMENT, "hidden exposure is a difference of shares; `needed` must be 0");
  if (status == CRITMIN_OK) status = find_face(network, trace, mark, &at_face, error);
  if (status == CRITMIN_OK) status = cm_trace(network, trace, (cm_way){0}, &found, error);
  if (status == CRITMIN_OK) {
    double value = sum_marked(found.share, mark, network->countries);
    found.empty |= at_face.empty;
    status = cm_trace_answer(trace, &found, value, answer, error);
    /* The unknown part of the buyers' own pools is in both terms, from the partner in both or in neither. */
    answer->value -= at_face.stopped;
    answer->low -= at_face.stopped;
    answer->high -= trace->unknown_elsewhere ? at_face.stopped : at_face.stopped + at_face.unknown;
    if (answer->high < answer->low) answer->high = answer->low;
    cm_found_free(&found);
  }
  cm_free(mark);
  return status;
}
