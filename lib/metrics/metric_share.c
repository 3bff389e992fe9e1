/* SPDX-License-Identifier: MIT */
/* Metrics of one producer: its share, and what is left without it. */
#include <math.h>

#include "metrics/catalogue.h"

critmin_status cm_kernel_share(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                               critmin_error *error) {
  return critmin_share(call->quantity, call->n, call->index, supply, answer, error);
}

critmin_status cm_kernel_n_minus_1(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                                   critmin_error *error) {
  return critmin_n_minus_1(call->quantity, call->n, call->index, call->own[0], supply, answer, error);
}

double cm_contribution_share(const cm_part *part) {
  return part->is_subject ? part->share : NAN;
}

double cm_contribution_n_minus_1(const cm_part *part) {
  if (part->is_subject) return NAN;
  return isnan(part->own[0]) ? part->share : part->quantity / part->own[0];
}
