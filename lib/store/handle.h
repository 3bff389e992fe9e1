/* SPDX-License-Identifier: MIT */
/* An open store: the connection, who may be inside it, and the statements and transactions of this room. */
#ifndef CM_STORE_HANDLE_H
#define CM_STORE_HANDLE_H

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "critmin/store.h"

struct cm_dictionary;

struct critmin_store {
  sqlite3 *db;
  char *path;
  int read_only;
  int in_transaction;  /* one that the caller began */
  int transaction_lost; /* SQLite undid it, or a step of it could not be undone: only rollback is left */
  int reading;         /* a read step holds its own transaction */
  int parties_touched; /* agreements or their parties were written since the last commit */
  pid_t owner;         /* process that opened it */
  atomic_flag inside;  /* a thread is in a public function */
  struct cm_dictionary *dictionary; /* names to ids, made when first asked for; forgotten when dictionaries change */
};

/*
 * Every public function that takes a store begins with enter and, when that succeeded, ends with leave. Enter refuses
 * NULL (ARGUMENT), a second thread (BUSY) and a forked child (FORKED).
 */
critmin_status cm_store_enter(critmin_store *store, critmin_error *error);
void cm_store_leave(critmin_store *store);

/* Turns an SQLite result into the library's status and a sentence: what was being done (`doing`: "read the figures"),
 * and what to do. */
critmin_status cm_store_fail(critmin_store *store, int sqlite_code, const char *doing, critmin_error *error);

/* Prepares one statement. Finalize with sqlite3_finalize(). */
critmin_status cm_store_prepare(critmin_store *store, const char *sql, sqlite3_stmt **statement, critmin_error *error);
critmin_status cm_store_execute(critmin_store *store, const char *sql, critmin_error *error);

/*
 * A step that writes: inside the caller's transaction a savepoint, else a transaction of its own. end() keeps what was
 * written when `status` is CRITMIN_OK and undoes it otherwise, and returns the status, or that of a commit that failed.
 * begin() refuses a read-only store.
 */
critmin_status cm_store_write_begin(critmin_store *store, critmin_error *error);
critmin_status cm_store_write_end(critmin_store *store, critmin_status status, critmin_error *error);

/* A step that reads several times and must see one state of the store throughout, whoever else writes it. */
critmin_status cm_store_read_begin(critmin_store *store, critmin_error *error);
void cm_store_read_end(critmin_store *store);

/* Forgets the dictionary after a write to any relation it is made of. */
void cm_store_forget(critmin_store *store);

#endif
