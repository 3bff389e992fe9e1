/* SPDX-License-Identifier: MIT */
/* Behind a cell of a market: its producers with what each adds, the printed total, what is unlisted, and the scores. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/assess.h"
#include "metrics/explain.h"

/* What each producer holds, by itself and as a part of the market, and what that adds to the answer. */
typedef struct account {
  cm_assembly alone; /* the market with every producer by itself */
  double *share, *adds;
  double sum; /* of what they add */
} account;

static critmin_status share_of(const cm_assembly *a, int64_t cell, double *share, critmin_error *error) {
  critmin_answer answer;
  critmin_answer_init(&answer);
  critmin_status status = critmin_share(a->quantity, a->n, cell, &a->supply, &answer, error);
  *share = answer.value;
  return status == CRITMIN_ERROR_NEGATIVE || status == CRITMIN_ERROR_INVALID_VALUE ? CRITMIN_OK : status;
}

static int64_t rank_of(const double *share, int64_t n, int64_t i) {
  int64_t rank = 0;
  for (int64_t j = 0; j < n; j++) rank += share[j] > share[i] || (share[j] == share[i] && j < i);
  return rank;
}

static cm_trade trade_of(const cm_telling *t, const cm_assembly *a, int32_t country) {
  const cm_trade_terms terms = cm_trade_terms_asked(t->model, t->values);
  return cm_trade_find(t->model, a->market->stage, country, a->day, &terms);
}

/* A group that counts as one producer of a market adds as one: its members add nothing by themselves. */
static critmin_status add_up(const cm_telling *t, const cm_assembly *a, const cm_plan *plan, account *told,
                             critmin_error *error) {
  const cm_values *values = &plan->values[t->row->metric];
  critmin_status status = cm_assemble(&told->alone, t->model, t->row->market, t->row->year, values, NULL, 0, 0, error);
  if (status) return status;
  int64_t n = told->alone.n_listed;
  told->share = cm_alloc_array((size_t)n, sizeof *told->share);
  told->adds = cm_alloc_array((size_t)n, sizeof *told->adds);
  if (!told->share || !told->adds) return cm_fail_memory(error);
  for (int64_t i = 0; i < n && !status; i++) status = share_of(&told->alone, i, &told->share[i], error);
  for (int64_t i = 0; i < n && !status; i++) {
    const cm_listed *cell = &a->listed[i];
    told->adds[i] = NAN;
    if (!t->metric->contribution || (cell->party != CM_NONE && t->metric->subject == CM_SUBJECT_MARKET)) continue;
    cm_governance_score score = {.weight = NAN};
    if (t->metric->governed) status = cm_governance_of(t->model, cell->country, a->year, t->own, &score, error);
    if (t->metric->traded) score.weight *= trade_of(t, a, cell->country).value;
    cm_part part = {.share = told->share[i],
                    .quantity = cell->quantity,
                    .governance = score.weight,
                    .rank = rank_of(told->share, n, i),
                    .own = t->own,
                    .rest_of_demand = t->row->rest_of_demand,
                    .is_subject = t->row->party != CM_NONE ? cell->party != CM_NONE : cell->country == t->row->country};
    told->adds[i] = t->metric->contribution(&part);
    if (!isnan(told->adds[i])) told->sum += told->adds[i];
  }
  return status;
}

static void tell_scores(const cm_telling *t, int32_t country, const cm_governance_score *score) {
  const critmin_model *m = t->model;
  for (int i = 0; i < CM_DIMENSIONS_OF_GOVERNANCE; i++) {
    if (score->place[i] == CM_NONE) continue;
    const cm_series *series = &m->series[(size_t)score->indicator[i] * m->n_countries + (size_t)country];
    int32_t first_year = t->row->year - (int32_t)t->own[CM_OWN_WGI_YEARS] + 1;
    for (int32_t place = score->place[i]; place < series->first + series->n; place++) {
      if (place > score->place[i] && m->scores.year[place] < first_year) break;
      cm_tell_score(t, country, score->indicator[i], place);
    }
  }
}

static void tell_trade(const cm_telling *t, const cm_assembly *a, int32_t country) {
  cm_trade trade = trade_of(t, a, country);
  if (trade.restriction) {
    cm_tell_begin(t, "restriction");
    cm_tell_restriction(t, trade.restriction);
  }
  if (trade.assumption || trade.parameter != CM_NONE) cm_tell_begin(t, "trade_parameter");
  if (trade.assumption) cm_tell_assumption(t, trade.assumption);
  if (trade.parameter != CM_NONE) cm_tell_parameter(t, trade.parameter);
}

static critmin_status tell_producers(const cm_telling *t, const cm_assembly *a, const account *told,
                                     critmin_error *error) {
  for (int64_t i = 0; i < a->n_listed; i++) {
    const cm_listed *cell = &a->listed[i];
    if (cell->figure != CM_NONE) {
      cm_tell_figure(t, "producer", t->row->market, cell->figure, told->adds[i]);
      continue;
    }
    cm_tell_begin(t, "producer");
    cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, t->model->countries[cell->country].key);
    cm_builder_text(t->b, CM_EXPLAIN_STATUS, cm_status_words[CM_STATUS_WITHHELD]);
    cm_builder_number(t->b, CM_EXPLAIN_CONTRIBUTION, told->adds[i]);
    cm_builder_text(t->b, CM_EXPLAIN_NOTE, "the printed total leaves it out, and no figure of its own is printed");
  }
  cm_governance_score score;
  for (int64_t i = 0; i < a->n_listed && t->metric->governed; i++) {
    if (a->listed[i].quantity == 0) continue;
    critmin_status status = cm_governance_of(t->model, a->listed[i].country, a->year, t->own, &score, error);
    if (status) return status;
    tell_scores(t, a->listed[i].country, &score);
    if (t->metric->traded) tell_trade(t, a, a->listed[i].country);
  }
  return CRITMIN_OK;
}

/* Groups that count as one: what their members hold together, and what that adds. */
static critmin_status tell_groups(const cm_telling *t, const cm_plan *plan, const cm_assembly *a, account *told,
                                  critmin_error *error) {
  for (int64_t p = 0; t->metric->subject == CM_SUBJECT_MARKET && p < a->n_parties; p++) {
    int64_t cell = a->parties[p].cell, rank = 0;
    double share, other;
    critmin_status status = share_of(a, cell, &share, error);
    for (int64_t i = 0; i < a->n && !status; i++) {
      if (i == cell) continue;
      status = share_of(a, i, &other, error);
      rank += other > share;
    }
    if (status) return status;
    cm_part part = {
        .share = share, .quantity = a->quantity[cell], .governance = a->weight[cell], .rank = rank, .own = t->own};
    double adds = t->metric->contribution ? t->metric->contribution(&part) : NAN;
    if (!isnan(adds)) told->sum += adds;
    cm_tell_begin(t, "group");
    cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, cm_party_key(t->model, &plan->groups[p]));
    cm_builder_number(t->b, CM_EXPLAIN_VALUE, a->quantity[cell]);
    cm_builder_number(t->b, CM_EXPLAIN_LOW, a->low[cell]);
    cm_builder_number(t->b, CM_EXPLAIN_HIGH, a->high[cell]);
    cm_builder_text(t->b, CM_EXPLAIN_UNIT, t->row->market->is_share ? "share" : t->model->stages[t->row->stage].unit);
    cm_builder_text(t->b, CM_EXPLAIN_BASIS, t->model->stages[t->row->stage].basis);
    cm_builder_number(t->b, CM_EXPLAIN_CONTRIBUTION, adds);
  }
  return CRITMIN_OK;
}

/* What is unlisted adds what the producers leave of the answer, where nothing else is uncertain. */
static double residual_adds(const cm_telling *t, const account *told) {
  uint64_t flags = t->row->answer.flags;
  if (!t->metric->contribution || !(flags & CRITMIN_FLAG_RESIDUAL_USED) || flags & CRITMIN_FLAG_WITHHELD_USED)
    return NAN;
  double rest = t->row->answer.value - told->sum;
  return fabs(rest) > 1e-12 * fabs(t->row->answer.value) ? rest : NAN;
}

/* The part of the total that no printed row accounts for. */
static void tell_gap(const cm_telling *t, const account *told) {
  const cm_assembly *a = &told->alone;
  double gap = a->supply.total;
  for (int64_t i = 0; i < a->n_listed; i++) {
    if (!a->listed[i].outside) gap -= a->listed[i].quantity;
  }
  cm_tell_begin(t, "residual");
  cm_builder_number(t->b, CM_EXPLAIN_VALUE, gap);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT, t->row->market->is_share ? "share" : t->model->stages[t->row->stage].unit);
  cm_builder_text(t->b, CM_EXPLAIN_BASIS, t->model->stages[t->row->stage].basis);
  cm_builder_text(t->b, CM_EXPLAIN_STATUS, cm_status_words[CM_STATUS_RESIDUAL]);
  cm_builder_number(t->b, CM_EXPLAIN_CONTRIBUTION, residual_adds(t, told));
  cm_builder_text(t->b, CM_EXPLAIN_NOTE, "what the total leaves, not printed as a row");
}

static void tell_rest(const cm_telling *t, const account *told) {
  const cm_model_market *market = t->row->market;
  const cm_figures *f = &t->model->figures;
  for (int32_t i = market->first; i < market->first + market->n; i++) {
    if (f->status[i] == CM_STATUS_NOT_AVAILABLE) cm_tell_figure(t, "not_available", market, i, NAN);
  }
  for (int32_t i = 0; i < market->n_other; i++)
    cm_tell_figure(t, "residual", market, market->other + i, i == 0 ? residual_adds(t, told) : NAN);
  if (market->n_other == 0 && t->row->answer.flags & CRITMIN_FLAG_RESIDUAL_USED) tell_gap(t, told);
  if (market->world != CM_NONE) cm_tell_figure(t, "total", market, market->world, NAN);
}

critmin_status cm_explain_market(cm_telling *t, const cm_plan *plan, cm_row *row, critmin_error *error) {
  cm_workspace workspace;
  memset(&workspace, 0, sizeof workspace);
  workspace.tells = 1;
  account told;
  memset(&told, 0, sizeof told);
  critmin_status status = cm_evaluate(plan, row, &workspace, error);
  t->row = row;
  if (!status && row->market && !row->undefined) {
    status = add_up(t, &workspace.assembly, plan, &told, error);
    if (!status) status = tell_producers(t, &workspace.assembly, &told, error);
    if (!status) status = tell_groups(t, plan, &workspace.assembly, &told, error);
    if (!status) tell_rest(t, &told);
    if (!status && workspace.use) cm_tell_evidence(t, workspace.use);
  }
  cm_assembly_free(&told.alone);
  cm_free(told.share);
  cm_free(told.adds);
  cm_workspace_free(&workspace);
  return status;
}
