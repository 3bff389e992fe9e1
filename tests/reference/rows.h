/* SPDX-License-Identifier: MIT */
/* The reference data as these tests look at it: tables through the public interface, and single figures in them. */
#ifndef CRITMIN_TESTS_REFERENCE_ROWS_H
#define CRITMIN_TESTS_REFERENCE_ROWS_H

#include <stdint.h>

#include "critmin/critmin.h"

critmin_store *open_reference(void);
/* A relation, narrowed to `name` along `dimension` unless that is NULL; the caller frees it. */
critmin_table *list(critmin_store *store, const char *what, const char *dimension, const char *name);
/* All figures of a mineral at a stage, of every source and edition. */
critmin_table *figures(critmin_store *store, const char *mineral, const char *stage);

/* Cells by the name of the column, which must be there; "" and NaN where they are empty. */
const char *text(const critmin_table *table, const char *column, int64_t row);
double number(const critmin_table *table, const char *column, int64_t row);

typedef struct figure {
  const char *source, *edition, *country;
  int year;
} figure;

/* The row of the production of a country (WLD, OTH) in a year; it must be there once. */
int64_t find(const critmin_table *table, figure wanted);
/* Production of a country over the printed total. */
double share_of_total(const critmin_table *table, figure wanted);

#endif
