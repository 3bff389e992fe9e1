/* SPDX-License-Identifier: MIT */
/* The layout of a store, and how an older one becomes this library's. */
#ifndef CM_STORE_MIGRATE_H
#define CM_STORE_MIGRATE_H

#include "store/handle.h"

/* Layout of the store as its header says it: 0 for an empty database. */
critmin_status cm_store_layout(critmin_store *store, int *layout, critmin_error *error);

/*
 * Takes the store through the steps it has not seen, each in one transaction that user_version counts. A step that fails leaves the
 * layout before it. No transaction may be open.
 */
critmin_status cm_store_migrate(critmin_store *store, const char *const *steps, int n_steps, critmin_error *error);

/* A row of `meta`. *value is freed with cm_free(), and NULL when there is no such row. */
critmin_status cm_meta_read(critmin_store *store, const char *name, char **value, critmin_error *error);
critmin_status cm_meta_write(critmin_store *store, const char *name, const char *value, critmin_error *error);

#endif
