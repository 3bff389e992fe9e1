/* SPDX-License-Identifier: MIT */
/* Rows evaluated in parallel, each by itself, and written into a table that was made before: the answer does not depend
 * on threads. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread.h"
#include "metrics/catalogue.h"
#include "table/builder.h"

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

enum {
  METRIC,
  MINERAL,
  STAGE,
  COUNTRY,
  PARTNER,
  YEAR,
  VALUE,
  LOW,
  HIGH,
  UNIT,
  FLAGS,
  COVERAGE,
  SOURCE,
  EDITION,
  PARAMS,
  COLUMNS
};

static const cm_column columns[COLUMNS] = {
    [METRIC] = {"metric", "", CRITMIN_COLUMN_TEXT},
    [MINERAL] = {"mineral", "", CRITMIN_COLUMN_TEXT},
    [STAGE] = {"stage", "", CRITMIN_COLUMN_TEXT},
    [COUNTRY] = {"country", "", CRITMIN_COLUMN_TEXT},
    [PARTNER] = {"partner", "", CRITMIN_COLUMN_TEXT},
    [YEAR] = {"year", "", CRITMIN_COLUMN_INTEGER},
    [VALUE] = {"value", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [LOW] = {"low", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [HIGH] = {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},
    [UNIT] = {"unit", "", CRITMIN_COLUMN_TEXT},
    [FLAGS] = {"flags", "", CRITMIN_COLUMN_TEXT},
    [COVERAGE] = {"coverage", "1", CRITMIN_COLUMN_NUMBER},
    [SOURCE] = {"source", "", CRITMIN_COLUMN_TEXT},
    [EDITION] = {"edition", "", CRITMIN_COLUMN_TEXT},
    [PARAMS] = {"params", "", CRITMIN_COLUMN_TEXT},
};

static void write_flags(cm_builder *b, uint64_t flags, cm_buffer *text) {
  text->length = 0;
  for (int32_t bit = 0; critmin_flag_name(bit); bit++) {
    if (!(flags >> bit & 1)) continue;
    if (text->length) cm_buffer_add(text, ";");
    cm_buffer_add(text, critmin_flag_name(bit));
  }
  cm_builder_text(b, FLAGS, text->length ? text->data : "");
}

/* What the country column says: the producer the row is about, or the groups that the market counts as one. */
static void write_country(cm_builder *b, const cm_plan *plan, const cm_row *row, cm_buffer *text) {
  const critmin_model *m = plan->model;
  if (row->party != CM_NONE) {
    cm_builder_text(b, COUNTRY, cm_party_key(m, &plan->parties[row->party]));
  } else if (row->country != CM_NONE) {
    cm_builder_text(b, COUNTRY, m->countries[row->country].key);
  } else if (cm_metrics[plan->metrics[row->metric]].subject == CM_SUBJECT_MARKET && plan->n_groups) {
    text->length = 0;
    for (size_t i = 0; i < plan->n_groups; i++) {
      if (i) cm_buffer_add(text, ";");
      cm_buffer_add(text, cm_party_key(m, &plan->groups[i]));
    }
    if (text->data) cm_builder_text(b, COUNTRY, text->data);
  }
}

static void write_partner(cm_builder *b, const cm_plan *plan, const cm_row *row) {
  const critmin_model *m = plan->model;
  if (row->partner_party != CM_NONE) {
    cm_builder_text(b, PARTNER, cm_party_key(m, &plan->partners[row->partner_party]));
  } else if (row->partner == CM_PARTNER_ITSELF && row->party != CM_NONE) {
    cm_builder_text(b, PARTNER, cm_party_key(m, &plan->parties[row->party]));
  } else if (row->partner != CM_NONE) {
    cm_builder_text(b, PARTNER, m->countries[row->partner == CM_PARTNER_ITSELF ? row->country : row->partner].key);
  }
}

/* The sources behind an answer with their editions, side by side where there are several. */
static void write_sources(cm_builder *b, const cm_plan *plan, const cm_row *row, cm_buffer *text) {
  const critmin_model *m = plan->model;
  const int32_t *editions = row->market && row->n_editions == 0 ? &row->market->edition : row->editions;
  int32_t n = row->market && row->n_editions == 0 ? 1 : row->n_editions;
  for (int column = SOURCE; column <= EDITION && n > 0; column++) {
    text->length = 0;
    for (int32_t i = 0; i < n; i++) {
      const cm_model_edition *edition = &m->editions[editions[i]];
      if (i) cm_buffer_add(text, ";");
      cm_buffer_add(text, column == SOURCE ? m->sources[edition->source].key : edition->key);
    }
    if (text->data) cm_builder_text(b, column, text->data);
  }
}

static void write_row(cm_builder *b, const cm_plan *plan, const cm_row *row, const char *params, cm_buffer *text) {
  const critmin_model *m = plan->model;
  const cm_metric *metric = &cm_metrics[plan->metrics[row->metric]];
  cm_builder_row(b);
  cm_builder_text(b, METRIC, metric->name);
  cm_builder_text(b, MINERAL, m->minerals[row->mineral].key);
  if (row->stage != CM_NONE) cm_builder_text(b, STAGE, m->stages[row->stage].key);
  write_country(b, plan, row, text);
  write_partner(b, plan, row);
  cm_builder_integer(b, YEAR, row->year);
  cm_builder_number(b, VALUE, row->answer.value);
  cm_builder_number(b, LOW, row->answer.low);
  cm_builder_number(b, HIGH, row->answer.high);
  cm_builder_text(b, UNIT, row->unit ? row->unit : metric->unit ? metric->unit : m->stages[row->stage].unit);
  write_flags(b, row->answer.flags, text);
  cm_builder_number(b, COVERAGE, row->answer.coverage);
  write_sources(b, plan, row, text);
  if (row->at == CM_NONE) {
    cm_builder_text(b, PARAMS, params);
    return;
  }
  text->length = 0;
  cm_buffer_print(text, "%s%sat=%s", params, *params ? ";" : "", m->stages[row->at].key);
  if (text->data) cm_builder_text(b, PARAMS, text->data);
}

static critmin_status write_table(const cm_plan *plan, critmin_table **table, critmin_error *error) {
  cm_builder *b = cm_builder_new(columns, COLUMNS);
  if (!b) return cm_fail_memory(error);
  cm_buffer text = {0};
  char *params = NULL;
  int32_t of = CM_NONE;
  int failed = 0;
  for (size_t i = 0; i < plan->n_answers && !failed; i++) {
    const cm_row *row = plan->answers[i];
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
  if (failed) {
    cm_builder_free(b);
    return cm_fail_memory(error);
  }
  return cm_builder_finish(b, table, error);
}

critmin_status critmin_metric_compute(const critmin_model *model, const critmin_selection *selection, int32_t threads,
                                      critmin_progress progress, void *user, critmin_table **table,
                                      critmin_error *error) {
  if (!model) return cm_fail_null(error, "model");
  if (!table) return cm_fail_null(error, "table");
  if (threads < 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "threads is %d; give 0 for one a processor, or a number",
                   (int)threads);
  cm_plan plan;
  critmin_status status = cm_plan_make(&plan, model, selection, error);
  if (status) return status;
  status = cm_plan_evaluate(&plan, threads, progress, user, error);
  if (!status) status = write_table(&plan, table, error);
  cm_plan_free(&plan);
  return status;
}
