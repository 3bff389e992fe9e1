/* SPDX-License-Identifier: MIT */
/* Shapley values: exactly from all coalitions, or from sampled orders. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/random.h"
#include "critmin/attribution.h"
#include "exposure/check.h"

enum { PLAYERS_MAX = 20 };

static int members(uint32_t set) {
  int n = 0;
  for (; set; set &= set - 1) n++;
  return n;
}

critmin_status critmin_shapley(const double *loss, int32_t players, double *share, critmin_error *error) {
  if (players < 1 || players > PLAYERS_MAX)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "players is %d; all coalitions can be looked at for 1 to %d, sample orders for more", (int)players,
                   PLAYERS_MAX);
  uint32_t sets = UINT32_C(1) << players;
  critmin_status status = cm_check_numbers(loss, sets, "loss", CM_ANY, error);
  if (status != CRITMIN_OK) return status;
  if (!share) return cm_fail_null(error, "share");
  /* |S|! (n - |S| - 1)! / n!, of coalitions of each size without the producer. */
  double weight[PLAYERS_MAX];
  weight[0] = 1. / players;
  for (int32_t k = 1; k < players; k++) weight[k] = weight[k - 1] * k / (players - k);
  /* Sizes of the coalitions of the lower half of the players: those of all are sums of two. */
  uint8_t size[1 << (PLAYERS_MAX / 2)];
  const int low = PLAYERS_MAX / 2;
  const uint32_t lower = (UINT32_C(1) << low) - 1;
  for (uint32_t set = 0; set <= lower; set++) size[set] = (uint8_t)members(set);
  for (int32_t i = 0; i < players; i++) {
    uint32_t bit = UINT32_C(1) << i;
    double sum = 0;
    for (uint32_t high = 0; high < sets; high += 2 * bit) { /* in runs without the producer */
      double run = 0;
      for (uint32_t set = high; set < high + bit; set++)
        run += weight[size[set & lower] + size[set >> low]] * (loss[set + bit] - loss[set]);
      sum += run;
    }
    share[i] = sum;
  }
  return cm_ok(error);
}

typedef struct sampling {
  critmin_coalition coalition;
  void *user;
  int32_t players;
  int32_t *withholds, *order;
  double *added; /* what each adds, in both orders of a pair together */
  double *mean, *square;
  double empty;
} sampling;

static critmin_status ask(sampling *s, double *loss, critmin_error *error) {
  *loss = NAN;
  if (s->coalition(s->user, s->withholds, loss) != 0)
    return cm_fail(error, CRITMIN_ERROR_CANCELLED, "the callback stopped the sampling of orders");
  if (!isfinite(*loss))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "the callback gives a loss of %g; it must be a finite number",
                   *loss);
  return CRITMIN_OK;
}

static critmin_status walk(sampling *s, int backward, critmin_error *error) {
  double before = s->empty, now;
  for (int32_t i = 0; i < s->players; i++) s->withholds[i] = 0;
  for (int32_t k = 0; k < s->players; k++) {
    int32_t joins = s->order[backward ? s->players - 1 - k : k];
    s->withholds[joins] = 1;
    critmin_status status = ask(s, &now, error);
    if (status != CRITMIN_OK) return status;
    s->added[joins] += (now - before) / 2;
    before = now;
  }
  return CRITMIN_OK;
}

static void shuffle(sampling *s, uint64_t seed, int64_t pair) {
  cm_random random;
  cm_random_start(&random, seed, (uint64_t)pair, 0);
  for (int32_t i = 0; i < s->players; i++) s->order[i] = i;
  for (int32_t i = s->players - 1; i > 0; i--) {
    int32_t k = (int32_t)((i + 1) * cm_random_uniform(&random)), kept = s->order[i];
    s->order[i] = s->order[k];
    s->order[k] = kept;
  }
}

static critmin_status sample(sampling *s, uint64_t seed, int64_t pairs, critmin_error *error) {
  for (int32_t i = 0; i < s->players; i++) s->withholds[i] = 0;
  critmin_status status = ask(s, &s->empty, error);
  for (int64_t pair = 0; pair < pairs && status == CRITMIN_OK; pair++) {
    shuffle(s, seed, pair);
    for (int32_t i = 0; i < s->players; i++) s->added[i] = 0;
    status = walk(s, 0, error);
    if (status == CRITMIN_OK) status = walk(s, 1, error);
    for (int32_t i = 0; i < s->players; i++) { /* Welford's recurrence */
      double off = s->added[i] - s->mean[i];
      s->mean[i] += off / (double)(pair + 1);
      s->square[i] += off * (s->added[i] - s->mean[i]);
    }
  }
  return status;
}

critmin_status critmin_shapley_sampled(int32_t players, critmin_coalition coalition, void *user, uint64_t seed,
                                       int64_t pairs, double *share, double *standard_error, critmin_error *error) {
  critmin_status status = cm_check_count(players, 1, "players", error);
  if (status == CRITMIN_OK) status = cm_check_count(pairs, 2, "pairs", error);
  if (status != CRITMIN_OK) return status;
  if (!coalition) return cm_fail_null(error, "coalition");
  if (!share) return cm_fail_null(error, "share");
  double *numbers = cm_alloc_array(3 * (size_t)players, sizeof *numbers);
  int32_t *places = cm_alloc_array(2 * (size_t)players, sizeof *places);
  if (numbers && places) {
    sampling s = {
        coalition, user, players, places, places + players, numbers, numbers + players, numbers + 2 * (int64_t)players,
        0};
    status = sample(&s, seed, pairs, error);
    double n = (double)pairs;
    for (int32_t i = 0; i < players && status == CRITMIN_OK; i++) {
      share[i] = s.mean[i];
      if (standard_error) standard_error[i] = sqrt(s.square[i] / (n - 1) / n);
    }
  } else {
    status = cm_fail_memory(error);
  }
  cm_free(numbers);
  cm_free(places);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}
