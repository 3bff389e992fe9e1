/* SPDX-License-Identifier: MIT */
#include "calls.h"

static void free_scenario(SEXP pointer) {
  critmin_scenario_free(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

static void free_outcome(SEXP pointer) {
  critmin_outcome_free(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

SEXP r_scenario(SEXP store, SEXP json, SEXP restriction) {
  critmin_error error;
  critmin_scenario *scenario = NULL;
  SEXP pointer = PROTECT(empty("scenario", free_scenario));
  critmin_store *of = held(store, "store");
  critmin_status status = Rf_isNull(json)
                              ? critmin_scenario_of_restriction(of, text_or_null(restriction), &scenario, &error)
                              : critmin_scenario_read(of, text_or_null(json), &scenario, &error);
  R_SetExternalPtrAddr(pointer, scenario);
  need(status, &error);
  UNPROTECT(1);
  return pointer;
}

SEXP r_scenario_set(SEXP scenario, SEXP store, SEXP path, SEXP value) {
  critmin_error error;
  need(critmin_scenario_set(held(scenario, "scenario"), held(store, "store"), text_or_null(path), text_or_null(value),
                            &error),
       &error);
  return R_NilValue;
}

static void free_text(SEXP pointer) {
  critmin_text_free(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

SEXP r_scenario_json(SEXP scenario) {
  critmin_error error;
  char *text = NULL;
  SEXP pointer = PROTECT(empty("text", free_text));
  critmin_status status = critmin_scenario_write(held(scenario, "scenario"), &text, &error);
  R_SetExternalPtrAddr(pointer, text);
  need(status, &error);
  SEXP json = PROTECT(Rf_ScalarString(Rf_mkCharCE(text, CE_UTF8)));
  free_text(pointer);
  UNPROTECT(2);
  return json;
}

SEXP r_scenario_keys(void) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP table = PROTECT(new_table());
  critmin_status status = critmin_scenario_keys(&made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(1);
  return frame;
}

SEXP r_run(SEXP model, SEXP scenario, SEXP draws, SEXP seed, SEXP threads) {
  critmin_error error;
  critmin_outcome *outcome = NULL;
  critmin_scenario_options options;
  critmin_scenario_options_init(&options);
  options.draws = (int64_t)Rf_asReal(draws);
  options.seed = (uint64_t)Rf_asReal(seed);
  options.threads = Rf_asInteger(threads);
  SEXP pointer = PROTECT(empty("outcome", free_outcome));
  critmin_status status = critmin_scenario_run(held(model, "model"), held(scenario, "scenario"), &options, progress, NULL,
                                               &outcome, &error);
  R_SetExternalPtrAddr(pointer, outcome);
  need(status, &error);
  UNPROTECT(1);
  return pointer;
}

SEXP r_outcome(SEXP outcome, SEXP what) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP table = PROTECT(new_table());
  critmin_status status = critmin_outcome_table(held(outcome, "outcome"), text_or_null(what), &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(1);
  return frame;
}

SEXP r_outcome_explain(SEXP outcome, SEXP model, SEXP what, SEXP row) {
  critmin_error error;
  critmin_table *made = NULL;
  SEXP table = PROTECT(new_table());
  critmin_status status = critmin_outcome_explain(held(outcome, "outcome"), held(model, "model"), text_or_null(what),
                                                  (int64_t)Rf_asReal(row) - 1, &made, &error);
  SEXP frame = data_frame(table, made, status, &error);
  UNPROTECT(1);
  return frame;
}
