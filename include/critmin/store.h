/* SPDX-License-Identifier: MIT */
/**
 * @file store.h
 * @brief The store: facts with their sources, in one SQLite file or in the image inside the library.
 */
#ifndef CRITMIN_STORE_H
#define CRITMIN_STORE_H

#include "critmin/export.h"
#include "critmin/selection.h"
#include "critmin/status.h"
#include "critmin/table.h"

CRITMIN_BEGIN

/** @defgroup store Stores
 *  @{ */

/**
 * An open store. Serves one thread at a time: a second that enters while the first is inside gets
 * ::CRITMIN_ERROR_BUSY. Two stores share nothing. After fork the child gets ::CRITMIN_ERROR_FORKED from every
 * call but critmin_store_close(), and must open its own.
 */
typedef struct critmin_store critmin_store;

/** The path that names the reference data inside the library; read-only. */
#define CRITMIN_REFERENCE ":reference:"

/** What a new store starts with. */
enum {
  CRITMIN_INIT_EMPTY = 0,     /**< Schema only: no dictionary, no figure. */
  CRITMIN_INIT_REFERENCE = 1  /**< A copy of the reference data. */
};

/** How a store is opened. */
enum {
  CRITMIN_OPEN_READ = 0, /**< Nothing is written, not even a migration. */
  CRITMIN_OPEN_WRITE = 1 /**< May be written; a store of an older layout is migrated. */
};

/**
 * Creates a store file and closes it. `path` must not exist; `":memory:"` is refused here (open it instead).
 * On failure no file is left. Errors: ARGUMENT, EXISTS, IO, DISK_FULL, MEMORY, UNSUPPORTED (a build without reference
 * data). Any thread.
 */
CRITMIN_API critmin_status critmin_store_init(const char *path, int32_t content, critmin_error *error);

/**
 * Opens a store. `path` is a file, ::CRITMIN_REFERENCE (read-only), or `":memory:"` for an empty store that
 * lives as long as the handle. A file that is no store, is newer than the library, is damaged, may not be
 * written, or is held by another process is refused with its own status, and left untouched.
 * @param[out] store closed with critmin_store_close().
 * Errors: ARGUMENT, NOT_A_STORE, STORE_TOO_NEW, CORRUPT, READ_ONLY (also an older layout, to a reader), LOCKED, IO, MEMORY,
 * UNSUPPORTED (a build without reference data). Any thread.
 */
CRITMIN_API critmin_status critmin_store_open(const char *path, int32_t mode, critmin_store **store,
                                              critmin_error *error);

/** Closes a store; an open transaction is rolled back. Models and tables made from it live on. NULL is ignored. */
CRITMIN_API void critmin_store_close(critmin_store *store);

/**
 * Begins a transaction: what follows is written together by critmin_store_commit(), or not at all.
 * Outside one, each call that writes is a transaction of its own.
 * Errors: ARGUMENT, TRANSACTION (one is open), READ_ONLY, LOCKED, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_store_begin(critmin_store *store, critmin_error *error);

/**
 * Commits the open transaction. Errors: ARGUMENT, TRANSACTION (none is open), MISSING_VALUE (an agreement has no party; the
 * transaction stays open), DISK_FULL, IO, LOCKED, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_store_commit(critmin_store *store, critmin_error *error);

/** Undoes all that the open transaction wrote. Errors: ARGUMENT, TRANSACTION (none is open), BUSY, FORKED. */
CRITMIN_API critmin_status critmin_store_rollback(critmin_store *store, critmin_error *error);

/**
 * Copies the store, as last committed, to a new file. `path` must not exist; on failure or cancel no file is left.
 * Errors: ARGUMENT, EXISTS, IO, DISK_FULL, LOCKED, CANCELLED, TRANSACTION (one is open on a store in memory), BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_store_backup(critmin_store *store, const char *path, critmin_progress progress,
                                                void *user, critmin_error *error);

/**
 * Facts about the store, one row each: columns `name`, `value` (text). Path, layout and library version, size,
 * digest and vintage of the reference data, and the number of rows of each relation.
 * @param[out] table owned by the caller. Errors: ARGUMENT, MEMORY, BUSY, FORKED, CORRUPT.
 */
CRITMIN_API critmin_status critmin_store_info(critmin_store *store, critmin_table **table, critmin_error *error);

/**
 * Checks the store: damage, broken references, units and bases, shares, doubtful figures, and what is missing for
 * each mineral and stage. Columns: `severity` (`error` for what breaks a rule of the store, `finding` for a doubtful
 * figure nobody has explained, `explained` for one that the table `explanation` accounts for, `gap` for what no
 * source gives, `coverage` for what is there), `subject`, `mineral`, `stage`, `years` (text), `rows`, `message`, `source`.
 * @param[out] table owned by the caller. Errors: ARGUMENT, MEMORY, BUSY, FORKED, CORRUPT.
 */
CRITMIN_API critmin_status critmin_store_check(critmin_store *store, critmin_table **table, critmin_error *error);

/**
 * Lists a relation: `minerals`, `stages`, `countries`, `groups`, `producers`, `agreements`, `commitments`, `reserves`,
 * `restrictions`, `sources`, `editions`, `indicators`, `assumptions`, `relations` (what a store can hold), or
 * the singular name of any relation.
 * `selection` narrows the list where the relation has the dimension; NULL lists all. Of agreements, commitments,
 * reserves and restrictions `country` asks for those in which it acts or is named, on either side, by itself or by a
 * group that contains it; `partner` of restrictions for those that bind it, those against everybody included; `mineral`
 * for those that share one with it, groups counting as their members; `source` for those that cite it.
 * @param[out] table owned by the caller; its columns are those of the relation in the CSV layout.
 *
 * With the option `date` the list is that day's, and has further columns. A date shortened to a month or a year counts
 * as the last day it can mean. What has ended is left out; lists are keys joined with `;`.
 * - `agreements`: signed (or, where that is not known, effective) by then and not superseded by one that was; `state`
 *   (`in_force` where the day is known from which it is, else `signed`), `parties`, `minerals`, `sources`.
 * - `restrictions`: announced or effective by then; `state` (`announced`, `in_force`, `suspended`), `suspended_until`,
 *   `minerals`, `targets` (none: everybody), `sources`.
 * - `reserves`: of a programme what was said last by then, of the ground each source's newest edition; `sources`.
 * - `commitments`: of the agreements of that day; `state`; `acts` (1 for tonnes, and for a share of an output that is
 *   known; 0 for rights, money, and a producer of which no output is known although it is not said to work);
 *   `contracted` (in `unit`, of `contracted_basis`: a year's deliveries at the rate of that day, rising evenly over
 *   `ramp_months`; a share is one of the producer's newest `output`, production or else capacity, as `output_of`
 *   says; where commitments exceed that output all are cut alike), `expected` (times the probability, NaN where none is
 *   published), `low`, `high` (then 0 and all of it), `why`, `parties`, `sources`.
 * Errors: ARGUMENT, UNKNOWN_NAME, YEAR_RANGE, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_store_list(critmin_store *store, const char *what, const critmin_selection *selection,
                                              critmin_table **table, critmin_error *error);

/**
 * What happened from `since` to `until`, two days (yyyy-mm-dd) that both count, to what is agreed, held and forbidden:
 * an event a row, by day. Columns: `day` (as published, perhaps a month or a year, which counts as the last day it can
 * mean), `what` (`agreement`, `commitment`, `reserve`, `restriction`), `key` (of the record; of a commitment its
 * agreement's), `event`, `text`, and `countries`, `minerals`, `sources` (keys, joined with `;`). Events of agreements:
 * `signed`, `effective`, `ended`, `superseded`; of commitments: `delivery_begins`, `delivery_ends`; of strategic
 * reserves the state that is reported: `planned`, `existing`, `right`, `ended`, `said` where none is; of
 * restrictions: `announced`, `effective`, `ended`, `suspended`, `resumed`. What ends (also a suspension) does so with
 * its day. `selection` (NULL for all) narrows as in critmin_store_list(); its option `date` is not asked.
 * @param[out] table owned by the caller.
 * Errors: ARGUMENT, INVALID_VALUE (no day), YEAR_RANGE, UNKNOWN_NAME, STAGE_NOT_IN_CHAIN, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_store_changes(critmin_store *store, const char *since, const char *until,
                                                 const critmin_selection *selection, critmin_table **table,
                                                 critmin_error *error);

/**
 * The figures themselves, every edition, with status, source and edition, in the CSV layout that
 * critmin_store_import() reads back. `selection` (NULL for all) may name minerals, stages, countries, measures, years,
 * `source` and `edition`.
 * @param[out] table owned by the caller.
 * Errors: ARGUMENT, UNKNOWN_NAME, STAGE_NOT_IN_CHAIN, YEAR_RANGE, EMPTY_SELECTION, MEMORY, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_store_figures(critmin_store *store, const critmin_selection *selection,
                                                 critmin_table **table, critmin_error *error);

/**
 * Describes the fields of a relation: columns `field`, `type`, `unit`, `required`, `low`, `high`, `words`, `text`.
 * These are the columns of its CSV layout, the fields of its records, and the columns critmin_store_append() takes.
 * @param[out] table owned by the caller. Errors: ARGUMENT, UNKNOWN_NAME, MEMORY. Any thread.
 */
CRITMIN_API critmin_status critmin_store_fields(const char *relation, critmin_table **table, critmin_error *error);

/**
 * Writes one row of a relation, such as `figure` or `assumption`, from names and texts; a row with the same key
 * is replaced. `names` and `values` have `n` entries.
 * Errors: ARGUMENT, UNKNOWN_NAME, MISSING_VALUE, INVALID_VALUE, NEGATIVE, SHARE_RANGE, STAGE_NOT_IN_CHAIN, MIXED_BASES,
 * READ_ONLY, LOCKED, DISK_FULL, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_store_set(critmin_store *store, const char *relation, const char *const *names,
                                             const char *const *values, int32_t n, critmin_error *error);

/**
 * Removes the rows of a relation whose fields equal all the given ones. At least one field must be given.
 * @param[out] removed number of rows, may be NULL.
 * Errors: ARGUMENT, UNKNOWN_NAME, NOT_FOUND, IN_USE, READ_ONLY, LOCKED, BUSY, FORKED.
 */
CRITMIN_API critmin_status critmin_store_remove(critmin_store *store, const char *relation, const char *const *names,
                                                const char *const *values, int32_t n, int64_t *removed,
                                                critmin_error *error);

/**
 * Appends many rows to a relation (`figure`, `flow`, `indicator`, `price`, ...) in one transaction: all or none.
 * Columns are named as critmin_store_fields() says. The error names the row (from 1) and column.
 * Errors: those of critmin_store_set(), DUPLICATE_KEY, CANCELLED.
 */
CRITMIN_API critmin_status critmin_store_append(critmin_store *store, const char *relation,
                                                const critmin_columns *columns, critmin_progress progress, void *user,
                                                critmin_error *error);

/**
 * Reads a file into the store in one transaction: all of it or nothing. `format` is `critmin`, the project's own
 * CSV layout: the header says which relation the rows are of, and a row with the key of one that is there replaces it;
 * or `composite`, the JSON definition of one (docs/composites.md), which the file is named after.
 * The country totals that lists of producers show are passed over: they follow from the figures.
 * @param[out] audit owned by the caller, may be NULL: columns `relation`, `rows`, `new`, `replaced`.
 * Errors: ARGUMENT, UNKNOWN_NAME (format, or a word in the file), FORMAT, those of critmin_store_append(), IO. The
 * error's `row` is the line and `column` the column of the file.
 */
CRITMIN_API critmin_status critmin_store_import(critmin_store *store, const char *format, const char *path,
                                                critmin_progress progress, void *user, critmin_table **audit,
                                                critmin_error *error);

/** @} */

CRITMIN_END

#endif
