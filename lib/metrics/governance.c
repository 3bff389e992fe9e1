/* SPDX-License-Identifier: MIT */
/* From governance estimates to the weight W of the European Commission's index. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "metrics/bounds.h"

critmin_status critmin_governance(const double *estimates, int64_t n, double worst, double best, critmin_answer *answer,
                                  critmin_error *error) {
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  if (n < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; it cannot be below 0", (long long)n);
  if (!estimates && n > 0) return cm_fail_null(error, "estimates");
  if (!(best > worst) || isinf(best) || isinf(worst))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "best is %g and worst %g; give finite ends, the best above the worst", best,
                   worst);
  double sum = 0;
  int64_t present = 0;
  for (int64_t i = 0; i < n; i++) {
    if (isnan(estimates[i])) continue;
    if (isinf(estimates[i])) {
      cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "estimate %lld is infinite; give NaN where there is none", (long long)i);
      return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i + 1, 0);
    }
    sum += estimates[i];
    present++;
  }
  cm_market none = {.n = present, .coverage = n > 0 ? (double)present / (double)n : NAN};
  if (present == 0) return cm_answer_write(answer, &none, NAN, 0, 10, CRITMIN_FLAG_WGI_IMPUTED, error);
  double weight = 10 * (best - sum / (double)present) / (best - worst);
  double cut = weight < 0 ? 0 : weight > 10 ? 10 : weight;
  uint64_t flags = (present < n ? CRITMIN_FLAG_WGI_PARTIAL : 0) | (cut < weight || cut > weight ? CRITMIN_FLAG_CLAMPED : 0);
  return cm_answer_write(answer, &none, cut, cut, cut, flags, error);
}
