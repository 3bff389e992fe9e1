/* SPDX-License-Identifier: MIT */
/* An ensemble made ready, and the room that one thread needs to draw from it. */
#ifndef CM_EXPOSURE_ENSEMBLE_H
#define CM_EXPOSURE_ENSEMBLE_H

#include "critmin/risk.h"
#include "exposure/draws.h"
#include "exposure/ensemble_loops.h"
#include "metrics/uncertainty.h"

enum { CM_STREAMS = 1 << 29 }; /* of random numbers, for each kind of thing that is drawn */

/* Immutable; users are padded to whole vectors with users that have nothing. */
typedef struct cm_ensemble_plan {
  const critmin_ensemble *e;
  uint64_t seed;
  int32_t padded;
  int alone;                                       /* no supplier is hit by two shocks */
  int reserve;                                     /* there is one */
  double *flow;                                    /* suppliers rows of `padded` */
  double *inventory, *worth, *served, *negligible; /* of each user */
  double *point;    /* of each shock: the probability, or the normal point below which it occurs */
  double *factor;   /* rows of the lower triangle whose square is the correlation; NULL: none */
  double spare;     /* of all suppliers */
  uint32_t *stream; /* of each shock */
  cm_sampler *withheld, *start, *duration; /* of each shock */
  int32_t ahead;                           /* blocks of random words that shocks which occur need besides the first */
  cm_ensemble_loops loops;
} cm_ensemble_plan;

/* What was drawn for one shock that occurs. */
typedef struct cm_draw_event {
  double share;
  int32_t supplier;
} cm_draw_event;

/* Room of one thread. */
typedef struct cm_draw_room {
  uint32_t *words;   /* the first of each shock */
  cm_random *random; /* of the shocks that occur */
  int32_t *occurs;   /* which those are */
  uint32_t *stream;  /* of those */
  cm_draw_event *event;
  double *date;          /* on which something changes, then infinities */
  int32_t *change;       /* 2 k: event k begins; 2 k + 1: it ends; -1: none of them */
  int32_t *order;        /* of the dates */
  int32_t *active, *row; /* events that act, and their suppliers */
  double *weight;        /* what they withhold of normal deliveries */
  int32_t actives;
  int32_t *merged_row; /* the same, each supplier once */
  double *merged_weight, *share;
  double *normal;                     /* of each shock */
  double *scale;                      /* of each supplier */
  uint8_t *performs;                  /* of each agreement */
  double *lack, *left, *unmet, *part; /* of each user */
} cm_draw_room;

critmin_status cm_ensemble_plan_make(const critmin_ensemble *ensemble, uint64_t seed, cm_ensemble_plan *plan,
                                     critmin_error *error);
void cm_ensemble_plan_free(cm_ensemble_plan *plan);
/* Fingerprint of an ensemble that was checked, and of a seed. */
void cm_ensemble_plan_digest(const critmin_ensemble *ensemble, uint64_t seed, char text[CM_SHA256_TEXT]);
critmin_status cm_ensemble_check(const critmin_ensemble *ensemble, critmin_error *error);

/* Returns 0 when memory ran out. */
int cm_draw_room_make(const cm_ensemble_plan *plan, cm_draw_room *room);
void cm_draw_room_free(cm_draw_room *room);

/* Draws once: fills room->unmet and the loss. Returns 0 when memory ran out. */
int cm_draw(const cm_ensemble_plan *plan, cm_draw_room *room, int64_t draw, double *loss);

#endif
