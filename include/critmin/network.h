/* SPDX-License-Identifier: MIT */
/**
 * @file network.h
 * @brief The supply network of a mineral over plain arrays: stages of pools, one pool a country, that flows connect.
 *
 * A pool holds what a country has of a mineral at a stage: what it makes, what it imports, and what its outflows show
 * that it must have had besides (*unknown*). Everything that leaves a pool has the pool's composition, unless a
 * function says that it does without that assumption. What a country makes at a stage it makes from its own pools of
 * earlier stages.
 */
#ifndef CRITMIN_NETWORK_H
#define CRITMIN_NETWORK_H

#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup network Supply networks
 *  @{ */

/** A network. Immutable: any number of threads may ask it. Its memory grows with the flows it was made of. */
typedef struct critmin_network critmin_network;

/**
 * One stage of a network. Quantities are in one unit, contained tonnes where stages are to be compared, or money. All
 * arrays are borrowed for the call; those of countries have one entry a country. Initialise with
 * critmin_network_stage_init().
 */
typedef struct critmin_network_stage {
  uint32_t struct_size;      /**< sizeof(critmin_network_stage) as the caller knows it. */
  int32_t in_shares;         /**< Not 0: tonnes are not known. Output, secondary and flows are shares of the importer's
                                  pool, at most 1 together, and what they leave is unknown. Takes no `use`. */
  const double *output;      /**< Made in each country from the stages before, or mined. */
  const double *secondary;   /**< Made in each country from scrap, or NULL: nothing. */
  const double *use;         /**< Intake of the next stage, or final use, in each country; NULL, or NaN: not known,
                                  taken as 0. */
  const double *yield;       /**< Tonnes of output for a tonne of intake, above 0 and at most 1, or NULL: not known.
                                  Where it is known the input pools are used for at least the intake that the output
                                  needs. */
  const int32_t *importer;   /**< Of each flow. A flow of a country to itself is left out. */
  const int32_t *exporter;   /**< Of each flow. */
  const double *quantity;    /**< Of each flow; several flows of one pair add up. */
  int64_t flows;             /**< Number of flows. */
  const int32_t *input;      /**< Stages that output is made from, each below this stage. */
  const double *input_share; /**< `inputs` rows, one entry a country: shares of each input in the intake, 1 together
                                  where there is output. NULL: only with a single input. */
  int32_t inputs;            /**< Number of inputs; 0: the stage before this, none for the first; -1: none, output is
                                  mined. */
  int32_t reserved;          /**< Zero. */
} critmin_network_stage;

/** Sets `struct_size`, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_network_stage_init(critmin_network_stage *stage);

/** Size of ::critmin_network_stage in this library. Any thread. */
CRITMIN_API int32_t critmin_network_stage_size(void);

/**
 * Makes a network. A group that is to be one node is given one number, and its flows to itself then drop out.
 * @param stage `stages` stages, the earliest (mining) first.
 * @param countries number of countries, 0 to countries - 1 in all arrays.
 * @param threads worker threads, 0 for one per processor; the bits do not depend on it.
 * @param[out] network freed with critmin_network_free().
 * Errors, each with the stage, and the flow as the error's row: ARGUMENT (null, out of range, an input that is not
 * below its stage), NEGATIVE, MISSING_VALUE (NaN), INVALID_VALUE (not finite, a yield outside 0 to 1), SHARE_RANGE,
 * MEMORY.
 */
CRITMIN_API critmin_status critmin_network_new(const critmin_network_stage *const *stage, int32_t stages,
                                               int32_t countries, int32_t threads, critmin_network **network,
                                               critmin_error *error);

/** Frees a network. NULL is ignored. */
CRITMIN_API void critmin_network_free(critmin_network *network);

/** Bytes that a network holds; 0 for NULL. Any thread. */
CRITMIN_API int64_t critmin_network_bytes(const critmin_network *network);

/** What a network makes of one pool, in the stage's unit. Initialise with critmin_pool_init(). */
typedef struct critmin_pool {
  uint32_t struct_size; /**< sizeof(critmin_pool) as the caller knows it. */
  uint32_t reserved;    /**< Zero. */
  double output;        /**< Made here. */
  double secondary;     /**< Made here from scrap. */
  double imports;       /**< From other countries. */
  double unknown;       /**< What must have come from elsewhere: exports and use less all the above, where that is above
                             zero. */
  double total;         /**< The four together. */
  double exports;       /**< To other countries. */
  double use;           /**< Total less exports: what is used here, stocks that were built included. */
  uint64_t flags;       /**< UNKNOWN_ORIGIN (`unknown` tonnes), TRANSIT_ONLY (`imports` pass through, nothing is made or
                             used), SINGULAR_LOOP (`total` goes round a loop that no source feeds), NO_DATA (nothing
                             here). */
} critmin_pool;

/** Sets `struct_size` and makes every number NaN or 0. Any thread. NULL is ignored. */
CRITMIN_API void critmin_pool_init(critmin_pool *pool);

/** Size of ::critmin_pool in this library. Any thread. */
CRITMIN_API int32_t critmin_pool_size(void);

/** Says what the network makes of a country's pool. Errors: ARGUMENT. Any thread. */
CRITMIN_API critmin_status critmin_network_pool(const critmin_network *network, int32_t stage, int32_t country,
                                                critmin_pool *pool, critmin_error *error);

/** @} */

CRITMIN_END

#endif
