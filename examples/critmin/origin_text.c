/* SPDX-License-Identifier: MIT */
#include "origin_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "grid.h"
#include "table_output.h"

enum { TOLD = 6 };

static void add_percent(buffer *b, double share) {
  char text[32];
  snprintf(text, sizeof text, "%.1f", 100 * share);
  buffer_text(b, text);
}

static void add_share(const origin *o, const critmin_table *table, int64_t row, buffer *b) {
  double low = origin_number(table, "low", row), high = origin_number(table, "high", row);
  buffer_text(b, origin_country(o, origin_word(table, "partner", row)));
  buffer_text(b, " ");
  add_percent(b, origin_number(table, "value", row));
  buffer_text(b, "%");
  if (!(high - low >= .0005)) return;
  buffer_text(b, " (");
  add_percent(b, low);
  buffer_text(b, " to ");
  add_percent(b, high);
  buffer_text(b, ")");
}

typedef struct part {
  double share;
  int64_t row;
} part;

static int by_share(const void *a, const void *b) {
  const part *x = a, *y = b;
  if (x->share > y->share || x->share < y->share) return x->share > y->share ? -1 : 1;
  return x->row < y->row ? -1 : 1;
}

/* Rows first to last - 1 by falling value: the largest, and what they leave. */
static void add_rows(const origin *o, const critmin_table *table, int64_t first, int64_t last, buffer *b) {
  int64_t n = 0;
  double left = 0;
  part *parts = calloc((size_t)(last - first) + 1, sizeof *parts);
  if (!parts) {
    b->failed = 1;
    return;
  }
  for (int64_t row = first; row < last; row++) {
    double share = origin_number(table, "value", row);
    const char *partner = origin_word(table, "partner", row);
    if (strcmp(origin_party(o, partner), partner) != 0) continue; /* a member: the row of its group tells of it */
    if (!isnan(share)) parts[n++] = (part){share, row};
  }
  qsort(parts, (size_t)n, sizeof *parts, by_share);
  for (int64_t i = 0; i < n; i++) {
    if (i >= TOLD || parts[i].share < .0005) {
      left += parts[i].share;
      continue;
    }
    if (i > 0) buffer_text(b, ", ");
    add_share(o, table, parts[i].row, b);
  }
  if (left >= .0005) {
    buffer_text(b, n > 0 && parts[0].share >= .0005 ? ", the rest " : "the rest ");
    add_percent(b, left);
    buffer_text(b, "%");
  }
  free(parts);
}

static void add_stage(const origin *o, int64_t first, int64_t last, buffer *b) {
  char key[64];
  buffer line = {0};
  add_rows(o, o->table, first, last, &line);
  if (line.failed)
    b->failed = 1;
  else
    grid_paragraph(b, origin_stage(o, origin_at(o, first, key)), line.text ? line.text : "nothing is on record", 2,
                   output_width());
  buffer_free(&line);
}

static int add_customs(const origin *o, buffer *b) {
  critmin_error error;
  critmin_table *table;
  if (origin_ask(o, "partner_share", origin_word(o->table, "stage", 0), NULL, 0, "denominator=imports", &table,
                 &error) != CRITMIN_OK)
    return fail_library(&error, FROM_COMMAND_LINE, NULL);
  if (!table) return 0;
  buffer line = {0};
  add_rows(o, table, 0, critmin_table_rows(table), &line);
  if (line.failed) b->failed = 1;
  if (line.text) grid_paragraph(b, "what customs see of its imports", line.text, 2, output_width());
  buffer_free(&line);
  critmin_table_free(table);
  return 0;
}

/* Words joined with `;`, each once. */
static void add_list(const origin *o, const char *name, const char *column, buffer *b) {
  buffer line = {0};
  const char *all = origin_word(o->table, column, 0);
  for (const char *word = all; *word;) {
    size_t length = strcspn(word, ";");
    const char *before = all;
    while (before < word && (strcspn(before, ";") != length || memcmp(before, word, length) != 0))
      before += strcspn(before, ";") + 1;
    if (before == word) {
      if (line.length) buffer_text(&line, ", ");
      buffer_bytes(&line, word, length);
    }
    word += length + (word[length] == ';');
  }
  if (line.failed) b->failed = 1;
  if (line.text) grid_paragraph(b, name, line.text, 2, output_width());
  buffer_free(&line);
}

int origin_text(const origin *o, buffer *b) {
  char line[512];
  int64_t rows = critmin_table_rows(o->table);
  snprintf(line, sizeof line, "%s, %s, in %s, %.0f: where it was made\n\n", origin_mineral(o),
           origin_stage(o, origin_word(o->table, "stage", 0)), origin_country(o, origin_word(o->table, "country", 0)),
           origin_number(o->table, "year", 0));
  buffer_text(b, line);
  for (int64_t last = rows, first; last > 0; last = first) {
    char at[64], other[64];
    first = last - 1;
    origin_at(o, first, at);
    while (first > 0 && strcmp(at, origin_at(o, first - 1, other)) == 0) first--;
    add_stage(o, first, last, b);
  }
  buffer_text(b, "\n");
  int code = add_customs(o, b);
  if (code) return code;
  buffer_text(b, "\n");
  add_list(o, "flags", "flags", b);
  add_list(o, "sources", "source", b);
  return b->failed ? fail_memory() : 0;
}
