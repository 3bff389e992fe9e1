/* SPDX-License-Identifier: MIT */
/* The criteria of a composite, on their scales, as the inputs of its scores. */
#include <string.h>

#include "base/memory.h"
#include "metrics/compare.h"
#include "metrics/composite_items.h"

typedef struct filling {
  const cm_comparison *comparison;
  cm_method *method;
} filling;

/* Of the items of a mineral the one that its score is of. */
static critmin_status fill(void *with, const cm_composite_question *question, cm_composite_items *items,
                           critmin_error *error) {
  const filling *f = with;
  const critmin_model *m = question->model;
  size_t n = (size_t)f->method->n_factors;
  (void)error;
  for (size_t i = 0; i < items->n; i++) {
    const cm_composite_item *item = &items->item[i];
    const cm_scored *s = &f->method->minerals[item->mineral];
    const char *stage = s->row < 0 ? NULL : cm_answer_text(f->method->table, CM_ANSWER_STAGE, s->row);
    const char *is = item->stage == CM_NONE ? NULL : m->stages[item->stage].key;
    if (s->row < 0 || item->year != f->comparison->year || !stage != !is || (stage && strcmp(stage, is) != 0)) continue;
    memcpy(f->method->factor + (size_t)item->mineral * n, items->value + i * n, n * sizeof *items->value);
  }
  return CRITMIN_OK;
}

static critmin_status open(const cm_comparison *c, cm_method *method, const cm_model_composite *composite,
                           critmin_error *error) {
  critmin_selection *selection = NULL;
  filling with = {c, method};
  critmin_status status = critmin_selection_new(&selection, error);
  if (!status) status = cm_comparison_question(c, method->name, selection, error);
  cm_composite_question q = {.model = c->model, .composite = composite, .selection = selection, .threads = c->threads,
                             .progress = c->progress, .user = c->user};
  if (!status) status = cm_composite_open(&q, fill, &with, error);
  critmin_selection_free(selection);
  return status;
}

critmin_status cm_comparison_criteria(const cm_comparison *c, cm_method *method, critmin_error *error) {
  const cm_model_composite *composite = cm_composite_named(c->model, method->name);
  if (!composite || !method->table) return CRITMIN_OK;
  cm_definition *d = cm_alloc_array(1, sizeof *d);
  if (!d) return cm_fail_memory(error);
  critmin_status status = cm_definition_read(composite->definition, d, error);
  if (status) {
    cm_free(d);
    return status;
  }
  method->definition = d;
  status = cm_comparison_room(c, method, (int)d->n, error);
  if (status) return status;
  for (method->n_factors = 0; method->n_factors < (int)d->n; method->n_factors++)
    method->factors[method->n_factors] = d->criteria[method->n_factors].name;
  return open(c, method, composite, error);
}
