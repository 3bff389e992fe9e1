/* SPDX-License-Identifier: MIT */
/* Checking what callers give: numbers, places in arrays, sizes of structures. */
#ifndef CM_EXPOSURE_CHECK_H
#define CM_EXPOSURE_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "critmin/status.h"

/* What numbers may be. NaN never is. */
enum {
  CM_ANY = 0,          /* finite */
  CM_NOT_NEGATIVE = 1, /* 0 or more */
  CM_POSITIVE = 2,     /* above 0 */
  CM_SHARE = 3,        /* 0 to 1 */
  CM_PART = 4,         /* above 0, at most 1 */
  CM_NOT_POSITIVE = 5, /* 0 or less */
  CM_RULES = 7,
  CM_INFINITE = 8, /* added: +infinity, too */
  CM_OPTIONAL = 16 /* added, for arrays: NULL, too */
};

critmin_status cm_check_number(double x, const char *name, int rule, critmin_error *error);

/* `n` numbers; the error's row is that of the first that is wrong, from 1. */
critmin_status cm_check_numbers(const double *x, int64_t n, const char *name, int rule, critmin_error *error);

/* `n` numbers of 0 to below - 1; with `or_none`, -1, too. */
critmin_status cm_check_places(const int32_t *at, int64_t n, int32_t below, int or_none, const char *name,
                               critmin_error *error);

/* A count, 0 or more, and one that is at least 1. */
critmin_status cm_check_count(int64_t n, int64_t least, const char *name, critmin_error *error);

critmin_status cm_check_size(uint32_t struct_size, size_t size, const char *type, critmin_error *error);

/* `n` probabilities that add up to 1; NULL stands for equal ones. */
critmin_status cm_check_law(const double *probability, int64_t n, critmin_error *error);

/* A list of arrays to be checked in one go. */
typedef struct cm_column {
  const double *x;
  int64_t n;
  const char *name;
  int rule;
} cm_column;

critmin_status cm_check_columns(const cm_column *column, int columns, critmin_error *error);

#endif
