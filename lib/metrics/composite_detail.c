/* SPDX-License-Identifier: MIT */
/* A composite taken apart: what each criterion is, and does, and how far the ranks hang on the weights. */
#include <math.h>

#include "base/memory.h"
#include "metrics/composite_items.h"

enum {
  MINERAL,
  STAGE,
  COUNTRY,
  PARTNER,
  YEAR,
  CRITERION,
  METRIC,
  RAW,
  LOW,
  HIGH,
  UNIT,
  NORMALISED,
  WEIGHT,
  EFFECT,
  SCORE,
  RANK,
  PROBABILITY,
  MEAN_RANK,
  COLUMNS
};

typedef struct detail {
  cm_builder *b;
  int64_t top, draws;
  double concentration;
  uint64_t seed;
} detail;

/* The items of one year, which are ranked together. */
typedef struct ranked {
  size_t *item;
  size_t n;
  double *normalised, *effect, *rank, *probability, *mean_rank;
} ranked;

static void ranked_free(ranked *r) {
  cm_free(r->item);
  cm_free(r->normalised);
  cm_free(r->effect);
  cm_free(r->rank);
  cm_free(r->probability);
  cm_free(r->mean_rank);
}

static int ranked_make(ranked *r, size_t n, size_t criteria) {
  *r = (ranked){.item = cm_alloc_array(n, sizeof *r->item)};
  r->normalised = cm_alloc_array(n * criteria, sizeof *r->normalised);
  r->effect = cm_alloc_array(n * criteria, sizeof *r->effect);
  r->rank = cm_alloc_array(n, sizeof *r->rank);
  r->probability = cm_alloc_array(n, sizeof *r->probability);
  r->mean_rank = cm_alloc_array(n, sizeof *r->mean_rank);
  return r->item && r->normalised && r->effect && r->rank && r->probability && r->mean_rank;
}

/* Those of the same score share the best rank; one without a score has none. */
static void rank(const cm_composite_items *items, ranked *r) {
  for (size_t i = 0; i < r->n; i++) {
    double score = items->item[r->item[i]].answer.value;
    r->rank[i] = isnan(score) ? NAN : 1;
    for (size_t j = 0; j < r->n; j++) r->rank[i] += items->item[r->item[j]].answer.value > score;
  }
}

static critmin_status draw(const detail *d, const cm_composite_question *q, ranked *r, critmin_error *error) {
  const cm_definition *definition = q->definition;
  for (size_t i = 0; i < r->n; i++) r->probability[i] = r->mean_rank[i] = NAN;
  if (d->draws == 0) return CRITMIN_OK;
  double whole = 0;
  for (int64_t k = 0; k < definition->n; k++) whole += definition->weight[k];
  double *law = cm_alloc_array((size_t)definition->n, sizeof *law);
  if (!law) return cm_fail_memory(error);
  for (int64_t k = 0; k < definition->n; k++) { /* a criterion of weight 0 is left out whatever its law */
    double mean = definition->weight[k] / whole;
    law[k] = d->concentration > 0 && mean > 0 ? d->concentration * mean : 1;
  }
  critmin_status status =
      critmin_rank_robustness(&definition->composite, r->normalised, (int64_t)r->n, law, d->top, d->seed, 0, d->draws,
                              q->threads, q->progress, q->user, r->probability, r->mean_rank, error);
  cm_free(law);
  return status;
}

static void write_item(const detail *d, const cm_composite_question *q, const cm_composite_items *items,
                       const ranked *r, size_t i) {
  const cm_definition *definition = q->definition;
  const critmin_model *m = q->model;
  const cm_composite_item *item = &items->item[r->item[i]];
  cm_builder *b = d->b;
  double whole = 0;
  for (int64_t k = 0; k < definition->n; k++) whole += definition->weight[k];
  for (int64_t k = 0; k < definition->n; k++) {
    const cm_definition_criterion *c = &definition->criteria[k];
    const cm_composite_cell *cell = &items->cell[r->item[i] * (size_t)definition->n + (size_t)k];
    size_t at = i * (size_t)definition->n + (size_t)k;
    cm_builder_row(b);
    cm_builder_text(b, MINERAL, m->minerals[item->mineral].key);
    if (item->stage != CM_NONE) cm_builder_text(b, STAGE, m->stages[item->stage].key);
    cm_builder_text(b, COUNTRY, q->country);
    cm_builder_text(b, PARTNER, q->partner);
    cm_builder_integer(b, YEAR, item->year);
    cm_builder_text(b, CRITERION, c->name);
    cm_builder_text(b, METRIC, cm_metrics[c->metric].name);
    cm_builder_number(b, RAW, cell->value);
    cm_builder_number(b, LOW, cell->low);
    cm_builder_number(b, HIGH, cell->high);
    cm_builder_text(b, UNIT, cm_metrics[c->metric].unit);
    cm_builder_number(b, NORMALISED, r->normalised[at]);
    cm_builder_number(b, WEIGHT, definition->weight[k] / whole);
    cm_builder_number(b, EFFECT, r->effect[at]);
    cm_builder_number(b, SCORE, item->answer.value);
    cm_builder_number(b, RANK, r->rank[i]);
    cm_builder_number(b, PROBABILITY, r->probability[i]);
    cm_builder_number(b, MEAN_RANK, r->mean_rank[i]);
  }
}

static critmin_status write_year(const detail *d, const cm_composite_question *q, const cm_composite_items *items,
                                 ranked *r, int32_t year, critmin_error *error) {
  size_t width = (size_t)q->definition->n;
  r->n = 0;
  for (size_t i = 0; i < items->n; i++) {
    if (items->item[i].year != year) continue;
    for (size_t k = 0; k < width; k++) r->normalised[r->n * width + k] = items->value[i * width + k];
    r->item[r->n++] = i;
  }
  rank(items, r);
  critmin_status status =
      critmin_leave_one_out(&q->definition->composite, r->normalised, (int64_t)r->n, r->effect, error);
  if (!status) status = draw(d, q, r, error);
  for (size_t i = 0; i < r->n && !status; i++) write_item(d, q, items, r, i);
  return status;
}

static critmin_status take(void *with, const cm_composite_question *q, cm_composite_items *items,
                           critmin_error *error) {
  ranked r;
  critmin_status status = ranked_make(&r, items->n, (size_t)q->definition->n) ? CRITMIN_OK : cm_fail_memory(error);
  for (int32_t year = INT32_MIN, next; !status; year = next) { /* the years one after the other */
    next = INT32_MAX;
    for (size_t i = 0; i < items->n; i++)
      if (items->item[i].year > year && items->item[i].year < next) next = items->item[i].year;
    if (next == INT32_MAX) break;
    status = write_year(with, q, items, &r, next, error);
  }
  ranked_free(&r);
  return status;
}

critmin_status critmin_composite_detail(const critmin_model *model, const critmin_selection *selection, int64_t top,
                                        double concentration, uint64_t seed, int64_t draws, int32_t threads,
                                        critmin_progress progress, void *user, critmin_table **table,
                                        critmin_error *error) {
  static const cm_column columns[COLUMNS] = {
      [MINERAL] = {"mineral", "", CRITMIN_COLUMN_TEXT},
      [STAGE] = {"stage", "", CRITMIN_COLUMN_TEXT},
      [COUNTRY] = {"country", "", CRITMIN_COLUMN_TEXT},
      [PARTNER] = {"partner", "", CRITMIN_COLUMN_TEXT},
      [YEAR] = {"year", "", CRITMIN_COLUMN_INTEGER},
      [CRITERION] = {"criterion", "", CRITMIN_COLUMN_TEXT},
      [METRIC] = {"metric", "", CRITMIN_COLUMN_TEXT},
      [RAW] = {"raw", "as `unit`", CRITMIN_COLUMN_NUMBER},
      [LOW] = {"low", "as `unit`", CRITMIN_COLUMN_NUMBER},
      [HIGH] = {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},
      [UNIT] = {"unit", "", CRITMIN_COLUMN_TEXT},
      [NORMALISED] = {"normalised", "1", CRITMIN_COLUMN_NUMBER},
      [WEIGHT] = {"weight", "1", CRITMIN_COLUMN_NUMBER},
      [EFFECT] = {"effect", "1", CRITMIN_COLUMN_NUMBER},
      [SCORE] = {"score", "1", CRITMIN_COLUMN_NUMBER},
      [RANK] = {"rank", "", CRITMIN_COLUMN_NUMBER},
      [PROBABILITY] = {"probability", "1", CRITMIN_COLUMN_NUMBER},
      [MEAN_RANK] = {"mean_rank", "", CRITMIN_COLUMN_NUMBER},
  };
  if (!model) return cm_fail_null(error, "model");
  if (!table) return cm_fail_null(error, "table");
  const cm_names *names = cm_selection_names(selection, CM_METRIC);
  cm_composite_question q = {
      .model = model, .selection = selection, .threads = threads, .progress = progress, .user = user};
  if (names->count != 1)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "%zu composites are named along `metric`; name one", names->count);
  q.composite = cm_composite_named(model, names->names[0]);
  if (!q.composite)
    return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "the store has no composite `%s`; list the composites",
                   names->names[0]);
  if (draws < 0 || top < 1 || threads < 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "top is %lld, draws %lld and threads %d; give at least 1, and 0 or more", (long long)top,
                   (long long)draws, (int)threads);
  if (!(concentration >= 0) || isinf(concentration))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                   "concentration is %g; give 0 for weights alike, or a number above zero", concentration);
  detail d = {cm_builder_new(columns, COLUMNS), top, draws, concentration, seed};
  if (!d.b) return cm_fail_memory(error);
  critmin_status status = cm_composite_open(&q, take, &d, error);
  if (!status) return cm_builder_finish(d.b, table, error);
  cm_builder_free(d.b);
  return status;
}
