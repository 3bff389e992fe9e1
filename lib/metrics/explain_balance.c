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
  int by = e->by;
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

static void tell_period(const cm_telling *t, int32_t first, int32_t last) {
  char from[CM_PERIOD_TEXT], to[CM_PERIOD_TEXT];
  cm_model_market_period(&(cm_model_market){.from = first, .to = last}, from, to);
  cm_builder_text(t->b, CM_EXPLAIN_FROM, from);
  cm_builder_text(t->b, CM_EXPLAIN_TO, to);
}

void cm_tell_parameter(const cm_telling *t, int32_t place) {
  const critmin_model *m = t->model;
  const cm_model_parameter *p = &m->parameters[place];
  cm_builder_text(t->b, CM_EXPLAIN_MINERAL, m->minerals[p->mineral].key);
  if (p->stage != CM_NONE) cm_builder_text(t->b, CM_EXPLAIN_STAGE, m->stages[p->stage].key);
  if (p->country != CM_NONE) cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, m->countries[p->country].key);
  cm_builder_number(t->b, CM_EXPLAIN_VALUE, p->value);
  cm_builder_number(t->b, CM_EXPLAIN_LOW, p->low);
  cm_builder_number(t->b, CM_EXPLAIN_HIGH, p->high);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT, p->unit);
  cm_builder_integer(t->b, CM_EXPLAIN_ROW, p->row);
  const char *note = p->words ? p->words : p->note;
  if (note && *note) cm_builder_text(t->b, CM_EXPLAIN_NOTE, note);
  cm_tell_source(t, p->edition);
}

static void tell_price(const cm_telling *t, const cm_model_price *p) {
  char unit[32];
  snprintf(unit, sizeof unit, "%s/%s", p->currency, p->per);
  cm_builder_text(t->b, CM_EXPLAIN_MINERAL, t->model->minerals[p->mineral].key);
  tell_period(t, p->from, p->to);
  cm_builder_number(t->b, CM_EXPLAIN_VALUE, p->amount);
  cm_builder_number(t->b, CM_EXPLAIN_LOW, p->low);
  cm_builder_number(t->b, CM_EXPLAIN_HIGH, p->high);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT, unit);
  cm_builder_text(t->b, CM_EXPLAIN_BASIS, p->basis);
  cm_builder_text(t->b, CM_EXPLAIN_STATUS, cm_status_words[p->status]);
  cm_builder_integer(t->b, CM_EXPLAIN_ROW, p->row);
  if (p->form && *p->form) cm_builder_text(t->b, CM_EXPLAIN_NOTE, p->form);
  cm_tell_source(t, p->edition);
}

static void tell_end_use(const cm_telling *t, const cm_model_end_use *u) {
  cm_builder_text(t->b, CM_EXPLAIN_MINERAL, t->model->minerals[u->mineral].key);
  cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, t->model->countries[u->country].key);
  tell_period(t, u->from, u->to);
  cm_builder_number(t->b, CM_EXPLAIN_VALUE, u->share);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT, "share");
  cm_builder_integer(t->b, CM_EXPLAIN_ROW, u->row);
  cm_builder_text(t->b, CM_EXPLAIN_NOTE, u->application);
  cm_tell_source(t, u->edition);
}

static void tell_industry(const cm_telling *t, const cm_model_industry *i) {
  cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, t->model->countries[i->country].key);
  tell_period(t, i->from, i->to);
  cm_builder_number(t->b, CM_EXPLAIN_VALUE, i->amount);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT, i->currency);
  cm_builder_integer(t->b, CM_EXPLAIN_ROW, i->row);
  cm_builder_text(t->b, CM_EXPLAIN_NOTE, i->name);
  cm_tell_source(t, i->edition);
}

void cm_tell_score(const cm_telling *t, int32_t country, int32_t indicator, int32_t place) {
  const critmin_model *m = t->model;
  char year[CM_PERIOD_TEXT];
  snprintf(year, sizeof year, "%d", (int)m->scores.year[place]);
  cm_tell_begin(t, "governance");
  cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, m->countries[country].key);
  cm_builder_text(t->b, CM_EXPLAIN_FROM, year);
  cm_builder_text(t->b, CM_EXPLAIN_TO, year);
  cm_builder_number(t->b, CM_EXPLAIN_VALUE, m->scores.value[place]);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT, m->indicators[indicator].unit);
  cm_builder_text(t->b, CM_EXPLAIN_NOTE, m->indicators[indicator].name);
  cm_tell_source(t, m->scores.edition[place]);
}

void cm_tell_assumption(const cm_telling *t, const cm_model_assumption *a) {
  const critmin_model *m = t->model;
  if (a->mineral != CM_NONE) cm_builder_text(t->b, CM_EXPLAIN_MINERAL, m->minerals[a->mineral].key);
  if (a->stage != CM_NONE) cm_builder_text(t->b, CM_EXPLAIN_STAGE, m->stages[a->stage].key);
  if (a->country != CM_NONE) cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, m->countries[a->country].key);
  cm_builder_number(t->b, CM_EXPLAIN_VALUE, a->value);
  cm_builder_number(t->b, CM_EXPLAIN_LOW, a->low);
  cm_builder_number(t->b, CM_EXPLAIN_HIGH, a->high);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT, a->unit);
  cm_builder_text(t->b, CM_EXPLAIN_STATUS, cm_status_words[CM_STATUS_ASSUMED]);
  cm_builder_text(t->b, CM_EXPLAIN_NOTE, a->reason);
}

static void tell_cited(const cm_telling *t, int32_t source) {
  if (source == CM_NONE) return;
  const cm_model_source *s = &t->model->sources[source];
  cm_builder_text(t->b, CM_EXPLAIN_SOURCE, s->key);
  cm_builder_text(t->b, CM_EXPLAIN_PUBLISHER, s->publisher);
  cm_builder_text(t->b, CM_EXPLAIN_TITLE, s->title);
  cm_builder_text(t->b, CM_EXPLAIN_URL, s->url);
  cm_builder_text(t->b, CM_EXPLAIN_LICENCE, s->licence);
}

void cm_tell_restriction(const cm_telling *t, const cm_model_restriction *r) {
  const critmin_model *m = t->model;
  char note[256];
  cm_builder_text(t->b, CM_EXPLAIN_MINERAL, m->minerals[r->mineral].key);
  if (r->stage != CM_NONE) cm_builder_text(t->b, CM_EXPLAIN_STAGE, m->stages[r->stage].key);
  cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, r->country != CM_NONE ? m->countries[r->country].key : m->groups[r->group].key);
  cm_builder_number(t->b, CM_EXPLAIN_VALUE, r->rate);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT, isnan(r->rate) ? NULL : "share");
  cm_builder_integer(t->b, CM_EXPLAIN_ROW, r->row);
  snprintf(note, sizeof note, "%s: %s", r->key, r->kind);
  cm_builder_text(t->b, CM_EXPLAIN_NOTE, note);
  tell_cited(t, r->source);
}

static void tell_commitment(const cm_telling *t, const cm_model_commitment *c) {
  const critmin_model *m = t->model;
  char note[256];
  cm_builder_text(t->b, CM_EXPLAIN_MINERAL, m->minerals[c->mineral].key);
  cm_builder_text(t->b, CM_EXPLAIN_STAGE, m->stages[c->stage].key);
  if (c->buyer != CM_NONE) cm_builder_text(t->b, CM_EXPLAIN_COUNTRY, m->countries[c->buyer].key);
  if (c->seller != CM_NONE) cm_builder_text(t->b, CM_EXPLAIN_PARTNER, m->countries[c->seller].key);
  cm_builder_number(t->b, CM_EXPLAIN_VALUE, isnan(c->tonnes) ? c->share : c->tonnes);
  cm_builder_text(t->b, CM_EXPLAIN_UNIT, isnan(c->tonnes) ? "share" : "t/a");
  cm_builder_text(t->b, CM_EXPLAIN_BASIS, c->basis);
  snprintf(note, sizeof note, "agreement %s%s%s", c->agreement, c->note ? ": " : "", c->note ? c->note : "");
  cm_builder_text(t->b, CM_EXPLAIN_NOTE, note);
  tell_cited(t, c->source);
}

static void tell_stage(const cm_telling *t, int32_t stage) {
  const critmin_model *m = t->model;
  cm_builder_text(t->b, CM_EXPLAIN_MINERAL, m->minerals[m->stages[stage].mineral].key);
  cm_builder_text(t->b, CM_EXPLAIN_STAGE, m->stages[stage].key);
}

static void tell_fact(const cm_telling *t, const cm_evidence *e) {
  const critmin_model *m = t->model;
  if (e->fact == CM_FACT_SCORE) {
    cm_tell_score(t, e->country, e->indicator, e->place);
    return;
  }
  cm_tell_begin(t, e->role);
  cm_builder_number(t->b, CM_EXPLAIN_CONTRIBUTION, e->adds);
  if (e->fact == CM_FACT_PARAMETER)
    cm_tell_parameter(t, e->place);
  else if (e->fact == CM_FACT_PRICE)
    tell_price(t, &m->prices[e->place]);
  else if (e->fact == CM_FACT_END_USE)
    tell_end_use(t, &m->end_uses[e->place]);
  else if (e->fact == CM_FACT_INDUSTRY)
    tell_industry(t, &m->industries[e->place]);
  else if (e->fact == CM_FACT_COMMITMENT)
    tell_commitment(t, &m->commitments[e->place]);
  else if (e->fact == CM_FACT_STAGE)
    tell_stage(t, e->place);
  else
    cm_tell_assumption(t, &m->assumptions[e->place]);
}

void cm_tell_evidence(const cm_telling *t, const cm_use *use) {
  for (size_t i = 0; i < use->n_evidence; i++) {
    const cm_evidence *e = &use->evidence[i];
    if (!(use->terms & CM_BIT(e->term))) continue;
    if (e->fact != CM_NO_FACT)
      tell_fact(t, e);
    else if (e->flow_market)
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
