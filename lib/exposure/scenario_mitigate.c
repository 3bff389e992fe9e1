/* SPDX-License-Identifier: MIT */
/*
 * The cheapest mix of options for each user, and what less would cost. What an outcome leaves unmet falls with every
 * unit, and the less the more there are: it lies above each of its tangents. So a programme that knows some of these
 * finds a mix that costs no more than the cheapest; the outcomes are run with it, and what they leave unmet gives more
 * tangents, until the mix does what it should (Kelley 1960).
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread.h"
#include "critmin/risk.h"
#include "exposure/mitigation.h"
#include "exposure/scenario_outcome.h"

enum { MOST_OUTCOMES = 200, MOST_ROUNDS = 60, GRAIN = 8 };
/* Days that are as good as none, of a horizon of so many; a step that is as good as none, of all that could be used. */
static const double CLOSE = 1e-7, STEP = 1e-6;

typedef struct mitigating {
  critmin_outcome *outcome;
  int in_case;
  uint64_t seed;
  int32_t threads;
  int32_t user, first, n; /* options of the user */
  int64_t outcomes;
  double *step;          /* of each option */
  double *cost, *limit;  /* of each option */
  double *units;         /* of all options of the scene: those that are tried */
  double *unmet;         /* of each outcome: days */
  double *effect;        /* outcomes x options: days less for a unit */
  int64_t *first_cut;    /* of each outcome */
  int64_t *next;         /* of each cut */
  double *gap, *effects; /* of each cut; cuts x options */
  size_t cuts, next_room, gap_room, effects_room;
  critmin_error *error;
} mitigating;

/* Running outcomes --------------------------------------------------------------------------------------------------
 */

typedef struct room {
  double *x, *units;
  uint8_t *bits;
  cm_course course;
} room;

static critmin_status make_room(const mitigating *m, room *r) {
  const cm_scene *scene = &m->outcome->scene;
  memset(r, 0, sizeof *r);
  r->x = cm_alloc_array(scene->n_inputs, sizeof *r->x);
  r->units = cm_alloc_array(scene->n_options, sizeof *r->units);
  r->bits = cm_alloc_array(scene->n_shocks + scene->n_agreements, 1);
  return r->x && r->units && r->bits && cm_course_make(&r->course, scene) ? CRITMIN_OK : CRITMIN_ERROR_MEMORY;
}

static void free_room(room *r) {
  cm_free(r->x);
  cm_free(r->units);
  cm_free(r->bits);
  cm_course_free(&r->course);
}

static critmin_status run_one(const mitigating *m, int64_t outcome, room *r) {
  const cm_scene *scene = &m->outcome->scene;
  cm_setting setting = cm_setting_of(scene, m->in_case, CM_AT_VALUE);
  setting.units = r->units;
  if (m->outcome->draws) {
    cm_draw_one(scene, m->seed, (uint64_t)outcome, r->x, r->bits, r->bits + scene->n_shocks);
    setting.occurs = r->bits;
    setting.performs = r->bits + scene->n_shocks;
  } else {
    memcpy(r->x, m->outcome->x[CM_AT_VALUE], scene->n_inputs * sizeof *r->x);
  }
  memcpy(r->units, m->units, scene->n_options * sizeof *r->units);
  critmin_status status = cm_course_run(scene, r->x, &setting, &r->course, NULL);
  m->unmet[outcome] = r->course.unmet[m->user];
  for (int32_t j = 0; j < m->n && !status; j++) {
    r->units[m->first + j] += m->step[j];
    status = cm_course_run(scene, r->x, &setting, &r->course, NULL);
    r->units[m->first + j] -= m->step[j];
    m->effect[outcome * m->n + j] = fmax(0, m->unmet[outcome] - r->course.unmet[m->user]) / m->step[j];
  }
  return status;
}

static int32_t run_some(void *user, int64_t first, int64_t last) {
  const mitigating *m = user;
  room r;
  critmin_status status = make_room(m, &r);
  for (int64_t i = first; i < last && !status; i++) status = run_one(m, i, &r);
  free_room(&r);
  return status;
}

static critmin_status run_all(mitigating *m) {
  critmin_status status = cm_parallel(m->threads, m->outcomes, GRAIN, run_some, m);
  if (status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(m->error);
  if (status) return cm_fail(m->error, status, "a mix could not be run; please report it with the scenario");
  return CRITMIN_OK;
}

/* The mean of the worst outcomes. */
static critmin_status tail_of(const mitigating *m, double *tail) {
  critmin_risk risk;
  critmin_risk_init(&risk);
  critmin_status status = critmin_risk_of(m->unmet, NULL, m->outcomes, m->outcome->scene.probability, &risk, m->error);
  *tail = risk.cvar;
  return status;
}

/* Tangents ----------------------------------------------------------------------------------------------------------
 */

/* What the cuts know an outcome to leave unmet with the units that were tried. */
static double known_of(const mitigating *m, int64_t outcome) {
  double known = 0;
  for (int64_t c = m->first_cut[outcome]; c != CM_NO_CUT; c = m->next[c]) {
    double at = m->gap[c];
    for (int32_t j = 0; j < m->n; j++) at -= m->effects[c * m->n + j] * m->units[m->first + j];
    known = fmax(known, at);
  }
  return known;
}

static critmin_status add_cut(mitigating *m, int64_t outcome) {
  size_t row = m->cuts * (size_t)m->n;
  if (!cm_grow(&m->next, m->cuts, &m->next_room, sizeof *m->next) ||
      !cm_grow(&m->gap, m->cuts, &m->gap_room, sizeof *m->gap))
    return cm_fail_memory(m->error);
  for (int32_t j = 0; j < m->n; j++) {
    if (!cm_grow(&m->effects, row + (size_t)j, &m->effects_room, sizeof *m->effects)) return cm_fail_memory(m->error);
  }
  double gap = m->unmet[outcome];
  for (int32_t j = 0; j < m->n; j++) {
    double effect = m->effect[outcome * m->n + j];
    m->effects[row + (size_t)j] = effect;
    gap += effect * m->units[m->first + j];
  }
  m->gap[m->cuts] = gap;
  m->next[m->cuts] = m->first_cut[outcome];
  m->first_cut[outcome] = (int64_t)m->cuts++;
  return CRITMIN_OK;
}

static critmin_status add_cuts(mitigating *m, double close, int *added) {
  critmin_status status = CRITMIN_OK;
  *added = 0;
  for (int64_t s = 0; s < m->outcomes && !status; s++) {
    if (m->first_cut[s] != CM_NO_CUT && m->unmet[s] <= known_of(m, s) + close) continue;
    status = add_cut(m, s);
    *added = 1;
  }
  return status;
}

/* Mixes -------------------------------------------------------------------------------------------------------------
 */

static critmin_status solve(const mitigating *m, double target, double *units, double *cost) {
  const cm_mix mix = {.options = m->n,
                      .outcomes = m->outcomes,
                      .cuts = (int64_t)m->cuts,
                      .first = m->first_cut,
                      .next = m->next,
                      .gap = m->gap,
                      .effect = m->effects,
                      .cost = m->cost,
                      .limit = m->limit,
                      .level = m->outcome->scene.probability};
  cm_linear l;
  critmin_error inner;
  if (!cm_mix_make(&mix, &l)) return cm_fail_memory(m->error);
  critmin_status status = cm_mix_solve(&l, &mix, target, units, cost, &inner);
  cm_linear_free(&l);
  return status ? cm_fail(m->error, status, "mitigation: %s", inner.message) : CRITMIN_OK;
}

static critmin_status add_mixed(mitigating *m, double target, cm_mixed **mixed) {
  critmin_outcome *o = m->outcome;
  if (!cm_grow(&o->mixed, o->n_mixed, &o->mixed_room, sizeof **mixed)) return cm_fail_memory(m->error);
  *mixed = &o->mixed[o->n_mixed];
  **mixed = (cm_mixed){.user = m->user, .in_case = m->in_case, .target = target, .cost = NAN, .tail = NAN,
                       .probability = NAN};
  (*mixed)->units = cm_alloc_array((size_t)m->n, sizeof(double));
  if (!(*mixed)->units) return cm_fail_memory(m->error);
  o->n_mixed++;
  return CRITMIN_OK;
}

/* A cost of NaN: no mix within the limits reaches the target. */
static critmin_status find_mix(mitigating *m, double target) {
  cm_mixed *mixed = NULL;
  double close = CLOSE * m->outcome->scene.horizon;
  critmin_status status = add_mixed(m, target, &mixed);
  for (int round = 0, more = 1; round < MOST_ROUNDS && more && !status; round++) {
    status = solve(m, target, mixed->units, &mixed->cost);
    if (status || isnan(mixed->cost)) break;
    memcpy(m->units + m->first, mixed->units, (size_t)m->n * sizeof *m->units);
    status = run_all(m);
    if (!status) status = tail_of(m, &mixed->tail);
    if (!status && mixed->tail <= target + close) break;
    if (!status) status = add_cuts(m, close / 10, &more);
  }
  if (status || isnan(mixed->cost)) return status;
  double reached = 0;
  for (int64_t s = 0; s < m->outcomes; s++) reached += m->unmet[s] <= target + close;
  mixed->probability = reached / (double)m->outcomes;
  return CRITMIN_OK;
}

static critmin_status refuse(const mitigating *m, double target) {
  const cm_scene_user *u = &m->outcome->scene.users[m->user];
  return cm_fail(m->error, CRITMIN_ERROR_INVALID_VALUE,
                 "mitigation.target: no mix within the limits of the options keeps what `%s` %s lacks below %g days of "
                 "its demand; raise a limit, or the target",
                 u->mineral_key, u->country, target);
}

/* The target, then the curve: from nothing bought down to nothing missing. */
static critmin_status mix_user(mitigating *m) {
  const cm_scene *scene = &m->outcome->scene;
  double without = 0;
  int added;
  memset(m->units, 0, scene->n_options * sizeof *m->units);
  critmin_status status = run_all(m);
  if (!status) status = tail_of(m, &without);
  if (!status) status = add_cuts(m, 0, &added);
  if (!status) status = find_mix(m, scene->target);
  if (!status && isnan(m->outcome->mixed[m->outcome->n_mixed - 1].cost)) status = refuse(m, scene->target);
  for (int32_t i = 0; i <= scene->curve_points && !status; i++)
    status = find_mix(m, without * (scene->curve_points - i) / scene->curve_points);
  return status;
}

static critmin_status set_user(mitigating *m) {
  const cm_scene *scene = &m->outcome->scene;
  const double *x = m->outcome->x[CM_AT_VALUE];
  double day = cm_scene_demand(scene, x, m->user);
  size_t n = (size_t)m->n, outcomes = (size_t)m->outcomes;
  m->cuts = 0;
  m->step = cm_alloc_array(3 * n + outcomes * (n + 1), sizeof *m->step);
  m->first_cut = cm_alloc_array(outcomes, sizeof *m->first_cut);
  if (!m->step || !m->first_cut) return cm_fail_memory(m->error);
  m->cost = m->step + n;
  m->limit = m->cost + n;
  m->unmet = m->limit + n;
  m->effect = m->unmet + outcomes;
  for (size_t s = 0; s < outcomes; s++) m->first_cut[s] = CM_NO_CUT;
  for (int32_t j = 0; j < m->n; j++) {
    const cm_scene_option *option = &scene->options[m->first + j];
    m->step[j] = STEP * day * (option->release != CM_NONE ? scene->horizon : 365);
    m->cost[j] = x[option->cost];
    m->limit[j] = option->limit;
  }
  return CRITMIN_OK;
}

critmin_status cm_outcome_mitigate(critmin_outcome *outcome, const critmin_scenario_options *options,
                                   critmin_error *error) {
  const cm_scene *scene = &outcome->scene;
  mitigating m = {.outcome = outcome, .in_case = CM_CASES - 1, .seed = options->seed, .threads = options->threads};
  m.error = error;
  m.outcomes = options->draws == 0 ? 1 : options->draws < MOST_OUTCOMES ? options->draws : MOST_OUTCOMES;
  while (m.in_case > 0 && !scene->cases[m.in_case]) m.in_case--;
  m.units = cm_alloc_array(scene->n_options, sizeof *m.units);
  critmin_status status = m.units ? CRITMIN_OK : cm_fail_memory(error);
  while ((size_t)m.first < scene->n_options && !status) {
    m.user = scene->options[m.first].user;
    m.n = 0;
    while ((size_t)(m.first + m.n) < scene->n_options && scene->options[m.first + m.n].user == m.user) m.n++;
    status = set_user(&m);
    if (!status) status = mix_user(&m);
    cm_free(m.step);
    cm_free(m.first_cut);
    m.first += m.n;
  }
  cm_free(m.units);
  cm_free(m.next);
  cm_free(m.gap);
  cm_free(m.effects);
  return status;
}
