/* SPDX-License-Identifier: MIT */
/* A record replaces what the store holds of it, in one step: the row in place, so that what refers to it stays, then
 * its lists. */
#include <string.h>

#include "base/text.h"
#include "store/record.h"
#include "store/rows.h"

/* Rows of these lists are referred to by other relations: they are changed in place, and only those that are gone are
 * deleted. */
static int is_referred_to(const cm_relation *list) {
  return strcmp(list->name, "edition") == 0 || strcmp(list->name, "stage") == 0;
}

static critmin_status write_root(cm_record *record, critmin_error *error) {
  cm_writer *writer;
  critmin_status status =
      cm_writer_open(record->store, record->relation, record->stored ? CM_REPLACE : CM_INSERT, &writer, error);
  if (status) return status;
  int replaced;
  status = cm_writer_row(writer, (const char *const *)record->values, &replaced, error);
  if (!status) status = cm_writer_finish(writer, error);
  cm_writer_close(writer);
  return status;
}

static critmin_status delete_items(cm_record *record, const cm_relation *list, critmin_error *error) {
  int64_t deleted;
  const char *const key = cm_record_key(record);
  return cm_rows_delete(record->store, list, &list->parent_field, &key, 1, &deleted, error);
}

static int has_item(const cm_record_list *list, const char *key) {
  for (size_t i = 0; i < list->count; i++) {
    const char *mine = list->values[i * (size_t)list->relation->n_fields + 1];
    if (mine && cm_name_equal(mine, key)) return 1;
  }
  return 0;
}

/* Of a list whose items have a key of their own, in the field after the parent's: deletes those that the record has no
 * more. */
static critmin_status delete_gone(cm_record *record, const cm_record_list *list, critmin_error *error) {
  const cm_relation *relation = list->relation;
  const char *const names[] = {relation->parent_field, relation->fields[1].name};
  const char *values[] = {cm_record_key(record), NULL};
  critmin_table *table = NULL;
  critmin_status status = cm_rows_table(record->store, relation, NULL, names, values, 1, &table, error);
  for (int64_t i = 0; !status && i < critmin_table_rows(table); i++) {
    int64_t deleted;
    values[1] = critmin_table_text(table, critmin_table_find(table, names[1]), i);
    if (!has_item(list, values[1])) status = cm_rows_delete(record->store, relation, names, values, 2, &deleted, error);
  }
  critmin_table_free(table);
  return status;
}

/* No two stages of a chain have one place: the old places are moved out of the way of the new. */
static critmin_status free_places(cm_record *record, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(
      record->store,
      "UPDATE stage SET position = position + 1000000 WHERE mineral_id = (SELECT id FROM mineral WHERE key = ?1)",
      &statement, error);
  if (status) return status;
  int code = sqlite3_bind_text(statement, 1, cm_record_key(record), -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  if (code != SQLITE_DONE) status = cm_store_fail(record->store, code, "order the stages", error);
  sqlite3_finalize(statement);
  return status;
}

/* Says of which item a failure is: its place in the list, from 0 as in paths; error->row counts from 1. */
static critmin_status fail_item(const cm_record_list *list, size_t item, const critmin_error *of,
                                critmin_error *error) {
  cm_fail(error, of->status, "%s[%zu]: %s", list->relation->list, item, of->message);
  if (error) error->system_code = of->system_code;
  return cm_fail_at(error, of->status, (int64_t)item + 1, of->column);
}

static critmin_status write_items(cm_record *record, cm_record_list *list, critmin_error *error) {
  cm_writer *writer;
  size_t n = (size_t)list->relation->n_fields;
  int mode = is_referred_to(list->relation) ? CM_REPLACE_ONCE : CM_INSERT;
  critmin_status status = cm_writer_open(record->store, list->relation, mode, &writer, error);
  if (status) return status;
  for (size_t i = 0; !status && i < list->count; i++) {
    critmin_error local;
    int replaced;
    char **item = list->values + i * n;
    item[0] = (char *)(uintptr_t)cm_record_key(record);
    status = cm_writer_row(writer, (const char *const *)item, &replaced, &local);
    item[0] = NULL;
    if (status) fail_item(list, i, &local, error);
  }
  if (!status) status = cm_writer_finish(writer, error);
  cm_writer_close(writer);
  return status;
}

static critmin_status refuse_country_key(cm_record *record, critmin_error *error) {
  int country = 0;
  if (record->stored || strcmp(record->relation->name, "producer") != 0) return CRITMIN_OK;
  critmin_status status = cm_country_total_find(record->store, cm_record_key(record), &country, NULL, error);
  if (!status && country)
    status = cm_fail(error, CRITMIN_ERROR_DUPLICATE_KEY,
                     "`%s` is a country, and names its total among the producers; choose another key",
                     cm_record_key(record));
  return status;
}

static critmin_status write_all(cm_record *record, critmin_error *error) {
  critmin_status status = refuse_country_key(record, error);
  if (!status) status = write_root(record, error);
  for (int i = 0; !status && i < record->n_lists; i++) {
    if (!is_referred_to(record->lists[i].relation)) status = delete_items(record, record->lists[i].relation, error);
  }
  for (int i = 0; !status && i < record->n_lists; i++) {
    cm_record_list *list = &record->lists[i];
    if (is_referred_to(list->relation)) status = delete_gone(record, list, error);
    if (!status && strcmp(list->relation->name, "stage") == 0) status = free_places(record, error);
    if (!status) status = write_items(record, list, error);
  }
  return status;
}

critmin_status cm_record_write(cm_record *record, critmin_error *error) {
  if (!record) return cm_fail_null(error, "record");
  if (record->derived)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "producer `%s` is the total of a country, made of its figures; write those, and the total follows",
                   cm_record_key(record));
  critmin_status status = cm_store_enter(record->store, error);
  if (status) return status;
  status = cm_store_write_begin(record->store, error);
  if (!status) status = cm_store_write_end(record->store, write_all(record, error), error);
  if (!status) record->stored = 1;
  cm_store_leave(record->store);
  return status ? status : cm_ok(error);
}
