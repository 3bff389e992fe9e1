/* SPDX-License-Identifier: MIT */
/*
 * Methods side by side for a country and a year. Each is a question of its own to the catalogue; of a mineral the
 * answer as a whole counts, else that of the stage with the highest score.
 */
#include "metrics/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/presets.h"

/* What is compared when nothing is named. */
static const char *const usual[] = {"hhi",
                                    "hhi_wgi",
                                    "hhi_wgi_t",
                                    "hoskins",
                                    "eu_supply_risk",
                                    "eu_economic_importance",
                                    "usgs_supply_risk",
                                    "bgs_risk",
                                    "geopolrisk_score",
                                    "geopolrisk_cf",
                                    "import_hhi"};
enum { USUAL = sizeof usual / sizeof usual[0] };

const char *cm_answer_text(const critmin_table *table, int column, int64_t row) {
  return critmin_table_text(table, column, row);
}

/* Whether a metric takes the country, and whether it needs one. Composites answer for themselves. */
static void ask_country(const char *metric, int *takes, int *needs) {
  int place = cm_metric_find(metric);
  *takes = 1;
  *needs = 0;
  if (place == CM_NONE) return;
  const cm_metric *m = &cm_metrics[place];
  const cm_assessment *assessment = cm_metric_assessment(m);
  *takes = m->subject != CM_SUBJECT_MARKET && !(assessment && (assessment->home_only || assessment->of_market));
  *needs = m->subject == CM_SUBJECT_USER || m->subject == CM_SUBJECT_COUNTRY || m->subject == CM_SUBJECT_PAIR;
}

/* Options of all, and those of the metric: METRIC.PARAMETER. */
static critmin_status copy_options(const cm_comparison *c, const char *metric, critmin_selection *to,
                                   critmin_error *error) {
  size_t length = strlen(metric);
  for (size_t i = 0; i < c->selection->n_options; i++) {
    const struct cm_option *option = &c->selection->options[i];
    const char *dot = strchr(option->name, '.');
    if (cm_name_equal(option->name, "order")) continue;
    if (dot && ((size_t)(dot - option->name) != length || strncmp(option->name, metric, length) != 0)) continue;
    critmin_status status = critmin_selection_set(to, option->name, option->value, error);
    if (status) return status;
  }
  return CRITMIN_OK;
}

static critmin_status copy_names(const cm_comparison *c, cm_dimension dimension, const char *word,
                                 critmin_selection *to, critmin_error *error) {
  const cm_names *names = cm_selection_names(c->selection, dimension);
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < names->count && !status; i++) status = critmin_selection_add(to, word, names->names[i], error);
  return status;
}

critmin_status cm_comparison_question(const cm_comparison *c, const char *metric, critmin_selection *to,
                                      critmin_error *error) {
  int takes, needs;
  ask_country(metric, &takes, &needs);
  critmin_status status = critmin_selection_add(to, "metric", metric, error);
  if (!status) status = critmin_selection_years(to, c->year, c->year, error);
  if (!status) status = copy_names(c, CM_STAGE, "stage", to, error);
  if (!status && takes) status = copy_names(c, CM_COUNTRY, "country", to, error);
  return status ? status : copy_options(c, metric, to, error);
}

critmin_status cm_comparison_ask(const cm_comparison *c, const char *metric, int optional, critmin_table **table,
                                 critmin_error *error) {
  critmin_selection *selection = NULL;
  critmin_error why;
  int takes, needs;
  *table = NULL;
  ask_country(metric, &takes, &needs);
  if (needs && cm_selection_names(c->selection, CM_COUNTRY)->count == 0) {
    if (optional) return CRITMIN_OK;
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "metric `%s` is of one country; name it along `country`", metric);
  }
  critmin_status status = critmin_selection_new(&selection, &why);
  if (!status) status = cm_comparison_question(c, metric, selection, &why);
  if (!status) status = critmin_metric_compute(c->model, selection, c->threads, c->progress, c->user, table, &why);
  critmin_selection_free(selection);
  if (status == CRITMIN_ERROR_EMPTY_SELECTION) return CRITMIN_OK;
  if (optional && (status == CRITMIN_ERROR_PARAMETER || status == CRITMIN_ERROR_ARGUMENT)) return CRITMIN_OK;
  return status ? cm_fail(error, status, "%s", why.message) : CRITMIN_OK;
}

/* An answer of the mineral as a whole goes before any of a stage, and of stages the highest. */
static int is_better(const critmin_table *table, int64_t row, int64_t best) {
  if (best < 0) return 1;
  int whole = !cm_answer_text(table, CM_ANSWER_STAGE, row), was = !cm_answer_text(table, CM_ANSWER_STAGE, best);
  if (whole != was) return whole;
  double value = critmin_table_number(table, CM_ANSWER_VALUE, row),
         other = critmin_table_number(table, CM_ANSWER_VALUE, best);
  return isnan(other) ? !isnan(value) : value > other;
}

static void take_scores(const cm_comparison *c, cm_method *method) {
  const critmin_model *m = c->model;
  for (size_t i = 0; i < m->n_minerals; i++) {
    method->minerals[i] = (cm_scored){NAN, NAN, NAN, -1, 0, 0, 0};
  }
  for (int64_t row = 0; row < critmin_table_rows(method->table); row++) {
    int32_t mineral = cm_mineral_place(m, cm_answer_text(method->table, CM_ANSWER_MINERAL, row));
    if (mineral != CM_NONE && is_better(method->table, row, method->minerals[mineral].row)) {
      cm_scored *s = &method->minerals[mineral];
      s->row = row;
      s->value = critmin_table_number(method->table, CM_ANSWER_VALUE, row);
      s->low = critmin_table_number(method->table, CM_ANSWER_LOW, row);
      s->high = critmin_table_number(method->table, CM_ANSWER_HIGH, row);
    }
  }
}

/* The ends of a score; an end that is not known is as far off as can be. */
static double least(const cm_scored *s) {
  return isnan(s->low) ? -INFINITY : s->low;
}
static double most(const cm_scored *s) {
  return isnan(s->high) ? INFINITY : s->high;
}

static int has_interval(const cm_comparison *c, const cm_method *method, size_t mineral) {
  const cm_scored *s = &method->minerals[mineral];
  return s->row >= 0 && c->model->minerals[mineral].n_members == 0 && !(isnan(s->low) && isnan(s->high));
}

/*
 * The best and the worst rank that a mineral can have with every score anywhere in its interval. What has an interval
 * and no value is above nobody for certain, but may be above anybody.
 */
static void rank_ends(const cm_comparison *c, cm_method *method) {
  for (size_t i = 0; i < c->model->n_minerals; i++) {
    cm_scored *s = &method->minerals[i];
    if (!has_interval(c, method, i)) continue;
    s->rank_low = s->rank_high = 1;
    for (size_t j = 0; j < c->model->n_minerals; j++) {
      const cm_scored *other = &method->minerals[j];
      if (j == i || !has_interval(c, method, j)) continue;
      s->rank_low += other->rank && least(other) > most(s);
      s->rank_high += most(other) > least(s);
    }
  }
}

/* A group of minerals stands beside its members: it is shown, and has no rank among them. */
static void rank(const cm_comparison *c, cm_method *method) {
  for (size_t i = 0; i < c->model->n_minerals; i++) {
    cm_scored *s = &method->minerals[i];
    s->rank = !isnan(s->value) && c->model->minerals[i].n_members == 0;
    method->ranked += s->rank;
  }
  for (size_t i = 0; i < c->model->n_minerals; i++) {
    cm_scored *s = &method->minerals[i];
    if (s->rank) s->rank = cm_rank_among(c, method, NULL, (int32_t)i, s->value);
  }
  rank_ends(c, method);
}

/* From where on the publisher calls a mineral critical; that of the edition that was asked for. */
static double threshold_of(const cm_method *method) {
  const char *params =
      method->table && critmin_table_rows(method->table) ? cm_answer_text(method->table, CM_ANSWER_PARAMS, 0) : NULL;
  const char *study = params ? strstr(params, "study=") : NULL;
  char preset[16];
  snprintf(preset, sizeof preset, "eu_%.4s", study ? study + strlen("study=") : "2023");
  if (strcmp(method->name, "eu_supply_risk") == 0) return cm_preset_value(preset, "supply_risk_threshold");
  if (strcmp(method->name, "eu_economic_importance") == 0)
    return cm_preset_value(preset, "economic_importance_threshold");
  if (strcmp(method->name, "usgs_supply_risk") == 0) return cm_preset_value("usgs_2021", "supply_risk_threshold");
  return NAN;
}

static critmin_status add_method(cm_comparison *c, const char *name, int optional, critmin_error *error) {
  cm_method *method = &c->methods[c->n_methods];
  int place = cm_metric_find(name);
  for (size_t i = 0; i < c->n_methods; i++) {
    if (cm_name_equal(c->methods[i].name, name)) return CRITMIN_OK;
  }
  critmin_table *table;
  critmin_status status =
      cm_comparison_ask(c, place == CM_NONE ? name : cm_metrics[place].name, optional, &table, error);
  if (status || (!table && optional)) return status;
  *method = (cm_method){.name = cm_text_copy(place == CM_NONE ? name : cm_metrics[place].name), .table = table};
  method->minerals = cm_alloc_array(c->model->n_minerals, sizeof *method->minerals);
  c->n_methods++;
  if (!method->name || !method->minerals) return cm_fail_memory(error);
  take_scores(c, method);
  rank(c, method);
  method->threshold = threshold_of(method);
  return CRITMIN_OK;
}

static critmin_status add_methods(cm_comparison *c, critmin_error *error) {
  const cm_names *names = cm_selection_names(c->selection, CM_METRIC);
  size_t most = names->count ? names->count : USUAL;
  c->methods = cm_alloc_array(most, sizeof *c->methods);
  c->room = cm_alloc_array(c->model->n_minerals, sizeof *c->room);
  if (!c->methods || !c->room) return cm_fail_memory(error);
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < most && !status; i++)
    status = add_method(c, names->count ? names->names[i] : usual[i], names->count == 0, error);
  return status;
}

static void free_methods(cm_comparison *c) {
  for (size_t i = 0; i < c->n_methods; i++) {
    cm_free(c->methods[i].name);
    cm_free(c->methods[i].minerals);
    cm_comparison_factors_free(&c->methods[i]);
    critmin_table_free(c->methods[i].table);
  }
  cm_free(c->methods);
  cm_free(c->room);
  cm_free(c->shown);
}

/* The input whose absence moves the rank most, and how far; the first of several. */
static int most_moved(const cm_comparison *c, const cm_method *method, int32_t mineral, int32_t *moves) {
  int found = CM_NONE;
  for (int i = 0; i < method->n_factors && method->minerals[mineral].rank; i++) {
    int32_t without = cm_rank_without(c, method, NULL, mineral, i);
    int32_t by = without - method->minerals[mineral].rank;
    if (without == 0 || (found != CM_NONE && (by < 0 ? -by : by) <= (*moves < 0 ? -*moves : *moves))) continue;
    found = i;
    *moves = by;
  }
  return found;
}

static void write_score(const cm_comparison *c, cm_builder *b, const cm_method *method, int32_t mineral) {
  const cm_scored *s = &method->minerals[mineral];
  const critmin_table *t = method->table;
  if (s->row < 0) return;
  cm_builder_row(b);
  cm_builder_text(b, CM_COMPARED_MINERAL, c->model->minerals[mineral].key);
  cm_builder_text(b, CM_COMPARED_KIND, "score");
  cm_builder_text(b, CM_COMPARED_METHOD, method->name);
  cm_builder_text(b, CM_COMPARED_STAGE, cm_answer_text(t, CM_ANSWER_STAGE, s->row));
  cm_builder_number(b, CM_COMPARED_VALUE, s->value);
  cm_builder_number(b, CM_COMPARED_LOW, s->low);
  cm_builder_number(b, CM_COMPARED_HIGH, s->high);
  cm_builder_text(b, CM_COMPARED_UNIT, cm_answer_text(t, CM_ANSWER_UNIT, s->row));
  if (s->rank) cm_builder_integer(b, CM_COMPARED_RANK, s->rank);
  if (s->rank_low) {
    cm_builder_integer(b, CM_COMPARED_RANK_LOW, s->rank_low);
    cm_builder_integer(b, CM_COMPARED_RANK_HIGH, s->rank_high);
  }
  cm_builder_integer(b, CM_COMPARED_RANKED, method->ranked);
  cm_builder_number(b, CM_COMPARED_THRESHOLD, method->threshold);
  if (!isnan(method->threshold) && !isnan(s->value))
    cm_builder_integer(b, CM_COMPARED_CRITICAL, s->value >= method->threshold);
  int32_t moves = 0;
  int input = most_moved(c, method, mineral, &moves);
  if (input != CM_NONE) {
    cm_builder_text(b, CM_COMPARED_INPUT, method->factors[input]);
    cm_builder_integer(b, CM_COMPARED_MOVES, moves);
  }
  cm_builder_text(b, CM_COMPARED_FLAGS, cm_answer_text(t, CM_ANSWER_FLAGS, s->row));
  cm_builder_text(b, CM_COMPARED_SOURCE, cm_answer_text(t, CM_ANSWER_SOURCE, s->row));
  cm_builder_text(b, CM_COMPARED_EDITION, cm_answer_text(t, CM_ANSWER_EDITION, s->row));
}

static int32_t distance(int32_t a, int32_t b) {
  return a < b ? b - a : a - b;
}

/* Two methods by the ranks among the minerals that both rank: how far apart, and which input brings them closest. */
static void write_difference(const cm_comparison *c, cm_builder *b, const unsigned char *both, int32_t n,
                             int32_t mineral) {
  const cm_method *method[] = {&c->methods[0], &c->methods[1]};
  int32_t rank[2], closest = 0;
  if (!both[mineral]) return;
  for (int i = 0; i < 2; i++) rank[i] = cm_rank_among(c, method[i], both, mineral, method[i]->minerals[mineral].value);
  int32_t apart = distance(rank[0], rank[1]), best[] = {CM_NONE, CM_NONE};
  for (int i = 0; i < 2; i++) {
    for (int f = 0; f < method[i]->n_factors; f++) {
      int32_t without = cm_rank_without(c, method[i], both, mineral, f);
      int32_t closed = without ? apart - distance(without, rank[1 - i]) : 0;
      if (closed <= closest) continue;
      closest = closed;
      best[0] = i;
      best[1] = f;
    }
  }
  char name[256];
  cm_builder_row(b);
  cm_builder_text(b, CM_COMPARED_MINERAL, c->model->minerals[mineral].key);
  cm_builder_text(b, CM_COMPARED_KIND, "difference");
  snprintf(name, sizeof name, "%s - %s", method[0]->name, method[1]->name);
  cm_builder_text(b, CM_COMPARED_METHOD, name);
  cm_builder_number(b, CM_COMPARED_VALUE, rank[0] - rank[1]);
  cm_builder_text(b, CM_COMPARED_UNIT, "ranks");
  cm_builder_integer(b, CM_COMPARED_RANKED, n);
  if (best[0] != CM_NONE) {
    snprintf(name, sizeof name, "%s of %s", method[best[0]]->factors[best[1]], method[best[0]]->name);
    cm_builder_text(b, CM_COMPARED_INPUT, name);
    cm_builder_integer(b, CM_COMPARED_MOVES, closest);
  }
}

/* Ranks are among all minerals; those that are named, and members of groups that are, are shown. */
static void show(const critmin_model *m, int32_t mineral, unsigned char *shown, int depth) {
  enum { DEEPEST = 8 };
  const cm_model_mineral *of = &m->minerals[mineral];
  shown[mineral] = 1;
  for (int32_t i = 0; i < of->n_members && depth < DEEPEST; i++)
    show(m, m->members[of->first_member + i], shown, depth + 1);
}

static critmin_status choose(cm_comparison *c, critmin_error *error) {
  const cm_names *names = cm_selection_names(c->selection, CM_MINERAL);
  c->shown = cm_alloc_array(c->model->n_minerals, 1);
  if (!c->shown) return cm_fail_memory(error);
  if (names->count == 0) memset(c->shown, 1, c->model->n_minerals);
  for (size_t i = 0; i < names->count; i++) {
    int32_t mineral;
    critmin_status status = cm_model_find_mineral(c->model, names->names[i], &mineral, error);
    if (status) return status;
    show(c->model, mineral, c->shown, 0);
  }
  return CRITMIN_OK;
}

static int is_shown(const cm_comparison *c, size_t mineral) {
  for (size_t i = 0; i < c->n_methods && c->shown[mineral]; i++) {
    if (c->methods[i].minerals[mineral].row >= 0) return 1;
  }
  return 0;
}

static critmin_status write_all(const cm_comparison *c, critmin_table **table, critmin_error *error) {
  static const cm_column columns[CM_COMPARED_COLUMNS] = {
      [CM_COMPARED_MINERAL] = {"mineral", "", CRITMIN_COLUMN_TEXT},
      [CM_COMPARED_KIND] = {"kind", "", CRITMIN_COLUMN_TEXT},
      [CM_COMPARED_METHOD] = {"method", "", CRITMIN_COLUMN_TEXT},
      [CM_COMPARED_STAGE] = {"stage", "", CRITMIN_COLUMN_TEXT},
      [CM_COMPARED_VALUE] = {"value", "as `unit`", CRITMIN_COLUMN_NUMBER},
      [CM_COMPARED_LOW] = {"low", "as `unit`", CRITMIN_COLUMN_NUMBER},
      [CM_COMPARED_HIGH] = {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},
      [CM_COMPARED_UNIT] = {"unit", "", CRITMIN_COLUMN_TEXT},
      [CM_COMPARED_RANK] = {"rank", "", CRITMIN_COLUMN_INTEGER},
      [CM_COMPARED_RANK_LOW] = {"rank_low", "", CRITMIN_COLUMN_INTEGER},
      [CM_COMPARED_RANK_HIGH] = {"rank_high", "", CRITMIN_COLUMN_INTEGER},
      [CM_COMPARED_RANKED] = {"ranked", "", CRITMIN_COLUMN_INTEGER},
      [CM_COMPARED_THRESHOLD] = {"threshold", "as `unit`", CRITMIN_COLUMN_NUMBER},
      [CM_COMPARED_CRITICAL] = {"critical", "", CRITMIN_COLUMN_INTEGER},
      [CM_COMPARED_INPUT] = {"input", "", CRITMIN_COLUMN_TEXT},
      [CM_COMPARED_MOVES] = {"moves", "ranks", CRITMIN_COLUMN_INTEGER},
      [CM_COMPARED_WORDS] = {"words", "", CRITMIN_COLUMN_TEXT},
      [CM_COMPARED_FLAGS] = {"flags", "", CRITMIN_COLUMN_TEXT},
      [CM_COMPARED_SOURCE] = {"source", "", CRITMIN_COLUMN_TEXT},
      [CM_COMPARED_EDITION] = {"edition", "", CRITMIN_COLUMN_TEXT},
  };
  size_t n = c->model->n_minerals;
  cm_builder *b = cm_builder_new(columns, CM_COMPARED_COLUMNS);
  unsigned char *both = cm_alloc_array(n, 1);
  if (!b || !both) {
    cm_builder_free(b);
    cm_free(both);
    return cm_fail_memory(error);
  }
  int32_t in_both = 0;
  for (size_t i = 0; i < n && c->n_methods == 2; i++)
    in_both += both[i] = c->methods[0].minerals[i].rank && c->methods[1].minerals[i].rank;
  for (size_t mineral = 0; mineral < n; mineral++) {
    if (!is_shown(c, mineral)) continue;
    for (size_t i = 0; i < c->n_methods; i++) write_score(c, b, &c->methods[i], (int32_t)mineral);
    if (c->n_methods == 2) write_difference(c, b, both, in_both, (int32_t)mineral);
    cm_comparison_lists(c, b, (int32_t)mineral);
  }
  cm_free(both);
  if (!*c->out_of_memory) return cm_builder_finish(b, table, error);
  cm_builder_free(b);
  return cm_fail_memory(error);
}

static critmin_status check(const critmin_selection *s, critmin_error *error) {
  if (!s) return cm_fail_null(error, "selection");
  if (!s->has_years || s->first_year != s->last_year)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "methods are compared in one year; select it");
  if (cm_selection_names(s, CM_COUNTRY)->count > 1)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "methods are compared for one country or group at a time, not for `%s` and `%s`",
                   cm_selection_names(s, CM_COUNTRY)->names[0], cm_selection_names(s, CM_COUNTRY)->names[1]);
  if (cm_selection_names(s, CM_PARTNER)->count)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "a comparison has no partner, so `%s` cannot be asked for; leave it out",
                   cm_selection_names(s, CM_PARTNER)->names[0]);
  return CRITMIN_OK;
}

critmin_status critmin_metric_compare(const critmin_model *model, const critmin_selection *selection, int32_t threads,
                                      critmin_progress progress, void *user, critmin_table **table,
                                      critmin_error *error) {
  if (!model) return cm_fail_null(error, "model");
  if (!table) return cm_fail_null(error, "table");
  critmin_status status = check(selection, error);
  if (status) return status;
  int out_of_memory = 0;
  cm_comparison c = {.model = model,
                     .out_of_memory = &out_of_memory,
                     .selection = selection,
                     .threads = threads,
                     .year = selection->first_year,
                     .progress = progress,
                     .user = user};
  status = choose(&c, error);
  if (!status) status = add_methods(&c, error);
  if (!status && c.n_methods == 0)
    status = cm_fail(error, CRITMIN_ERROR_EMPTY_SELECTION,
                     "no method says anything of these minerals in %d; ask for another year, or list the figures",
                     (int)c.year);
  if (!status) status = cm_comparison_factors(&c, error);
  if (!status) status = write_all(&c, table, error);
  free_methods(&c);
  return status;
}
