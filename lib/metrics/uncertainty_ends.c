/* SPDX-License-Identifier: MIT */
/* Terms at the ends of their intervals: all together at the corners of the box, and one by one. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "metrics/interval.h"
#include "metrics/uncertainty.h"
#include "table/builder.h"

/* Reads the intervals into values and ends: `n` each, in one array to be freed. */
static critmin_status read_terms(const critmin_interval *terms, int64_t n, int need_values, double **read,
                                 critmin_error *error) {
  if (!terms) return cm_fail_null(error, "terms");
  double *made = cm_alloc_array((size_t)n, 3 * sizeof *made);
  if (!made) return cm_fail_memory(error);
  critmin_status status = CRITMIN_OK;
  for (int64_t i = 0; i < n && !status; i++) {
    critmin_interval term;
    status = cm_interval_read("a term", &terms[i], -INFINITY, INFINITY, &term, error);
    if (!status && (!cm_interval_known(term) || (need_values && isnan(terms[i].value))))
      status = cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "term %lld is not known; give %s", (long long)i,
                       need_values ? "a value" : "a value, or the ends of an interval");
    if (status) {
      cm_fail_at(error, status, i + 1, 0);
      break;
    }
    made[i] = term.value;
    made[n + i] = term.low;
    made[2 * n + i] = term.high;
  }
  if (status)
    cm_free(made);
  else
    *read = made;
  return status;
}

/* At each step one term moves to its other end, so that every corner is met once (Gray 1953). */
static void visit_corners(const cm_function *f, double *at, const double *low, const double *high, int64_t n,
                          const int64_t *open, int opened, double *least, double *most) {
  for (int64_t i = 0; i < n; i++) at[i] = low[i];
  *least = *most = cm_function_at(f, at, n);
  for (uint32_t step = 1; step < UINT32_C(1) << opened; step++) {
    int bit = 0;
    while (!(step >> bit & 1)) bit++;
    int64_t i = open[bit];
    at[i] = at[i] == low[i] ? high[i] : low[i];
    double result = cm_function_at(f, at, n);
    *least = isnan(result) || isnan(*least) ? NAN : fmin(*least, result);
    *most = isnan(result) || isnan(*most) ? NAN : fmax(*most, result);
  }
}

critmin_status critmin_corners(const critmin_interval *terms, int64_t n, int32_t formula, critmin_function function,
                               void *user, double *low, double *high, critmin_error *error) {
  cm_function f;
  double *read = NULL;
  critmin_status status = cm_function_read(formula, function, user, n, &f, error);
  if (!status) status = read_terms(terms, n, 0, &read, error);
  if (status) return status;
  int64_t open[CRITMIN_CORNERS_MAX];
  int opened = 0;
  for (int64_t i = 0; i < n && !status; i++) {
    if (!(read[n + i] < read[2 * n + i])) continue;
    if (opened == CRITMIN_CORNERS_MAX)
      status = cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                       "more than %d terms are intervals; fix the others, or draw them", CRITMIN_CORNERS_MAX);
    else
      open[opened++] = i;
  }
  if (!status) {
    double least, most;
    visit_corners(&f, read, read + n, read + 2 * n, n, open, opened, &least, &most);
    if (low) *low = least;
    if (high) *high = most;
  }
  cm_free(read);
  return status ? status : cm_ok(error);
}

typedef struct bar {
  int64_t term;
  double at_low, at_high, swing;
} bar;

/* The greatest swing first, one that is not known last, those alike in the order of the terms. */
static int by_swing(const void *a, const void *b) {
  const bar *x = a, *y = b;
  if (isnan(x->swing) != isnan(y->swing)) return isnan(x->swing) ? 1 : -1;
  if (x->swing > y->swing || x->swing < y->swing) return x->swing > y->swing ? -1 : 1;
  return x->term < y->term ? -1 : x->term > y->term;
}

static void swing(const cm_function *f, double *at, const double *low, const double *high, int64_t n, bar *bars) {
  for (int64_t i = 0; i < n; i++) {
    double kept = at[i];
    at[i] = low[i];
    double at_low = cm_function_at(f, at, n);
    at[i] = high[i];
    double at_high = cm_function_at(f, at, n);
    at[i] = kept;
    bars[i] = (bar){i, at_low, at_high, fabs(at_high - at_low)};
  }
  qsort(bars, (size_t)n, sizeof *bars, by_swing);
}

static void name_term(cm_builder *b, const cm_function *f, const char *const *names, int64_t i, int64_t n) {
  char text[64];
  int64_t number;
  const char *name = names ? names[i] : cm_function_term(f, i, n, &number);
  if (!names && (!name || number > 0)) {
    snprintf(text, sizeof text, "%s%s%lld", name ? name : "x", name ? " " : "", (long long)(name ? number : i + 1));
    name = text;
  }
  cm_builder_text(b, 0, name);
}

static critmin_status write_bars(const cm_function *f, const char *const *names, const double *read, int64_t n,
                                 const bar *bars, critmin_table **table, critmin_error *error) {
  static const cm_column columns[] = {
      {"term", "", CRITMIN_COLUMN_TEXT},     {"value", "", CRITMIN_COLUMN_NUMBER},
      {"low", "", CRITMIN_COLUMN_NUMBER},    {"high", "", CRITMIN_COLUMN_NUMBER},
      {"at_low", "", CRITMIN_COLUMN_NUMBER}, {"at_high", "", CRITMIN_COLUMN_NUMBER},
      {"swing", "", CRITMIN_COLUMN_NUMBER},
  };
  cm_builder *b = cm_builder_new(columns, 7);
  if (!b) return cm_fail_memory(error);
  for (int64_t k = 0; k < n; k++) {
    int64_t i = bars[k].term;
    cm_builder_row(b);
    name_term(b, f, names, i, n);
    for (int32_t part = 0; part < 3; part++) cm_builder_number(b, 1 + part, read[part * n + i]);
    cm_builder_number(b, 4, bars[k].at_low);
    cm_builder_number(b, 5, bars[k].at_high);
    cm_builder_number(b, 6, bars[k].swing);
  }
  return cm_builder_finish(b, table, error);
}

critmin_status critmin_tornado(const critmin_interval *terms, int64_t n, const char *const *names, int32_t formula,
                               critmin_function function, void *user, double *result, critmin_table **table,
                               critmin_error *error) {
  if (!table) return cm_fail_null(error, "table");
  cm_function f;
  double *read = NULL;
  critmin_status status = cm_function_read(formula, function, user, n, &f, error);
  if (!status) status = read_terms(terms, n, 1, &read, error);
  if (status) return status;
  bar *bars = cm_alloc_array((size_t)n, sizeof *bars);
  if (!bars) status = cm_fail_memory(error);
  double at_values = NAN;
  if (!status) {
    at_values = cm_function_at(&f, read, n);
    swing(&f, read, read + n, read + 2 * n, n, bars);
    status = write_bars(&f, names, read, n, bars, table, error);
  }
  if (!status && result) *result = at_values;
  cm_free(bars);
  cm_free(read);
  return status;
}
