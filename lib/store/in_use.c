/* SPDX-License-Identifier: MIT */
/* Who refers to rows that cannot be removed: the first row that does, by its relation and its key. */
#include "store/in_use.h"

#include <string.h>

#include "base/memory.h"
#include "store/row.h"

/* Goes through the rows that fall with the rows of `ids` (SQL that gives them), down to one that does not. */
static critmin_status find_user(cm_where *where, const char *table, const char *ids, const cm_relation **user,
                                cm_buffer *key, critmin_error *error);

/* The fields that tell a row apart, as "mineral cobalt, stage mining, ...". */
static void describe(const critmin_table *rows, const cm_relation *relation, cm_buffer *key) {
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *f = &relation->fields[i];
    const char *text = critmin_table_text(rows, i, 0);
    int owner = relation->parent_field && strcmp(f->name, relation->parent_field) == 0;
    if (!(f->flags & CM_IN_KEY) && f->column && !owner) continue;
    if (!text && critmin_table_type(rows, i) == CRITMIN_COLUMN_TEXT) continue;
    cm_buffer_print(key, "%s%s ", key->length ? ", " : "", f->name);
    if (text)
      cm_buffer_print(key, "`%s`", text);
    else
      cm_buffer_print(key, "%.17g", critmin_table_number(rows, i, 0));
  }
}

/* Whether a row of the relation refers to the ids through a column, and which is the first. */
static critmin_status look(cm_where *where, const cm_relation *relation, const char *column, const char *ids,
                           const cm_relation **user, cm_buffer *key, critmin_error *error) {
  critmin_table *rows = NULL;
  cm_buffer_free(&where->sql);
  cm_buffer_print(&where->sql, " WHERE t.%s IN (%s)", column, ids);
  critmin_status status = cm_rows_where(where, relation, NULL, 0, &rows, error);
  if (!status && critmin_table_rows(rows) > 0) {
    *user = relation;
    describe(rows, relation, key);
    if (key->failed) status = cm_fail_memory(error);
  }
  critmin_table_free(rows);
  return status;
}

/* Whether rows are deleted with those that the column refers to. */
static critmin_status falls_with(critmin_store *store, const cm_relation *relation, const char *column, int *falls,
                                 critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(
      store, "SELECT 1 FROM pragma_foreign_key_list(?1) WHERE \"from\" = ?2 AND on_delete = 'CASCADE'", &statement, error);
  if (status) return status;
  sqlite3_bind_text(statement, 1, relation->table, -1, SQLITE_STATIC);
  sqlite3_bind_text(statement, 2, column, -1, SQLITE_STATIC);
  int code = sqlite3_step(statement);
  *falls = code == SQLITE_ROW;
  if (code != SQLITE_ROW && code != SQLITE_DONE) status = cm_store_fail(store, code, "look for references", error);
  sqlite3_finalize(statement);
  return status;
}

static critmin_status follow(cm_where *where, const cm_relation *relation, const char *column, const char *ids,
                             const cm_relation **user, cm_buffer *key, critmin_error *error) {
  int falls = 0;
  critmin_status status = falls_with(where->store, relation, column, &falls, error);
  if (status) return status;
  if (!falls) return look(where, relation, column, ids, user, key, error);
  char *fallen = cm_text_print("SELECT id FROM %s WHERE %s IN (%s)", relation->table, column, ids);
  if (!fallen) return cm_fail_memory(error);
  status = find_user(where, relation->table, fallen, user, key, error);
  cm_free(fallen);
  return status;
}

static critmin_status find_user(cm_where *where, const char *table, const char *ids, const cm_relation **user,
                                cm_buffer *key, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (int r = 0; r < cm_n_relations && !status && !*user; r++) {
    const cm_relation *relation = &cm_relations[r];
    for (int i = 0; i < relation->n_fields && !status && !*user; i++) {
      const cm_field *f = &relation->fields[i];
      const char *of = cm_field_table(f->type);
      int group = f->type == CM_FIELD_COUNTRY_OR_GROUP;
      if (f->column && of && strcmp(of, table) == 0)
        status = follow(where, relation, f->column, ids, user, key, error);
      if (!status && !*user && group && strcmp(table, "country_group") == 0)
        status = follow(where, relation, "group_id", ids, user, key, error);
    }
  }
  return status;
}

critmin_status cm_fail_in_use(const cm_where *deleting, const cm_relation *relation, critmin_error *error) {
  cm_where where = *deleting; /* the same parameters, other conditions */
  const cm_relation *user = NULL;
  cm_buffer key = {0};
  where.sql = (cm_buffer){0};
  char *ids = cm_text_print("SELECT t.id FROM %s t%s", relation->table, deleting->sql.data ? deleting->sql.data : "");
  critmin_status status = ids ? find_user(&where, relation->table, ids, &user, &key, error) : cm_fail_memory(error);
  if (!status && user)
    status = cm_fail(error, CRITMIN_ERROR_IN_USE, "%s: a row of %s refers to what is to be removed: %s; remove it first",
                     relation->name, user->name, key.data ? key.data : "");
  else if (!status)
    status = cm_fail(error, CRITMIN_ERROR_IN_USE, "%s: other rows refer to what is to be removed; remove those first",
                     relation->name);
  cm_free(ids);
  cm_buffer_free(&where.sql);
  cm_buffer_free(&key);
  return status;
}
