/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "utf8.h"

enum { GAP = 2, NARROWEST = 16 };

static const char *cell(const grid *g, int64_t row, int column) { return g->cells[row * g->n_columns + column]; }

/* One character of a cell: its bytes, 1 for a broken one. */
static size_t step(const char *text) {
  size_t length = utf8_length(text);
  return length ? length : 1;
}

static size_t width_of(const char *text) {
  size_t width = 0;
  for (; *text; text += step(text)) width++;
  return width;
}

/* Adds `bytes` of a cell, with a space for whatever steers the terminal and a ? for what is no character. */
static void add_cell(buffer *b, const char *text, size_t bytes) {
  for (const char *end = text + bytes; text < end;) {
    size_t length = utf8_length(text);
    if (length == 0) {
      buffer_text(b, "?");
      text++;
    } else {
      if (utf8_controls(text, length)) buffer_text(b, " ");
      else buffer_bytes(b, text, length);
      text += length;
    }
  }
}

/* Bytes of a text's next line when it may be `width` wide: up to the last space or mark that fits. */
static size_t next_line(const char *text, size_t width) {
  size_t fits = 0, best = 0;
  const char *at = text;
  for (; *at && fits < width; fits++) {
    at += step(at);
    if (*at == ' ' || at[-1] == ';' || at[-1] == ',' || at[-1] == '/') best = (size_t)(at - text);
  }
  if (*at == '\0') return (size_t)(at - text);
  return best ? best : (size_t)(at - text);
}

static void measure(const grid *g, size_t *widths) {
  for (int column = 0; column < g->n_columns; column++) {
    widths[column] = width_of(g->columns[column].name);
    for (int64_t row = 0; row < g->n_rows; row++) {
      const char *text = cell(g, row, column);
      size_t bytes = strlen(text);
      if (bytes <= widths[column]) continue;
      size_t width = width_of(text);
      if (width > widths[column]) widths[column] = width;
    }
  }
}

static size_t total_width(const grid *g, const size_t *widths, const char *above) {
  size_t total = 0;
  for (int column = 0; column < g->n_columns; column++) {
    if (!g->columns[column].hidden && !above[column]) total += widths[column] + GAP;
  }
  return total < GAP ? 0 : total - GAP;
}

static int is_constant(const grid *g, int column) {
  for (int64_t row = 1; row < g->n_rows; row++) {
    if (strcmp(cell(g, row, column), cell(g, 0, column)) != 0) return 0;
  }
  return 1;
}

/* What is the same in all rows is said once, above them. */
static void lift_constants(const grid *g, size_t width, char *above, buffer *b) {
  size_t used = 0;
  for (int column = 0; column < g->n_columns; column++) {
    const grid_column *c = &g->columns[column];
    if (c->hidden || !is_constant(g, column)) continue;
    above[column] = 1;
    size_t needed = width_of(c->name) + 1 + width_of(cell(g, 0, column));
    if (used > 0 && used + GAP + needed > width) {
      buffer_text(b, "\n");
      used = 0;
    }
    if (used > 0) buffer_text(b, "  ");
    buffer_text(b, c->name);
    buffer_text(b, " ");
    add_cell(b, cell(g, 0, column), strlen(cell(g, 0, column)));
    used += needed + (used > 0 ? GAP : 0);
  }
  if (used > 0) buffer_text(b, "\n\n");
}

/* Takes what is too much from the widest columns of text. */
static void narrow(const grid *g, size_t width, size_t *widths, const char *above) {
  for (size_t total; (total = total_width(g, widths, above)) > width;) {
    int widest = -1;
    for (int column = 0; column < g->n_columns; column++) {
      const grid_column *c = &g->columns[column];
      if (c->hidden || above[column] || c->number || widths[column] <= NARROWEST) continue;
      if (widest < 0 || widths[column] > widths[widest]) widest = column;
    }
    if (widest < 0) return;
    size_t next = NARROWEST; /* down to the second widest, so that columns share the loss */
    for (int column = 0; column < g->n_columns; column++) {
      const grid_column *c = &g->columns[column];
      if (c->hidden || above[column] || c->number || column == widest) continue;
      if (widths[column] < widths[widest] && widths[column] > next) next = widths[column];
    }
    size_t excess = total - width;
    widths[widest] = widths[widest] - next > excess ? widths[widest] - excess : next;
  }
}

/* One row of the grid, over as many lines as its longest text needs. `at` holds where each column is. */
static void add_row(const grid *g, const size_t *widths, const char *above, const char **at, buffer *b) {
  for (int more = 1; more;) {
    size_t pending = 0; /* spaces owed before the next text, so that no line ends in them */
    more = 0;
    int first = 1;
    for (int column = 0; column < g->n_columns; column++) {
      const grid_column *c = &g->columns[column];
      if (c->hidden || above[column]) continue;
      if (!first) pending += GAP;
      first = 0;
      size_t bytes = c->number ? strlen(at[column]) : next_line(at[column], widths[column]);
      size_t width = 0;
      for (size_t i = 0; i < bytes; i += step(at[column] + i)) width++;
      size_t padding = width < widths[column] ? widths[column] - width : 0;
      if (c->number) pending += padding;
      if (bytes > 0) {
        buffer_repeat(b, ' ', pending);
        add_cell(b, at[column], bytes);
        pending = 0;
      }
      if (!c->number) pending += padding;
      at[column] += bytes;
      while (*at[column] == ' ') at[column]++;
      if (*at[column]) more = 1;
    }
    buffer_text(b, "\n");
  }
}

static void add_rule(const grid *g, const size_t *widths, const char *above, buffer *b) {
  int first = 1;
  for (int column = 0; column < g->n_columns; column++) {
    if (g->columns[column].hidden || above[column]) continue;
    if (!first) buffer_repeat(b, ' ', GAP);
    buffer_repeat(b, '-', widths[column]);
    first = 0;
  }
  buffer_text(b, "\n");
}

/* A single row that is too wide is easier to read down than across. */
static void add_down(const grid *g, buffer *b, size_t width) {
  size_t names = 0;
  for (int column = 0; column < g->n_columns; column++) {
    size_t name = width_of(g->columns[column].name);
    if (!g->columns[column].hidden && name > names) names = name;
  }
  for (int column = 0; column < g->n_columns; column++) {
    if (g->columns[column].hidden) continue;
    buffer_text(b, g->columns[column].name);
    buffer_repeat(b, ' ', names - width_of(g->columns[column].name));
    const char *text = cell(g, 0, column);
    for (int line = 0; line == 0 || *text; line++) {
      size_t bytes = next_line(text, width > names + GAP + NARROWEST ? width - names - GAP : NARROWEST);
      if (bytes > 0) buffer_repeat(b, ' ', line == 0 ? GAP : names + GAP);
      add_cell(b, text, bytes);
      buffer_text(b, "\n");
      text += bytes;
      while (*text == ' ') text++;
    }
  }
}

void grid_text(const grid *g, size_t width, buffer *b) {
  size_t columns = (size_t)g->n_columns;
  size_t *widths = calloc(columns + 1, sizeof *widths);
  char *above = calloc(columns + 1, 1);
  const char **at = calloc(columns + 1, sizeof *at);
  if (!widths || !above || !at) {
    b->failed = 1;
  } else {
    measure(g, widths);
    int wide = total_width(g, widths, above) > width;
    if (wide && g->n_rows == 1) {
      add_down(g, b, width);
    } else {
      if (wide && g->n_rows > 1) lift_constants(g, width, above, b);
      narrow(g, width, widths, above);
      for (int column = 0; column < g->n_columns; column++) at[column] = g->columns[column].name;
      add_row(g, widths, above, at, b);
      add_rule(g, widths, above, b);
      for (int64_t row = 0; row < g->n_rows; row++) {
        for (int column = 0; column < g->n_columns; column++) at[column] = cell(g, row, column);
        add_row(g, widths, above, at, b);
      }
      if (g->n_rows == 0) buffer_text(b, "(none)\n");
    }
  }
  free(widths);
  free(above);
  free(at);
}
