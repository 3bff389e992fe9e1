/* SPDX-License-Identifier: MIT */
/* What draws say. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "exposure/check.h"
#include "exposure/draws.h"

/* Where a rank falls: in a bin, after `before` smaller losses; or, with no bin, among the zeros, or those that are infinite. */
typedef struct place {
  const cm_bin *bin;
  int octave, at;
  int64_t before;
  double low, high, value;
} place;

static int64_t rank_of(const critmin_draws *d, double level) {
  int64_t rank = (int64_t)ceil(level * (double)d->count - 1e-9);
  return rank < 1 ? 1 : rank > d->count ? d->count : rank;
}

/* The loss of a rank, from 1. Within a bin losses are taken to be spread evenly from its least to its most. */
static place find(const cm_bins *bins, int64_t rank) {
  place p = {0};
  int64_t seen = bins->zeros;
  if (rank <= seen) return p;
  for (int i = 0; i < CM_OCTAVES; i++)
    for (int k = 0; k < CM_BINS && bins->octave[i]; k++) {
      const cm_bin *b = &bins->octave[i][k];
      if (rank > seen + b->count) {
        seen += b->count;
        continue;
      }
      int64_t within = rank - seen;
      p = (place){b, i, k, seen, b->least, b->most, b->least};
      if (within == b->count)
        p.low = p.value = b->most;
      else if (within == 1)
        p.high = b->least;
      else
        p.value = b->least + (b->most - b->least) * ((double)(within - 1) / (double)(b->count - 1));
      return p;
    }
  p.low = p.high = p.value = INFINITY;
  return p;
}

typedef struct tail {
  double sum, squares, greatest;
} tail;

/* Sums of what losses exceed `p->value` by. */
static tail above(const cm_bins *bins, const place *p, int64_t rank) {
  tail t = {0};
  for (int i = p->octave; i < CM_OCTAVES; i++)
    for (int k = i == p->octave ? p->at : 0; k < CM_BINS && bins->octave[i]; k++) {
      const cm_bin *b = &bins->octave[i][k];
      if (b->count == 0) continue;
      double sum = cm_bin_sum(b, i, k), more = (double)b->count, over = sum - more * p->value;
      if (b == p->bin) {
        double within = (double)(rank - p->before);
        more -= within;
        over = sum - within * (p->low + p->value) / 2 - more * p->value;
        over = fmin(fmax(0, over), more * (b->most - p->value));
      }
      if (more > 0) t.squares += over * over / more;
      t.sum += over;
      t.greatest = b->most;
    }
  return t;
}

void cm_law_risk(const critmin_draws *draws, int32_t law, double sum, double squares, double level,
                 critmin_risk *risk) {
  int64_t rank = rank_of(draws, level);
  place p = find(&draws->law[law], rank);
  tail t = above(&draws->law[law], &p, rank);
  double n = (double)draws->count;
  risk->level = level;
  risk->mean = sum / n;
  risk->deviation = draws->count > 1 ? sqrt(fmax(0, squares - sum * sum / n) / (n - 1)) : 0;
  risk->mean_error = draws->count > 1 ? risk->deviation / sqrt(n) : NAN;
  risk->var = p.value;
  risk->var_low = p.low;
  risk->var_high = p.high;
  risk->cvar = p.value + t.sum / ((1 - level) * n);
  double deviation = draws->count > 1 ? sqrt(fmax(0, t.squares - t.sum * t.sum / n) / (n - 1)) : NAN;
  risk->cvar_error = deviation / ((1 - level) * sqrt(n));
  risk->greatest = t.greatest;
  risk->n = draws->count;
}

double cm_law_quantile(const critmin_draws *draws, int32_t law, double level) {
  return find(&draws->law[law], rank_of(draws, level)).value;
}

void cm_law_parts(const critmin_draws *draws, int32_t law, double level, double cvar, double *part) {
  const cm_bins *bins = &draws->law[law];
  place p = find(bins, rank_of(draws, level));
  double worst = (1 - level) * (double)draws->count, seen = 0, sum = 0;
  for (int32_t k = 0; k < bins->parts; k++) part[k] = 0;
  for (int i = CM_OCTAVES - 1; i >= p.octave; i--)
    for (int b = CM_BINS - 1; b >= (i == p.octave ? p.at : 0) && bins->octave[i]; b--) {
      double count = (double)bins->octave[i][b].count, taken = fmin(count, worst - seen);
      if (count == 0 || !(taken > 0)) continue;
      seen += taken;
      for (int32_t k = 0; k < bins->parts; k++)
        part[k] += cm_wide_number(&bins->part[i][b * bins->parts + k]) * (taken / count);
    }
  for (int32_t k = 0; k < bins->parts; k++) sum += part[k];
  for (int32_t k = 0; k < bins->parts; k++) part[k] = sum > 0 ? part[k] * (cvar / sum) : 0;
}

static critmin_status check(const critmin_draws *draws, critmin_error *error) {
  if (!draws) return cm_fail_null(error, "draws");
  if (draws->laws != 1)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "these draws are of a scenario; run it with them, and take the table `draws` of its outcome");
  return draws->count > 0 ? CRITMIN_OK : cm_fail(error, CRITMIN_ERROR_ARGUMENT, "there are no draws");
}

critmin_status critmin_draws_risk(const critmin_draws *draws, double level, critmin_risk *risk, critmin_error *error) {
  critmin_status status = check(draws, error);
  if (status != CRITMIN_OK) return status;
  if (!risk) return cm_fail_null(error, "risk");
  status = cm_check_size(risk->struct_size, sizeof *risk, "critmin_risk", error);
  if (status == CRITMIN_OK) status = cm_check_number(level, "level", CM_SHARE, error);
  if (status == CRITMIN_OK && level == 1)
    status =
        cm_fail(error, CRITMIN_ERROR_SHARE_RANGE, "level must be below 1: nothing is worse than the greatest loss");
  if (status != CRITMIN_OK) return status;
  double *sum = cm_alloc_array((size_t)draws->nodes.width, sizeof *sum);
  if (!sum) return cm_fail_memory(error);
  cm_draws_sum(draws, sum);
  cm_law_risk(draws, 0, sum[3 * draws->padded], sum[3 * draws->padded + 1], level, risk);
  cm_free(sum);
  return cm_ok(error);
}

critmin_status critmin_draws_quantiles(const critmin_draws *draws, const double *level, int64_t levels, double *loss,
                                       critmin_error *error) {
  critmin_status status = check(draws, error);
  if (status == CRITMIN_OK) status = cm_check_count(levels, 0, "levels", error);
  if (status == CRITMIN_OK) status = cm_check_numbers(level, levels, "level", CM_SHARE, error);
  if (status != CRITMIN_OK) return status;
  if (levels > 0 && !loss) return cm_fail_null(error, "loss");
  for (int64_t i = 0; i < levels; i++) loss[i] = cm_law_quantile(draws, 0, level[i]);
  return cm_ok(error);
}

critmin_status critmin_draws_users(const critmin_draws *draws, double *mean, double *mean_error, double *probability,
                                   critmin_error *error) {
  critmin_status status = check(draws, error);
  if (status != CRITMIN_OK) return status;
  double *sum = cm_alloc_array((size_t)draws->nodes.width, sizeof *sum), n = (double)draws->count;
  if (!sum) return cm_fail_memory(error);
  cm_draws_sum(draws, sum);
  for (int32_t u = 0; u < draws->users; u++) {
    double total = sum[u], squares = sum[draws->padded + u], short_of = sum[2 * draws->padded + u];
    if (mean) mean[u] = total / n;
    if (mean_error) mean_error[u] = draws->count > 1 ? sqrt(fmax(0, squares - total * total / n) / (n - 1) / n) : NAN;
    if (probability) probability[u] = short_of / n;
  }
  cm_free(sum);
  return cm_ok(error);
}
