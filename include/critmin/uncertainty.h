/* SPDX-License-Identifier: MIT */
/**
 * @file uncertainty.h
 * @brief Kernels: what follows for a result from what is not known exactly, and which term it hangs on.
 *
 * Terms are drawn, or moved to the ends of their intervals, and a function of them is computed each time: one of the
 * library's formulas, or the caller's own. Draw i of a law comes from the random stream of (seed, i) alone: the numbers
 * do not depend on threads, and draws made in parts, `first` counting on, are those made at once. Nothing is kept: any
 * number of threads may call the kernels.
 *
 * Where a function has no value it gives NaN; that is counted and told, never taken for zero. Unless a function says
 * otherwise the errors are ARGUMENT, INVALID_VALUE, MEMORY.
 */
#ifndef CRITMIN_UNCERTAINTY_H
#define CRITMIN_UNCERTAINTY_H

#include "critmin/concentration.h"
#include "critmin/dependency.h"
#include "critmin/export.h"
#include "critmin/status.h"
#include "critmin/table.h"

CRITMIN_BEGIN

/** @defgroup uncertainty Uncertainty and sensitivity
 *  @{ */

/** Formulas, with the terms they take in their order; of those of many, k entries of each kind, the first kind first.
 */
enum {
  CRITMIN_FORMULA_HHI = 0,                 /**< k quantities: sum of squared shares. */
  CRITMIN_FORMULA_HHI_OF_SHARES = 1,       /**< k shares, taken as they are: sum of squares. */
  CRITMIN_FORMULA_HHI_WGI = 2,             /**< k quantities, k weights: sum of squared shares times weights. */
  CRITMIN_FORMULA_SHARE = 3,               /**< k quantities: share of the first. */
  CRITMIN_FORMULA_NET_IMPORT_RELIANCE = 4, /**< production, secondary, imports, exports, stock change. */
  CRITMIN_FORMULA_IMPORT_RELIANCE = 5,     /**< production, imports, exports; cut at 0. */
  CRITMIN_FORMULA_EU_SUPPLY_RISK = 6,      /**< global supply, EU sourcing, import reliance, recycling, substitution. */
  CRITMIN_FORMULA_GEOPOLRISK_SCORE = 7     /**< hhi, production, k imports, k risks. */
};

/** A function of the caller's, of `n` terms. NaN where it has no value. */
typedef double (*critmin_function)(const double *terms, int64_t n, void *user);

/**
 * A formula and its derivatives, in closed form.
 *
 * Of quantities the others' shares move too: dH/dx = 2 (s - H) / X; of shares taken as they are 2 s. Where a term is
 * cut (an import reliance of less than nothing, or one outside 0 to 1) the derivative is 0, and where the cut begins
 * that of the side not cut. An index of the EU's that is NaN gives its weight to the other, as in
 * critmin_eu_supply_risk().
 * @param formula a `CRITMIN_FORMULA_` constant. @param terms `n` terms.
 * @param[out] value may be NULL. @param[out] gradient `n` derivatives, may be NULL. NaN where the formula has no value.
 * Errors besides: NEGATIVE; the message names the term.
 */
CRITMIN_API critmin_status critmin_gradient(int32_t formula, const double *terms, int64_t n, double *value,
                                            double *gradient, critmin_error *error);

/** How a term is distributed. */
enum {
  CRITMIN_LAW_FIXED = 0,       /**< `value` always. */
  CRITMIN_LAW_UNIFORM = 1,     /**< Anything from `low` to `high` alike. */
  CRITMIN_LAW_TRIANGULAR = 2,  /**< From `low` to `high`, likeliest at `value`. */
  CRITMIN_LAW_LOGNORMAL = 3,   /**< Median `value`, geometric standard deviation `deviation`, at least 1. */
  CRITMIN_LAW_EXPONENTIAL = 4, /**< 0 and more, mean `value`. */
  CRITMIN_LAW_BETA = 5,        /**< From `low` to `high`, mean `value`, standard deviation `deviation`. */
  CRITMIN_LAW_WHOLE = 6,       /**< Whole numbers from `low` to `high` alike. */
  CRITMIN_LAW_GEOMETRIC = 7    /**< Whole numbers from 1, mean `value`. */
};

/** The law of a term. What a law does not name is not looked at. Layout frozen. */
typedef struct critmin_law {
  int32_t kind;     /**< A `CRITMIN_LAW_` constant. */
  int32_t reserved; /**< Zero. */
  double value;     /**< The number, the likeliest, the median, or the mean. */
  double low;       /**< Least. */
  double high;      /**< Most. */
  double deviation; /**< Standard deviation, geometric where the law is lognormal. */
} critmin_law;

/**
 * Draws terms, each by itself.
 * @param laws `n` laws. @param first number of the first draw. @param draws how many.
 * @param threads 0 for one per processor. @param[out] terms `draws` rows of `n`, row-major.
 */
CRITMIN_API critmin_status critmin_draw_terms(const critmin_law *laws, int64_t n, uint64_t seed, int64_t first,
                                              int64_t draws, int32_t threads, double *terms, critmin_error *error);

/**
 * Draws the shares of a market: first what is not told, then the figures themselves.
 *
 * A cell that is withheld or has an interval is any of the quantities that the intervals and the total allow it
 * together with the others, all completions alike; what nobody is listed for is split among `unlisted` producers, all
 * splits alike. The shares s of that completed market are then drawn from a Dirichlet law of parameters `concentration`
 * s: the means are s, the variances s (1 - s) / (concentration + 1), so that an index is higher on average than that of
 * s: report that of the figures, and the spread of the draws.
 * @param concentration above zero; infinity: the figures are exact, and only what is not told is drawn.
 * @param unlisted producers that the residual is split among, at least 1: an assumption of the caller's.
 * @param threads 0 for one per processor.
 * @param[out] shares `draws` rows of `n` + `unlisted` shares, row-major, each row of sum 1.
 * Errors besides: NEGATIVE, INVALID_VALUE where nothing bounds a cell, the figures contradict one another or nothing is
 * produced, and those of critmin_hhi().
 */
CRITMIN_API critmin_status critmin_draw_shares(const double *quantity, int64_t n, const critmin_supply *supply,
                                               double concentration, int64_t unlisted, uint64_t seed, int64_t first,
                                               int64_t draws, int32_t threads, double *shares, critmin_error *error);

/**
 * Computes a function for many rows of terms.
 * @param formula a `CRITMIN_FORMULA_` constant, where `function` is NULL. @param function the caller's, called with
 * `user` on as many threads at once as are asked for: 1 where it serves only one.
 * @param terms `rows` rows of `n`, row-major. @param[out] results `rows` results; NaN where there is none, for a
 * formula also where a term is outside its range.
 */
CRITMIN_API critmin_status critmin_evaluate(int32_t formula, critmin_function function, void *user, const double *terms,
                                            int64_t rows, int64_t n, int32_t threads, double *results,
                                            critmin_error *error);

/**
 * Quantiles of draws: the least of the values that at least the share p of them do not exceed. Values that are NaN are
 * left out.
 * @param probability `quantiles` shares, above 0 to 1.
 * @param[out] quantile `quantiles` quantiles; NaN without values.
 * @param[out] standard_error half of what lies between the values a standard deviation of the rank below and above; NaN
 * where the draws do not reach so far. May be NULL.
 */
CRITMIN_API critmin_status critmin_quantiles(const double *values, int64_t n, const double *probability,
                                             int64_t quantiles, double *quantile, double *standard_error,
                                             critmin_error *error);

/**
 * Mean and standard deviation of draws. Values that are NaN are left out; `known` counts the others.
 * @param[out] mean, deviation, standard_error of the mean, known any of them may be NULL; NaN where there are too few.
 */
CRITMIN_API critmin_status critmin_moments(const double *values, int64_t n, double *mean, double *deviation,
                                           double *standard_error, int64_t *known, critmin_error *error);

/**
 * Evaluations for Sobol indices (Saltelli et al. 2010): draw i makes two independent sets of terms, A and B, and for
 * each term the set A with that one of B. Parts made with `first` counting on are joined by putting their rows one
 * after the other.
 * @param laws `n` laws. @param formula, function, function_user as in critmin_evaluate().
 * @param progress may be NULL; not 0 from it gives CANCELLED.
 * @param[out] results `draws` rows of `n` + 2: the function of A, of B, then of A with each term of B.
 * Errors besides: CANCELLED.
 */
CRITMIN_API critmin_status critmin_sobol_draws(const critmin_law *laws, int64_t n, int32_t formula,
                                               critmin_function function, void *function_user, uint64_t seed,
                                               int64_t first, int64_t draws, int32_t threads, critmin_progress progress,
                                               void *user, double *results, critmin_error *error);

/**
 * Sobol indices from evaluations: what part of the variance a term makes by itself (Saltelli et al. 2010), and with
 * all it interacts with (Jansen 1999). Estimates may fall a little outside 0 to 1.
 * @param results `draws` rows of `n` + 2, as critmin_sobol_draws() writes them; at least 2 rows.
 * @param[out] first_order, first_error, total, total_error `n` indices and standard errors, any of them NULL. NaN where
 * a result is NaN, or all are alike.
 * @param[out] variance of the result; may be NULL.
 */
CRITMIN_API critmin_status critmin_sobol_indices(const double *results, int64_t draws, int64_t n, double *first_order,
                                                 double *first_error, double *total, double *total_error,
                                                 double *variance, critmin_error *error);

/** Most terms of which not both ends are alike that critmin_corners() takes. */
#define CRITMIN_CORNERS_MAX 20

/**
 * Least and greatest value at the corners of a box: exact ends where the function rises or falls in each term by
 * itself, as net import reliance, import reliance and supply risk do; not of an index of concentration in quantities.
 * @param terms `n` intervals, none NaN. @param formula, function, user as in critmin_evaluate(), on the calling thread.
 * @param[out] low, high may be NULL; NaN where a corner has no value.
 * Errors besides: INVALID_VALUE for too many terms that are intervals.
 */
CRITMIN_API critmin_status critmin_corners(const critmin_interval *terms, int64_t n, int32_t formula,
                                           critmin_function function, void *user, double *low, double *high,
                                           critmin_error *error);

/**
 * What each term does by itself, the others at their values: columns `term`, `value`, `low`, `high`, `at_low`,
 * `at_high` (the results at its ends) and `swing` (the distance between them), the greatest swing first.
 * @param terms `n` intervals with values. @param names `n` names, or NULL: those of the formula, or x1, x2, ...
 * @param formula, function, user as in critmin_evaluate(), on the calling thread.
 * @param[out] result with every term at its value; may be NULL. @param[out] table owned by the caller.
 */
CRITMIN_API critmin_status critmin_tornado(const critmin_interval *terms, int64_t n, const char *const *names,
                                           int32_t formula, critmin_function function, void *user, double *result,
                                           critmin_table **table, critmin_error *error);

/** @} */

CRITMIN_END

#endif
