/* SPDX-License-Identifier: MIT */
#include "metrics/composite_items.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Asking
 * ---------------------------------------------------------------------------------------------------------------- */

static critmin_status add_names(critmin_selection *to, const char *dimension, const cm_names *names,
                                critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < names->count && !status; i++)
    status = critmin_selection_add(to, dimension, names->names[i], error);
  return status;
}

static critmin_status add_name(critmin_selection *to, const char *dimension, const char *name, critmin_error *error) {
  return name ? critmin_selection_add(to, dimension, name, error) : CRITMIN_OK;
}

/* What a question says of the model and of the day is for its criteria too. */
static critmin_status add_options(critmin_selection *to, const critmin_selection *from, critmin_error *error) {
  static const char *const passed[] = {"source", "edition", "date"};
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < sizeof passed / sizeof passed[0] && !status; i++) {
    const char *value = cm_selection_option(from, passed[i]);
    if (value) status = critmin_selection_set(to, passed[i], value, error);
  }
  return status;
}

critmin_status cm_composite_ask(const cm_composite_question *q, const cm_definition_criterion *c,
                                critmin_selection **selection, critmin_error *error) {
  critmin_selection *s = NULL;
  const critmin_selection *from = q->selection;
  critmin_status status = critmin_selection_new(&s, error);
  if (!status) status = add_names(s, "metric", cm_selection_names(c->asked, CM_METRIC), error);
  for (size_t i = 0; i < c->asked->n_options && !status; i++)
    status = critmin_selection_set(s, c->asked->options[i].name, c->asked->options[i].value, error);
  if (!status) status = add_options(s, from, error);
  if (!status) status = add_names(s, "mineral", cm_selection_names(from, CM_MINERAL), error);
  if (!status)
    status = c->stage ? add_name(s, "stage", c->stage, error)
                      : add_names(s, "stage", cm_selection_names(from, CM_STAGE), error);
  if (!status && from->has_years) status = critmin_selection_years(s, from->first_year, from->last_year, error);
  if (!status) status = add_name(s, "country", cm_criterion_asks_country(c) ? q->country : c->country, error);
  if (!status) status = add_name(s, "partner", cm_criterion_asks_partner(c) ? q->partner : c->partner, error);
  if (status)
    critmin_selection_free(s);
  else
    *selection = s;
  return status;
}

/* A failure of a criterion's question, told as that. */
static critmin_status of_criterion(const cm_composite_question *q, const cm_definition_criterion *c,
                                   critmin_error *error, const critmin_error *found) {
  if (found->status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(error);
  return cm_fail(error, found->status, "criterion `%s` of `%s`: %s", c->name, q->composite->key, found->message);
}

/* The answers of one criterion; none where nothing is on record. */
static critmin_status answer(const cm_composite_question *q, const cm_definition_criterion *c, cm_plan *plan,
                             critmin_error *error) {
  critmin_selection *selection = NULL;
  critmin_error found;
  critmin_status status = cm_composite_ask(q, c, &selection, &found);
  if (!status) status = cm_plan_make(plan, q->model, selection, &found);
  if (!status) {
    status = cm_plan_evaluate(plan, q->threads, q->progress, q->user, &found);
    if (status) cm_plan_free(plan);
  }
  critmin_selection_free(selection);
  int nothing = status == CRITMIN_ERROR_EMPTY_SELECTION || (status == CRITMIN_ERROR_STAGE_NOT_IN_CHAIN && c->stage);
  if (nothing) memset(plan, 0, sizeof *plan);
  return status && !nothing ? of_criterion(q, c, error, &found) : CRITMIN_OK;
}

/* Gathering
 * ------------------------------------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b) {
  const cm_composite_item *x = a, *y = b;
  if (x->mineral != y->mineral) return x->mineral < y->mineral ? -1 : 1;
  if (x->stage != y->stage) return x->stage < y->stage ? -1 : 1;
  return x->year < y->year ? -1 : x->year > y->year;
}

static int add_item(cm_composite_items *items, int32_t mineral, int32_t stage, int32_t year) {
  if (!cm_grow(&items->item, items->n, &items->room, sizeof *items->item)) return 0;
  items->item[items->n++] = (cm_composite_item){.mineral = mineral, .stage = stage, .year = year};
  return 1;
}

/* Whether an answer is of one stage, and not of its mineral. */
static int of_stage(const cm_composite_question *q, const cm_definition_criterion *c, const cm_row *row) {
  return q->definition->items == CM_ITEMS_STAGE && !c->stage && row->stage != CM_NONE;
}

/* What a composite of stages has stages by; one of minerals has all that any criterion tells of. */
static int makes_item(const cm_composite_question *q, const cm_definition_criterion *c, const cm_row *row) {
  return q->definition->items == CM_ITEMS_MINERAL || of_stage(q, c, row);
}

/* Minerals asked for by name, in years that are named, are told even where nothing is on record. */
static critmin_status add_named(const cm_composite_question *q, cm_composite_items *items, critmin_error *error) {
  const cm_names *names = cm_selection_names(q->selection, CM_MINERAL);
  if (!q->selection->has_years || q->definition->items != CM_ITEMS_MINERAL) return CRITMIN_OK;
  for (size_t i = 0; i < names->count; i++) {
    int32_t mineral;
    critmin_status status = cm_model_find_mineral(q->model, names->names[i], &mineral, error);
    if (status) return status;
    if (q->model->minerals[mineral].is_group) continue; /* its members stand for it */
    for (int32_t year = q->selection->first_year; year <= q->selection->last_year; year++) {
      if (!add_item(items, mineral, CM_NONE, year)) return cm_fail_memory(error);
    }
  }
  return CRITMIN_OK;
}

static critmin_status make_items(const cm_composite_question *q, const cm_plan *plans, cm_composite_items *items,
                                 critmin_error *error) {
  critmin_status status = add_named(q, items, error);
  if (status) return status;
  for (int64_t k = 0; k < q->definition->n; k++) {
    const cm_definition_criterion *c = &q->definition->criteria[k];
    for (size_t i = 0; i < plans[k].n_answers; i++) {
      const cm_row *row = plans[k].answers[i];
      if (!makes_item(q, c, row)) continue;
      if (!add_item(items, row->mineral, of_stage(q, c, row) ? row->stage : CM_NONE, row->year))
        return cm_fail_memory(error);
    }
  }
  if (items->n == 0)
    return cm_fail(
        error, CRITMIN_ERROR_EMPTY_SELECTION,
        "nothing is on record for any criterion of `%s`; ask for fewer restrictions, or for one of its metrics",
        q->composite->key);
  qsort(items->item, items->n, sizeof *items->item, by_place);
  size_t n = 1;
  for (size_t i = 1; i < items->n; i++) {
    if (by_place(&items->item[n - 1], &items->item[i]) != 0) items->item[n++] = items->item[i];
  }
  items->n = n;
  return CRITMIN_OK;
}

static int cite(cm_composite_item *item, const cm_row *row) {
  int of_market = row->market && row->n_editions == 0;
  const int32_t *editions = of_market ? &row->market->edition : row->editions;
  int32_t n = of_market ? 1 : row->n_editions;
  for (int32_t i = 0; i < n; i++) {
    size_t at = 0;
    while (at < item->n_editions && item->editions[at] < editions[i]) at++;
    if (at < item->n_editions && item->editions[at] == editions[i]) continue;
    if (!cm_grow(&item->editions, item->n_editions, &item->editions_room, sizeof *item->editions)) return 0;
    memmove(&item->editions[at + 1], &item->editions[at], (item->n_editions - at) * sizeof *item->editions);
    item->editions[at] = editions[i];
    item->n_editions++;
  }
  return 1;
}

/* An end that one of the two does not have, neither have both. */
static double both(int stages, double a, double b, int32_t n) {
  if (isnan(a) || isnan(b)) return NAN;
  if (stages == CM_STAGES_MEAN) return a + (b - a) / n;
  return stages == CM_STAGES_GREATEST ? fmax(a, b) : fmin(a, b);
}

static void put(cm_composite_cell *cell, const cm_definition_criterion *c, const cm_row *row) {
  const critmin_answer *a = &row->answer;
  int whole = row->stage == CM_NONE;
  if (cell->n > 0 && cell->whole != whole) {
    if (cell->whole) return;
    cell->n = 0;
  }
  if (cell->n > 0 && isnan(a->value)) { /* the others stand for the mineral */
    cell->flags |= CRITMIN_FLAG_NOT_AVAILABLE;
    return;
  }
  if (cell->n == 0 || isnan(cell->value)) {
    uint64_t flags = cell->n > 0 ? CRITMIN_FLAG_NOT_AVAILABLE : 0;
    *cell = (cm_composite_cell){a->value, a->low, a->high, a->coverage, a->flags | flags, 1, whole};
    return;
  }
  cell->n++;
  cell->value = both(c->stages, cell->value, a->value, cell->n);
  cell->low = both(c->stages, cell->low, a->low, cell->n);
  cell->high = both(c->stages, cell->high, a->high, cell->n);
  cell->coverage = isnan(cell->coverage) || isnan(a->coverage) ? NAN : fmin(cell->coverage, a->coverage);
  cell->flags |= a->flags;
}

static size_t first_of(const cm_composite_items *items, int32_t mineral) {
  size_t low = 0, high = items->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (items->item[middle].mineral < mineral)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Places answers among the items; items of stages take what is said of their mineral. */
static critmin_status place_answers(const cm_composite_question *q, const cm_plan *plans, cm_composite_items *items,
                                    critmin_error *error) {
  for (int64_t k = 0; k < q->definition->n; k++) {
    const cm_definition_criterion *c = &q->definition->criteria[k];
    for (size_t i = 0; i < plans[k].n_answers; i++) {
      const cm_row *row = plans[k].answers[i];
      int staged = of_stage(q, c, row);
      for (size_t j = first_of(items, row->mineral); j < items->n && items->item[j].mineral == row->mineral; j++) {
        cm_composite_item *item = &items->item[j];
        if (item->year != row->year || (staged && item->stage != row->stage)) continue;
        put(&items->cell[j * (size_t)q->definition->n + (size_t)k], c, row);
        if (!cite(item, row)) return cm_fail_memory(error);
      }
    }
  }
  return CRITMIN_OK;
}

static critmin_status gather(const cm_composite_question *q, const cm_plan *plans, cm_composite_items *items,
                             critmin_error *error) {
  critmin_status status = make_items(q, plans, items, error);
  if (status) return status;
  size_t cells = items->n * (size_t)q->definition->n;
  items->cell = cm_alloc_array(cells, sizeof *items->cell);
  items->value = cm_alloc_array(cells, sizeof *items->value);
  items->low = cm_alloc_array(cells, sizeof *items->low);
  items->high = cm_alloc_array(cells, sizeof *items->high);
  if (!items->cell || !items->value || !items->low || !items->high) return cm_fail_memory(error);
  for (size_t i = 0; i < cells; i++)
    items->cell[i] = (cm_composite_cell){.value = NAN, .low = NAN, .high = NAN, .coverage = NAN};
  return place_answers(q, plans, items, error);
}

critmin_status cm_composite_gather(const cm_composite_question *q, cm_composite_items *items, critmin_error *error) {
  size_t n = (size_t)q->definition->n;
  memset(items, 0, sizeof *items);
  cm_plan *plans = cm_alloc_array(n, sizeof *plans);
  if (!plans) return cm_fail_memory(error);
  critmin_status status = CRITMIN_OK;
  size_t made = 0;
  for (; made < n && !status; made++) status = answer(q, &q->definition->criteria[made], &plans[made], error);
  if (!status) status = gather(q, plans, items, error);
  for (size_t k = 0; k < made; k++) cm_plan_free(&plans[k]);
  cm_free(plans);
  if (status) cm_composite_items_free(items);
  return status;
}

void cm_composite_items_free(cm_composite_items *items) {
  for (size_t i = 0; i < items->n; i++) cm_free(items->item[i].editions);
  cm_free(items->item);
  cm_free(items->cell);
  cm_free(items->value);
  cm_free(items->low);
  cm_free(items->high);
  memset(items, 0, sizeof *items);
}
