/* SPDX-License-Identifier: MIT */
/* Reading the columns that a caller hands in. */
#ifndef CM_TABLE_COLUMNS_H
#define CM_TABLE_COLUMNS_H

#include <stdint.h>

#include "critmin/table.h"

int64_t cm_columns_rows(const critmin_columns *columns);
int32_t cm_columns_count(const critmin_columns *columns);
const char *cm_columns_name(const critmin_columns *columns, int32_t column);

enum { CM_CELL_MISSING = 0, CM_CELL_NUMBER = 1, CM_CELL_INTEGER = 2, CM_CELL_TEXT = 3, CM_CELL_BAD_CODE = 4 };

/* One cell, whatever its column's kind. `code` is the dictionary code of a coded column, else -1: equal codes are equal words. */
typedef struct cm_cell {
  int32_t kind; /* CM_CELL_ */
  int32_t code;
  double number;
  int64_t integer;
  const char *text;
} cm_cell;
cm_cell cm_columns_cell(const critmin_columns *columns, int32_t column, int64_t row);

/* Number of dictionary words of a coded column, else 0. */
int32_t cm_columns_words(const critmin_columns *columns, int32_t column);

#endif
