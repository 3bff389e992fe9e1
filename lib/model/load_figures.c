/* SPDX-License-Identifier: MIT */
/*
 * The figures of each stage come by measure and period, with all editions of all sources beside one another. Such a
 * block falls into markets: by outlook, scenario and detail, and by country or producer where each has a source of its
 * own. For every market one edition is chosen, and only its figures are kept.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/load.h"

/* Where a figure stands in its market. */
enum { AMONG_COUNTRIES, AS_TOTAL, AMONG_OTHERS };

typedef struct figure {
  double value, low, high;
  int64_t row, producer;
  const char *sector, *scenario, *unit, *basis, *note, *excludes;
  int32_t country, order, edition, projected, detail, status;
  int32_t of_country;  /* of a measure by country, else CM_NONE */
  int64_t of_producer; /* of producers' figures, else 0 */
  int32_t part;
} figure;

typedef struct block {
  figure *figures;
  size_t count, room;
  int32_t stage, measure, from, to;
  size_t markets_room, excluded_room;
} block;

static int is_country(const critmin_model *m, int32_t country) {
  return m->countries[country].kind == CM_IS_COUNTRY || m->countries[country].kind == CM_IS_FORMER;
}

/* Says to which market of the block a figure belongs, and where it stands there. */
static void place(const critmin_model *m, const block *b, figure *f) {
  int by_country = m->measures[b->measure].by_country, kind = m->countries[f->country].kind;
  f->order = m->countries[f->country].order;
  f->detail = f->producer ? CM_OF_PRODUCERS : *f->sector ? CM_OF_SECTORS : CM_OF_COUNTRIES;
  f->of_country = by_country ? f->country : CM_NONE;
  f->of_producer = f->detail == CM_OF_PRODUCERS ? f->producer : 0;
  f->part = by_country || f->detail != CM_OF_COUNTRIES || is_country(m, f->country) ? AMONG_COUNTRIES
            : kind == CM_IS_WORLD                                                   ? AS_TOTAL
                                                                                    : AMONG_OTHERS;
}

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
  place(loader->model, b, f);
  /* The states of a union have figures of their own: in a sum it would count them twice. */
  b->count += f->of_country != CM_NONE || loader->model->countries[f->country].kind != CM_IS_UNION;
  return CRITMIN_OK;
}

/* An edition that might answer for a market, and what speaks for it. */
typedef struct candidate {
  const figure *first;
  size_t n;
  int32_t has_country, rank;
  int32_t has_number; /* some country makes something: an edition that prints "not available" throughout answers only
                         when all do. Of a single country or producer none may be an answer. */
} candidate;

static int comes_before(const critmin_model *m, const candidate *a, const candidate *b) {
  if (a->has_country != b->has_country) return a->has_country;
  if (a->has_number != b->has_number) return a->has_number;
  if (a->rank != b->rank) return a->rank < b->rank;
  int32_t edition_a = a->first->edition, edition_b = b->first->edition;
  const cm_model_edition *x = &m->editions[edition_a], *y = &m->editions[edition_b];
  if (x->day != y->day) return x->day > y->day;
  if (x->source != y->source) return x->source < y->source;
  return edition_a > edition_b;
}

static int by_market(const figure *a, const figure *b) {
  if (a->detail != b->detail) return a->detail - b->detail;
  if (a->of_country != b->of_country) return a->of_country - b->of_country;
  if (a->of_producer != b->of_producer) return a->of_producer < b->of_producer ? -1 : 1;
  if (a->projected != b->projected) return a->projected - b->projected;
  return strcmp(a->scenario, b->scenario);
}

/* Countries by key, then the total, then the rest; figures of details stay in that order by what they are of. */
static int in_order(const void *a, const void *b) {
  const figure *x = a, *y = b;
  int order = by_market(x, y);
  if (order) return order;
  if (x->edition != y->edition) return x->edition - y->edition;
  if (x->part != y->part) return x->part - y->part;
  if (x->order != y->order) return x->order - y->order;
  if (x->producer != y->producer) return x->producer < y->producer ? -1 : 1;
  return strcmp(x->sector, y->sector);
}

static int has_number(const critmin_model *m, const figure *f) {
  if (f->of_country != CM_NONE || f->of_producer) return !isnan(f->value) || !isnan(f->low) || !isnan(f->high);
  return is_country(m, f->country) && f->value > 0;
}

/* The best edition of a market whose n figures stand together; without a first figure when none is wanted. */
static candidate choose(const cm_loader *loader, const block *b, const figure *figures, size_t n) {
  const critmin_model *m = loader->model;
  candidate best = {0};
  for (size_t i = 0; i < n;) {
    candidate this = {.first = &figures[i]};
    for (; i < n && figures[i].edition == this.first->edition; i++, this.n++) {
      this.has_country |= is_country(m, figures[i].country);
      this.has_number |= has_number(m, &figures[i]);
    }
    const cm_model_edition *edition = &m->editions[this.first->edition];
    if (edition->day > loader->edition_day) continue;
    if (loader->source != CM_NONE && edition->source != loader->source) continue;
    this.rank = cm_load_rank(loader, b->measure, b->stage, edition->source);
    if (!best.first || comes_before(m, &this, &best)) best = this;
  }
  return best;
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

static critmin_status add_market(cm_loader *loader, block *b, const candidate *chosen, critmin_error *error) {
  critmin_model *m = loader->model;
  const figure *own = chosen->first;
  cm_model_market market = {
      .stage = b->stage,
      .measure = b->measure,
      .detail = own->detail,
      .country = own->of_country,
      .producer = own->of_producer,
      .edition = own->edition,
      .from = b->from,
      .to = b->to,
      .projected = own->projected,
      .scenario = own->scenario,
      .rank = chosen->rank,
      .first = (int32_t)m->figures.count,
      .world = CM_NONE,
      .other = CM_NONE,
  };
  for (size_t i = 0; i < chosen->n; i++) {
    const figure *f = &own[i];
    market.is_share |= strcmp(f->unit, "share") == 0 && !(isnan(f->value) && isnan(f->low) && isnan(f->high));
  }
  for (size_t i = 0; i < chosen->n; i++) {
    const figure *f = &own[i];
    double factor;
    critmin_status status = factor_of(m, &market, f, &factor, error);
    if (status) return status;
    int32_t at = (int32_t)m->figures.count;
    if (f->part == AMONG_COUNTRIES) market.n++;
    if (f->part == AS_TOTAL) {
      if (market.world != CM_NONE) continue; /* a market has one total */
      market.world = at;
      status = take_excludes(m, b, f->excludes, &market, error);
    }
    if (f->part == AMONG_OTHERS && market.n_other++ == 0) market.other = at;
    if (f->part == AMONG_COUNTRIES && f->detail == CM_OF_COUNTRIES) loader->wanted[f->country] = 1;
    if (!status) status = keep(m, f, factor, error);
    if (status) return status;
  }
  if (!cm_grow(&m->markets, m->n_markets, &b->markets_room, sizeof *m->markets)) return cm_fail_memory(error);
  for (int32_t i = 0; i < market.n_excluded; i++) loader->wanted[m->excluded[market.first_excluded + i]] = 1;
  m->markets[m->n_markets++] = market;
  m->stages[b->stage].n_markets++;
  return CRITMIN_OK;
}

static critmin_status end_block(cm_loader *loader, block *b, critmin_error *error) {
  if (b->count) qsort(b->figures, b->count, sizeof *b->figures, in_order);
  for (size_t i = 0, end; i < b->count; i = end) {
    for (end = i + 1; end < b->count && by_market(&b->figures[i], &b->figures[end]) == 0;) end++;
    candidate chosen = choose(loader, b, &b->figures[i], end - i);
    critmin_status status = chosen.first ? add_market(loader, b, &chosen, error) : CRITMIN_OK;
    if (status) return status;
  }
  b->count = 0;
  return CRITMIN_OK;
}

static int by_order(const void *a, const void *b) {
  return cm_model_market_order(a, b);
}

static critmin_status read_stage(cm_loader *loader, cm_cursor *cursor, block *b, critmin_error *error) {
  const critmin_model *m = loader->model;
  const int64_t values[] = {loader->stage_ids[b->stage], m->has_years ? (m->first_year - CM_YEARS_BEFORE) * 10000 + 101 : 0,
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
    if (!status && m->stages[i].n_markets)
      qsort(&m->markets[m->stages[i].first_market], (size_t)m->stages[i].n_markets, sizeof *m->markets, by_order);
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
