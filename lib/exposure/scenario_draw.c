/* SPDX-License-Identifier: MIT */
/*
 * Draws: which shocks come, what each input is, and what follows. Draw i comes from random streams of (seed, i) alone,
 * so that neither the number of threads nor their order changes a bit.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/sha256.h"
#include "base/thread.h"
#include "critmin/version.h"
#include "exposure/draws.h"
#include "exposure/scenario_outcome.h"

enum { STREAM_INPUTS, STREAM_SHOCKS, STREAM_AGREEMENTS, STREAM_GROUPS /* the first of many */ };
enum { GRAIN = 16, BETWEEN_REPORTS = 1024 };
static const int64_t DRAWS_MAX = INT64_C(1) << 40;

/*
 * Draws in memory at once, whose number does not depend on how many there are: of each cell, a user in a case, the day
 * of shortage and what is unmet; then for each user and shock the part of all that is withheld.
 */
typedef struct drawing {
  critmin_outcome *outcome;
  uint64_t seed;
  int64_t first;  /* draw in memory */
  int32_t cells;
  size_t width;   /* numbers of a draw */
  double *number; /* BETWEEN_REPORTS rows */
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

/* What a shock would withhold from a user by itself, in days of its demand. */
static critmin_status withheld_by(const cm_scene *scene, const double *x, const uint8_t *alone, int32_t user,
                                  double *days) {
  cm_setting setting = cm_setting_of(scene, CM_NEITHER, CM_AT_VALUE);
  double *time, *gap;
  int64_t points;
  setting.occurs = alone;
  critmin_status status = cm_course_gap(scene, x, &setting, user, &time, &gap, &points, NULL);
  if (status) return status;
  *days = 0;
  for (int64_t p = 1; p < points; p++) *days += (time[p] - time[p - 1]) * (gap[p] + gap[p - 1]) / 2;
  cm_free(time);
  cm_free(gap);
  return CRITMIN_OK;
}

/* Shares of the shocks that occur in what is withheld from a user; a single one has all of it. */
static critmin_status share_shocks(const cm_scene *scene, const double *x, const uint8_t *occurs, uint8_t *alone,
                                   int32_t user, double *share) {
  size_t n = 0, last = 0;
  double sum = 0;
  for (size_t i = 0; i < scene->n_shocks; i++) {
    alone[i] = 0;
    share[i] = 0;
    if (!occurs[i] || scene->shocks[i].dependence[user] == CM_NONE) continue;
    n++;
    last = i;
  }
  if (n == 1) share[last] = 1;
  for (size_t i = 0; i < scene->n_shocks && n > 1; i++) {
    if (!occurs[i] || scene->shocks[i].dependence[user] == CM_NONE) continue;
    alone[i] = 1;
    critmin_status status = withheld_by(scene, x, alone, user, &share[i]);
    alone[i] = 0;
    if (status) return status;
    sum += share[i];
  }
  for (size_t i = 0; i < scene->n_shocks && n > 1; i++) share[i] = sum > 0 ? share[i] / sum : 0;
  return CRITMIN_OK;
}

/* One draw, into its row; bits has room for what occurs, what performs and one shock by itself. */
static critmin_status one(const drawing *d, int64_t row, double *x, uint8_t *bits, cm_course *course) {
  const cm_scene *scene = &d->outcome->scene;
  uint8_t *occurs = bits, *performs = bits + scene->n_shocks, *alone = performs + scene->n_agreements;
  double *number = d->number + (size_t)row * d->width;
  cm_draw_one(scene, d->seed, (uint64_t)(d->first + row), x, occurs, performs);
  for (int c = 0; c < CM_CASES; c++) {
    if (!scene->cases[c]) continue;
    cm_setting setting = cm_setting_of(scene, c, CM_AT_VALUE);
    setting.occurs = occurs;
    setting.performs = performs;
    critmin_status status = cm_course_run(scene, x, &setting, course, NULL);
    if (status) return status;
    for (size_t u = 0; u < scene->n_users; u++) {
      *number++ = course->shortage[u];
      *number++ = course->unmet[u];
    }
  }
  for (size_t u = 0; u < scene->n_users; u++, number += scene->n_shocks) {
    critmin_status status = share_shocks(scene, x, occurs, alone, (int32_t)u, number);
    if (status) return status;
  }
  return CRITMIN_OK;
}

static int32_t some(void *user, int64_t first, int64_t last) {
  const drawing *d = user;
  const cm_scene *scene = &d->outcome->scene;
  double *x = cm_alloc_array(scene->n_inputs, sizeof *x);
  uint8_t *bits = cm_alloc_array(2 * scene->n_shocks + scene->n_agreements, 1);
  cm_course course = {0};
  critmin_status status = x && bits && cm_course_make(&course, scene) ? CRITMIN_OK : CRITMIN_ERROR_MEMORY;
  for (int64_t i = first; i < last && !status; i++) status = one(d, i, x, bits, &course);
  cm_course_free(&course);
  cm_free(bits);
  cm_free(x);
  return status;
}

/* Adds the draws in memory, in their order. Returns 0 when memory ran out. */
static int gather(const drawing *d, int64_t n, critmin_draws *draws, double *part) {
  const cm_scene *scene = &d->outcome->scene;
  for (int64_t row = 0; row < n; row++) {
    const double *number = d->number + (size_t)row * d->width, *shares = number + 2 * d->cells;
    double *sums = cm_nodes_next(&draws->nodes);
    if (!sums) return 0;
    memset(sums, 0, (size_t)draws->nodes.width * sizeof *sums);
    for (int32_t cell = 0; cell < d->cells; cell++) {
      double shortage = number[2 * cell], unmet = number[2 * cell + 1];
      const double *share = shares + (size_t)cell % scene->n_users * scene->n_shocks;
      sums[cell] = unmet;
      sums[draws->padded + cell] = unmet * unmet;
      sums[2 * draws->padded + cell] = isfinite(shortage) ? 1 : 0;
      for (size_t i = 0; i < scene->n_shocks; i++) part[i] = unmet * share[i];
      for (int k = 0; k < 2; k++) {
        if (!cm_bins_reserve(&draws->law[2 * cell + k], number[2 * cell + k])) return 0;
        cm_bins_add(&draws->law[2 * cell + k], number[2 * cell + k], part);
      }
    }
    cm_nodes_take(&draws->nodes, (cm_node){d->first + row, 0});
    draws->count++;
  }
  return 1;
}

static critmin_status draw_all(drawing *d, const critmin_scenario_options *options, critmin_draws *draws, double *part,
                               critmin_progress progress, void *user, critmin_error *error) {
  for (int64_t done = 0; done < options->draws; done += BETWEEN_REPORTS) {
    int64_t n = options->draws - done < BETWEEN_REPORTS ? options->draws - done : BETWEEN_REPORTS;
    d->first = options->first + done;
    if (progress && progress(user, done, options->draws))
      return cm_fail(error, CRITMIN_ERROR_CANCELLED, "the run was cancelled after %lld of %lld draws", (long long)done,
                     (long long)options->draws);
    critmin_status status = cm_parallel(options->threads, n, GRAIN, some, d);
    if (status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(error);
    if (status) return cm_fail(error, status, "a draw could not be run; please report it with the scenario");
    if (!gather(d, n, draws, part)) return cm_fail_memory(error);
  }
  return CRITMIN_OK;
}

static void add_number(cm_sha256 *hash, double x) {
  uint64_t bits;
  unsigned char bytes[8];
  memcpy(&bits, &x, sizeof bits);
  for (int i = 0; i < 8; i++) bytes[i] = isnan(x) ? 0xff : (unsigned char)(bits >> 8 * i);
  cm_sha256_add(hash, bytes, sizeof bytes);
}

/* Fingerprint of the document with its records, of every number that entered, of seed and version. */
static int find_digest(const cm_scene *scene, const critmin_scenario *scenario, uint64_t seed, char *digest) {
  char *text = cm_scenario_text(scenario->full);
  cm_sha256 hash;
  if (!text) return 0;
  cm_sha256_begin(&hash);
  cm_sha256_add(&hash, critmin_version(), strlen(critmin_version()) + 1);
  cm_sha256_add(&hash, text, strlen(text) + 1);
  cm_free(text);
  add_number(&hash, (double)(seed >> 32));
  add_number(&hash, (double)(seed & 0xffffffffu));
  for (size_t i = 0; i < scene->n_inputs; i++) {
    cm_sha256_add(&hash, scene->inputs[i].place, strlen(scene->inputs[i].place) + 1);
    add_number(&hash, scene->inputs[i].range.value);
    add_number(&hash, scene->inputs[i].range.low);
    add_number(&hash, scene->inputs[i].range.high);
  }
  cm_sha256_end(&hash, digest);
  return 1;
}

/* Draws of which there are none yet. */
static critmin_draws *begin(const critmin_outcome *outcome, const critmin_scenario *scenario, uint64_t seed,
                            int32_t cells) {
  critmin_draws *draws = cm_draws_make(cells, 2 * cells);
  for (int32_t i = 1; draws && i < draws->laws; i += 2) draws->law[i].parts = (int32_t)outcome->scene.n_shocks;
  if (draws && find_digest(&outcome->scene, scenario, seed, draws->digest)) return draws;
  critmin_draws_free(draws);
  return NULL;
}

static critmin_status check_range(const critmin_scenario_options *options, critmin_error *error) {
  if (options->first >= 0 && options->draws <= DRAWS_MAX && options->first <= DRAWS_MAX - options->draws)
    return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "draws %lld and the %lld from there on are not within 0 to 2^40 - 1",
                 (long long)options->first, (long long)options->draws);
}

critmin_status cm_outcome_draw(critmin_outcome *outcome, const critmin_scenario *scenario,
                               const critmin_scenario_options *options, critmin_progress progress, void *user,
                               critmin_error *error) {
  const cm_scene *scene = &outcome->scene;
  drawing d = {.outcome = outcome, .seed = options->seed};
  int64_t after, before;
  critmin_status status = check_range(options, error);
  if (status || (options->draws == 0 && !options->drawn)) return status;
  for (int c = 0; c < CM_CASES; c++) d.cells += scene->cases[c] ? (int32_t)scene->n_users : 0;
  d.width = 2 * (size_t)d.cells + scene->n_users * scene->n_shocks;
  d.number = cm_alloc_array(d.width, BETWEEN_REPORTS * sizeof *d.number);
  double *part = cm_alloc_array(scene->n_shocks, sizeof *part);
  critmin_draws *draws = begin(outcome, scenario, options->seed, d.cells);
  outcome->drawn = draws;
  if (!d.number || !part || !draws) status = cm_fail_memory(error);
  if (!status) status = draw_all(&d, options, draws, part, progress, user, error);
  if (!status && options->drawn) status = critmin_draws_merge(draws, options->drawn, error);
  if (!status && cm_draws_gap(draws, &after, &before))
    status = cm_fail(error, CRITMIN_ERROR_ARGUMENT, "draws %lld to %lld are missing; give the range that has them too",
                     (long long)after, (long long)before - 1);
  if (!status) outcome->draws = draws->count;
  cm_free(d.number);
  cm_free(part);
  return status;
}

critmin_status critmin_outcome_draws(const critmin_outcome *outcome, const critmin_draws **draws,
                                     critmin_error *error) {
  if (!outcome) return cm_fail_null(error, "outcome");
  if (!draws) return cm_fail_null(error, "draws");
  *draws = outcome->drawn;
  return cm_ok(error);
}
