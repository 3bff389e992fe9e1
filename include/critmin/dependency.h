/* SPDX-License-Identifier: MIT */
/**
 * @file dependency.h
 * @brief Kernels: how far a country or a group depends on imports, and on whom, over plain numbers.
 *
 * A kernel takes a ::critmin_balance, the year's balance of one mineral at one stage in one unit and basis, each term
 * with the interval it lies in, and writes a ::critmin_answer whose bounds hold over the whole box of those intervals. For a
 * group the terms are those of the group taken as one: flows among its members are left out before, not after. Nothing is kept: any
 * number of threads may call them. NaN is "not known", never zero: an answer that needs it is NaN with NO_DATA.
 *
 * Unless a function says otherwise the errors are ARGUMENT, NEGATIVE (a term but the stock release below zero),
 * INVALID_VALUE (low above high, a value outside its bounds, a number that is not finite).
 */
#ifndef CRITMIN_DEPENDENCY_H
#define CRITMIN_DEPENDENCY_H

#include "critmin/answer.h"
#include "critmin/concentration.h"
#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup dependency Dependency kernels
 *  @{ */

/** A number and the interval it lies in. Layout frozen. */
typedef struct critmin_interval {
  double value; /**< The number; NaN where only the interval, or nothing, is known. */
  double low;   /**< Least it can be; NaN: the value. */
  double high;  /**< Most it can be; NaN: the value. */
} critmin_interval;

/** The balance of one market in one year, all terms in one unit. Initialise with critmin_balance_init(). */
typedef struct critmin_balance {
  uint32_t struct_size;                  /**< sizeof(critmin_balance) as the caller knows it. */
  uint32_t reserved;                     /**< Zero. */
  critmin_interval production;           /**< P, primary production. */
  critmin_interval secondary;            /**< R, production from old scrap; 0 at the start. */
  critmin_interval imports;              /**< M. */
  critmin_interval exports;              /**< X. */
  critmin_interval stock_change;         /**< dS: above zero a release from stocks, below zero a build; 0 at the start. */
  critmin_interval apparent_consumption; /**< AC where it is published; NaN: P + R + M - X + dS. */
} critmin_balance;

/** Sets `struct_size`; secondary and stock change are 0, all else NaN. Any thread. NULL is ignored. */
CRITMIN_API void critmin_balance_init(critmin_balance *balance);

/** Size of ::critmin_balance in this library. Any thread. */
CRITMIN_API int32_t critmin_balance_size(void);

/**
 * Apparent consumption P + R + M - X + dS, in the unit of the balance (US Geological Survey, Mineral Commodity Summaries).
 * Zero or less is kept and flagged NEG_CONSUMPTION.
 */
CRITMIN_API critmin_status critmin_apparent_consumption(const critmin_balance *balance, critmin_answer *answer,
                                                        critmin_error *error);

/**
 * Net import reliance (M - X + dS) / AC, at most 1 (US Geological Survey; Fortier et al. 2015). Below zero is kept and flagged
 * NET_EXPORTER. AC of zero or less: NaN, UNDEFINED and NEG_CONSUMPTION; where AC can only reach zero inside its interval the low end is -infinity.
 */
CRITMIN_API critmin_status critmin_net_import_reliance(const critmin_balance *balance, critmin_answer *answer,
                                                       critmin_error *error);

/**
 * Import reliance (M - X) / (P + M - X), 0 to 1, without scrap and stocks (European Commission 2017). M <= X gives 0, NET_EXPORTER,
 * whatever the denominator; nothing used at all is UNDEFINED.
 */
CRITMIN_API critmin_status critmin_import_reliance(const critmin_balance *balance, critmin_answer *answer,
                                                   critmin_error *error);

/** Self-sufficiency (P + R) / AC, which is 1 less the net import reliance; above 1 for a net exporter. */
CRITMIN_API critmin_status critmin_self_sufficiency(const critmin_balance *balance, critmin_answer *answer,
                                                    critmin_error *error);

/** Trade exposure: net import reliance cut to 0 to 1 (Nassar et al. 2020), CLAMPED where it bites. */
CRITMIN_API critmin_status critmin_trade_exposure(const critmin_balance *balance, critmin_answer *answer,
                                                  critmin_error *error);

/** What a partner's deliveries are set against. */
enum {
  CRITMIN_OVER_SUPPLY = 0,      /**< M_q / (P + R + M + max(dS, 0)), 0 to 1: a well-mixed pool. */
  CRITMIN_OVER_IMPORTS = 1,     /**< M_q / M, 0 to 1. */
  CRITMIN_OVER_CONSUMPTION = 2, /**< M_q / AC: above 1 where much is re-exported. */
  CRITMIN_NET_OVER_CONSUMPTION = 3 /**< (M_q - X_q) / AC: below zero where the partner is supplied. */
};

/**
 * Dependence on one partner q, by one of four denominators.
 * @param imports_from M_q. @param exports_to X_q; used by the net form only, may be NULL otherwise.
 * @param denominator a `CRITMIN_OVER_` constant, or ::CRITMIN_NET_OVER_CONSUMPTION.
 * Errors besides: INVALID_VALUE where M_q exceeds M.
 */
CRITMIN_API critmin_status critmin_partner_share(const critmin_balance *balance, const critmin_interval *imports_from,
                                                 const critmin_interval *exports_to, int32_t denominator,
                                                 critmin_answer *answer, critmin_error *error);

/** How much of the exports came in from abroad before. */
enum {
  CRITMIN_REEXPORT_REPORTED = 0,     /**< What customs report as re-exports. */
  CRITMIN_REEXPORT_PROPORTIONAL = 1, /**< X M / (P + R + M): exports are as the well-mixed pool is. */
  CRITMIN_REEXPORT_LARGEST = 2       /**< min(X, M): all that can be. */
};

/**
 * Takes re-exports e out of both imports and exports: (M, X) become (M - e, X - e), for the kernels above. Simpler than looking
 * through the flows, and for comparison with it. Net imports stay what they were.
 * @param rule a `CRITMIN_REEXPORT_` constant. @param reported e; used by the first rule only, may be NULL otherwise.
 * @param[out] corrected the balance with imports and exports corrected; may be `balance` itself. Their intervals are exact each by
 *             itself, and a box around what both can be together.
 * A term that is not known leaves both NaN. Exports beyond the pool: e is M. Errors besides: INVALID_VALUE where the reported e exceeds
 * imports or exports.
 */
CRITMIN_API critmin_status critmin_reexport_correction(const critmin_balance *balance, int32_t rule,
                                                       const critmin_interval *reported, critmin_balance *corrected,
                                                       critmin_error *error);

/**
 * What is left of supply when producer `index` stops, over the demand of everybody else: (S - S_i) / (D - D_i) (International
 * Energy Agency, Global Critical Minerals Outlook 2025). Below 1 the rest of the world is short.
 * @param demand D, of all. @param own_demand D_i, of the lost producer's country; NaN: NO_DATA.
 * Demand that is all the producer's own is UNDEFINED. Errors besides: those of critmin_n_minus_1().
 */
CRITMIN_API critmin_status critmin_n_minus_1_net(const double *quantity, int64_t n, int64_t index, double demand,
                                                 double own_demand, const critmin_supply *supply, critmin_answer *answer,
                                                 critmin_error *error);

/**
 * Many markets in one pass over their flows, values only: who buys from how few, at what risk, as countries and as groups
 * taken as one.
 *
 * Flows come sorted by market, and within a market by importer; a flow of a country to itself is passed over.
 * @param market, importer, exporter, quantity `flows` entries: market 0 to markets - 1, countries 0 to countries - 1, tonnes.
 * @param governance weights of exporters, `governance_rows` rows of `countries`; market i uses row i modulo `governance_rows`. NULL with
 *        `import_risk` NULL.
 * @param group `countries` entries: the group, 0 to groups - 1, that a country is counted in; a country alone is a group of one.
 *        Flows inside a group are left out. NULL with the three `group_` results NULL.
 * @param import_hhi, import_risk `markets` rows of `countries`: sum of squared import shares, and weights averaged by import share;
 *        NaN where nothing is imported. NULL: not wanted.
 * @param group_hhi, group_top, group_net_imports `markets` rows of `groups`: the same index, the largest supplier's share, and imports less
 *        exports in tonnes. NULL: not wanted.
 * @param threads worker threads, 0 for one per processor; the bits do not depend on it.
 * Errors: ARGUMENT (null, out of range or out of order: the row is given), MEMORY.
 */
CRITMIN_API critmin_status critmin_dependency_batch(const int32_t *market, const int32_t *importer, const int32_t *exporter,
                                                    const double *quantity, int64_t flows, int32_t markets,
                                                    int32_t countries, const double *governance, int32_t governance_rows,
                                                    const int32_t *group, int32_t groups, double *import_hhi,
                                                    double *import_risk, double *group_hhi, double *group_top,
                                                    double *group_net_imports, int32_t threads, critmin_error *error);

/** @} */

CRITMIN_END

#endif
