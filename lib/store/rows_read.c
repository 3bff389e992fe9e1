/* SPDX-License-Identifier: MIT */
/* Rows out, in the CSV layout: each field's column, or the key of what it refers to. */
#include <string.h>

#include "base/memory.h"
#include "store/dictionary.h"
#include "store/period.h"
#include "store/row.h"
#include "store/rows.h"
#include "store/where.h"
#include "table/builder.h"

/* The table whose key a field prints, or NULL. */
const char *cm_field_table(cm_field_type type) {
  switch (type) {
    case CM_FIELD_SOURCE:
      return "source";
    case CM_FIELD_EDITION:
      return "edition";
    case CM_FIELD_COUNTRY:
    case CM_FIELD_COUNTRY_OR_GROUP:
      return "country";
    case CM_FIELD_GROUP:
      return "country_group";
    case CM_FIELD_MINERAL:
      return "mineral";
    case CM_FIELD_STAGE:
      return "stage";
    case CM_FIELD_PRODUCER:
      return "producer";
    case CM_FIELD_AGREEMENT:
      return "agreement";
    case CM_FIELD_RESERVE:
      return "reserve";
    case CM_FIELD_RESTRICTION:
      return "restriction";
    case CM_FIELD_MEASURE:
      return "measure";
    case CM_FIELD_INDICATOR:
      return "indicator_kind";
    default:
      return NULL;
  }
}

static void add_columns(cm_buffer *sql, const cm_relation *relation) {
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *f = &relation->fields[i];
    cm_buffer_add(sql, i ? ", " : "");
    if (f->type == CM_FIELD_COUNTRY_OR_GROUP)
      cm_buffer_print(sql, "coalesce(j%d.key, g%d.key)", i, i);
    else if (cm_field_table(f->type))
      cm_buffer_print(sql, "j%d.key", i);
    else
      cm_buffer_print(sql, "t.%s", f->column);
  }
}

/* A mineral without a column is that of the row's stage, a source without one that of its edition: those are joined
 * first. */
static void add_joins(cm_buffer *sql, const cm_relation *relation) {
  int stage = -1, edition = -1;
  for (int pass = 0; pass < 2; pass++) {
    for (int i = 0; i < relation->n_fields; i++) {
      const cm_field *f = &relation->fields[i];
      const char *table = cm_field_table(f->type);
      int first = f->type == CM_FIELD_STAGE || f->type == CM_FIELD_EDITION;
      if (!table || first != (pass == 0)) continue;
      if (f->type == CM_FIELD_STAGE) stage = i;
      if (f->type == CM_FIELD_EDITION) edition = i;
      if (f->column)
        cm_buffer_print(sql, " LEFT JOIN %s j%d ON j%d.id = t.%s", table, i, i, f->column);
      else if (f->type == CM_FIELD_MINERAL)
        cm_buffer_print(sql, " LEFT JOIN mineral j%d ON j%d.id = j%d.mineral_id", i, i, stage);
      else
        cm_buffer_print(sql, " LEFT JOIN source j%d ON j%d.id = j%d.source_id", i, i, edition);
      if (f->type == CM_FIELD_COUNTRY_OR_GROUP)
        cm_buffer_print(sql, " LEFT JOIN country_group g%d ON g%d.id = t.group_id", i, i);
    }
  }
}

/* By key, a chain in its order; rows without a key of their own as they were written. */
static void add_order(cm_buffer *sql, const cm_relation *relation) {
  int position = cm_row_place(relation, "position"), columns = 0, unique = 1;
  cm_buffer_add(sql, " ORDER BY ");
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *f = &relation->fields[i];
    int follows = (f->type == CM_FIELD_MINERAL || f->type == CM_FIELD_SOURCE) && !f->column;
    int owner = relation->parent_field && strcmp(relation->parent_field, f->name) == 0;
    if (!(f->flags & CM_IN_KEY) && !follows && !owner) continue;
    if ((f->flags & CM_IN_KEY) && !(f->flags & (CM_REQUIRED | CM_EMPTY_TEXT))) unique = 0;
    cm_buffer_add(sql, columns++ ? ", " : "");
    if (position >= 0 && i > 0)
      cm_buffer_add(sql, "t.position");
    else if (f->type == CM_FIELD_STAGE)
      cm_buffer_print(sql, "j%d.position", i);
    else
      cm_buffer_print(sql, "%d", i + 1);
  }
  if (relation->parent || !unique) cm_buffer_print(sql, ", t.id");
}

static int32_t column_type(const cm_field *f) {
  return f->type == CM_FIELD_NUMBER    ? CRITMIN_COLUMN_NUMBER
         : f->type == CM_FIELD_INTEGER ? CRITMIN_COLUMN_INTEGER
                                       : CRITMIN_COLUMN_TEXT;
}

static cm_builder *new_builder(const cm_relation *relation, const cm_extra *extras, int n_extras) {
  cm_column columns[CM_FIELDS_MAX + CM_EXTRAS_MAX];
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *f = &relation->fields[i];
    columns[i] = (cm_column){f->name, f->unit, column_type(f)};
  }
  for (int i = 0; i < n_extras; i++) columns[relation->n_fields + i] = extras[i].column;
  return cm_builder_new(columns, relation->n_fields + n_extras);
}

static void add_cell(cm_builder *builder, int32_t type, sqlite3_stmt *statement, int i) {
  if (sqlite3_column_type(statement, i) == SQLITE_NULL) return;
  if (type == CRITMIN_COLUMN_NUMBER) {
    cm_builder_number(builder, i, sqlite3_column_double(statement, i));
  } else if (type == CRITMIN_COLUMN_INTEGER) {
    cm_builder_integer(builder, i, sqlite3_column_int64(statement, i));
  } else {
    const char *text = (const char *)sqlite3_column_text(statement, i);
    cm_builder_text(builder, i, text && *text ? text : NULL);
  }
}

static void add_row(cm_builder *builder, const cm_relation *relation, const cm_extra *extras, int n_extras,
                    sqlite3_stmt *statement, int from, int to) {
  cm_builder_row(builder);
  for (int i = 0; i < relation->n_fields; i++) {
    if (i != from && i != to) add_cell(builder, column_type(&relation->fields[i]), statement, i);
  }
  for (int i = 0; i < n_extras; i++)
    add_cell(builder, extras[i].column.type, statement, relation->n_fields + i);
  if (from < 0) return;
  char first[CM_DATE_TEXT], last[CM_DATE_TEXT];
  cm_period_text(sqlite3_column_int64(statement, from), sqlite3_column_int64(statement, to), first, last);
  cm_builder_text(builder, from, first);
  cm_builder_text(builder, to, last);
}

static critmin_status fill(const cm_where *where, const cm_relation *relation, const cm_extra *extras, int n_extras,
                           const char *sql, critmin_table **table, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(where->store, sql, &statement, error);
  if (status != CRITMIN_OK) return status;
  cm_builder *builder = new_builder(relation, extras, n_extras);
  if (!builder) {
    sqlite3_finalize(statement);
    return cm_fail_memory(error);
  }
  cm_where_bind(where, statement);
  int from = -1, to = -1;
  for (int i = 0; i < relation->n_fields; i++) {
    if (relation->fields[i].type == CM_FIELD_PERIOD_FROM) from = i;
    if (relation->fields[i].type == CM_FIELD_PERIOD_TO) to = i;
  }
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW)
    add_row(builder, relation, extras, n_extras, statement, from, to);
  if (code != SQLITE_DONE) status = cm_store_fail(where->store, code, "read rows", error);
  sqlite3_finalize(statement);
  if (status == CRITMIN_OK) return cm_builder_finish(builder, table, error);
  cm_builder_free(builder);
  return status;
}

critmin_status cm_rows_where(const cm_where *where, const cm_relation *relation, const cm_extra *extras, int n_extras,
                             critmin_table **table, critmin_error *error) {
  cm_buffer sql = {0};
  cm_buffer_add(&sql, "SELECT ");
  add_columns(&sql, relation);
  for (int i = 0; i < n_extras; i++) cm_buffer_print(&sql, ", %s", extras[i].sql);
  cm_buffer_print(&sql, " FROM %s t", relation->table);
  add_joins(&sql, relation);
  cm_buffer_add(&sql, where->sql.data ? where->sql.data : "");
  add_order(&sql, relation);
  critmin_status status = sql.failed || where->sql.failed
                              ? cm_fail_memory(error)
                              : fill(where, relation, extras, n_extras, sql.data, table, error);
  cm_buffer_free(&sql);
  return status;
}

critmin_status cm_rows_table(critmin_store *store, const cm_relation *relation, const critmin_selection *selection,
                             const char *const *names, const char *const *values, int n, critmin_table **table,
                             critmin_error *error) {
  cm_where where = {.store = store};
  critmin_status status = cm_dictionary_refresh(store, error);
  if (status == CRITMIN_OK) status = cm_where_selection(&where, relation, selection, error);
  if (status == CRITMIN_OK && n) status = cm_where_equal(&where, relation, names, values, n, error);
  if (status == CRITMIN_OK) status = cm_rows_where(&where, relation, NULL, 0, table, error);
  cm_where_free(&where);
  return status;
}
