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

/* Groups of minerals hold groups; the store does not keep them from going round. */
enum { DEEPEST = 8 };

static int on_record(const critmin_model *m, const cm_values *values, int32_t mineral, int32_t year, int asked,
                     int depth) {
  const cm_model_mineral *of = &m->minerals[mineral];
  int32_t first = 0;
  if (uses_of(m, values, mineral, &first) > 0) {
    const cm_model_end_use *use = &m->end_uses[first];
    return asked ? year >= use->from / 10000 && year <= use->to / 10000 + CM_YEARS_BEFORE : year == use->to / 10000;
  }
  for (int32_t i = 0; i < of->n_members && depth < DEEPEST; i++) {
    if (on_record(m, values, m->members[of->first_member + i], year, asked, depth + 1)) return 1;
  }
  return 0;
}

int cm_eu_importance_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage,
                               int32_t year, int asked) {
  (void)stage;
  return on_record(plan->model, values, mineral, year, asked, 0);
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

static critmin_status of_uses(cm_use *use, int32_t mineral, int32_t first, int32_t n, critmin_answer *a,
                              critmin_error *error) {
  const critmin_model *m = use->model;
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
static critmin_status of_mineral(cm_use *use, int32_t mineral, int32_t year, int depth, critmin_answer *a,
                                 critmin_error *error) {
  const critmin_model *m = use->model;
  const cm_model_mineral *of = &m->minerals[mineral];
  int32_t first = 0, n = uses_of(m, use->values, mineral, &first);
  if (n > 0) return of_uses(use, mineral, first, n, a, error);
  critmin_interval *scores = cm_alloc_array((size_t)of->n_members, sizeof *scores);
  if (!scores) return cm_fail_memory(error);
  int64_t known = 0;
  uint64_t flags = 0;
  critmin_status status = CRITMIN_OK;
  for (int32_t i = 0; i < of->n_members && depth < DEEPEST && !status; i++) {
    int32_t member = m->members[of->first_member + i];
    critmin_answer one;
    critmin_answer_init(&one);
    if (!on_record(m, use->values, member, year, 1, depth + 1)) continue;
    status = of_mineral(use, member, year, depth + 1, &one, error);
    flags |= one.flags;
    scores[known++] = cm_answer_interval(&one);
  }
  if (!status) status = critmin_eu_combine(scores, known, CRITMIN_COMBINE_MEAN, NULL, a, error);
  a->flags |= flags & ~CRITMIN_FLAG_NO_DATA;
  if (known < of->n_members) a->flags |= CRITMIN_FLAG_NOT_AVAILABLE;
  cm_free(scores);
  return status;
}

critmin_status cm_eu_importance(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  if (on_record(plan->model, use->values, row->mineral, row->year, 1, 0))
    return of_mineral(use, row->mineral, row->year, 0, &row->answer, error);
  row->answer.flags = CRITMIN_FLAG_NO_DATA;
  return CRITMIN_OK;
}
