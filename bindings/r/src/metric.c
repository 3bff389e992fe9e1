/* SPDX-License-Identifier: MIT */
#include "calls.h"

static void free_model(SEXP pointer) {
  critmin_model_free(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

SEXP r_model(SEXP store, SEXP query) {
  critmin_error error;
  critmin_model *model = NULL;
  SEXP selection = PROTECT(new_selection(query)), pointer = PROTECT(empty("model", free_model));
  critmin_status status =
      critmin_model_load(held(store, "store"), selection_of(selection), progress, NULL, &model, &error);
  R_SetExternalPtrAddr(pointer, model);
  need(status, &error);
  UNPROTECT(2);
  return pointer;
}

typedef critmin_status answering(const critmin_model *, const critmin_selection *, int32_t, critmin_progress, void *,
                                 critmin_table **, critmin_error *);

static SEXP answer(answering *ask, SEXP model, SEXP query, SEXP threads) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP selection = PROTECT(new_selection(query)), table = PROTECT(new_table());
  critmin_status status = ask(held(model, "model"), selection_of(selection), Rf_asInteger(threads), progress, NULL, &made,
                              &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(2);
  return frame;
}

SEXP r_metric(SEXP model, SEXP query, SEXP threads) { return answer(critmin_metric_compute, model, query, threads); }

SEXP r_compare(SEXP model, SEXP query, SEXP threads) { return answer(critmin_metric_compare, model, query, threads); }

SEXP r_explain(SEXP model, SEXP query) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP selection = PROTECT(new_selection(query)), table = PROTECT(new_table());
  critmin_status status = critmin_metric_explain(held(model, "model"), selection_of(selection), &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(2);
  return frame;
}

SEXP r_metrics(SEXP model) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP table = PROTECT(new_table());
  critmin_status status = Rf_isNull(model) ? critmin_metric_list(&made, &error)
                                           : critmin_metric_list_of(held(model, "model"), &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(1);
  return frame;
}

SEXP r_parameters(SEXP metric) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP table = PROTECT(new_table());
  critmin_status status = critmin_metric_parameters(text_or_null(metric), &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(1);
  return frame;
}
