/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "briefing.h"

/* Marks that would change how the text is read are escaped; links to pages stay links, and what is
 * typed stays between its back ticks. */
static void marked(FILE *out, const char *words) {
  while (*words) {
    if (strncmp(words, "<http", 5) == 0) {
      size_t length = strcspn(words, ">");
      fprintf(out, "%.*s", (int)length, words);
      words += length;
      if (*words) fputc(*words++, out);
      continue;
    }
    if (*words == '`' && strchr(words + 1, '`')) {
      int length = (int)strcspn(words + 1, "`") + 2;
      fprintf(out, "%.*s", length, words);
      words += length;
      continue;
    }
    if (strchr("\\`*_<>|#", *words)) fputc('\\', out);
    fputc(*words++, out);
  }
}

static void begin(FILE *out, const char *title, const char *lead) {
  fputs("# ", out);
  marked(out, title);
  fputs("\n\n", out);
  marked(out, lead);
  fputs("\n\n", out);
}

static void heading(FILE *out, int level, const char *words) {
  for (int i = 0; i < level; i++) fputc('#', out);
  fputc(' ', out);
  marked(out, words);
  fputs("\n\n", out);
}

static void paragraph(FILE *out, int small, const char *words) {
  (void)small;
  marked(out, words);
  fputs("\n\n", out);
}

static void items(FILE *out, const char *const *words, int n, int numbered, int small) {
  (void)small;
  for (int i = 0; i < n; i++) {
    if (numbered)
      fprintf(out, "%d. ", i + 1);
    else
      fputs("- ", out);
    marked(out, words[i]);
    fputc('\n', out);
  }
  if (n) fputc('\n', out);
}

static void table(FILE *out, const sheet *s) {
  for (int c = 0; c < s->columns; c++) {
    fputs("| ", out);
    marked(out, s->names[c]);
    fputc(' ', out);
  }
  fputs("|\n", out);
  for (int c = 0; c < s->columns; c++) fputs(s->kinds[c] == FIGURE_COLUMN ? "| ---: " : "| --- ", out);
  fputs("|\n", out);
  for (int row = 0; row < s->rows; row++) {
    for (int c = 0; c < s->columns; c++) {
      fputs("| ", out);
      marked(out, s->cells[row * s->columns + c]);
      fputc(' ', out);
    }
    fputs("|\n", out);
  }
  fputc('\n', out);
}

static void end(FILE *out) {
  (void)out;
}

const style markdown_style = {0, begin, heading, paragraph, items, table, NULL, NULL, NULL, NULL, NULL, NULL, end};
