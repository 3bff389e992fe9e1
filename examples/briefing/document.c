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

const char *cite_numbers(document *d, const char *sources) {
  prose early = prose_new(d->f->pool), late = prose_new(d->f->pool);
  for (int i = 0;; i++) {
    const char *source = part(d->f->pool, sources, i);
    if (!*source) break;
    prose *to = is_after(lookup(d->f->sources, source, "date"), d->f->date) ? &late : &early;
    const char *mark = text_of(d->f->pool, "[%d]", number_of(d, source));
    if (!strstr(to->data, mark)) prose_join(to, " ", mark);
  }
  if (!early.length && !late.length) return "no source";
  if (late.length) prose_join(&early, "; ", text_of(d->f->pool, "told later: %s", late.data));
  return early.data;
}

static const char *lead(const facts *f) {
  return text_of(f->pool, "What was published by %s, for %s.%s", date_words(f->pool, f->date), place_name(f, f->group),
                 f->year ? text_of(f->pool, " Figures of %d, or the newest before it.", f->year) : "");
}

void document_write(FILE *out, const style *look, const facts *f) {
  document d = {.out = out, .style = look, .f = f};
  look->begin(out, "Critical minerals: what is withheld, how exposed we are, how long we last, what helps", lead(f));
  section_front(&d);
  if (look->turn) look->turn(out);
  section_dependence(&d);
  section_origin(&d);
  section_stops(&d);
  section_restrictions(&d);
  section_agreements(&d);
  if (!look->brief) section_changes(&d);
  section_markets(&d);
  if (!look->brief) {
    section_unknown(&d);
    section_sources(&d);
  }
  look->end(out);
}
