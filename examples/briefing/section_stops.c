/* SPDX-License-Identifier: MIT */
/* What happens if it stops: the day from which users are short, what each tonne is worth, and what is assumed. */
#include <math.h>
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

/* Stages are told by name, where they have one that says more than their key. */
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

void table_of_days(document *d, const stop *s) {
  static const char *const names[] = {"Days until short", "Neither", "Reserve", "Agreement", "Both"};
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

static const char *unit_words(const char *unit) {
  static const char *const units[][2] = {
      {"t", "tonne"}, {"t/a", "tonne a year"}, {"d", "day of demand"}, {"d/a", "day of demand a year"}};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (strcmp(units[i][0], unit) == 0) return units[i][1];
  return unit;
}

/* What is not there yet, tried at each stage of the chain. */
static int is_new(const critmin_table *t, int64_t row) { return strcmp(text_at(t, "instrument", row), "new") == 0; }

static const char *instrument_words(const facts *f, const critmin_table *t, int64_t row) {
  const char *key = text_at(t, "instrument", row), *name = lookup(f->agreements, key, "name");
  if (strcmp(text_at(t, "kind", row), "inventory") == 0) return "stock of companies";
  if (is_new(t, row)) return text_of(f->pool, "a new %s", text_at(t, "kind", row));
  if (*name) return text_of(f->pool, "agreement: %s", name);
  name = lookup(f->reserves, key, "programme");
  return *name ? text_of(f->pool, "reserve: %s", name)
               : text_of(f->pool, "%s %s", text_at(t, "kind", row), key);
}

int is_worth_something(const critmin_table *worth, int64_t row) {
  return number_at(worth, "days_later", row) > 0.005 || number_at(worth, "unmet_less", row) > 0.005;
}

static const char *less_words(const facts *f, const critmin_table *t, int64_t row) {
  return text_of(f->pool, "%s %s", plain_number(f, number_at(t, "unmet_less", row), 2),
                 strcmp(text_at(t, "unmet_unit", row), "t") == 0 ? "t" : "days of demand");
}

const char *worth_words(const facts *f, const critmin_table *t, int64_t row) {
  static const char *const held[][3] = {{"reserve", "in the reserve", "in a new reserve"},
                                        {"agreement", "by agreement", "by a new agreement"},
                                        {"inventory", "in the stock of companies", ""}};
  const char *where = text_at(t, "kind", row);
  for (size_t i = 0; i < sizeof held / sizeof *held; i++)
    if (strcmp(held[i][0], where) == 0) where = held[i][is_new(t, row) ? 2 : 1];
  return text_of(f->pool,
                 "one %s more %s puts the shortage of %s (%s) off by %s days and leaves %s less unmet in a year",
                 unit_words(text_at(t, "unit", row)), where, mineral_in_sentence(f, text_at(t, "mineral", row)),
                 text_at(t, "stage", row),
                 plain_number(f, number_at(t, "days_later", row), 2), less_words(f, t, row));
}

/* Something new that is worth as much at another stage. */
static int is_worth_the_same(const critmin_table *t, int64_t a, int64_t b) {
  return is_new(t, a) && is_new(t, b) && is_same_user(t, a, b) &&
         strcmp(text_at(t, "kind", a), text_at(t, "kind", b)) == 0 &&
         fabs(number_at(t, "days_later", a) - number_at(t, "days_later", b)) < 0.005 &&
         fabs(number_at(t, "unmet_less", a) - number_at(t, "unmet_less", b)) < 0.005;
}

static void worths(document *d, const stop *s) {
  static const char *const names[] = {"One more", "Of", "At", "For", "Days later", "Less unmet in a year"};
  static const int kinds[] = {WORDS_COLUMN, WORDS_COLUMN, WORDS_COLUMN, WORDS_COLUMN, FIGURE_COLUMN, FIGURE_COLUMN};
  const facts *f = d->f;
  const critmin_table *t = s->worth;
  prose idle = prose_new(f->pool);
  if (critmin_table_rows(t) == 0) return;
  sheet *table = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    const char *at = text_at(t, "at", row);
    if (is_new(t, row) && !is_worth_something(t, row)) {
      const char *words = text_of(f->pool, "%s (%s)", at, user_words(f, t, row));
      if (!strstr(idle.data, words)) prose_join(&idle, "; ", words);
      continue;
    }
    prose places = prose_new(f->pool);
    int first = 1;
    for (int64_t other = 0; other < critmin_table_rows(t); other++) {
      if (other != row && !is_worth_the_same(t, row, other)) continue;
      first &= other >= row;
      prose_join(&places, ", ", text_at(t, "at", other));
    }
    if (!first) continue;
    sheet_put(table, unit_words(text_at(t, "unit", row)));
    sheet_put(table, instrument_words(f, t, row));
    sheet_put(table, *places.data ? places.data : "not said");
    sheet_put(table, user_words(f, t, row));
    sheet_put(table, plain_number(f, number_at(t, "days_later", row), 2));
    sheet_put(table, less_words(f, t, row));
  }
  d->style->paragraph(d->out, 0, "What one tonne, or one day of demand, more is worth where both answer:");
  d->style->table(d->out, table);
  if (idle.length)
    d->style->paragraph(d->out, 1,
                        text_of(f->pool,
                                "One more of something new is worth nothing at: %s. It does not get through without "
                                "the country that withholds, or nothing is missing.",
                                idle.data));
}

static const char *short_number(const facts *f, double x) { return plain_number(f, x, x == floor(x) ? 0 : 2); }

static int is_same_input(const critmin_table *t, int64_t a, int64_t b) {
  return strcmp(text_at(t, "path", a), text_at(t, "path", b)) == 0 &&
         number_at(t, "value", a) == number_at(t, "value", b) && number_at(t, "high", a) == number_at(t, "high", b);
}

/* A reserve that several users may draw from is in the table once for each kind of goods. */
static int is_told(const critmin_table *t, int64_t row) {
  for (int64_t other = 0; other < row; other++)
    if (is_same_input(t, other, row)) return 1;
  return 0;
}

static size_t asked_length(const char *words) {
  const char *end = strstr(words, ", at=");
  return end ? (size_t)(end - words) : strcspn(words, ";");
}

/* What the model has worked out names each of its sources twice over; what it asked is enough. */
static const char *reason_words(const facts *f, const critmin_table *t, int64_t row) {
  const char *origin = text_at(t, "origin", row), *words = text_at(t, "text", row);
  if (strcmp(origin, "model") == 0)
    return text_of(f->pool, "Worked out%s: %.*s.", strstr(text_at(t, "flags", row), "ASSUMED") ? ", assumed in part" : "",
                   (int)asked_length(words), words);
  const char *why = without_foresight(f->pool, words, f->date);
  return *why ? why : strcmp(origin, "scenario") == 0 ? "set for this paper" : "no reason on record";
}

/* The same number with the same reason in several places is one row; each place can be changed by itself. */
static int is_same_assumption(const critmin_table *t, int64_t a, int64_t b) {
  const char *key = text_at(t, "key", a);
  return *key && strcmp(text_at(t, "origin", a), "assumption") == 0 && strcmp(key, text_at(t, "key", b)) == 0 &&
         strcmp(text_at(t, "what", a), text_at(t, "what", b)) == 0;
}

/* What is assumed, and what the model worked out: the numbers that a result hangs on. */
static int is_assumed(const critmin_table *t, int64_t row) {
  int shown = strstr(text_at(t, "flags", row), "ASSUMED") != NULL || strcmp(text_at(t, "origin", row), "model") == 0;
  return shown && !is_told(t, row);
}

/* Whether an earlier scenario of the paper assumes the same and says why. */
static int is_told_above(const facts *f, const stop *s, int64_t row) {
  const char *key = text_at(s->inputs, "key", row);
  if (strcmp(text_at(s->inputs, "origin", row), "assumption") != 0) return 0;
  for (const stop *before = f->stops; before < s; before++)
    for (int64_t other = 0; before->title && other < critmin_table_rows(before->inputs); other++)
      if (strcmp(text_at(before->inputs, "key", other), key) == 0) return 1;
  return 0;
}

static void assumptions(document *d, const stop *s) {
  static const char *const names[] = {"What", "Taken", "Unit", "Who says so, or why", "Changed by --set"};
  static const int kinds[] = {WORDS_COLUMN, FIGURE_COLUMN, WORDS_COLUMN, WORDS_COLUMN, WORDS_COLUMN};
  const facts *f = d->f;
  const critmin_table *t = s->inputs;
  sheet *table = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    if (!is_assumed(t, row)) continue;
    prose places = prose_new(f->pool);
    int first = 1;
    for (int64_t other = 0; other < critmin_table_rows(t); other++) {
      if (!is_assumed(t, other) || (other != row && !is_same_assumption(t, row, other))) continue;
      first &= other >= row;
      prose_join(&places, " ", text_of(f->pool, "`%s.%s`", s->key, text_at(t, "path", other)));
    }
    if (!first) continue;
    double low = number_at(t, "low", row), high = number_at(t, "high", row);
    const char *value = short_number(f, number_at(t, "value", row));
    sheet_put(table, text_at(t, "what", row));
    sheet_put(table, low < high
                         ? text_of(f->pool, "%s (%s" DASH "%s)", value, short_number(f, low), short_number(f, high))
                         : value);
    sheet_put(table, strcmp(text_at(t, "unit", row), "1") == 0 ? "share" : text_at(t, "unit", row));
    sheet_put(table, is_told_above(f, s, row) ? "as above" : reason_words(f, t, row));
    sheet_put(table, places.data);
  }
  d->style->paragraph(d->out, 1,
                      text_of(f->pool,
                              "What nobody published is assumed, and what trade tells is worked out. Each number can be changed, "
                              "in one place (`--set %s.users[0].inventory=60`) or wherever it stands (`--assume "
                              "private_inventory=60`).",
                              s->key));
  d->style->table(d->out, table);
}

const char *stop_words(const facts *f, const stop *s) {
  return text_of(f->pool, "the ban is %s%s", s->state, s->later ? "; run over figures that came later" : "");
}

static void one_stop(document *d, const stop *s) {
  const facts *f = d->f;
  d->style->heading(d->out, 3, text_of(f->pool, "%s, from %s", s->title, date_words(f->pool, s->day)));
  d->style->paragraph(d->out, 0,
                      text_of(f->pool, "%s%s.", with_capital(f->pool, stop_words(f, s)),
                              s->later ? ", since none published by the day tells what part comes from China" : ""));
  table_of_days(d, s);
  if (d->style->curves) d->style->curves(d->out, f, s);
  worths(d, s);
  if (!d->style->brief) assumptions(d, s);
}

void section_stops(document *d) {
  const facts *f = d->f;
  int any = 0;
  for (int i = 0; i < STOPS; i++) {
    if (!f->stops[i].title) continue;
    if (!any++) {
      d->style->heading(d->out, 2, "4. If it stops");
      d->style->paragraph(d->out, 0,
                          "Days until users are short, with neither reserve nor agreement, with either, with both. In "
                          "brackets: if everything unknown is at its worst, and at its best. None: not within a year.");
    }
    one_stop(d, &f->stops[i]);
  }
}
