/* SPDX-License-Identifier: MIT */
/* The inner loops of solving, with the widest registers of the machine; the bits do not depend on their width. */
#ifndef CM_NETWORK_VECTOR_H
#define CM_NETWORK_VECTOR_H

#include <stdint.h>

enum { CM_BLOCK = 32 }; /* columns that are solved for at once */

typedef struct cm_vector {
  /* y[i] += a * x[i] for i below n. */
  void (*add_scaled)(double *y, const double *x, double a, int64_t n);
  /* The same for four x in turn, which lie `stride` apart. */
  void (*add_scaled_four)(double *y, const double *x, int64_t stride, const double *a, int64_t n);
  /* Adds to the CM_BLOCK numbers at `target` the rows row[i] of `rows` times value[i], for i below n in turn. */
  void (*add_rows)(double *target, const double *rows, const int32_t *row, const double *value, int64_t n);
  /* The same for four targets, rows target[0] to target[3] of `rows`, whose values lie `stride` apart. */
  void (*add_rows_four)(double *rows, const int32_t *target, const int32_t *row, const double *value, int64_t stride,
                        int64_t n);
} cm_vector;

cm_vector cm_vector_choose(void);

#endif
