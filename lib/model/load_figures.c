/* SPDX-License-Identifier: MIT */
/*
 * The figures of each stage come by measure and period, with all editions of all sources beside one another. From each
 * such block one source and edition is chosen for every outlook, scenario and detail, and only its figures are kept.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/load.h"

typedef struct figure {
  double value, low, high;
  int64_t row, producer;
  const char *sector, *scenario, *unit, *basis, *note, *excludes;
  int32_t country, order, edition, projected, detail, status;
  int32_t taken;
} figure;

typedef struct block {
  figure *figures;
  size_t count, room;
  int32_t stage, measure, from, to;
  size_t markets_room, excluded_room;
} block;

static critmin_status take_figure(cm_loader *loader, const cm_cursor *cursor, block *b, critmin_error *error) {
  if (!cm_grow(&b->figures, b->count, &b->room, sizeof *b->figures)) return cm_fail_memory(error);
  figure *f = &b->figures[b->count];
  *f = (figure){
      .value = cm_cursor_number(cursor, CM_FIGURE_VALUE),
      .low = cm_cursor_number(cursor, CM_FIGURE_LOW),
      .high = cm_cursor_number(cursor, CM_FIGURE_HIGH),
      .row = cm_cursor_integer(cursor, CM_FIGURE_ID),
      .producer = cm_cursor_integer(cursor, CM_FIGURE_PRODUCER),
  };
  const struct {
    int column;
    const char **into;
  } texts[] = {
      {CM_FIGURE_SECTOR, &f->sector}, {CM_FIGURE_SCENARIO, &f->scenario}, {CM_FIGURE_UNIT, &f->unit},
      {CM_FIGURE_BASIS, &f->basis},   {CM_FIGURE_NOTE, &f->note},         {CM_FIGURE_EXCLUDES, &f->excludes},
  };
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    critmin_status status = cm_load_text(loader, cursor, texts[i].column, texts[i].into, error);
    if (status) return status;
  }
  const char *outlook = cm_cursor_text(cursor, CM_FIGURE_OUTLOOK);
  f->projected = outlook && strcmp(outlook, "projected") == 0;
  f->detail = f->producer ? CM_OF_PRODUCERS : *f->sector ? CM_OF_SECTORS : CM_OF_COUNTRIES;
  f->status = cm_load_word(cm_status_words, CM_STATUSES, cm_cursor_text(cursor, CM_FIGURE_STATUS));
  if (f->status < 0)
    return cm_fail(error, CRITMIN_ERROR_CORRUPT, "figure %lld has an unknown status; run the store's check",
                   (long long)f->row);
  critmin_status status =
      cm_load_place(&loader->countries, cm_cursor_integer(cursor, CM_FIGURE_COUNTRY), "country", &f->country, error);
  if (!status)
    status =
        cm_load_place(&loader->editions, cm_cursor_integer(cursor, CM_FIGURE_EDITION), "edition", &f->edition, error);
  if (status) return status;
  f->order = loader->model->countries[f->country].order;
  b->count++;
  return CRITMIN_OK;
}

static int is_country(const critmin_model *m, int32_t country) {
  return m->countries[country].kind == CM_IS_COUNTRY || m->countries[country].kind == CM_IS_FORMER;
}

/* An edition that might answer for a market, and what speaks for it. */
typedef struct candidate {
  int32_t edition, has_country, rank;
  int32_t has_number; /* some country makes something: an edition that prints "not available" throughout answers only
                         when all do */
} candidate;

static int comes_before(const critmin_model *m, const candidate *a, const candidate *b) {
  if (a->has_country != b->has_country) return a->has_country;
  if (a->has_number != b->has_number) return a->has_number;
  if (a->rank != b->rank) return a->rank < b->rank;
  const cm_model_edition *x = &m->editions[a->edition], *y = &m->editions[b->edition];
  if (x->day != y->day) return x->day > y->day;
  if (x->source != y->source) return x->source < y->source;
  return a->edition > b->edition;
}

static int same_market(const figure *a, const figure *b) {
  return a->projected == b->projected && a->detail == b->detail && a->scenario == b->scenario;
}

/* The best edition among the figures like `like`, all of which are marked as taken; CM_NONE when no edition is wanted.
 */
static candidate choose(const cm_loader *loader, block *b, const figure *like) {
  const critmin_model *m = loader->model;
  candidate best = {.edition = CM_NONE};
  for (size_t i = 0; i < b->count; i++) {
    figure *f = &b->figures[i];
    if (f->taken || !same_market(f, like)) continue;
    /* The first of its edition weighs it, for all. */
    const cm_model_edition *edition = &m->editions[f->edition];
    candidate this = {.edition = f->edition};
    for (size_t j = i; j < b->count; j++) {
      figure *g = &b->figures[j];
      if (g->taken || g->edition != f->edition || !same_market(g, like)) continue;
      this.has_country |= is_country(m, g->country);
      this.has_number |= is_country(m, g->country) && g->value > 0;
      if (g != like) g->taken = 1;
    }
    if (edition->day > loader->edition_day) continue;
    if (loader->source != CM_NONE && edition->source != loader->source) continue;
    this.rank = cm_load_rank(loader, b->measure, b->stage, edition->source);
    if (best.edition == CM_NONE || comes_before(m, &this, &best)) best = this;
  }
  return best;
}

/* Producers by country's key, then the total, then the rest; figures of details stay in that order by what they are of.
 */
static int in_order(const void *a, const void *b) {
  const figure *x = a, *y = b;
  if (x->taken != y->taken) return x->taken - y->taken;
  if (x->order != y->order) return x->order - y->order;
  if (x->producer != y->producer) return x->producer < y->producer ? -1 : 1;
  return strcmp(x->sector, y->sector);
}

static const cm_grown *columns_of(cm_figures *f, cm_grown columns[11]) {
  const cm_grown all[] = {
      {&f->value, sizeof *f->value},     {&f->low, sizeof *f->low},       {&f->high, sizeof *f->high},
      {&f->factor, sizeof *f->factor},   {&f->row, sizeof *f->row},       {&f->basis, sizeof *f->basis},
      {&f->note, sizeof *f->note},       {&f->sector, sizeof *f->sector}, {&f->producer, sizeof *f->producer},
      {&f->country, sizeof *f->country}, {&f->status, sizeof *f->status},
  };
  memcpy(columns, all, sizeof all);
  return columns;
}

static critmin_status keep(critmin_model *m, const figure *f, double factor, critmin_error *error) {
  cm_figures *t = &m->figures;
  cm_grown columns[11];
  if (t->count >= INT32_MAX / 2 || !cm_load_room(columns_of(t, columns), 11, t->count, &t->room))
    return cm_fail_memory(error);
  size_t i = t->count++;
  t->value[i] = f->value;
  t->low[i] = f->low;
  t->high[i] = f->high;
  t->factor[i] = factor;
  t->row[i] = f->row;
  t->basis[i] = f->basis;
  t->note[i] = f->note;
  t->sector[i] = f->sector;
  t->producer[i] = f->producer;
  t->country[i] = (uint16_t)f->country;
  t->status[i] = (uint8_t)f->status;
  return CRITMIN_OK;
}

static critmin_status mixed(const critmin_model *m, const cm_model_market *market, const figure *f, const char *problem,
                            critmin_error *error) {
  const cm_model_stage *stage = &m->stages[market->stage];
  char from[CM_PERIOD_TEXT], to[CM_PERIOD_TEXT];
  cm_model_market_period(market, from, to);
  return cm_fail(error, CRITMIN_ERROR_MIXED_BASES,
                 "figure %lld (%s, %s %s, %s, %s to %s, source %s) is in %s %s, and the market in %s %s: %s",
                 (long long)f->row, m->measures[market->measure].key, m->minerals[stage->mineral].key, stage->key,
                 m->countries[f->country].key, from, to, m->sources[m->editions[market->edition].source].key, f->unit,
                 f->basis, stage->unit, stage->basis, problem);
}

static critmin_status factor_of(const critmin_model *m, const cm_model_market *market, const figure *f, double *factor,
                                critmin_error *error) {
  const cm_model_stage *stage = &m->stages[market->stage];
  *factor = 1;
  if (isnan(f->value) && isnan(f->low) && isnan(f->high)) return CRITMIN_OK;
  if ((strcmp(f->unit, "share") == 0) != market->is_share)
    return mixed(m, market, f, "other figures of the same edition are in another unit; correct one of them", error);
  if (market->is_share) return CRITMIN_OK;
  if (strcmp(f->unit, stage->unit) != 0) return mixed(m, market, f, "correct the unit", error);
  if (f->basis == stage->basis) return CRITMIN_OK;
  *factor = cm_model_factor_of(m, market->stage, f->basis);
  if (isnan(*factor)) return mixed(m, market, f, "add a content factor for that basis, or correct it", error);
  return CRITMIN_OK;
}

/* The countries of "USA;CHN" that a total leaves out. Keys are those of the store, so a word that is none is damage. */
static critmin_status take_excludes(critmin_model *m, block *b, const char *list, cm_model_market *market,
                                    critmin_error *error) {
  market->first_excluded = (int32_t)m->n_excluded;
  while (list && *list) {
    size_t length = strcspn(list, ";");
    int32_t country = CM_NONE;
    for (size_t i = 0; i < m->n_countries; i++) {
      if (strncmp(m->countries[i].key, list, length) == 0 && m->countries[i].key[length] == '\0') country = (int32_t)i;
    }
    if (country == CM_NONE)
      return cm_fail(error, CRITMIN_ERROR_CORRUPT,
                     "a total excludes `%.*s`, which is no country's key; run the store's check", (int)length, list);
    if (!cm_grow(&m->excluded, m->n_excluded, &b->excluded_room, sizeof *m->excluded)) return cm_fail_memory(error);
    m->excluded[m->n_excluded++] = (uint16_t)country;
    market->n_excluded++;
    list += length;
    if (*list == ';') list++;
  }
  return CRITMIN_OK;
}

static critmin_status add_market(cm_loader *loader, block *b, const figure *like, const candidate *chosen,
                                 critmin_error *error) {
  critmin_model *m = loader->model;
  /* The market's figures, apart: `taken` now says in which part they go. */
  size_t n = 0;
  for (size_t i = 0; i < b->count; i++)
    n += b->figures[i].edition == chosen->edition && same_market(&b->figures[i], like);
  figure *own = cm_alloc_array(n, sizeof *own);
  if (!own) return cm_fail_memory(error);
  n = 0;
  cm_model_market market = {
      .stage = b->stage,
      .measure = b->measure,
      .detail = like->detail,
      .edition = chosen->edition,
      .from = b->from,
      .to = b->to,
      .projected = like->projected,
      .scenario = like->scenario,
      .rank = chosen->rank,
      .first = (int32_t)m->figures.count,
      .world = CM_NONE,
      .other = CM_NONE,
  };
  for (size_t i = 0; i < b->count; i++) {
    const figure *f = &b->figures[i];
    if (f->edition != chosen->edition || !same_market(f, like)) continue;
    int32_t kind = m->countries[f->country].kind;
    int apart = like->detail == CM_OF_COUNTRIES && !is_country(m, f->country);
    own[n] = *f;
    own[n].taken = !apart ? 0 : kind == CM_IS_WORLD ? 1 : 2;
    market.is_share |= strcmp(f->unit, "share") == 0 && !(isnan(f->value) && isnan(f->low) && isnan(f->high));
    n++;
  }
  qsort(own, n, sizeof *own, in_order);
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < n && !status; i++) {
    double factor;
    status = factor_of(m, &market, &own[i], &factor, error);
    if (status) break;
    int32_t at = (int32_t)m->figures.count;
    if (own[i].taken == 0) market.n++;
    if (own[i].taken == 1) {
      if (market.world != CM_NONE) continue; /* a market has one total */
      market.world = at;
      status = take_excludes(m, b, own[i].excludes, &market, error);
    }
    if (own[i].taken == 2 && market.n_other++ == 0) market.other = at;
    if (own[i].taken == 0 && like->detail == CM_OF_COUNTRIES) loader->wanted[own[i].country] = 1;
    if (!status) status = keep(m, &own[i], factor, error);
  }
  cm_free(own);
  if (status) return status;
  if (!cm_grow(&m->markets, m->n_markets, &b->markets_room, sizeof *m->markets)) return cm_fail_memory(error);
  for (int32_t i = 0; i < market.n_excluded; i++) loader->wanted[m->excluded[market.first_excluded + i]] = 1;
  m->markets[m->n_markets++] = market;
  m->stages[b->stage].n_markets++;
  return CRITMIN_OK;
}

static critmin_status end_block(cm_loader *loader, block *b, critmin_error *error) {
  for (size_t i = 0; i < b->count; i++) {
    if (b->figures[i].taken) continue;
    const figure like = b->figures[i];
    candidate chosen = choose(loader, b, &b->figures[i]);
    if (chosen.edition == CM_NONE) continue;
    critmin_status status = add_market(loader, b, &like, &chosen, error);
    if (status) return status;
  }
  b->count = 0;
  return CRITMIN_OK;
}

static critmin_status read_stage(cm_loader *loader, cm_cursor *cursor, block *b, critmin_error *error) {
  const critmin_model *m = loader->model;
  const int64_t values[] = {loader->stage_ids[b->stage], m->has_years ? m->first_year * 10000 + 101 : 0,
                            m->has_years ? m->last_year * 10000 + 1231 : INT64_MAX};
  cm_cursor_bind(cursor, values, 3);
  int found;
  critmin_status status;
  int64_t at_measure = -1;
  while (!(status = cm_cursor_next(cursor, &found, error)) && found) {
    int64_t measure = cm_cursor_integer(cursor, CM_FIGURE_MEASURE);
    int32_t from = (int32_t)cm_cursor_integer(cursor, CM_FIGURE_FROM),
            to = (int32_t)cm_cursor_integer(cursor, CM_FIGURE_TO);
    if (measure != at_measure || from != b->from || to != b->to) {
      status = end_block(loader, b, error);
      b->measure = loader->reserves;
      if (!status && measure != 0) status = cm_load_place(&loader->measures, measure, "measure", &b->measure, error);
      if (status) return status;
      at_measure = measure;
      b->from = from;
      b->to = to;
    }
    status = take_figure(loader, cursor, b, error);
    if (status) return status;
  }
  return status ? status : end_block(loader, b, error);
}

critmin_status cm_load_figures(cm_loader *loader, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_cursor *figures = NULL, *reserves = NULL;
  block b = {0};
  critmin_status status = cm_cursor_open(loader->store, CM_READ_FIGURES, &figures, error);
  if (!status) status = cm_cursor_open(loader->store, CM_READ_RESERVES, &reserves, error);
  for (size_t i = 0; i < m->n_stages && !status; i++) {
    m->stages[i].first_market = (int32_t)m->n_markets;
    if (!m->minerals[m->stages[i].mineral].loaded) continue;
    b.stage = (int32_t)i;
    status = read_stage(loader, figures, &b, error);
    if (!status) status = read_stage(loader, reserves, &b, error);
    loader->steps_done++;
    if (!status) status = cm_load_progress(loader, error);
  }
  cm_cursor_close(figures);
  cm_cursor_close(reserves);
  cm_free(b.figures);
  if (status) return status;
  cm_grown columns[11];
  int shrunk = cm_load_shrink(columns_of(&m->figures, columns), 11, m->figures.count, &m->figures.room);
  return shrunk ? CRITMIN_OK : cm_fail_memory(error);
}
