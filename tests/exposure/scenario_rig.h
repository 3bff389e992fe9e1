/* SPDX-License-Identifier: MIT */
/* Running scenarios in tests, over the reference data. */
#ifndef CRITMIN_TESTS_EXPOSURE_SCENARIO_RIG_H
#define CRITMIN_TESTS_EXPOSURE_SCENARIO_RIG_H

#include "critmin/critmin.h"
#include "suites.h"

/* Loaded once for each set of tests. */
void rig_load(void);
void rig_free(void);
critmin_model *rig_model(void);

/* The document with every ' as ", freed with free(). */
char *rig_json(const char *text);
critmin_scenario *rig_read(critmin_store *store, const char *text);
critmin_outcome *rig_run(const critmin_scenario *scenario, int64_t draws, int32_t threads);
/* Reads and runs a document that names no record. */
critmin_outcome *rig_outcome(const char *text);

/* A cell of the row of a table in which `column` says `word`, and the case and country are those, NULL for any. */
double rig_cell(const critmin_outcome *outcome, const char *table, const char *in_case, const char *country,
                const char *column, const char *word, const char *cell);
/* A measure of the table `users`: "value", "low" or "high". */
double rig_measure(const critmin_outcome *outcome, const char *in_case, const char *measure, const char *end);

#endif
