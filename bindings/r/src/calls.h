/* SPDX-License-Identifier: MIT */
/* What R calls; each is described beside the function of R that calls it. */
#ifndef CRITMIN_R_CALLS_H
#define CRITMIN_R_CALLS_H

#include "critmin_r.h"

SEXP r_open(SEXP path, SEXP write);
SEXP r_init(SEXP path, SEXP reference);
SEXP r_close(SEXP store);
SEXP r_list(SEXP store, SEXP what, SEXP query);
SEXP r_changes(SEXP store, SEXP since, SEXP until, SEXP query);
SEXP r_figures(SEXP store, SEXP query);
SEXP r_fields(SEXP relation);
SEXP r_info(SEXP store);
SEXP r_check(SEXP store);
SEXP r_import(SEXP store, SEXP format, SEXP path);
SEXP r_set(SEXP store, SEXP relation, SEXP fields);
SEXP r_remove(SEXP store, SEXP relation, SEXP fields);
SEXP r_version(void);

SEXP r_model(SEXP store, SEXP query);
SEXP r_metric(SEXP model, SEXP query, SEXP threads);
SEXP r_compare(SEXP model, SEXP query, SEXP threads);
SEXP r_explain(SEXP model, SEXP query);
SEXP r_metrics(SEXP model);
SEXP r_parameters(SEXP metric);

SEXP r_scenario(SEXP store, SEXP json, SEXP restriction);
SEXP r_scenario_set(SEXP scenario, SEXP store, SEXP path, SEXP value);
SEXP r_scenario_json(SEXP scenario);
SEXP r_scenario_keys(void);
SEXP r_run(SEXP model, SEXP scenario, SEXP draws, SEXP seed, SEXP threads);
SEXP r_outcome(SEXP outcome, SEXP what);
SEXP r_outcome_explain(SEXP outcome, SEXP model, SEXP what, SEXP row);

SEXP r_market(SEXP kernel, SEXP quantity, SEXP own, SEXP known);
SEXP r_balance(SEXP kernel, SEXP terms);

#endif
