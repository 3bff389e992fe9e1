/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "briefing.h"

#define DASH "\xe2\x80\x93"

static void market_row(document *d, sheet *s, const topic *t, int which) {
  static const char *const stages[] = {[MINED] = "mined", [REFINED] = "refined", [IN_GROUND] = "in the ground"};
  const facts *f = d->f;
  const market *m = &t->market[which];
  sheet_put(s, strcmp(m->mineral, t->key) != 0
                   ? text_of(f->pool, "%s (%s)", t->name, mineral_in_sentence(f, m->mineral))
                   : t->name);
  sheet_put(s, text_of(f->pool, "%s, %s", stages[which], year_words(f, m->year, m->flags)));
  sheet_put(s, with_interval(f, m->china));
  const char *largest = m->n_producers ? m->producers[0].country : "";
  sheet_put(s, !*largest                        ? "no data"
               : strcmp(largest, "CHN") == 0 ? country_name(f, largest)
                                             : text_of(f->pool, "%s, %s", country_name(f, largest),
                                                       with_interval(f, m->producers[0].share)));
  sheet_put(s, with_interval(f, m->cr3));
  const char *hhi = plain_number(f, m->hhi.value, 2);
  sheet_put(s, isnan(m->hhi.value) || m->hhi.high - m->hhi.low < 0.005
                   ? hhi
                   : text_of(f->pool, "%s (%.2f" DASH "%.2f)", hhi, m->hhi.low, m->hhi.high));
  sheet_put(s, which == IN_GROUND ? DASH : with_interval(f, m->without_largest));
  const char *more = marks(f, m->flags);
  sheet_put(s, text_of(f->pool, "%s%s%s", cite(d, m->source, m->edition), *more ? ", " : "", more));
}

void section_markets(document *d) {
  static const char *const names[] = {
      "Mineral", "Stage, year", "China", "Largest", "Top three", "HHI", "Left without the largest", "Source"};
  static const int kinds[] = {WORDS_COLUMN,  WORDS_COLUMN,  FIGURE_COLUMN, WORDS_COLUMN,
                              FIGURE_COLUMN, FIGURE_COLUMN, FIGURE_COLUMN, DETAIL_COLUMN};
  const facts *f = d->f;
  const char *sentences[FINDINGS];
  sheet *s = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  d->style->heading(d->out, 2, "8. Who mines, who refines, who holds the ground");
  if (d->style->beside) d->style->beside(d->out, 1);
  d->style->items(d->out, sentences, market_findings(f, sentences), 0, 0);
  if (d->style->china) d->style->china(d->out, f);
  if (d->style->beside) d->style->beside(d->out, 0);
  for (int i = 0; i < f->n_topics; i++)
    for (int which = 0; which < MARKETS; which++)
      if (f->topics[i].market[which].found) market_row(d, s, &f->topics[i], which);
  if (s->rows) d->style->table(d->out, s);
  for (int which = 0; which < MARKETS; which++) {
    prose missing = prose_new(f->pool);
    for (int i = 0; i < f->n_topics; i++)
      if (!f->topics[i].market[which].found) prose_join(&missing, ", ", f->topics[i].name);
    if (missing.length)
      d->style->paragraph(d->out, 1, text_of(f->pool, "No data: %s. %s", missing.data, why_missing(which)));
  }
  d->style->paragraph(d->out, 1,
                      "In brackets: what withheld figures, unlisted producers and rounding allow. HHI: sum of squared "
                      "shares, 0 to 1. Left without the largest: supply left when the largest producer stops, as a "
                      "share of all supply; demand is taken equal to supply. Letters as under 2.");
  if (d->style->markets) d->style->markets(d->out, f);
}
