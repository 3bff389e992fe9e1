/* SPDX-License-Identifier: MIT */
/* What the paper says, in order, whatever it looks like. */
#include <string.h>

#include "briefing.h"

static int number_of(document *d, const char *source) {
  for (int i = 0; i < d->n_cited; i++)
    if (strcmp(d->cited[i], source) == 0) return i + 1;
  if (d->n_cited == d->room) {
    int room = d->room ? 2 * d->room : 64;
    const char **cited = pool_take(d->f->pool, (size_t)room * sizeof *cited);
    if (d->n_cited) memcpy(cited, d->cited, (size_t)d->n_cited * sizeof *cited);
    d->cited = cited;
    d->room = room;
  }
  d->cited[d->n_cited++] = source;
  return d->n_cited;
}

/* An edition is worth naming where it is a year. */
static int is_plain(const char *edition) {
  return *edition && edition[strspn(edition, "0123456789-")] == '\0';
}

static const char *part(pool *p, const char *words, int which) {
  while (which-- > 0 && *words) {
    words += strcspn(words, ";");
    words += *words == ';';
  }
  return pool_copy(p, words, strcspn(words, ";"));
}

const char *cite(document *d, const char *sources, const char *editions) {
  pool *p = d->f->pool;
  prose early = prose_new(p), late = prose_new(p);
  int numbers[64], n = 0;
  for (int i = 0; n < 64; i++) {
    const char *source = part(p, sources, i), *edition = editions ? part(p, editions, i) : "";
    if (!*source) break;
    int at = number_of(d, source), again = 0;
    for (int j = 0; j < n; j++) again |= numbers[j] == at;
    if (again) continue;
    numbers[n++] = at;
    prose_join(!editions && is_after(lookup(d->f->sources, source, "date"), d->f->date) ? &late : &early, "; ",
               text_of(p, "%s%s%s [%d]", house(d->f, source), is_plain(edition) ? " " : "",
                       is_plain(edition) ? edition : "", at));
  }
  if (!late.length) return early.length ? early.data : "no source";
  return text_of(p, "%s%stold later: %s", early.data, early.length ? "; " : "", late.data);
}

static const char *newer_editions(const facts *f) {
  prose words = prose_new(f->pool);
  for (int64_t row = 0; row < critmin_table_rows(f->editions); row++) {
    const char *date = text_at(f->editions, "date", row), *title = text_at(f->editions, "title", row);
    if (!is_after(date, f->date) || !*title) continue;
    prose_join(&words, "; ",
               text_of(f->pool, "%s, %s, of %s", house(f, text_at(f->editions, "source", row)), title,
                       date_words(f->pool, date)));
  }
  return words.data;
}

static const char *lead(const facts *f) {
  const char *newer = newer_editions(f);
  return text_of(
      f->pool,
      "What was published by %s. Every number has its year and, from section 2 on, its source beside it; one that is "
      "not a point has its interval.%s%s",
      date_words(f->pool, f->date),
      f->year ? text_of(f->pool, " Figures of %d, or the newest before it.", f->year) : "",
      *newer ? " Newer editions exist; they are used only where the word later stands, and are listed at the end."
             : "");
}

void document_write(FILE *out, const style *look, const facts *f) {
  document d = {.out = out, .style = look, .f = f};
  const char *sentences[FINDINGS];
  look->begin(out, "Critical minerals: dependence, restrictions, agreements, reserves", lead(f));
  look->heading(out, 2, "1. What stands out");
  int n = findings(f, sentences);
  if (n)
    look->items(out, sentences, n, 1, 0);
  else
    look->paragraph(out, 0, "No data: nothing that is on record had been published by the day.");
  look->heading(out, 3, "China\xe2\x80\x99s share of imports");
  table_side_by_side(&d);
  if (!look->brief) section_dependence(&d);
  section_markets(&d);
  section_restrictions(&d);
  section_agreements(&d);
  if (!look->brief) {
    section_changes(&d);
    section_unknown(&d);
    section_sources(&d);
  }
  section_stops(&d);
  look->end(out);
}
