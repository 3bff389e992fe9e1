/* SPDX-License-Identifier: MIT */
/* What an edition of the European Commission's study has on record, and who stands for a group of minerals. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/assess.h"
#include "metrics/metric_eu.h"
#include "metrics/presets.h"

const char cm_eu_source[] = "eu_crm";
const char cm_eu_substitution[] = "substitution_index_supply_risk";
static const int32_t editions[] = {2010, 2014, 2017, 2020, 2023};

cm_eu_terms cm_eu_terms_of(const critmin_model *m, const cm_values *values) {
  cm_eu_terms t = {.edition = editions[(int)values->number[CM_P_OWN + CM_EU_EDITION]]};
  t.ranked = (int)values->number[CM_P_OWN + CM_EU_FIGURES] == CM_EU_RANKED;
  char key[16];
  snprintf(key, sizeof key, "%d", (int)t.edition);
  snprintf(t.preset, sizeof t.preset, "eu_%d", (int)t.edition);
  t.study = cm_edition_of(m, cm_eu_source, key);
  return t;
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

const cm_model_market *cm_eu_market(const critmin_model *m, int32_t stage, int32_t edition) {
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

static const cm_flow_market *own_sourcing(const critmin_model *m, int32_t stage, int32_t edition) {
  const cm_model_stage *s = &m->stages[stage];
  for (int32_t i = s->first_flow; i < s->first_flow + s->n_flows; i++) {
    if (m->flow_markets[i].edition == edition) return &m->flow_markets[i];
  }
  return NULL;
}

const cm_model_parameter *cm_eu_printed(const critmin_model *m, int32_t mineral, int32_t stage, const char *name,
                                        int32_t edition) {
  int32_t at = cm_parameter_in(m, mineral, stage, CM_NONE, name, edition);
  return at == CM_NONE ? NULL : &m->parameters[at];
}

static int holds(const critmin_model *m, const cm_model_mineral *group, int32_t mineral) {
  for (int32_t i = 0; i < group->n_members; i++) {
    if (m->members[group->first_member + i] == mineral) return 1;
  }
  return 0;
}

static int32_t stage_of(const critmin_model *m, int32_t mineral, const char *key) {
  const cm_model_mineral *of = &m->minerals[mineral];
  for (int32_t stage = of->first_stage; stage < of->first_stage + of->n_stages; stage++) {
    if (strcmp(m->stages[stage].key, key) == 0) return stage;
  }
  return CM_NONE;
}

const cm_flow_market *cm_eu_sourcing(const critmin_model *m, int32_t stage, int32_t edition) {
  const cm_flow_market *found = own_sourcing(m, stage, edition);
  for (size_t i = 0; i < m->n_minerals && !found; i++) {
    if (!holds(m, &m->minerals[i], m->stages[stage].mineral)) continue;
    int32_t same = stage_of(m, (int32_t)i, m->stages[stage].key);
    if (same != CM_NONE) found = own_sourcing(m, same, edition);
  }
  return found;
}

int32_t cm_eu_study_year(const critmin_model *m, const cm_eu_terms *t, int32_t stage, int32_t *first) {
  int32_t mineral = m->stages[stage].mineral;
  if (t->study == CM_NONE) return 0;
  const cm_model_market *market = cm_eu_market(m, stage, t->study);
  const cm_flow_market *sourcing = own_sourcing(m, stage, t->study);
  *first = market ? market->from / 10000 : sourcing ? sourcing->from_year : 0;
  if (*first) return market ? market->to / 10000 : sourcing->to_year;
  if (!cm_eu_printed(m, mineral, stage, "index_global", t->study) &&
      !cm_eu_printed(m, mineral, stage, "index_sourcing", t->study))
    return 0;
  return *first = m->editions[t->study].day / 10000;
}

int cm_eu_stage_on_record(const cm_eu_question *q, int32_t stage) {
  const critmin_model *m = q->model;
  int32_t mineral = m->stages[stage].mineral;
  if (q->terms.ranked) return cm_production_of(m, q->values, stage, q->year) != NULL;
  /* Of a group the study has the mean of its members, and prints no index of substitution. */
  if (m->minerals[mineral].n_members && !cm_eu_printed(m, mineral, CM_NONE, cm_eu_substitution, q->terms.study))
    return 0;
  int32_t first = 0, last = cm_eu_study_year(m, &q->terms, stage, &first);
  return last && (q->asked ? q->year >= first && q->year <= last + CM_YEARS_BEFORE : q->year == last);
}

int cm_eu_supply_has(const cm_eu_question *q, int32_t mineral) {
  const cm_model_mineral *of = &q->model->minerals[mineral];
  for (int32_t stage = of->first_stage; stage < of->first_stage + of->n_stages; stage++) {
    if (q->stage && strcmp(q->model->stages[stage].key, q->stage) != 0) continue;
    if (cm_eu_stage_on_record(q, stage)) return 1;
  }
  return 0;
}

/* Groups of minerals hold groups; the store does not keep them from going round. */
enum { DEEPEST = 8 };

/* What the study prints itself is not put together from others, whatever they are to one another elsewhere. */
static int is_made_of_members(const cm_eu_question *q, int32_t mineral) {
  int32_t edition = q->terms.ranked ? CM_NONE : q->terms.study;
  return !cm_eu_printed(q->model, mineral, CM_NONE, cm_eu_substitution, edition);
}

static void add_parts(const cm_eu_question *q, cm_eu_has has, int32_t mineral, int depth, cm_eu_parts *parts) {
  const cm_model_mineral *of = &q->model->minerals[mineral];
  if (has(q, mineral)) {
    for (int32_t i = 0; i < parts->n; i++) {
      if (parts->mineral[i] == mineral) return;
    }
    parts->mineral[parts->n++] = mineral;
    return;
  }
  if (of->n_members == 0 || !is_made_of_members(q, mineral)) {
    parts->missing = 1;
    return;
  }
  for (int32_t i = 0; i < of->n_members && depth < DEEPEST; i++)
    add_parts(q, has, q->model->members[of->first_member + i], depth + 1, parts);
}

critmin_status cm_eu_parts_of(const cm_eu_question *q, cm_eu_has has, int32_t mineral, cm_eu_parts *parts,
                              critmin_error *error) {
  *parts = (cm_eu_parts){.mineral = cm_alloc_array(q->model->n_minerals, sizeof *parts->mineral)};
  if (!parts->mineral) return cm_fail_memory(error);
  add_parts(q, has, mineral, 0, parts);
  return CRITMIN_OK;
}

int cm_eu_any_has(const cm_eu_question *q, cm_eu_has has, int32_t mineral, int depth) {
  const cm_model_mineral *of = &q->model->minerals[mineral];
  if (has(q, mineral)) return 1;
  if (of->n_members > 0 && !is_made_of_members(q, mineral)) return 0;
  for (int32_t i = 0; i < of->n_members && depth < DEEPEST; i++) {
    if (cm_eu_any_has(q, has, q->model->members[of->first_member + i], depth + 1)) return 1;
  }
  return 0;
}
