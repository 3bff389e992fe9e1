/* SPDX-License-Identifier: MIT */
/* Where what a country has was made: a table, and a picture for each. */
#include <math.h>
#include <string.h>

#include "briefing.h"

static const char *stage_name(const facts *f, const picture *p, const char *stage, size_t length) {
  for (int64_t row = 0; row < critmin_table_rows(f->stages); row++) {
    const char *key = text_at(f->stages, "stage", row);
    if (strcmp(text_at(f->stages, "mineral", row), p->mineral) == 0 && strlen(key) == length &&
        strncmp(key, stage, length) == 0)
      return text_at(f->stages, "name", row);
  }
  return pool_copy(f->pool, stage, length);
}

/* The row of a partner at the stage before, or -1. */
static int64_t row_before(const critmin_table *t, int64_t row) {
  for (int64_t before = row; before-- > 0;)
    if (strcmp(text_at(t, "partner", before), text_at(t, "partner", row)) == 0) return before;
  return -1;
}

/* Whether it is the same at the stage before, which then tells it. */
static int is_as_before(const picture *p, int64_t row) {
  int64_t before = row_before(p->shares, row);
  if (before < 0) return 0;
  number now = answer_at(p->shares, row), then = answer_at(p->shares, before);
  return fabs(now.value - then.value) < 5e-4 && fabs(now.low - then.low) < 5e-4 && fabs(now.high - then.high) < 5e-4;
}

/* A partner's share at each stage, the user's own stage first, or at the earliest alone. */
static const char *by_stage(const facts *f, const picture *p, const char *partner, int earliest) {
  prose words = prose_new(f->pool);
  for (int64_t row = critmin_table_rows(p->shares); row-- > 0;) {
    const char *at = strstr(text_at(p->shares, "params", row), "at=");
    if (!at || strcmp(text_at(p->shares, "partner", row), partner) != 0) continue;
    size_t length = strcspn(at + 3, ";");
    if (earliest) words = prose_new(f->pool);
    if (!earliest && is_as_before(p, row)) continue;
    prose_join(&words, "; ",
               text_of(f->pool, "%s %s", lower(f, stage_name(f, p, at + 3, length)),
                       with_interval(f, answer_at(p->shares, row))));
  }
  return words.data;
}

static const char *goods_words(const facts *f, const picture *p) {
  return text_of(f->pool, "%s: %s", mineral_in_sentence(f, p->mineral),
                 lower(f, stage_name(f, p, p->stage, strlen(p->stage))));
}

static int is_same_goods(const picture *a, const picture *b) {
  return strcmp(a->mineral, b->mineral) == 0 && strcmp(a->stage, b->stage) == 0;
}

static void shares(document *d) {
  static const char *const names[] = {"Goods", "Who has them", "Bought from China",
                                      "Made in China, stage by stage", "Of unknown origin", "Sources"};
  static const int kinds[] = {WORDS_COLUMN,  WORDS_COLUMN, FIGURE_COLUMN,
                              WORDS_COLUMN, WORDS_COLUMN, DETAIL_COLUMN};
  const facts *f = d->f;
  sheet *s = sheet_new(f->pool, names, kinds, (int)(sizeof names / sizeof *names));
  for (int i = 0; i < f->n_pictures; i++) {
    const picture *p = &f->pictures[i];
    if (!p->year) continue;
    const char *china = by_stage(f, p, "CHN", 0), *unknown = by_stage(f, p, "UNK", 1);
    sheet_put(s, goods_words(f, p));
    sheet_put(s, p->title);
    sheet_put(s, with_interval(f, p->bought));
    sheet_put(s, *china ? china : "none found");
    sheet_put(s, *unknown ? unknown : "none");
    sheet_put(s, text_of(f->pool, "%s, %s", cite_numbers(d, text_at(p->shares, "source", 0)),
                         marks(f, text_at(p->shares, "flags", 0))));
  }
  if (s->rows) d->style->table(d->out, s);
}

/* What cannot be drawn, country by country for each kind of goods. */
static const char *missing(const facts *f) {
  prose all = prose_new(f->pool);
  for (int i = 0; i < f->n_pictures; i++) {
    const picture *p = &f->pictures[i];
    if (p->year || (i > 0 && is_same_goods(p, &f->pictures[i - 1]))) continue;
    prose users = prose_new(f->pool);
    for (int j = i; j < f->n_pictures && is_same_goods(p, &f->pictures[j]); j++)
      if (!f->pictures[j].year) prose_join(&users, ", ", country_name(f, f->pictures[j].country));
    prose_join(&all, "; ", text_of(f->pool, "%s (%s)", goods_words(f, p), users.data));
  }
  return all.data;
}

void section_origin(document *d) {
  const facts *f = d->f;
  if (!f->n_pictures) return;
  d->style->heading(d->out, 2, "3. Where it was really made");
  d->style->paragraph(
      d->out, 0,
      "Trade and stages looked through: what a country has at the stage named, by where it was made at that stage and "
      "at each before. The interval holds whatever of its supply a country may have passed on; stocks, and trade that "
      "is not on record, are in what is unknown. A country's own goods are its production.");
  shares(d);
  const char *none = missing(f);
  if (*none)
    d->style->paragraph(
        d->out, 1,
        text_of(f->pool, "No data: %s. From whom they bought these goods had not been published by the day.", none));
  for (int i = 0; i < f->n_pictures && d->style->picture; i++) {
    const picture *p = &f->pictures[i];
    if (!p->year) continue;
    if (i == 0 || !is_same_goods(p, &f->pictures[i - 1]) || !f->pictures[i - 1].year) {
      int drawn = 0;
      for (int j = i - 1; j >= 0 && is_same_goods(p, &f->pictures[j]); j--) drawn |= f->pictures[j].year;
      if (!drawn) d->style->heading(d->out, 3, goods_words(f, p));
    }
    d->style->picture(d->out, p);
  }
}
