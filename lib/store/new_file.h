/* SPDX-License-Identifier: MIT */
/* A file that appears whole or not at all: it is made under a temporary name beside, and takes its own when it is
 * complete. */
#ifndef CM_STORE_NEW_FILE_H
#define CM_STORE_NEW_FILE_H

#include <stddef.h>

#include "base/error.h"

/* Creates an empty file beside `path`, which must not exist (EXISTS). *temporary is freed with cm_free(). */
critmin_status cm_new_file_begin(const char *path, char **temporary, critmin_error *error);
/* Writes `size` bytes to the temporary file and makes sure they are on the disk. */
critmin_status cm_new_file_fill(const char *temporary, const void *bytes, size_t size, critmin_error *error);
/* Gives the file its name. EXISTS when somebody else has taken the name meanwhile. */
critmin_status cm_new_file_publish(const char *temporary, const char *path, critmin_error *error);
/* Removes the temporary file and what SQLite may have put beside it. */
void cm_new_file_drop(const char *temporary);

/* A failure of the operating system, as errno says it: DISK_FULL, MEMORY or IO. `doing` as "create", of `path`. */
critmin_status cm_fail_system(critmin_error *error, int number, const char *doing, const char *path);

#endif
