/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "store/as_of.h"
#include "store/dictionary.h"
#include "store/record.h"
#include "store/row.h"
#include "store/rows.h"
#include "store/where.h"

static int is_producer(const cm_relation *relation) { return strcmp(relation->name, "producer") == 0; }

static critmin_status check_key(const char *key, critmin_error *error) {
  if (!key) return cm_fail_null(error, "key");
  if (!*key) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `key` is empty; give the key of a record");
  if (!cm_text_valid(key, strlen(key)))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `key` is not UTF-8; convert it");
  return CRITMIN_OK;
}

/* New ----------------------------------------------------------------------------------------------------------------
 */

/* A country's code cannot be the key of a facility or company: it names the country's total. */
static critmin_status refuse_taken(critmin_store *store, const cm_relation *relation, const char *key,
                                   critmin_error *error) {
  char *spelt;
  int country = 0;
  critmin_status status = cm_where_spelt(store, relation, key, &spelt, NULL, error);
  if (!status && spelt)
    status = cm_fail(error, CRITMIN_ERROR_DUPLICATE_KEY,
                     "%s `%s` is there already; read and change it, or choose another key", relation->name, spelt);
  if (!status && is_producer(relation)) {
    status = cm_country_total_find(store, key, &country, NULL, error);
    if (!status && country)
      status = cm_fail(error, CRITMIN_ERROR_DUPLICATE_KEY,
                       "`%s` is a country, and names its total among the producers; choose another key", key);
  }
  cm_free(spelt);
  return status;
}

static critmin_status make_keyed(critmin_store *store, const cm_relation *relation, const char *key, cm_record **record,
                                 critmin_error *error) {
  critmin_status status = cm_record_make(store, relation, record, error);
  if (status) return status;
  (*record)->values[0] = cm_text_copy(key);
  if ((*record)->values[0]) return CRITMIN_OK;
  cm_record_free(*record);
  return cm_fail_memory(error);
}

critmin_status cm_record_new(critmin_store *store, const char *name, const char *key, cm_record **record,
                             critmin_error *error) {
  const cm_relation *relation = cm_relation_find(name);
  critmin_status status = check_key(key, error);
  if (!status) status = cm_store_enter(store, error);
  if (status) return status;
  cm_record *made = NULL;
  cm_row row = {.relation = relation, .mineral = -1, .stage = -1, .source = -1, .edition = -1};
  if (cm_row_text(&row, 0, key, error)) {
    status = CRITMIN_ERROR_ARGUMENT;
    if (error) error->status = status;
  }
  if (!status) status = cm_store_read_begin(store, error);
  if (!status) {
    status = refuse_taken(store, relation, key, error);
    cm_store_read_end(store);
  }
  if (!status) status = make_keyed(store, relation, key, &made, error);
  cm_store_leave(store);
  if (status) return status;
  *record = made;
  return cm_ok(error);
}

/* Read ---------------------------------------------------------------------------------------------------------------
 */

/* A cell as the record keeps it: NULL where it is missing. 0 when memory ran out. */
static int copy_cell(const critmin_table *table, int64_t row, const char *name, char **value) {
  char number[CM_NUMBER_TEXT];
  int32_t column = critmin_table_find(table, name);
  const char *text = critmin_table_text(table, column, row);
  if (!text && critmin_table_type(table, column) != CRITMIN_COLUMN_TEXT) {
    cm_number_text(critmin_table_number(table, column, row), number);
    if (*number) text = number;
  }
  *value = text ? cm_text_copy(text) : NULL;
  return !text || *value;
}

static critmin_status read_list(critmin_store *store, const char *key, cm_record_list *list, critmin_error *error) {
  const cm_relation *relation = list->relation;
  critmin_table *table = NULL;
  critmin_status status = cm_rows_table(store, relation, NULL, &relation->parent_field, &key, 1, &table, error);
  if (status) return status;
  for (int64_t i = 0; !status && i < critmin_table_rows(table); i++) {
    char **item = cm_record_append(list);
    if (!item) status = cm_fail_memory(error);
    for (int f = 1; !status && f < relation->n_fields; f++) {
      if (!copy_cell(table, i, relation->fields[f].name, &item[f])) status = cm_fail_memory(error);
    }
  }
  critmin_table_free(table);
  return status;
}

static critmin_status read_stored(critmin_store *store, const cm_relation *relation, const char *key,
                                  cm_record **record, critmin_error *error) {
  cm_record *made = NULL;
  critmin_table *table = NULL;
  critmin_status status = cm_rows_table(store, relation, NULL, &relation->fields[0].name, &key, 1, &table, error);
  if (!status) status = cm_record_make(store, relation, &made, error);
  for (int f = 0; !status && f < relation->n_fields; f++) {
    if (!copy_cell(table, 0, relation->fields[f].name, &made->values[f])) status = cm_fail_memory(error);
  }
  critmin_table_free(table);
  for (int i = 0; !status && i < made->n_lists; i++) status = read_list(store, key, &made->lists[i], error);
  if (status) {
    cm_record_free(made);
    return status;
  }
  made->stored = 1;
  *record = made;
  return CRITMIN_OK;
}

static critmin_status read_country_total(critmin_store *store, const cm_relation *relation, const char *key, char *name,
                                         cm_record **record, critmin_error *error) {
  static const char *const fields[] = {"name", "kind", "country"};
  const char *const values[] = {name, "country", key};
  cm_record *made = NULL;
  critmin_status status = make_keyed(store, relation, key, &made, error);
  for (int i = 0; !status && i < 3; i++) {
    char **value = &made->values[cm_row_place(relation, fields[i])];
    *value = cm_text_copy(values[i]);
    if (!*value) {
      cm_record_free(made);
      status = cm_fail_memory(error);
    }
  }
  if (status) return status;
  made->stored = made->derived = 1;
  *record = made;
  return CRITMIN_OK;
}

static critmin_status fail_not_found(const cm_relation *relation, const char *key, const char *near,
                                     critmin_error *error) {
  return near ? cm_fail(error, CRITMIN_ERROR_NOT_FOUND, "there is no %s `%.200s`; did you mean `%s`?", relation->name,
                        key, near)
              : cm_fail(error, CRITMIN_ERROR_NOT_FOUND, "there is no %s `%.200s`; list them to see what there is",
                        relation->name, key);
}

/* The key as the store spells it: the record's own, for a mineral also a name or a publisher's word for it. */
static critmin_status find_key(critmin_store *store, const cm_relation *relation, const char *key, int aliases,
                               char **spelt, char **near, critmin_error *error) {
  critmin_error other;
  int64_t id;
  critmin_status status = cm_where_spelt(store, relation, key, spelt, near, error);
  if (status || *spelt || !aliases || strcmp(relation->name, "mineral") != 0) return status;
  if (cm_resolve_mineral(store, NULL, key, &id, &other) != CRITMIN_OK) return CRITMIN_OK;
  *spelt = cm_text_copy(cm_dictionary_key(store, CM_NAMES_MINERAL, id));
  return *spelt ? CRITMIN_OK : cm_fail_memory(error);
}

static critmin_status read_any(critmin_store *store, const cm_relation *relation, const char *key, cm_record **record,
                               critmin_error *error) {
  char *spelt = NULL, *near = NULL, *name = NULL;
  int country = 0;
  critmin_status status = cm_dictionary_refresh(store, error);
  if (!status) status = find_key(store, relation, key, 1, &spelt, &near, error);
  if (!status && spelt) {
    status = read_stored(store, relation, spelt, record, error);
  } else if (!status) {
    if (is_producer(relation)) status = cm_country_total_find(store, key, &country, &name, error);
    if (!status)
      status = country ? read_country_total(store, relation, key, name, record, error)
                       : fail_not_found(relation, key, near, error);
  }
  cm_free(spelt);
  cm_free(near);
  cm_free(name);
  return status;
}

critmin_status cm_record_read(critmin_store *store, const char *name, const char *key, cm_record **record,
                              critmin_error *error) {
  critmin_status status = check_key(key, error);
  if (!status) status = cm_store_enter(store, error);
  if (status) return status;
  cm_record *made = NULL;
  status = cm_store_read_begin(store, error);
  if (!status) {
    status = read_any(store, cm_relation_find(name), key, &made, error);
    cm_store_read_end(store);
  }
  cm_store_leave(store);
  if (status) return status;
  *record = made;
  return cm_ok(error);
}

/* Delete -------------------------------------------------------------------------------------------------------------
 */

static critmin_status fail_derived(const char *key, critmin_error *error) {
  return cm_fail(
      error, CRITMIN_ERROR_ARGUMENT,
      "producer `%s` is the total of a country, made of its figures; write or remove those, and the total follows",
      key);
}

static critmin_status delete_found(critmin_store *store, const cm_relation *relation, const char *key,
                                   critmin_error *error) {
  char *spelt = NULL, *near = NULL;
  int country = 0;
  int64_t deleted = 0;
  critmin_status status = find_key(store, relation, key, 0, &spelt, &near, error);
  if (!status && !spelt) {
    if (is_producer(relation)) status = cm_country_total_find(store, key, &country, NULL, error);
    if (!status) status = country ? fail_derived(key, error) : fail_not_found(relation, key, near, error);
  }
  if (!status) {
    const char *const value = spelt;
    status = cm_rows_delete(store, relation, &relation->fields[0].name, &value, 1, &deleted, error);
  }
  cm_free(spelt);
  cm_free(near);
  return status;
}

critmin_status cm_record_delete(critmin_store *store, const char *name, const char *key, critmin_error *error) {
  critmin_status status = check_key(key, error);
  if (!status) status = cm_store_enter(store, error);
  if (status) return status;
  status = cm_store_write_begin(store, error);
  if (!status) status = cm_store_write_end(store, delete_found(store, cm_relation_find(name), key, error), error);
  cm_store_leave(store);
  return status ? status : cm_ok(error);
}

/* Lists --------------------------------------------------------------------------------------------------------------
 */

critmin_status cm_record_list_all(critmin_store *store, const char *name, const critmin_selection *selection,
                                  critmin_table **table, critmin_error *error) {
  if (!table) return cm_fail_null(error, "table");
  critmin_status status = cm_store_enter(store, error);
  if (status) return status;
  const cm_relation *relation = cm_relation_find(name);
  critmin_table *made = NULL;
  status = cm_store_read_begin(store, error);
  if (!status) {
    status = cm_list_rows(store, relation, selection, &made, error);
    cm_store_read_end(store);
  }
  cm_store_leave(store);
  if (status) return status;
  *table = made;
  return cm_ok(error);
}

/* The keys are read first and each record is visited outside the store, so that a visitor may use it: what it deletes
 * is skipped. */
critmin_status cm_record_iterate(critmin_store *store, const char *name, const critmin_selection *selection,
                                 int32_t (*visit)(void *user, cm_record *record), void *user, critmin_error *error) {
  critmin_table *keys = NULL;
  critmin_status status = cm_record_list_all(store, name, selection, &keys, error);
  for (int64_t i = 0; !status && i < critmin_table_rows(keys); i++) {
    cm_record *record = NULL;
    const char *key = critmin_table_text(keys, 0, i);
    status = cm_record_read(store, name, key, &record, error);
    if (status == CRITMIN_ERROR_NOT_FOUND) {
      status = CRITMIN_OK;
      continue;
    }
    if (!status && visit(user, record))
      status = cm_fail(error, CRITMIN_ERROR_CANCELLED, "the visitor ended the iteration at %s `%s`", name, key);
    cm_record_free(record);
  }
  critmin_table_free(keys);
  return status ? status : cm_ok(error);
}
