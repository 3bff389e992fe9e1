/* SPDX-License-Identifier: MIT */
/* The law of what commitments deliver. */
#ifndef CM_NETWORK_LAW_H
#define CM_NETWORK_LAW_H

#include <stdint.h>

/* Amounts in ascending order, each with its probability. */
typedef struct cm_law {
  double *amount, *probability;
  int64_t count;
} cm_law;

/* The sum of `n` two-point variables: amount[i] with probability[i], 0 otherwise. Returns 0 when memory ran out. */
int cm_law_sum(const double *amount, const double *probability, int64_t n, double correlation, cm_law *law);

/*
 * The probability of each of the 2^n sets of variables that may come to pass; bit i of a set stands for variable i. Returns 0
 * when memory ran out.
 */
int cm_law_sets(const double *probability, int32_t n, double correlation, double *of_set);

void cm_law_free(cm_law *law);

/* The point below which the normal law has `probability`. */
double cm_normal_point(double probability);

#endif
