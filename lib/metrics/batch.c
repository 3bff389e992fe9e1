/* SPDX-License-Identifier: MIT */
/*
 * Concentration of many markets in one pass. Eight running sums per quantity, lane i taking producers i, i + 8, ..., are
 * added in one fixed order: neither the width of the registers nor the number of threads changes a bit. Memory sets
 * the pace, so that the widest registers of the machine are used, and memory is asked for ahead.
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "base/thread.h"
#include "critmin/concentration.h"

enum { LANES = 8, MARKETS_AT_ONCE = 256, AHEAD = 4096 };

typedef struct market {
  double sum, square, weighted, largest;
} market;

typedef struct batch {
  const double *quantity, *governance;
  int64_t n, governance_rows;
  double *hhi, *hhi_wgi, *cr1;
  void (*pass)(const double *x, const double *w, int64_t n, market *m);
} batch;

static double add_lanes(const double *lane) {
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

static double largest_lane(const double *lane) {
  double largest = 0;
  for (int i = 0; i < LANES; i++) largest = lane[i] > largest ? lane[i] : largest;
  return largest;
}

#if defined(__x86_64__)
#include <immintrin.h>

#define PASS pass_2
#define WIDTH 2
#define TARGET
#define LARGER(a, b) _mm_max_pd(a, b)
#include "metrics/batch_pass.inc"

#define PASS pass_4
#define WIDTH 4
#define TARGET __attribute__((target("avx2")))
#define LARGER(a, b) _mm256_max_pd(a, b)
#include "metrics/batch_pass.inc"

#define PASS pass_8
#define WIDTH 8
#define TARGET __attribute__((target("avx512f")))
#define LARGER(a, b) _mm512_max_pd(a, b)
#include "metrics/batch_pass.inc"

static void choose(batch *b) {
  b->pass = __builtin_cpu_supports("avx512f") ? pass_8 : __builtin_cpu_supports("avx2") ? pass_4 : pass_2;
}
#else
#define PASS pass_2
#define WIDTH 2
#define TARGET
#define LARGER(a, b) ((VECTOR)((((a) > (b)) & (MASK)(a)) | (~((a) > (b)) & (MASK)(b))))
#include "metrics/batch_pass.inc"

static void choose(batch *b) { b->pass = pass_2; }
#endif

static int32_t work(void *user, int64_t first, int64_t last) {
  const batch *b = user;
  for (int64_t i = first; i < last; i++) {
    market m = {0};
    if (b->n > 0) {
      const double *x = b->quantity + i * b->n;
      b->pass(x, b->hhi_wgi ? b->governance + i % b->governance_rows * b->n : x, b->n, &m);
    }
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
  if (hhi_wgi && !governance) return cm_fail_null(error, "governance");
  if (hhi_wgi && governance_rows < 1)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "governance_rows is %lld; hhi_wgi needs at least 1",
                   (long long)governance_rows);
  batch b = {quantity, governance, n, governance_rows, hhi, hhi_wgi, cr1, NULL};
  choose(&b);
  cm_parallel(threads, markets, MARKETS_AT_ONCE, work, &b);
  return cm_ok(error);
}
