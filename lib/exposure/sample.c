/* SPDX-License-Identifier: MIT */
#include "exposure/sample.h"

#include "base/error.h"
#include "metrics/uncertainty.h"

/* Least number of a law, and most of one that has an end, else the least. */
static void range(const critmin_law *law, double *low, double *high) {
  switch (law->kind) {
    case CRITMIN_LAW_FIXED:
      *low = *high = law->value;
      break;
    case CRITMIN_LAW_LOGNORMAL:
    case CRITMIN_LAW_EXPONENTIAL:
      *low = *high = 0;
      break;
    case CRITMIN_LAW_GEOMETRIC:
      *low = *high = 1;
      break;
    default:
      *low = law->low, *high = law->high;
  }
}

critmin_status cm_sample_check(const critmin_law *law, int64_t n, const char *name, double least, double most,
                               int optional, critmin_error *error) {
  if (!law) return optional || n == 0 ? CRITMIN_OK : cm_fail_null(error, name);
  critmin_error inner;
  critmin_status status = n > 0 ? cm_laws_check(law, n, &inner) : CRITMIN_OK;
  if (status != CRITMIN_OK) {
    cm_fail(error, status, "`%s`: %s", name, inner.message);
    return cm_fail_at(error, status, inner.row, 0);
  }
  for (int64_t i = 0; i < n; i++) {
    double low, high;
    range(&law[i], &low, &high);
    if (low >= least && high <= most) continue;
    status = most == 1 ? CRITMIN_ERROR_SHARE_RANGE : CRITMIN_ERROR_NEGATIVE;
    cm_fail(error, status, "law %lld of `%s` goes %s", (long long)(i + 1), name,
            most == 1 ? "beyond 0 to 1" : "below 0");
    return cm_fail_at(error, status, i + 1, 0);
  }
  return CRITMIN_OK;
}
