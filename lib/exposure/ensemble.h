/* SPDX-License-Identifier: MIT */
/* An ensemble made ready, and the room that one thread needs to draw from it. */
#ifndef CM_EXPOSURE_ENSEMBLE_H
#define CM_EXPOSURE_ENSEMBLE_H

#include "critmin/risk.h"
#include "exposure/draws.h"
#include "exposure/ensemble_loops.h"

enum { CM_STREAMS = 1 << 29 }; /* of random numbers, for each kind of thing that is drawn */

/* Immutable; users are padded to whole vectors with users that have nothing. */
typedef struct cm_ensemble_plan {
  const critmin_ensemble *e;
  uint64_t seed;
  int32_t padded;
  int alone;         /* no supplier is hit by two shocks */
  int reserve;       /* there is one */
  double *flow;      /* suppliers rows of `padded` */
  double *inventory, *worth, *served, *negligible; /* of each user */
  double *point;     /* of each shock: the probability, or the normal point below which it occurs */
  double *factor;    /* rows of the lower triangle whose square is the correlation; NULL: none */
  double spare;      /* of all suppliers */
  cm_ensemble_loops loops;
} cm_ensemble_plan;

/* What was drawn for one shock that occurs. */
typedef struct cm_draw_event {
  double begin, end, share;
  int32_t supplier;
} cm_draw_event;

/* Room of one thread. */
typedef struct cm_draw_room {
  cm_draw_event *event;
  double *date;                             /* on which something changes */
  double *normal, *scale, *weight;          /* of shocks; of suppliers; of suppliers that withhold something */
  double *share;                            /* of each supplier: what it withholds; 0 between uses */
  int32_t *active, actives, begun;          /* shocks that act, their number, and how many have begun */
  int32_t *row;                             /* suppliers that withhold something */
  uint8_t *performs;                        /* of each agreement */
  double *lack, *left, *unmet, *part;       /* of each user */
  void *memory;
} cm_draw_room;

critmin_status cm_ensemble_plan_make(const critmin_ensemble *ensemble, uint64_t seed, cm_ensemble_plan *plan, critmin_error *error);
void cm_ensemble_plan_free(cm_ensemble_plan *plan);
/* Fingerprint of an ensemble that was checked, and of a seed. */
void cm_ensemble_plan_digest(const critmin_ensemble *ensemble, uint64_t seed, char text[CM_SHA256_TEXT]);
critmin_status cm_ensemble_check(const critmin_ensemble *ensemble, critmin_error *error);

/* Returns 0 when memory ran out. */
int cm_draw_room_make(const cm_ensemble_plan *plan, cm_draw_room *room);
void cm_draw_room_free(cm_draw_room *room);

/* Draws once: fills room->unmet and returns the loss. */
double cm_draw(const cm_ensemble_plan *plan, cm_draw_room *room, int64_t draw);

#endif
