/* SPDX-License-Identifier: MIT */
#include "store/record.h"

/* A shortened date stands for the first day meant at the beginning of a membership and the last at its end, which `~`
 * sorts after. */
static const char overlap[] =
    "SELECT g.key, c.key, ifnull(a.from_date, 'always'), ifnull(a.to_date, 'today'), ifnull(b.from_date, 'always'), "
    "ifnull(b.to_date, 'today'),"
    "  (SELECT count(*) FROM country_group_member n WHERE n.group_id = b.group_id AND n.id <= b.id)"
    " FROM country_group_member a"
    " JOIN country_group_member b ON b.group_id = a.group_id AND b.country_id = a.country_id AND b.id > a.id"
    " JOIN country_group g ON g.id = a.group_id JOIN country c ON c.id = a.country_id"
    " WHERE (?1 IS NULL OR g.key = ?1)"
    "  AND ifnull(a.from_date, '') <= ifnull(b.to_date, '') || '~' AND ifnull(b.from_date, '') <= ifnull(a.to_date, "
    "'') || '~'"
    " ORDER BY b.id LIMIT 1";

critmin_status cm_membership_check(critmin_store *store, const char *group, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, overlap, &statement, error);
  if (status) return status;
  int code = sqlite3_bind_text(statement, 1, group, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    const char *text[6];
    for (int i = 0; i < 6; i++) text[i] = (const char *)sqlite3_column_text(statement, i);
    cm_fail(
        error, CRITMIN_ERROR_INVALID_VALUE,
        "%s is a member of group %s from %s to %s and again from %s to %s; memberships of one country must not overlap",
        text[1], text[0], text[2], text[3], text[4], text[5]);
    status = cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, sqlite3_column_int64(statement, 6), 0);
  } else if (code != SQLITE_DONE) {
    status = cm_store_fail(store, code, "compare memberships", error);
  }
  sqlite3_finalize(statement);
  return status;
}
