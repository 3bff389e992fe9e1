/* SPDX-License-Identifier: MIT */
/* Sentences that are worked out from the facts; one without its facts is left out. */
#include <math.h>
#include <string.h>

#include "briefing.h"

/* --- the paper's own -------------------------------------------------------------------------------------------- */

/* The range over the minerals that a range was quoted for, beside that range. */
const char *finding_refining(const facts *f) {
  const topic *least = NULL, *most = NULL, *last = NULL;
  prose names = prose_new(f->pool);
  int counted = 0;
  for (int i = 0; i < f->n_topics; i++) {
    const topic *t = &f->topics[i];
    double share = t->market[REFINED].china.value;
    if (!t->in_story || isnan(share)) continue;
    counted++;
    if (last) prose_join(&names, ", ", last->name);
    last = t;
    if (!least || share < least->market[REFINED].china.value) least = t;
    if (!most || share > most->market[REFINED].china.value) most = t;
  }
  if (counted < 2) return NULL;
  return text_of(f->pool,
                 "Of the world's %s and %s China refines from %s (%s, %s) to %s (%s, %s), by these figures. The range "
                 "quoted in January 2026, 47 to 87 per cent, could not be traced to a published table.",
                 names.data, last->name, percent(f, least->market[REFINED].china.value), least->name,
                 year_words(f, least->market[REFINED].year, least->market[REFINED].flags),
                 percent(f, most->market[REFINED].china.value), most->name,
                 year_words(f, most->market[REFINED].year, most->market[REFINED].flags));
}

static const char *of_kind(const char *kind) {
  static const char *const known[][2] = {
      {"ban", "a ban"}, {"licence", "licences"}, {"quota", "a quota"}, {"tax", "a tax"}, {"outage", "an outage"}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(known[i][0], kind) == 0) return known[i][1];
  return "a rule";
}

static const char *restriction_told(const facts *f, int64_t row) {
  const critmin_table *r = f->restrictions;
  const char *note = first_sentence(f, without_foresight(f->pool, text_at(r, "note", row), f->date)),
             *who = text_at(r, "country", row);
  return text_of(
      f->pool, "%s against %s, since %s, %s by %s%s%s.", *who ? with_capital(f->pool, place_name(f, who)) : "Somebody",
      names_words(f, text_at(r, "targets", row), place_name), date_words(f->pool, text_at(r, "effective", row)),
      of_kind(text_at(r, "kind", row)),
      strcmp(text_at(r, "basis", row), "practice") == 0 ? "reported practice" : "decree", *note ? ": " : "", note);
}

static const char *count_words(const facts *f) {
  int in_force = 0, suspended = 0, announced = 0;
  for (int64_t row = 0; row < critmin_table_rows(f->restrictions); row++) {
    const char *state = text_at(f->restrictions, "state", row);
    in_force += strcmp(state, "in_force") == 0;
    suspended += strcmp(state, "suspended") == 0;
    announced += strcmp(state, "announced") == 0;
  }
  return text_of(f->pool, "Restrictions on record%s: %d in force, %d suspended, %d only announced.",
                 f->minerals_chosen ? " of these minerals" : "", in_force, suspended, announced);
}

/* Of those in force that name a country asked about, the newest that is not told yet; -1: none. */
static int64_t newest_naming(const facts *f, const int *used) {
  const critmin_table *r = f->restrictions;
  int64_t newest = -1;
  for (int64_t row = 0; row < critmin_table_rows(r); row++) {
    const char *date = text_at(r, "effective", row);
    if (used[row] || !names_asked(f, row) || strcmp(text_at(r, "state", row), "in_force") != 0) continue;
    if (newest < 0 || strcmp(date, text_at(r, "effective", newest)) > 0) newest = row;
  }
  return newest;
}

/* How many against all abroad are in force, by whom; they name no country, and bind each. */
static const char *against_all(const facts *f) {
  const critmin_table *r = f->restrictions;
  prose names = prose_new(f->pool);
  int n = 0;
  for (int64_t row = 0; row < critmin_table_rows(r); row++) {
    const char *who = text_at(r, "country", row);
    if (*text_at(r, "targets", row) || !*who || strcmp(text_at(r, "state", row), "in_force") != 0) continue;
    n++;
    if (!strstr(names.data, place_name(f, who))) prose_join(&names, ", ", place_name(f, who));
  }
  return n ? text_of(f->pool, "Against everybody abroad, in force: %d rules, of %s (section 5).", n, names.data) : NULL;
}

/* What is suspended and names a country that is asked about can come back. */
static const char *suspended_words(const facts *f) {
  const critmin_table *r = f->restrictions;
  prose words = prose_new(f->pool);
  for (int64_t row = 0; row < critmin_table_rows(r); row++) {
    const char *until = text_at(r, "suspended_until", row);
    if (!names_asked(f, row) || strcmp(text_at(r, "state", row), "suspended") != 0) continue;
    prose_join(&words, "; ",
               text_of(f->pool, "%s against %s, %s on %s%s%s", place_name(f, text_at(r, "country", row)),
                       names_words(f, text_at(r, "targets", row), place_name), of_kind(text_at(r, "kind", row)),
                       names_words(f, text_at(r, "minerals", row), mineral_in_sentence), *until ? ", to " : "",
                       *until ? date_words(f->pool, until) : ""));
  }
  return words.length ? text_of(f->pool, "Suspended, and can come back: %s.", words.data) : NULL;
}

int findings_withheld(const facts *f, const char *sentences[FINDINGS]) {
  enum { TOLD = 3 };
  int n = 0, *used = pool_take(f->pool, (size_t)(critmin_table_rows(f->restrictions) + 1) * sizeof *used);
  if (!critmin_table_rows(f->restrictions)) return 0;
  sentences[n++] = count_words(f);
  for (int i = 0; i < TOLD; i++) {
    int64_t row = newest_naming(f, used);
    if (row < 0) break;
    used[row] = 1;
    sentences[n++] = restriction_told(f, row);
  }
  const char *more[] = {suspended_words(f), against_all(f)};
  for (int i = 0; i < 2; i++)
    if (more[i]) sentences[n++] = more[i];
  return n;
}

static const char *agreements_finding(const facts *f) {
  int64_t rows = critmin_table_rows(f->agreements), largest = -1;
  int count[NOTHING + 1] = {0};
  double most = 0;
  prose acting = prose_new(f->pool);
  for (int64_t row = 0; row < rows; row++) {
    promise p = promise_of(f, text_at(f->agreements, "agreement", row));
    count[p.rank]++;
    if (p.rank == ACTS)
      prose_join(&acting, "; ", text_of(f->pool, "%s (%s)", text_at(f->agreements, "name", row), p.delivers));
    if (strcmp(text_at(f->agreements, "kind", row), "framework") == 0 && p.money > most) most = p.money, largest = row;
  }
  if (!rows) return NULL;
  prose words = prose_new(f->pool);
  prose_add(&words, "Of %lld agreements on record, %d %s tonnes that can be counted%s%s.", (long long)rows, count[ACTS],
            count[ACTS] == 1 ? "delivers" : "deliver", acting.length ? ": " : "", acting.data);
  prose_add(&words,
            " The others only promise: tonnes or shares of plants whose output is not known (%d of them), a right to "
            "buy (%d), money (%d), or nothing that can be counted (%d).",
            count[TONNES] + count[SHARE], count[RIGHT], count[MONEY], count[NOTHING]);
  if (largest >= 0)
    prose_add(&words, " The %s of %s is %s, and no tonnes.", text_at(f->agreements, "name", largest),
              date_words(f->pool, text_at(f->agreements, "signed", largest)),
              promise_of(f, text_at(f->agreements, "agreement", largest)).largest);
  return words.data;
}

/* A holder's reserves that exist and are told of in days: from the least to the most. */
static const char *days_of(const facts *f, const char *holder) {
  double least = INFINITY, most = 0;
  for (int64_t row = 0; row < critmin_table_rows(f->reserves); row++) {
    double days = number_at(f->reserves, "days_of_cover", row);
    if (!is_strategic(f, row) || isnan(days) || strcmp(text_at(f->reserves, "holder", row), holder) != 0) continue;
    if (strcmp(text_at(f->reserves, "state", row), "existing") != 0) continue;
    if (days < least) least = days;
    if (days > most) most = days;
  }
  if (least > most) return NULL;
  const char *high = plain_number(f, most, 0);
  return least < most ? text_of(f->pool, "%s %s to %s", country_name(f, holder), plain_number(f, least, 0), high)
                      : text_of(f->pool, "%s %s", country_name(f, holder), high);
}

/* Who had a reserve that was announced only after the day, and none on record by it. */
static const char *told_of_later(const facts *f) {
  prose names = prose_new(f->pool);
  for (int64_t row = 0; row < critmin_table_rows(f->after); row++) {
    const char *key = text_at(f->after, "countries", row), *holder = country_name(f, key);
    int known = strcmp(text_at(f->after, "what", row), "reserve") != 0 || strstr(names.data, holder) != NULL;
    for (int64_t other = 0; other < critmin_table_rows(f->reserves) && !known; other++)
      known = is_strategic(f, other) && strcmp(text_at(f->reserves, "holder", other), key) == 0;
    if (!known) prose_join(&names, ", ", holder);
  }
  return names.data;
}

static const char *reserves_finding(const facts *f) {
  const critmin_table *r = f->reserves;
  prose days = prose_new(f->pool), tonnes = prose_new(f->pool), planned = prose_new(f->pool);
  int any = 0;
  for (int64_t row = 0; row < critmin_table_rows(r); row++) {
    if (!is_strategic(f, row)) continue;
    const char *key = text_at(r, "holder", row), *holder = country_name(f, key), *of_holder = days_of(f, key);
    any = 1;
    if (of_holder && !strstr(days.data, of_holder)) prose_join(&days, ", ", of_holder);
    if (strcmp(text_at(r, "state", row), "existing") != 0) {
      if (!strstr(planned.data, holder)) prose_join(&planned, ", ", holder);
    } else if (!isnan(number_at(r, "value", row))) {
      prose_join(&tonnes, "; ",
                 text_of(f->pool, "%s %s of %s", holder, reserve_size(f, row),
                         mineral_in_sentence(f, text_at(r, "mineral", row))));
    }
  }
  if (!any) return NULL;
  prose words = prose_new(f->pool);
  prose_add(&words, "Reserves are told of in days, hardly in tonnes.");
  if (days.length) prose_add(&words, " Held, or the standing target of a stock, in days of use: %s.", days.data);
  if (tonnes.length) prose_add(&words, " In tonnes: %s.", tonnes.data);
  if (planned.length) prose_add(&words, " Planned, or no more than a right to buy: %s.", planned.data);
  const char *later = told_of_later(f);
  if (*later) prose_add(&words, " Told of only after the day: %s.", later);
  return words.data;
}

int findings_helps(const facts *f, const char *sentences[FINDINGS]) {
  const char *(*const written[])(const facts *) = {agreements_finding, reserves_finding};
  int n = 0;
  for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
    const char *sentence = written[i](f);
    if (sentence) sentences[n++] = with_capital(f->pool, sentence);
  }
  return n;
}

/* --- the markets' ------------------------------------------------------------------------------------------------ */

static const char *more_refined_than_mined(const facts *f) {
  prose names = prose_new(f->pool);
  for (int i = 0; i < f->n_topics; i++) {
    const topic *t = &f->topics[i];
    double mined = t->market[MINED].china.value, refined = t->market[REFINED].china.value;
    if (isnan(mined) || isnan(refined) || refined - mined < 0.2) continue;
    prose_join(&names, ", ",
               text_of(f->pool, "%s (%s mined, %s refined)", t->name, percent(f, mined), percent(f, refined)));
  }
  return names.length ? text_of(f->pool, "China refines far more of the world's supply than it mines: %s.", names.data)
                      : NULL;
}

static const char *weakest_without_largest(const facts *f) {
  const topic *worst = NULL;
  int at = 0;
  for (int i = 0; i < f->n_topics; i++)
    for (int which = MINED; which <= REFINED; which++) {
      const market *m = &f->topics[i].market[which];
      if (!m->found || isnan(m->without_largest.value)) continue;
      if (!worst || m->without_largest.value < worst->market[at].without_largest.value)
        worst = &f->topics[i], at = which;
    }
  if (!worst) return NULL;
  const market *m = &worst->market[at];
  return text_of(f->pool,
                 "The narrowest supply is %s %s: without %s the world would have %s of what it makes now (%s).",
                 at == MINED ? "mined" : "refined", worst->name, place_name(f, m->largest),
                 percent(f, m->without_largest.value), year_words(f, m->year, m->flags));
}

static const char *ground_is_elsewhere(const facts *f) {
  prose names = prose_new(f->pool);
  for (int i = 0; i < f->n_topics; i++) {
    const market *ground = &f->topics[i].market[IN_GROUND], *refined = &f->topics[i].market[REFINED];
    if (!ground->found || !ground->n_producers || isnan(refined->china.value) || isnan(ground->china.value)) continue;
    if (refined->china.value - ground->china.value < 0.3) continue;
    prose_join(&names, ", ",
               text_of(f->pool, "%s (%s in the ground, %s refined)", f->topics[i].name, percent(f, ground->china.value),
                       percent(f, refined->china.value)));
  }
  return names.length
             ? text_of(f->pool, "China has far less of what is in the ground than of what is refined: %s.", names.data)
             : NULL;
}

int market_findings(const facts *f, const char *sentences[FINDINGS]) {
  const char *(*const written[])(const facts *) = {more_refined_than_mined, weakest_without_largest,
                                                   ground_is_elsewhere};
  int n = 0;
  for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
    const char *sentence = written[i](f);
    if (sentence) sentences[n++] = with_capital(f->pool, sentence);
  }
  return n;
}
