/* SPDX-License-Identifier: MIT */
#include "table/table.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

critmin_table *cm_table_share(critmin_table *table) {
  atomic_fetch_add_explicit(&table->references, 1, memory_order_relaxed);
  return table;
}

void critmin_table_free(critmin_table *table) {
  if (!table || atomic_fetch_sub_explicit(&table->references, 1, memory_order_acq_rel) > 1) return;
  for (int32_t i = 0; i < table->n_columns; i++) {
    cm_table_column *column = &table->columns[i];
    cm_free(column->name);
    cm_free(column->unit);
    cm_free(column->values.memory);
    cm_free(column->words.offsets);
    cm_free(column->words.bytes);
    cm_free(column->words.strings);
  }
  cm_free(table);
}

void critmin_text_free(char *text) { cm_free(text); }

int64_t critmin_table_rows(const critmin_table *table) { return table ? table->rows : 0; }

int32_t critmin_table_columns(const critmin_table *table) { return table ? table->n_columns : 0; }

static const cm_table_column *column_at(const critmin_table *table, int32_t column) {
  return table && column >= 0 && column < table->n_columns ? &table->columns[column] : NULL;
}

static const cm_table_column *column_of_type(const critmin_table *table, int32_t column, int32_t type) {
  const cm_table_column *c = column_at(table, column);
  return c && c->type == type ? c : NULL;
}

const char *critmin_table_name(const critmin_table *table, int32_t column) {
  const cm_table_column *c = column_at(table, column);
  return c ? c->name : NULL;
}

const char *critmin_table_unit(const critmin_table *table, int32_t column) {
  const cm_table_column *c = column_at(table, column);
  return c ? c->unit : NULL;
}

int32_t critmin_table_type(const critmin_table *table, int32_t column) {
  const cm_table_column *c = column_at(table, column);
  return c ? c->type : 0;
}

int32_t critmin_table_find(const critmin_table *table, const char *name) {
  if (!name) return -1;
  for (int32_t i = 0; i < critmin_table_columns(table); i++) {
    if (strcmp(table->columns[i].name, name) == 0) return i;
  }
  return -1;
}

const double *critmin_table_numbers(const critmin_table *table, int32_t column) {
  const cm_table_column *c = column_of_type(table, column, CRITMIN_COLUMN_NUMBER);
  return c ? c->values.numbers : NULL;
}

const int64_t *critmin_table_integers(const critmin_table *table, int32_t column) {
  const cm_table_column *c = column_of_type(table, column, CRITMIN_COLUMN_INTEGER);
  return c ? c->values.integers : NULL;
}

const int32_t *critmin_table_codes(const critmin_table *table, int32_t column) {
  const cm_table_column *c = column_of_type(table, column, CRITMIN_COLUMN_TEXT);
  return c ? c->values.codes : NULL;
}

int32_t critmin_table_words(const critmin_table *table, int32_t column) {
  const cm_table_column *c = column_of_type(table, column, CRITMIN_COLUMN_TEXT);
  return c ? c->words.count : 0;
}

const char *critmin_table_word(const critmin_table *table, int32_t column, int32_t code) {
  const cm_table_column *c = column_of_type(table, column, CRITMIN_COLUMN_TEXT);
  return c && code >= 0 && code < c->words.count ? c->words.strings + c->words.offsets[code] + code : NULL;
}

const char *critmin_table_text(const critmin_table *table, int32_t column, int64_t row) {
  const int32_t *codes = critmin_table_codes(table, column);
  return codes && row >= 0 && row < table->rows ? critmin_table_word(table, column, codes[row]) : NULL;
}

double critmin_table_number(const critmin_table *table, int32_t column, int64_t row) {
  const cm_table_column *c = column_at(table, column);
  if (!c || row < 0 || row >= table->rows) return NAN;
  if (c->type == CRITMIN_COLUMN_NUMBER) return c->values.numbers[row];
  if (c->type != CRITMIN_COLUMN_INTEGER || c->values.integers[row] == CRITMIN_INTEGER_MISSING) return NAN;
  return (double)c->values.integers[row];
}
