/* SPDX-License-Identifier: MIT */
/* A supply network in memory: per stage its pools, the flows between them, and the elimination that solves them. */
#ifndef CM_NETWORK_NETWORK_H
#define CM_NETWORK_NETWORK_H

#include <stdint.h>

#include "critmin/network.h"

enum { CM_STAGES_MAX = 1000 };

/* What can be said of a pool. */
enum {
  CM_POOL_LIVE = 0,  /* some source reaches it */
  CM_POOL_EMPTY = 1, /* nothing in it */
  CM_POOL_LOOP = 2   /* imports only from pools that no source reaches */
};

/* Differences of sums that are no larger than this part of the sums are taken for rounding. */
#define CM_ROUNDING 1e-12

/* A set of pools that reach one another, and what eliminating them one by one leaves. A pool alone needs no
 * elimination. */
typedef struct cm_component {
  int32_t first, count; /* in the stage's order */
  int32_t core;         /* how many of the last are kept as a dense square */
  int64_t square;       /* where that square begins in the stage's array `core` */
} cm_component;

/* Sparse rows, row i at start[i] to start[i + 1] - 1. */
typedef struct cm_rows {
  int64_t *start;
  int32_t *country;
  double *value;
} cm_rows;

typedef struct cm_stage {
  int32_t in_shares, inputs;
  int32_t *input;
  double *input_share; /* NULL with a single input */
  double *output, *secondary, *imports, *unknown, *total, *exports;
  double *dark;       /* unknown, and what comes in from pools that no source reaches */
  double *yield;      /* NULL: not known */
  uint8_t *state;     /* a CM_POOL_ constant */
  cm_rows flow;       /* by importer; those from earlier components come first, then those from the same one, then those
                         from pools that no source reaches */
  int64_t *inner;     /* of each importer: where the flows from its own component begin */
  int64_t *outer_end; /* of each importer: where those end */
  int32_t *order;     /* live pools, exporters before importers wherever that can be; components together */
  int32_t live, components;
  cm_component *component;
  double *inverse;      /* by place in the order: one over the pivot */
  cm_rows lower, upper; /* by place in the order; what lies in no square */
  double *core;         /* the squares: below the diagonal `lower`, above it `upper` */
} cm_stage;

struct critmin_network {
  int32_t stages, countries;
  cm_stage *stage;
};

/* Fills `total`, `unknown`, ... and the flows of a stage whose inputs are read. `intake` is what later stages are known
 * to take. */
critmin_status cm_stage_pools(cm_stage *stage, const critmin_network_stage *given, const double *intake,
                              int32_t countries, critmin_error *error);
/* Finds which pools are fed, and puts them in order. Returns 0 when memory ran out. */
int cm_stage_order(cm_stage *stage, int32_t countries);
/* Eliminates. Returns 0 when memory ran out. */
int cm_stage_eliminate(cm_stage *stage, int32_t countries);

/* Share of a pool's intake that stage `i` of the inputs of a stage brings to a country. */
static inline double cm_input_share(const cm_stage *stage, int32_t i, int32_t countries, int32_t country) {
  return stage->input_share ? stage->input_share[(int64_t)i * countries + country] : 1;
}

#endif
