/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "briefing.h"

/* --- restrictions ----------------------------------------------------------------------------------------------------
 */

/* Those that name a country asked about first, then those against everybody; the newest first. */
static int comes_before(const facts *f, int64_t a, int64_t b) {
  const critmin_table *r = f->restrictions;
  int64_t rows[] = {a, b};
  int rank[2];
  for (int i = 0; i < 2; i++) rank[i] = names_asked(f, rows[i]) ? 0 : *text_at(r, "targets", rows[i]) ? 2 : 1;
  if (rank[0] != rank[1]) return rank[0] < rank[1];
  int order = strcmp(text_at(r, "effective", a), text_at(r, "effective", b));
  return order > 0 || (order == 0 && a < b);
}

static const char *what_it_is(const facts *f, int64_t row) {
  static const char *const known[][2] = {{"ban", "export ban"},     {"licence", "export licence"},
                                         {"quota", "export quota"}, {"tax", "export tax"},
                                         {"outage", "outage"},      {"other", "other rule"}};
  const critmin_table *r = f->restrictions;
  const char *kind = text_at(r, "kind", row);
  double share = number_at(r, "share", row), rate = number_at(r, "rate", row);
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(known[i][0], kind) == 0) kind = known[i][1];
  prose words = prose_new(f->pool);
  prose_add(&words, "%s", kind);
  if (!isnan(share)) prose_add(&words, ", %s held back", percent(f, share));
  if (!isnan(rate)) prose_add(&words, ", rate %s", percent(f, rate));
  return words.data;
}

static const char *state_words(const facts *f, int64_t row) {
  const critmin_table *r = f->restrictions;
  const char *state = text_at(r, "state", row), *until = text_at(r, "suspended_until", row),
             *end = text_at(r, "until", row);
  if (strcmp(state, "suspended") == 0)
    return *until ? text_of(f->pool, "suspended to %s", date_words(f->pool, until)) : "suspended";
  if (strcmp(state, "announced") == 0) return "announced only";
  return *end ? text_of(f->pool, "in force, to %s", date_words(f->pool, end)) : "in force";
}

void section_restrictions(document *d) {
  static const char *const names[] = {"Who", "What", "Minerals", "Against", "Since", "State", "Rests on"};
  static const int kinds[] = {WORDS_COLUMN, WORDS_COLUMN, WORDS_COLUMN, WORDS_COLUMN,
                              WORDS_COLUMN, WORDS_COLUMN, DETAIL_COLUMN};
  const facts *f = d->f;
  const critmin_table *r = f->restrictions;
  int64_t n = critmin_table_rows(r), *order = pool_take(f->pool, (size_t)(n + 1) * sizeof *order);
  for (int64_t i = 0; i < n; i++) {
    int64_t at = i;
    for (; at > 0 && comes_before(f, i, order[at - 1]); at--) order[at] = order[at - 1];
    order[at] = i;
  }
  sheet *s = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  for (int64_t i = 0; i < n; i++) {
    int64_t row = order[i];
    const char *effective = text_at(r, "effective", row), *announced = text_at(r, "announced", row);
    const char *minerals = names_words(f, text_at(r, "minerals", row), mineral_in_sentence);
    const char *targets = names_words(f, text_at(r, "targets", row), country_name);
    const char *note = without_foresight(f->pool, text_at(r, "note", row), f->date);
    int practice = strcmp(text_at(r, "basis", row), "practice") == 0,
        primary = strcmp(text_at(r, "confidence", row), "primary") == 0;
    sheet_put(s, *text_at(r, "country", row) ? country_name(f, text_at(r, "country", row)) : "no state");
    sheet_put(s, what_it_is(f, row));
    sheet_put(s, *minerals ? minerals : "none named");
    sheet_put(s, *targets ? targets : "everybody");
    sheet_put(s, *effective ? date_words(f->pool, effective)
                            : text_of(f->pool, "announced %s", date_words(f->pool, announced)));
    sheet_put(s, state_words(f, row));
    sheet_put(s, text_of(f->pool, "%s%s%s%s %s", practice ? "reported practice" : "decree",
                         primary ? ", text read. " : ", from reports. ", note, *note ? "" : "No note.",
                         cite_numbers(d, text_at(r, "sources", row))));
  }
  d->style->heading(d->out, 2, text_of(f->pool, "5. What is withheld on %s", date_words(f->pool, f->date)));
  if (!n) {
    d->style->paragraph(
        d->out, 0, "No data: no restriction of these minerals is on record for the day. That is not the same as none.");
    return;
  }
  d->style->paragraph(d->out, 0,
                      "A decree is what a state put in writing; practice is what is reported to happen. Both are "
                      "shown, and kept apart. Those that name a country of this paper come first.");
  d->style->table(d->out, s);
}

/* --- agreements and reserves -----------------------------------------------------------------------------------------
 */

static const char *agreement_state(const facts *f, int64_t row) {
  const critmin_table *a = f->agreements;
  const char *day = text_at(a, "signed", row);
  if (!*day) day = text_at(a, "effective", row);
  return text_of(f->pool, "%s%s", date_words(f->pool, day),
                 strcmp(text_at(a, "state", row), "in_force") == 0 ? "; in force" : "");
}

static void agreements(document *d) {
  static const char *const names[] = {"Agreement", "Between", "Signed", "What it amounts to", "What acts of it"};
  static const int kinds[] = {WORDS_COLUMN, WORDS_COLUMN, WORDS_COLUMN, WORDS_COLUMN, DETAIL_COLUMN};
  const facts *f = d->f;
  const critmin_table *a = f->agreements;
  int64_t n = critmin_table_rows(a);
  sheet *s = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  const char **bare = pool_take(f->pool, (size_t)(n + 1) * sizeof *bare);
  int n_bare = 0;
  for (int rank = ACTS; rank <= NOTHING; rank++) {
    for (int64_t row = n; row-- > 0;) {
      promise p = promise_of(f, text_at(a, "agreement", row));
      if (p.rank != rank) continue;
      const char *parties = names_words(f, text_at(a, "parties", row), country_name), *name = text_at(a, "name", row);
      const char *note = without_foresight(f->pool, text_at(a, "note", row), f->date);
      if (rank == NOTHING) {
        bare[n_bare++] = text_of(f->pool, "%s (%s), %s %s", name, parties, agreement_state(f, row),
                                 cite_numbers(d, text_at(a, "sources", row)));
        continue;
      }
      sheet_put(s, name);
      sheet_put(s, parties);
      sheet_put(s, agreement_state(f, row));
      sheet_put(s, text_of(f->pool, "%s.%s%s%s %s", p.amounts, *note ? " " : "", first_sentence(f, note),
                           *note ? "." : "", cite_numbers(d, text_at(a, "sources", row))));
      sheet_put(s, p.acts);
    }
  }
  if (s->rows)
    d->style->table(d->out, s);
  else
    d->style->paragraph(d->out, 0, "No data: no agreement on these minerals names tonnes, a share, a right or money.");
  if (!n_bare || d->style->brief) return;
  d->style->heading(d->out, 3, "Agreements that name no quantity");
  d->style->paragraph(d->out, 1,
                      "They promise to work together. Nothing of them can be counted in tonnes, days or money.");
  d->style->items(d->out, bare, n_bare, 0, 1);
}

static void join_new(prose *all, const char *with, const char *item) {
  if (*item && !strstr(all->data, item)) prose_join(all, with, item);
}

static int same_text(const critmin_table *t, const char *column, int64_t a, int64_t b) {
  return strcmp(text_at(t, column, a), text_at(t, column, b)) == 0;
}

/* Rows of one programme are told as one, with what each mineral of it comes to. */
static int same_reserve(const facts *f, int64_t a, int64_t b) {
  const critmin_table *r = f->reserves;
  return is_strategic(f, b) && same_text(r, "holder", a, b) && same_text(r, "programme", a, b) &&
         same_text(r, "state", a, b) && same_text(r, "from", a, b);
}

static int holder_is_asked(const facts *f, int64_t row) {
  for (int c = 0; c < f->n_countries; c++)
    if (strcmp(f->countries_asked[c], text_at(f->reserves, "holder", row)) == 0) return 1;
  return 0;
}

static void reserve_row(document *d, sheet *s, int64_t row) {
  const facts *f = d->f;
  const critmin_table *r = f->reserves;
  const char *state = text_at(r, "state", row);
  prose of = prose_new(f->pool), notes = prose_new(f->pool), all = prose_new(f->pool);
  const char *size = "";
  for (int64_t other = row; other < critmin_table_rows(r); other++) {
    if (!same_reserve(f, row, other)) continue;
    const char *stage = text_at(r, "stage", other), *mineral = mineral_in_sentence(f, text_at(r, "mineral", other));
    const char *here = reserve_size(f, other), *sources = text_at(r, "sources", other);
    const char *name = *stage ? text_of(f->pool, "%s, %s", mineral, stage) : mineral;
    /* The size stands behind the last of the minerals that it holds for. */
    if (of.length && strcmp(size, here) != 0) prose_add(&of, ": %s; %s", size, name);
    else prose_join(&of, ", ", name);
    size = here;
    join_new(&notes, " ", without_foresight(f->pool, text_at(r, "note", other), f->date));
    join_new(&all, ";", *sources ? sources : text_at(r, "source", other));
  }
  sheet_put(s, country_name(f, text_at(r, "holder", row)));
  sheet_put(s, text_at(r, "programme", row));
  sheet_put(s, text_of(f->pool, "%s: %s", of.data, size));
  sheet_put(s, text_of(f->pool, "%s, %s", *state ? state : "not said", date_words(f->pool, text_at(r, "from", row))));
  sheet_put(s, text_of(f->pool, "%s%s%s", notes.data, notes.length ? " " : "", cite_numbers(d, all.data)));
}

static void reserves(document *d) {
  static const char *const names[] = {"Holder", "Programme", "What, and how much", "State, said of", "Note"};
  static const int kinds[] = {WORDS_COLUMN, WORDS_COLUMN, WORDS_COLUMN, WORDS_COLUMN, DETAIL_COLUMN};
  const facts *f = d->f;
  sheet *s = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  for (int asked = 1; asked >= 0; asked--) {
    for (int64_t row = 0; row < critmin_table_rows(f->reserves); row++) {
      int first = 1;
      for (int64_t before = 0; before < row && first; before++)
        first = !is_strategic(f, before) || !same_reserve(f, row, before);
      if (is_strategic(f, row) && first && holder_is_asked(f, row) == asked) reserve_row(d, s, row);
    }
  }
  d->style->heading(d->out, 3, "Strategic reserves");
  if (!s->rows) {
    d->style->paragraph(d->out, 0, "No data: no reserve of these minerals is on record for the day.");
    return;
  }
  d->style->paragraph(d->out, 1,
                      "Days of use are kept as days: nobody says of what use in tonnes. Existing: held, or the "
                      "standing target of a stock that is held; planned and right: nothing is held yet.");
  d->style->table(d->out, s);
}

void section_agreements(document *d) {
  d->style->heading(d->out, 2, "6. What is agreed and held");
  d->style->paragraph(d->out, 0,
                      "Only tonnes, and shares of an output that is known, act on dependence. Rights need not be used, "
                      "and money is never turned into tonnes. What acts stands first.");
  agreements(d);
  reserves(d);
}

/* --- what changed
 * ------------------------------------------------------------------------------------------------------ */

/* What is announced and takes effect on one day, and what differs in the mineral alone, is one event; so are a
 * programme that is told of mineral by mineral, and agreements of one day that one source tells of. */
static int same_event(const critmin_table *t, int64_t a, int64_t b) {
  const char *one = text_at(t, "text", a), *other = text_at(t, "text", b);
  size_t length = strcspn(one, ":");
  int same_programme = strcmp(text_at(t, "what", a), "reserve") == 0 && strcspn(other, ":") == length &&
                       strncmp(one, other, length) == 0;
  int same_signing = strcmp(text_at(t, "what", a), "agreement") == 0 && same_text(t, "event", a, b) &&
                     same_text(t, "sources", a, b);
  return same_text(t, "day", a, b) && same_text(t, "what", a, b) &&
         (strcmp(one, other) == 0 || same_programme || same_signing);
}

static const char *event_words(const facts *f, const char *events) {
  if (strcmp(events, "resumed") == 0) return "Suspension ends"; /* with that day: in force from the next */
  char *words = pool_take(f->pool, strlen(events) + 1);
  for (size_t i = 0; events[i]; i++) words[i] = events[i] == '_' ? ' ' : events[i];
  return with_capital(f->pool, words);
}

/* Days in words, the agreement that replaces another by its name, and what a rule rests on. */
static const char *event_text(const facts *f, const critmin_table *t, const char *text) {
  static const char *const bases[][2] = {{", decree", " by decree"}, {", practice", " by reported practice"}};
  prose words = prose_new(f->pool);
  for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
    size_t head = strcspn(text, ","), length = strlen(bases[i][0]);
    if (strncmp(text + head, bases[i][0], length) != 0) continue;
    if (head == strlen("other") && strncmp(text, "other", head) == 0)
      prose_add(&words, "rule%s", bases[i][1]);
    else
      prose_add(&words, "%.*s%s", (int)head, text, bases[i][1]);
    text += head + length;
  }
  const char *until = strstr(text, ", until "), *by = strstr(text, ", by ");
  if (until && is_day(until + 8)) {
    prose_add(&words, "%.*s, until %s", (int)(until - text), text, date_words(f->pool, until + 8));
    return words.data;
  }
  for (int64_t row = 0; by && row < critmin_table_rows(t); row++)
    if (strcmp(text_at(t, "key", row), by + 5) == 0)
      return text_of(f->pool, "%.*s, by: %s", (int)(by - text), text, text_at(t, "text", row));
  prose_add(&words, "%s", text);
  return words.data;
}

/* What happened, in a sentence; of a programme that is told of mineral by mineral its name. */
static const char *event_told(const facts *f, const critmin_table *t, int64_t row, int late) {
  const char *words = without_foresight(f->pool, text_at(t, "text", row), late ? f->newest_edition : f->date);
  for (int64_t other = 0; other < critmin_table_rows(t); other++)
    if (strcmp(text_at(t, "what", row), "reserve") == 0 && same_event(t, row, other) &&
        !same_text(t, "text", row, other))
      return pool_copy(f->pool, words, strcspn(words, ":"));
  return first_sentence(f, event_text(f, t, words));
}

/* Of what came after the day every source did: they are numbered without saying so. */
static const char *cite_late(document *d, const char *sources) {
  const char *all = cite_numbers(d, sources), *marked = strstr(all, "told later: ");
  return marked == all ? all + strlen("told later: ") : all;
}

/* `late`: of what came after the day, where every source did. */
static const char *event_item(document *d, const critmin_table *t, int64_t row, int late) {
  const facts *f = d->f;
  prose what = prose_new(f->pool), minerals = prose_new(f->pool), sources = prose_new(f->pool),
        countries = prose_new(f->pool);
  prose texts = prose_new(f->pool);
  for (int64_t other = 0; other < critmin_table_rows(t); other++) {
    if (!same_event(t, row, other)) continue;
    join_new(&texts, "; ", event_told(f, t, other, late));
    join_new(&what, ", ", text_at(t, "event", other));
    join_new(&minerals, ", ", names_words(f, text_at(t, "minerals", other), mineral_in_sentence));
    join_new(&countries, ", ", names_words(f, text_at(t, "countries", other), country_name));
    join_new(&sources, ";", text_at(t, "sources", other));
  }
  join_new(&countries, ", ", minerals.data);
  return text_of(f->pool, "%s. %s: %s (%s) %s", date_words(f->pool, text_at(t, "day", row)), event_words(f, what.data),
                 texts.length ? texts.data : text_at(t, "what", row),
                 countries.length ? countries.data : "nobody named",
                 late ? cite_late(d, sources.data) : cite_numbers(d, sources.data));
}

static void events(document *d, const critmin_table *t, int newest_first) {
  const facts *f = d->f;
  int64_t n = critmin_table_rows(t);
  const char **items = pool_take(f->pool, (size_t)(n + 1) * sizeof *items);
  int told_of = 0;
  for (int64_t i = 0; i < n; i++) {
    int64_t row = newest_first ? n - 1 - i : i;
    int first = 1;
    for (int64_t j = 0; j < i && first; j++) first = !same_event(t, row, newest_first ? n - 1 - j : j);
    if (first) items[told_of++] = event_item(d, t, row, !newest_first);
  }
  if (told_of)
    d->style->items(d->out, items, told_of, 0, 1);
  else
    d->style->paragraph(d->out, 0, "No data: nothing is on record.");
}

static const char *largest_words(const facts *f, const market *m) {
  if (!m->found || !m->n_producers) return "no data";
  return text_of(f->pool, "%s, %s, %s", country_name(f, m->producers[0].country),
                 with_interval(f, m->producers[0].share), year_words(f, m->year, m->flags));
}

static void figures_then_and_now(document *d) {
  static const char *const names[] = {"Market", "Largest, as known a year before", "Source", "Largest, as known now",
                                      "Source"};
  static const int kinds[] = {WORDS_COLUMN, WORDS_COLUMN, DETAIL_COLUMN, WORDS_COLUMN, DETAIL_COLUMN};
  static const char *const stages[] = {[MINED] = "mined", [REFINED] = "refined"};
  const facts *f = d->f;
  sheet *s = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  for (int i = 0; i < f->n_topics; i++)
    for (int which = MINED; which <= REFINED; which++) {
      const market *then = &f->topics[i].before[which], *now = &f->topics[i].market[which];
      if (!then->found && !now->found) continue;
      sheet_put(s, text_of(f->pool, "%s, %s", f->topics[i].name, stages[which]));
      sheet_put(s, largest_words(f, then));
      sheet_put(s, then->found ? cite(d, then->source, then->edition) : "no data");
      sheet_put(s, largest_words(f, now));
      sheet_put(s, now->found ? cite(d, now->source, now->edition) : "no data");
    }
  if (s->rows) d->style->table(d->out, s);
}

void section_changes(document *d) {
  const facts *f = d->f;
  d->style->heading(d->out, 2, text_of(f->pool, "7. What changed since %s", date_words(f->pool, f->since)));
  d->style->heading(d->out, 3, "What was agreed, held and forbidden");
  d->style->paragraph(d->out, 1,
                      "The newest first. A date that is only a month or a year counts as the last day it can mean.");
  events(d, f->changes, 1);
  d->style->heading(d->out, 3, "The largest producer");
  d->style->paragraph(d->out, 1,
                      "As the editions of a year before had it, and as those of the day have it. Where the source "
                      "differs the two are no trend.");
  figures_then_and_now(d);
  if (!critmin_table_rows(f->after)) return;
  d->style->heading(d->out, 3, text_of(f->pool, "After %s", date_words(f->pool, f->date)));
  d->style->paragraph(d->out, 1,
                      text_of(f->pool,
                              "What the record has for the days from then to %s, and what falls due by then. What "
                              "happened was not known on the day; nothing above rests on it.",
                              date_words(f->pool, f->newest_edition)));
  events(d, f->after, 0);
}
