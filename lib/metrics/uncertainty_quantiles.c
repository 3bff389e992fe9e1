/* SPDX-License-Identifier: MIT */
/* What draws say: their quantiles and moments, each with how far the number of draws leaves it open. */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/uncertainty.h"

static critmin_status check_values(const double *values, int64_t n, critmin_error *error) {
  if (n < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; it cannot be below 0", (long long)n);
  return n > 0 && !values ? cm_fail_null(error, "values") : CRITMIN_OK;
}

static int rising(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return left > right ? 1 : left < right ? -1 : 0;
}

/* The rank, from 1, of the quantile among n values: a product that is a whole number but for its rounding is that
 * number. */
static int64_t rank_of(double p, int64_t n) {
  int64_t rank = (int64_t)ceil(p * (double)n - 1e-9);
  return rank < 1 ? 1 : rank > n ? n : rank;
}

static double error_of(const double *sorted, int64_t n, double p) {
  double middle = p * (double)n, spread = sqrt(middle * (1 - p));
  double below = floor(middle - spread), above = ceil(middle + spread);
  if (below < 1 || above > (double)n) return NAN;
  return (sorted[(int64_t)above - 1] - sorted[(int64_t)below - 1]) / 2;
}

critmin_status critmin_quantiles(const double *values, int64_t n, const double *probability, int64_t quantiles,
                                 double *quantile, double *standard_error, critmin_error *error) {
  critmin_status status = check_values(values, n, error);
  if (status) return status;
  if (quantiles < 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "quantiles is %lld; it cannot be below 0", (long long)quantiles);
  if (quantiles > 0 && !probability) return cm_fail_null(error, "probability");
  if (quantiles > 0 && !quantile) return cm_fail_null(error, "quantile");
  for (int64_t i = 0; i < quantiles; i++) {
    if (probability[i] > 0 && probability[i] <= 1) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "probability %lld is %g; give a number above 0, at most 1",
            (long long)i, probability[i]);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i + 1, 0);
  }
  double *sorted = cm_alloc_array((size_t)n, sizeof *sorted);
  if (!sorted) return cm_fail_memory(error);
  int64_t known = 0;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(values[i])) sorted[known++] = values[i];
  qsort(sorted, (size_t)known, sizeof *sorted, rising);
  for (int64_t i = 0; i < quantiles; i++) {
    quantile[i] = known > 0 ? sorted[rank_of(probability[i], known) - 1] : NAN;
    if (standard_error) standard_error[i] = known > 0 ? error_of(sorted, known, probability[i]) : NAN;
  }
  cm_free(sorted);
  return cm_ok(error);
}

critmin_status critmin_moments(const double *values, int64_t n, double *mean, double *deviation, double *standard_error,
                               int64_t *known, critmin_error *error) {
  critmin_status status = check_values(values, n, error);
  if (status) return status;
  int64_t count = 0;
  double sum = 0, squares = 0;
  for (int64_t i = 0; i < n; i++) {
    if (isnan(values[i])) continue;
    sum += values[i];
    count++;
  }
  double middle = count > 0 ? sum / (double)count : NAN;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(values[i])) squares += (values[i] - middle) * (values[i] - middle);
  double spread = count > 1 ? sqrt(squares / (double)(count - 1)) : NAN;
  if (mean) *mean = middle;
  if (deviation) *deviation = spread;
  if (standard_error) *standard_error = spread / sqrt((double)count);
  if (known) *known = count;
  return cm_ok(error);
}
