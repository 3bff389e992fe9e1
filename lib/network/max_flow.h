/* SPDX-License-Identifier: MIT */
/* The greatest flow from one node to another. */
#ifndef CM_NETWORK_MAX_FLOW_H
#define CM_NETWORK_MAX_FLOW_H

#include <stddef.h>
#include <stdint.h>

/* Arc 2i leads as it was added, arc 2i + 1 back; `left` is what may still flow. */
typedef struct cm_arcs {
  int32_t nodes;
  int64_t count;
  size_t room;
  int32_t *to;
  double *left;
  int64_t *next, *first; /* lists of the arcs that leave a node, -1 at the end */
} cm_arcs;

/* All return 0 when memory ran out; what was made is freed with cm_arcs_free() in any case. */
int cm_arcs_make(cm_arcs *arcs, int32_t nodes);
int cm_arcs_add(cm_arcs *arcs, int32_t from, int32_t to, double capacity);
/* Leaves in `left` what the flow has not used. */
int cm_arcs_flow(cm_arcs *arcs, int32_t source, int32_t sink, double *flow);
void cm_arcs_free(cm_arcs *arcs);

#endif
