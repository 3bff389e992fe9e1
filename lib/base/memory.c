/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static _Atomic int64_t asked, fail_at;
static _Atomic int fail_persistent;

void cm_memory_fail_at(int64_t n, int persistent) {
  asked = 0;
  fail_persistent = persistent;
  fail_at = n;
}

int64_t cm_memory_count(void) { return asked; }

static int refused(void) {
  int64_t at = fail_at;
  int64_t now = ++asked;
  return at > 0 && (fail_persistent ? now >= at : now == at);
}

void *cm_alloc(size_t size) { return refused() ? NULL : malloc(size ? size : 1); }

void *cm_alloc_array(size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) return NULL; /* calloc does the same, but the sanitizers' ends the program */
  return refused() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *cm_resize(void *memory, size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) return NULL;
  size_t bytes = count * size;
  return refused() ? NULL : realloc(memory, bytes ? bytes : 1);
}

void cm_free(void *memory) { free(memory); }

int cm_grow(void *memory_pointer, size_t count, size_t *room, size_t size) {
  if (count < *room) return 1;
  if (*room > SIZE_MAX / 2) return 0;
  size_t wanted = *room ? *room * 2 : 16;
  void *memory;
  memcpy(&memory, memory_pointer, sizeof memory);
  memory = cm_resize(memory, wanted, size);
  if (!memory) return 0;
  memcpy(memory_pointer, &memory, sizeof memory);
  *room = wanted;
  return 1;
}
