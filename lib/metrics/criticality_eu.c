/* SPDX-License-Identifier: MIT */
/* The European Commission's criticality: supply risk of a stage, and economic importance, of every edition. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "critmin/criticality.h"
#include "metrics/bounds.h"
#include "metrics/interval.h"

static const critmin_interval unknown = {NAN, NAN, NAN};

void critmin_eu_supply_init(critmin_eu_supply *supply) {
  if (!supply) return;
  memset(supply, 0, sizeof *supply);
  supply->struct_size = sizeof *supply;
  supply->edition = 2023;
  supply->global_supply = supply->eu_sourcing = supply->import_reliance = supply->recycling = supply->substitution = unknown;
}

int32_t critmin_eu_supply_size(void) { return (int32_t)sizeof(critmin_eu_supply); }

void critmin_eu_uses_init(critmin_eu_uses *uses) {
  if (!uses) return;
  memset(uses, 0, sizeof *uses);
  uses->struct_size = sizeof *uses;
  uses->edition = 2023;
  uses->denominator = NAN;
  uses->substitution = unknown;
}

int32_t critmin_eu_uses_size(void) { return (int32_t)sizeof(critmin_eu_uses); }

static critmin_status check_edition(int32_t edition, critmin_error *error) {
  if (edition == 2010 || edition == 2014 || edition == 2017 || edition == 2020 || edition == 2023) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "edition is %d; the EU's are 2010, 2014, 2017, 2020 and 2023", (int)edition);
}

static double mixed(double global, double sourcing, double weight) { return global * weight + sourcing * (1 - weight); }

/* The mixture is linear in each of its three terms: its ends are at ends of the weight with both indices at one side. */
static critmin_interval mixture(critmin_interval global, critmin_interval sourcing, critmin_interval reliance) {
  critmin_interval weight = cm_interval_scaled(reliance, 0.5);
  critmin_interval m = {mixed(global.value, sourcing.value, weight.value),
                        fmin(mixed(global.low, sourcing.low, weight.low), mixed(global.low, sourcing.low, weight.high)),
                        fmax(mixed(global.high, sourcing.high, weight.low), mixed(global.high, sourcing.high, weight.high))};
  return m;
}

static critmin_status read_supply(const critmin_eu_supply *in, critmin_eu_supply *s, critmin_error *error) {
  if (!in) return cm_fail_null(error, "supply");
  if (in->struct_size < sizeof *s)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "supply.struct_size is %u; call critmin_eu_supply_init() first",
                   (unsigned)in->struct_size);
  memcpy(s, in, sizeof *s);
  critmin_status status = check_edition(s->edition, error);
  if (!status) status = cm_interval_read("global_supply", &in->global_supply, 0, INFINITY, &s->global_supply, error);
  if (!status) status = cm_interval_read("eu_sourcing", &in->eu_sourcing, 0, INFINITY, &s->eu_sourcing, error);
  if (!status)
    status = cm_interval_read("import_reliance", &in->import_reliance, -INFINITY, INFINITY, &s->import_reliance, error);
  if (!status) status = cm_interval_read("recycling", &in->recycling, 0, 1, &s->recycling, error);
  if (!status) status = cm_interval_read("substitution", &in->substitution, 0, 1, &s->substitution, error);
  return status;
}

critmin_status critmin_eu_supply_risk(const critmin_eu_supply *in, critmin_answer *answer, critmin_error *error) {
  critmin_eu_supply s;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = read_supply(in, &s, error);
  if (status) return status;
  uint64_t flags = 0;
  critmin_interval core = s.global_supply;
  int64_t terms = 3;
  if (s.edition < 2017) {
    flags |= CRITMIN_FLAG_UNVERIFIED_PRESET;
  } else if (!cm_interval_known(s.global_supply) || !cm_interval_known(s.eu_sourcing)) {
    if (!cm_interval_known(s.global_supply)) core = s.eu_sourcing;
    if (cm_interval_known(core)) flags |= CRITMIN_FLAG_NOT_AVAILABLE;
  } else {
    if (cm_interval_cut(&s.import_reliance, 0, 1)) flags |= CRITMIN_FLAG_CLAMPED;
    if (!cm_interval_known(s.import_reliance)) s.import_reliance = (critmin_interval){NAN, 0, 1};
    core = mixture(s.global_supply, s.eu_sourcing, s.import_reliance);
    terms = 5;
  }
  critmin_interval risk = cm_interval_product(cm_interval_product(core, cm_interval_rest(s.recycling)), s.substitution);
  return cm_interval_answer(answer, risk, terms, NAN, flags, error);
}

critmin_status critmin_eu_combine(const critmin_interval *scores, int64_t n, int32_t rule, int64_t *part,
                                  critmin_answer *answer, critmin_error *error) {
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  if (n < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; it cannot be below 0", (long long)n);
  if (!scores && n > 0) return cm_fail_null(error, "scores");
  if (rule != CRITMIN_COMBINE_GREATEST && rule != CRITMIN_COMBINE_MEAN)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "rule is %d; give a CRITMIN_COMBINE_ constant", (int)rule);
  critmin_interval whole = unknown, score;
  int64_t known = 0, greatest = -1;
  double best = -INFINITY;
  for (int64_t i = 0; i < n; i++) {
    status = cm_interval_read("a score", &scores[i], 0, INFINITY, &score, error);
    if (status) return cm_fail_at(error, status, i + 1, 0);
    if (!cm_interval_known(score)) continue;
    if (known++ == 0) {
      whole = score;
    } else if (rule == CRITMIN_COMBINE_MEAN) {
      whole = (critmin_interval){whole.value + score.value, whole.low + score.low, whole.high + score.high};
    } else {
      whole = (critmin_interval){fmax(whole.value, score.value), fmax(whole.low, score.low), fmax(whole.high, score.high)};
    }
    if (score.value > best) {
      best = score.value;
      greatest = i;
    }
  }
  if (rule == CRITMIN_COMBINE_MEAN && known > 0) whole = cm_interval_scaled(whole, 1 / (double)known);
  if (part) *part = greatest;
  uint64_t flags = known > 0 && known < n ? CRITMIN_FLAG_NOT_AVAILABLE : 0;
  return cm_interval_answer(answer, whole, known, NAN, flags, error);
}

static critmin_status read_uses(const critmin_eu_uses *in, critmin_eu_uses *u, critmin_error *error) {
  if (!in) return cm_fail_null(error, "uses");
  if (in->struct_size < sizeof *u)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "uses.struct_size is %u; call critmin_eu_uses_init() first",
                   (unsigned)in->struct_size);
  memcpy(u, in, sizeof *u);
  critmin_status status = check_edition(u->edition, error);
  if (status) return status;
  if (u->n < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "uses.n is %lld; it cannot be below 0", (long long)u->n);
  if (u->n > 0 && (!u->share || !u->value_added)) return cm_fail_null(error, u->share ? "uses.value_added" : "uses.share");
  if (isinf(u->denominator) || u->denominator <= 0)
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "denominator is %g; give a value added above zero", u->denominator);
  double sum = 0;
  for (int64_t i = 0; i < u->n; i++) {
    if (!(u->share[i] >= 0 && u->share[i] <= 1)) {
      cm_fail(error, CRITMIN_ERROR_SHARE_RANGE, "share of use %lld is %g; give 0 to 1", (long long)i, u->share[i]);
      return cm_fail_at(error, CRITMIN_ERROR_SHARE_RANGE, i + 1, 0);
    }
    if (isinf(u->value_added[i]) || u->value_added[i] < 0) {
      cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "value_added of use %lld is %g; give 0 or more, NaN for no sector", (long long)i,
              u->value_added[i]);
      return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i + 1, 0);
    }
    sum += u->share[i];
  }
  /* Shares printed in whole per cents are off by half of one each. */
  if (sum > 1 + 0.005 * (double)u->n)
    return cm_fail(error, CRITMIN_ERROR_SHARE_RANGE, "the shares of use sum to %g; give shares of one whole", sum);
  if (u->edition < 2017) return CRITMIN_OK;
  return cm_interval_read("substitution", &in->substitution, 0, 1, &u->substitution, error);
}

critmin_status critmin_eu_economic_importance(const critmin_eu_uses *in, critmin_answer *answer, critmin_error *error) {
  critmin_eu_uses u;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = read_uses(in, &u, error);
  if (status) return status;
  double weighted = 0, placed = 0, shares = 0;
  for (int64_t i = 0; i < u.n; i++) {
    shares += u.share[i];
    if (isnan(u.value_added[i])) continue;
    placed += u.share[i];
    weighted += u.share[i] * u.value_added[i] / u.denominator;
  }
  double whole = fmax(shares, 1); /* shares that rounding brings above 1 are of their own sum */
  double covered = placed / whole;
  critmin_interval i = {weighted, weighted, weighted + whole - placed};
  uint64_t flags = 0;
  if (!(placed > 0)) i = unknown;
  if (covered < 1 && placed > 0) flags |= CRITMIN_FLAG_NOT_AVAILABLE;
  if (u.renormalise) {
    i.value = weighted / placed;
    flags |= CRITMIN_FLAG_LISTED_ONLY;
  }
  if (u.edition < 2017) flags |= CRITMIN_FLAG_UNVERIFIED_PRESET;
  else i = cm_interval_product(cm_interval_scaled(i, 10), u.substitution);
  return cm_interval_answer(answer, i, u.n, u.n > 0 ? covered : NAN, flags, error);
}
