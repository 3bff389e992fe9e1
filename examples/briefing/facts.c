/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "briefing.h"

static const struct {
  const char *key, *name;
  int in_story;
} default_topics[] = {
    {"copper", "copper", 1},       {"lithium", "lithium", 1},     {"cobalt", "cobalt", 1},
    {"graphite", "graphite", 1},   {"rare_earths", "rare earths", 1}, {"gallium", "gallium", 0},
    {"germanium", "germanium", 0}, {"antimony", "antimony", 0},   {"tungsten", "tungsten", 0},
    {"magnesium", "magnesium", 0},
};
enum { DEFAULT_TOPICS = sizeof default_topics / sizeof default_topics[0] };

static const struct {
  const char *stage, *measure;
} asked[MARKETS] = {{"mining", "production"}, {"processing", "production"}, {NULL, "reserves"}};

const char *lookup(const critmin_table *table, const char *key, const char *field) {
  int32_t column = critmin_table_find(table, field);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *here = critmin_table_text(table, 0, row);
    if (here && strcmp(here, key) == 0) {
      const char *text = critmin_table_text(table, column, row);
      return text ? text : "";
    }
  }
  return "";
}

const char *country_name(const facts *f, const char *iso) {
  const char *name = lookup(f->countries, iso, "name");
  return *name ? name : iso;
}

const char *mineral_name(const facts *f, const char *key) {
  const char *name = lookup(f->minerals, key, "name");
  return *name ? name : key;
}

/* What a briefing can do without: the market is then shown as having no figure. */
static int is_gap(critmin_status status) {
  return status == CRITMIN_ERROR_STAGE_NOT_IN_CHAIN || status == CRITMIN_ERROR_EMPTY_SELECTION;
}

static critmin_status ask(const facts *f, const char *metrics[], const char *mineral, int which, const char *country,
                          critmin_table **table, critmin_error *error) {
  critmin_selection *selection;
  critmin_status status = critmin_selection_new(&selection, error);
  if (status != CRITMIN_OK) return status;
  for (int i = 0; metrics[i] && status == CRITMIN_OK; i++)
    status = critmin_selection_add(selection, "metric", metrics[i], error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "mineral", mineral, error);
  if (status == CRITMIN_OK && asked[which].stage)
    status = critmin_selection_add(selection, "stage", asked[which].stage, error);
  if (status == CRITMIN_OK && country) status = critmin_selection_add(selection, "country", country, error);
  if (status == CRITMIN_OK) status = critmin_selection_set(selection, "measure", asked[which].measure, error);
  if (status == CRITMIN_OK)
    status = critmin_metric_compute(f->model, selection, 0, NULL, NULL, table, error);
  critmin_selection_free(selection);
  return status;
}

static const char *text_at(const critmin_table *table, const char *column, int64_t row) {
  const char *text = critmin_table_text(table, critmin_table_find(table, column), row);
  return text ? text : "";
}

static double number_at(const critmin_table *table, const char *column, int64_t row) {
  return critmin_table_number(table, critmin_table_find(table, column), row);
}

static number answer_at(const critmin_table *table, int64_t row) {
  number n = {number_at(table, "value", row), number_at(table, "low", row), number_at(table, "high", row)};
  return n;
}

static int is_of(const critmin_table *table, int64_t row, const market *m) {
  return (int)number_at(table, "year", row) == m->year && strcmp(text_at(table, "mineral", row), m->mineral) == 0 &&
         strcmp(text_at(table, "stage", row), m->stage) == 0;
}

/* The market is the one with the newest year on record, or the one asked for; what is only projected is no record. */
static void choose(market *m, int year) {
  for (int64_t row = 0; row < critmin_table_rows(m->rows); row++) {
    if (strcmp(text_at(m->rows, "metric", row), "hhi") != 0 || isnan(number_at(m->rows, "value", row))) continue;
    if (strstr(text_at(m->rows, "flags", row), "PROJECTED")) continue;
    int here = (int)number_at(m->rows, "year", row);
    if ((year && here > year) || (m->found && here <= m->year)) continue;
    m->found = 1;
    m->year = here;
    m->mineral = text_at(m->rows, "mineral", row);
    m->stage = text_at(m->rows, "stage", row);
    m->source = text_at(m->rows, "source", row);
    m->edition = text_at(m->rows, "edition", row);
    m->flags = text_at(m->rows, "flags", row);
    m->hhi = answer_at(m->rows, row);
  }
}

/* What is not known sorts by what it may be at most. */
static double size_of(number share) { return isnan(share.value) ? share.high / 2 : share.value; }

static int larger_first(const void *a, const void *b) {
  double x = size_of(((const producer *)a)->share), y = size_of(((const producer *)b)->share);
  return x < y ? 1 : x > y ? -1 : strcmp(((const producer *)a)->country, ((const producer *)b)->country);
}

static critmin_status fill(market *m, critmin_error *error) {
  int64_t rows = critmin_table_rows(m->rows);
  m->producers = calloc((size_t)rows + 1, sizeof *m->producers);
  if (!m->producers) {
    memset(error, 0, sizeof *error);
    strcpy(error->message, "out of memory");
    return error->status = CRITMIN_ERROR_MEMORY;
  }
  for (int64_t row = 0; row < rows; row++) {
    if (!is_of(m->rows, row, m)) continue;
    const char *metric = text_at(m->rows, "metric", row);
    number n = answer_at(m->rows, row);
    if (strcmp(metric, "share") == 0 && !(n.value == 0 && n.high == 0) && !(isnan(n.value) && isnan(n.high))) {
      producer *p = &m->producers[m->n_producers++];
      p->country = text_at(m->rows, "country", row);
      p->share = n;
    } else if (strcmp(metric, "cr3") == 0) {
      m->cr3 = n;
    } else if (strcmp(metric, "effective_number") == 0) {
      m->effective = n;
    } else if (strcmp(metric, "n_minus_1") == 0) {
      m->without_largest = n;
      m->largest = text_at(m->rows, "country", row);
    }
  }
  qsort(m->producers, (size_t)m->n_producers, sizeof *m->producers, larger_first);
  for (int64_t row = 0; row < critmin_table_rows(m->of_china); row++) {
    if (is_of(m->of_china, row, m)) m->china = answer_at(m->of_china, row);
  }
  return CRITMIN_OK;
}

static critmin_status gather_market(const facts *f, topic *t, int which, critmin_error *error) {
  static const char *all[] = {"share", "hhi", "cr3", "effective_number", "n_minus_1", NULL}, *share[] = {"share", NULL};
  const number none = {NAN, NAN, NAN};
  market *m = &t->market[which];
  m->china = m->hhi = m->cr3 = m->effective = m->without_largest = none;
  critmin_status status = ask(f, all, t->key, which, NULL, &m->rows, error);
  if (is_gap(status)) return CRITMIN_OK;
  if (status != CRITMIN_OK) return status;
  choose(m, f->year);
  if (!m->found) return CRITMIN_OK;
  status = ask(f, share, t->key, which, "CHN", &m->of_china, error);
  return status == CRITMIN_OK || is_gap(status) ? fill(m, error) : status;
}

static critmin_status list(const facts *f, const char *what, critmin_table **table, critmin_error *error) {
  return critmin_store_list(f->store, what, NULL, table, error);
}

critmin_status facts_gather(facts *f, char *const *minerals, int n_minerals, int year, critmin_error *error) {
  memset(f, 0, sizeof *f);
  f->year = year;
  f->n_topics = n_minerals ? n_minerals : DEFAULT_TOPICS;
  f->topics = calloc((size_t)f->n_topics, sizeof *f->topics);
  if (!f->topics) return CRITMIN_ERROR_MEMORY;
  critmin_status status = critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &f->store, error);
  if (status == CRITMIN_OK) status = list(f, "countries", &f->countries, error);
  if (status == CRITMIN_OK) status = list(f, "minerals", &f->minerals, error);
  if (status == CRITMIN_OK) status = list(f, "sources", &f->sources, error);
  if (status == CRITMIN_OK) status = critmin_model_load(f->store, NULL, NULL, NULL, &f->model, error);
  for (int i = 0; i < f->n_topics && status == CRITMIN_OK; i++) {
    topic *t = &f->topics[i];
    t->key = n_minerals ? minerals[i] : default_topics[i].key;
    t->name = n_minerals ? mineral_name(f, t->key) : default_topics[i].name;
    for (int j = 0; j < DEFAULT_TOPICS; j++)
      if (strcmp(t->key, default_topics[j].key) == 0) {
        t->name = default_topics[j].name;
        t->in_story = default_topics[j].in_story;
      }
    for (int which = 0; which < MARKETS && status == CRITMIN_OK; which++) status = gather_market(f, t, which, error);
  }
  return status;
}

void facts_free(facts *f) {
  for (int i = 0; i < f->n_topics && f->topics; i++) {
    for (int which = 0; which < MARKETS; which++) {
      critmin_table_free(f->topics[i].market[which].rows);
      critmin_table_free(f->topics[i].market[which].of_china);
      free(f->topics[i].market[which].producers);
    }
  }
  free(f->topics);
  critmin_table_free(f->countries);
  critmin_table_free(f->minerals);
  critmin_table_free(f->sources);
  critmin_model_free(f->model);
  critmin_store_close(f->store);
}
