/* SPDX-License-Identifier: MIT */
/* Demand as the net form of N-1 sets supply against it: that of all, and that of the producer's own country. */
#include <math.h>

#include "metrics/use.h"

/* What is printed of a country's use, or of a group's, the first of these that is. */
static double printed(cm_use *use, int32_t country) {
  static const cm_balance_measure measures[] = {CM_APPARENT_CONSUMPTION, CM_DEMAND, CM_REPORTED_CONSUMPTION};
  critmin_interval amount = cm_unknown;
  for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
    size_t told = use->n_evidence;
    int found = country == CM_NONE ? cm_use_read(use, measures[i], CM_TERM_CONSUMPTION, 1, &amount)
                                   : cm_use_read_country(use, measures[i], country, CM_TERM_CONSUMPTION, 1, &amount);
    if (found && !isnan(amount.value)) return amount.value;
    use->n_evidence = told;
  }
  return NAN;
}

static double supplied(const cm_assembly *a) {
  double inside = isnan(a->supply.other) ? 0 : a->supply.other, outside = 0;
  for (int64_t i = 0; i < a->n; i++) *(a->outside[i] ? &outside : &inside) += a->quantity[i];
  return outside + (inside <= a->supply.total ? a->supply.total : inside);
}

critmin_status cm_demand_of(const cm_plan *plan, cm_row *row, const cm_assembly *assembly, cm_use *use, double *demand,
                            double *own_demand, critmin_error *error) {
  const cm_values *values = &plan->values[row->metric];
  cm_party party = row->party != CM_NONE ? plan->parties[row->party] : (cm_party){row->country, CM_NONE};
  critmin_status status = cm_use_begin(use, plan, values, row->stage, row->year, party, error);
  if (status) return status;
  use->terms = CM_BIT(CM_TERM_PRODUCTION) | CM_BIT(CM_TERM_CONSUMPTION);
  cm_use_cite(use, CM_TERM_PRODUCTION, row->market->edition);
  *own_demand = printed(use, CM_NONE);
  *demand = values->number[CM_P_OWN + CM_OWN_N_MINUS_1_DEMAND];
  if (isnan(*demand) && plan->ledger->world != CM_NONE) *demand = printed(use, plan->ledger->world);
  if (isnan(*demand)) *demand = supplied(assembly);
  row->rest_of_demand = *demand - *own_demand;
  row->answer.flags |= cm_use_flags(use);
  return use->failed ? cm_fail_memory(error) : CRITMIN_OK;
}
