/* SPDX-License-Identifier: MIT */
/*
 * Draws: which shocks come, what each input is, and what follows. Draw i comes from random streams of (seed, i) alone,
 * so that neither the number of threads nor their order changes a bit.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/thread.h"
#include "exposure/scenario_outcome.h"

enum { STREAM_INPUTS, STREAM_SHOCKS, STREAM_AGREEMENTS, STREAM_GROUPS /* the first of many */ };
enum { GRAIN = 16, BETWEEN_REPORTS = 4096 };

typedef struct drawing {
  critmin_outcome *outcome;
  uint64_t seed;
  int64_t first; /* of the ranges that are handed out */
} drawing;

/* Most often near the value, between the ends; without a value anything between them alike. */
static double triangular(const cm_range *r, double u) {
  double width = r->high - r->low;
  if (!(width > 0)) return r->low;
  if (isnan(r->value)) return r->low + u * width;
  double rise = (r->value - r->low) / width;
  return u < rise ? r->low + sqrt(u * width * (r->value - r->low))
                  : r->high - sqrt((1 - u) * width * (r->high - r->value));
}

static double normal_law(double x) {
  return 0.5 * erfc(-x / sqrt(2));
}

/* One number decides whether a shock comes: its own, or in part its group's (Vasicek 1987). */
static void draw_shocks(const cm_scene *scene, uint64_t seed, uint64_t draw, const double *x, uint8_t *occurs) {
  cm_random own;
  cm_random_start(&own, seed, draw, STREAM_SHOCKS);
  for (size_t i = 0; i < scene->n_shocks; i++) {
    const cm_scene_shock *shock = &scene->shocks[i];
    double p = x[shock->probability], mine = cm_random_normal(&own);
    if (shock->group != CM_NONE) {
      cm_random group;
      cm_random_start(&group, seed, draw, (uint32_t)(STREAM_GROUPS + shock->group));
      mine = sqrt(shock->correlation) * cm_random_normal(&group) + sqrt(1 - shock->correlation) * mine;
    }
    occurs[i] = p >= 1 || (p > 0 && normal_law(mine) <= p);
  }
}

void cm_draw_one(const cm_scene *scene, uint64_t seed, uint64_t draw, double *x, uint8_t *occurs, uint8_t *performs) {
  cm_random random;
  cm_random_start(&random, seed, draw, STREAM_INPUTS);
  for (size_t i = 0; i < scene->n_inputs; i++) x[i] = triangular(&scene->inputs[i].range, cm_random_uniform(&random));
  draw_shocks(scene, seed, draw, x, occurs);
  cm_random_start(&random, seed, draw, STREAM_AGREEMENTS);
  for (size_t i = 0; i < scene->n_agreements; i++)
    performs[i] = cm_random_uniform(&random) <= x[scene->agreements[i].performs];
}

static critmin_status one(drawing *d, uint64_t draw, double *x, uint8_t *bits, cm_course *course) {
  critmin_outcome *o = d->outcome;
  const cm_scene *scene = &o->scene;
  uint8_t *occurs = bits, *performs = bits + scene->n_shocks;
  cm_draw_one(scene, d->seed, draw, x, occurs, performs);
  for (int c = 0; c < CM_CASES; c++) {
    if (!scene->cases[c]) continue;
    cm_setting setting = cm_setting_of(scene, c, CM_AT_VALUE);
    setting.occurs = occurs;
    setting.performs = performs;
    critmin_status status = cm_course_run(scene, x, &setting, course, NULL);
    if (status) return status;
    for (size_t u = 0; u < scene->n_users; u++) {
      o->shortage[c][u * (size_t)o->draws + draw] = course->shortage[u];
      o->unmet[c][u * (size_t)o->draws + draw] = course->unmet[u];
    }
  }
  return CRITMIN_OK;
}

static int32_t some(void *user, int64_t first, int64_t last) {
  drawing *d = user;
  const cm_scene *scene = &d->outcome->scene;
  double *x = cm_alloc_array(scene->n_inputs, sizeof *x);
  uint8_t *bits = cm_alloc_array(scene->n_shocks + scene->n_agreements, 1);
  cm_course course = {0};
  critmin_status status = x && bits && cm_course_make(&course, scene) ? CRITMIN_OK : CRITMIN_ERROR_MEMORY;
  for (int64_t i = first; i < last && !status; i++) status = one(d, (uint64_t)(d->first + i), x, bits, &course);
  cm_course_free(&course);
  cm_free(bits);
  cm_free(x);
  return status;
}

static int make_room(critmin_outcome *o) {
  for (int c = 0; c < CM_CASES; c++) {
    if (!o->scene.cases[c]) continue;
    if ((uint64_t)o->draws > SIZE_MAX / sizeof(double) / (o->scene.n_users + 1)) return 0;
    o->shortage[c] = cm_alloc_array(o->scene.n_users * (size_t)o->draws, sizeof(double));
    o->unmet[c] = cm_alloc_array(o->scene.n_users * (size_t)o->draws, sizeof(double));
    if (!o->shortage[c] || !o->unmet[c]) return 0;
  }
  return 1;
}

critmin_status cm_outcome_draw(critmin_outcome *outcome, const critmin_scenario_options *options,
                               critmin_progress progress, void *user, critmin_error *error) {
  outcome->draws = options->draws;
  if (!make_room(outcome)) return cm_fail_memory(error);
  drawing d = {.outcome = outcome, .seed = options->seed};
  for (; d.first < outcome->draws; d.first += BETWEEN_REPORTS) {
    int64_t left = outcome->draws - d.first;
    if (progress && progress(user, d.first, outcome->draws))
      return cm_fail(error, CRITMIN_ERROR_CANCELLED, "the run was cancelled after %lld of %lld draws",
                     (long long)d.first, (long long)outcome->draws);
    critmin_status status =
        cm_parallel(options->threads, left < BETWEEN_REPORTS ? left : BETWEEN_REPORTS, GRAIN, some, &d);
    if (status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(error);
    if (status) return cm_fail(error, status, "a draw could not be run; please report it with the scenario");
  }
  return CRITMIN_OK;
}
