/* SPDX-License-Identifier: MIT */
/* What a result table is made of, for the files of this room: immutable, and shared by counting references. */
#ifndef CM_TABLE_TABLE_H
#define CM_TABLE_TABLE_H

#include <stdatomic.h>
#include <stdint.h>

#include "critmin/table.h"

/* The distinct words of a text column, twice: as Arrow wants them, end to end, and for C with a NUL after each. Word i begins at
 * offsets[i] in `bytes`, and at offsets[i] + i in `strings`. */
typedef struct cm_words {
  int32_t count;
  int32_t *offsets; /* count + 1 */
  char *bytes;
  char *strings;
} cm_words;

typedef struct cm_table_column {
  char *name, *unit;
  int32_t type; /* CRITMIN_COLUMN_ */
  union {
    void *memory; /* never NULL, also without rows */
    double *numbers;
    int64_t *integers;
    int32_t *codes;
  } values;
  cm_words words; /* of a text column */
} cm_table_column;

struct critmin_table {
  _Atomic int64_t references; /* the caller's, and one for each thing that Arrow holds */
  int64_t rows;
  int32_t n_columns;
  cm_table_column columns[];
};

/* One more reference, given back with critmin_table_free(). */
critmin_table *cm_table_share(critmin_table *table);

#endif
