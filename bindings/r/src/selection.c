/* SPDX-License-Identifier: MIT */
#include "critmin_r.h"

static void free_selection(SEXP pointer) {
  critmin_selection_free(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

critmin_selection *selection_of(SEXP pointer) { return R_ExternalPtrAddr(pointer); }

SEXP new_selection(SEXP query) {
  critmin_error error;
  critmin_selection *s = NULL;
  SEXP pointer = PROTECT(empty("selection", free_selection));
  critmin_status status = critmin_selection_new(&s, &error);
  R_SetExternalPtrAddr(pointer, s);
  need(status, &error);
  SEXP dimensions = element(query, "dimensions"), years = element(query, "years"), options = element(query, "options");
  SEXP of = Rf_getAttrib(dimensions, R_NamesSymbol);
  for (R_xlen_t i = 0; i < Rf_xlength(dimensions); i++) {
    SEXP names = VECTOR_ELT(dimensions, i);
    for (R_xlen_t k = 0; k < Rf_xlength(names); k++)
      need(critmin_selection_add(s, CHAR(STRING_ELT(of, i)), Rf_translateCharUTF8(STRING_ELT(names, k)), &error), &error);
  }
  if (!Rf_isNull(years)) need(critmin_selection_years(s, INTEGER(years)[0], INTEGER(years)[1], &error), &error);
  of = Rf_getAttrib(options, R_NamesSymbol);
  for (R_xlen_t i = 0; i < Rf_xlength(options); i++)
    need(critmin_selection_set(s, CHAR(STRING_ELT(of, i)), Rf_translateCharUTF8(STRING_ELT(options, i)), &error), &error);
  UNPROTECT(1);
  return pointer;
}
