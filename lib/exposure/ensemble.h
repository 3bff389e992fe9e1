/* SPDX-License-Identifier: MIT */
/* An ensemble made ready, and the room that one thread needs to draw from it. */
#ifndef CM_EXPOSURE_ENSEMBLE_H
#define CM_EXPOSURE_ENSEMBLE_H

#include "critmin/risk.h"
#include "exposure/draws.h"
#include "exposure/ensemble_loops.h"
#include "metrics/uncertainty.h"

/* What is drawn for a shock that occurs. */
enum { CM_WITHHELD, CM_START, CM_DURATION, CM_DRAWN };

enum { CM_STREAMS = 1 << 29 }; /* of random numbers, for each kind of thing that is drawn */

/* Immutable; users are padded to whole vectors with users that have nothing. */
typedef struct cm_ensemble_plan {
  const critmin_ensemble *e;
  uint64_t seed;
  int32_t padded;
  int alone;                                       /* no supplier is hit by two shocks */
  int apart; /* users share nothing, so that what each lacks in all, less its own stock, is what is unmet */
  int reserve;                                     /* there is one */
  double *flow;                                    /* suppliers rows of `padded` */
  double *inventory, *worth, *served, *negligible; /* of each user */
  double *point;    /* of each shock: the probability, or the normal point below which it occurs */
  double *factor;   /* rows of the lower triangle whose square is the correlation; NULL: none */
  double *delivered; /* of each supplier, to all users */
  double spare;     /* of all suppliers */
  cm_sampler *law[CM_DRAWN]; /* of each shock */
  int32_t row[CM_DRAWN];     /* of an event's numbers, where those of the law begin */
  int vary[CM_DRAWN];        /* some shock's law takes a number of numbers that varies */
  int32_t blocks;            /* of random numbers that an event takes besides the one that decided on it */
  int32_t at_once;           /* draws whose events are made together */
  cm_ensemble_loops loops;
} cm_ensemble_plan;

/* A shock that occurs, and does something within the horizon. */
typedef struct cm_draw_event {
  double share;
  int32_t supplier;
} cm_draw_event;

/* Events of some draws, made together: those of draw first + i are from[i] to before from[i + 1]. */
typedef struct cm_draw_batch {
  int64_t first, end;
  uint64_t *draw, *place; /* whose random numbers are wanted */
  double *one, *other;    /* these */
  int32_t *from;
  int32_t *shock, *source; /* of each event, and its place among those that might have occurred */
  int64_t room;            /* events */
  double *number;          /* rows of `room`: the random numbers of each event */
  double *drawn[CM_DRAWN];
  double *normal; /* of each shock */
} cm_draw_batch;

/* Room of one thread. */
typedef struct cm_draw_room {
  cm_draw_batch batch;
  cm_draw_event *event;
  double *date;          /* on which something changes, then infinities */
  int32_t *change;       /* 2 k: event k begins; 2 k + 1: it ends; -1: none of them */
  int32_t *order;        /* of the dates */
  double *stretch;       /* from each date to the next, and what is not bridged of it */
  double *missing, *held, *begin, *end, *time; /* of each event: deliveries and spare withheld, from when to when, and
                                                  for how long nobody makes up for it */
  int32_t *active, *row; /* events that act, and their suppliers */
  double *weight;        /* what they withhold of normal deliveries */
  int32_t actives;
  int32_t *merged_row; /* the same, each supplier once */
  double *merged_weight, *share;
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

/* Returns 0 when memory ran out. */
int cm_draw_batch_make(const cm_ensemble_plan *plan, cm_draw_batch *batch);
void cm_draw_batch_free(cm_draw_batch *batch);
/* Makes the events of draws from `first` on, as many as are made together, but none from `end` on. */
void cm_draw_batch_fill(const cm_ensemble_plan *plan, cm_draw_batch *batch, int64_t first, int64_t end);

/* The stream of thing i of a kind; each has its own, so that adding one leaves the numbers of the others as they are. */
enum { CM_OF_SHOCKS, CM_OF_GROUPS, CM_OF_AGREEMENTS, CM_OF_SUPPLIERS, CM_OF_INVENTORIES, CM_OF_RESERVES };
static inline uint32_t cm_draw_stream(uint32_t kind, int64_t i) {
  return kind * (uint32_t)CM_STREAMS + (uint32_t)i;
}

/* Draws once: fills room->unmet and the loss. Draws up to `end` are wanted next. Returns 0 when memory ran out. */
int cm_draw(const cm_ensemble_plan *plan, cm_draw_room *room, int64_t draw, int64_t end, double *loss);

#endif
