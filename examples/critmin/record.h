/* SPDX-License-Identifier: MIT */
/* The seven kinds of record behind one set of functions. */
#ifndef RECORD_H
#define RECORD_H

#include "critmin/critmin.h"

typedef struct record_kind {
  const char *name, *plural;
  critmin_status (*create)(critmin_store *store, const char *key, void **record, critmin_error *error);
  critmin_status (*read)(critmin_store *store, const char *key, void **record, critmin_error *error);
  critmin_status (*set_text)(void *record, const char *field, const char *text, critmin_error *error);
  critmin_status (*count)(void *record, const char *list, int64_t *count, critmin_error *error);
  critmin_status (*clear)(void *record, const char *list, critmin_error *error);
  critmin_status (*write)(void *record, critmin_error *error);
  critmin_status (*remove)(critmin_store *store, const char *key, critmin_error *error);
  void (*free)(void *record);
} record_kind;

/* By name or plural, case ignored; NULL when the relation is not one of records. */
const record_kind *record_kind_find(const char *name);

#endif
