/* SPDX-License-Identifier: MIT */
/* The United States' methods: supply risk, expected economic effect, early-warning screening. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/criticality.h"
#include "metrics/bounds.h"
#include "metrics/interval.h"

static critmin_status check_index(const char *name, const double *index, int64_t n, critmin_error *error) {
  if (!index && n > 0) return cm_fail_null(error, name);
  for (int64_t row = 0; row < n; row++) {
    if (!(index[row] < 0) && !(index[row] > 1)) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "%s of producer %lld is %g; give 0 to 1, or NaN where there is none", name,
            (long long)row, index[row]);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, row + 1, 0);
  }
  return CRITMIN_OK;
}

critmin_status critmin_usgs_disruption_potential(const double *quantity, const double *ability, const double *willingness,
                                                 int64_t n, const critmin_supply *supply, critmin_answer *answer,
                                                 critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = check_index("ability", ability, n, error);
  if (!status) status = check_index("willingness", willingness, n, error);
  if (!status) status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  double *weight = cm_alloc_array((size_t)n, sizeof *weight);
  if (!weight) {
    cm_market_free(&market);
    return cm_fail_memory(error);
  }
  for (int64_t row = 0; row < n; row++) {
    weight[row] = ability[row] * willingness[row];
    if (ability[row] <= 0 || willingness[row] <= 0) weight[row] = 0; /* whatever the other is */
  }
  cm_weights weights = {.weight = weight, .missing = NAN, .highest = 1, .unlisted = 1};
  status = cm_weighted_index(&market, &weights, "ability x willingness", 1, CRITMIN_FLAG_UNVERIFIED_PRESET, answer, error);
  cm_free(weight);
  return status;
}

/* A zero in one term makes it zero whatever the others are, but one that is not known leaves it unknown. */
static double mean_of_three(double a, double b, double c) { return cbrt(a * b * c); }

static critmin_status geometric_mean(const char *const names[3], const critmin_interval *const in[3], uint64_t flags,
                                     critmin_answer *answer, critmin_error *error) {
  critmin_interval t[3];
  critmin_status status = cm_answer_check(answer, error);
  for (int i = 0; i < 3 && !status; i++) status = cm_interval_read(names[i], in[i], 0, 1, &t[i], error);
  if (status) return status;
  critmin_interval mean = {mean_of_three(t[0].value, t[1].value, t[2].value), mean_of_three(t[0].low, t[1].low, t[2].low),
                           mean_of_three(t[0].high, t[1].high, t[2].high)};
  return cm_interval_answer(answer, mean, 3, NAN, flags, error);
}

critmin_status critmin_usgs_supply_risk(const critmin_interval *disruption_potential, const critmin_interval *trade_exposure,
                                        const critmin_interval *economic_vulnerability, critmin_answer *answer,
                                        critmin_error *error) {
  static const char *const names[3] = {"disruption_potential", "trade_exposure", "economic_vulnerability"};
  const critmin_interval *const terms[3] = {disruption_potential, trade_exposure, economic_vulnerability};
  return geometric_mean(names, terms, CRITMIN_FLAG_UNVERIFIED_PRESET, answer, error);
}

critmin_status critmin_nstc_criticality_potential(const critmin_interval *supply_risk,
                                                  const critmin_interval *production_growth,
                                                  const critmin_interval *market_dynamics, critmin_answer *answer,
                                                  critmin_error *error) {
  static const char *const names[3] = {"supply_risk", "production_growth", "market_dynamics"};
  const critmin_interval *const terms[3] = {supply_risk, production_growth, market_dynamics};
  return geometric_mean(names, terms, 0, answer, error);
}

critmin_status critmin_usgs_expected_effect(const critmin_interval *probability, const critmin_interval *effect, int64_t n,
                                            critmin_answer *answer, critmin_error *error) {
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  if (n < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; it cannot be below 0", (long long)n);
  if (n > 0 && (!probability || !effect)) return cm_fail_null(error, probability ? "effect" : "probability");
  critmin_interval sum = {0, 0, 0}, p, e;
  if (n == 0) sum = (critmin_interval){NAN, NAN, NAN};
  for (int64_t i = 0; i < n; i++) {
    status = cm_interval_read("probability", &probability[i], 0, 1, &p, error);
    if (!status) status = cm_interval_read("effect", &effect[i], -INFINITY, INFINITY, &e, error);
    if (status) return cm_fail_at(error, status, i + 1, 0);
    sum.value += p.value * e.value;
    sum.low += (e.low < 0 ? p.high : p.low) * e.low;
    sum.high += (e.high > 0 ? p.high : p.low) * e.high;
  }
  return cm_interval_answer(answer, sum, n, NAN, 0, error);
}
