/* SPDX-License-Identifier: MIT */
#include "table/columns.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

enum { CODED = CRITMIN_COLUMN_TEXT + 1 };

typedef struct column {
  char *name;
  int32_t kind; /* CRITMIN_COLUMN_, or CODED */
  int32_t n_words;
  union {
    const double *numbers;
    const int64_t *integers;
    const char *const *texts;
    const int32_t *codes;
  } values;
  const char *const *words; /* of a coded column */
} column;

struct critmin_columns {
  int64_t rows;
  column *columns;
  size_t count, room;
};

critmin_status critmin_columns_new(int64_t rows, critmin_columns **columns, critmin_error *error) {
  if (!columns) return cm_fail_null(error, "columns");
  if (rows < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `rows` is %lld, below zero", (long long)rows);
  critmin_columns *made = cm_alloc_array(1, sizeof *made);
  if (!made) return cm_fail_memory(error);
  made->rows = rows;
  *columns = made;
  return cm_ok(error);
}

void critmin_columns_free(critmin_columns *columns) {
  if (!columns) return;
  for (size_t i = 0; i < columns->count; i++) cm_free(columns->columns[i].name);
  cm_free(columns->columns);
  cm_free(columns);
}

static critmin_status add(critmin_columns *columns, const char *name, column added, critmin_error *error) {
  if (!columns) return cm_fail_null(error, "columns");
  if (!name) return cm_fail_null(error, "name");
  if (!*name) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `name` is empty; name the column");
  /* No rows need no array: a caller's empty vector is often a null pointer. */
  if (!added.values.numbers && columns->rows > 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "column `%s`: the array of %lld values is null", name,
                   (long long)columns->rows);
  for (size_t i = 0; i < columns->count; i++) {
    if (cm_name_equal(columns->columns[i].name, name))
      return cm_fail(error, CRITMIN_ERROR_DUPLICATE_KEY, "column `%s` is there already", name);
  }
  added.name = cm_text_copy(name);
  if (!added.name || !cm_grow(&columns->columns, columns->count, &columns->room, sizeof *columns->columns)) {
    cm_free(added.name);
    return cm_fail_memory(error);
  }
  columns->columns[columns->count++] = added;
  return cm_ok(error);
}

critmin_status critmin_columns_number(critmin_columns *columns, const char *name, const double *values,
                                      critmin_error *error) {
  return add(columns, name, (column){.kind = CRITMIN_COLUMN_NUMBER, .values.numbers = values}, error);
}

critmin_status critmin_columns_integer(critmin_columns *columns, const char *name, const int64_t *values,
                                       critmin_error *error) {
  return add(columns, name, (column){.kind = CRITMIN_COLUMN_INTEGER, .values.integers = values}, error);
}

critmin_status critmin_columns_text(critmin_columns *columns, const char *name, const char *const *values,
                                    critmin_error *error) {
  return add(columns, name, (column){.kind = CRITMIN_COLUMN_TEXT, .values.texts = values}, error);
}

critmin_status critmin_columns_coded(critmin_columns *columns, const char *name, const int32_t *codes,
                                     const char *const *words, int32_t n_words, critmin_error *error) {
  if (n_words < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `n_words` is %d, below zero", (int)n_words);
  if (n_words > 0 && !words) return cm_fail_null(error, "words");
  return add(columns, name, (column){.kind = CODED, .values.codes = codes, .words = words, .n_words = n_words}, error);
}

int64_t cm_columns_rows(const critmin_columns *columns) { return columns->rows; }

int32_t cm_columns_count(const critmin_columns *columns) { return (int32_t)columns->count; }

const char *cm_columns_name(const critmin_columns *columns, int32_t i) { return columns->columns[i].name; }

int32_t cm_columns_words(const critmin_columns *columns, int32_t i) { return columns->columns[i].n_words; }

cm_cell cm_columns_cell(const critmin_columns *columns, int32_t i, int64_t row) {
  const column *c = &columns->columns[i];
  cm_cell cell = {.kind = CM_CELL_MISSING, .code = -1};
  switch (c->kind) {
    case CRITMIN_COLUMN_NUMBER:
      cell.number = c->values.numbers[row];
      if (!isnan(cell.number)) cell.kind = CM_CELL_NUMBER;
      break;
    case CRITMIN_COLUMN_INTEGER:
      cell.integer = c->values.integers[row];
      if (cell.integer != CRITMIN_INTEGER_MISSING) cell.kind = CM_CELL_INTEGER;
      break;
    case CRITMIN_COLUMN_TEXT:
      cell.text = c->values.texts[row];
      if (cell.text) cell.kind = CM_CELL_TEXT;
      break;
    default:
      cell.code = c->values.codes[row];
      if (cell.code < -1 || cell.code >= c->n_words) {
        cell.kind = CM_CELL_BAD_CODE;
      } else if (cell.code >= 0) {
        cell.text = c->words[cell.code];
        if (cell.text) cell.kind = CM_CELL_TEXT;
      }
  }
  return cell;
}
