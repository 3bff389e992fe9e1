/* SPDX-License-Identifier: MIT */
/*
 * One producer against the rest: its share, and what is left without it.
 *
 * With x the producer in [l, u] and the others of its total between c and d at most and least, a total of R leaves
 * x >= max(l, R - c) and x <= min(u, R - d). Both shares turn once as R grows, at l + c and at u + d.
 */
#include <math.h>

#include "base/error.h"
#include "metrics/bounds.h"

typedef struct producer {
  double middle;
  double share_low, share_high;
  double rest_low, rest_high; /* of the market without it */
} producer;

static double clip(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

static double part(double x, double rest) {
  if (isinf(x)) return 1;
  if (isinf(rest)) return 0;
  return x / (x + rest);
}

static void free_ends(double low, double high, producer *p) {
  /* The only producer there is holds all of a market that is one at all. */
  p->share_low = low > 0 || p->rest_high > 0 ? part(low, p->rest_high) : 1;
  p->share_high = high > 0 ? part(high, p->rest_low) : 0;
}

static void inside_ends(const cm_problem *problem, const cm_cell *cell, double base_low, double base_high, producer *p) {
  double others_low = 0, others_high = 0;
  for (size_t i = 0; i < problem->inside; i++) {
    if (&problem->cells[i] == cell) continue;
    others_low += problem->cells[i].low;
    others_high += problem->cells[i].high;
  }
  double from = problem->sum_low, to = problem->sum_high, l = cell->low, u = cell->high;
  double total = clip(l + others_high, from, to);
  p->share_low = total + base_high > 0 ? part(fmax(l, total - others_high), total - fmax(l, total - others_high) + base_high) : 1;
  total = clip(u + others_low, from, to);
  p->share_high = part(fmin(u, total - others_low), total - fmin(u, total - others_low) + base_low);
  if (!(u > 0)) p->share_high = 0;
  p->rest_low = base_low + fmax(from - u, others_low);
  p->rest_high = base_high + fmin(to - l, others_high);
}

static int find(const cm_market *m, int64_t index, producer *p) {
  cm_problem problem;
  if (!cm_problem_make(m, CM_PLAIN, 2, NULL, &problem)) return 0;
  double known = 0, base_low = problem.sum, base_high = problem.sum;
  const cm_cell *cell = NULL;
  int inside = 0;
  if (!cm_market_known(m, index, &known)) known = 0;
  for (size_t i = 0; i < problem.count; i++) {
    const cm_cell *other = &problem.cells[i];
    if (other->row == index) {
      cell = other;
      inside = i < problem.inside;
    } else if (i >= problem.inside) {
      base_low += other->low;
      base_high += other->high;
    }
  }
  p->middle = cell ? cell->middle : known;
  if (inside) {
    inside_ends(&problem, cell, base_low, base_high, p);
  } else {
    p->rest_low = fmax(base_low + problem.sum_low - known, 0);
    p->rest_high = fmax(base_high + problem.sum_high - known, 0);
    free_ends(cell ? cell->low : known, cell ? cell->high : known, p);
  }
  cm_problem_free(&problem);
  return 1;
}

/* Share at the completion, and its ends, of the printed total. */
static double round_shares(const cm_market *m, producer *p) {
  p->share_low *= m->rounding_low;
  p->share_high = fmin(p->share_high * m->rounding_high, 1);
  return fmin(m->rounding * p->middle / m->sum, 1);
}

static critmin_status check_index(int64_t index, int64_t n, critmin_error *error) {
  if (index >= 0 && index < n) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "index is %lld; give a producer from 0 to n - 1 = %lld", (long long)index,
                 (long long)n - 1);
}

critmin_status critmin_share(const double *quantity, int64_t n, int64_t index, const critmin_supply *supply,
                             critmin_answer *answer, critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = check_index(index, n, error);
  if (!status) status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  if (market.nothing) return cm_answer_write(answer, &market, NAN, NAN, NAN, 0, error);
  producer p;
  if (!find(&market, index, &p)) {
    cm_market_free(&market);
    return cm_fail_memory(error);
  }
  double share = round_shares(&market, &p);
  if (market.contradiction) p.share_low = p.share_high = NAN;
  return cm_answer_write(answer, &market, share, p.share_low, p.share_high, 0, error);
}

critmin_status critmin_n_minus_1(const double *quantity, int64_t n, int64_t index, double demand, const critmin_supply *supply,
                                 critmin_answer *answer, critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = check_index(index, n, error);
  if (status) return status;
  if (demand < 0)
    return cm_fail(error, CRITMIN_ERROR_NEGATIVE, "demand is %g; a quantity cannot be below zero", demand);
  if (isinf(demand))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "demand is infinite; give NaN to take supply for it");
  status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  if (market.nothing || demand == 0)
    return cm_answer_write(answer, &market, NAN, NAN, NAN, market.nothing ? 0 : CRITMIN_FLAG_UNDEFINED, error);
  producer p;
  if (!find(&market, index, &p)) {
    cm_market_free(&market);
    return cm_fail_memory(error);
  }
  double value = 1 - round_shares(&market, &p), low = 1 - p.share_high, high = 1 - p.share_low;
  if (!isnan(demand)) {
    demand *= market.scale;
    value = (market.sum - p.middle) / demand;
    low = p.rest_low / demand;
    high = p.rest_high / demand;
  }
  if (market.contradiction) low = high = NAN;
  return cm_answer_write(answer, &market, value, low, high, 0, error);
}
