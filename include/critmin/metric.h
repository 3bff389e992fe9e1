/* SPDX-License-Identifier: MIT */
/**
 * @file metric.h
 * @brief The catalogue: metrics by name over a model and a selection, many cells in one call.
 */
#ifndef CRITMIN_METRIC_H
#define CRITMIN_METRIC_H

#include "critmin/export.h"
#include "critmin/model.h"
#include "critmin/selection.h"
#include "critmin/status.h"
#include "critmin/table.h"

CRITMIN_BEGIN

/** @defgroup metric Catalogue of metrics
 *  @{ */

/**
 * The metrics: columns `metric`, `unit`, `low`, `high`, `subject`, `verified` (1 or 0), `citation`, `text`.
 *
 * `subject` is what a metric is about, and so what the selection's countries are: of a `market` groups that count as one
 * producer; of a `country` producers, each by itself; of a `supplier` the one that is taken out, the largest unless
 * named; of a `user` who uses the mineral; of a `pair` that, beside each `partner`; of what is `assessed` whom the
 * assessment is made for, its own country unless named.
 * @param[out] table owned by the caller. Errors: MEMORY. Any thread.
 */
CRITMIN_API critmin_status critmin_metric_list(critmin_table **table, critmin_error *error);

/**
 * The same, and after them the composites of the store that the model was loaded from (docs/composites.md): `verified`
 * 0, `citation` their name, `text` their definition. @param[out] table owned by the caller. Errors: MEMORY. Any thread.
 */
CRITMIN_API critmin_status critmin_metric_list_of(const critmin_model *model, critmin_table **table,
                                                  critmin_error *error);

/**
 * The parameters of a metric (NULL for all): columns `metric`, `parameter`, `type`, `default`, `low`, `high`, `words`,
 * `unit`, `source`, `text`. @param[out] table owned by the caller. Errors: UNKNOWN_NAME, MEMORY. Any thread.
 */
CRITMIN_API critmin_status critmin_metric_parameters(const char *metric, critmin_table **table, critmin_error *error);

/**
 * Computes the selected metrics for the selected minerals, stages, countries and years. A composite of the store is
 * asked for by its key, like a metric of the library; its criteria are answered from the same selection, and have no
 * parameters but those of the definition.
 *
 * Columns: `metric`, `mineral`, `stage`, `country`, `partner`, `year`, `value`, `low`, `high`, `unit`, `flags` (names
 * joined with `;`), `coverage`, `source`, `edition` (joined with `;` where there are several), `params`. Rows come in
 * the order of the selection's metrics, then by mineral, stage, year, country and partner, unless the option `order`
 * says otherwise. Without years every year on record is answered. A cell that was asked for by name and cannot be
 * computed is a row with NaN and flags, never 0 and never left out.
 *
 * Stages are kinds or names; the stages of one kind are never summed. A group stands where a country does: in country
 * metrics as one row, members netted; in market metrics the groups named along `country` are each counted as one
 * producer. A plain country concerns the metrics that take one; where all are of markets it is refused. In metrics of
 * pairs `country` names who is supplied (none: all on record) and `partner` who supplies (none: all on record, what the
 * listed leave as `OTH`, and of supply what is made at home, beside the country itself, so that the rows sum to 1). A
 * country that was not asked for by name with mineral, stage and year has no row where nothing can be said of it. A
 * mineral that is a group stands for itself where it has figures, and for its members elsewhere.
 *
 * @param threads worker threads, 0 for one per processor; the answer does not depend on it.
 * @param[out] table owned by the caller.
 * Errors: ARGUMENT, UNKNOWN_NAME, STAGE_NOT_IN_CHAIN, YEAR_RANGE, EMPTY_SELECTION, PARAMETER, MEMORY, CANCELLED. Any
 * thread.
 */
CRITMIN_API critmin_status critmin_metric_compute(const critmin_model *model, const critmin_selection *selection,
                                                  int32_t threads, critmin_progress progress, void *user,
                                                  critmin_table **table, critmin_error *error);

/**
 * Names every row and source behind one cell: the selection must come down to a single one.
 * Columns: `role` (`producer`, `total`, `residual`, `governance`, `imports`, `flow`, and, where a share of one
 * partner is asked for, `other_flow` for the others that make the whole, ...), `mineral`, `stage`, `country`,
 * `partner` (the exporter of a flow into the country), `from`, `to`, `value`, `low`, `high`, `unit`, `basis`, `status`,
 * `contribution` (what the row adds to the value, NaN where it adds nothing by itself), `row` (the figure's number in
 * the store), `source`, `edition`, `publisher`, `title`, `url`, `licence`, `note`.
 * @param[out] table owned by the caller.
 * Errors: those of critmin_metric_compute(); ARGUMENT when the selection is of several cells. Any thread.
 */
CRITMIN_API critmin_status critmin_metric_explain(const critmin_model *model, const critmin_selection *selection,
                                                  critmin_table **table, critmin_error *error);

/**
 * Methods side by side for one country (or none) and one year: scores with ranks, who calls what critical, and what
 * makes a mineral stand where it does.
 *
 * Ranks are among all minerals of the model, whichever are named to be shown. Rows by mineral: of the kind `score` one
 * for each method, the metrics named along `metric` (composites too), or the usual ones that can be answered. Of
 * several stages the highest counts, where the method has none of the mineral as a whole. Columns `mineral`, `kind`,
 * `method`, `stage`; `value`, `low`, `high`, `unit` as critmin_metric_compute() has them; `rank` from 1 for the
 * highest among the `ranked` minerals (ties take the best; groups of minerals have none); `rank_low` and `rank_high`,
 * the best and the worst that it can be with every score anywhere in its interval, where those that have an interval
 * and no value may stand above it, too; `threshold` of the publisher
 * and `critical`, 1 from there on; `input`, the input of the score that moves the rank most, and `moves`, by how many
 * places it falls when the mineral has that of the median mineral instead; `words`, `flags`, `source`, `edition`.
 *
 * Of the kind `list` one for each official list in force at the end of the year that the mineral, or a group that
 * holds it, is on: `method` its source, `critical`, `words` as it says. When two methods are named, of the kind
 * `difference` one for each mineral that both rank: `value` the first rank less the second, `input` the one whose
 * median brings the two closest, `moves` by how many places.
 *
 * Options of one metric are set as `METRIC.PARAMETER`.
 * @param[out] table owned by the caller.
 * Errors: those of critmin_metric_compute(); ARGUMENT when the selection is not of one year, or of several countries.
 * Any thread.
 */
CRITMIN_API critmin_status critmin_metric_compare(const critmin_model *model, const critmin_selection *selection,
                                                  int32_t threads, critmin_progress progress, void *user,
                                                  critmin_table **table, critmin_error *error);

/**
 * A composite of the store taken apart: one row for each cell and criterion, by year, with columns `mineral`, `stage`,
 * `country`, `partner`, `year`, `criterion`, `metric`, `raw`, `low`, `high`, `unit` (as the metric answers),
 * `normalised`, `weight` (of 1 in all), `effect` (the score less the score without the criterion), `score`, `rank`
 * (from 1 among those of its year, country and partner; ties take the best), and where draws are asked for
 * `probability` (to be among the first `top`) and `mean_rank`, as critmin_rank_robustness() has them.
 * @param selection names the composite along `metric`. @param concentration of the law that weights are drawn from,
 * around those of the definition; 0: every set of weights is as likely as any other. @param draws 0 for none. @param
 * threads 0 for one per processor.
 * @param[out] table owned by the caller.
 * Errors: those of critmin_metric_compute(), INVALID_VALUE. Any thread.
 */
CRITMIN_API critmin_status critmin_composite_detail(const critmin_model *model, const critmin_selection *selection,
                                                    int64_t top, double concentration, uint64_t seed, int64_t draws,
                                                    int32_t threads, critmin_progress progress, void *user,
                                                    critmin_table **table, critmin_error *error);

/** @} */

CRITMIN_END

#endif
