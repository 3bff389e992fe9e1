/* SPDX-License-Identifier: MIT */
/* What is behind one cell of an outcome: inputs, days, records and figures. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "critmin/metric.h"
#include "exposure/scenario_days.h"
#include "exposure/scenario_measures.h"
#include "exposure/scenario_tables.h"
#include "model/model.h"

enum {
  ROLE,
  PATH,
  WHAT,
  DAY,
  OF_MINERAL,
  OF_STAGE,
  OF_COUNTRY,
  PARTNER,
  FROM,
  TO,
  VALUE,
  LOW,
  HIGH,
  UNIT,
  BASIS,
  STATUS,
  CONTRIBUTION,
  AT_LOW,
  AT_HIGH,
  ORIGIN,
  KEY,
  FLAGS,
  ROW,
  SOURCE,
  EDITION,
  PUBLISHER,
  TITLE,
  URL,
  LICENCE,
  NOTE
};

static const cm_column columns[] = {
    TEXT("role"),
    TEXT("path"),
    TEXT("what"),
    NUMBER("day", "d"),
    TEXT("mineral"),
    TEXT("stage"),
    TEXT("country"),
    TEXT("partner"),
    TEXT("from"),
    TEXT("to"),
    NUMBER("value", "as `unit`"),
    NUMBER("low", "as `unit`"),
    NUMBER("high", "as `unit`"),
    TEXT("unit"),
    TEXT("basis"),
    TEXT("status"),
    NUMBER("contribution", "as the metric"),
    NUMBER("at_low", "as the cell"),
    NUMBER("at_high", "as the cell"),
    TEXT("origin"),
    TEXT("key"),
    TEXT("flags"),
    INTEGER("row"),
    TEXT("source"),
    TEXT("edition"),
    TEXT("publisher"),
    TEXT("title"),
    TEXT("url"),
    TEXT("licence"),
    TEXT("note"),
};

/* The cell --------------------------------------------------------------------------------------------------------- */

typedef enum cell_kind { CELL_OTHER, CELL_USER, CELL_WEEK, CELL_RESERVE, CELL_INPUT } cell_kind;

typedef struct explaining {
  const critmin_outcome *o;
  const critmin_model *model;
  const cm_scene *scene;
  cm_writing w;
  int in_case;
  int32_t user; /* CM_NONE: the cell is of no user */
  cell_kind kind;
  size_t place; /* of the measure, the week, the reserve or the input */
  cm_reserve_measure reserve_measure;
  int in_tonnes, is_drawn;
  uint8_t *enters; /* of each input */
} explaining;

static const char *word(const critmin_table *table, const char *column, int64_t row) {
  int32_t at = critmin_table_find(table, column);
  const char *text = at < 0 ? NULL : critmin_table_text(table, at, row);
  return text ? text : "";
}

static int is_of(const critmin_table *table, int64_t row, const cm_scene_user *u) {
  return strcmp(word(table, "country", row), u->country) == 0 && strcmp(word(table, "mineral", row), u->mineral_key) == 0 &&
         strcmp(word(table, "stage", row), u->stage_key) == 0;
}

/* Which measure, week or reserve it is. What is none of them is of a user all the same. */
static void find_kind(explaining *e, const critmin_table *table, int64_t row) {
  const char *measure = word(table, "measure", row), *reserve = word(table, "reserve", row);
  int32_t week = critmin_table_find(table, "week");
  e->is_drawn = critmin_table_find(table, "probability") >= 0;
  e->in_tonnes = strcmp(word(table, "unit", row), "t") == 0;
  if (week >= 0) {
    e->kind = CELL_WEEK;
    e->place = (size_t)critmin_table_integers(table, week)[row] - 1;
  } else if (*reserve) {
    for (size_t i = 0; i < e->scene->n_reserves; i++) {
      if (strcmp(e->scene->reserves[i].name, reserve) != 0 || !e->scene->reserves[i].serves[e->user]) continue;
      e->kind = CELL_RESERVE;
      e->place = i;
    }
    for (int m = 0; m < CM_RESERVE_MEASURES; m++) {
      if (strcmp(cm_reserve_measure_names[m], measure) == 0) e->reserve_measure = (cm_reserve_measure)m;
    }
  } else if (!e->is_drawn) {
    for (size_t i = 0; i < cm_n_user_measures; i++) {
      if (strcmp(cm_user_measures[i].name, measure) != 0) continue;
      e->kind = CELL_USER;
      e->place = i;
    }
  }
}

static critmin_status find_cell(explaining *e, const char *what, int64_t row, critmin_error *error) {
  critmin_table *table = NULL;
  critmin_status status = critmin_outcome_table(e->o, what, &table, error);
  if (status) return status;
  if (row < 0 || row >= critmin_table_rows(table)) {
    status = cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`%s` has %lld rows, and no row %lld", what,
                     (long long)critmin_table_rows(table), (long long)row);
  } else if (critmin_table_find(table, "path") >= 0) {
    e->kind = CELL_INPUT;
    e->place = (size_t)row;
  } else {
    for (int32_t u = 0; u < (int32_t)e->scene->n_users; u++) {
      if (is_of(table, row, &e->scene->users[u])) e->user = u;
    }
    for (int c = 0; c < CM_CASES; c++) {
      if (strcmp(word(table, "case", row), cm_case_names[c]) == 0) e->in_case = c;
    }
    if (e->user == CM_NONE)
      status = cm_fail(error, CRITMIN_ERROR_ARGUMENT, "a row of `%s` is of no user, so that there is nothing behind it", what);
    else
      find_kind(e, table, row);
  }
  critmin_table_free(table);
  return status;
}

/* What the cell is on a course; NaN where it is not taken from one. */
static double cell_on(const explaining *e, const double *x, const cm_course *course) {
  switch (e->kind) {
    case CELL_USER:
      return cm_user_measures[e->place].of(e->scene, x, course, e->user);
    case CELL_WEEK:
      return course->by_week[(size_t)e->user * course->weeks + e->place];
    case CELL_RESERVE:
      return cm_reserve_measure_of(course, e->reserve_measure, e->place);
    default:
      return NAN;
  }
}

/* Inputs ----------------------------------------------------------------------------------------------------------- */

static void note_input(void *to, int32_t input) {
  ((uint8_t *)to)[input] = 1;
}

static void find_inputs(explaining *e) {
  if (e->kind == CELL_INPUT) {
    e->enters[e->place] = 1;
    return;
  }
  cm_scene_entering(e->scene, e->in_case, e->user, e->in_tonnes, note_input, e->enters);
  for (size_t i = 0; i < e->scene->n_shocks && e->is_drawn; i++) {
    if (e->scene->shocks[i].dependence[e->user] != CM_NONE) e->enters[e->scene->shocks[i].probability] = 1;
  }
}

/* The cell with one input at an end, and all others at their values. */
static critmin_status at_end(const explaining *e, size_t input, double end, double *x, cm_course *course, double *cell,
                             critmin_error *error) {
  const cm_setting setting = cm_setting_of(e->scene, e->in_case, CM_AT_VALUE);
  const double before = x[input];
  x[input] = end;
  critmin_status status = cm_course_run(e->scene, x, &setting, course, error);
  *cell = status ? NAN : cell_on(e, x, course);
  x[input] = before;
  return status;
}

static critmin_status tell_input(explaining *e, size_t input, double *x, cm_course *course, critmin_error *error) {
  const cm_input *in = &e->scene->inputs[input];
  cm_builder *b = e->w.b;
  const int moves = e->kind != CELL_OTHER && e->kind != CELL_INPUT && in->range.low < in->range.high &&
                    !e->o->unknown[e->scene->users[e->user].pool];
  cm_builder_row(b);
  cm_builder_text(b, ROLE, "input");
  cm_builder_text(b, PATH, in->place);
  cm_builder_text(b, WHAT, in->what);
  cm_builder_number(b, VALUE, in->range.value);
  cm_builder_number(b, LOW, in->range.low);
  cm_builder_number(b, HIGH, in->range.high);
  cm_builder_text(b, UNIT, in->unit);
  cm_builder_text(b, ORIGIN, cm_input_origin_names[in->origin]);
  cm_builder_text(b, KEY, in->key);
  cm_builder_text(b, NOTE, in->text);
  cm_write_flags(&e->w, FLAGS, in->flags);
  double low = NAN, high = NAN;
  critmin_status status = moves ? at_end(e, input, in->range.low, x, course, &low, error) : CRITMIN_OK;
  if (!status && moves) status = at_end(e, input, in->range.high, x, course, &high, error);
  cm_builder_number(b, AT_LOW, low);
  cm_builder_number(b, AT_HIGH, high);
  return status;
}

static critmin_status tell_inputs(explaining *e, critmin_error *error) {
  const size_t n = e->scene->n_inputs;
  double *x = cm_alloc_array(n, sizeof *x);
  cm_course course = {0};
  critmin_status status = x && cm_course_make(&course, e->scene) ? CRITMIN_OK : cm_fail_memory(error);
  if (!status) memcpy(x, e->o->x[CM_AT_VALUE], n * sizeof *x);
  for (size_t i = 0; i < n && !status; i++) {
    if (e->enters[i]) status = tell_input(e, i, x, &course, error);
  }
  cm_course_free(&course);
  cm_free(x);
  return status;
}

/* Days -------------------------------------------------------------------------------------------------------------
 */

static void tell_day(void *to, const cm_scenario_day_of *day) {
  cm_builder *b = ((explaining *)to)->w.b;
  cm_builder_row(b);
  cm_builder_text(b, ROLE, "day");
  cm_builder_text(b, PATH, day->place);
  cm_builder_text(b, WHAT, day->what);
  cm_builder_number(b, DAY, day->day);
  cm_builder_number(b, VALUE, day->missing);
  cm_builder_text(b, UNIT, "1");
  cm_builder_text(b, KEY, day->name);
}

static critmin_status tell_days(explaining *e, critmin_error *error) {
  if (e->kind == CELL_INPUT) return CRITMIN_OK;
  return cm_scenario_days(e->o, e->in_case, e->user, tell_day, e, error);
}

/* Records ---------------------------------------------------------------------------------------------------------- */

static const cm_model_source *source_of(const critmin_model *model, const char *key, size_t length) {
  for (size_t i = 0; model && i < model->n_sources; i++) {
    if (strlen(model->sources[i].key) == length && memcmp(model->sources[i].key, key, length) == 0)
      return &model->sources[i];
  }
  return NULL;
}

static critmin_status tell_record(explaining *e, const char *place, const cm_scene_record *record, critmin_error *error) {
  cm_builder *b = e->w.b;
  for (const char *at = record->sources ? record->sources : ""; *at;) {
    const size_t length = strcspn(at, ";");
    const cm_model_source *source = source_of(e->model, at, length);
    char *key = cm_text_copy_n(at, length);
    if (!key) return cm_fail_memory(error);
    cm_builder_row(b);
    cm_builder_text(b, ROLE, "record");
    cm_builder_text(b, PATH, place);
    cm_builder_text(b, KEY, record->key);
    cm_builder_text(b, SOURCE, key);
    cm_free(key);
    if (source) {
      cm_builder_text(b, PUBLISHER, source->publisher);
      cm_builder_text(b, TITLE, source->title);
      cm_builder_text(b, URL, source->url);
      cm_builder_text(b, LICENCE, source->licence);
    }
    at += length + (at[length] == ';');
  }
  return CRITMIN_OK;
}

/* Of the shocks that hit the user, and of what answers in the case. */
static critmin_status tell_records(explaining *e, critmin_error *error) {
  const cm_scene *scene = e->scene;
  critmin_status status = CRITMIN_OK;
  if (e->kind == CELL_INPUT) {
    const cm_input *in = &scene->inputs[e->place];
    return tell_record(e, in->place, &(cm_scene_record){in->key, in->sources}, error);
  }
  const cm_setting setting = cm_setting_of(scene, e->in_case, CM_AT_VALUE);
  for (size_t i = 0; i < scene->n_shocks && !status; i++) {
    const cm_scene_shock *s = &scene->shocks[i];
    if (s->dependence[e->user] != CM_NONE) status = tell_record(e, s->place, &s->record, error);
  }
  for (size_t i = 0; i < scene->n_reserves && setting.reserves && !status; i++) {
    const cm_scene_reserve *r = &scene->reserves[i];
    if (r->serves[e->user]) status = tell_record(e, r->place, &r->record, error);
  }
  for (size_t i = 0; i < scene->n_agreements && setting.agreements && !status; i++) {
    const cm_scene_agreement *g = &scene->agreements[i];
    if (g->user == e->user) status = tell_record(e, g->place, &g->record, error);
  }
  return status;
}

/* Figures ---------------------------------------------------------------------------------------------------------- */

static const struct {
  const char *name;
  int column;
} copied[] = {{"role", ROLE},           {"mineral", OF_MINERAL}, {"stage", OF_STAGE},     {"country", OF_COUNTRY},
              {"partner", PARTNER},     {"from", FROM},          {"to", TO},              {"value", VALUE},
              {"low", LOW},             {"high", HIGH},          {"unit", UNIT},          {"basis", BASIS},
              {"status", STATUS},       {"row", ROW},            {"source", SOURCE},      {"edition", EDITION},
              {"publisher", PUBLISHER}, {"title", TITLE},        {"url", URL},            {"licence", LICENCE},
              {"note", NOTE},           {"contribution", CONTRIBUTION}};

static void copy_row(explaining *e, const critmin_table *table, int64_t row, const char *place) {
  cm_builder *b = e->w.b;
  cm_builder_row(b);
  cm_builder_text(b, PATH, place);
  for (size_t i = 0; i < sizeof copied / sizeof copied[0]; i++) {
    int32_t at = critmin_table_find(table, copied[i].name);
    if (at < 0) continue;
    switch (critmin_table_type(table, at)) {
      case CRITMIN_COLUMN_TEXT:
        cm_builder_text(b, copied[i].column, critmin_table_text(table, at, row));
        break;
      case CRITMIN_COLUMN_INTEGER:
        cm_builder_integer(b, copied[i].column, critmin_table_integers(table, at)[row]);
        break;
      default:
        cm_builder_number(b, copied[i].column, critmin_table_number(table, at, row));
    }
  }
}

static int same_text(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

/* Goods that only pass through are told by the same rows as those that are made or worked up. */
static int is_asked_before(const explaining *e, size_t place) {
  const cm_question *q = &e->scene->asked[place].question;
  for (size_t i = 0; i < place; i++) {
    const cm_question *other = &e->scene->asked[i].question;
    if (e->enters[e->scene->asked[i].input] && same_text(q->metric, other->metric) &&
        same_text(q->mineral, other->mineral) && same_text(q->stage, other->stage) &&
        same_text(q->country, other->country) && same_text(q->partner, other->partner) && same_text(q->at, other->at))
      return 1;
  }
  return 0;
}

static critmin_status tell_figures(explaining *e, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < e->scene->n_asked && e->model && !status; i++) {
    const cm_scene_asked *asked = &e->scene->asked[i];
    critmin_selection *selection = NULL;
    critmin_table *table = NULL;
    if (!e->enters[asked->input] || is_asked_before(e, i)) continue;
    status = cm_question_select(&asked->question, e->scene->year, &selection, error);
    if (!status) status = critmin_metric_explain(e->model, selection, &table, error);
    for (int64_t row = 0; !status && row < critmin_table_rows(table); row++)
      copy_row(e, table, row, e->scene->inputs[asked->input].place);
    critmin_selection_free(selection);
    critmin_table_free(table);
  }
  return status;
}

critmin_status critmin_outcome_explain(const critmin_outcome *outcome, const critmin_model *model, const char *what,
                                       int64_t row, critmin_table **table, critmin_error *error) {
  if (!outcome) return cm_fail_null(error, "outcome");
  if (!what) return cm_fail_null(error, "what");
  if (!table) return cm_fail_null(error, "table");
  explaining e = {.o = outcome, .model = model, .scene = &outcome->scene, .user = CM_NONE};
  critmin_status status = find_cell(&e, what, row, error);
  if (status) return status;
  e.enters = cm_alloc_array(e.scene->n_inputs, 1);
  e.w = (cm_writing){.o = outcome, .scene = e.scene, .error = error};
  e.w.b = e.enters ? cm_builder_new(columns, (int32_t)(sizeof columns / sizeof columns[0])) : NULL;
  if (!e.w.b) status = cm_fail_memory(error);
  if (!status) {
    find_inputs(&e);
    status = tell_inputs(&e, error);
  }
  if (!status) status = tell_days(&e, error);
  if (!status) status = tell_records(&e, error);
  if (!status) status = tell_figures(&e, error);
  cm_free(e.enters);
  if (!status) return cm_builder_finish(e.w.b, table, error);
  cm_builder_free(e.w.b);
  return status;
}
