/* SPDX-License-Identifier: MIT */
/**
 * @file risk.h
 * @brief Kernels: expected loss, value at risk and its tail, exactly where a law is known, by drawing where not.
 *
 * Unless a function says otherwise the errors are ARGUMENT, NEGATIVE, MISSING_VALUE (NaN), INVALID_VALUE (not finite, a
 * correlation matrix that is not one), SHARE_RANGE (a share or probability outside 0 to 1) and MEMORY, and any number
 * of threads may call it.
 */
#ifndef CRITMIN_RISK_H
#define CRITMIN_RISK_H

#include "critmin/export.h"
#include "critmin/status.h"
#include "critmin/uncertainty.h"

CRITMIN_BEGIN

/** @defgroup risk Risk
 *  @{ */

/** What a law of losses, or draws from one, say. Initialise with critmin_risk_init(). */
typedef struct critmin_risk {
  uint32_t struct_size; /**< sizeof(critmin_risk) as the caller knows it. */
  uint32_t reserved;    /**< Zero. */
  double level;         /**< The level that was asked for. */
  double mean;          /**< Expected loss. */
  double mean_error;    /**< Its standard error; 0 for an exact law. */
  double deviation;     /**< Standard deviation of the loss. */
  double var;           /**< Value at risk: the least loss x with P(loss <= x) >= level. */
  double var_low;       /**< Least it can be: differs from `var` only where draws were counted, not kept. */
  double var_high;      /**< Most it can be. */
  double cvar;          /**< Mean of the worst 1 - level: min over v of v + E[max(0, loss - v)] / (1 - level), right
                             with atoms too (Rockafellar and Uryasev 2002). */
  double cvar_error;    /**< Its standard error; 0 for an exact law. Too small where the law has a gap just at the
                             level. */
  double greatest;      /**< Greatest loss. */
  int64_t n;            /**< Number of draws, or of outcomes. */
} critmin_risk;

/** Sets `struct_size` and makes every number NaN or 0. Any thread. NULL is ignored. */
CRITMIN_API void critmin_risk_init(critmin_risk *risk);

/** Size of ::critmin_risk in this library. Any thread. */
CRITMIN_API int32_t critmin_risk_size(void);

/**
 * Risk of a law, or of draws.
 * @param loss `n` losses, in any order. @param probability of each, 1 together; NULL: they are draws, all alike.
 * @param level 0 to below 1, such as 0.95.
 */
CRITMIN_API critmin_status critmin_risk_of(const double *loss, const double *probability, int64_t n, double level,
                                           critmin_risk *risk, critmin_error *error);

/** Probability of at least one event in `years` years, at a probability of `yearly` in each: 1 - (1 - p)^T. */
CRITMIN_API critmin_status critmin_event_probability(double yearly, double years, double *probability,
                                                     critmin_error *error);

/**
 * The exact law of the sum of independent losses, each of which occurs or does not, on a grid: law[i] is the
 * probability that the sum is i * step. A loss that is off the grid goes to the nearest point of it.
 * @param step of the grid, above 0. @param cells number of points; the sum of all losses must be on it.
 */
CRITMIN_API critmin_status critmin_loss_law(const double *loss, const double *probability, int64_t n, double step,
                                            int64_t cells, double *law, critmin_error *error);

/**
 * Users, their suppliers, what may happen to these, and what there is to bridge it. One unit of tonnes, one of time.
 * All arrays are borrowed for the call. Initialise with critmin_ensemble_init().
 *
 * In each draw every shock occurs or not; it then has a start, a duration, and a share that it withholds of what its
 * supplier delivers; of several that hit one supplier the one that withholds most at the moment acts. What users lack
 * is made up for by agreements, then by spare capacity of the suppliers, in proportion, then by the reserve they share,
 * and by their own stocks. Between the dates at which something changes all is in closed form.
 */
typedef struct critmin_ensemble {
  uint32_t struct_size;        /**< sizeof(critmin_ensemble) as the caller knows it. */
  int32_t suppliers;           /**< Number of suppliers. */
  int32_t users;               /**< Number of users. */
  int32_t inventory_first;     /**< Not 0: private stocks are drawn before the reserve. */
  double horizon;              /**< Time looked at. */
  const double *flow;          /**< `suppliers` rows, one entry a user: tonnes per unit of time in normal times. */
  const double *spare;         /**< One entry a supplier: what it can deliver besides, withheld with the rest; NULL:
                                    none. */
  const double *inventory;     /**< One entry a user: its private stock; NULL: none. */
  double reserve;              /**< Tonnes in the reserve that users share. */
  double reserve_rate;         /**< Most that it releases per unit of time; +infinity at the start. */
  const int32_t *served;       /**< One entry a user, not 0: may draw from the reserve. NULL: all may. */
  const double *worth;         /**< One entry a user: loss for a tonne unmet; NULL: 1. */
  int64_t shocks;              /**< Number of shocks. */
  const int32_t *supplier;     /**< Supplier that each shock hits. */
  const double *probability;   /**< That each occurs within the horizon. */
  const critmin_law *withheld; /**< Share that each withholds; drawn numbers outside 0 to 1 are cut. */
  const critmin_law *start;    /**< When each begins; what was drawn before 0 has begun already. */
  const critmin_law *duration; /**< How long each lasts, from its start; no less than 0. */
  const int32_t *group;        /**< Group of each shock, 0 or above; shocks of one group share a factor. NULL: all are
                                    independent. */
  const double *loading;       /**< Share of the variance that the factor of its group has in each shock, 0 to 1
                                    (one-factor Gaussian copula; Vasicek 1987). NULL with no groups. */
  const double *correlation;   /**< Instead of groups: `shocks` rows of `shocks` correlations of a Gaussian copula.
                                    NULL: none. */
  int64_t agreements;          /**< Number of agreements. */
  const int32_t *buyer;        /**< User that each serves. */
  const double *tonnes;        /**< Tonnes per unit of time that are not in `flow`. */
  const double *begins;        /**< When each delivers in full; NULL: 0. */
  const double *performs;      /**< Probability that it does; NULL: 1. */
  const critmin_law *scale;    /**< One entry a supplier: what its row of `flow`, and its spare, are multiplied by in a
                                    draw; NULL: 1. */
  const critmin_law *inventory_scale; /**< One entry a user, for its private stock; NULL: 1. */
  const critmin_law *reserve_scale;   /**< One law, for the reserve and its rate; NULL: 1. */
} critmin_ensemble;

/** Sets `struct_size`, no limit to the reserve's rate, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_ensemble_init(critmin_ensemble *ensemble);

/** Size of ::critmin_ensemble in this library. Any thread. */
CRITMIN_API int32_t critmin_ensemble_size(void);

/**
 * What was drawn from an ensemble. Its size does not depend on how many draws there were. Any number of threads may
 * read it; merging needs it alone.
 */
typedef struct critmin_draws critmin_draws;

/**
 * Draws. Draw i comes from random streams of (seed, i) alone: neither the number of threads, nor who computes which
 * range, changes a bit of the results.
 * @param first, count draws first to first + count - 1, 2^40 at most.
 * @param threads 0 for one per processor. @param progress may be NULL; not 0 from it gives CANCELLED.
 * @param[out] loss `count` losses, or NULL. @param[out] unmet `count` rows, one entry a user: tonnes unmet, or NULL.
 * @param[out] draws freed with critmin_draws_free(). Errors besides: CANCELLED.
 */
CRITMIN_API critmin_status critmin_ensemble_run(const critmin_ensemble *ensemble, uint64_t seed, int64_t first,
                                                int64_t count, int32_t threads, critmin_progress progress, void *user,
                                                double *loss, double *unmet, critmin_draws **draws,
                                                critmin_error *error);

/** Frees draws. NULL is ignored. */
CRITMIN_API void critmin_draws_free(critmin_draws *draws);

/** Number of draws; 0 for NULL. */
CRITMIN_API int64_t critmin_draws_count(const critmin_draws *draws);

/**
 * Adds draws of another range to these. Ranges that together are those of one run give its results to the last bit, in
 * whatever order they are merged. Errors: ARGUMENT (null, another ensemble or seed, draws that are in both), MEMORY;
 * both are then as they were.
 */
CRITMIN_API critmin_status critmin_draws_merge(critmin_draws *draws, const critmin_draws *other, critmin_error *error);

/**
 * Writes draws into memory, to be kept or sent elsewhere; the bytes are those of every machine.
 * @param room size of `bytes`; with 0 it may be NULL. @param[out] size how many bytes there are. Where that is more
 *        than `room`, nothing is written. Errors: ARGUMENT.
 */
CRITMIN_API critmin_status critmin_draws_save(const critmin_draws *draws, void *bytes, int64_t room, int64_t *size,
                                              critmin_error *error);

/** Reads what critmin_draws_save() wrote. Errors: ARGUMENT, FORMAT (not what it should be), MEMORY. */
CRITMIN_API critmin_status critmin_draws_load(const void *bytes, int64_t size, critmin_draws **draws,
                                              critmin_error *error);

/**
 * Risk of the loss. Draws are counted, not kept: the value at risk is known between `var_low` and `var_high`, 0.1 per
 * cent apart at most.
 */
CRITMIN_API critmin_status critmin_draws_risk(const critmin_draws *draws, double level, critmin_risk *risk,
                                              critmin_error *error);

/** Losses that are not exceeded with probabilities `level`, as critmin_draws_risk() gives one. */
CRITMIN_API critmin_status critmin_draws_quantiles(const critmin_draws *draws, const double *level, int64_t levels,
                                                   double *loss, critmin_error *error);

/**
 * What happens to each user.
 * @param[out] mean tonnes unmet. @param[out] mean_error its standard error. @param[out] probability that it lacks
 *             anything. One entry a user each; any may be NULL.
 */
CRITMIN_API critmin_status critmin_draws_users(const critmin_draws *draws, double *mean, double *mean_error,
                                               double *probability, critmin_error *error);

/**
 * Options that reduce what is missing. Arrays are borrowed for the call. Initialise with critmin_mitigation_init().
 */
typedef struct critmin_mitigation {
  uint32_t struct_size;      /**< sizeof(critmin_mitigation) as the caller knows it. */
  int32_t options;           /**< Number of options: tonnes of reserve, tonnes a year of an agreement, of capacity, of
                                  recycling, ... */
  int64_t outcomes;          /**< Number of outcomes. */
  const double *gap;         /**< One entry an outcome: tonnes missing without any option. */
  const double *probability; /**< Of each outcome, 1 together; NULL: all alike. */
  const double *effect;      /**< `outcomes` rows, one entry an option: tonnes that one unit of it makes up for. */
  const double *cost;        /**< One entry an option: of a unit. */
  const double *limit;       /**< One entry an option: most units; +infinity for no limit. NULL: no limits. */
  double level;              /**< Of the tail, 0 to below 1. */
} critmin_mitigation;

/** Sets `struct_size`, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_mitigation_init(critmin_mitigation *mitigation);

/** Size of ::critmin_mitigation in this library. Any thread. */
CRITMIN_API int32_t critmin_mitigation_size(void);

/**
 * The cheapest mix that keeps the mean of the worst 1 - level of what is unmet at or below a target, for each of many
 * targets: the cost curve. Unmet need then exceeds the target with a probability of at most 1 - level; that alone may
 * be had for less (Rockafellar and Uryasev 2000).
 * @param[out] cost one entry a target; NaN where no mix reaches it. @param[out] units `targets` rows, one entry an
 *             option; NaN likewise; or NULL. Errors besides: UNSUPPORTED in a library that was built without a solver
 *             for linear programmes.
 */
CRITMIN_API critmin_status critmin_mitigation_cost(const critmin_mitigation *mitigation, const double *target,
                                                   int64_t targets, double *cost, double *units, critmin_error *error);

/** @} */

CRITMIN_END

#endif
