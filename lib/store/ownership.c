/* SPDX-License-Identifier: MIT */
#include "store/record.h"

/* The shares held on each day on which one begins to be held: there, if anywhere, they sum to more than the whole. Dates
 * are compared as those of memberships are. */
static const char above_one[] =
    "SELECT p.key, ifnull(a.from_date, 'always'), sum(b.share),"
    "  (SELECT count(*) FROM producer_owner n WHERE n.producer_id = a.producer_id AND n.id <= a.id)"
    " FROM producer_owner a JOIN producer p ON p.id = a.producer_id"
    " JOIN producer_owner b ON b.producer_id = a.producer_id"
    "  AND ifnull(b.from_date, '') <= ifnull(a.from_date, '')"
    "  AND ifnull(a.from_date, '') <= ifnull(b.to_date, '') || '~'"
    " WHERE ?1 IS NULL OR p.key = ?1"
    " GROUP BY a.id HAVING sum(b.share) > 1 + 1e-9 ORDER BY a.id LIMIT 1";

critmin_status cm_ownership_check(critmin_store *store, const char *producer, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, above_one, &statement, error);
  if (status) return status;
  int code = sqlite3_bind_text(statement, 1, producer, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    cm_fail(error, CRITMIN_ERROR_SHARE_RANGE,
            "the owners of producer %s hold %.10g of it together, from %s; shares of one producer sum to 1 at most",
            (const char *)sqlite3_column_text(statement, 0), sqlite3_column_double(statement, 2),
            (const char *)sqlite3_column_text(statement, 1));
    status = cm_fail_at(error, CRITMIN_ERROR_SHARE_RANGE, sqlite3_column_int64(statement, 3), 0);
  } else if (code != SQLITE_DONE) {
    status = cm_store_fail(store, code, "sum the shares of owners", error);
  }
  sqlite3_finalize(statement);
  return status;
}
