/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "briefing.h"

const char *text_at(const critmin_table *table, const char *column, int64_t row) {
  const char *words = critmin_table_text(table, critmin_table_find(table, column), row);
  return words ? words : "";
}

double number_at(const critmin_table *table, const char *column, int64_t row) {
  return critmin_table_number(table, critmin_table_find(table, column), row);
}

number answer_at(const critmin_table *table, int64_t row) {
  number n = {number_at(table, "value", row), number_at(table, "low", row), number_at(table, "high", row)};
  return n;
}

const char *lookup(const critmin_table *table, const char *key, const char *field) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *here = critmin_table_text(table, 0, row);
    if (here && strcmp(here, key) == 0) return text_at(table, field, row);
  }
  return "";
}

/* What a briefing can do without: it is then shown as having no figure. */
static int is_gap(critmin_status status) {
  return status == CRITMIN_ERROR_STAGE_NOT_IN_CHAIN || status == CRITMIN_ERROR_EMPTY_SELECTION;
}

static critmin_status set(critmin_selection *s, const char *option, const char *value, critmin_error *error) {
  return value ? critmin_selection_set(s, option, value, error) : CRITMIN_OK;
}

static critmin_status add_all(critmin_selection *s, const char *dimension, const char *const *names, int n,
                              critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < n && status == CRITMIN_OK; i++) status = critmin_selection_add(s, dimension, names[i], error);
  return status;
}

critmin_status query_metric(const critmin_model *model, const query *q, critmin_table **table, critmin_error *error) {
  critmin_selection *s;
  int metrics = 0;
  *table = NULL;
  critmin_status status = critmin_selection_new(&s, error);
  if (status != CRITMIN_OK) return status;
  while (q->metrics[metrics]) metrics++;
  status = add_all(s, "metric", q->metrics, metrics, error);
  if (status == CRITMIN_OK) status = add_all(s, "mineral", &q->mineral, 1, error);
  if (status == CRITMIN_OK) status = add_all(s, "stage", &q->stage, q->stage != NULL, error);
  if (status == CRITMIN_OK) status = add_all(s, "country", q->countries, q->n_countries, error);
  if (status == CRITMIN_OK) status = add_all(s, "partner", &q->partner, q->partner != NULL, error);
  if (status == CRITMIN_OK && q->year) status = critmin_selection_years(s, q->year, q->year, error);
  if (status == CRITMIN_OK) status = set(s, "measure", q->measure, error);
  if (status == CRITMIN_OK) status = set(s, "netting", q->netting, error);
  if (status == CRITMIN_OK) status = set(s, "denominator", q->denominator, error);
  if (status == CRITMIN_OK) status = critmin_metric_compute(model, s, 0, NULL, NULL, table, error);
  critmin_selection_free(s);
  return is_gap(status) ? CRITMIN_OK : status;
}

critmin_status query_model(critmin_store *store, const char *edition, const char *source, critmin_model **model,
                           critmin_error *error) {
  critmin_selection *s;
  critmin_status status = critmin_selection_new(&s, error);
  if (status != CRITMIN_OK) return status;
  status = set(s, "edition", edition, error);
  if (status == CRITMIN_OK) status = set(s, "source", source, error);
  if (status == CRITMIN_OK) status = critmin_model_load(store, s, NULL, NULL, model, error);
  critmin_selection_free(s);
  return status;
}

static critmin_status chosen(char *const *minerals, int n, const char *date, critmin_selection **s,
                             critmin_error *error) {
  critmin_status status = critmin_selection_new(s, error);
  if (status != CRITMIN_OK) return status;
  for (int i = 0; i < n && status == CRITMIN_OK; i++) status = critmin_selection_add(*s, "mineral", minerals[i], error);
  if (status == CRITMIN_OK) status = set(*s, "date", date, error);
  if (status != CRITMIN_OK) critmin_selection_free(*s);
  return status;
}

critmin_status query_list(critmin_store *store, const char *what, const char *date, char *const *minerals,
                          int n_minerals, critmin_table **table, critmin_error *error) {
  critmin_selection *s;
  critmin_status status = chosen(minerals, n_minerals, date, &s, error);
  if (status != CRITMIN_OK) return status;
  status = critmin_store_list(store, what, s, table, error);
  critmin_selection_free(s);
  return status;
}

critmin_status query_changes(critmin_store *store, const char *since, const char *until, char *const *minerals,
                             int n_minerals, critmin_table **table, critmin_error *error) {
  critmin_selection *s;
  critmin_status status = chosen(minerals, n_minerals, NULL, &s, error);
  if (status != CRITMIN_OK) return status;
  status = critmin_store_changes(store, since, until, s, table, error);
  critmin_selection_free(s);
  return status;
}

static int same_word(const char *a, const char *b) {
  while (*a && *b && tolower((unsigned char)*a) == tolower((unsigned char)*b)) a++, b++;
  return !*a && !*b;
}

static const char *key_in(const critmin_table *table, const char *name) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *key = critmin_table_text(table, 0, row);
    if (key && (same_word(key, name) || same_word(text_at(table, "name", row), name))) return key;
  }
  return NULL;
}

critmin_status query_group(const facts *f, const char *name, const char **key, critmin_error *error) {
  if ((*key = key_in(f->groups, name))) return CRITMIN_OK;
  prose keys = prose_new(f->pool);
  for (int64_t row = 0; row < critmin_table_rows(f->groups); row++)
    prose_join(&keys, ", ", critmin_table_text(f->groups, 0, row));
  error->status = CRITMIN_ERROR_UNKNOWN_NAME;
  snprintf(error->message, sizeof error->message, "`%.200s` is no group; there are %.600s", name, keys.data);
  return error->status;
}

critmin_status query_place(const facts *f, const char *name, const char **key, critmin_error *error) {
  *key = key_in(f->countries, name);
  if (!*key) *key = key_in(f->groups, name);
  if (*key) return CRITMIN_OK;
  /* Another publisher's word: the library knows them all, and what is nearest to one that it does not know. */
  critmin_selection *s;
  critmin_table *found;
  critmin_status status = critmin_selection_new(&s, error);
  if (status != CRITMIN_OK) return status;
  status = critmin_selection_add(s, "country", name, error);
  if (status == CRITMIN_OK) status = critmin_store_list(f->store, "countries", s, &found, error);
  critmin_selection_free(s);
  if (status != CRITMIN_OK) return status;
  *key = critmin_table_rows(found) == 1 ? key_in(f->countries, text_at(found, "country", 0)) : NULL;
  critmin_table_free(found);
  if (*key) return CRITMIN_OK;
  error->status = CRITMIN_ERROR_UNKNOWN_NAME;
  snprintf(error->message, sizeof error->message, "`%.200s` names several countries: give a group's key, such as EU27",
           name);
  return error->status;
}
