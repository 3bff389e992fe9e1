/* SPDX-License-Identifier: MIT */
/* Where the numbers of a scenario come from. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "critmin/answer.h"
#include "exposure/scene.h"

const char *const cm_input_origin_names[CM_INPUT_ORIGINS] = {"scenario", "record", "assumption", "model", "default"};

critmin_status cm_scene_text(cm_scene_making *p, const char *text, const char **copy) {
  return cm_arena_copy(&p->scene->text, text, copy) ? CRITMIN_OK : cm_fail_memory(p->error);
}

critmin_status cm_scene_record_of(cm_scene_making *p, const json_t *given, cm_scene_record *record) {
  critmin_status status = cm_scene_text(p, json_string_value(json_object_get(given, "record")), &record->key);
  return status ? status : cm_scene_text(p, json_string_value(json_object_get(given, CM_SOURCES)), &record->sources);
}

critmin_status cm_scene_add(cm_scene_making *p, const cm_wanted *wanted, cm_range range, const char *unit,
                            cm_input_origin origin, const char *key, const char *text, uint64_t flags, int32_t *input) {
  cm_scene *scene = p->scene;
  cm_input made = {.unit = unit, .range = range, .harm = wanted->harm, .origin = origin, .flags = flags};
  char place[CM_PLACE_TEXT * 2];
  snprintf(place, sizeof place, "%s%s%s", wanted->place, *wanted->place ? "." : "", wanted->key);
  critmin_status status = cm_scene_text(p, place, &made.place);
  if (!status) status = cm_scene_text(p, wanted->key, &made.what);
  if (!status) status = cm_scene_text(p, unit, &made.unit);
  if (!status) status = cm_scene_text(p, key, &made.key);
  if (!status) status = cm_scene_text(p, text, &made.text);
  const char *sources = json_string_value(json_object_get(wanted->given, CM_SOURCES));
  if (!status && origin == CM_FROM_RECORD) status = cm_scene_text(p, sources, &made.sources);
  if (status) return status;
  if (!cm_grow(&scene->inputs, scene->n_inputs, &scene->inputs_room, sizeof made)) return cm_fail_memory(p->error);
  *input = (int32_t)scene->n_inputs;
  scene->inputs[scene->n_inputs++] = made;
  return CRITMIN_OK;
}

static critmin_status add_assumption(cm_scene_making *p, const cm_wanted *wanted, const cm_model_assumption *a,
                                     int32_t *input) {
  const cm_scenario_key *key = cm_scenario_key_of(CM_IN_ASSUME, wanted->assumed);
  if (strcmp(a->unit, key->unit) != 0)
    return CM_SCENE_FAIL(p, CRITMIN_ERROR_INVALID_VALUE, wanted->place,
                         "the assumption `%s` is in `%s`; a scenario needs `%s` in `%s`", a->key, a->unit,
                         wanted->assumed, key->unit);
  if (a->low < key->low || a->high > key->high)
    return CM_SCENE_FAIL(p, CRITMIN_ERROR_INVALID_VALUE, wanted->place,
                         "the assumption `%s` reaches from %g to %g; `%s` can be %g to %g", a->key, a->low, a->high,
                         wanted->assumed, key->low, key->high);
  return cm_scene_add(p, wanted, (cm_range){a->value, a->low, a->high}, key->unit, CM_FROM_ASSUMPTION, a->key,
                      a->reason, CRITMIN_FLAG_ASSUMED, input);
}

critmin_status cm_scene_assume(cm_scene_making *p, const cm_wanted *wanted, int32_t *input) {
  *input = CM_NONE;
  if (!wanted->assumed) return CRITMIN_OK;
  const json_t *given = json_object_get(json_object_get(p->root, "assume"), wanted->assumed);
  if (given) {
    const cm_scenario_key *key = cm_scenario_key_of(CM_IN_ASSUME, wanted->assumed);
    char text[CM_PLACE_TEXT];
    snprintf(text, sizeof text, "assume.%s", wanted->assumed);
    return cm_scene_add(p, wanted, cm_scenario_range(given), key->unit, CM_FROM_SCENARIO, text, NULL,
                        CRITMIN_FLAG_ASSUMED, input);
  }
  const cm_model_assumption *a =
      cm_model_assumption_of(p->model, wanted->assumed, wanted->mineral, wanted->stage, wanted->country);
  return a ? add_assumption(p, wanted, a, input) : CRITMIN_OK;
}

critmin_status cm_scene_take(cm_scene_making *p, const cm_wanted *wanted, int optional, int32_t *input) {
  const cm_scenario_key *key = cm_scenario_key_of(wanted->object, wanted->key);
  const json_t *given = json_object_get(wanted->given, wanted->key);
  *input = CM_NONE;
  if (given) {
    const json_t *note = json_object_get(wanted->given, "note");
    return cm_scene_add(p, wanted, cm_scenario_range(given), key->unit, CM_FROM_SCENARIO, NULL, json_string_value(note),
                        wanted->is_fact ? CRITMIN_FLAG_ASSUMED : 0, input);
  }
  critmin_status status = cm_scene_assume(p, wanted, input);
  double initial;
  if (status || *input != CM_NONE) return status;
  if (key->initial && cm_number_parse(key->initial, &initial))
    return cm_scene_add(p, wanted, (cm_range){initial, initial, initial}, key->unit, CM_FROM_DEFAULT, NULL, NULL, 0,
                        input);
  if (optional) return CRITMIN_OK;
  return CM_SCENE_FAIL(p, CRITMIN_ERROR_MISSING_VALUE, wanted->place, "nobody says `%s` (%s); give it here%s%s%s",
                       wanted->key, key->text, wanted->assumed ? ", or set `assume." : "",
                       wanted->assumed ? wanted->assumed : "",
                       wanted->assumed ? "`, or add an assumption to the store" : "");
}

/* Names -------------------------------------------------------------------------------------------------------------
 */

critmin_status cm_scene_party_of(cm_scene_making *p, const char *place, const char *name, cm_scene_party *party) {
  critmin_error inner;
  critmin_status status = cm_model_find_party(p->model, name, &party->country, &party->group, &inner);
  return status ? CM_SCENE_FAIL(p, status, place, "%s", inner.message) : CRITMIN_OK;
}

critmin_status cm_scene_mineral_of(cm_scene_making *p, const char *place, const char *name, int32_t *mineral) {
  critmin_error inner;
  critmin_status status = cm_model_find_mineral(p->model, name, mineral, &inner);
  return status ? CM_SCENE_FAIL(p, status, place, "%s", inner.message) : CRITMIN_OK;
}

int cm_scene_is_in(const cm_scene_making *p, cm_scene_party party, cm_scene_party other) {
  if (party.country != CM_NONE && party.country == other.country) return 1;
  if (party.group != CM_NONE && party.group == other.group) return 1;
  return party.country != CM_NONE && other.group != CM_NONE &&
         cm_model_in_group(p->model, other.group, party.country, p->day);
}

enum { DEEPEST = 8 }; /* groups of minerals hold groups; the store does not keep them from going round */

static int belongs(const critmin_model *model, int32_t mineral, int32_t group, int depth) {
  if (mineral == group) return 1;
  const cm_model_mineral *g = &model->minerals[group];
  for (int32_t i = 0; i < g->n_members && depth < DEEPEST; i++) {
    if (belongs(model, mineral, model->members[g->first_member + i], depth + 1)) return 1;
  }
  return 0;
}

int cm_scene_belongs(const critmin_model *model, int32_t mineral, int32_t group) {
  return belongs(model, mineral, group, 0);
}
