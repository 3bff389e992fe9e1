/* SPDX-License-Identifier: MIT */
/* What a shock withholds, and when. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "critmin/answer.h"
#include "critmin/price.h"
#include "exposure/scene_shocks.h"

int cm_shock_is(const cm_shocking *s, const char *kind) {
  return strcmp(s->kind, kind) == 0;
}

/* Names -------------------------------------------------------------------------------------------------------------
 */

static critmin_status parties(cm_shocking *s, const char *key, cm_scene_party **list, size_t *n) {
  const json_t *names = json_object_get(s->given, key);
  *n = cm_scenario_names(names);
  *list = cm_alloc_array(*n, sizeof **list);
  if (!*list) return cm_fail_memory(s->p->error);
  for (size_t i = 0; i < *n; i++) {
    char place[CM_PLACE_TEXT];
    snprintf(place, sizeof place, json_is_array(names) ? "%s.%s[%zu]" : "%s.%s", s->place, key, i);
    critmin_status status = cm_scene_party_of(s->p, place, cm_scenario_name(names, i), &(*list)[i]);
    if (status) return status;
  }
  return CRITMIN_OK;
}

static critmin_status minerals(cm_shocking *s) {
  const json_t *names = json_object_get(s->given, "minerals");
  s->n_minerals = cm_scenario_names(names);
  s->minerals = cm_alloc_array(s->n_minerals, sizeof *s->minerals);
  if (!s->minerals) return cm_fail_memory(s->p->error);
  for (size_t i = 0; i < s->n_minerals; i++) {
    char place[CM_PLACE_TEXT];
    snprintf(place, sizeof place, json_is_array(names) ? "%s.minerals[%zu]" : "%s.minerals", s->place, i);
    critmin_status status = cm_scene_mineral_of(s->p, place, cm_scenario_name(names, i), &s->minerals[i]);
    if (status) return status;
  }
  return CRITMIN_OK;
}

/* Every stage that is named has to be one of a mineral that is. */
static critmin_status stages(cm_shocking *s) {
  const critmin_model *model = s->p->model;
  const json_t *names = json_object_get(s->given, "stages");
  for (size_t i = 0; i < cm_scenario_names(names); i++) {
    int found = 0;
    for (size_t m = 0; m < s->n_minerals; m++) {
      const cm_model_mineral *mineral = &model->minerals[s->minerals[m]];
      for (int32_t k = mineral->first_stage; k < mineral->first_stage + mineral->n_stages; k++)
        found |= cm_model_stage_is(model, k, cm_scenario_name(names, i));
    }
    if (found) continue;
    char place[CM_PLACE_TEXT];
    snprintf(place, sizeof place, json_is_array(names) ? "%s.stages[%zu]" : "%s.stages", s->place, i);
    return CM_SCENE_FAIL(s->p, CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, place, "`%s` is no stage in the chain of %s%s",
                         cm_scenario_name(names, i), model->minerals[s->minerals[0]].key,
                         s->n_minerals > 1 ? " or of the other minerals" : "");
  }
  return CRITMIN_OK;
}

static critmin_status hit(cm_shocking *s) {
  cm_scene *scene = s->p->scene;
  s->shock->dependence = cm_alloc_array(scene->n_users, sizeof *s->shock->dependence);
  if (!s->shock->dependence) return cm_fail_memory(s->p->error);
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < scene->n_users && !status; i++) status = cm_shock_depend(s, (int32_t)i);
  return status;
}

/* What it withholds, and when ---------------------------------------------------------------------------------------
 */

static critmin_status take(cm_shocking *s, const char *key, const char *assumed, int harm, int is_fact, int optional,
                           int32_t *input) {
  const cm_wanted wanted = {CM_IN_SHOCK, s->given, s->place, key, assumed, CM_NONE, CM_NONE, CM_NONE, harm, is_fact};
  return cm_scene_take(s->p, &wanted, optional, input);
}

static critmin_status one_step(cm_shocking *s, double day, cm_scene_step **step) {
  cm_scene_step *steps = cm_resize(s->shock->step, s->shock->n_steps + 1, sizeof *steps);
  if (!steps) return cm_fail_memory(s->p->error);
  s->shock->step = steps;
  *step = &steps[s->shock->n_steps++];
  **step = (cm_scene_step){day, CM_NONE};
  return CRITMIN_OK;
}

static critmin_status take_steps(cm_shocking *s) {
  const json_t *steps = json_object_get(s->given, "steps");
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < json_array_size(steps) && !status; i++) {
    const json_t *given = json_array_get(steps, i);
    char key[32];
    cm_scene_step *step;
    snprintf(key, sizeof key, "steps[%zu]", i);
    const cm_wanted wanted = {CM_IN_SHOCK, s->given, s->place, key, NULL, CM_NONE, CM_NONE, CM_NONE, CM_HARM, 0};
    status = one_step(s, json_number_value(json_array_get(given, 0)), &step);
    if (!status)
      status = cm_scene_add(s->p, &wanted, cm_scenario_range(json_array_get(given, 1)), "1", CM_FROM_SCENARIO, NULL,
                            NULL, 0, &step->share);
  }
  return status;
}

/* Share of the taxed deliveries that no longer come, in a market of which `part` is taxed. */
static critmin_status tax_withholds(double part, double rate, double supply, double demand, double *share,
                                    critmin_error *error) {
  const double from[2] = {part, 1 - part}, tax[2] = {rate, 0}, elasticity[2] = {supply, supply}, to[1] = {1},
               falls[1] = {-demand};
  double delivered[2];
  critmin_price price;
  critmin_price_market market;
  critmin_price_market_init(&market);
  market.suppliers = 2;
  market.users = 1;
  market.supply = from;
  market.supply_elasticity = elasticity;
  market.tax = tax;
  market.demand = to;
  market.demand_elasticity = falls;
  critmin_price_init(&price);
  critmin_status status = critmin_price_equilibrium(&market, &price, delivered, NULL, error);
  if (!status) *share = part > 0 ? fmin(1, fmax(0, 1 - delivered[0] / part)) : 0;
  return status;
}

/* The largest part of anybody's needs that the countries deliver: the market that the tax is on. */
static double taxed_part(const cm_shocking *s) {
  double part = 0;
  for (size_t i = 0; i < s->p->scene->n_users; i++) {
    int32_t input = s->shock->dependence[i];
    if (input == CM_NONE) continue;
    const cm_range *range = &s->p->scene->inputs[input].range;
    part = fmax(part, isnan(range->value) ? range->high : range->value);
  }
  return part;
}

static critmin_status take_tax(cm_shocking *s) {
  cm_scene_making *p = s->p;
  int32_t rate, supply, demand;
  cm_scene_step *step;
  cm_wanted wanted = {CM_IN_SHOCK, s->given, s->place, "rate", NULL, CM_NONE, CM_NONE, CM_NONE, CM_HARM, 0};
  critmin_status status = cm_scene_take(p, &wanted, 0, &rate);
  wanted.assumed = "supply_elasticity";
  if (!status) status = cm_scene_assume(p, &wanted, &supply);
  wanted.assumed = "demand_elasticity";
  if (!status) status = cm_scene_assume(p, &wanted, &demand);
  if (status) return status;
  if (supply == CM_NONE || demand == CM_NONE)
    return CM_SCENE_FAIL(p, CRITMIN_ERROR_MISSING_VALUE, s->place,
                         "nobody says how supply and demand answer to prices; set `assume.supply_elasticity` and "
                         "`assume.demand_elasticity`");
  const cm_range of[3] = {p->scene->inputs[rate].range, p->scene->inputs[supply].range, p->scene->inputs[demand].range};
  cm_range withheld = {NAN, INFINITY, -INFINITY};
  double part = taxed_part(s);
  for (int corner = 0; corner < 9; corner++) { /* the values, then all ends of the three */
    double x[3], share = NAN;
    for (int i = 0; i < 3; i++) x[i] = corner == 8 ? of[i].value : corner >> i & 1 ? of[i].high : of[i].low;
    critmin_error inner;
    if (corner == 8 && (isnan(x[0]) || isnan(x[1]) || isnan(x[2]))) continue;
    status = tax_withholds(part, x[0], x[1], x[2], &share, &inner);
    if (status) return CM_SCENE_FAIL(p, status, s->place, "%s", inner.message);
    if (corner == 8) withheld.value = share;
    withheld.low = fmin(withheld.low, share);
    withheld.high = fmax(withheld.high, share);
  }
  wanted.key = "share";
  status = one_step(s, 0, &step);
  if (status) return status;
  return cm_scene_add(p, &wanted, withheld, "1", CM_FROM_ASSUMPTION, "elasticities",
                      "what the tax keeps from being delivered, by the elasticities that are assumed",
                      CRITMIN_FLAG_ASSUMED, &step->share);
}

static critmin_status take_share(cm_shocking *s) {
  if (json_object_get(s->given, "steps")) return take_steps(s);
  if (cm_shock_is(s, "tax")) return take_tax(s);
  char assumed[32];
  cm_scene_step *step;
  critmin_status status = one_step(s, 0, &step);
  if (status) return status;
  snprintf(assumed, sizeof assumed, "withheld_%s", s->kind);
  s->shock->approves = json_object_get(s->given, "approval") != NULL;
  if (s->shock->approves) return take(s, "approval", NULL, CM_GOOD, 0, 0, &step->share);
  status = take(s, "share", assumed, CM_HARM, 0, 0, &step->share);
  if (status || !json_is_true(json_object_get(s->given, "@record")) || !json_object_get(s->given, "share")) return status;
  /* A share from a record is the record's word. */
  cm_input *input = &s->p->scene->inputs[step->share];
  input->origin = CM_FROM_RECORD;
  status = cm_scene_text(s->p, json_string_value(json_object_get(s->given, "name")), &input->key);
  if (!status) status = cm_scene_text(s->p, json_string_value(json_object_get(s->given, CM_SOURCES)), &input->sources);
  return status;
}

static critmin_status take_numbers(cm_shocking *s) {
  cm_scene_shock *shock = s->shock;
  critmin_status status = take_share(s);
  shock->delay = shock->duration = CM_NONE;
  if (!status && cm_shock_is(s, "licence")) status = take(s, "delay", "licence_delay", CM_HARM, 0, 0, &shock->delay);
  if (!status) status = take(s, "start", NULL, CM_GOOD, 0, 0, &shock->start);
  if (!status) status = take(s, "duration", NULL, CM_HARM, 0, 1, &shock->duration);
  if (!status) status = take(s, "ramp", NULL, CM_GOOD, 0, 0, &shock->ramp);
  if (!status) status = take(s, "leak", cm_shock_is(s, "outage") ? NULL : "leak", CM_GOOD, 1, 0, &shock->leak);
  if (!status) status = take(s, "probability", NULL, CM_HARM, 0, 0, &shock->probability);
  return status;
}

/* Shocks by the same countries have one supplier, and those of one group one factor. */
static critmin_status identify(cm_shocking *s, size_t index) {
  cm_scene *scene = s->p->scene;
  const json_t *shocks = json_object_get(s->p->root, "shocks");
  const json_t *countries = json_object_get(s->given, "countries"), *group = json_object_get(s->given, "group");
  const json_t *correlation = json_object_get(s->given, "correlation");
  s->shock->supplier = s->shock->group = CM_NONE;
  s->shock->correlation = correlation ? json_number_value(correlation) : 0.5;
  for (size_t i = 0; i < index; i++) {
    const json_t *other = json_array_get(shocks, i);
    if (s->shock->supplier == CM_NONE && json_equal(countries, json_object_get(other, "countries")))
      s->shock->supplier = scene->shocks[i].supplier;
    if (group && json_equal(group, json_object_get(other, "group"))) s->shock->group = scene->shocks[i].group;
  }
  if (s->shock->supplier == CM_NONE) s->shock->supplier = scene->suppliers++;
  if (group && s->shock->group == CM_NONE) s->shock->group = scene->groups++;
  const char *name = json_string_value(json_object_get(s->given, "name"));
  critmin_status status = cm_scene_text(s->p, s->place, &s->shock->place);
  if (!status) status = cm_scene_record_of(s->p, s->given, &s->shock->record);
  return status ? status : cm_scene_text(s->p, name ? name : s->place, &s->shock->name);
}

static critmin_status add_shock(cm_scene_making *p, const json_t *given, size_t index) {
  cm_scene *scene = p->scene;
  cm_shocking s = {.p = p, .given = given};
  s.place = json_string_value(json_object_get(given, CM_PLACE));
  s.kind = json_string_value(json_object_get(given, "kind"));
  if (!cm_grow(&scene->shocks, scene->n_shocks, &scene->shocks_room, sizeof *scene->shocks))
    return cm_fail_memory(p->error);
  s.shock = &scene->shocks[scene->n_shocks++];
  memset(s.shock, 0, sizeof *s.shock);
  critmin_status status = parties(&s, "countries", &s.countries, &s.n_countries);
  if (!status) status = parties(&s, "targets", &s.targets, &s.n_targets);
  if (!status) status = minerals(&s);
  if (!status) status = stages(&s);
  if (!status) status = identify(&s, index);
  if (!status) status = hit(&s);
  if (!status) status = take_numbers(&s);
  cm_free(s.countries);
  cm_free(s.targets);
  cm_free(s.minerals);
  return status;
}

static int touches(const cm_scene *scene, const cm_scene_shock *shock) {
  for (size_t i = 0; i < scene->n_users; i++) {
    if (shock->dependence[i] != CM_NONE) return 1;
  }
  return 0;
}

critmin_status cm_scene_shocks(cm_scene_making *p) {
  const json_t *shocks = json_object_get(p->root, "shocks");
  int any = 0;
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < json_array_size(shocks) && !status; i++) {
    status = add_shock(p, json_array_get(shocks, i), i);
    if (!status) any |= touches(p->scene, &p->scene->shocks[i]);
  }
  if (status || any) return status;
  return CM_SCENE_FAIL(p, CRITMIN_ERROR_EMPTY_SELECTION, "",
                       "it touches nothing: no shock is of something that a user needs, at its stage or one before, and aimed at the "
                       "user's country");
}
