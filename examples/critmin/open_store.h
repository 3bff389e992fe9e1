/* SPDX-License-Identifier: MIT */
#ifndef OPEN_STORE_H
#define OPEN_STORE_H

#include "command.h"

/* Opens the store that the request names: 0, or an exit code. `mode` is a CRITMIN_OPEN_ constant. */
int store_open(const request *r, int32_t mode, critmin_store **store);
/* Says why the store refused what was typed, and what to do where it may not be written; returns the exit code. */
int store_fail(const request *r, const critmin_error *error);

#endif
