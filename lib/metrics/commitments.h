/* SPDX-License-Identifier: MIT */
/* What is committed to a user in a year, as the kernels take it. */
#ifndef CM_METRICS_COMMITMENTS_H
#define CM_METRICS_COMMITMENTS_H

#include "metrics/metric_origin.h"

/* Commitments that deliver to the user. Arrays of `n`; NaN where nobody says. */
typedef struct cm_committed {
  const cm_model_commitment **of;
  double *tonnes; /* a year, in the unit of the stage asked about, cut to the producer's output */
  double *probability, *ramp, *additional, *reaches;
  int64_t n;
  uint64_t flags;
} cm_committed;

/*
 * Those in force in the middle of the year, of minerals and stages of the chain up to the user's. A stage before the
 * user's counts as far as the user works it on itself, stage by stage, of `demand`; and as far as the seller's own
 * material is not from those marked. Freed with cm_committed_free(), after a failure too.
 */
critmin_status cm_committed_read(cm_committed *committed, cm_trail *trail, double demand, critmin_error *error);
void cm_committed_free(cm_committed *committed);

#endif
