/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "briefing.h"

#define DASH "\xe2\x80\x93"

static const char *producer_name(const facts *f, const char *key) {
  const char *name = lookup(f->producers, key, "name");
  return *name ? name : key;
}

static const char *goods(const facts *f, int64_t row) {
  const char *mineral = text_at(f->commitments, "mineral", row);
  return *mineral ? mineral_in_sentence(f, mineral) : "output";
}

static const char *commitment_words(const facts *f, int64_t row) {
  const critmin_table *c = f->commitments;
  const char *kind = text_at(c, "kind", row), *buyer = text_at(c, "buyer", row), *maker = text_at(c, "producer", row);
  const char *note = text_at(c, "note", row);
  prose words = prose_new(f->pool);
  if (strcmp(kind, "tonnes") == 0) {
    prose_add(&words, "%s t a year of %s", plain_number(f, number_at(c, "tonnes", row), 0), goods(f, row));
  } else if (strcmp(kind, "share") == 0) {
    prose_add(&words, "%s of the %s", percent(f, number_at(c, "share", row)), goods(f, row));
  } else if (strcmp(kind, "right") == 0) {
    prose_add(&words, "a right to buy %s", goods(f, row));
  } else {
    prose_add(&words, "%s", money_words(f, number_at(c, "amount", row), text_at(c, "currency", row)));
  }
  if (*maker) prose_add(&words, ", %s", producer_name(f, maker));
  if (*buyer) prose_add(&words, ", for %s", place_name(f, buyer));
  if (*note) prose_add(&words, " (%s)", note);
  return words.data;
}

/* What is contracted, and what may come of it. */
static const char *acting_words(const facts *f, int64_t row) {
  const critmin_table *c = f->commitments;
  return text_of(f->pool, "%s t a year of %s by contract; %s" DASH "%s to be expected, %s",
                 plain_number(f, number_at(c, "contracted", row), 0), goods(f, row),
                 plain_number(f, number_at(c, "low", row), 0), plain_number(f, number_at(c, "high", row), 0),
                 isnan(number_at(c, "expected", row)) ? "since nobody published how likely delivery is"
                                                      : "by the published probability");
}

/* Reasons name a producer by its key. */
static const char *why_words(const facts *f, int64_t row) {
  const char *why = text_at(f->commitments, "why", row), *key = text_at(f->commitments, "producer", row);
  const char *at = *key ? strstr(why, key) : NULL;
  if (!at) return why;
  return text_of(f->pool, "%.*s%s%s", (int)(at - why), why, producer_name(f, key), at + strlen(key));
}

promise promise_of(const facts *f, const char *agreement) {
  static const char *const kinds[] = {[TONNES] = "tonnes", [SHARE] = "share", [RIGHT] = "right", [MONEY] = "money"};
  const critmin_table *c = f->commitments;
  promise p = {.rank = NOTHING, .largest = ""};
  prose amounts = prose_new(f->pool), delivers = prose_new(f->pool), idle = prose_new(f->pool);
  for (int64_t row = 0; row < critmin_table_rows(c); row++) {
    if (strcmp(text_at(c, "agreement", row), agreement) != 0) continue;
    int acting = number_at(c, "acts", row) > 0, rank = MONEY;
    for (int i = TONNES; i <= MONEY; i++)
      if (strcmp(kinds[i], text_at(c, "kind", row)) == 0) rank = i;
    const char *words = commitment_words(f, row), *why = why_words(f, row);
    if (acting ? ACTS < p.rank : rank < p.rank) p.rank = acting ? ACTS : rank;
    if (rank == MONEY && number_at(c, "amount", row) > p.money) {
      p.money = number_at(c, "amount", row);
      p.largest = words;
    }
    prose_join(&amounts, "; ", words);
    if (acting)
      prose_join(&delivers, "; ", acting_words(f, row));
    else if (rank < RIGHT && !strstr(idle.data, why)) /* why money and rights do not act is said once, above the table */
      prose_join(&idle, "; ", why);
  }
  p.amounts = amounts.data;
  p.delivers = delivers.data;
  static const char *const plain[] = {[RIGHT] = "Nothing: a right.", [MONEY] = "Nothing: money."};
  p.acts = p.rank == RIGHT || p.rank == MONEY
               ? plain[p.rank]
               : text_of(f->pool, "%s%s%s.", delivers.length ? delivers.data : "Nothing: ",
                         delivers.length && idle.length ? ". The rest does not act: " : "", idle.data);
  return p;
}

int is_strategic(const facts *f, int64_t row) {
  return strcmp(text_at(f->reserves, "kind", row), "strategic") == 0;
}

const char *reserve_size(const facts *f, int64_t row) {
  const critmin_table *r = f->reserves;
  double days = number_at(r, "days_of_cover", row), value = number_at(r, "value", row),
         amount = number_at(r, "amount", row);
  number n = {value, number_at(r, "low", row), number_at(r, "high", row)};
  prose words = prose_new(f->pool);
  if (!isnan(days))
    prose_join(&words, "; ",
               text_of(f->pool, "%s days of use", plain_number(f, days, days == (double)(long)days ? 0 : 1)));
  if (!isnan(value)) {
    const char *basis = text_at(r, "basis", row);
    prose_join(
        &words, "; ",
        text_of(f->pool, "%s %s%s%s", plain_number(f, value, 0), text_at(r, "unit", row), *basis ? ", " : "", basis));
  } else if (!isnan(n.low) || !isnan(n.high)) {
    prose_join(&words, "; ",
               text_of(f->pool, "%s to %s %s", isnan(n.low) ? "0" : plain_number(f, n.low, 0),
                       isnan(n.high) ? "an unknown number of" : plain_number(f, n.high, 0), text_at(r, "unit", row)));
  }
  if (!isnan(amount)) prose_join(&words, "; ", money_words(f, amount, text_at(r, "currency", row)));
  return words.length ? words.data : "no data: size not published";
}

int names_asked(const facts *f, int64_t restriction) {
  const char *targets = text_at(f->restrictions, "targets", restriction);
  for (int c = 0; c < f->n_countries; c++)
    if (is_one_of(targets, f->countries_asked[c])) return 1;
  return 0;
}
