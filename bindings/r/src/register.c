/* SPDX-License-Identifier: MIT */
#include "calls.h"

#include <R_ext/Rdynload.h>

#define CALL(name, arguments) {#name, (DL_FUNC)&name, arguments}

static const R_CallMethodDef calls[] = {
    CALL(r_open, 2),         CALL(r_init, 2),         CALL(r_close, 1),        CALL(r_list, 3),
    CALL(r_changes, 4),      CALL(r_figures, 2),      CALL(r_fields, 1),       CALL(r_info, 1),
    CALL(r_check, 1),        CALL(r_import, 3),       CALL(r_set, 3),          CALL(r_remove, 3),
    CALL(r_version, 0),      CALL(r_model, 2),        CALL(r_metric, 3),       CALL(r_compare, 3),
    CALL(r_explain, 2),      CALL(r_metrics, 1),      CALL(r_parameters, 1),   CALL(r_scenario, 3),
    CALL(r_scenario_set, 4), CALL(r_scenario_json, 1), CALL(r_scenario_keys, 0), CALL(r_run, 5),
    CALL(r_outcome, 2),      CALL(r_market, 4),       CALL(r_balance, 2),      CALL(r_outcome_explain, 4), {NULL, NULL, 0},
};

void R_init_critmin(DllInfo *library);

void R_init_critmin(DllInfo *library) {
  R_registerRoutines(library, NULL, calls, NULL, NULL);
  R_useDynamicSymbols(library, FALSE);
}
