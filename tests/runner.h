/* SPDX-License-Identifier: MIT */
/* Runs the suites of one test program and reports them in TAP. */
#ifndef CRITMIN_TESTS_RUNNER_H
#define CRITMIN_TESTS_RUNNER_H

#include <check.h>
#include <stddef.h>
#include <stdint.h>

typedef Suite *(*suite_maker)(void);

/* Runs every suite; returns what main() should. CK_FORK=no keeps all in one process, for debuggers and valgrind. */
int run_suites(const suite_maker *suites, size_t count);

/*
 * Makes the first, then the second, ... allocation inside attempt(user) fail until none does, once with that allocation alone
 * and once with all after it. attempt() returns a status, checks that nothing was leaked or written when it is not 0, and must
 * come out CRITMIN_OK or CRITMIN_ERROR_MEMORY. Fails when no allocation is ever refused.
 */
void fail_each_allocation(int32_t (*attempt)(void *user), void *user);

#endif
