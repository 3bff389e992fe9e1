/* SPDX-License-Identifier: MIT */
/* The interval of a separable form over a market, and its value at the middle completion. */
#include <math.h>

#include "base/error.h"
#include "metrics/bounds.h"
#include "metrics/bounds_form.h"

/* The mean of the known weights by production. NaN without any. */
static double mean_weight(const cm_market *m, const double *weight) {
  double weighted = 0, sum = 0;
  for (int64_t row = 0; row < m->n; row++) {
    if (isnan(weight[row])) continue;
    double quantity = cm_market_middle(m, row);
    weighted += quantity * weight[row];
    sum += quantity;
  }
  return sum > 0 ? weighted / sum : NAN;
}

static double known_power(const cm_market *m, double order, const cm_weights *weights, int side) {
  double power = 0, quantity;
  for (int64_t row = 0; row < m->n; row++)
    if (cm_market_known(m, row, &quantity))
      power += cm_weight(weights, row, side) * cm_power(order, quantity);
  return power;
}

/* Power of the producers listed, at the completion. */
static double middle_power(const cm_market *m, double order, const cm_weights *w) {
  double power = 0, missing = 1;
  if (w) missing = isnan(w->missing) ? mean_weight(m, w->weight) : w->missing;
  for (int64_t row = 0; row < m->n; row++) {
    double quantity = cm_market_middle(m, row);
    if (!(quantity > 0)) continue;
    double weight = w && !isnan(w->weight[row]) ? w->weight[row] : missing;
    if (w && w->factor) weight *= w->factor[row];
    power += weight * cm_power(order, quantity);
  }
  return power;
}

static double few_power(const cm_market *m, double order) {
  double equal, size, rest;
  cm_split_unlisted(m, m->residual, m->sum, &equal, &size, &rest);
  return equal * cm_power(order, size) + cm_power(order, rest);
}

/* Infinitely many have no power above order 1, and none that is finite at or below it. */
static double many_power(const cm_market *m, double order) {
  double most = (double)m->supply.unlisted_max;
  if (most > 0) return most * cm_power(order, m->residual / most);
  return order > 1 ? 0 : -INFINITY;
}

/* No index passes the greatest weight that a producer can have. */
static double greatest(const cm_market *m, const cm_weights *weights) {
  double most = m->residual_high > 0 ? weights->unlisted : 0;
  for (int64_t row = 0; row < m->n; row++) most = fmax(most, cm_weight(weights, row, CM_PEAK));
  return most;
}

static int find_low(const cm_market *m, double order, const cm_weights *weights, double *low) {
  cm_problem p;
  if (!cm_problem_make(m, CM_EVEN, order, weights, &p)) return 0;
  p.power = known_power(m, order, weights, CM_EVEN);
  if (p.unlisted > 0) p.power += cm_weight(weights, -1, CM_EVEN) * p.unlisted * cm_power(order, p.unlisted_size);
  *low = cm_most_even(&p);
  cm_problem_free(&p);
  return 1;
}

static int find_high(const cm_market *m, double order, const cm_weights *weights, double *high) {
  cm_problem p;
  if (!cm_problem_make(m, CM_PEAK, order, weights, &p)) return 0;
  p.power = known_power(m, order, weights, CM_PEAK);
  p.power += cm_weight(weights, -1, CM_PEAK) *
             (p.unlisted * cm_power(order, p.unlisted_size) + cm_power(order, p.unlisted_rest));
  int found = cm_most_concentrated(&p, high);
  cm_problem_free(&p);
  if (!found) return 0;
  double limit = weights ? greatest(m, weights) : order == 1 ? 0 : order > 1 ? 1 : -1;
  *high = fmin(*high, limit); /* a bound from chords may pass it */
  return 1;
}

double cm_rounded(double rounding, double order, double quantity) { return quantity * cm_power(order, rounding); }

/* Sums of logarithms, and counts, have no share to be of another total. */
static void round_ends(const cm_market *m, double order, double limit, cm_extremes *e) {
  if (order <= 1) return;
  e->low = cm_rounded(m->rounding_low, order, e->low);
  e->high = fmin(cm_rounded(m->rounding_high, order, e->high), limit);
  e->many = cm_rounded(m->rounding, order, e->many);
  e->one = cm_rounded(m->rounding, order, e->one);
}

critmin_status cm_extremes_find(const cm_market *m, double order, const cm_weights *weights, cm_extremes *e,
                                critmin_error *error) {
  double power = middle_power(m, order, weights);
  e->one = e->many = cm_form(order, power, m->sum);
  if (m->residual > 0) {
    e->one = cm_form(order, power + cm_weight(weights, -1, CM_PEAK) * few_power(m, order), m->sum);
    e->many = weights ? e->many : cm_form(order, power + many_power(m, order), m->sum);
  }
  if (cm_market_exact(m) && !weights) {
    e->low = e->high = e->one;
  } else if (m->contradiction) {
    e->low = e->high = NAN;
    return CRITMIN_OK;
  } else if (!find_low(m, order, weights, &e->low) || !find_high(m, order, weights, &e->high)) {
    return cm_fail_memory(error);
  }
  round_ends(m, order, weights ? greatest(m, weights) : 1, e);
  return CRITMIN_OK;
}
