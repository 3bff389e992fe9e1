/* SPDX-License-Identifier: MIT */
/*
 * Rows of any relation, in and out, as the descriptors in relation.h say: the one place where a row is validated, its names are
 * resolved, and it meets SQL. Callers hold the store (cm_store_enter) and, to write, a step (cm_store_write_begin).
 */
#ifndef CM_STORE_ROWS_H
#define CM_STORE_ROWS_H

#include <stdint.h>

#include "base/error.h"
#include "base/selection.h"
#include "critmin/table.h"
#include "store/handle.h"
#include "store/relation.h"

enum {
  CM_INSERT = 0, /* a row with the key of one that is there: DUPLICATE_KEY */
  CM_REPLACE = 1, /* it replaces that one, whose id stays */
  CM_REPLACE_ONCE = 2 /* the same, but two rows with one key from one writer: DUPLICATE_KEY */
};

/* The relation of that name or plural; NULL with UNKNOWN_NAME, and the nearest. */
const cm_relation *cm_relation_named(const char *name, critmin_error *error);

/* Writes rows one by one with statements prepared once. One writer at a time per relation. */
typedef struct cm_writer cm_writer;
critmin_status cm_writer_open(critmin_store *store, const cm_relation *relation, int mode, cm_writer **writer,
                              critmin_error *error);
void cm_writer_close(cm_writer *writer);
/*
 * One row: `values` holds a text for each field of the relation, in its order; NULL or "" is empty. Fields with an initial value take
 * it. Validates types, words, ranges, intervals, references, the chain, unit and basis (a basis that the market has no content
 * factor for is MIXED_BASES). On failure nothing is written and error->column is the field's number, from 1. *replaced tells
 * whether a row was.
 */
critmin_status cm_writer_row(cm_writer *writer, const char *const *values, int *replaced, critmin_error *error);
/* The same with numbers that are at hand as doubles: where numbers[i] is not NaN it stands for values[i]. numbers may be NULL. */
critmin_status cm_writer_row_mixed(cm_writer *writer, const char *const *values, const double *numbers, int *replaced,
                                   critmin_error *error);

/* After the last row of a bulk: rules over many rows, such as shares of one market that sum to more than 1 (SHARE_RANGE). */
critmin_status cm_writer_finish(cm_writer *writer, critmin_error *error);

/* Whether a row, as texts in the order of the fields, is the total of a country that lists of producers show: it follows
 * from the country's figures and is not one to write. */
int cm_producer_is_total(const cm_relation *relation, const char *const *values);

/* The rows of a relation that a selection (may be NULL) and equal fields (n may be 0) leave, ordered by key, in the CSV layout. */
critmin_status cm_rows_table(critmin_store *store, const cm_relation *relation, const critmin_selection *selection,
                             const char *const *names, const char *const *values, int n, critmin_table **table,
                             critmin_error *error);
/* Deletes the rows whose fields equal the given ones; IN_USE where they are referred to. */
critmin_status cm_rows_delete(critmin_store *store, const cm_relation *relation, const char *const *names,
                              const char *const *values, int n, int64_t *deleted, critmin_error *error);

/*
 * Names to ids. Lookups accept keys, names, and aliases: `publisher` (a source key) adds that publisher's own words, NULL the words
 * of all of them where they agree. A word that is none is UNKNOWN_NAME, with the nearest.
 */
critmin_status cm_resolve_country(critmin_store *store, const char *publisher, const char *word, int64_t *id,
                                  critmin_error *error);
critmin_status cm_resolve_group(critmin_store *store, const char *word, int64_t *id, critmin_error *error);
critmin_status cm_resolve_mineral(critmin_store *store, const char *publisher, const char *word, int64_t *id,
                                  critmin_error *error);
/* A stage of one mineral: its key, a kind that one stage of the chain has, or a word for either. STAGE_NOT_IN_CHAIN names the chain. */
critmin_status cm_resolve_stage(critmin_store *store, const char *publisher, int64_t mineral, const char *word, int64_t *id,
                                critmin_error *error);

#endif
