/* SPDX-License-Identifier: MIT */
/**
 * @file model.h
 * @brief A model: an immutable, columnar picture of a store, which everything that computes reads.
 */
#ifndef CRITMIN_MODEL_H
#define CRITMIN_MODEL_H

#include "critmin/export.h"
#include "critmin/selection.h"
#include "critmin/status.h"
#include "critmin/store.h"
#include "critmin/table.h"

CRITMIN_BEGIN

/** @defgroup model Models
 *  @{ */

/** A model. Immutable: any number of threads may read it, and it outlives its store. */
typedef struct critmin_model critmin_model;

/**
 * Loads a model. The selection (NULL for the whole store) narrows it to minerals and years, with the five years
 * before them, on which an answer may rest; its options `source` and `edition` say which of several figures for one
 * market and year it takes: by default, of the sources in order of rank, the first that has the market and year, and of
 * that source the newest edition.
 * @param[out] model freed with critmin_model_free().
 * Errors: ARGUMENT, UNKNOWN_NAME, YEAR_RANGE, MIXED_BASES, CORRUPT, MEMORY, CANCELLED, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_model_load(critmin_store *store, const critmin_selection *selection,
                                              critmin_progress progress, void *user, critmin_model **model,
                                              critmin_error *error);

/** Frees a model. NULL is ignored. */
CRITMIN_API void critmin_model_free(critmin_model *model);

/**
 * Size of a model: columns `part` (`figures`, `flows`, `indicators`, `parameters` with the prices, `dictionaries`),
 * `rows`, `bytes`.
 * @param[out] table owned by the caller. Errors: ARGUMENT, MEMORY. Any thread.
 */
CRITMIN_API critmin_status critmin_model_size(const critmin_model *model, critmin_table **table, critmin_error *error);

/** @} */

CRITMIN_END

#endif
