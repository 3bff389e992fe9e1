/* SPDX-License-Identifier: MIT */
/* Bringing one criterion of many items to a common scale. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "metrics/composite.h"

void critmin_criterion_init(critmin_criterion *criterion) {
  if (!criterion) return;
  memset(criterion, 0, sizeof *criterion);
  criterion->struct_size = sizeof *criterion;
  criterion->low = criterion->high = NAN;
}

int32_t critmin_criterion_size(void) { return (int32_t)sizeof(critmin_criterion); }

static critmin_status check_table(const critmin_criterion *c, critmin_error *error) {
  if (c->points < 1) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "points is %lld; a table needs one", (long long)c->points);
  if (!c->limit || !c->score) return cm_fail_null(error, c->limit ? "criterion.score" : "criterion.limit");
  if (c->falling) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "falling is set; a table's scores say themselves what is better");
  for (int64_t p = 0; p < c->points; p++) {
    if (isfinite(c->limit[p]) && isfinite(c->score[p]) && (p == 0 || c->limit[p] > c->limit[p - 1])) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "point %lld of the table, limit %g and score %g: give finite ones, limits rising",
            (long long)p, c->limit[p], c->score[p]);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, p + 1, 0);
  }
  return CRITMIN_OK;
}

static critmin_status check_criterion(const critmin_criterion *c, const double *raw, int64_t n, critmin_error *error) {
  if (c->struct_size < sizeof *c)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "criterion.struct_size is %u; call critmin_criterion_init() first",
                   (unsigned)c->struct_size);
  if (c->normalise < CRITMIN_NORMALISE_MIN_MAX || c->normalise > CRITMIN_NORMALISE_PIECEWISE)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "normalise is %d; give a CRITMIN_NORMALISE_ constant", (int)c->normalise);
  int logarithm = c->normalise == CRITMIN_NORMALISE_LOG_MIN_MAX;
  for (int64_t i = 0; i < n; i++) {
    if (!isinf(raw[i]) && !(logarithm && raw[i] <= 0)) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "item %lld is %g; give a %s number, or NaN where there is none", (long long)i,
            raw[i], logarithm ? "finite, positive" : "finite");
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i + 1, 0);
  }
  if (c->normalise >= CRITMIN_NORMALISE_STEPS) return check_table(c, error);
  if (c->normalise == CRITMIN_NORMALISE_RANK) return CRITMIN_OK;
  if (isinf(c->low) || isinf(c->high)) return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "a bound of the criterion is not finite");
  if (c->normalise == CRITMIN_NORMALISE_Z) {
    if (c->high <= 0) return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "the standard deviation is %g; give one above zero", c->high);
  } else if (c->high <= c->low) {
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "the bounds are %g and %g; give the lower first", c->low, c->high);
  }
  if (logarithm && (c->low <= 0 || c->high <= 0))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "a bound of %g has no logarithm; give one above zero", fmin(c->low, c->high));
  return CRITMIN_OK;
}

static void least_and_most(const double *raw, int64_t n, double *least, double *most) {
  *least = INFINITY;
  *most = -INFINITY;
  for (int64_t i = 0; i < n; i++) {
    *least = fmin(*least, raw[i]);
    *most = fmax(*most, raw[i]);
  }
}

static void mean_and_deviation(const double *raw, int64_t n, double *mean, double *deviation) {
  double sum = 0, squares = 0, count = 0;
  for (int64_t i = 0; i < n; i++) {
    if (isnan(raw[i])) continue;
    sum += raw[i];
    count++;
  }
  *mean = count > 0 ? sum / count : NAN;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(raw[i])) squares += (raw[i] - *mean) * (raw[i] - *mean);
  *deviation = count > 1 ? sqrt(squares / (count - 1)) : 0;
}

static double scaled(const critmin_criterion *c, double x, double low, double high) {
  if (c->normalise == CRITMIN_NORMALISE_Z) return c->falling ? (low - x) / high : (x - low) / high;
  int logarithm = c->normalise == CRITMIN_NORMALISE_LOG_MIN_MAX;
  double share = logarithm ? log(x / low) / log(high / low) : (x - low) / (high - low);
  share = share < 0 ? 0 : share > 1 ? 1 : share;
  return c->falling ? 1 - share : share;
}

int cm_criterion_resolve(critmin_criterion *c, const double *raw, int64_t n) {
  double low, high;
  int z = c->normalise == CRITMIN_NORMALISE_Z;
  if (c->normalise >= CRITMIN_NORMALISE_RANK) return 1;
  if (z) mean_and_deviation(raw, n, &low, &high);
  else least_and_most(raw, n, &low, &high);
  if (isnan(c->low)) c->low = low;
  if (isnan(c->high)) c->high = high;
  return z ? c->high > 0 : c->high > c->low;
}

static void scale_all(const critmin_criterion *c, const double *raw, int64_t n, double *normalised) {
  critmin_criterion bounded = *c;
  int spread = cm_criterion_resolve(&bounded, raw, n);
  for (int64_t i = 0; i < n; i++)
    normalised[i] = isnan(raw[i]) || !spread ? NAN : scaled(c, raw[i], bounded.low, bounded.high);
}

static double from_table(const critmin_criterion *c, double x) {
  int64_t p = 0;
  while (p < c->points && x >= c->limit[p]) p++; /* p points are at or below x */
  if (p == 0) return c->score[0];
  if (p == c->points || c->normalise == CRITMIN_NORMALISE_STEPS) return c->score[p - 1];
  double part = (x - c->limit[p - 1]) / (c->limit[p] - c->limit[p - 1]);
  return c->score[p - 1] + part * (c->score[p] - c->score[p - 1]);
}

static int rising(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return left > right ? 1 : left < right ? -1 : 0;
}

/* How many of `n` rising numbers are below x, or at it too. */
static int64_t count_below(const double *sorted, int64_t n, double x, int or_at) {
  int64_t low = 0, high = n;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (or_at ? sorted[middle] <= x : sorted[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

static critmin_status rank_all(const critmin_criterion *c, const double *raw, int64_t n, double *normalised,
                               critmin_error *error) {
  double *sorted = cm_alloc_array((size_t)n, sizeof *sorted);
  if (!sorted) return cm_fail_memory(error);
  int64_t known = 0;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(raw[i])) sorted[known++] = raw[i];
  qsort(sorted, (size_t)known, sizeof *sorted, rising);
  for (int64_t i = 0; i < n; i++) {
    double x = raw[i];
    normalised[i] = NAN;
    if (isnan(x) || known < 2) continue;
    int64_t below = count_below(sorted, known, x, 0), alike = count_below(sorted, known, x, 1) - below - 1;
    double rank = ((double)below + (double)alike / 2) / (double)(known - 1);
    normalised[i] = c->falling ? 1 - rank : rank;
  }
  cm_free(sorted);
  return CRITMIN_OK;
}

critmin_status critmin_normalise(const critmin_criterion *criterion, const double *raw, int64_t n, double *normalised,
                                 critmin_error *error) {
  if (!criterion) return cm_fail_null(error, "criterion");
  if (n < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; it cannot be below 0", (long long)n);
  if (n > 0 && !raw) return cm_fail_null(error, "raw");
  if (n > 0 && !normalised) return cm_fail_null(error, "normalised");
  critmin_status status = check_criterion(criterion, raw, n, error);
  if (status) return status;
  if (criterion->normalise == CRITMIN_NORMALISE_RANK) {
    status = rank_all(criterion, raw, n, normalised, error);
    if (status) return status;
  } else if (criterion->normalise >= CRITMIN_NORMALISE_STEPS) {
    for (int64_t i = 0; i < n; i++) normalised[i] = isnan(raw[i]) ? NAN : from_table(criterion, raw[i]);
  } else {
    scale_all(criterion, raw, n, normalised);
  }
  return cm_ok(error);
}
