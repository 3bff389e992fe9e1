/* SPDX-License-Identifier: MIT */
/* Every row and source behind one cell. */
#include "metrics/explain.h"

#include <string.h>

#include "base/memory.h"
#include "metrics/composite_items.h"

static const cm_column columns[CM_EXPLAIN_COLUMNS] = {
    [CM_EXPLAIN_ROLE] = {"role", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_MINERAL] = {"mineral", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_STAGE] = {"stage", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_COUNTRY] = {"country", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_PARTNER] = {"partner", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_FROM] = {"from", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_TO] = {"to", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_VALUE] = {"value", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [CM_EXPLAIN_LOW] = {"low", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [CM_EXPLAIN_HIGH] = {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [CM_EXPLAIN_UNIT] = {"unit", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_BASIS] = {"basis", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_STATUS] = {"status", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_CONTRIBUTION] = {"contribution", "as the metric", CRITMIN_COLUMN_NUMBER},
    [CM_EXPLAIN_ROW] = {"row", "", CRITMIN_COLUMN_INTEGER},
    [CM_EXPLAIN_SOURCE] = {"source", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_EDITION] = {"edition", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_PUBLISHER] = {"publisher", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_TITLE] = {"title", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_URL] = {"url", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_LICENCE] = {"licence", "", CRITMIN_COLUMN_TEXT},
    [CM_EXPLAIN_NOTE] = {"note", "", CRITMIN_COLUMN_TEXT},
};

void cm_tell_source(const cm_telling *t, int32_t edition) {
  const cm_model_edition *e = &t->model->editions[edition];
  const cm_model_source *s = &t->model->sources[e->source];
  cm_builder_text(t->b, CM_EXPLAIN_SOURCE, s->key);
  cm_builder_text(t->b, CM_EXPLAIN_EDITION, e->key);
  cm_builder_text(t->b, CM_EXPLAIN_PUBLISHER, s->publisher);
  cm_builder_text(t->b, CM_EXPLAIN_TITLE, e->title ? e->title : s->title);
  cm_builder_text(t->b, CM_EXPLAIN_URL, e->url ? e->url : s->url);
  cm_builder_text(t->b, CM_EXPLAIN_LICENCE, s->licence);
}

void cm_tell_begin(const cm_telling *t, const char *role) {
  cm_builder_row(t->b);
  cm_builder_text(t->b, CM_EXPLAIN_ROLE, role);
}

void cm_tell_figure(const cm_telling *t, const char *role, const cm_model_market *market, int32_t figure,
                    double contribution) {
  const critmin_model *m = t->model;
  const cm_figures *f = &m->figures;
  const cm_model_stage *stage = &m->stages[market->stage];
  char from[CM_PERIOD_TEXT], to[CM_PERIOD_TEXT];
  cm_model_market_period(market, from, to);
  cm_tell_begin(t, role);
  cm_builder_text(t->b, CM_EXPLAIN_MINERAL, m->minerals[stage->mineral].key);
  cm_builder_text(t->b, CM_EXPLAIN_STAGE, stage->key);
  cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, m->countries[f->country[figure]].key);
  cm_builder_text(t->b, CM_EXPLAIN_FROM, from);
  cm_builder_text(t->b, CM_EXPLAIN_TO, to);
  cm_builder_number(t->b, CM_EXPLAIN_VALUE, f->value[figure]);
  cm_builder_number(t->b, CM_EXPLAIN_LOW, f->low[figure]);
  cm_builder_number(t->b, CM_EXPLAIN_HIGH, f->high[figure]);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT, market->is_share ? "share" : stage->unit);
  cm_builder_text(t->b, CM_EXPLAIN_BASIS, f->basis[figure]);
  cm_builder_text(t->b, CM_EXPLAIN_STATUS, cm_status_words[f->status[figure]]);
  cm_builder_number(t->b, CM_EXPLAIN_CONTRIBUTION, contribution);
  cm_builder_integer(t->b, CM_EXPLAIN_ROW, f->row[figure]);
  if (f->note[figure] && *f->note[figure]) cm_builder_text(t->b, CM_EXPLAIN_NOTE, f->note[figure]);
  cm_tell_source(t, market->edition);
}

cm_builder *cm_explain_new(void) {
  return cm_builder_new(columns, CM_EXPLAIN_COLUMNS);
}

static critmin_status tell(const cm_plan *plan, const cm_row *row, cm_builder *b, critmin_error *error) {
  cm_telling t = {.model = plan->model,
                  .row = row,
                  .metric = &cm_metrics[plan->metrics[row->metric]],
                  .values = &plan->values[row->metric],
                  .own = plan->values[row->metric].number + CM_P_OWN,
                  .b = b};
  cm_row again = *row;
  again.pairs = NULL;
  again.editions = NULL;
  again.n_pairs = again.pairs_room = 0;
  critmin_status status = cm_metric_is_of_user(t.metric) ? cm_explain_user(&t, plan, &again, error)
                                                         : cm_explain_market(&t, plan, &again, error);
  cm_free(again.pairs);
  cm_free(again.editions);
  return status;
}

static const char *stage_of(const critmin_model *m, const cm_row *row) {
  return row->stage == CM_NONE ? "as a whole" : m->stages[row->stage].key;
}

static critmin_status several(const cm_plan *plan, const cm_row *a, const cm_row *b, size_t n, critmin_error *error) {
  const critmin_model *m = plan->model;
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                 "%zu cells are selected, `%s` %s of %d and `%s` %s of %d among them; name the metric, mineral, "
                 "stage, year, country and partner of one",
                 n, m->minerals[a->mineral].key, stage_of(m, a), (int)a->year, m->minerals[b->mineral].key,
                 stage_of(m, b), (int)b->year);
}

/* The planned row that an answer came from: itself, or that of the user whose partner it is of. */
static const cm_row *planned(const cm_plan *plan, const cm_row *answer) {
  for (size_t i = 0; i < plan->n_rows; i++) {
    const cm_row *row = &plan->rows[i];
    if (row == answer || (row->n_pairs && row->pairs <= answer && answer < row->pairs + row->n_pairs)) return row;
  }
  return answer;
}

static int any_of_user(const cm_plan *plan) {
  for (size_t i = 0; i < plan->n_metrics; i++) {
    if (cm_metric_is_of_user(&cm_metrics[plan->metrics[i]])) return 1;
  }
  return 0;
}

/* Groups of minerals hold groups; the store does not keep them from going round. */
enum { DEEPEST = 8 };

static int holds(const critmin_model *m, int32_t group, int32_t mineral, int depth) {
  const cm_model_mineral *g = &m->minerals[group];
  for (int32_t i = 0; i < g->n_members && depth < DEEPEST; i++) {
    int32_t member = m->members[g->first_member + i];
    if (member == mineral || holds(m, member, mineral, depth + 1)) return 1;
  }
  return group == mineral;
}

/* Of a mineral, its stages and its members, the answer of the mineral: a selection cannot ask for it alone. */
static const cm_row *whole(const cm_plan *plan) {
  for (size_t i = 0; i < plan->n_answers; i++) {
    const cm_row *row = plan->answers[i];
    size_t of_it = 0;
    for (size_t j = 0; j < plan->n_answers && row->stage == CM_NONE; j++) {
      const cm_row *other = plan->answers[j];
      of_it += other->metric == row->metric && other->year == row->year && other->order == row->order &&
               holds(plan->model, row->mineral, other->mineral, 0);
    }
    if (of_it == plan->n_answers) return row;
  }
  return NULL;
}

critmin_status cm_explain_answer(const cm_plan *plan, const cm_row *answer, cm_builder *b, critmin_error *error) {
  return tell(plan, planned(plan, answer), b, error);
}

static critmin_status explain_plan(cm_plan *plan, cm_builder *b, critmin_error *error) {
  if (plan->n_rows > 1 && !plan->newest && !any_of_user(plan))
    return several(plan, &plan->rows[0], &plan->rows[1], plan->n_rows, error);
  critmin_status status = cm_plan_evaluate(plan, 1, NULL, NULL, error);
  if (status) return status;
  const cm_row *answer = plan->n_answers == 1 ? plan->answers[0] : whole(plan);
  if (!answer) return several(plan, plan->answers[0], plan->answers[1], plan->n_answers, error);
  const cm_row *row = planned(plan, answer);
  if (row->n_pairs > 1) return several(plan, &row->pairs[0], &row->pairs[1], row->n_pairs, error);
  return tell(plan, row, b, error);
}

static critmin_status explain(const critmin_model *model, const critmin_selection *selection, cm_builder *b,
                              critmin_error *error) {
  if (cm_composites_asked(model, selection)) return cm_composite_explain(model, selection, b, error);
  cm_plan plan;
  critmin_status status = cm_plan_make(&plan, model, selection, error);
  if (status) return status;
  status = explain_plan(&plan, b, error);
  cm_plan_free(&plan);
  return status;
}

critmin_status critmin_metric_explain(const critmin_model *model, const critmin_selection *selection,
                                      critmin_table **table, critmin_error *error) {
  if (!model) return cm_fail_null(error, "model");
  if (!table) return cm_fail_null(error, "table");
  cm_builder *b = cm_explain_new();
  if (!b) return cm_fail_memory(error);
  critmin_status status = explain(model, selection, b, error);
  if (!status) return cm_builder_finish(b, table, error);
  cm_builder_free(b);
  return status;
}
