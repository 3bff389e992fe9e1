/* SPDX-License-Identifier: MIT */
/* Result tables as data frames: missing numbers, integers and texts are NA, units are the attribute `units`. */
#include "critmin_r.h"

#include <limits.h>
#include <math.h>

static void free_table(SEXP pointer) {
  critmin_table_free(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

SEXP new_table(void) { return empty("table", free_table); }

static SEXP numbers(const critmin_table *t, int32_t column, R_xlen_t rows) {
  SEXP made = Rf_allocVector(REALSXP, rows);
  const double *from = critmin_table_numbers(t, column);
  for (R_xlen_t i = 0; i < rows; i++) REAL(made)[i] = isnan(from[i]) ? NA_REAL : from[i];
  return made;
}

/* Integers of R have 32 bits, the least of which is NA; what does not fit becomes doubles. */
static SEXP integers(const critmin_table *t, int32_t column, R_xlen_t rows) {
  const int64_t *from = critmin_table_integers(t, column);
  int small = 1;
  for (R_xlen_t i = 0; i < rows; i++)
    if (from[i] != CRITMIN_INTEGER_MISSING && (from[i] <= INT_MIN || from[i] > INT_MAX)) small = 0;
  SEXP made = Rf_allocVector(small ? INTSXP : REALSXP, rows);
  for (R_xlen_t i = 0; i < rows; i++) {
    int missing = from[i] == CRITMIN_INTEGER_MISSING;
    if (small) {
      INTEGER(made)[i] = missing ? NA_INTEGER : (int)from[i];
    } else {
      REAL(made)[i] = missing ? NA_REAL : (double)from[i];
    }
  }
  return made;
}

static SEXP texts(const critmin_table *t, int32_t column, R_xlen_t rows) {
  int32_t n = critmin_table_words(t, column);
  const int32_t *code = critmin_table_codes(t, column);
  SEXP words = PROTECT(Rf_allocVector(STRSXP, n)), made = PROTECT(Rf_allocVector(STRSXP, rows));
  for (int32_t i = 0; i < n; i++) SET_STRING_ELT(words, i, Rf_mkCharCE(critmin_table_word(t, column, i), CE_UTF8));
  for (R_xlen_t i = 0; i < rows; i++) SET_STRING_ELT(made, i, code[i] < 0 ? NA_STRING : STRING_ELT(words, code[i]));
  UNPROTECT(2);
  return made;
}

SEXP data_frame(SEXP pointer, critmin_table *t, critmin_status status, const critmin_error *error) {
  R_SetExternalPtrAddr(pointer, t);
  need(status, error);
  int32_t columns = critmin_table_columns(t);
  R_xlen_t rows = (R_xlen_t)critmin_table_rows(t);
  SEXP frame = PROTECT(Rf_allocVector(VECSXP, columns)), names = PROTECT(Rf_allocVector(STRSXP, columns));
  SEXP units = PROTECT(Rf_allocVector(STRSXP, columns)), numbered = PROTECT(Rf_allocVector(INTSXP, 2));
  for (int32_t i = 0; i < columns; i++) {
    int32_t type = critmin_table_type(t, i);
    SET_VECTOR_ELT(frame, i, type == CRITMIN_COLUMN_NUMBER    ? numbers(t, i, rows)
                             : type == CRITMIN_COLUMN_INTEGER ? integers(t, i, rows)
                                                              : texts(t, i, rows));
    SET_STRING_ELT(names, i, Rf_mkCharCE(critmin_table_name(t, i), CE_UTF8));
    SET_STRING_ELT(units, i, Rf_mkCharCE(critmin_table_unit(t, i), CE_UTF8));
  }
  INTEGER(numbered)[0] = NA_INTEGER; /* R's short form of the row names 1 to n */
  INTEGER(numbered)[1] = -(int)rows;
  Rf_setAttrib(units, R_NamesSymbol, names);
  Rf_setAttrib(frame, R_NamesSymbol, names);
  Rf_setAttrib(frame, R_RowNamesSymbol, numbered);
  Rf_setAttrib(frame, R_ClassSymbol, PROTECT(Rf_mkString("data.frame")));
  Rf_setAttrib(frame, Rf_install("units"), units);
  free_table(pointer);
  UNPROTECT(5);
  return frame;
}
