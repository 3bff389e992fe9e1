/* SPDX-License-Identifier: MIT */
#ifndef CRITMIN_TESTS_MODEL_SUITES_H
#define CRITMIN_TESTS_MODEL_SUITES_H

#include "runner.h"

Suite *suite_by_country(void);
Suite *suite_choice(void);
Suite *suite_flows(void);
Suite *suite_load(void);
Suite *suite_names(void);
Suite *suite_parameters(void);
Suite *suite_parts(void);
Suite *suite_scores(void);
Suite *suite_uses(void);

#endif
