/* SPDX-License-Identifier: MIT */
/* What could be bought besides what answers already: for each user, the options that serve it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "exposure/scene.h"

typedef struct opting {
  cm_scene_making *p;
  const json_t *given;
  const char *name, *kind, *place;
} opting;

static const char *text_of(const json_t *object, const char *key) {
  return json_string_value(json_object_get(object, key));
}

static double number_of(const json_t *object, const char *key, double missing) {
  const json_t *value = json_object_get(object, key);
  return value ? json_number_value(value) : missing;
}

static critmin_status take(const opting *o, const cm_scene_user *u, const char *key, const char *assumed, int harm,
                           int32_t *input) {
  const cm_wanted wanted = {CM_IN_OPTION, o->given, o->place,         key,  assumed,
                            u->mineral,   u->stage, u->party.country, harm, 1};
  return cm_scene_take(o->p, &wanted, 0, input);
}

static critmin_status serves(const opting *o, const cm_scene_user *u, int *does) {
  const char *country = text_of(o->given, "country");
  const json_t *names = json_object_get(o->given, "minerals");
  *does = 1;
  if (country) {
    cm_scene_party party;
    critmin_status status = cm_scene_party_of(o->p, o->place, country, &party);
    if (status) return status;
    *does = cm_scene_is_in(o->p, u->party, party);
  }
  int has = names == NULL;
  for (size_t i = 0; i < cm_scenario_names(names) && !has; i++) {
    int32_t mineral;
    critmin_status status = cm_scene_mineral_of(o->p, o->place, cm_scenario_name(names, i), &mineral);
    if (status) return status;
    has = cm_scene_belongs(o->p->model, u->mineral, mineral);
  }
  *does &= has;
  return CRITMIN_OK;
}

static critmin_status add_option(const opting *o, int32_t user) {
  cm_scene *scene = o->p->scene;
  const cm_scene_user *u = &scene->users[user];
  cm_scene_option option = {.name = o->name,
                            .place = o->place,
                            .user = user,
                            .release = CM_NONE,
                            .limit = number_of(o->given, "limit", INFINITY)};
  critmin_status status = cm_scene_text(o->p, o->kind, &option.kind);
  if (!status) status = take(o, u, "cost", NULL, CM_HARM, &option.cost);
  if (!status) status = take(o, u, "begins", NULL, CM_HARM, &option.begins);
  if (!status) status = take(o, u, "ramp", NULL, CM_HARM, &option.ramp);
  if (!status) status = take(o, u, "performs", NULL, CM_GOOD, &option.performs);
  if (!status && strcmp(o->kind, "reserve") == 0)
    status = take(o, u, "release", "release_rate", CM_GOOD, &option.release);
  if (status) return status;
  if (!cm_grow(&scene->options, scene->n_options, &scene->options_room, sizeof option))
    return cm_fail_memory(o->p->error);
  scene->options[scene->n_options++] = option;
  return CRITMIN_OK;
}

static critmin_status begin(cm_scene_making *p, const json_t *list, size_t i, opting *o) {
  char place[CM_PLACE_TEXT];
  snprintf(place, sizeof place, "mitigation.options[%zu]", i);
  *o = (opting){.p = p, .given = json_array_get(list, i)};
  o->kind = text_of(o->given, "kind");
  critmin_status status = cm_scene_text(p, place, &o->place);
  return status ? status : cm_scene_text(p, text_of(o->given, "name"), &o->name);
}

/* User by user, so that the options of one stand together. */
critmin_status cm_scene_options(cm_scene_making *p) {
  const json_t *mitigation = json_object_get(p->root, "mitigation"), *list = json_object_get(mitigation, "options");
  size_t n = json_array_size(list);
  critmin_status status = CRITMIN_OK;
  p->scene->target = number_of(mitigation, "target", 0);
  p->scene->probability = number_of(mitigation, "probability", 0.95);
  p->scene->curve_points = (int32_t)number_of(mitigation, "points", 10);
  for (int32_t user = 0; user < (int32_t)p->scene->n_users && !status; user++) {
    for (size_t i = 0; i < n && !status; i++) {
      opting o;
      int does = 0;
      status = begin(p, list, i, &o);
      if (!status) status = serves(&o, &p->scene->users[user], &does);
      if (!status && does) status = add_option(&o, user);
    }
  }
  if (status || !mitigation || p->scene->n_options) return status;
  return CM_SCENE_FAIL(p, CRITMIN_ERROR_INVALID_VALUE, "mitigation.options",
                       "none of them serves any of the users, by country or by mineral");
}
