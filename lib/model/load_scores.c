/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/memory.h"
#include "model/load.h"

static const cm_grown *columns_of(cm_scores *s, cm_grown columns[3]) {
  const cm_grown all[] = {{&s->value, sizeof *s->value}, {&s->error, sizeof *s->error}, {&s->year, sizeof *s->year}};
  memcpy(columns, all, sizeof all);
  return columns;
}

/* The scores of one indicator and country. Of several editions only the newest is kept: a score's scale is its edition's. */
static critmin_status read_series(cm_loader *loader, cm_cursor *cursor, cm_series *series, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_scores *s = &m->scores;
  *series = (cm_series){.first = (int32_t)s->count, .edition = CM_NONE};
  int found;
  critmin_status status;
  int64_t id = -1;
  int32_t edition = CM_NONE;
  while (!(status = cm_cursor_next(cursor, &found, error)) && found) {
    int64_t this = cm_cursor_integer(cursor, CM_SCORE_EDITION);
    if (this != id) status = cm_load_place(&loader->editions, id = this, "edition", &edition, error);
    if (status) return status;
    int32_t day = m->editions[edition].day;
    if (day > loader->edition_day) continue;
    if (edition != series->edition) {
      if (series->edition != CM_NONE) {
        int32_t best = m->editions[series->edition].day;
        if (day < best || (day == best && edition < series->edition)) continue;
      }
      /* A newer edition: what the older ones said is dropped. Its own earlier years, if any, were met before them. */
      series->edition = edition;
      s->count = (size_t)series->first;
    }
    cm_grown columns[3];
    if (s->count >= INT32_MAX / 2 || !cm_load_room(columns_of(s, columns), 3, s->count, &s->room)) return cm_fail_memory(error);
    s->year[s->count] = (int16_t)cm_cursor_integer(cursor, CM_SCORE_YEAR);
    s->value[s->count] = cm_cursor_number(cursor, CM_SCORE_VALUE);
    s->error[s->count] = cm_cursor_number(cursor, CM_SCORE_ERROR);
    s->count++;
  }
  series->n = (int32_t)s->count - series->first;
  return status;
}

critmin_status cm_load_scores(cm_loader *loader, critmin_error *error) {
  critmin_model *m = loader->model;
  size_t n = m->n_indicators * m->n_countries;
  m->series = cm_alloc_array(n, sizeof *m->series);
  if (!m->series) return cm_fail_memory(error);
  cm_cursor *cursor;
  critmin_status status = cm_cursor_open(loader->store, CM_READ_SCORES, &cursor, error);
  if (status) return status;
  for (size_t i = 0; i < n && !status; i++) {
    size_t indicator = i / m->n_countries, country = i % m->n_countries;
    if (!loader->wanted[country]) {
      m->series[i].edition = CM_NONE;
      continue;
    }
    const int64_t values[] = {loader->indicator_ids[indicator], loader->country_ids[country], m->has_years ? m->last_year : INT16_MAX};
    cm_cursor_bind(cursor, values, 3);
    status = read_series(loader, cursor, &m->series[i], error);
  }
  cm_cursor_close(cursor);
  if (status) return status;
  cm_grown columns[3];
  int shrunk = cm_load_shrink(columns_of(&m->scores, columns), 3, m->scores.count, &m->scores.room);
  return shrunk ? CRITMIN_OK : cm_fail_memory(error);
}
