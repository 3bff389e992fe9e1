/* SPDX-License-Identifier: MIT */
/* Building a result table, row by row or column by column. */
#ifndef CM_TABLE_BUILDER_H
#define CM_TABLE_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include "critmin/table.h"

typedef struct cm_builder cm_builder;

typedef struct cm_column {
  const char *name;
  const char *unit; /* "" when it has none */
  int32_t type;     /* CRITMIN_COLUMN_ */
} cm_column;

/* NULL when memory ran out. Names and units are copied. */
cm_builder *cm_builder_new(const cm_column *columns, int32_t n_columns);
void cm_builder_free(cm_builder *builder);

/*
 * Starts a row in which every cell is missing; the setters below fill the row last started. Once memory runs out everything
 * is ignored and cm_builder_finish() says so, so that callers need not look at each.
 */
void cm_builder_row(cm_builder *builder);
void cm_builder_number(cm_builder *builder, int32_t column, double value);
void cm_builder_integer(cm_builder *builder, int32_t column, int64_t value);
void cm_builder_text(cm_builder *builder, int32_t column, const char *text); /* NULL leaves it missing */

/* Many rows at once, for results computed in parallel: appends `rows` missing rows and gives the first one's index. The
 * arrays (NULL for other types, or when memory ran out) are valid until the next call of any builder function. */
int64_t cm_builder_rows(cm_builder *builder, int64_t rows);
double *cm_builder_numbers(cm_builder *builder, int32_t column);
int64_t *cm_builder_integers(cm_builder *builder, int32_t column);
int32_t *cm_builder_codes(cm_builder *builder, int32_t column);
/* Code of a word in a text column's dictionary, added when new; -1 when memory ran out. */
int32_t cm_builder_word(cm_builder *builder, int32_t column, const char *word);

/* Makes the table and frees the builder, also on failure (MEMORY). */
critmin_status cm_builder_finish(cm_builder *builder, critmin_table **table, critmin_error *error);

#endif
