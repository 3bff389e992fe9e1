/* SPDX-License-Identifier: MIT */
/* Small incomplete markets, and the complete ones they may be: written after the rules, not after the kernels. */
#ifndef CRITMIN_TESTS_METRICS_SCENE_H
#define CRITMIN_TESTS_METRICS_SCENE_H

#include "kernel.h"

enum { ROWS_MAX = 6, PIECES_MAX = 40 };

enum scene_kind {
  NO_TOTAL,   /* the cells are free */
  FILLED,     /* they meet the total exactly */
  ROUNDED,    /* they meet it within its rounding */
  GAP,        /* the total leaves more than the cells can hold */
  GAP_ROUNDED,
  SCENE_KINDS
};

typedef struct scene {
  enum scene_kind kind;
  int64_t n;
  double quantity[ROWS_MAX], low[ROWS_MAX], high[ROWS_MAX]; /* as given to the kernel */
  double least[ROWS_MAX], most[ROWS_MAX];                   /* as the rules read them; most may be infinite */
  int32_t outside[ROWS_MAX];
  double governance[ROWS_MAX]; /* may be NaN */
  critmin_supply supply;
} scene;

/* `nested` 0: all withheld cells start at zero, so that one order sorts them. The supply points into the scene. */
void scene_make(scene *s, stream *random, int nested);

/* A complete market: the rows, then pieces of the residual, or dust. */
typedef struct completion {
  double x[ROWS_MAX + PIECES_MAX], governance[ROWS_MAX + PIECES_MAX];
  int64_t n;
  double dust;
} completion;

int scene_is_gap(const scene *s);
/* Sum of the rows inside the total. */
double scene_inside(const scene *s, const double *x);
/* Any of the complete markets. */
void scene_complete(const scene *s, stream *random, completion *c);
/* Appends the residual that the rows leave at a total: as few as may be (1) or as many as may be (0). */
void scene_residual(const scene *s, completion *c, double total, int few);
/* Governance where missing: `at` on every such row and piece. */
void scene_governance(const scene *s, completion *c, double at);

/* Calls visit() for every completion with the rows at their ends, or all but one when they fill a total. An infinite end is
   taken as `huge`. */
void scene_vertices(const scene *s, double huge, void (*visit)(void *user, const double *x, double total), void *user);

#endif
