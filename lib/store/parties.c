/* SPDX-License-Identifier: MIT */
#include "store/record.h"

static const char alone[] =
    "SELECT a.key, (SELECT count(*) FROM agreement n WHERE n.id <= a.id) FROM agreement a "
    "WHERE NOT EXISTS (SELECT 1 FROM agreement_party p WHERE p.agreement_id = a.id) ORDER BY a.id LIMIT 1";

critmin_status cm_parties_check(critmin_store *store, critmin_error *error) {
  if (!store->parties_touched) return CRITMIN_OK;
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, alone, &statement, error);
  if (status) return status;
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    cm_fail(error, CRITMIN_ERROR_MISSING_VALUE,
            "agreement `%s` has no party; write it with one, as a record, or in one transaction with rows of "
            "agreement_party",
            (const char *)sqlite3_column_text(statement, 0));
    status = cm_fail_at(error, CRITMIN_ERROR_MISSING_VALUE, sqlite3_column_int64(statement, 1), 0);
  } else if (code != SQLITE_DONE) {
    status = cm_store_fail(store, code, "look for the parties of agreements", error);
  }
  sqlite3_finalize(statement);
  return status;
}

void cm_parties_touch(critmin_store *store, const cm_relation *relation) {
  static const char *const relations[] = {"agreement", "agreement_party"};
  for (int i = 0; i < 2; i++) {
    if (cm_relation_find(relations[i]) == relation) store->parties_touched = 1;
  }
}
