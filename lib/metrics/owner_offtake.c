/* SPDX-License-Identifier: MIT */
/*
 * Who takes what a producer makes: buyers of its commitments on record, in tonnes or as a share of its output. No more
 * is taken than it makes: where commitments exceed its output each is cut alike. Who takes the rest nobody says.
 */
#include <math.h>

#include "critmin/effective.h"
#include "metrics/owner_offtake.h"

/* When deliveries begin, in years; long ago where nobody says. */
static double start_of(const cm_model_commitment *c) {
  return c->from == 0 ? -1e4 : c->from / 10000 + (c->from / 100 % 100 - 1) / 12. + (c->from % 100 - 1) / 366.;
}

/* The part of the output that a commitment takes in the year; 0 where that is not known. */
static critmin_status part_of(const cm_use *use, const cm_model_commitment *c, double output, double *part,
                              critmin_error *error) {
  double ramp = 0;
  critmin_status status = critmin_ramp(start_of(c), c->ramp_months, use->year, &ramp, error);
  double tonnes = c->tonnes * cm_model_factor_of(use->model, use->stage, c->basis);
  *part = ramp * (isnan(c->share) ? tonnes / output : c->share);
  if (!isfinite(*part)) *part = 0;
  return status;
}

critmin_status cm_owner_offtake(cm_use *use, int32_t firm, double output, cm_take_buyer take, void *user,
                                int *on_record, critmin_error *error) {
  const critmin_model *m = use->model;
  double sum = 0, part;
  critmin_status status = CRITMIN_OK;
  *on_record = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (size_t i = 0; i < m->n_commitments && !status; i++) {
      const cm_model_commitment *c = &m->commitments[i];
      if (c->producer != firm || c->stage != use->stage || c->from > use->day || c->to < use->day) continue;
      status = part_of(use, c, output, &part, error);
      if (pass == 0) {
        sum += part;
      } else if (part > 0) {
        ++*on_record;
        take(user, c->buyer, part / fmax(sum, 1));
        cm_use_tell_fact(use, CM_TERM_ASSESSMENT, "commitment", CM_FACT_COMMITMENT, (int32_t)i, NAN);
      }
    }
  }
  return status;
}
