/* SPDX-License-Identifier: MIT */
/* How wide the columns of a table are. */
#include <math.h>
#include <string.h>

#include "briefing.h"

enum { LINE = 160, SHORT_FIGURE = 27, SHORT_WORDS = 20, LEAST = 8, NARROW = 17, BETWEEN = 2, TURNS = 200 };

static double characters(const char *words) {
  double n = 0;
  for (; *words; words++) n += ((unsigned char)*words & 0xC0u) != 0x80u;
  return n;
}

static double longest_word(const char *words) {
  double longest = 0, here = 0;
  for (; *words; words++) {
    here = *words == ' ' || *words == '-' ? 0 : here + (((unsigned char)*words & 0xC0u) != 0x80u);
    longest = fmax(longest, here);
  }
  return longest;
}

static const char *cell_at(const sheet *s, int row, int c) { return s->cells[row * s->columns + c]; }

int column_is_whole(const sheet *s, int c) {
  int most = s->kinds[c] == FIGURE_COLUMN ? SHORT_FIGURE : SHORT_WORDS;
  for (int row = 0; row < s->rows; row++)
    if (characters(cell_at(s, row, c)) > most) return 0;
  return 1;
}

/* Lines that all rows take together; that a line is less full counts a little, as the way to one line less. */
static double height_of(const sheet *s, const double *length, const double *width) {
  double height = 0;
  for (int row = 0; row < s->rows; row++) {
    double lines = 0;
    for (int c = 0; c < s->columns; c++) {
      /* Lines end between words, so that they are not quite full. */
      double here = length[row * s->columns + c] / width[c];
      lines = fmax(lines, here > 1 ? 1.06 * here : here);
    }
    height += ceil(lines) + 0.2 * lines;
  }
  return height;
}

/* Gives a column what another can spare, as long as the table gets lower by it. */
static int improve(const sheet *s, const double *length, const double *least, double *width, double step) {
  double height = height_of(s, length, width);
  for (int from = 0; from < s->columns; from++) {
    if (width[from] - step < least[from]) continue;
    for (int to = 0; to < s->columns; to++) {
      if (to == from) continue;
      width[from] -= step;
      width[to] += step;
      if (height_of(s, length, width) < height) return 1;
      width[from] += step;
      width[to] -= step;
    }
  }
  return 0;
}

const double *column_widths(const sheet *s) {
  size_t n = (size_t)s->columns;
  double *length = pool_take(s->pool, (size_t)(s->rows + 1) * n * sizeof *length);
  double *width = pool_take(s->pool, n * sizeof *width), *least = pool_take(s->pool, n * sizeof *least);
  double sum = 0, part = 0;
  for (int c = 0; c < s->columns; c++) {
    double all = characters(s->names[c]);
    least[c] = fmax(LEAST, longest_word(s->names[c]));
    for (int row = 0; row < s->rows; row++) {
      double here = length[row * s->columns + c] = characters(cell_at(s, row, c));
      all += here;
      least[c] = fmax(least[c], column_is_whole(s, c) ? here + BETWEEN : fmax(fmin(here, NARROW), fmin(longest_word(cell_at(s, row, c)), 24)));
    }
    /* To begin with a column of four times the text is twice as wide. */
    width[c] = sqrt(all);
    sum += width[c];
  }
  for (int c = 0; c < s->columns; c++) width[c] = fmax(least[c], LINE * width[c] / sum);
  for (int turn = 0; turn < TURNS; turn++)
    if (!improve(s, length, least, width, 8) && !improve(s, length, least, width, 3)) break;
  for (int c = 0; c < s->columns; c++) part += width[c];
  for (int c = 0; c < s->columns; c++) width[c] /= part;
  return width;
}
