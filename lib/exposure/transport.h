/* SPDX-License-Identifier: MIT */
/* What the two ways to an optimal allocation have in common. */
#ifndef CM_EXPOSURE_TRANSPORT_H
#define CM_EXPOSURE_TRANSPORT_H

#include "critmin/allocation.h"

/* Where results go; flow, more and less may be NULL. */
typedef struct cm_transport_result {
  double *unmet, *flow, *more, *less;
  double objective;
} cm_transport_result;

static inline double cm_worth(const critmin_transport *t, int32_t node) {
  return t->worth ? t->worth[node] : 1;
}

critmin_status cm_transport_flow(const critmin_transport *transport, cm_transport_result *result, critmin_error *error);
critmin_status cm_transport_linear(const critmin_transport *transport, cm_transport_result *result,
                                   critmin_error *error);

#endif
