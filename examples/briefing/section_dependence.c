/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "briefing.h"

static const char *cite_told(document *d, const told *t) {
  const char *by_day = is_known(&t->by_day) ? cite(d, t->by_day.source, t->by_day.edition) : NULL;
  const char *later = is_known(&t->later) ? cite(d, t->later.source, t->later.edition) : NULL;
  return by_day || later ? (by_day ? beside(d->f, by_day, later) : text_of(d->f->pool, "later: %s", later)) : "";
}

static const char *basis_told(const facts *f, const told *t) {
  const reading *r = is_known(&t->by_day) ? &t->by_day : &t->later;
  return is_known(r) ? rests_on(f, r) : "";
}

static int any_told(const told *t) {
  return is_known(&t->by_day) || is_known(&t->later);
}

/* China's share side by side: the page's first table. Only lines of which something was known by the day. */
void table_side_by_side(document *d) {
  const facts *f = d->f;
  int columns = f->n_countries + 1;
  const char **names = pool_take(f->pool, (size_t)columns * sizeof *names);
  int *kinds = pool_take(f->pool, (size_t)columns * sizeof *kinds);
  names[0] = "Mineral";
  for (int c = 0; c < f->n_countries; c++) {
    names[c + 1] = country_name(f, f->countries_asked[c]);
    kinds[c + 1] = FIGURE_COLUMN;
  }
  sheet *s = sheet_new(f->pool, names, kinds, columns);
  for (int i = 0; i < f->n_topics; i++) {
    const topic *t = &f->topics[i];
    int shown = 0;
    for (int j = 0; j < t->n_lines; j++) {
      const line *l = &t->lines[j];
      int known = 0;
      for (int c = 0; c < f->n_countries; c++) known |= is_known(&l->partner[c].by_day);
      if (!known) continue;
      shown = 1;
      sheet_put(s, line_name(f, t, l));
      for (int c = 0; c < f->n_countries; c++) {
        const reading *r = &l->partner[c].by_day;
        if (!is_known(r)) {
          sheet_put(s, "no data");
          continue;
        }
        sheet_put(s, text_of(f->pool, "%s, %s", isnan(r->n.value) ? with_interval(f, r->n) : percent(f, r->n.value),
                             years_words(f, r)));
        sheet_tint(s, isnan(r->n.value) ? (r->n.low + r->n.high) / 2 : r->n.value);
      }
    }
    if (shown) continue;
    sheet_put(s, t->name);
    for (int c = 0; c < f->n_countries; c++) sheet_put(s, "no data");
  }
  d->style->table(d->out, s);
  d->style->paragraph(d->out, 1,
                      "Shares of imports, with their year. Money where the source counts money, so that they are of "
                      "value, not of tonnes; intervals, bases and sources "
                      "follow under 2. \"No data\" is not zero: nobody on record had published it by the day.");
}

static int has_reliance(const facts *f, int c) {
  for (int i = 0; i < f->n_topics; i++)
    for (int j = 0; j < f->topics[i].n_lines; j++)
      if (any_told(&f->topics[i].lines[j].reliance[c])) return 1;
  return 0;
}

static const char *top_words(const facts *f, const partners *top, const told *t) {
  prose words = prose_new(f->pool);
  for (int k = 0; k < top->n; k++)
    prose_join(&words, ", ", text_of(f->pool, "%s %s", country_name(f, top->country[k]), percent(f, top->share[k])));
  if (!words.length) return "no data";
  return is_known(&t->by_day) ? words.data : text_of(f->pool, "later: %s", words.data);
}

static const char *basis_words(document *d, const told *t, const char *none) {
  return any_told(t) ? text_of(d->f->pool, "%s: %s", basis_told(d->f, t), cite_told(d, t)) : none;
}

/* A country of which no reliance is on record has no column for it: it is said once. */
static void of_country(document *d, int c) {
  static const char *const with[] = {"Mineral",          "Reliance on imports", "From China, of imports",
                                     "Largest partners", "Reliance rests on",   "Shares rest on"};
  static const char *const without[] = {"Mineral", "From China, of imports", "Largest partners", "Shares rest on"};
  static const int kinds_with[] = {WORDS_COLUMN, FIGURE_COLUMN, FIGURE_COLUMN,
                                   WORDS_COLUMN, DETAIL_COLUMN, DETAIL_COLUMN};
  static const int kinds_without[] = {WORDS_COLUMN, FIGURE_COLUMN, WORDS_COLUMN, DETAIL_COLUMN};
  const facts *f = d->f;
  int reliances = has_reliance(f, c);
  const char *place = place_name(f, f->countries_asked[c]);
  sheet *s = reliances ? sheet_new(f->pool, with, kinds_with, 6) : sheet_new(f->pool, without, kinds_without, 4);
  prose nothing = prose_new(f->pool);
  for (int i = 0; i < f->n_topics; i++) {
    const topic *t = &f->topics[i];
    int shown = 0;
    for (int j = 0; j < t->n_lines; j++) {
      const line *l = &t->lines[j];
      const told *reliance = &l->reliance[c], *partner = &l->partner[c];
      if (!any_told(reliance) && !any_told(partner)) continue;
      shown = 1;
      sheet_put(s, line_name(f, t, l));
      if (reliances) sheet_put(s, told_words(f, reliance));
      sheet_put(s, told_words(f, partner));
      sheet_put(s, top_words(f, &l->top[c], partner));
      if (reliances) sheet_put(s, basis_words(d, reliance, "not published for this stage"));
      sheet_put(s, basis_words(d, partner, "no partners on record for this stage"));
    }
    if (!shown) prose_join(&nothing, ", ", t->name);
  }
  d->style->heading(d->out, 3, with_capital(f->pool, place));
  if (s->rows) d->style->table(d->out, s);
  if (!reliances)
    d->style->paragraph(d->out, 1,
                        text_of(f->pool,
                                "Reliance on imports: no data. Nobody on record prints it for %s, and output, trade "
                                "and stocks in tonnes are not there to work it out.",
                                place));
  if (nothing.length)
    d->style->paragraph(d->out, 1,
                        text_of(f->pool, "No data: %s. Neither a reliance nor partners of %s are on record for them.",
                                nothing.data, place));
}

static void of_group(document *d) {
  static const char *const names[] = {"Mineral", "From China, inner trade left out",
                                      "The same diluted: inner trade kept", "Rests on"};
  static const int kinds[] = {WORDS_COLUMN, FIGURE_COLUMN, FIGURE_COLUMN, DETAIL_COLUMN};
  const facts *f = d->f;
  sheet *s = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  prose nothing = prose_new(f->pool);
  int later = 0;
  for (int i = 0; i < f->n_topics; i++) {
    const topic *t = &f->topics[i];
    int shown = 0;
    for (int j = 0; j < t->n_lines; j++) {
      const line *l = &t->lines[j];
      if (!any_told(&l->net)) continue;
      shown = 1;
      later |= !is_known(&l->net.by_day);
      sheet_put(s, line_name(f, t, l));
      sheet_put(s, told_words(f, &l->net));
      sheet_put(s, told_words(f, &l->diluted));
      sheet_put(s, basis_words(d, &l->net, ""));
    }
    if (!shown) prose_join(&nothing, ", ", t->name);
  }
  d->style->heading(d->out, 3, text_of(f->pool, "%s, as one", country_name(f, f->group)));
  d->style->paragraph(d->out, 0,
                      "A group can be taken as one only where every pair of countries is on record. What its members "
                      "sell to each other is then no import. Others leave it in, "
                      "which dilutes every outsider: that number stands beside.");
  if (s->rows) d->style->table(d->out, s);
  if (later)
    d->style->paragraph(
        d->out, 1,
        text_of(f->pool, "By %s no complete pairs of the newest years were published; what is marked later came after.",
                date_words(f->pool, f->date)));
  if (nothing.length)
    d->style->paragraph(
        d->out, 1,
        text_of(f->pool, "No data: %s. No source on record has every pair of the trade of a whole stage of theirs.",
                nothing.data));
}

void section_dependence(document *d) {
  const facts *f = d->f;
  d->style->heading(d->out, 2, "2. Who depends on whom");
  d->style->paragraph(
      d->out, 0,
      text_of(f->pool,
              "Reliance: the part of use that net imports cover. From China: its part of imports, where goods last "
              "came from, not where they were dug. In brackets the "
              "interval that rounding, bounds and unlisted partners leave. \"Later\" marks what was published after "
              "%s. Estimates are the publisher's; withheld figures and "
              "unlisted partners enter as intervals; where no total is printed shares are of those listed.",
              date_words(f->pool, f->date)));
  for (int c = 0; c < f->n_countries; c++) of_country(d, c);
  of_group(d);
}
