/* SPDX-License-Identifier: MIT */
/*
 * Concentration of many markets in one pass. Eight running sums per quantity, lane i taking producers i, i + 8, ...,
 * are what two to four vector registers hold on any machine; they are added in one fixed order, so that neither the
 * width of the registers nor the number of threads changes a bit.
 */
#include <math.h>
#include <stddef.h>

#include "base/error.h"
#include "base/thread.h"
#include "critmin/concentration.h"

enum { LANES = 8, MARKETS_AT_ONCE = 64 };

typedef struct batch {
  const double *quantity, *governance;
  int64_t n, governance_rows;
  double *hhi, *hhi_wgi, *cr1;
} batch;

typedef struct market {
  double sum, square, weighted, largest;
} market;

static double add_lanes(const double *lane) {
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

static inline market pass(const double *restrict x, const double *restrict w, int64_t n) {
  double sum[LANES] = {0}, square[LANES] = {0}, weighted[LANES] = {0}, largest[LANES] = {0};
  int64_t whole = n - n % LANES;
  for (int64_t i = 0; i < whole; i += LANES) {
    for (int k = 0; k < LANES; k++) {
      double v = x[i + k], v2 = v * v;
      sum[k] += v;
      square[k] += v2;
      if (w) weighted[k] += v2 * w[i + k];
      largest[k] = v > largest[k] ? v : largest[k];
    }
  }
  for (int k = 0; k < n - whole; k++) {
    double v = x[whole + k], v2 = v * v;
    sum[k] += v;
    square[k] += v2;
    if (w) weighted[k] += v2 * w[whole + k];
    largest[k] = v > largest[k] ? v : largest[k];
  }
  market m = {add_lanes(sum), add_lanes(square), add_lanes(weighted), 0};
  for (int k = 0; k < LANES; k++) m.largest = largest[k] > m.largest ? largest[k] : m.largest;
  return m;
}

static int32_t work(void *user, int64_t first, int64_t last) {
  const batch *b = user;
  for (int64_t i = first; i < last; i++) {
    const double *x = b->quantity + i * b->n;
    market m = b->hhi_wgi ? pass(x, b->governance + i % b->governance_rows * b->n, b->n) : pass(x, NULL, b->n);
    double square = m.sum * m.sum;
    if (b->hhi) b->hhi[i] = m.sum > 0 ? m.square / square : NAN;
    if (b->hhi_wgi) b->hhi_wgi[i] = m.sum > 0 ? m.weighted / square : NAN;
    if (b->cr1) b->cr1[i] = m.sum > 0 ? m.largest / m.sum : NAN;
  }
  return 0;
}

critmin_status critmin_concentration_batch(const double *quantity, int64_t markets, int64_t n, const double *governance,
                                           int64_t governance_rows, double *hhi, double *hhi_wgi, double *cr1,
                                           int32_t threads, critmin_error *error) {
  if (markets < 0 || n < 0 || threads < 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "markets is %lld, n is %lld and threads is %d; none can be below 0",
                   (long long)markets, (long long)n, (int)threads);
  if (n > 0 && markets > INT64_MAX / (int64_t)sizeof(double) / n)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "%lld markets of %lld producers are more than memory can hold",
                   (long long)markets, (long long)n);
  if (!quantity && markets > 0 && n > 0) return cm_fail_null(error, "quantity");
  if (hhi_wgi && n > 0 && !governance) return cm_fail_null(error, "governance");
  if (hhi_wgi && governance_rows < 1)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "governance_rows is %lld; hhi_wgi needs at least 1", (long long)governance_rows);
  batch b = {quantity, governance, n, governance_rows, hhi, hhi_wgi, cr1};
  cm_parallel(threads, markets, MARKETS_AT_ONCE, work, &b);
  return cm_ok(error);
}
