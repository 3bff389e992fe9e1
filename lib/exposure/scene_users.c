/* SPDX-License-Identifier: MIT */
/* Who needs what: those that the document names, or else the targets of its shocks at the last stage that is shocked.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "critmin/answer.h"
#include "exposure/scene.h"

static const char *party_key(const critmin_model *model, cm_scene_party party) {
  return party.country != CM_NONE ? model->countries[party.country].key : model->groups[party.group].key;
}

static const char *place_of(const json_t *object) {
  return json_string_value(json_object_get(object, CM_PLACE));
}

static critmin_status find_stage(cm_scene_making *p, const char *place, int32_t mineral, const char *word,
                                 int32_t *stage) {
  const cm_model_mineral *m = &p->model->minerals[mineral];
  *stage = CM_NONE;
  for (int32_t s = m->first_stage; s < m->first_stage + m->n_stages; s++) {
    if (!cm_model_stage_is(p->model, s, word)) continue;
    if (*stage != CM_NONE && strcmp(p->model->stages[*stage].key, word) == 0) continue;
    if (*stage != CM_NONE && strcmp(p->model->stages[s].key, word) != 0)
      return CM_SCENE_FAIL(p, CRITMIN_ERROR_INVALID_VALUE, place, "`%s` is several stages of `%s`; name `%s` or `%s`",
                           word, m->key, p->model->stages[*stage].key, p->model->stages[s].key);
    *stage = s;
  }
  if (*stage != CM_NONE) return CRITMIN_OK;
  return CM_SCENE_FAIL(p, CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, place, "the chain of `%s` has no stage `%s`%s%s%s", m->key,
                       word, m->n_stages ? "; its last is `" : "",
                       m->n_stages ? p->model->stages[m->first_stage + m->n_stages - 1].key : "",
                       m->n_stages ? "`" : "");
}

/* Numbers of a user -------------------------------------------------------------------------------------------------
 */

/* Apparent consumption, where it is on record in tonnes. */
static critmin_status take_consumption(cm_scene_making *p, const cm_scene_user *u, const cm_wanted *wanted,
                                       int32_t *input) {
  int found = 0;
  cm_range range = {NAN, NAN, NAN};
  uint64_t flags = 0;
  char *unit = NULL, *said_by = NULL;
  const cm_question q = {"apparent_consumption", u->mineral_key, u->stage_key, u->country, NULL, NULL, NULL};
  critmin_status status = cm_scene_ask(p, &q, &found, &range, &unit, &flags, &said_by);
  if (!status && found && strcmp(unit, "t") == 0 && isfinite(range.low) && isfinite(range.high) && range.low > 0)
    status = cm_scene_add(p, wanted, range, "t/a", CM_FROM_MODEL, "apparent_consumption", said_by, flags, input);
  if (!status && *input != CM_NONE) status = cm_scene_keep(p, *input, &q);
  cm_free(unit);
  cm_free(said_by);
  return status;
}

static critmin_status take_numbers(cm_scene_making *p, const json_t *given, cm_scene_user *u) {
  cm_wanted wanted = {CM_IN_USER, given,    u->place,         "demand", "demand",
                      u->mineral, u->stage, u->party.country, CM_HARM,  1};
  critmin_status status = CRITMIN_OK;
  if (!json_object_get(given, "demand")) status = take_consumption(p, u, &wanted, &u->demand);
  if (!status && u->demand == CM_NONE) status = cm_scene_take(p, &wanted, 1, &u->demand);
  if (!status && u->demand != CM_NONE && !(p->scene->inputs[u->demand].range.low > 0))
    return CM_SCENE_FAIL(p, CRITMIN_ERROR_INVALID_VALUE, u->place, "a demand has to be above zero");
  wanted.key = "inventory";
  wanted.assumed = "private_inventory";
  wanted.harm = CM_GOOD;
  if (!status) status = cm_scene_take(p, &wanted, 0, &u->inventory);
  wanted.key = "substitution";
  wanted.assumed = NULL;
  if (!status) status = cm_scene_take(p, &wanted, 0, &u->substitution);
  const json_t *worth = json_object_get(given, "worth");
  u->worth = worth ? json_number_value(worth) : 1;
  return status;
}

/* Tiers: 0 is served first. */
static critmin_status take_tier(cm_scene_making *p, cm_scene_user *u) {
  const json_t *tiers = json_object_get(p->root, "tiers");
  size_t n = json_array_size(tiers);
  u->tier = (int32_t)n;
  for (size_t t = n; t-- > 0;) {
    const json_t *names = json_array_get(tiers, t);
    for (size_t i = 0; i < cm_scenario_names(names); i++) {
      char place[CM_PLACE_TEXT];
      cm_scene_party party;
      snprintf(place, sizeof place, "tiers[%zu]", t);
      critmin_status status = cm_scene_party_of(p, place, cm_scenario_name(names, i), &party);
      if (status) return status;
      if (cm_scene_is_in(p, u->party, party)) u->tier = (int32_t)t;
    }
  }
  return CRITMIN_OK;
}

static critmin_status add_user(cm_scene_making *p, const json_t *given, const char *place, cm_scene_party party,
                               int32_t mineral, int32_t stage) {
  cm_scene *scene = p->scene;
  cm_scene_user u = {.party = party,
                     .mineral = mineral,
                     .stage = stage,
                     .demand = CM_NONE,
                     .inventory = CM_NONE,
                     .substitution = CM_NONE,
                     .price = CM_NONE,
                     .demand_elasticity = CM_NONE,
                     .supply_elasticity = CM_NONE,
                     .spare = CM_NONE};
  for (size_t i = 0; i < scene->n_users; i++) {
    const cm_scene_user *other = &scene->users[i];
    if (other->stage == stage && other->party.country == party.country && other->party.group == party.group)
      return given ? CM_SCENE_FAIL(p, CRITMIN_ERROR_DUPLICATE_KEY, place, "the user is there already, as %s",
                                   other->place)
                   : CRITMIN_OK;
  }
  critmin_status status = cm_scene_text(p, place, &u.place);
  if (!status) status = cm_scene_text(p, party_key(p->model, party), &u.country);
  if (!status) status = cm_scene_text(p, p->model->minerals[mineral].key, &u.mineral_key);
  if (!status) status = cm_scene_text(p, p->model->stages[stage].key, &u.stage_key);
  if (!status) status = take_numbers(p, given, &u);
  if (!status) status = take_tier(p, &u);
  if (status) return status;
  if (!cm_grow(&scene->users, scene->n_users, &scene->users_room, sizeof u)) return cm_fail_memory(p->error);
  scene->users[scene->n_users++] = u;
  return CRITMIN_OK;
}

/* The last stage of a mineral that a shock is of; CM_NONE where its chain has none of them. */
static int32_t last_stage(const critmin_model *model, int32_t mineral, const json_t *names) {
  const cm_model_mineral *m = &model->minerals[mineral];
  for (int32_t s = m->first_stage + m->n_stages; s-- > m->first_stage;) {
    if (!names) return s;
    for (size_t i = 0; i < cm_scenario_names(names); i++) {
      if (cm_model_stage_is(model, s, cm_scenario_name(names, i))) return s;
    }
  }
  return CM_NONE;
}

/* What a user needs, as far as the document leaves it to the shocks. */
typedef struct needing {
  int32_t mineral, stage;
} needing;

/* Adds a mineral, or moves it to a later stage. */
static void need(needing *list, size_t *n, int32_t mineral, int32_t stage) {
  size_t i = 0;
  while (i < *n && list[i].mineral != mineral) i++;
  if (i < *n && list[i].stage >= stage) return;
  list[i] = (needing){mineral, stage};
  *n += i == *n;
}

/* The minerals of the shocks, or the one that is named, each at the stage that is named or their last. */
static critmin_status find_needs(cm_scene_making *p, const char *place, int32_t mineral, const char *stage,
                                 needing *list, size_t *n) {
  const json_t *shocks = json_object_get(p->root, "shocks");
  for (size_t i = 0; i < json_array_size(shocks); i++) {
    const json_t *shock = json_array_get(shocks, i), *minerals = json_object_get(shock, "minerals");
    for (size_t k = 0; k < cm_scenario_names(minerals); k++) {
      int32_t of, at;
      critmin_status status = cm_scene_mineral_of(p, place_of(shock), cm_scenario_name(minerals, k), &of);
      if (status) return status;
      if (mineral != CM_NONE && !cm_scene_belongs(p->model, mineral, of)) continue;
      if (mineral != CM_NONE) of = mineral;
      at = last_stage(p->model, of, json_object_get(shock, "stages"));
      if (stage && at != CM_NONE) status = find_stage(p, place, of, stage, &at);
      if (status) return status;
      if (at != CM_NONE) need(list, n, of, at);
    }
  }
  return CRITMIN_OK;
}

static critmin_status add_needs(cm_scene_making *p, const json_t *given, const char *place, cm_scene_party party,
                                const needing *list, size_t n) {
  critmin_status status = CRITMIN_OK;
  if (n == 0)
    return CM_SCENE_FAIL(p, CRITMIN_ERROR_MISSING_VALUE, place,
                         "no shock is of a stage of anything that it could need; give its `mineral` and `stage`");
  if (n > 1 && json_object_get(given, "demand"))
    return CM_SCENE_FAIL(p, CRITMIN_ERROR_INVALID_VALUE, place, "a demand is of one mineral; name it as `mineral`");
  for (size_t i = 0; i < n && !status; i++) status = add_user(p, given, place, party, list[i].mineral, list[i].stage);
  return status;
}

static critmin_status add_named(cm_scene_making *p, const json_t *given, needing *room) {
  const char *place = place_of(given), *name = json_string_value(json_object_get(given, "mineral")),
             *word = json_string_value(json_object_get(given, "stage"));
  cm_scene_party party;
  int32_t mineral = CM_NONE, stage;
  size_t n = 0;
  critmin_status status = cm_scene_party_of(p, place, json_string_value(json_object_get(given, "country")), &party);
  if (!status && name) status = cm_scene_mineral_of(p, place, name, &mineral);
  if (!status && name && word) {
    status = find_stage(p, place, mineral, word, &stage);
    return status ? status : add_user(p, given, place, party, mineral, stage);
  }
  if (!status) status = find_needs(p, place, mineral, word, room, &n);
  return status ? status : add_needs(p, given, place, party, room, n);
}

static critmin_status named_users(cm_scene_making *p, const json_t *users) {
  const json_t *shocks = json_object_get(p->root, "shocks");
  size_t names = 1;
  for (size_t i = 0; i < json_array_size(shocks); i++)
    names += cm_scenario_names(json_object_get(json_array_get(shocks, i), "minerals"));
  needing *room = cm_alloc_array(names, sizeof *room);
  critmin_status status = room ? CRITMIN_OK : cm_fail_memory(p->error);
  for (size_t i = 0; i < json_array_size(users) && !status; i++)
    status = add_named(p, json_array_get(users, i), room);
  cm_free(room);
  return status;
}

static critmin_status users_of_shock(cm_scene_making *p, const json_t *shock) {
  const json_t *targets = json_object_get(shock, "targets"), *minerals = json_object_get(shock, "minerals");
  const char *place = place_of(shock);
  for (size_t t = 0; t < cm_scenario_names(targets); t++) {
    cm_scene_party party;
    critmin_status status = cm_scene_party_of(p, place, cm_scenario_name(targets, t), &party);
    for (size_t i = 0; i < cm_scenario_names(minerals) && !status; i++) {
      int32_t mineral;
      status = cm_scene_mineral_of(p, place, cm_scenario_name(minerals, i), &mineral);
      if (status) break;
      int32_t stage = last_stage(p->model, mineral, json_object_get(shock, "stages"));
      if (stage != CM_NONE) status = add_user(p, NULL, place, party, mineral, stage);
    }
    if (status) return status;
  }
  return CRITMIN_OK;
}

/* Pools -------------------------------------------------------------------------------------------------------------
 */

static int by_stage(const void *a, const void *b) {
  const cm_scene_user *left = a, *right = b;
  if (left->stage != right->stage) return left->stage < right->stage ? -1 : 1;
  return strcmp(left->country, right->country);
}

static critmin_status make_pools(cm_scene_making *p) {
  cm_scene *scene = p->scene;
  if (scene->n_users) qsort(scene->users, scene->n_users, sizeof *scene->users, by_stage);
  for (size_t i = 0; i < scene->n_users; i++) {
    if (i == 0 || scene->users[i].stage != scene->users[i - 1].stage) {
      if (!cm_grow(&scene->pools, scene->n_pools, &scene->pools_room, sizeof *scene->pools))
        return cm_fail_memory(p->error);
      scene->pools[scene->n_pools++] = (cm_scene_pool){.first = (int32_t)i, .in_tonnes = 1};
    }
    cm_scene_pool *pool = &scene->pools[scene->n_pools - 1];
    scene->users[i].pool = (int32_t)scene->n_pools - 1;
    pool->n++;
    if (scene->users[i].demand == CM_NONE) pool->in_tonnes = 0;
  }
  for (size_t i = 0; i < scene->n_pools; i++) {
    const cm_scene_pool *pool = &scene->pools[i];
    const cm_scene_user *u = &scene->users[pool->first];
    if (pool->in_tonnes || pool->n == 1 || scene->allocation == CM_OWN_SUPPLIERS) continue;
    while (u->demand != CM_NONE) u++;
    return CM_SCENE_FAIL(p, CRITMIN_ERROR_MISSING_VALUE, u->place,
                         "what remains is to be pooled, and nobody says how much `%s` %s needs; give `demand`",
                         u->mineral_key, u->country);
  }
  return CRITMIN_OK;
}

critmin_status cm_scene_users(cm_scene_making *p) {
  const json_t *users = json_object_get(p->root, "users"), *shocks = json_object_get(p->root, "shocks");
  critmin_status status = named_users(p, users);
  for (size_t i = 0; i < json_array_size(shocks) && json_array_size(users) == 0 && !status; i++)
    status = users_of_shock(p, json_array_get(shocks, i));
  if (status) return status;
  if (p->scene->n_users == 0)
    return CM_SCENE_FAIL(p, CRITMIN_ERROR_MISSING_VALUE, "users",
                         "nobody is named who needs anything: the shocks are aimed at everybody; list users, of whom a "
                         "`country` is enough, or give the shocks targets");
  return make_pools(p);
}
