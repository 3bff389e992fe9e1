/* SPDX-License-Identifier: MIT */
/*
 * The European Commission's supply risk over a model. As its study has them, all terms are those that one edition of
 * the study printed, and the governance is that of its years; `figures=ranked` takes supply, sourcing and reliance of
 * the year asked for from the sources that come first, and governance of the five years up to it.
 */
#include "metrics/metric_eu.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/assess.h"
#include "metrics/presets.h"

enum { YEARS_OF_MEAN = 5 };

/* A constant of the edition, or what is given instead; one that was not read in its source is said. */
static double constant(cm_eu_terms *t, const char *name, double given, double otherwise) {
  if (!isnan(given)) return given;
  double value = cm_preset_value(t->preset, name);
  if (isnan(value) || !cm_preset_verified(t->preset, name)) t->flags |= CRITMIN_FLAG_UNVERIFIED_PRESET;
  return isnan(value) ? otherwise : value;
}

int cm_eu_supply_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                           int asked) {
  cm_eu_question q = {plan->model, values, cm_eu_terms_of(plan->model, values), NULL, year, asked};
  if (stage != CM_NONE) q.stage = plan->model->stages[stage].key;
  if (cm_eu_supply_has(&q, mineral)) return CM_ON_RECORD;
  return cm_eu_any_has(&q, cm_eu_supply_has, mineral, 0) ? CM_RECORD_OF_MEMBERS : 0;
}

/* The index that the study itself prints. */
static int take_printed(cm_use *use, const cm_eu_terms *t, const char *name, critmin_interval *index) {
  const cm_model_stage *s = &use->model->stages[use->stage];
  if (t->ranked || !cm_eu_printed(use->model, s->mineral, use->stage, name, t->study)) return 0;
  *index = cm_take_parameter(use, s->mineral, use->stage, CM_NONE, name, t->study);
  use->flags[CM_TERM_ASSESSMENT] |= CRITMIN_FLAG_PUBLISHED;
  return 1;
}

static critmin_status global_index(cm_use *use, const cm_eu_terms *t, const cm_governing *how, int32_t residual,
                                   critmin_interval *index, critmin_error *error) {
  *index = cm_unknown;
  if (take_printed(use, t, "index_global", index)) return CRITMIN_OK;
  const critmin_model *m = use->model;
  const cm_model_market *market =
      t->ranked ? cm_production_of(m, use->values, use->stage, use->year) : cm_eu_market(m, use->stage, t->study);
  if (!market) return CRITMIN_OK;
  critmin_status status = cm_assess_market(use, market, "producer", error);
  if (status) return status;
  cm_assembly *a = &use->assembly;
  a->supply.residual_value = residual;
  critmin_answer answer;
  status = cm_governed_index(use, a->country, a->quantity, a->n, &a->supply, how, &answer, error);
  if (status) return status;
  cm_assess_gaps(use, 10 * how->trade.highest, &answer);
  use->flags[CM_TERM_ASSESSMENT] |= answer.flags & ~CRITMIN_FLAG_NO_DATA;
  *index = cm_answer_interval(&answer);
  return CRITMIN_OK;
}

static critmin_status index_of_cells(cm_use *use, const cm_cells *cells, const cm_governing *how, int32_t residual,
                                     critmin_interval *index, critmin_error *error) {
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.low = cells->low;
  supply.high = cells->high;
  supply.other = isnan(cells->rest.high) ? NAN : cells->rest.high;
  supply.residual_value = residual;
  critmin_answer answer;
  critmin_status status =
      cm_governed_index(use, cells->country, cells->quantity, cells->n, &supply, how, &answer, error);
  use->flags[CM_TERM_ASSESSMENT] |= answer.flags & ~(CRITMIN_FLAG_NO_DATA | CRITMIN_FLAG_NO_TOTAL);
  *index = cm_answer_interval(&answer);
  return status;
}

/* What the study prints of the Union's suppliers, its members' own output among them. */
static critmin_status cells_in_study(cm_cells *cells, cm_use *use, const cm_flow_market *market, critmin_error *error) {
  const critmin_model *m = use->model;
  cm_flow_range range = cm_flow_market_into(m, market, use->area);
  int64_t n = range.last - range.first;
  *cells = (cm_cells){.country = cm_alloc_array((size_t)n, sizeof *cells->country),
                      .quantity = cm_alloc_array((size_t)n, sizeof *cells->quantity),
                      .low = cm_alloc_array((size_t)n, sizeof *cells->low),
                      .high = cm_alloc_array((size_t)n, sizeof *cells->high)};
  if (!cells->country || !cells->quantity || !cells->low || !cells->high) return cm_fail_memory(error);
  use->terms |= CM_BIT(CM_TERM_ASSESSMENT);
  cm_use_cite(use, CM_TERM_ASSESSMENT, market->edition);
  for (int64_t i = range.first; i < range.last; i++) {
    double share = m->flows.share ? m->flows.share[i] : NAN;
    cm_use_tell_flow(use, CM_TERM_ASSESSMENT, "flow", market, i, NAN);
    if (isnan(share)) continue;
    if (cm_is_unnamed(m, m->flows.exporter[i])) {
      cells->rest.high += share;
      continue;
    }
    cells->country[cells->n] = m->flows.exporter[i];
    cells->quantity[cells->n] = cells->low[cells->n] = cells->high[cells->n] = share;
    cells->n++;
  }
  return CRITMIN_OK;
}

static critmin_status sourcing_index(cm_use *use, const cm_eu_terms *t, const cm_governing *how, int32_t residual,
                                     critmin_interval *index, critmin_error *error) {
  *index = cm_unknown;
  if (take_printed(use, t, "index_sourcing", index)) return CRITMIN_OK;
  cm_cells cells = {0};
  critmin_status status = CRITMIN_OK;
  int32_t stage = use->stage;
  int found = 0;
  if (t->ranked) {
    status = cm_cells_of_supply(&cells, use, 1, &found, error);
  } else {
    const cm_flow_market *market = cm_eu_sourcing(use->model, use->stage, t->study);
    found = market != NULL;
    if (found) status = cells_in_study(&cells, use, market, error);
    if (found) use->stage = market->stage; /* whose trade parameters stand beside it */
    if (use->stage != stage) use->flags[CM_TERM_ASSESSMENT] |= CRITMIN_FLAG_ASSUMED;
  }
  if (!status && found && cells.n > 0) status = index_of_cells(use, &cells, how, residual, index, error);
  use->stage = stage;
  cm_cells_free(&cells);
  return status;
}

static const cm_model_market *reliance_in(const cm_use *use, int32_t stage, int32_t edition) {
  const critmin_model *m = use->model;
  const cm_model_stage *s = &m->stages[stage];
  for (int32_t i = s->first_market; i < s->first_market + s->n_markets; i++) {
    const cm_model_market *market = &m->markets[i];
    if (market->measure == use->ledger->measure[CM_IMPORT_RELIANCE] && market->edition == edition &&
        market->country == use->area && market->n > 0)
      return market;
  }
  return NULL;
}

/* As printed, of the stage or beside the sourcing that stands for its own; from the year's balance where nobody prints
 * it. */
static critmin_status reliance_of(cm_use *use, const cm_eu_terms *t, critmin_interval *reliance, critmin_error *error) {
  const critmin_model *m = use->model;
  int32_t figure = CM_NONE;
  *reliance = cm_unknown;
  const cm_model_market *market = NULL;
  if (t->ranked) {
    market = cm_use_figure(use, CM_IMPORT_RELIANCE, use->area, &figure);
  } else {
    market = reliance_in(use, use->stage, t->study);
    const cm_flow_market *sourcing = market ? NULL : cm_eu_sourcing(m, use->stage, t->study);
    if (sourcing) market = reliance_in(use, sourcing->stage, t->study);
    if (market) figure = market->first;
  }
  if (figure != CM_NONE) {
    *reliance = cm_figure_interval(&m->figures, figure);
    cm_use_tell_figure(use, CM_TERM_ASSESSMENT, "import_reliance", market, figure, NAN);
    return CRITMIN_OK;
  }
  if (!t->ranked) return CRITMIN_OK;
  int32_t terms = CM_BIT(CM_TERM_PRODUCTION) | CM_BIT(CM_TERM_IMPORTS) | CM_BIT(CM_TERM_EXPORTS);
  critmin_answer answer;
  critmin_answer_init(&answer);
  critmin_status status = cm_use_balance(use, terms, 0, error);
  if (!status) status = cm_answer_of(critmin_import_reliance(&use->balance, &answer, error), &answer);
  *reliance = cm_answer_interval(&answer);
  return status;
}

static cm_governing governing_of(cm_eu_terms *t, const cm_use *use) {
  const double *own = use->values->number + CM_P_OWN;
  double first = own[CM_EU_WGI_FIRST], last = own[CM_EU_WGI_LAST];
  cm_governing how = {.worst = constant(t, "governance_worst", own[CM_EU_WGI_WORST], -2.5),
                      .best = constant(t, "governance_best", own[CM_EU_WGI_BEST], 2.5)};
  int32_t end = use->year, start = end - YEARS_OF_MEAN + 1;
  if (!t->ranked) { /* the years of the figures where the edition does not say */
    int32_t from = 0, to = cm_eu_study_year(use->model, t, use->stage, &from);
    start = (int32_t)constant(t, "governance_first_year", first, from);
    end = (int32_t)constant(t, "governance_last_year", last, to);
  }
  how.first_year = isnan(first) ? start : (int32_t)first;
  how.last_year = isnan(last) ? end : (int32_t)last;
  how.trade = cm_trade_terms_of(use->model, t->ranked ? CM_NONE : t->study, 1);
  how.trade.applies = t->edition >= 2017;
  if (!how.trade.applies) return how;
  how.trade.member = constant(t, "trade_member", NAN, 0.8);
  double highest = cm_preset_value(t->preset, "trade_highest");
  how.trade.highest = isnan(highest) ? cm_preset_value("eu_2023", "trade_highest") : highest;
  return how;
}

static critmin_status supply_of_stage(cm_use *use, cm_eu_terms *t, critmin_answer *a, critmin_error *error) {
  const critmin_model *m = use->model;
  int32_t mineral = m->stages[use->stage].mineral, residual = (int32_t)use->values->number[CM_P_OWN + CM_EU_RESIDUAL];
  critmin_eu_supply s;
  critmin_eu_supply_init(&s);
  s.edition = t->edition;
  cm_governing how = governing_of(t, use);
  const cm_model_parameter *used = t->ranked ? NULL : cm_eu_printed(m, mineral, use->stage, "supply_used", t->study);
  const char *words = used && used->words ? used->words : "";
  critmin_status status = CRITMIN_OK;
  if (strcmp(words, "EUonly") != 0) status = global_index(use, t, &how, residual, &s.global_supply, error);
  if (!status && strcmp(words, "GSonly") != 0 && t->edition >= 2017)
    status = sourcing_index(use, t, &how, residual, &s.eu_sourcing, error);
  if (!status && t->edition >= 2017) status = reliance_of(use, t, &s.import_reliance, error);
  if (status) return status;
  int32_t edition = t->ranked ? CM_NONE : t->study;
  s.recycling = cm_take_parameter(use, mineral, CM_NONE, CM_NONE, "recycling_input_rate", edition);
  s.substitution = cm_take_parameter(use, mineral, CM_NONE, CM_NONE, cm_eu_substitution, edition);
  if (t->ranked && t->edition != 2023) t->flags |= CRITMIN_FLAG_ASSUMED; /* indices of another edition */
  if (used)
    cm_use_tell_fact(use, CM_TERM_ASSESSMENT, "supply_used", CM_FACT_PARAMETER, (int32_t)(used - m->parameters), NAN);
  status = cm_answer_of(critmin_eu_supply_risk(&s, a, error), a);
  a->flags |= t->flags | cm_use_flags(use);
  return status;
}

/* The bottleneck of a mineral's own stages; with a stage in the question that one. */
static critmin_status supply_of_stages(cm_use *use, const cm_eu_question *q, int32_t mineral, critmin_answer *a,
                                       critmin_error *error) {
  const critmin_model *m = q->model;
  const cm_model_mineral *of = &m->minerals[mineral];
  critmin_interval *scores = cm_alloc_array((size_t)of->n_stages, sizeof *scores);
  if (!scores) return cm_fail_memory(error);
  int64_t n = 0;
  uint64_t flags = 0;
  critmin_status status = CRITMIN_OK;
  for (int32_t stage = of->first_stage; stage < of->first_stage + of->n_stages && !status; stage++) {
    if (q->stage && strcmp(m->stages[stage].key, q->stage) != 0) continue;
    if (!cm_eu_stage_on_record(q, stage)) continue;
    cm_eu_terms t = q->terms;
    critmin_answer one;
    critmin_answer_init(&one);
    cm_use_move(use, stage);
    status = supply_of_stage(use, &t, &one, error);
    flags |= one.flags;
    scores[n++] = cm_answer_interval(&one);
  }
  if (!status) status = critmin_eu_combine(scores, n, CRITMIN_COMBINE_GREATEST, NULL, a, error);
  a->flags |= flags & ~CRITMIN_FLAG_NO_DATA;
  cm_free(scores);
  return status;
}

/* The mean of those that stand for a mineral, which may be itself. */
static critmin_status supply_of_parts(cm_use *use, const cm_eu_question *q, const cm_eu_parts *parts, critmin_answer *a,
                                      critmin_error *error) {
  critmin_interval *scores = cm_alloc_array((size_t)parts->n, sizeof *scores);
  if (!scores) return cm_fail_memory(error);
  uint64_t flags = parts->missing && parts->n > 0 ? CRITMIN_FLAG_NOT_AVAILABLE : 0;
  critmin_status status = CRITMIN_OK;
  for (int32_t i = 0; i < parts->n && !status; i++) {
    critmin_answer one;
    critmin_answer_init(&one);
    status = supply_of_stages(use, q, parts->mineral[i], &one, error);
    flags |= one.flags;
    scores[i] = cm_answer_interval(&one);
  }
  if (!status) status = critmin_eu_combine(scores, parts->n, CRITMIN_COMBINE_MEAN, NULL, a, error);
  a->flags |= flags & ~CRITMIN_FLAG_NO_DATA;
  cm_free(scores);
  return status;
}

critmin_status cm_eu_supply(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  const critmin_model *m = plan->model;
  cm_eu_question q = {m, use->values, cm_eu_terms_of(m, use->values), NULL, row->year, 1};
  if (row->stage != CM_NONE && cm_eu_stage_on_record(&q, row->stage))
    return supply_of_stage(use, &q.terms, &row->answer, error);
  if (row->stage != CM_NONE) q.stage = m->stages[row->stage].key;
  cm_eu_parts parts;
  critmin_status status = cm_eu_parts_of(&q, cm_eu_supply_has, row->mineral, &parts, error);
  if (!status) status = supply_of_parts(use, &q, &parts, &row->answer, error);
  cm_free(parts.mineral);
  return status;
}
