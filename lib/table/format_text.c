/* SPDX-License-Identifier: MIT */
/* Aligned columns for a terminal: texts to the left, numbers to the right. */
#include <string.h>

#include "base/memory.h"
#include "table/format.h"

static void add_spaces(cm_buffer *out, size_t count) {
  while (count--) cm_buffer_add_n(out, " ", 1);
}

/* The text of a cell, row -1 being the heading. A control character would move the cursor, or worse: it becomes a space. */
static const char *cell(const critmin_table *table, int32_t column, int64_t row, cm_buffer *text) {
  text->length = 0;
  cm_buffer_add(text, "");
  if (row < 0) cm_buffer_add(text, critmin_table_name(table, column));
  else cm_format_cell(table, column, row, CM_DIGITS_FOR_PEOPLE, text);
  if (text->failed) return "";
  for (size_t i = 0; i < text->length; i++) {
    int valid;
    unsigned char c = (unsigned char)text->data[i];
    size_t length = cm_character(text->data + i, &valid);
    if (c < 0x20 || c == 0x7F) text->data[i] = ' ';
    else if (!valid) text->data[i] = '?';
    else if (c == 0xC2 && (unsigned char)text->data[i + 1] < 0xA0) memcpy(text->data + i, "  ", 2); /* C1 controls */
    i += length - 1;
  }
  return text->data;
}

static void add_cell(const critmin_table *table, int32_t column, const char *text, size_t width, cm_buffer *out) {
  size_t used = cm_text_width(text);
  int right = critmin_table_type(table, column) != CRITMIN_COLUMN_TEXT;
  if (right) add_spaces(out, width - used);
  cm_buffer_add(out, text);
  if (!right && column < critmin_table_columns(table) - 1) add_spaces(out, width - used);
}

static void add_line(cm_buffer *out) {
  while (out->length && !out->failed && out->data[out->length - 1] == ' ') out->length--;
  cm_buffer_add(out, "\n");
}

void cm_format_text(const critmin_table *table, cm_buffer *out) {
  int32_t columns = critmin_table_columns(table);
  size_t *widths = cm_alloc_array((size_t)columns, sizeof *widths);
  if (!widths) {
    out->failed = 1;
    return;
  }
  cm_buffer text = {0};
  for (int32_t c = 0; c < columns; c++) {
    for (int64_t r = -1; r < critmin_table_rows(table); r++) {
      size_t width = cm_text_width(cell(table, c, r, &text));
      if (width > widths[c]) widths[c] = width;
    }
  }
  for (int64_t r = -1; r < critmin_table_rows(table); r++) {
    for (int32_t c = 0; c < columns; c++) {
      if (c) add_spaces(out, 2);
      add_cell(table, c, cell(table, c, r, &text), widths[c], out);
    }
    add_line(out);
    if (r >= 0) continue;
    for (int32_t c = 0; c < columns; c++) {
      if (c) add_spaces(out, 2);
      for (size_t i = 0; i < widths[c]; i++) cm_buffer_add_n(out, "-", 1);
    }
    add_line(out);
  }
  if (text.failed) out->failed = 1;
  cm_buffer_free(&text);
  cm_free(widths);
}
