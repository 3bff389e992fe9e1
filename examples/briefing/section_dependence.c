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

/* China's share side by side. Only lines of which something was known by the day. */
static void side_by_side(document *d) {
  const facts *f = d->f;
  int columns = f->n_countries + 1;
  const char **names = pool_take(f->pool, (size_t)columns * sizeof *names);
  int *kinds = pool_take(f->pool, (size_t)columns * sizeof *kinds);
  names[0] = "From China, of imports";
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
  d->style->heading(d->out, 3, "China\xe2\x80\x99s share of imports, side by side");
  d->style->table(d->out, s);
}

static int has_reliance(const facts *f, int c) {
  for (int i = 0; i < f->n_topics; i++)
    for (int j = 0; j < f->topics[i].n_lines; j++)
      if (is_known(&f->topics[i].lines[j].reliance[c].by_day)) return 1;
  return 0;
}

static const char *top_words(const facts *f, const partners *top, const told *t) {
  prose words = prose_new(f->pool);
  for (int k = 0; k < top->n; k++)
    prose_join(&words, ", ", text_of(f->pool, "%s %s", country_name(f, top->country[k]), percent(f, top->share[k])));
  if (!words.length) return "no data";
  return is_known(&t->by_day) ? words.data : text_of(f->pool, "later: %s", words.data);
}

static const char *rests_words(document *d, const told *reliance, const told *partner) {
  pool *p = d->f->pool;
  prose words = prose_new(p);
  if (any_told(reliance))
    prose_join(&words, "; ", text_of(p, "reliance %s, %s", basis_told(d->f, reliance), cite_told(d, reliance)));
  if (any_told(partner))
    prose_join(&words, "; ", text_of(p, "%s, %s", basis_told(d->f, partner), cite_told(d, partner)));
  return words.data;
}

static void of_country(document *d, int c) {
  static const char *const names[] = {"Mineral and stage", "Reliance on imports", "From China, of imports",
                                      "Largest partners", "Rests on"};
  static const int kinds[] = {WORDS_COLUMN, FIGURE_COLUMN, FIGURE_COLUMN, WORDS_COLUMN, DETAIL_COLUMN};
  const facts *f = d->f;
  sheet *s = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
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
      sheet_put(s, told_words(f, reliance));
      sheet_put(s, told_words(f, partner));
      sheet_put(s, top_words(f, &l->top[c], partner));
      sheet_put(s, rests_words(d, reliance, partner));
    }
    if (!shown) prose_join(&nothing, ", ", t->name);
  }
  d->style->heading(d->out, 3, with_capital(f->pool, place_name(f, f->countries_asked[c])));
  d->style->table(d->out, s);
  if (nothing.length)
    d->style->paragraph(
        d->out, 1, text_of(f->pool, "No data: %s. Neither a reliance nor partners are on record.", nothing.data));
}

/* Reliance, where it came later; the largest partners; and what they rest on. */
static const char *partners_words(document *d, const line *l, int c) {
  const facts *f = d->f;
  const told *reliance = &l->reliance[c], *partner = &l->partner[c];
  prose words = prose_new(f->pool);
  if (any_told(reliance)) prose_join(&words, "; ", text_of(f->pool, "reliance %s", told_words(f, reliance)));
  if (any_told(partner)) prose_join(&words, "; ", top_words(f, &l->top[c], partner));
  if (!words.length) return "no data";
  const told *rests = any_told(partner) ? partner : reliance;
  const reading *r = is_known(&rests->by_day) ? &rests->by_day : &rests->later;
  return text_of(f->pool, "%s; %s%s %s", words.data, rests_on(f, r), is_known(&rests->by_day) ? "" : ", later",
                 cite_numbers(d, r->source));
}

/* Countries whose reliance nobody had published share a table: China's share of each stands side by side already. */
static void of_others(document *d, const int *countries, int n) {
  const facts *f = d->f;
  const char **names = pool_take(f->pool, (size_t)(n + 1) * sizeof *names);
  int *kinds = pool_take(f->pool, (size_t)(n + 1) * sizeof *kinds);
  prose places = prose_new(f->pool);
  names[0] = "Mineral and stage";
  for (int k = 0; k < n; k++) {
    names[k + 1] = country_name(f, f->countries_asked[countries[k]]);
    prose_join(&places, ", ", place_name(f, f->countries_asked[countries[k]]));
  }
  sheet *s = sheet_new(f->pool, names, kinds, n + 1);
  for (int i = 0; i < f->n_topics; i++)
    for (int j = 0; j < f->topics[i].n_lines; j++) {
      const line *l = &f->topics[i].lines[j];
      int any = 0;
      for (int k = 0; k < n; k++) any |= any_told(&l->reliance[countries[k]]) || any_told(&l->partner[countries[k]]);
      if (!any) continue;
      sheet_put(s, line_name(f, &f->topics[i], l));
      for (int k = 0; k < n; k++) sheet_put(s, partners_words(d, l, countries[k]));
    }
  d->style->heading(d->out, 3, text_of(f->pool, "Largest partners of %s", places.data));
  if (s->rows) d->style->table(d->out, s);
  d->style->paragraph(d->out, 1,
                      "Reliance on imports: no data. Nobody on record prints it, and output, trade and stocks in "
                      "tonnes are not there to work it out. Minerals that are not in the table: no partners on record.");
}

static void of_countries(document *d) {
  enum { TOGETHER = 4 };
  const facts *f = d->f;
  int others[TOGETHER], n = 0;
  for (int c = 0; c < f->n_countries; c++)
    if (has_reliance(f, c)) of_country(d, c);
  for (int c = 0; c < f->n_countries; c++) {
    if (!has_reliance(f, c)) others[n++] = c;
    if (n == TOGETHER || (n > 0 && c + 1 == f->n_countries)) of_others(d, others, n), n = 0;
  }
}

static void of_group(document *d) {
  static const char *const names[] = {"Mineral and stage", "From China, inner trade left out",
                                      "The same diluted: inner trade kept", "Rests on"};
  static const int kinds[] = {WORDS_COLUMN, FIGURE_COLUMN, FIGURE_COLUMN, DETAIL_COLUMN};
  const facts *f = d->f;
  sheet *s = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  prose nothing = prose_new(f->pool);
  const told none = {0};
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
      sheet_put(s, rests_words(d, &none, &l->net));
    }
    if (!shown) prose_join(&nothing, ", ", t->name);
  }
  d->style->heading(d->out, 3, text_of(f->pool, "%s, as one", country_name(f, f->group)));
  d->style->paragraph(d->out, 1,
                      "A group can be taken as one only where every pair of countries is on record. What its members "
                      "sell to each other is then no import. Others leave it in, which dilutes every outsider: that "
                      "number stands beside.");
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
              "came from, not where they were dug. In brackets the interval that rounding, bounds and unlisted "
              "partners leave. \"Later\" marks what was published after %s.",
              date_words(f->pool, f->date)));
  d->style->paragraph(
      d->out, 1,
      text_of(f->pool,
              "What a share rests on: value (of imports, in money: no share of tonnes), tonnes, printed (by its "
              "publisher, as a share) or the study of the European Commission. The letters behind it, here and below: "
              "%s. [n] is the number of a source at the end.",
              marks_explained(f)));
  side_by_side(d);
  of_countries(d);
  of_group(d);
}
