/* SPDX-License-Identifier: MIT */
/* Aggregating normalised criteria, and what each of them does to the score. */
#include "metrics/composite.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/answer.h"

void critmin_composite_init(critmin_composite *composite) {
  if (!composite) return;
  memset(composite, 0, sizeof *composite);
  composite->struct_size = sizeof *composite;
  composite->power = 2;
}

int32_t critmin_composite_size(void) { return (int32_t)sizeof(critmin_composite); }

void cm_composite_free(cm_composite *c) {
  cm_free(c->weight);
  c->weight = NULL;
}

static critmin_status read_weights(const critmin_composite *in, cm_composite *c, critmin_error *error) {
  double sum = 0;
  for (int64_t k = 0; k < in->criteria; k++) {
    double w = in->weight ? in->weight[k] : 1;
    if (!(w >= 0) || isinf(w)) {
      cm_fail(error, w < 0 ? CRITMIN_ERROR_NEGATIVE : CRITMIN_ERROR_INVALID_VALUE, "weight %lld is %g; give 0 or more",
              (long long)k, w);
      return cm_fail_at(error, w < 0 ? CRITMIN_ERROR_NEGATIVE : CRITMIN_ERROR_INVALID_VALUE, 0, k + 1);
    }
    sum += c->weight[k] = w;
  }
  if (!(sum > 0)) return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "no weight is above zero; give one to some criterion");
  return CRITMIN_OK;
}

static critmin_status check_rows(const cm_composite *c, const double *normalised, int64_t items, critmin_error *error) {
  for (int64_t i = 0; i < items * c->criteria; i++) {
    double x = normalised[i];
    int negative = x < 0 && c->aggregate != CRITMIN_AGGREGATE_ARITHMETIC;
    if (!negative && !isinf(x)) continue;
    critmin_status status = negative ? CRITMIN_ERROR_NEGATIVE : CRITMIN_ERROR_INVALID_VALUE;
    cm_fail(error, status, "criterion %lld of item %lld is %g; %s", (long long)(i % c->criteria), (long long)(i / c->criteria), x,
            negative ? "this aggregate takes 0 and above only" : "give NaN where it is not known");
    return cm_fail_at(error, status, i / c->criteria + 1, i % c->criteria + 1);
  }
  return CRITMIN_OK;
}

critmin_status cm_composite_read(const critmin_composite *in, const double *normalised, int64_t items, cm_composite *c,
                                 critmin_error *error) {
  if (!in) return cm_fail_null(error, "composite");
  if (in->struct_size < sizeof *in)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "composite.struct_size is %u; call critmin_composite_init() first",
                   (unsigned)in->struct_size);
  if (in->aggregate < CRITMIN_AGGREGATE_ARITHMETIC || in->aggregate > CRITMIN_AGGREGATE_GREATEST)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "aggregate is %d; give a CRITMIN_AGGREGATE_ constant", (int)in->aggregate);
  if (in->missing < CRITMIN_MISSING_RENORMALISE || in->missing > CRITMIN_MISSING_INTERVAL)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "missing is %d; give a CRITMIN_MISSING_ constant", (int)in->missing);
  if (in->criteria < 1) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "criteria is %lld; give at least 1", (long long)in->criteria);
  if (items < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "items is %lld; it cannot be below 0", (long long)items);
  if (items > INT64_MAX / in->criteria) return cm_fail_memory(error);
  if (items > 0 && !normalised) return cm_fail_null(error, "normalised");
  int mean = in->aggregate == CRITMIN_AGGREGATE_POWER;
  if (mean && (isnan(in->power) || isinf(in->power) || in->power == 0))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "power is %g; give a finite order other than 0", in->power);
  *c = (cm_composite){.aggregate = in->aggregate, .missing = in->missing, .power = in->power, .criteria = in->criteria};
  c->weight = cm_alloc_array((size_t)c->criteria, sizeof *c->weight);
  if (!c->weight) return cm_fail_memory(error);
  critmin_status status = read_weights(in, c, error);
  if (!status) status = check_rows(c, normalised, items, error);
  if (status) cm_composite_free(c);
  return status;
}

/* What is summed, so that every mean is a function of a weighted sum. */
static double term(const cm_composite *c, double x) {
  if (c->aggregate == CRITMIN_AGGREGATE_GEOMETRIC) return log(x);
  return c->aggregate == CRITMIN_AGGREGATE_POWER ? pow(x, c->power) : x;
}

double cm_composite_aggregate(const cm_composite *c, const double *row, int64_t skip, double fill) {
  double sum = 0, weights = 0, greatest = NAN;
  for (int64_t k = 0; k < c->criteria; k++) {
    double x = isnan(row[k]) ? fill : row[k];
    if (k == skip || isnan(x) || !(c->weight[k] > 0)) continue;
    weights += c->weight[k];
    greatest = fmax(greatest, x);
    sum += c->weight[k] * term(c, x);
  }
  if (!(weights > 0)) return NAN;
  double mean = sum / weights;
  switch (c->aggregate) {
  case CRITMIN_AGGREGATE_GEOMETRIC: return exp(mean);
  case CRITMIN_AGGREGATE_POWER: return pow(mean, 1 / c->power);
  case CRITMIN_AGGREGATE_GREATEST: return greatest;
  default: return mean;
  }
}

critmin_status critmin_composite_score(const critmin_composite *composite, const double *normalised, int64_t items,
                                       double *value, double *low, double *high, uint64_t *flags, critmin_error *error) {
  cm_composite c;
  critmin_status status = cm_composite_read(composite, normalised, items, &c, error);
  if (status) return status;
  for (int64_t i = 0; i < items; i++) {
    const double *row = normalised + i * c.criteria;
    double score = cm_composite_aggregate(&c, row, -1, NAN), least = score, most = score;
    uint64_t flag = isnan(score) ? CRITMIN_FLAG_NO_DATA : 0;
    for (int64_t k = 0; k < c.criteria && !flag; k++)
      if (isnan(row[k]) && c.weight[k] > 0) flag = CRITMIN_FLAG_NOT_AVAILABLE;
    if (flag && c.missing == CRITMIN_MISSING_INTERVAL) { /* every aggregate rises with each criterion */
      least = fmin(cm_composite_aggregate(&c, row, -1, 0), score);
      most = fmax(cm_composite_aggregate(&c, row, -1, 1), score);
    }
    if (value) value[i] = score;
    if (low) low[i] = least;
    if (high) high[i] = most;
    if (flags) flags[i] = flag;
  }
  cm_composite_free(&c);
  return cm_ok(error);
}

critmin_status critmin_leave_one_out(const critmin_composite *composite, const double *normalised, int64_t items,
                                     double *effect, critmin_error *error) {
  cm_composite c;
  if (items > 0 && !effect) return cm_fail_null(error, "effect");
  critmin_status status = cm_composite_read(composite, normalised, items, &c, error);
  if (status) return status;
  for (int64_t i = 0; i < items; i++) {
    const double *row = normalised + i * c.criteria;
    double score = cm_composite_aggregate(&c, row, -1, NAN);
    for (int64_t k = 0; k < c.criteria; k++) effect[i * c.criteria + k] = score - cm_composite_aggregate(&c, row, k, NAN);
  }
  cm_composite_free(&c);
  return cm_ok(error);
}
