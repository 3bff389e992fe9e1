/* SPDX-License-Identifier: MIT */
/* Users on record: who is said to use a mineral at a stage in a year, by what is printed of it or flows into it. */
#include "base/memory.h"
#include "metrics/use.h"

/* What printed of a country makes it a user on record. */
static const cm_balance_measure told_by[] = {CM_IMPORTS, CM_EXPORTS, CM_APPARENT_CONSUMPTION, CM_NET_IMPORT_RELIANCE,
                                             CM_IMPORT_RELIANCE};

static int tells_of_user(const cm_plan *plan, int32_t metric, const cm_model_market *market, int32_t year) {
  if (cm_metrics[plan->metrics[metric]].subject == CM_SUBJECT_PAIR) return 0;
  if (market->detail != CM_OF_COUNTRIES || market->country == CM_NONE) return 0;
  for (size_t i = 0; i < sizeof told_by / sizeof told_by[0]; i++) {
    if (plan->ledger->measure[told_by[i]] == market->measure)
      return cm_model_market_answers(plan->model, market, year);
  }
  return 0;
}

int cm_users_on_record(const cm_plan *plan, int32_t metric, int32_t stage, int32_t year) {
  const cm_model_stage *s = &plan->model->stages[stage];
  if (cm_next_flow_market(plan->model, stage, year, NULL)) return 1;
  for (int32_t i = s->first_market; i < s->first_market + s->n_markets; i++) {
    if (tells_of_user(plan, metric, &plan->model->markets[i], year)) return 1;
  }
  return 0;
}

static void mark_importers(const critmin_model *m, const cm_flow_market *market, unsigned char *is_user) {
  for (int64_t flow = market->first; flow < market->first + market->n;) {
    int32_t importer = m->flows.importer[flow];
    is_user[importer] = 1;
    flow = cm_flow_market_into(m, market, importer).last;
  }
}

int cm_users_each(const cm_plan *plan, int32_t metric, int32_t stage, int32_t year, cm_user_row row, void *making) {
  const critmin_model *m = plan->model;
  const cm_model_stage *s = &m->stages[stage];
  unsigned char *is_user = cm_alloc_array(m->n_countries, sizeof *is_user);
  if (!is_user) return 0;
  for (int32_t i = s->first_market; i < s->first_market + s->n_markets; i++) {
    if (tells_of_user(plan, metric, &m->markets[i], year)) is_user[m->markets[i].country] = 1;
  }
  const cm_flow_market *market = NULL;
  while ((market = cm_next_flow_market(m, stage, year, market))) mark_importers(m, market, is_user);
  int made = 1;
  for (size_t country = 0; country < m->n_countries && made; country++) {
    int32_t kind = m->countries[country].kind;
    if (is_user[country] && (kind == CM_IS_COUNTRY || kind == CM_IS_FORMER || kind == CM_IS_UNION))
      made = row(making, metric, stage, year, (int32_t)country);
  }
  cm_free(is_user);
  return made;
}
