/* SPDX-License-Identifier: MIT */
/*
 * Ranks under weights drawn at random. Ranks only ask for order, so a mean is compared by its weighted sum before the last,
 * monotone step. Draws are counted in whole numbers, chunk by chunk: the sums do not depend on who made them.
 */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/thread.h"
#include "metrics/composite.h"

enum { CHUNK = 1024, CHUNKS = 64 }; /* draws of a chunk, and chunks between two looks at the caller's progress */

typedef struct trial {
  const cm_composite *composite;
  const double *concentration;
  int64_t items, used; /* used: criteria of a weight above zero */
  int64_t *criterion;  /* of each that is used */
  double *terms;       /* items x used; 0 where not known */
  double *known;       /* 1 or 0 likewise; NULL when all are known */
  double *fixed;       /* of each item: NaN, or a score that no weight changes */
  int64_t top;
  uint64_t seed;
  int64_t first, draws;     /* of this round */
  int64_t *among, *ranks;   /* CHUNKS rows of items */
} trial;

/* Higher is a better score whatever the aggregate. */
static double comparable(const cm_composite *c, double x) {
  if (c->aggregate == CRITMIN_AGGREGATE_GEOMETRIC) return log(x);
  if (c->aggregate != CRITMIN_AGGREGATE_POWER) return x;
  return c->power > 0 ? pow(x, c->power) : -pow(x, c->power);
}

static int prepare(trial *t, const double *normalised) {
  const cm_composite *c = t->composite;
  t->criterion = cm_alloc_array((size_t)c->criteria, sizeof *t->criterion);
  if (!t->criterion) return 0;
  for (int64_t k = 0; k < c->criteria; k++)
    if (c->weight[k] > 0) t->criterion[t->used++] = k;
  size_t cells = (size_t)(t->items * t->used);
  t->terms = cm_alloc_array(cells, sizeof *t->terms);
  t->known = cm_alloc_array(cells, sizeof *t->known);
  t->fixed = cm_alloc_array((size_t)t->items, sizeof *t->fixed);
  t->among = cm_alloc_array((size_t)t->items * CHUNKS, sizeof *t->among);
  t->ranks = cm_alloc_array((size_t)t->items * CHUNKS, sizeof *t->ranks);
  if (!t->terms || !t->known || !t->fixed || !t->among || !t->ranks) return 0;
  int complete = 1;
  for (int64_t i = 0; i < t->items; i++) {
    const double *row = normalised + i * c->criteria;
    t->fixed[i] = NAN;
    if (c->aggregate == CRITMIN_AGGREGATE_GREATEST) t->fixed[i] = cm_composite_aggregate(c, row, -1, NAN);
    int64_t missing = 0;
    for (int64_t u = 0; u < t->used; u++) {
      double x = row[t->criterion[u]], term = isnan(x) ? 0 : comparable(c, x);
      if (isinf(term)) t->fixed[i] = -INFINITY; /* a zero that makes the mean zero whatever the weights */
      t->terms[i * t->used + u] = isinf(term) ? 0 : term;
      t->known[i * t->used + u] = isnan(x) ? 0 : 1;
      missing += isnan(x);
    }
    if (missing > 0) complete = 0;
  }
  if (complete) {
    cm_free(t->known);
    t->known = NULL;
  }
  return 1;
}

static void draw_weights(const trial *t, int64_t draw, double *weight) {
  cm_random random;
  double largest = -INFINITY;
  cm_random_start(&random, t->seed, (uint64_t)draw, 0);
  for (int64_t u = 0; u < t->used; u++) {
    weight[u] = cm_random_log_gamma(&random, t->concentration[t->criterion[u]]);
    largest = fmax(largest, weight[u]);
  }
  double sum = 0;
  for (int64_t u = 0; u < t->used; u++) sum += weight[u] = exp(weight[u] - largest);
  for (int64_t u = 0; u < t->used; u++) weight[u] /= sum;
}

static double score_of(const trial *t, int64_t item, const double *weight) {
  if (!isnan(t->fixed[item])) return t->fixed[item];
  const double *terms = t->terms + item * t->used, *known = t->known ? t->known + item * t->used : NULL;
  double sum = 0, whole = 0;
  for (int64_t u = 0; u < t->used; u++) {
    sum += weight[u] * terms[u];
    if (known) whole += weight[u] * known[u];
  }
  return !known ? sum : whole > 0 ? sum / whole : NAN;
}

/* Merges two runs of items, the higher score first; without branches that a processor would have to guess. */
static void merge(const double *score, const int64_t *a, int64_t n, const int64_t *b, int64_t m, int64_t *out) {
  int64_t i = 0, j = 0;
  while (i < n && j < m) {
    int64_t from_b = score[b[j]] > score[a[i]];
    out[i + j] = from_b ? b[j] : a[i];
    i += 1 - from_b;
    j += from_b;
  }
  for (; i < n; i++) out[i + j] = a[i];
  for (; j < m; j++) out[i + j] = b[j];
}

/* Orders the first `n` items by falling score and returns where they are: in one of the two arrays. */
static const int64_t *sort_falling(const double *score, int64_t n, int64_t *order, int64_t *spare) {
  for (int64_t width = 1; width < n; width *= 2) {
    for (int64_t at = 0; at < n; at += 2 * width) {
      int64_t left = n - at < width ? n - at : width, right = n - at - left < width ? n - at - left : width;
      merge(score, order + at, left, order + at + left, right, spare + at);
    }
    int64_t *swap = order;
    order = spare;
    spare = swap;
  }
  return order;
}

/* Adds one draw to the counts: those of the same score share the best rank. */
static void count_ranks(const trial *t, const double *score, const int64_t *order, int64_t n, int64_t *among, int64_t *ranks) {
  int64_t above = 0;
  for (int64_t k = 0; k < n; k++) {
    if (k > 0 && score[order[k]] < score[order[k - 1]]) above = k;
    ranks[order[k]] += above + 1;
    among[order[k]] += above < t->top;
  }
}

static int32_t run_chunks(void *user, int64_t first, int64_t last) {
  trial *t = user;
  double *weight = cm_alloc_array((size_t)t->used, sizeof *weight);
  double *score = cm_alloc_array((size_t)t->items, sizeof *score);
  int64_t *order = cm_alloc_array((size_t)t->items, sizeof *order), *spare = cm_alloc_array((size_t)t->items, sizeof *spare);
  int32_t failed = !weight || !score || !order || !spare;
  for (int64_t chunk = first; chunk < last && !failed; chunk++) {
    int64_t *among = t->among + chunk * t->items, *ranks = t->ranks + chunk * t->items;
    for (int64_t i = 0; i < t->items; i++) among[i] = ranks[i] = 0;
    for (int64_t d = chunk * CHUNK; d < t->draws && d < (chunk + 1) * CHUNK; d++) {
      draw_weights(t, t->first + d, weight);
      int64_t n = 0;
      for (int64_t i = 0; i < t->items; i++) {
        score[i] = score_of(t, i, weight);
        if (!isnan(score[i])) order[n++] = i;
      }
      count_ranks(t, score, sort_falling(score, n, order, spare), n, among, ranks);
    }
  }
  cm_free(weight);
  cm_free(score);
  cm_free(order);
  cm_free(spare);
  return failed;
}

static critmin_status run(trial *t, int64_t first, int64_t draws, int32_t threads, critmin_progress progress, void *user,
                          int64_t *among, int64_t *ranks, critmin_error *error) {
  for (int64_t done = 0; done < draws;) {
    if (progress && progress(user, done, draws))
      return cm_fail(error, CRITMIN_ERROR_CANCELLED, "cancelled after %lld of %lld draws", (long long)done, (long long)draws);
    t->first = first + done;
    t->draws = draws - done < CHUNK * CHUNKS ? draws - done : CHUNK * CHUNKS;
    int64_t chunks = (t->draws + CHUNK - 1) / CHUNK;
    if (cm_parallel(threads, chunks, 1, run_chunks, t)) return cm_fail_memory(error);
    for (int64_t chunk = 0; chunk < chunks; chunk++)
      for (int64_t i = 0; i < t->items; i++) {
        among[i] += t->among[chunk * t->items + i];
        ranks[i] += t->ranks[chunk * t->items + i];
      }
    done += t->draws;
  }
  return CRITMIN_OK;
}

static critmin_status check_law(const cm_composite *c, const double *concentration, critmin_error *error) {
  for (int64_t k = 0; k < c->criteria; k++) {
    if (concentration[k] > 0 && !isinf(concentration[k])) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "concentration %lld is %g; give one above zero", (long long)k, concentration[k]);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, 0, k + 1);
  }
  return CRITMIN_OK;
}

critmin_status critmin_rank_robustness(const critmin_composite *composite, const double *normalised, int64_t items,
                                       const double *concentration, int64_t top, uint64_t seed, int64_t first,
                                       int64_t draws, int32_t threads, critmin_progress progress, void *user,
                                       double *probability, double *mean_rank, critmin_error *error) {
  if (!concentration) return cm_fail_null(error, "concentration");
  if (top < 1) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "top is %lld; give at least 1", (long long)top);
  if (draws < 1 || first < 0 || first > INT64_MAX - draws)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "first is %lld and draws %lld; give 0 or more, and at least 1", (long long)first,
                   (long long)draws);
  cm_composite c;
  critmin_status status = cm_composite_read(composite, normalised, items, &c, error);
  if (status) return status;
  trial t = {.composite = &c, .concentration = concentration, .items = items, .top = top, .seed = seed};
  int64_t *among = cm_alloc_array((size_t)items, sizeof *among), *ranks = cm_alloc_array((size_t)items, sizeof *ranks);
  status = check_law(&c, concentration, error);
  if (!status && (!among || !ranks || !prepare(&t, normalised))) status = cm_fail_memory(error);
  if (!status) status = run(&t, first, draws, threads, progress, user, among, ranks, error);
  for (int64_t i = 0; i < items && !status; i++) {
    if (probability) probability[i] = (double)among[i] / (double)draws;
    if (mean_rank) mean_rank[i] = ranks[i] > 0 ? (double)ranks[i] / (double)draws : NAN;
  }
  cm_free(t.criterion);
  cm_free(t.terms);
  cm_free(t.known);
  cm_free(t.fixed);
  cm_free(t.among);
  cm_free(t.ranks);
  cm_free(among);
  cm_free(ranks);
  cm_composite_free(&c);
  return status ? status : cm_ok(error);
}
