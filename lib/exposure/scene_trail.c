/* SPDX-License-Identifier: MIT */
#include "exposure/scene_trail.h"

#include "metrics/catalogue.h"

static const cm_row *row_of(const cm_plan *plan, const cm_scene_user *u) {
  for (size_t i = 0; i < plan->n_answers; i++) {
    if (plan->answers[i]->mineral == u->mineral && plan->answers[i]->stage == u->stage) return plan->answers[i];
  }
  return NULL;
}

/* The plan borrows from the selection. */
static critmin_status with_plan(cm_scene_making *p, const cm_scene_user *u, const critmin_selection *selection,
                                cm_on_trail call, void *to, critmin_error *error) {
  cm_plan plan;
  cm_chain chain = {0};
  cm_trail trail = {0};
  critmin_status status = cm_plan_make(&plan, p->model, selection, error);
  if (status) return status;
  status = cm_plan_evaluate(&plan, 1, NULL, NULL, error);
  const cm_row *row = status ? NULL : row_of(&plan, u);
  if (row) status = cm_trail_begin(&trail, &chain, &plan, row, &plan.values[row->metric], error);
  if (row && !status && trail.stage != CM_NONE && trail.is_there && !trail.imports_only)
    status = call(&trail, to, error);
  cm_trail_free(&trail);
  cm_chain_free(&chain);
  cm_plan_free(&plan);
  return status;
}

critmin_status cm_scene_trail(cm_scene_making *p, const cm_scene_user *u, const cm_question *question,
                              cm_on_trail call, void *to) {
  critmin_selection *selection = NULL;
  critmin_error inner;
  critmin_status status = cm_question_select(question, p->scene->year, &selection, &inner);
  if (!status) status = with_plan(p, u, selection, call, to, &inner);
  critmin_selection_free(selection);
  /* That nothing is on record is no failure. */
  if (!status || status == CRITMIN_ERROR_EMPTY_SELECTION) return CRITMIN_OK;
  return cm_fail(p->error, status, "%s", inner.message);
}
