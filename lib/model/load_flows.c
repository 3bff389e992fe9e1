/* SPDX-License-Identifier: MIT */
/*
 * Flows come by stage, years, importer and exporter, straight into the columns; where a block of one stage and period
 * is of several editions, one is chosen at its end and the others' flows are taken out again.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "model/load.h"

/* How often the caller is asked whether to go on. */
enum { FLOWS_BETWEEN_CALLS = 1 << 16 };

typedef struct words {
  const char *last; /* of each text column, the word met last and its place */
  uint16_t place;
} last_word;

typedef struct reading {
  int32_t *editions; /* of each flow of the block */
  size_t editions_room;
  last_word hs, basis, currency;
  int64_t last_edition;
  int32_t edition, status;
  size_t words_room, markets_room;
  int32_t stage, from, to, several;
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
  r->several |= of_block > 0 && r->editions[of_block - 1] != r->edition;
  f->count++;
  return CRITMIN_OK;
}

static int comes_before(const critmin_model *m, int32_t a, int32_t rank_a, int32_t b, int32_t rank_b) {
  if (rank_a != rank_b) return rank_a < rank_b;
  const cm_model_edition *x = &m->editions[a], *y = &m->editions[b];
  if (x->day != y->day) return x->day > y->day;
  if (x->source != y->source) return x->source < y->source;
  return a > b;
}

/* A source that the caller named comes first, and the others where it has nothing: trade and production seldom have one
 * publisher. */
static int32_t rank_of(const cm_loader *loader, const reading *r, int32_t edition) {
  int32_t source = loader->model->editions[edition].source;
  if (source == loader->source) return 0;
  return cm_load_rank(loader, cm_measure_place(loader->model, "flow"), r->stage, source);
}

static void keep_only(cm_flows *f, const reading *r, int32_t edition) {
  size_t to = r->first;
  for (size_t i = r->first; i < f->count; i++) {
    if (r->editions[i - r->first] != edition) continue;
    f->quantity[to] = f->quantity[i];
    f->amount[to] = f->amount[i];
    if (f->share) f->share[to] = f->share[i];
    f->importer[to] = f->importer[i];
    f->exporter[to] = f->exporter[i];
    f->hs[to] = f->hs[i];
    f->basis[to] = f->basis[i];
    f->currency[to] = f->currency[i];
    f->status[to] = f->status[i];
    to++;
  }
  f->count = to;
}

static critmin_status end_block(cm_loader *loader, reading *r, critmin_error *error) {
  critmin_model *m = loader->model;
  size_t n = m->flows.count - r->first;
  int32_t best = CM_NONE, best_rank = INT32_MAX, before = CM_NONE;
  for (size_t i = 0; i < n && (i == 0 || r->several); i++) {
    int32_t edition = r->editions[i];
    if (edition == before || edition == best || m->editions[edition].day > loader->edition_day) continue;
    before = edition;
    int32_t rank = rank_of(loader, r, edition);
    if (best != CM_NONE && !comes_before(m, edition, rank, best, best_rank)) continue;
    best = edition;
    best_rank = rank;
  }
  if (best == CM_NONE || r->several) keep_only(&m->flows, r, best);
  if (best != CM_NONE) {
    if (!cm_grow(&m->flow_markets, m->n_flow_markets, &r->markets_room, sizeof *m->flow_markets))
      return cm_fail_memory(error);
    m->flow_markets[m->n_flow_markets++] = (cm_flow_market){
        .stage = r->stage,
        .edition = best,
        .from_year = r->from,
        .to_year = r->to,
        .rank = best_rank,
        .first = (int64_t)r->first,
        .n = (int64_t)(m->flows.count - r->first),
    };
    m->stages[r->stage].n_flows++;
    for (size_t i = r->first; i < m->flows.count && !loader->all_minerals; i++)
      loader->wanted[m->flows.importer[i]] = loader->wanted[m->flows.exporter[i]] = 1;
  }
  r->first = m->flows.count;
  r->several = 0;
  return CRITMIN_OK;
}

static critmin_status read_stage(cm_loader *loader, cm_cursor *cursor, reading *r, critmin_error *error) {
  const critmin_model *m = loader->model;
  const int64_t values[] = {loader->stage_ids[r->stage], m->has_years ? m->first_year : 0,
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
    if (!m->minerals[m->stages[i].mineral].loaded) continue;
    r.stage = (int32_t)i;
    r.from = r.to = 0;
    status = read_stage(loader, cursor, &r, error);
    loader->steps_done++;
    if (!status) status = cm_load_progress(loader, error);
  }
  cm_cursor_close(cursor);
  cm_free(r.editions);
  if (status) return status;
  cm_flows *f = &m->flows;
  cm_grown columns[8];
  if (!cm_load_shrink(columns_of(f, columns), 8, f->count, &f->room)) return cm_fail_memory(error);
  const cm_grown share = {&f->share, sizeof *f->share};
  size_t share_room =
      f->share ? SIZE_MAX : f->count; /* it grew with the others, and is not there while no flow has one */
  return cm_load_shrink(&share, 1, f->count, &share_room) ? CRITMIN_OK : cm_fail_memory(error);
}
