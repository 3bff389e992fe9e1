/* SPDX-License-Identifier: MIT */
/* The governance-weighted index: a country's weight is that of the mean of the six dimensions in the year, or in the
 * latest before. */
#include <math.h>

#include "metrics/catalogue.h"

const char *const cm_governance_dimensions[CM_DIMENSIONS_OF_GOVERNANCE] = {
    "control_of_corruption", "government_effectiveness", "political_stability", "regulatory_quality",
    "rule_of_law",           "voice_accountability",
};

/* Mean of the latest score and of those before it, back to a year. */
static double mean_of(const critmin_model *model, int32_t indicator, int32_t country, int32_t place, int32_t first_year) {
  const cm_series *series = &model->series[(size_t)indicator * model->n_countries + (size_t)country];
  double sum = model->scores.value[place];
  int32_t n = 1;
  for (int32_t i = place + 1; i < series->first + series->n && model->scores.year[i] >= first_year; i++, n++)
    sum += model->scores.value[i];
  return sum / n;
}

critmin_status cm_governance_of(const critmin_model *model, int32_t country, int32_t year, const double *own,
                                cm_governance_score *score, critmin_error *error) {
  double estimate[CM_DIMENSIONS_OF_GOVERNANCE];
  score->flags = 0;
  for (int i = 0; i < CM_DIMENSIONS_OF_GOVERNANCE; i++) {
    estimate[i] = NAN;
    score->place[i] = CM_NONE;
    score->indicator[i] = cm_indicator_place(model, cm_governance_dimensions[i]);
    if (score->indicator[i] == CM_NONE) continue;
    int32_t place = score->place[i] = cm_model_score(model, score->indicator[i], country, year);
    if (place == CM_NONE) continue;
    estimate[i] = mean_of(model, score->indicator[i], country, place, year - (int32_t)own[CM_OWN_WGI_YEARS] + 1);
    if (model->scores.year[place] < year) score->flags |= CRITMIN_FLAG_WGI_CARRIED;
  }
  critmin_answer answer;
  critmin_answer_init(&answer);
  critmin_status status = critmin_governance(estimate, CM_DIMENSIONS_OF_GOVERNANCE, own[CM_OWN_WGI_WORST],
                                             own[CM_OWN_WGI_BEST], &answer, error);
  if (status) return status;
  score->weight = answer.value;
  score->flags |= answer.flags & ~CRITMIN_FLAG_WGI_IMPUTED; /* that is for the market's answer to say */
  return CRITMIN_OK;
}

critmin_status cm_kernel_hhi_wgi(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                                 critmin_error *error) {
  return critmin_hhi_wgi(call->quantity, call->governance, call->n, supply, answer, error);
}

critmin_status cm_kernel_hhi_wgi_t(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                                   critmin_error *error) {
  return critmin_hhi_wgi_t(call->quantity, call->governance, call->trade, call->n, call->trade_highest, supply, answer,
                           error);
}

double cm_contribution_hhi_wgi(const cm_part *part) {
  return part->share * part->share * part->governance;
}
