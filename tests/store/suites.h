/* SPDX-License-Identifier: MIT */
#ifndef CRITMIN_TESTS_STORE_SUITES_H
#define CRITMIN_TESTS_STORE_SUITES_H

#include <check.h>

Suite *suite_open(void);
Suite *suite_migrate(void);
Suite *suite_transaction(void);
Suite *suite_backup(void);
Suite *suite_record(void);
Suite *suite_check(void);
Suite *suite_open_damaged(void);
Suite *suite_transaction_memory(void);
Suite *suite_rows(void);
Suite *suite_dictionary(void);
Suite *suite_append(void);
Suite *suite_list(void);
Suite *suite_as_of(void);
Suite *suite_bad_input(void);

#endif
