/* SPDX-License-Identifier: MIT */
/* Behind a cell about a user: the figures and flows of every term of its balance, with what each adds. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "metrics/explain.h"

static void tell_flow(const cm_telling *t, const cm_use *use, const cm_evidence *e) {
  const critmin_model *m = t->model;
  const cm_flows *f = &m->flows;
  const cm_model_stage *stage = &m->stages[e->flow_market->stage];
  int by = e->term == CM_TERM_EXPORTS ? CM_BY_QUANTITY : use->imports.by;
  int64_t i = e->flow;
  char from[CM_PERIOD_TEXT], to[CM_PERIOD_TEXT];
  snprintf(from, sizeof from, "%d", (int)e->flow_market->from_year);
  snprintf(to, sizeof to, "%d", (int)e->flow_market->to_year);
  cm_tell_begin(t, e->role);
  cm_builder_text(t->b, CM_EXPLAIN_MINERAL, m->minerals[stage->mineral].key);
  cm_builder_text(t->b, CM_EXPLAIN_STAGE, stage->key);
  cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, m->countries[f->importer[i]].key);
  cm_builder_text(t->b, CM_EXPLAIN_PARTNER, m->countries[f->exporter[i]].key);
  cm_builder_text(t->b, CM_EXPLAIN_FROM, from);
  cm_builder_text(t->b, CM_EXPLAIN_TO, to);
  cm_builder_number(t->b, CM_EXPLAIN_VALUE,
                    by == CM_BY_QUANTITY ? f->quantity[i] : by == CM_BY_VALUE ? f->amount[i] : f->share[i]);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT,
                  by == CM_BY_QUANTITY ? "t" : by == CM_BY_VALUE ? m->words[f->currency[i]] : "share");
  if (by == CM_BY_QUANTITY) cm_builder_text(t->b, CM_EXPLAIN_BASIS, m->words[f->basis[i]]);
  cm_builder_text(t->b, CM_EXPLAIN_STATUS, cm_status_words[f->status[i]]);
  cm_builder_number(t->b, CM_EXPLAIN_CONTRIBUTION, e->adds * use->scale[e->term]);
  if (f->hs[i]) {
    char note[64];
    snprintf(note, sizeof note, "trade code %s", m->words[f->hs[i]]);
    cm_builder_text(t->b, CM_EXPLAIN_NOTE, note);
  }
  cm_tell_source(t, e->flow_market->edition);
}

void cm_tell_evidence(const cm_telling *t, const cm_use *use) {
  for (size_t i = 0; i < use->n_evidence; i++) {
    const cm_evidence *e = &use->evidence[i];
    if (!(use->terms & CM_BIT(e->term))) continue;
    if (e->flow_market)
      tell_flow(t, use, e);
    else
      cm_tell_figure(t, e->role, e->market, e->figure, e->adds * use->scale[e->term]);
  }
}

critmin_status cm_explain_user(cm_telling *t, const cm_plan *plan, cm_row *row, critmin_error *error) {
  cm_workspace workspace;
  memset(&workspace, 0, sizeof workspace);
  workspace.tells = 1;
  critmin_status status = cm_evaluate(plan, row, &workspace, error);
  t->row = row;
  if (!status && workspace.use) cm_tell_evidence(t, workspace.use);
  cm_workspace_free(&workspace);
  return status;
}
