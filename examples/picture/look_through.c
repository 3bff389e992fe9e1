/* SPDX-License-Identifier: MIT */
#include "look_through.h"

#include <stdio.h>
#include <string.h>

const char *origin_word(const critmin_table *table, const char *column, int64_t row) {
  const char *word = critmin_table_text(table, critmin_table_find(table, column), row);
  return word ? word : "";
}

double origin_number(const critmin_table *table, const char *column, int64_t row) {
  return critmin_table_number(table, critmin_table_find(table, column), row);
}

static critmin_status list(const origin *o, const char *what, const char *dimension, const char *name,
                           critmin_table **table, critmin_error *error) {
  critmin_selection *selection = NULL;
  critmin_status status = critmin_selection_new(&selection, error);
  if (status == CRITMIN_OK && name) status = critmin_selection_add(selection, dimension, name, error);
  if (status == CRITMIN_OK) status = critmin_store_list(o->store, what, selection, table, error);
  critmin_selection_free(selection);
  return status;
}

static int is_group(const origin *o, const char *key) {
  for (int64_t row = 0; row < critmin_table_rows(o->groups); row++) {
    if (strcmp(critmin_table_text(o->groups, 0, row), key) == 0) return 1;
  }
  return 0;
}

critmin_status origin_open(origin *o, critmin_error *error) {
  const char *mineral = origin_word(o->table, "mineral", 0);
  o->countries = o->groups = o->stages = o->minerals = o->members = NULL;
  critmin_status status = list(o, "countries", NULL, NULL, &o->countries, error);
  if (status == CRITMIN_OK) status = list(o, "groups", NULL, NULL, &o->groups, error);
  if (status == CRITMIN_OK) status = list(o, "stages", "mineral", mineral, &o->stages, error);
  if (status == CRITMIN_OK) status = list(o, "minerals", "mineral", mineral, &o->minerals, error);
  if (status == CRITMIN_OK && is_group(o, origin_word(o->table, "country", 0)))
    status = list(o, "countries", "country", origin_word(o->table, "country", 0), &o->members, error);
  return status;
}

void origin_close(origin *o) {
  critmin_table_free(o->countries);
  critmin_table_free(o->groups);
  critmin_table_free(o->stages);
  critmin_table_free(o->minerals);
  critmin_table_free(o->members);
}

static const char *name_of(const critmin_table *table, const char *column, const char *key, const char *mineral) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(origin_word(table, column, row), key) != 0) continue;
    if (!mineral || strcmp(origin_word(table, "mineral", row), mineral) == 0) return origin_word(table, "name", row);
  }
  return key;
}

const char *origin_country(const origin *o, const char *key) {
  if (strcmp(key, "UNK") == 0) return "unknown";
  if (strcmp(key, "OTH") == 0) return "others";
  return name_of(is_group(o, key) ? o->groups : o->countries, is_group(o, key) ? "group" : "country", key, NULL);
}

const char *origin_stage(const origin *o, const char *key) {
  return name_of(o->stages, "stage", key, origin_word(o->table, "mineral", 0));
}

const char *origin_mineral(const origin *o) {
  return name_of(o->minerals, "mineral", origin_word(o->table, "mineral", 0), NULL);
}

const char *origin_party(const origin *o, const char *key) {
  for (int64_t row = 0; o->members && row < critmin_table_rows(o->members); row++) {
    if (strcmp(origin_word(o->members, "country", row), key) == 0) return origin_word(o->table, "country", 0);
  }
  return key;
}

const char *origin_at(const origin *o, int64_t row, char key[64]) {
  const char *found = origin_word(o->table, "params", row), *at = NULL;
  for (const char *next = found; (next = strstr(next, "at=")) != NULL; next += 3) {
    if (next == found || next[-1] == ';') at = next + 3;
  }
  size_t length = at ? strcspn(at, ";") : 0;
  if (length >= 64) length = 63;
  if (length) memcpy(key, at, length);
  key[length] = '\0';
  /* The word that was typed may be a kind or another name of the stage. */
  const char *mineral = origin_word(o->table, "mineral", 0);
  for (int64_t i = 0; i < critmin_table_rows(o->stages); i++) {
    if (strcmp(origin_word(o->stages, "mineral", i), mineral) != 0) continue;
    const char *stage = origin_word(o->stages, "stage", i);
    if (strcmp(stage, key) == 0 || strcmp(origin_word(o->stages, "kind", i), key) == 0) return strcpy(key, stage);
  }
  return key;
}

static critmin_status set(critmin_selection *selection, const char *name, const char *value, critmin_error *error) {
  return value ? critmin_selection_set(selection, name, value, error) : CRITMIN_OK;
}

static critmin_status select_cells(const origin *o, critmin_selection *selection, const char *metric, const char *stage,
                                   const char *const *countries, int n_countries, const char *setting,
                                   critmin_error *error) {
  const char *user = origin_word(o->table, "country", 0);
  int32_t year = (int32_t)origin_number(o->table, "year", 0);
  critmin_status status = critmin_selection_add(selection, "metric", metric, error);
  if (status == CRITMIN_OK)
    status = critmin_selection_add(selection, "mineral", origin_word(o->table, "mineral", 0), error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "stage", stage, error);
  if (status == CRITMIN_OK) status = critmin_selection_years(selection, year, year, error);
  if (status == CRITMIN_OK) status = set(selection, "source", o->source, error);
  if (status == CRITMIN_OK) status = set(selection, "edition", o->edition, error);
  if (status == CRITMIN_OK) status = set(selection, "date", o->date, error);
  for (int i = 0; i < n_countries && status == CRITMIN_OK; i++)
    status = critmin_selection_add(selection, "country", countries[i], error);
  if (status == CRITMIN_OK && n_countries == 0) status = critmin_selection_add(selection, "country", user, error);
  if (status != CRITMIN_OK || !setting) return status;
  char name[64];
  const char *equals = strchr(setting, '=');
  snprintf(name, sizeof name, "%.*s", (int)(equals - setting), setting);
  return critmin_selection_set(selection, name, equals + 1, error);
}

critmin_status origin_ask(const origin *o, const char *metric, const char *stage, const char *const *countries,
                          int n_countries, const char *setting, critmin_table **table, critmin_error *error) {
  critmin_selection *selection = NULL;
  *table = NULL;
  critmin_status status = critmin_selection_new(&selection, error);
  if (status == CRITMIN_OK)
    status = select_cells(o, selection, metric, stage, countries, n_countries, setting, error);
  if (status == CRITMIN_OK) status = critmin_metric_compute(o->model, selection, 0, NULL, NULL, table, error);
  critmin_selection_free(selection);
  return status == CRITMIN_ERROR_EMPTY_SELECTION ? CRITMIN_OK : status;
}
