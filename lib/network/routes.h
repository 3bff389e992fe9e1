/* SPDX-License-Identifier: MIT */
/* A network as arcs, with its flows as capacities, for questions of what may flow at most. */
#ifndef CM_NETWORK_ROUTES_H
#define CM_NETWORK_ROUTES_H

#include "network/max_flow.h"
#include "network/trace.h"

/* Which sources flow. */
typedef struct cm_sources {
  int marked;  /* those in the marked countries */
  int others;  /* those of all others */
  int unknown; /* the unknown */
} cm_sources;

typedef struct cm_routes {
  const critmin_network *n;
  const critmin_trace *trace;
  const uint8_t *mark;
  int touch;     /* marked countries are sources at every stage, and their plants are cut */
  int without;   /* marked countries are taken out: neither source nor way */
  double *scale; /* of each stage up to the buyers': tonnes of theirs for a tonne of it; 0: not on the way */
} cm_routes;

/*
 * Fills `scale`, which must hold 0. All producers of a stage must have one yield. Errors: MISSING_VALUE (a stage
 * without yields), UNSUPPORTED (yields that differ, a stage in shares).
 */
critmin_status cm_routes_scale(cm_routes *routes, critmin_error *error);

/* Adds the arcs of a stage; pool c of stage k is node k * countries + c. Returns 0 when memory ran out. */
int cm_routes_add(const cm_routes *routes, cm_arcs *arcs, cm_sources sources, int32_t stage, int32_t source);

#endif
