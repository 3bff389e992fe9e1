/* SPDX-License-Identifier: MIT */
/*
 * The European Commission's supply risk over a model. As its study has them, all terms are those that one edition of
 * the study printed, and the governance is that of its years; `figures=ranked` takes supply, sourcing and reliance of
 * the year asked for from the sources that come first, and governance of the five years up to it.
 */
#include "metrics/metric_eu.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/assess.h"
#include "metrics/presets.h"

const char cm_eu_source[] = "eu_crm";
static const char substitution_of_supply[] = "substitution_index_supply_risk";
static const int32_t editions[] = {2010, 2014, 2017, 2020, 2023};

enum { YEARS_OF_MEAN = 5 };

cm_eu_terms cm_eu_terms_of(const critmin_model *m, const cm_values *values) {
  cm_eu_terms t = {.edition = editions[(int)values->number[CM_P_OWN + CM_EU_EDITION]]};
  t.ranked = (int)values->number[CM_P_OWN + CM_EU_FIGURES] == CM_EU_RANKED;
  char key[16];
  snprintf(key, sizeof key, "%d", (int)t.edition);
  snprintf(t.preset, sizeof t.preset, "eu_%d", (int)t.edition);
  t.study = cm_edition_of(m, cm_eu_source, key);
  return t;
}

/* A constant of the edition, or what is given instead; one that was not read in its source is said. */
static double constant(cm_eu_terms *t, const char *name, double given, double otherwise) {
  if (!isnan(given)) return given;
  double value = cm_preset_value(t->preset, name);
  if (isnan(value) || !cm_preset_verified(t->preset, name)) t->flags |= CRITMIN_FLAG_UNVERIFIED_PRESET;
  return isnan(value) ? otherwise : value;
}

critmin_status cm_eu_check(const cm_plan *plan, const cm_values *values, critmin_error *error) {
  cm_eu_terms t = cm_eu_terms_of(plan->model, values);
  if (t.ranked || t.study != CM_NONE) return CRITMIN_OK;
  if (cm_source_place(plan->model, cm_eu_source) == CM_NONE)
    return cm_fail(
        error, CRITMIN_ERROR_PARAMETER,
        "the study of %d is not in the store, which has no source `%s`; set figures=ranked to take the figures of a "
        "year",
        (int)t.edition, cm_eu_source);
  return cm_fail(error, CRITMIN_ERROR_PARAMETER,
                 "the study of %d is not in the store; set figures=ranked to apply its method to the figures of "
                 "a year",
                 (int)t.edition);
}

int32_t cm_eu_year(const cm_plan *plan, const cm_values *values) {
  cm_eu_terms t = cm_eu_terms_of(plan->model, values);
  double year = t.ranked ? NAN : cm_preset_value(t.preset, "governance_last_year");
  return isnan(year) ? 0 : (int32_t)year;
}

/* The market that the study prints for a stage: what is made, else what could be. */
static const cm_model_market *market_in(const critmin_model *m, int32_t stage, int32_t edition) {
  static const char *const measures[] = {"production", "capacity"};
  const cm_model_stage *s = &m->stages[stage];
  for (size_t k = 0; k < sizeof measures / sizeof measures[0]; k++) {
    int32_t measure = cm_measure_place(m, measures[k]);
    for (int32_t i = s->first_market; i < s->first_market + s->n_markets; i++) {
      const cm_model_market *market = &m->markets[i];
      if (market->measure == measure && market->detail == CM_OF_COUNTRIES && market->edition == edition) return market;
    }
  }
  return NULL;
}

static const cm_flow_market *sourcing_in(const critmin_model *m, int32_t stage, int32_t edition) {
  const cm_model_stage *s = &m->stages[stage];
  for (int32_t i = s->first_flow; i < s->first_flow + s->n_flows; i++) {
    if (m->flow_markets[i].edition == edition) return &m->flow_markets[i];
  }
  return NULL;
}

static const cm_model_parameter *printed(const critmin_model *m, int32_t mineral, int32_t stage, const char *name,
                                         int32_t edition) {
  int32_t at = cm_parameter_in(m, mineral, stage, CM_NONE, name, edition);
  return at == CM_NONE ? NULL : &m->parameters[at];
}

/* The year that the study's figures of a stage end in, 0 where it has none; its own year where it prints indices alone.
 */
static int32_t study_year(const critmin_model *m, const cm_eu_terms *t, int32_t mineral, int32_t stage,
                          int32_t *first) {
  if (t->study == CM_NONE) return 0;
  const cm_model_market *market = market_in(m, stage, t->study);
  const cm_flow_market *sourcing = sourcing_in(m, stage, t->study);
  *first = market ? market->from / 10000 : sourcing ? sourcing->from_year : 0;
  if (*first) return market ? market->to / 10000 : sourcing->to_year;
  if (!printed(m, mineral, stage, "index_global", t->study) && !printed(m, mineral, stage, "index_sourcing", t->study))
    return 0;
  return *first = m->editions[t->study].day / 10000;
}

static int stage_on_record(const critmin_model *m, const cm_values *values, const cm_eu_terms *t, int32_t mineral,
                           int32_t stage, int32_t year, int asked) {
  if (t->ranked) return cm_production_of(m, values, stage, year) != NULL;
  /* Of a group the study has the mean of its members, and prints no index of substitution. */
  if (m->minerals[mineral].n_members && !printed(m, mineral, CM_NONE, substitution_of_supply, t->study)) return 0;
  int32_t first = 0, last = study_year(m, t, mineral, stage, &first);
  return last && (asked ? year >= first && year <= last + CM_YEARS_BEFORE : year == last);
}

/* Groups of minerals hold groups; the store does not keep them from going round. */
enum { DEEPEST = 8 };

static int any_stage_on_record(const critmin_model *m, const cm_values *values, const cm_eu_terms *t, int32_t mineral,
                               int32_t year, int asked, int depth) {
  const cm_model_mineral *of = &m->minerals[mineral];
  for (int32_t stage = of->first_stage; stage < of->first_stage + of->n_stages; stage++) {
    if (stage_on_record(m, values, t, mineral, stage, year, asked)) return 1;
  }
  for (int32_t i = 0; i < of->n_members && depth < DEEPEST; i++) {
    if (any_stage_on_record(m, values, t, m->members[of->first_member + i], year, asked, depth + 1)) return 1;
  }
  return 0;
}

int cm_eu_supply_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                           int asked) {
  cm_eu_terms t = cm_eu_terms_of(plan->model, values);
  if (stage != CM_NONE) return stage_on_record(plan->model, values, &t, mineral, stage, year, asked);
  return any_stage_on_record(plan->model, values, &t, mineral, year, asked, 0);
}

/* The index that the study itself prints. */
static int take_printed(cm_use *use, const cm_eu_terms *t, const char *name, critmin_interval *index) {
  const cm_model_stage *s = &use->model->stages[use->stage];
  if (t->ranked || !printed(use->model, s->mineral, use->stage, name, t->study)) return 0;
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
      t->ranked ? cm_production_of(m, use->values, use->stage, use->year) : market_in(m, use->stage, t->study);
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
  int found = 0;
  if (t->ranked) {
    status = cm_cells_of_supply(&cells, use, 1, &found, error);
  } else {
    const cm_flow_market *market = sourcing_in(use->model, use->stage, t->study);
    found = market != NULL;
    if (found) status = cells_in_study(&cells, use, market, error);
  }
  if (!status && found && cells.n > 0) status = index_of_cells(use, &cells, how, residual, index, error);
  cm_cells_free(&cells);
  return status;
}

/* As printed; from the year's balance where nobody prints it. */
static critmin_status reliance_of(cm_use *use, const cm_eu_terms *t, critmin_interval *reliance, critmin_error *error) {
  const critmin_model *m = use->model;
  int32_t figure = CM_NONE;
  *reliance = cm_unknown;
  const cm_model_market *market = NULL;
  if (t->ranked) {
    market = cm_use_figure(use, CM_IMPORT_RELIANCE, use->area, &figure);
  } else {
    const cm_model_stage *s = &m->stages[use->stage];
    for (int32_t i = s->first_market; i < s->first_market + s->n_markets && figure == CM_NONE; i++) {
      market = &m->markets[i];
      if (market->measure == use->ledger->measure[CM_IMPORT_RELIANCE] && market->edition == t->study &&
          market->country == use->area && market->n > 0)
        figure = market->first;
    }
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
    int32_t from = 0, to = study_year(use->model, t, use->model->stages[use->stage].mineral, use->stage, &from);
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
  const cm_model_parameter *used = t->ranked ? NULL : printed(m, mineral, use->stage, "supply_used", t->study);
  const char *words = used && used->words ? used->words : "";
  critmin_status status = CRITMIN_OK;
  if (strcmp(words, "EUonly") != 0) status = global_index(use, t, &how, residual, &s.global_supply, error);
  if (!status && strcmp(words, "GSonly") != 0 && t->edition >= 2017)
    status = sourcing_index(use, t, &how, residual, &s.eu_sourcing, error);
  if (!status && t->edition >= 2017) status = reliance_of(use, t, &s.import_reliance, error);
  if (status) return status;
  int32_t edition = t->ranked ? CM_NONE : t->study;
  s.recycling = cm_take_parameter(use, mineral, CM_NONE, CM_NONE, "recycling_input_rate", edition);
  s.substitution = cm_take_parameter(use, mineral, CM_NONE, CM_NONE, substitution_of_supply, edition);
  if (t->ranked && t->edition != 2023) t->flags |= CRITMIN_FLAG_ASSUMED; /* indices of another edition */
  if (used)
    cm_use_tell_fact(use, CM_TERM_ASSESSMENT, "supply_used", CM_FACT_PARAMETER, (int32_t)(used - m->parameters), NAN);
  status = cm_answer_of(critmin_eu_supply_risk(&s, a, error), a);
  a->flags |= t->flags | cm_use_flags(use);
  return status;
}

/* The score of a mineral: the bottleneck of its stages, or the mean of its members. */
static critmin_status supply_of_mineral(const cm_plan *plan, const cm_row *row, cm_use *use, int32_t mineral, int depth,
                                        critmin_answer *a, critmin_error *error) {
  const critmin_model *m = plan->model;
  const cm_values *values = &plan->values[row->metric];
  const cm_model_mineral *of = &m->minerals[mineral];
  critmin_interval *scores = cm_alloc_array((size_t)(of->n_stages + of->n_members), sizeof *scores);
  if (!scores) return cm_fail_memory(error);
  int64_t n = 0;
  uint64_t flags = 0;
  critmin_status status = CRITMIN_OK;
  critmin_answer one;
  for (int32_t stage = of->first_stage; stage < of->first_stage + of->n_stages && !status; stage++) {
    cm_eu_terms t = cm_eu_terms_of(m, values);
    if (!stage_on_record(m, values, &t, mineral, stage, row->year, 1)) continue;
    critmin_answer_init(&one);
    cm_use_move(use, stage);
    status = supply_of_stage(use, &t, &one, error);
    flags |= one.flags;
    scores[n++] = cm_answer_interval(&one);
  }
  int of_members = n == 0;
  for (int32_t i = 0; i < of->n_members && of_members && depth < DEEPEST && !status; i++) {
    critmin_answer_init(&one);
    status = supply_of_mineral(plan, row, use, m->members[of->first_member + i], depth + 1, &one, error);
    flags |= one.flags;
    scores[n++] = cm_answer_interval(&one);
  }
  if (!status)
    status =
        critmin_eu_combine(scores, n, of_members ? CRITMIN_COMBINE_MEAN : CRITMIN_COMBINE_GREATEST, NULL, a, error);
  a->flags |= flags & ~CRITMIN_FLAG_NO_DATA;
  cm_free(scores);
  return status;
}

critmin_status cm_eu_supply(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  if (row->stage == CM_NONE) return supply_of_mineral(plan, row, use, row->mineral, 0, &row->answer, error);
  cm_eu_terms t = cm_eu_terms_of(plan->model, use->values);
  if (stage_on_record(plan->model, use->values, &t, row->mineral, row->stage, row->year, 1))
    return supply_of_stage(use, &t, &row->answer, error);
  row->answer.flags = CRITMIN_FLAG_NO_DATA;
  return CRITMIN_OK;
}
