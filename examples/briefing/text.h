/* SPDX-License-Identifier: MIT */
/* Memory that is freed at once, texts that grow, and tables of text. A program that runs out of memory here says so and
 * ends. */
#ifndef BRIEFING_TEXT_H
#define BRIEFING_TEXT_H

#include <stddef.h>

typedef struct pool pool;
pool *pool_new(void);
void pool_free(pool *p);
void *pool_take(pool *p, size_t size); /* zeroed */
const char *pool_copy(pool *p, const char *text, size_t length);

#if defined(__GNUC__)
#define BRIEFING_FORMAT(at, from) __attribute__((format(printf, at, from)))
#else
#define BRIEFING_FORMAT(at, from)
#endif

typedef struct prose {
  pool *pool;
  char *data; /* NUL-terminated; "" at first */
  size_t length, room;
} prose;
prose prose_new(pool *p);
void prose_add(prose *t, const char *format, ...) BRIEFING_FORMAT(2, 3);
const char *text_of(pool *p, const char *format, ...) BRIEFING_FORMAT(2, 3);
/* Puts `with` before all but the first of what is added one by one. */
void prose_join(prose *t, const char *with, const char *item);
const char *with_capital(pool *p, const char *words);

/* A table of text. Cells are put one after the other, row by row. */
enum { WORDS_COLUMN = 0, FIGURE_COLUMN = 1, DETAIL_COLUMN = 2 }; /* detail: left out where there is little room */
typedef struct sheet {
  pool *pool;
  const char *const *names;
  const int *kinds;
  int columns, rows;
  const char **cells;
  double *tints; /* share of full colour of a cell, NaN for none */
  int n, room;
} sheet;
sheet *sheet_new(pool *p, const char *const *names, const int *kinds, int columns);
void sheet_put(sheet *s, const char *cell);
void sheet_tint(sheet *s, double share); /* of the cell put last */

#endif
