/* SPDX-License-Identifier: MIT */
/* Sobol indices: evaluations in rows that can be made anywhere, and the estimates from them. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/thread.h"
#include "metrics/uncertainty.h"

enum { ROUND = 65536, GRAIN = 128 }; /* draws between two looks at the caller's progress, and of a range */

typedef struct drawing {
  const critmin_law *laws;
  int64_t n;
  cm_function function;
  uint64_t seed;
  int64_t first;
  double *results;
} drawing;

static int32_t draw_rows(void *user, int64_t first, int64_t last) {
  const drawing *d = user;
  double *a = cm_alloc_array((size_t)d->n, sizeof *a), *b = cm_alloc_array((size_t)d->n, sizeof *b);
  int32_t failed = !a || !b;
  for (int64_t i = first; i < last && !failed; i++) {
    double *row = d->results + i * (d->n + 2);
    cm_laws_draw(d->laws, d->n, d->seed, d->first + i, CM_STREAM_TERMS, a);
    cm_laws_draw(d->laws, d->n, d->seed, d->first + i, CM_STREAM_OTHER_TERMS, b);
    row[0] = cm_function_at(&d->function, a, d->n);
    row[1] = cm_function_at(&d->function, b, d->n);
    for (int64_t k = 0; k < d->n; k++) {
      double kept = a[k];
      a[k] = b[k];
      row[2 + k] = cm_function_at(&d->function, a, d->n);
      a[k] = kept;
    }
  }
  cm_free(a);
  cm_free(b);
  return failed;
}

critmin_status critmin_sobol_draws(const critmin_law *laws, int64_t n, int32_t formula, critmin_function function,
                                   void *function_user, uint64_t seed, int64_t first, int64_t draws, int32_t threads,
                                   critmin_progress progress, void *user, double *results, critmin_error *error) {
  drawing d = {.laws = laws, .n = n, .seed = seed};
  critmin_status status = cm_laws_check(laws, n, error);
  if (!status) status = cm_function_read(formula, function, function_user, n, &d.function, error);
  if (!status) status = cm_draws_check(first, draws, threads, error);
  if (status) return status;
  if (!results) return cm_fail_null(error, "results");
  for (int64_t done = 0; done < draws; done += ROUND) {
    if (progress && progress(user, done, draws))
      return cm_fail(error, CRITMIN_ERROR_CANCELLED, "cancelled after %lld of %lld draws", (long long)done,
                     (long long)draws);
    d.first = first + done;
    d.results = results + done * (n + 2);
    int64_t now = draws - done < ROUND ? draws - done : ROUND;
    if (cm_parallel(threads, now, GRAIN, draw_rows, &d)) return cm_fail_memory(error);
  }
  return cm_ok(error);
}

/* The mean over draws of what makes the variance and, of term k, its two parts; results less their mean, so that little
 * cancels. */
typedef struct estimate {
  double own, whole, own_error, whole_error;
} estimate;

static estimate estimate_of(const double *results, int64_t draws, int64_t width, int64_t k, double mean,
                            double variance) {
  double own = 0, whole = 0, own_squares = 0, whole_squares = 0, n = (double)draws;
  for (int64_t i = 0; i < draws; i++) {
    const double *row = results + i * width;
    double moved = row[2 + k] - row[0];
    own += (row[1] - mean) * moved;
    whole += moved * moved / 2;
  }
  estimate e = {own / n / variance, whole / n / variance, NAN, NAN};
  for (int64_t i = 0; i < draws; i++) { /* a ratio of means: what each draw adds to its error */
    const double *row = results + i * width;
    double moved = row[2 + k] - row[0], a = row[0] - mean, b = row[1] - mean, spread = (a * a + b * b) / 2;
    double of_own = b * moved - e.own * spread, of_whole = moved * moved / 2 - e.whole * spread;
    own_squares += of_own * of_own;
    whole_squares += of_whole * of_whole;
  }
  e.own_error = sqrt(own_squares / n / (n - 1)) / variance;
  e.whole_error = sqrt(whole_squares / n / (n - 1)) / variance;
  return e;
}

critmin_status critmin_sobol_indices(const double *results, int64_t draws, int64_t n, double *first_order,
                                     double *first_error, double *total, double *total_error, double *variance,
                                     critmin_error *error) {
  if (!results) return cm_fail_null(error, "results");
  if (n < 1 || n > INT64_MAX - 2) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; give a term", (long long)n);
  if (draws < 2 || draws > INT64_MAX / (n + 2))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "draws is %lld; give at least 2, and no more than there can be",
                   (long long)draws);
  int64_t width = n + 2;
  double sum = 0, squares = 0;
  for (int64_t i = 0; i < draws; i++) sum += results[i * width] + results[i * width + 1];
  double mean = sum / (double)draws / 2;
  for (int64_t i = 0; i < draws; i++) {
    double a = results[i * width] - mean, b = results[i * width + 1] - mean;
    squares += (a * a + b * b) / 2;
  }
  double spread = squares / (double)draws;
  for (int64_t k = 0; k < n; k++) {
    estimate e = estimate_of(results, draws, width, k, mean, spread > 0 ? spread : NAN);
    if (first_order) first_order[k] = e.own;
    if (first_error) first_error[k] = e.own_error;
    if (total) total[k] = e.whole;
    if (total_error) total_error[k] = e.whole_error;
  }
  if (variance) *variance = spread;
  return cm_ok(error);
}
