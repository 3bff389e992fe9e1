/* SPDX-License-Identifier: MIT */
/* The header of a file in the project's layout: which relation its rows are of, and which field each column is. */
#ifndef CM_IMPORT_HEADER_H
#define CM_IMPORT_HEADER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "store/relation.h"

typedef struct cm_header {
  const cm_relation *relation;
  const cm_field **columns; /* by column of the file */
  size_t n_columns;
} cm_header;

/*
 * The relation is the one that has every column and whose required fields are all there; where several fit, the one the
 * file is named after, or else the one with the most required fields. On failure *column is the column concerned, from
 * 1, or 0.
 */
critmin_status cm_header_read(cm_header *header, const char *const *names, size_t n, const char *path, int64_t *column,
                              critmin_error *error);
void cm_header_free(cm_header *header);
/* Column (from 1) of a field by its number (from 0); 0 when the file has none. */
int64_t cm_header_column(const cm_header *header, int field);

#endif
