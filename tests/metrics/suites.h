/* SPDX-License-Identifier: MIT */
#ifndef CRITMIN_TESTS_METRICS_SUITES_H
#define CRITMIN_TESTS_METRICS_SUITES_H

#include "runner.h"

Suite *suite_batch(void);
Suite *suite_bounds(void);
Suite *suite_degenerate(void);
Suite *suite_examples(void);
Suite *suite_governance(void);
Suite *suite_properties(void);
Suite *suite_refusals(void);

#endif
