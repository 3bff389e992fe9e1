/* SPDX-License-Identifier: MIT */
#include "table/factors.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const char per_kilogram[] = "/kg";

enum { METRIC, MINERAL, STAGE, COUNTRY, UNIT, YEAR, VALUE, COLUMNS };
static const char *const names[COLUMNS] = {"metric", "mineral", "stage", "country", "unit", "year", "value"};

static const struct {
  const char *name;
  critmin_status (*write)(const cm_factors *factors, cm_buffer *out, critmin_error *error);
} layouts[] = {{"brightway", cm_factors_brightway}, {"openlca", cm_factors_openlca}, {"simapro", cm_factors_simapro}};

static int by_category(const cm_factor *a, const cm_factor *b) {
  int order = strcmp(a->metric, b->metric);
  if (!order) order = strcmp(a->country, b->country);
  return order ? order : (a->year > b->year) - (a->year < b->year);
}

static int in_order(const void *a, const void *b) {
  const cm_factor *x = a, *y = b;
  int order = by_category(x, y);
  return order ? order : strcmp(x->mineral, y->mineral);
}

int64_t cm_category_end(const cm_factors *f, int64_t first) {
  int64_t last = first + 1;
  while (last < f->n && by_category(&f->factor[first], &f->factor[last]) == 0) last++;
  return last;
}

void cm_category_name(const cm_factor *f, cm_buffer *name) {
  cm_buffer_print(name, "%s, %s, %" PRId64, f->metric, f->country, f->year);
}

void cm_category_unit(const cm_factor *f, cm_buffer *unit) {
  cm_buffer_add_n(unit, f->unit, strlen(f->unit) - strlen(per_kilogram));
}

void cm_flow_name(const cm_factor *f, cm_buffer *name) {
  for (const char *at = f->mineral; *at; at++) {
    char c = *at == '_' ? ' ' : at == f->mineral ? (char)toupper((unsigned char)*at) : *at;
    cm_buffer_add_n(name, &c, 1);
  }
}

const cm_factor *cm_next_flow(const cm_factors *f, const char *mineral) {
  const cm_factor *next = NULL;
  for (int64_t i = 0; i < f->n; i++) {
    const cm_factor *one = &f->factor[i];
    if (strcmp(one->mineral, mineral) > 0 && (!next || strcmp(one->mineral, next->mineral) < 0)) next = one;
  }
  return next;
}

static int is_per_kilogram(const char *unit) {
  size_t length = strlen(unit), end = strlen(per_kilogram);
  return length > end && strcmp(unit + length - end, per_kilogram) == 0;
}

static critmin_status find_columns(const critmin_table *table, int32_t column[COLUMNS], critmin_error *error) {
  for (int i = 0; i < COLUMNS; i++) {
    column[i] = critmin_table_find(table, names[i]);
    int is_text = column[i] >= 0 && critmin_table_type(table, column[i]) == CRITMIN_COLUMN_TEXT;
    if (column[i] < 0 || is_text != (i < YEAR))
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                     "the table has no column `%s` as metrics have it; factors are written of a table of metrics",
                     names[i]);
  }
  return CRITMIN_OK;
}

static const char *text_of(const critmin_table *table, int32_t column, int64_t row) {
  const char *text = critmin_table_text(table, column, row);
  return text ? text : "";
}

static critmin_status read_row(const critmin_table *table, const int32_t column[COLUMNS], int64_t row, cm_factor *f,
                               critmin_error *error) {
  *f = (cm_factor){
      .metric = text_of(table, column[METRIC], row),
      .mineral = text_of(table, column[MINERAL], row),
      .stage = text_of(table, column[STAGE], row),
      .country = text_of(table, column[COUNTRY], row),
      .unit = text_of(table, column[UNIT], row),
      .year = (int64_t)critmin_table_number(table, column[YEAR], row),
      .value = critmin_table_number(table, column[VALUE], row),
  };
  if (is_per_kilogram(f->unit)) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                 "metric `%s` is in `%s`, and factors are for a kilogram; ask for geopolrisk_cf or geopolrisk_midpoint",
                 f->metric, f->unit);
}

static critmin_status check_once(const cm_factors *f, critmin_error *error) {
  for (int64_t i = 1; i < f->n; i++) {
    const cm_factor *a = &f->factor[i - 1], *b = &f->factor[i];
    if (in_order(a, b) != 0) continue;
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "`%s` of %s has a factor at the stage `%s` and one at `%s`, and a flow can have one; name one stage",
                   b->mineral, b->country, a->stage, b->stage);
  }
  return CRITMIN_OK;
}

static critmin_status read(const critmin_table *table, cm_factors *f, critmin_error *error) {
  int32_t column[COLUMNS];
  critmin_status status = find_columns(table, column, error);
  int64_t rows = critmin_table_rows(table);
  if (status) return status;
  f->factor = cm_alloc_array((size_t)rows, sizeof *f->factor);
  if (!f->factor) return cm_fail_memory(error);
  for (int64_t row = 0; row < rows && !status; row++) {
    status = read_row(table, column, row, &f->factor[f->n], error);
    if (!status && isfinite(f->factor[f->n].value)) f->n++;
  }
  if (!status && f->n == 0)
    status = cm_fail(error, CRITMIN_ERROR_EMPTY_SELECTION,
                     "no row of the table has a value, so that there is no factor to write; see the flags of its rows");
  if (status) return status;
  qsort(f->factor, (size_t)f->n, sizeof *f->factor, in_order);
  return check_once(f, error);
}

static critmin_status write(const critmin_table *table, int layout, cm_buffer *out, critmin_error *error) {
  cm_factors factors = {0};
  critmin_status status = read(table, &factors, error);
  if (!status) status = layouts[layout].write(&factors, out, error);
  if (!status && out->failed) status = cm_fail_memory(error);
  cm_free(factors.factor);
  return status;
}

critmin_status critmin_table_factors(const critmin_table *table, const char *layout, char **data, int64_t *size,
                                     critmin_error *error) {
  if (!table) return cm_fail_null(error, "table");
  if (!layout) return cm_fail_null(error, "layout");
  if (!data || !size) return cm_fail_null(error, data ? "size" : "data");
  for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
    if (!cm_name_equal(layout, layouts[i].name)) continue;
    cm_buffer out = {0};
    critmin_status status = write(table, (int)i, &out, error);
    if (status) {
      cm_buffer_free(&out);
      return status;
    }
    *size = (int64_t)out.length;
    *data = cm_buffer_take(&out);
    return cm_ok(error);
  }
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME,
                 "factors are not laid out as `%s`; use brightway, openlca or simapro", layout);
}
