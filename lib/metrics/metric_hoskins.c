/* SPDX-License-Identifier: MIT */
/* The Hoskins index over a model: who looks bears no risk from its own output, and the lens is one of governance. */
#include <math.h>

#include "base/memory.h"
#include "metrics/assess.h"
#include "metrics/assessments.h"

const cm_parameter cm_hoskins_parameters[1] = {
    {"lens", CM_PARAMETER_WORD, "mean", 0, 0,
     "mean|control_of_corruption|government_effectiveness|political_stability|regulatory_quality|rule_of_law|"
     "voice_accountability",
     "", "docs/criticality.md",
     "what the risk of a producer is: the mean of six dimensions of governance, or one of them"},
};

static const double worst = -2.5, best = 2.5;

/* 0 to 10; NaN where there is no score. */
static critmin_status risk_of(cm_use *use, int32_t country, double *risk, critmin_error *error) {
  int lens = (int)use->values->number[CM_P_OWN];
  uint64_t *flags = &use->flags[CM_TERM_ASSESSMENT];
  if (lens == 0) return cm_governance_over(use, country, use->year, use->year, worst, best, risk, flags, error);
  const critmin_model *m = use->model;
  int32_t indicator = cm_indicator_place(m, cm_governance_dimensions[lens - 1]);
  int32_t place = indicator == CM_NONE ? CM_NONE : cm_model_score(m, indicator, country, use->year);
  *risk = NAN;
  if (place == CM_NONE) return CRITMIN_OK;
  critmin_answer answer;
  critmin_answer_init(&answer);
  critmin_status status = critmin_governance(&m->scores.value[place], 1, worst, best, &answer, error);
  *risk = answer.value;
  if (m->scores.year[place] < use->year) *flags |= CRITMIN_FLAG_WGI_CARRIED;
  *flags |= answer.flags;
  cm_use_tell_score(use, CM_TERM_ASSESSMENT, country, indicator, place);
  return status;
}

static critmin_status evaluate(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  (void)plan;
  critmin_answer *a = &row->answer;
  const cm_model_market *market = cm_production_of(use->model, use->values, use->stage, use->year);
  if (!market) {
    a->flags = CRITMIN_FLAG_NO_DATA;
    return CRITMIN_OK;
  }
  critmin_status status = cm_assess_market(use, market, "producer", error);
  if (status) return status;
  cm_assembly *assembly = &use->assembly;
  double *risk = cm_alloc_array((size_t)assembly->n, sizeof *risk);
  if (!risk) return cm_fail_memory(error);
  for (int64_t i = 0; i < assembly->n && !status; i++) {
    if (!use->inside[assembly->country[i]]) status = risk_of(use, assembly->country[i], &risk[i], error);
  }
  if (!status)
    status = cm_answer_of(critmin_hoskins(assembly->quantity, risk, assembly->n, -1, &assembly->supply, a, error), a);
  a->flags |= cm_use_flags(use);
  cm_assess_gaps(use, 10, a);
  cm_free(risk);
  return status;
}

static const cm_assessment hoskins = {
    .stages = 1, .common = CM_OF_PRODUCTION, .on_record = cm_production_on_record, .evaluate = evaluate};
const cm_dependency cm_hoskins_index = {.published = CM_NONE, .assessment = &hoskins};
