/* SPDX-License-Identifier: MIT */
/* Every row and source behind one cell: its producers with what each adds, the printed total, what is unlisted, and the scores. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/catalogue.h"
#include "table/builder.h"

enum {
  ROLE, MINERAL, STAGE, COUNTRY, FROM, TO, VALUE, LOW, HIGH, UNIT, BASIS, STATUS, CONTRIBUTION, ROW, SOURCE, EDITION, PUBLISHER,
  TITLE, URL, LICENCE, NOTE, COLUMNS
};

static const cm_column columns[COLUMNS] = {
    [ROLE] = {"role", "", CRITMIN_COLUMN_TEXT},         [MINERAL] = {"mineral", "", CRITMIN_COLUMN_TEXT},
    [STAGE] = {"stage", "", CRITMIN_COLUMN_TEXT},       [COUNTRY] = {"country", "", CRITMIN_COLUMN_TEXT},
    [FROM] = {"from", "", CRITMIN_COLUMN_TEXT},         [TO] = {"to", "", CRITMIN_COLUMN_TEXT},
    [VALUE] = {"value", "as `unit`", CRITMIN_COLUMN_NUMBER}, [LOW] = {"low", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [HIGH] = {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},   [UNIT] = {"unit", "", CRITMIN_COLUMN_TEXT},
    [BASIS] = {"basis", "", CRITMIN_COLUMN_TEXT},       [STATUS] = {"status", "", CRITMIN_COLUMN_TEXT},
    [CONTRIBUTION] = {"contribution", "as the metric", CRITMIN_COLUMN_NUMBER}, [ROW] = {"row", "", CRITMIN_COLUMN_INTEGER},
    [SOURCE] = {"source", "", CRITMIN_COLUMN_TEXT},     [EDITION] = {"edition", "", CRITMIN_COLUMN_TEXT},
    [PUBLISHER] = {"publisher", "", CRITMIN_COLUMN_TEXT}, [TITLE] = {"title", "", CRITMIN_COLUMN_TEXT},
    [URL] = {"url", "", CRITMIN_COLUMN_TEXT},           [LICENCE] = {"licence", "", CRITMIN_COLUMN_TEXT},
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

/* The quantity that a listed producer enters with: what is known, or the middle of what it can be. */
static double middle(const cm_listed *cell) {
  if (!isnan(cell->quantity)) return cell->quantity;
  if (isnan(cell->high)) return NAN;
  return isnan(cell->low) ? cell->high / 2 : cell->low + (cell->high - cell->low) / 2;
}

/* What the shares are of: the larger of the printed total and the sum. */
static double denominator(const cm_assembly *a) {
  double sum = isnan(a->supply.other) ? 0 : a->supply.other, outside = 0;
  for (int64_t i = 0; i < a->n_listed; i++) {
    double quantity = middle(&a->listed[i]);
    if (isnan(quantity)) continue;
    if (a->listed[i].outside) outside += quantity;
    else sum += quantity;
  }
  if (a->supply.listed_only) return sum + outside - (isnan(a->supply.other) ? 0 : a->supply.other);
  return (a->supply.total > sum ? a->supply.total : sum) + outside;
}

static int64_t rank_of(const cm_assembly *a, int64_t i) {
  int64_t rank = 0;
  double size = middle(&a->listed[i]);
  for (int64_t j = 0; j < a->n_listed; j++) {
    double other = middle(&a->listed[j]);
    rank += other > size || (other == size && j < i);
  }
  return rank;
}

/* What a producer adds is told where each stands for itself; a group that counts as one adds as one. */
static double contribution(const telling *t, const cm_assembly *a, int64_t i, double total, const cm_governance_score *score) {
  const cm_listed *cell = &a->listed[i];
  int in_group = cell->party != CM_NONE && t->metric->subject == CM_SUBJECT_MARKET;
  if (!t->metric->contribution || in_group) return NAN;
  int is_subject = t->row->party != CM_NONE ? cell->party != CM_NONE : cell->country == t->row->country;
  cm_part part = {.share = middle(cell) / total, .quantity = middle(cell), .governance = score ? score->weight : NAN,
                  .rank = rank_of(a, i), .is_subject = is_subject, .own = t->own};
  return t->metric->contribution(&part);
}

static void tell_scores(const telling *t, int32_t country, const cm_governance_score *score) {
  const critmin_model *m = t->model;
  for (int i = 0; i < CM_DIMENSIONS_OF_GOVERNANCE; i++) {
    if (score->indicator[i] == CM_NONE || isnan(score->estimate[i])) continue;
    const cm_series *series = &m->series[(size_t)score->indicator[i] * m->n_countries + (size_t)country];
    char year[CM_PERIOD_TEXT] = {0};
    int value = score->year[i];
    for (int digit = 3; digit >= 0; digit--, value /= 10) year[digit] = (char)('0' + value % 10);
    begin(t, "governance");
    cm_builder_text(t->b, COUNTRY, m->countries[country].key);
    cm_builder_text(t->b, FROM, year);
    cm_builder_text(t->b, TO, year);
    cm_builder_number(t->b, VALUE, score->estimate[i]);
    cm_builder_text(t->b, UNIT, m->indicators[score->indicator[i]].unit);
    cm_builder_text(t->b, NOTE, m->indicators[score->indicator[i]].name);
    if (series->edition != CM_NONE) tell_source(t, series->edition);
  }
}

static critmin_status tell_producers(const telling *t, const cm_assembly *a, critmin_error *error) {
  double total = denominator(a);
  cm_governance_score score;
  for (int64_t i = 0; i < a->n_listed; i++) {
    const cm_listed *cell = &a->listed[i];
    if (t->metric->governed) {
      critmin_status status = cm_governance_of(t->model, cell->country, a->year, t->own, &score, error);
      if (status) return status;
    }
    double adds = contribution(t, a, i, total, t->metric->governed ? &score : NULL);
    if (cell->figure != CM_NONE) {
      tell_figure(t, "producer", cell->figure, adds);
    } else {
      begin(t, "excluded");
      cm_builder_text(t->b, COUNTRY, t->model->countries[cell->country].key);
      cm_builder_text(t->b, NOTE, "left out of the printed total, and not published");
    }
  }
  for (int64_t i = 0; i < a->n_listed && t->metric->governed; i++) {
    critmin_status status = cm_governance_of(t->model, a->listed[i].country, a->year, t->own, &score, error);
    if (status) return status;
    if (!(a->listed[i].quantity == 0)) tell_scores(t, a->listed[i].country, &score);
  }
  return CRITMIN_OK;
}

static void tell_rest(const telling *t) {
  const cm_model_market *market = t->row->market;
  const cm_figures *f = &t->model->figures;
  for (int32_t i = market->first; i < market->first + market->n; i++) {
    if (f->status[i] == CM_STATUS_NOT_AVAILABLE) tell_figure(t, "not_available", i, NAN);
  }
  for (int32_t i = market->other; i < market->other + market->n_other; i++) tell_figure(t, "residual", i, NAN);
  if (market->world != CM_NONE) tell_figure(t, "total", market->world, NAN);
}

static critmin_status tell(const cm_plan *plan, critmin_table **table, critmin_error *error) {
  cm_row row = plan->rows[0];
  cm_assembly assembly;
  memset(&assembly, 0, sizeof assembly);
  critmin_status status = cm_evaluate(plan, &row, &assembly, error);
  telling t = {.model = plan->model, .row = &row, .metric = &cm_metrics[plan->metrics[row.metric]],
               .own = plan->values[row.metric].number + CM_P_OWN};
  if (!status) {
    t.b = cm_builder_new(columns, COLUMNS);
    if (!t.b) status = cm_fail_memory(error);
  }
  if (!status && row.market && !row.undefined) {
    status = tell_producers(&t, &assembly, error);
    if (!status) tell_rest(&t);
  }
  cm_assembly_free(&assembly);
  if (!status) return cm_builder_finish(t.b, table, error);
  cm_builder_free(t.b);
  return status;
}

critmin_status critmin_metric_explain(const critmin_model *model, const critmin_selection *selection, critmin_table **table,
                                      critmin_error *error) {
  if (!model) return cm_fail_null(error, "model");
  if (!table) return cm_fail_null(error, "table");
  cm_plan plan;
  critmin_status status = cm_plan_make(&plan, model, selection, error);
  if (status) return status;
  if (plan.n_rows > 1) {
    const cm_row *a = &plan.rows[0], *b = &plan.rows[1];
    status = cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                     "%zu cells are selected, `%s` %s of %d and `%s` %s of %d among them; name the metric, mineral, stage, year and country "
                     "of one",
                     plan.n_rows, model->minerals[a->mineral].key, model->stages[a->stage].key, (int)a->year,
                     model->minerals[b->mineral].key, model->stages[b->stage].key, (int)b->year);
  } else {
    status = tell(&plan, table, error);
  }
  cm_plan_free(&plan);
  return status;
}
