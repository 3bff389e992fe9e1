/* SPDX-License-Identifier: MIT */
/* The greatest flow from one node to another. */
#ifndef CM_NETWORK_ARCS_H
#define CM_NETWORK_ARCS_H

#include <stddef.h>
#include <stdint.h>

#include "critmin/status.h"

/* Arc 2i leads as it was added, arc 2i + 1 back; `left` is what may still flow, measured where it arrives. */
typedef struct cm_arcs {
  int32_t nodes;
  int64_t count;
  size_t room;
  int32_t *to;
  double *left;
  double *gain; /* of arc 2i at i: what arrives of what sets out */
  int lossy;    /* not 0: some gain is not 1 */
  int64_t *next, *first; /* lists of the arcs that leave a node, -1 at the end */
} cm_arcs;

/* Return 0 when memory ran out; what was made is freed with cm_arcs_free() in any case. */
int cm_arcs_make(cm_arcs *arcs, int32_t nodes);
int cm_arcs_add(cm_arcs *arcs, int32_t from, int32_t to, double capacity);
int cm_arcs_add_lossy(cm_arcs *arcs, int32_t from, int32_t to, double capacity, double gain);
void cm_arcs_free(cm_arcs *arcs);

/* Finds the flow, and leaves in `left` what it has not used: a maximum flow, or where some of it is lost on the way a
 * linear programme. Errors: MEMORY, UNSUPPORTED (no solver for the programme), INTERNAL. */
critmin_status cm_arcs_flow(cm_arcs *arcs, int32_t source, int32_t sink, double *flow, critmin_error *error);

/* The two ways (max_flow.c, lossy_flow.c); the first, for arcs that lose nothing, returns 0 when memory ran out. */
int cm_arcs_max_flow(cm_arcs *arcs, int32_t source, int32_t sink, double *flow);
critmin_status cm_arcs_lossy_flow(cm_arcs *arcs, int32_t source, int32_t sink, double *flow, critmin_error *error);

#endif
