/* SPDX-License-Identifier: MIT */
/* Writing errors: the one way a status and its message leave a function. */
#ifndef CM_BASE_ERROR_H
#define CM_BASE_ERROR_H

#include "critmin/status.h"

#if defined(__GNUC__) || defined(__clang__)
#define CM_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define CM_PRINTF(at, first)
#endif

/* Writes success into error (which may be NULL) and returns CRITMIN_OK. */
critmin_status cm_ok(critmin_error *error);

/* Writes a failure and returns `status`. A message too long is cut at a whole UTF-8 character and ends in "...". */
critmin_status cm_fail(critmin_error *error, critmin_status status, const char *format, ...) CM_PRINTF(3, 4);

/* Says where in the input the failure last written lies; returns its status. */
critmin_status cm_fail_at(critmin_error *error, critmin_status status, int64_t row, int64_t column);

/* The failures that need no sentence of their own. */
critmin_status cm_fail_memory(critmin_error *error);
critmin_status cm_fail_null(critmin_error *error, const char *argument);

#endif
