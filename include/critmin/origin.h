/* SPDX-License-Identifier: MIT */
/**
 * @file origin.h
 * @brief Kernels: where what a country uses comes from, looked through trade and stages, and how sure that is.
 *
 * Shares are of the pool of the buyers, 0 to 1. An answer's `low` takes that nothing of unknown origin came from the
 * countries asked about, its `high` that all of it did; `value` is the known part, `coverage` what is not unknown,
 * `n_used` the number of pools the material was traced through. Flags are those of these pools (see ::critmin_pool). A
 * buyer with no pool gets NaN and NO_DATA. Nothing is kept: any number of threads may ask one network.
 *
 * Unless a function says otherwise the errors are ARGUMENT (null, out of range, a stage traced to that lies after the
 * buyers'), NEGATIVE, INVALID_VALUE and MEMORY.
 */
#ifndef CRITMIN_ORIGIN_H
#define CRITMIN_ORIGIN_H

#include "critmin/answer.h"
#include "critmin/export.h"
#include "critmin/network.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup origin Look-through origin
 *  @{ */

/**
 * Whose material is traced, and how far. The arrays are borrowed for the call. Initialise with critmin_trace_init().
 */
typedef struct critmin_trace {
  uint32_t struct_size;      /**< sizeof(critmin_trace) as the caller knows it. */
  int32_t stage;             /**< Stage of the pool that is asked about. */
  int32_t at;                /**< Stage traced to: the origin is the country that made the material at this stage. */
  int32_t buyers;            /**< Number of buyers; several are a group that is asked about as one. */
  const int32_t *buyer;      /**< The countries that buy, each once. */
  const double *weight;      /**< Weight of each buyer, or NULL: what each uses of the stage. A single buyer needs
                                  none. */
  int32_t unknown_elsewhere; /**< Not 0: nothing of unknown origin is from the countries asked about; `high` is then
                                  `value`. */
  int32_t needed;            /**< Not 0: tonnes made at stage `at` for each tonne delivered, divided by the yields of
                                  the stages between, which need not add up to 1. */
} critmin_trace;

/** Sets `struct_size`, and all else to 0. Any thread. NULL is ignored. */
CRITMIN_API void critmin_trace_init(critmin_trace *trace);

/** Size of ::critmin_trace in this library. Any thread. */
CRITMIN_API int32_t critmin_trace_size(void);

/**
 * Share of what the buyers have that was made, at stage `at`, in any of the countries `origin`: R_K R_(K-1) ... R_at
 * with R_k = (I - T_k)^-1 D_k, re-exports looked through at every stage (the Markov chain of Kemeny and Snell 1960; the
 * proportional assumption of input-output analysis, Leontief 1936).
 */
CRITMIN_API critmin_status critmin_origin_share(const critmin_network *network, const critmin_trace *trace,
                                                const int32_t *origin, int32_t origins, critmin_answer *answer,
                                                critmin_error *error);

/**
 * The same for every country at once. The shares, what went another way, and the unknown are 1 together.
 * @param share one entry a country.
 * @param other one entry a country, or NULL: share that entered the chain in that country without having passed stage
 * `at`: made from scrap, or from an input that does not lead back to `at`.
 * @param unknown one number, or NULL.
 * All NaN for buyers with no pool.
 */
CRITMIN_API critmin_status critmin_origin_row(const critmin_network *network, const critmin_trace *trace, double *share,
                                              double *other, double *unknown, critmin_error *error);

/**
 * The same trace in many networks of equally many countries, as those of many minerals or years.
 * @param share `networks` rows of one entry a country. @param unknown one entry a network, or NULL.
 * @param threads worker threads, 0 for one per processor; the bits do not depend on it.
 * On failure `share` and `unknown` are left half written, and the error's row is the network, from 1.
 */
CRITMIN_API critmin_status critmin_origin_batch(const critmin_network *const *network, int64_t networks,
                                                const critmin_trace *trace, double *share, double *unknown,
                                                int32_t threads, critmin_error *error);

/**
 * The same for every pool of every stage: all buyers, all origins, or those listed.
 * @param origin the countries asked about, each once, `origins` of them; NULL: all countries, and `origins` is not
 * looked at.
 * @param share `stages * countries` rows, stage by stage, of one entry an origin. NaN in the rows of pools with nothing
 * in them, and of stages that `at` does not lead to.
 * @param other rows of one entry a country, or NULL. @param unknown one entry a row, or NULL.
 * @param threads worker threads, 0 for one per processor; the bits do not depend on it.
 */
CRITMIN_API critmin_status critmin_origin_all(const critmin_network *network, int32_t at, const int32_t *origin,
                                              int32_t origins, double *share, double *other, double *unknown,
                                              int32_t threads, critmin_error *error);

/**
 * Origins in one stage, no network kept: row c of `share` says where the material in country c was made.
 * @param output, use `countries` entries; `use` NULL: not known. @param importer, exporter, quantity `flows` entries.
 * @param share `countries` rows of `countries`. @param unknown `countries` entries, or NULL.
 * Errors besides: those of critmin_network_new().
 */
CRITMIN_API critmin_status critmin_origin_stage(const double *output, const double *use, int32_t countries,
                                                const int32_t *importer, const int32_t *exporter,
                                                const double *quantity, int64_t flows, double *share, double *unknown,
                                                int32_t threads, critmin_error *error);

/**
 * Face value: share of the buyers' pool that comes from the countries `origin` as customs see it, what they make
 * themselves included. For several buyers without weights flows among them are left out. `at` is not looked at.
 */
CRITMIN_API critmin_status critmin_face_share(const critmin_network *network, const critmin_trace *trace,
                                              const int32_t *origin, int32_t origins, critmin_answer *answer,
                                              critmin_error *error);

/**
 * Hidden exposure: critmin_origin_share() less critmin_face_share(); below zero where the partner passes on what
 * others made.
 */
CRITMIN_API critmin_status critmin_hidden_exposure(const critmin_network *network, const critmin_trace *trace,
                                                   const int32_t *origin, int32_t origins, critmin_answer *answer,
                                                   critmin_error *error);

/**
 * Share that was made in any of the countries `origin` at some stage from `at` to the buyers'.
 * @param transit not 0: passing through one of their pools counts too; for buyers that are among them the answer is
 * then 1. It is at least the largest critmin_origin_share() of these stages and at most their sum.
 */
CRITMIN_API critmin_status critmin_touch_share(const critmin_network *network, const critmin_trace *trace,
                                               const int32_t *origin, int32_t origins, int32_t transit,
                                               critmin_answer *answer, critmin_error *error);

/**
 * critmin_origin_share() without the assumption that pools mix: `low` and `high` are the least and the most, over all
 * ways to lead the given flows through the network, of what the buyers use that can be from `origin`; `value` stays the
 * mixed share. Two maximum flows, or where yields differ between countries two linear programmes. Buyers take no
 * weights: they are asked about together. Zero use: NaN, ZERO_TOTAL.
 *
 * A stage in shares has the tonnes that the stages after it take in, where these have tonnes and yields, and uses no
 * more. Where it has none, its pools may be of any size, and so may those of the stages before it: then the ends are of
 * what the one buyer has, and a partner can have sent any that its pool can hold.
 * Errors besides: MISSING_VALUE (a stage between `at` and the buyers' has no yield, so its intake is not known),
 * UNSUPPORTED (`needed`; yields that differ, in a library built without a solver of linear programmes).
 */
CRITMIN_API critmin_status critmin_origin_bounds(const critmin_network *network, const critmin_trace *trace,
                                                 const int32_t *origin, int32_t origins, critmin_answer *answer,
                                                 critmin_error *error);

/** The same for critmin_touch_share() without transit. */
CRITMIN_API critmin_status critmin_touch_bounds(const critmin_network *network, const critmin_trace *trace,
                                                const int32_t *origin, int32_t origins, critmin_answer *answer,
                                                critmin_error *error);

/** @} */

CRITMIN_END

#endif
