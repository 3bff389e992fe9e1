/* SPDX-License-Identifier: MIT */
/* From holdings among firms to the shares of final owners: E (I - C) = A, solved once for all owners. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/ownership.h"

/* Differences of sums of shares below this are those of adding doubles. */
static const double noise = 1e-9;

typedef struct chain {
  int64_t firms, owners;
  double *held;    /* C, firms x firms */
  double *owned;   /* A with the unknown as its last row, (owners + 1) x firms */
  int8_t *reached; /* a final owner, known or not, is found up the holdings */
} chain;

static critmin_status check_share(double share, const char *what, int64_t holder, int64_t firm, critmin_error *error) {
  if (share >= 0 && share <= 1) return CRITMIN_OK;
  cm_fail(error, CRITMIN_ERROR_SHARE_RANGE, "%s: the share of holder %lld in firm %lld is %g; give 0 to 1", what,
          (long long)holder, (long long)firm, share);
  return cm_fail_at(error, CRITMIN_ERROR_SHARE_RANGE, holder + 1, firm + 1);
}

/* Copies the shares; what of a firm nobody is said to hold is the unknown's. */
static critmin_status read_shares(chain *c, const double *held, const double *owned, critmin_error *error) {
  double *unknown = c->owned + c->owners * c->firms;
  for (int64_t j = 0; j < c->firms; j++) {
    double sum = 0;
    for (int64_t i = 0; i < c->firms; i++) {
      critmin_status status = check_share(held[i * c->firms + j], "held", i, j, error);
      if (status) return status;
      sum += c->held[i * c->firms + j] = held[i * c->firms + j];
    }
    for (int64_t o = 0; o < c->owners; o++) {
      critmin_status status = check_share(owned[o * c->firms + j], "owned", o, j, error);
      if (status) return status;
      sum += c->owned[o * c->firms + j] = owned[o * c->firms + j];
    }
    if (sum > 1 + noise) {
      cm_fail(error, CRITMIN_ERROR_SHARE_RANGE, "firm %lld is held to %g; shares in it cannot exceed 1", (long long)j, sum);
      return cm_fail_at(error, CRITMIN_ERROR_SHARE_RANGE, 0, j + 1);
    }
    unknown[j] = 1 - sum > noise ? 1 - sum : 0;
  }
  return CRITMIN_OK;
}

/* Whoever has more than half of a firm has all of it; an unknown rest is nobody's majority. */
static void give_control(chain *c) {
  for (int64_t j = 0; j < c->firms; j++) {
    double *majority = NULL;
    for (int64_t i = 0; i < c->firms; i++)
      if (c->held[i * c->firms + j] > 0.5) majority = &c->held[i * c->firms + j];
    for (int64_t o = 0; o < c->owners; o++)
      if (c->owned[o * c->firms + j] > 0.5) majority = &c->owned[o * c->firms + j];
    if (!majority) continue;
    for (int64_t i = 0; i < c->firms; i++) c->held[i * c->firms + j] = 0;
    for (int64_t o = 0; o <= c->owners; o++) c->owned[o * c->firms + j] = 0;
    *majority = 1;
  }
}

/* Firms that only hold one another have no final owner: they are the unknown's, and the equations are then regular. */
static int cut_loops(chain *c) {
  for (int64_t j = 0; j < c->firms; j++)
    for (int64_t o = 0; o <= c->owners; o++) c->reached[j] = c->reached[j] || c->owned[o * c->firms + j] > 0;
  for (int moved = 1; moved;) {
    moved = 0;
    for (int64_t j = 0; j < c->firms; j++)
      for (int64_t i = 0; i < c->firms && !c->reached[j]; i++)
        if (c->reached[i] && c->held[i * c->firms + j] > 0) moved = c->reached[j] = 1;
  }
  int loops = 0;
  double *unknown = c->owned + c->owners * c->firms;
  for (int64_t j = 0; j < c->firms; j++) {
    if (c->reached[j]) continue;
    loops = 1;
    for (int64_t i = 0; i < c->firms; i++) c->held[i * c->firms + j] = 0;
    unknown[j] = 1;
  }
  return loops;
}

/*
 * Gaussian elimination of the firms from X (I - C) = A, by columns. The diagonal dominates each column of I - C weakly, and by loops
 * being cut strictly along a chain, so that no pivot is zero and none needs to be searched.
 */
static void solve(chain *c) {
  int64_t n = c->firms;
  for (int64_t i = 0; i < n; i++)
    for (int64_t j = 0; j < n; j++) c->held[i * n + j] = (i == j ? 1 : 0) - c->held[i * n + j];
  for (int64_t k = 0; k < n; k++) {
    double pivot = c->held[k * n + k];
    for (int64_t j = 0; j < n; j++) {
      double factor = c->held[k * n + j] / pivot;
      if (j == k || !(factor < 0 || factor > 0)) continue;
      for (int64_t i = 0; i < n; i++) c->held[i * n + j] -= factor * c->held[i * n + k];
      for (int64_t o = 0; o <= c->owners; o++) c->owned[o * n + j] -= factor * c->owned[o * n + k];
    }
  }
  for (int64_t k = 0; k < n; k++)
    for (int64_t o = 0; o <= c->owners; o++) c->owned[o * n + k] /= c->held[k * n + k];
}

critmin_status critmin_ownership(const double *held, const double *owned, int64_t firms, int64_t owners, int32_t rule,
                                 double *ultimate, uint64_t *flags, critmin_error *error) {
  if (firms < 0 || owners < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "firms and owners cannot be below 0");
  if (rule != CRITMIN_OWNERSHIP_EQUITY && rule != CRITMIN_OWNERSHIP_CONTROL)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "rule is %d; give a CRITMIN_OWNERSHIP_ constant", (int)rule);
  if (firms > 0 && !held) return cm_fail_null(error, "held");
  if (firms > 0 && owners > 0 && !owned) return cm_fail_null(error, "owned");
  if (firms > 0 && !ultimate) return cm_fail_null(error, "ultimate");
  if (firms > 0 && (owners >= INT64_MAX / firms || firms > INT64_MAX / firms)) return cm_fail_memory(error);
  chain c = {.firms = firms, .owners = owners};
  size_t result = (size_t)((owners + 1) * firms);
  c.held = cm_alloc_array((size_t)(firms * firms), sizeof *c.held);
  c.owned = cm_alloc_array(result, sizeof *c.owned);
  c.reached = cm_alloc_array((size_t)firms, sizeof *c.reached);
  critmin_status status = c.held && c.owned && c.reached ? CRITMIN_OK : cm_fail_memory(error);
  if (!status) status = read_shares(&c, held, owned, error);
  if (!status) {
    if (rule == CRITMIN_OWNERSHIP_CONTROL) give_control(&c);
    int loops = cut_loops(&c);
    solve(&c);
    if (result) memcpy(ultimate, c.owned, result * sizeof *ultimate);
    if (flags) *flags = loops ? CRITMIN_FLAG_SINGULAR_LOOP : 0;
  }
  cm_free(c.held);
  cm_free(c.owned);
  cm_free(c.reached);
  return status ? status : cm_ok(error);
}
