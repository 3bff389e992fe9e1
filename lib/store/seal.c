/* SPDX-License-Identifier: MIT */
#include "store/seal.h"

#include "store/handle.h"

static critmin_status note(critmin_store *store, const char *digest, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store,
                                           "INSERT OR REPLACE INTO meta(name, value) SELECT 'reference_digest', ?1 "
                                           "UNION ALL SELECT 'reference_vintage', ifnull(max(date), '') FROM edition",
                                           &statement, error);
  if (status) return status;
  int code = sqlite3_bind_text(statement, 1, digest, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code != SQLITE_DONE) status = cm_store_fail(store, code, "note what the reference data is", error);
  sqlite3_finalize(statement);
  return status;
}

critmin_status cm_store_seal(critmin_store *store, const char *digest, critmin_error *error) {
  critmin_status status = cm_store_enter(store, error);
  if (status) return status;
  status = cm_store_write_begin(store, error);
  if (!status) status = cm_store_write_end(store, note(store, digest, error), error);
  if (!status) {
    int before = sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 1); /* packing copies by way of an attached database */
    status = cm_store_execute(store, "VACUUM", error);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, before);
  }
  cm_store_leave(store);
  return status ? status : cm_ok(error);
}
