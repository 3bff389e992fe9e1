/* SPDX-License-Identifier: MIT */
/* Parts that sum to the whole. */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "critmin/attribution.h"
#include "critmin/risk.h"
#include "suites.h"

enum { N = 10 };

/* max(0, what the coalition withholds - a buffer). */
typedef struct game {
  const double *loss;
  int32_t n;
  double buffer;
  int64_t calls, stop;
} game;

static int32_t play(void *user, const int32_t *withholds, double *loss) {
  game *g = user;
  double sum = -g->buffer;
  for (int32_t i = 0; i < g->n; i++)
    if (withholds[i]) sum += g->loss[i];
  *loss = fmax(0, sum);
  return ++g->calls == g->stop;
}

static double *table(game *g) {
  double *v = malloc((size_t)8 << g->n);
  ck_assert_ptr_nonnull(v);
  for (int32_t set = 0; set < 1 << g->n; set++) {
    int32_t withholds[20];
    for (int32_t i = 0; i < g->n; i++) withholds[i] = set >> i & 1;
    play(g, withholds, &v[set]);
  }
  return v;
}

START_TEST(a_buffer_is_shared_by_those_it_protects_from) {
  const double loss[] = {.6, .3, .1};
  game g = {loss, 3, .3, 0, 0};
  double *v = table(&g), share[3];
  ck_assert_int_eq(critmin_shapley(v, 3, share, NULL), CRITMIN_OK);
  ck_assert_double_eq_tol(share[0], .466667, 1e-6);
  ck_assert_double_eq_tol(share[1], .166667, 1e-6);
  ck_assert_double_eq_tol(share[2], .066667, 1e-6);
  NEAR(share[0] + share[1] + share[2], .7);
  free(v);
}
END_TEST

START_TEST(shares_are_efficient_symmetric_and_nothing_for_nobody) {
  cm_random random;
  cm_random_start(&random, 8, (uint64_t)_i, 0);
  double *v = malloc(sizeof(double) << N), share[N], by_order[N] = {0};
  ck_assert_ptr_nonnull(v);
  /* Any game, in which 2 and 5 are alike and 7 adds nothing. */
  for (int set = 0; set < 1 << N; set++) {
    int like = (set & ~(1 << 2 | 1 << 5 | 1 << 7)) | ((set >> 2 & 1) + (set >> 5 & 1)) << 2;
    cm_random of;
    cm_random_start(&of, 77, (uint64_t)like, (uint32_t)_i);
    v[set] = cm_random_uniform(&of);
  }
  ck_assert_int_eq(critmin_shapley(v, N, share, NULL), CRITMIN_OK);
  double sum = 0;
  for (int i = 0; i < N; i++) sum += share[i];
  NEAR(sum, v[(1 << N) - 1] - v[0]);
  NEAR(share[2], share[5]);
  ck_assert_double_eq(share[7], 0);
  /* The mean over random orders comes near. */
  enum { ORDERS = 20000 };
  for (int k = 0; k < ORDERS; k++) {
    int order[N], set = 0;
    for (int i = 0; i < N; i++) order[i] = i;
    for (int i = N - 1; i > 0; i--) {
      int j = (int)((i + 1) * cm_random_uniform(&random)), kept = order[i];
      order[i] = order[j], order[j] = kept;
    }
    for (int i = 0; i < N; i++) {
      by_order[order[i]] += (v[set | 1 << order[i]] - v[set]) / ORDERS;
      set |= 1 << order[i];
    }
  }
  for (int i = 0; i < N; i++) ck_assert_double_eq_tol(share[i], by_order[i], .02);
  free(v);
}
END_TEST

START_TEST(what_adds_up_is_each_ones_own) {
  const double loss[] = {3, 1, 4, 1, 5};
  game g = {loss, 5, 0, 0, 0};
  double *v = table(&g), share[5];
  ck_assert_int_eq(critmin_shapley(v, 5, share, NULL), CRITMIN_OK);
  for (int i = 0; i < 5; i++) NEAR(share[i], loss[i]);
  free(v);
}
END_TEST

START_TEST(one_and_twenty_producers_are_looked_at) {
  double one[] = {2, 5}, share[20], loss[20];
  ck_assert_int_eq(critmin_shapley(one, 1, share, NULL), CRITMIN_OK);
  NEAR(share[0], 3);
  for (int i = 0; i < 20; i++) loss[i] = i < 10 ? 1 : 2;
  game g = {loss, 20, 10, 0, 0};
  double *v = table(&g), sum = 0;
  ck_assert_int_eq(critmin_shapley(v, 20, share, NULL), CRITMIN_OK);
  for (int i = 0; i < 20; i++) sum += share[i];
  NEAR(sum, 20);
  NEAR(share[0], share[9]);
  NEAR(share[10], share[19]);
  ck_assert_double_gt(share[10], 2 * share[0]);
  free(v);
}
END_TEST

START_TEST(sampled_shares_are_the_exact_ones_within_their_error) {
  double loss[N], share[N], error[N], exact[N], sum = 0;
  for (int i = 0; i < N; i++) loss[i] = (i + 1) / 10.;
  game g = {loss, N, 2, 0, 0};
  double *v = table(&g);
  ck_assert_int_eq(critmin_shapley(v, N, exact, NULL), CRITMIN_OK);
  g.calls = 0;
  ck_assert_int_eq(critmin_shapley_sampled(N, play, &g, 3, 2000, share, error, NULL), CRITMIN_OK);
  ck_assert_int_eq(g.calls, 2000 * 2 * N + 1);
  for (int i = 0; i < N; i++) {
    ck_assert_double_gt(error[i], 0);
    ck_assert_double_lt(error[i], .02);
    ck_assert_double_eq_tol(share[i], exact[i], 4.5 * error[i]);
    sum += share[i];
  }
  NEAR(sum, 3.5);
  double again[N];
  ck_assert_int_eq(critmin_shapley_sampled(N, play, &g, 3, 2000, again, NULL, NULL), CRITMIN_OK);
  ck_assert_mem_eq(share, again, sizeof share);
  free(v);
}
END_TEST

START_TEST(parts_of_a_tail_with_ties) {
  /* Two shocks, .3 with .1 and .2 with .05. */
  const double part[] = {0, 0, 0, .2, .3, 0, .3, .2}, p[] = {.855, .045, .095, .005};
  double contribution[2], cvar;
  ck_assert_int_eq(critmin_tail_parts(part, NULL, p, 4, 2, .95, contribution, &cvar, NULL), CRITMIN_OK);
  NEAR(contribution[0], .30);
  NEAR(contribution[1], .02);
  NEAR(cvar, .32);
}
END_TEST

START_TEST(parts_sum_to_the_tail) {
  enum { DRAWS = 5000, PARTS = 6 };
  static double part[DRAWS * PARTS], loss[DRAWS];
  cm_random random;
  cm_random_start(&random, 14, (uint64_t)_i, 0);
  for (int i = 0; i < DRAWS; i++) {
    double sum = 0;
    for (int k = 0; k < PARTS; k++)
      sum += part[i * PARTS + k] =
          cm_random_uniform(&random) < .1 ? (_i % 2 ? k + 1 : (k + 1) * cm_random_uniform(&random)) : 0;
    loss[i] = _i < 2 ? sum : fmax(0, sum - 2);
  }
  const double levels[] = {0, .5, .9, .95, .99};
  for (size_t l = 0; l < COUNT(levels); l++) {
    double contribution[PARTS], cvar, sum = 0;
    critmin_risk r;
    critmin_risk_init(&r);
    ck_assert_int_eq(critmin_risk_of(loss, NULL, DRAWS, levels[l], &r, NULL), CRITMIN_OK);
    ck_assert_int_eq(
        critmin_tail_parts(part, _i < 2 ? NULL : loss, NULL, DRAWS, PARTS, levels[l], contribution, &cvar, NULL),
        CRITMIN_OK);
    for (int k = 0; k < PARTS; k++) sum += contribution[k];
    NEAR(sum, r.cvar);
    NEAR(cvar, r.cvar);
  }
}
END_TEST

START_TEST(what_cannot_be_is_refused) {
  const double loss[] = {0, NAN}, good[] = {0, 1}, p[] = {.7, .7}, none[] = {0, 0};
  double share[2] = {-7, -7};
  critmin_error error;
  const double one[] = {1};
  game g = {one, 1, 0, 0, 0};
#define REFUSED(call, status) ck_assert_int_eq(call, CRITMIN_ERROR_##status)
  REFUSED(critmin_shapley(loss, 1, share, &error), MISSING_VALUE);
  ck_assert_int_eq(error.row, 2);
  REFUSED(critmin_shapley(good, 0, share, &error), ARGUMENT);
  REFUSED(critmin_shapley(good, 21, share, &error), ARGUMENT);
  REFUSED(critmin_shapley(NULL, 1, share, &error), ARGUMENT);
  REFUSED(critmin_shapley_sampled(1, NULL, NULL, 0, 2, share, NULL, &error), ARGUMENT);
  REFUSED(critmin_shapley_sampled(1, play, &g, 0, 1, share, NULL, &error), ARGUMENT);
  g.stop = 3;
  REFUSED(critmin_shapley_sampled(1, play, &g, 0, 5, share, NULL, &error), CANCELLED);
  g.buffer = -INFINITY;
  REFUSED(critmin_shapley_sampled(1, play, &g, 0, 5, share, NULL, &error), INVALID_VALUE);
  REFUSED(critmin_tail_parts(good, NULL, p, 2, 1, .5, share, NULL, &error), SHARE_RANGE);
  REFUSED(critmin_tail_parts(loss, NULL, NULL, 2, 1, .5, share, NULL, &error), MISSING_VALUE);
  REFUSED(critmin_tail_parts(good, NULL, NULL, 2, 1, 1, share, NULL, &error), SHARE_RANGE);
  REFUSED(critmin_tail_parts(none, good, NULL, 2, 1, .5, share, NULL, &error), INVALID_VALUE);
  REFUSED(critmin_tail_parts(good, NULL, NULL, 0, 1, .5, share, NULL, &error), ARGUMENT);
  NEAR(share[0], -7);
}
END_TEST

static int32_t attempt(void *user) {
  (void)user;
  const double loss[] = {1, 2};
  game g = {loss, 2, 0, 0, 0};
  double share[2] = {-7, -7};
  int32_t status = critmin_shapley_sampled(2, play, &g, 0, 3, share, NULL, NULL);
  ck_assert(status == CRITMIN_OK || share[0] == -7);
  share[0] = -7;
  if (status == CRITMIN_OK) status = critmin_tail_parts(loss, NULL, NULL, 1, 2, .5, share, NULL, NULL);
  ck_assert(status == CRITMIN_OK || share[0] == -7);
  return status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  fail_each_allocation(attempt, NULL);
}
END_TEST

Suite *suite_attribution(void) {
  Suite *suite = suite_create("attribution");
  TCase *cases = tcase_create("attribution");
  tcase_add_test(cases, a_buffer_is_shared_by_those_it_protects_from);
  tcase_add_loop_test(cases, shares_are_efficient_symmetric_and_nothing_for_nobody, 0, 3);
  tcase_add_test(cases, what_adds_up_is_each_ones_own);
  tcase_add_test(cases, one_and_twenty_producers_are_looked_at);
  tcase_add_test(cases, sampled_shares_are_the_exact_ones_within_their_error);
  tcase_add_test(cases, parts_of_a_tail_with_ties);
  tcase_add_loop_test(cases, parts_sum_to_the_tail, 0, 4);
  tcase_add_test(cases, what_cannot_be_is_refused);
  tcase_add_test(cases, any_allocation_of_memory_may_fail);
  suite_add_tcase(suite, cases);
  return suite;
}
