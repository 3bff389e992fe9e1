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
  cm_course course;
  critmin_error *error;
} trying;

static int is_in_tonnes(const trying *t, int32_t pool) {
  return t->outcome->scene.pools[pool].in_tonnes;
}

static double later(double than, double shortage) {
  return isinf(than) ? 0 : shortage - than;
}

/* Runs with `more` of an input, and notes what it brings to the users of a pool that it serves. */
static critmin_status try_more(trying *t, int32_t input, double more, const char *instrument, const char *kind,
                               const char *unit, int32_t pool, const int32_t *serves, int32_t only) {
  critmin_outcome *o = t->outcome;
  const cm_scene *scene = &o->scene;
  const cm_setting setting = cm_setting_of(scene, t->in_case, CM_AT_VALUE);
  const cm_course *base = &o->course[t->in_case][CM_AT_VALUE];
  double before = t->x[input];
  t->x[input] += more;
  critmin_status status = cm_course_run(scene, t->x, &setting, &t->course, t->error);
  t->x[input] = before;
  for (int32_t u = scene->pools[pool].first; u < scene->pools[pool].first + scene->pools[pool].n && !status; u++) {
    if ((serves && !serves[u]) || (only != CM_NONE && only != u)) continue;
    double demand = cm_scene_demand(scene, t->x, u);
    cm_worth w = {instrument,
                  kind,
                  unit,
                  u,
                  t->in_case,
                  later(base->shortage[u], t->course.shortage[u]),
                  (base->unmet[u] - t->course.unmet[u]) * demand};
    if (!cm_grow(&o->worth, o->n_worth, &o->worth_room, sizeof w)) return cm_fail_memory(t->error);
    o->worth[o->n_worth++] = w;
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
  return try_more(t, r->size, unit / there, r->name, "reserve", pool->in_tonnes ? "t" : "d", r->pool, r->serves,
                  CM_NONE);
}

static critmin_status try_agreement(trying *t, const cm_scene_agreement *g) {
  const cm_scene *scene = &t->outcome->scene;
  int32_t pool = scene->users[g->user].pool;
  double yearly = g->in_tonnes ? 1 : 1 / (365 * cm_scene_demand(scene, t->x, g->user));
  return try_more(t, g->size, yearly, g->name, "agreement", is_in_tonnes(t, pool) ? "t/a" : "d/a", pool, NULL, g->user);
}

static critmin_status try_inventory(trying *t, int32_t user) {
  const cm_scene *scene = &t->outcome->scene;
  const cm_scene_user *u = &scene->users[user];
  return try_more(t, u->inventory, 1 / cm_scene_demand(scene, t->x, user), "private inventory", "inventory",
                  is_in_tonnes(t, u->pool) ? "t" : "d", u->pool, NULL, user);
}

critmin_status cm_outcome_worth(critmin_outcome *outcome, critmin_error *error) {
  const cm_scene *scene = &outcome->scene;
  trying t = {.outcome = outcome, .in_case = CM_CASES - 1, .error = error};
  while (t.in_case > 0 && !scene->cases[t.in_case]) t.in_case--;
  if (!scene->cases[t.in_case]) return CRITMIN_OK;
  const cm_setting setting = cm_setting_of(scene, t.in_case, CM_AT_VALUE);
  t.x = cm_alloc_array(scene->n_inputs, sizeof *t.x);
  critmin_status status = t.x && cm_course_make(&t.course, scene) ? CRITMIN_OK : cm_fail_memory(error);
  if (!status) memcpy(t.x, outcome->x[CM_AT_VALUE], scene->n_inputs * sizeof *t.x);
  for (size_t i = 0; i < scene->n_reserves && setting.reserves && !status; i++)
    status = try_reserve(&t, &scene->reserves[i]);
  for (size_t i = 0; i < scene->n_agreements && setting.agreements && !status; i++)
    status = try_agreement(&t, &scene->agreements[i]);
  for (int32_t u = 0; u < (int32_t)scene->n_users && !status; u++) status = try_inventory(&t, u);
  cm_course_free(&t.course);
  cm_free(t.x);
  return status;
}
