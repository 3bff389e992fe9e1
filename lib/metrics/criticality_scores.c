/* SPDX-License-Identifier: MIT */
/* Indices made of class scores and of lenses: the risk lists of the British Geological Survey, and Hoskins'. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/criticality.h"
#include "metrics/bounds.h"
#include "metrics/interval.h"
#include "metrics/presets.h"

critmin_status critmin_bgs_risk(int32_t edition, const double *scores, int64_t n, critmin_answer *answer,
                                critmin_error *error) {
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  if (edition != 2011 && edition != 2015)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "edition is %d; the scores of 2011 and 2015 are known", (int)edition);
  const char *method = edition == 2011 ? "bgs_2011" : "bgs_2015";
  double criteria = cm_preset_value(method, "criteria"), lowest = cm_preset_value(method, "lowest_score");
  double highest = cm_preset_value(method, "highest_score"), step = cm_preset_value(method, "step");
  if (n != (int64_t)criteria)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; the list of %d has %g criteria", (long long)n, (int)edition, criteria);
  if (!scores) return cm_fail_null(error, "scores");
  double sum = 0;
  int64_t known = 0;
  for (int64_t i = 0; i < n; i++) {
    if (isnan(scores[i])) continue;
    double steps = (scores[i] - lowest) / step;
    if (scores[i] < lowest || scores[i] > highest || steps < floor(steps) || steps > floor(steps)) {
      cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "score %lld is %g; give %g to %g in steps of %g, or NaN where there is none",
              (long long)i, scores[i], lowest, highest, step);
      return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i + 1, 0);
    }
    sum += scores[i];
    known++;
  }
  double missing = (double)(n - known), scale = 10 / (highest * criteria);
  critmin_interval risk = {known > 0 ? 10 * sum / (highest * (double)known) : NAN, scale * (sum + missing * lowest),
                           scale * (sum + missing * highest)};
  if (known == 0) risk.low = risk.high = NAN;
  uint64_t flags = known > 0 && known < n ? CRITMIN_FLAG_NOT_AVAILABLE : 0;
  return cm_interval_answer(answer, risk, known, (double)known / criteria, flags, error);
}

critmin_status critmin_hoskins(const double *quantity, const double *risk, int64_t n, int64_t own,
                               const critmin_supply *supply, critmin_answer *answer, critmin_error *error) {
  cm_market market;
  critmin_supply listed;
  critmin_supply_init(&listed);
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  if (!risk && n > 0) return cm_fail_null(error, "risk");
  if (own < -1 || own >= n)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "own is %lld; give a producer's index, or -1 for none", (long long)own);
  if (supply && supply->struct_size >= sizeof listed) {
    listed = *supply;
    listed.listed_only = 1; /* the publisher's shares are of the total it tracks */
    supply = &listed;
  }
  status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  double *squared = cm_alloc_array((size_t)n, sizeof *squared);
  if (!squared) {
    cm_market_free(&market);
    return cm_fail_memory(error);
  }
  for (int64_t row = 0; row < n && !status; row++) {
    squared[row] = row == own ? 0 : risk[row] * risk[row];
    if (!(risk[row] < 0) && !(risk[row] > 10)) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "risk of producer %lld is %g; give 0 to 10, or NaN where there is none",
            (long long)row, risk[row]);
    status = cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, row + 1, 0);
  }
  double neutral = cm_preset_value("hoskins", "missing_risk");
  cm_weights weights = {.weight = squared, .missing = neutral * neutral, .highest = 100, .unlisted = 100};
  if (status) cm_market_free(&market);
  else status = cm_weighted_index(&market, &weights, "risk", 0.1, 0, answer, error);
  cm_free(squared);
  return status;
}
