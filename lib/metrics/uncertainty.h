/* SPDX-License-Identifier: MIT */
/* What the kernels of uncertainty share: a function of terms, the library's or the caller's, and the streams of draws.
 */
#ifndef CM_METRICS_UNCERTAINTY_H
#define CM_METRICS_UNCERTAINTY_H

#include "base/random.h"
#include "critmin/uncertainty.h"

/* Streams of a draw, one for each use, so that two uses of one seed have no number in common. */
enum { CM_STREAM_WEIGHTS, CM_STREAM_TERMS, CM_STREAM_OTHER_TERMS, CM_STREAM_COMPLETION, CM_STREAM_SHARES };

typedef struct cm_formula cm_formula;

/* A function as it was asked for, checked. */
typedef struct cm_function {
  const cm_formula *formula; /* where `function` is NULL */
  critmin_function function;
  void *user;
} cm_function;

critmin_status cm_function_read(int32_t formula, critmin_function function, void *user, int64_t n, cm_function *out,
                                critmin_error *error);
/* The function of `n` terms; NaN where it has no value. */
double cm_function_at(const cm_function *function, const double *terms, int64_t n);
/* What term i of `n` is called, and its number from 1 among those of its kind, 0 where it is the only one. NULL for the
 * caller's function. */
const char *cm_function_term(const cm_function *function, int64_t i, int64_t n, int64_t *number);

critmin_status cm_laws_check(const critmin_law *laws, int64_t n, critmin_error *error);
/* A law that was checked, made ready to be drawn from many times. */
typedef struct cm_sampler {
  critmin_law law;
  double first, second; /* what its kind has to compute from the law */
  int32_t numbers;       /* uniform numbers that a draw takes, or that this varies */
  int32_t ahead;         /* what is made of them for many draws at once */
  int32_t smaller, larger; /* of a beta law that is an order statistic: how many numbers are below it, and above */
} cm_sampler;

enum { CM_NUMBERS_VARY = -1 };
/* The logarithm of the first, the median of three. */
enum { CM_LOGARITHM = 1, CM_MEDIAN = 2 };

cm_sampler cm_sampler_make(const critmin_law *law);
double cm_sampler_draw(const cm_sampler *sampler, cm_random *random);
/* x[i] = what samplers[which[i]] draws with the numbers at u[i], u[i + stride], ...; laws that take a number of them that
 * varies are passed over. */
void cm_samplers_at(const cm_sampler *samplers, const int32_t *which, int64_t n, const double *u, int64_t stride,
                    double *x);
/* The terms of a draw, from one of its streams. */
void cm_laws_draw(const critmin_law *laws, int64_t n, uint64_t seed, int64_t draw, uint32_t stream, double *terms);
/* Which draws are asked for. */
critmin_status cm_draws_check(int64_t first, int64_t draws, int32_t threads, critmin_error *error);

#endif
