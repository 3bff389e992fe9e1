/* SPDX-License-Identifier: MIT */
/* Where results go: standard output, or a file that is there whole or not at all. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stddef.h>

/* Characters of a line of text: those of the terminal, if it is written to one. */
size_t output_width(void);
/* 0, or errno. */
int write_all(int descriptor, const char *bytes, size_t length);

/*
 * Writes to standard output, or when `path` is given to a temporary beside that file which then takes its place.
 * Returns an exit code, having said what went wrong. `store` is refused as a target.
 */
int output_write(const char *path, const char *store, const char *bytes, size_t length);
/* Whether output_write() could not but refuse that path, so that nothing is begun in vain: an exit code. */
int output_refuses(const char *path, const char *store);

#endif
