/* SPDX-License-Identifier: MIT */
/* Effective dependency without a network. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "network/commitments.h"
#include "network/law.h"
#include "network/trace.h"

void critmin_commitments_init(critmin_commitments *commitments) {
  if (!commitments) return;
  memset(commitments, 0, sizeof *commitments);
  commitments->struct_size = sizeof *commitments;
}

int32_t critmin_commitments_size(void) {
  return (int32_t)sizeof(critmin_commitments);
}

critmin_status critmin_ramp(double start, double months, int32_t year, double *share, critmin_error *error) {
  if (!share) return cm_fail_null(error, "share");
  if (months < 0) return cm_fail(error, CRITMIN_ERROR_NEGATIVE, "a ramp takes no less than 0 months, not %g", months);
  if (!isfinite(start) || !isfinite(months))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "start and months of a ramp must be finite");
  /* Part of the year on the slope, and part after it. */
  double top = start + months / 12, from = fmin(fmax(year, start), year + 1.), until = fmin(fmax(year, top), year + 1.);
  double slope = until > from ? (until - from) * ((from - start) + (until - start)) / 2 / (months / 12) : 0;
  *share = slope + (year + 1. - until);
  return cm_ok(error);
}

critmin_status cm_commitments_check(const critmin_commitments *given, critmin_error *error) {
  if (!given) return cm_fail_null(error, "commitments");
  if (given->struct_size < sizeof *given)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "commitments.struct_size is %u; call critmin_commitments_init() first",
                   (unsigned)given->struct_size);
  if (given->count < 0 || (given->count && !given->tonnes))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "commitments need `tonnes`, and a count of at least 0");
  if (given->displacement != CRITMIN_DISPLACE_TARGETED && given->displacement != CRITMIN_DISPLACE_PROPORTIONAL)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "no such displacement as %d", (int)given->displacement);
  if (!(given->correlation >= 0 && given->correlation <= 0.99))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "correlation must be 0 to 0.99, not %g", given->correlation);
  return CRITMIN_OK;
}

static critmin_status number_fails(critmin_error *error, critmin_status status, int64_t i, const char *name,
                                   const char *what) {
  cm_fail(error, status, "commitment %lld: %s %s", (long long)(i + 1), name, what);
  return cm_fail_at(error, status, i + 1, 0);
}

static critmin_status check_number(double x, int64_t i, const char *name, int share, critmin_error *error) {
  if (isnan(x)) return number_fails(error, CRITMIN_ERROR_MISSING_VALUE, i, name, "is missing");
  if (share && !(x >= 0 && x <= 1)) return number_fails(error, CRITMIN_ERROR_SHARE_RANGE, i, name, "is outside 0 to 1");
  if (x < 0) return number_fails(error, CRITMIN_ERROR_NEGATIVE, i, name, "is below zero");
  if (isinf(x)) return number_fails(error, CRITMIN_ERROR_INVALID_VALUE, i, name, "is not finite");
  return CRITMIN_OK;
}

critmin_status cm_commitments_read(const critmin_commitments *given, int through_chain, double *amount,
                                   double *probability, critmin_error *error) {
  const struct {
    const double *share;
    const char *name;
  } factors[] = {
      {given->ramp, "ramp"}, {given->additional, "additional"}, {through_chain ? NULL : given->reaches, "reaches"}};
  for (int64_t i = 0; i < given->count; i++) {
    critmin_status status = check_number(given->tonnes[i], i, "tonnes", 0, error);
    if (status != CRITMIN_OK) return status;
    amount[i] = given->tonnes[i];
    for (size_t f = 0; f < sizeof factors / sizeof *factors; f++) {
      if (!factors[f].share) continue;
      status = check_number(factors[f].share[i], i, factors[f].name, 1, error);
      if (status != CRITMIN_OK) return status;
      amount[i] *= factors[f].share[i];
    }
    probability[i] = given->probability ? given->probability[i] : 1;
    status = check_number(probability[i], i, "probability", 1, error);
    if (status != CRITMIN_OK) return status;
  }
  return CRITMIN_OK;
}

critmin_status cm_exposed_check(const critmin_interval *exposed, double demand, critmin_error *error) {
  if (!exposed) return cm_fail_null(error, "exposed");
  if (isnan(demand)) return cm_fail(error, CRITMIN_ERROR_MISSING_VALUE, "demand is missing");
  if (isinf(demand)) return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "demand is not finite");
  const double ends[] = {exposed->low, exposed->value, exposed->high};
  double least = 0;
  if (demand < 0) return cm_fail(error, CRITMIN_ERROR_NEGATIVE, "demand is below zero");
  for (int i = 0; i < 3; i++) {
    if (isnan(ends[i])) continue;
    if (ends[i] < 0) return cm_fail(error, CRITMIN_ERROR_NEGATIVE, "what is exposed is below zero");
    if (ends[i] > demand * (1 + 1e-9) || ends[i] < least)
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                     "what is exposed must have low, value and high in order, and be no more "
                     "than the demand of %.12g",
                     demand);
    least = ends[i];
  }
  return CRITMIN_OK;
}

double cm_still_exposed(double exposed, double demand, int32_t displacement, double delivered) {
  if (isnan(exposed)) return NAN;
  if (displacement == CRITMIN_DISPLACE_PROPORTIONAL) return exposed / demand * fmax(0, 1 - delivered / demand);
  return fmax(0, exposed - delivered) / demand;
}

/* Amounts and probabilities of commitments, both in one piece of memory that the caller frees. */
static critmin_status read_all(const critmin_commitments *c, double **amount, critmin_error *error) {
  critmin_status status = cm_commitments_check(c, error);
  if (status != CRITMIN_OK) return status;
  *amount = cm_alloc_array(2 * (size_t)c->count, sizeof **amount);
  if (!*amount) return cm_fail_memory(error);
  status = cm_commitments_read(c, 0, *amount, *amount + c->count, error);
  if (status != CRITMIN_OK) cm_free(*amount);
  return status;
}

critmin_status critmin_committed_tonnes(const critmin_commitments *commitments, critmin_answer *answer,
                                        critmin_error *error) {
  critmin_status status = cm_trace_answer_check(answer, error);
  if (status != CRITMIN_OK) return status;
  double *amount;
  status = read_all(commitments, &amount, error);
  if (status != CRITMIN_OK) return status;
  const double *probability = amount + commitments->count;
  double mean = 0, least = 0, most = 0;
  for (int64_t i = 0; i < commitments->count; i++) {
    mean += amount[i] * probability[i];
    if (probability[i] >= 1) least += amount[i];
    if (probability[i] > 0) most += amount[i];
  }
  cm_free(amount);
  answer->value = mean;
  answer->low = fmin(least, mean);
  answer->high = fmax(most, mean);
  answer->coverage = 1;
  answer->flags = 0;
  answer->n_used = commitments->count;
  return cm_ok(error);
}

static double mean_exposed(const cm_law *law, double exposed, double demand, int32_t displacement) {
  double mean = 0;
  for (int64_t i = 0; i < law->count; i++)
    mean += law->probability[i] * cm_still_exposed(exposed, demand, displacement, law->amount[i]);
  return mean;
}

critmin_status critmin_effective_dependency(const critmin_interval *exposed, double demand,
                                            const critmin_commitments *commitments, critmin_answer *answer,
                                            critmin_error *error) {
  critmin_status status = cm_trace_answer_check(answer, error);
  if (status == CRITMIN_OK) status = cm_exposed_check(exposed, demand, error);
  if (status != CRITMIN_OK) return status;
  double *amount;
  status = read_all(commitments, &amount, error);
  if (status != CRITMIN_OK) return status;
  cm_law law;
  int done = cm_law_sum(amount, amount + commitments->count, commitments->count, commitments->correlation, &law);
  cm_free(amount);
  if (!done) return cm_fail_memory(error);
  double low = isnan(exposed->low) ? exposed->value : exposed->low,
         high = isnan(exposed->high) ? exposed->value : exposed->high;
  int undefined = demand == 0;
  answer->value = undefined ? NAN : mean_exposed(&law, exposed->value, demand, commitments->displacement);
  answer->low = undefined ? NAN : mean_exposed(&law, low, demand, commitments->displacement);
  answer->high = undefined ? NAN : mean_exposed(&law, high, demand, commitments->displacement);
  answer->coverage = undefined ? NAN : 1;
  answer->flags = undefined ? CRITMIN_FLAG_UNDEFINED : isnan(exposed->value) ? CRITMIN_FLAG_NO_DATA : 0;
  answer->n_used = commitments->count;
  cm_law_free(&law);
  return cm_ok(error);
}

critmin_status critmin_effective_dependency_law(const critmin_interval *exposed, double demand,
                                                const critmin_commitments *commitments, const double *level,
                                                int64_t levels, double *probability, critmin_error *error) {
  if (levels < 0 || (levels && (!level || !probability)))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`level` and `probability` must not be null, nor `levels` below 0");
  critmin_status status = cm_exposed_check(exposed, demand, error);
  if (status != CRITMIN_OK) return status;
  if (demand == 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "nothing is demanded, so that no share of it is exposed");
  if (isnan(exposed->value)) return cm_fail(error, CRITMIN_ERROR_MISSING_VALUE, "what is exposed is missing");
  double *amount;
  status = read_all(commitments, &amount, error);
  if (status != CRITMIN_OK) return status;
  cm_law law;
  int done = cm_law_sum(amount, amount + commitments->count, commitments->count, commitments->correlation, &law);
  cm_free(amount);
  if (!done) return cm_fail_memory(error);
  for (int64_t k = 0; k < levels; k++) {
    probability[k] = 0;
    for (int64_t i = 0; i < law.count; i++) {
      double left = cm_still_exposed(exposed->value, demand, commitments->displacement, law.amount[i]);
      if (left <= level[k] + CM_ROUNDING) probability[k] += law.probability[i];
    }
    probability[k] = fmin(1, probability[k]);
  }
  cm_law_free(&law);
  return cm_ok(error);
}
