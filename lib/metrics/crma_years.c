/* SPDX-License-Identifier: MIT */
#include "metrics/crma_years.h"

#include <math.h>

#include "critmin/target.h"
#include "metrics/presets.h"

static critmin_status years_from(double start, double growth, double limit, int cap, double *years,
                                 critmin_error *error) {
  critmin_answer answer;
  critmin_interval at = {start, start, start}, rate = {growth, growth, growth};
  *years = cap ? 0 : INFINITY;
  if (!(start > 0)) return CRITMIN_OK;
  critmin_answer_init(&answer);
  critmin_status status =
      critmin_time_to_target(&at, &rate, limit, cap ? CRITMIN_TARGET_CAP : 0, &answer, error);
  *years = answer.value;
  return status;
}

critmin_status cm_crma_years(int32_t benchmark, const critmin_answer *share, double growth, critmin_answer *years,
                             critmin_error *error) {
  static const char *const limits[] = {[CRITMIN_CRMA_EXTRACTION] = "extraction",
                                       [CRITMIN_CRMA_PROCESSING] = "processing",
                                       [CRITMIN_CRMA_RECYCLING] = "recycling",
                                       [CRITMIN_CRMA_IMPORTS] = "imports"};
  const double from[] = {share->value, share->low, share->high};
  double found[3], limit = cm_preset_value("crma", limits[benchmark]);
  critmin_answer_init(years);
  years->flags = share->flags;
  for (int i = 0; i < 3; i++) {
    critmin_status status =
        isnan(from[i]) ? CRITMIN_OK : years_from(from[i], growth, limit, benchmark == CRITMIN_CRMA_IMPORTS, &found[i], error);
    if (status) return status;
    if (isnan(from[i])) found[i] = NAN;
  }
  years->value = found[0];
  years->low = fmin(found[1], found[2]);
  years->high = fmax(found[1], found[2]);
  years->coverage = share->coverage;
  years->n_used = share->n_used;
  return CRITMIN_OK;
}
