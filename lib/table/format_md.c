/* SPDX-License-Identifier: MIT */
/* A Markdown table, as GitHub and Pandoc read it. */
#include <string.h>

#include "table/format.h"

/* What would end the cell, or be taken for markup, is escaped; a line break becomes a space. */
static void add_text(cm_buffer *out, const char *text) {
  for (; *text; text++) {
    if (strchr("|\\`*_", *text)) cm_buffer_print(out, "\\%c", *text);
    else if (*text == '<') cm_buffer_add(out, "&lt;");
    else if (*text == '&') cm_buffer_add(out, "&amp;");
    else if ((unsigned char)*text < 0x20) cm_buffer_add(out, " ");
    else cm_buffer_add_n(out, text, 1);
  }
}

void cm_format_md(const critmin_table *table, cm_buffer *out) {
  int32_t columns = critmin_table_columns(table);
  for (int32_t c = 0; c < columns; c++) {
    cm_buffer_add(out, c ? " | " : "| ");
    add_text(out, critmin_table_name(table, c));
  }
  cm_buffer_add(out, " |\n");
  for (int32_t c = 0; c < columns; c++)
    cm_buffer_add(out, critmin_table_type(table, c) == CRITMIN_COLUMN_TEXT ? "|:---" : "|---:");
  cm_buffer_add(out, "|\n");
  for (int64_t r = 0; r < critmin_table_rows(table); r++) {
    for (int32_t c = 0; c < columns; c++) {
      cm_buffer_add(out, c ? " | " : "| ");
      const char *text = critmin_table_text(table, c, r);
      if (text) add_text(out, text);
      else cm_format_cell(table, c, r, CM_DIGITS_FOR_PEOPLE, out);
    }
    cm_buffer_add(out, " |\n");
  }
}
