/* SPDX-License-Identifier: MIT */
/*
 * The cheapest mix of options that keeps the tail of unmet need below a target (Rockafellar and Uryasev 2000): columns
 * are the units of each option, a level v, and what each outcome leaves unmet beyond v; unmet need is never below 0,
 * and so v need not be. What an outcome leaves unmet is at least what each of its cuts says.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/risk.h"
#include "exposure/check.h"
#include "exposure/mitigation.h"

void critmin_mitigation_init(critmin_mitigation *mitigation) {
  if (!mitigation) return;
  memset(mitigation, 0, sizeof *mitigation);
  mitigation->struct_size = sizeof *mitigation;
}

int32_t critmin_mitigation_size(void) {
  return (int32_t)sizeof(critmin_mitigation);
}

static critmin_status check(const critmin_mitigation *m, const double *target, int64_t targets, critmin_error *error) {
  if (!m) return cm_fail_null(error, "mitigation");
  critmin_status status = cm_check_size(m->struct_size, sizeof *m, "critmin_mitigation", error);
  if (status == CRITMIN_OK) status = cm_check_count(m->options, 0, "options", error);
  if (status == CRITMIN_OK) status = cm_check_count(m->outcomes, 1, "outcomes", error);
  if (status == CRITMIN_OK) status = cm_check_count(targets, 0, "targets", error);
  if (status == CRITMIN_OK && m->outcomes > INT32_MAX / (m->options + 2)) status = cm_fail_memory(error);
  if (status != CRITMIN_OK) return status;
  const cm_column columns[] = {
      {m->gap, m->outcomes, "gap", CM_NOT_NEGATIVE},
      {m->effect, m->outcomes * m->options, "effect", CM_NOT_NEGATIVE},
      {m->cost, m->options, "cost", CM_NOT_NEGATIVE},
      {m->limit, m->options, "limit", CM_NOT_NEGATIVE | CM_INFINITE | CM_OPTIONAL},
      {&m->level, 1, "level", CM_SHARE},
      {target, targets, "target", CM_NOT_NEGATIVE},
  };
  status = cm_check_columns(columns, sizeof columns / sizeof columns[0], error);
  if (status == CRITMIN_OK) status = cm_check_law(m->probability, m->outcomes, error);
  if (status == CRITMIN_OK && m->level == 1)
    status =
        cm_fail(error, CRITMIN_ERROR_SHARE_RANGE, "level must be below 1: nothing is worse than the worst outcome");
  return status;
}

int cm_mix_make(const cm_mix *m, cm_linear *l) {
  int64_t n = m->options;
  if (!cm_linear_make(l, n + 1 + m->outcomes, m->cuts + 1, (n + 2) * m->cuts + m->outcomes + 1)) return 0;
  int entry = 0, cuts = (int)m->cuts, outcomes = (int)m->outcomes;
  for (int j = 0; j < m->options; j++) {
    l->start[j] = entry;
    l->cost[j] = m->cost[j];
    l->high[j] = m->limit ? m->limit[j] : INFINITY;
    for (int c = 0; c < cuts; c++) {
      double effect = m->effect[c * n + j];
      if (effect > 0) l->index[entry] = c, l->value[entry++] = effect;
    }
  }
  l->start[n] = entry;
  for (int c = 0; c <= cuts; c++) l->index[entry] = c, l->value[entry++] = 1;
  for (int s = 0; s < outcomes; s++) {
    double probability = m->probability ? m->probability[s] : 1 / (double)outcomes;
    l->start[n + 1 + s] = entry;
    for (int c = m->first ? (int)m->first[s] : s; c != CM_NO_CUT; c = m->next ? (int)m->next[c] : CM_NO_CUT)
      l->index[entry] = c, l->value[entry++] = 1;
    l->index[entry] = cuts, l->value[entry++] = probability / (1 - m->level);
  }
  for (int c = 0; c < cuts; c++) l->row_low[c] = m->gap[c];
  l->start[n + 1 + outcomes] = entry;
  return 1;
}

critmin_status cm_mix_solve(cm_linear *l, const cm_mix *m, double target, double *units, double *cost,
                            critmin_error *error) {
  double *x = cm_alloc_array((size_t)l->columns, sizeof *x);
  if (!x) return cm_fail_memory(error);
  int feasible = 0;
  l->row_high[m->cuts] = target;
  critmin_status status = cm_linear_solve(l, x, NULL, cost, &feasible, error);
  if (!feasible) *cost = NAN;
  for (int32_t j = 0; j < m->options; j++) units[j] = feasible ? fmax(0, x[j]) : NAN;
  cm_free(x);
  return status;
}

critmin_status critmin_mitigation_cost(const critmin_mitigation *mitigation, const double *target, int64_t targets,
                                       double *cost, double *units, critmin_error *error) {
  critmin_status status = check(mitigation, target, targets, error);
  if (status != CRITMIN_OK) return status;
  if (targets > 0 && !cost) return cm_fail_null(error, "cost");
  const critmin_mitigation *m = mitigation;
  int64_t n = m->options;
  const cm_mix mix = {.options = m->options,
                      .outcomes = m->outcomes,
                      .cuts = m->outcomes,
                      .gap = m->gap,
                      .effect = m->effect,
                      .probability = m->probability,
                      .cost = m->cost,
                      .limit = m->limit,
                      .level = m->level};
  cm_linear l;
  if (!cm_mix_make(&mix, &l)) return cm_fail_memory(error);
  double *found = cm_alloc_array((size_t)targets, ((size_t)n + 1) * sizeof *found); /* written out when all are known */
  if (!found) status = cm_fail_memory(error);
  for (int64_t i = 0; i < targets && status == CRITMIN_OK; i++) {
    double *row = found + i * (n + 1);
    status = cm_mix_solve(&l, &mix, target[i], row, &row[n], error);
  }
  for (int64_t i = 0; i < targets && status == CRITMIN_OK; i++) {
    cost[i] = found[i * (n + 1) + n];
    if (units) memcpy(units + i * n, found + i * (n + 1), (size_t)n * sizeof *units);
  }
  cm_free(found);
  cm_linear_free(&l);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}
