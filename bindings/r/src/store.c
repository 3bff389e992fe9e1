/* SPDX-License-Identifier: MIT */
#include "calls.h"

static void close_store(SEXP pointer) {
  critmin_store_close(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

SEXP r_open(SEXP path, SEXP write) {
  critmin_error error;
  critmin_store *store = NULL;
  SEXP pointer = PROTECT(empty("store", close_store));
  int32_t mode = Rf_asLogical(write) == TRUE ? CRITMIN_OPEN_WRITE : CRITMIN_OPEN_READ;
  critmin_status status = critmin_store_open(text_or_null(path), mode, &store, &error);
  R_SetExternalPtrAddr(pointer, store);
  need(status, &error);
  UNPROTECT(1);
  return pointer;
}

SEXP r_init(SEXP path, SEXP reference) {
  critmin_error error;
  int32_t content = Rf_asLogical(reference) == TRUE ? CRITMIN_INIT_REFERENCE : CRITMIN_INIT_EMPTY;
  need(critmin_store_init(text_or_null(path), content, &error), &error);
  return R_NilValue;
}

SEXP r_close(SEXP store) {
  held(store, "store");
  close_store(store);
  return R_NilValue;
}

SEXP r_list(SEXP store, SEXP what, SEXP query) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP selection = PROTECT(new_selection(query)), table = PROTECT(new_table());
  critmin_status status =
      critmin_store_list(held(store, "store"), text_or_null(what), selection_of(selection), &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(2);
  return frame;
}

SEXP r_changes(SEXP store, SEXP since, SEXP until, SEXP query) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP selection = PROTECT(new_selection(query)), table = PROTECT(new_table());
  critmin_status status = critmin_store_changes(held(store, "store"), text_or_null(since), text_or_null(until),
                                                selection_of(selection), &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(2);
  return frame;
}

SEXP r_figures(SEXP store, SEXP query) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP selection = PROTECT(new_selection(query)), table = PROTECT(new_table());
  critmin_status status = critmin_store_figures(held(store, "store"), selection_of(selection), &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(2);
  return frame;
}

SEXP r_fields(SEXP relation) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP table = PROTECT(new_table());
  critmin_status status = critmin_store_fields(text_or_null(relation), &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(1);
  return frame;
}

SEXP r_info(SEXP store) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP table = PROTECT(new_table());
  critmin_status status = critmin_store_info(held(store, "store"), &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(1);
  return frame;
}

SEXP r_check(SEXP store) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP table = PROTECT(new_table());
  critmin_status status = critmin_store_check(held(store, "store"), &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(1);
  return frame;
}

SEXP r_import(SEXP store, SEXP format, SEXP path) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP table = PROTECT(new_table());
  critmin_status status = critmin_store_import(held(store, "store"), text_or_null(format), text_or_null(path), progress,
                                               NULL, &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(1);
  return frame;
}

/* Names and texts of a named character vector, in memory that R frees when the call returns. */
static int32_t pairs(SEXP fields, const char ***names, const char ***values) {
  int32_t n = (int32_t)Rf_xlength(fields);
  SEXP of = Rf_getAttrib(fields, R_NamesSymbol);
  *names = (const char **)R_alloc((size_t)n + 1, sizeof **names);
  *values = (const char **)R_alloc((size_t)n + 1, sizeof **values);
  for (int32_t i = 0; i < n; i++) {
    SEXP value = STRING_ELT(fields, i);
    (*names)[i] = CHAR(STRING_ELT(of, i));
    (*values)[i] = value == NA_STRING ? "" : Rf_translateCharUTF8(value);
  }
  return n;
}

SEXP r_set(SEXP store, SEXP relation, SEXP fields) {
  critmin_error error;
  const char **names, **values;
  int32_t n = pairs(fields, &names, &values);
  need(critmin_store_set(held(store, "store"), text_or_null(relation), names, values, n, &error), &error);
  return R_NilValue;
}

SEXP r_remove(SEXP store, SEXP relation, SEXP fields) {
  critmin_error error;
  const char **names, **values;
  int64_t removed;
  int32_t n = pairs(fields, &names, &values);
  need(critmin_store_remove(held(store, "store"), text_or_null(relation), names, values, n, &removed, &error), &error);
  return Rf_ScalarReal((double)removed);
}

SEXP r_version(void) { return Rf_mkString(critmin_version()); }
