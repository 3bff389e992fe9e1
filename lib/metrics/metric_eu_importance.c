/* SPDX-License-Identifier: MIT */
/* The European Commission's economic importance over a model: what a mineral is used for, and what its users add. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/assess.h"
#include "metrics/metric_eu.h"

static int32_t uses_of(const critmin_model *m, const cm_values *values, int32_t mineral, int32_t *first) {
  cm_eu_terms t = cm_eu_terms_of(m, values);
  int32_t home = cm_country_place(m, CM_EU_HOME), place = cm_source_place(m, cm_eu_source);
  int32_t n = home == CM_NONE ? 0 : cm_model_end_uses(m, mineral, home, 0, t.ranked ? CM_NONE : place, first);
  if (n > 0 && !t.ranked && m->end_uses[*first].edition != t.study) return 0;
  return n;
}

static int has_uses(const cm_eu_question *q, int32_t mineral) {
  int32_t first = 0;
  if (uses_of(q->model, q->values, mineral, &first) == 0) return 0;
  const cm_model_end_use *use = &q->model->end_uses[first];
  return q->asked ? q->year >= use->from / 10000 && q->year <= use->to / 10000 + CM_YEARS_BEFORE
                  : q->year == use->to / 10000;
}

int cm_eu_importance_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage,
                               int32_t year, int asked) {
  (void)stage;
  cm_eu_question q = {plan->model, values, cm_eu_terms_of(plan->model, values), NULL, year, asked};
  if (has_uses(&q, mineral)) return CM_ON_RECORD;
  return cm_eu_any_has(&q, has_uses, mineral, 0) ? CM_RECORD_OF_MEMBERS : 0;
}

/* The greatest value added of a manufacturing division, in which the Commission counts: section C of NACE. */
static int32_t greatest_industry(const critmin_model *m, const cm_model_end_use *use) {
  int32_t greatest = CM_NONE;
  for (size_t i = 0; i < m->n_industries; i++) {
    const cm_model_industry *industry = &m->industries[i];
    if (industry->country != use->country || industry->edition != use->edition || industry->from != use->from ||
        industry->to != use->to || industry->code[0] != 'C')
      continue;
    if (greatest == CM_NONE || industry->amount > m->industries[greatest].amount) greatest = (int32_t)i;
  }
  return greatest;
}

static critmin_status of_uses(cm_use *use, int32_t mineral, critmin_answer *a, critmin_error *error) {
  const critmin_model *m = use->model;
  int32_t first = 0, n = uses_of(m, use->values, mineral, &first);
  cm_eu_terms t = cm_eu_terms_of(m, use->values);
  double *share = cm_alloc_array((size_t)n, sizeof *share), *added = cm_alloc_array((size_t)n, sizeof *added);
  critmin_status status = share && added ? CRITMIN_OK : cm_fail_memory(error);
  critmin_eu_uses u;
  critmin_eu_uses_init(&u);
  u.edition = t.edition;
  u.renormalise = use->values->number[CM_P_OWN + CM_EU_RENORMALISE] > 0;
  int32_t greatest = greatest_industry(m, &m->end_uses[first]);
  if (t.edition >= 2017 && greatest != CM_NONE) u.denominator = m->industries[greatest].amount;
  use->terms |= CM_BIT(CM_TERM_ASSESSMENT);
  for (int32_t i = 0; i < n && !status; i++) {
    const cm_model_end_use *of = &m->end_uses[first + i];
    const cm_model_industry *industry = *of->industry ? cm_model_industry_of(m, of, of->industry) : NULL;
    share[i] = of->share;
    added[i] = industry ? industry->amount : NAN;
    cm_use_tell_fact(use, CM_TERM_ASSESSMENT, "end_use", CM_FACT_END_USE, first + i, NAN);
    if (industry)
      cm_use_tell_fact(use, CM_TERM_ASSESSMENT, "industry", CM_FACT_INDUSTRY, (int32_t)(industry - m->industries), NAN);
  }
  u.share = share;
  u.value_added = added;
  u.n = n;
  u.substitution = cm_take_parameter(use, mineral, CM_NONE, CM_NONE, "substitution_index_economic_importance",
                                     t.ranked ? CM_NONE : t.study);
  if (t.ranked && t.edition != 2023) t.flags |= CRITMIN_FLAG_ASSUMED; /* uses of another edition */
  if (!status) status = cm_answer_of(critmin_eu_economic_importance(&u, a, error), a);
  a->flags |=
      t.flags | (m->end_uses[first].from / 10000 != m->end_uses[first].to / 10000 ? CRITMIN_FLAG_PERIOD_MEAN : 0);
  cm_free(share);
  cm_free(added);
  return status;
}

/* Of a group without uses of its own the mean of its members. */
static critmin_status of_parts(cm_use *use, const cm_eu_parts *parts, critmin_answer *a, critmin_error *error) {
  critmin_interval *scores = cm_alloc_array((size_t)parts->n, sizeof *scores);
  if (!scores) return cm_fail_memory(error);
  uint64_t flags = parts->missing && parts->n > 0 ? CRITMIN_FLAG_NOT_AVAILABLE : 0;
  critmin_status status = CRITMIN_OK;
  for (int32_t i = 0; i < parts->n && !status; i++) {
    critmin_answer one;
    critmin_answer_init(&one);
    status = of_uses(use, parts->mineral[i], &one, error);
    flags |= one.flags;
    scores[i] = cm_answer_interval(&one);
  }
  if (!status) status = critmin_eu_combine(scores, parts->n, CRITMIN_COMBINE_MEAN, NULL, a, error);
  a->flags |= flags & ~CRITMIN_FLAG_NO_DATA;
  cm_free(scores);
  return status;
}

critmin_status cm_eu_importance(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  cm_eu_question q = {plan->model, use->values, cm_eu_terms_of(plan->model, use->values), NULL, row->year, 1};
  if (has_uses(&q, row->mineral)) return of_uses(use, row->mineral, &row->answer, error);
  cm_eu_parts parts;
  critmin_status status = cm_eu_parts_of(&q, has_uses, row->mineral, &parts, error);
  if (!status) status = of_parts(use, &parts, &row->answer, error);
  cm_free(parts.mineral);
  return status;
}
