/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "base/memory.h"
#include "critmin/version.h"
#include "store/migrate.h"
#include "store/relation.h"
#include "store/schema.h"
#include "table/builder.h"

static void add(cm_builder *builder, const char *name, const char *value) {
  cm_builder_row(builder);
  cm_builder_text(builder, 0, name);
  cm_builder_text(builder, 1, value);
}

static void add_number(cm_builder *builder, const char *name, int64_t value) {
  char text[24];
  snprintf(text, sizeof text, "%" PRId64, value);
  add(builder, name, text);
}

static critmin_status ask(critmin_store *store, const char *sql, int64_t *answer, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, sql, &statement, error);
  if (status) return status;
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    *answer = sqlite3_column_int64(statement, 0);
  } else {
    status = cm_store_fail(store, code, "count its rows", error);
  }
  sqlite3_finalize(statement);
  return status;
}

/* What the store says of itself: which library laid it out, and from which reference data it came. */
static critmin_status add_meta(critmin_store *store, cm_builder *builder, const char *stored, const char *name,
                               critmin_error *error) {
  char *value = NULL;
  critmin_status status = cm_meta_read(store, stored, &value, error);
  if (!status && value) add(builder, name, value);
  cm_free(value);
  return status;
}

static critmin_status describe(critmin_store *store, cm_builder *builder, critmin_error *error) {
  int64_t size = 0;
  add(builder, "path", store->path);
  add(builder, "mode", store->read_only ? "read" : "write");
  critmin_status status = add_meta(store, builder, "layout", "layout", error);
  if (!status) add_number(builder, "library_layout", cm_schema_version);
  if (!status) status = add_meta(store, builder, "library", "written_by", error);
  if (!status) add(builder, "library", critmin_version());
  if (!status) add(builder, "sqlite", sqlite3_libversion());
  if (!status)
    status = ask(store, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", &size, error);
  if (!status) add_number(builder, "bytes", size);
  if (!status) status = add_meta(store, builder, "reference_vintage", "reference_vintage", error);
  if (!status) status = add_meta(store, builder, "reference_digest", "reference_digest", error);
  for (int i = 0; !status && i < cm_n_relations; i++) {
    char sql[96], name[64];
    int64_t rows = 0;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", cm_relations[i].table);
    snprintf(name, sizeof name, "rows_%s", cm_relations[i].name);
    status = ask(store, sql, &rows, error);
    if (!status) add_number(builder, name, rows);
  }
  return status;
}

critmin_status critmin_store_info(critmin_store *store, critmin_table **table, critmin_error *error) {
  static const cm_column columns[] = {{"name", "", CRITMIN_COLUMN_TEXT}, {"value", "", CRITMIN_COLUMN_TEXT}};
  if (!table) return cm_fail_null(error, "table");
  critmin_status status = cm_store_enter(store, error);
  if (status) return status;
  cm_builder *builder = cm_builder_new(columns, 2);
  status = builder ? cm_store_read_begin(store, error) : cm_fail_memory(error);
  if (!status) {
    status = describe(store, builder, error);
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
