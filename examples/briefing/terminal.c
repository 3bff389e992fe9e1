/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "briefing.h"

/* Pads by characters, not bytes. */
static void cell(FILE *out, const char *text, int width, int right) {
  int length = 0;
  for (const char *c = text; *c; c++) length += ((unsigned char)*c & 0xC0u) != 0x80u;
  for (int i = length; right && i < width; i++) fputc(' ', out);
  fputs(text, out);
  for (int i = length; !right && i < width; i++) fputc(' ', out);
  fputs("  ", out);
}

static void rule(FILE *out, const char *title) { fprintf(out, "\n%s\n", title); }

static void markets(FILE *out, const facts *f) {
  static const char *const stages[] = {[MINED] = "mined", [REFINED] = "refined", [IN_GROUND] = "in the ground"};
  char words[WORDS], label[WORDS];
  cell(out, "mineral", 12, 0);
  cell(out, "stage", 13, 0);
  cell(out, "year", 4, 0);
  cell(out, "China", 22, 1);
  cell(out, "largest", 26, 0);
  cell(out, "top 3", 5, 1);
  cell(out, "HHI", 5, 1);
  cell(out, "N-1", 5, 1);
  fputs("source\n", out);
  for (int i = 0; i < f->n_topics; i++) {
    for (int which = 0; which < MARKETS; which++) {
      const market *m = &f->topics[i].market[which];
      cell(out, which ? "" : f->topics[i].name, 12, 0);
      cell(out, stages[which], 13, 0);
      if (!m->found) {
        fprintf(out, "%s\n", why_missing(which, words));
        continue;
      }
      snprintf(words, sizeof words, "%d", m->year);
      cell(out, words, 4, 0);
      cell(out, with_interval(m->china, words), 22, 1);
      if (m->n_producers) {
        percent(m->producers[0].share.value, words);
        snprintf(label, sizeof label, "%.17s %.8s", country_name(f, m->producers[0].country), words);
      } else {
        label[0] = '\0';
      }
      cell(out, label, 26, 0);
      cell(out, percent(m->cr3.value, words), 5, 1);
      cell(out, plain_number(m->hhi.value, 2, words), 5, 1);
      cell(out, which == IN_GROUND ? "" : percent(m->without_largest.value, words), 5, 1);
      fprintf(out, "%s %s\n", m->source, m->edition);
    }
  }
}

void terminal_write(FILE *out, const facts *f) {
  char sentences[FINDINGS][WORDS];
  int n = findings(f, sentences);
  fputs("Critical minerals: who mines, who refines, who holds the ground\n", out);
  rule(out, "What stands out");
  for (int i = 0; i < n; i++) fprintf(out, "- %s\n", sentences[i]);
  rule(out, "Markets");
  markets(out, f);
  fputs("\nHHI: sum of squared shares, 0 to 1. N-1: supply left without the largest producer, over all supply. In brackets:\n"
        "what withheld figures, unlisted producers and rounding allow.\n",
        out);
}
