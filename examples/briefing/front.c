/* SPDX-License-Identifier: MIT */
/* The first page: what is withheld, how exposed we are, how long we last, what helps. */
#include <math.h>
#include <string.h>

#include "briefing.h"

/* What part of a line comes from China, on average over the countries asked about; of one alone it is no pattern. */
static double mean_from_china(const facts *f, const line *l) {
  double sum = 0;
  int known = 0;
  for (int c = 0; c < f->n_countries; c++) {
    const reading *r = &l->partner[c].by_day;
    if (!is_known(r) || r->members || isnan(r->n.value)) continue;
    known++;
    sum += r->n.value;
  }
  return known >= 2 || (known && f->n_countries == 1) ? sum / known : -1;
}

/* Of each mineral the stage at which most comes from China; those of which most does first. */
enum { SHOWN = 6 };
typedef struct exposed {
  const topic *of[SHOWN];
  const line *line[SHOWN];
  double share[SHOWN];
  int n;
} exposed;

static exposed most_exposed(const facts *f) {
  exposed e = {.n = 0};
  for (int i = 0; i < f->n_topics; i++) {
    const line *top = NULL;
    double most = -1;
    for (int j = 0; j < f->topics[i].n_lines; j++) {
      double here = mean_from_china(f, &f->topics[i].lines[j]);
      if (here > most) most = here, top = &f->topics[i].lines[j];
    }
    if (!top || (e.n == SHOWN && most <= e.share[SHOWN - 1])) continue;
    int at = e.n < SHOWN ? e.n++ : SHOWN - 1;
    for (; at > 0 && most > e.share[at - 1]; at--)
      e.share[at] = e.share[at - 1], e.line[at] = e.line[at - 1], e.of[at] = e.of[at - 1];
    e.share[at] = most, e.line[at] = top, e.of[at] = &f->topics[i];
  }
  return e;
}

static void table_of_exposure(document *d, const exposed *e) {
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
  for (int i = 0; i < e->n; i++) {
    sheet_put(s, line_name(f, e->of[i], e->line[i]));
    for (int c = 0; c < f->n_countries; c++) {
      const reading *r = &e->line[i]->partner[c].by_day;
      if (!is_known(r)) {
        sheet_put(s, "no data");
        continue;
      }
      sheet_put(s, text_of(f->pool, "%s, %s", with_interval(f, r->n), years_words(f, r)));
      sheet_tint(s, isnan(r->n.value) ? (r->n.low + r->n.high) / 2 : r->n.value);
    }
  }
  d->style->table(d->out, s);
}

/* Of the goods most countries have a picture of: what customs see, and what was made there at the stage traced to. */
static const char *looked_through(const facts *f) {
  static const char *const goods = "magnet", *const at = "separated";
  prose words = prose_new(f->pool);
  for (int i = 0; i < f->n_pictures; i++) {
    const picture *p = &f->pictures[i];
    if (!p->year || strcmp(p->stage, goods) != 0) continue;
    for (int64_t row = 0; row < critmin_table_rows(p->shares); row++) {
      if (strcmp(text_at(p->shares, "partner", row), "CHN") != 0 ||
          !strstr(text_at(p->shares, "params", row), text_of(f->pool, "at=%s", at)))
        continue;
      prose_join(&words, "; ",
                 text_of(f->pool, "%s %s, where customs see %s", country_name(f, p->country),
                         with_interval(f, answer_at(p->shares, row)), percent(f, p->bought.value)));
    }
  }
  return words.length
             ? text_of(f->pool,
                       "Customs tell where goods last came from. Looked through trade and stages, the rare earths in "
                       "the magnets that each has were separated in China to: %s (section 3).",
                       words.data)
             : NULL;
}

static void how_exposed(document *d) {
  const facts *f = d->f;
  exposed e = most_exposed(f);
  const char *sentences[2], *through = looked_through(f), *refining = finding_refining(f);
  int n = 0;
  d->style->heading(d->out, 3, "How exposed are we");
  if (e.n) table_of_exposure(d, &e);
  if (through) sentences[n++] = through;
  if (refining) sentences[n++] = refining;
  d->style->items(d->out, sentences, n, 0, 0);
  if (!e.n && !n) d->style->paragraph(d->out, 0, "No data: no shares of imports had been published by the day.");
}

static void how_long(document *d) {
  const facts *f = d->f;
  int any = 0;
  d->style->heading(d->out, 3, "How long do we last");
  for (int i = 0; i < STOPS; i++) {
    const stop *s = &f->stops[i];
    if (!s->title) continue;
    any = 1;
    d->style->paragraph(d->out, 0,
                        text_of(f->pool, "If %s from %s (%s; section 4):", s->title, date_words(f->pool, s->day),
                                stop_words(f, s)));
    table_of_days(d, s);
  }
  if (!any)
    d->style->paragraph(d->out, 0,
                        "No data: neither of the two scenarios of this paper is about these minerals, or nothing had "
                        "been published by the day.");
}

/* What one unit more of each kind of answer brings the user whom it helps most; of the stock of companies where nothing
 * else helps. */
static int best_worths(const facts *f, const char *sentences[], int room) {
  static const char *const kinds[] = {"reserve", "agreement", "inventory"};
  int n = 0;
  for (int i = 0; i < STOPS; i++) {
    const critmin_table *t = f->stops[i].title ? f->stops[i].worth : NULL;
    prose words = prose_new(f->pool);
    for (size_t k = 0; t && k < sizeof kinds / sizeof *kinds; k++) {
      int64_t best = -1;
      for (int64_t row = 0; row < critmin_table_rows(t); row++) {
        if (strcmp(text_at(t, "kind", row), kinds[k]) != 0 || !is_worth_something(t, row)) continue;
        /* Of two that help as much the one that is there already is named, as it stands first. */
        if (best < 0 || number_at(t, "days_later", row) > number_at(t, "days_later", best) + 0.005) best = row;
      }
      if (best >= 0 && (k + 1 < sizeof kinds / sizeof *kinds || !words.length)) prose_join(&words, "; ", worth_words(f, t, best));
    }
    if (words.length && n < room)
      sentences[n++] = text_of(f->pool, "If %s, with both in hand: %s.", f->stops[i].title, words.data);
  }
  return n;
}

static void what_helps(document *d) {
  const facts *f = d->f;
  const char *sentences[STOPS + FINDINGS];
  int n = best_worths(f, sentences, STOPS);
  n += findings_helps(f, sentences + n);
  d->style->heading(d->out, 3, "What helps");
  if (n)
    d->style->items(d->out, sentences, n, 0, 0);
  else
    d->style->paragraph(d->out, 0, "No data: no agreement and no reserve is on record for the day.");
}

void section_front(document *d) {
  const facts *f = d->f;
  const char *sentences[FINDINGS];
  d->style->heading(d->out, 2, "1. On one page");
  d->style->heading(d->out, 3, "What is withheld");
  int n = findings_withheld(f, sentences);
  if (n)
    d->style->items(d->out, sentences, n, 0, 0);
  else
    d->style->paragraph(
        d->out, 0, "No data: no restriction of these minerals is on record for the day. That is not the same as none.");
  how_exposed(d);
  how_long(d);
  what_helps(d);
  d->style->paragraph(d->out, 1,
                      "How to read: a number in brackets is the interval that is left by rounding, by what is withheld "
                      "and by what is assumed; where none stands the source leaves none. \"No data\" is not zero: "
                      "nobody on record had published it by the day. Shares of imports are of money where the source "
                      "counts money. Each figure stands with its source in the section named.");
}
