/* SPDX-License-Identifier: MIT */
/* How the program ends, and what it says when it did not do what it was asked. */
#ifndef FAILURE_H
#define FAILURE_H

#include "critmin/critmin.h"

enum {
  ENDED_WELL = 0,
  ENDED_UNANSWERED = 1, /* every cell is NaN, or the check found what nobody explained */
  ENDED_USAGE = 2,      /* what was typed cannot be meant */
  ENDED_INPUT = 3,      /* a store or file is not what it should be */
  ENDED_MACHINE = 4     /* locked, disk full, no memory, cancelled */
};

/* Where the values came from that the library refused. */
enum { FROM_COMMAND_LINE, FROM_FILE };

/* All print `critmin: message` on standard error, control characters escaped, and return the exit code. */
int fail(int code, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
int fail_memory(void);
/* `advice` is appended to the message, NULL for none. */
int fail_library(const critmin_error *error, int from, const char *advice);
/* The same for a file given on the command line: one that is not there is an input, not a limit of the machine. */
int fail_path(const critmin_error *error, const char *path, const char *advice);

#endif
