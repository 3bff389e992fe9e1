/* SPDX-License-Identifier: MIT */
#include "exposure/scenario_measures.h"

#include <math.h>

#include "critmin/answer.h"

static double shortage(const cm_scene *scene, const double *x, const cm_course *course, int32_t u) {
  (void)scene, (void)x;
  return course->shortage[u];
}

static double days_unmet(const cm_scene *scene, const double *x, const cm_course *course, int32_t u) {
  (void)scene, (void)x;
  return course->unmet[u];
}

static double share_missing(const cm_scene *scene, const double *x, const cm_course *course, int32_t u) {
  (void)scene, (void)x;
  return course->missing[u];
}

static double days_of_cover(const cm_scene *scene, const double *x, const cm_course *course, int32_t u) {
  (void)scene, (void)x;
  return course->stock[u];
}

static double days_against(const cm_scene *scene, const double *x, const cm_course *course, int32_t u) {
  (void)scene, (void)x;
  return course->missing[u] > 0 ? course->stock[u] / course->missing[u] : INFINITY;
}

static double inventory_empty(const cm_scene *scene, const double *x, const cm_course *course, int32_t u) {
  (void)scene, (void)x;
  return course->inventory_empty[u];
}

static double share_unmet(const cm_scene *scene, const double *x, const cm_course *course, int32_t u) {
  (void)x;
  return course->unmet[u] / scene->horizon;
}

static double unmet(const cm_scene *scene, const double *x, const cm_course *course, int32_t u) {
  return course->unmet[u] * cm_scene_demand(scene, x, u);
}

const cm_user_measure cm_user_measures[] = {
    {"days_to_shortage", "d", shortage, 1, 0, 1},   {"days_unmet", "d", days_unmet, 1, 0, 0},
    {"share_missing", "1", share_missing, 0, 0, 0}, {"days_of_cover", "d", days_of_cover, 0, 0, 0},
    {"days_against", "d", days_against, 0, 0, 0},   {"inventory_empty", "d", inventory_empty, 0, 0, 1},
    {"share_unmet", "1", share_unmet, 0, 0, 0},     {"unmet", "t", unmet, 0, 1, 0},
};
const size_t cm_n_user_measures = sizeof cm_user_measures / sizeof cm_user_measures[0];

const char *const cm_reserve_measure_names[CM_RESERVE_MEASURES] = {"held", "empty", "released"};

double cm_reserve_measure_of(const cm_course *course, cm_reserve_measure measure, size_t reserve) {
  const double *const of[CM_RESERVE_MEASURES] = {course->held, course->empty, course->released};
  return of[measure][reserve];
}

int32_t cm_reserve_user(const cm_scene *scene, size_t reserve) {
  int32_t user = scene->pools[scene->reserves[reserve].pool].first;
  while (!scene->reserves[reserve].serves[user]) user++;
  return user;
}

/* Inputs ------------------------------------------------------------------------------------------------------------
 */

typedef struct entering {
  const cm_scene *scene;
  cm_setting setting;
  void (*each)(void *to, int32_t input);
  void *to;
} entering;

static void enter(const entering *e, const int32_t *inputs, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (inputs[i] != CM_NONE) e->each(e->to, inputs[i]);
  }
}

#define ENTER(e, ...) \
  enter(e, (const int32_t[]){__VA_ARGS__}, sizeof((const int32_t[]){__VA_ARGS__}) / sizeof(int32_t))

static void enter_user(const entering *e, int32_t user, int weighed) {
  const cm_scene *scene = e->scene;
  ENTER(e, scene->users[user].inventory, scene->users[user].substitution);
  for (size_t i = 0; i < scene->n_shocks; i++) {
    const cm_scene_shock *s = &scene->shocks[i];
    if (s->dependence[user] == CM_NONE) continue;
    ENTER(e, s->dependence[user], s->start, s->duration, s->ramp, s->leak, s->delay);
    for (size_t k = 0; k < s->n_steps; k++) ENTER(e, s->step[k].share);
  }
  for (size_t i = 0; i < scene->n_reserves && e->setting.reserves; i++) {
    const cm_scene_reserve *r = &scene->reserves[i];
    if (!r->serves[user]) continue;
    weighed |= r->in_tonnes || r->release_in_tonnes;
    ENTER(e, r->size, r->held, r->usable, r->release, r->delay, r->refill);
  }
  for (size_t i = 0; i < scene->n_agreements && e->setting.agreements; i++) {
    const cm_scene_agreement *g = &scene->agreements[i];
    if (g->user != user) continue;
    weighed |= g->in_tonnes;
    ENTER(e, g->size, g->begins, g->ramp, g->additional, g->performs);
  }
  if (weighed) ENTER(e, scene->users[user].demand);
}

/* Whether users draw on what others have as well: all that enters for one enters for the other. */
static int are_bound(const cm_scene *scene, const cm_setting *setting, int32_t a, int32_t b) {
  if (scene->users[a].pool != scene->users[b].pool) return 0;
  if (scene->allocation != CM_OWN_SUPPLIERS) return 1;
  for (size_t i = 0; i < scene->n_reserves && setting->reserves; i++) {
    if (scene->reserves[i].serves[a] && scene->reserves[i].serves[b]) return 1;
  }
  return 0;
}

void cm_scene_entering(const cm_scene *scene, int in_case, int32_t user, int in_tonnes,
                       void (*each)(void *to, int32_t input), void *to) {
  const entering e = {scene, cm_setting_of(scene, in_case, CM_AT_VALUE), each, to};
  for (int32_t other = 0; other < (int32_t)scene->n_users; other++) {
    if (other == user)
      enter_user(&e, user, in_tonnes);
    else if (are_bound(scene, &e.setting, user, other))
      enter_user(&e, other, 1);
  }
}

typedef struct flagging {
  const cm_scene *scene;
  uint64_t flags;
} flagging;

static void flag(void *to, int32_t input) {
  flagging *f = to;
  f->flags |= f->scene->inputs[input].flags;
}

uint64_t cm_scene_flags(const cm_scene *scene, int in_case, int32_t user, int in_tonnes) {
  flagging f = {scene, 0};
  cm_scene_entering(scene, in_case, user, in_tonnes, flag, &f);
  return f.flags;
}
