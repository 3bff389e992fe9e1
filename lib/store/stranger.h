/* SPDX-License-Identifier: MIT */
/* A file that somebody else may have written: what it is, before anything in it is believed. */
#ifndef CM_STORE_STRANGER_H
#define CM_STORE_STRANGER_H

#include "store/handle.h"

/* Before the file is opened: a file, not a folder or a device, and one that may be read, and written where `writing`. */
critmin_status cm_stranger_file(const char *path, int writing, critmin_error *error);

/*
 * The first bytes, read past SQLite's pager, which would already believe them: a critmin store, whole, of a layout that this library
 * knows (STORE_TOO_NEW) and in the journal mode it uses.
 */
critmin_status cm_stranger_header(critmin_store *store, critmin_error *error);

/* Switches off what a hostile database could use, and lowers the limits to what a store needs. */
critmin_status cm_stranger_distrust(critmin_store *store, critmin_error *error);

/* Every table and index is declared as `model`, a store made by this library, declares it. */
critmin_status cm_stranger_schema(critmin_store *store, critmin_store *model, critmin_error *error);
/* The pages and the rows are what the schema says. Reads the whole file. */
critmin_status cm_stranger_pages(critmin_store *store, critmin_error *error);

#endif
