/* SPDX-License-Identifier: MIT */
/* Readers of files: one for each format, in one table. A reader puts rows through cm_writer and counts them; the step
 * around it is not its own. */
#ifndef CM_IMPORT_IMPORT_H
#define CM_IMPORT_IMPORT_H

#include <stdint.h>

#include "base/error.h"
#include "critmin/store.h"
#include "store/relation.h"

typedef struct cm_import_count {
  const cm_relation *relation;
  int64_t rows, replaced;
} cm_import_count;

typedef struct cm_import {
  critmin_store *store;
  const char *path;
  critmin_progress progress; /* may be NULL */
  void *user;
  cm_import_count *counts; /* what was brought, a row for each relation */
  size_t n_counts, counts_room;
} cm_import;

typedef struct cm_import_format {
  const char *name;
  critmin_status (*read)(cm_import *import, critmin_error *error);
} cm_import_format;

/* The project's own layout: docs/layout.md. */
critmin_status cm_import_critmin(cm_import *import, critmin_error *error);

/* A composite as JSON: docs/composites.md. */
critmin_status cm_import_composite(cm_import *import, critmin_error *error);

/* Adds to the audit. */
critmin_status cm_import_add(cm_import *import, const cm_relation *relation, int64_t rows, int64_t replaced,
                             critmin_error *error);

#endif
