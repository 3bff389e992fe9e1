/* SPDX-License-Identifier: MIT */
#include "exposure/scene.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

const char *const cm_case_names[CM_CASES] = {"neither", "reserve", "agreement", "both"};

void cm_scene_free(cm_scene *scene) {
  for (size_t i = 0; i < scene->n_shocks; i++) {
    cm_free(scene->shocks[i].step);
    cm_free(scene->shocks[i].dependence);
  }
  for (size_t i = 0; i < scene->n_reserves; i++) cm_free(scene->reserves[i].serves);
  cm_free(scene->inputs);
  cm_free(scene->users);
  cm_free(scene->pools);
  cm_free(scene->shocks);
  cm_free(scene->reserves);
  cm_free(scene->agreements);
  cm_free(scene->sectors);
  cm_free(scene->options);
  cm_free(scene->links);
  cm_free(scene->asked);
  cm_arena_free(&scene->text);
  memset(scene, 0, sizeof *scene);
}

/* Place of the word of a key among those it may be; 0, the first, where it is not given. */
static int choice(const json_t *root, const char *name) {
  const char *word = json_string_value(json_object_get(root, name));
  int place = 0;
  for (const char *at = cm_scenario_key_of(CM_IN_SCENARIO, name)->words; word && *at; place++) {
    size_t length = strcspn(at, "|");
    if (strlen(word) == length && memcmp(at, word, length) == 0) return place;
    at += length + (at[length] == '|');
  }
  return 0;
}

static void take_frame(cm_scene_making *p) {
  const json_t *horizon = json_object_get(p->root, "horizon"), *year = json_object_get(p->root, "year");
  const char *start = json_string_value(json_object_get(p->root, "start"));
  p->scene->horizon = horizon ? json_number_value(horizon) : 365;
  p->scene->allocation = choice(p->root, "allocation");
  p->scene->order = choice(p->root, "order");
  p->scene->has_tiers = json_array_size(json_object_get(p->root, "tiers")) > 0;
  p->start = start ? cm_scenario_day(start) : CM_NO_DAY;
  p->scene->year = json_is_integer(year) ? (int32_t)json_integer_value(year) : CM_NONE;
  p->day = json_is_integer(year) ? (int32_t)json_integer_value(year) * 10000 + 1231 : 99991231;
  if (start) {
    char text[CM_DAY_TEXT];
    cm_day_text(p->start, text);
    p->day = 0;
    for (const char *c = text; *c; c++) p->day = *c == '-' ? p->day : p->day * 10 + (*c - '0');
  }
}

static void take_cases(cm_scene_making *p) {
  const json_t *cases = json_object_get(p->root, "cases");
  int has[CM_CASES] = {1, p->scene->n_reserves > 0, p->scene->n_agreements > 0,
                       p->scene->n_reserves > 0 && p->scene->n_agreements > 0};
  for (int c = 0; c < CM_CASES; c++) {
    int asked = cases == NULL;
    for (size_t i = 0; i < cm_scenario_names(cases); i++)
      asked |= strcmp(cm_scenario_name(cases, i), cm_case_names[c]) == 0;
    p->scene->cases[c] = asked && (cases || has[c]);
  }
}

/* How far is looked is told beside the other numbers, since results hang on it. */
static critmin_status tell_horizon(cm_scene_making *p) {
  const json_t *given = json_object_get(p->root, "horizon");
  const double days = p->scene->horizon;
  const cm_wanted wanted = {CM_IN_SCENARIO, p->root, "", "horizon", NULL, CM_NONE, CM_NONE, CM_NONE, CM_HARM, 0};
  int32_t input;
  return cm_scene_add(p, &wanted, (cm_range){days, days, days}, "d", given ? CM_FROM_SCENARIO : CM_FROM_DEFAULT, NULL,
                      NULL, 0, &input);
}

static critmin_status make(cm_scene_making *p) {
  take_frame(p);
  critmin_status status = cm_scene_users(p);
  if (!status) status = cm_scene_shocks(p);
  if (!status) status = cm_scene_reserves(p);
  if (!status) status = cm_scene_agreements(p);
  if (!status) status = cm_scene_money(p);
  if (!status) status = cm_scene_options(p);
  if (!status) status = cm_scene_links(p);
  if (status) return status;
  take_cases(p);
  status = tell_horizon(p);
  if (status) return status;
  cm_arena_seal(&p->scene->text);
  return CRITMIN_OK;
}

critmin_status cm_scene_make(const critmin_model *model, const critmin_scenario *scenario, cm_scene *scene,
                             critmin_error *error) {
  cm_scene_making p = {.model = model, .scenario = scenario, .root = scenario->full, .scene = scene, .error = error};
  memset(scene, 0, sizeof *scene);
  critmin_status status = make(&p);
  if (status) cm_scene_free(scene);
  return status;
}
