/* SPDX-License-Identifier: MIT */
#ifndef CRITMIN_TESTS_IMPORT_SUITES_H
#define CRITMIN_TESTS_IMPORT_SUITES_H

#include <check.h>

Suite *suite_composite_json(void);
Suite *suite_layout(void);
Suite *suite_round_trip(void);

#endif
