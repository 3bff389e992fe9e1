/* SPDX-License-Identifier: MIT */
/* explain, of a scenario: what is behind one row of a table of its outcome. */
#include "explain_scenario.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "running_scenario.h"
#include "table_output.h"

/* The cell --------------------------------------------------------------------------------------------------------- */

static int same_name(const char *a, const char *b, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (tolower((unsigned char)a[i]) != tolower((unsigned char)b[i])) return 0;
  }
  return a[length] == '\0';
}

/* Whether a cell is one of "A,B". */
static int is_one_of(const char *cell, const char *names) {
  for (const char *at = names; *at;) {
    size_t length = strcspn(at, ",");
    if (strlen(cell) == length && same_name(cell, at, length)) return 1;
    at += length + (at[length] == ',');
  }
  return 0;
}

/* The column of a filter and what it has to be; -1, having said so, where there is no such column. */
static int column_of(const grid *g, const filter *f, const char *what, const char **value) {
  const char *equals = f->column ? NULL : strchr(f->value, '=');
  const char *name = f->column ? f->column : f->value;
  size_t length = f->column ? strlen(name) : (size_t)(equals - name);
  *value = f->column ? f->value : equals + 1;
  for (int i = 0; i < g->n_columns; i++) {
    if (strlen(g->columns[i].name) == length && same_name(g->columns[i].name, name, length)) return i;
  }
  fail(ENDED_USAGE, "`%s` has no column `%.*s`", what, (int)length, name);
  return -1;
}

/* Adds "case is neither, reserve or both" of a column in which the rows that are left differ. */
static void add_choices(const grid *g, const char *left, int column, buffer *b) {
  enum { MOST = 8 };
  const char *seen[MOST];
  int n = 0;
  for (int64_t row = 0; row < g->n_rows; row++) {
    const char *cell = g->cells[row * g->n_columns + column];
    int i = 0;
    while (i < n && strcmp(seen[i], cell) != 0) i++;
    if (!left[row] || i < n) continue;
    if (n == MOST) break;
    seen[n++] = cell;
  }
  if (n < 2) return;
  buffer_text(b, b->length ? "; " : "");
  buffer_text(b, g->columns[column].name);
  buffer_text(b, " is ");
  for (int i = 0; i < n; i++) {
    if (i) buffer_text(b, i + 1 == n && n < MOST ? " or " : ", ");
    buffer_text(b, seen[i]);
  }
  if (n == MOST) buffer_text(b, " ...");
}

static int refuse_several(const grid *g, const char *left, int64_t n, const char *what) {
  static const char *const keys[] = {"case", "country", "mineral", "stage", "measure", "week", "reserve", "shock",
                                     "instrument", "path"};
  buffer b = {0};
  for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
    for (int i = 0; i < g->n_columns; i++) {
      if (strcmp(g->columns[i].name, keys[k]) == 0) add_choices(g, left, i, &b);
    }
  }
  int code = fail(ENDED_USAGE, "%lld rows of `%s` are like that; narrow them with --where COLUMN=VALUE: %s",
                  (long long)n, what, b.text ? b.text : "");
  buffer_free(&b);
  return code;
}

static int find_row(const request *r, const char *what, const grid *g, int64_t *found) {
  char *left = malloc((size_t)g->n_rows + 1);
  int64_t n = 0;
  int code = left ? 0 : fail_memory();
  if (left) memset(left, 1, (size_t)g->n_rows + 1);
  for (int i = 0; i < r->n_filters && !code; i++) {
    const char *value;
    int column = column_of(g, &r->filters[i], what, &value);
    if (column < 0) code = ENDED_USAGE;
    for (int64_t row = 0; row < g->n_rows && !code; row++)
      left[row] = (char)(left[row] && is_one_of(g->cells[row * g->n_columns + column], value));
  }
  for (int64_t row = 0; row < g->n_rows && !code; row++) {
    if (!left[row]) continue;
    if (n++ == 0) *found = row;
  }
  if (!code && n == 0) code = fail(ENDED_USAGE, "no row of `%s` is like that", what);
  if (!code && n > 1) code = refuse_several(g, left, n, what);
  free(left);
  return code;
}

/* For reading ------------------------------------------------------------------------------------------------------ */

/* Leaves the rows of some roles, or of none of them. */
static void keep(grid *g, const char *const *roles, int of_them) {
  int64_t kept = 0;
  for (int64_t row = 0; row < g->n_rows; row++) {
    int is = 0;
    for (int i = 0; roles[i]; i++) is |= strcmp(g->cells[row * g->n_columns], roles[i]) == 0;
    if (is != of_them) continue;
    memmove(g->cells + kept * g->n_columns, g->cells + row * g->n_columns, (size_t)g->n_columns * sizeof *g->cells);
    kept++;
  }
  g->n_rows = kept;
}

static void add_part(const critmin_table *rows, const char *title, const char *const *roles, int of_them,
                     const char *const *hidden, buffer *b) {
  grid g;
  if (grid_of_table(&g, rows)) {
    keep(&g, roles, of_them);
    if (g.n_rows) {
      for (; *hidden; hidden++) grid_hide(&g, *hidden);
      grid_hide_empty(&g);
      buffer_text(b, "\n");
      buffer_text(b, title);
      buffer_text(b, "\n\n");
      grid_text(&g, output_width(), b);
    }
  } else {
    b->failed = 1;
  }
  grid_free(&g);
}

static int write_text(const request *r, grid *cells, int64_t row, const critmin_table *rows) {
  static const char *const input[] = {"input", NULL}, *const day[] = {"day", NULL}, *const record[] = {"record", NULL},
                           *const told[] = {"input", "day", "record", NULL};
  static const char *const but_input[] = {"role", "what", "flags", NULL}, *const but_day[] = {"role", "unit", NULL},
                           *const but_figure[] = {"mineral", "stage", "unit", "basis", "publisher", "title", "url",
                                                  "licence", NULL};
  buffer b = {0};
  memmove(cells->cells, cells->cells + row * cells->n_columns, (size_t)cells->n_columns * sizeof *cells->cells);
  cells->n_rows = 1;
  grid_hide_empty(cells);
  grid_text(cells, output_width(), &b);
  add_part(rows, "Numbers that entered; at_low and at_high: the cell with this one alone at its ends", input, 1,
           but_input, &b);
  add_part(rows, "Days on which something changes; value: what does not arrive from then on, of a day's demand", day, 1,
           but_day, &b);
  add_part(rows, "Who says so of the records", record, 1, (const char *const[]){"role", NULL}, &b);
  add_part(rows, "Figures and flows behind them", told, 0, but_figure, &b);
  explain_add_sources(&b, rows);
  return table_write_text(r, &b);
}

int explain_scenario(request *r) {
  const char *what = r->table ? r->table : "summary";
  running_scenario s;
  critmin_table *table = NULL, *rows = NULL;
  critmin_error error;
  grid cells = {0};
  int64_t row = 0;
  if (r->chosen & (TAKES_YEAR | TAKES_DATE))
    return fail(ENDED_USAGE, "a scenario has its own year and start: --set year=2024, --set start=2026-01-06");
  int code = scenario_begin(r, &s);
  if (!code) code = scenario_table(&s, what, &table);
  if (!code && !grid_of_table(&cells, table)) code = fail_memory();
  if (!code) code = find_row(r, what, &cells, &row);
  if (!code && critmin_outcome_explain(s.outcome, s.model, what, row, &rows, &error) != CRITMIN_OK)
    code = fail_library(&error, FROM_COMMAND_LINE, NULL);
  if (!code) code = table_is_text(r) ? write_text(r, &cells, row, rows) : table_write(r, rows);
  grid_free(&cells);
  critmin_table_free(table);
  critmin_table_free(rows);
  scenario_end(&s);
  return code;
}
