/* SPDX-License-Identifier: MIT */
/* Rows evaluated in parallel, each by itself, and written into a table that was made before: the answer does not depend
 * on threads. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread.h"
#include "metrics/answers.h"
#include "metrics/composite_items.h"

/* Fewer rows than a grain are not worth a thread. */
enum { AT_ONCE = 4096, GRAIN = 128 };

typedef struct work {
  cm_plan *plan;
  int64_t first;
} work;

static int32_t evaluate_range(void *user, int64_t first, int64_t last) {
  const work *w = user;
  cm_workspace workspace;
  memset(&workspace, 0, sizeof workspace);
  critmin_status status = CRITMIN_OK;
  for (int64_t i = w->first + first; i < w->first + last && !status; i++)
    status = cm_evaluate(w->plan, &w->plan->rows[i], &workspace, NULL);
  cm_workspace_free(&workspace);
  return status;
}

critmin_status cm_plan_evaluate(cm_plan *plan, int32_t threads, critmin_progress progress, void *user,
                                critmin_error *error) {
  work w = {plan, 0};
  int64_t rows = (int64_t)plan->n_rows;
  for (; w.first < rows; w.first += AT_ONCE) {
    if (progress && progress(user, w.first, rows))
      return cm_fail(error, CRITMIN_ERROR_CANCELLED, "computing the metrics was cancelled");
    int64_t n = rows - w.first < AT_ONCE ? rows - w.first : AT_ONCE;
    critmin_status status = cm_parallel(threads, n, GRAIN, evaluate_range, &w);
    if (status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(error);
    if (status)
      return cm_fail(error, status, "a row among %lld to %lld could not be computed: %s", (long long)w.first + 1,
                     (long long)(w.first + n), critmin_status_text(status));
  }
  return cm_plan_answers(plan, error);
}

static const cm_column columns[CM_ANSWER_COLUMNS] = {
    [CM_ANSWER_METRIC] = {"metric", "", CRITMIN_COLUMN_TEXT},
    [CM_ANSWER_MINERAL] = {"mineral", "", CRITMIN_COLUMN_TEXT},
    [CM_ANSWER_STAGE] = {"stage", "", CRITMIN_COLUMN_TEXT},
    [CM_ANSWER_COUNTRY] = {"country", "", CRITMIN_COLUMN_TEXT},
    [CM_ANSWER_PARTNER] = {"partner", "", CRITMIN_COLUMN_TEXT},
    [CM_ANSWER_YEAR] = {"year", "", CRITMIN_COLUMN_INTEGER},
    [CM_ANSWER_VALUE] = {"value", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [CM_ANSWER_LOW] = {"low", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [CM_ANSWER_HIGH] = {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [CM_ANSWER_UNIT] = {"unit", "", CRITMIN_COLUMN_TEXT},
    [CM_ANSWER_FLAGS] = {"flags", "", CRITMIN_COLUMN_TEXT},
    [CM_ANSWER_COVERAGE] = {"coverage", "1", CRITMIN_COLUMN_NUMBER},
    [CM_ANSWER_SOURCE] = {"source", "", CRITMIN_COLUMN_TEXT},
    [CM_ANSWER_EDITION] = {"edition", "", CRITMIN_COLUMN_TEXT},
    [CM_ANSWER_PARAMS] = {"params", "", CRITMIN_COLUMN_TEXT},
};

static void write_flags(cm_builder *b, uint64_t flags, cm_buffer *text) {
  text->length = 0;
  for (int32_t bit = 0; critmin_flag_name(bit); bit++) {
    if (!(flags >> bit & 1)) continue;
    if (text->length) cm_buffer_add(text, ";");
    cm_buffer_add(text, critmin_flag_name(bit));
  }
  cm_builder_text(b, CM_ANSWER_FLAGS, text->length ? text->data : "");
}

void cm_answers_number(cm_builder *b, const critmin_answer *answer, cm_buffer *text) {
  cm_builder_number(b, CM_ANSWER_VALUE, answer->value);
  cm_builder_number(b, CM_ANSWER_LOW, answer->low);
  cm_builder_number(b, CM_ANSWER_HIGH, answer->high);
  write_flags(b, answer->flags, text);
  cm_builder_number(b, CM_ANSWER_COVERAGE, answer->coverage);
}

/* What the country column says: the producer the row is about, or the groups that the market counts as one. */
static void write_country(cm_builder *b, const cm_plan *plan, const cm_row *row, cm_buffer *text) {
  const critmin_model *m = plan->model;
  if (row->party != CM_NONE) {
    cm_builder_text(b, CM_ANSWER_COUNTRY, cm_party_key(m, &plan->parties[row->party]));
  } else if (row->country != CM_NONE) {
    cm_builder_text(b, CM_ANSWER_COUNTRY, m->countries[row->country].key);
  } else if (cm_metrics[plan->metrics[row->metric]].subject == CM_SUBJECT_MARKET && plan->n_groups) {
    text->length = 0;
    for (size_t i = 0; i < plan->n_groups; i++) {
      if (i) cm_buffer_add(text, ";");
      cm_buffer_add(text, cm_party_key(m, &plan->groups[i]));
    }
    if (text->data) cm_builder_text(b, CM_ANSWER_COUNTRY, text->data);
  }
}

static void write_partner(cm_builder *b, const cm_plan *plan, const cm_row *row) {
  const critmin_model *m = plan->model;
  if (row->partner_party != CM_NONE) {
    cm_builder_text(b, CM_ANSWER_PARTNER, cm_party_key(m, &plan->partners[row->partner_party]));
  } else if (row->partner == CM_PARTNER_ITSELF && row->party != CM_NONE) {
    cm_builder_text(b, CM_ANSWER_PARTNER, cm_party_key(m, &plan->parties[row->party]));
  } else if (row->partner != CM_NONE) {
    cm_builder_text(b, CM_ANSWER_PARTNER, m->countries[row->partner == CM_PARTNER_ITSELF ? row->country : row->partner].key);
  }
}

/* The sources with their editions, side by side where there are several. */
void cm_answers_sources(cm_builder *b, const critmin_model *m, const int32_t *editions, int32_t n, cm_buffer *text) {
  for (int column = CM_ANSWER_SOURCE; column <= CM_ANSWER_EDITION && n > 0; column++) {
    text->length = 0;
    for (int32_t i = 0; i < n; i++) {
      const cm_model_edition *edition = &m->editions[editions[i]];
      if (i) cm_buffer_add(text, ";");
      cm_buffer_add(text, column == CM_ANSWER_SOURCE ? m->sources[edition->source].key : edition->key);
    }
    if (text->data) cm_builder_text(b, column, text->data);
  }
}

static void write_sources(cm_builder *b, const cm_plan *plan, const cm_row *row, cm_buffer *text) {
  int of_market = row->market && row->n_editions == 0;
  cm_answers_sources(b, plan->model, of_market ? &row->market->edition : row->editions, of_market ? 1 : row->n_editions, text);
}

static void write_row(cm_builder *b, const cm_plan *plan, const cm_row *row, const char *params, cm_buffer *text) {
  const critmin_model *m = plan->model;
  const cm_metric *metric = &cm_metrics[plan->metrics[row->metric]];
  cm_builder_row(b);
  cm_builder_text(b, CM_ANSWER_METRIC, metric->name);
  cm_builder_text(b, CM_ANSWER_MINERAL, m->minerals[row->mineral].key);
  if (row->stage != CM_NONE) cm_builder_text(b, CM_ANSWER_STAGE, m->stages[row->stage].key);
  write_country(b, plan, row, text);
  write_partner(b, plan, row);
  cm_builder_integer(b, CM_ANSWER_YEAR, row->year);
  cm_answers_number(b, &row->answer, text);
  cm_builder_text(b, CM_ANSWER_UNIT, row->unit ? row->unit : metric->unit ? metric->unit : m->stages[row->stage].unit);
  write_sources(b, plan, row, text);
  if (row->at == CM_NONE) {
    cm_builder_text(b, CM_ANSWER_PARAMS, params);
    return;
  }
  text->length = 0;
  cm_buffer_print(text, "%s%sat=%s", params, *params ? ";" : "", m->stages[row->at].key);
  if (text->data) cm_builder_text(b, CM_ANSWER_PARAMS, text->data);
}

cm_builder *cm_answers_new(void) {
  return cm_builder_new(columns, CM_ANSWER_COLUMNS);
}

int cm_answers_add(cm_builder *b, const cm_plan *plan, int32_t metric) {
  cm_buffer text = {0};
  char *params = NULL;
  int32_t of = CM_NONE;
  int failed = 0;
  for (size_t i = 0; i < plan->n_answers && !failed; i++) {
    const cm_row *row = plan->answers[i];
    if (metric != CM_NONE && row->metric != metric) continue;
    if (row->metric != of) {
      cm_buffer values = {0};
      cm_values_text(&cm_metrics[plan->metrics[row->metric]], &plan->values[row->metric], &values);
      cm_free(params);
      params = cm_buffer_take(&values);
      of = row->metric;
      failed = !params;
    }
    if (!failed) write_row(b, plan, row, params, &text);
    failed |= text.failed;
  }
  cm_free(params);
  cm_buffer_free(&text);
  return !failed;
}

static critmin_status compute(const critmin_model *model, const critmin_selection *selection, int32_t threads,
                              critmin_progress progress, void *user, cm_builder *b, critmin_error *error) {
  if (cm_composites_asked(model, selection))
    return cm_composites_compute(model, selection, threads, progress, user, b, error);
  cm_plan plan;
  critmin_status status = cm_plan_make(&plan, model, selection, error);
  if (status) return status;
  status = cm_plan_evaluate(&plan, threads, progress, user, error);
  if (!status && !cm_answers_add(b, &plan, CM_NONE)) status = cm_fail_memory(error);
  cm_plan_free(&plan);
  return status;
}

critmin_status critmin_metric_compute(const critmin_model *model, const critmin_selection *selection, int32_t threads,
                                      critmin_progress progress, void *user, critmin_table **table,
                                      critmin_error *error) {
  if (!model) return cm_fail_null(error, "model");
  if (!table) return cm_fail_null(error, "table");
  if (threads < 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "threads is %d; give 0 for one a processor, or a number",
                   (int)threads);
  cm_builder *b = cm_answers_new();
  if (!b) return cm_fail_memory(error);
  critmin_status status = compute(model, selection, threads, progress, user, b, error);
  if (!status) return cm_builder_finish(b, table, error);
  cm_builder_free(b);
  return status;
}
