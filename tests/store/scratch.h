/* SPDX-License-Identifier: MIT */
/* A folder of its own for a test, and the files in it. */
#ifndef CRITMIN_TESTS_STORE_SCRATCH_H
#define CRITMIN_TESTS_STORE_SCRATCH_H

#include <stddef.h>

#include "critmin/store.h"

/* Fixtures: an empty folder before the test, and its removal after. */
void scratch_make(void);
void scratch_drop(void);

/* The path of a file in it, in one of eight buffers used in turn. */
const char *scratch(const char *name);
/* Number of files in it. */
int scratch_count(void);

/* The bytes of a file, freed by the caller. */
char *file_bytes(const char *path, size_t *size);
void file_write(const char *path, const void *bytes, size_t size);

/* An empty store of that name in the folder, made and opened; and what the last failing call said. */
critmin_store *new_store(const char *name);
/* Runs SQL on a file, past the library. */
void run_sql(const char *path, const char *sql);
/* The first column of the first row that SQL gives on a file, as an integer. */
long long ask_sql(const char *path, const char *sql);

#endif
