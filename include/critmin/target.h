/* SPDX-License-Identifier: MIT */
/**
 * @file target.h
 * @brief Kernels: how far from a target, in shares and in tonnes, and when it is reached.
 *
 * Nothing is kept: any number of threads may call them. NaN is "not known". Unless a function says otherwise the errors are
 * ARGUMENT, NEGATIVE, INVALID_VALUE.
 */
#ifndef CRITMIN_TARGET_H
#define CRITMIN_TARGET_H

#include "critmin/answer.h"
#include "critmin/dependency.h"
#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup target Targets
 *  @{ */

/** The benchmarks of Regulation (EU) 2024/1252, Article 5(1), for 2030. */
enum {
  CRITMIN_CRMA_EXTRACTION = 0, /**< At least 10 % of annual consumption, as far as reserves allow. */
  CRITMIN_CRMA_PROCESSING = 1, /**< At least 40 %. */
  CRITMIN_CRMA_RECYCLING = 2,  /**< At least 25 %. */
  CRITMIN_CRMA_IMPORTS = 3     /**< No third country above 65 %, per material and stage. */
};

/**
 * One benchmark. The three of capacity are set for all strategic materials together: of one material they are indicative.
 * @param benchmark a `CRITMIN_CRMA_` constant.
 * @param amount capacity, or what comes from one third country, in tonnes a year; capacity is not production, and supplies from overseas
 *        countries and territories count as diversified.
 * @param consumption annual consumption of the Union, in the same unit.
 * @param[out] share amount / consumption. @param[out] gap how far the share is on the wrong side of the benchmark, 0 when it
 *             is met. @param[out] tonnes gap x consumption, in the unit of the amount. Each may be NULL.
 * Consumption of zero: UNDEFINED. Exact over the box of both terms.
 */
CRITMIN_API critmin_status critmin_crma_benchmark(int32_t benchmark, const critmin_interval *amount,
                                                  const critmin_interval *consumption, critmin_answer *share,
                                                  critmin_answer *gap, critmin_answer *tonnes, critmin_error *error);

/** What it takes to be at the target, combined with |. */
#define CRITMIN_TARGET_CAP  (INT32_C(1) << 0) /**< The target is a ceiling, not a floor. */
#define CRITMIN_TARGET_STAY (INT32_C(1) << 1) /**< To be there from then on for good, not only to get there. */

/**
 * Years until a value that grows at a constant yearly rate is at the target: ln(target / start) / ln(1 + growth); 0 when it
 * is there, +infinity when it never will be.
 * @param start above zero. @param growth a year, above -1. @param target above zero.
 * @param how `CRITMIN_TARGET_` bits.
 */
CRITMIN_API critmin_status critmin_time_to_target(const critmin_interval *start, const critmin_interval *growth,
                                                  double target, int32_t how, critmin_answer *answer,
                                                  critmin_error *error);

/**
 * The same along a path: the index of the first of `n` values that is at the target, +infinity when none is.
 * Values that are not known are NaN: the answer is then an interval.
 */
CRITMIN_API critmin_status critmin_path_to_target(const double *path, int64_t n, double target, int32_t how,
                                                  critmin_answer *answer, critmin_error *error);

/** @} */

CRITMIN_END

#endif
