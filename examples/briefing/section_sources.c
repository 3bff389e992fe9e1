/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "briefing.h"

/* Minerals of which nothing about a country was known by the day, country by country. */
static const char *unknown_of_country(const facts *f, int c) {
  prose names = prose_new(f->pool);
  for (int i = 0; i < f->n_topics; i++) {
    int known = 0;
    for (int j = 0; j < f->topics[i].n_lines; j++) known |= is_known(&f->topics[i].lines[j].partner[c].by_day);
    if (!known) prose_join(&names, ", ", f->topics[i].name);
  }
  return names.data;
}

static const char *refining_unknown(const facts *f) {
  prose names = prose_new(f->pool);
  for (int i = 0; i < f->n_topics; i++) {
    const market *m = &f->topics[i].market[REFINED];
    if (!m->found || strstr(m->flags, "PERIOD_MEAN")) prose_join(&names, ", ", f->topics[i].name);
  }
  return names.data;
}

static const char *reserves_unknown(const facts *f) {
  prose names = prose_new(f->pool);
  for (int64_t row = 0; row < critmin_table_rows(f->reserves); row++) {
    const char *holder = country_name(f, text_at(f->reserves, "holder", row));
    if (is_strategic(f, row) && strcmp(text_at(f->reserves, "status", row), "not_available") == 0 &&
        !strstr(names.data, holder))
      prose_join(&names, ", ", holder);
  }
  return names.data;
}

void section_unknown(document *d) {
  enum { MOST = 12 };
  const facts *f = d->f;
  const char *items[MOST];
  int n = 0;
  const char *refining = refining_unknown(f), *reserves = reserves_unknown(f);
  if (*refining)
    items[n++] = text_of(f->pool,
                         "Refining by country and year: nothing annual for %s. Where a mean over several years exists "
                         "it is shown, and marked.",
                         refining);
  prose buyers = prose_new(f->pool);
  for (int c = 0; c < f->n_countries; c++) {
    const char *names = unknown_of_country(f, c);
    if (*names)
      prose_join(&buyers, "; ", text_of(f->pool, "%s of %s", place_name(f, f->countries_asked[c]), names));
  }
  if (buyers.length)
    items[n++] = text_of(f->pool, "From whom they buy: nothing by the day for what is bought by %s.", buyers.data);
  items[n++] =
      "Tonnes: most partner shares are of money. What a tonne cost differs by partner, so a share of money is not one "
      "of tonnes.";
  items[n++] =
      "Origin: customs tell where goods last came from. A mineral dug in one country and refined in another counts for "
      "the other.";
  items[n++] =
      "Contracts: no agreement says how likely its delivery is. Between nothing and all of it, no number is better "
      "than another.";
  if (*reserves)
    items[n++] =
        text_of(f->pool,
                "Sizes of reserves: not published by %s. No country publishes how fast it could release what it holds.",
                reserves);
  items[n++] =
      "Licences: how many were asked for, granted and refused is not published. What is reported of practice comes "
      "from the trade and the press.";
  items[n++] = "What is held by firms, and how long production would go on without supply.";
  d->style->heading(d->out, 2, "9. What is not known");
  d->style->items(d->out, items, n, 0, 0);
}

/* Of a source with several editions the newest by the day, and those that came later. */
static const char *editions_words(const facts *f, const char *source) {
  prose words = prose_new(f->pool), later = prose_new(f->pool);
  const char *newest = "";
  int n = 0;
  for (int64_t row = 0; row < critmin_table_rows(f->editions); row++) {
    const char *date = text_at(f->editions, "date", row);
    if (strcmp(text_at(f->editions, "source", row), source) != 0 || !*date) continue;
    n++;
    if (is_after(date, f->date))
      prose_join(&later, "; ", date_words(f->pool, date));
    else if (strcmp(date, newest) > 0)
      newest = date;
  }
  if (n < 2) return "";
  if (*newest) prose_add(&words, " Newest edition by the day: %s.", date_words(f->pool, newest));
  if (later.length) prose_add(&words, " Later: %s.", later.data);
  return words.data;
}

static const char *source_words(const facts *f, const char *key) {
  const char *title = lookup(f->sources, key, "title"), *date = lookup(f->sources, key, "date"),
             *licence = lookup(f->sources, key, "licence");
  const char *attribution = lookup(f->sources, key, "attribution"), *url = lookup(f->sources, key, "url");
  prose words = prose_new(f->pool);
  prose_add(&words, "%s: %s", lookup(f->sources, key, "publisher"), title);
  if (*date) prose_add(&words, ", %s", date_words(f->pool, date));
  prose_add(&words, ".%s", editions_words(f, key));
  if (*licence && strcmp(licence, "LicenseRef-facts") != 0)
    prose_add(&words, " Licence: %s.", strncmp(licence, "LicenseRef-", 11) == 0 ? licence + 11 : licence);
  if (*attribution) prose_add(&words, " %s", attribution);
  if (*url) prose_add(&words, " <%s>", url);
  return words.data;
}

void section_sources(document *d) {
  const facts *f = d->f;
  const char **items = pool_take(f->pool, (size_t)(d->n_cited + 1) * sizeof *items);
  for (int i = 0; i < d->n_cited; i++) items[i] = source_words(f, d->cited[i]);
  d->style->heading(d->out, 2, "10. Sources");
  d->style->paragraph(d->out, 1,
                      "Shares are of the larger of the published world total and the sum of its parts. A withheld "
                      "figure is an interval, not a zero; other countries printed together are "
                      "not one producer; stages are never added up. Of several sources for one market and year the one "
                      "that is asked first answers, in its newest edition by the day. "
                      "An edition whose day is not known is dated at the end of its month or year. Where no licence is named "
                      "only facts are taken, in our words.");
  d->style->items(d->out, items, d->n_cited, 1, 1);
  d->style->paragraph(d->out, 1, text_of(f->pool, "critmin %s, from its own reference data.", critmin_version()));
}
