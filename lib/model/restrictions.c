/* SPDX-License-Identifier: MIT */
/* What is forbidden: a restriction with an entry for each mineral and stage it names, whom it binds, and when it rests. */
#include "base/memory.h"
#include "model/load.h"

static critmin_status place_of(const cm_idmap *map, const cm_cursor *cursor, int column, const char *what,
                               int32_t *place, critmin_error *error) {
  int64_t id = cm_cursor_integer(cursor, column);
  *place = CM_NONE;
  return id ? cm_load_place(map, id, what, place, error) : CRITMIN_OK;
}

static critmin_status take_restriction(cm_loader *loader, const cm_cursor *cursor, size_t *room,
                                       critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_restriction r = {
      .row = cm_cursor_integer(cursor, CM_RESTRICTION_ID),
      .from = cm_load_day(cm_cursor_text(cursor, CM_RESTRICTION_EFFECTIVE), 1, CM_LAST_DAY),
      .to = cm_load_day(cm_cursor_text(cursor, CM_RESTRICTION_UNTIL), 1, CM_LAST_DAY),
      .rate = cm_cursor_number(cursor, CM_RESTRICTION_RATE),
  };
  critmin_status status = place_of(&loader->minerals, cursor, CM_RESTRICTION_MINERAL, "mineral", &r.mineral, error);
  if (!status) status = place_of(&loader->stages, cursor, CM_RESTRICTION_STAGE, "stage", &r.stage, error);
  if (!status) status = place_of(&loader->countries, cursor, CM_RESTRICTION_COUNTRY, "country", &r.country, error);
  if (!status) status = place_of(&loader->groups, cursor, CM_RESTRICTION_GROUP, "group", &r.group, error);
  if (!status) status = place_of(&loader->sources, cursor, CM_RESTRICTION_SOURCE, "source", &r.source, error);
  if (!status) status = cm_load_text(loader, cursor, CM_RESTRICTION_KEY, &r.key, error);
  if (!status) status = cm_load_text(loader, cursor, CM_RESTRICTION_KIND, &r.kind, error);
  if (status) return status;
  if (!cm_grow(&m->restrictions, m->n_restrictions, room, sizeof r)) return cm_fail_memory(error);
  m->restrictions[m->n_restrictions++] = r;
  return CRITMIN_OK;
}

static critmin_status take_target(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_target t = {.restriction = cm_cursor_integer(cursor, CM_TARGET_RESTRICTION)};
  critmin_status status = place_of(&loader->countries, cursor, CM_TARGET_COUNTRY, "country", &t.country, error);
  if (!status) status = place_of(&loader->groups, cursor, CM_TARGET_GROUP, "group", &t.group, error);
  if (status) return status;
  if (!cm_grow(&m->targets, m->n_targets, room, sizeof t)) return cm_fail_memory(error);
  m->targets[m->n_targets++] = t;
  return CRITMIN_OK;
}

static critmin_status take_rest(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_rest r = {
      .restriction = cm_cursor_integer(cursor, CM_REST_RESTRICTION),
      .from = cm_load_day(cm_cursor_text(cursor, CM_REST_FROM), 1, CM_LAST_DAY),
      .to = cm_load_day(cm_cursor_text(cursor, CM_REST_TO), 1, CM_LAST_DAY),
  };
  if (!cm_grow(&m->rests, m->n_rests, room, sizeof r)) return cm_fail_memory(error);
  m->rests[m->n_rests++] = r;
  return CRITMIN_OK;
}

critmin_status cm_load_restrictions(cm_loader *loader, critmin_error *error) {
  critmin_status status = cm_load_rows(loader, CM_READ_RESTRICTIONS, take_restriction, error);
  if (!status) status = cm_load_rows(loader, CM_READ_TARGETS, take_target, error);
  return status ? status : cm_load_rows(loader, CM_READ_RESTS, take_rest, error);
}

int cm_model_restriction_acts(const critmin_model *model, const cm_model_restriction *restriction, int32_t day) {
  if (day < restriction->from || day > restriction->to) return 0;
  for (size_t i = 0; i < model->n_rests; i++) {
    const cm_model_rest *r = &model->rests[i];
    if (r->restriction == restriction->row && r->from <= day && day <= r->to) return 0;
  }
  return 1;
}

int cm_model_restriction_binds(const critmin_model *model, const cm_model_restriction *restriction, int32_t country,
                               int32_t day) {
  int targets = 0;
  for (size_t i = 0; i < model->n_targets; i++) {
    const cm_model_target *t = &model->targets[i];
    if (t->restriction != restriction->row) continue;
    targets++;
    if (country == CM_NONE) continue;
    if (t->country == country || (t->group != CM_NONE && cm_model_in_group(model, t->group, country, day))) return 1;
  }
  return targets == 0;
}
