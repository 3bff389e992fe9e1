/* SPDX-License-Identifier: MIT */
/**
 * @file agreement.h
 * @brief Agreements as records: create, read, change, delete, list, iterate.
 */
#ifndef CRITMIN_AGREEMENT_H
#define CRITMIN_AGREEMENT_H

#include "critmin/export.h"
#include "critmin/selection.h"
#include "critmin/status.h"
#include "critmin/store.h"
#include "critmin/table.h"

CRITMIN_BEGIN

/** @defgroup agreement Agreements
 *  @{ */

/**
 * A record of an agreement: a commitment between parties, of which it has one at least. A commitment in its list is of
 * tonnes, of a share, a right, or of money, as its `kind` says.
 *
 * Fields: `agreement` (the key), `name`, `kind`, `status`, `signed`, `effective`, `until`, `supersedes`,
 * `confidence`, `note`. Lists: `party` (`country`, `name`, `role`), `scope` (`mineral`, `stage`), `commitment`
 * (`kind`, `mineral`, `stage`, `buyer`, `seller`, `producer`, `tonnes`, `share`, `amount`, `currency`,
 * `money_year`, `from`, `ramp_months`, `until`, `basis`, `probability`, `additionality`, `note`), `citation`
 * (`source`).
 *
 * A field is addressed by its name, a field of a list's item as `list[index].field` with indices from 0; setting
 * a field at index critmin_agreement_count() appends an item. Every field can be read and set as text; numbers
 * also as doubles. critmin_store_fields() describes them all. A record is the caller's own copy: nothing is stored before
 * critmin_agreement_write(). One thread at a time; it must not outlive its store.
 */
typedef struct critmin_agreement critmin_agreement;

/**
 * A new record with that key, not stored yet. @param[out] agreement freed with critmin_agreement_free().
 * Errors: ARGUMENT, DUPLICATE_KEY, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_agreement_new(critmin_store *store, const char *key, critmin_agreement **agreement,
                                                 critmin_error *error);

/**
 * Reads the record with that key. @param[out] agreement freed with critmin_agreement_free().
 * Errors: ARGUMENT, NOT_FOUND (suggests the nearest), MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_agreement_read(critmin_store *store, const char *key, critmin_agreement **agreement,
                                                  critmin_error *error);

/** Frees a record; what was not written is forgotten. NULL is ignored. */
CRITMIN_API void critmin_agreement_free(critmin_agreement *agreement);

/**
 * Text of a field; numbers as the shortest decimal that reads back the same. @param[out] text borrowed until the field is set
 * or the record freed; NULL when the field is empty. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index).
 */
CRITMIN_API critmin_status critmin_agreement_text(critmin_agreement *agreement, const char *field, const char **text,
                                                  critmin_error *error);

/** Number of a field; NaN when it is empty. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE (not a number). */
CRITMIN_API critmin_status critmin_agreement_number(critmin_agreement *agreement, const char *field, double *number,
                                                    critmin_error *error);

/** Sets a field from text; NULL or "" empties it. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE, MEMORY. */
CRITMIN_API critmin_status critmin_agreement_set_text(critmin_agreement *agreement, const char *field, const char *text,
                                                      critmin_error *error);

/** Sets a field from a number; NaN empties it. Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND (index), INVALID_VALUE, MEMORY. */
CRITMIN_API critmin_status critmin_agreement_set_number(critmin_agreement *agreement, const char *field, double number,
                                                        critmin_error *error);

/** Number of items in a list. Errors: ARGUMENT, UNKNOWN_NAME. */
CRITMIN_API critmin_status critmin_agreement_count(critmin_agreement *agreement, const char *list, int64_t *count,
                                                   critmin_error *error);

/** Empties a list. Errors: ARGUMENT, UNKNOWN_NAME. */
CRITMIN_API critmin_status critmin_agreement_clear(critmin_agreement *agreement, const char *list, critmin_error *error);

/**
 * Stores the record, whole: a new one is added, one that was read is changed, with all its lists, in one transaction.
 * Errors: ARGUMENT, DUPLICATE_KEY, UNKNOWN_NAME (a reference), MISSING_VALUE, INVALID_VALUE, NEGATIVE, SHARE_RANGE,
 * STAGE_NOT_IN_CHAIN, MIXED_BASES, IN_USE, READ_ONLY, LOCKED, DISK_FULL, BUSY, FORKED. On failure nothing is written.
 */
CRITMIN_API critmin_status critmin_agreement_write(critmin_agreement *agreement, critmin_error *error);

/** Deletes the record with that key and its lists. Errors: ARGUMENT, NOT_FOUND, IN_USE, READ_ONLY, LOCKED, BUSY, FORKED. */
CRITMIN_API critmin_status critmin_agreement_delete(critmin_store *store, const char *key, critmin_error *error);

/**
 * Lists records, one row each, fields as columns. `selection` may be NULL; its option `date` asks for those of a day, as
 * critmin_store_list() tells. @param[out] table owned by the caller.
 * Errors: ARGUMENT, UNKNOWN_NAME, YEAR_RANGE, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_agreement_list(critmin_store *store, const critmin_selection *selection,
                                                  critmin_table **table, critmin_error *error);

/**
 * Calls `visit` with each selected record, in order of key. The record is the library's, and lasts for the call; any
 * value but 0 ends the iteration. The store must not be closed from inside. @param selection may be NULL.
 * Errors: ARGUMENT, UNKNOWN_NAME, YEAR_RANGE, CANCELLED (visit ended it), MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_agreement_iterate(critmin_store *store, const critmin_selection *selection,
                                                     int32_t (*visit)(void *user, critmin_agreement *agreement), void *user,
                                                     critmin_error *error);

/** @} */

CRITMIN_END

#endif
