/* SPDX-License-Identifier: MIT */
/**
 * @file bill.h
 * @brief Kernels: what a product rests on, by its bill of materials, and what a company buys, by its ledger.
 *
 * Each material has the share that comes from the countries asked about, which critmin_origin_share() gives for the
 * maker's country, or a supplier's own statement that overrides it, with the interval it lies in. A share that is not
 * known (NaN) lies between 0 and 1 unless its ends say more; an answer that needs it has an interval and no value,
 * NO_DATA. Nothing is kept: any number of threads may call these functions.
 *
 * Unless a function says otherwise the errors are ARGUMENT, NEGATIVE, MISSING_VALUE (NaN where a number is needed),
 * INVALID_VALUE (not finite, ends out of order) and SHARE_RANGE.
 */
#ifndef CRITMIN_BILL_H
#define CRITMIN_BILL_H

#include "critmin/answer.h"
#include "critmin/dependency.h"
#include "critmin/export.h"
#include "critmin/network.h"
#include "critmin/origin.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup bill Bills of materials
 *  @{ */

/**
 * The materials of a product. All arrays are borrowed for the call and have `count` entries. Initialise with
 * critmin_bill_init().
 */
typedef struct critmin_bill {
  uint32_t struct_size;     /**< sizeof(critmin_bill) as the caller knows it. */
  uint32_t reserved;        /**< Zero. */
  int64_t count;            /**< Number of materials. */
  const double *mass;       /**< Contained in the product. */
  const double *price;      /**< For a unit of mass, or NULL: only what is by cost needs it. */
  const int32_t *essential; /**< 0: the product can be built without it; NULL: nothing can be left out. */
  const int32_t *group;     /**< Materials of one number, 0 or more, can stand for one another; below 0: stands alone.
                                 NULL: all do. */
} critmin_bill;

/** Sets `struct_size`, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_bill_init(critmin_bill *bill);

/** Size of ::critmin_bill in this library. Any thread. */
CRITMIN_API int32_t critmin_bill_size(void);

/** What a bill is weighed by. */
enum {
  CRITMIN_BY_MASS = 0, /**< Mass. */
  CRITMIN_BY_COST = 1  /**< Mass times price. */
};

/**
 * Share of the product that comes from the countries asked about: the mean of `share`, weighed by mass or cost.
 * `coverage` is the weight of the materials whose share is known. A bill of no weight: NaN, ZERO_TOTAL.
 */
CRITMIN_API critmin_status critmin_bill_share(const critmin_bill *bill, const critmin_interval *share, int32_t by,
                                              critmin_answer *answer, critmin_error *error);

/**
 * Probability that some of the materials, one lot each, is from the countries asked about: 1 - product of (1 - share)
 * where lots are independent; `low` and `high` hold however they depend on one another (Frechet 1935).
 */
CRITMIN_API critmin_status critmin_bill_touch(const critmin_bill *bill, const critmin_interval *share,
                                              critmin_answer *answer, critmin_error *error);

/**
 * The greatest share among the materials that the product cannot be built without.
 * @param material receives which, or -1 where none is known; may be NULL.
 */
CRITMIN_API critmin_status critmin_bill_limiting(const critmin_bill *bill, const critmin_interval *share,
                                                 int64_t *material, critmin_answer *answer, critmin_error *error);

/**
 * What part of the product can still be built when each material arrives by the part `fill`: the least of those that it
 * needs (Leontief), after the fill of materials that can stand for one another is averaged by mass.
 * @param material receives which limits, the first of its group; -1 where none is known; may be NULL.
 */
CRITMIN_API critmin_status critmin_bill_fill(const critmin_bill *bill, const critmin_interval *fill, int64_t *material,
                                             critmin_answer *answer, critmin_error *error);

/** Value added by the product over the cost of its limiting material. Errors besides: ARGUMENT (no price). */
CRITMIN_API critmin_status critmin_bill_leverage(const critmin_bill *bill, const critmin_interval *share,
                                                 double value_added, critmin_answer *answer, critmin_error *error);

/** How scores of materials make one of a product. */
enum {
  CRITMIN_SCORE_SUM = 0,       /**< Sum of mass times score: a GeoPolRisk of the product, in kg of copper, from
                                    characterisation factors. */
  CRITMIN_SCORE_MASS_MEAN = 1, /**< Mean weighed by mass. */
  CRITMIN_SCORE_COST_MEAN = 2, /**< Mean weighed by cost. */
  CRITMIN_SCORE_GREATEST = 3,  /**< The greatest of the essential ones; report it beside any mean. */
  CRITMIN_SCORE_GEOMETRIC = 4  /**< Geometric mean, every material alike. */
};

/** Score of a product from the scores, at least 0, of its materials. */
CRITMIN_API critmin_status critmin_bill_score(const critmin_bill *bill, const critmin_interval *score, int32_t how,
                                              critmin_answer *answer, critmin_error *error);

/**
 * Origin of what a company bought of one stage of a network. Where a purchase's origin is known it is taken; elsewhere
 * the supplier's country answers, with the mix of its pool.
 * @param supplier country of each of `purchases` suppliers. @param tonnes of each purchase.
 * @param origin where each was made at stage `at`, or -1: not known. NULL: of none.
 * @param share one entry a country. @param other as `share`, or NULL. @param unknown, imputed one number each, or NULL:
 * what nobody knows, and what was taken from supplier countries (ASSUMED where it is reported). Shares, other and
 * unknown are 1 together; all NaN where nothing was bought.
 * Errors besides: those of critmin_origin_row().
 */
CRITMIN_API critmin_status critmin_ledger_origin(const critmin_network *network, int32_t stage, int32_t at,
                                                 const int32_t *supplier, const double *tonnes, const int32_t *origin,
                                                 int64_t purchases, double *share, double *other, double *unknown,
                                                 double *imputed, critmin_error *error);

/** @} */

CRITMIN_END

#endif
