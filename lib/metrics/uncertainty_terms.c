/* SPDX-License-Identifier: MIT */
/* Drawing terms from their laws. */
#include <math.h>

#include "base/error.h"
#include "base/thread.h"
#include "metrics/uncertainty.h"

static critmin_status check_law(const critmin_law *law, int64_t i, critmin_error *error) {
  int bounded = law->kind == CRITMIN_LAW_UNIFORM || law->kind == CRITMIN_LAW_TRIANGULAR;
  if (law->kind < CRITMIN_LAW_FIXED || law->kind > CRITMIN_LAW_LOGNORMAL)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "law %lld is of kind %d; give a CRITMIN_LAW_ constant", (long long)i, (int)law->kind);
  if (law->reserved != 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "law %lld: reserved is not 0", (long long)i);
  if (law->kind != CRITMIN_LAW_UNIFORM && !isfinite(law->value))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "law %lld: the value is %g; give a number", (long long)i, law->value);
  if (bounded && (!isfinite(law->low) || !isfinite(law->high) || law->low > law->high || isinf(law->high - law->low)))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "law %lld runs from %g to %g; give numbers, the lower first", (long long)i,
                   law->low, law->high);
  if (law->kind == CRITMIN_LAW_TRIANGULAR && (law->value < law->low || law->value > law->high))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "law %lld is likeliest at %g, which is not between %g and %g", (long long)i,
                   law->value, law->low, law->high);
  if (law->kind == CRITMIN_LAW_LOGNORMAL && (!(law->value > 0) || !(law->deviation >= 1) || isinf(law->deviation)))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                   "law %lld: median %g, geometric deviation %g; give one above zero, and one of at least 1", (long long)i,
                   law->value, law->deviation);
  return CRITMIN_OK;
}

critmin_status cm_laws_check(const critmin_law *laws, int64_t n, critmin_error *error) {
  if (n < 1) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; give a term", (long long)n);
  if (!laws) return cm_fail_null(error, "laws");
  for (int64_t i = 0; i < n; i++) {
    critmin_status status = check_law(&laws[i], i, error);
    if (status) return cm_fail_at(error, status, i + 1, 0);
  }
  return CRITMIN_OK;
}

critmin_status cm_draws_check(int64_t first, int64_t draws, int32_t threads, critmin_error *error) {
  if (draws < 1 || first < 0 || first > INT64_MAX - draws)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "first is %lld and draws %lld; give 0 or more, and at least 1", (long long)first,
                   (long long)draws);
  if (threads < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "threads is %d; give 0 or more", (int)threads);
  return CRITMIN_OK;
}

/* The number below which the share u of a triangle lies. */
static double triangular(const critmin_law *law, double u) {
  double width = law->high - law->low;
  if (!(width > 0)) return law->low;
  double rising = law->value - law->low, falling = law->high - law->value;
  return u * width < rising ? law->low + sqrt(u * width) * sqrt(rising) : law->high - sqrt((1 - u) * width) * sqrt(falling);
}

void cm_laws_draw(const critmin_law *laws, int64_t n, uint64_t seed, int64_t draw, uint32_t stream, double *terms) {
  cm_random random;
  cm_random_start(&random, seed, (uint64_t)draw, stream);
  for (int64_t i = 0; i < n; i++) {
    const critmin_law *law = &laws[i];
    switch (law->kind) {
    case CRITMIN_LAW_UNIFORM: terms[i] = law->low + (law->high - law->low) * cm_random_uniform(&random); break;
    case CRITMIN_LAW_TRIANGULAR: terms[i] = triangular(law, cm_random_uniform(&random)); break;
    case CRITMIN_LAW_LOGNORMAL: terms[i] = law->value * exp(log(law->deviation) * cm_random_normal(&random)); break;
    default: terms[i] = law->value;
    }
  }
}

typedef struct drawing {
  const critmin_law *laws;
  int64_t n, first;
  uint64_t seed;
  double *terms;
} drawing;

static int32_t draw_rows(void *user, int64_t first, int64_t last) {
  const drawing *d = user;
  for (int64_t i = first; i < last; i++)
    cm_laws_draw(d->laws, d->n, d->seed, d->first + i, CM_STREAM_TERMS, d->terms + i * d->n);
  return 0;
}

critmin_status critmin_draw_terms(const critmin_law *laws, int64_t n, uint64_t seed, int64_t first, int64_t draws,
                                  int32_t threads, double *terms, critmin_error *error) {
  critmin_status status = cm_laws_check(laws, n, error);
  if (!status) status = cm_draws_check(first, draws, threads, error);
  if (status) return status;
  if (!terms) return cm_fail_null(error, "terms");
  drawing d = {laws, n, first, seed, terms};
  cm_parallel(threads, draws, 256, draw_rows, &d);
  return cm_ok(error);
}
