/* SPDX-License-Identifier: MIT */
/**
 * @file selection.h
 * @brief What one asks about: minerals, stages, countries or groups, partners, years, and parameters.
 */
#ifndef CRITMIN_SELECTION_H
#define CRITMIN_SELECTION_H

#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup selection Selections
 *  @{ */

/** A selection. Mutable: one thread at a time; functions that take it only read it. */
typedef struct critmin_selection critmin_selection;

/** A new selection, which selects everything. Freed with critmin_selection_free(). Errors: ARGUMENT, MEMORY. */
CRITMIN_API critmin_status critmin_selection_new(critmin_selection **selection, critmin_error *error);

/** Frees a selection. NULL is ignored. */
CRITMIN_API void critmin_selection_free(critmin_selection *selection);

/**
 * Adds a name along a dimension: `metric`, `mineral`, `stage`, `country`, `partner`, `measure`, `status`, `indicator`,
 * `key` or `kind`. Names along one dimension are alternatives; dimensions combine. Names are looked up, with aliases
 * and case ignored, when the selection is used; ids, ISO codes, group keys and publishers' words all do.
 * Errors: ARGUMENT, UNKNOWN_NAME (dimension), MEMORY.
 */
CRITMIN_API critmin_status critmin_selection_add(critmin_selection *selection, const char *dimension, const char *name,
                                                 critmin_error *error);

/** Restricts to years first to last, both included. Errors: ARGUMENT, YEAR_RANGE. */
CRITMIN_API critmin_status critmin_selection_years(critmin_selection *selection, int32_t first, int32_t last,
                                                   critmin_error *error);

/**
 * Sets an option. `year` may be `newest`: the newest year on record of each metric, mineral, stage and country, one of
 * projections only where there is no other; not beside years that are restricted. `order` may be `key` or `value`: rows
 * as they come, or by falling value over the whole table, those without one last. `source` (a source key) overrides the
 * ranks that choose one source for each market and year; `edition` (an ISO date) takes, of each source, the newest
 * edition by that date; `date` (an ISO date) asks for what was so on a day; any other name, or `order` with another
 * value, is a metric's parameter, `PARAM` for every metric that has it or `METRIC.PARAM` for one, checked when the
 * selection is used.
 * Setting an option again replaces it. Errors: ARGUMENT, INVALID_VALUE (a malformed date, another year), MEMORY.
 */
CRITMIN_API critmin_status critmin_selection_set(critmin_selection *selection, const char *option, const char *value,
                                                 critmin_error *error);

/** @} */

CRITMIN_END

#endif
