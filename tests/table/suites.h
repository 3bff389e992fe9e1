/* SPDX-License-Identifier: MIT */
#ifndef CRITMIN_TESTS_TABLE_SUITES_H
#define CRITMIN_TESTS_TABLE_SUITES_H

#include <check.h>

#include "critmin/table.h"

Suite *suite_arrow(void);
Suite *suite_builder(void);
Suite *suite_columns(void);
Suite *suite_factors(void);
Suite *suite_format(void);

/* Three rows of every type of column, with something missing in each: `mineral` (text), `year` (integer), `value` (number, t). NULL
 * when memory ran out. */
critmin_table *sample(void);

#endif
