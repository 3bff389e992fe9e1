/* SPDX-License-Identifier: MIT */
/* A composite as its kernels read it. */
#ifndef CM_METRICS_COMPOSITE_H
#define CM_METRICS_COMPOSITE_H

#include "critmin/composite.h"

/* The caller's composite, checked, with weights of its own: freed with cm_composite_free(). */
typedef struct cm_composite {
  int32_t aggregate, missing;
  double power;
  double *weight;
  int64_t criteria;
} cm_composite;

/* Reads the composite, and that `items` rows of it can be aggregated. On failure there is nothing to free. */
critmin_status cm_composite_read(const critmin_composite *in, const double *normalised, int64_t items, cm_composite *c,
                                 critmin_error *error);
void cm_composite_free(cm_composite *c);

/* The score of one item, without criterion `skip` (-1: none); missing criteria are `fill`, or left out where that is NaN. */
double cm_composite_aggregate(const cm_composite *c, const double *row, int64_t skip, double fill);

/* The scale as it is over these values: bounds that are NaN become those of the values. 0 where they have no spread to be scaled by. */
int cm_criterion_resolve(critmin_criterion *criterion, const double *raw, int64_t n);

#endif
