/* SPDX-License-Identifier: MIT */
/* What is asked and how it is answered: checks, weights of buyers, the form of an answer. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "network/trace.h"

void critmin_trace_init(critmin_trace *trace) {
  if (!trace) return;
  memset(trace, 0, sizeof *trace);
  trace->struct_size = sizeof *trace;
}

int32_t critmin_trace_size(void) {
  return (int32_t)sizeof(critmin_trace);
}

int cm_leads(const critmin_network *n, int32_t from, int32_t at) {
  uint8_t leads[CM_STAGES_MAX] = {0};
  if (from < at) return 0;
  leads[at] = 1;
  for (int32_t k = at + 1; k <= from; k++)
    for (int32_t i = 0; i < n->stage[k].inputs; i++) leads[k] |= leads[n->stage[k].input[i]];
  return leads[from];
}

critmin_status cm_trace_check_stages(const critmin_network *n, const critmin_trace *t, critmin_error *error) {
  if (t->struct_size < sizeof *t)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "trace.struct_size is %u; call critmin_trace_init() first",
                   (unsigned)t->struct_size);
  if (t->stage < 0 || t->stage >= n->stages || t->at < 0 || t->at > t->stage)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "stage %d cannot be traced to stage %d; the network has stages 0 to %d, and the "
                   "one traced to does not come later",
                   (int)t->stage, (int)t->at, (int)n->stages - 1);
  if (!cm_leads(n, t->stage, t->at))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "stage %d is not made from stage %d", (int)t->stage, (int)t->at);
  for (int32_t k = t->at + 1; t->needed && k <= t->stage; k++)
    if (!n->stage[k].yield && cm_leads(n, t->stage, k) && cm_leads(n, k, t->at))
      return cm_fail(error, CRITMIN_ERROR_MISSING_VALUE,
                     "stage %d has no yield; what is needed for a tonne of it is not known", (int)k);
  return CRITMIN_OK;
}

static critmin_status buyer_fails(critmin_error *error, critmin_status status, int32_t i, const char *what) {
  cm_fail(error, status, "buyer %d: %s", (int)i, what);
  return cm_fail_at(error, status, (int64_t)i + 1, 0);
}

critmin_status cm_trace_check(const critmin_network *n, const critmin_trace *t, double *weight, critmin_error *error) {
  critmin_status status = cm_trace_check_stages(n, t, error);
  if (status != CRITMIN_OK) return status;
  const cm_stage *s = &n->stage[t->stage];
  if (t->buyers < 1 || !t->buyer) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "a trace needs at least one buyer");
  if (t->buyers > 1 && !t->weight && s->in_shares)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "stage %d is in shares; several buyers need weights", (int)t->stage);
  double total = 0, empty = 0;
  for (int32_t i = 0; i < t->buyers; i++) {
    int32_t c = t->buyer[i];
    if (c < 0 || c >= n->countries) return buyer_fails(error, CRITMIN_ERROR_ARGUMENT, i, "no such country");
    if (weight[c] != 0) return buyer_fails(error, CRITMIN_ERROR_ARGUMENT, i, "is there twice");
    double w = t->buyers == 1 && !t->weight ? 1 : t->weight ? t->weight[i] : s->total[c] - s->exports[c];
    if (isnan(w)) return buyer_fails(error, CRITMIN_ERROR_MISSING_VALUE, i, "its weight is missing");
    if (isinf(w)) return buyer_fails(error, CRITMIN_ERROR_INVALID_VALUE, i, "its weight is not finite");
    if (w < 0) return buyer_fails(error, CRITMIN_ERROR_NEGATIVE, i, "its weight is below zero");
    total += w;
    if (s->state[c] == CM_POOL_EMPTY) empty += w;
    weight[c] = w > 0 ? w : -1; /* told from those not yet met */
  }
  for (int32_t i = 0; i < t->buyers; i++) {
    double *w = &weight[t->buyer[i]];
    *w = *w > 0 && empty < total ? *w / total : 0;
  }
  return CRITMIN_OK;
}

critmin_status cm_mark(const critmin_network *n, const int32_t *country, int32_t count, uint8_t **mark,
                       critmin_error *error) {
  if (count < 1 || !country) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`origin` needs at least one country");
  uint8_t *m = cm_alloc_array((size_t)n->countries, sizeof *m);
  if (!m) return cm_fail_memory(error);
  for (int32_t i = 0; i < count; i++) {
    if (country[i] < 0 || country[i] >= n->countries) {
      cm_free(m);
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "origin %d: no such country as %d", (int)i, (int)country[i]);
    }
    m[country[i]] = 1;
  }
  *mark = m;
  return CRITMIN_OK;
}

enum { FIRST_ANSWER = offsetof(critmin_answer, n_used) + sizeof(int64_t) };

critmin_status cm_trace_answer_check(const critmin_answer *answer, critmin_error *error) {
  if (!answer) return cm_fail_null(error, "answer");
  if (answer->struct_size < FIRST_ANSWER)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "answer.struct_size is %u; call critmin_answer_init() first",
                   (unsigned)answer->struct_size);
  return CRITMIN_OK;
}

critmin_status cm_trace_answer(const critmin_trace *t, const cm_found *found, double value, critmin_answer *answer,
                               critmin_error *error) {
  double top = t->needed ? INFINITY : 1;
  answer->flags = found->flags | (found->empty ? CRITMIN_FLAG_NO_DATA : 0);
  answer->n_used = found->pools;
  if (found->empty) {
    answer->value = answer->low = answer->high = answer->coverage = NAN;
    return cm_ok(error);
  }
  answer->value = answer->low = fmin(value, top);
  answer->high = t->unknown_elsewhere ? answer->value : fmin(value + found->unknown, top);
  answer->coverage = fmax(0, 1 - found->unknown);
  return cm_ok(error);
}
