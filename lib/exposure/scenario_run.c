/* SPDX-License-Identifier: MIT */
/* A run: the scene at its values and at its ends, with and without what answers. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "exposure/check.h"
#include "exposure/scenario_outcome.h"

void critmin_scenario_options_init(critmin_scenario_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
}

int32_t critmin_scenario_options_size(void) {
  return (int32_t)sizeof(critmin_scenario_options);
}

void critmin_outcome_free(critmin_outcome *outcome) {
  if (!outcome) return;
  for (int c = 0; c < CM_CASES; c++) {
    for (int p = 0; p < CM_POINTS; p++) cm_course_free(&outcome->course[c][p]);
    for (int p = 0; p < CM_POLICIES; p++) cm_course_free(&outcome->policy[c][p]);
  }
  for (int p = 0; p < CM_POINTS; p++) {
    cm_free(outcome->x[p]);
    cm_free(outcome->part[p]);
  }
  critmin_draws_free(outcome->drawn);
  cm_free(outcome->part_error);
  cm_free(outcome->unknown);
  cm_free(outcome->worth);
  for (size_t i = 0; i < outcome->n_mixed; i++) cm_free(outcome->mixed[i].units);
  cm_free(outcome->mixed);
  cm_scene_free(&outcome->scene);
  cm_free(outcome);
}

cm_setting cm_setting_of(const cm_scene *scene, int in_case, int point) {
  cm_setting setting = {.reserves = in_case == CM_WITH_RESERVE || in_case == CM_WITH_BOTH,
                        .agreements = in_case == CM_WITH_AGREEMENT || in_case == CM_WITH_BOTH};
  setting.inventory_first =
      scene->order == CM_INVENTORY_FIRST || (scene->order == CM_EITHER_ORDER && point == CM_AT_WORST);
  setting.served = point == CM_AT_VALUE ? CM_SERVED_BY_RULE : point == CM_AT_BEST ? CM_SERVED_FIRST : CM_SERVED_LAST;
  setting.allocation = scene->allocation;
  setting.favoured = CM_NONE;
  return setting;
}

/* Inputs without a value stand in the middle, so that all others can be computed; their pools have no value then. */
static double middle(const cm_range *range) {
  return isnan(range->value) ? (range->low + range->high) / 2 : range->value;
}

static int set_points(critmin_outcome *outcome) {
  const cm_scene *scene = &outcome->scene;
  for (int p = 0; p < CM_POINTS; p++) {
    outcome->x[p] = cm_alloc_array(scene->n_inputs, sizeof *outcome->x[p]);
    if (!outcome->x[p]) return 0;
  }
  for (size_t i = 0; i < scene->n_inputs; i++) {
    const cm_range *range = &scene->inputs[i].range;
    int harm = scene->inputs[i].harm == CM_HARM;
    outcome->x[CM_AT_VALUE][i] = middle(range);
    outcome->x[CM_AT_BEST][i] = harm ? range->low : range->high;
    outcome->x[CM_AT_WORST][i] = harm ? range->high : range->low;
  }
  return 1;
}

static int has_no_value(const cm_scene *scene, int32_t input) {
  return input != CM_NONE && isnan(scene->inputs[input].range.value);
}

static int any_has_no_value(const cm_scene *scene, const int32_t *inputs, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (has_no_value(scene, inputs[i])) return 1;
  }
  return 0;
}

static int shock_is_unknown(const cm_scene *scene, const cm_scene_shock *s, const cm_scene_pool *pool) {
  const int32_t inputs[] = {s->delay, s->start, s->duration, s->ramp, s->leak};
  int hits = 0, unknown = any_has_no_value(scene, inputs, sizeof inputs / sizeof inputs[0]);
  for (int32_t u = pool->first; u < pool->first + pool->n; u++) {
    hits |= s->dependence[u] != CM_NONE;
    unknown |= has_no_value(scene, s->dependence[u]);
  }
  for (size_t k = 0; k < s->n_steps; k++) unknown |= has_no_value(scene, s->step[k].share);
  return hits && unknown;
}

static int find_unknown(critmin_outcome *outcome) {
  const cm_scene *scene = &outcome->scene;
  outcome->unknown = cm_alloc_array(scene->n_pools, 1);
  if (!outcome->unknown) return 0;
  for (size_t i = 0; i < scene->n_users; i++) {
    const cm_scene_user *u = &scene->users[i];
    const int32_t inputs[] = {u->demand, u->inventory, u->substitution};
    if (any_has_no_value(scene, inputs, 3)) outcome->unknown[u->pool] = 1;
  }
  for (size_t i = 0; i < scene->n_reserves; i++) {
    const cm_scene_reserve *r = &scene->reserves[i];
    const int32_t inputs[] = {r->size, r->held, r->usable, r->release, r->delay, r->refill};
    if (any_has_no_value(scene, inputs, 6)) outcome->unknown[r->pool] = 1;
  }
  for (size_t i = 0; i < scene->n_agreements; i++) {
    const cm_scene_agreement *g = &scene->agreements[i];
    const int32_t inputs[] = {g->size, g->begins, g->ramp, g->additional, g->performs};
    if (any_has_no_value(scene, inputs, 5)) outcome->unknown[scene->users[g->user].pool] = 1;
  }
  for (size_t p = 0; p < scene->n_pools; p++) {
    for (size_t i = 0; i < scene->n_shocks; i++)
      outcome->unknown[p] |= (uint8_t)shock_is_unknown(scene, &scene->shocks[i], &scene->pools[p]);
  }
  return 1;
}

static critmin_status run_cases(critmin_outcome *outcome, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (int c = 0; c < CM_CASES && !status; c++) {
    for (int p = 0; p < CM_POINTS && outcome->scene.cases[c] && !status; p++) {
      cm_course *course = &outcome->course[c][p];
      const cm_setting setting = cm_setting_of(&outcome->scene, c, p);
      if (!cm_course_make(course, &outcome->scene)) return cm_fail_memory(error);
      status = cm_course_run(&outcome->scene, outcome->x[p], &setting, course, error);
    }
  }
  return status;
}

static int shares_a_pool(const cm_scene *scene) {
  for (size_t i = 0; i < scene->n_pools; i++) {
    if (scene->pools[i].n > 1 && scene->pools[i].in_tonnes) return 1;
  }
  return 0;
}

static critmin_status run_policies(critmin_outcome *outcome, critmin_error *error) {
  static const int served[CM_POLICIES] = {CM_SERVED_FIRST, CM_SERVED_ALIKE, CM_SERVED_LAST};
  const cm_scene *scene = &outcome->scene;
  critmin_status status = CRITMIN_OK;
  for (int c = 0; c < CM_CASES && shares_a_pool(scene); c++) {
    for (int p = 0; p < CM_POLICIES && scene->cases[c] && !status; p++) {
      cm_setting setting = cm_setting_of(scene, c, CM_AT_VALUE);
      setting.allocation = CM_POOL_PROPORTIONAL;
      setting.served = served[p];
      if (!cm_course_make(&outcome->policy[c][p], scene)) return cm_fail_memory(error);
      status = cm_course_run(scene, outcome->x[CM_AT_VALUE], &setting, &outcome->policy[c][p], error);
    }
  }
  return status;
}

static critmin_status check_options(const critmin_scenario_options *options, critmin_error *error) {
  critmin_status status = cm_check_size(options->struct_size, sizeof *options, "critmin_scenario_options", error);
  if (status) return status;
  if (options->threads < 0)
    return cm_fail(error, CRITMIN_ERROR_NEGATIVE, "threads cannot be below zero; give 0 for one per processor");
  if (options->draws < 0) return cm_fail(error, CRITMIN_ERROR_NEGATIVE, "draws cannot be below zero; give 0 for none");
  return CRITMIN_OK;
}

critmin_status critmin_scenario_run(const critmin_model *model, const critmin_scenario *scenario,
                                    const critmin_scenario_options *options, critmin_progress progress, void *user,
                                    critmin_outcome **outcome, critmin_error *error) {
  critmin_scenario_options none;
  critmin_scenario_options_init(&none);
  if (!model) return cm_fail_null(error, "model");
  if (!scenario) return cm_fail_null(error, "scenario");
  if (!outcome) return cm_fail_null(error, "outcome");
  if (!options) options = &none;
  critmin_status status = check_options(options, error);
  if (status) return status;
  critmin_outcome *made = cm_alloc_array(1, sizeof *made);
  if (!made) return cm_fail_memory(error);
  status = cm_scene_make(model, scenario, &made->scene, error);
  if (!status && !(set_points(made) && find_unknown(made))) status = cm_fail_memory(error);
  if (!status) status = run_cases(made, error);
  if (!status) status = run_policies(made, error);
  if (!status) status = cm_outcome_attribute(made, options->seed, error);
  if (!status) status = cm_outcome_worth(made, error);
  if (!status) status = cm_outcome_draw(made, scenario, options, progress, user, error);
  if (!status) status = cm_outcome_mitigate(made, options, error);
  if (status) {
    critmin_outcome_free(made);
    return status;
  }
  *outcome = made;
  return cm_ok(error);
}
