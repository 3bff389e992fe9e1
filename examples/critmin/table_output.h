/* SPDX-License-Identifier: MIT */
/* Results in the format that was asked for, to where it was asked for. All return exit codes. */
#ifndef TABLE_OUTPUT_H
#define TABLE_OUTPUT_H

#include "../picture/buffer.h"
#include "command.h"
#include "grid.h"
#include "output.h"

/* 0 when there is such a format, for what the command writes. */
int table_format_known(const request *r);
/* Whether the format is that of a program of life cycle assessment, for factors of metrics. */
int table_is_factors(const request *r);
int table_is_text(const request *r);
/* A table as the library writes it, or as text with the columns that hold something. */
int table_write(const request *r, const critmin_table *table);
/* The text of a table, with what is in `b` above it. Frees the buffer. */
int table_write_text(const request *r, buffer *b);
/* A small result of the program itself: a sentence for people, rows for programs. */
int table_write_report(const request *r, const char *sentence, const grid *rows);
/* Appends a table as text; `hidden` names columns to leave out, ended by NULL. */
void table_add_text(const critmin_table *table, const char *const *hidden, buffer *b);

#endif
