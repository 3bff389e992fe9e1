/* SPDX-License-Identifier: MIT */
#include "metrics/geopolrisk_world.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "critmin/criticality.h"

static const double NOT_ASKED = 2; /* more than any risk */

void cm_world_free(cm_world *w) {
  if (!w) return;
  cm_prices_free(&w->prices);
  cm_free(w->risk);
  cm_free(w->flags);
  cm_free(w->place);
  cm_workspace_free(&w->workspace);
  cm_free(w);
}

static cm_world *make(size_t countries) {
  cm_world *w = cm_alloc_array(1, sizeof *w);
  if (!w) return NULL;
  w->risk = cm_alloc_array(countries, sizeof *w->risk);
  w->flags = cm_alloc_array(countries, sizeof *w->flags);
  w->place = cm_alloc_array(countries, sizeof *w->place);
  if (w->risk && w->flags && w->place) return w;
  cm_world_free(w);
  return NULL;
}

/* Concentration of production, as the metric of that name has it: a question of the same market with nobody in it. */
static critmin_status measure(cm_use *use, cm_world *w, critmin_error *error) {
  const double *given = use->values->number;
  int hhi = cm_metric_find("hhi"), outlook = (int)given[CM_P_OUTLOOK];
  const char *scenario = use->values->text[CM_P_SCENARIO];
  cm_values values;
  critmin_status status = cm_values_read(&cm_metrics[hhi], NULL, &values, error);
  if (status) return status;
  values.number[CM_P_OUTLOOK] = outlook;
  values.text[CM_P_SCENARIO] = scenario;
  values.number[CM_P_LISTED_ONLY] = given[CM_P_LISTED_ONLY];
  if ((int)given[CM_P_RESIDUAL] != CM_RESIDUAL_UNKNOWN) values.number[CM_P_RESIDUAL] = given[CM_P_RESIDUAL];
  w->market = use->ledger->measure[CM_PRODUCTION] == CM_NONE
                  ? NULL
                  : cm_model_market_of(use->model, use->stage, use->ledger->measure[CM_PRODUCTION], CM_OF_COUNTRIES,
                                       use->year, outlook == CM_OUTLOOK_ANY ? CM_NONE : outlook == CM_OUTLOOK_PROJECTED,
                                       *scenario ? scenario : NULL);
  cm_plan plan = {.model = use->model, .metrics = &hhi, .values = &values, .n_metrics = 1};
  cm_row row = {.mineral = use->model->stages[use->stage].mineral,
                .stage = use->stage,
                .year = use->year,
                .market = w->market,
                .country = CM_NONE,
                .party = CM_NONE,
                .partner = CM_NONE,
                .partner_party = CM_NONE};
  status = cm_evaluate(&plan, &row, &w->workspace, error);
  w->hhi = row.answer;
  return status;
}

critmin_status cm_world_of(cm_use *use, const char *form, critmin_error *error) {
  if (!use->world) use->world = make(use->model->n_countries);
  cm_world *w = use->world;
  if (!w) return cm_fail_memory(error);
  if (w->values == use->values && w->stage == use->stage && w->year == use->year) return CRITMIN_OK;
  w->values = NULL;
  critmin_status status = measure(use, w, error);
  if (status) return status;
  if (form && !cm_prices_find(&w->prices, use->model, use->stage, use->year, form)) return cm_fail_memory(error);
  if (w->year_of_risk != use->year) {
    for (size_t country = 0; country < use->model->n_countries; country++) w->risk[country] = NOT_ASKED;
  }
  w->year_of_risk = use->year;
  w->values = use->values;
  w->stage = use->stage;
  w->year = use->year;
  return CRITMIN_OK;
}

static critmin_status find_risk(const cm_use *use, cm_world *w, int32_t country, critmin_error *error) {
  const critmin_model *m = use->model;
  int32_t indicator = cm_indicator_place(m, "political_stability");
  int32_t place = indicator == CM_NONE ? CM_NONE : cm_model_score(m, indicator, country, use->year);
  critmin_answer a;
  critmin_answer_init(&a);
  critmin_status status = critmin_geopolrisk_risk(place == CM_NONE ? NAN : m->scores.value[place], &a, error);
  w->risk[country] = a.value;
  w->place[country] = place;
  w->flags[country] = a.flags & CRITMIN_FLAG_CLAMPED;
  if (place != CM_NONE && m->scores.year[place] < use->year) w->flags[country] |= CRITMIN_FLAG_WGI_CARRIED;
  return status;
}

critmin_status cm_world_risk(cm_use *use, int32_t country, double *risk, critmin_error *error) {
  cm_world *w = use->world;
  critmin_status status = w->risk[country] > 1 ? find_risk(use, w, country, error) : CRITMIN_OK;
  if (status) return status;
  *risk = w->risk[country];
  use->flags[CM_TERM_ASSESSMENT] |= w->flags[country];
  if (w->place[country] != CM_NONE)
    cm_use_tell_score(use, CM_TERM_ASSESSMENT, country, cm_indicator_place(use->model, "political_stability"),
                      w->place[country]);
  return CRITMIN_OK;
}
