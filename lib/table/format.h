/* SPDX-License-Identifier: MIT */
/* The writers of tables, one for each format, and what they have in common. A buffer that failed says so at the end. */
#ifndef CM_TABLE_FORMAT_H
#define CM_TABLE_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "critmin/table.h"

void cm_format_csv(const critmin_table *table, cm_buffer *out);
void cm_format_json(const critmin_table *table, cm_buffer *out);
void cm_format_md(const critmin_table *table, cm_buffer *out);
void cm_format_text(const critmin_table *table, cm_buffer *out);

/* Adds a text as JSON has it, between quotation marks. */
void cm_format_json_text(cm_buffer *out, const char *text);

/* Adds a cell as it is, nothing when it is missing; numbers with that many significant digits, or with all when 0. */
void cm_format_cell(const critmin_table *table, int32_t column, int64_t row, int digits, cm_buffer *out);

enum { CM_DIGITS_FOR_PEOPLE = 6 };

/* One character of a text that ought to be UTF-8: its bytes (1 for a stray byte), and 0 in *valid for that. */
size_t cm_character(const char *text, int *valid);
/* Columns a text takes on a terminal: 2 for wide characters, 0 for combining ones. */
size_t cm_text_width(const char *text);

#endif
