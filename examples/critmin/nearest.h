/* SPDX-License-Identifier: MIT */
#ifndef NEAREST_H
#define NEAREST_H

/*
 * Takes words one by one and keeps the one that `word` most likely is a slip for. Start with {.word = x}; `best` stays
 * NULL when nothing is near.
 */
typedef struct nearest {
  const char *word;
  const char *best;
  int distance;
} nearest;

void nearest_try(nearest *n, const char *candidate);

#endif
