/* SPDX-License-Identifier: MIT */
#ifndef CRITMIN_TESTS_BASE_SUITES_H
#define CRITMIN_TESTS_BASE_SUITES_H

#include <check.h>

Suite *suite_error(void);
Suite *suite_json(void);
Suite *suite_memory(void);
Suite *suite_names(void);
Suite *suite_numbers(void);
Suite *suite_random(void);
Suite *suite_selection(void);
Suite *suite_sha256(void);
Suite *suite_text(void);
Suite *suite_thread(void);
Suite *suite_words(void);

#endif
