/* SPDX-License-Identifier: MIT */
/* Countries as producers: a total is not stored as one, it is seen in the figures. */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "store/dictionary.h"
#include "store/record.h"
#include "store/row.h"
#include "store/rows.h"
#include "store/where.h"
#include "table/builder.h"

critmin_status cm_country_total_find(critmin_store *store, const char *key, int *found, char **name,
                                     critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(
      store, "SELECT name FROM country WHERE key = upper(?1) AND kind IN ('country', 'former')", &statement, error);
  if (status) return status;
  int code = sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  *found = code == SQLITE_ROW;
  if (code == SQLITE_ROW && name) {
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    *name = text ? cm_text_copy(text) : NULL;
    if (!*name) status = cm_fail_memory(error);
  } else if (code != SQLITE_ROW && code != SQLITE_DONE) {
    status = cm_store_fail(store, code, "look for a country", error);
  }
  sqlite3_finalize(statement);
  return status;
}

/* Countries with a total of production or capacity among the figures that the selection leaves. */
static critmin_status prepare_totals(critmin_store *store, cm_where *where, sqlite3_stmt **statement,
                                     critmin_error *error) {
  cm_where_and(where);
  cm_buffer_add(
      &where->sql,
      "t.producer_id IS NULL AND t.measure_id IN (SELECT id FROM measure WHERE key IN ('production', 'capacity'))");
  char *sql = where->sql.failed
                  ? NULL
                  : cm_text_print(
                        "SELECT key, name FROM country WHERE kind IN ('country', 'former') AND id IN (SELECT "
                        "t.country_id FROM figure t%s) ORDER BY key",
                        where->sql.data);
  if (!sql) return cm_fail_memory(error);
  critmin_status status = cm_store_prepare(store, sql, statement, error);
  cm_free(sql);
  if (!status) cm_where_bind(where, *statement);
  return status;
}

/*
 * The selection as it concerns the stored producers, and as it concerns the totals: kinds and keys belong to one or the
 * other, and a total has no status of a project. The names are borrowed from the selection.
 */
typedef struct halves {
  critmin_selection stored, totals;
  int wants_stored, wants_totals;
  char **names; /* room for the names of both */
} halves;

static critmin_status split_keys(critmin_store *store, const cm_names *keys, halves *h, char **stored, char **totals,
                                 critmin_error *error) {
  h->stored.dimension[CM_KEY] = (cm_names){.names = stored};
  h->totals.dimension[CM_KEY] = (cm_names){.names = totals};
  for (size_t i = 0; i < keys->count; i++) {
    int country;
    critmin_status status = cm_country_total_find(store, keys->names[i], &country, NULL, error);
    if (status) return status;
    cm_names *of = &(country ? &h->totals : &h->stored)->dimension[CM_KEY];
    of->names[of->count++] = keys->names[i];
  }
  if (keys->count && !h->stored.dimension[CM_KEY].count) h->wants_stored = 0;
  if (keys->count && !h->totals.dimension[CM_KEY].count) h->wants_totals = 0;
  return CRITMIN_OK;
}

static void split_kinds(const cm_names *kinds, halves *h, char **stored) {
  int country = 0;
  h->stored.dimension[CM_KIND] = (cm_names){.names = stored};
  for (size_t i = 0; i < kinds->count; i++) {
    if (cm_name_equal(kinds->names[i], "country")) {
      country = 1;
    } else {
      stored[h->stored.dimension[CM_KIND].count++] = kinds->names[i];
    }
  }
  if (kinds->count && !h->stored.dimension[CM_KIND].count) h->wants_stored = 0;
  if (kinds->count && !country) h->wants_totals = 0;
}

static critmin_status split(critmin_store *store, const critmin_selection *selection, halves *h, critmin_error *error) {
  *h = (halves){.wants_stored = 1, .wants_totals = 1};
  if (!selection) return CRITMIN_OK;
  const cm_names *keys = cm_selection_names(selection, CM_KEY), *kinds = cm_selection_names(selection, CM_KIND);
  h->names = cm_alloc_array(2 * keys->count + kinds->count, sizeof *h->names);
  if (!h->names) return cm_fail_memory(error);
  h->stored = h->totals = *selection;
  h->totals.dimension[CM_KIND] = h->totals.dimension[CM_STATUS] = (cm_names){0};
  if (cm_selection_names(selection, CM_STATUS)->count) h->wants_totals = 0;
  split_kinds(kinds, h, h->names + 2 * keys->count);
  return split_keys(store, keys, h, h->names, h->names + keys->count, error);
}

int cm_producer_is_total(const cm_relation *relation, const char *const *values) {
  if (strcmp(relation->name, "producer") != 0) return 0;
  const char *kind = values[cm_row_place(relation, "kind")], *key = values[cm_row_place(relation, "producer")];
  const char *country = values[cm_row_place(relation, "country")];
  return kind && key && country && cm_name_equal(kind, "country") && cm_name_equal(key, country);
}

static int among(const cm_names *names, const char *name) {
  for (size_t i = 0; i < names->count; i++) {
    if (cm_name_equal(names->names[i], name)) return 1;
  }
  return names->count == 0;
}

typedef struct producers {
  const cm_relation *relation;
  const critmin_table *stored;
  int64_t next; /* row of `stored` */
  cm_builder *builder;
} producers;

/* Copies the stored producers whose key comes before `key`, or the rest. The relation's fields are all texts. */
static void copy_before(producers *all, const char *key) {
  for (; all->next < critmin_table_rows(all->stored); all->next++) {
    if (key && strcmp(critmin_table_text(all->stored, 0, all->next), key) > 0) return;
    cm_builder_row(all->builder);
    for (int f = 0; f < all->relation->n_fields; f++)
      cm_builder_text(all->builder, f, critmin_table_text(all->stored, f, all->next));
  }
}

static void add_total(producers *all, const char *key, const char *name) {
  copy_before(all, key);
  cm_builder_row(all->builder);
  for (int f = 0; f < all->relation->n_fields; f++) {
    const char *field = all->relation->fields[f].name;
    const char *text = strcmp(field, "producer") == 0 || strcmp(field, "country") == 0 ? key
                       : strcmp(field, "name") == 0                                    ? name
                       : strcmp(field, "kind") == 0                                    ? "country"
                                                                                       : NULL;
    cm_builder_text(all->builder, f, text);
  }
}

static critmin_status merge(critmin_store *store, const critmin_selection *selection, producers *all,
                            critmin_error *error) {
  cm_where where = {.store = store};
  sqlite3_stmt *statement = NULL;
  critmin_selection figures = *selection; /* figures have no key */
  figures.dimension[CM_KEY] = (cm_names){0};
  critmin_status status = cm_where_selection(&where, cm_relation_find("figure"), &figures, error);
  if (!status) status = prepare_totals(store, &where, &statement, error);
  int code = SQLITE_DONE;
  while (!status && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    const char *key = (const char *)sqlite3_column_text(statement, 0);
    if (key && among(cm_selection_names(selection, CM_KEY), key))
      add_total(all, key, (const char *)sqlite3_column_text(statement, 1));
  }
  if (!status && code != SQLITE_DONE) status = cm_store_fail(store, code, "look for country totals", error);
  sqlite3_finalize(statement);
  cm_where_free(&where);
  return status;
}

critmin_status cm_producer_table(critmin_store *store, const critmin_selection *selection, critmin_table **table,
                                 critmin_error *error) {
  producers all = {.relation = cm_relation_find("producer")};
  critmin_table *stored = NULL;
  halves h;
  cm_column columns[CM_FIELDS_MAX];
  for (int f = 0; f < all.relation->n_fields; f++)
    columns[f] = (cm_column){all.relation->fields[f].name, all.relation->fields[f].unit, CRITMIN_COLUMN_TEXT};
  critmin_status status = cm_dictionary_refresh(store, error);
  if (status) return status;
  status = split(store, selection, &h, error);
  if (!status && h.wants_stored) status = cm_rows_table(store, all.relation, &h.stored, NULL, NULL, 0, &stored, error);
  if (!status) {
    all.stored = stored;
    all.builder = cm_builder_new(columns, all.relation->n_fields);
    if (!all.builder) status = cm_fail_memory(error);
  }
  if (!status && h.wants_totals) status = merge(store, &h.totals, &all, error);
  if (!status) copy_before(&all, NULL);
  critmin_table_free(stored);
  cm_free(h.names);
  if (!status) return cm_builder_finish(all.builder, table, error);
  cm_builder_free(all.builder);
  return status;
}
