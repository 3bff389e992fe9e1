/* SPDX-License-Identifier: MIT */
#include "exposure/scenario_days.h"

#include <math.h>

#include "base/memory.h"

typedef struct days {
  const cm_scene *scene;
  const double *x;
  double *time, *gap;
  int64_t points;
  cm_scenario_day_of *list;
  size_t n, room;
  int failed;
} days;

/* What is missing from a day on: of two points at one time the later one. */
static double missing_from(const days *d, double day) {
  int64_t p = 0;
  while (p + 1 < d->points && d->time[p + 1] <= day) p++;
  if (p + 1 == d->points || d->time[p] > day) return d->gap[p];
  double part = (day - d->time[p]) / (d->time[p + 1] - d->time[p]);
  return d->gap[p] + part * (d->gap[p + 1] - d->gap[p]);
}

static void add(days *d, double day, const char *place, const char *name, const char *what) {
  if (!(day >= 0 && day < d->scene->horizon) || d->failed) return;
  if (!cm_grow(&d->list, d->n, &d->room, sizeof *d->list)) {
    d->failed = 1;
    return;
  }
  size_t i = d->n++; /* after those of the same day */
  for (; i > 0 && d->list[i - 1].day > day; i--) d->list[i] = d->list[i - 1];
  d->list[i] = (cm_scenario_day_of){day, place, name, what, fmax(0, missing_from(d, day))};
}

static double at(const days *d, int32_t input, double missing) {
  return input == CM_NONE ? missing : d->x[input];
}

static void add_shock(days *d, const cm_scene_shock *s) {
  const double start = at(d, s->start, 0), lasts = at(d, s->duration, INFINITY), ramp = at(d, s->ramp, 0),
               delay = at(d, s->delay, 0);
  add(d, start < 0 && start + lasts > 0 ? 0 : start, s->place, s->name, start < 0 ? "has begun" : "begins");
  if (ramp > 0) add(d, start + ramp, s->place, s->name, "withholds all of its share");
  if (delay > 0 && delay < lasts) add(d, start + delay, s->place, s->name, "first licences");
  for (size_t k = 1; k < s->n_steps; k++) {
    if (s->step[k].day < lasts) add(d, start + s->step[k].day, s->place, s->name, "changes its share");
  }
  add(d, start + lasts, s->place, s->name, "ends");
}

static void add_agreement(days *d, const cm_scene_agreement *g) {
  const double begins = at(d, g->begins, 0), ramp = at(d, g->ramp, 0);
  add(d, fmax(0, begins), g->place, g->name, begins < 0 ? "has begun to deliver" : "begins to deliver");
  if (ramp > 0) add(d, begins + ramp, g->place, g->name, "delivers all");
}

critmin_status cm_scenario_days(const critmin_outcome *outcome, int in_case, int32_t user,
                                void (*each)(void *to, const cm_scenario_day_of *day), void *to, critmin_error *error) {
  const cm_scene *scene = &outcome->scene;
  const cm_scene_user *u = &scene->users[user];
  const cm_course *course = &outcome->course[in_case][CM_AT_VALUE];
  const cm_setting setting = cm_setting_of(scene, in_case, CM_AT_VALUE);
  days d = {.scene = scene, .x = outcome->x[CM_AT_VALUE]};
  critmin_status status = cm_course_gap(scene, d.x, &setting, user, &d.time, &d.gap, &d.points, error);
  if (status) return status;
  for (size_t i = 0; i < scene->n_shocks; i++) {
    if (scene->shocks[i].dependence[user] != CM_NONE) add_shock(&d, &scene->shocks[i]);
  }
  for (size_t i = 0; i < scene->n_agreements && setting.agreements; i++) {
    if (scene->agreements[i].user == user) add_agreement(&d, &scene->agreements[i]);
  }
  for (size_t i = 0; i < scene->n_reserves && setting.reserves; i++) {
    const cm_scene_reserve *r = &scene->reserves[i];
    if (!r->serves[user]) continue;
    add(&d, at(&d, r->delay, 0), r->place, r->name, "may release");
    add(&d, course->empty[i], r->place, r->name, "is empty");
  }
  add(&d, course->inventory_empty[user], u->place, u->country, "has no inventory left");
  add(&d, course->shortage[user], u->place, u->country, "runs short");
  for (size_t i = 0; i < d.n && !d.failed; i++) each(to, &d.list[i]);
  if (d.failed) status = cm_fail_memory(error);
  cm_free(d.list);
  cm_free(d.time);
  cm_free(d.gap);
  return status;
}
