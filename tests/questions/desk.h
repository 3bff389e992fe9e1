/* SPDX-License-Identifier: MIT */
/* What those who ask have on their desk: the reference data, a store of their own, and tables to read answers from. */
#ifndef CRITMIN_TESTS_QUESTIONS_DESK_H
#define CRITMIN_TESTS_QUESTIONS_DESK_H

#include <check.h>
#include <critmin/critmin.h>

/* A set of tests over the reference data: one model for all, the store opened for each, since none outlives a fork. */
TCase *desk_case(const char *name);
critmin_store *desk_reference(void);
const critmin_model *desk_model(void);

/* A copy of the reference data to which one adds one's own figures, under the source and edition `own`. */
critmin_store *desk_own_store(void);
/* Closes it, and removes the file. */
void desk_own_close(critmin_store *store);
/* Writes a row: "figure|mineral=cobalt|stage=mining|...", each field once. */
void desk_set(critmin_store *store, const char *row);
critmin_model *desk_load(critmin_store *store);

/* "metric=hhi|mineral=cobalt|year=2024|set=residual=lower". Tables are the caller's. */
critmin_selection *desk_selection(const char *words);
critmin_table *desk_metric(const critmin_model *model, const char *words);
critmin_table *desk_compare(const critmin_model *model, const char *words);
critmin_table *desk_list(critmin_store *store, const char *what, const char *words);

/* A table of what comes of a scenario; in its text ' stands for ". */
critmin_table *desk_scenario(const critmin_model *model, critmin_store *store, const char *json, int64_t draws,
                             const char *table);

/* The one row in which all columns say so: "country=USA|metric=hhi"; a number is compared as it is printed. */
int64_t desk_row(const critmin_table *table, const char *words);
double desk_number(const critmin_table *table, const char *words, const char *column);
const char *desk_text(const critmin_table *table, int64_t row, const char *column);
/* Whether a list joined with ; has the word. */
int desk_has(const char *list, const char *word);

/* value, low and high of the row. */
critmin_interval desk_interval(const critmin_table *table, const char *words);

/* Equal but for rounding. */
#define ck_near(is, wanted) ck_assert_double_eq_tol(is, wanted, 1e-9 * (1 + fabs((double)(wanted))))
/* As exact as the worked figure is printed. */
#define ck_within(is, wanted, by) ck_assert_double_eq_tol(is, wanted, by)
#define ck_fine(call, error) ck_assert_msg((call) == CRITMIN_OK, "%s", (error).message)

#endif
