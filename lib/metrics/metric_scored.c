/* SPDX-License-Identifier: MIT */
/*
 * Scores whose terms no publisher gives as figures: they are parameters of the store, of one's own or of a publisher
 * who has them. Where there is none the answer is not known, and says so.
 */
#include <math.h>
#include <stdio.h>

#include "metrics/assess.h"
#include "metrics/assessments.h"
#include "metrics/presets.h"

enum { CRITERIA = 7 };
static const char *const criteria_2011[] = {"bgs_scarcity", "bgs_production_concentration", "bgs_reserve_distribution",
                                            "bgs_governance"};
static const char *const criteria_2015[] = {
    "bgs_production_concentration", "bgs_reserve_distribution",   "bgs_recycling", "bgs_substitutability",
    "bgs_governance_of_producer",   "bgs_governance_of_reserves", "bgs_companion"};
static const struct {
  int32_t edition, n;
  const char *const *names;
} lists[] = {{2011, 4, criteria_2011}, {2015, CRITERIA, criteria_2015}};

const cm_parameter cm_bgs_parameters[1] = {
    {"list", CM_PARAMETER_WORD, "2015", 0, 0, "2011|2015", "", "British Geological Survey (2011, 2015)",
     "risk list whose criteria are taken"},
};

/* The year of the newest of the terms, 0 where there is none. */
static int32_t year_of(const critmin_model *m, int32_t mineral, int32_t stage, const char *const *names, int32_t n) {
  int32_t newest = 0;
  for (int32_t i = 0; i < n; i++) {
    int32_t at = cm_parameter_in(m, mineral, stage, CM_NONE, names[i], CM_NONE);
    if (at != CM_NONE && m->parameters[at].day / 10000 > newest) newest = m->parameters[at].day / 10000;
  }
  return newest;
}

static int answers(int32_t known, int32_t year, int asked) {
  return known && (asked || year == known);
}

static int list_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                          int asked) {
  int list = (int)values->number[CM_P_OWN];
  (void)stage;
  return answers(year_of(plan->model, mineral, CM_NONE, lists[list].names, lists[list].n), year, asked);
}

static critmin_status evaluate_list(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  int list = (int)use->values->number[CM_P_OWN];
  double scores[CRITERIA];
  critmin_answer *a = &row->answer;
  if (!list_on_record(plan, use->values, row->mineral, CM_NONE, row->year, 1)) {
    a->flags = CRITMIN_FLAG_NO_DATA;
    return CRITMIN_OK;
  }
  for (int32_t i = 0; i < lists[list].n; i++)
    scores[i] = cm_take_parameter(use, row->mineral, CM_NONE, CM_NONE, lists[list].names[i], CM_NONE).value;
  return cm_answer_of(critmin_bgs_risk(lists[list].edition, scores, lists[list].n, a, error), a);
}

static const cm_assessment bgs = {.of_market = 1, .whole = 1, .on_record = list_on_record, .evaluate = evaluate_list};
const cm_dependency cm_bgs_list = {.published = CM_NONE, .assessment = &bgs};

static const char *const usgs_terms[] = {"usgs_disruption_potential", "usgs_economic_vulnerability"};

/* A term of the stage, else of the mineral. */
static int32_t place_of(const critmin_model *m, int32_t mineral, int32_t stage, const char *name) {
  int32_t at = cm_parameter_in(m, mineral, stage, CM_NONE, name, CM_NONE);
  return at != CM_NONE ? at : cm_parameter_in(m, mineral, CM_NONE, CM_NONE, name, CM_NONE);
}

static int usgs_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                          int asked) {
  (void)values;
  int32_t of_stage = year_of(plan->model, mineral, stage, usgs_terms, 2);
  int32_t of_mineral = year_of(plan->model, mineral, CM_NONE, usgs_terms, 2);
  return answers(of_stage > of_mineral ? of_stage : of_mineral, year, asked);
}

static critmin_interval term(cm_use *use, int32_t mineral, const char *name) {
  int32_t at = place_of(use->model, mineral, use->stage, name);
  return at == CM_NONE ? cm_unknown
                       : cm_take_parameter(use, mineral, use->model->parameters[at].stage, CM_NONE, name, CM_NONE);
}

/* Of the printed net import reliance, else of the balance. */
static critmin_status exposure_of(cm_use *use, critmin_answer *exposure, critmin_error *error) {
  const int32_t all = CM_BIT(CM_TERM_PRODUCTION) | CM_BIT(CM_TERM_SECONDARY) | CM_BIT(CM_TERM_IMPORTS) |
                      CM_BIT(CM_TERM_EXPORTS) | CM_BIT(CM_TERM_STOCKS) | CM_BIT(CM_TERM_CONSUMPTION);
  const int32_t net = CM_BIT(CM_TERM_IMPORTS) | CM_BIT(CM_TERM_EXPORTS) | CM_BIT(CM_TERM_STOCKS);
  int32_t figure;
  const cm_model_market *market = cm_use_figure(use, CM_NET_IMPORT_RELIANCE, use->area, &figure);
  if (market) {
    const cm_figures *f = &use->model->figures;
    exposure->value = f->value[figure];
    exposure->low = isnan(f->low[figure]) ? f->value[figure] : f->low[figure];
    exposure->high = isnan(f->high[figure]) ? f->value[figure] : f->high[figure];
    exposure->flags = cm_market_flags(use->model, market, figure) | CRITMIN_FLAG_PUBLISHED;
    cm_published_exposure(exposure);
    cm_use_tell_figure(use, CM_TERM_ASSESSMENT, "net_import_reliance", market, figure, NAN);
    use->terms |= CM_BIT(CM_TERM_ASSESSMENT);
    return CRITMIN_OK;
  }
  critmin_status status = cm_use_balance(use, all, net, error);
  if (!status) status = cm_answer_of(critmin_trade_exposure(&use->balance, exposure, error), exposure);
  exposure->flags |= cm_use_flags(use);
  return status;
}

static critmin_status evaluate_usgs(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  (void)plan;
  critmin_answer exposure, *a = &row->answer;
  critmin_answer_init(&exposure);
  critmin_interval potential = term(use, row->mineral, usgs_terms[0]),
                   vulnerability = term(use, row->mineral, usgs_terms[1]);
  critmin_status status = exposure_of(use, &exposure, error);
  critmin_interval exposed = cm_answer_interval(&exposure);
  if (!status) status = cm_answer_of(critmin_usgs_supply_risk(&potential, &exposed, &vulnerability, a, error), a);
  a->flags |= CRITMIN_FLAG_UNVERIFIED_PRESET | exposure.flags;
  return status;
}

static const cm_assessment usgs = {.home = "USA",
                                   .home_only = 1,
                                   .stages = 1,
                                   .common = CM_OF_PRODUCTION,
                                   .on_record = usgs_on_record,
                                   .evaluate = evaluate_usgs};
const cm_dependency cm_usgs_risk = {.exports = 1, .published = CM_NONE, .assessment = &usgs};
