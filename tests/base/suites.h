/* SPDX-License-Identifier: MIT */
#ifndef CRITMIN_TESTS_BASE_SUITES_H
#define CRITMIN_TESTS_BASE_SUITES_H

#include <check.h>

Suite *suite_selection(void);

#endif
