/* SPDX-License-Identifier: MIT */
/* How concentrated the exporters of a mineral are, from a source that lists every pair. */
#include <math.h>

#include "base/memory.h"
#include "metrics/assess.h"
#include "metrics/assessments.h"

enum { OWN_BY, OWN_RESIDUAL };
enum { BY_ANY, BY_QUANTITY, BY_VALUE };

const cm_parameter cm_export_hhi_parameters[2] = {
    [OWN_BY] = {"by", CM_PARAMETER_WORD, "any", 0, 0, "any|quantity|value", "", "docs/criticality.md",
                "what flows are counted in: tonnes or money; any: tonnes where every flow has them"},
    [OWN_RESIDUAL] = {"residual", CM_PARAMETER_WORD, "mid", 0, 0, "mid|lower|upper", "", "docs/methods.md, 2",
                      "value reported inside the interval that exporters who are not named leave"},
};

/* What goes out of each country, as one number each. */
typedef struct exporting {
  double *quantity;
  int64_t n;
  double other, total; /* of those not named; printed of all, or NaN */
} exporting;

static const cm_exporters *pairs_of(const cm_use *use, const cm_flow_market *market) {
  int lists = use->values->number[CM_P_LISTED_ONLY] > 0;
  const cm_exporters *all = use->ledger->exporters;
  if (!all || (!market->complete && !lists)) return NULL;
  all += market - use->model->flow_markets;
  return all->start ? all : NULL;
}

/* What a country sends to all: its printed total, else its flows together. */
static double sent(cm_use *use, const cm_flow_market *market, const cm_exporters *all, int32_t exporter, int by) {
  double sum = 0;
  for (int32_t j = all->start[exporter]; j < all->start[exporter + 1]; j++) {
    int64_t flow = market->first + all->flow[j];
    double number = cm_use_flow(use, market, flow, by);
    if (use->model->flows.importer[flow] == use->ledger->world) return number;
    sum += number;
  }
  return sum;
}

/* 0 when a flow has no number of that kind, or there is none at all. */
static int add_up(cm_use *use, const cm_flow_market *market, const cm_exporters *all, int by, exporting *e) {
  const critmin_model *m = use->model;
  e->n = 0;
  e->other = 0;
  e->total = NAN;
  for (int32_t c = 0; c < (int32_t)m->n_countries; c++) {
    if (all->start[c] == all->start[c + 1]) continue;
    double amount = sent(use, market, all, c, by);
    if (m->countries[c].kind == CM_IS_WORLD) { /* of the totals of importers, only that of the world is one of all */
      for (int32_t j = all->start[c]; j < all->start[c + 1]; j++) {
        int64_t flow = market->first + all->flow[j];
        if (m->flows.importer[flow] == c) e->total = cm_use_flow(use, market, flow, by);
      }
      continue;
    }
    if (isnan(amount)) return 0;
    if (cm_is_unnamed(m, c))
      e->other += amount;
    else
      e->quantity[e->n++] = amount;
  }
  return e->n > 0;
}

static void tell(cm_use *use, const cm_flow_market *market) {
  const critmin_model *m = use->model;
  use->terms |= CM_BIT(CM_TERM_ASSESSMENT);
  cm_use_cite(use, CM_TERM_ASSESSMENT, market->edition);
  if (market->from_year != market->to_year) use->flags[CM_TERM_ASSESSMENT] |= CRITMIN_FLAG_PERIOD_MEAN;
  for (int64_t flow = market->first; flow < market->first + market->n; flow++) {
    if (m->countries[m->flows.exporter[flow]].kind != CM_IS_WORLD)
      cm_use_tell_flow(use, CM_TERM_ASSESSMENT, "flow", market, flow, NAN);
  }
}

/* The first source by rank that tells what everybody sends, in tonnes before money where either will do. */
static const cm_flow_market *find(cm_use *use, exporting *e) {
  int by = (int)use->values->number[CM_P_OWN + OWN_BY];
  const cm_flow_market *market = NULL;
  while ((market = cm_next_flow_market(use->model, use->stage, use->year, market))) {
    const cm_exporters *all = pairs_of(use, market);
    if (all && by != BY_VALUE && add_up(use, market, all, CM_BY_QUANTITY, e)) return market;
    if (all && by != BY_QUANTITY && add_up(use, market, all, CM_BY_VALUE, e)) return market;
  }
  return NULL;
}

static critmin_status evaluate(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  (void)plan;
  exporting e = {.quantity = cm_alloc_array(use->model->n_countries, sizeof(double))};
  if (!e.quantity) return cm_fail_memory(error);
  critmin_answer *a = &row->answer;
  const cm_flow_market *market = find(use, &e);
  critmin_status status = CRITMIN_OK;
  if (market) {
    critmin_supply supply;
    critmin_supply_init(&supply);
    supply.residual_value = (int32_t)use->values->number[CM_P_OWN + OWN_RESIDUAL];
    supply.total = e.total;
    if (e.other > 0) supply.other = e.other;
    tell(use, market);
    status = cm_answer_of(critmin_hhi(e.quantity, e.n, &supply, a, error), a);
    if (market->complete) a->flags &= ~CRITMIN_FLAG_NO_TOTAL; /* every pair is listed */
    a->flags |= cm_use_flags(use);
  } else {
    a->flags = CRITMIN_FLAG_NO_DATA;
    use->terms = 0;
  }
  cm_free(e.quantity);
  return status;
}

static int on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                     int asked) {
  (void)mineral;
  (void)asked;
  const cm_flow_market *market = NULL;
  while ((market = cm_next_flow_market(plan->model, stage, year, market)))
    if (market->complete || values->number[CM_P_LISTED_ONLY] > 0) return 1;
  return 0;
}

static const cm_assessment export_hhi = {
    .of_market = 1, .stages = 1, .common = 1u << CM_P_LISTED_ONLY, .on_record = on_record, .evaluate = evaluate};
const cm_dependency cm_export_hhi = {.exports = 1, .published = CM_NONE, .assessment = &export_hhi};
