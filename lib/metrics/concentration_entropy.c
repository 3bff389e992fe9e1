/* SPDX-License-Identifier: MIT */
/* Diversity: Shannon index, evenness, Hill numbers. They fall as concentration grows, so that the ends swap. */
#include <math.h>

#include "base/error.h"
#include "metrics/bounds.h"

static critmin_status fail(cm_market *market, critmin_status status) {
  cm_market_free(market);
  return status;
}

/* An index of 0 is reached by sums that may miss it by a bit. */
static double index_of(double form) { return form >= 0 ? 0 : -form; }

critmin_status critmin_shannon(const double *quantity, int64_t n, const critmin_supply *supply, critmin_answer *answer,
                               critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  if (market.nothing) return cm_answer_write(answer, &market, NAN, NAN, NAN, 0, error);
  cm_extremes h;
  status = cm_extremes_find(&market, 1, NULL, &h, error);
  if (status) return fail(&market, status);
  double value = cm_residual_pick(&market, index_of(h.many), index_of(h.one));
  return cm_answer_write(answer, &market, value, index_of(h.high), index_of(h.low),
                         isnan(value) ? CRITMIN_FLAG_UNDEFINED : 0, error);
}

/* Shannon over ln N. The interval takes the ends of both; evenness of one producer has no value. */
critmin_status critmin_evenness(const double *quantity, int64_t n, const critmin_supply *supply, critmin_answer *answer,
                                critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  if (market.nothing || market.residual_high > 0)
    return cm_answer_write(answer, &market, NAN, NAN, NAN, market.nothing ? 0 : CRITMIN_FLAG_UNDEFINED, error);
  cm_extremes h, count;
  status = cm_extremes_find(&market, 1, NULL, &h, error);
  if (!status && !cm_count_find(&market, &count)) status = cm_fail_memory(error);
  if (status) return fail(&market, status);
  double value = NAN, low = NAN, high = NAN;
  if (count.one > 1) value = fmin(index_of(h.one) / log(count.one), 1);
  if (count.high > 1 && !market.contradiction) {
    low = fmin(index_of(h.high) / log(count.high), 1);
    high = fmin(index_of(h.low) / log(fmax(count.low, 2)), 1);
  }
  return cm_answer_write(answer, &market, value, low, high, isnan(value) ? CRITMIN_FLAG_UNDEFINED : 0, error);
}

static double hill(double order, double form) {
  return order == 1 ? exp(-form) : order == 2 ? 1 / form : pow(fabs(form), 1 / (1 - order));
}

/*
 * Beyond this order powers of small shares leave the range of a double. With M = 1 / largest share, M <= N <= M^(q/(q-1)):
 * the interval is taken from M, and at most 1 in 31 of ln M too wide; the value is exact.
 */
static const double order_max = 32;

/* Value of a high order at the completion, from shares over the largest one. */
static double hill_of_largest(const cm_market *m, double order, double unlisted, double unlisted_size, double rest) {
  double largest = fmax(unlisted > 0 ? unlisted_size : 0, rest), sum = 0;
  for (int64_t row = 0; row < m->n; row++) largest = fmax(largest, cm_market_middle(m, row));
  for (int64_t row = 0; row < m->n; row++) sum += pow(cm_market_middle(m, row) / largest, order);
  sum += unlisted * pow(unlisted_size / largest, order) + pow(rest / largest, order);
  return pow(m->sum / largest, order / (order - 1)) * pow(sum, 1 / (1 - order));
}

static critmin_status high_order(cm_market *m, double order, cm_extremes *n, critmin_error *error) {
  cm_extremes largest;
  critmin_status status = cm_ratio_find(m, 1, &largest, error);
  if (status) return status;
  double stretch = isinf(order) ? 1 : order / (order - 1);
  n->low = 1 / largest.high;
  n->high = pow(1 / largest.low, stretch);
  n->one = 1 / largest.one;
  n->many = 1 / largest.many;
  if (isinf(order)) return CRITMIN_OK;
  double equal, size, rest, most = (double)m->supply.unlisted_max;
  cm_split_unlisted(m, m->residual, m->sum, &equal, &size, &rest);
  double rounding = pow(m->rounding, -stretch);
  n->one = rounding * hill_of_largest(m, order, equal, size, rest);
  if (isinf(n->many)) return CRITMIN_OK;
  n->many = rounding * hill_of_largest(m, order, most, most > 0 ? m->residual / most : 0, 0);
  if (cm_market_exact(m) && m->rounding_low == m->rounding_high) n->low = n->high = n->one;
  return CRITMIN_OK;
}

critmin_status critmin_effective_number(const double *quantity, int64_t n, double order, const critmin_supply *supply,
                                        critmin_answer *answer, critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  if (!(order >= 0))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "order is %g; give 0, 1, 2, infinity or any number above 0", order);
  status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  if (market.nothing) return cm_answer_write(answer, &market, NAN, NAN, NAN, 0, error);
  if (fabs(order - 1) < 1e-8) order = 1; /* nearer to it the formula loses more digits than the limit */
  cm_extremes number = {0};
  if (order == 0) {
    if (!cm_count_find(&market, &number)) status = cm_fail_memory(error);
  } else if (order > order_max) {
    status = high_order(&market, order, &number, error);
  } else {
    cm_extremes form;
    status = cm_extremes_find(&market, order, NULL, &form, error);
    if (!status)
      number = (cm_extremes){.low = hill(order, form.high),
                             .high = hill(order, form.low),
                             .many = hill(order, form.many),
                             .one = hill(order, form.one)};
  }
  if (status) return fail(&market, status);
  if (market.contradiction) number.low = number.high = NAN;
  double value = cm_residual_pick(&market, number.many, number.one);
  return cm_answer_write(answer, &market, value, number.low, number.high, isnan(value) ? CRITMIN_FLAG_UNDEFINED : 0, error);
}
