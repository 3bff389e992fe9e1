/* SPDX-License-Identifier: MIT */
/**
 * @file scenario.h
 * @brief Scenarios: what happens if it stops, how long stocks last, and what agreements and reserves change.
 *
 * A scenario is a JSON document: shocks, the users they hit, and what answers them. Read one, run it over a model, and
 * take the tables of its outcome. docs/scenarios.md tells what may stand in one; critmin_scenario_keys() lists it.
 */
#ifndef CRITMIN_SCENARIO_H
#define CRITMIN_SCENARIO_H

#include "critmin/export.h"
#include "critmin/model.h"
#include "critmin/risk.h"
#include "critmin/status.h"
#include "critmin/store.h"
#include "critmin/table.h"

CRITMIN_BEGIN

/** @defgroup scenario Scenarios
 *  @{ */

/** A scenario. One thread at a time may change it; any number may run it. It outlives the store it was read with. */
typedef struct critmin_scenario critmin_scenario;

/**
 * Reads a scenario. The message of an error names the place inside the document (`shocks[0].share`), its row and column
 * are those of the text.
 * @param store where records that the document names are looked up; NULL will do where it names none.
 * @param json the document, NUL-terminated UTF-8.
 * @param[out] scenario freed with critmin_scenario_free().
 * Errors: ARGUMENT, FORMAT (no JSON, a key twice), UNKNOWN_NAME (a key or word nobody knows; the message suggests the
 * nearest), NOT_FOUND (a record), MISSING_VALUE, INVALID_VALUE, NEGATIVE, SHARE_RANGE, YEAR_RANGE, MEMORY, BUSY,
 * FORKED.
 */
CRITMIN_API critmin_status critmin_scenario_read(critmin_store *store, const char *json, critmin_scenario **scenario,
                                                 critmin_error *error);

/**
 * Makes a scenario of a restriction on record: its kind, countries, minerals, stages and targets, and the share that
 * its source says is held back, where one does. Its users are the countries it is aimed at; one that is aimed at nobody
 * needs `users` to be set before it is run.
 * @param key of the restriction. @param[out] scenario freed with critmin_scenario_free().
 * Errors: ARGUMENT, NOT_FOUND (the message suggests the nearest), INVALID_VALUE (a record that holds no goods back),
 * MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_scenario_of_restriction(critmin_store *store, const char *key,
                                                           critmin_scenario **scenario, critmin_error *error);

/**
 * Changes one value of a scenario, which is then checked as a whole.
 * @param store as in critmin_scenario_read().
 * @param path of the value, such as `users[0].inventory` or `assume.private_inventory`; an index one past the last
 *        adds an item.
 * @param value JSON; what is none is taken as text. NULL removes what is there.
 * Errors: those of critmin_scenario_read(); the scenario is then as it was.
 */
CRITMIN_API critmin_status critmin_scenario_set(critmin_scenario *scenario, critmin_store *store, const char *path,
                                                const char *value, critmin_error *error);

/**
 * Writes a scenario as JSON that reads back as the same. @param[out] json owned by the caller: free with
 * critmin_text_free(). Errors: ARGUMENT, MEMORY.
 */
CRITMIN_API critmin_status critmin_scenario_write(const critmin_scenario *scenario, char **json, critmin_error *error);

/** Frees a scenario. NULL is ignored. */
CRITMIN_API void critmin_scenario_free(critmin_scenario *scenario);

/**
 * What may stand in a scenario: columns `object`, `key`, `type`, `required` (1 or 0), `unit`, `default`, `low`, `high`,
 * `words`, `text`. A `range` is a number, or an object of `value`, `low` and `high`. @param[out] table owned by the
 * caller. Errors: ARGUMENT, MEMORY. Any thread.
 */
CRITMIN_API critmin_status critmin_scenario_keys(critmin_table **table, critmin_error *error);

/** How a scenario is run. Initialise with critmin_scenario_options_init(). */
typedef struct critmin_scenario_options {
  uint32_t struct_size; /**< sizeof(critmin_scenario_options) as the caller knows it. */
  int32_t threads;      /**< Worker threads, 0 for one per processor; the bits do not depend on it. */
  int64_t draws;        /**< How often all that is not known is drawn; 0: not at all. */
  uint64_t seed;        /**< Of the draws. */
  int64_t first;        /**< Number of the first draw: those from it on are made. */
  const critmin_draws *drawn; /**< Draws of other ranges, as critmin_outcome_draws() gave them, of the same scenario,
                                   store, seed and version: they are added, and the outcome is that of one run to the
                                   last bit. NULL: none. Borrowed for the call. */
} critmin_scenario_options;

/** Sets `struct_size`, and all else to 0. Any thread. NULL is ignored. */
CRITMIN_API void critmin_scenario_options_init(critmin_scenario_options *options);

/** Size of ::critmin_scenario_options in this library. Any thread. */
CRITMIN_API int32_t critmin_scenario_options_size(void);

/** What comes of a scenario. Immutable: any number of threads may read it. It outlives model and scenario. */
typedef struct critmin_outcome critmin_outcome;

/**
 * Runs a scenario: with nothing that answers it, with its reserves, with its agreements, and with both.
 *
 * A value takes each number at its own value. `low` and `high` take all of them at their ends at once, at those that
 * do most and least harm, and the better and the worse order of drawing on stocks: everything that the intervals allow
 * lies between. Where the tonnes that a user needs are on no record, stocks are carried in days of its demand. What
 * nobody published is taken from the scenario, else from the store's assumptions, and the results say ASSUMED.
 * @param options may be NULL: no draws.
 * @param[out] outcome freed with critmin_outcome_free().
 * Errors: ARGUMENT, UNKNOWN_NAME, STAGE_NOT_IN_CHAIN, MISSING_VALUE and INVALID_VALUE, each with the place in the
 * document (INVALID_VALUE where no mix of options reaches the target); EMPTY_SELECTION where no shock touches any user;
 * UNSUPPORTED where there are options, and no solver for linear programmes; MEMORY, CANCELLED. Any thread.
 */
CRITMIN_API critmin_status critmin_scenario_run(const critmin_model *model, const critmin_scenario *scenario,
                                                const critmin_scenario_options *options, critmin_progress progress,
                                                void *user, critmin_outcome **outcome, critmin_error *error);

/**
 * What was drawn, to be written with critmin_draws_save(), merged with critmin_draws_merge(), and given to another run.
 * Its size does not depend on how many draws there were: numbers are counted in bins of 0.1 per cent.
 * @param[out] draws borrowed until the outcome is freed; NULL where nothing was drawn. Errors: ARGUMENT.
 */
CRITMIN_API critmin_status critmin_outcome_draws(const critmin_outcome *outcome, const critmin_draws **draws,
                                                 critmin_error *error);

/** Frees an outcome; tables made from it live on. NULL is ignored. */
CRITMIN_API void critmin_outcome_free(critmin_outcome *outcome);

/**
 * A table of an outcome. Unless it says otherwise one has the columns `case` (`neither`, `reserve`, `agreement`,
 * `both`), `country`, `mineral` and `stage`, of the user, and `value`, `low`, `high`.
 * - `summary`: columns `measure`, `unit`, `flags` besides. When each user runs short (`days_to_shortage`, +infinity:
 *   not within the horizon; with the flag CENSORED it may come later, without it never does), and what it lacks in all,
 *   in days of its demand (`days_unmet`).
 *   Columns `best`, `proportional`, `worst`: the value, if what remains were pooled and it were served before all
 *   others, if all got the same share of their needs, and if it came last; NaN where nobody knows the tonnes of those
 *   it would share with.
 * - `users`: the same with all measures: `share_missing` (the largest part of a day's demand that does not arrive,
 *   before any stock), `days_of_cover` (stocks over demand), `days_against` (stocks over what is missing),
 *   `inventory_empty`, `share_unmet` (of the demand of the whole horizon), and, where the demand is known, `unmet` in
 *   tonnes.
 * - `weeks`: `week` (from 1), `day` (its first), and the share of the week's demand that is unmet.
 * - `reserves`: `reserve`, `measure` (`held`, `empty`, `released`), `unit`, `flags`.
 * - `attribution`: `shock`, and the part that it has in what is unmet with neither reserve nor agreement, in days of
 *   demand: Shapley values, which add up to the whole; `low` and `high` are those of all inputs at their ends, no
 * bounds of a part. `error` is their standard error, above 0 where there are so many shocks that orders are sampled.
 * - `worth`: what one unit more brings, at the values, of each answer (`instrument`, `kind`: `reserve`, `agreement`,
 *   `inventory`), and of one that is not there yet (`new`: a unit in store, or a year of deliveries from the first day
 *   on) at each stage of the user's chain that anything is on record of (`at`): `unit` (`t`, `t/a`, or days of demand,
 *   `d`, `d/a`, where nobody knows tonnes), `reaches` (the part of it that gets through to the user's stage with the
 *   countries of the shocks taken out, as for effective_dependency), `days_later` (of shortage), `unmet_less` in
 *   `unmet_unit`, and `unmet_more`, what one unit less would cost: the same but at a kink; NaN where there is none. No
 *   `value`, `low`, `high`.
 * - `cost`: columns `measure`, `unit`, `year` (of the price, or of the value added; missing where the document says
 *   them), `flags` besides; of what stocks do not bridge, week by week. If prices share out what is there: `price` (the
 *   highest of any week, in multiples of today's), `expenditure_share` (what is paid more over the horizon, over what
 *   would be paid at today's price; below 0 where there is little left to buy), `loss_share` (what users lose, the area
 *   left of their demand curve), and both in dollars, `expenditure` and `loss`. If what is there is rationed:
 *   `value_at_stake`, what the sectors that use it no longer add in value when all bear the same share of it, between
 *   `value_at_stake_efficient` (those that make least of a tonne go short first) and `value_at_stake_perverse`. The two
 *   ways are not to be added. NaN, with the flag NO_DATA, where nobody says an elasticity, a price or a value.
 * - `mitigation`: what of each option of the document the cheapest mix has that keeps the mean of the worst outcomes at
 *   or below the target, so that no more than the target is missing with the document's probability, on top of all that
 *   answers already: `option`, `kind`, `units`, `unit` (`t`, `t/a`, or days of demand, `d`, `d/a`), `cost`, `cost_low`,
 *   `cost_high` (of these units, at the value and the ends of what one costs), `flags`. The outcomes are the first 200
 *   draws at most; without draws there is one, that of the values. No rows without options.
 * - `cost_curve`: the document's target, then others from what is missing with nothing bought down to none: `target`
 *   (days of demand), `cost`, `cost_low`, `cost_high`, `cost_per_day` (of each day less than the row before), `tail` (the
 *   mean of the worst outcomes, with the mix), `probability` (that no more than the target is missing), `flags`; NaN
 *   where no mix within the limits reaches it.
 * - `draws`: `measure`, `unit`, `mean`, `error`, `p05`, `p50`, `p95`, `var95`, `cvar95`, `probability` (that the user
 *   runs short at all), `var95_low`, `var95_high`, `cvar95_error`, `draws`; no rows without draws, and no `value`, `low`,
 *   `high`. Quantiles are known to 0.1 per cent.
 * - `tail`: `shock`, `cvar95` (days of demand that it has in the mean of the worst 5 per cent of draws: Euler's rule,
 *   what is unmet in a draw being shared as what each shock would withhold by itself; they add up), `share` of the whole;
 *   no rows without draws, and no `value`, `low`, `high`.
 * - `inputs`: every number that entered, of no case or user: `path`, `what`, `value`, `low`, `high`, `unit`, `origin`
 *   (`scenario`, `record`, `assumption`, `model`, `default`), `key`, `text` (who says so, or why it is assumed),
 *   `flags`.
 * @param[out] table owned by the caller. Errors: ARGUMENT, UNKNOWN_NAME (`what`), MEMORY.
 */
CRITMIN_API critmin_status critmin_outcome_table(const critmin_outcome *outcome, const char *what,
                                                 critmin_table **table, critmin_error *error);

/**
 * Names what is behind one cell of an outcome: the row of a table that is of a user, or of `inputs`.
 *
 * Rows by `role`. `input`: a number that entered, with `path` in the document, `what`, `value`, `low`, `high`, `unit`,
 * `origin`, `key`, `flags` and `note` as in the table `inputs`; `at_low` and `at_high` are what the cell would be with
 * this input alone at its ends (NaN where the input has none, the cell no value, or it is no function of one course:
 * in `attribution`, `worth`, `cost` and `draws`). `day`: a `day` within the horizon on which something changes, `what`
 * does (`begins`, `ends`, `is empty`, `runs short`, ...), at `path` with its name in `key`; `value` is the part of a
 * day's demand that does not arrive from then on, before any stock is drawn. `record`: a `source` of a restriction,
 * reserve or agreement on record that is part of it. All others are the figures and flows behind dependence and demand, with columns `mineral`,
 * `stage`, `country`, `partner`, `from`, `to`, `value`, ..., `contribution`, `row`, `source`, `edition`, `publisher`,
 * `title`, `url`, `licence`, `note` as critmin_metric_explain() has them; `path` is the input that they are behind.
 * @param model that the scenario was run over; NULL leaves out figures and who publishes a source.
 * @param what as in critmin_outcome_table(). @param row of that table, from 0.
 * @param[out] table owned by the caller. Errors: ARGUMENT (there is no such row), UNKNOWN_NAME (`what`), MEMORY. Any
 * thread.
 */
CRITMIN_API critmin_status critmin_outcome_explain(const critmin_outcome *outcome, const critmin_model *model,
                                                   const char *what, int64_t row, critmin_table **table,
                                                   critmin_error *error);

/** @} */

CRITMIN_END

#endif
