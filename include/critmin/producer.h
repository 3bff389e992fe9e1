/* SPDX-License-Identifier: MIT */
/**
 * @file producer.h
 * @brief Producers as records: create, read, change, delete, list, iterate.
 */
#ifndef CRITMIN_PRODUCER_H
#define CRITMIN_PRODUCER_H

#include "critmin/export.h"
#include "critmin/selection.h"
#include "critmin/status.h"
#include "critmin/store.h"
#include "critmin/table.h"

CRITMIN_BEGIN

/** @defgroup producer Producers
 *  @{ */

/**
 * A record of a producer: a facility or a company with owners. Country totals are producers too: they are listed, under their ISO code, from the figures that make them, and are written as figures.
 *
 * Fields: `producer` (the key), `name`, `kind`, `country`, `mineral`, `stage`, `status`, `confidence`, `note`.
 * Lists: `owner` (`owner`, `country`, `share`, empty where it is not known, `from`, `to`, `source`), `citation` (`source`).
 *
 * A field is addressed by its name, a field of a list's item as `list[index].field` with indices from 0; setting
 * a field at index critmin_producer_count() appends an item. Every field can be read and set as text; numbers
 * also as doubles. critmin_store_fields() describes them all. A record is the caller's own copy: nothing is stored before
 * critmin_producer_write(). One thread at a time; it must not outlive its store.
 */
typedef struct critmin_producer critmin_producer;

/**
 * A new record with that key, not stored yet. @param[out] producer freed with critmin_producer_free().
 * Errors: ARGUMENT, DUPLICATE_KEY, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_producer_new(critmin_store *store, const char *key, critmin_producer **producer,
                                                critmin_error *error);

/**
 * Reads the record with that key. @param[out] producer freed with critmin_producer_free().
 * Errors: ARGUMENT, NOT_FOUND (suggests the nearest), MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_producer_read(critmin_store *store, const char *key, critmin_producer **producer,
                                                 critmin_error *error);

/** Frees a record; what was not written is forgotten. NULL is ignored. */
CRITMIN_API void critmin_producer_free(critmin_producer *producer);

/**
 * Text of a field; numbers as the shortest decimal that reads back the same. @param[out] text borrowed until the field is set
 * or the record freed; NULL when the field is empty. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index).
 */
CRITMIN_API critmin_status critmin_producer_text(critmin_producer *producer, const char *field, const char **text,
                                                 critmin_error *error);

/** Number of a field; NaN when it is empty. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE (not a number). */
CRITMIN_API critmin_status critmin_producer_number(critmin_producer *producer, const char *field, double *number,
                                                   critmin_error *error);

/** Sets a field from text; NULL or "" empties it. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE, MEMORY. */
CRITMIN_API critmin_status critmin_producer_set_text(critmin_producer *producer, const char *field, const char *text,
                                                     critmin_error *error);

/** Sets a field from a number; NaN empties it. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE, MEMORY. */
CRITMIN_API critmin_status critmin_producer_set_number(critmin_producer *producer, const char *field, double number,
                                                       critmin_error *error);

/** Number of items in a list. Errors: ARGUMENT, UNKNOWN_NAME. */
CRITMIN_API critmin_status critmin_producer_count(critmin_producer *producer, const char *list, int64_t *count,
                                                  critmin_error *error);

/** Empties a list. Errors: ARGUMENT, UNKNOWN_NAME. */
CRITMIN_API critmin_status critmin_producer_clear(critmin_producer *producer, const char *list, critmin_error *error);

/**
 * Stores the record, whole: a new one is added, one that was read is changed, with all its lists, in one transaction.
 * Errors: ARGUMENT, DUPLICATE_KEY, UNKNOWN_NAME (a reference), MISSING_VALUE, INVALID_VALUE, NEGATIVE, SHARE_RANGE,
 * STAGE_NOT_IN_CHAIN, MIXED_BASES, IN_USE, READ_ONLY, LOCKED, DISK_FULL, BUSY, FORKED. On failure nothing is written.
 */
CRITMIN_API critmin_status critmin_producer_write(critmin_producer *producer, critmin_error *error);

/** Deletes the record with that key and its lists. Errors: ARGUMENT, NOT_FOUND, IN_USE, READ_ONLY, LOCKED, BUSY, FORKED. */
CRITMIN_API critmin_status critmin_producer_delete(critmin_store *store, const char *key, critmin_error *error);

/**
 * Lists records, one row each, fields as columns. `selection` may be NULL. @param[out] table owned by the caller.
 * Errors: ARGUMENT, UNKNOWN_NAME, YEAR_RANGE, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_producer_list(critmin_store *store, const critmin_selection *selection,
                                                 critmin_table **table, critmin_error *error);

/**
 * Calls `visit` with each selected record, in order of key. The record is the library's, and lasts for the call; any
 * value but 0 ends the iteration. The store must not be closed from inside. @param selection may be NULL.
 * Errors: ARGUMENT, UNKNOWN_NAME, YEAR_RANGE, CANCELLED (visit ended it), MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_producer_iterate(critmin_store *store, const critmin_selection *selection,
                                                    int32_t (*visit)(void *user, critmin_producer *producer), void *user,
                                                    critmin_error *error);

/** @} */

CRITMIN_END

#endif
