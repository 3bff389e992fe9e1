/* SPDX-License-Identifier: MIT */
/* Metrics of a market that need nothing but its quantities. */
#include <math.h>

#include "metrics/catalogue.h"

critmin_status cm_kernel_hhi(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                             critmin_error *error) {
  return critmin_hhi(call->quantity, call->n, supply, answer, error);
}

critmin_status cm_kernel_hhi_normalised(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                                        critmin_error *error) {
  return critmin_hhi_normalised(call->quantity, call->n, supply, answer, error);
}

critmin_status cm_kernel_cr1(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                             critmin_error *error) {
  return critmin_concentration_ratio(call->quantity, call->n, 1, supply, answer, error);
}

critmin_status cm_kernel_cr3(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                             critmin_error *error) {
  return critmin_concentration_ratio(call->quantity, call->n, 3, supply, answer, error);
}

critmin_status cm_kernel_cr5(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                             critmin_error *error) {
  return critmin_concentration_ratio(call->quantity, call->n, 5, supply, answer, error);
}

critmin_status cm_kernel_effective_number(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                                          critmin_error *error) {
  return critmin_effective_number(call->quantity, call->n, call->own[0], supply, answer, error);
}

critmin_status cm_kernel_shannon(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                                 critmin_error *error) {
  return critmin_shannon(call->quantity, call->n, supply, answer, error);
}

critmin_status cm_kernel_evenness(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                                  critmin_error *error) {
  return critmin_evenness(call->quantity, call->n, supply, answer, error);
}

double cm_contribution_hhi(const cm_part *part) {
  return part->share * part->share;
}

double cm_contribution_cr1(const cm_part *part) {
  return part->rank < 1 ? part->share : NAN;
}
double cm_contribution_cr3(const cm_part *part) {
  return part->rank < 3 ? part->share : NAN;
}
double cm_contribution_cr5(const cm_part *part) {
  return part->rank < 5 ? part->share : NAN;
}

double cm_contribution_shannon(const cm_part *part) {
  return part->share > 0 ? -part->share * log(part->share) : 0;
}
