/* SPDX-License-Identifier: MIT */
/* metric, compare and explain: answers, methods side by side, and what is behind one. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "explain_scenario.h"
#include "failure.h"
#include "progress.h"
#include "open_store.h"
#include "running_scenario.h"
#include "table_output.h"

static char loading[] = "loading", computing[] = "computing";

static int load(request *r, critmin_model **model) {
  critmin_store *store = NULL;
  critmin_error error;
  int code = arguments_names(r, "metric", "NAME", r->words[1]);
  if (!code) code = store_open(r, CRITMIN_OPEN_READ, &store);
  if (code) return code;
  if (critmin_model_load(store, r->selection, progress_report, loading, model, &error) != CRITMIN_OK) {
    /* What the store holds is at fault for mixed bases, what was typed for the rest. */
    code = fail_library(&error, error.status == CRITMIN_ERROR_MIXED_BASES ? FROM_FILE : FROM_COMMAND_LINE, NULL);
  }
  critmin_store_close(store);
  return code;
}

static int compute(const request *r, const critmin_model *model, critmin_table **table) {
  critmin_error error;
  critmin_status status =
      critmin_metric_compute(model, r->selection, r->threads, progress_report, computing, table, &error);
  progress_clear();
  return status == CRITMIN_OK ? 0 : fail_library(&error, FROM_COMMAND_LINE, NULL);
}

static int interrupted(void) {
  return progress_interrupted() ? fail(ENDED_MACHINE, "interrupted; nothing was written") : 0;
}

static int has_number(const critmin_table *table, const char *name) {
  int column = critmin_table_find(table, name);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (!isnan(critmin_table_number(table, column, row))) return 1;
  }
  return 0;
}

static int has_answer(const critmin_table *table) {
  return has_number(table, "value");
}

/* What only --table criteria makes sense of is refused without it. */
static int check_criteria(const request *r) {
  static const uint64_t bits[] = {TAKES_DRAWS, TAKES_SEED, TAKES_TOP, TAKES_CONCENTRATION};
  static const char *const names[] = {"draws", "seed", "top", "concentration"};
  if (r->table && strcmp(r->table, "criteria") != 0)
    return fail(ENDED_USAGE, "there is no table `%s` of metrics; a composite has the table `criteria`", r->table);
  for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++) {
    if (!r->table && r->chosen & bits[i])
      return fail(ENDED_USAGE, "--%s is for weights of a composite; add --table criteria", names[i]);
  }
  if (r->table && table_is_factors(r))
    return fail(ENDED_USAGE, "criteria are no factors; write them as text, csv, json or md");
  return 0;
}

static int read_concentration(const request *r, double *concentration) {
  char *end = NULL;
  errno = 0;
  *concentration = r->concentration ? strtod(r->concentration, &end) : 0;
  if (!r->concentration || (*end == '\0' && !errno && *concentration >= 0 && isfinite(*concentration))) return 0;
  return fail(ENDED_USAGE, "--concentration `%s` is no number from 0", r->concentration);
}

/* A composite by its criteria. */
static int take_apart(const request *r, const critmin_model *model, critmin_table **table) {
  static const char *const hidden[] = {"metric", "low", "high", "unit", NULL};
  critmin_error error;
  double concentration;
  int code = read_concentration(r, &concentration);
  if (!code && critmin_composite_detail(model, r->selection, r->top, concentration, (uint64_t)r->seed, r->draws, r->threads,
                                        progress_report, computing, table, &error))
    code = fail_library(&error, FROM_COMMAND_LINE, NULL);
  progress_clear();
  if (!code) code = interrupted();
  if (!code && table_is_text(r)) {
    buffer b = {0};
    table_add_text(*table, hidden, &b);
    code = table_write_text(r, &b);
  } else if (!code) {
    code = table_write(r, *table);
  }
  return code || has_number(*table, "score") ? code : ENDED_UNANSWERED;
}

static int answer(const request *r, const critmin_model *model, critmin_table **table) {
  int code = compute(r, model, table);
  if (!code) code = interrupted();
  if (!code && table_is_factors(r) && !has_answer(*table))
    code = fail(ENDED_UNANSWERED, "no row has a value, so that there is no factor to write; --format text says why");
  if (!code) code = table_write(r, *table);
  return code || has_answer(*table) ? code : ENDED_UNANSWERED;
}

int run_metric(request *r) {
  critmin_model *model = NULL;
  critmin_table *table = NULL;
  int code = check_criteria(r);
  if (!code) code = load(r, &model);
  if (!code) code = r->table ? take_apart(r, model, &table) : answer(r, model, &table);
  critmin_table_free(table);
  critmin_model_free(model);
  return code;
}

/* Ranks are among all minerals: the model is not narrowed to those that are shown. */
static int load_all(request *r, critmin_model **model) {
  critmin_store *store = NULL;
  critmin_selection *all = NULL;
  critmin_error error;
  int code = r->n_words > 1 ? arguments_names(r, "metric", "NAME", r->words[1]) : 0;
  if (!code) code = store_open(r, CRITMIN_OPEN_READ, &store);
  if (code) return code;
  critmin_status status = critmin_selection_new(&all, &error);
  if (!status && r->source) status = critmin_selection_set(all, "source", r->source, &error);
  if (!status && r->edition) status = critmin_selection_set(all, "edition", r->edition, &error);
  if (!status) status = critmin_model_load(store, all, progress_report, loading, model, &error);
  if (status)
    code = fail_library(&error, error.status == CRITMIN_ERROR_MIXED_BASES ? FROM_FILE : FROM_COMMAND_LINE, NULL);
  critmin_selection_free(all);
  critmin_store_close(store);
  return code;
}

/* For reading what fits a line; the other formats have all. */
static int write_comparison(const request *r, const critmin_table *table) {
  static const char *const hidden[] = {"kind", "low", "high", "unit", "threshold", "flags", "source", "edition", NULL};
  buffer b = {0};
  if (!table_is_text(r)) return table_write(r, table);
  table_add_text(table, hidden, &b);
  return table_write_text(r, &b);
}

int run_compare(request *r) {
  critmin_model *model = NULL;
  critmin_table *table = NULL;
  critmin_error error;
  int code = load_all(r, &model);
  if (!code && critmin_metric_compare(model, r->selection, r->threads, progress_report, computing, &table, &error))
    code = fail_library(&error, FROM_COMMAND_LINE, NULL);
  progress_clear();
  if (!code) code = interrupted();
  if (!code) code = write_comparison(r, table);
  if (!code && !has_answer(table)) code = ENDED_UNANSWERED;
  critmin_table_free(table);
  critmin_model_free(model);
  return code;
}

static void add_word(buffer *b, const critmin_table *table, const char *column, int64_t row, const char *before) {
  const char *text = critmin_table_text(table, critmin_table_find(table, column), row);
  if (!text) return;
  buffer_text(b, before);
  buffer_text(b, text);
}

static int same_source(const critmin_table *table, int64_t a, int64_t b) {
  static const char *const columns[] = {"source", "edition"};
  for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
    int column = critmin_table_find(table, columns[i]);
    const int32_t *codes = critmin_table_codes(table, column);
    if (codes && codes[a] != codes[b]) return 0;
  }
  return 1;
}

/* Each source once, as one would cite it. */
void explain_add_sources(buffer *b, const critmin_table *table) {
  int source = critmin_table_find(table, "source");
  buffer_text(b, "\n");
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    int64_t first = 0;
    while (!same_source(table, first, row)) first++;
    if (first < row || !critmin_table_text(table, source, row)) continue;
    buffer name = {0}, text = {0};
    add_word(&name, table, "source", row, "");
    add_word(&name, table, "edition", row, " ");
    add_word(&text, table, "publisher", row, "");
    add_word(&text, table, "title", row, ", ");
    add_word(&text, table, "licence", row, "; licence ");
    add_word(&text, table, "url", row, "; ");
    if (name.failed || text.failed) b->failed = 1;
    else grid_paragraph(b, name.text, text.text ? text.text : "", 0, output_width());
    buffer_free(&name);
    buffer_free(&text);
  }
}

static int write_explanation(const request *r, const critmin_table *answer, const critmin_table *rows) {
  static const char *const everywhere[] = {"mineral", "stage", "unit", "basis", "publisher",
                                           "title", "url", "licence", NULL};
  if (!table_is_text(r)) return table_write(r, rows);
  buffer b = {0};
  table_add_text(answer, (const char *const[]){NULL}, &b);
  buffer_text(&b, "\n");
  table_add_text(rows, everywhere, &b);
  explain_add_sources(&b, rows);
  return table_write_text(r, &b);
}

int run_explain(request *r) {
  if (scenario_is_named(r)) return explain_scenario(r);
  if (r->chosen & (TAKES_MEASURE | TAKES_THREADS | TAKES_DRAWS | TAKES_SEED | TAKES_WHERE))
    return fail(ENDED_USAGE, "--measure, --where, --draws, --seed and --threads are of scenarios; name a file, or a --table");
  critmin_model *model = NULL;
  critmin_table *answer = NULL, *rows = NULL;
  critmin_error error;
  int code = load(r, &model);
  if (!code && critmin_metric_explain(model, r->selection, &rows, &error) != CRITMIN_OK) {
    code = fail_library(&error, FROM_COMMAND_LINE, NULL);
  }
  if (!code) code = compute(r, model, &answer);
  if (!code) code = interrupted();
  if (!code) code = write_explanation(r, answer, rows);
  critmin_table_free(answer);
  critmin_table_free(rows);
  critmin_model_free(model);
  return code;
}
