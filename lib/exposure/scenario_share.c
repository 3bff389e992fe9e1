/* SPDX-License-Identifier: MIT */
/*
 * Sharing what remains. In one pool the best use has a closed form: those to whom a tonne is worth most are served
 * first, equals alike; a programme finds the same.
 */
#include "exposure/scenario_share.h"

#include <math.h>

#include "base/memory.h"
#include "critmin/allocation.h"

/* Beside the allocations of a document: all get the same share of their needs, whatever it says of tiers. */
enum { ALIKE = CM_POOL_BEST + 1 };

/* What a sum leaves of a day's demand where there is enough: nobody runs short by it. */
#define ROUNDING 1e-12

/* Two points of one day are before and after a step. */
static int is_after(const cm_sharing *s, int64_t point) {
  return point + 1 >= s->lines->points || s->lines->time[point + 1] > s->lines->time[point];
}

static double delivered(const cm_sharing *s, size_t agreement, int64_t point) {
  double since = s->lines->time[point] - s->begins[agreement];
  if (s->ramp[agreement] > 0) return s->tonnes[agreement] * fmin(1, fmax(0, since / s->ramp[agreement]));
  return since > 0 || (since >= 0 && is_after(s, point)) ? s->tonnes[agreement] : 0;
}

static void set_contracts(const cm_sharing *s, int64_t point, double *contracted) {
  for (int32_t u = 0; u < s->pool->n; u++) contracted[u] = 0;
  for (size_t i = 0; i < s->agreements; i++) contracted[s->user[i]] += delivered(s, i, point);
}

static void set_tiers(const cm_sharing *s, int allocation, int32_t *tier) {
  const cm_scene_user *users = s->scene->users + s->pool->first;
  for (int32_t u = 0; u < s->pool->n; u++) {
    tier[u] = allocation == CM_POOL_BEST || allocation == ALIKE ? 0 : users[u].tier;
    for (int32_t other = 0; other < s->pool->n && allocation == CM_POOL_BEST; other++)
      tier[u] += users[other].worth > users[u].worth;
  }
}

static critmin_status share_point(const cm_sharing *s, const critmin_needs *needs, double *gap, double *award,
                                  double *most, critmin_error *error) {
  double supply = 0;
  int32_t n = s->pool->n;
  for (int32_t u = 0; u < n; u++) supply += fmax(0, s->demand[u] - gap[u]);
  int first = s->setting->served == CM_SERVED_FIRST, at_an_end = first || s->setting->served == CM_SERVED_LAST;
  critmin_status status = at_an_end ? critmin_allocation_bounds(needs, supply, award, most, error)
                                    : critmin_allocate(needs, supply, award, error);
  const double *gets = first ? most : award;
  for (int32_t u = 0; u < n && !status; u++) {
    double lack = s->demand[u] - gets[u];
    gap[u] = lack > ROUNDING * s->demand[u] ? lack : 0;
  }
  return status;
}

/*
 * What is lacking in all where somebody's part bends: where a tier has all it needs, where in equal awards a user has,
 * and where there is as much as one needs, or as all others do. What is contracted bends everywhere.
 */
static int bend(const cm_sharing *s, int allocation, const int32_t *tier, double *room) {
  const size_t n = (size_t)s->pool->n;
  const double *need = s->demand;
  double *weight = room, *level = room + n, total = 0;
  size_t levels = 0;
  for (size_t u = 0; u < n; u++) total += need[u];
  for (size_t u = 0; u < n; u++) {
    double whole = 0, equal = 0;
    weight[u] = 1;
    for (size_t v = 0; v < n; v++) {
      if (tier[v] > tier[u]) continue;
      whole += need[v];
      equal += tier[v] < tier[u] ? need[v] : fmin(need[v], need[u]);
    }
    level[levels++] = total - whole;
    level[levels++] = total - equal;
    level[levels++] = total - need[u];
    level[levels++] = need[u];
  }
  return cm_bend(s->lines, weight, level, levels, allocation == CM_POOL_CONTRACTS && s->agreements ? 1 : 0);
}

critmin_status cm_share_out(const cm_sharing *s, critmin_error *error) {
  const size_t n = (size_t)s->pool->n;
  int alike = s->setting->served == CM_SERVED_ALIKE, allocation = alike ? ALIKE : s->setting->allocation;
  if (allocation == CM_OWN_SUPPLIERS || n == 1 || !s->pool->in_tonnes) return CRITMIN_OK;
  double *award = cm_alloc_array(5 * n, sizeof *award);
  int32_t *tier = cm_alloc_array(n, sizeof *tier);
  critmin_status status = award && tier ? CRITMIN_OK : cm_fail_memory(error);
  if (!status) {
    set_tiers(s, allocation, tier);
    if (!bend(s, allocation, tier, award)) status = cm_fail_memory(error);
  }
  critmin_needs needs;
  critmin_needs_init(&needs);
  needs.rule = allocation == CM_POOL_EQUAL ? CRITMIN_SHARE_EQUAL_AWARDS : CRITMIN_SHARE_PROPORTIONAL;
  needs.users = s->pool->n;
  needs.need = s->demand;
  needs.tier = tier;
  for (int64_t p = 0; !status && p < s->lines->points; p++) {
    double *contracted = award + 2 * n;
    if (allocation == CM_POOL_CONTRACTS) {
      set_contracts(s, p, contracted);
      needs.contracted = contracted;
    }
    status = share_point(s, &needs, s->lines->gap + (size_t)p * n, award, award + n, error);
  }
  cm_free(award);
  cm_free(tier);
  return status;
}
