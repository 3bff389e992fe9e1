/* SPDX-License-Identifier: MIT */
#include "table/format.h"

#include <inttypes.h>

#include "base/error.h"

static const struct {
  const char *name;
  void (*write)(const critmin_table *table, cm_buffer *out);
} formats[] = {{"text", cm_format_text}, {"csv", cm_format_csv}, {"json", cm_format_json}, {"md", cm_format_md}};

enum { FORMATS = sizeof formats / sizeof formats[0] };

void cm_format_cell(const critmin_table *table, int32_t column, int64_t row, int digits, cm_buffer *out) {
  const char *text;
  switch (critmin_table_type(table, column)) {
    case CRITMIN_COLUMN_TEXT:
      text = critmin_table_text(table, column, row);
      if (text) cm_buffer_add(out, text);
      break;
    case CRITMIN_COLUMN_INTEGER:
      if (critmin_table_integers(table, column)[row] != CRITMIN_INTEGER_MISSING)
        cm_buffer_print(out, "%" PRId64, critmin_table_integers(table, column)[row]);
      break;
    default: {
      double number = critmin_table_number(table, column, row);
      cm_buffer_number(out, digits ? cm_number_round(number, digits) : number);
    }
  }
}

critmin_status critmin_table_format(const critmin_table *table, const char *format, char **text, critmin_error *error) {
  if (!table) return cm_fail_null(error, "table");
  if (!format) return cm_fail_null(error, "format");
  if (!text) return cm_fail_null(error, "text");
  for (int i = 0; i < FORMATS; i++) {
    if (!cm_name_equal(format, formats[i].name)) continue;
    cm_buffer out = {0};
    formats[i].write(table, &out);
    char *written = cm_buffer_take(&out);
    if (!written) return cm_fail_memory(error);
    *text = written;
    return cm_ok(error);
  }
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "tables are not written as `%s`; use text, csv, json or md", format);
}
