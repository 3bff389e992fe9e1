/* SPDX-License-Identifier: MIT */
#include "origin.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "failure.h"
#include "grid.h"
#include "table_output.h"

const char *origin_word(const critmin_table *table, const char *column, int64_t row) {
  const char *word = critmin_table_text(table, critmin_table_find(table, column), row);
  return word ? word : "";
}

double origin_number(const critmin_table *table, const char *column, int64_t row) {
  return critmin_table_number(table, critmin_table_find(table, column), row);
}

static int list(const origin *o, const char *what, const char *dimension, const char *name, critmin_table **table) {
  critmin_error error;
  critmin_selection *selection = NULL;
  critmin_status status = critmin_selection_new(&selection, &error);
  if (status == CRITMIN_OK && name) status = critmin_selection_add(selection, dimension, name, &error);
  if (status == CRITMIN_OK) status = critmin_store_list(o->store, what, selection, table, &error);
  critmin_selection_free(selection);
  return status == CRITMIN_OK ? 0 : fail_library(&error, FROM_FILE, NULL);
}

int origin_open(origin *o) {
  const char *mineral = origin_word(o->table, "mineral", 0);
  int code = list(o, "countries", NULL, NULL, &o->countries);
  if (!code) code = list(o, "stages", "mineral", mineral, &o->stages);
  return code ? code : list(o, "minerals", "mineral", mineral, &o->minerals);
}

void origin_close(origin *o) {
  critmin_table_free(o->countries);
  critmin_table_free(o->stages);
  critmin_table_free(o->minerals);
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
  return name_of(o->countries, "country", key, NULL);
}

const char *origin_stage(const origin *o, const char *key) {
  return name_of(o->stages, "stage", key, origin_word(o->table, "mineral", 0));
}

const char *origin_mineral(const origin *o) {
  return name_of(o->minerals, "mineral", origin_word(o->table, "mineral", 0), NULL);
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

static critmin_status set_all(const origin *o, critmin_selection *selection, const char *const *settings,
                              critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  if (o->r->source) status = critmin_selection_set(selection, "source", o->r->source, error);
  if (status == CRITMIN_OK && o->r->edition) status = critmin_selection_set(selection, "edition", o->r->edition, error);
  if (status == CRITMIN_OK && o->r->date) status = critmin_selection_set(selection, "date", o->r->date, error);
  for (; *settings && status == CRITMIN_OK; settings++) {
    char name[64];
    const char *equals = strchr(*settings, '=');
    snprintf(name, sizeof name, "%.*s", (int)(equals - *settings), *settings);
    status = critmin_selection_set(selection, name, equals + 1, error);
  }
  return status;
}

int origin_ask(const origin *o, const char *metric, const char *stage, const char *countries,
               const char *const *settings, critmin_table **table) {
  critmin_error error;
  request sub = {0};
  *table = NULL;
  critmin_status status = critmin_selection_new(&sub.selection, &error);
  if (status == CRITMIN_OK) status = critmin_selection_add(sub.selection, "metric", metric, &error);
  if (status == CRITMIN_OK)
    status = critmin_selection_add(sub.selection, "mineral", origin_word(o->table, "mineral", 0), &error);
  if (status == CRITMIN_OK) status = critmin_selection_add(sub.selection, "stage", stage, &error);
  int32_t year = (int32_t)origin_number(o->table, "year", 0);
  if (status == CRITMIN_OK) status = critmin_selection_years(sub.selection, year, year, &error);
  if (status == CRITMIN_OK) status = set_all(o, sub.selection, settings, &error);
  int code = 0;
  if (status == CRITMIN_OK)
    code = arguments_names(&sub, "country", "country", countries ? countries : origin_word(o->table, "country", 0));
  if (status == CRITMIN_OK && !code)
    status = critmin_metric_compute(o->model, sub.selection, 0, NULL, NULL, table, &error);
  critmin_selection_free(sub.selection);
  if (status == CRITMIN_ERROR_EMPTY_SELECTION) return 0;
  return status == CRITMIN_OK ? code : fail_library(&error, FROM_COMMAND_LINE, NULL);
}
