/* SPDX-License-Identifier: MIT */
/* What is behind one score of a composite: each criterion with what it adds, and under it every row of its own. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/composite_items.h"
#include "metrics/explain.h"

typedef struct telling {
  cm_builder *b;
  size_t cells;
} telling;

static critmin_status several(const cm_composite_question *q, critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                 "several cells of `%s` are selected; name the mineral, year, stage, country and partner of one",
                 q->composite->key);
}

/* The item that is asked about; CM_NONE where there are several. */
static int32_t only_item(const cm_composite_question *q, const cm_composite_items *items) {
  int32_t best = 0;
  int newest = cm_selection_option(q->selection, "year") != NULL;
  for (size_t i = 1; i < items->n; i++) {
    const cm_composite_item *item = &items->item[i], *first = &items->item[best];
    if (!newest || item->mineral != first->mineral || item->stage != first->stage) return CM_NONE;
    if (!isnan(item->answer.value) || isnan(first->answer.value)) best = (int32_t)i; /* years rise */
  }
  return best;
}

/* What a criterion adds to a mean; the other aggregates have no parts. */
static double part_of(const cm_definition *d, const double *normalised, int64_t k) {
  double whole = 0;
  if (d->composite.aggregate != CRITMIN_AGGREGATE_ARITHMETIC || isnan(normalised[k])) return NAN;
  for (int64_t i = 0; i < d->n; i++) whole += isnan(normalised[i]) ? 0 : d->weight[i];
  return d->weight[k] * normalised[k] / whole;
}

/* 0 when memory ran out. */
static int tell_criterion(const cm_composite_question *q, const cm_composite_items *items, int32_t i, int64_t k,
                          double effect, cm_builder *b) {
  const cm_definition_criterion *c = &q->definition->criteria[k];
  const cm_composite_item *item = &items->item[i];
  size_t at = (size_t)i * (size_t)q->definition->n + (size_t)k;
  const cm_composite_cell *cell = &items->cell[at];
  const cm_metric *metric = &cm_metrics[c->metric];
  cm_buffer note = {0};
  cm_buffer_print(&note, "%s", c->name);
  if (strcmp(c->name, metric->name) != 0) cm_buffer_print(&note, " (%s)", metric->name);
  cm_buffer_print(&note, ", weight %g", q->definition->weight[k]);
  if (!isnan(items->value[at])) cm_buffer_print(&note, "; %.6g on the common scale", items->value[at]);
  if (!isnan(effect)) cm_buffer_print(&note, "; without it the score is %.6g", item->answer.value - effect);
  cm_builder_row(b);
  cm_builder_text(b, CM_EXPLAIN_ROLE, "criterion");
  cm_builder_text(b, CM_EXPLAIN_MINERAL, q->model->minerals[item->mineral].key);
  if (item->stage != CM_NONE) cm_builder_text(b, CM_EXPLAIN_STAGE, q->model->stages[item->stage].key);
  cm_builder_number(b, CM_EXPLAIN_VALUE, cell->value);
  cm_builder_number(b, CM_EXPLAIN_LOW, cell->low);
  cm_builder_number(b, CM_EXPLAIN_HIGH, cell->high);
  if (metric->unit) cm_builder_text(b, CM_EXPLAIN_UNIT, metric->unit);
  cm_builder_number(b, CM_EXPLAIN_CONTRIBUTION, part_of(q->definition, items->value + at - (size_t)k, k));
  if (note.data) cm_builder_text(b, CM_EXPLAIN_NOTE, note.data);
  int made = !note.failed;
  cm_buffer_free(&note);
  return made;
}

/* The rows behind a criterion's answers for the item. */
static critmin_status tell_rows(const cm_composite_question *q, const cm_definition_criterion *c,
                                const cm_composite_item *item, cm_builder *b, critmin_error *error) {
  critmin_selection *selection = NULL;
  cm_plan plan;
  critmin_status status = cm_composite_ask(q, c, &selection, error);
  if (!status) status = cm_plan_make(&plan, q->model, selection, error);
  critmin_selection_free(selection);
  if (status == CRITMIN_ERROR_EMPTY_SELECTION || status == CRITMIN_ERROR_STAGE_NOT_IN_CHAIN) return CRITMIN_OK;
  if (status) return status;
  status = cm_plan_evaluate(&plan, 1, NULL, NULL, error);
  int nothing = status == CRITMIN_ERROR_EMPTY_SELECTION;
  for (size_t i = 0; i < plan.n_answers && !status; i++) {
    const cm_row *row = plan.answers[i];
    int staged = item->stage != CM_NONE && !c->stage && row->stage != CM_NONE;
    if (row->mineral != item->mineral || row->year != item->year || (staged && row->stage != item->stage)) continue;
    status = cm_explain_answer(&plan, row, b, error);
  }
  cm_plan_free(&plan);
  return nothing ? CRITMIN_OK : status;
}

static critmin_status tell(void *with, const cm_composite_question *q, cm_composite_items *items,
                           critmin_error *error) {
  telling *t = with;
  int32_t i = only_item(q, items);
  if (i == CM_NONE || t->cells++ > 0) return several(q, error);
  int64_t n = q->definition->n;
  double *effect = cm_alloc_array((size_t)n, sizeof *effect);
  if (!effect) return cm_fail_memory(error);
  critmin_status status =
      critmin_leave_one_out(&q->definition->composite, items->value + (size_t)i * (size_t)n, 1, effect, error);
  for (int64_t k = 0; k < n && !status; k++) {
    if (!tell_criterion(q, items, i, k, effect[k], t->b)) status = cm_fail_memory(error);
    if (!status) status = tell_rows(q, &q->definition->criteria[k], &items->item[i], t->b, error);
  }
  cm_free(effect);
  return status;
}

critmin_status cm_composite_explain(const critmin_model *model, const critmin_selection *selection, cm_builder *b,
                                    critmin_error *error) {
  const cm_names *names = cm_selection_names(selection, CM_METRIC);
  cm_composite_question q = {
      .model = model, .composite = cm_composite_named(model, names->names[0]), .selection = selection, .threads = 1};
  if (names->count > 1 || !q.composite)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "%zu metrics are named, a composite among them; name the one to explain", names->count);
  telling t = {.b = b};
  return cm_composite_open(&q, tell, &t, error);
}
