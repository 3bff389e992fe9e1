/* SPDX-License-Identifier: MIT */
/* The tables of what was drawn. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "exposure/draws.h"
#include "exposure/scenario_tables.h"

static const double LEVEL = 0.95;

/* One cell: a user in a case, and its place among those that were drawn. */
typedef struct cell {
  int in_case;
  int32_t user, place;
} cell;

typedef critmin_status (*cell_writer)(cm_writing *w, const cell *at, const double *sum);

static critmin_status each_cell(cm_writing *w, cell_writer write) {
  const critmin_draws *d = w->o->drawn;
  if (!d) return CRITMIN_OK;
  double *sum = cm_alloc_array((size_t)d->nodes.width, sizeof *sum);
  critmin_status status = sum ? CRITMIN_OK : cm_fail_memory(w->error);
  if (sum) cm_draws_sum(d, sum);
  cell at = {0};
  for (int c = 0; c < CM_CASES; c++)
    for (int32_t u = 0; u < (int32_t)w->scene->n_users && w->scene->cases[c] && !status; u++, at.place++) {
      at.in_case = c;
      at.user = u;
      status = write(w, &at, sum);
    }
  cm_free(sum);
  return status;
}

static critmin_risk risk_of(const critmin_draws *d, const cell *at, const double *sum) {
  critmin_risk risk;
  critmin_risk_init(&risk);
  cm_law_risk(d, 2 * at->place + 1, sum[at->place], sum[d->padded + at->place], LEVEL, &risk);
  return risk;
}

static critmin_status write_drawn(cm_writing *w, const cell *at, const double *sum) {
  enum { MEASURE = FIRST, UNIT, MEAN, MEAN_ERROR, P05, VAR = P05 + 3, CVAR, PROBABILITY, VAR_LOW, VAR_HIGH, CVAR_ERROR,
         DRAWS };
  static const double levels[] = {0.05, 0.5, 0.95};
  const critmin_draws *d = w->o->drawn;
  for (int m = 0; m < 2; m++) {
    cm_write_user(w, at->in_case, &w->scene->users[at->user]);
    cm_builder_text(w->b, MEASURE, m ? "days_unmet" : "days_to_shortage");
    cm_builder_text(w->b, UNIT, "d");
    for (int i = 0; i < 3; i++)
      cm_builder_number(w->b, P05 + i, cm_law_quantile(d, 2 * at->place + m, levels[i]));
    cm_builder_number(w->b, PROBABILITY, sum[2 * d->padded + at->place] / (double)d->count);
    cm_builder_integer(w->b, DRAWS, d->count);
    if (!m) continue; /* of a day that may never come there is no mean */
    critmin_risk risk = risk_of(d, at, sum);
    cm_builder_number(w->b, MEAN, risk.mean);
    cm_builder_number(w->b, MEAN_ERROR, risk.mean_error);
    cm_builder_number(w->b, VAR, risk.var);
    cm_builder_number(w->b, CVAR, risk.cvar);
    cm_builder_number(w->b, VAR_LOW, risk.var_low);
    cm_builder_number(w->b, VAR_HIGH, risk.var_high);
    cm_builder_number(w->b, CVAR_ERROR, risk.cvar_error);
  }
  return CRITMIN_OK;
}

static critmin_status write_parts(cm_writing *w, const cell *at, const double *sum) {
  enum { SHOCK = FIRST, PART, SHARE };
  const critmin_draws *d = w->o->drawn;
  double *part = cm_alloc_array(w->scene->n_shocks, sizeof *part);
  if (!part) return cm_fail_memory(w->error);
  double cvar = risk_of(d, at, sum).cvar;
  cm_law_parts(d, 2 * at->place + 1, LEVEL, cvar, part);
  for (size_t i = 0; i < w->scene->n_shocks; i++) {
    cm_write_user(w, at->in_case, &w->scene->users[at->user]);
    cm_builder_text(w->b, SHOCK, w->scene->shocks[i].name);
    cm_builder_number(w->b, PART, part[i]);
    cm_builder_number(w->b, SHARE, cvar > 0 ? part[i] / cvar : NAN);
  }
  cm_free(part);
  return CRITMIN_OK;
}

critmin_status cm_write_draws(cm_writing *w) {
  return each_cell(w, write_drawn);
}

critmin_status cm_write_tail(cm_writing *w) {
  return each_cell(w, write_parts);
}
