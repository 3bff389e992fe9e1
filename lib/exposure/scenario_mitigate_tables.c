/* SPDX-License-Identifier: MIT */
/* The cheapest mix, and the cost curve, as tables. */
#include <math.h>

#include "critmin/answer.h"
#include "exposure/scenario_measures.h"
#include "exposure/scenario_tables.h"

static int32_t first_option(const cm_scene *scene, int32_t user) {
  int32_t first = 0;
  while (scene->options[first].user != user) first++;
  return first;
}

static int32_t n_options(const cm_scene *scene, int32_t user) {
  int32_t n = 0;
  for (size_t i = 0; i < scene->n_options; i++) n += scene->options[i].user == user;
  return n;
}

/* With the costs of units at their values, and at both ends. */
static void costs_of(const cm_scene *scene, const cm_mixed *mixed, double costs[3]) {
  int32_t first = first_option(scene, mixed->user);
  costs[0] = costs[1] = costs[2] = isnan(mixed->cost) ? NAN : 0;
  for (int32_t j = 0; j < n_options(scene, mixed->user) && !isnan(mixed->cost); j++) {
    const cm_range *unit = &scene->inputs[scene->options[first + j].cost].range;
    const double ends[3] = {unit->value, unit->low, unit->high};
    for (int i = 0; i < 3; i++) costs[i] += mixed->units[j] > 0 ? mixed->units[j] * ends[i] : 0;
  }
}

static uint64_t flags_of(const cm_scene *scene, const cm_mixed *mixed, int32_t option) {
  const cm_scene_option *o = &scene->options[option];
  const int32_t inputs[] = {o->cost, o->begins, o->ramp, o->performs, o->release};
  uint64_t flags = cm_scene_flags(scene, mixed->in_case, mixed->user, 1);
  for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++)
    flags |= inputs[i] == CM_NONE ? 0 : scene->inputs[inputs[i]].flags;
  return flags;
}

/* The first of a user's mixes is that of the document's target. */
static int is_first(const critmin_outcome *o, size_t i) {
  return i == 0 || o->mixed[i - 1].user != o->mixed[i].user;
}

critmin_status cm_write_mitigation(cm_writing *w) {
  enum { OPTION = FIRST, KIND, UNITS, UNIT, COST, FLAGS = COST + 3 };
  for (size_t i = 0; i < w->o->n_mixed; i++) {
    const cm_mixed *mixed = &w->o->mixed[i];
    const cm_scene_user *u = &w->scene->users[mixed->user];
    int in_tonnes = w->scene->pools[u->pool].in_tonnes;
    for (int32_t j = 0; j < n_options(w->scene, mixed->user) && is_first(w->o, i); j++) {
      int32_t place = first_option(w->scene, mixed->user) + j;
      const cm_scene_option *option = &w->scene->options[place];
      const cm_range *cost = &w->scene->inputs[option->cost].range;
      const double ends[3] = {cost->value, cost->low, cost->high};
      cm_write_user(w, mixed->in_case, u);
      cm_builder_text(w->b, OPTION, option->name);
      cm_builder_text(w->b, KIND, option->kind);
      cm_builder_number(w->b, UNITS, mixed->units[j]);
      cm_builder_text(w->b, UNIT, option->release != CM_NONE ? (in_tonnes ? "t" : "d") : in_tonnes ? "t/a" : "d/a");
      for (int k = 0; k < 3; k++) cm_builder_number(w->b, COST + k, mixed->units[j] * ends[k]);
      cm_write_flags(w, FLAGS, flags_of(w->scene, mixed, place));
    }
  }
  return CRITMIN_OK;
}

critmin_status cm_write_cost_curve(cm_writing *w) {
  enum { TARGET = FIRST, COST, PER_DAY = COST + 3, TAIL, PROBABILITY, FLAGS };
  for (size_t i = 0; i < w->o->n_mixed; i++) {
    const cm_mixed *mixed = &w->o->mixed[i], *before = mixed - 1;
    double costs[3];
    uint64_t flags = 0;
    for (int32_t j = 0; j < n_options(w->scene, mixed->user); j++)
      flags |= flags_of(w->scene, mixed, first_option(w->scene, mixed->user) + j);
    costs_of(w->scene, mixed, costs);
    cm_write_user(w, mixed->in_case, &w->scene->users[mixed->user]);
    cm_builder_number(w->b, TARGET, mixed->target);
    for (int k = 0; k < 3; k++) cm_builder_number(w->b, COST + k, costs[k]);
    if (!is_first(w->o, i) && !is_first(w->o, i - 1) && before->target > mixed->target)
      cm_builder_number(w->b, PER_DAY, (mixed->cost - before->cost) / (before->target - mixed->target));
    cm_builder_number(w->b, TAIL, mixed->tail);
    cm_builder_number(w->b, PROBABILITY, mixed->probability);
    cm_write_flags(w, FLAGS, flags | (isnan(mixed->cost) ? CRITMIN_FLAG_UNDEFINED : 0));
  }
  return CRITMIN_OK;
}
