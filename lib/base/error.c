/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

_Static_assert(sizeof(critmin_error) == 1024, "the layout of critmin_error is frozen");

static void clear(critmin_error *error, critmin_status status) {
  error->status = status;
  error->system_code = 0;
  error->row = 0;
  error->column = 0;
  error->message[0] = '\0';
}

critmin_status cm_ok(critmin_error *error) {
  if (error) clear(error, CRITMIN_OK);
  return CRITMIN_OK;
}

critmin_status cm_fail(critmin_error *error, critmin_status status, const char *format, ...) {
  if (!error) return status;
  clear(error, status);
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(error->message, sizeof error->message, format, arguments);
  va_end(arguments);
  if (length >= (int)sizeof error->message) {
    size_t end = sizeof error->message - 4;
    while (end > 0 && ((unsigned char)error->message[end] & 0xC0u) == 0x80u) end--;
    memcpy(error->message + end, "...", 4);
  }
  return status;
}

critmin_status cm_fail_at(critmin_error *error, critmin_status status, int64_t row, int64_t column) {
  if (error) {
    error->row = row;
    error->column = column;
  }
  return status;
}

critmin_status cm_fail_memory(critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_MEMORY, "out of memory; free some, or select less");
}

critmin_status cm_fail_null(critmin_error *error, const char *argument) {
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `%s` is null", argument);
}
