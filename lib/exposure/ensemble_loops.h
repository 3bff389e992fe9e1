/* SPDX-License-Identifier: MIT */
/*
 * The inner loops of drawing, over numbers of users that are whole vectors of 8, with the widest registers of the
 * machine. Sums are made in eight lanes, which are added in one fixed order: the bits do not depend on the registers.
 */
#ifndef CM_EXPOSURE_ENSEMBLE_LOOPS_H
#define CM_EXPOSURE_ENSEMBLE_LOOPS_H

#include <stdint.h>

typedef struct cm_ensemble_loops {
  /* lack = the sum of weight[i] * rows[row[i]] for i below n; returns the sum over users. */
  double (*withhold)(double *lack, const double *rows, const int32_t *row, const double *weight, int32_t n,
                     int32_t users);
  /* Sum of x * y. */
  double (*product)(const double *x, const double *y, int32_t users);
  /* Draws lack * factor * part from what is left; what that does not hold is added to unmet. */
  void (*consume)(const double *lack, double factor, const double *part, double *left, double *unmet, int32_t users);
  /* sums = unmet, its square, and 1 where it is above `negligible`, one after the other. */
  void (*record)(const double *unmet, const double *negligible, double *sums, int32_t users);
  /* order = the places of dates in rising order, those of one date in the order they have. Whole vectors of 8 are read:
     after the last date there must be infinities. */
  void (*sort)(const double *date, int32_t n, int32_t *order);
  /* Of n shocks, number i acting from date[2 i] to before date[2 i + 1], when it withholds lack[i] of deliveries and
     spare[i] of the `all` that can be delivered besides: time[i] = how long it acts, each moment counted by the part of
     what is lacking then that is not delivered by others. Dates as for sort(); `stretch` is room for them; `begin` and
     `end` are room for whole vectors, as `time` must be. */
  void (*bridge)(const double *date, int32_t n, const double *lack, const double *spare, double all, double *begin,
                 double *end, double *stretch, double *time);
  /* unmet = what lack has beyond what is left. */
  void (*settle)(const double *lack, const double *left, double *unmet, int32_t users);
} cm_ensemble_loops;

cm_ensemble_loops cm_ensemble_loops_choose(void);

#endif
