/* SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "store/dictionary.h"
#include "store/in_use.h"
#include "store/record.h"
#include "store/rows.h"
#include "store/where.h"

critmin_status cm_rows_delete(critmin_store *store, const cm_relation *relation, const char *const *names,
                              const char *const *values, int n, int64_t *deleted, critmin_error *error) {
  cm_where where = {.store = store};
  sqlite3_stmt *statement = NULL;
  cm_parties_touch(store, relation);
  critmin_status status = cm_dictionary_refresh(store, error);
  if (status == CRITMIN_OK) status = cm_where_equal(&where, relation, names, values, n, error);
  if (status == CRITMIN_OK) {
    char *sql = cm_text_print("DELETE FROM %s AS t%s", relation->table, where.sql.data ? where.sql.data : "");
    status = sql ? cm_store_prepare(store, sql, &statement, error) : cm_fail_memory(error);
    cm_free(sql);
  }
  if (status == CRITMIN_OK) {
    cm_where_bind(&where, statement);
    int code = sqlite3_step(statement);
    int extended = sqlite3_extended_errcode(store->db);
    if (code != SQLITE_DONE && (extended == SQLITE_CONSTRAINT_FOREIGNKEY || extended == SQLITE_CONSTRAINT_TRIGGER)) {
      sqlite3_reset(statement);
      status = cm_fail_in_use(&where, relation, error);
    } else if (code != SQLITE_DONE) {
      status = cm_store_fail(store, code, "remove rows", error);
    } else if (deleted) {
      *deleted = sqlite3_changes64(store->db);
    }
  }
  sqlite3_finalize(statement);
  cm_where_free(&where);
  if (status == CRITMIN_OK) cm_dictionary_changed(store, relation);
  return status;
}
