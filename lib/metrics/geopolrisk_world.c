/* SPDX-License-Identifier: MIT */
#include "metrics/geopolrisk_world.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

static const double NOT_ASKED = 2; /* more than any risk */

void cm_world_free(cm_world *w) {
  if (!w) return;
  cm_prices_free(&w->prices);
  for (size_t i = 0; i < w->n_years; i++) {
    cm_free(w->years[i].risk);
    cm_free(w->years[i].flags);
    cm_free(w->years[i].place);
  }
  cm_free(w->years);
  cm_free(w->imports);
  cm_free(w->country);
  cm_workspace_free(&w->workspace);
  cm_free(w);
}

static cm_world *make(const critmin_model *m) {
  size_t most = m->n_countries + 1;
  cm_world *w = cm_alloc_array(1, sizeof *w);
  if (!w) return NULL;
  w->stability = cm_indicator_place(m, "political_stability");
  critmin_geopolrisk_init(&w->terms);
  cm_geopolrisk_scale(&w->worst, &w->best);
  w->imports = cm_alloc_array(most * 4, sizeof *w->imports);
  w->country = cm_alloc_array(most, sizeof *w->country);
  if (!w->imports || !w->country) {
    cm_world_free(w);
    return NULL;
  }
  w->low = w->imports + most;
  w->high = w->low + most;
  w->risk = w->high + most;
  return w;
}

/* The risks of a year, those asked for before with it; NULL when memory ran out. */
static cm_risks *risks_of(cm_world *w, size_t countries, int32_t year) {
  for (size_t i = 0; i < w->n_years; i++) {
    if (w->years[i].year == year) return &w->years[i];
  }
  if (!cm_grow(&w->years, w->n_years, &w->years_room, sizeof *w->years)) return NULL;
  cm_risks *r = &w->years[w->n_years++];
  *r = (cm_risks){.year = year,
                  .risk = cm_alloc_array(countries, sizeof *r->risk),
                  .flags = cm_alloc_array(countries, sizeof *r->flags),
                  .place = cm_alloc_array(countries, sizeof *r->place)};
  if (!r->risk || !r->flags || !r->place) return NULL;
  for (size_t country = 0; country < countries; country++) r->risk[country] = NOT_ASKED;
  return r;
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
  if (!use->world) use->world = make(use->model);
  cm_world *w = use->world;
  if (!w) return cm_fail_memory(error);
  if (w->values == use->values && w->stage == use->stage && w->year == use->year) return CRITMIN_OK;
  w->values = NULL;
  critmin_status status = measure(use, w, error);
  if (status) return status;
  if (form && !cm_prices_find(&w->prices, use->model, use->stage, use->year, form)) return cm_fail_memory(error);
  w->risks = risks_of(w, use->model->n_countries, use->year);
  if (!w->risks) return cm_fail_memory(error);
  w->values = use->values;
  w->stage = use->stage;
  w->year = use->year;
  return CRITMIN_OK;
}

static critmin_status find_risk(const cm_use *use, const cm_world *w, int32_t country, critmin_error *error) {
  const critmin_model *m = use->model;
  int32_t place = w->stability == CM_NONE ? CM_NONE : cm_model_score(m, w->stability, country, use->year);
  critmin_answer a;
  critmin_answer_init(&a);
  double stability = place == CM_NONE ? NAN : m->scores.value[place];
  critmin_status status = cm_geopolrisk_risk(stability, w->worst, w->best, &a, error);
  w->risks->risk[country] = a.value;
  w->risks->place[country] = place;
  w->risks->flags[country] = a.flags & CRITMIN_FLAG_CLAMPED;
  if (place != CM_NONE && m->scores.year[place] < use->year)
    w->risks->flags[country] |= CRITMIN_FLAG_WGI_CARRIED;
  return status;
}

critmin_status cm_world_risk(cm_use *use, int32_t country, double *risk, critmin_error *error) {
  const cm_world *w = use->world;
  critmin_status status = w->risks->risk[country] > 1 ? find_risk(use, w, country, error) : CRITMIN_OK;
  if (status) return status;
  *risk = w->risks->risk[country];
  use->flags[CM_TERM_ASSESSMENT] |= w->risks->flags[country];
  if (w->risks->place[country] != CM_NONE)
    cm_use_tell_score(use, CM_TERM_ASSESSMENT, country, w->stability, w->risks->place[country]);
  return CRITMIN_OK;
}
