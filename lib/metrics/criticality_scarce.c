/* SPDX-License-Identifier: MIT */
/* SCARCE: distance to targets over a set of materials. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/criticality.h"
#include "metrics/presets.h"

/* Brings numbers `stride` apart to 0 to 1, those of no spread to `alike`; NaN stays. */
static void stretch(double *x, int64_t n, int64_t stride, double alike) {
  double least = INFINITY, most = -INFINITY;
  for (int64_t i = 0; i < n; i++) {
    least = fmin(least, x[i * stride]);
    most = fmax(most, x[i * stride]);
  }
  for (int64_t i = 0; i < n; i++)
    if (!isnan(x[i * stride])) x[i * stride] = most > least ? (x[i * stride] - least) / (most - least) : alike;
}

static critmin_status check_inputs(const double *indicators, int64_t materials, int64_t n, const double *target,
                                   critmin_error *error) {
  for (int64_t j = 0; j < n; j++) {
    if (target[j] > 0 && !isinf(target[j])) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "target %lld is %g; give a number above zero", (long long)j, target[j]);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, 0, j + 1);
  }
  for (int64_t i = 0; i < materials * n; i++) {
    if (!isinf(indicators[i])) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "indicator %lld of material %lld is not finite", (long long)(i % n),
            (long long)(i / n));
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i / n + 1, i % n + 1);
  }
  return CRITMIN_OK;
}

critmin_status critmin_scarce_supply_risk(const double *indicators, int64_t materials, int64_t n, const double *target,
                                          const int32_t *rising, double *scores, critmin_error *error) {
  if (materials < 1 || n < 1) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "materials and n must be at least 1");
  if (!indicators) return cm_fail_null(error, "indicators");
  if (!target) return cm_fail_null(error, "target");
  if (!rising) return cm_fail_null(error, "rising");
  if (!scores) return cm_fail_null(error, "scores");
  if (materials > INT64_MAX / n) return cm_fail_memory(error);
  critmin_status status = check_inputs(indicators, materials, n, target, error);
  if (status) return status;
  double *ratio = cm_alloc_array((size_t)(materials * n), sizeof *ratio);
  if (!ratio) return cm_fail_memory(error);
  double cutoff = cm_preset_value("scarce", "cutoff");
  /* Target over an indicator of zero is no ratio: the authors' program counts it as 0. */
  for (int64_t i = 0; i < materials * n; i++) {
    int64_t j = i % n;
    double r = rising[j] ? indicators[i] / target[j] : indicators[i] > 0 || indicators[i] < 0 ? target[j] / indicators[i]
               : indicators[i];
    ratio[i] = r * r < cutoff ? 0 : r * r;
  }
  for (int64_t j = 0; j < n; j++) stretch(ratio + j, materials, n, 0);
  for (int64_t i = 0; i < materials; i++) {
    scores[i] = 0;
    for (int64_t j = 0; j < n; j++) scores[i] += ratio[i * n + j];
  }
  stretch(scores, materials, 1, NAN);
  cm_free(ratio);
  return cm_ok(error);
}
