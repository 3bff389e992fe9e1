/* SPDX-License-Identifier: MIT */
/* What is committed to a user in a year, as the kernels take it. */
#ifndef CM_METRICS_COMMITMENTS_H
#define CM_METRICS_COMMITMENTS_H

#include "metrics/metric_origin.h"

/* Commitments that deliver to the user. Arrays of `n`; NaN where nobody says. */
typedef struct cm_committed {
  const cm_model_commitment **of;
  int32_t *place; /* stage of the chain */
  double *tonnes; /* a year, in the unit of the stage asked about, cut to the producer's output */
  double *probability, *ramp, *additional, *reaches;
  int64_t n;
  uint64_t flags;
} cm_committed;

/*
 * Those in force in the middle of the year, of minerals and stages of the chain from the one traced to up to the user's.
 * `reaches` is the part of the seller's own material that is not from those marked. Freed with cm_committed_free(),
 * after a failure too.
 */
critmin_status cm_committed_read(cm_committed *committed, cm_trail *trail, critmin_error *error);
void cm_committed_free(cm_committed *committed);

#endif
