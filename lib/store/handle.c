/* SPDX-License-Identifier: MIT */
#include "store/handle.h"

#include <string.h>
#include <unistd.h>

#include "store/dictionary.h"
#include "store/record.h"

/* What an SQLite result means to the caller, by its primary code, and what to do about it. */
static const struct {
  int code;
  critmin_status status;
  const char *sentence;
} meanings[] = {
    {SQLITE_BUSY, CRITMIN_ERROR_LOCKED,
     "another process holds the store; wait until it is done, or end it, and try again"},
    {SQLITE_LOCKED, CRITMIN_ERROR_LOCKED, "another handle holds the store; close it and try again"},
    {SQLITE_PROTOCOL, CRITMIN_ERROR_LOCKED, "another process holds the store; wait until it is done and try again"},
    {SQLITE_FULL, CRITMIN_ERROR_DISK_FULL, "no room is left on the disk; free some and try again"},
    {SQLITE_NOTADB, CRITMIN_ERROR_NOT_A_STORE, "the file is no SQLite database; give the path of a critmin store"},
    {SQLITE_CORRUPT, CRITMIN_ERROR_CORRUPT,
     "the store is damaged; go back to a backup, or create a new store and import again"},
    {SQLITE_READONLY, CRITMIN_ERROR_READ_ONLY,
     "the store may not be written; check the permissions of the file and of its folder"},
    {SQLITE_CANTOPEN, CRITMIN_ERROR_IO,
     "the file cannot be opened; check that it and its folder exist and may be written"},
    {SQLITE_PERM, CRITMIN_ERROR_IO,
     "the operating system does not allow it; check the permissions of the file and of its folder"},
    {SQLITE_IOERR, CRITMIN_ERROR_IO,
     "the operating system failed to read or write the file; check the disk and try again"},
    {SQLITE_NOMEM, CRITMIN_ERROR_MEMORY, "memory ran out; free some, or select less"},
    {SQLITE_INTERRUPT, CRITMIN_ERROR_CANCELLED, "it was asked to stop; nothing was changed"},
    {SQLITE_TOOBIG, CRITMIN_ERROR_INVALID_VALUE, "a value is too long; shorten it"},
    {SQLITE_MISMATCH, CRITMIN_ERROR_INVALID_VALUE, "a value is not of the type of its field; correct it"},
};

/* Results that the primary code says too little of, by extended code. Of constraints SQLite names the table and the
 * columns. */
static const struct {
  int code;
  critmin_status status;
  const char *sentence;
} particular[] = {
    {SQLITE_CONSTRAINT_UNIQUE, CRITMIN_ERROR_DUPLICATE_KEY,
     "a row with that key is there already; change that one, or choose another key"},
    {SQLITE_CONSTRAINT_PRIMARYKEY, CRITMIN_ERROR_DUPLICATE_KEY,
     "a row with that key is there already; change that one, or choose another key"},
    {SQLITE_CONSTRAINT_ROWID, CRITMIN_ERROR_DUPLICATE_KEY,
     "a row with that key is there already; change that one, or choose another key"},
    {SQLITE_CONSTRAINT_FOREIGNKEY, CRITMIN_ERROR_IN_USE, "other rows refer to it; remove those first"},
    {SQLITE_CONSTRAINT_TRIGGER, CRITMIN_ERROR_IN_USE, "other rows refer to it; remove those first"},
    {SQLITE_CONSTRAINT_NOTNULL, CRITMIN_ERROR_MISSING_VALUE, "a required field is empty; fill it"},
    {SQLITE_CONSTRAINT_CHECK, CRITMIN_ERROR_INVALID_VALUE, "a rule of the store is broken; correct the values"},
    {SQLITE_READONLY_ROLLBACK, CRITMIN_ERROR_READ_ONLY,
     "an unfinished write of a process that ended waits to be undone; open it once for writing"},
    {SQLITE_IOERR_NOMEM, CRITMIN_ERROR_MEMORY, "memory ran out; free some, or select less"},
    {SQLITE_CONSTRAINT_DATATYPE, CRITMIN_ERROR_INVALID_VALUE, "a value is not of the type of its field; correct it"},
};

/* After a full disk, a failed read or want of memory SQLite may undo a whole transaction by itself, also while it only
 * reads. */
static void note_loss(critmin_store *store) {
  if (store->in_transaction && sqlite3_get_autocommit(store->db)) store->transaction_lost = 1;
}

critmin_status cm_store_enter(critmin_store *store, critmin_error *error) {
  if (!store) return cm_fail_null(error, "store");
  if (store->owner != getpid())
    return cm_fail(error, CRITMIN_ERROR_FORKED,
                   "store `%s` was opened before this process was forked; close it and open it again here",
                   store->path);
  if (atomic_flag_test_and_set_explicit(&store->inside, memory_order_acquire))
    return cm_fail(error, CRITMIN_ERROR_BUSY,
                   "another thread, or a callback, is inside store `%s`; wait for it, or open a store for each thread",
                   store->path);
  note_loss(store);
  /* A step that memory was too short to undo is undone before anything is read. */
  if (!store->in_transaction && !sqlite3_get_autocommit(store->db)) {
    critmin_status status = cm_store_execute(store, "ROLLBACK", error);
    if (status) {
      cm_store_leave(store);
      return status;
    }
  }
  return CRITMIN_OK;
}

void cm_store_leave(critmin_store *store) { atomic_flag_clear_explicit(&store->inside, memory_order_release); }

void cm_store_forget(critmin_store *store) {
  cm_dictionary_free(store->dictionary);
  store->dictionary = NULL;
}

static critmin_status fail_with(critmin_error *error, critmin_status status, int code, const char *doing,
                                const char *path, const char *sentence, const char *detail) {
  if (detail) {
    cm_fail(error, status, "cannot %s, store `%s`: %s (%s)", doing, path, sentence, detail);
  } else {
    cm_fail(error, status, "cannot %s, store `%s`: %s", doing, path, sentence);
  }
  if (error) error->system_code = code;
  return status;
}

critmin_status cm_store_fail(critmin_store *store, int sqlite_code, const char *doing, critmin_error *error) {
  int extended = store->db ? sqlite3_extended_errcode(store->db) : sqlite_code;
  if ((extended & 0xff) != (sqlite_code & 0xff)) extended = sqlite_code;
  const char *detail = store->db && extended == sqlite3_extended_errcode(store->db) ? sqlite3_errmsg(store->db)
                                                                                    : sqlite3_errstr(sqlite_code);
  int names_columns = (extended & 0xff) == SQLITE_CONSTRAINT;
  for (size_t i = 0; i < sizeof particular / sizeof particular[0]; i++) {
    if (particular[i].code == extended)
      return fail_with(error, particular[i].status, extended, doing, store->path, particular[i].sentence,
                       names_columns ? detail : NULL);
  }
  for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
    if (meanings[i].code == (sqlite_code & 0xff))
      return fail_with(error, meanings[i].status, extended, doing, store->path, meanings[i].sentence, NULL);
  }
  return fail_with(error, CRITMIN_ERROR_INTERNAL, extended, doing, store->path,
                   "this should not happen; please report this message", detail);
}

critmin_status cm_store_prepare(critmin_store *store, const char *sql, sqlite3_stmt **statement, critmin_error *error) {
  sqlite3_stmt *made = NULL;
  int code = sqlite3_prepare_v2(store->db, sql, -1, &made, NULL);
  if (code) return cm_store_fail(store, code, "prepare a statement", error);
  *statement = made;
  return CRITMIN_OK;
}

critmin_status cm_store_execute(critmin_store *store, const char *sql, critmin_error *error) {
  int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
  return code ? cm_store_fail(store, code, "work on it", error) : CRITMIN_OK;
}

critmin_status cm_store_write_begin(critmin_store *store, critmin_error *error) {
  if (strcmp(store->path, CRITMIN_REFERENCE) == 0)
    return cm_fail(
        error, CRITMIN_ERROR_READ_ONLY,
        "the reference data inside the library cannot be changed; create a store of your own from it and write that");
  if (store->read_only)
    return cm_fail(error, CRITMIN_ERROR_READ_ONLY, "store `%s` was opened for reading; open it for writing",
                   store->path);
  note_loss(store);
  if (store->transaction_lost)
    return cm_fail(error, CRITMIN_ERROR_TRANSACTION,
                   "the transaction on store `%s` was undone by an earlier failure; roll it back and begin again",
                   store->path);
  int code = sqlite3_exec(store->db, store->in_transaction ? "SAVEPOINT step" : "BEGIN IMMEDIATE", NULL, NULL, NULL);
  return code ? cm_store_fail(store, code, "begin to write", error) : CRITMIN_OK;
}

critmin_status cm_store_write_end(critmin_store *store, critmin_status status, critmin_error *error) {
  if (!status && !store->in_transaction) status = cm_parties_check(store, error);
  if (!status) {
    int code = sqlite3_exec(store->db, store->in_transaction ? "RELEASE step" : "COMMIT", NULL, NULL, NULL);
    if (!code && !store->in_transaction) store->parties_touched = 0;
    if (!code) return CRITMIN_OK;
    status = cm_store_fail(store, code, "write", error);
  }
  note_loss(store);
  if (!store->in_transaction) {
    store->parties_touched = 0;
    if (!sqlite3_get_autocommit(store->db)) sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  } else if (!store->transaction_lost &&
             sqlite3_exec(store->db, "ROLLBACK TO step; RELEASE step", NULL, NULL, NULL) != SQLITE_OK) {
    store->transaction_lost = 1;
  }
  cm_store_forget(store);
  return status;
}

critmin_status cm_store_read_begin(critmin_store *store, critmin_error *error) {
  if (!sqlite3_get_autocommit(store->db)) return CRITMIN_OK;
  int code = sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL);
  if (code) return cm_store_fail(store, code, "begin to read", error);
  store->reading = 1;
  return CRITMIN_OK;
}

void cm_store_read_end(critmin_store *store) {
  if (!store->reading) return;
  store->reading = 0;
  if (!sqlite3_get_autocommit(store->db)) sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
}
