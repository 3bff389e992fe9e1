/* SPDX-License-Identifier: MIT */
/**
 * @file effective.h
 * @brief Kernels: what is left of a dependency once commitments are counted, as a mean and as a full law.
 *
 * Each commitment performs with its probability, alone or together with others, and then delivers; nothing is assumed
 * of money, rights and memoranda, which are no tonnes. Nothing is kept: any number of threads may call these functions.
 *
 * Unless a function says otherwise the errors are ARGUMENT, NEGATIVE, MISSING_VALUE (NaN), INVALID_VALUE (not finite,
 * more exposed than demanded, a correlation outside its range), SHARE_RANGE (a share or probability outside 0 to 1) and
 * MEMORY.
 */
#ifndef CRITMIN_EFFECTIVE_H
#define CRITMIN_EFFECTIVE_H

#include "critmin/answer.h"
#include "critmin/dependency.h"
#include "critmin/export.h"
#include "critmin/network.h"
#include "critmin/origin.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup effective Effective dependency
 *  @{ */

/** Whose deliveries make room for those that were agreed. */
enum {
  CRITMIN_DISPLACE_TARGETED = 0,    /**< Those one depends on: max(0, V - E) / D. */
  CRITMIN_DISPLACE_PROPORTIONAL = 1 /**< Everybody's alike: V / D max(0, 1 - E / D). */
};

/**
 * Commitments in one year. All arrays are borrowed for the call and have `count` entries. Initialise with
 * critmin_commitments_init().
 */
typedef struct critmin_commitments {
  uint32_t struct_size;      /**< sizeof(critmin_commitments) as the caller knows it. */
  int32_t displacement;      /**< A `CRITMIN_DISPLACE_` constant. */
  int64_t count;             /**< Number of commitments. */
  const double *tonnes;      /**< Contracted, a year, contained at its stage. */
  const double *probability; /**< That it performs, or NULL: 1. */
  const double *ramp;        /**< Share of the tonnes due in this year, or NULL: 1. See critmin_ramp(). */
  const double *additional;  /**< Share that is not in the flows of today already, or NULL: 1. */
  const double *reaches;     /**< Share that reaches the use without the countries depended on: yields of later stages
                                  times what does not touch these countries, or NULL: 1. Not looked at where a network
                                  says it. */
  double correlation;        /**< Of their performance, 0 to 0.99: one common factor behind all (a Gaussian copula). */
  const int32_t *stage;      /**< Stage that is delivered. Only with a network, as are the next two. */
  const int32_t *seller;     /**< Country that makes it. */
  const int32_t *buyer;      /**< Country that gets it. */
} critmin_commitments;

/** Sets `struct_size`, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_commitments_init(critmin_commitments *commitments);

/** Size of ::critmin_commitments in this library. Any thread. */
CRITMIN_API int32_t critmin_commitments_size(void);

/**
 * Share of a contract's yearly tonnes that falls due in a year, where deliveries grow evenly from nothing over some
 * months: the mean over that calendar year.
 * @param start when deliveries begin, in years: 2024.5 is the middle of 2024.
 * @param months until the whole is delivered; 0: at once.
 * Errors: ARGUMENT, NEGATIVE, INVALID_VALUE.
 */
CRITMIN_API critmin_status critmin_ramp(double start, double months, int32_t year, double *share, critmin_error *error);

/**
 * Tonnes to be expected of commitments, E = sum of additional * probability * ramp * tonnes * reaches; `low` and `high`
 * are the least and the most that they can bring.
 */
CRITMIN_API critmin_status critmin_committed_tonnes(const critmin_commitments *commitments, critmin_answer *answer,
                                                    critmin_error *error);

/**
 * Effective dependency: the mean, over the law of the commitments, of what is still exposed, as a share of demand. It
 * is not what the mean delivery would leave, which is less wherever deliveries can exceed what is exposed.
 * @param exposed tonnes that rest on the countries depended on, today; `low` and `high` of the answer are those of its
 * ends.
 * @param demand tonnes. 0: NaN, UNDEFINED.
 */
CRITMIN_API critmin_status critmin_effective_dependency(const critmin_interval *exposed, double demand,
                                                        const critmin_commitments *commitments, critmin_answer *answer,
                                                        critmin_error *error);

/**
 * The law: the probability that the effective dependency is at most each of `levels` levels. Exact while there are at
 * most 65,536 different sums of deliveries; beyond that sums are kept to one part in 65,535 of the largest, their mean
 * exactly.
 * @param exposed tonnes; its value is taken.
 * Errors besides: ARGUMENT (demand of 0).
 */
CRITMIN_API critmin_status critmin_effective_dependency_law(const critmin_interval *exposed, double demand,
                                                            const critmin_commitments *commitments, const double *level,
                                                            int64_t levels, double *probability, critmin_error *error);

/**
 * What commitments bring through the chain, with the countries `origin` taken out of it: how much more of the buyers'
 * stage can reach them when all perform, by two maximum flows, or linear programmes where yields differ, in tonnes of that stage. A commitment at stage `at` of
 * the trace brings material, one at a later stage brings capacity there that has to be fed from the stages before; each
 * brings a way from its seller to its buyer. What can only be worked in the countries taken out counts nothing, and two
 * commitments along one chain count as the one flow that they are.
 * @param trace whose buyers, `stage` and `at` are taken.
 * @param binding receives the stage that binds: the one into which most is held back by the limits nearest the buyers;
 * -1 where all tonnes arrive. May be NULL.
 * Errors besides: those of critmin_origin_bounds().
 */
CRITMIN_API critmin_status critmin_chain_tonnes(const critmin_network *network, const critmin_trace *trace,
                                                const int32_t *origin, int32_t origins,
                                                const critmin_commitments *commitments, double *tonnes,
                                                int32_t *binding, critmin_error *error);

/**
 * critmin_effective_dependency() with what critmin_chain_tonnes() says of every set of commitments that may perform, of
 * which at most 12 may be uncertain (ARGUMENT).
 */
CRITMIN_API critmin_status critmin_effective_dependency_chain(const critmin_network *network,
                                                              const critmin_trace *trace, const int32_t *origin,
                                                              int32_t origins, const critmin_interval *exposed,
                                                              double demand, const critmin_commitments *commitments,
                                                              critmin_answer *answer, critmin_error *error);

/** @} */

CRITMIN_END

#endif
