/* SPDX-License-Identifier: MIT */
/* RFC 4180, with LF for line ends. */
#include <string.h>

#include "table/format.h"

static void add_text(cm_buffer *out, const char *text) {
  if (!strpbrk(text, ",\"\r\n")) {
    cm_buffer_add(out, text);
    return;
  }
  cm_buffer_add(out, "\"");
  for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
    cm_buffer_add_n(out, text, (size_t)(quote - text));
    cm_buffer_add(out, "\"\"");
  }
  cm_buffer_add(out, text);
  cm_buffer_add(out, "\"");
}

void cm_format_csv(const critmin_table *table, cm_buffer *out) {
  int32_t columns = critmin_table_columns(table);
  for (int32_t c = 0; c < columns; c++) {
    if (c) cm_buffer_add(out, ",");
    add_text(out, critmin_table_name(table, c));
  }
  cm_buffer_add(out, "\n");
  for (int64_t r = 0; r < critmin_table_rows(table); r++) {
    size_t start = out->length;
    for (int32_t c = 0; c < columns; c++) {
      if (c) cm_buffer_add(out, ",");
      const char *text = critmin_table_text(table, c, r);
      if (text) add_text(out, text);
      else cm_format_cell(table, c, r, 0, out);
    }
    /* A line without a character is no record to many readers. */
    if (out->length == start) cm_buffer_add(out, "\"\"");
    cm_buffer_add(out, "\n");
  }
}
