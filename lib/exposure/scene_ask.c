/* SPDX-License-Identifier: MIT */
/* What the catalogue says of one cell. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "critmin/answer.h"
#include "critmin/metric.h"
#include "exposure/scene.h"

static critmin_status fill(const cm_question *q, int32_t year, critmin_selection *selection, critmin_error *error) {
  const struct {
    const char *dimension, *name;
  } names[] = {{"metric", q->metric},
               {"mineral", q->mineral},
               {"stage", q->stage},
               {"country", q->country},
               {"partner", q->partner}};
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < sizeof names / sizeof names[0] && !status; i++) {
    if (names[i].name) status = critmin_selection_add(selection, names[i].dimension, names[i].name, error);
  }
  if (!status && q->at) status = critmin_selection_set(selection, "at", q->at, error);
  if (!status && q->transit) status = critmin_selection_set(selection, "transit", q->transit, error);
  if (status) return status;
  if (year == CM_NONE) return critmin_selection_set(selection, "year", "newest", error);
  return critmin_selection_years(selection, year, year, error);
}

critmin_status cm_question_select(const cm_question *question, int32_t year, critmin_selection **selection,
                                  critmin_error *error) {
  critmin_status status = critmin_selection_new(selection, error);
  if (status) return status;
  status = fill(question, year, *selection, error);
  if (!status) return CRITMIN_OK;
  critmin_selection_free(*selection);
  *selection = NULL;
  return status;
}

critmin_status cm_scene_keep(cm_scene_making *p, int32_t input, const cm_question *q) {
  cm_scene *scene = p->scene;
  cm_scene_asked asked = {.input = input};
  const char *const *from[] = {&q->metric, &q->mineral, &q->stage, &q->country, &q->partner, &q->at, &q->transit};
  const char **to[] = {&asked.question.metric,  &asked.question.mineral, &asked.question.stage,  &asked.question.country,
                       &asked.question.partner, &asked.question.at,      &asked.question.transit};
  for (size_t i = 0; i < sizeof to / sizeof to[0]; i++) {
    critmin_status status = cm_scene_text(p, *from[i], to[i]);
    if (status) return status;
  }
  if (!cm_grow(&scene->asked, scene->n_asked, &scene->asked_room, sizeof asked)) return cm_fail_memory(p->error);
  scene->asked[scene->n_asked++] = asked;
  return CRITMIN_OK;
}

static int cell_is(const critmin_table *table, const char *column, int64_t row, const char *word) {
  const char *text = critmin_table_text(table, critmin_table_find(table, column), row);
  return text && strcmp(text, word) == 0;
}

static uint64_t flags_of(const char *names) {
  uint64_t flags = 0;
  for (const char *at = names; at && *at;) {
    size_t length = strcspn(at, ";");
    for (int32_t bit = 0; critmin_flag_name(bit); bit++) {
      const char *name = critmin_flag_name(bit);
      if (strlen(name) == length && memcmp(name, at, length) == 0) flags |= UINT64_C(1) << bit;
    }
    at += length + (at[length] == ';');
  }
  return flags;
}

static void read_cell(const critmin_table *table, int64_t row, cm_range *range, uint64_t *flags) {
  range->value = critmin_table_number(table, critmin_table_find(table, "value"), row);
  range->low = critmin_table_number(table, critmin_table_find(table, "low"), row);
  range->high = critmin_table_number(table, critmin_table_find(table, "high"), row);
  *flags = flags_of(critmin_table_text(table, critmin_table_find(table, "flags"), row));
}

static char *text_of(const critmin_table *table, int64_t row) {
  const char *text[4];
  static const char *const columns[] = {"metric", "params", "source", "edition"};
  double year = critmin_table_number(table, critmin_table_find(table, "year"), row);
  for (int i = 0; i < 4; i++) {
    text[i] = critmin_table_text(table, critmin_table_find(table, columns[i]), row);
    if (!text[i]) text[i] = "";
  }
  return cm_text_print("%s of %g%s%s: %s, editions %s", text[0], year, *text[1] ? ", " : "", text[1], text[2], text[3]);
}

critmin_status cm_scene_ask(cm_scene_making *p, const cm_question *q, int *found, cm_range *range, char **unit,
                            uint64_t *flags, char **said_by) {
  critmin_selection *selection = NULL;
  critmin_table *table = NULL;
  critmin_error inner;
  *found = 0;
  critmin_status status = cm_question_select(q, p->scene->year, &selection, &inner);
  if (!status) status = critmin_metric_compute(p->model, selection, 1, NULL, NULL, &table, &inner);
  critmin_selection_free(selection);
  if (status == CRITMIN_ERROR_EMPTY_SELECTION || status == CRITMIN_ERROR_STAGE_NOT_IN_CHAIN) return CRITMIN_OK;
  if (status) return cm_fail(p->error, status, "%s", inner.message);
  int64_t row = -1;
  for (int64_t i = 0; i < critmin_table_rows(table) && row < 0; i++) {
    if (cell_is(table, "mineral", i, q->mineral) && cell_is(table, "stage", i, q->stage)) row = i;
  }
  if (row >= 0) {
    read_cell(table, row, range, flags);
    *said_by = text_of(table, row);
    const char *in = critmin_table_text(table, critmin_table_find(table, "unit"), row);
    *unit = cm_text_copy(in ? in : "");
    if (!*said_by || !*unit) {
      cm_free(*said_by);
      cm_free(*unit);
      *said_by = *unit = NULL;
      critmin_table_free(table);
      return cm_fail_memory(p->error);
    }
    *found = 1;
  }
  critmin_table_free(table);
  return CRITMIN_OK;
}
