/* SPDX-License-Identifier: MIT */
#include "store/where.h"

#include <string.h>

#include "base/memory.h"
#include "store/dictionary.h"
#include "store/row.h"
#include "store/rows.h"

void cm_where_free(cm_where *where) {
  for (size_t i = 0; i < where->n_bound; i++) cm_free(where->bound[i].text);
  cm_free(where->bound);
  cm_buffer_free(&where->sql);
  where->bound = NULL;
  where->n_bound = where->bound_room = 0;
}

void cm_where_and(cm_where *where) {
  cm_buffer_add(&where->sql, where->sql.length ? " AND " : " WHERE ");
}

static int bind(cm_where *where, char *text, double number) {
  if (!cm_grow(&where->bound, where->n_bound, &where->bound_room, sizeof *where->bound)) {
    cm_free(text);
    where->sql.failed = 1;
    return 0;
  }
  where->bound[where->n_bound].text = text;
  where->bound[where->n_bound].number = number;
  return (int)++where->n_bound;
}

int cm_where_text(cm_where *where, const char *text) {
  char *copy = cm_text_copy(text);
  if (copy) return bind(where, copy, 0);
  where->sql.failed = 1;
  return 0;
}

int cm_where_number(cm_where *where, double number) {
  return bind(where, NULL, number);
}

void cm_where_bind(const cm_where *where, sqlite3_stmt *statement) {
  for (size_t i = 0; i < where->n_bound; i++) {
    if (where->bound[i].text)
      sqlite3_bind_text(statement, (int)i + 1, where->bound[i].text, -1, SQLITE_STATIC);
    else
      sqlite3_bind_double(statement, (int)i + 1, where->bound[i].number);
  }
}

/* Keys ---------------------------------------------------------------------------------------------------------------
 */

typedef struct key_list {
  char **keys;
  size_t n, room;
} key_list;

static const char *key_at(const void *user, size_t i) {
  return ((const key_list *)user)->keys[i];
}

static critmin_status read_keys(critmin_store *store, const cm_relation *relation, key_list *list,
                                critmin_error *error) {
  char *sql = cm_text_print("SELECT key FROM %s", relation->table);
  if (!sql) return cm_fail_memory(error);
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, sql, &statement, error);
  cm_free(sql);
  if (status != CRITMIN_OK) return status;
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    const char *key = (const char *)sqlite3_column_text(statement, 0);
    char *copy = key && cm_grow(&list->keys, list->n, &list->room, sizeof *list->keys) ? cm_text_copy(key) : NULL;
    if (!copy) {
      status = cm_fail_memory(error);
      break;
    }
    list->keys[list->n++] = copy;
  }
  if (status == CRITMIN_OK && code != SQLITE_DONE) status = cm_store_fail(store, code, "read the keys", error);
  sqlite3_finalize(statement);
  return status;
}

/* Whether the key is there exactly as it is written, which its index tells. */
static critmin_status is_exact(critmin_store *store, const cm_relation *relation, const char *key, int *exact,
                               critmin_error *error) {
  char *sql = cm_text_print("SELECT 1 FROM %s WHERE key = ?1", relation->table);
  if (!sql) return cm_fail_memory(error);
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, sql, &statement, error);
  cm_free(sql);
  if (status != CRITMIN_OK) return status;
  int code = sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) status = cm_store_fail(store, code, "look for a key", error);
  *exact = code == SQLITE_ROW;
  sqlite3_finalize(statement);
  return status;
}

critmin_status cm_where_spelt(critmin_store *store, const cm_relation *relation, const char *key, char **spelt,
                              char **near, critmin_error *error) {
  key_list list = {0};
  int exact = 0;
  *spelt = NULL;
  if (near) *near = NULL;
  critmin_status status = is_exact(store, relation, key, &exact, error);
  if (status != CRITMIN_OK) return status;
  if (exact) {
    *spelt = cm_text_copy(key);
    return *spelt ? CRITMIN_OK : cm_fail_memory(error);
  }
  status = read_keys(store, relation, &list, error);
  const char *found = NULL;
  for (size_t i = 0; i < list.n; i++) {
    if (!cm_name_equal(list.keys[i], key)) continue;
    found = list.keys[i];
    break;
  }
  char **out = found ? spelt : near;
  if (!found && near) found = cm_name_nearest(key, key_at, &list, list.n);
  if (status == CRITMIN_OK && found) {
    *out = cm_text_copy(found);
    if (!*out) status = cm_fail_memory(error);
  }
  for (size_t i = 0; i < list.n; i++) cm_free(list.keys[i]);
  cm_free(list.keys);
  return status;
}

/* Equal fields -------------------------------------------------------------------------------------------------------
 */

/* A stage named without its mineral, or an edition without its source: all that bear the name. */
static critmin_status equal_alone(cm_where *where, const cm_row *row, int field, const char *value,
                                  critmin_error *error) {
  const char *column = row->relation->fields[field].column;
  if (field == row->edition) {
    cm_where_and(where);
    int parameter = cm_where_text(where, value);
    cm_buffer_print(&where->sql, "t.%s IN (SELECT id FROM edition WHERE key = ?%d)", column, parameter);
    return CRITMIN_OK;
  }
  const cm_stage *stages;
  size_t n, found;
  int known;
  critmin_status status = cm_dictionary_stages(where->store, &stages, &n, error);
  if (status != CRITMIN_OK) return status;
  unsigned char *marks = cm_alloc_array(n, 1);
  if (!marks) return cm_fail_memory(error);
  status = cm_dictionary_mark_stages(where->store, 0, value, marks, &found, &known, error);
  if (status == CRITMIN_OK && !found) status = cm_dictionary_no_stage(where->store, NULL, value, error);
  if (status == CRITMIN_OK) {
    cm_where_and(where);
    cm_buffer_print(&where->sql, "t.%s IN (", column);
    const char *between = "";
    for (size_t i = 0; i < n; i++) {
      if (!marks[i]) continue;
      cm_buffer_print(&where->sql, "%s%lld", between, (long long)stages[i].id);
      between = ",";
    }
    cm_buffer_add(&where->sql, ")");
  }
  cm_free(marks);
  return status;
}

static critmin_status equal_key(cm_where *where, const cm_row *row, int field, const char *value,
                                critmin_error *error) {
  char *spelt;
  critmin_status status = cm_where_spelt(where->store, row->relation, value, &spelt, NULL, error);
  if (status != CRITMIN_OK) return status;
  cm_where_and(where);
  int parameter = cm_where_text(where, spelt ? spelt : value);
  cm_buffer_print(&where->sql, "t.%s = ?%d", row->relation->fields[field].column, parameter);
  cm_free(spelt);
  return CRITMIN_OK;
}

static critmin_status equal_slot(cm_where *where, const cm_row *row, int field, critmin_error *error) {
  const cm_field *f = &row->relation->fields[field];
  const cm_slot *slot = &row->slots[field];
  long long integer = (long long)slot->integer;
  cm_where_and(where);
  switch (slot->kind) {
    case CM_SLOT_EMPTY:
      return cm_fail(error, CRITMIN_ERROR_INTERNAL, "field '%s' has no value to compare with", f->name);
    case CM_SLOT_NUMBER:
      cm_buffer_print(&where->sql, "t.%s = ?%d", f->column, cm_where_number(where, slot->number));
      return CRITMIN_OK;
    case CM_SLOT_TEXT: {
      char *text = cm_text_copy_n(slot->text, (size_t)slot->text_length);
      if (!text) return cm_fail_memory(error);
      cm_buffer_print(&where->sql, "t.%s = ?%d", f->column, cm_where_text(where, text));
      cm_free(text);
      return CRITMIN_OK;
    }
    case CM_SLOT_GROUP:
      cm_buffer_print(&where->sql, "t.group_id = %lld", integer);
      return CRITMIN_OK;
    case CM_SLOT_INTEGER:
    case CM_SLOT_ID:
      if (f->column)
        cm_buffer_print(&where->sql, "t.%s = %lld", f->column, integer);
      else if (field == row->mineral)
        cm_buffer_print(&where->sql, "t.%s IN (SELECT id FROM stage WHERE mineral_id = %lld)",
                        row->relation->fields[row->stage].column, integer);
      else
        cm_buffer_print(&where->sql, "t.%s IN (SELECT id FROM edition WHERE source_id = %lld)",
                        row->relation->fields[row->edition].column, integer);
      return CRITMIN_OK;
  }
  return CRITMIN_OK;
}

static void equal_missing(cm_where *where, const cm_field *field) {
  cm_where_and(where);
  if (field->type == CM_FIELD_COUNTRY_OR_GROUP)
    cm_buffer_print(&where->sql, "t.%s IS NULL AND t.group_id IS NULL", field->column);
  else if (field->column)
    cm_buffer_print(&where->sql, "ifnull(t.%s, '') = ''", field->column);
  else
    cm_buffer_add(&where->sql, "0");
}

static critmin_status equal_field(cm_where *where, cm_row *row, int field, const char *value, const int *given,
                                  critmin_error *error) {
  const cm_field *f = &row->relation->fields[field];
  if (!value || !*value) {
    equal_missing(where, f);
    return CRITMIN_OK;
  }
  if (f->type == CM_FIELD_KEY) return equal_key(where, row, field, value, error);
  if ((f->type == CM_FIELD_STAGE && !given[row->mineral]) || (f->type == CM_FIELD_EDITION && !given[row->source]))
    return equal_alone(where, row, field, value, error);
  critmin_status status = cm_row_text(row, field, value, error);
  return status == CRITMIN_OK ? equal_slot(where, row, field, error) : status;
}

critmin_status cm_where_equal(cm_where *where, const cm_relation *relation, const char *const *names,
                              const char *const *values, int n, critmin_error *error) {
  int given[CM_FIELDS_MAX] = {0};
  const char *value[CM_FIELDS_MAX] = {0};
  for (int i = 0; i < n; i++) {
    int field = cm_row_find(relation, names[i] ? names[i] : "", error);
    if (field < 0) return CRITMIN_ERROR_UNKNOWN_NAME;
    if (given[field])
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "%s: field '%s' is given twice", relation->name, names[i]);
    given[field] = 1;
    value[field] = values[i];
  }
  cm_row row;
  critmin_status status = cm_row_open(&row, where->store, relation, error);
  cm_free(row.publisher); /* a person asks: anybody's words will do */
  row.publisher = NULL;
  for (int i = 0; i < relation->n_fields && status == CRITMIN_OK; i++) {
    int field = row.order[i];
    if (given[field]) status = equal_field(where, &row, field, value[field], given, error);
  }
  if (status == CRITMIN_OK && where->sql.failed) status = cm_fail_memory(error);
  cm_row_close(&row);
  return status;
}
