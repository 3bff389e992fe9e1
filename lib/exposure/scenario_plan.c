/* SPDX-License-Identifier: MIT */
#include "exposure/scenario_plan.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

const char *const cm_case_names[CM_CASES] = {"neither", "reserve", "agreement", "both"};

void cm_plan_free(cm_plan *plan) {
  for (size_t i = 0; i < plan->n_shocks; i++) {
    cm_free(plan->shocks[i].step);
    cm_free(plan->shocks[i].dependence);
  }
  for (size_t i = 0; i < plan->n_reserves; i++) cm_free(plan->reserves[i].serves);
  cm_free(plan->inputs);
  cm_free(plan->users);
  cm_free(plan->pools);
  cm_free(plan->shocks);
  cm_free(plan->reserves);
  cm_free(plan->agreements);
  cm_arena_free(&plan->text);
  memset(plan, 0, sizeof *plan);
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

static void take_frame(cm_planning *p) {
  const json_t *horizon = json_object_get(p->root, "horizon"), *year = json_object_get(p->root, "year");
  const char *start = json_string_value(json_object_get(p->root, "start"));
  p->plan->horizon = horizon ? json_number_value(horizon) : 365;
  p->plan->allocation = choice(p->root, "allocation");
  p->plan->order = choice(p->root, "order");
  p->plan->has_tiers = json_array_size(json_object_get(p->root, "tiers")) > 0;
  p->start = start ? cm_json_day(start) : CM_NO_DAY;
  p->day = json_is_integer(year) ? (int32_t)json_integer_value(year) * 10000 + 1231 : 99991231;
  if (start) {
    char text[CM_DAY_TEXT];
    cm_day_text(p->start, text);
    p->day = 0;
    for (const char *c = text; *c; c++) p->day = *c == '-' ? p->day : p->day * 10 + (*c - '0');
  }
}

static void take_cases(cm_planning *p) {
  const json_t *cases = json_object_get(p->root, "cases");
  int has[CM_CASES] = {1, p->plan->n_reserves > 0, p->plan->n_agreements > 0,
                       p->plan->n_reserves > 0 && p->plan->n_agreements > 0};
  for (int c = 0; c < CM_CASES; c++) {
    int asked = cases == NULL;
    for (size_t i = 0; i < cm_json_names(cases); i++) asked |= strcmp(cm_json_name(cases, i), cm_case_names[c]) == 0;
    p->plan->cases[c] = asked && (cases || has[c]);
  }
}

static void flag(const cm_plan *plan, int32_t input, uint64_t *flags) {
  if (input != CM_NONE) *flags |= plan->inputs[input].flags;
}

/* What is said of everything that enters for a user holds for its results. */
static void flag_users(cm_plan *plan) {
  for (int32_t i = 0; i < (int32_t)plan->n_users; i++) {
    cm_plan_user *u = &plan->users[i];
    flag(plan, u->inventory, &u->flags);
    flag(plan, u->substitution, &u->flags);
    for (size_t s = 0; s < plan->n_shocks; s++) {
      const cm_plan_shock *shock = &plan->shocks[s];
      if (shock->dependence[i] == CM_NONE) continue;
      flag(plan, shock->dependence[i], &u->flags);
      flag(plan, shock->leak, &u->flags);
      flag(plan, shock->delay, &u->flags);
      for (size_t k = 0; k < shock->n_steps; k++) flag(plan, shock->step[k].share, &u->flags);
    }
  }
}

static critmin_status make(cm_planning *p) {
  take_frame(p);
  critmin_status status = cm_plan_users(p);
  if (!status) status = cm_plan_shocks(p);
  if (!status) status = cm_plan_reserves(p);
  if (!status) status = cm_plan_agreements(p);
  if (status) return status;
  take_cases(p);
  flag_users(p->plan);
  cm_arena_seal(&p->plan->text);
  return CRITMIN_OK;
}

critmin_status cm_plan_make(const critmin_model *model, const critmin_scenario *scenario, cm_plan *plan,
                            critmin_error *error) {
  cm_planning p = {.model = model, .scenario = scenario, .root = scenario->full, .plan = plan, .error = error};
  memset(plan, 0, sizeof *plan);
  critmin_status status = make(&p);
  if (status) cm_plan_free(plan);
  return status;
}
