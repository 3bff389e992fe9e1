/* SPDX-License-Identifier: MIT */
/*
 * What goes out of a user. Flows stand by importer, so a market with all pairs is turned round once, and each
 * exporter's are found at once. A list of what some importers bring in says nothing of anybody's exports.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/use.h"

static int turn_round(const critmin_model *m, const cm_flow_market *market, cm_exporters *made) {
  const uint16_t *exporter = m->flows.exporter + market->first;
  made->start = cm_alloc_array(m->n_countries + 2, sizeof *made->start);
  made->flow = cm_alloc_array((size_t)market->n, sizeof *made->flow);
  if (!made->start || !made->flow) return 0;
  int32_t *next = made->start + 1; /* filled, it is where the following one starts */
  for (int64_t i = 0; i < market->n; i++) made->start[exporter[i] + 2]++;
  for (size_t c = 2; c <= m->n_countries + 1; c++) made->start[c] += made->start[c - 1];
  for (int64_t i = 0; i < market->n; i++) made->flow[next[exporter[i]]++] = (int32_t)i;
  return 1;
}

/* Whether a metric takes what is listed for all there is. */
static int takes_lists(const cm_values *values) {
  return values->number[CM_P_LISTED_ONLY] > 0;
}

/* Whether the metric, as it is asked, needs to know what goes out. */
static int needs_exports(const cm_plan *plan, int32_t metric) {
  const cm_metric *m = &cm_metrics[plan->metrics[metric]];
  const double *own = plan->values[metric].number + CM_P_OWN;
  if (!m->dependency || !m->dependency->exports) return 0;
  return m->subject != CM_SUBJECT_PAIR || own[CM_OWN_DENOMINATOR] >= CRITMIN_OVER_CONSUMPTION;
}

critmin_status cm_ledger_turn(cm_plan *plan, critmin_error *error) {
  const critmin_model *m = plan->model;
  cm_ledger *ledger = plan->ledger;
  for (size_t i = 0; i < plan->n_rows; i++) {
    const cm_row *row = &plan->rows[i];
    if (row->stage == CM_NONE || !needs_exports(plan, row->metric)) continue;
    if (i > 0 && row[-1].metric == row->metric && row[-1].stage == row->stage && row[-1].year == row->year) continue;
    const cm_model_stage *s = &m->stages[row->stage];
    for (int32_t j = s->first_flow; j < s->first_flow + s->n_flows; j++) {
      const cm_flow_market *market = &m->flow_markets[j];
      if (row->year < market->from_year || row->year > market->to_year) continue;
      if (!market->complete && !takes_lists(&plan->values[row->metric])) continue;
      if (!ledger->exporters) ledger->exporters = cm_alloc_array(m->n_flow_markets, sizeof *ledger->exporters);
      if (!ledger->exporters) return cm_fail_memory(error);
      if (!ledger->exporters[j].start && !turn_round(m, market, &ledger->exporters[j])) return cm_fail_memory(error);
    }
  }
  return CRITMIN_OK;
}

static int32_t place_of_kind(const critmin_model *m, int32_t kind) {
  for (size_t i = 0; i < m->n_countries; i++) {
    if (m->countries[i].kind == kind) return (int32_t)i;
  }
  return CM_NONE;
}

critmin_status cm_ledger_make(cm_plan *plan, critmin_error *error) {
  static const char *const keys[CM_BALANCE_MEASURES] = {
      [CM_PRODUCTION] = "production",
      [CM_SECONDARY_PRODUCTION] = "secondary_production",
      [CM_IMPORTS] = "imports",
      [CM_EXPORTS] = "exports",
      [CM_STOCK_RELEASE] = "stock_release",
      [CM_STOCK_BUILD] = "stock_build",
      [CM_APPARENT_CONSUMPTION] = "apparent_consumption",
      [CM_REPORTED_CONSUMPTION] = "reported_consumption",
      [CM_DEMAND] = "demand",
      [CM_NET_IMPORT_RELIANCE] = "net_import_reliance",
      [CM_IMPORT_RELIANCE] = "import_reliance",
  };
  cm_ledger *ledger = plan->ledger = cm_alloc_array(1, sizeof *ledger);
  if (!ledger) return cm_fail_memory(error);
  for (int i = 0; i < CM_BALANCE_MEASURES; i++) ledger->measure[i] = cm_measure_place(plan->model, keys[i]);
  ledger->world = place_of_kind(plan->model, CM_IS_WORLD);
  ledger->others = place_of_kind(plan->model, CM_IS_OTHER);
  for (int i = 0; i < CM_DIMENSIONS_OF_GOVERNANCE; i++)
    ledger->dimension[i] = cm_indicator_place(plan->model, cm_governance_dimensions[i]);
  return CRITMIN_OK;
}

void cm_ledger_free(cm_plan *plan) {
  cm_ledger *ledger = plan->ledger;
  if (!ledger) return;
  for (size_t i = 0; ledger->exporters && i < plan->model->n_flow_markets; i++) {
    cm_free(ledger->exporters[i].start);
    cm_free(ledger->exporters[i].flow);
  }
  cm_free(ledger->exporters);
  cm_free(ledger);
  plan->ledger = NULL;
}

static void tell(cm_use *use, const char *role, const cm_flow_market *market, int64_t flow, double number) {
  use->flags[CM_TERM_EXPORTS] |= cm_use_flow_flags(use, flow, CM_BY_QUANTITY);
  cm_use_tell_flow(use, CM_TERM_EXPORTS, role, market, flow, -number);
}

/* An exporter's own printed total. */
static int printed_total(cm_use *use, const cm_flow_market *market, double *sum) {
  if (use->area == CM_NONE || use->ledger->world == CM_NONE) return 0;
  cm_flow_range range = cm_flow_market_into(use->model, market, use->ledger->world);
  int found = 0;
  *sum = 0;
  for (int64_t i = range.first; i < range.last; i++) {
    if (use->model->flows.exporter[i] != use->area) continue;
    double number = cm_use_flow(use, market, i, CM_BY_QUANTITY);
    *sum += number;
    found = 1;
    tell(use, "total", market, i, number);
  }
  return found && !isnan(*sum);
}

static const cm_exporters *turned(const cm_use *use, const cm_flow_market *market) {
  if (!market || !use->ledger->exporters) return NULL;
  if (!market->complete && !takes_lists(use->values)) return NULL;
  const cm_exporters *all = &use->ledger->exporters[market - use->model->flow_markets];
  return all->start ? all : NULL;
}

/* What the members send out of the user, to all or to a partner; NaN where a flow has no number. */
static double sum_of_pairs(cm_use *use, const cm_flow_market *market, const cm_party *partner) {
  const cm_exporters *all = turned(use, market);
  double sum = 0;
  if (!all || use->n_members == 0) return NAN;
  for (int32_t i = 0; i < use->n_members; i++) {
    int32_t exporter = use->members[i];
    for (int32_t j = all->start[exporter]; j < all->start[exporter + 1]; j++) {
      int64_t flow = market->first + all->flow[j];
      int32_t importer = use->model->flows.importer[flow];
      if (use->inside[importer] || use->model->countries[importer].kind == CM_IS_WORLD) continue;
      if (partner && !cm_party_has(use->model, partner, importer, use->day)) continue;
      double number = cm_use_flow(use, market, flow, CM_BY_QUANTITY);
      sum += number;
      tell(use, "flow", market, flow, number);
    }
  }
  return sum;
}

int cm_use_exports(cm_use *use, critmin_interval *amount) {
  const cm_flow_market *market = NULL;
  while ((market = cm_next_flow_market(use->model, use->stage, use->year, market))) {
    size_t told = use->n_evidence;
    uint64_t flags = use->flags[CM_TERM_EXPORTS];
    double sum;
    if (!printed_total(use, market, &sum)) sum = sum_of_pairs(use, market, NULL);
    if (isnan(sum)) {
      use->n_evidence = told;
      use->flags[CM_TERM_EXPORTS] = flags;
      continue;
    }
    if (market->from_year != market->to_year) use->flags[CM_TERM_EXPORTS] |= CRITMIN_FLAG_PERIOD_MEAN;
    cm_use_cite(use, CM_TERM_EXPORTS, market->edition);
    *amount = (critmin_interval){sum, sum, sum};
    return 1;
  }
  return 0;
}

critmin_interval cm_use_exports_to(cm_use *use, const cm_party *partner) {
  if (use->imports.by != CM_BY_QUANTITY) return cm_unknown;
  double sum = sum_of_pairs(use, use->imports.market, partner);
  return (critmin_interval){sum, sum, sum};
}
