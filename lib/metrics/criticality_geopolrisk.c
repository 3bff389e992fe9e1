/* SPDX-License-Identifier: MIT */
/* GeoPolRisk: score, midpoint and characterisation factor of one importer. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "critmin/criticality.h"
#include "metrics/bounds.h"
#include "metrics/geopolrisk_world.h"
#include "metrics/interval.h"
#include "metrics/presets.h"

void critmin_geopolrisk_init(critmin_geopolrisk *terms) {
  static const critmin_interval unknown = {NAN, NAN, NAN}, none = {0, 0, 0};
  if (!terms) return;
  memset(terms, 0, sizeof *terms);
  terms->struct_size = sizeof *terms;
  terms->hhi = terms->price = unknown;
  terms->production = none;
  terms->reference = cm_preset_value("geopolrisk", "reference");
}

int32_t critmin_geopolrisk_size(void) { return (int32_t)sizeof(critmin_geopolrisk); }

void cm_geopolrisk_scale(double *worst, double *best) {
  *worst = cm_preset_value("geopolrisk", "stability_worst");
  *best = cm_preset_value("geopolrisk", "stability_best");
}

critmin_status cm_geopolrisk_risk(double stability, double worst, double best, critmin_answer *answer,
                                  critmin_error *error) {
  if (isinf(stability))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "stability is not finite; give NaN where there is none");
  if (isnan(stability))
    return cm_interval_answer(answer, (critmin_interval){NAN, 0, 1}, 0, 0, CRITMIN_FLAG_WGI_IMPUTED, error);
  double risk = (best - stability) / (best - worst);
  critmin_interval i = {risk, risk, risk};
  uint64_t flags = cm_interval_cut(&i, 0, 1) ? CRITMIN_FLAG_CLAMPED : 0;
  return cm_interval_answer(answer, i, 1, 1, flags, error);
}

critmin_status critmin_geopolrisk_risk(double stability, critmin_answer *answer, critmin_error *error) {
  double worst, best;
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  cm_geopolrisk_scale(&worst, &best);
  return cm_geopolrisk_risk(stability, worst, best, answer, error);
}

static double end_of(const double *array, int64_t row, double otherwise) {
  return array && !isnan(array[row]) ? array[row] : otherwise;
}

/* Imports from a partner: checked whole before. */
static critmin_interval imports_of(const critmin_geopolrisk *t, int64_t row) {
  double value = t->imports[row];
  critmin_interval i = {value, end_of(t->low, row, value), end_of(t->high, row, value)};
  if (isnan(value)) i.value = i.low + (i.high - i.low) / 2;
  return i;
}

/* A partner of whom amount and risk are known without an interval, as most are. */
static int is_plain(const critmin_geopolrisk *t, int64_t row) {
  double value = t->imports[row];
  return value >= 0 && value <= DBL_MAX && t->risk[row] >= 0 && t->risk[row] <= 1 &&
         !(end_of(t->low, row, value) < value) && !(end_of(t->low, row, value) > value) &&
         !(end_of(t->high, row, value) < value) && !(end_of(t->high, row, value) > value);
}

static critmin_status check_partner(const critmin_geopolrisk *t, int64_t row, critmin_error *error) {
  critmin_interval raw = {t->imports[row], t->low ? t->low[row] : NAN, t->high ? t->high[row] : NAN}, read;
  critmin_status status = cm_interval_read("imports of a partner", &raw, 0, INFINITY, &read, error);
  if (!status && !cm_interval_known(read))
    status = cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "imports of partner %lld are not known and not bounded; give low and high",
                     (long long)row);
  if (!status && (t->risk[row] < 0 || t->risk[row] > 1))
    status = cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "risk of partner %lld is %g; give 0 to 1, or NaN where there is none",
                     (long long)row, t->risk[row]);
  return status ? cm_fail_at(error, status, row + 1, 0) : status;
}

static critmin_status read_terms(const critmin_geopolrisk *in, critmin_geopolrisk *t, int *plain, critmin_error *error) {
  if (!in) return cm_fail_null(error, "terms");
  if (in->struct_size < sizeof *t)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "terms.struct_size is %u; call critmin_geopolrisk_init() first",
                   (unsigned)in->struct_size);
  memcpy(t, in, sizeof *t);
  if (t->n < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "terms.n is %lld; it cannot be below 0", (long long)t->n);
  if (t->n > 0 && (!t->imports || !t->risk)) return cm_fail_null(error, t->imports ? "terms.risk" : "terms.imports");
  critmin_status status = cm_interval_read("hhi", &in->hhi, 0, 1, &t->hhi, error);
  if (!status) status = cm_interval_read("production", &in->production, 0, INFINITY, &t->production, error);
  if (!status) status = cm_interval_read("price", &in->price, 0, INFINITY, &t->price, error);
  *plain = 1;
  for (int64_t row = 0; row < t->n && !status; row++) {
    if (is_plain(t, row)) continue;
    *plain = 0;
    status = check_partner(t, row, error);
  }
  return status;
}

enum { GREATEST = 1, LEAST = -1 };

static double risk_on(const critmin_geopolrisk *t, int64_t row, int side) {
  return isnan(t->risk[row]) ? (side == GREATEST ? 1 : 0) : t->risk[row];
}

/*
 * An end of (sum of risk x imports) / (production + imports): imports of partners riskier than the ratio push it one way,
 * those of the others the other way. Each round takes the ends that the last ratio asks for; the ratio only gets
 * better, and when it does not it is the end (Dinkelbach 1967).
 */
static double end_of_ratio(const critmin_geopolrisk *t, int side) {
  double production = side == GREATEST ? t->production.low : t->production.high;
  double ratio = NAN;
  for (;;) {
    double weighted = 0, sum = production;
    for (int64_t row = 0; row < t->n; row++) {
      critmin_interval imports = imports_of(t, row);
      double risk = risk_on(t, row, side);
      int high = isnan(ratio) || (side == GREATEST ? risk > ratio : risk < ratio);
      double taken = high ? imports.high : imports.low;
      weighted += risk * taken;
      sum += taken;
    }
    if (!(sum > 0)) return ratio;
    double next = weighted / sum;
    if (!isnan(ratio) && !(side == GREATEST ? next > ratio : next < ratio)) return ratio;
    ratio = next;
  }
}

static critmin_interval score(const critmin_geopolrisk *t, int plain, double *coverage, uint64_t *flags) {
  double scored = 0, weighted = 0, imports = 0;
  for (int64_t row = 0; row < t->n; row++) {
    double from = imports_of(t, row).value;
    imports += from;
    if (isnan(t->risk[row])) {
      if (imports_of(t, row).high > 0) *flags |= CRITMIN_FLAG_WGI_IMPUTED;
      continue;
    }
    scored += from;
    weighted += from * t->risk[row];
  }
  *coverage = imports > 0 ? scored / imports : NAN;
  critmin_interval risk = {NAN, NAN, NAN};
  if (!cm_interval_known(t->production) || !cm_interval_known(t->hhi)) return risk;
  double supply = t->production.value + imports;
  if (!(supply > 0)) {
    *flags |= CRITMIN_FLAG_UNDEFINED;
    return risk;
  }
  if (!(imports > 0)) risk.value = 0;
  else if (scored > 0) risk.value = weighted / scored * (imports / supply);
  else *flags |= CRITMIN_FLAG_UNDEFINED;
  if (plain && t->production.low == t->production.high) {
    risk.low = risk.high = risk.value;
  } else {
    risk.low = end_of_ratio(t, LEAST);
    risk.high = end_of_ratio(t, GREATEST);
  }
  return cm_interval_product(risk, t->hhi);
}

enum { SCORE, MIDPOINT, FACTOR };

static critmin_status answer_with(const critmin_geopolrisk *in, int what, critmin_answer *answer, critmin_error *error) {
  critmin_geopolrisk t;
  int plain = 0;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = read_terms(in, &t, &plain, error);
  if (status) return status;
  if (what == FACTOR && (!(t.reference > 0) || isinf(t.reference)))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "reference is %g; give a midpoint above zero", t.reference);
  uint64_t flags = 0;
  double coverage;
  critmin_interval i = score(&t, plain, &coverage, &flags);
  if (what != SCORE) i = cm_interval_product(i, t.price);
  if (what == FACTOR) i = cm_interval_scaled(i, 1 / t.reference);
  return cm_interval_answer(answer, i, t.n, coverage, flags, error);
}

critmin_status critmin_geopolrisk_score(const critmin_geopolrisk *terms, critmin_answer *answer, critmin_error *error) {
  return answer_with(terms, SCORE, answer, error);
}

critmin_status critmin_geopolrisk_midpoint(const critmin_geopolrisk *terms, critmin_answer *answer, critmin_error *error) {
  return answer_with(terms, MIDPOINT, answer, error);
}

critmin_status critmin_geopolrisk_cf(const critmin_geopolrisk *terms, critmin_answer *answer, critmin_error *error) {
  return answer_with(terms, FACTOR, answer, error);
}
