/* SPDX-License-Identifier: MIT */
/**
 * @file concentration.h
 * @brief Kernels: concentration of supply over plain arrays, with the interval that incomplete figures allow.
 *
 * Every kernel takes the quantities of `n` producers of one market (same unit, same basis), a nullable
 * ::critmin_supply that says what is known besides, and writes a ::critmin_answer. No store is
 * needed, nothing is kept: any number of threads may call them. NaN in `quantity` is a withheld cell, never
 * zero. A quantity below zero is refused (NEGATIVE); a market whose total is zero or unknown gives NaN with
 * ZERO_TOTAL or NO_DATA, and status OK.
 *
 * Unless a function says otherwise the errors are ARGUMENT, NEGATIVE, INVALID_VALUE (low above high, a value outside
 * its own bounds, a number that is not finite), MEMORY.
 */
#ifndef CRITMIN_CONCENTRATION_H
#define CRITMIN_CONCENTRATION_H

#include "critmin/answer.h"
#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup concentration Concentration kernels
 *  @{ */

/** Which value is reported inside the interval that an unlisted residual leaves. */
enum {
  CRITMIN_RESIDUAL_MID = 0,   /**< The middle of the interval. */
  CRITMIN_RESIDUAL_LOWER = 1, /**< Its low end: infinitely many small producers. */
  CRITMIN_RESIDUAL_UPPER = 2  /**< Its high end: one producer. */
};

/**
 * What is known of a market besides the quantities. All arrays are borrowed for the call and have `n` entries.
 * Initialise with critmin_supply_init(): nothing known.
 */
typedef struct critmin_supply {
  uint32_t struct_size;   /**< sizeof(critmin_supply) as the caller knows it. */
  int32_t residual_value; /**< A `CRITMIN_RESIDUAL_` constant. */
  const double *low;      /**< Least each quantity can be, or NULL: the quantity itself, 0 where withheld. NaN: the same. */
  const double *high;     /**< Most each quantity can be, or NULL: the quantity itself; where withheld, what the total
                               leaves, or without bound when there is no total. NaN: the same. */
  const int32_t *outside; /**< Not 0 where the published total leaves the producer out, or NULL: nobody. */
  double total;           /**< Published total of all producers but those outside; NaN when none is published. */
  double total_low;       /**< Least the total can be, as rounding allows; NaN: the total itself. */
  double total_high;      /**< Most the total can be, as rounding allows; NaN: the total itself. */
  double other;           /**< Quantity printed for "other countries", all unlisted; NaN when none is printed. */
  int64_t unlisted_max;   /**< Greatest number of unlisted producers; 0 when it is not known. */
  double unlisted_cutoff; /**< Share that no unlisted producer exceeds, an assumption about the table; 0 for none. */
  int32_t listed_only;    /**< Not 0: shares are of the sum of the listed, the residual is left out (LISTED_ONLY). */
  int32_t reserved;       /**< Zero. */
} critmin_supply;

/** Sets `struct_size`, NaN in every number and nothing known. Any thread. NULL is ignored. */
CRITMIN_API void critmin_supply_init(critmin_supply *supply);

/** Size of ::critmin_supply in this library, for bindings that test their own layout. Any thread. */
CRITMIN_API int32_t critmin_supply_size(void);

/** Size of ::critmin_answer in this library. Any thread. */
CRITMIN_API int32_t critmin_answer_size(void);

/**
 * Share of producer `index` in the total, 0 to 1: s = x / X, the definition common to all of the literature. X is the published total
 * with the interval of its rounding, or the sum where that is larger by more than the rounding, or where one producer alone fills
 * the total and others have a part too. Bounds run over every completion of the withheld cells.
 * Errors besides: ARGUMENT when `index` is outside 0 to n - 1.
 */
CRITMIN_API critmin_status critmin_share(const double *quantity, int64_t n, int64_t index, const critmin_supply *supply,
                                         critmin_answer *answer, critmin_error *error);

/**
 * Herfindahl-Hirschman index, sum of squared shares, 0 to 1 (10,000 times that on the percent scale).
 * Hirschman (1945), Herfindahl (1950); bounds for residual and withheld cells are exact where the intervals are ordered
 * or the market has at most 20 withheld cells, and safe (never too narrow) elsewhere.
 */
CRITMIN_API critmin_status critmin_hhi(const double *quantity, int64_t n, const critmin_supply *supply,
                                       critmin_answer *answer, critmin_error *error);

/**
 * Normalised index (H - 1/N) / (1 - 1/N), N the producers above zero; 1 for N = 1. UNDEFINED with a residual unless
 * `listed_only` is set.
 */
CRITMIN_API critmin_status critmin_hhi_normalised(const double *quantity, int64_t n, const critmin_supply *supply,
                                                  critmin_answer *answer, critmin_error *error);

/** Concentration ratio: the sum of the `k` largest shares, 0 to 1. Errors besides: ARGUMENT when k is below 1. */
CRITMIN_API critmin_status critmin_concentration_ratio(const double *quantity, int64_t n, int64_t k,
                                                       const critmin_supply *supply, critmin_answer *answer,
                                                       critmin_error *error);

/** Shannon index, - sum s ln s, in nats. Shannon (1948). No upper end while the number of unlisted producers is unknown. */
CRITMIN_API critmin_status critmin_shannon(const double *quantity, int64_t n, const critmin_supply *supply,
                                           critmin_answer *answer, critmin_error *error);

/** Evenness, Shannon index / ln N, 0 to 1; UNDEFINED for N = 1 and with a residual. */
CRITMIN_API critmin_status critmin_evenness(const double *quantity, int64_t n, const critmin_supply *supply,
                                            critmin_answer *answer, critmin_error *error);

/**
 * Hill number of the given order: the number of equal producers that would be as concentrated. Order 0 counts, 1 is
 * exp(Shannon), 2 is 1/HHI, infinity 1/(largest share). Hill (1973). Errors besides: ARGUMENT when the order is negative or NaN.
 */
CRITMIN_API critmin_status critmin_effective_number(const double *quantity, int64_t n, double order,
                                                    const critmin_supply *supply, critmin_answer *answer,
                                                    critmin_error *error);

/**
 * Governance-weighted index, sum of squared shares times W, 0 to 10. European Commission (2010, 2014).
 * @param governance W of each producer, 0 (well governed) to 10; NaN where there is no score: the answer's bounds then
 * take 0 and 10 and its value the mean of the known ones weighted by production (WGI_IMPUTED).
 * Errors besides: INVALID_VALUE for a W outside 0 to 10.
 */
CRITMIN_API critmin_status critmin_hhi_wgi(const double *quantity, const double *governance, int64_t n,
                                           const critmin_supply *supply, critmin_answer *answer, critmin_error *error);

/**
 * Governance- and trade-weighted index, sum of squared shares times W times t (European Commission 2017; Regulation (EU)
 * 2024/1252, Annex II).
 * @param governance as in critmin_hhi_wgi().
 * @param trade t of each producer: 0.8 for members of the EU, 1 where nothing applies, more under export taxes, quotas and bans.
 * @param trade_highest the greatest t of the table in use (1.5 in the EU's study of 2023): the high end takes it for
 *        producers that are not listed.
 * Not cut at 10. Errors besides: ARGUMENT (trade_highest not above 0), INVALID_VALUE (a W outside 0 to 10, a t that is NaN or
 * outside 0 to trade_highest).
 */
CRITMIN_API critmin_status critmin_hhi_wgi_t(const double *quantity, const double *governance, const double *trade,
                                             int64_t n, double trade_highest, const critmin_supply *supply,
                                             critmin_answer *answer, critmin_error *error);

/**
 * t of a country from a table of trade measures, for critmin_hhi_wgi_t(). The table is the caller's: what the European
 * Commission's is, its reports do not say.
 * @param measures words such as `export_tax`, `quota`, `ban`, compared without case. @param rates rate from which each row
 *        holds, 0 where it has none. @param agreements 1 where a trade agreement has to be in force, 0 where none may be,
 *        -1 for either. @param t of each of `n` rows.
 * @param measure, rate, agreement what the country has; `agreement` 1 or 0.
 * @param[out] trade that of the row of the measure with the greatest rate not above; 1 where none applies. Of several measures
 *             of one country take the greatest, or multiply, as the table means it.
 * @param[out] row its number, -1 where none applies; may be NULL.
 * Errors: ARGUMENT, NEGATIVE (a rate, a t), INVALID_VALUE (a number that is not finite).
 */
CRITMIN_API critmin_status critmin_trade_parameter(const char *const *measures, const double *rates,
                                                   const int32_t *agreements, const double *t, int64_t n,
                                                   const char *measure, double rate, int32_t agreement, double *trade,
                                                   int64_t *row, critmin_error *error);

/**
 * W of a country, 0 to 10, from governance estimates (the six World Bank dimensions, NaN where missing):
 * 10 (best - mean) / (best - worst), cut to the range (CLAMPED). The ends are -2.5 and 2.5 in the EU's 2023 study, -3 and 3 in
 * that of 2017. Fewer than `n` present: WGI_PARTIAL; none: NaN, [0, 10], WGI_IMPUTED.
 * Errors: ARGUMENT (best not above worst), INVALID_VALUE (an infinite estimate).
 */
CRITMIN_API critmin_status critmin_governance(const double *estimates, int64_t n, double worst, double best,
                                              critmin_answer *answer, critmin_error *error);

/**
 * What is left of supply when producer `index` stops, over all demand: (S - S_index) / D, gross (IEA's N-1 without the
 * lost supplier's own demand). `demand` D in the unit of the quantities; NaN takes D = S.
 * Errors besides: ARGUMENT when `index` is outside, NEGATIVE for a demand below zero.
 */
CRITMIN_API critmin_status critmin_n_minus_1(const double *quantity, int64_t n, int64_t index, double demand,
                                             const critmin_supply *supply, critmin_answer *answer, critmin_error *error);

/**
 * HHI, governance-weighted HHI and largest share of many markets in one pass, values only, no bounds.
 * @param quantity   `markets` rows of `n` producers, row-major; no NaN.
 * @param governance `governance_rows` rows of `n` weights; market i uses row i modulo `governance_rows`. NULL with
 *                   `hhi_wgi` NULL.
 * @param hhi, hhi_wgi, cr1 `markets` results each, any of them NULL; NaN where the market's total is not above zero.
 * @param threads    worker threads, 0 for one per processor; the bits do not depend on it.
 * Quantities are trusted: a negative or NaN one spoils its own market only. Errors: ARGUMENT, MEMORY.
 */
CRITMIN_API critmin_status critmin_concentration_batch(const double *quantity, int64_t markets, int64_t n,
                                                       const double *governance, int64_t governance_rows, double *hhi,
                                                       double *hhi_wgi, double *cr1, int32_t threads,
                                                       critmin_error *error);

/** @} */

CRITMIN_END

#endif
