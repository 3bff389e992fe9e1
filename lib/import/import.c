/* SPDX-License-Identifier: MIT */
#include "import/import.h"

#include "base/memory.h"
#include "base/text.h"
#include "store/handle.h"
#include "table/builder.h"

static const cm_import_format formats[] = {
    {"critmin", cm_import_critmin},
    {"composite", cm_import_composite},
};
enum { N_FORMATS = sizeof formats / sizeof formats[0] };

static const char *format_name(const void *user, size_t i) {
  (void)user;
  return formats[i].name;
}

static const cm_import_format *find_format(const char *name, critmin_error *error) {
  for (size_t i = 0; i < N_FORMATS; i++) {
    if (cm_name_equal(name, formats[i].name)) return &formats[i];
  }
  cm_buffer known = {0};
  for (size_t i = 0; i < N_FORMATS; i++) cm_buffer_print(&known, "%s%s", i ? ", " : "", formats[i].name);
  const char *near = cm_name_nearest(name, format_name, NULL, N_FORMATS);
  cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "no format of files is called '%s'%s%s%s; there is: %s", name,
          near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "", known.data ? known.data : "");
  cm_buffer_free(&known);
  return NULL;
}

critmin_status cm_import_add(cm_import *import, const cm_relation *relation, int64_t rows, int64_t replaced,
                             critmin_error *error) {
  if (!cm_grow(&import->counts, import->n_counts, &import->counts_room, sizeof *import->counts))
    return cm_fail_memory(error);
  import->counts[import->n_counts++] = (cm_import_count){relation, rows, replaced};
  return CRITMIN_OK;
}

static critmin_status make_audit(const cm_import *import, critmin_table **audit, critmin_error *error) {
  static const cm_column columns[] = {{"relation", "", CRITMIN_COLUMN_TEXT},
                                      {"rows", "", CRITMIN_COLUMN_INTEGER},
                                      {"new", "", CRITMIN_COLUMN_INTEGER},
                                      {"replaced", "", CRITMIN_COLUMN_INTEGER}};
  cm_builder *builder = cm_builder_new(columns, 4);
  if (!builder) return cm_fail_memory(error);
  for (size_t i = 0; i < import->n_counts; i++) {
    const cm_import_count *count = &import->counts[i];
    cm_builder_row(builder);
    cm_builder_text(builder, 0, count->relation->name);
    cm_builder_integer(builder, 1, count->rows);
    cm_builder_integer(builder, 2, count->rows - count->replaced);
    cm_builder_integer(builder, 3, count->replaced);
  }
  return cm_builder_finish(builder, audit, error);
}

critmin_status critmin_store_import(critmin_store *store, const char *format, const char *path,
                                    critmin_progress progress, void *user, critmin_table **audit,
                                    critmin_error *error) {
  if (!store) return cm_fail_null(error, "store");
  if (!format) return cm_fail_null(error, "format");
  if (!path) return cm_fail_null(error, "path");
  const cm_import_format *reader = find_format(format, error);
  if (!reader) return CRITMIN_ERROR_UNKNOWN_NAME;
  critmin_status status = cm_store_enter(store, error);
  if (status != CRITMIN_OK) return status;
  cm_import import = {.store = store, .path = path, .progress = progress, .user = user};
  critmin_table *table = NULL;
  status = cm_store_write_begin(store, error);
  if (status == CRITMIN_OK) {
    status = reader->read(&import, error);
    if (status == CRITMIN_OK && audit) status = make_audit(&import, &table, error);
    status = cm_store_write_end(store, status, error);
  }
  cm_store_leave(store);
  cm_free(import.counts);
  if (status != CRITMIN_OK) {
    critmin_table_free(table);
    return status;
  }
  if (audit) *audit = table;
  return cm_ok(error);
}
