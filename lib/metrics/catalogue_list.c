/* SPDX-License-Identifier: MIT */
/* The metrics as a table: the library's, and after them the composites of a model. */
#include <math.h>

#include "base/memory.h"
#include "metrics/composite_items.h"

enum { METRIC, UNIT, LOW, HIGH, SUBJECT, VERIFIED, CITATION, TEXT, COLUMNS };

/* What a metric is about, and so what `--country` names. */
static const char *const subjects[] = {
    [CM_SUBJECT_MARKET] = "market", [CM_SUBJECT_COUNTRY] = "country", [CM_SUBJECT_SUPPLIER] = "supplier",
    [CM_SUBJECT_USER] = "user",     [CM_SUBJECT_PAIR] = "pair",       [CM_SUBJECT_ASSESSED] = "assessed",
};

static cm_builder *list_metrics(void) {
  static const cm_column columns[COLUMNS] = {
      [METRIC] = {"metric", "", CRITMIN_COLUMN_TEXT},      [UNIT] = {"unit", "", CRITMIN_COLUMN_TEXT},
      [LOW] = {"low", "as `unit`", CRITMIN_COLUMN_NUMBER}, [HIGH] = {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},
      [SUBJECT] = {"subject", "", CRITMIN_COLUMN_TEXT},    [VERIFIED] = {"verified", "", CRITMIN_COLUMN_INTEGER},
      [CITATION] = {"citation", "", CRITMIN_COLUMN_TEXT},  [TEXT] = {"text", "", CRITMIN_COLUMN_TEXT},
  };
  cm_builder *b = cm_builder_new(columns, COLUMNS);
  for (int i = 0; i < cm_n_metrics && b; i++) {
    const cm_metric *m = &cm_metrics[i];
    cm_builder_row(b);
    cm_builder_text(b, METRIC, m->name);
    cm_builder_text(b, UNIT, m->unit ? m->unit : "unit of the market");
    cm_builder_number(b, LOW, isinf(m->low) ? NAN : m->low);
    cm_builder_number(b, HIGH, isinf(m->high) ? NAN : m->high);
    cm_builder_text(b, SUBJECT, subjects[m->subject]);
    cm_builder_integer(b, VERIFIED, m->verified);
    cm_builder_text(b, CITATION, m->citation);
    cm_builder_text(b, TEXT, m->text);
  }
  return b;
}

critmin_status critmin_metric_list(critmin_table **table, critmin_error *error) {
  if (!table) return cm_fail_null(error, "table");
  cm_builder *b = list_metrics();
  return b ? cm_builder_finish(b, table, error) : cm_fail_memory(error);
}

/* The range of scores, where every criterion is on a scale that has ends. */
static void range_of(const cm_definition *d, double *low, double *high) {
  *low = INFINITY;
  *high = -INFINITY;
  for (int64_t k = 0; k < d->n; k++) {
    const critmin_criterion *scale = &d->criteria[k].scale;
    double least = scale->normalise == CRITMIN_NORMALISE_Z ? NAN : 0,
           most = scale->normalise == CRITMIN_NORMALISE_Z ? NAN : 1;
    for (int64_t p = 0; p < scale->points; p++) {
      least = p == 0 ? scale->score[0] : fmin(least, scale->score[p]);
      most = p == 0 ? scale->score[0] : fmax(most, scale->score[p]);
    }
    *low = isnan(least) || isnan(*low) ? NAN : fmin(*low, least);
    *high = isnan(most) || isnan(*high) ? NAN : fmax(*high, most);
  }
}

static const char *subject_of_composite(const cm_definition *d) {
  int country = 0, partner = 0;
  for (int64_t k = 0; k < d->n; k++) {
    country |= cm_criterion_asks_country(&d->criteria[k]);
    partner |= cm_criterion_asks_partner(&d->criteria[k]);
  }
  return subjects[partner ? CM_SUBJECT_PAIR : country ? CM_SUBJECT_ASSESSED : CM_SUBJECT_MARKET];
}

/* JSON on one line: no space but in its texts, and after commas and colons. */
static void on_one_line(const char *json, cm_buffer *text) {
  int quoted = 0;
  for (const char *at = json; *at; at++) {
    if (!quoted && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) continue;
    if (*at == '"') quoted = !quoted;
    if (quoted && *at == '\\' && at[1]) cm_buffer_add_n(text, at++, 1);
    cm_buffer_add_n(text, at, 1);
    if (!quoted && (*at == ',' || *at == ':')) cm_buffer_add_n(text, " ", 1);
  }
}

static critmin_status list_composite(cm_builder *b, const cm_model_composite *c, critmin_error *error) {
  cm_definition d;
  critmin_error found;
  double low = NAN, high = NAN;
  cm_buffer text = {0};
  critmin_status status = cm_definition_read(c->definition, &d, &found);
  if (status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(error);
  on_one_line(c->definition, &text);
  cm_builder_row(b);
  cm_builder_text(b, METRIC, c->key);
  cm_builder_text(b, UNIT, "1");
  if (!status) range_of(&d, &low, &high);
  cm_builder_number(b, LOW, low);
  cm_builder_number(b, HIGH, high);
  cm_builder_text(b, SUBJECT, status ? NULL : subject_of_composite(&d));
  cm_builder_integer(b, VERIFIED, 0);
  cm_builder_text(b, CITATION, c->name);
  cm_builder_text(b, TEXT, text.data);
  if (!status) cm_definition_free(&d);
  status = text.failed ? cm_fail_memory(error) : CRITMIN_OK;
  cm_buffer_free(&text);
  return status;
}

critmin_status critmin_metric_list_of(const critmin_model *model, critmin_table **table, critmin_error *error) {
  if (!model) return cm_fail_null(error, "model");
  if (!table) return cm_fail_null(error, "table");
  cm_builder *b = list_metrics();
  if (!b) return cm_fail_memory(error);
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < model->n_composites && !status; i++) status = list_composite(b, &model->composites[i], error);
  if (!status) return cm_builder_finish(b, table, error);
  cm_builder_free(b);
  return status;
}
