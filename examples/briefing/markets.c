/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "briefing.h"

static const struct {
  const char *stage, *measure;
} asked[MARKETS] = {{"mining", "production"}, {"processing", "production"}, {NULL, "reserves"}};

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
static double size_of(number share) {
  return isnan(share.value) ? share.high / 2 : share.value;
}

static int larger_first(const void *a, const void *b) {
  double x = size_of(((const producer *)a)->share), y = size_of(((const producer *)b)->share);
  return x < y ? 1 : x > y ? -1 : strcmp(((const producer *)a)->country, ((const producer *)b)->country);
}

static void fill(facts *f, market *m) {
  int64_t rows = critmin_table_rows(m->rows);
  m->producers = pool_take(f->pool, (size_t)(rows + 1) * sizeof *m->producers);
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
    } else if (strcmp(metric, "n_minus_1") == 0) {
      m->without_largest = n;
      m->largest = text_at(m->rows, "country", row);
    }
  }
  qsort(m->producers, (size_t)m->n_producers, sizeof *m->producers, larger_first);
  for (int64_t row = 0; row < critmin_table_rows(m->of_china); row++) {
    if (is_of(m->of_china, row, m)) m->china = answer_at(m->of_china, row);
  }
}

static critmin_status gather(facts *f, const char *mineral, int which, int model, market *m, critmin_error *error) {
  static const char *const all[] = {"share", "hhi", "cr3", "n_minus_1", NULL}, *const share[] = {
                                                                                                       "share", NULL};
  static const char *const china = "CHN";
  const number none = {NAN, NAN, NAN};
  query q = {.metrics = all, .mineral = mineral, .stage = asked[which].stage, .measure = asked[which].measure};
  m->china = m->hhi = m->cr3 = m->without_largest = none;
  critmin_status status = query_metric(f->model[model], &q, &m->rows, error);
  if (status != CRITMIN_OK) return status;
  choose(m, f->year);
  if (!m->found) return CRITMIN_OK;
  q.metrics = share;
  q.countries = &china;
  q.n_countries = 1;
  status = query_metric(f->model[model], &q, &m->of_china, error);
  if (status == CRITMIN_OK) fill(f, m);
  return status;
}

critmin_status markets_gather(facts *f, topic *t, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (int which = 0; which < MARKETS && status == CRITMIN_OK; which++) {
    status = gather(f, t->key, which, BY_DAY, &t->market[which], error);
    if (status == CRITMIN_OK) status = gather(f, t->key, which, YEAR_BEFORE, &t->before[which], error);
  }
  return status;
}

void markets_free(topic *t) {
  for (int which = 0; which < MARKETS; which++) {
    critmin_table_free(t->market[which].rows);
    critmin_table_free(t->market[which].of_china);
    critmin_table_free(t->before[which].rows);
    critmin_table_free(t->before[which].of_china);
  }
}
