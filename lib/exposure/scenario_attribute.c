/* SPDX-License-Identifier: MIT */
/* The part of each shock in what is unmet with nothing that answers: Shapley values, over the sets of shocks that may
 * happen. */
#include "base/memory.h"
#include "critmin/attribution.h"
#include "exposure/scenario_outcome.h"

/* Shocks of which all sets are run; of more, orders are sampled. */
enum { ALL_SETS = 10, PAIRS_OF_ORDERS = 100 };

typedef struct attributing {
  critmin_outcome *outcome;
  int point;
  uint8_t *occurs; /* one a shock */
  cm_course course;
  double *loss; /* users x sets */
  size_t user;
  critmin_error *error;
  critmin_status status;
} attributing;

static critmin_status run(attributing *a) {
  const cm_scene *scene = &a->outcome->scene;
  cm_setting setting = cm_setting_of(scene, CM_NEITHER, a->point);
  setting.occurs = a->occurs;
  return cm_course_run(scene, a->outcome->x[a->point], &setting, &a->course, a->error);
}

static critmin_status exactly(attributing *a) {
  const cm_scene *scene = &a->outcome->scene;
  size_t shocks = scene->n_shocks, users = scene->n_users, sets = (size_t)1 << shocks;
  critmin_status status = CRITMIN_OK;
  for (size_t set = 0; set < sets && !status; set++) {
    for (size_t s = 0; s < shocks; s++) a->occurs[s] = set >> s & 1;
    status = run(a);
    for (size_t u = 0; u < users && !status; u++) a->loss[u * sets + set] = a->course.unmet[u];
  }
  for (size_t u = 0; u < users && !status; u++)
    status = critmin_shapley(a->loss + u * sets, (int32_t)shocks, a->outcome->part[a->point] + u * shocks, a->error);
  return status;
}

static int32_t loss_of(void *user, const int32_t *happens, double *loss) {
  attributing *a = user;
  for (size_t s = 0; s < a->outcome->scene.n_shocks; s++) a->occurs[s] = happens[s] != 0;
  a->status = run(a);
  if (!a->status) *loss = a->course.unmet[a->user];
  return a->status != CRITMIN_OK;
}

static critmin_status by_sampling(attributing *a, uint64_t seed) {
  const cm_scene *scene = &a->outcome->scene;
  size_t shocks = scene->n_shocks;
  for (a->user = 0; a->user < scene->n_users; a->user++) {
    double *spread = a->point == CM_AT_VALUE ? a->outcome->part_error + a->user * shocks : NULL;
    critmin_error inner;
    critmin_status status = critmin_shapley_sampled((int32_t)shocks, loss_of, a, seed, PAIRS_OF_ORDERS,
                                                    a->outcome->part[a->point] + a->user * shocks, spread, &inner);
    if (a->status) return a->status; /* a run failed, and said why */
    if (status) return cm_fail(a->error, status, "%s", inner.message);
  }
  return CRITMIN_OK;
}

critmin_status cm_outcome_attribute(critmin_outcome *outcome, uint64_t seed, critmin_error *error) {
  const cm_scene *scene = &outcome->scene;
  int all = scene->n_shocks <= ALL_SETS;
  size_t parts = scene->n_users * scene->n_shocks;
  attributing a = {.outcome = outcome, .error = error};
  a.occurs = cm_alloc_array(scene->n_shocks, 1);
  a.loss = cm_alloc_array(all ? scene->n_users << scene->n_shocks : 0, sizeof *a.loss);
  outcome->part_error = cm_alloc_array(parts, sizeof *outcome->part_error);
  int made = a.occurs && a.loss && outcome->part_error && cm_course_make(&a.course, scene);
  critmin_status status = made ? CRITMIN_OK : cm_fail_memory(error);
  for (a.point = 0; a.point < CM_POINTS && !status; a.point++) {
    outcome->part[a.point] = cm_alloc_array(parts, sizeof *outcome->part[a.point]);
    if (!outcome->part[a.point])
      status = cm_fail_memory(error);
    else
      status = all ? exactly(&a) : by_sampling(&a, seed);
  }
  cm_course_free(&a.course);
  cm_free(a.loss);
  cm_free(a.occurs);
  return status;
}
