/* SPDX-License-Identifier: MIT */
/* Characterisation factors of a table of metrics, and the writers that lay them out for programs of life cycle
 * assessment. */
#ifndef CM_TABLE_FACTORS_H
#define CM_TABLE_FACTORS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "critmin/table.h"

/* Texts are the table's. */
typedef struct cm_factor {
  const char *metric, *mineral, *stage, *country, *unit;
  int64_t year;
  double value;
} cm_factor;

/* By metric, country, year and mineral; those that agree in the first three make up one impact category. */
typedef struct cm_factors {
  cm_factor *factor;
  int64_t n;
} cm_factors;

/* One past the last factor of the category that begins at a place. */
int64_t cm_category_end(const cm_factors *factors, int64_t first);
/* Its name, `geopolrisk_cf, DEU, 2024`, and what its factors count: their unit without the kilogram. */
void cm_category_name(const cm_factor *factor, cm_buffer *name);
void cm_category_unit(const cm_factor *factor, cm_buffer *unit);
/* The flow of a mineral: its key as a word, `Rare earths`. */
void cm_flow_name(const cm_factor *factor, cm_buffer *name);
/* The first factor of the mineral that follows the one named by its key, "" for the first; NULL at the end. */
const cm_factor *cm_next_flow(const cm_factors *factors, const char *mineral);

critmin_status cm_factors_brightway(const cm_factors *factors, cm_buffer *out, critmin_error *error);
critmin_status cm_factors_openlca(const cm_factors *factors, cm_buffer *out, critmin_error *error);
critmin_status cm_factors_simapro(const cm_factors *factors, cm_buffer *out, critmin_error *error);

#endif
