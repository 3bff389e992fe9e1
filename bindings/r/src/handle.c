/* SPDX-License-Identifier: MIT */
#include "critmin_r.h"

#include <R_ext/Utils.h>
#include <stdio.h>
#include <string.h>

SEXP empty(const char *kind, void (*free)(SEXP)) {
  SEXP pointer = PROTECT(R_MakeExternalPtr(NULL, Rf_install(kind), R_NilValue));
  R_RegisterCFinalizerEx(pointer, free, TRUE);
  UNPROTECT(1);
  return pointer;
}

void need(critmin_status status, const critmin_error *error) {
  if (status == CRITMIN_OK) return;
  char class[64];
  snprintf(class, sizeof class, "critmin_%s", critmin_status_name(status));
  SEXP call = PROTECT(Rf_lang5(Rf_install("critmin_stop"), PROTECT(Rf_mkString(class)),
                               PROTECT(Rf_ScalarString(Rf_mkCharCE(error->message, CE_UTF8))),
                               PROTECT(Rf_ScalarReal((double)error->row)), PROTECT(Rf_ScalarReal((double)error->column))));
  SEXP package = PROTECT(Rf_mkString("critmin"));
  Rf_eval(call, R_FindNamespace(package));
  UNPROTECT(6); /* not reached: critmin_stop() never returns */
}

static void ask(void *unused) {
  (void)unused;
  R_CheckUserInterrupt();
}

static void refuse(const char *format, const char *what) {
  critmin_error error = {.status = CRITMIN_ERROR_ARGUMENT};
  snprintf(error.message, sizeof error.message, format, what);
  need(CRITMIN_ERROR_ARGUMENT, &error);
}

void *held(SEXP pointer, const char *kind) {
  if (TYPEOF(pointer) != EXTPTRSXP || R_ExternalPtrTag(pointer) != Rf_install(kind)) refuse("this is no %s of critmin", kind);
  void *address = R_ExternalPtrAddr(pointer);
  if (!address) refuse("the %s is closed, or comes from another session of R: open it again", kind);
  return address;
}

int32_t progress(void *user, int64_t done, int64_t total) {
  (void)user, (void)done, (void)total;
  return !R_ToplevelExec(ask, NULL); /* a jump out of the library would leave its locks held */
}

const char *text_or_null(SEXP text) {
  if (Rf_isNull(text)) return NULL;
  if (!Rf_isString(text) || Rf_length(text) != 1 || STRING_ELT(text, 0) == NA_STRING)
    refuse("a text is needed here, %s", "one character string that is not NA");
  return Rf_translateCharUTF8(STRING_ELT(text, 0));
}

SEXP element(SEXP list, const char *name) {
  SEXP names = Rf_getAttrib(list, R_NamesSymbol);
  for (R_xlen_t i = 0; i < Rf_xlength(list); i++)
    if (strcmp(CHAR(STRING_ELT(names, i)), name) == 0) return VECTOR_ELT(list, i);
  return R_NilValue;
}
