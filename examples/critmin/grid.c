/* SPDX-License-Identifier: MIT */
#include "grid.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_ROOM = 32 };

int grid_new(grid *g, int n_columns, int64_t n_rows) {
  *g = (grid){.n_columns = n_columns, .n_rows = n_rows};
  size_t columns = (size_t)n_columns, rows = (size_t)n_rows;
  if (columns > 0 && rows > SIZE_MAX / sizeof(char *) / columns) return 0;
  g->columns = calloc(columns + 1, sizeof *g->columns);
  g->numbers = calloc(columns + 1, sizeof *g->numbers);
  g->cells = malloc((rows * columns + 1) * sizeof *g->cells);
  if (!g->columns || !g->numbers || !g->cells) return 0;
  for (size_t i = 0; i < rows * columns; i++) g->cells[i] = "";
  return 1;
}

void grid_free(grid *g) {
  for (int i = 0; g->numbers && i < g->n_columns; i++) free(g->numbers[i]);
  free(g->numbers);
  free(g->columns);
  free(g->cells);
  *g = (grid){0};
}

/* Four or so figures: enough to compare, few enough to read. The other formats keep every digit. */
static void format_number(char *text, double x) {
  double size = fabs(x);
  if (isnan(x)) {
    text[0] = '\0';
  } else if (isinf(x)) {
    strcpy(text, x > 0 ? "inf" : "-inf");
  } else if (size < 1e15 && (double)(int64_t)x == x) {
    snprintf(text, NUMBER_ROOM, "%.0f", x + 0.0);
  } else if (size >= 1e15 || size < 1e-3) {
    snprintf(text, NUMBER_ROOM, "%.3e", x);
  } else {
    snprintf(text, NUMBER_ROOM, "%.*f", size < 10 ? 4 : size < 100 ? 3 : size < 1000 ? 2 : 1, x);
  }
}

static int fill_numbers(grid *g, const critmin_table *table, int column) {
  const int64_t *integers = critmin_table_integers(table, column);
  const double *numbers = critmin_table_numbers(table, column);
  char *room = malloc((size_t)g->n_rows * NUMBER_ROOM + 1);
  if (!room) return 0;
  g->numbers[column] = room;
  g->columns[column].number = 1;
  for (int64_t row = 0; row < g->n_rows; row++) {
    char *text = room + row * NUMBER_ROOM;
    if (numbers) {
      format_number(text, numbers[row]);
    } else if (integers && integers[row] != CRITMIN_INTEGER_MISSING) {
      snprintf(text, NUMBER_ROOM, "%lld", (long long)integers[row]);
    } else {
      text[0] = '\0';
    }
    g->cells[row * g->n_columns + column] = text;
  }
  return 1;
}

int grid_of_table(grid *g, const critmin_table *table) {
  if (!grid_new(g, critmin_table_columns(table), critmin_table_rows(table))) return 0;
  for (int column = 0; column < g->n_columns; column++) {
    g->columns[column].name = critmin_table_name(table, column);
    if (critmin_table_type(table, column) != CRITMIN_COLUMN_TEXT) {
      if (!fill_numbers(g, table, column)) return 0;
      continue;
    }
    for (int64_t row = 0; row < g->n_rows; row++) {
      const char *text = critmin_table_text(table, column, row);
      if (text) g->cells[row * g->n_columns + column] = text;
    }
  }
  return 1;
}

void grid_hide(grid *g, const char *name) {
  for (int i = 0; i < g->n_columns; i++) {
    if (strcmp(g->columns[i].name, name) == 0) g->columns[i].hidden = 1;
  }
}

void grid_hide_empty(grid *g) {
  for (int column = 0; g->n_rows > 0 && column < g->n_columns; column++) {
    int64_t row = 0;
    while (row < g->n_rows && g->cells[row * g->n_columns + column][0] == '\0') row++;
    if (row == g->n_rows) g->columns[column].hidden = 1;
  }
}
