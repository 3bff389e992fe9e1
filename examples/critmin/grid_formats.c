/* SPDX-License-Identifier: MIT */
/* The program's own small results, in the layouts that critmin_table_format() gives tables. */
#include <stdio.h>
#include <string.h>

#include "grid.h"
#include "utf8.h"

static void add_csv(buffer *b, const char *text) {
  if (!strpbrk(text, ",\"\r\n")) {
    buffer_text(b, text);
    return;
  }
  buffer_text(b, "\"");
  for (; *text; text++) buffer_bytes(b, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
  buffer_text(b, "\"");
}

void grid_csv(const grid *g, buffer *b) {
  for (int column = 0; column < g->n_columns; column++) {
    if (column > 0) buffer_text(b, ",");
    add_csv(b, g->columns[column].name);
  }
  buffer_text(b, "\n");
  for (int64_t i = 0; i < g->n_rows * g->n_columns; i++) {
    add_csv(b, g->cells[i]);
    buffer_text(b, (i + 1) % g->n_columns ? "," : "\n");
  }
}

static void add_json(buffer *b, const char *text) {
  buffer_text(b, "\"");
  while (*text) {
    size_t length = utf8_length(text);
    unsigned char c = (unsigned char)*text;
    char escape[8];
    if (length == 0) {
      buffer_text(b, "\\ufffd"); /* JSON has no way to say a byte that is no character */
    } else if (c == '"' || c == '\\') {
      snprintf(escape, sizeof escape, "\\%c", c);
      buffer_text(b, escape);
    } else if (c < 0x20) {
      snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
      buffer_text(b, escape);
    } else {
      buffer_bytes(b, text, length);
    }
    text += length ? length : 1;
  }
  buffer_text(b, "\"");
}

void grid_json(const grid *g, buffer *b) {
  buffer_text(b, "[");
  for (int64_t row = 0; row < g->n_rows; row++) {
    buffer_text(b, row > 0 ? ",\n  {" : "\n  {");
    for (int column = 0; column < g->n_columns; column++) {
      const char *text = g->cells[row * g->n_columns + column];
      if (column > 0) buffer_text(b, ", ");
      add_json(b, g->columns[column].name);
      buffer_text(b, ": ");
      if (text[0] == '\0') buffer_text(b, "null");
      else if (g->columns[column].number) buffer_text(b, text);
      else add_json(b, text);
    }
    buffer_text(b, "}");
  }
  buffer_text(b, g->n_rows > 0 ? "\n]\n" : "]\n");
}

static void add_md(buffer *b, const char *text) {
  for (; *text; text++) {
    if (strchr("|\\`*_", *text)) buffer_text(b, "\\");
    if (*text == '<') buffer_text(b, "&lt;");
    else if (*text == '&') buffer_text(b, "&amp;");
    else buffer_bytes(b, (unsigned char)*text < 0x20 ? " " : text, 1);
  }
}

void grid_md(const grid *g, buffer *b) {
  for (int column = 0; column < g->n_columns; column++) {
    buffer_text(b, column > 0 ? " | " : "| ");
    add_md(b, g->columns[column].name);
  }
  buffer_text(b, " |\n");
  for (int column = 0; column < g->n_columns; column++) buffer_text(b, g->columns[column].number ? "|---:" : "|:---");
  buffer_text(b, "|\n");
  for (int64_t row = 0; row < g->n_rows; row++) {
    for (int column = 0; column < g->n_columns; column++) {
      buffer_text(b, column > 0 ? " | " : "| ");
      add_md(b, g->cells[row * g->n_columns + column]);
    }
    buffer_text(b, " |\n");
  }
}
