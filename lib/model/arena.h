/* SPDX-License-Identifier: MIT */
/* The texts of a model: copied once, never moved, freed together. */
#ifndef CM_MODEL_ARENA_H
#define CM_MODEL_ARENA_H

#include <stddef.h>

typedef struct cm_arena {
  struct cm_arena_block *last;
  const char **slots; /* texts by hash, while it grows */
  size_t count, n_slots, bytes;
} cm_arena;

/* The arena's copy of a text (NULL stays NULL); equal texts share one, so that equal pointers are equal texts. Returns
 * 0 when memory ran out. */
int cm_arena_copy(cm_arena *arena, const char *text, const char **copy);
/* The same for texts that hardly repeat: each call makes its own copy. */
int cm_arena_add(cm_arena *arena, const char *text, const char **copy);
/* No more texts will come: what is needed to find equal ones is freed. */
void cm_arena_seal(cm_arena *arena);
void cm_arena_free(cm_arena *arena);

#endif
