/* SPDX-License-Identifier: MIT */
/* Connecting to databases, for the files of this room that make or copy stores. */
#ifndef CM_STORE_OPEN_H
#define CM_STORE_OPEN_H

#include "store/handle.h"

/* A handle on the database that SQLite calls `name`, reported as `path`. Nothing in it is looked at yet. */
critmin_status cm_store_connect(const char *path, const char *name, int flags, critmin_store **store, critmin_error *error);
/* An empty store in memory, of this library's layout. */
critmin_status cm_store_connect_memory(critmin_store **store, critmin_error *error);
/* Frees a handle and closes its connection, unless the process was forked. NULL is ignored. */
void cm_store_disconnect(critmin_store *store);

#endif
