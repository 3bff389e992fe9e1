/* SPDX-License-Identifier: MIT */
#ifndef HELP_H
#define HELP_H

#include "command.h"

/* Writes the help of a command, or for NULL of the program; an exit code. */
int help_write(const command *command);

#endif
