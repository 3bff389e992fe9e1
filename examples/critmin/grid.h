/* SPDX-License-Identifier: MIT */
/* Rows of text in columns, and how they are laid out for people. */
#ifndef GRID_H
#define GRID_H

#include <stdint.h>

#include "../picture/buffer.h"
#include "critmin/critmin.h"

typedef struct grid_column {
  const char *name;
  int number; /* aligned to the right, never broken over lines */
  int hidden;
} grid_column;

typedef struct grid {
  int n_columns;
  int64_t n_rows;
  grid_column *columns;
  const char **cells; /* row by row, borrowed; "" is empty */
  char **numbers;     /* owned by the grid: the cells made from numbers, column by column */
} grid;

/* 0 when memory ran out. Free the grid either way. */
int grid_new(grid *g, int n_columns, int64_t n_rows);
/* The table must outlive the grid. Numbers are rounded for reading. */
int grid_of_table(grid *g, const critmin_table *table);
void grid_free(grid *g);

void grid_hide(grid *g, const char *name);
void grid_hide_empty(grid *g);

/* Aligned columns. What is too wide is narrowed: what is equal in all rows goes above them,
 * long texts are broken, or go below their row. */
void grid_text(const grid *g, size_t width, buffer *b);
/* A text broken over lines, indented; `name`, when there is one, stands before it. A word that is too long stays whole. */
void grid_paragraph(buffer *b, const char *name, const char *text, size_t indent, size_t width);
void grid_csv(const grid *g, buffer *b);
void grid_json(const grid *g, buffer *b);
void grid_md(const grid *g, buffer *b);

#endif
