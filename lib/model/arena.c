/* SPDX-License-Identifier: MIT */
#include "model/arena.h"

#include <stdint.h>
#include <string.h>

#include "base/memory.h"

struct cm_arena_block {
  struct cm_arena_block *before;
  size_t used, room;
  char text[];
};

enum { BLOCK = 16384, SLOTS = 1024 };

static uint32_t hash_of(const char *text) {
  uint32_t hash = 2166136261u;
  for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 16777619u;
  return hash;
}

static const char **slot_of(const char **slots, size_t n, const char *text) {
  size_t at = hash_of(text) & (n - 1);
  while (slots[at] && strcmp(slots[at], text) != 0) at = (at + 1) & (n - 1);
  return &slots[at];
}

static int grow(cm_arena *arena) {
  size_t n = arena->n_slots ? arena->n_slots * 2 : SLOTS;
  const char **slots = cm_alloc_array(n, sizeof *slots);
  if (!slots) return 0;
  for (size_t i = 0; i < arena->n_slots; i++) {
    if (arena->slots[i]) *slot_of(slots, n, arena->slots[i]) = arena->slots[i];
  }
  cm_free(arena->slots);
  arena->slots = slots;
  arena->n_slots = n;
  return 1;
}

static char *place(cm_arena *arena, size_t length) {
  struct cm_arena_block *block = arena->last;
  if (!block || block->room - block->used < length) {
    size_t room = length > BLOCK ? length : BLOCK;
    block = cm_alloc(sizeof *block + room);
    if (!block) return NULL;
    block->before = arena->last;
    block->used = 0;
    block->room = room;
    arena->last = block;
    arena->bytes += sizeof *block + room;
  }
  char *text = block->text + block->used;
  block->used += length;
  return text;
}

int cm_arena_copy(cm_arena *arena, const char *text, const char **copy) {
  if (!text) {
    *copy = NULL;
    return 1;
  }
  if (arena->count * 2 >= arena->n_slots && !grow(arena)) return 0;
  const char **slot = slot_of(arena->slots, arena->n_slots, text);
  if (!*slot) {
    size_t length = strlen(text) + 1;
    char *made = place(arena, length);
    if (!made) return 0;
    memcpy(made, text, length);
    *slot = made;
    arena->count++;
  }
  *copy = *slot;
  return 1;
}

int cm_arena_add(cm_arena *arena, const char *text, const char **copy) {
  if (!text) {
    *copy = NULL;
    return 1;
  }
  size_t length = strlen(text) + 1;
  char *made = place(arena, length);
  if (!made) return 0;
  memcpy(made, text, length);
  *copy = made;
  return 1;
}

void cm_arena_seal(cm_arena *arena) {
  cm_free(arena->slots);
  arena->slots = NULL;
  arena->n_slots = arena->count = 0;
}

void cm_arena_free(cm_arena *arena) {
  cm_arena_seal(arena);
  struct cm_arena_block *block = arena->last;
  while (block) {
    struct cm_arena_block *before = block->before;
    cm_free(block);
    block = before;
  }
  *arena = (cm_arena){0};
}
