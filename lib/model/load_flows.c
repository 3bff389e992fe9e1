/* SPDX-License-Identifier: MIT */
/*
 * Flows come by stage, years, importer and exporter, straight into the columns. At the end of a block of one stage and
 * period the newest edition of each source is chosen; where that is not the whole block, the flows are put one edition
 * after another, and those of the editions that nobody asks for are taken out.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/load.h"

/* How often the caller is asked whether to go on. */
enum { FLOWS_BETWEEN_CALLS = 1 << 16 };

typedef struct last_word {
  const char *last; /* of each text column, the word met last and its place */
  uint16_t place;
} last_word;

/* An edition that has flows in the block. */
typedef struct candidate {
  int32_t edition, source, day, rank;
  size_t n;    /* its flows */
  size_t next; /* where the next of them goes */
} candidate;

typedef struct reading {
  int32_t *editions; /* of each flow of the block */
  size_t editions_room;
  candidate *candidates;
  size_t n_candidates, candidates_room, factors_room;
  last_word hs, basis, currency;
  int64_t last_edition;
  int32_t edition, status;
  size_t words_room, markets_room;
  int32_t stage, from, to;
  size_t first;
} reading;

static const cm_grown *columns_of(cm_flows *f, cm_grown columns[8]) {
  const cm_grown all[] = {
      {&f->quantity, sizeof *f->quantity}, {&f->amount, sizeof *f->amount}, {&f->importer, sizeof *f->importer},
      {&f->exporter, sizeof *f->exporter}, {&f->hs, sizeof *f->hs},         {&f->basis, sizeof *f->basis},
      {&f->currency, sizeof *f->currency}, {&f->status, sizeof *f->status},
  };
  memcpy(columns, all, sizeof all);
  return columns;
}

static critmin_status place_of_word(cm_loader *loader, reading *r, last_word *last, const char *text, uint16_t *place,
                                    critmin_error *error) {
  critmin_model *m = loader->model;
  if (!text) text = "";
  if (last->last && strcmp(last->last, text) == 0) {
    *place = last->place;
    return CRITMIN_OK;
  }
  const char *word;
  if (!cm_arena_copy(&m->text, text, &word)) return cm_fail_memory(error);
  size_t i = 0;
  while (i < m->n_words && m->words[i] != word) i++;
  if (i == m->n_words) {
    if (i > UINT16_MAX)
      return cm_fail(error, CRITMIN_ERROR_CORRUPT,
                     "the flows use more than %d codes, bases and currencies; run the store's check", UINT16_MAX);
    if (!cm_grow(&m->words, m->n_words, &r->words_room, sizeof *m->words)) return cm_fail_memory(error);
    m->words[m->n_words++] = word;
  }
  last->last = word;
  last->place = *place = (uint16_t)i;
  return CRITMIN_OK;
}

static critmin_status take_share(cm_flows *f, size_t i, double share, size_t room_before, critmin_error *error) {
  if (!f->share) {
    if (isnan(share)) return CRITMIN_OK;
    f->share = cm_alloc_array(f->room, sizeof *f->share);
    if (!f->share) return cm_fail_memory(error);
    for (size_t j = 0; j < i; j++) f->share[j] = NAN;
  } else if (f->room != room_before) {
    double *grown = cm_resize(f->share, f->room, sizeof *grown);
    if (!grown) return cm_fail_memory(error);
    f->share = grown;
  }
  f->share[i] = share;
  return CRITMIN_OK;
}

static critmin_status take_flow(cm_loader *loader, const cm_cursor *cursor, reading *r, critmin_error *error) {
  cm_flows *f = &loader->model->flows;
  size_t i = f->count, room = f->room, of_block = i - r->first;
  cm_grown columns[8];
  if (i >= room && !cm_load_room(columns_of(f, columns), 8, i, &f->room)) return cm_fail_memory(error);
  if (!cm_grow(&r->editions, of_block, &r->editions_room, sizeof *r->editions)) return cm_fail_memory(error);
  int32_t importer, exporter;
  critmin_status status =
      cm_load_place(&loader->countries, cm_cursor_integer(cursor, CM_FLOW_IMPORTER), "country", &importer, error);
  if (!status)
    status =
        cm_load_place(&loader->countries, cm_cursor_integer(cursor, CM_FLOW_EXPORTER), "country", &exporter, error);
  int64_t edition = cm_cursor_integer(cursor, CM_FLOW_EDITION);
  if (!status && edition != r->last_edition) {
    status = cm_load_place(&loader->editions, edition, "edition", &r->edition, error);
    r->last_edition = edition;
  }
  if (!status) status = place_of_word(loader, r, &r->hs, cm_cursor_text(cursor, CM_FLOW_HS), &f->hs[i], error);
  if (!status) status = place_of_word(loader, r, &r->basis, cm_cursor_text(cursor, CM_FLOW_BASIS), &f->basis[i], error);
  if (!status)
    status = place_of_word(loader, r, &r->currency, cm_cursor_text(cursor, CM_FLOW_CURRENCY), &f->currency[i], error);
  if (!status) status = take_share(f, i, cm_cursor_number(cursor, CM_FLOW_SHARE), room, error);
  if (status) return status;
  if (importer == exporter && loader->model->countries[importer].kind != CM_IS_WORLD)
    return cm_fail(error, CRITMIN_ERROR_CORRUPT, "a flow runs from %s to itself; run the store's check",
                   loader->model->countries[importer].key);
  const char *word = cm_cursor_text(cursor, CM_FLOW_STATUS);
  if (!word || strcmp(word, cm_status_words[r->status]) != 0) {
    r->status = cm_load_word(cm_status_words, CM_STATUSES, word);
    if (r->status < 0) {
      r->status = 0;
      return cm_fail(error, CRITMIN_ERROR_CORRUPT, "a flow has an unknown status; run the store's check");
    }
  }
  f->importer[i] = (uint16_t)importer;
  f->exporter[i] = (uint16_t)exporter;
  f->quantity[i] = cm_cursor_number(cursor, CM_FLOW_QUANTITY);
  f->amount[i] = cm_cursor_number(cursor, CM_FLOW_AMOUNT);
  f->status[i] = (uint8_t)r->status;
  r->editions[of_block] = r->edition;
  f->count++;
  return CRITMIN_OK;
}

/* A source that the caller named comes first, and the others where it has nothing: trade and production seldom have one
 * publisher. */
static int32_t rank_of(const cm_loader *loader, const reading *r, int32_t source) {
  if (source == loader->source) return 0;
  return cm_load_rank(loader, cm_measure_place(loader->model, "flow"), r->stage, source);
}

static candidate *candidate_of(reading *r, int32_t edition) {
  for (size_t i = 0; i < r->n_candidates; i++) {
    if (r->candidates[i].edition == edition) return &r->candidates[i];
  }
  return NULL;
}

/* In the order of the ranks, then the newest first. */
static int in_order(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
  if (x->day != y->day) return x->day > y->day ? -1 : 1;
  if (x->source != y->source) return x->source < y->source ? -1 : 1;
  return x->edition > y->edition ? -1 : 1;
}

/* The editions of the block, one of each source, in the order of their markets. */
static critmin_status choose(const cm_loader *loader, reading *r, size_t n, critmin_error *error) {
  const critmin_model *m = loader->model;
  r->n_candidates = 0;
  candidate *last = NULL;
  for (size_t i = 0; i < n; i++) {
    int32_t edition = r->editions[i];
    if (!last || last->edition != edition) last = candidate_of(r, edition);
    if (!last) {
      if (!cm_grow(&r->candidates, r->n_candidates, &r->candidates_room, sizeof *last)) return cm_fail_memory(error);
      last = &r->candidates[r->n_candidates++];
      const cm_model_edition *e = &m->editions[edition];
      *last =
          (candidate){.edition = edition, .source = e->source, .day = e->day, .rank = rank_of(loader, r, e->source)};
    }
    last->n++;
  }
  if (r->n_candidates) qsort(r->candidates, r->n_candidates, sizeof *r->candidates, in_order);
  size_t kept = 0;
  for (size_t i = 0; i < r->n_candidates; i++) {
    const candidate c = r->candidates[i];
    int has_newer = 0;
    for (size_t j = 0; j < kept; j++) has_newer |= r->candidates[j].source == c.source;
    if (!has_newer && c.day <= loader->edition_day) r->candidates[kept++] = c;
  }
  r->n_candidates = kept;
  return CRITMIN_OK;
}

/* Puts a column of the block in the order of its markets. */
static void arrange_column(reading *r, size_t n, void *column, size_t size, unsigned char *scratch) {
  unsigned char *own = (unsigned char *)column + r->first * size;
  size_t kept = 0;
  for (size_t i = 0; i < r->n_candidates; i++) {
    r->candidates[i].next = kept;
    kept += r->candidates[i].n;
  }
  candidate *at = NULL;
  for (size_t i = 0; i < n; i++) {
    if (!at || at->edition != r->editions[i]) at = candidate_of(r, r->editions[i]);
    if (at) memcpy(scratch + at->next++ * size, own + i * size, size);
  }
  memcpy(own, scratch, kept * size);
}

static critmin_status arrange(cm_flows *f, reading *r, critmin_error *error) {
  size_t n = f->count - r->first, kept = 0;
  for (size_t i = 0; i < r->n_candidates; i++) kept += r->candidates[i].n;
  if (kept == n && r->n_candidates < 2) return CRITMIN_OK;
  unsigned char *scratch = cm_alloc_array(kept, sizeof(double));
  if (!scratch) return cm_fail_memory(error);
  cm_grown columns[8];
  columns_of(f, columns);
  for (size_t i = 0; i < 8; i++) {
    void *column;
    memcpy(&column, columns[i].column, sizeof column);
    arrange_column(r, n, column, columns[i].size, scratch);
  }
  if (f->share) arrange_column(r, n, f->share, sizeof *f->share, scratch);
  cm_free(scratch);
  f->count = r->first + kept;
  return CRITMIN_OK;
}

/* One way of measuring a market: what its pairs add up to, and its printed total. */
typedef struct tally {
  double pairs, total;
  int32_t word;            /* currency or basis; CM_NONE before the first */
  int comparable, printed; /* all in one currency or basis; every total has a number */
} tally;

static void count(tally *t, int is_total, double value, int32_t word) {
  if (isnan(value)) {
    t->printed &= !is_total;
    return;
  }
  t->comparable &= t->word == CM_NONE || t->word == word;
  t->word = word;
  *(is_total ? &t->total : &t->pairs) += value;
}

/* Whether the pairs make up the total of all, but for what rounding and confidential trade may leave. */
static int is_complete(const critmin_model *m, const cm_flow_market *market) {
  const double tolerated = 0.005;
  const cm_flows *f = &m->flows;
  tally amount = {.word = CM_NONE, .comparable = 1, .printed = 1}, quantity = amount;
  int has_total = 0;
  for (int64_t i = market->first; i < market->first + market->n; i++) {
    int32_t importer = m->countries[f->importer[i]].kind, exporter = m->countries[f->exporter[i]].kind;
    int is_total = importer == CM_IS_WORLD && exporter == CM_IS_WORLD;
    int is_pair =
        importer != CM_IS_WORLD && exporter != CM_IS_WORLD && importer != CM_IS_OTHER && exporter != CM_IS_OTHER;
    if (!is_total && !is_pair) continue;
    has_total |= is_total;
    count(&amount, is_total, f->amount[i], f->currency[i]);
    count(&quantity, is_total, f->quantity[i], f->basis[i]);
  }
  const tally *t = amount.printed ? &amount : &quantity;
  return has_total && t->printed && t->comparable && fabs(t->pairs - t->total) <= tolerated * t->total;
}

/* What turns the market's quantities into the stage's basis: one factor for each code and basis. */
static critmin_status add_factors(critmin_model *m, reading *r, size_t first, critmin_error *error) {
  cm_model_stage *s = &m->stages[r->stage];
  size_t last = SIZE_MAX;
  for (size_t i = first; i < m->flows.count; i++) {
    uint16_t hs = m->flows.hs[i], basis = m->flows.basis[i];
    if (last != SIZE_MAX && m->flow_factors[last].hs == hs && m->flow_factors[last].basis == basis) continue;
    last = (size_t)s->first_flow_factor;
    while (last < m->n_flow_factors && (m->flow_factors[last].hs != hs || m->flow_factors[last].basis != basis)) last++;
    if (last < m->n_flow_factors) continue;
    if (!cm_grow(&m->flow_factors, last, &r->factors_room, sizeof *m->flow_factors)) return cm_fail_memory(error);
    m->flow_factors[m->n_flow_factors++] = (cm_flow_factor){
        .hs = hs, .basis = basis, .value = cm_model_code_factor(m, r->stage, m->words[basis], m->words[hs])};
    s->n_flow_factors++;
  }
  return CRITMIN_OK;
}

static critmin_status end_block(cm_loader *loader, reading *r, critmin_error *error) {
  critmin_model *m = loader->model;
  critmin_status status = choose(loader, r, m->flows.count - r->first, error);
  if (!status) status = arrange(&m->flows, r, error);
  if (!status) status = add_factors(m, r, r->first, error);
  if (status) return status;
  size_t first = r->first;
  for (size_t i = 0; i < r->n_candidates; i++) {
    const candidate *c = &r->candidates[i];
    if (!cm_grow(&m->flow_markets, m->n_flow_markets, &r->markets_room, sizeof *m->flow_markets))
      return cm_fail_memory(error);
    cm_flow_market *market = &m->flow_markets[m->n_flow_markets++];
    *market = (cm_flow_market){
        .stage = r->stage,
        .edition = c->edition,
        .from_year = r->from,
        .to_year = r->to,
        .rank = c->rank,
        .first = (int64_t)first,
        .n = (int64_t)c->n,
    };
    market->complete = is_complete(m, market);
    m->stages[r->stage].n_flows++;
    first += c->n;
  }
  for (size_t i = r->first; i < m->flows.count && !loader->all_minerals; i++)
    loader->wanted[m->flows.importer[i]] = loader->wanted[m->flows.exporter[i]] = 1;
  r->first = m->flows.count;
  return CRITMIN_OK;
}

static critmin_status read_stage(cm_loader *loader, cm_cursor *cursor, reading *r, critmin_error *error) {
  const critmin_model *m = loader->model;
  const int64_t values[] = {loader->stage_ids[r->stage], m->has_years ? m->first_year - CM_YEARS_BEFORE : 0,
                            m->has_years ? m->last_year : INT64_MAX};
  cm_cursor_bind(cursor, values, 3);
  int found;
  critmin_status status;
  while (!(status = cm_cursor_next(cursor, &found, error)) && found) {
    int32_t from = (int32_t)cm_cursor_integer(cursor, CM_FLOW_FROM),
            to = (int32_t)cm_cursor_integer(cursor, CM_FLOW_TO);
    if (from != r->from || to != r->to) {
      status = end_block(loader, r, error);
      if (status) return status;
      r->from = from;
      r->to = to;
    }
    status = take_flow(loader, cursor, r, error);
    if (!status && m->flows.count % FLOWS_BETWEEN_CALLS == 0) status = cm_load_progress(loader, error);
    if (status) return status;
  }
  return status ? status : end_block(loader, r, error);
}

critmin_status cm_load_flows(cm_loader *loader, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_cursor *cursor;
  critmin_status status = cm_cursor_open(loader->store, CM_READ_FLOWS, &cursor, error);
  if (status) return status;
  reading r = {.last_edition = -1};
  uint16_t none;
  last_word empty = {0};
  status = place_of_word(loader, &r, &empty, "", &none, error); /* so that place 0 is "" */
  for (size_t i = 0; i < m->n_stages && !status; i++) {
    m->stages[i].first_flow = (int32_t)m->n_flow_markets;
    m->stages[i].first_flow_factor = (int32_t)m->n_flow_factors;
    if (!m->minerals[m->stages[i].mineral].loaded) continue;
    r.stage = (int32_t)i;
    r.from = r.to = 0;
    status = read_stage(loader, cursor, &r, error);
    loader->steps_done++;
    if (!status) status = cm_load_progress(loader, error);
  }
  cm_cursor_close(cursor);
  cm_free(r.editions);
  cm_free(r.candidates);
  if (status) return status;
  cm_flows *f = &m->flows;
  cm_grown columns[8];
  if (!cm_load_shrink(columns_of(f, columns), 8, f->count, &f->room)) return cm_fail_memory(error);
  const cm_grown share = {&f->share, sizeof *f->share};
  size_t share_room =
      f->share ? SIZE_MAX : f->count; /* it grew with the others, and is not there while no flow has one */
  return cm_load_shrink(&share, 1, f->count, &share_room) ? CRITMIN_OK : cm_fail_memory(error);
}
