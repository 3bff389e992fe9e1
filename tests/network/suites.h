/* SPDX-License-Identifier: MIT */
/* The suites of the room, one for each file. */
#ifndef CRITMIN_TESTS_NETWORK_SUITES_H
#define CRITMIN_TESTS_NETWORK_SUITES_H

#include "runner.h"

Suite *suite_bill(void);
Suite *suite_bounds(void);
Suite *suite_bounds_open(void);
Suite *suite_chain(void);
Suite *suite_dense(void);
Suite *suite_effective(void);
Suite *suite_examples(void);
Suite *suite_network(void);
Suite *suite_pools(void);
Suite *suite_supply(void);

#endif
