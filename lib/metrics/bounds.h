/* SPDX-License-Identifier: MIT */
/*
 * What an incomplete market may be, and how concentrated it then is at least and at most.
 *
 * A market is read once (bounds_market.c): producers known to the tonne are summed, the others become cells with an
 * interval. The cells inside the published total share what the others leave of it; those outside, and all cells
 * where no total holds, are free. Unlisted producers are the residual. bounds_problem.c turns a market into one of two
 * problems, and bounds_even.c and bounds_peak.c solve them.
 */
#ifndef CM_METRICS_BOUNDS_H
#define CM_METRICS_BOUNDS_H

#include <stddef.h>
#include <stdint.h>

#include "critmin/concentration.h"

typedef struct cm_cell {
  double low, high;             /* high INFINITY: nothing bounds it */
  double value;                 /* as published; NaN when withheld */
  double middle;                /* at the completion that the answer's value is of */
  double weight;                /* of its square; 1 unless governance enters */
  double count;                 /* equal producers that the cell stands for; 1 unless it is the unlisted */
  double power_low, power_high; /* weight g(low) and weight g(high) */
  double key;                   /* rank in the filling order, and slope of the chord */
  int64_t row;                  /* -1: unlisted */
} cm_cell;

/* All quantities are multiplied by a power of two that brings the largest near 1: exact, and no square overflows. */
typedef struct cm_market {
  const double *quantity;
  int64_t n;
  critmin_supply supply; /* the caller's, arrays borrowed, numbers unscaled; what the caller's size leaves out is unknown */
  double scale;
  cm_cell *cells; /* those inside first */
  size_t inside, count;
  double sum_low, sum_high;                         /* of the cells inside, and with `gap` of the residual too */
  int gap;                                          /* the residual is what the cells inside leave of the total */
  double fixed;                                     /* sum of the producers known exactly */
  double residual_low, residual_high, residual;     /* unlisted; `residual` at the completion */
  double sum;                                       /* of the market at the completion */
  double rounding_low, rounding, rounding_high;     /* what shares are to be multiplied with: their sum over the printed total */
  double coverage;
  int contradiction; /* no completion exists */
  int nothing;       /* no total: no data, or all zero */
  uint64_t flags;
} cm_market;

/* Reads and checks. On success the market is to be freed with cm_market_free(), on failure there is nothing to free. */
critmin_status cm_market_read(cm_market *market, const double *quantity, int64_t n, const critmin_supply *supply,
                              critmin_error *error);
void cm_market_free(cm_market *market);
/* The quantity of a row, scaled: 1 and *quantity when it is known exactly, 0 when it is a cell. */
int cm_market_known(const cm_market *market, int64_t row, double *quantity);
/* The cell of a row that is one. */
const cm_cell *cm_market_cell(const cm_market *market, int64_t row);
/* Quantity of a row at the completion. */
double cm_market_middle(const cm_market *market, int64_t row);
/* 1 when every producer is known and there are no unlisted ones: the interval is a point. */
int cm_market_exact(const cm_market *market);

enum { CM_EVEN = 0, CM_PEAK = 1, CM_PLAIN = 2 };

/* What the squares of an index are weighted with, at least 0. */
typedef struct cm_weights {
  const double *weight; /* one for each row; NaN: not known, from 0 to `highest` */
  const double *factor; /* one for each row that its weight is multiplied with, or NULL */
  double missing;       /* the weight that the value takes where none is known; NaN: the mean of the known, by production */
  double highest;       /* the most a weight can be */
  double unlisted;      /* the most a weight times its factor can be for a producer that is not listed */
} cm_weights;

/* Cells to be chosen so that C (bounds_form.h) is least or greatest; `power` and `sum` are of what is not chosen. */
typedef struct cm_problem {
  double order, power, sum;
  cm_cell *cells;
  size_t inside, count;
  double sum_low, sum_high; /* of the cells inside */
  int unbounded;            /* EVEN only: infinitely many unlisted, which a form of order 1 or below has no end for */
  /* Unlisted that are not to be chosen: `unlisted` equal ones and a rest. Their sum is in `sum`, their power is not
     in `power` yet. */
  double unlisted, unlisted_size, unlisted_rest;
} cm_problem;

/*
 * CM_EVEN and CM_PEAK: the residual as it makes the market least and most concentrated. CM_PLAIN: the residual as one more
 * cell, for sums. Powers of known rows are not added. NULL `weights`: all 1. 0 when memory ran out.
 */
int cm_problem_make(const cm_market *market, int side, double order, const cm_weights *weights, cm_problem *problem);
void cm_problem_free(cm_problem *problem);
/* How a residual splits at most: *equal ones of *size, and a rest. */
void cm_split_unlisted(const cm_market *market, double residual, double sum, double *equal, double *size, double *rest);
/* Weight of a row on a side of the bounds; 1 without weights. */
double cm_weight(const cm_weights *weights, int64_t row, int side);

/* The sum of weight g over a cell at a quantity. */
double cm_cell_power(const cm_cell *cell, double order, double quantity);

/* Levels at which the cells inside reach the least and the greatest sum they may have. */
void cm_even_levels(const cm_problem *problem, double *low, double *high);
/* Quantity of one producer of a cell at a level of the even completions. */
double cm_cell_at(const cm_cell *cell, double level);
double cm_most_even(const cm_problem *problem);
/* 0 when memory ran out. Reorders the cells. */
int cm_most_concentrated(cm_problem *problem, double *result);

/* Least and greatest C, and C at the completion with the residual as infinitely many (or the most there are) and as
   one (or the fewest). C of a kind that has no least is -INFINITY. */
typedef struct cm_extremes {
  double low, high;
  double many, one;
} cm_extremes;
critmin_status cm_extremes_find(const cm_market *market, double order, const cm_weights *weights, cm_extremes *extremes,
                                critmin_error *error);
/*
 * The sum of squared shares times weights, over a market that was read: checks that every weight is within 0 to
 * `highest` (`name` is what the caller calls them), frees the market, writes the answer.
 */
critmin_status cm_weighted_index(cm_market *market, const cm_weights *weights, const char *name, double scale, uint64_t flags,
                                 critmin_answer *answer, critmin_error *error);

/* A quantity of the order of a share to the power `order`, at an end or at the value, as the rounding of the total has it. */
double cm_rounded(double rounding, double order, double quantity);

/* Number of producers above zero. `high` and `many` are INFINITY where the number of unlisted is not known. 0 when memory
   ran out. */
int cm_count_find(const cm_market *market, cm_extremes *count);

/* The sum of the k largest shares. */
critmin_status cm_ratio_find(const cm_market *market, int64_t k, cm_extremes *extremes, critmin_error *error);

/* Sizes and pointers of a call: `answer` set, its size known. */
critmin_status cm_answer_check(const critmin_answer *answer, critmin_error *error);
/* Writes the answer, in the size the caller knows; frees the market; ends in cm_ok(). */
critmin_status cm_answer_write(critmin_answer *answer, cm_market *market, double value, double low, double high,
                               uint64_t flags, critmin_error *error);
/* The value that the caller's residual policy picks; NaN where it picks one that does not exist. */
double cm_residual_pick(const cm_market *market, double many, double one);

#endif
