/* SPDX-License-Identifier: MIT */
/**
 * @file cascade.h
 * @brief Kernels: how a loss at one stage arrives at the stages after it.
 *
 * Nothing is kept: any number of threads may call these functions. Unless a function says otherwise the errors are
 * ARGUMENT, NEGATIVE, MISSING_VALUE (NaN), INVALID_VALUE (not finite), SHARE_RANGE (a share outside 0 to 1) and MEMORY.
 */
#ifndef CRITMIN_CASCADE_H
#define CRITMIN_CASCADE_H

#include "critmin/export.h"
#include "critmin/network.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup cascade Cascades
 *  @{ */

/** What a shock to a network is. */
enum {
  CRITMIN_SHOCK_OUTAGE = 0,     /**< What the country makes at the stage is less; its own users lack it, too. */
  CRITMIN_SHOCK_RESTRICTION = 1 /**< What leaves the country at the stage is less, what it had from others included;
                                     nothing is lost to those inside. */
};

/** Shocks to a network. Arrays are borrowed for the call, one entry a shock. Initialise with critmin_cascade_init(). */
typedef struct critmin_cascade {
  uint32_t struct_size;   /**< sizeof(critmin_cascade) as the caller knows it. */
  int32_t shocks;         /**< Number of shocks. Several that hit the same output or flow multiply what they leave. */
  const int32_t *kind;    /**< A `CRITMIN_SHOCK_` constant each. */
  const int32_t *stage;   /**< Stage that is hit. */
  const int32_t *country; /**< Country that is out, or restricts. */
  const int32_t *target;  /**< Country that a restriction is against, -1: against all. NULL: all are against all. */
  const double *withheld; /**< Share that is withheld. */
} critmin_cascade;

/** Sets `struct_size`, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_cascade_init(critmin_cascade *cascade);

/** Size of ::critmin_cascade in this library. Any thread. */
CRITMIN_API int32_t critmin_cascade_size(void);

/**
 * The share of what every country has of a stage that it still has: nobody finds other suppliers, everybody works with
 * what arrives of a single input, all shares a loss in proportion. Outages of several stages of one country multiply.
 * @param stage whose pools are asked about. @param[out] fill one entry a country, 0 to 1; 1 less it is the loss. NaN
 *        where the country has nothing. What is of unknown origin is not hit.
 */
CRITMIN_API critmin_status critmin_cascade_fill(const critmin_network *network, const critmin_cascade *cascade,
                                                int32_t stage, double *fill, critmin_error *error);

/**
 * Plants that need several inputs at once. Arrays are borrowed for the call. Initialise with critmin_plants_init().
 */
typedef struct critmin_plants {
  uint32_t struct_size;     /**< sizeof(critmin_plants) as the caller knows it. */
  int32_t plants;           /**< Number of plants. */
  int64_t flows;            /**< Number of flows between plants. */
  const int32_t *from;      /**< Plant that each flow comes from. */
  const int32_t *to;        /**< Plant that it goes to. */
  const int32_t *input;     /**< Which input of that plant it is, 0 or above; several flows may be one input. */
  const double *quantity;   /**< In normal times. */
  const int32_t *essential; /**< One entry a flow, not 0: its input is essential. All flows of one input must agree.
                                 NULL: all are. */
  const double *without;    /**< One entry a plant: share of output that is possible without the inputs that are not
                                 essential; NULL: 0. */
  const double *withheld;   /**< One entry a plant: share of its output that the shock takes; NULL: none. */
  const double *to_final;   /**< One entry a plant: what it sells outside, in the unit of `quantity`. NULL: lost
                                 customers are not looked at. */
} critmin_plants;

/** Sets `struct_size`, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_plants_init(critmin_plants *plants);

/** Size of ::critmin_plants in this library. Any thread. */
CRITMIN_API int32_t critmin_plants_size(void);

/**
 * The output of each plant, as a share of normal, after a shock has gone through: a plant makes no more than its
 * scarcest essential input allows, nor more than b + sum of w times fill over the others (w shares them out by
 * quantity, b + sum w = 1). Then, where `to_final` is given, it makes no more than its customers still take; what a
 * plant makes less for want of orders nobody lacks. Found as the greatest fixed points, by sweeps that only ever lower
 * (after Diem, Borsos, Reisch, Kertesz and Thurner 2022).
 * @param tolerance largest change in the last sweep, above 0. @param sweeps_max sweeps at most.
 * @param[out] output one entry a plant, 0 to 1. @param[out] sweeps how many it took, or NULL; more than `sweeps_max`
 *             where the last still changed something: outputs are then too high.
 */
CRITMIN_API critmin_status critmin_plants_output(const critmin_plants *plants, double tolerance, int32_t sweeps_max,
                                                 double *output, int32_t *sweeps, critmin_error *error);

/** @} */

CRITMIN_END

#endif
