/* SPDX-License-Identifier: MIT */
/* What is taken where nobody published. */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/load.h"

static critmin_status place_of(const cm_idmap *map, const cm_cursor *cursor, int column, const char *what,
                               int32_t *place, critmin_error *error) {
  int64_t id = cm_cursor_integer(cursor, column);
  return id ? cm_load_place(map, id, what, place, error) : CRITMIN_OK;
}

static critmin_status take(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_assumption a = {
      .mineral = CM_NONE,
      .stage = CM_NONE,
      .country = CM_NONE,
      .value = cm_cursor_number(cursor, CM_ASSUMPTION_VALUE),
      .low = cm_cursor_number(cursor, CM_ASSUMPTION_LOW),
      .high = cm_cursor_number(cursor, CM_ASSUMPTION_HIGH),
  };
  critmin_status status = place_of(&loader->minerals, cursor, CM_ASSUMPTION_MINERAL, "mineral", &a.mineral, error);
  if (!status) status = place_of(&loader->stages, cursor, CM_ASSUMPTION_STAGE, "stage", &a.stage, error);
  if (!status) status = place_of(&loader->countries, cursor, CM_ASSUMPTION_COUNTRY, "country", &a.country, error);
  if (!status) status = cm_load_text(loader, cursor, CM_ASSUMPTION_KEY, &a.key, error);
  if (!status) status = cm_load_text(loader, cursor, CM_ASSUMPTION_SUBJECT, &a.subject, error);
  if (!status) status = cm_load_text(loader, cursor, CM_ASSUMPTION_UNIT, &a.unit, error);
  if (!status) status = cm_load_text(loader, cursor, CM_ASSUMPTION_REASON, &a.reason, error);
  if (status) return status;
  if (!cm_grow(&m->assumptions, m->n_assumptions, room, sizeof a)) return cm_fail_memory(error);
  m->assumptions[m->n_assumptions++] = a;
  return CRITMIN_OK;
}

critmin_status cm_load_assumptions(cm_loader *loader, critmin_error *error) {
  return cm_load_rows(loader, CM_READ_ASSUMPTIONS, take, error);
}

static int fits(int32_t of, int32_t asked) {
  return of == CM_NONE || of == asked;
}

const cm_model_assumption *cm_model_assumption_of(const critmin_model *model, const char *subject, int32_t mineral,
                                                  int32_t stage, int32_t country) {
  const cm_model_assumption *best = NULL;
  int most = -1;
  for (size_t i = 0; i < model->n_assumptions; i++) {
    const cm_model_assumption *a = &model->assumptions[i];
    if (!cm_name_equal(a->subject, subject)) continue;
    if (!fits(a->mineral, mineral) || !fits(a->stage, stage) || !fits(a->country, country)) continue;
    int names = 4 * (a->mineral != CM_NONE) + 2 * (a->stage != CM_NONE) + (a->country != CM_NONE);
    if (names <= most) continue;
    best = a;
    most = names;
  }
  return best;
}
