/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/load.h"
#include "store/period.h"


typedef critmin_status (*take_row)(cm_loader *loader, const cm_cursor *cursor, critmin_error *error);

static critmin_status each(cm_loader *loader, cm_read what, take_row take, critmin_error *error) {
  cm_cursor *cursor;
  critmin_status status = cm_cursor_open(loader->store, what, &cursor, error);
  if (status) return status;
  int found;
  while (!(status = cm_cursor_next(cursor, &found, error)) && found && !(status = take(loader, cursor, error))) {
  }
  cm_cursor_close(cursor);
  return status;
}

/* Appends a row to an array of the model and its id to the array beside it. */
#define ADD(array, count, ids, id_column)                                                                             \
  size_t room_now = room_of(count);                                                                                   \
  size_t ids_room = room_now;                                                                                         \
  if (!cm_grow(&(array), (count), &room_now, sizeof *(array)) || !cm_grow(&(ids), (count), &ids_room, sizeof *(ids))) \
    return cm_fail_memory(error);                                                                                     \
  (ids)[count] = cm_cursor_integer(cursor, id_column)

#define ADD_PLAIN(array, count)     \
  size_t room_now = room_of(count); \
  if (!cm_grow(&(array), (count), &room_now, sizeof *(array))) return cm_fail_memory(error)

/* The room that cm_grow() has made for so many rows: it doubles from 16. */
static size_t room_of(size_t count) {
  if (count == 0) return 0;
  size_t room = 16;
  while (room < count) room *= 2;
  return room;
}

#define TEXT(column, into)                                                          \
  do {                                                                              \
    critmin_status text_status = cm_load_text(loader, cursor, column, into, error); \
    if (text_status) return text_status;                                            \
  } while (0)

#define NAME(column, into)                                                          \
  do {                                                                              \
    critmin_status name_status = cm_load_name(loader, cursor, column, into, error); \
    if (name_status) return name_status;                                            \
  } while (0)

static critmin_status take_source(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD(m->sources, m->n_sources, loader->source_ids, CM_SOURCE_ID);
  cm_model_source *s = &m->sources[m->n_sources];
  NAME(CM_SOURCE_KEY, &s->key);
  TEXT(CM_SOURCE_PUBLISHER, &s->publisher);
  NAME(CM_SOURCE_TITLE, &s->title);
  NAME(CM_SOURCE_URL, &s->url);
  TEXT(CM_SOURCE_LICENCE, &s->licence);
  m->n_sources++;
  return CRITMIN_OK;
}

int32_t cm_load_day(const char *date, int last, int32_t missing) {
  int64_t from, to;
  int parts;
  if (!date || !*date || cm_date_parse(date, &from, &to, &parts) != CM_DATE_GOOD) return missing;
  return (int32_t)(last ? to : from);
}

static critmin_status take_edition(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD(m->editions, m->n_editions, loader->edition_ids, CM_EDITION_ID);
  cm_model_edition *e = &m->editions[m->n_editions];
  TEXT(CM_EDITION_KEY, &e->key);
  NAME(CM_EDITION_TITLE, &e->title);
  NAME(CM_EDITION_URL, &e->url);
  e->day = cm_load_day(cm_cursor_text(cursor, CM_EDITION_DATE), 0, CM_FIRST_DAY);
  m->n_editions++;
  return cm_load_place(&loader->sources, cm_cursor_integer(cursor, CM_EDITION_SOURCE), "source", &e->source, error);
}

static critmin_status take_country(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  if (m->n_countries == UINT16_MAX)
    return cm_fail(error, CRITMIN_ERROR_CORRUPT, "the store has more than %d countries; is it damaged? Run its check",
                   UINT16_MAX);
  ADD(m->countries, m->n_countries, loader->country_ids, CM_COUNTRY_ID);
  cm_model_country *c = &m->countries[m->n_countries];
  NAME(CM_COUNTRY_KEY, &c->key);
  NAME(CM_COUNTRY_ISO2, &c->iso2);
  NAME(CM_COUNTRY_M49, &c->m49);
  NAME(CM_COUNTRY_NAME, &c->name);
  c->kind = cm_load_word(cm_country_kind_words, CM_COUNTRY_KINDS, cm_cursor_text(cursor, CM_COUNTRY_KIND));
  if (c->kind < 0)
    return cm_fail(error, CRITMIN_ERROR_CORRUPT, "country `%s` is of an unknown kind; run the store's check", c->key);
  m->n_countries++;
  return CRITMIN_OK;
}

static critmin_status take_country_word(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD_PLAIN(m->country_words, m->n_country_words);
  cm_model_word *w = &m->country_words[m->n_country_words];
  *w = (cm_model_word){.owner = CM_NONE};
  TEXT(CM_COUNTRY_WORD_PUBLISHER, &w->publisher);
  NAME(CM_COUNTRY_WORD, &w->word);
  m->n_country_words++;
  return cm_load_place(&loader->countries, cm_cursor_integer(cursor, CM_COUNTRY_WORD_COUNTRY), "country", &w->place,
                       error);
}

static critmin_status take_group(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD(m->groups, m->n_groups, loader->group_ids, CM_GROUP_ID);
  cm_model_group *g = &m->groups[m->n_groups];
  *g = (cm_model_group){0};
  NAME(CM_GROUP_KEY, &g->key);
  NAME(CM_GROUP_NAME, &g->name);
  g->area = CM_NONE;
  m->n_groups++;
  int64_t area = cm_cursor_integer(cursor, CM_GROUP_AREA);
  return area ? cm_load_place(&loader->countries, area, "country", &g->area, error) : CRITMIN_OK;
}

static critmin_status take_group_member(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  int32_t group;
  critmin_status status =
      cm_load_place(&loader->groups, cm_cursor_integer(cursor, CM_GROUP_MEMBER_GROUP), "group", &group, error);
  if (status) return status;
  ADD_PLAIN(m->memberships, m->n_memberships);
  cm_model_membership *member = &m->memberships[m->n_memberships];
  member->from = cm_load_day(cm_cursor_text(cursor, CM_GROUP_MEMBER_FROM), 0, CM_FIRST_DAY);
  member->to = cm_load_day(cm_cursor_text(cursor, CM_GROUP_MEMBER_TO), 1, CM_LAST_DAY);
  cm_model_group *g = &m->groups[group];
  if (g->n_members == 0) g->first_member = (int32_t)m->n_memberships;
  g->n_members++;
  m->n_memberships++;
  return cm_load_place(&loader->countries, cm_cursor_integer(cursor, CM_GROUP_MEMBER_COUNTRY), "country",
                       &member->country, error);
}

static critmin_status take_mineral(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD(m->minerals, m->n_minerals, loader->mineral_ids, CM_MINERAL_ID);
  cm_model_mineral *mineral = &m->minerals[m->n_minerals];
  *mineral = (cm_model_mineral){0};
  NAME(CM_MINERAL_KEY, &mineral->key);
  NAME(CM_MINERAL_NAME, &mineral->name);
  NAME(CM_MINERAL_SYMBOL, &mineral->symbol);
  const char *kind = cm_cursor_text(cursor, CM_MINERAL_KIND);
  mineral->is_group = kind && strcmp(kind, "group") == 0;
  m->n_minerals++;
  return CRITMIN_OK;
}

static critmin_status take_mineral_member(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  int32_t group, member;
  critmin_status status =
      cm_load_place(&loader->minerals, cm_cursor_integer(cursor, CM_MINERAL_MEMBER_GROUP), "mineral", &group, error);
  if (!status)
    status = cm_load_place(&loader->minerals, cm_cursor_integer(cursor, CM_MINERAL_MEMBER), "mineral", &member, error);
  if (status) return status;
  ADD_PLAIN(m->members, m->n_members);
  m->members[m->n_members] = member;
  cm_model_mineral *g = &m->minerals[group];
  if (g->n_members == 0) g->first_member = (int32_t)m->n_members;
  g->n_members++;
  m->n_members++;
  return CRITMIN_OK;
}

static critmin_status take_mineral_word(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD_PLAIN(m->mineral_words, m->n_mineral_words);
  cm_model_word *w = &m->mineral_words[m->n_mineral_words];
  *w = (cm_model_word){.owner = CM_NONE};
  TEXT(CM_MINERAL_WORD_PUBLISHER, &w->publisher);
  NAME(CM_MINERAL_WORD, &w->word);
  m->n_mineral_words++;
  return cm_load_place(&loader->minerals, cm_cursor_integer(cursor, CM_MINERAL_WORD_MINERAL), "mineral", &w->place,
                       error);
}

static critmin_status take_stage(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD(m->stages, m->n_stages, loader->stage_ids, CM_STAGE_ID);
  cm_model_stage *s = &m->stages[m->n_stages];
  *s = (cm_model_stage){0};
  TEXT(CM_STAGE_KEY, &s->key);
  TEXT(CM_STAGE_NAME, &s->name);
  TEXT(CM_STAGE_UNIT, &s->unit);
  TEXT(CM_STAGE_BASIS, &s->basis);
  s->kind = cm_load_word(cm_stage_kind_words, CM_STAGE_KINDS, cm_cursor_text(cursor, CM_STAGE_KIND));
  if (s->kind < 0)
    return cm_fail(error, CRITMIN_ERROR_CORRUPT, "stage `%s` is of an unknown kind; run the store's check", s->key);
  critmin_status status =
      cm_load_place(&loader->minerals, cm_cursor_integer(cursor, CM_STAGE_MINERAL), "mineral", &s->mineral, error);
  if (status) return status;
  cm_model_mineral *mineral = &m->minerals[s->mineral];
  if (mineral->n_stages == 0) mineral->first_stage = (int32_t)m->n_stages;
  mineral->n_stages++;
  m->n_stages++;
  return CRITMIN_OK;
}

static critmin_status take_stage_word(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD_PLAIN(m->stage_words, m->n_stage_words);
  cm_model_word *w = &m->stage_words[m->n_stage_words];
  *w = (cm_model_word){.owner = CM_NONE, .place = CM_NONE};
  TEXT(CM_STAGE_WORD_PUBLISHER, &w->publisher);
  NAME(CM_STAGE_WORD, &w->word);
  TEXT(CM_STAGE_WORD_STAGE, &w->stage);
  m->n_stage_words++;
  int64_t mineral = cm_cursor_integer(cursor, CM_STAGE_WORD_MINERAL);
  return mineral ? cm_load_place(&loader->minerals, mineral, "mineral", &w->owner, error) : CRITMIN_OK;
}

static critmin_status take_factor(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD_PLAIN(m->factors, m->n_factors);
  cm_model_factor *f = &m->factors[m->n_factors];
  *f = (cm_model_factor){.stage = CM_NONE, .value = cm_cursor_number(cursor, CM_FACTOR_VALUE)};
  TEXT(CM_FACTOR_HS, &f->hs);
  TEXT(CM_FACTOR_BASIS, &f->basis);
  TEXT(CM_FACTOR_ELEMENT, &f->element);
  m->n_factors++;
  int64_t stage = cm_cursor_integer(cursor, CM_FACTOR_STAGE);
  critmin_status status = stage ? cm_load_place(&loader->stages, stage, "stage", &f->stage, error) : CRITMIN_OK;
  if (status) return status;
  return cm_load_place(&loader->minerals, cm_cursor_integer(cursor, CM_FACTOR_MINERAL), "mineral", &f->mineral, error);
}

static int is_state(const char *measure) {
  return cm_name_equal(measure, "capacity") || cm_name_equal(measure, "reserves") || cm_name_equal(measure, "stocks");
}

static critmin_status take_measure(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD(m->measures, m->n_measures, loader->measure_ids, CM_MEASURE_ID);
  cm_model_measure *measure = &m->measures[m->n_measures];
  NAME(CM_MEASURE_KEY, &measure->key);
  measure->is_state = is_state(measure->key);
  const char *choice = cm_cursor_text(cursor, CM_MEASURE_CHOICE);
  measure->by_country = choice && strcmp(choice, "country") == 0;
  m->n_measures++;
  return CRITMIN_OK;
}

/* Geological reserves are a relation of their own in a store, and a measure like the others in a model. */
static critmin_status add_reserves(cm_loader *loader, critmin_error *error) {
  critmin_model *m = loader->model;
  loader->reserves = cm_measure_place(m, "reserves");
  if (loader->reserves != CM_NONE) return CRITMIN_OK;
  ADD_PLAIN(m->measures, m->n_measures);
  m->measures[m->n_measures] = (cm_model_measure){.key = "reserves", .is_state = is_state("reserves")};
  loader->reserves = (int32_t)m->n_measures++;
  return CRITMIN_OK;
}

static critmin_status take_indicator(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  critmin_model *m = loader->model;
  ADD(m->indicators, m->n_indicators, loader->indicator_ids, CM_INDICATOR_ID);
  cm_model_indicator *i = &m->indicators[m->n_indicators];
  NAME(CM_INDICATOR_KEY, &i->key);
  NAME(CM_INDICATOR_NAME, &i->name);
  TEXT(CM_INDICATOR_UNIT, &i->unit);
  m->n_indicators++;
  return CRITMIN_OK;
}

static critmin_status take_rank(cm_loader *loader, const cm_cursor *cursor, critmin_error *error) {
  ADD_PLAIN(loader->ranks, loader->n_ranks);
  cm_rank *r = &loader->ranks[loader->n_ranks];
  *r = (cm_rank){.mineral = CM_NONE, .stage = CM_NONE};
  int64_t mineral = cm_cursor_integer(cursor, CM_RANK_MINERAL), stage = cm_cursor_integer(cursor, CM_RANK_STAGE);
  int64_t rank = cm_cursor_integer(cursor, CM_RANK_VALUE);
  r->rank = rank > INT32_MAX / 8 ? INT32_MAX / 8 : (int32_t)rank;
  critmin_status status =
      cm_load_place(&loader->measures, cm_cursor_integer(cursor, CM_RANK_MEASURE), "measure", &r->measure, error);
  if (!status && mineral) status = cm_load_place(&loader->minerals, mineral, "mineral", &r->mineral, error);
  if (!status && stage) status = cm_load_place(&loader->stages, stage, "stage", &r->stage, error);
  if (!status)
    status = cm_load_place(&loader->sources, cm_cursor_integer(cursor, CM_RANK_SOURCE), "source", &r->source, error);
  if (!status) loader->n_ranks++;
  return status;
}

int32_t cm_load_rank(const cm_loader *loader, int32_t measure, int32_t stage, int32_t source) {
  int32_t best = -1, rank = INT32_MAX;
  for (size_t i = 0; i < loader->n_ranks; i++) {
    const cm_rank *r = &loader->ranks[i];
    if (r->measure != measure || r->source != source) continue;
    if (r->stage != CM_NONE ? r->stage != stage
                            : r->mineral != CM_NONE && r->mineral != loader->model->stages[stage].mineral)
      continue;
    int32_t specific = r->stage != CM_NONE ? 2 : r->mineral != CM_NONE;
    if (specific <= best) continue;
    best = specific;
    rank = r->rank * 4 + 2 - specific; /* of two equal ranks the more specific comes first */
  }
  return rank;
}

static int by_key(const void *a, const void *b) {
  const cm_model_country *const *x = a, *const *y = b;
  return strcmp((*x)->key, (*y)->key);
}

static critmin_status order_countries(critmin_model *m, critmin_error *error) {
  cm_model_country **sorted = cm_alloc_array(m->n_countries, sizeof(cm_model_country *));
  if (!sorted) return cm_fail_memory(error);
  for (size_t i = 0; i < m->n_countries; i++) sorted[i] = &m->countries[i];
  qsort(sorted, m->n_countries, sizeof *sorted, by_key);
  for (size_t i = 0; i < m->n_countries; i++) sorted[i]->order = (int32_t)i;
  cm_free(sorted);
  return CRITMIN_OK;
}

critmin_status cm_load_dictionaries(cm_loader *loader, critmin_error *error) {
  critmin_model *m = loader->model;
  /* In an order in which no kind of row refers to a later one. */
  const struct {
    cm_read what;
    take_row take;
    cm_idmap *map; /* made from the ids once the rows are in */
    int64_t **ids;
    const size_t *count;
  } steps[] = {
      {CM_READ_SOURCES, take_source, &loader->sources, &loader->source_ids, &m->n_sources},
      {CM_READ_EDITIONS, take_edition, &loader->editions, &loader->edition_ids, &m->n_editions},
      {CM_READ_COUNTRIES, take_country, &loader->countries, &loader->country_ids, &m->n_countries},
      {CM_READ_COUNTRY_WORDS, take_country_word, NULL, NULL, NULL},
      {CM_READ_GROUPS, take_group, &loader->groups, &loader->group_ids, &m->n_groups},
      {CM_READ_GROUP_MEMBERS, take_group_member, NULL, NULL, NULL},
      {CM_READ_MINERALS, take_mineral, &loader->minerals, &loader->mineral_ids, &m->n_minerals},
      {CM_READ_MINERAL_MEMBERS, take_mineral_member, NULL, NULL, NULL},
      {CM_READ_MINERAL_WORDS, take_mineral_word, NULL, NULL, NULL},
      {CM_READ_STAGES, take_stage, &loader->stages, &loader->stage_ids, &m->n_stages},
      {CM_READ_STAGE_WORDS, take_stage_word, NULL, NULL, NULL},
      {CM_READ_CONTENT_FACTORS, take_factor, NULL, NULL, NULL},
      {CM_READ_MEASURES, take_measure, &loader->measures, &loader->measure_ids, &m->n_measures},
      {CM_READ_INDICATORS, take_indicator, &loader->indicators, &loader->indicator_ids, &m->n_indicators},
      {CM_READ_SOURCE_RANKS, take_rank, NULL, NULL, NULL},
  };
  for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
    critmin_status status = each(loader, steps[i].what, steps[i].take, error);
    if (status) return status;
    if (steps[i].map && !cm_idmap_make(steps[i].map, *steps[i].ids, *steps[i].count)) return cm_fail_memory(error);
  }
  critmin_status status = add_reserves(loader, error);
  return status ? status : order_countries(m, error);
}
