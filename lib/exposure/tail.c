/* SPDX-License-Identifier: MIT */
/* Parts of the tail of a loss (Euler's rule). */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/attribution.h"
#include "critmin/risk.h"
#include "exposure/check.h"

/* Sums of parts that differ by less than this part of them are the same loss. */
static const double ROUNDING = 1e-12;

static double sum_row(const double *part, int32_t parts) {
  double sum = 0;
  for (int32_t k = 0; k < parts; k++) sum += part[k];
  return sum;
}

static critmin_status check(const double *part, const double *loss, const double *probability, int64_t n, int32_t parts,
                            critmin_error *error) {
  critmin_status status = cm_check_count(n, 1, "n", error);
  if (status == CRITMIN_OK) status = cm_check_count(parts, 1, "parts", error);
  if (status == CRITMIN_OK && n > INT64_MAX / parts) status = cm_fail_memory(error);
  if (status == CRITMIN_OK) status = cm_check_numbers(part, n * parts, "part", CM_ANY, error);
  if (status == CRITMIN_OK) status = cm_check_numbers(loss, n, "loss", CM_ANY | CM_OPTIONAL, error);
  if (status == CRITMIN_OK) status = cm_check_law(probability, n, error);
  for (int64_t i = 0; loss && i < n && status == CRITMIN_OK; i++)
    if (loss[i] != 0 && sum_row(part + i * parts, parts) == 0) {
      cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "loss %lld is %g, and its parts are 0 together", (long long)(i + 1),
              loss[i]);
      status = cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i + 1, 0);
    }
  return status;
}

/* 1 for losses beyond the value at risk, 0 for those below, -1 for those that tie with it. */
static int side(double loss, double var) {
  if (fabs(loss - var) <= ROUNDING * fabs(var)) return -1;
  return loss > var;
}

critmin_status critmin_tail_parts(const double *part, const double *loss, const double *probability, int64_t n,
                                  int32_t parts, double level, double *contribution, double *cvar,
                                  critmin_error *error) {
  critmin_status status = check(part, loss, probability, n, parts, error);
  if (status != CRITMIN_OK) return status;
  if (!contribution) return cm_fail_null(error, "contribution");
  double *total = cm_alloc_array((size_t)n, sizeof *total);
  if (!total) return cm_fail_memory(error);
  for (int64_t i = 0; i < n; i++) total[i] = loss ? loss[i] : sum_row(part + i * parts, parts);
  critmin_risk risk;
  critmin_risk_init(&risk);
  status = critmin_risk_of(total, probability, n, level, &risk, error);
  if (status != CRITMIN_OK) {
    cm_free(total);
    return status;
  }
  double beyond = 0, tied = 0;
  for (int64_t i = 0; i < n; i++) {
    double p = probability ? probability[i] : 1 / (double)n;
    int of = side(total[i], risk.var);
    if (of > 0) beyond += p;
    if (of < 0) tied += p;
  }
  /* The tail of 1 - level is what is beyond, and this part of what ties. */
  double taken = tied > 0 ? fmin(1, fmax(0, (1 - level - beyond) / tied)) : 0;
  for (int32_t k = 0; k < parts; k++) contribution[k] = 0;
  for (int64_t i = 0; i < n; i++) {
    double p = probability ? probability[i] : 1 / (double)n;
    int of = side(total[i], risk.var);
    double whole = sum_row(part + i * parts, parts);
    double weight = (of > 0 ? p : of < 0 ? p * taken : 0) / (1 - level) * (loss && whole != 0 ? loss[i] / whole : 1);
    for (int32_t k = 0; k < parts && weight != 0; k++) contribution[k] += weight * part[i * parts + k];
  }
  if (cvar) *cvar = sum_row(contribution, parts);
  cm_free(total);
  return cm_ok(error);
}
