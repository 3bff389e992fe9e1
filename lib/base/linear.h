/* SPDX-License-Identifier: MIT */
/* Linear programmes, by a solver that is looked for when the first one is asked for. */
#ifndef CM_BASE_LINEAR_H
#define CM_BASE_LINEAR_H

#include <stdint.h>

#include "critmin/status.h"

/* Minimise cost * x, with low <= x <= high and row_low <= A x <= row_high; A column by column. Infinite bounds are
 * none. */
typedef struct cm_linear {
  int columns, rows;
  int *start;    /* columns + 1 */
  int *index;    /* row of each entry */
  double *value; /* of each entry */
  double *cost, *low, *high;
  double *row_low, *row_high;
  int from_zero; /* not 0: 0 is a solution, and not far from the best */
} cm_linear;

/* Arrays for so many columns, rows and entries; all lower bounds are 0, all upper ones infinite. Returns 0 when memory
 * ran out. */
int cm_linear_make(cm_linear *linear, int64_t columns, int64_t rows, int64_t entries);
void cm_linear_free(cm_linear *linear);

/*
 * Solves. `x` gets the columns, `price` (may be NULL) by how much the objective rises for a unit more on the right of
 * each row, and `feasible` whether there is any solution; without one nothing else is written. Errors: UNSUPPORTED,
 * MEMORY, INVALID_VALUE (no finite optimum), INTERNAL (the solver gave up).
 */
critmin_status cm_linear_solve(const cm_linear *linear, double *x, double *price, double *objective, int *feasible,
                               critmin_error *error);

#endif
