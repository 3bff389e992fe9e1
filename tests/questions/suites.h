/* SPDX-License-Identifier: MIT */
/* The twenty questions, by who asks them. docs/questions.md answers the same from the shell and from Python. */
#ifndef CRITMIN_TESTS_QUESTIONS_SUITES_H
#define CRITMIN_TESTS_QUESTIONS_SUITES_H

#include "runner.h"

#define COUNT(array) ((int64_t)(sizeof(array) / sizeof(array)[0]))

Suite *suite_ministry(void);
Suite *suite_ministry_plans(void);
Suite *suite_manufacturer(void);
Suite *suite_researcher(void);

#endif
