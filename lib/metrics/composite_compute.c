/* SPDX-License-Identifier: MIT */
/* Composites as answers beside those of the library's metrics, and the list of both. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/composite_items.h"

const cm_model_composite *cm_composite_named(const critmin_model *model, const char *name) {
  int32_t place = cm_metric_find(name) == CM_NONE ? cm_composite_place(model, name) : CM_NONE;
  return place == CM_NONE ? NULL : &model->composites[place];
}

int cm_composites_asked(const critmin_model *model, const critmin_selection *selection) {
  const cm_names *names = cm_selection_names(selection, CM_METRIC);
  for (size_t i = 0; i < names->count; i++) {
    if (cm_composite_named(model, names->names[i])) return 1;
  }
  return 0;
}

/* An assessment has a home of its own; whoever else is about a country needs one, or would be about whom there is. */
static critmin_status check_criteria(const cm_composite_question *q, critmin_error *error) {
  int countries = cm_selection_names(q->selection, CM_COUNTRY)->count > 0,
      partners = cm_selection_names(q->selection, CM_PARTNER)->count > 0;
  for (int64_t k = 0; k < q->definition->n; k++) {
    const cm_definition_criterion *c = &q->definition->criteria[k];
    int country = cm_criterion_asks_country(c) && !cm_metric_assessment(&cm_metrics[c->metric]) && !countries;
    int partner = cm_criterion_asks_partner(c) && !partners;
    if (country || partner)
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                     "criterion `%s` of `%s` is about a %s; name one, in the question or in the definition", c->name,
                     q->composite->key, country ? "country" : "partner");
  }
  return CRITMIN_OK;
}

/* What a selection may say that a composite has no use for. */
static critmin_status check_question(const cm_composite_question *q, critmin_error *error) {
  static const struct {
    cm_dimension dimension;
    const char *name;
  } none[] = {
      {CM_STATUS, "status"}, {CM_INDICATOR, "indicator"}, {CM_KEY, "key"}, {CM_KIND, "kind"}, {CM_MEASURE, "measure"}};
  int country = 0, partner = 0;
  for (int64_t k = 0; k < q->definition->n; k++) {
    country |= cm_criterion_asks_country(&q->definition->criteria[k]);
    partner |= cm_criterion_asks_partner(&q->definition->criteria[k]);
  }
  const char *key = q->composite->key, *what = NULL, *said = NULL;
  for (size_t i = 0; i < sizeof none / sizeof none[0] && !said; i++) {
    const cm_names *names = cm_selection_names(q->selection, none[i].dimension);
    what = none[i].name;
    if (names->count) said = names->names[0];
  }
  const struct {
    cm_dimension dimension;
    const char *name;
    int has;
  } some[] = {{CM_COUNTRY, "country", country},
              {CM_PARTNER, "partner", partner},
              {CM_STAGE, "stage", q->definition->items == CM_ITEMS_STAGE}};
  for (size_t i = 0; i < sizeof some / sizeof some[0] && !said; i++) {
    const cm_names *names = cm_selection_names(q->selection, some[i].dimension);
    what = some[i].name;
    if (names->count && !some[i].has) said = names->names[0];
  }
  if (said)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "the composite `%s` is of no %s, so `%s` cannot be asked for; leave it out", key, what, said);
  return check_criteria(q, error);
}

static critmin_status run(cm_composite_question *q, cm_composite_each each, void *with, critmin_error *error) {
  const cm_names *countries = cm_selection_names(q->selection, CM_COUNTRY),
                 *partners = cm_selection_names(q->selection, CM_PARTNER);
  critmin_status status = check_question(q, error);
  for (size_t i = 0; i < (countries->count ? countries->count : 1) && !status; i++) {
    for (size_t j = 0; j < (partners->count ? partners->count : 1) && !status; j++) {
      cm_composite_items items;
      q->country = countries->count ? countries->names[i] : NULL;
      q->partner = partners->count ? partners->names[j] : NULL;
      status = cm_composite_gather(q, &items, error);
      if (status) break;
      status = cm_composite_score_items(q, &items, error);
      if (!status) status = each(with, q, &items, error);
      cm_composite_items_free(&items);
    }
  }
  return status;
}

/* Rows, so that those of all countries and partners can be put in order. */
typedef struct row {
  cm_composite_item item;
  const char *country, *partner; /* keys; "" for none */
  size_t at;                     /* in the order of the keys */
} row;

typedef struct rows {
  row *row;
  size_t n, room;
} rows;

/* The key of a country or group by any of its names. */
static critmin_status key_of(const critmin_model *m, const char *name, const char **key, critmin_error *error) {
  cm_party party = {CM_NONE, CM_NONE};
  *key = "";
  if (!name) return CRITMIN_OK;
  critmin_status status = cm_model_find_party(m, name, &party.country, &party.group, error);
  if (!status) *key = cm_party_key(m, &party);
  return status;
}

static critmin_status take(void *with, const cm_composite_question *q, cm_composite_items *items,
                           critmin_error *error) {
  rows *r = with;
  const char *country, *partner;
  critmin_status status = key_of(q->model, q->country, &country, error);
  if (!status) status = key_of(q->model, q->partner, &partner, error);
  for (size_t i = 0; i < items->n && !status; i++) {
    if (!cm_grow(&r->row, r->n, &r->room, sizeof *r->row)) return cm_fail_memory(error);
    r->row[r->n++] = (row){.item = items->item[i], .country = country, .partner = partner};
    items->item[i].editions = NULL; /* the row's now */
  }
  return status;
}

static int by_cell(const row *x, const row *y) {
  if (x->item.mineral != y->item.mineral) return x->item.mineral < y->item.mineral ? -1 : 1;
  if (x->item.stage != y->item.stage) return x->item.stage < y->item.stage ? -1 : 1;
  int order = strcmp(x->country, y->country);
  return order ? order : strcmp(x->partner, y->partner);
}

static int by_keys(const void *a, const void *b) {
  const row *x = a, *y = b;
  if (x->item.mineral != y->item.mineral) return x->item.mineral < y->item.mineral ? -1 : 1;
  if (x->item.stage != y->item.stage) return x->item.stage < y->item.stage ? -1 : 1;
  if (x->item.year != y->item.year) return x->item.year < y->item.year ? -1 : 1;
  int order = strcmp(x->country, y->country);
  return order ? order : strcmp(x->partner, y->partner);
}

static int by_value(const void *a, const void *b) {
  const row *x = a, *y = b;
  double v = x->item.answer.value, w = y->item.answer.value;
  if (isnan(v) != isnan(w)) return isnan(v) ? 1 : -1;
  if (v > w || v < w) return v > w ? -1 : 1;
  return x->at < y->at ? -1 : x->at > y->at;
}

/* How good a year is as the newest: one that says something, and not of the future. */
static int tells(const row *r) {
  if (isnan(r->item.answer.value)) return 0;
  return r->item.answer.flags & CRITMIN_FLAG_PROJECTED ? 1 : 2;
}

static int is_newest(const rows *r, const row *of) {
  for (size_t i = 0; i < r->n; i++) {
    const row *other = &r->row[i];
    if (by_cell(other, of) != 0) continue;
    if (tells(other) > tells(of) || (tells(other) == tells(of) && other->item.year > of->item.year)) return 0;
  }
  return 1;
}

static critmin_status write_rows(const cm_composite_question *q, rows *r, cm_builder *b, critmin_error *error) {
  const critmin_model *m = q->model;
  int newest = cm_selection_option(q->selection, "year") != NULL;
  cm_buffer text = {0};
  unsigned char *kept = cm_alloc_array(r->n, 1);
  if (!kept) return cm_fail_memory(error);
  qsort(r->row, r->n, sizeof *r->row, by_keys);
  for (size_t i = 0; i < r->n; i++) r->row[i].at = i;
  if (cm_selection_by_value(q->selection)) qsort(r->row, r->n, sizeof *r->row, by_value);
  for (size_t i = 0; i < r->n; i++) kept[i] = !newest || is_newest(r, &r->row[i]);
  for (size_t i = 0; i < r->n; i++) {
    const row *of = &r->row[i];
    if (!kept[i]) continue;
    cm_builder_row(b);
    cm_builder_text(b, CM_ANSWER_METRIC, q->composite->key);
    cm_builder_text(b, CM_ANSWER_MINERAL, m->minerals[of->item.mineral].key);
    if (of->item.stage != CM_NONE) cm_builder_text(b, CM_ANSWER_STAGE, m->stages[of->item.stage].key);
    if (*of->country) cm_builder_text(b, CM_ANSWER_COUNTRY, of->country);
    if (*of->partner) cm_builder_text(b, CM_ANSWER_PARTNER, of->partner);
    cm_builder_integer(b, CM_ANSWER_YEAR, of->item.year);
    cm_answers_number(b, &of->item.answer, &text);
    cm_builder_text(b, CM_ANSWER_UNIT, "1");
    cm_answers_sources(b, m, of->item.editions, (int32_t)of->item.n_editions, &text);
    cm_builder_text(b, CM_ANSWER_PARAMS, "");
  }
  critmin_status status = text.failed ? cm_fail_memory(error) : CRITMIN_OK;
  cm_buffer_free(&text);
  cm_free(kept);
  return status;
}

critmin_status cm_composite_open(cm_composite_question *q, cm_composite_each each, void *with, critmin_error *error) {
  cm_definition definition;
  critmin_error found;
  critmin_status status = cm_definition_read(q->composite->definition, &definition, &found);
  if (status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(error);
  if (status)
    return cm_fail(error, status, "the definition of `%s` cannot be computed by this library: %s", q->composite->key,
                   found.message);
  q->definition = &definition;
  status = run(q, each, with, error);
  q->definition = NULL;
  cm_definition_free(&definition);
  return status;
}

static critmin_status compute_one(cm_composite_question *q, cm_builder *b, critmin_error *error) {
  rows r = {0};
  critmin_status status = cm_composite_open(q, take, &r, error);
  if (!status) status = write_rows(q, &r, b, error);
  for (size_t i = 0; i < r.n; i++) cm_free(r.row[i].item.editions);
  cm_free(r.row);
  return status;
}

/* Copies names along a dimension; of metrics those that are the library's. */
static critmin_status copy_names(const critmin_model *model, const critmin_selection *from, cm_dimension dimension,
                                 const char *word, critmin_selection *to, critmin_error *error) {
  const cm_names *names = cm_selection_names(from, dimension);
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < names->count && !status; i++) {
    if (dimension == CM_METRIC && cm_composite_named(model, names->names[i])) continue;
    status = critmin_selection_add(to, word, names->names[i], error);
  }
  return status;
}

/* The same question about the library's metrics alone. */
static critmin_status without_composites(const critmin_model *model, const critmin_selection *from,
                                         critmin_selection **selection, critmin_error *error) {
  static const char *const words[CM_DIMENSIONS] = {
      [CM_METRIC] = "metric",   [CM_MINERAL] = "mineral", [CM_STAGE] = "stage",   [CM_COUNTRY] = "country",
      [CM_PARTNER] = "partner", [CM_MEASURE] = "measure", [CM_STATUS] = "status", [CM_INDICATOR] = "indicator",
      [CM_KEY] = "key",         [CM_KIND] = "kind"};
  critmin_selection *s = NULL;
  critmin_status status = critmin_selection_new(&s, error);
  for (int d = 0; d < CM_DIMENSIONS && !status; d++)
    status = copy_names(model, from, (cm_dimension)d, words[d], s, error);
  if (!status && from->has_years) status = critmin_selection_years(s, from->first_year, from->last_year, error);
  for (size_t i = 0; i < from->n_options && !status; i++)
    status = critmin_selection_set(s, from->options[i].name, from->options[i].value, error);
  if (status)
    critmin_selection_free(s);
  else
    *selection = s;
  return status;
}

/* Of a composite, what its criteria are is in its definition alone. */
static critmin_status check_options(const critmin_selection *selection, critmin_error *error) {
  static const char *const passed[] = {"source", "edition", "date", "year"};
  for (size_t i = 0; i < selection->n_options; i++) {
    const struct cm_option *option = &selection->options[i];
    int known = cm_option_orders_rows(option->name, option->value);
    for (size_t k = 0; k < sizeof passed / sizeof passed[0]; k++) known |= cm_name_equal(option->name, passed[k]);
    if (!known)
      return cm_fail(error, CRITMIN_ERROR_PARAMETER,
                     "a composite has no parameter `%s`; what it is made of is in its definition", option->name);
  }
  return CRITMIN_OK;
}

static critmin_status compute_others(const critmin_model *model, const critmin_selection *selection, int32_t threads,
                                     critmin_progress progress, void *user, cm_plan *plan, critmin_error *error) {
  critmin_selection *others = NULL;
  critmin_status status = without_composites(model, selection, &others, error);
  if (!status) status = cm_plan_make(plan, model, others, error);
  critmin_selection_free(others);
  if (status) return status;
  status = cm_plan_evaluate(plan, threads, progress, user, error);
  if (status) cm_plan_free(plan);
  return status;
}

critmin_status cm_composites_compute(const critmin_model *model, const critmin_selection *selection, int32_t threads,
                                     critmin_progress progress, void *user, cm_builder *b, critmin_error *error) {
  const cm_names *names = cm_selection_names(selection, CM_METRIC);
  size_t composites = 0;
  for (size_t i = 0; i < names->count; i++) composites += cm_composite_named(model, names->names[i]) != NULL;
  cm_plan plan = {0};
  critmin_status status = composites < names->count
                              ? compute_others(model, selection, threads, progress, user, &plan, error)
                              : check_options(selection, error);
  if (status) return status;
  int32_t place = 0;
  for (size_t i = 0; i < names->count && !status; i++) {
    const cm_model_composite *composite = cm_composite_named(model, names->names[i]);
    cm_composite_question q = {.model = model,
                               .composite = composite,
                               .selection = selection,
                               .threads = threads,
                               .progress = progress,
                               .user = user};
    if (composite)
      status = compute_one(&q, b, error);
    else if (!cm_answers_add(b, &plan, place++))
      status = cm_fail_memory(error);
  }
  cm_plan_free(&plan);
  return status;
}
