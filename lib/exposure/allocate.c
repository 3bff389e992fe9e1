/* SPDX-License-Identifier: MIT */
/* One supply shared out among users. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/allocation.h"
#include "exposure/check.h"

void critmin_needs_init(critmin_needs *needs) {
  if (!needs) return;
  memset(needs, 0, sizeof *needs);
  needs->struct_size = sizeof *needs;
}

int32_t critmin_needs_size(void) {
  return (int32_t)sizeof(critmin_needs);
}

static critmin_status check(const critmin_needs *n, double supply, critmin_error *error) {
  if (!n) return cm_fail_null(error, "needs");
  critmin_status status = cm_check_size(n->struct_size, sizeof *n, "critmin_needs", error);
  if (status == CRITMIN_OK) status = cm_check_count(n->users, 0, "users", error);
  if (status == CRITMIN_OK) status = cm_check_number(supply, "supply", CM_NOT_NEGATIVE | CM_INFINITE, error);
  if (status == CRITMIN_OK) status = cm_check_numbers(n->need, n->users, "need", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK)
    status = cm_check_numbers(n->contracted, n->users, "contracted", CM_NOT_NEGATIVE | CM_OPTIONAL, error);
  if (status == CRITMIN_OK && n->rule != CRITMIN_SHARE_PROPORTIONAL && n->rule != CRITMIN_SHARE_EQUAL_AWARDS)
    status = cm_fail(error, CRITMIN_ERROR_ARGUMENT, "rule is %d; give a CRITMIN_SHARE_ constant", (int)n->rule);
  return status;
}

/* A claim on what is shared; sorted by tier, within a tier by size. */
typedef struct claim {
  int32_t tier;
  double size;
  int64_t user;
} claim;

static int by_tier_and_size(const void *a, const void *b) {
  const claim *left = a, *right = b;
  if (left->tier != right->tier) return left->tier < right->tier ? -1 : 1;
  if (left->size != right->size) return left->size < right->size ? -1 : 1;
  return left->user < right->user ? -1 : left->user > right->user;
}

/* Adds to the awards of one tier's claims, the smallest first; returns what is left. */
static double share(const claim *c, int64_t n, int32_t rule, double supply, double *award) {
  double all = 0;
  for (int64_t i = 0; i < n; i++) all += c[i].size;
  if (all <= supply) {
    for (int64_t i = 0; i < n; i++) award[c[i].user] += c[i].size;
    return supply - all;
  }
  double left = supply;
  for (int64_t i = 0; i < n; i++) {
    double given =
        rule == CRITMIN_SHARE_PROPORTIONAL ? supply / all * c[i].size : fmin(c[i].size, left / (double)(n - i));
    award[c[i].user] += given;
    left -= given;
  }
  return 0;
}

critmin_status critmin_allocate(const critmin_needs *needs, double supply, double *award, critmin_error *error) {
  critmin_status status = check(needs, supply, error);
  if (status != CRITMIN_OK) return status;
  int64_t n = needs->users;
  if (n > 0 && !award) return cm_fail_null(error, "award");
  claim *claims = cm_alloc_array((size_t)n, sizeof *claims);
  double *given = cm_alloc_array((size_t)n, sizeof *given);
  if (!claims || !given) {
    cm_free(claims);
    cm_free(given);
    return cm_fail_memory(error);
  }
  if (needs->contracted) {
    for (int64_t i = 0; i < n; i++) claims[i] = (claim){0, fmin(needs->contracted[i], needs->need[i]), i};
    qsort(claims, (size_t)n, sizeof *claims, by_tier_and_size);
    supply = share(claims, n, needs->rule, supply, given);
  }
  for (int64_t i = 0; i < n; i++) claims[i] = (claim){needs->tier ? needs->tier[i] : 0, needs->need[i] - given[i], i};
  qsort(claims, (size_t)n, sizeof *claims, by_tier_and_size);
  for (int64_t i = 0, end; i < n; i = end) {
    for (end = i + 1; end < n && claims[end].tier == claims[i].tier;) end++;
    supply = share(claims + i, end - i, needs->rule, supply, given);
  }
  if (n > 0) memcpy(award, given, (size_t)n * sizeof *award);
  cm_free(claims);
  cm_free(given);
  return cm_ok(error);
}

critmin_status critmin_allocation_bounds(const critmin_needs *needs, double supply, double *least, double *most,
                                         critmin_error *error) {
  critmin_status status = check(needs, supply, error);
  if (status != CRITMIN_OK) return status;
  if (needs->users > 0 && !least) return cm_fail_null(error, "least");
  if (needs->users > 0 && !most) return cm_fail_null(error, "most");
  double all = 0;
  for (int64_t i = 0; i < needs->users; i++) all += needs->need[i];
  for (int64_t i = 0; i < needs->users; i++) {
    double need = needs->need[i];
    most[i] = fmin(need, supply);
    least[i] = fmin(need, fmax(0, supply - (all - need)));
  }
  return cm_ok(error);
}
