/* SPDX-License-Identifier: MIT */
#include "store/check.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "store/open.h"
#include "store/stranger.h"
#include "table/builder.h"

/* Copies every row of a statement; its columns are those of the table, further ones only order it. */
static critmin_status add_rows(critmin_store *store, const char *sql, cm_builder *builder, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, sql, &statement, error);
  if (status) return status;
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    cm_builder_row(builder);
    for (int i = 0; i < CM_CHECK_COLUMNS; i++) {
      if (i == CM_CHECK_ROWS) {
        cm_builder_integer(builder, i, sqlite3_column_int64(statement, i));
      } else {
        cm_builder_text(builder, i, (const char *)sqlite3_column_text(statement, i));
      }
    }
  }
  if (code != SQLITE_DONE) status = cm_store_fail(store, code, "check it", error);
  sqlite3_finalize(statement);
  return status;
}

static void add_error(cm_builder *builder, const char *subject, const char *message) {
  cm_builder_row(builder);
  cm_builder_text(builder, CM_CHECK_SEVERITY, "error");
  cm_builder_text(builder, CM_CHECK_SUBJECT, subject);
  cm_builder_integer(builder, CM_CHECK_ROWS, 1);
  cm_builder_text(builder, CM_CHECK_MESSAGE, message);
}

/* Pages, indexes and constraints. What SQLite finds in a damaged store it may also fail to read to the end. */
static critmin_status check_integrity(critmin_store *store, cm_builder *builder, int *damaged, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, "PRAGMA integrity_check(100)", &statement, error);
  if (status) return status;
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    const char *answer = (const char *)sqlite3_column_text(statement, 0);
    if (!answer || strcmp(answer, "ok") == 0) continue;
    add_error(builder, "damage", answer);
    *damaged = 1;
  }
  if (code != SQLITE_DONE) status = cm_store_fail(store, code, "check its pages", error);
  sqlite3_finalize(statement);
  return status;
}

static critmin_status check_references(critmin_store *store, cm_builder *builder, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, "PRAGMA foreign_key_check", &statement, error);
  if (status) return status;
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    char message[200];
    snprintf(message, sizeof message, "row %lld of table %.60s refers to a row of %.60s that is not there",
             (long long)sqlite3_column_int64(statement, 1), (const char *)sqlite3_column_text(statement, 0),
             (const char *)sqlite3_column_text(statement, 2));
    add_error(builder, "broken_reference", message);
  }
  if (code != SQLITE_DONE) status = cm_store_fail(store, code, "check its references", error);
  sqlite3_finalize(statement);
  return status;
}

static critmin_status add_findings(critmin_store *store, cm_builder *builder, critmin_error *error) {
  cm_buffer sql = {0};
  cm_buffer_add(&sql, cm_check_before);
  for (int i = 0; i < cm_check_n_findings; i++) {
    cm_buffer_print(&sql, "%sSELECT * FROM (%s)", i ? " UNION ALL " : "", cm_check_findings[i]);
  }
  cm_buffer_add(&sql, cm_check_after);
  critmin_status status = sql.failed ? cm_fail_memory(error) : add_rows(store, sql.data, builder, error);
  cm_buffer_free(&sql);
  return status;
}

/*
 * SQLite reads the CHECK constraints of a file only where it could write it. Behind a handle that reads, they are
 * checked through a connection that could write and does not; where the file may not be written they stay unchecked.
 */
static critmin_status check_constraints(critmin_store *store, cm_builder *builder, int *damaged, critmin_error *error) {
  const char *file = sqlite3_db_filename(store->db, "main");
  if (!store->read_only || *store->path == ':' || !file) return check_integrity(store, builder, damaged, error);
  critmin_store *other;
  critmin_status status = cm_store_connect(store->path, file, SQLITE_OPEN_READWRITE, &other, error);
  if (status) return status;
  status = cm_stranger_distrust(other, error);
  if (!status) status = check_integrity(other, builder, damaged, error);
  cm_store_disconnect(other);
  return status;
}

static critmin_status check(critmin_store *store, cm_builder *builder, critmin_error *error) {
  int damaged = 0;
  critmin_status status = check_constraints(store, builder, &damaged, error);
  if (status || damaged) return status;
  status = check_references(store, builder, error);
  if (!status) status = add_rows(store, cm_check_errors, builder, error);
  if (!status) status = add_findings(store, builder, error);
  if (!status) status = add_rows(store, cm_check_gaps, builder, error);
  if (!status) status = add_rows(store, cm_check_coverage, builder, error);
  return status;
}

critmin_status critmin_store_check(critmin_store *store, critmin_table **table, critmin_error *error) {
  static const cm_column columns[CM_CHECK_COLUMNS] = {
      [CM_CHECK_SEVERITY] = {"severity", "", CRITMIN_COLUMN_TEXT},
      [CM_CHECK_SUBJECT] = {"subject", "", CRITMIN_COLUMN_TEXT},
      [CM_CHECK_MINERAL] = {"mineral", "", CRITMIN_COLUMN_TEXT},
      [CM_CHECK_STAGE] = {"stage", "", CRITMIN_COLUMN_TEXT},
      [CM_CHECK_YEARS] = {"years", "", CRITMIN_COLUMN_TEXT},
      [CM_CHECK_ROWS] = {"rows", "", CRITMIN_COLUMN_INTEGER},
      [CM_CHECK_MESSAGE] = {"message", "", CRITMIN_COLUMN_TEXT},
      [CM_CHECK_SOURCE] = {"source", "", CRITMIN_COLUMN_TEXT},
  };
  if (!table) return cm_fail_null(error, "table");
  critmin_status status = cm_store_enter(store, error);
  if (status) return status;
  cm_builder *builder = cm_builder_new(columns, CM_CHECK_COLUMNS);
  status = builder ? cm_store_read_begin(store, error) : cm_fail_memory(error);
  if (!status) {
    status = check(store, builder, error);
    cm_store_read_end(store);
  }
  if (status) {
    cm_builder_free(builder);
  } else {
    status = cm_builder_finish(builder, table, error);
  }
  cm_store_leave(store);
  return status ? status : cm_ok(error);
}
