/* SPDX-License-Identifier: MIT */
#include "metrics/assess.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

int32_t cm_edition_of(const critmin_model *model, const char *source, const char *key) {
  int32_t of = cm_source_place(model, source);
  for (size_t i = 0; i < model->n_editions && of != CM_NONE; i++) {
    if (model->editions[i].source == of && cm_name_equal(model->editions[i].key, key)) return (int32_t)i;
  }
  return CM_NONE;
}

int32_t cm_parameter_in(const critmin_model *model, int32_t mineral, int32_t stage, int32_t country, const char *name,
                        int32_t edition) {
  const cm_model_parameter *first = cm_model_parameter_of(model, mineral, stage, country, name, CM_NONE);
  if (!first) return CM_NONE;
  const cm_model_mineral *m = &model->minerals[mineral];
  for (int32_t i = (int32_t)(first - model->parameters); i < m->first_parameter + m->n_parameters; i++) {
    const cm_model_parameter *p = &model->parameters[i];
    if (strcmp(p->parameter, name) != 0 || p->stage != stage || p->country != country) break;
    if (edition == CM_NONE || p->edition == edition) return i;
  }
  return CM_NONE;
}

critmin_interval cm_take_parameter(cm_use *use, int32_t mineral, int32_t stage, int32_t country, const char *name,
                                   int32_t edition) {
  int32_t at = cm_parameter_in(use->model, mineral, stage, country, name, edition);
  if (at == CM_NONE) return cm_unknown;
  const cm_model_parameter *p = &use->model->parameters[at];
  use->terms |= CM_BIT(CM_TERM_ASSESSMENT);
  cm_use_tell_fact(use, CM_TERM_ASSESSMENT, name, CM_FACT_PARAMETER, at, NAN);
  return (critmin_interval){p->value, isnan(p->low) ? p->value : p->low, isnan(p->high) ? p->value : p->high};
}

/* Scores of one indicator over the years; where none is of them the latest before, which is carried. */
static void add_scores(cm_use *use, int32_t country, int32_t indicator, int32_t first_year, int32_t last_year,
                       double *sum, int64_t *n, uint64_t *flags) {
  const critmin_model *m = use->model;
  if (indicator == CM_NONE) return;
  int32_t at = cm_model_score(m, indicator, country, last_year);
  if (at == CM_NONE) return;
  const cm_series *series = &m->series[(size_t)indicator * m->n_countries + (size_t)country];
  if (m->scores.year[at] < last_year) *flags |= CRITMIN_FLAG_WGI_CARRIED;
  for (int32_t i = at; i < series->first + series->n; i++) {
    if (i > at && m->scores.year[i] < first_year) break;
    *sum += m->scores.value[i];
    ++*n;
    cm_use_tell_score(use, CM_TERM_ASSESSMENT, country, indicator, i);
  }
}

critmin_status cm_governance_over(cm_use *use, int32_t country, int32_t first_year, int32_t last_year, double worst,
                                  double best, double *weight, uint64_t *flags, critmin_error *error) {
  double sum = 0, estimates[CM_DIMENSIONS_OF_GOVERNANCE];
  int64_t n = 0, partial = 0;
  for (int i = 0; i < CM_DIMENSIONS_OF_GOVERNANCE; i++) {
    int64_t before = n;
    add_scores(use, country, use->ledger->dimension[i], first_year, last_year, &sum, &n, flags);
    partial += n == before;
  }
  for (int i = 0; i < CM_DIMENSIONS_OF_GOVERNANCE; i++) estimates[i] = i < partial ? NAN : sum / (double)n;
  critmin_answer answer;
  critmin_answer_init(&answer);
  critmin_status status = critmin_governance(estimates, CM_DIMENSIONS_OF_GOVERNANCE, worst, best, &answer, error);
  *weight = answer.value;
  *flags |= answer.flags & ~CRITMIN_FLAG_WGI_IMPUTED; /* that is for the index to say */
  return status;
}

cm_trade_terms cm_trade_terms_of(const critmin_model *model, int32_t edition, double member) {
  cm_trade_terms terms = {
      .edition = edition, .member = member, .highest = 1, .applies = 1, .importer = {CM_NONE, CM_NONE}};
  terms.union_of = cm_group_place(model, "EU");
  if (terms.union_of == CM_NONE) terms.union_of = cm_group_place(model, "EU27");
  return terms;
}

double cm_trade_of(const critmin_model *model, int32_t stage, int32_t country, int32_t day, const cm_trade_terms *terms,
                   int32_t *parameter) {
  int32_t mineral = model->stages[stage].mineral;
  *parameter = CM_NONE;
  if (!terms->applies) return 1;
  *parameter = cm_parameter_in(model, mineral, stage, country, "trade_parameter", terms->edition);
  if (*parameter == CM_NONE)
    *parameter = cm_parameter_in(model, mineral, CM_NONE, country, "trade_parameter", terms->edition);
  if (*parameter != CM_NONE && !isnan(model->parameters[*parameter].value)) return model->parameters[*parameter].value;
  *parameter = CM_NONE;
  return terms->union_of != CM_NONE && cm_model_in_group(model, terms->union_of, country, day) ? terms->member : 1;
}

cm_trade_terms cm_trade_terms_asked(const critmin_model *model, const cm_values *values) {
  cm_trade_terms terms = cm_trade_terms_of(model, CM_NONE, values->number[CM_P_OWN + CM_OWN_TRADE_MEMBER]);
  const char *importer = values->text[CM_P_OWN + CM_OWN_TRADE_IMPORTER];
  terms.by_restrictions = (int)values->number[CM_P_OWN + CM_OWN_TRADE_FROM] == CM_TRADE_RESTRICTIONS;
  if (*importer) cm_model_find_party(model, importer, &terms.importer.country, &terms.importer.group, NULL);
  return terms;
}

cm_trade cm_trade_find(const critmin_model *model, int32_t stage, int32_t country, int32_t day,
                       const cm_trade_terms *terms) {
  cm_trade trade = {.parameter = CM_NONE};
  if (terms->by_restrictions && cm_trade_by_restrictions(model, stage, country, day, &terms->importer, &trade))
    return trade;
  if (terms->by_restrictions)
    trade.value = terms->union_of != CM_NONE && cm_model_in_group(model, terms->union_of, country, day) ? terms->member : 1;
  else
    trade.value = cm_trade_of(model, stage, country, day, terms, &trade.parameter);
  trade.low = trade.high = trade.value;
  return trade;
}

/* Parameters are the publishers': one above the greatest in use says that the greatest is not that. */
static double greatest(const double *trade, int64_t n, double highest) {
  for (int64_t i = 0; i < n; i++) highest = fmax(highest, trade[i]);
  return highest;
}

critmin_status cm_governed_index(cm_use *use, const int32_t *country, const double *quantity, int64_t n,
                                 const critmin_supply *supply, const cm_governing *how, critmin_answer *answer,
                                 critmin_error *error) {
  double *governance = cm_alloc_array((size_t)n, sizeof *governance), *trade = cm_alloc_array((size_t)n, sizeof *trade);
  critmin_status status = governance && trade ? CRITMIN_OK : cm_fail_memory(error);
  uint64_t flags = 0;
  use->terms |= CM_BIT(CM_TERM_ASSESSMENT);
  for (int64_t i = 0; i < n && !status; i++) {
    int32_t parameter;
    uint64_t of_country = 0;
    status = cm_governance_over(use, country[i], how->first_year, how->last_year, how->worst, how->best, &governance[i],
                                &of_country, error);
    trade[i] = cm_trade_of(use->model, use->stage, country[i], use->day, &how->trade, &parameter);
    if (!(quantity[i] == 0)) flags |= of_country;
    if (parameter != CM_NONE)
      cm_use_tell_fact(use, CM_TERM_ASSESSMENT, "trade_parameter", CM_FACT_PARAMETER, parameter, NAN);
  }
  critmin_answer_init(answer);
  if (!status)
    status = cm_answer_of(critmin_hhi_wgi_t(quantity, governance, trade, n, greatest(trade, n, how->trade.highest),
                                            supply, answer, error),
                          answer);
  answer->flags |= flags;
  cm_free(governance);
  cm_free(trade);
  return status;
}

const cm_model_market *cm_production_of(const critmin_model *model, const cm_values *values, int32_t stage,
                                        int32_t year) {
  int32_t measure = cm_measure_place(model, "production");
  int outlook = (int)values->number[CM_P_OUTLOOK];
  const char *scenario = values->text[CM_P_SCENARIO];
  if (measure == CM_NONE) return NULL;
  return cm_model_market_of(model, stage, measure, CM_OF_COUNTRIES, year,
                            outlook == CM_OUTLOOK_ANY ? CM_NONE : outlook == CM_OUTLOOK_PROJECTED,
                            *scenario ? scenario : NULL);
}

int cm_production_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                            int asked) {
  (void)mineral;
  (void)asked;
  return cm_production_of(plan->model, values, stage, year) != NULL;
}

critmin_status cm_assess_market(cm_use *use, const cm_model_market *market, const char *role, critmin_error *error) {
  critmin_status status =
      cm_assemble(&use->assembly, use->model, market, use->year, use->values, NULL, 0, use->day, error);
  if (status) return status;
  cm_assembly *a = &use->assembly;
  a->supply.residual_value = CRITMIN_RESIDUAL_MID; /* what `residual` says is for the assessment to take */
  use->terms |= CM_BIT(CM_TERM_ASSESSMENT);
  use->flags[CM_TERM_ASSESSMENT] |= a->flags;
  cm_use_cite(use, CM_TERM_ASSESSMENT, market->edition);
  for (int64_t i = 0; i < a->n_listed; i++) {
    if (a->listed[i].figure != CM_NONE)
      cm_use_tell_figure(use, CM_TERM_ASSESSMENT, role, market, a->listed[i].figure, NAN);
  }
  for (int32_t i = 0; i < market->n_other; i++)
    cm_use_tell_figure(use, CM_TERM_ASSESSMENT, "residual", market, market->other + i, NAN);
  if (market->world != CM_NONE) cm_use_tell_figure(use, CM_TERM_ASSESSMENT, "total", market, market->world, NAN);
  return CRITMIN_OK;
}

void cm_assess_gaps(const cm_use *use, double highest, critmin_answer *answer) {
  const cm_assembly *a = &use->assembly;
  if (cm_assembly_is_open(a)) {
    answer->value = NAN;
    answer->flags |= CRITMIN_FLAG_NO_DATA;
  }
  if (!cm_assembly_is_open(a) && !(a->unsafe && !isnan(answer->value))) return;
  answer->low = 0;
  answer->high = highest;
  answer->flags |= CRITMIN_FLAG_UNBOUNDED;
}

critmin_interval cm_answer_interval(const critmin_answer *a) {
  if (isnan(a->low) || isnan(a->high)) return (critmin_interval){a->value, a->value, a->value};
  return (critmin_interval){a->value, a->low, a->high};
}
