/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "briefing.h"

#define DASH "\xe2\x80\x93"

const char *country_name(const facts *f, const char *key) {
  const char *name = lookup(f->countries, key, "name");
  if (*name) return name;
  name = lookup(f->groups, key, "name");
  return *name ? pool_copy(f->pool, name, strcspn(name, ",")) : key;
}

const char *place_name(const facts *f, const char *key) {
  static const char *const with_article[] = {"ARE", "COD", "GBR", "NLD", "PHL", "USA", "EUU"};
  const char *name = country_name(f, key);
  int article = *lookup(f->groups, key, "name") != '\0' && strncmp(name, "The ", 4) != 0;
  for (size_t i = 0; i < sizeof with_article / sizeof *with_article; i++) article |= strcmp(key, with_article[i]) == 0;
  if (strncmp(name, "The ", 4) == 0) return text_of(f->pool, "t%s", name + 1);
  return article ? text_of(f->pool, "the %s", name) : name;
}

const char *mineral_name(const facts *f, const char *key) {
  const char *name = lookup(f->minerals, key, "name");
  return *name ? name : key;
}

const char *lower(const facts *f, const char *words) {
  char *copy = pool_take(f->pool, strlen(words) + 1);
  strcpy(copy, words);
  copy[0] = (char)tolower((unsigned char)copy[0]);
  return copy;
}

const char *mineral_in_sentence(const facts *f, const char *key) {
  return lower(f, mineral_name(f, key));
}

const char *line_name(const facts *f, const topic *t, const line *l) {
  const char *mineral = strcmp(l->mineral, t->key) == 0 ? t->name : mineral_in_sentence(f, l->mineral),
             *stage = l->stage;
  for (int64_t row = 0; row < critmin_table_rows(f->stages); row++)
    if (strcmp(text_at(f->stages, "mineral", row), l->mineral) == 0 &&
        strcmp(text_at(f->stages, "stage", row), l->stage) == 0)
      stage = text_at(f->stages, "name", row);
  return text_of(f->pool, "%s: %s", mineral, lower(f, stage));
}

const char *plain_number(const facts *f, double value, int decimals) {
  if (isnan(value)) return "no data";
  const char *digits = text_of(f->pool, "%.*f", decimals, value);
  size_t whole = strcspn(digits, ".");
  prose grouped = prose_new(f->pool);
  for (size_t i = 0; digits[i]; i++)
    prose_add(&grouped, "%s%c", i && i < whole && (whole - i) % 3 == 0 && digits[i - 1] != '-' ? "," : "", digits[i]);
  return grouped.data;
}

const char *percent(const facts *f, double share) {
  if (isnan(share)) return "no data";
  if (share > 0 && share < 0.0005) return "under 0.1 %";
  return text_of(f->pool, "%.*f %%", share > 0 && share < 0.0995 ? 1 : 0, 100 * share);
}

const char *with_interval(const facts *f, number share) {
  if (isnan(share.value)) {
    if (isnan(share.low) || isnan(share.high)) return "no data";
    int decimals = share.high < 0.0995;
    return text_of(f->pool, "%.*f to %.*f %%", share.low > 0 ? decimals : 0, 100 * share.low, decimals,
                   100 * share.high);
  }
  if (isnan(share.low) || isnan(share.high) || share.high - share.low < 0.0005) return percent(f, share.value);
  return text_of(f->pool, "%.1f %% (%.1f" DASH "%.1f)", 100 * share.value, 100 * share.low, 100 * share.high);
}

const char *money_words(const facts *f, double amount, const char *currency) {
  int billions = amount >= 1e9;
  double shown = amount / (billions ? 1e9 : 1e6);
  const char *digits = plain_number(f, shown, 1);
  size_t length = strlen(digits) - (strcmp(digits + strlen(digits) - 2, ".0") == 0 ? 2 : 0);
  return text_of(f->pool, "%s %.*s %s", currency, (int)length, digits, billions ? "billion" : "million");
}

/* A mean over several years is not of the year it ends with. */
const char *year_words(const facts *f, int year, const char *flags) {
  return text_of(f->pool, strstr(flags, "PERIOD_MEAN") ? "mean to %d" : "%d", year);
}

const char *years_words(const facts *f, const reading *r) {
  return r->from == r->to ? year_words(f, r->to, r->flags) : text_of(f->pool, "%d" DASH "%d", r->from, r->to);
}

const char *names_words(const facts *f, const char *keys, const char *(*name)(const facts *, const char *)) {
  prose all = prose_new(f->pool);
  while (*keys) {
    size_t length = strcspn(keys, ";");
    prose_join(&all, ", ", name(f, pool_copy(f->pool, keys, length)));
    keys += length + (keys[length] == ';');
  }
  return all.data;
}

int is_one_of(const char *keys, const char *key) {
  size_t n = strlen(key);
  for (const char *at = keys; (at = strstr(at, key)); at += n)
    if ((at == keys || at[-1] == ';') && (at[n] == '\0' || at[n] == ';')) return 1;
  return 0;
}

const char *beside(const facts *f, const char *by_day, const char *later) {
  if (!later) return by_day ? by_day : "no data";
  return text_of(f->pool, "%s (later: %s)", by_day ? by_day : "no data", later);
}

static const char *amount_words(const facts *f, const reading *r) {
  if (r->members < 2) return with_interval(f, r->n);
  if (!isnan(r->n.value)) return text_of(f->pool, "%s (each of %d)", percent(f, r->n.value), r->members);
  return text_of(f->pool, "%.0f to %.0f %% (%d of them)", 100 * r->n.low, 100 * r->n.high, r->members);
}

static const char *reading_words(const facts *f, const reading *r) {
  if (!is_known(r)) return NULL;
  if (strstr(r->flags, "NET_EXPORTER")) return text_of(f->pool, "net exporter, %s", years_words(f, r));
  return text_of(f->pool, "%s, %s", amount_words(f, r), years_words(f, r));
}

const char *told_words(const facts *f, const told *t) {
  return beside(f, reading_words(f, &t->by_day), reading_words(f, &t->later));
}

static const struct {
  const char *flag, *mark, *words;
} caveats[] = {
    {"ESTIMATED", "e", "estimates"},
    {"RESIDUAL_USED", "u", "some unlisted"},
    {"WITHHELD_USED", "w", "some withheld"},
    {"NOT_AVAILABLE", "n", "some not available"},
    {"NO_TOTAL", "t", "no total is printed: shares of those listed"},
    {"TOTAL_BELOW_SUM", "s", "total below its parts"},
    {"TOTAL_EXCLUDES", "x", "total leaves one out"},
    {"UNBOUNDED", "b", "no upper bound"},
    {"ASSUMED", "a", "gaps assumed"},
    {"EARLIER_YEAR", "y", "an earlier year answers in part"},
};
enum { CAVEATS = sizeof caveats / sizeof caveats[0] };

const char *marks(const facts *f, const char *flags) {
  prose all = prose_new(f->pool);
  for (size_t i = 0; flags && i < CAVEATS; i++)
    if (strstr(flags, caveats[i].flag)) prose_add(&all, "%s", caveats[i].mark);
  return all.data;
}

const char *marks_explained(const facts *f) {
  prose all = prose_new(f->pool);
  for (size_t i = 0; i < CAVEATS; i++)
    prose_join(&all, "; ", text_of(f->pool, "%s %s", caveats[i].mark, caveats[i].words));
  return all.data;
}

/* A percentage of money must not be taken for one of tonnes. */
static const char *basis_of(const reading *r) {
  static const struct {
    const char *source, *words;
  } shares[] = {
      {"un_comtrade", "value"},
      {"eu_crm", "the study"},
      {"usgs_mcs", "printed"},
      {"eurostat_ree22", "tonnes"},
      {"eurostat_ree23", "tonnes"},
      {"eurostat_ree24", "tonnes"},
  };
  if (strstr(r->flags, "BY_VALUE")) return "value";
  if (strstr(r->flags, "PUBLISHED")) return "printed";
  if (r->is_reliance) return "tonnes";
  for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
    if (strcmp(shares[i].source, r->source) == 0) return shares[i].words;
  return "printed";
}

const char *rests_on(const facts *f, const reading *r) {
  const char *more = marks(f, r->flags);
  return *more ? text_of(f->pool, "%s, %s", basis_of(r), more) : basis_of(r);
}

const char *house(const facts *f, const char *source) {
  static const char *const known[][2] = {{"usgs_mcs", "USGS"},      {"un_comtrade", "UN Comtrade"},
                                         {"eu_crm", "EU study"},    {"iea_cmd", "IEA"},
                                         {"usitc", "USITC"},        {"hmrc_uktrade", "HMRC"}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(known[i][0], source) == 0) return known[i][1];
  const char *publisher = lookup(f->sources, source, "publisher");
  if (!*publisher) return source;
  size_t length = strcspn(publisher, ",(");
  while (length && publisher[length - 1] == ' ') length--;
  return pool_copy(f->pool, publisher, length);
}

const char *first_sentence(const facts *f, const char *words) {
  const char *end = words;
  while (*end && !(end[0] == '.' && (end[1] == ' ' || end[1] == '\0'))) end++;
  return pool_copy(f->pool, words, (size_t)(end - words));
}

const char *why_missing(int which) {
  static const char *const why[MARKETS] = {
      [MINED] = "No mine output on record by the day: recovered as a by-product, or not published by country.",
      [REFINED] = "No refining by country on record by the day.",
      [IN_GROUND] = "No reserves in the ground by country on record by the day.",
  };
  return why[which];
}
