/* SPDX-License-Identifier: MIT */
/**
 * @file restriction.h
 * @brief Restrictions as records: create, read, change, delete, list, iterate.
 */
#ifndef CRITMIN_RESTRICTION_H
#define CRITMIN_RESTRICTION_H

#include "critmin/export.h"
#include "critmin/selection.h"
#include "critmin/status.h"
#include "critmin/store.h"
#include "critmin/table.h"

CRITMIN_BEGIN

/** @defgroup restriction Restrictions
 *  @{ */

/**
 * A record of a restriction: a ban, quota, licence, tax or non-state disruption.
 *
 * `country` is who restricts, a country or a group; it is empty where no state does. Without a target it is against
 * everybody.
 *
 * Fields: `restriction` (the key), `kind`, `basis`, `country`, `announced`, `effective`, `until`, `share`,
 * `share_low`, `share_high`, `rate`, `effect`, `confidence`, `note`. Lists: `scope` (`mineral`, `stage`, `hs`),
 * `target` (`country`), `suspension` (`from`, `until`, `note`), `citation` (`source`).
 *
 * A field is addressed by its name, a field of a list's item as `list[index].field` with indices from 0; setting
 * a field at index critmin_restriction_count() appends an item. Every field can be read and set as text; numbers
 * also as doubles. critmin_store_fields() describes them all. A record is the caller's own copy: nothing is stored before
 * critmin_restriction_write(). One thread at a time; it must not outlive its store.
 */
typedef struct critmin_restriction critmin_restriction;

/**
 * A new record with that key, not stored yet. @param[out] restriction freed with critmin_restriction_free().
 * Errors: ARGUMENT, DUPLICATE_KEY, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_restriction_new(critmin_store *store, const char *key, critmin_restriction **restriction,
                                                   critmin_error *error);

/**
 * Reads the record with that key. @param[out] restriction freed with critmin_restriction_free().
 * Errors: ARGUMENT, NOT_FOUND (suggests the nearest), MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_restriction_read(critmin_store *store, const char *key, critmin_restriction **restriction,
                                                    critmin_error *error);

/** Frees a record; what was not written is forgotten. NULL is ignored. */
CRITMIN_API void critmin_restriction_free(critmin_restriction *restriction);

/**
 * Text of a field; numbers as the shortest decimal that reads back the same. @param[out] text borrowed until the field is set
 * or the record freed; NULL when the field is empty. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index).
 */
CRITMIN_API critmin_status critmin_restriction_text(critmin_restriction *restriction, const char *field, const char **text,
                                                    critmin_error *error);

/** Number of a field; NaN when it is empty. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE (not a number). */
CRITMIN_API critmin_status critmin_restriction_number(critmin_restriction *restriction, const char *field, double *number,
                                                      critmin_error *error);

/** Sets a field from text; NULL or "" empties it. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE, MEMORY. */
CRITMIN_API critmin_status critmin_restriction_set_text(critmin_restriction *restriction, const char *field, const char *text,
                                                        critmin_error *error);

/** Sets a field from a number; NaN empties it. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE, MEMORY. */
CRITMIN_API critmin_status critmin_restriction_set_number(critmin_restriction *restriction, const char *field, double number,
                                                          critmin_error *error);

/** Number of items in a list. Errors: ARGUMENT, UNKNOWN_NAME. */
CRITMIN_API critmin_status critmin_restriction_count(critmin_restriction *restriction, const char *list, int64_t *count,
                                                     critmin_error *error);

/** Empties a list. Errors: ARGUMENT, UNKNOWN_NAME. */
CRITMIN_API critmin_status critmin_restriction_clear(critmin_restriction *restriction, const char *list, critmin_error *error);

/**
 * Stores the record, whole: a new one is added, one that was read is changed, with all its lists, in one transaction.
 * Errors: ARGUMENT, DUPLICATE_KEY, UNKNOWN_NAME (a reference), MISSING_VALUE, INVALID_VALUE, NEGATIVE, SHARE_RANGE,
 * STAGE_NOT_IN_CHAIN, MIXED_BASES, IN_USE, READ_ONLY, LOCKED, DISK_FULL, BUSY, FORKED. On failure nothing is written.
 */
CRITMIN_API critmin_status critmin_restriction_write(critmin_restriction *restriction, critmin_error *error);

/** Deletes the record with that key and its lists. Errors: ARGUMENT, NOT_FOUND, IN_USE, READ_ONLY, LOCKED, BUSY, FORKED. */
CRITMIN_API critmin_status critmin_restriction_delete(critmin_store *store, const char *key, critmin_error *error);

/**
 * Lists records, one row each, fields as columns. `selection` may be NULL; its option `date` asks for those of a day, as
 * critmin_store_list() tells. @param[out] table owned by the caller.
 * Errors: ARGUMENT, UNKNOWN_NAME, YEAR_RANGE, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_restriction_list(critmin_store *store, const critmin_selection *selection,
                                                    critmin_table **table, critmin_error *error);

/**
 * Calls `visit` with each selected record, in order of key. The record is the library's, and lasts for the call; any
 * value but 0 ends the iteration. The store must not be closed from inside. @param selection may be NULL.
 * Errors: ARGUMENT, UNKNOWN_NAME, YEAR_RANGE, CANCELLED (visit ended it), MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_restriction_iterate(critmin_store *store, const critmin_selection *selection,
                                                       int32_t (*visit)(void *user, critmin_restriction *restriction), void *user,
                                                       critmin_error *error);

/** @} */

CRITMIN_END

#endif
