/* SPDX-License-Identifier: MIT */
#include "nearest.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 48 };

static int least(int a, int b) { return a < b ? a : b; }

/* Insertions, deletions, substitutions and swaps of neighbours from one word to the other; case is ignored. */
static int distance(const char *a, int a_length, const char *b, int b_length) {
  int rows[3][LONGEST + 1];
  int *before = rows[0], *above = rows[1], *here = rows[2];
  for (int j = 0; j <= b_length; j++) above[j] = j;
  for (int i = 1; i <= a_length; i++) {
    here[0] = i;
    for (int j = 1; j <= b_length; j++) {
      int same = tolower((unsigned char)a[i - 1]) == tolower((unsigned char)b[j - 1]);
      here[j] = least(least(above[j] + 1, here[j - 1] + 1), above[j - 1] + !same);
      if (i > 1 && j > 1 && tolower((unsigned char)a[i - 1]) == tolower((unsigned char)b[j - 2]) &&
          tolower((unsigned char)a[i - 2]) == tolower((unsigned char)b[j - 1])) {
        here[j] = least(here[j], before[j - 2] + 1);
      }
    }
    int *free_row = before;
    before = above;
    above = here;
    here = free_row;
  }
  return above[b_length];
}

void nearest_try(nearest *n, const char *candidate) {
  size_t word = strlen(n->word), other = strlen(candidate);
  if (word == 0 || word > LONGEST || other > LONGEST) return;
  int d = distance(n->word, (int)word, candidate, (int)other);
  if (d > 1 + (int)other / 4) return;
  if (!n->best || d < n->distance) {
    n->best = candidate;
    n->distance = d;
  }
}
