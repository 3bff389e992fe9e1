/* SPDX-License-Identifier: MIT */
/* The public functions over rows of any relation: list, describe, set, remove. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "store/as_of.h"
#include "store/period.h"
#include "store/record.h"
#include "store/row.h"
#include "store/rows.h"
#include "table/builder.h"

/* Names of relations: each singular, then each plural. */
static const char *relation_name(const void *user, size_t i) {
  (void)user;
  size_t n = (size_t)cm_n_relations;
  return i < n ? cm_relations[i].name : cm_relations[i - n].plural;
}

const cm_relation *cm_relation_named(const char *name, critmin_error *error) {
  const cm_relation *relation = cm_relation_find(name);
  if (relation) return relation;
  const char *near = cm_name_nearest(name, relation_name, NULL, 2 * (size_t)cm_n_relations);
  cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "a store has no '%s'%s%s%s", name,
          near ? "; did you mean '" : "; list `relations` to see what it can hold", near ? near : "", near ? "'?" : "");
  return NULL;
}

static critmin_status list_relations(critmin_table **table, critmin_error *error) {
  static const cm_column columns[] = {{"relation", "", CRITMIN_COLUMN_TEXT},
                                      {"list", "", CRITMIN_COLUMN_TEXT},
                                      {"parent", "", CRITMIN_COLUMN_TEXT},
                                      {"text", "", CRITMIN_COLUMN_TEXT}};
  cm_builder *builder = cm_builder_new(columns, 4);
  if (!builder) return cm_fail_memory(error);
  for (int i = 0; i < cm_n_relations; i++) {
    cm_builder_row(builder);
    cm_builder_text(builder, 0, cm_relations[i].name);
    cm_builder_text(builder, 1, cm_relations[i].plural ? cm_relations[i].plural : cm_relations[i].name);
    cm_builder_text(builder, 2, cm_relations[i].parent);
    cm_builder_text(builder, 3, cm_relations[i].text);
  }
  return cm_builder_finish(builder, table, error);
}

critmin_status critmin_store_list(critmin_store *store, const char *what, const critmin_selection *selection,
                                  critmin_table **table, critmin_error *error) {
  if (!store) return cm_fail_null(error, "store");
  if (!what) return cm_fail_null(error, "what");
  if (!table) return cm_fail_null(error, "table");
  int relations = cm_name_equal(what, "relations");
  const cm_relation *relation = relations ? NULL : cm_relation_named(what, error);
  if (!relation && !relations) return CRITMIN_ERROR_UNKNOWN_NAME;
  critmin_status status = cm_store_enter(store, error);
  if (status != CRITMIN_OK) return status;
  critmin_table *made = NULL;
  if (relations)
    status = list_relations(&made, error);
  else
    status = cm_store_read_begin(store, error);
  if (status == CRITMIN_OK && relation) {
    status = cm_list_rows(store, relation, selection, &made, error);
    cm_store_read_end(store);
  }
  cm_store_leave(store);
  if (status != CRITMIN_OK) return status;
  *table = made;
  return cm_ok(error);
}

static int selects_anything(const critmin_selection *selection) {
  if (!selection) return 0;
  for (int i = 0; i < CM_DIMENSIONS; i++) {
    if (selection->dimension[i].count) return 1;
  }
  return selection->has_years || selection->n_options;
}

critmin_status critmin_store_figures(critmin_store *store, const critmin_selection *selection, critmin_table **table,
                                     critmin_error *error) {
  if (!store) return cm_fail_null(error, "store");
  if (!table) return cm_fail_null(error, "table");
  critmin_status status = cm_store_enter(store, error);
  if (status != CRITMIN_OK) return status;
  critmin_table *made = NULL;
  status = cm_rows_table(store, cm_relation_find("figure"), selection, NULL, NULL, 0, &made, error);
  cm_store_leave(store);
  if (status != CRITMIN_OK) return status;
  if (selects_anything(selection) && critmin_table_rows(made) == 0) {
    critmin_table_free(made);
    return cm_fail(error, CRITMIN_ERROR_EMPTY_SELECTION,
                   "no figure is of all that was selected; every name is known, but never together: leave one out");
  }
  *table = made;
  return cm_ok(error);
}

/* Fields -------------------------------------------------------------------------------------------------------------
 */

static const char *type_name(cm_field_type type) {
  static const char *const names[] = {[CM_FIELD_TEXT] = "text",
                                      [CM_FIELD_NUMBER] = "number",
                                      [CM_FIELD_INTEGER] = "integer",
                                      [CM_FIELD_DATE] = "date",
                                      [CM_FIELD_DAY] = "day",
                                      [CM_FIELD_PERIOD_FROM] = "date",
                                      [CM_FIELD_PERIOD_TO] = "date",
                                      [CM_FIELD_WORD] = "word",
                                      [CM_FIELD_CURRENCY] = "currency",
                                      [CM_FIELD_COUNTRIES] = "countries",
                                      [CM_FIELD_KEY] = "key",
                                      [CM_FIELD_SOURCE] = "source",
                                      [CM_FIELD_EDITION] = "edition",
                                      [CM_FIELD_COUNTRY] = "country",
                                      [CM_FIELD_GROUP] = "group",
                                      [CM_FIELD_COUNTRY_OR_GROUP] = "country or group",
                                      [CM_FIELD_MINERAL] = "mineral",
                                      [CM_FIELD_STAGE] = "stage",
                                      [CM_FIELD_STAGE_WORD] = "stage",
                                      [CM_FIELD_PRODUCER] = "producer",
                                      [CM_FIELD_AGREEMENT] = "agreement",
                                      [CM_FIELD_RESERVE] = "reserve",
                                      [CM_FIELD_RESTRICTION] = "restriction",
                                      [CM_FIELD_MEASURE] = "measure",
                                      [CM_FIELD_INDICATOR] = "indicator",
                                      [CM_FIELD_COMPOSITE] = "json"};
  return names[type];
}

enum { FIELD, TYPE, UNIT, REQUIRED, LOW, HIGH, WORDS, TEXT, FIELD_COLUMNS };

static void add_field(cm_builder *builder, const cm_field *f) {
  int year = strcmp(f->unit, "year") == 0;
  cm_builder_row(builder);
  cm_builder_text(builder, FIELD, f->name);
  cm_builder_text(builder, TYPE, type_name(f->type));
  cm_builder_text(builder, UNIT, *f->unit ? f->unit : NULL);
  cm_builder_integer(builder, REQUIRED, (f->flags & CM_REQUIRED) && !f->initial);
  if (f->flags & (CM_NOT_NEGATIVE | CM_IS_SHARE)) cm_builder_number(builder, LOW, 0);
  if (f->flags & CM_IS_SHARE) cm_builder_number(builder, HIGH, 1);
  if (year) cm_builder_number(builder, LOW, CM_YEAR_FIRST);
  if (year) cm_builder_number(builder, HIGH, CM_YEAR_LAST);
  cm_builder_text(builder, WORDS, f->words);
  cm_builder_text(builder, TEXT, f->text);
}

critmin_status critmin_store_fields(const char *relation, critmin_table **table, critmin_error *error) {
  static const cm_column columns[FIELD_COLUMNS] = {
      {"field", "", CRITMIN_COLUMN_TEXT},          {"type", "", CRITMIN_COLUMN_TEXT},
      {"unit", "", CRITMIN_COLUMN_TEXT},           {"required", "", CRITMIN_COLUMN_INTEGER},
      {"low", "as `unit`", CRITMIN_COLUMN_NUMBER}, {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},
      {"words", "", CRITMIN_COLUMN_TEXT},          {"text", "", CRITMIN_COLUMN_TEXT}};
  if (!relation) return cm_fail_null(error, "relation");
  if (!table) return cm_fail_null(error, "table");
  const cm_relation *found = cm_relation_named(relation, error);
  if (!found) return CRITMIN_ERROR_UNKNOWN_NAME;
  cm_builder *builder = cm_builder_new(columns, FIELD_COLUMNS);
  if (!builder) return cm_fail_memory(error);
  for (int i = 0; i < found->n_fields; i++) add_field(builder, &found->fields[i]);
  critmin_table *made = NULL;
  critmin_status status = cm_builder_finish(builder, &made, error);
  if (status != CRITMIN_OK) return status;
  *table = made;
  return cm_ok(error);
}

/* One row ------------------------------------------------------------------------------------------------------------
 */

static critmin_status check_pairs(const char *relation, const char *const *names, const char *const *values, int32_t n,
                                  critmin_error *error) {
  if (!relation) return cm_fail_null(error, "relation");
  if (!names) return cm_fail_null(error, "names");
  if (!values) return cm_fail_null(error, "values");
  if (n < 1) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `n` is %d; give at least one field", (int)n);
  for (int32_t i = 0; i < n; i++) {
    if (!names[i]) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `names[%d]` is null", (int)i);
  }
  return CRITMIN_OK;
}

static critmin_status place_values(const cm_relation *relation, const char *const *names, const char *const *values,
                                   int32_t n, const char *row[CM_FIELDS_MAX], critmin_error *error) {
  int given[CM_FIELDS_MAX] = {0};
  for (int32_t i = 0; i < n; i++) {
    int field = cm_row_find(relation, names[i], error);
    if (field < 0) return CRITMIN_ERROR_UNKNOWN_NAME;
    if (given[field])
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "%s: field '%s' is given twice", relation->name, names[i]);
    given[field] = 1;
    row[field] = values[i];
  }
  return CRITMIN_OK;
}

critmin_status critmin_store_set(critmin_store *store, const char *relation, const char *const *names,
                                 const char *const *values, int32_t n, critmin_error *error) {
  critmin_status status = store ? check_pairs(relation, names, values, n, error) : cm_fail_null(error, "store");
  if (status != CRITMIN_OK) return status;
  const cm_relation *found = cm_relation_named(relation, error);
  if (!found) return CRITMIN_ERROR_UNKNOWN_NAME;
  const char *row[CM_FIELDS_MAX] = {0};
  status = place_values(found, names, values, n, row, error);
  if (status == CRITMIN_OK) status = cm_store_enter(store, error);
  if (status != CRITMIN_OK) return status;
  status = cm_store_write_begin(store, error);
  if (status == CRITMIN_OK) {
    cm_writer *writer = NULL;
    status = cm_writer_open(store, found, CM_REPLACE, &writer, error);
    if (status == CRITMIN_OK) status = cm_writer_row(writer, row, NULL, error);
    cm_writer_close(writer);
    if (status == CRITMIN_OK && strcmp(found->name, "group_member") == 0)
      status = cm_membership_check(store, NULL, error);
    if (status == CRITMIN_OK && strcmp(found->name, "producer_owner") == 0)
      status = cm_ownership_check(store, NULL, error);
    status = cm_store_write_end(store, status, error);
  }
  cm_store_leave(store);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}

critmin_status critmin_store_remove(critmin_store *store, const char *relation, const char *const *names,
                                    const char *const *values, int32_t n, int64_t *removed, critmin_error *error) {
  critmin_status status = store ? check_pairs(relation, names, values, n, error) : cm_fail_null(error, "store");
  if (status != CRITMIN_OK) return status;
  const cm_relation *found = cm_relation_named(relation, error);
  if (!found) return CRITMIN_ERROR_UNKNOWN_NAME;
  status = cm_store_enter(store, error);
  if (status != CRITMIN_OK) return status;
  int64_t deleted = 0;
  status = cm_store_write_begin(store, error);
  if (status == CRITMIN_OK) {
    status = cm_rows_delete(store, found, names, values, n, &deleted, error);
    if (status == CRITMIN_OK && !deleted)
      status = cm_fail(error, CRITMIN_ERROR_NOT_FOUND, "%s: no row has those values; list them to see what there is",
                       found->name);
    status = cm_store_write_end(store, status, error);
  }
  cm_store_leave(store);
  if (status != CRITMIN_OK) return status;
  if (removed) *removed = deleted;
  return cm_ok(error);
}
