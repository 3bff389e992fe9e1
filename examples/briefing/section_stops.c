/* SPDX-License-Identifier: MIT */
/* What happens if it stops: the day from which users are short, what each tonne is worth, and what is assumed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "briefing.h"

#define DASH "\xe2\x80\x93"

static const char *const cases[] = {"neither", "reserve", "agreement", "both"};
enum { CASES = sizeof cases / sizeof *cases };

static const char *day_words(const facts *f, double day) {
  return isnan(day) ? "no data" : isinf(day) ? "none" : plain_number(f, day, 0);
}

static const char *days_words(const facts *f, number n) {
  const char *low = day_words(f, n.low), *high = day_words(f, n.high);
  if (strcmp(low, high) == 0) return low;
  if (isnan(n.value)) return text_of(f->pool, "%s to %s", low, high);
  return text_of(f->pool, "%s (%s" DASH "%s)", day_words(f, n.value), low, high);
}

static const char *user_words(const facts *f, const critmin_table *t, int64_t row) {
  return text_of(f->pool, "%s, %s: %s", country_name(f, text_at(t, "country", row)),
                 mineral_in_sentence(f, text_at(t, "mineral", row)), text_at(t, "stage", row));
}

static int is_same_user(const critmin_table *t, int64_t a, int64_t b) {
  static const char *const columns[] = {"country", "mineral", "stage"};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (strcmp(text_at(t, columns[i], a), text_at(t, columns[i], b)) != 0) return 0;
  return 1;
}

static int is_shortage(const critmin_table *t, int64_t row) {
  return strcmp(text_at(t, "measure", row), "days_to_shortage") == 0;
}

static void shortages(document *d, const stop *s) {
  static const char *const names[] = {"User", "Neither", "Reserve", "Agreement", "Both"};
  static const int kinds[] = {WORDS_COLUMN, FIGURE_COLUMN, FIGURE_COLUMN, FIGURE_COLUMN, FIGURE_COLUMN};
  const critmin_table *t = s->summary;
  sheet *table = sheet_new(d->f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    if (!is_shortage(t, row) || strcmp(text_at(t, "case", row), cases[0]) != 0) continue;
    sheet_put(table, user_words(d->f, t, row));
    for (int c = 0; c < CASES; c++) {
      const char *found = "none on record";
      for (int64_t other = 0; other < critmin_table_rows(t); other++)
        if (is_shortage(t, other) && is_same_user(t, row, other) && strcmp(text_at(t, "case", other), cases[c]) == 0)
          found = days_words(d->f, answer_at(t, other));
      sheet_put(table, found);
    }
  }
  d->style->table(d->out, table);
}

static void worths(document *d, const stop *s) {
  static const char *const names[] = {"One more", "Of", "For", "Days later", "Less unmet"};
  static const int kinds[] = {WORDS_COLUMN, WORDS_COLUMN, WORDS_COLUMN, FIGURE_COLUMN, FIGURE_COLUMN};
  static const char *const units[][2] = {
      {"t", "tonne"}, {"t/a", "tonne a year"}, {"d", "day of demand"}, {"d/a", "day of demand a year"}};
  const critmin_table *t = s->worth;
  if (critmin_table_rows(t) == 0) return;
  sheet *table = sheet_new(d->f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    const char *unit = text_at(t, "unit", row), *less = text_at(t, "unmet_unit", row), *words = unit;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
      if (strcmp(units[i][0], unit) == 0) words = units[i][1];
    sheet_put(table, words);
    sheet_put(table, text_of(d->f->pool, "%s (%s)", text_at(t, "kind", row), text_at(t, "instrument", row)));
    sheet_put(table, user_words(d->f, t, row));
    sheet_put(table, plain_number(d->f, number_at(t, "days_later", row), 2));
    sheet_put(table, text_of(d->f->pool, "%s %s", plain_number(d->f, number_at(t, "unmet_less", row), 2),
                             strcmp(less, "t") == 0 ? "t" : "days"));
  }
  d->style->paragraph(d->out, 0, "What one tonne, or one day of demand, more brings where both answer:");
  d->style->table(d->out, table);
}

static const char *short_number(const facts *f, double x) {
  return plain_number(f, x, x == floor(x) ? 0 : 2);
}

/* A reserve that several users may draw from is in the table once for each kind of goods. */
static int is_told(const critmin_table *t, int64_t row) {
  for (int64_t other = 0; other < row; other++)
    if (strcmp(text_at(t, "path", other), text_at(t, "path", row)) == 0 &&
        number_at(t, "value", other) == number_at(t, "value", row) &&
        number_at(t, "high", other) == number_at(t, "high", row))
      return 1;
  return 0;
}

/* users[0].inventory -> user 1; brackets would be taken for the number of a source. */
static const char *place_words(const facts *f, const char *path) {
  size_t length = strcspn(path, "[.");
  const char *list = pool_copy(f->pool, path, length > 0 && path[length - 1] == 's' ? length - 1 : length);
  return path[length] == '[' ? text_of(f->pool, "%s %ld", list, strtol(path + length + 1, NULL, 10) + 1) : list;
}

static void assumptions(document *d, const stop *s) {
  static const char *const names[] = {"Where", "What", "Taken", "Unit", "Who says so, or why"};
  static const int kinds[] = {WORDS_COLUMN, WORDS_COLUMN, FIGURE_COLUMN, WORDS_COLUMN, WORDS_COLUMN};
  const facts *f = d->f;
  const critmin_table *t = s->inputs;
  sheet *table = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    if (!strstr(text_at(t, "flags", row), "ASSUMED") || is_told(t, row)) continue;
    const char *origin = text_at(t, "origin", row);
    const char *why = without_foresight(f->pool, text_at(t, "text", row), f->date);
    double low = number_at(t, "low", row), high = number_at(t, "high", row);
    const char *value = short_number(f, number_at(t, "value", row));
    sheet_put(table, place_words(f, text_at(t, "path", row)));
    sheet_put(table, text_at(t, "what", row));
    sheet_put(table, low < high
                         ? text_of(f->pool, "%s (%s" DASH "%s)", value, short_number(f, low), short_number(f, high))
                         : value);
    sheet_put(table, strcmp(text_at(t, "unit", row), "1") == 0 ? "share" : text_at(t, "unit", row));
    sheet_put(table, *why ? why : strcmp(origin, "scenario") == 0 ? "set for this paper" : "no reason on record");
  }
  d->style->paragraph(d->out, 1,
                      "What nobody published is assumed. Each number can be changed: --assume private_inventory=60.");
  d->style->table(d->out, table);
}

void section_stops(document *d) {
  const facts *f = d->f;
  int any = 0;
  for (int i = 0; i < STOPS; i++) {
    const stop *s = &f->stops[i];
    if (!s->title) continue;
    if (!any++) {
      d->style->heading(d->out, 2, "9. What if it stops");
      d->style->paragraph(d->out, 0,
                          "Run over all that is on record, figures that came later included: too little of the trade "
                          "had been published by the day.");
    }
    d->style->heading(d->out, 3, text_of(f->pool, "%s, from %s", s->title, date_words(f->pool, s->day)));
    d->style->paragraph(d->out, 0,
                        "Days until users are short, with neither reserve nor agreement, with either, with both. In "
                        "brackets: if everything unknown is at its worst, and at its best. None: not within a year.");
    shortages(d, s);
    if (d->style->curves) d->style->curves(d->out, f, s);
    worths(d, s);
    if (!d->style->brief) assumptions(d, s);
  }
}
