/* SPDX-License-Identifier: MIT */
#include "store/migrate.h"

#include <stdio.h>

#include "base/memory.h"
#include "base/text.h"
#include "critmin/version.h"
#include "store/schema.h"

critmin_status cm_store_layout(critmin_store *store, int *layout, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, "PRAGMA user_version", &statement, error);
  if (status) return status;
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    *layout = sqlite3_column_int(statement, 0);
  } else {
    status = cm_store_fail(store, code, "read the layout", error);
  }
  sqlite3_finalize(statement);
  return status;
}

critmin_status cm_meta_read(critmin_store *store, const char *name, char **value, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, "SELECT value FROM meta WHERE name = ?1", &statement, error);
  if (status) return status;
  char *text = NULL;
  int code = sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    const char *stored = (const char *)sqlite3_column_text(statement, 0);
    text = stored ? cm_text_copy(stored) : NULL;
    if (!text) status = cm_fail_memory(error);
  } else if (code != SQLITE_DONE) {
    status = cm_store_fail(store, code, "read what the store says of itself", error);
  }
  sqlite3_finalize(statement);
  if (!status) *value = text;
  return status;
}

critmin_status cm_meta_write(critmin_store *store, const char *name, const char *value, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status =
      cm_store_prepare(store, "INSERT OR REPLACE INTO meta(name, value) VALUES(?1, ?2)", &statement, error);
  if (status) return status;
  int code = sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_bind_text(statement, 2, value, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code != SQLITE_DONE) status = cm_store_fail(store, code, "write what the store says of itself", error);
  sqlite3_finalize(statement);
  return status;
}

/* A step may rebuild tables that others refer to, so references are not enforced in it; they are checked when it is
 * done. */
static critmin_status check_references(critmin_store *store, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, "PRAGMA foreign_key_check", &statement, error);
  if (status) return status;
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    status = cm_fail(error, CRITMIN_ERROR_CORRUPT,
                     "a row of table `%s` in store `%s` refers to nothing; mend it, or go back to a backup",
                     (const char *)sqlite3_column_text(statement, 0), store->path);
  } else if (code != SQLITE_DONE) {
    status = cm_store_fail(store, code, "check the references", error);
  }
  sqlite3_finalize(statement);
  return status;
}

static critmin_status take_step(critmin_store *store, const char *step, int layout, critmin_error *error) {
  char doing[64], sql[96], number[16];
  snprintf(doing, sizeof doing, "bring it to layout %d", layout);
  snprintf(number, sizeof number, "%d", layout);
  int code = sqlite3_exec(store->db, step, NULL, NULL, NULL);
  if (code) return cm_store_fail(store, code, doing, error);
  snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", CM_APPLICATION_ID, layout);
  code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
  if (code) return cm_store_fail(store, code, doing, error);
  critmin_status status = cm_meta_write(store, "layout", number, error);
  if (!status) status = cm_meta_write(store, "library", critmin_version(), error);
  if (!status) status = check_references(store, error);
  return status;
}

critmin_status cm_store_migrate(critmin_store *store, const char *const *steps, int n_steps, critmin_error *error) {
  int layout;
  critmin_status status = cm_store_layout(store, &layout, error);
  if (status || layout >= n_steps) return status;
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
  for (; !status && layout < n_steps; layout++) {
    status = cm_store_write_begin(store, error);
    if (status) break;
    status = take_step(store, steps[layout], layout + 1, error);
    status = cm_store_write_end(store, status, error);
  }
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  return status;
}
