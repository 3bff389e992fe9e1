/* SPDX-License-Identifier: MIT */
/**
 * @file group.h
 * @brief Groups as records: create, read, change, delete, list, iterate.
 */
#ifndef CRITMIN_GROUP_H
#define CRITMIN_GROUP_H

#include "critmin/export.h"
#include "critmin/selection.h"
#include "critmin/status.h"
#include "critmin/store.h"
#include "critmin/table.h"

CRITMIN_BEGIN

/** @defgroup group Groups
 *  @{ */

/**
 * A record of a group of countries with membership dates, accepted wherever a country is.
 *
 * Fields: `group` (the key), `name`, `note`, `source`. List: `member` (`country`, `from`, `to`).
 *
 * A field is addressed by its name, a field of a list's item as `list[index].field` with indices from 0; setting
 * a field at index critmin_group_count() appends an item. Every field can be read and set as text; numbers
 * also as doubles. critmin_store_fields() describes them all. A record is the caller's own copy: nothing is stored before
 * critmin_group_write(). One thread at a time; it must not outlive its store.
 */
typedef struct critmin_group critmin_group;

/**
 * A new record with that key, not stored yet. @param[out] group freed with critmin_group_free().
 * Errors: ARGUMENT, DUPLICATE_KEY, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_group_new(critmin_store *store, const char *key, critmin_group **group,
                                             critmin_error *error);

/**
 * Reads the record with that key. @param[out] group freed with critmin_group_free().
 * Errors: ARGUMENT, NOT_FOUND (suggests the nearest), MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_group_read(critmin_store *store, const char *key, critmin_group **group,
                                              critmin_error *error);

/** Frees a record; what was not written is forgotten. NULL is ignored. */
CRITMIN_API void critmin_group_free(critmin_group *group);

/**
 * Text of a field; numbers as the shortest decimal that reads back the same. @param[out] text borrowed until the field is set
 * or the record freed; NULL when the field is empty. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index).
 */
CRITMIN_API critmin_status critmin_group_text(critmin_group *group, const char *field, const char **text,
                                              critmin_error *error);

/** Number of a field; NaN when it is empty. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE (not a number). */
CRITMIN_API critmin_status critmin_group_number(critmin_group *group, const char *field, double *number,
                                                critmin_error *error);

/** Sets a field from text; NULL or "" empties it. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE, MEMORY. */
CRITMIN_API critmin_status critmin_group_set_text(critmin_group *group, const char *field, const char *text,
                                                  critmin_error *error);

/** Sets a field from a number; NaN empties it. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE, MEMORY. */
CRITMIN_API critmin_status critmin_group_set_number(critmin_group *group, const char *field, double number,
                                                    critmin_error *error);

/** Number of items in a list. Errors: ARGUMENT, UNKNOWN_NAME. */
CRITMIN_API critmin_status critmin_group_count(critmin_group *group, const char *list, int64_t *count,
                                               critmin_error *error);

/** Empties a list. Errors: ARGUMENT, UNKNOWN_NAME. */
CRITMIN_API critmin_status critmin_group_clear(critmin_group *group, const char *list, critmin_error *error);

/**
 * Stores the record, whole: a new one is added, one that was read is changed, with all its lists, in one transaction.
 * Errors: ARGUMENT, DUPLICATE_KEY, UNKNOWN_NAME (a reference), MISSING_VALUE, INVALID_VALUE, NEGATIVE, SHARE_RANGE,
 * STAGE_NOT_IN_CHAIN, MIXED_BASES, IN_USE, READ_ONLY, LOCKED, DISK_FULL, BUSY, FORKED. On failure nothing is written.
 */
CRITMIN_API critmin_status critmin_group_write(critmin_group *group, critmin_error *error);

/** Deletes the record with that key and its lists. Errors: ARGUMENT, NOT_FOUND, IN_USE, READ_ONLY, LOCKED, BUSY, FORKED. */
CRITMIN_API critmin_status critmin_group_delete(critmin_store *store, const char *key, critmin_error *error);

/**
 * Lists records, one row each, fields as columns. `selection` may be NULL. @param[out] table owned by the caller.
 * Errors: ARGUMENT, UNKNOWN_NAME, YEAR_RANGE, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_group_list(critmin_store *store, const critmin_selection *selection,
                                              critmin_table **table, critmin_error *error);

/**
 * Calls `visit` with each selected record, in order of key. The record is the library's, and lasts for the call; any
 * value but 0 ends the iteration. The store must not be closed from inside. @param selection may be NULL.
 * Errors: ARGUMENT, UNKNOWN_NAME, YEAR_RANGE, CANCELLED (visit ended it), MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_group_iterate(critmin_store *store, const critmin_selection *selection,
                                                 int32_t (*visit)(void *user, critmin_group *group), void *user,
                                                 critmin_error *error);

/** @} */

CRITMIN_END

#endif
