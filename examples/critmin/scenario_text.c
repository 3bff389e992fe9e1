/* SPDX-License-Identifier: MIT */
#include "scenario_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "grid.h"
#include "output.h"

enum { CASES = 4, CELL = 80, DAYS = 24, LABEL = 17, GAP = 3 };
static const char *const cases[CASES] = {"neither", "reserve", "agreement", "both"};
static const struct {
  const char *name, *label;
} measures[] = {{"days_to_shortage", "short from day"}, {"days_unmet", "days unmet in all"}};

typedef struct showing {
  const critmin_table *table;
  buffer *b;
  double horizon;
  int has[CASES]; /* that were computed */
  size_t width;   /* of a case's column */
  int later, never, pooled; /* words that were used, and have to be explained */
} showing;

static const char *word(const critmin_table *table, const char *column, int64_t row) {
  const char *text = critmin_table_text(table, critmin_table_find(table, column), row);
  return text ? text : "";
}

static double number(const critmin_table *table, const char *column, int64_t row) {
  return critmin_table_number(table, critmin_table_find(table, column), row);
}

/* Whether "A;B" has the word, of that length. */
static int has_word(const char *words, const char *one, size_t length) {
  for (const char *at = words; *at;) {
    size_t n = strcspn(at, ";");
    if (n == length && memcmp(at, one, n) == 0) return 1;
    at += n + (at[n] == ';');
  }
  return 0;
}

/* Days as one speaks of them. */
static void write_days(showing *s, int64_t row, double days, char *text) {
  if (isinf(days) && has_word(word(s->table, "flags", row), "CENSORED", 8)) {
    snprintf(text, DAYS, "> %.8g", s->horizon);
    s->later = 1;
  } else if (isinf(days)) {
    snprintf(text, DAYS, "never");
    s->never = 1;
  } else if (isnan(days)) {
    snprintf(text, DAYS, "?");
  } else {
    snprintf(text, DAYS, days < 9.95 && days != floor(days) ? "%.1f" : "%.0f", days);
  }
}

typedef enum line_kind { LINE_VALUE, LINE_ENDS, LINE_POLICIES, LINES } line_kind;

static void write_cell(showing *s, int64_t row, line_kind line, char *text) {
  char ends[3][DAYS];
  text[0] = '\0';
  if (line == LINE_VALUE) {
    write_days(s, row, number(s->table, "value", row), text);
  } else if (line == LINE_ENDS) {
    write_days(s, row, number(s->table, "low", row), ends[0]);
    write_days(s, row, number(s->table, "high", row), ends[1]);
    if (strcmp(ends[0], ends[1]) != 0) snprintf(text, CELL, "%s to %s", ends[0], ends[1]);
  } else if (number(s->table, "best", row) != number(s->table, "worst", row) &&
             !(isnan(number(s->table, "best", row)) && isnan(number(s->table, "worst", row)))) {
    write_days(s, row, number(s->table, "worst", row), ends[0]);
    write_days(s, row, number(s->table, "proportional", row), ends[1]);
    write_days(s, row, number(s->table, "best", row), ends[2]);
    snprintf(text, CELL, "%s | %s | %s", ends[0], ends[1], ends[2]);
    s->pooled = 1;
  }
}

static int same_user(const critmin_table *table, int64_t a, int64_t b) {
  return strcmp(word(table, "country", a), word(table, "country", b)) == 0 &&
         strcmp(word(table, "mineral", a), word(table, "mineral", b)) == 0 &&
         strcmp(word(table, "stage", a), word(table, "stage", b)) == 0;
}

/* The row of a user, that of row `first`, in a case; -1 where there is none. */
static int64_t row_of(const critmin_table *table, int64_t first, const char *in_case, const char *measure) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (same_user(table, row, first) && strcmp(word(table, "case", row), in_case) == 0 &&
        strcmp(word(table, "measure", row), measure) == 0)
      return row;
  }
  return -1;
}

static int is_first(const critmin_table *table, int64_t row) {
  for (int64_t i = 0; i < row; i++) {
    if (same_user(table, i, row)) return 0;
  }
  return 1;
}

static void add_padded(buffer *b, const char *text, size_t width, int last) {
  buffer_text(b, text);
  if (!last) buffer_repeat(b, ' ', strlen(text) < width ? width - strlen(text) : 1);
}

static void add_line(showing *s, const char *label, const char cells[CASES][CELL]) {
  int last = CASES - 1;
  while (last >= 0 && (!s->has[last] || !cells[last][0])) last--;
  if (last < 0) return;
  buffer_text(s->b, "  ");
  add_padded(s->b, label, LABEL + GAP, 0);
  for (int c = 0; c <= last; c++) {
    if (s->has[c]) add_padded(s->b, cells[c], s->width + GAP, c == last);
  }
  buffer_text(s->b, "\n");
}

static void add_user(showing *s, int64_t first) {
  static const char *const labels[LINES] = {NULL, "", "if it were pooled"};
  buffer_text(s->b, "\n");
  buffer_text(s->b, word(s->table, "country", first));
  buffer_text(s->b, ", ");
  buffer_text(s->b, word(s->table, "mineral", first));
  buffer_text(s->b, " ");
  buffer_text(s->b, word(s->table, "stage", first));
  buffer_text(s->b, "\n");
  for (size_t m = 0; m < sizeof measures / sizeof measures[0]; m++) {
    for (int line = 0; line < LINES; line++) {
      char cells[CASES][CELL] = {{0}};
      for (int c = 0; c < CASES; c++) {
        int64_t row = row_of(s->table, first, cases[c], measures[m].name);
        if (row >= 0) write_cell(s, row, (line_kind)line, cells[c]);
      }
      add_line(s, line == LINE_VALUE ? measures[m].label : labels[line], (const char (*)[CELL])cells);
    }
  }
}

static void find_width(showing *s) {
  for (int64_t row = 0; row < critmin_table_rows(s->table); row++) {
    for (int c = 0; c < CASES; c++) s->has[c] |= strcmp(word(s->table, "case", row), cases[c]) == 0;
    for (int line = 0; line < LINES; line++) {
      char cell[CELL];
      write_cell(s, row, (line_kind)line, cell);
      if (strlen(cell) > s->width) s->width = strlen(cell);
    }
  }
  for (int c = 0; c < CASES; c++) {
    if (s->has[c] && strlen(cases[c]) > s->width) s->width = strlen(cases[c]);
  }
}

/* Flags ------------------------------------------------------------------------------------------------------------ */

static void add_flag(buffer *list, const char *flag, size_t length) {
  if (list->length) buffer_text(list, ", ");
  buffer_bytes(list, flag, length);
}

static int all_have(const critmin_table *table, int64_t of_user, const char *flag, size_t length) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (of_user >= 0 && !same_user(table, row, of_user)) continue;
    if (strcmp(word(table, "measure", row), "days_unmet") != 0) continue;
    if (!has_word(word(table, "flags", row), flag, length)) return 0;
  }
  return 1;
}

static void add_flags(buffer *b, const char *whose, const buffer *list) {
  if (list->failed) b->failed = 1;
  if (list->length) grid_paragraph(b, whose, list->text, 2, output_width());
}

/* What holds for all is said once, then what holds for a user, then what a case brings besides. */
static void add_all_flags(const critmin_table *table, buffer *b) {
  buffer common = {0};
  int64_t rows = critmin_table_rows(table);
  for (const char *at = rows ? word(table, "flags", 0) : ""; *at;) {
    size_t n = strcspn(at, ";");
    if (all_have(table, -1, at, n)) add_flag(&common, at, n);
    at += n + (at[n] == ';');
  }
  add_flags(b, "all", &common);
  for (int64_t row = 0; row < rows; row++) {
    int first = is_first(table, row);
    if (strcmp(word(table, "measure", row), "days_unmet") != 0 && !first) continue;
    buffer own = {0}, besides = {0}, name = {0};
    for (const char *at = word(table, "flags", row); *at;) {
      size_t n = strcspn(at, ";");
      int is_user = all_have(table, row, at, n);
      if (!all_have(table, -1, at, n) && !(n == 8 && memcmp(at, "CENSORED", n) == 0)) {
        if (is_user && first) add_flag(&own, at, n);
        if (!is_user && strcmp(word(table, "measure", row), "days_unmet") == 0) add_flag(&besides, at, n);
      }
      at += n + (at[n] == ';');
    }
    buffer_text(&name, word(table, "country", row));
    buffer_text(&name, " ");
    buffer_text(&name, word(table, "mineral", row));
    buffer_text(&name, " ");
    buffer_text(&name, word(table, "stage", row));
    add_flags(b, name.text ? name.text : "", &own);
    buffer_text(&name, ", ");
    buffer_text(&name, word(table, "case", row));
    add_flags(b, name.text ? name.text : "", &besides);
    buffer_free(&own);
    buffer_free(&besides);
    buffer_free(&name);
  }
  buffer_free(&common);
}

/* All -------------------------------------------------------------------------------------------------------------- */

static void add_legend(const showing *s) {
  char text[160];
  buffer_text(s->b, "\n");
  grid_paragraph(s->b, NULL,
                 "Below each value, what it is at the best and at the worst of all that is not known, at once.", 0,
                 output_width());
  if (s->later) {
    snprintf(text, sizeof text, "> %g: not within the %g days that are looked at; it may come later.", s->horizon, s->horizon);
    grid_paragraph(s->b, NULL, text, 0, output_width());
  }
  if (s->never) grid_paragraph(s->b, NULL, "never: nothing is lacking, or nothing any more while stocks still last.", 0, output_width());
  if (s->pooled)
    grid_paragraph(s->b, NULL, "if it were pooled: served last | as all others | served first.", 0, output_width());
}

void scenario_add_summary(const critmin_table *summary, const critmin_table *inputs, buffer *b) {
  showing s = {.table = summary, .b = b, .horizon = NAN};
  for (int64_t row = 0; row < critmin_table_rows(inputs); row++) {
    if (strcmp(word(inputs, "path", row), "horizon") == 0) s.horizon = number(inputs, "value", row);
  }
  find_width(&s);
  add_line(&s, "", (const char[CASES][CELL]){"neither", "reserve", "agreement", "both"});
  for (int64_t row = 0; row < critmin_table_rows(summary); row++) {
    if (is_first(summary, row)) add_user(&s, row);
  }
  add_legend(&s);
  buffer_text(b, "\nflags\n");
  add_all_flags(summary, b);
}
