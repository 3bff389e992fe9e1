/* SPDX-License-Identifier: MIT */
/*
 * From evaluated rows to the rows of the table: a user's partners each by itself, without cells that nobody asked for
 * by name and that nothing is known of; then the newest year of each, where that is asked, in the order asked for.
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "metrics/catalogue.h"

static int is_known(const cm_row *row) {
  return !isnan(row->answer.value) || !isnan(row->answer.low) || !isnan(row->answer.high);
}

/* Rows about users stand for all whom anything is on record of; only those that were asked for by name are told when
 * that is not enough. */
static int is_told(const cm_plan *plan, const cm_row *row) {
  const cm_metric *metric = &cm_metrics[plan->metrics[row->metric]];
  return !cm_metric_is_of_user(metric) || row->missing || is_known(row) || (plan->named && plan->n_parties > 0);
}

static void gather(cm_plan *plan) {
  for (size_t i = 0; i < plan->n_rows; i++) {
    const cm_row *row = &plan->rows[i];
    if (row->n_pairs == 0 && is_told(plan, row)) plan->answers[plan->n_answers++] = row;
    for (size_t j = 0; j < row->n_pairs; j++) {
      if (is_told(plan, &row->pairs[j])) plan->answers[plan->n_answers++] = &row->pairs[j];
    }
  }
}

typedef struct place {
  const cm_row *row;
  size_t at; /* in the order of the keys */
} place;

static int same_cell(const cm_row *a, const cm_row *b) {
  return a->metric == b->metric && a->mineral == b->mineral && a->stage == b->stage && a->order == b->order;
}

static int by_cell(const void *a, const void *b) {
  const place *x = a, *y = b;
  if (x->row->metric != y->row->metric) return x->row->metric < y->row->metric ? -1 : 1;
  if (x->row->mineral != y->row->mineral) return x->row->mineral < y->row->mineral ? -1 : 1;
  if (x->row->stage != y->row->stage) return x->row->stage < y->row->stage ? -1 : 1;
  if (x->row->order != y->row->order) return x->row->order < y->row->order ? -1 : 1;
  if (x->row->year != y->row->year) return x->row->year > y->row->year ? -1 : 1;
  return x->at < y->at ? -1 : x->at > y->at;
}

static int by_place(const void *a, const void *b) {
  const place *x = a, *y = b;
  return x->at < y->at ? -1 : x->at > y->at;
}

static int by_value(const void *a, const void *b) {
  const place *x = a, *y = b;
  double v = x->row->answer.value, w = y->row->answer.value;
  if (isnan(v) != isnan(w)) return isnan(v) ? 1 : -1;
  if (v > w || v < w) return v > w ? -1 : 1;
  return by_place(a, b);
}

/* The newest year of one mineral, stage and country that says anything, and not of the future where another does. */
static int32_t newest_year(const place *places, size_t n) {
  int32_t projected = 0;
  for (size_t i = 0; i < n; i++) {
    if (!is_known(places[i].row)) continue;
    if (!(places[i].row->answer.flags & CRITMIN_FLAG_PROJECTED)) return places[i].row->year;
    if (!projected) projected = places[i].row->year;
  }
  return projected ? projected : places[0].row->year;
}

static size_t keep_newest(place *places, size_t n) {
  size_t kept = 0;
  qsort(places, n, sizeof *places, by_cell);
  for (size_t first = 0, last; first < n; first = last) {
    last = first;
    while (last < n && same_cell(places[first].row, places[last].row)) last++;
    int32_t year = newest_year(&places[first], last - first);
    for (size_t i = first; i < last; i++) {
      if (places[i].row->year == year) places[kept++] = places[i];
    }
  }
  qsort(places, kept, sizeof *places, by_place);
  return kept;
}

static critmin_status arrange(cm_plan *plan, critmin_error *error) {
  place *places = cm_alloc_array(plan->n_answers, sizeof *places);
  if (!places) return cm_fail_memory(error);
  for (size_t i = 0; i < plan->n_answers; i++) places[i] = (place){plan->answers[i], i};
  if (plan->newest) plan->n_answers = keep_newest(places, plan->n_answers);
  if (plan->by_value) qsort(places, plan->n_answers, sizeof *places, by_value);
  for (size_t i = 0; i < plan->n_answers; i++) plan->answers[i] = places[i].row;
  cm_free(places);
  return CRITMIN_OK;
}

critmin_status cm_plan_answers(cm_plan *plan, critmin_error *error) {
  size_t most = 0;
  for (size_t i = 0; i < plan->n_rows; i++) most += plan->rows[i].n_pairs ? plan->rows[i].n_pairs : 1;
  plan->answers = cm_alloc_array(most, sizeof(const cm_row *));
  if (!plan->answers) return cm_fail_memory(error);
  gather(plan);
  if (plan->n_answers == 0)
    return cm_fail(error, CRITMIN_ERROR_EMPTY_SELECTION,
                   "what is on record is not enough to compute any of these cells; name mineral, stage, year and "
                   "country to see what one lacks");
  return plan->newest || plan->by_value ? arrange(plan, error) : CRITMIN_OK;
}
