/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/memory.h"
#include "model/load.h"

enum { COLUMNS = 4 };

static const cm_grown *columns_of(cm_scores *s, cm_grown columns[COLUMNS]) {
  const cm_grown all[COLUMNS] = {{&s->value, sizeof *s->value},
                                 {&s->error, sizeof *s->error},
                                 {&s->edition, sizeof *s->edition},
                                 {&s->year, sizeof *s->year}};
  memcpy(columns, all, sizeof all);
  return columns;
}

/* The scores of one indicator and country, of all years: assessments take means of years of their own. */
static critmin_status read_series(cm_loader *loader, cm_cursor *cursor, cm_series *series, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_scores *s = &m->scores;
  series->first = (int32_t)s->count;
  int found;
  critmin_status status;
  int64_t id = -1;
  int32_t edition = CM_NONE;
  while (!(status = cm_cursor_next(cursor, &found, error)) && found) {
    int64_t this = cm_cursor_integer(cursor, CM_SCORE_EDITION), year = cm_cursor_integer(cursor, CM_SCORE_YEAR);
    if (this != id) status = cm_load_place(&loader->editions, id = this, "edition", &edition, error);
    if (status) return status;
    if (m->editions[edition].day > loader->edition_day) continue;
    size_t at = s->count;
    if (series->n && s->year[at - 1] == year) {
      int32_t best = s->edition[at - 1];
      if (m->editions[edition].day < m->editions[best].day ||
          (m->editions[edition].day == m->editions[best].day && edition < best))
        continue;
      at--;
    } else {
      cm_grown columns[COLUMNS];
      if (at >= INT32_MAX / 2 || !cm_load_room(columns_of(s, columns), COLUMNS, at, &s->room))
        return cm_fail_memory(error);
      s->count++;
      series->n++;
    }
    s->year[at] = (int16_t)year;
    s->edition[at] = edition;
    s->value[at] = cm_cursor_number(cursor, CM_SCORE_VALUE);
    s->error[at] = cm_cursor_number(cursor, CM_SCORE_ERROR);
  }
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
    if (!loader->wanted[country]) continue;
    const int64_t values[] = {loader->indicator_ids[indicator], loader->country_ids[country], INT16_MAX};
    cm_cursor_bind(cursor, values, 3);
    status = read_series(loader, cursor, &m->series[i], error);
  }
  cm_cursor_close(cursor);
  if (status) return status;
  cm_grown columns[COLUMNS];
  int shrunk = cm_load_shrink(columns_of(&m->scores, columns), COLUMNS, m->scores.count, &m->scores.room);
  return shrunk ? CRITMIN_OK : cm_fail_memory(error);
}
