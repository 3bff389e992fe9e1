/* SPDX-License-Identifier: MIT */
/* The suites of the room, one for each file. */
#ifndef CRITMIN_TESTS_EXPOSURE_SUITES_H
#define CRITMIN_TESTS_EXPOSURE_SUITES_H

#include "runner.h"

#define NEAR(x, y) ck_assert_double_eq_tol(x, y, 1e-9)
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

Suite *suite_allocation(void);
Suite *suite_attribution(void);
Suite *suite_cascade(void);
Suite *suite_drawdown(void);
Suite *suite_ensemble(void);
Suite *suite_price(void);
Suite *suite_risk(void);
Suite *suite_scenario_answers(void);
Suite *suite_scenario_cascade(void);
Suite *suite_scenario_cost(void);
Suite *suite_scenario_document(void);
Suite *suite_scenario_mitigation(void);
Suite *suite_scenario_policy(void);
Suite *suite_scenario_proof(void);
Suite *suite_scenario_run(void);
Suite *suite_scenario_worth(void);
Suite *suite_transport(void);

#endif
