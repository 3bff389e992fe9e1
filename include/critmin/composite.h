/* SPDX-License-Identifier: MIT */
/**
 * @file composite.h
 * @brief Kernels: one's own composite indicator, and how far it depends on its weights.
 *
 * Criteria are normalised one by one, then aggregated item by item (items are minerals, as a rule). A criterion that is not known is
 * NaN. Nothing is kept: any number of threads may call them. Errors: ARGUMENT, NEGATIVE, INVALID_VALUE, MEMORY.
 */
#ifndef CRITMIN_COMPOSITE_H
#define CRITMIN_COMPOSITE_H

#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup composite Composite indicators
 *  @{ */

/** How a criterion is brought to a common scale. */
enum {
  CRITMIN_NORMALISE_MIN_MAX = 0,     /**< (x - low) / (high - low), cut to 0 to 1. */
  CRITMIN_NORMALISE_LOG_MIN_MAX = 1, /**< The same of logarithms; x above zero. */
  CRITMIN_NORMALISE_Z = 2,           /**< (x - low) / high: low the mean, high the standard deviation. Not cut. */
  CRITMIN_NORMALISE_RANK = 3,        /**< Share of the other items that are below, ties counted half; needs the whole set. */
  CRITMIN_NORMALISE_STEPS = 4,       /**< score[i] from limit[i] on, score of the first below it. */
  CRITMIN_NORMALISE_PIECEWISE = 5    /**< Straight lines between (limit, score); flat outside. */
};

/**
 * A criterion. Arrays are borrowed for the call. Initialise with critmin_criterion_init(). Bounds belong to the definition and are
 * given, so that adding an item does not move the others; NaN takes them from the items at hand.
 */
typedef struct critmin_criterion {
  uint32_t struct_size; /**< sizeof(critmin_criterion) as the caller knows it. */
  int32_t normalise;    /**< A `CRITMIN_NORMALISE_` constant. */
  double low;           /**< Lower bound, or mean; NaN: of the items. */
  double high;          /**< Upper bound, or standard deviation; NaN: of the items. */
  const double *limit;  /**< `points` limits, rising; for the last two kinds. */
  const double *score;  /**< `points` scores. */
  int64_t points;       /**< Points of the table. */
  int32_t falling;      /**< Not 0: more is better; the result is 1 - x (-x for z). Not with a table. */
  int32_t reserved;     /**< Zero. */
} critmin_criterion;

/** Sets `struct_size`, min-max, bounds of the items. Any thread. NULL is ignored. */
CRITMIN_API void critmin_criterion_init(critmin_criterion *criterion);

/** Size of ::critmin_criterion in this library. Any thread. */
CRITMIN_API int32_t critmin_criterion_size(void);

/**
 * Normalises one criterion of `n` items. NaN stays NaN, and all is NaN where the items have no spread to be scaled by.
 * @param[out] normalised `n` numbers; may be `raw` itself.
 */
CRITMIN_API critmin_status critmin_normalise(const critmin_criterion *criterion, const double *raw, int64_t n,
                                             double *normalised, critmin_error *error);

/** How criteria make a score. Weights are scaled to sum to 1. */
enum {
  CRITMIN_AGGREGATE_ARITHMETIC = 0, /**< Weighted mean. */
  CRITMIN_AGGREGATE_GEOMETRIC = 1,  /**< Weighted geometric mean; a zero of any weight above zero gives zero. */
  CRITMIN_AGGREGATE_POWER = 2,      /**< Power mean of order `power`: 2 is the length of a vector over the longest. */
  CRITMIN_AGGREGATE_GREATEST = 3    /**< The greatest of those of a weight above zero. */
};

/** What a criterion that is not known does. */
enum {
  CRITMIN_MISSING_RENORMALISE = 0, /**< The others take its weight; the interval is a point. */
  CRITMIN_MISSING_INTERVAL = 1     /**< The value is the same; low and high let it be anything from 0 to 1. */
};

/** A composite. Initialise with critmin_composite_init(). */
typedef struct critmin_composite {
  uint32_t struct_size; /**< sizeof(critmin_composite) as the caller knows it. */
  int32_t aggregate;    /**< A `CRITMIN_AGGREGATE_` constant. */
  int32_t missing;      /**< A `CRITMIN_MISSING_` constant. */
  int32_t reserved;     /**< Zero. */
  double power;         /**< Order of the power mean, not 0. */
  const double *weight; /**< One for each criterion, at least one above zero; NULL: all alike. Borrowed. */
  int64_t criteria;     /**< Criteria. */
} critmin_composite;

/** Sets `struct_size`, the arithmetic mean, renormalised, of no criteria. Any thread. NULL is ignored. */
CRITMIN_API void critmin_composite_init(critmin_composite *composite);

/** Size of ::critmin_composite in this library. Any thread. */
CRITMIN_API int32_t critmin_composite_size(void);

/**
 * Scores of many items.
 * @param normalised `items` rows of `criteria`, row-major, 0 and above for all but the arithmetic mean.
 * @param[out] value, low, high, flags `items` numbers each, any of them NULL; NaN and NO_DATA where nothing is known,
 *             NOT_AVAILABLE where something is not.
 */
CRITMIN_API critmin_status critmin_composite_score(const critmin_composite *composite, const double *normalised,
                                                   int64_t items, double *value, double *low, double *high,
                                                   uint64_t *flags, critmin_error *error);

/**
 * What each criterion does: the score less the score without that criterion.
 * @param[out] effect `items` rows of `criteria`; NaN where nothing is left.
 */
CRITMIN_API critmin_status critmin_leave_one_out(const critmin_composite *composite, const double *normalised,
                                                 int64_t items, double *effect, critmin_error *error);

/**
 * How often each item is among the first `top` when the weights are drawn from a Dirichlet law (OECD and JRC Handbook 2008).
 *
 * Draw i comes from the random stream of (seed, i) alone, so that the results do not depend on threads, and draws can be made in
 * parts: `first` counts on. An item is among the first when fewer than `top` score higher. One that is not known never is.
 * @param concentration of the law, one above zero for each criterion; all 1 makes every set of weights as likely as any other.
 *        The composite's own weights only say, where they are 0, which criteria are left out.
 * @param[out] probability `items` shares of the draws, may be NULL. @param[out] mean_rank `items` mean ranks from 1, ties take
 *             the best; NaN where not known; may be NULL.
 * @param threads 0 for one per processor. @param progress may be NULL; not 0 from it gives CANCELLED.
 * Errors besides: CANCELLED.
 */
CRITMIN_API critmin_status critmin_rank_robustness(const critmin_composite *composite, const double *normalised,
                                                   int64_t items, const double *concentration, int64_t top, uint64_t seed,
                                                   int64_t first, int64_t draws, int32_t threads,
                                                   critmin_progress progress, void *user, double *probability,
                                                   double *mean_rank, critmin_error *error);

/** @} */

CRITMIN_END

#endif
