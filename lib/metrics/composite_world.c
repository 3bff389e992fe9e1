/* SPDX-License-Identifier: MIT */
/*
 * From what the criteria say to scores. Items of one year are one set: bounds that the definition leaves open, and
 * ranks, are over that set, as the values have it. An interval of a criterion goes through the same scale, the other
 * items at their values, and every aggregate rises with each criterion, so that the ends of the scores are at the ends
 * of the criteria.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/composite.h"
#include "metrics/composite_items.h"

/* One criterion of the items of one year. */
typedef struct scaling {
  critmin_criterion scale; /* resolved */
  int spread;
  double *raw, *out; /* room for the numbers of the year */
  int64_t n;
} scaling;

/* A number as the scale can take it: what is beyond its ends is at them, since it is flat there. */
static double within(const critmin_criterion *scale, double x) {
  int ended = scale->normalise == CRITMIN_NORMALISE_MIN_MAX || scale->normalise == CRITMIN_NORMALISE_LOG_MIN_MAX;
  double low = scale->points > 0 ? scale->limit[0] : ended ? scale->low : NAN;
  double high = scale->points > 0 ? scale->limit[scale->points - 1] : ended ? scale->high : NAN;
  if (x < low) return low;
  if (x > high) return high;
  int logarithm = scale->normalise == CRITMIN_NORMALISE_LOG_MIN_MAX;
  return isinf(x) || (logarithm && x <= 0) ? NAN : x;
}

static critmin_status normalise(scaling *s, const double *raw, double *out, critmin_error *error) {
  for (int64_t i = 0; i < s->n; i++) s->raw[i] = within(&s->scale, raw[i]);
  if (s->spread) return critmin_normalise(&s->scale, s->raw, s->n, out, error);
  for (int64_t i = 0; i < s->n; i++) out[i] = NAN;
  return CRITMIN_OK;
}

/* The least or greatest share of the others that are below an item, whatever they and it are within their intervals. */
static double rank_end(const double *value, const double *low, const double *high, int64_t n, int64_t i, int greatest) {
  double below = 0, others = 0;
  for (int64_t j = 0; j < n; j++) {
    if (j == i || isnan(value[j])) continue;
    others++;
    int alike = low[i] == high[i] && low[j] == high[j] && low[i] == low[j];
    if (alike)
      below += .5;
    else
      below += greatest ? low[j] <= high[i] : high[j] < low[i];
  }
  return others > 0 ? below / others : NAN;
}

static void rank_ends(const critmin_criterion *scale, const double *value, const double *low, const double *high,
                      int64_t n, double *low_out, double *high_out) {
  for (int64_t i = 0; i < n; i++) {
    double least = rank_end(value, low, high, n, i, 0), most = rank_end(value, low, high, n, i, 1);
    low_out[i] = scale->falling ? 1 - most : least;
    high_out[i] = scale->falling ? 1 - least : most;
  }
}

/* A table may fall and rise again between the ends of an interval. */
static void widen_by_table(const critmin_criterion *scale, double from, double to, double *low, double *high) {
  for (int64_t p = 0; p < scale->points; p++) {
    if (!(scale->limit[p] > from && scale->limit[p] <= to)) continue;
    *low = fmin(*low, scale->score[p]);
    *high = fmax(*high, scale->score[p]);
  }
}

/* Normalises the ends; `value` is normalised already in `value_out`. */
static critmin_status normalise_ends(scaling *s, const double *value, const double *low, const double *high,
                                     const double *value_out, double *low_out, double *high_out, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  if (s->scale.normalise == CRITMIN_NORMALISE_RANK) {
    rank_ends(&s->scale, value, low, high, s->n, low_out, high_out);
  } else {
    status = normalise(s, low, low_out, error);
    if (!status) status = normalise(s, high, high_out, error);
  }
  for (int64_t i = 0; i < s->n && !status; i++) {
    double a = low_out[i], b = high_out[i];
    if (isnan(low[i]) || isnan(high[i])) a = b = NAN;
    low_out[i] = isnan(a) || isnan(b) ? NAN : fmin(a, b);
    high_out[i] = isnan(a) || isnan(b) ? NAN : fmax(a, b);
    if (!isnan(low_out[i])) widen_by_table(&s->scale, low[i], high[i], &low_out[i], &high_out[i]);
    if (!isnan(value_out[i])) {
      low_out[i] = fmin(low_out[i], value_out[i]);
      high_out[i] = fmax(high_out[i], value_out[i]);
    }
  }
  return status;
}

/* Room of one year: seven columns of as many numbers as it has items. */
enum { VALUE, LOW, HIGH, VALUE_OUT, LOW_OUT, HIGH_OUT, RAW, COLUMNS };

static critmin_status scale_criterion(const cm_composite_question *q, cm_composite_items *items, const size_t *of_year,
                                      size_t n, int64_t k, double *room, critmin_error *error) {
  size_t width = (size_t)q->definition->n;
  double *column[COLUMNS];
  for (int i = 0; i < COLUMNS; i++) column[i] = room + (size_t)i * n;
  for (size_t i = 0; i < n; i++) {
    const cm_composite_cell *cell = &items->cell[of_year[i] * width + (size_t)k];
    int open = !isnan(cell->value); /* an end that is not known may be anything */
    column[VALUE][i] = cell->value;
    column[LOW][i] = open && isnan(cell->low) ? -INFINITY : cell->low;
    column[HIGH][i] = open && isnan(cell->high) ? INFINITY : cell->high;
  }
  scaling s = {.scale = q->definition->criteria[k].scale, .raw = column[RAW], .n = (int64_t)n};
  for (size_t i = 0; i < n; i++) column[RAW][i] = within(&s.scale, column[VALUE][i]);
  s.spread = cm_criterion_resolve(&s.scale, column[RAW], s.n);
  critmin_status status = normalise(&s, column[VALUE], column[VALUE_OUT], error);
  if (!status)
    status = normalise_ends(&s, column[VALUE], column[LOW], column[HIGH], column[VALUE_OUT], column[LOW_OUT],
                            column[HIGH_OUT], error);
  for (size_t i = 0; i < n && !status; i++) {
    size_t at = of_year[i] * width + (size_t)k;
    int told = !isnan(column[VALUE_OUT][i]) || q->definition->composite.missing == CRITMIN_MISSING_INTERVAL;
    items->value[at] = column[VALUE_OUT][i];
    items->low[at] = told ? column[LOW_OUT][i] : NAN;
    items->high[at] = told ? column[HIGH_OUT][i] : NAN;
  }
  return status;
}

static critmin_status scale_year(const cm_composite_question *q, cm_composite_items *items, const size_t *of_year,
                                 size_t n, critmin_error *error) {
  double *room = cm_alloc_array(n, COLUMNS * sizeof *room);
  if (!room) return cm_fail_memory(error);
  critmin_status status = CRITMIN_OK;
  for (int64_t k = 0; k < q->definition->n && !status; k++)
    status = scale_criterion(q, items, of_year, n, k, room, error);
  cm_free(room);
  return status;
}

static critmin_status scale(const cm_composite_question *q, cm_composite_items *items, critmin_error *error) {
  size_t *of_year = cm_alloc_array(items->n, sizeof *of_year);
  if (!of_year) return cm_fail_memory(error);
  critmin_status status = CRITMIN_OK;
  int32_t year = INT32_MIN;
  for (;;) { /* the years one after the other */
    int32_t next = INT32_MAX;
    for (size_t i = 0; i < items->n; i++)
      if (items->item[i].year > year && items->item[i].year < next) next = items->item[i].year;
    if (next == INT32_MAX || status) break;
    year = next;
    size_t n = 0;
    for (size_t i = 0; i < items->n; i++)
      if (items->item[i].year == year) of_year[n++] = i;
    status = scale_year(q, items, of_year, n, error);
  }
  cm_free(of_year);
  return status;
}

static void finish(const cm_composite_question *q, cm_composite_items *items, size_t i, double value, double low,
                   double high, uint64_t flags) {
  static const uint64_t nothing = CRITMIN_FLAG_NO_DATA | CRITMIN_FLAG_UNDEFINED | CRITMIN_FLAG_ZERO_TOTAL;
  critmin_answer *a = &items->item[i].answer;
  double known = 0, whole = 0;
  critmin_answer_init(a);
  for (int64_t k = 0; k < q->definition->n; k++) {
    const cm_composite_cell *cell = &items->cell[i * (size_t)q->definition->n + (size_t)k];
    double weight = q->definition->weight[k];
    whole += weight;
    if (isnan(items->value[i * (size_t)q->definition->n + (size_t)k])) continue;
    known += weight;
    flags |= cell->flags & ~nothing;
    a->n_used++;
  }
  a->value = value;
  a->low = isnan(value) ? NAN : fmin(low, value);
  a->high = isnan(value) ? NAN : fmax(high, value);
  a->coverage = known / whole;
  a->flags = flags;
}

critmin_status cm_composite_score_items(const cm_composite_question *q, cm_composite_items *items,
                                        critmin_error *error) {
  critmin_status status = scale(q, items, error);
  if (status) return status;
  const critmin_composite *how = &q->definition->composite;
  int64_t n = (int64_t)items->n;
  double *score = cm_alloc_array(items->n, 3 * sizeof *score);
  uint64_t *flags = cm_alloc_array(items->n, sizeof *flags);
  if (!score || !flags) status = cm_fail_memory(error);
  if (!status) status = critmin_composite_score(how, items->value, n, score, NULL, NULL, flags, error);
  if (!status) status = critmin_composite_score(how, items->low, n, NULL, score + n, NULL, NULL, error);
  if (!status) status = critmin_composite_score(how, items->high, n, NULL, NULL, score + 2 * n, NULL, error);
  for (size_t i = 0; i < items->n && !status; i++)
    finish(q, items, i, score[i], score[items->n + i], score[2 * items->n + i], flags[i]);
  cm_free(score);
  cm_free(flags);
  return status;
}
