/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

typedef struct block {
  struct block *next;
  max_align_t memory[];
} block;

struct pool {
  block *blocks;
};

static void *must_have(void *memory) {
  if (memory) return memory;
  fputs("briefing: out of memory; ask for fewer minerals with --mineral\n", stderr);
  exit(4);
}

pool *pool_new(void) {
  return must_have(calloc(1, sizeof(pool)));
}

void pool_free(pool *p) {
  if (!p) return;
  for (block *b = p->blocks, *next; b; b = next) {
    next = b->next;
    free(b);
  }
  free(p);
}

void *pool_take(pool *p, size_t size) {
  block *b = must_have(calloc(1, sizeof(block) + size));
  b->next = p->blocks;
  p->blocks = b;
  return b->memory;
}

const char *pool_copy(pool *p, const char *words, size_t length) {
  char *copy = pool_take(p, length + 1);
  memcpy(copy, words, length);
  return copy;
}

prose prose_new(pool *p) {
  prose t = {p, pool_take(p, 64), 0, 64};
  return t;
}

static void add(prose *t, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int more = vsnprintf(t->data + t->length, t->room - t->length, format, arguments);
  size_t needed = t->length + (more > 0 ? (size_t)more : 0) + 1;
  if (needed > t->room) {
    char *larger = pool_take(t->pool, 2 * needed);
    memcpy(larger, t->data, t->length);
    t->data = larger;
    t->room = 2 * needed;
    vsnprintf(t->data + t->length, t->room - t->length, format, again);
  }
  va_end(again);
  t->length = needed - 1;
}

void prose_add(prose *t, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  add(t, format, arguments);
  va_end(arguments);
}

const char *text_of(pool *p, const char *format, ...) {
  prose t = prose_new(p);
  va_list arguments;
  va_start(arguments, format);
  add(&t, format, arguments);
  va_end(arguments);
  return t.data;
}

void prose_join(prose *t, const char *with, const char *item) {
  prose_add(t, "%s%s", t->length ? with : "", item);
}

const char *with_capital(pool *p, const char *words) {
  char *copy = pool_take(p, strlen(words) + 1);
  strcpy(copy, words);
  copy[0] = (char)toupper((unsigned char)copy[0]);
  return copy;
}

sheet *sheet_new(pool *p, const char *const *names, const int *kinds, int columns) {
  sheet *s = pool_take(p, sizeof *s);
  s->pool = p;
  s->names = names;
  s->kinds = kinds;
  s->columns = columns;
  return s;
}

void sheet_put(sheet *s, const char *cell) {
  if (s->n == s->room) {
    int room = s->room ? 2 * s->room : 16 * s->columns;
    const char **cells = pool_take(s->pool, (size_t)room * sizeof *cells);
    double *tints = pool_take(s->pool, (size_t)room * sizeof *tints);
    if (s->n) {
      memcpy(cells, s->cells, (size_t)s->n * sizeof *cells);
      memcpy(tints, s->tints, (size_t)s->n * sizeof *tints);
    }
    s->cells = cells;
    s->tints = tints;
    s->room = room;
  }
  s->cells[s->n] = cell;
  s->tints[s->n++] = NAN;
  s->rows = s->n / s->columns;
}

void sheet_tint(sheet *s, double share) {
  s->tints[s->n - 1] = share;
}
