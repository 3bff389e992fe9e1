/* SPDX-License-Identifier: MIT */
/* Which shock hits whom, and how much of what each needs it can withhold. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "critmin/answer.h"
#include "critmin/price.h"
#include "exposure/scene.h"

typedef struct shocking {
  cm_scene_making *p;
  const json_t *given;
  const char *place, *kind;
  cm_scene_shock *shock;
  cm_scene_party *countries, *targets;
  size_t n_countries, n_targets;
  int32_t *minerals;
  size_t n_minerals;
} shocking;

static int is_kind(const shocking *s, const char *kind) {
  return strcmp(s->kind, kind) == 0;
}

/* Names -------------------------------------------------------------------------------------------------------------
 */

static critmin_status parties(shocking *s, const char *key, cm_scene_party **list, size_t *n) {
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

static critmin_status minerals(shocking *s) {
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
static critmin_status stages(shocking *s) {
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

/* Whom it hits ------------------------------------------------------------------------------------------------------
 */

static int of_stage(const shocking *s, int32_t stage) {
  const json_t *names = json_object_get(s->given, "stages");
  for (size_t i = 0; i < cm_scenario_names(names); i++) {
    if (cm_model_stage_is(s->p->model, stage, cm_scenario_name(names, i))) return 1;
  }
  return !names;
}

/* The earliest stage of a user's chain, up to its own, that the shock is of; CM_NONE where there is none. `gaps` says
 * whether a later one, up to its own, is left free. */
static int32_t earliest(const shocking *s, const cm_scene_user *u, int *gaps, int *several) {
  int32_t first = CM_NONE;
  *gaps = *several = 0;
  for (int32_t k = s->p->model->minerals[u->mineral].first_stage; k <= u->stage; k++) {
    int hit = of_stage(s, k);
    if (hit && first == CM_NONE)
      first = k;
    else if (first != CM_NONE)
      *(hit ? several : gaps) = 1;
  }
  return first;
}

static int aims_at(const shocking *s, const cm_scene_user *u) {
  int aimed = s->n_targets == 0;
  for (size_t i = 0; i < s->n_targets; i++) aimed |= cm_scene_is_in(s->p, u->party, s->targets[i]);
  if (is_kind(s, "outage")) return aimed;
  for (size_t i = 0; i < s->n_countries; i++) {
    if (cm_scene_is_in(s->p, u->party, s->countries[i])) return 0;
  }
  return aimed;
}

static int concerns(const shocking *s, const cm_scene_user *u) {
  for (size_t i = 0; i < s->n_minerals; i++) {
    if (cm_scene_belongs(s->p->model, u->mineral, s->minerals[i])) return 1;
  }
  return 0;
}

/* How much of what a user needs it can withhold ---------------------------------------------------------------------
 */

static const char *party_key(const critmin_model *model, cm_scene_party party) {
  return party.country != CM_NONE ? model->countries[party.country].key : model->groups[party.group].key;
}

typedef struct depending {
  cm_range range;
  uint64_t flags;
  cm_buffer text;
  int found;
} depending;

static critmin_status cell(shocking *s, const cm_question *q, int *found, cm_range *range, depending *d) {
  uint64_t flags = 0;
  char *unit = NULL, *said_by = NULL;
  critmin_status status = cm_scene_ask(s->p, q, found, range, &unit, &flags, &said_by);
  if (!status && *found && (isnan(range->low) || isnan(range->high))) *found = 0;
  if (!status && *found) {
    d->flags |= flags;
    if (d->text.length) cm_buffer_add(&d->text, "; ");
    cm_buffer_print(&d->text, "%s: %s", q->partner, said_by);
  }
  cm_free(unit);
  cm_free(said_by);
  return status;
}

/*
 * What the catalogue says of one of the countries, added to that of the others: they may deliver the same goods one
 * after another, so that the least is what the largest of them has. What only passes through could be stopped too.
 */
static critmin_status ask(shocking *s, const cm_scene_user *u, cm_scene_party country, int32_t at, int several,
                          depending *d) {
  const critmin_model *model = s->p->model;
  int outage = is_kind(s, "outage"), found = 0, passes = 0;
  cm_range made = {NAN, NAN, NAN}, passed = {NAN, NAN, NAN};
  cm_question q = {outage && !several ? "origin_share" : "touch_share",
                   u->mineral_key,
                   u->stage_key,
                   u->country,
                   party_key(model, country),
                   model->stages[at].key,
                   NULL};
  critmin_status status = cell(s, &q, &found, &made, d);
  if (status || !found) return status;
  if (!outage) {
    q.transit = "1";
    status = cell(s, &q, &passes, &passed, d);
    if (status) return status;
  }
  d->found = 1;
  d->range.value = fmin(1, d->range.value + made.value);
  d->range.low = fmax(d->range.low, made.low);
  d->range.high = fmin(1, d->range.high + (passes ? fmax(made.high, passed.high) : made.high));
  return CRITMIN_OK;
}

/* Trade, looked through. An interval from nothing to all says nothing. */
static critmin_status look_through(shocking *s, const cm_scene_user *u, int32_t at, int gaps, int several,
                                   const cm_wanted *wanted, int32_t *input) {
  depending d = {0};
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < s->n_countries && !status; i++) status = ask(s, u, s->countries[i], at, several, &d);
  /* Goods that the stages left free bring around the shock are not taken off: nothing is the least that is sure. */
  if (gaps && !is_kind(s, "outage")) d.range.low = 0;
  int says = d.found && !(isnan(d.range.value) && d.range.low <= 0 && d.range.high >= 1);
  if (!status && says) {
    char *text = cm_buffer_take(&d.text);
    status = text ? cm_scene_add(s->p, wanted, d.range, "1", CM_FROM_MODEL, "look_through", text, d.flags, input)
                  : cm_fail_memory(s->p->error);
    cm_free(text);
  }
  cm_buffer_free(&d.text);
  return status;
}

/* One input for each user, or one for all where the document says it. */
static critmin_status depend(shocking *s, int32_t user) {
  const cm_scene_user *u = &s->p->scene->users[user];
  int32_t *input = &s->shock->dependence[user];
  int gaps, several;
  *input = CM_NONE;
  if (!concerns(s, u) || !aims_at(s, u)) return CRITMIN_OK;
  int32_t at = earliest(s, u, &gaps, &several);
  if (at == CM_NONE) return CRITMIN_OK;
  const cm_wanted wanted = {CM_IN_SHOCK, s->given, s->place,         "dependence", "dependence",
                            u->mineral,  u->stage, u->party.country, CM_HARM,      1};
  if (json_object_get(s->given, "dependence")) {
    for (int32_t other = 0; other < user; other++) {
      if (s->shock->dependence[other] == CM_NONE) continue;
      *input = s->shock->dependence[other];
      return CRITMIN_OK;
    }
    return cm_scene_take(s->p, &wanted, 0, input);
  }
  critmin_status status = look_through(s, u, at, gaps, several, &wanted, input);
  return status || *input != CM_NONE ? status : cm_scene_take(s->p, &wanted, 0, input);
}

static critmin_status hit(shocking *s) {
  cm_scene *scene = s->p->scene;
  s->shock->dependence = cm_alloc_array(scene->n_users, sizeof *s->shock->dependence);
  if (!s->shock->dependence) return cm_fail_memory(s->p->error);
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < scene->n_users && !status; i++) status = depend(s, (int32_t)i);
  return status;
}

/* What it withholds, and when ---------------------------------------------------------------------------------------
 */

static critmin_status take(shocking *s, const char *key, const char *assumed, int harm, int is_fact, int optional,
                           int32_t *input) {
  const cm_wanted wanted = {CM_IN_SHOCK, s->given, s->place, key, assumed, CM_NONE, CM_NONE, CM_NONE, harm, is_fact};
  return cm_scene_take(s->p, &wanted, optional, input);
}

static critmin_status one_step(shocking *s, double day, cm_scene_step **step) {
  cm_scene_step *steps = cm_resize(s->shock->step, s->shock->n_steps + 1, sizeof *steps);
  if (!steps) return cm_fail_memory(s->p->error);
  s->shock->step = steps;
  *step = &steps[s->shock->n_steps++];
  **step = (cm_scene_step){day, CM_NONE};
  return CRITMIN_OK;
}

static critmin_status take_steps(shocking *s) {
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
static double taxed_part(const shocking *s) {
  double part = 0;
  for (size_t i = 0; i < s->p->scene->n_users; i++) {
    int32_t input = s->shock->dependence[i];
    if (input == CM_NONE) continue;
    const cm_range *range = &s->p->scene->inputs[input].range;
    part = fmax(part, isnan(range->value) ? range->high : range->value);
  }
  return part;
}

static critmin_status take_tax(shocking *s) {
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

static critmin_status take_share(shocking *s) {
  if (json_object_get(s->given, "steps")) return take_steps(s);
  if (is_kind(s, "tax")) return take_tax(s);
  char assumed[32];
  cm_scene_step *step;
  critmin_status status = one_step(s, 0, &step);
  if (status) return status;
  snprintf(assumed, sizeof assumed, "withheld_%s", s->kind);
  s->shock->approves = json_object_get(s->given, "approval") != NULL;
  if (s->shock->approves) return take(s, "approval", NULL, CM_GOOD, 0, 0, &step->share);
  status = take(s, "share", assumed, CM_HARM, 0, 0, &step->share);
  /* A share from a record is the record's word. */
  if (!status && json_is_true(json_object_get(s->given, "record")) && json_object_get(s->given, "share"))
    s->p->scene->inputs[step->share].origin = CM_FROM_RECORD;
  return status;
}

static critmin_status take_numbers(shocking *s) {
  cm_scene_shock *shock = s->shock;
  critmin_status status = take_share(s);
  shock->delay = shock->duration = CM_NONE;
  if (!status && is_kind(s, "licence")) status = take(s, "delay", "licence_delay", CM_HARM, 0, 0, &shock->delay);
  if (!status) status = take(s, "start", NULL, CM_GOOD, 0, 0, &shock->start);
  if (!status) status = take(s, "duration", NULL, CM_HARM, 0, 1, &shock->duration);
  if (!status) status = take(s, "ramp", NULL, CM_GOOD, 0, 0, &shock->ramp);
  if (!status) status = take(s, "leak", is_kind(s, "outage") ? NULL : "leak", CM_GOOD, 1, 0, &shock->leak);
  if (!status) status = take(s, "probability", NULL, CM_HARM, 0, 0, &shock->probability);
  return status;
}

/* Shocks by the same countries have one supplier, and those of one group one factor. */
static critmin_status identify(shocking *s, size_t index) {
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
  return status ? status : cm_scene_text(s->p, name ? name : s->place, &s->shock->name);
}

static critmin_status add_shock(cm_scene_making *p, const json_t *given, size_t index) {
  cm_scene *scene = p->scene;
  shocking s = {.p = p, .given = given};
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
                       "it touches nothing: no shock is of a mineral, of a stage up to that of the user, and against a "
                       "country that users have in common with it");
}
