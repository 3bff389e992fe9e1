/* SPDX-License-Identifier: MIT */
/* The rows of a user's origins: one for each stage traced to and each partner named, or each that anything comes from.
 */
#include <math.h>

#include "base/memory.h"
#include "metrics/metric_origin.h"

/* Shares that are smaller are no row of their own. */
static const double FAINT = 1e-9;

typedef critmin_status (*answer_of)(cm_trail *trail, cm_use *use, critmin_answer *answer, critmin_error *error);

typedef struct writing {
  const cm_plan *plan;
  cm_row *row;
  cm_trail trail;
  cm_use *use;
  answer_of answer;
  int is_whole;     /* with the unknown the rows are all */
  int32_t at_stage; /* of the model */
} writing;

static cm_row *add_row(writing *w, int32_t partner, int32_t partner_party) {
  cm_row *user = w->row;
  if (!cm_grow(&user->pairs, user->n_pairs, &user->pairs_room, sizeof *user->pairs)) return NULL;
  cm_row *row = &user->pairs[user->n_pairs];
  *row = *user;
  row->pairs = NULL;
  row->editions = NULL;
  row->n_pairs = row->pairs_room = 0;
  row->partner = partner;
  row->partner_party = partner_party;
  row->partner_order = (int32_t)user->n_pairs++;
  row->at = w->at_stage;
  critmin_answer_init(&row->answer);
  return row;
}

static critmin_status add_nothing(writing *w, critmin_error *error) {
  uint64_t flags = w->row->undefined ? CRITMIN_FLAG_UNDEFINED : CRITMIN_FLAG_NO_DATA;
  for (size_t i = 0; i < w->plan->n_partners; i++) {
    cm_row *row = add_row(w, w->plan->partners[i].country, (int32_t)i);
    if (!row) return cm_fail_memory(error);
    row->answer.flags = flags;
  }
  w->row->answer.flags = flags;
  return CRITMIN_OK;
}

static critmin_status add_named(writing *w, critmin_error *error) {
  for (size_t i = 0; i < w->plan->n_partners; i++) {
    const cm_party *partner = &w->plan->partners[i];
    cm_row *row = add_row(w, partner->country, (int32_t)i);
    if (!row) return cm_fail_memory(error);
    cm_trail_mark(&w->trail, partner);
    critmin_status status = w->answer(&w->trail, w->use, &row->answer, error);
    if (status) return status;
  }
  return CRITMIN_OK;
}

static int32_t nobody(const critmin_model *m) {
  for (size_t country = 0; country < m->n_countries; country++) {
    if (m->countries[country].kind == CM_IS_UNKNOWN) return (int32_t)country;
  }
  return CM_NONE;
}

static critmin_status add_one(writing *w, int32_t country, critmin_error *error) {
  cm_trail *t = &w->trail;
  const cm_party alone = {country, CM_NONE};
  int is_group = country == t->chain->supply.countries - 1;
  cm_row *row = add_row(w, is_group || country == w->row->country ? CM_PARTNER_ITSELF : country, CM_NONE);
  if (!row) return cm_fail_memory(error);
  cm_trail_mark(t, is_group ? &t->chain->party : &alone);
  return w->answer(t, w->use, &row->answer, error);
}

/* Every country that anything comes from, by key, the user's own first; then what nobody accounts for. */
static critmin_status add_listed(writing *w, critmin_error *error) {
  cm_trail *t = &w->trail;
  const critmin_model *m = w->plan->model;
  int32_t last = t->chain->supply.countries - 1;
  critmin_status status = CRITMIN_OK;
  if (t->share[t->country] > FAINT) status = add_one(w, t->country, error);
  for (int32_t order = 0; order < last && !status; order++) {
    int32_t country = 0;
    while (country < last && m->countries[country].order != order) country++;
    if (country < last && country != t->country && t->share[country] > FAINT) status = add_one(w, country, error);
  }
  if (status || !w->is_whole || !(t->unknown > FAINT) || nobody(m) == CM_NONE) return status;
  cm_row *row = add_row(w, nobody(m), CM_NONE);
  if (!row) return cm_fail_memory(error);
  return cm_trail_unknown(t, &row->answer, error);
}

void cm_trail_cite(const cm_trail *t, cm_use *use) {
  const cm_chain *chain = t->chain;
  use->terms |= CM_BIT(CM_TERM_ASSESSMENT);
  for (int32_t k = t->at; k <= t->stage; k++) {
    for (int32_t c = 0; c < chain->supply.countries; c++) {
      const cm_pool_story *story = &chain->stage[k].story[c];
      int is_buyer = t->imports_only && k == t->stage && c == t->country;
      if (!is_buyer && !(chain->visits[(int64_t)k * chain->supply.countries + c] > FAINT)) continue;
      for (int32_t i = 0; i < story->n_editions; i++) cm_use_cite(use, CM_TERM_ASSESSMENT, story->editions[i]);
    }
  }
}

static critmin_status trace_to(writing *w, int32_t at, int is_told, cm_use *use, critmin_error *error) {
  w->at_stage = is_told ? w->trail.chain->stage[at].family[0] : CM_NONE;
  critmin_status status = cm_trail_to(&w->trail, at, error);
  if (status) return status;
  cm_trail_cite(&w->trail, use);
  status = w->plan->n_partners ? add_named(w, error) : add_listed(w, error);
  return !status && use->tells ? cm_trail_tell(&w->trail, use, error) : status;
}

/* The stages traced to: that asked for, or all of the chain; what is asked of a way as a whole, to the earliest. */
static critmin_status trace(writing *w, int as_a_whole, cm_use *use, critmin_error *error) {
  const char *asked = w->plan->values[w->row->metric].text[CM_P_OWN + CM_CHAIN_AT];
  cm_trail *t = &w->trail;
  critmin_status status = CRITMIN_OK;
  int found = 0;
  for (int32_t k = 0; t->stage != CM_NONE && k <= t->stage && !status; k++) {
    if (*asked && !cm_model_stage_is(w->plan->model, t->chain->stage[k].family[0], asked)) continue;
    if (t->is_there) status = trace_to(w, k, !*asked && !as_a_whole, use, error);
    found = t->is_there;
    if (as_a_whole) break;
  }
  return status || found ? status : add_nothing(w, error);
}

static critmin_status origin(cm_trail *trail, cm_use *use, critmin_answer *answer, critmin_error *error) {
  (void)use;
  int bounds = (int)trail->plan->values[trail->row->metric].number[CM_P_OWN + CM_ORIGIN_BOUNDS];
  critmin_status status = cm_trail_origin(trail, answer, error);
  return status || bounds == CM_BOUNDS_MIXING ? status : cm_trail_unmixed(trail, answer, error);
}

static critmin_status touch(cm_trail *trail, cm_use *use, critmin_answer *answer, critmin_error *error) {
  (void)use;
  return cm_trail_touch(trail, answer, error);
}

static critmin_status hidden(cm_trail *trail, cm_use *use, critmin_answer *answer, critmin_error *error) {
  (void)use;
  return cm_trail_hidden(trail, answer, error);
}

static critmin_status evaluate(const cm_plan *plan, cm_row *row, cm_use *use, answer_of answer, int as_a_whole,
                               critmin_error *error) {
  writing w = {
      .plan = plan, .row = row, .use = use, .answer = answer, .is_whole = answer == origin, .at_stage = CM_NONE};
  if (!use->chain) use->chain = cm_alloc_array(1, sizeof *use->chain);
  if (!use->chain) return cm_fail_memory(error);
  critmin_status status = cm_trail_begin(&w.trail, use->chain, plan, row, &plan->values[row->metric], error);
  if (!status) status = trace(&w, as_a_whole, use, error);
  cm_trail_free(&w.trail);
  return status;
}

critmin_status cm_evaluate_origin(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  return evaluate(plan, row, use, origin, 0, error);
}

critmin_status cm_evaluate_touch(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  return evaluate(plan, row, use, touch, 1, error);
}

critmin_status cm_evaluate_hidden(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  return evaluate(plan, row, use, hidden, 0, error);
}

critmin_status cm_evaluate_effective(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  return evaluate(plan, row, use, cm_trail_effective, 1, error);
}
