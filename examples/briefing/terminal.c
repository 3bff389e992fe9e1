/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "briefing.h"

enum { CELL = 34, LINE = 118 };

static int length_of(const char *words) {
  int length = 0;
  for (; *words; words++) length += ((unsigned char)*words & 0xC0u) != 0x80u;
  return length;
}

/* Pads by characters, not bytes; what is too long ends in two dots. */
static void cell(FILE *out, const char *words, int width, int right) {
  int length = length_of(words), left = width;
  for (int i = length; right && i < width; i++) fputc(' ', out);
  if (length > width) left = width - 2;
  for (const char *c = words; *c; c++) {
    if (((unsigned char)*c & 0xC0u) != 0x80u && left-- == 0) break;
    fputc(*c, out);
  }
  if (length > width) fputs("..", out);
  for (int i = length; !right && i < width; i++) fputc(' ', out);
  fputs("  ", out);
}

static void wrapped(FILE *out, const char *words, int indent) {
  int at = indent;
  while (*words) {
    size_t bytes = strcspn(words, " ");
    int length = 0;
    for (size_t i = 0; i < bytes; i++) length += ((unsigned char)words[i] & 0xC0u) != 0x80u;
    if (at > indent && at + 1 + length > LINE) {
      fprintf(out, "\n%*s", indent, "");
      at = indent;
    } else if (at > indent) {
      fputc(' ', out);
      at++;
    }
    fwrite(words, 1, bytes, out);
    at += length;
    words += bytes;
    while (*words == ' ') words++;
  }
  fputc('\n', out);
}

static void begin(FILE *out, const char *title, const char *lead) {
  wrapped(out, title, 0);
  wrapped(out, lead, 0);
}

static void heading(FILE *out, int level, const char *words) {
  (void)level;
  fprintf(out, "\n%s\n", words);
}

static void paragraph(FILE *out, int small, const char *words) {
  if (!small) wrapped(out, words, 0);
}

static void items(FILE *out, const char *const *words, int n, int numbered, int small) {
  (void)small;
  for (int i = 0; i < n; i++) {
    if (numbered)
      fprintf(out, "%d. ", i + 1);
    else
      fputs("-  ", out);
    wrapped(out, words[i], 3);
  }
}

static void table(FILE *out, const sheet *s) {
  for (int row = -1; row < s->rows; row++) {
    for (int c = 0; c < s->columns; c++) {
      if (s->kinds[c] == DETAIL_COLUMN) continue;
      int width = length_of(s->names[c]);
      for (int other = 0; other < s->rows; other++) {
        int length = length_of(s->cells[other * s->columns + c]);
        if (length > width) width = length;
      }
      cell(out, row < 0 ? s->names[c] : s->cells[row * s->columns + c], width < CELL ? width : CELL,
           s->kinds[c] == FIGURE_COLUMN);
    }
    fputc('\n', out);
  }
}

static void end(FILE *out) {
  (void)out;
}

const style terminal_style = {1, begin, heading, paragraph, items, table, NULL, NULL, NULL, NULL, NULL, NULL, end};
