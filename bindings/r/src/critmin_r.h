/* SPDX-License-Identifier: MIT */
/*
 * Between R and the library. Whatever the library gives is first in the hands of R's collector, as an external pointer
 * that was made empty before the call: an R error may then jump out anywhere and nothing is lost.
 */
#ifndef CRITMIN_R_H
#define CRITMIN_R_H

#define R_NO_REMAP
#include <R.h>
#include <Rinternals.h>

#include "critmin/critmin.h"

/* An empty pointer of that kind (store, model, table, ...), freed by the collector. */
SEXP empty(const char *kind, void (*free)(SEXP pointer));
/* What such a pointer holds; an R error where it is none of that kind, or closed. */
void *held(SEXP pointer, const char *kind);

/* Raises an R condition of classes critmin_STATUS and critmin_error, unless the status is OK. */
void need(critmin_status status, const critmin_error *error);
/* Asks R whether the user interrupted. */
int32_t progress(void *user, int64_t done, int64_t total);

/* A text, or NULL for R's NULL. Borrowed from R until the call returns. */
const char *text_or_null(SEXP text);
/* The element of a list by its name, or R's NULL. */
SEXP element(SEXP list, const char *name);

/* A selection from a list of `dimensions` (character vectors), `years` (two integers or NULL) and `options`
 * (character vector); an external pointer. */
SEXP new_selection(SEXP query);
critmin_selection *selection_of(SEXP pointer);

/* An empty pointer for a table, and the data frame of the table that a call then made, or that call's error. */
SEXP new_table(void);
SEXP data_frame(SEXP table, critmin_table *made, critmin_status status, const critmin_error *error);

#endif
