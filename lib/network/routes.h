/* SPDX-License-Identifier: MIT */
/* A network as arcs, with its flows as capacities, for questions of what may flow at most. */
#ifndef CM_NETWORK_ROUTES_H
#define CM_NETWORK_ROUTES_H

#include "network/arcs.h"
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
  double *scale; /* of each stage: tonnes of the buyers' for a tonne of it where least is lost; 0: not on the way */
  double *size;  /* of each pool of each stage: tonnes for a unit of it; 1 where the stage is in tonnes */
  double *need;  /* of each pool: tonnes that later stages are known to take in */
  uint8_t *sized; /* of each stage, not 0: its tonnes are known */
} cm_routes;

/*
 * Finds the tonnes of every stage. One in shares has those that the stages after it take in, where these are known and
 * have yields, passed on between its pools as the shares say. What is made is freed with cm_routes_free(), after a
 * failure too. Errors: MEMORY.
 */
critmin_status cm_routes_size(cm_routes *routes, critmin_error *error);
/* Finds what a tonne of each stage is worth to the buyers, whose own stage must be sized. Errors: MISSING_VALUE (a
 * stage without yields). */
critmin_status cm_routes_scale(cm_routes *routes, critmin_error *error);
void cm_routes_free(cm_routes *routes);

/* What sources of one side bring into a pool, in the unit of its stage; and whether what is made there has come from a
 * stage before that is asked about. */
double cm_routes_source(const cm_routes *routes, cm_sources sources, int32_t stage, int32_t country);
int cm_routes_goes_on(const cm_routes *routes, int32_t stage, int32_t country);

/* Tonnes that a country uses of a stage that is sized. */
double cm_routes_use(const cm_routes *routes, int32_t stage, int32_t country);

/* Adds the arcs of a stage; pool c of stage k is node k * countries + c. Returns 0 when memory ran out. */
int cm_routes_add(const cm_routes *routes, cm_arcs *arcs, cm_sources sources, int32_t stage, int32_t source);
/* Adds the way from input `i` of a stage into what a country makes there, `made` of it in the buyers' tonnes. */
int cm_routes_add_plant(const cm_routes *routes, cm_arcs *arcs, int32_t stage, int32_t i, int32_t country, double made);

/*
 * The least and the most share of a buyer's pool that can be from those marked where the tonnes of its stage are not
 * known, and so pools may be of any size: a partner of whose pool any is from them can have sent that alone. `unknown`
 * not 0: what is of unknown origin can be from them. Returns 0 when memory ran out.
 */
int cm_routes_of_any_size(const cm_routes *routes, int unknown, double *least, double *most);

#endif
