/* SPDX-License-Identifier: MIT */
/*
 * Rows of assessments: one for each stage of a mineral and year on record, and where no stage was named one for the
 * mineral. A group of minerals stands for itself, and for its members where it has nothing.
 */
#include "base/memory.h"
#include "metrics/catalogue.h"

typedef struct years {
  int32_t *year;
  size_t n, room;
  int failed;
} years;

static void add(years *y, int32_t year) {
  for (size_t i = 0; i < y->n; i++) {
    if (y->year[i] == year) return;
  }
  if (y->failed || !cm_grow(&y->year, y->n, &y->room, sizeof *y->year))
    y->failed = 1;
  else
    y->year[y->n++] = year;
}

static void add_span(years *y, int32_t first, int32_t last) {
  for (int32_t year = first; year <= last; year++) add(y, year);
}

/* Groups of minerals hold groups; the store does not keep them from going round. */
enum { DEEPEST = 8 };

/* Years of which anything is on record of a mineral, or of its members. */
static void years_of(const critmin_model *m, int32_t mineral, int depth, years *y) {
  const cm_model_mineral *of = &m->minerals[mineral];
  for (int32_t stage = of->first_stage; stage < of->first_stage + of->n_stages; stage++) {
    const cm_model_stage *s = &m->stages[stage];
    for (int32_t i = s->first_market; i < s->first_market + s->n_markets; i++)
      add_span(y, m->markets[i].from / 10000, m->markets[i].to / 10000);
    for (int32_t i = s->first_flow; i < s->first_flow + s->n_flows; i++)
      add_span(y, m->flow_markets[i].from_year, m->flow_markets[i].to_year);
  }
  for (int32_t i = of->first_use; i < of->first_use + of->n_uses; i++)
    add_span(y, m->end_uses[i].from / 10000, m->end_uses[i].to / 10000);
  for (int32_t i = of->first_parameter; i < of->first_parameter + of->n_parameters; i++)
    add(y, m->parameters[i].day / 10000);
  for (int32_t i = 0; i < of->n_members && depth < DEEPEST; i++)
    years_of(m, m->members[of->first_member + i], depth + 1, y);
}

static const cm_assessment *assessment_of(const cm_asking *k) {
  return cm_metric_assessment(&cm_metrics[k->plan->metrics[k->metric]]);
}

static int row(const cm_asking *k, int32_t mineral, int32_t stage, int32_t year, int missing) {
  const cm_plan *plan = k->plan;
  int32_t home = assessment_of(k)->home ? cm_country_place(plan->model, assessment_of(k)->home) : CM_NONE;
  if (plan->n_parties == 0 || assessment_of(k)->of_market)
    return k->row(k->making, k->metric, mineral, stage, year, home, CM_NONE, missing);
  for (size_t i = 0; i < plan->n_parties; i++) {
    if (!k->row(k->making, k->metric, mineral, stage, year, plan->parties[i].country, (int32_t)i, missing)) return 0;
  }
  return 1;
}

/* What a mineral has: rows at all, and rows of its own, not what its members make of it. */
enum { HAS_ROWS = 1, HAS_OWN = 2 };

static int rows_of_year(const cm_asking *k, int32_t mineral, int32_t year, int *found) {
  const cm_assessment *a = assessment_of(k);
  const cm_values *values = &k->plan->values[k->metric];
  const cm_model_mineral *m = &k->plan->model->minerals[mineral];
  int asked = k->first_year > 0, any = 0, staged = 0;
  for (int32_t stage = m->first_stage; stage < m->first_stage + m->n_stages && a->stages; stage++) {
    if (!k->stage_is_asked(k->making, stage)) continue;
    int record = a->on_record(k->plan, values, mineral, stage, year, asked);
    if (!record) continue;
    if (!row(k, mineral, stage, year, asked)) return 0;
    any = 1;
    staged |= record == CM_ON_RECORD;
  }
  if (a->whole && (k->any_stage || !a->stages)) {
    any |= a->on_record(k->plan, values, mineral, CM_NONE, year, asked) != 0;
    if (any && !row(k, mineral, CM_NONE, year, asked)) return 0;
  }
  if (any) *found |= HAS_ROWS;
  if (staged || (any && !a->stages && m->n_members == 0)) *found |= HAS_OWN;
  return 1;
}

/* What was asked for by name and is not there: the mineral where it stands for itself, else its stages. */
static int missing(const cm_asking *k, int32_t mineral, int32_t first_year, int32_t last_year) {
  const cm_assessment *a = assessment_of(k);
  const cm_model_mineral *m = &k->plan->model->minerals[mineral];
  for (int32_t year = first_year; year <= last_year; year++) {
    if (a->whole && (k->any_stage || !a->stages)) {
      if (!row(k, mineral, CM_NONE, year, 1)) return 0;
      continue;
    }
    for (int32_t stage = m->first_stage; stage < m->first_stage + m->n_stages; stage++) {
      if (k->stage_is_asked(k->making, stage) && !row(k, mineral, stage, year, 1)) return 0;
    }
  }
  return 1;
}

static int each(const cm_asking *k, int32_t mineral, int depth, int *found) {
  const critmin_model *model = k->plan->model;
  const cm_model_mineral *m = &model->minerals[mineral];
  years y = {0};
  int made = 1, own = 0;
  if (k->first_year > 0)
    add_span(&y, k->first_year, k->last_year);
  else
    years_of(model, mineral, 0, &y);
  made = !y.failed;
  for (size_t i = 0; i < y.n && made; i++) made = rows_of_year(k, mineral, y.year[i], &own);
  cm_free(y.year);
  for (int32_t i = 0; i < m->n_members && made && !(own & HAS_OWN) && depth < DEEPEST; i++)
    made = each(k, model->members[m->first_member + i], depth + 1, found);
  *found |= own;
  return made;
}

int cm_assessed_each(const cm_asking *k, int32_t mineral) {
  int found = 0;
  if (!each(k, mineral, 0, &found)) return 0;
  if (found || !k->named) return 1;
  if (k->first_year) return missing(k, mineral, k->first_year, k->last_year);
  const cm_assessment *a = assessment_of(k);
  int32_t year = a->year ? a->year(k->plan, &k->plan->values[k->metric]) : 0;
  return !year || missing(k, mineral, year, year);
}
