/* SPDX-License-Identifier: MIT */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

#include "command.h"

/* Reads the command line into a request: 0, or an exit code, having said what is wrong. Free the request either way. */
int arguments_read(int argc, char **argv, request *request);
/* Adds names joined with commas to the selection; `what` is what they are called when one is refused. */
int arguments_names(request *request, const char *dimension, const char *what, const char *names);
/* Says that there is no such command, and which is nearest; returns the exit code. */
int arguments_unknown_command(const char *name);
void request_free(request *request);

#endif
