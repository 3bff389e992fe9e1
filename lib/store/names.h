/* SPDX-License-Identifier: MIT */
/* A hashed table of names, each with what it stands for. Several entries may bear one name: the reader walks them. */
#ifndef CM_STORE_NAMES_H
#define CM_STORE_NAMES_H

#include <stddef.h>
#include <stdint.h>

typedef struct cm_name {
  uint64_t hash;
  size_t name, publisher, text; /* places in the table's text: read them with cm_names_text() */
  int64_t owner;                /* what the name is local to, such as a stage's mineral; 0: nothing */
  int64_t id;
  int level; /* the reader's own order of preference */
} cm_name;

typedef struct cm_name_table {
  cm_name *entries;
  size_t count, room;
  uint32_t *slots; /* number of an entry, from 1; 0 is free */
  size_t n_slots;  /* a power of two */
  char *text;
  size_t text_length, text_room;
} cm_name_table;

/* Adds an entry (a NULL text is ""); the strings are copied. 0 when memory ran out. */
int cm_names_add(cm_name_table *table, int level, const char *publisher, int64_t owner, const char *name, int64_t id,
                 const char *text);
void cm_names_free(cm_name_table *table);

/* The next entry of that name and owner, cm_name_equal() deciding; start with *cursor 0. NULL at the end. */
const cm_name *cm_names_next(const cm_name_table *table, int64_t owner, const char *name, size_t *cursor);
const char *cm_names_text(const cm_name_table *table, size_t place);

#endif
