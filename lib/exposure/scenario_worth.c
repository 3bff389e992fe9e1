/* SPDX-License-Identifier: MIT */
/* What one unit more of each answer brings: a tonne, or where nobody knows tonnes a day of demand, more of it there. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "exposure/scenario_outcome.h"

typedef struct trying {
  critmin_outcome *outcome;
  int in_case;
  double *x;
  cm_course course, fewer;
  critmin_error *error;
} trying;

static int is_in_tonnes(const trying *t, int32_t pool) {
  return t->outcome->scene.pools[pool].in_tonnes;
}

static double later(double than, double shortage) {
  return isinf(than) ? 0 : shortage - than;
}

static critmin_status add(trying *t, const cm_worth *worth) {
  critmin_outcome *o = t->outcome;
  if (!cm_grow(&o->worth, o->n_worth, &o->worth_room, sizeof *worth)) return cm_fail_memory(t->error);
  o->worth[o->n_worth++] = *worth;
  return CRITMIN_OK;
}

static critmin_status run_with(trying *t, int32_t input, double change, cm_course *course) {
  const cm_setting setting = cm_setting_of(&t->outcome->scene, t->in_case, CM_AT_VALUE);
  double before = t->x[input];
  t->x[input] += change;
  critmin_status status = cm_course_run(&t->outcome->scene, t->x, &setting, course, t->error);
  t->x[input] = before;
  return status;
}

/*
 * Runs with a unit more of something that an input says the size of, and with one less, or all that there is of it; and
 * notes what that brings to the users of a pool that it serves. At a kink the two differ.
 */
static critmin_status try_more(trying *t, int32_t input, double unit, const cm_worth *of, int32_t pool,
                               const int32_t *serves, int32_t only) {
  const cm_scene *scene = &t->outcome->scene;
  const cm_course *base = &t->outcome->course[t->in_case][CM_AT_VALUE];
  double less = fmin(unit, t->x[input]);
  critmin_status status = run_with(t, input, unit, &t->course);
  if (!status && less > 0) status = run_with(t, input, -less, &t->fewer);
  for (int32_t u = scene->pools[pool].first; u < scene->pools[pool].first + scene->pools[pool].n && !status; u++) {
    if ((serves && !serves[u]) || (only != CM_NONE && only != u)) continue;
    double demand = cm_scene_demand(scene, t->x, u);
    cm_worth w = *of;
    w.user = u;
    w.in_case = t->in_case;
    w.at = scene->users[u].stage_key;
    w.reaches = 1;
    w.days_later = later(base->shortage[u], t->course.shortage[u]);
    w.unmet_less = (base->unmet[u] - t->course.unmet[u]) * demand;
    w.unmet_more = less > 0 ? (t->fewer.unmet[u] - base->unmet[u]) * demand * (unit / less) : NAN;
    status = add(t, &w);
  }
  return status;
}

static critmin_status try_reserve(trying *t, const cm_scene_reserve *r) {
  const cm_scene *scene = &t->outcome->scene;
  const cm_scene_pool *pool = &scene->pools[r->pool];
  double served = 0, there = t->x[r->held] * t->x[r->usable];
  for (int32_t u = pool->first; u < pool->first + pool->n; u++)
    served += r->serves[u] ? cm_scene_demand(scene, t->x, u) : 0;
  if (!(there > 0)) return CRITMIN_OK;
  double unit = r->in_tonnes ? 1 : 1 / served; /* of a tonne, or a day's demand of one user */
  const cm_worth of = {.instrument = r->name, .kind = "reserve", .unit = pool->in_tonnes ? "t" : "d"};
  return try_more(t, r->size, unit / there, &of, r->pool, r->serves, CM_NONE);
}

static critmin_status try_agreement(trying *t, const cm_scene_agreement *g) {
  const cm_scene *scene = &t->outcome->scene;
  int32_t pool = scene->users[g->user].pool;
  double yearly = g->in_tonnes ? 1 : 1 / (365 * cm_scene_demand(scene, t->x, g->user));
  const cm_worth of = {.instrument = g->name, .kind = "agreement", .unit = is_in_tonnes(t, pool) ? "t/a" : "d/a"};
  return try_more(t, g->size, yearly, &of, pool, NULL, g->user);
}

static critmin_status try_inventory(trying *t, int32_t user) {
  const cm_scene *scene = &t->outcome->scene;
  const cm_scene_user *u = &scene->users[user];
  const cm_worth of = {
      .instrument = "private inventory", .kind = "inventory", .unit = is_in_tonnes(t, u->pool) ? "t" : "d"};
  return try_more(t, u->inventory, 1 / cm_scene_demand(scene, t->x, user), &of, u->pool, NULL, user);
}

/*
 * A unit that nobody has yet, at a stage of the user's chain: of goods in store, or a year of an agreement that delivers
 * from the first day on. As much of it helps as gets through to the user's stage.
 */
static critmin_status try_link(trying *t, const cm_scene_link *link, int is_yearly) {
  const cm_scene *scene = &t->outcome->scene;
  const cm_scene_user *u = &scene->users[link->user];
  const cm_course *base = &t->outcome->course[t->in_case][CM_AT_VALUE];
  cm_setting setting = cm_setting_of(scene, t->in_case, CM_AT_VALUE);
  setting.favoured = link->user;
  setting.yearly = is_yearly ? link->reaches : 0;
  setting.stored = is_yearly ? 0 : link->reaches;
  critmin_status status = cm_course_run(scene, t->x, &setting, &t->course, t->error);
  int in_tonnes = is_in_tonnes(t, u->pool);
  const cm_worth w = {.instrument = "new",
                      .kind = is_yearly ? "agreement" : "reserve",
                      .unit = is_yearly ? (in_tonnes ? "t/a" : "d/a") : in_tonnes ? "t" : "d",
                      .at = link->stage_key,
                      .user = link->user,
                      .in_case = t->in_case,
                      .reaches = link->reaches,
                      .days_later = later(base->shortage[link->user], t->course.shortage[link->user]),
                      .unmet_less = (base->unmet[link->user] - t->course.unmet[link->user]) *
                                    cm_scene_demand(scene, t->x, link->user),
                      .unmet_more = NAN};
  return status ? status : add(t, &w);
}

critmin_status cm_outcome_worth(critmin_outcome *outcome, critmin_error *error) {
  const cm_scene *scene = &outcome->scene;
  trying t = {.outcome = outcome, .in_case = CM_CASES - 1, .error = error};
  while (t.in_case > 0 && !scene->cases[t.in_case]) t.in_case--;
  if (!scene->cases[t.in_case]) return CRITMIN_OK;
  const cm_setting setting = cm_setting_of(scene, t.in_case, CM_AT_VALUE);
  t.x = cm_alloc_array(scene->n_inputs, sizeof *t.x);
  critmin_status status = t.x && cm_course_make(&t.course, scene) && cm_course_make(&t.fewer, scene) ? CRITMIN_OK : cm_fail_memory(error);
  if (!status) memcpy(t.x, outcome->x[CM_AT_VALUE], scene->n_inputs * sizeof *t.x);
  for (size_t i = 0; i < scene->n_reserves && setting.reserves && !status; i++)
    status = try_reserve(&t, &scene->reserves[i]);
  for (size_t i = 0; i < scene->n_agreements && setting.agreements && !status; i++)
    status = try_agreement(&t, &scene->agreements[i]);
  for (int32_t u = 0; u < (int32_t)scene->n_users && !status; u++) status = try_inventory(&t, u);
  for (size_t i = 0; i < scene->n_links && !status; i++) {
    status = try_link(&t, &scene->links[i], 0);
    if (!status) status = try_link(&t, &scene->links[i], 1);
  }
  cm_course_free(&t.course);
  cm_course_free(&t.fewer);
  cm_free(t.x);
  return status;
}
