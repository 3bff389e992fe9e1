/* SPDX-License-Identifier: MIT */
/*
 * From a selection to rows. What is named is resolved once; each mineral then gives its stages, each stage the years on
 * record or asked for, and each year a market, which gives one row or one for each producer.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/assess.h"
#include "metrics/use.h"

/* What the rows are made from, while they are made. */
typedef struct making {
  cm_plan *plan;
  const critmin_model *model;
  const critmin_selection *selection;
  const cm_names *stages;
  int has_years, named; /* named: a cell that is missing is told, not passed over */
  int32_t first_year, last_year;
  int32_t *years; /* of one group of stages */
  size_t n_years, years_room;
  int failed;
} making;

int32_t cm_plan_day(const cm_plan *plan, int32_t year) {
  return plan->day ? plan->day : year * 10000 + 701;
}

void cm_plan_free(cm_plan *plan) {
  cm_ledger_free(plan);
  for (size_t i = 0; i < plan->n_rows; i++) {
    cm_free(plan->rows[i].pairs);
    cm_free(plan->rows[i].editions);
  }
  cm_free(plan->metrics);
  cm_free(plan->values);
  cm_free(plan->parties);
  cm_free(plan->partners);
  cm_free(plan->groups);
  cm_free(plan->answers);
  cm_free(plan->rows);
  memset(plan, 0, sizeof *plan);
}

static critmin_status read_metrics(cm_plan *plan, const critmin_selection *selection, critmin_error *error) {
  const cm_names *names = cm_selection_names(selection, CM_METRIC);
  if (names->count == 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "no metric is named; add one along `metric`, such as hhi");
  plan->metrics = cm_alloc_array(names->count, sizeof *plan->metrics);
  plan->values = cm_alloc_array(names->count, sizeof *plan->values);
  if (!plan->metrics || !plan->values) return cm_fail_memory(error);
  for (size_t i = 0; i < names->count; i++) {
    int metric = cm_metric_find(names->names[i]);
    if (metric == CM_NONE) return cm_metric_unknown(names->names[i], error);
    size_t j = 0;
    while (j < plan->n_metrics && plan->metrics[j] != metric) j++;
    if (j < plan->n_metrics) continue;
    plan->metrics[plan->n_metrics] = metric;
    cm_values *values = &plan->values[plan->n_metrics++];
    const cm_assessment *assessment = cm_metric_assessment(&cm_metrics[metric]);
    critmin_status status = cm_values_read(&cm_metrics[metric], selection, values, error);
    if (!status && assessment && assessment->check) status = assessment->check(plan, values, error);
    if (!status && cm_metrics[metric].traded) status = cm_trade_check(plan->model, &cm_metrics[metric], values, error);
    if (status) return status;
  }
  return cm_options_check(selection, plan->metrics, plan->n_metrics, error);
}

/* A model is of one source and edition; a question about another one cannot be answered from it. */
static critmin_status check_loaded(const critmin_model *model, const critmin_selection *selection,
                                   critmin_error *error) {
  const struct { const char *name, *loaded; } options[] = {{"source", model->source}, {"edition", model->edition}};
  for (size_t i = 0; i < 2; i++) {
    const char *asked = cm_selection_option(selection, options[i].name);
    if (asked && (!options[i].loaded || !cm_name_equal(asked, options[i].loaded)))
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "the model was not loaded with %s `%s`; load one that is",
                     options[i].name, asked);
  }
  if (model->has_years && selection && selection->has_years &&
      (selection->first_year < model->first_year || selection->last_year > model->last_year))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "the model was loaded with the years %d to %d alone; load one with all that are asked for",
                   (int)model->first_year, (int)model->last_year);
  return CRITMIN_OK;
}

/* A country in two of the groups would be counted twice. */
static critmin_status check_overlap(const cm_plan *plan, int32_t year, critmin_error *error) {
  const critmin_model *m = plan->model;
  for (size_t country = 0; country < m->n_countries; country++) {
    const cm_party *in = NULL;
    for (size_t i = 0; i < plan->n_groups; i++) {
      if (!cm_party_has(m, &plan->groups[i], (int32_t)country, cm_plan_day(plan, year))) continue;
      if (in)
        return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                       "`%s` is in both `%s` and `%s` in %d; as producers they cannot overlap, so ask for each alone",
                       m->countries[country].key, cm_party_key(m, in), cm_party_key(m, &plan->groups[i]), (int)year);
      in = &plan->groups[i];
    }
  }
  return CRITMIN_OK;
}

static int stage_selected(const making *k, int32_t stage) {
  for (size_t i = 0; i < k->stages->count; i++) {
    if (cm_model_stage_is(k->model, stage, k->stages->names[i])) return 1;
  }
  return k->stages->count == 0;
}

static void add_row_of(making *k, int32_t metric, int32_t mineral, int32_t stage, int32_t year,
                       const cm_model_market *market, int32_t country, int32_t party) {
  cm_plan *plan = k->plan;
  if (k->failed || !cm_grow(&plan->rows, plan->n_rows, &plan->rows_room, sizeof *plan->rows)) {
    k->failed = 1;
    return;
  }
  plan->rows[plan->n_rows++] = (cm_row){
      .metric = metric,
      .mineral = mineral,
      .stage = stage,
      .year = year,
      .market = market,
      .country = country,
      .party = party,
      .order = party != CM_NONE     ? party
               : country != CM_NONE ? k->model->countries[country].order
                                    : CM_NONE,
      .partner = CM_NONE,
      .partner_party = CM_NONE,
      .at = CM_NONE,
  };
}

static void add_row(making *k, int32_t metric, int32_t stage, int32_t year, const cm_model_market *market,
                    int32_t country, int32_t party) {
  add_row_of(k, metric, k->model->stages[stage].mineral, stage, year, market, country, party);
}

static int has_members(const cm_plan *plan, const cm_party *party, int32_t year) {
  if (party->group == CM_NONE) return 1;
  for (size_t country = 0; country < plan->model->n_countries; country++) {
    if (cm_party_has(plan->model, party, (int32_t)country, cm_plan_day(plan, year))) return 1;
  }
  return 0;
}

static void rows_of_parties(making *k, int32_t metric, int32_t stage, int32_t year, const cm_model_market *market) {
  cm_plan *plan = k->plan;
  for (size_t i = 0; i < plan->n_parties; i++) {
    add_row(k, metric, stage, year, market, plan->parties[i].country, (int32_t)i);
    if (!k->failed) plan->rows[plan->n_rows - 1].undefined = !has_members(plan, &plan->parties[i], year);
  }
}

static int add_user(void *user, int32_t metric, int32_t stage, int32_t year, int32_t country) {
  making *k = user;
  add_row(k, metric, stage, year, NULL, country, CM_NONE);
  return !k->failed;
}

static void rows_of_market(making *k, int32_t metric, int32_t stage, int32_t year, const cm_model_market *market) {
  cm_plan *plan = k->plan;
  cm_subject subject = cm_metrics[plan->metrics[metric]].subject;
  if (subject != CM_SUBJECT_MARKET && plan->n_parties) {
    rows_of_parties(k, metric, stage, year, market);
    return;
  }
  if (subject == CM_SUBJECT_USER || subject == CM_SUBJECT_PAIR) {
    if (!cm_users_each(plan, metric, stage, year, add_user, k)) k->failed = 1;
    return;
  }
  if (subject != CM_SUBJECT_COUNTRY || !market) {
    add_row(k, metric, stage, year, market, CM_NONE, CM_NONE);
    for (size_t i = 0; i < plan->n_groups && !k->failed; i++)
      plan->rows[plan->n_rows - 1].undefined |= !has_members(plan, &plan->groups[i], year);
    return;
  }
  const cm_figures *f = &k->model->figures;
  for (int32_t i = market->first; i < market->first + market->n; i++) {
    if (f->status[i] != CM_STATUS_NOT_AVAILABLE) add_row(k, metric, stage, year, market, f->country[i], CM_NONE);
  }
}

static const cm_model_market *market_of(const making *k, int32_t metric, int32_t stage, int32_t year) {
  const cm_values *values = &k->plan->values[metric];
  int outlook = (int)values->number[CM_P_OUTLOOK];
  const char *scenario = values->text[CM_P_SCENARIO];
  static const char *const measures[] = {"production", "capacity", "reserves"};
  int32_t measure = cm_measure_place(k->model, measures[(int)values->number[CM_P_MEASURE]]);
  if (measure == CM_NONE) return NULL;
  return cm_model_market_of(k->model, stage, measure, CM_OF_COUNTRIES, year,
                            outlook == CM_OUTLOOK_ANY ? CM_NONE : outlook == CM_OUTLOOK_PROJECTED,
                            *scenario ? scenario : NULL);
}

/* Whether anything is on record that the metric could be computed from, and in which market where it is of one. */
static int on_record(const making *k, int32_t metric, int32_t stage, int32_t year, const cm_model_market **market) {
  *market = NULL;
  if (cm_metric_is_of_user(&cm_metrics[k->plan->metrics[metric]]))
    return cm_users_on_record(k->plan, metric, stage, year);
  *market = market_of(k, metric, stage, year);
  return *market != NULL;
}

static void add_year(making *k, int32_t year) {
  size_t at = 0;
  while (at < k->n_years && k->years[at] < year) at++;
  if (at < k->n_years && k->years[at] == year) return;
  if (!cm_grow(&k->years, k->n_years, &k->years_room, sizeof *k->years)) {
    k->failed = 1;
    return;
  }
  memmove(&k->years[at + 1], &k->years[at], (k->n_years - at) * sizeof *k->years);
  k->years[at] = year;
  k->n_years++;
}

/* The years a stage is asked about: those named, or all that are on record. */
static void years_of(making *k, int32_t metric, int32_t stage) {
  if (k->has_years) {
    for (int32_t year = k->first_year; year <= k->last_year; year++) add_year(k, year);
    return;
  }
  const cm_model_stage *s = &k->model->stages[stage];
  for (int32_t i = 0; i < s->n_markets; i++) {
    const cm_model_market *market = &k->model->markets[s->first_market + i];
    if (market->detail != CM_OF_COUNTRIES) continue;
    for (int32_t year = market->from / 10000; year <= market->to / 10000; year++) add_year(k, year);
  }
  for (int32_t i = 0; i < s->n_flows && cm_metric_is_of_user(&cm_metrics[k->plan->metrics[metric]]); i++) {
    const cm_flow_market *market = &k->model->flow_markets[s->first_flow + i];
    for (int32_t year = market->from_year; year <= market->to_year; year++) add_year(k, year);
  }
}

/* The next stage of a mineral, from `stage` on, that is of the kind and asked for; CM_NONE at the end. */
static int32_t next_stage(const making *k, int32_t mineral, int32_t kind, int32_t stage) {
  const cm_model_mineral *m = &k->model->minerals[mineral];
  if (stage == CM_NONE) stage = m->first_stage;
  for (; stage < m->first_stage + m->n_stages; stage++) {
    if (k->model->stages[stage].kind == kind && stage_selected(k, stage)) return stage;
  }
  return CM_NONE;
}

/* Groups of minerals hold groups; the store does not keep them from going round. */
enum { DEEPEST = 8 };

static void years_of_kind(making *k, int32_t metric, int32_t mineral, int32_t kind, int depth) {
  const cm_model_mineral *m = &k->model->minerals[mineral];
  for (int32_t stage = next_stage(k, mineral, kind, CM_NONE); stage != CM_NONE;
       stage = next_stage(k, mineral, kind, stage + 1))
    years_of(k, metric, stage);
  for (int32_t i = 0; i < m->n_members && depth < DEEPEST; i++)
    years_of_kind(k, metric, k->model->members[m->first_member + i], kind, depth + 1);
}

static int has_market(const making *k, int32_t metric, int32_t mineral, int32_t kind, int32_t year) {
  for (int32_t stage = next_stage(k, mineral, kind, CM_NONE); stage != CM_NONE;
       stage = next_stage(k, mineral, kind, stage + 1)) {
    const cm_model_market *market;
    if (on_record(k, metric, stage, year, &market)) return 1;
  }
  return 0;
}

/* Rows of the stages of one kind in one year: of the mineral where it has figures, of its members elsewhere. 1 when
 * there are any. */
static int rows_of_kind(making *k, int32_t metric, int32_t mineral, int32_t kind, int32_t year, int depth) {
  const cm_model_mineral *m = &k->model->minerals[mineral];
  int found = 0;
  for (int32_t stage = next_stage(k, mineral, kind, CM_NONE); stage != CM_NONE;
       stage = next_stage(k, mineral, kind, stage + 1)) {
    const cm_model_market *market;
    if (!on_record(k, metric, stage, year, &market)) continue;
    rows_of_market(k, metric, stage, year, market);
    found = 1;
  }
  if (found) return 1;
  for (int32_t i = 0; i < m->n_members && depth < DEEPEST; i++)
    found |= rows_of_kind(k, metric, k->model->members[m->first_member + i], kind, year, depth + 1);
  return found;
}

static int named_by_key(const making *k, int32_t stage) {
  for (size_t i = 0; i < k->stages->count; i++) {
    if (cm_name_equal(k->model->stages[stage].key, k->stages->names[i])) return 1;
  }
  return 0;
}

/* Cells that were asked for by mineral, stage and year and are not there: all of a kind that has none, else those named
 * by key. */
static void missing_rows(making *k, int32_t metric, int32_t mineral, int32_t kind, int32_t year, int found) {
  if (found && !has_market(k, metric, mineral, kind, year)) return; /* members stand for it */
  for (int32_t stage = next_stage(k, mineral, kind, CM_NONE); stage != CM_NONE;
       stage = next_stage(k, mineral, kind, stage + 1)) {
    const cm_model_market *market;
    if ((!found || named_by_key(k, stage)) && !on_record(k, metric, stage, year, &market))
      rows_of_market(k, metric, stage, year, NULL);
  }
}

static int add_assessed(void *user, int32_t metric, int32_t mineral, int32_t stage, int32_t year, int32_t country,
                        int32_t party, int missing) {
  making *k = user;
  add_row_of(k, metric, mineral, stage, year, NULL, country, party);
  if (!k->failed) k->plan->rows[k->plan->n_rows - 1].missing = missing;
  if (!k->failed && party != CM_NONE)
    k->plan->rows[k->plan->n_rows - 1].undefined = !has_members(k->plan, &k->plan->parties[party], year);
  return !k->failed;
}

static int stage_is_asked(const void *user, int32_t stage) {
  return stage_selected(user, stage);
}

static void rows_of_assessed(making *k, int32_t metric, int32_t mineral) {
  const cm_asking asking = {
      .plan = k->plan,
      .metric = metric,
      .stage_is_asked = stage_is_asked,
      .any_stage = k->stages->count == 0,
      .named = cm_selection_names(k->selection, CM_MINERAL)->count > 0,
      .first_year = k->has_years ? k->first_year : 0,
      .last_year = k->has_years ? k->last_year : 0,
      .row = add_assessed,
      .making = k,
  };
  if (!cm_assessed_each(&asking, mineral)) k->failed = 1;
}

static void rows_of_mineral(making *k, int32_t metric, int32_t mineral) {
  if (cm_metrics[k->plan->metrics[metric]].subject == CM_SUBJECT_ASSESSED) {
    rows_of_assessed(k, metric, mineral);
    return;
  }
  for (int32_t kind = 0; kind < CM_STAGE_KINDS; kind++) {
    k->n_years = 0;
    years_of_kind(k, metric, mineral, kind, 0);
    for (size_t y = 0; y < k->n_years && !k->failed; y++) {
      int found = rows_of_kind(k, metric, mineral, kind, k->years[y], 0);
      if (k->named) missing_rows(k, metric, mineral, kind, k->years[y], found);
    }
  }
}

/* Whether any stage of the mineral, or of its members, is meant by the word. */
static int mineral_has_stage(const critmin_model *model, int32_t mineral, const char *word, int depth) {
  const cm_model_mineral *m = &model->minerals[mineral];
  for (int32_t stage = m->first_stage; stage < m->first_stage + m->n_stages; stage++) {
    if (cm_model_stage_is(model, stage, word)) return 1;
  }
  for (int32_t i = 0; i < m->n_members && depth < DEEPEST; i++) {
    if (mineral_has_stage(model, model->members[m->first_member + i], word, depth + 1)) return 1;
  }
  return 0;
}

static critmin_status no_stage(const critmin_model *model, const int32_t *minerals, size_t n, const char *word,
                               critmin_error *error) {
  if (!cm_model_stage_word(model, word)) return cm_model_no_stage(model, word, error);
  cm_buffer chain = {0};
  const cm_model_mineral *m = &model->minerals[minerals[0]];
  for (int32_t stage = m->first_stage; stage < m->first_stage + m->n_stages; stage++) {
    if (chain.length) cm_buffer_add(&chain, ", ");
    cm_buffer_add(&chain, model->stages[stage].key);
  }
  critmin_status status =
      n == 1 ? cm_fail(error, CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "the chain of `%s` has no stage `%s`; it has: %s",
                       m->key, word, chain.data ? chain.data : "none")
             : cm_fail(error, CRITMIN_ERROR_STAGE_NOT_IN_CHAIN,
                       "no chain of the %zu minerals has a stage `%s`; that of `%s` has: %s", n, word, m->key,
                       chain.data ? chain.data : "none");
  cm_buffer_free(&chain);
  return status;
}

static critmin_status read_minerals(const making *k, int32_t **minerals, size_t *n, critmin_error *error) {
  const cm_names *names = cm_selection_names(k->selection, CM_MINERAL);
  size_t most = names->count ? names->count : k->model->n_minerals;
  *minerals = cm_alloc_array(most, sizeof **minerals);
  if (!*minerals) return cm_fail_memory(error);
  *n = 0;
  for (size_t i = 0; i < most; i++) {
    int32_t mineral = (int32_t)i;
    if (names->count) {
      critmin_status status = cm_model_find_mineral(k->model, names->names[i], &mineral, error);
      if (status) return status;
      if (k->model->minerals[mineral].loaded != CM_LOADED)
        return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "the model was loaded without `%s`; load one with it",
                       names->names[i]);
    }
    if (k->model->minerals[mineral].loaded == CM_LOADED) (*minerals)[(*n)++] = mineral;
  }
  for (size_t i = 0; i < k->stages->count; i++) {
    int has = 0;
    for (size_t j = 0; j < *n && !has; j++) has = mineral_has_stage(k->model, (*minerals)[j], k->stages->names[i], 0);
    if (!has && *n) return no_stage(k->model, *minerals, *n, k->stages->names[i], error);
  }
  return CRITMIN_OK;
}

static int in_order(const void *a, const void *b) {
  const cm_row *x = a, *y = b;
  if (x->metric != y->metric) return x->metric < y->metric ? -1 : 1;
  if (x->mineral != y->mineral) return x->mineral < y->mineral ? -1 : 1;
  if (x->stage != y->stage) return (uint32_t)x->stage < (uint32_t)y->stage ? -1 : 1; /* that of the mineral last */
  if (x->year != y->year) return x->year < y->year ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* Rows in order, each once: a mineral may be named and be a member of a group that is named too. */
static void settle(cm_plan *plan) {
  if (plan->n_rows == 0) return;
  qsort(plan->rows, plan->n_rows, sizeof *plan->rows, in_order);
  size_t n = 0;
  for (size_t i = 0; i < plan->n_rows; i++) {
    if (n == 0 || in_order(&plan->rows[n - 1], &plan->rows[i]) != 0) plan->rows[n++] = plan->rows[i];
  }
  plan->n_rows = n;
}

static critmin_status check_groups(const cm_plan *plan, critmin_error *error) {
  if (!cm_plan_any_about(plan, CM_SUBJECT_MARKET, CM_SUBJECT_MARKET) || plan->n_groups < 2) return CRITMIN_OK;
  int32_t checked = CM_NONE;
  for (size_t i = 0; i < plan->n_rows; i++) {
    if (plan->rows[i].year == checked) continue;
    critmin_status status = check_overlap(plan, plan->rows[i].year, error);
    if (status) return status;
    checked = plan->rows[i].year;
  }
  return CRITMIN_OK;
}

static critmin_status make_rows(making *k, critmin_error *error) {
  int32_t *minerals = NULL;
  size_t n = 0;
  critmin_status status = read_minerals(k, &minerals, &n, error);
  for (size_t metric = 0; metric < k->plan->n_metrics && !status; metric++) {
    for (size_t i = 0; i < n; i++) rows_of_mineral(k, (int32_t)metric, minerals[i]);
  }
  cm_free(minerals);
  cm_free(k->years);
  if (status) return status;
  if (k->failed) return cm_fail_memory(error);
  settle(k->plan);
  if (k->plan->n_rows == 0 && k->model->edition)
    return cm_fail(error, CRITMIN_ERROR_EMPTY_SELECTION,
                   "no edition by `%s` has anything of these minerals, stages and years; ask for a later day, or list the "
                   "editions",
                   k->model->edition);
  if (k->plan->n_rows == 0)
    return cm_fail(error, CRITMIN_ERROR_EMPTY_SELECTION,
                   "nothing is on record for these minerals, stages and years together; ask for fewer restrictions, or "
                   "list the figures");
  return check_groups(k->plan, error);
}

critmin_status cm_plan_make(cm_plan *plan, const critmin_model *model, const critmin_selection *selection,
                            critmin_error *error) {
  memset(plan, 0, sizeof *plan);
  plan->model = model;
  critmin_status status = read_metrics(plan, selection, error);
  if (!status) status = check_loaded(model, selection, error);
  if (!status) status = cm_plan_check_dimensions(plan, selection, error);
  if (!status) status = cm_plan_read_parties(plan, selection, error);
  making k = {.plan = plan, .model = model, .selection = selection, .stages = cm_selection_names(selection, CM_STAGE)};
  k.has_years = selection && selection->has_years;
  k.named = k.has_years && k.stages->count && cm_selection_names(selection, CM_MINERAL)->count;
  plan->named = k.named;
  if (k.has_years) {
    k.first_year = selection->first_year;
    k.last_year = selection->last_year;
  } else if (model->has_years) {
    k.has_years = 1;
    k.first_year = model->first_year;
    k.last_year = model->last_year;
  }
  if (!status && cm_plan_any_about(plan, CM_SUBJECT_SUPPLIER, CM_SUBJECT_ASSESSED)) status = cm_ledger_make(plan, error);
  if (!status) status = make_rows(&k, error);
  if (!status && cm_plan_any_about(plan, CM_SUBJECT_USER, CM_SUBJECT_ASSESSED)) status = cm_ledger_turn(plan, error);
  if (status) cm_plan_free(plan);
  return status;
}
