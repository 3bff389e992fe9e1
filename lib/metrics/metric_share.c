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
  if ((int)call->own[CM_OWN_FORM] == CM_FORM_NET)
    return critmin_n_minus_1_net(call->quantity, call->n, call->index, call->demand, call->own_demand, supply, answer,
                                 error);
  return critmin_n_minus_1(call->quantity, call->n, call->index, call->own[CM_OWN_N_MINUS_1_DEMAND], supply, answer,
                           error);
}

double cm_contribution_share(const cm_part *part) {
  return part->is_subject ? part->share : NAN;
}

double cm_contribution_n_minus_1(const cm_part *part) {
  if (part->is_subject) return NAN;
  if ((int)part->own[CM_OWN_FORM] == CM_FORM_NET) return part->quantity / part->rest_of_demand;
  double demand = part->own[CM_OWN_N_MINUS_1_DEMAND];
  return isnan(demand) ? part->share : part->quantity / demand;
}
