/* SPDX-License-Identifier: MIT */
/* Benchmarks, and the time to a target. */
#include "critmin/target.h"

#include <math.h>

#include "base/error.h"
#include "metrics/bounds.h"
#include "metrics/interval.h"
#include "metrics/presets.h"

static double gap_of(double share, double benchmark, int cap) { return fmax(cap ? share - benchmark : benchmark - share, 0); }

critmin_status critmin_crma_benchmark(int32_t benchmark, const critmin_interval *amount, const critmin_interval *consumption,
                                      critmin_answer *share, critmin_answer *gap, critmin_answer *tonnes,
                                      critmin_error *error) {
  static const char *const names[] = {"extraction", "processing", "recycling", "imports"};
  if (benchmark < CRITMIN_CRMA_EXTRACTION || benchmark > CRITMIN_CRMA_IMPORTS)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "benchmark is %d; give a CRITMIN_CRMA_ constant", (int)benchmark);
  critmin_answer *const answers[] = {share, gap, tonnes};
  critmin_interval a, c;
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < 3 && !status; i++)
    if (answers[i]) status = cm_answer_check(answers[i], error);
  if (!status) status = cm_interval_read("amount", amount, 0, INFINITY, &a, error);
  if (!status) status = cm_interval_read("consumption", consumption, 0, INFINITY, &c, error);
  if (status) return status;
  double limit = cm_preset_value("crma", names[benchmark]);
  int cap = benchmark == CRITMIN_CRMA_IMPORTS;
  critmin_interval s = {a.value / c.value, a.low / c.high, c.low > 0 ? a.high / c.low : INFINITY}, g, t;
  uint64_t flags = 0;
  if (cm_interval_known(c) && !(c.value > 0)) flags = CRITMIN_FLAG_UNDEFINED;
  if (flags || !cm_interval_known(a) || !cm_interval_known(c)) {
    s = g = t = (critmin_interval){NAN, NAN, NAN};
  } else {
    double at_low = gap_of(s.low, limit, cap), at_high = gap_of(s.high, limit, cap);
    g = (critmin_interval){gap_of(s.value, limit, cap), fmin(at_low, at_high), fmax(at_low, at_high)};
    /* gap x consumption = |limit x consumption - amount| on the wrong side: each term enters once. */
    t.value = cap ? fmax(a.value - limit * c.value, 0) : fmax(limit * c.value - a.value, 0);
    t.low = cap ? fmax(a.low - limit * c.high, 0) : fmax(limit * c.low - a.high, 0);
    t.high = cap ? fmax(a.high - limit * c.low, 0) : fmax(limit * c.high - a.low, 0);
  }
  const critmin_interval results[] = {s, g, t};
  for (int i = 0; i < 3; i++)
    if (answers[i]) cm_interval_answer(answers[i], results[i], 2, NAN, flags, error);
  return cm_ok(error);
}

static critmin_status check_how(int32_t how, critmin_error *error) {
  if (how >= 0 && (how & ~(CRITMIN_TARGET_CAP | CRITMIN_TARGET_STAY)) == 0) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "how is %d; combine CRITMIN_TARGET_ constants", (int)how);
}

static int is_there(double value, double target, int32_t how) {
  return how & CRITMIN_TARGET_CAP ? value <= target : value >= target;
}

static double years(double start, double growth, double target, int32_t how) {
  int leaves = how & CRITMIN_TARGET_CAP ? growth > 0 : growth < 0;
  int comes = how & CRITMIN_TARGET_CAP ? growth < 0 : growth > 0;
  if (is_there(start, target, how)) return leaves && how & CRITMIN_TARGET_STAY ? INFINITY : 0;
  return comes ? log(target / start) / log1p(growth) : INFINITY;
}

/*
 * Nearer to the target, and faster towards it, is never later; that holds with CRITMIN_TARGET_STAY too, where a value that leaves never
 * stays. So the ends are at corners.
 */
critmin_status critmin_time_to_target(const critmin_interval *start, const critmin_interval *growth, double target,
                                      int32_t how, critmin_answer *answer, critmin_error *error) {
  critmin_interval s, g;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = check_how(how, error);
  if (!status) status = cm_interval_read("start", start, 0, INFINITY, &s, error);
  if (!status) status = cm_interval_read("growth", growth, -INFINITY, INFINITY, &g, error);
  if (status) return status;
  if (!(target > 0) || isinf(target))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "target is %g; give a number above zero", target);
  if (s.low <= 0) return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "start is %g; give a number above zero", s.low);
  if (g.low <= -1) return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "growth is %g; give a rate above -1", g.low);
  critmin_interval t = {NAN, NAN, NAN};
  if (cm_interval_known(s) && cm_interval_known(g)) {
    int cap = (how & CRITMIN_TARGET_CAP) != 0;
    t.value = years(s.value, g.value, target, how);
    t.low = cap ? years(s.low, g.low, target, how) : years(s.high, g.high, target, how);
    t.high = cap ? years(s.high, g.high, target, how) : years(s.low, g.low, target, how);
  }
  return cm_interval_answer(answer, t, 2, NAN, 0, error);
}

enum { UNFAVOURABLE, FAVOURABLE };

/* The first index from which on it is there, a value that is not known being what `side` makes of it. */
static double first_there(const double *path, int64_t n, double target, int32_t how, int side) {
  double found = INFINITY;
  for (int64_t i = 0; i < n; i++) {
    int there = isnan(path[i]) ? side == FAVOURABLE : is_there(path[i], target, how);
    if (there && isinf(found)) found = (double)i;
    if (!there && how & CRITMIN_TARGET_STAY) found = INFINITY;
  }
  return found;
}

critmin_status critmin_path_to_target(const double *path, int64_t n, double target, int32_t how, critmin_answer *answer,
                                      critmin_error *error) {
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = check_how(how, error);
  if (status) return status;
  if (n < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; it cannot be below 0", (long long)n);
  if (n > 0 && !path) return cm_fail_null(error, "path");
  if (isnan(target) || isinf(target)) return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "target is %g; give a number", target);
  int64_t known = 0;
  for (int64_t i = 0; i < n; i++) {
    if (isinf(path[i])) {
      cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "value %lld of the path is not finite", (long long)i);
      return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i + 1, 0);
    }
    known += !isnan(path[i]);
  }
  critmin_interval t = {NAN, NAN, NAN};
  if (known > 0) {
    t.low = first_there(path, n, target, how, FAVOURABLE);
    t.high = first_there(path, n, target, how, UNFAVOURABLE);
    t.value = known == n || t.low == t.high ? t.high : NAN;
  }
  return cm_interval_answer(answer, t, known, n > 0 ? (double)known / (double)n : NAN, 0, error);
}
