/* SPDX-License-Identifier: MIT */
/* An array with one object for each row. */
#include <math.h>

#include "table/format.h"

void cm_format_json_text(cm_buffer *out, const char *text) {
  cm_buffer_add(out, "\"");
  while (*text) {
    int valid;
    size_t length = cm_character(text, &valid);
    unsigned char first = (unsigned char)*text;
    if (!valid) cm_buffer_add(out, "\xEF\xBF\xBD"); /* U+FFFD: JSON is UTF-8 or nothing */
    else if (first == '"' || first == '\\') cm_buffer_print(out, "\\%c", first);
    else if (first == '\n') cm_buffer_add(out, "\\n");
    else if (first == '\t') cm_buffer_add(out, "\\t");
    else if (first < 0x20 || first == 0x7F) cm_buffer_print(out, "\\u%04x", (unsigned)first);
    else cm_buffer_add_n(out, text, length);
    text += length;
  }
  cm_buffer_add(out, "\"");
}

static void add_cell(cm_buffer *out, const critmin_table *table, int32_t column, int64_t row) {
  if (critmin_table_type(table, column) == CRITMIN_COLUMN_TEXT) {
    const char *text = critmin_table_text(table, column, row);
    if (text) cm_format_json_text(out, text);
    else cm_buffer_add(out, "null");
  } else if (isfinite(critmin_table_number(table, column, row))) {
    cm_format_cell(table, column, row, 0, out);
  } else {
    cm_buffer_add(out, "null");
  }
}

void cm_format_json(const critmin_table *table, cm_buffer *out) {
  cm_buffer_add(out, "[");
  for (int64_t r = 0; r < critmin_table_rows(table); r++) {
    cm_buffer_add(out, r ? ",\n  {" : "\n  {");
    for (int32_t c = 0; c < critmin_table_columns(table); c++) {
      if (c) cm_buffer_add(out, ", ");
      cm_format_json_text(out, critmin_table_name(table, c));
      cm_buffer_add(out, ": ");
      add_cell(out, table, c, r);
    }
    cm_buffer_add(out, "}");
  }
  cm_buffer_add(out, critmin_table_rows(table) ? "\n]\n" : "]\n");
}
