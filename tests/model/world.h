/* SPDX-License-Identifier: MIT */
/* A small store in memory, and questions to it written in one line. */
#ifndef CRITMIN_TESTS_MODEL_WORLD_H
#define CRITMIN_TESTS_MODEL_WORLD_H

#include "critmin/critmin.h"

/*
 * Dictionaries only. Sources: `first` (rank 1; editions 2022, 2023), `second` (rank 2; edition 2021), `third` (no rank;
 * edition 2020), `wgi` (2024). Countries: USA, DEU, FRA, GBR, CHN, AUS in that order, WLD, OTH. Groups: EU27 (DEU, FRA;
 * GBR until January 2020), G7 (DEU, FRA, GBR, USA), PAIR (CHN, USA), LATE (AUS from 2030). Minerals: tin (mining,
 * smelter and refined of kind processing, alloy), the group `both` (mining, oxide) of `one` and `two` (mining, oxide).
 */
critmin_store *world(void);

/* "relation|field=value|field=value"; must succeed. */
void world_set(critmin_store *store, const char *row);
/* A figure of tin's mining in 2020 from first/2022, in tonnes of content, where the row does not say otherwise. */
void world_figure(critmin_store *store, const char *country, const char *value, const char *more);
/* The same, reported or withheld: countries and values, ending in NULL; value NULL: withheld. */
void world_market(critmin_store *store, const char *more, ...);

/* "metric=hhi|mineral=tin|year=2020:2021|residual=upper": dimensions are added, years set, everything else an option.
 */
critmin_selection *world_selection(const char *words);
/* Loads with a selection, or all when NULL. */
critmin_model *world_model(critmin_store *store, const char *words);
/* The answer to a question; the store is loaded whole for it. */
critmin_table *world_ask(critmin_store *store, const char *words);
critmin_table *world_explain(critmin_store *store, const char *words);
/* A question that is to fail so, with a message that holds `part`. */
void world_refuses(critmin_store *store, const char *words, critmin_status status, const char *part);

double cell(const critmin_table *table, int64_t row, const char *column);
const char *word(const critmin_table *table, int64_t row, const char *column);
/* Whether a row has a flag. */
int flagged(const critmin_table *table, int64_t row, const char *flag);
/* Row whose column says so; fails when there is none. */
int64_t row_of(const critmin_table *table, const char *column, const char *text);

#define ck_close(is, wanted) ck_assert_double_eq_tol(is, wanted, 1e-12)
#define ck_interval(table, row, a, b, c)    \
  do {                                      \
    ck_close(cell(table, row, "value"), a); \
    ck_close(cell(table, row, "low"), b);   \
    ck_close(cell(table, row, "high"), c);  \
  } while (0)

#endif
