/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "utf8.h"

enum {
  GAP = 2,
  NARROWEST = 16, /* of a column of text that is broken over lines */
  READABLE = 36,  /* what would be narrower than this goes below its row instead */
  INDENT = 4
};

/* Where a column is. */
enum { ACROSS = 0, ABOVE, BELOW };

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

/*
 * Bytes of a text's next line when it may be `width` wide: up to the last space or mark that fits. A word that is too long is
 * broken when it must be, else left whole.
 */
static size_t next_line(const char *text, size_t width, int must) {
  size_t fits = 0, best = 0;
  const char *at = text;
  for (; *at && (fits < width || (!must && best == 0)); fits++) {
    at += step(at);
    if (*at == ' ' || at[-1] == ';' || at[-1] == '|') best = (size_t)(at - text);
  }
  return *at == '\0' && (fits <= width || best == 0) ? (size_t)(at - text) : best ? best : (size_t)(at - text);
}

void grid_paragraph(buffer *b, const char *name, const char *text, size_t indent, size_t width) {
  size_t left = indent + (name ? width_of(name) + 2 : 0);
  size_t room = width > left + NARROWEST ? width - left : NARROWEST;
  buffer_repeat(b, ' ', indent);
  if (name) {
    add_cell(b, name, strlen(name));
    buffer_text(b, ": ");
  }
  for (int line = 0; line == 0 || *text; line++) {
    size_t bytes = next_line(text, room, 0);
    if (line > 0) buffer_repeat(b, ' ', left);
    add_cell(b, text, bytes);
    buffer_text(b, "\n");
    text += bytes;
    while (*text == ' ') text++;
  }
}

/* The longest stretch of a text that a line cannot be broken in, as far as that is readable. */
static size_t longest_word(const char *text) {
  size_t longest = 0;
  while (*text) {
    size_t word = 0;
    int over = 0;
    while (*text && !over) {
      over = *text == ' ' || *text == ';' || *text == '|';
      text += step(text);
      word++;
    }
    if (word > longest) longest = word;
  }
  return longest;
}

/* How narrow a column of text may be. */
static size_t floor_of(const grid *g, int column) {
  size_t least = NARROWEST;
  for (int64_t row = 0; row < g->n_rows; row++) {
    size_t word = longest_word(cell(g, row, column));
    if (word > least && word <= READABLE) least = word;
  }
  return least;
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

static size_t total_width(const grid *g, const size_t *widths, const char *place) {
  size_t total = 0;
  for (int column = 0; column < g->n_columns; column++) {
    if (!g->columns[column].hidden && place[column] == ACROSS) total += widths[column] + GAP;
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
static void lift_constants(const grid *g, size_t width, char *place, buffer *b) {
  size_t used = 0;
  for (int column = 0; column < g->n_columns; column++) {
    const grid_column *c = &g->columns[column];
    if (c->hidden || !is_constant(g, column)) continue;
    place[column] = ABOVE;
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

/* The widest column of text that stands among the others, -1 when there is none wider than `than`. */
static int widest_text(const grid *g, const size_t *widths, const char *place, size_t than) {
  int widest = -1;
  for (int column = 0; column < g->n_columns; column++) {
    const grid_column *c = &g->columns[column];
    if (c->hidden || place[column] != ACROSS || c->number || widths[column] <= than) continue;
    if (widest < 0 || widths[column] > widths[widest]) widest = column;
  }
  return widest;
}

/* How wide the rows stay when every text is broken as far as it may be. */
static size_t least_width(const grid *g, const size_t *widths, const size_t *floors, const char *place) {
  size_t total = total_width(g, widths, place);
  for (int column = 0; column < g->n_columns; column++) {
    const grid_column *c = &g->columns[column];
    if (c->hidden || place[column] != ACROSS || c->number || widths[column] <= floors[column]) continue;
    total -= widths[column] - floors[column];
  }
  return total;
}

/* The column of text to go below: not the first, which says what a row is of, as long as there is another. */
static int to_lower(const grid *g, const size_t *widths, char *place, size_t than) {
  int first = 0;
  while (first < g->n_columns && (g->columns[first].hidden || place[first] != ACROSS)) first++;
  if (first == g->n_columns) return -1;
  place[first] = BELOW;
  int widest = widest_text(g, widths, place, than);
  place[first] = ACROSS;
  return widest >= 0 ? widest : widest_text(g, widths, place, than);
}

/* Texts that could only be read in a column too narrow for them go below their row. Returns how many. */
static int lower_texts(const grid *g, size_t width, size_t *widths, const size_t *floors, char *place) {
  int lowered = 0;
  for (size_t total; (total = total_width(g, widths, place)) > width; lowered++) {
    int must = least_width(g, widths, floors, place) > width;
    int widest = to_lower(g, widths, place, must ? 0 : READABLE);
    if (widest < 0 || (!must && widths[widest] >= total - width + READABLE)) break;
    place[widest] = BELOW;
  }
  return lowered;
}

/* The widest column of text that can be narrowed still, -1 when there is none. */
static int widest_above(const grid *g, const size_t *widths, const size_t *floors, const char *place) {
  int widest = -1;
  for (int column = 0; column < g->n_columns; column++) {
    const grid_column *c = &g->columns[column];
    if (c->hidden || place[column] != ACROSS || c->number || widths[column] <= floors[column]) continue;
    if (widest < 0 || widths[column] > widths[widest]) widest = column;
  }
  return widest;
}

/* Takes what is too much from the widest columns of text, down to their floors. */
static void narrow(const grid *g, size_t width, size_t *widths, const size_t *floors, const char *place) {
  for (size_t total; (total = total_width(g, widths, place)) > width;) {
    int widest = widest_above(g, widths, floors, place);
    if (widest < 0) return;
    size_t next = floors[widest]; /* down to the second widest, so that columns share the loss */
    for (int column = 0; column < g->n_columns; column++) {
      const grid_column *c = &g->columns[column];
      if (c->hidden || place[column] != ACROSS || c->number || column == widest) continue;
      if (widths[column] < widths[widest] && widths[column] > next) next = widths[column];
    }
    size_t excess = total - width;
    widths[widest] = widths[widest] - next > excess ? widths[widest] - excess : next;
  }
}

/* One row of the grid, over as many lines as its longest text needs. `at` holds where each column is. */
static void add_row(const grid *g, const size_t *widths, const char *place, const char **at, buffer *b) {
  for (int more = 1; more;) {
    size_t pending = 0; /* spaces owed before the next text, so that no line ends in them */
    more = 0;
    int first = 1;
    for (int column = 0; column < g->n_columns; column++) {
      const grid_column *c = &g->columns[column];
      if (c->hidden || place[column] != ACROSS) continue;
      if (!first) pending += GAP;
      first = 0;
      size_t bytes = c->number ? strlen(at[column]) : next_line(at[column], widths[column], 1);
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

static void add_rule(const grid *g, const size_t *widths, const char *place, buffer *b) {
  int first = 1;
  for (int column = 0; column < g->n_columns; column++) {
    if (g->columns[column].hidden || place[column] != ACROSS) continue;
    if (!first) buffer_repeat(b, ' ', GAP);
    buffer_repeat(b, '-', widths[column]);
    first = 0;
  }
  buffer_text(b, "\n");
}

static void add_below(const grid *g, size_t width, const char *place, int named, int64_t row, buffer *b) {
  for (int column = 0; column < g->n_columns; column++) {
    const char *text = cell(g, row, column);
    if (g->columns[column].hidden || place[column] != BELOW || text[0] == '\0') continue;
    grid_paragraph(b, named ? g->columns[column].name : NULL, text, INDENT, width);
  }
}

/* A single row that is too wide is easier to read down than across. */
static void add_down(const grid *g, size_t width, buffer *b) {
  size_t names = 0;
  for (int column = 0; column < g->n_columns; column++) {
    size_t name = width_of(g->columns[column].name);
    if (!g->columns[column].hidden && name > names) names = name;
  }
  for (int column = 0; column < g->n_columns; column++) {
    if (g->columns[column].hidden) continue;
    buffer text = {0};
    grid_paragraph(&text, NULL, cell(g, 0, column), names + GAP, width);
    if (text.failed) {
      b->failed = 1;
    } else { /* the name takes the place of the first line's indent */
      buffer_text(b, g->columns[column].name);
      buffer_text(b, text.text + width_of(g->columns[column].name));
    }
    buffer_free(&text);
  }
}

void grid_text(const grid *g, size_t width, buffer *b) {
  size_t columns = (size_t)g->n_columns;
  size_t *widths = calloc(2 * columns + 1, sizeof *widths), *floors = widths ? widths + columns : NULL;
  char *place = calloc(columns + 1, 1);
  const char **at = calloc(columns + 1, sizeof *at);
  if (!widths || !place || !at) {
    b->failed = 1;
  } else {
    measure(g, widths);
    for (int column = 0; column < g->n_columns; column++) floors[column] = floor_of(g, column);
    int wide = total_width(g, widths, place) > width;
    if (wide && g->n_rows == 1) {
      add_down(g, width, b);
    } else {
      if (wide && g->n_rows > 1) lift_constants(g, width, place, b);
      int lowered = lower_texts(g, width, widths, floors, place);
      narrow(g, width, widths, floors, place);
      for (int column = 0; column < g->n_columns; column++) at[column] = g->columns[column].name;
      add_row(g, widths, place, at, b);
      add_rule(g, widths, place, b);
      for (int64_t row = 0; row < g->n_rows; row++) {
        for (int column = 0; column < g->n_columns; column++) at[column] = cell(g, row, column);
        add_row(g, widths, place, at, b);
        if (lowered > 0) add_below(g, width, place, lowered > 1, row, b);
      }
      if (g->n_rows == 0) buffer_text(b, "(none)\n");
    }
  }
  free(widths);
  free(place);
  free(at);
}
