/* SPDX-License-Identifier: MIT */
/*
 * Drawing the shares of a market. The market is read as its bounds read it (bounds.h), so that what is drawn is a
 * completion that the bounds hold for.
 *
 * A point of a box whose coordinates have a given sum is drawn with even density: a point of the simplex above the
 * lower ends, taken where it is in the box, which it always is where only the sum bounds the coordinates. Where it
 * keeps being outside, pairs of coordinates, all anew matched in each sweep, are redrawn with their sum held, which
 * leaves the even density as it is and forgets where it began by a third in a sweep.
 */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/thread.h"
#include "metrics/bounds.h"
#include "metrics/uncertainty.h"

enum { TRIES = 8, SWEEPS = 64, GRAIN = 64 };

typedef struct drawing {
  const cm_market *market;
  double concentration;
  int64_t unlisted, width; /* width: of a row, listed and unlisted */
  uint64_t seed;
  int64_t first;
  double *shares;
} drawing;

/* What a thread draws in: boxes of as many coordinates as a row has. */
typedef struct room {
  double *low, *high, *at;
  int64_t *order;
} room;

static int on_simplex(cm_random *random, const room *r, int64_t n, double sum) {
  double whole = 0, slack = sum;
  for (int64_t i = 0; i < n; i++) {
    r->at[i] = -log(cm_random_uniform(random));
    whole += r->at[i];
    slack -= r->low[i];
  }
  int inside = 1;
  for (int64_t i = 0; i < n; i++) {
    r->at[i] = r->low[i] + fmax(slack, 0) * (r->at[i] / whole);
    inside &= r->at[i] <= r->high[i];
  }
  return inside;
}

static void start_even(const room *r, int64_t n, double sum) {
  double low = 0, width = 0;
  for (int64_t i = 0; i < n; i++) {
    low += r->low[i];
    width += r->high[i] - r->low[i];
  }
  double part = width > 0 ? (sum - low) / width : 0;
  part = part < 0 ? 0 : part > 1 ? 1 : part;
  for (int64_t i = 0; i < n; i++) r->at[i] = r->low[i] + part * (r->high[i] - r->low[i]);
}

static void redraw_pairs(cm_random *random, const room *r, int64_t n) {
  for (int64_t i = 0; i < n; i++) r->order[i] = i;
  for (int64_t i = n - 1; i > 0; i--) {
    int64_t j = (int64_t)(cm_random_uniform(random) * (double)(i + 1)), swap = r->order[i];
    r->order[i] = r->order[j];
    r->order[j] = swap;
  }
  for (int64_t k = 0; k + 1 < n; k += 2) {
    int64_t i = r->order[k], j = r->order[k + 1];
    double both = r->at[i] + r->at[j];
    double least = fmax(r->low[i], both - r->high[j]), most = fmin(r->high[i], both - r->low[j]);
    if (!(most > least)) continue;
    r->at[i] = least + (most - least) * cm_random_uniform(random);
    r->at[j] = both - r->at[i];
  }
}

static void draw_in_box(cm_random *random, const room *r, int64_t n, double sum) {
  for (int i = 0; i < TRIES && n > 0; i++)
    if (on_simplex(random, r, n, sum)) return;
  start_even(r, n, sum);
  for (int sweep = 0; sweep < SWEEPS; sweep++) redraw_pairs(random, r, n);
}

static double between(cm_random *random, double low, double high) {
  return low < high ? low + (high - low) * cm_random_uniform(random) : low;
}

static void complete_cells(const cm_market *m, cm_random *random, const room *r, double *row) {
  size_t bound = m->gap ? 0 : m->inside;
  for (size_t i = 0; i < bound; i++) {
    r->low[i] = m->cells[i].low;
    r->high[i] = m->cells[i].high;
  }
  if (bound > 0) draw_in_box(random, r, (int64_t)bound, between(random, m->sum_low, m->sum_high));
  for (size_t i = 0; i < m->count; i++) {
    const cm_cell *cell = &m->cells[i];
    row[cell->row] = i < bound ? r->at[i] : between(random, cell->low, cell->high);
  }
}

/* The residual of a completion, split among the unlisted. */
static void split_residual(const drawing *d, cm_random *random, const room *r, double *row) {
  const cm_market *m = d->market;
  double residual = m->residual, sum = 0;
  if (m->gap) {
    residual = between(random, m->sum_low, m->sum_high);
    for (size_t i = 0; i < m->inside; i++) residual -= row[m->cells[i].row];
    residual = fmax(residual, 0);
  }
  for (int64_t i = 0; i < m->n; i++) sum += row[i];
  double cutoff = m->supply.unlisted_cutoff, most = cutoff > 0 ? cutoff * (sum + residual) : residual;
  most = fmax(most, residual / (double)d->unlisted); /* so many cannot be smaller */
  for (int64_t i = 0; i < d->unlisted; i++) {
    r->low[i] = 0;
    r->high[i] = most;
  }
  draw_in_box(random, r, d->unlisted, residual);
  for (int64_t i = 0; i < d->unlisted; i++) row[m->n + i] = r->at[i];
}

/* Shares of the quantities; 0 where they sum to nothing. */
static int to_shares(double *row, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += row[i];
  for (int64_t i = 0; i < n && sum > 0; i++) row[i] /= sum;
  return sum > 0;
}

static void draw_around(const drawing *d, cm_random *random, double *row) {
  double largest = -INFINITY;
  for (int64_t i = 0; i < d->width; i++) {
    row[i] = row[i] > 0 ? cm_random_log_gamma(random, d->concentration * row[i]) : -INFINITY;
    largest = fmax(largest, row[i]);
  }
  for (int64_t i = 0; i < d->width; i++) row[i] = exp(row[i] - largest);
  to_shares(row, d->width);
}

static void draw_row(const drawing *d, int64_t draw, const room *r, double *row) {
  const cm_market *m = d->market;
  cm_random random;
  cm_random_start(&random, d->seed, (uint64_t)draw, CM_STREAM_COMPLETION);
  for (int64_t i = 0; i < m->n; i++) cm_market_known(m, i, &row[i]);
  complete_cells(m, &random, r, row);
  split_residual(d, &random, r, row);
  if (!to_shares(row, d->width)) { /* every cell at nothing, which has no share */
    for (int64_t i = 0; i < d->width; i++) row[i] = NAN;
    return;
  }
  if (isinf(d->concentration)) return;
  cm_random_start(&random, d->seed, (uint64_t)draw, CM_STREAM_SHARES);
  draw_around(d, &random, row);
}

static int32_t draw_rows(void *user, int64_t first, int64_t last) {
  const drawing *d = user;
  size_t width = (size_t)d->width;
  room r = {cm_alloc_array(width, sizeof *r.low), cm_alloc_array(width, sizeof *r.high),
            cm_alloc_array(width, sizeof *r.at), cm_alloc_array(width, sizeof *r.order)};
  int32_t failed = !r.low || !r.high || !r.at || !r.order;
  for (int64_t i = first; i < last && !failed; i++) draw_row(d, d->first + i, &r, d->shares + i * d->width);
  cm_free(r.low);
  cm_free(r.high);
  cm_free(r.at);
  cm_free(r.order);
  return failed;
}

static critmin_status check_market(const cm_market *m, critmin_error *error) {
  if (m->contradiction)
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                   "no quantities have these intervals and this total; there is nothing to draw");
  if (m->nothing)
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                   "nothing is known to be produced, so that there are no shares to draw");
  for (size_t i = 0; i < m->count; i++) {
    if (isfinite(m->cells[i].high)) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "nothing bounds producer %lld; give the most it can be, or a total",
            (long long)m->cells[i].row);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, m->cells[i].row + 1, 0);
  }
  return CRITMIN_OK;
}

critmin_status critmin_draw_shares(const double *quantity, int64_t n, const critmin_supply *supply,
                                   double concentration, int64_t unlisted, uint64_t seed, int64_t first, int64_t draws,
                                   int32_t threads, double *shares, critmin_error *error) {
  critmin_status status = cm_draws_check(first, draws, threads, error);
  if (status) return status;
  if (!shares) return cm_fail_null(error, "shares");
  if (!(concentration > 1e-100)) /* its products with shares would be no numbers */
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "concentration is %g; give a number above zero, or infinity",
                   concentration);
  if (unlisted < 1)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "unlisted is %lld; give at least 1", (long long)unlisted);
  cm_market market;
  status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  status = check_market(&market, error);
  if (!status && (unlisted > INT64_MAX - n || n + unlisted > INT64_MAX / draws)) status = cm_fail_memory(error);
  if (!status) {
    drawing d = {&market, concentration, unlisted, n + unlisted, seed, first, shares};
    if (cm_parallel(threads, draws, GRAIN, draw_rows, &d)) status = cm_fail_memory(error);
  }
  cm_market_free(&market);
  return status ? status : cm_ok(error);
}
