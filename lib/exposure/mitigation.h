/* SPDX-License-Identifier: MIT */
/* The programme behind the cheapest mix. */
#ifndef CM_EXPOSURE_MITIGATION_H
#define CM_EXPOSURE_MITIGATION_H

#include "base/linear.h"
#include "critmin/risk.h"

enum { CM_NO_CUT = -1 };

/* As critmin_mitigation, but that several lines may bound from below what an outcome leaves unmet: gap - effect * units
 * of each of its cuts. */
typedef struct cm_mix {
  int32_t options;
  int64_t outcomes, cuts;
  const int64_t *first, *next; /* the first cut of each outcome, the next of each cut, CM_NO_CUT at the end; NULL: one
                                  each, in their order */
  const double *gap, *effect;  /* of each cut */
  const double *probability, *cost, *limit;
  double level;
} cm_mix;

/* Writes the programme out; freed with cm_linear_free(). 0 when memory ran out. */
int cm_mix_make(const cm_mix *mix, cm_linear *linear);
/* Solves it for a target. Units and cost are NaN where no mix reaches it. Errors: those of cm_linear_solve(). */
critmin_status cm_mix_solve(cm_linear *linear, const cm_mix *mix, double target, double *units, double *cost,
                            critmin_error *error);

#endif
