/* SPDX-License-Identifier: MIT */
#ifndef CRITMIN_TESTS_REFERENCE_SUITES_H
#define CRITMIN_TESTS_REFERENCE_SUITES_H

#include <check.h>

Suite *suite_chains(void);
Suite *suite_dictionary(void);
Suite *suite_figures(void);
Suite *suite_leading(void);
Suite *suite_policy(void);
Suite *suite_standing(void);
Suite *suite_trade(void);
Suite *suite_us(void);

#endif
