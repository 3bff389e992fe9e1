/* SPDX-License-Identifier: MIT */
/* Drawing terms from their laws. */
#include <math.h>

#include "base/elementary.h"
#include "base/error.h"
#include "base/thread.h"
#include "metrics/uncertainty.h"

/* Shapes of a beta law that are whole, and no more together than this, are order statistics of uniform numbers. */
enum { UNIFORMS_MAX = 9 };

/* Shapes nearer than this to whole numbers are those. */
static const double NEARLY_WHOLE = 1e-9;

static int bounded(const critmin_law *law) {
  return law->kind == CRITMIN_LAW_UNIFORM || law->kind == CRITMIN_LAW_TRIANGULAR || law->kind == CRITMIN_LAW_BETA ||
         law->kind == CRITMIN_LAW_WHOLE;
}

static critmin_status check_law(const critmin_law *law, int64_t i, critmin_error *error) {
  if (law->kind < CRITMIN_LAW_FIXED || law->kind > CRITMIN_LAW_GEOMETRIC)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "law %lld is of kind %d; give a CRITMIN_LAW_ constant", (long long)i,
                   (int)law->kind);
  if (law->reserved != 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "law %lld: reserved is not 0", (long long)i);
  if (law->kind != CRITMIN_LAW_UNIFORM && law->kind != CRITMIN_LAW_WHOLE && !isfinite(law->value))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "law %lld: the value is %g; give a number", (long long)i,
                   law->value);
  if (bounded(law) &&
      (!isfinite(law->low) || !isfinite(law->high) || law->low > law->high || isinf(law->high - law->low)))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "law %lld runs from %g to %g; give numbers, the lower first",
                   (long long)i, law->low, law->high);
  switch (law->kind) {
    case CRITMIN_LAW_TRIANGULAR:
      if (law->value >= law->low && law->value <= law->high) return CRITMIN_OK;
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "law %lld is likeliest at %g, which is not between %g and %g",
                     (long long)i, law->value, law->low, law->high);
    case CRITMIN_LAW_LOGNORMAL:
      if (law->value > 0 && law->deviation >= 1 && !isinf(law->deviation)) return CRITMIN_OK;
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                     "law %lld: median %g, geometric deviation %g; give one above zero, and one of at least 1",
                     (long long)i, law->value, law->deviation);
    case CRITMIN_LAW_BETA:
      if (law->deviation > 0 && law->value > law->low && law->value < law->high &&
          law->deviation * law->deviation < (law->value - law->low) * (law->high - law->value))
        return CRITMIN_OK;
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                     "law %lld: no beta law between %g and %g has the mean %g and the standard deviation %g",
                     (long long)i, law->low, law->high, law->value, law->deviation);
    case CRITMIN_LAW_WHOLE:
      if (law->low == floor(law->low) && law->high == floor(law->high) && law->high - law->low < 0x1p52)
        return CRITMIN_OK;
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "law %lld runs from %g to %g; give whole numbers",
                     (long long)i, law->low, law->high);
    case CRITMIN_LAW_EXPONENTIAL:
    case CRITMIN_LAW_GEOMETRIC: {
      double least = law->kind == CRITMIN_LAW_GEOMETRIC ? 1 : 0;
      if (law->value >= least) return CRITMIN_OK;
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "law %lld: the mean is %g; give at least %g", (long long)i,
                     law->value, least);
    }
    default:
      return CRITMIN_OK;
  }
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
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "first is %lld and draws %lld; give 0 or more, and at least 1",
                   (long long)first, (long long)draws);
  if (threads < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "threads is %d; give 0 or more", (int)threads);
  return CRITMIN_OK;
}

/* The number below which the share u of a triangle lies. */
static double triangular(const critmin_law *law, double u) {
  double width = law->high - law->low;
  if (!(width > 0)) return law->low;
  double rising = law->value - law->low, falling = law->high - law->value;
  return u * width < rising ? law->low + sqrt(u * width) * sqrt(rising)
                            : law->high - sqrt((1 - u) * width) * sqrt(falling);
}

/* Of the uniform numbers at u, `stride` apart, the one that has `smaller` below it and `larger` above. */
static double order_statistic(int32_t smaller, int32_t larger, const double *u, int64_t stride) {
  double kept[UNIFORMS_MAX];
  for (int32_t n = 0; n <= smaller + larger; n++) {
    double x = u[n * stride];
    int32_t i = n;
    for (; i > 0 && kept[i - 1] > x; i--) kept[i] = kept[i - 1];
    kept[i] = x;
  }
  return kept[smaller];
}

/* Shapes of the beta law with the mean and the deviation that are asked for. */
static void make_beta(cm_sampler *s) {
  const critmin_law *law = &s->law;
  double width = law->high - law->low, mean = (law->value - law->low) / width, deviation = law->deviation / width;
  double both = mean * (1 - mean) / (deviation * deviation) - 1;
  s->first = mean * both;
  s->second = both - s->first;
  double a = round(s->first), b = round(s->second);
  int whole = fabs(s->first - a) < NEARLY_WHOLE && fabs(s->second - b) < NEARLY_WHOLE;
  s->numbers = CM_NUMBERS_VARY;
  if (!whole || a < 1 || b < 1 || a + b - 1 > UNIFORMS_MAX) return;
  s->numbers = (int32_t)a + (int32_t)b - 1;
  s->smaller = (int32_t)a - 1;
  s->larger = (int32_t)b - 1;
  if (s->smaller == 1 && s->larger == 1) s->ahead = CM_MEDIAN;
}

cm_sampler cm_sampler_make(const critmin_law *law) {
  cm_sampler s = {.law = *law, .numbers = 1};
  switch (law->kind) {
    case CRITMIN_LAW_FIXED:
      s.numbers = 0;
      break;
    case CRITMIN_LAW_LOGNORMAL:
      s.first = cm_log(law->deviation);
      s.numbers = 2;
      break;
    case CRITMIN_LAW_EXPONENTIAL:
      s.ahead = CM_LOGARITHM;
      break;
    case CRITMIN_LAW_WHOLE:
      s.first = law->high - law->low + 1;
      break;
    case CRITMIN_LAW_GEOMETRIC:
      s.first = law->value > 1 ? 1 / log1p(-1 / law->value) : 0;
      s.ahead = CM_LOGARITHM;
      break;
    case CRITMIN_LAW_BETA:
      make_beta(&s);
      break;
    default:
      break;
  }
  return s;
}

static double median(double a, double b, double c) {
  double low = a < b ? a : b, high = a < b ? b : a;
  high = high < c ? high : c;
  return low > high ? low : high;
}

/* What the numbers at u, `stride` apart, stand for; what its law wants made ahead is at hand. */
static inline double value_of(const cm_sampler *s, const double *u, int64_t stride, double ahead) {
  const critmin_law *law = &s->law;
  switch (law->kind) {
    case CRITMIN_LAW_UNIFORM:
      return law->low + (law->high - law->low) * u[0];
    case CRITMIN_LAW_TRIANGULAR:
      return triangular(law, u[0]);
    case CRITMIN_LAW_LOGNORMAL:
      return law->value * cm_exp(s->first * cm_normal_of(u[0], u[stride]));
    case CRITMIN_LAW_EXPONENTIAL:
      return -law->value * ahead;
    case CRITMIN_LAW_BETA: {
      double x = s->ahead == CM_MEDIAN ? ahead : order_statistic(s->smaller, s->larger, u, stride);
      return law->low + (law->high - law->low) * x;
    }
    /* Converting to whole numbers cuts what follows the point; nothing here is below 0. */
    case CRITMIN_LAW_WHOLE:
      return law->low + (double)(int64_t)(s->first * u[0]);
    case CRITMIN_LAW_GEOMETRIC:
      return 1 + (double)(int64_t)(s->first * ahead);
    default:
      return law->value;
  }
}

double cm_sampler_draw(const cm_sampler *s, cm_random *random) {
  const critmin_law *law = &s->law;
  if (s->numbers == CM_NUMBERS_VARY) {
    double a = cm_random_log_gamma(random, s->first), b = cm_random_log_gamma(random, s->second);
    return law->low + (law->high - law->low) / (1 + cm_exp(b - a));
  }
  double u[UNIFORMS_MAX];
  for (int32_t i = 0; i < s->numbers; i++) u[i] = cm_random_uniform(random);
  double ahead = s->ahead == CM_LOGARITHM ? cm_log(u[0]) : s->ahead == CM_MEDIAN ? median(u[0], u[1], u[2]) : 0;
  return value_of(s, u, 1, ahead);
}

void cm_samplers_at(const cm_sampler *samplers, const int32_t *which, int64_t n, const double *u, int64_t stride,
                    double *x) {
  int wanted = 0;
  for (int64_t i = 0; i < n; i++) wanted |= samplers[which[i]].ahead;
  if (wanted == CM_LOGARITHM) cm_logs(u, n, x);
  if (wanted == CM_MEDIAN)
    for (int64_t i = 0; i < n; i++) x[i] = median(u[i], u[stride + i], u[2 * stride + i]);
  for (int64_t i = 0; i < n; i++) {
    const cm_sampler *s = &samplers[which[i]];
    if (s->numbers == CM_NUMBERS_VARY) continue;
    double ahead = x[i];
    if (wanted == (CM_LOGARITHM | CM_MEDIAN)) /* laws of both kinds */
      ahead = s->ahead == CM_LOGARITHM ? cm_log(u[i])
              : s->ahead == CM_MEDIAN  ? median(u[i], u[stride + i], u[2 * stride + i])
                                       : 0;
    x[i] = value_of(s, u + i, stride, ahead);
  }
}

void cm_laws_draw(const critmin_law *laws, int64_t n, uint64_t seed, int64_t draw, uint32_t stream, double *terms) {
  cm_random random;
  cm_random_start(&random, seed, (uint64_t)draw, stream);
  for (int64_t i = 0; i < n; i++) {
    cm_sampler sampler = cm_sampler_make(&laws[i]);
    terms[i] = cm_sampler_draw(&sampler, &random);
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
