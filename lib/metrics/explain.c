/* SPDX-License-Identifier: MIT */
/* Every row and source behind one cell: its producers with what each adds, the printed total, what is unlisted, and the
 * scores. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/catalogue.h"
#include "table/builder.h"

enum {
  ROLE,
  MINERAL,
  STAGE,
  COUNTRY,
  FROM,
  TO,
  VALUE,
  LOW,
  HIGH,
  UNIT,
  BASIS,
  STATUS,
  CONTRIBUTION,
  ROW,
  SOURCE,
  EDITION,
  PUBLISHER,
  TITLE,
  URL,
  LICENCE,
  NOTE,
  COLUMNS
};

static const cm_column columns[COLUMNS] = {
    [ROLE] = {"role", "", CRITMIN_COLUMN_TEXT},
    [MINERAL] = {"mineral", "", CRITMIN_COLUMN_TEXT},
    [STAGE] = {"stage", "", CRITMIN_COLUMN_TEXT},
    [COUNTRY] = {"country", "", CRITMIN_COLUMN_TEXT},
    [FROM] = {"from", "", CRITMIN_COLUMN_TEXT},
    [TO] = {"to", "", CRITMIN_COLUMN_TEXT},
    [VALUE] = {"value", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [LOW] = {"low", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [HIGH] = {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [UNIT] = {"unit", "", CRITMIN_COLUMN_TEXT},
    [BASIS] = {"basis", "", CRITMIN_COLUMN_TEXT},
    [STATUS] = {"status", "", CRITMIN_COLUMN_TEXT},
    [CONTRIBUTION] = {"contribution", "as the metric", CRITMIN_COLUMN_NUMBER},
    [ROW] = {"row", "", CRITMIN_COLUMN_INTEGER},
    [SOURCE] = {"source", "", CRITMIN_COLUMN_TEXT},
    [EDITION] = {"edition", "", CRITMIN_COLUMN_TEXT},
    [PUBLISHER] = {"publisher", "", CRITMIN_COLUMN_TEXT},
    [TITLE] = {"title", "", CRITMIN_COLUMN_TEXT},
    [URL] = {"url", "", CRITMIN_COLUMN_TEXT},
    [LICENCE] = {"licence", "", CRITMIN_COLUMN_TEXT},
    [NOTE] = {"note", "", CRITMIN_COLUMN_TEXT},
};

typedef struct telling {
  cm_builder *b;
  const critmin_model *model;
  const cm_row *row;
  const cm_metric *metric;
  const double *own;
} telling;

static void tell_source(const telling *t, int32_t edition) {
  const cm_model_edition *e = &t->model->editions[edition];
  const cm_model_source *s = &t->model->sources[e->source];
  cm_builder_text(t->b, SOURCE, s->key);
  cm_builder_text(t->b, EDITION, e->key);
  cm_builder_text(t->b, PUBLISHER, s->publisher);
  cm_builder_text(t->b, TITLE, e->title ? e->title : s->title);
  cm_builder_text(t->b, URL, e->url ? e->url : s->url);
  cm_builder_text(t->b, LICENCE, s->licence);
}

static void begin(const telling *t, const char *role) {
  cm_builder_row(t->b);
  cm_builder_text(t->b, ROLE, role);
}

static void tell_figure(const telling *t, const char *role, int32_t figure, double contribution) {
  const critmin_model *m = t->model;
  const cm_figures *f = &m->figures;
  const cm_model_market *market = t->row->market;
  const cm_model_stage *stage = &m->stages[market->stage];
  char from[CM_PERIOD_TEXT], to[CM_PERIOD_TEXT];
  cm_model_market_period(market, from, to);
  begin(t, role);
  cm_builder_text(t->b, MINERAL, m->minerals[stage->mineral].key);
  cm_builder_text(t->b, STAGE, stage->key);
  cm_builder_text(t->b, COUNTRY, m->countries[f->country[figure]].key);
  cm_builder_text(t->b, FROM, from);
  cm_builder_text(t->b, TO, to);
  cm_builder_number(t->b, VALUE, f->value[figure]);
  cm_builder_number(t->b, LOW, f->low[figure]);
  cm_builder_number(t->b, HIGH, f->high[figure]);
  cm_builder_text(t->b, UNIT, market->is_share ? "share" : stage->unit);
  cm_builder_text(t->b, BASIS, f->basis[figure]);
  cm_builder_text(t->b, STATUS, cm_status_words[f->status[figure]]);
  cm_builder_number(t->b, CONTRIBUTION, contribution);
  cm_builder_integer(t->b, ROW, f->row[figure]);
  if (f->note[figure] && *f->note[figure]) cm_builder_text(t->b, NOTE, f->note[figure]);
  tell_source(t, market->edition);
}

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

/* A group that counts as one producer of a market adds as one: its members add nothing by themselves. */
static critmin_status add_up(const telling *t, const cm_assembly *a, const cm_plan *plan, account *told,
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
    cm_part part = {.share = told->share[i],
                    .quantity = cell->quantity,
                    .governance = score.weight,
                    .rank = rank_of(told->share, n, i),
                    .own = t->own,
                    .is_subject = t->row->party != CM_NONE ? cell->party != CM_NONE : cell->country == t->row->country};
    told->adds[i] = t->metric->contribution(&part);
    if (!isnan(told->adds[i])) told->sum += told->adds[i];
  }
  return status;
}

static void tell_scores(const telling *t, int32_t country, const cm_governance_score *score) {
  const critmin_model *m = t->model;
  for (int i = 0; i < CM_DIMENSIONS_OF_GOVERNANCE; i++) {
    int32_t place = score->place[i];
    if (place == CM_NONE) continue;
    char year[CM_PERIOD_TEXT] = {0};
    int value = m->scores.year[place];
    for (int digit = 3; digit >= 0; digit--, value /= 10) year[digit] = (char)('0' + value % 10);
    begin(t, "governance");
    cm_builder_text(t->b, COUNTRY, m->countries[country].key);
    cm_builder_text(t->b, FROM, year);
    cm_builder_text(t->b, TO, year);
    cm_builder_number(t->b, VALUE, m->scores.value[place]);
    cm_builder_text(t->b, UNIT, m->indicators[score->indicator[i]].unit);
    cm_builder_text(t->b, NOTE, m->indicators[score->indicator[i]].name);
    tell_source(t, m->scores.edition[place]);
  }
}

static critmin_status tell_producers(const telling *t, const cm_assembly *a, const account *told,
                                     critmin_error *error) {
  for (int64_t i = 0; i < a->n_listed; i++) {
    const cm_listed *cell = &a->listed[i];
    if (cell->figure != CM_NONE) {
      tell_figure(t, "producer", cell->figure, told->adds[i]);
      continue;
    }
    begin(t, "producer");
    cm_builder_text(t->b, COUNTRY, t->model->countries[cell->country].key);
    cm_builder_text(t->b, STATUS, cm_status_words[CM_STATUS_WITHHELD]);
    cm_builder_number(t->b, CONTRIBUTION, told->adds[i]);
    cm_builder_text(t->b, NOTE, "the printed total leaves it out, and no figure of its own is printed");
  }
  cm_governance_score score;
  for (int64_t i = 0; i < a->n_listed && t->metric->governed; i++) {
    if (a->listed[i].quantity == 0) continue;
    critmin_status status = cm_governance_of(t->model, a->listed[i].country, a->year, t->own, &score, error);
    if (status) return status;
    tell_scores(t, a->listed[i].country, &score);
  }
  return CRITMIN_OK;
}

/* Groups that count as one: what their members hold together, and what that adds. */
static critmin_status tell_groups(const telling *t, const cm_plan *plan, const cm_assembly *a, account *told,
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
    begin(t, "group");
    cm_builder_text(t->b, COUNTRY, cm_party_key(t->model, &plan->groups[p]));
    cm_builder_number(t->b, VALUE, a->quantity[cell]);
    cm_builder_number(t->b, LOW, a->low[cell]);
    cm_builder_number(t->b, HIGH, a->high[cell]);
    cm_builder_text(t->b, UNIT, t->row->market->is_share ? "share" : t->model->stages[t->row->stage].unit);
    cm_builder_text(t->b, BASIS, t->model->stages[t->row->stage].basis);
    cm_builder_number(t->b, CONTRIBUTION, adds);
  }
  return CRITMIN_OK;
}

/* What is unlisted adds what the producers leave of the answer, where nothing else is uncertain. */
static double residual_adds(const telling *t, const account *told) {
  uint64_t flags = t->row->answer.flags;
  if (!t->metric->contribution || !(flags & CRITMIN_FLAG_RESIDUAL_USED) || flags & CRITMIN_FLAG_WITHHELD_USED)
    return NAN;
  double rest = t->row->answer.value - told->sum;
  return fabs(rest) > 1e-12 * fabs(t->row->answer.value) ? rest : NAN;
}

/* The part of the total that no printed row accounts for. */
static void tell_gap(const telling *t, const account *told) {
  const cm_assembly *a = &told->alone;
  double gap = a->supply.total;
  for (int64_t i = 0; i < a->n_listed; i++) {
    if (!a->listed[i].outside) gap -= a->listed[i].quantity;
  }
  begin(t, "residual");
  cm_builder_number(t->b, VALUE, gap);
  cm_builder_text(t->b, UNIT, t->row->market->is_share ? "share" : t->model->stages[t->row->stage].unit);
  cm_builder_text(t->b, BASIS, t->model->stages[t->row->stage].basis);
  cm_builder_text(t->b, STATUS, cm_status_words[CM_STATUS_RESIDUAL]);
  cm_builder_number(t->b, CONTRIBUTION, residual_adds(t, told));
  cm_builder_text(t->b, NOTE, "what the total leaves, not printed as a row");
}

static void tell_rest(const telling *t, const account *told) {
  const cm_model_market *market = t->row->market;
  const cm_figures *f = &t->model->figures;
  for (int32_t i = market->first; i < market->first + market->n; i++) {
    if (f->status[i] == CM_STATUS_NOT_AVAILABLE) tell_figure(t, "not_available", i, NAN);
  }
  for (int32_t i = 0; i < market->n_other; i++)
    tell_figure(t, "residual", market->other + i, i == 0 ? residual_adds(t, told) : NAN);
  if (market->n_other == 0 && t->row->answer.flags & CRITMIN_FLAG_RESIDUAL_USED) tell_gap(t, told);
  if (market->world != CM_NONE) tell_figure(t, "total", market->world, NAN);
}

static critmin_status tell(const cm_plan *plan, critmin_table **table, critmin_error *error) {
  cm_row row = plan->rows[0];
  cm_workspace workspace;
  memset(&workspace, 0, sizeof workspace);
  cm_assembly *assembly = &workspace.assembly;
  critmin_status status = cm_evaluate(plan, &row, &workspace, error);
  telling t = {.model = plan->model,
               .row = &row,
               .metric = &cm_metrics[plan->metrics[row.metric]],
               .own = plan->values[row.metric].number + CM_P_OWN};
  if (!status) {
    t.b = cm_builder_new(columns, COLUMNS);
    if (!t.b) status = cm_fail_memory(error);
  }
  if (!status && row.market && !row.undefined) {
    account told;
    memset(&told, 0, sizeof told);
    status = add_up(&t, assembly, plan, &told, error);
    if (!status) status = tell_producers(&t, assembly, &told, error);
    if (!status) status = tell_groups(&t, plan, assembly, &told, error);
    if (!status) tell_rest(&t, &told);
    cm_assembly_free(&told.alone);
    cm_free(told.share);
    cm_free(told.adds);
  }
  cm_workspace_free(&workspace);
  if (!status) return cm_builder_finish(t.b, table, error);
  cm_builder_free(t.b);
  return status;
}

critmin_status critmin_metric_explain(const critmin_model *model, const critmin_selection *selection,
                                      critmin_table **table, critmin_error *error) {
  if (!model) return cm_fail_null(error, "model");
  if (!table) return cm_fail_null(error, "table");
  cm_plan plan;
  critmin_status status = cm_plan_make(&plan, model, selection, error);
  if (status) return status;
  if (plan.n_rows > 1) {
    const cm_row *a = &plan.rows[0], *b = &plan.rows[1];
    status = cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                     "%zu cells are selected, `%s` %s of %d and `%s` %s of %d among them; name the metric, mineral, "
                     "stage, year and country "
                     "of one",
                     plan.n_rows, model->minerals[a->mineral].key, model->stages[a->stage].key, (int)a->year,
                     model->minerals[b->mineral].key, model->stages[b->stage].key, (int)b->year);
  } else {
    status = tell(&plan, table, error);
  }
  cm_plan_free(&plan);
  return status;
}
