/* SPDX-License-Identifier: MIT */
/**
 * @file attribution.h
 * @brief Kernels: which producer how much of an exposure comes from, in parts that sum to the whole.
 *
 * Nothing is kept: any number of threads may call these functions. Unless a function says otherwise the errors are
 * ARGUMENT, MISSING_VALUE (NaN), INVALID_VALUE (not finite), SHARE_RANGE (a probability outside 0 to 1) and MEMORY.
 */
#ifndef CRITMIN_ATTRIBUTION_H
#define CRITMIN_ATTRIBUTION_H

#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup attribution Attribution
 *  @{ */

/**
 * Shapley values from the loss of every coalition (Shapley 1953): the mean, over all orders in which producers may
 * withhold, of what each adds. They sum to the loss when all withhold, less that when none does.
 * @param loss 2^players entries; bit i of the index: producer i withholds. @param players 1 to 20.
 * @param[out] share `players` entries.
 */
CRITMIN_API critmin_status critmin_shapley(const double *loss, int32_t players, double *share, critmin_error *error);

/**
 * Says what is lost when a coalition withholds.
 * @param user the pointer given beside the callback. @param withholds one entry a producer, not 0: withholds.
 *        @param[out] loss the loss, finite. Returns 0; any other value stops the work, which then returns CANCELLED.
 */
typedef int32_t (*critmin_coalition)(void *user, const int32_t *withholds, double *loss);

/**
 * Shapley values by sampling orders, each with its reverse (Castro, Gomez and Tejada 2009), for any number of
 * producers. They sum to the whole exactly, up to rounding; `standard_error` is that of each.
 * @param seed of the order; the same seed gives the same bits. @param pairs of orders, 2 or more: `pairs` * 2 *
 *        `players` calls.
 * @param[out] standard_error `players` entries, or NULL. Errors besides: CANCELLED.
 */
CRITMIN_API critmin_status critmin_shapley_sampled(int32_t players, critmin_coalition coalition, void *user,
                                                   uint64_t seed, int64_t pairs, double *share, double *standard_error,
                                                   critmin_error *error);

/**
 * Parts of the tail: the mean of each part over the worst 1 - level of outcomes, all that tie at the value at risk
 * counted in one proportion (Euler's rule; Tasche 1999). They sum to the CVaR.
 * @param part `n` rows, one entry a part. Where the loss is not their sum (a buffer was there, or a cap), they are
 *        scaled to it.
 * @param loss `n` losses, or NULL: the sums of the parts. @param probability of each outcome, 1 together; NULL: all
 *        alike.
 * @param[out] contribution `parts` entries. @param[out] cvar their sum, or NULL.
 * Errors besides: INVALID_VALUE where a loss is not 0 and its parts are.
 */
CRITMIN_API critmin_status critmin_tail_parts(const double *part, const double *loss, const double *probability,
                                              int64_t n, int32_t parts, double level, double *contribution,
                                              double *cvar, critmin_error *error);

/** @} */

CRITMIN_END

#endif
