/* SPDX-License-Identifier: MIT */
/*
 * What draws leave behind, in a form that does not depend on who made them in which order.
 *
 * Sums of doubles depend on the order in which they are added. They are therefore kept for dyadic ranges of draws,
 * those of 2^k draws from a multiple of 2^k: two halves that are both there become their whole, left plus right, and so
 * the sum over a range is the same however it was cut. Numbers that are ranked are counted in bins, a 1024th of an
 * octave each, and summed in integers, exactly; an ensemble ranks one, its loss.
 */
#ifndef CM_EXPOSURE_DRAWS_H
#define CM_EXPOSURE_DRAWS_H

#include "base/sha256.h"
#include "critmin/risk.h"

/* Sums over a dyadic range of draws. */
typedef struct cm_node {
  int64_t start;
  int32_t level; /* it is of 2^level draws */
} cm_node;

typedef struct cm_nodes {
  cm_node *node;
  double *sum; /* `width` of each */
  int64_t count, room;
  int32_t width;
} cm_nodes;

/* Adds a range after all others, and brings halves together. Returns 0 when memory ran out, all unchanged. */
int cm_nodes_push(cm_nodes *nodes, cm_node node, const double *sum);
/* Room for one more at the end, where its sums may be written before it is pushed; NULL when memory ran out. */
double *cm_nodes_next(cm_nodes *nodes);
/* Takes what was written there as the sums of `node`. */
void cm_nodes_take(cm_nodes *nodes, cm_node node);
void cm_nodes_free(cm_nodes *nodes);

typedef struct cm_bin {
  int64_t count;
  uint64_t low,
      high; /* sum of what the losses have beyond the edge of the bin, in units of their last digit, 128 bits */
  double least, most;
} cm_bin;

enum { CM_BIN_BITS = 10, CM_BINS = 1 << CM_BIN_BITS, CM_OCTAVES = 2047, CM_REST_BITS = 52 - CM_BIN_BITS };

/* A whole number of 128 bits. */
typedef struct cm_wide {
  uint64_t low, high;
} cm_wide;

typedef struct cm_bins {
  int64_t zeros, never;       /* how many numbers are 0, how many infinite */
  cm_bin *octave[CM_OCTAVES]; /* CM_BINS each, NULL where no number is */
  int32_t parts;              /* of what each number is the sum, 0: of nothing that is known */
  cm_wide *part[CM_OCTAVES];  /* CM_BINS rows of sums of parts, in units of 2^-40 */
} cm_bins;

/* Returns 0 when memory ran out, all unchanged. */
int cm_bins_reserve(cm_bins *bins, double number);
/* Counts a number whose place was reserved, 0 or more; of its parts each is 2^24 at most. */
void cm_bins_add(cm_bins *bins, double number, const double *part);
void cm_bins_free(cm_bins *bins);
double cm_wide_number(const cm_wide *wide);
/* The lower edge of a bin. */
double cm_bin_edge(int octave, int bin);
/* Sum of the losses in a bin. */
double cm_bin_sum(const cm_bin *bin, int octave, int place);

/* Sums of a range: of each user what is unmet, its square, and how often it lacks anything, `padded` numbers each;
 * then losses and their squares. */
struct critmin_draws {
  char digest[CM_SHA256_TEXT]; /* of what is drawn from and the seed */
  int32_t users, padded;
  int64_t count;
  cm_nodes nodes;
  int32_t laws; /* numbers that are ranked in each draw; 1: of an ensemble */
  cm_bins *law;
};

static inline int32_t cm_padded(int32_t users) {
  return (users + 7) / 8 * 8;
}
static inline int32_t cm_sums_width(int32_t padded) {
  return 3 * padded + 8;
}

/* Draws of so many users and laws, of which there are none yet; NULL when memory ran out. */
critmin_draws *cm_draws_make(int32_t users, int32_t laws);
/* Whether draws are missing between others: those from *after to before *before. */
int cm_draws_gap(const critmin_draws *draws, int64_t *after, int64_t *before);
/* Sums over all draws, into `width` numbers. */
void cm_draws_sum(const critmin_draws *draws, double *sum);
/* Risk of one of the laws, whose numbers and their squares sum to so much; all finite. */
void cm_law_risk(const critmin_draws *draws, int32_t law, double sum, double squares, double level, critmin_risk *risk);
/* The number of a law that is not exceeded with probability `level`, which may be infinite. */
double cm_law_quantile(const critmin_draws *draws, int32_t law, double level);
/* What each part has in the mean of the worst 1 - level of a law, which is `cvar`, to which they add up (Euler's rule).
 * Numbers in the bin of the value at risk count alike. */
void cm_law_parts(const critmin_draws *draws, int32_t law, double level, double cvar, double *part);

#endif
