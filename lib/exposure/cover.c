/* SPDX-License-Identifier: MIT */
/* Days of cover, the size of a reserve, and what a tonne more is worth. */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/drawdown.h"
#include "exposure/check.h"

static const double DAYS_A_YEAR = 365;

critmin_status critmin_days_of_cover(double stock, double demand, double reliance, double gap, double *gross,
                                     double *net, double *against, critmin_error *error) {
  critmin_status status = cm_check_number(stock, "stock", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK) status = cm_check_number(demand, "demand", CM_POSITIVE, error);
  if (status == CRITMIN_OK && !isnan(reliance)) status = cm_check_number(reliance, "reliance", CM_ANY, error);
  if (status == CRITMIN_OK && !isnan(gap)) status = cm_check_number(gap, "gap", CM_ANY, error);
  if (status != CRITMIN_OK) return status;
  if (gross) *gross = stock / demand;
  if (net) *net = isnan(reliance) ? NAN : reliance > 0 ? stock / (demand * reliance) : INFINITY;
  if (against) *against = isnan(gap) ? NAN : gap > 0 ? stock / gap : INFINITY;
  return cm_ok(error);
}

typedef struct outcome {
  double gap, probability;
} outcome;

static int rising(const void *a, const void *b) {
  const outcome *left = a, *right = b;
  return left->gap < right->gap ? -1 : left->gap > right->gap;
}

static critmin_status check_terms(double frequency, double shortage, double holding, critmin_error *error) {
  critmin_status status = cm_check_number(frequency, "frequency", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK) status = cm_check_number(shortage, "shortage", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK) status = cm_check_number(holding, "holding", CM_NOT_NEGATIVE, error);
  return status;
}

static critmin_status check_gaps(const double *gap, const double *probability, int64_t n, critmin_error *error) {
  critmin_status status = cm_check_count(n, 1, "n", error);
  if (status == CRITMIN_OK) status = cm_check_numbers(gap, n, "gap", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK) status = cm_check_law(probability, n, error);
  return status;
}

critmin_status critmin_reserve_size(const double *gap, const double *probability, int64_t n, double frequency,
                                    double shortage, double holding, double *tonnes, critmin_error *error) {
  critmin_status status = check_terms(frequency, shortage, holding, error);
  if (status == CRITMIN_OK) status = check_gaps(gap, probability, n, error);
  if (status != CRITMIN_OK) return status;
  if (!tonnes) return cm_fail_null(error, "tonnes");
  double worth = frequency * shortage;
  if (worth <= holding) {
    *tonnes = 0;
    return cm_ok(error);
  }
  outcome *law = cm_alloc_array((size_t)n, sizeof *law);
  if (!law) return cm_fail_memory(error);
  for (int64_t i = 0; i < n; i++) law[i] = (outcome){gap[i], probability ? probability[i] : 1 / (double)n};
  qsort(law, (size_t)n, sizeof *law, rising);
  double above = 0; /* probability of larger gaps than the one looked at */
  int64_t i = n;
  /* From the largest down, as long as what is above is not worth its holding; with no cost of holding, the largest that
   * can be. */
  while (i > 1 && (law[i - 1].probability == 0 || above + law[i - 1].probability <= holding / worth + 1e-12))
    above += law[--i].probability;
  *tonnes = law[i - 1].gap;
  cm_free(law);
  return cm_ok(error);
}

critmin_status critmin_reserve_size_exponential(double mean, double frequency, double shortage, double holding,
                                                double *tonnes, critmin_error *error) {
  critmin_status status = check_terms(frequency, shortage, holding, error);
  if (status == CRITMIN_OK) status = cm_check_number(mean, "mean", CM_NOT_NEGATIVE, error);
  if (status != CRITMIN_OK) return status;
  if (!tonnes) return cm_fail_null(error, "tonnes");
  double worth = frequency * shortage;
  *tonnes = worth <= holding || mean == 0 ? 0 : mean * log(worth / holding);
  return cm_ok(error);
}

critmin_status critmin_reserve_value(const double *gap, const double *probability, int64_t n, double frequency,
                                     double shortage, double holding, double tonnes, double *more, double *less,
                                     critmin_error *error) {
  critmin_status status = check_terms(frequency, shortage, holding, error);
  if (status == CRITMIN_OK) status = check_gaps(gap, probability, n, error);
  if (status == CRITMIN_OK) status = cm_check_number(tonnes, "tonnes", CM_NOT_NEGATIVE, error);
  if (status != CRITMIN_OK) return status;
  double above = 0, from = 0;
  for (int64_t i = 0; i < n; i++) {
    double p = probability ? probability[i] : 1 / (double)n;
    if (gap[i] > tonnes) above += p;
    if (gap[i] >= tonnes) from += p;
  }
  if (more) *more = frequency * shortage * above - holding;
  if (less) *less = frequency * shortage * from - holding;
  return cm_ok(error);
}

/* The part delivered on day x, before, on and after the ramp. */
static double delivered(int where, double x, double begins, double ramp) {
  return where == 0 ? 0 : where == 1 ? (x - begins) / ramp : 1;
}

critmin_status critmin_agreement_value(const double *time, const double *worth, int64_t points, double begins,
                                       double ramp, double additional, double performs, double *value,
                                       critmin_error *error) {
  critmin_status status = cm_check_count(points, 0, "points", error);
  const cm_column columns[] = {
      {time, points, "time", CM_ANY},           {worth, points, "worth", CM_NOT_NEGATIVE},
      {&begins, 1, "begins", CM_ANY},           {&ramp, 1, "ramp", CM_NOT_NEGATIVE},
      {&additional, 1, "additional", CM_SHARE}, {&performs, 1, "performs", CM_SHARE},
  };
  if (status == CRITMIN_OK) status = cm_check_columns(columns, sizeof columns / sizeof columns[0], error);
  for (int64_t i = 1; i < points && status == CRITMIN_OK; i++)
    if (time[i] < time[i - 1]) {
      cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "day %lld of `time` is before the one it follows",
              (long long)(i + 1));
      status = cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i + 1, 0);
    }
  if (status != CRITMIN_OK) return status;
  if (!value) return cm_fail_null(error, "value");
  double sum = 0;
  for (int64_t i = 1; i < points; i++) {
    const double cut[] = {time[i - 1], begins, begins + ramp, time[i]};
    for (int k = 0; k < 3; k++) {
      double a = fmin(fmax(cut[k], time[i - 1]), time[i]), b = fmin(fmax(cut[k + 1], time[i - 1]), time[i]);
      if (!(b > a)) continue;
      /* A product of two straight lines: Simpson's rule is exact. */
      double slope = (worth[i] - worth[i - 1]) / (time[i] - time[i - 1]);
      double w_a = worth[i - 1] + slope * (a - time[i - 1]), w_b = worth[i - 1] + slope * (b - time[i - 1]);
      double d_a = delivered(k, a, begins, ramp), d_b = delivered(k, b, begins, ramp);
      sum += (b - a) / 6 * (w_a * d_a + (w_a + w_b) * (d_a + d_b) + w_b * d_b);
    }
  }
  *value = additional * performs * sum / DAYS_A_YEAR;
  return cm_ok(error);
}
