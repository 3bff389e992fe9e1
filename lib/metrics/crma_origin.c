/* SPDX-License-Identifier: MIT */
#include "metrics/crma_origin.h"

#include <math.h>

#include "base/memory.h"
#include "critmin/target.h"
#include "metrics/metric_origin.h"

/* Of the parameters of the benchmarks. */
enum { OWN_AT = 2 };
/* Countries of smaller shares are not the largest. */
static const double FAINT = 1e-6;

/* The parameters of a chain, where the benchmarks have others. */
static cm_values chain_values(const cm_values *of) {
  cm_values values = *of;
  values.number[CM_P_OWN + CM_CHAIN_BY] = CM_BY_ANY;
  values.text[CM_P_OWN + CM_CHAIN_AT] = of->text[CM_P_OWN + OWN_AT];
  values.number[CM_P_OWN + CM_CHAIN_DENOMINATOR] = CM_CHAIN_OF_SUPPLY;
  values.number[CM_P_OWN + CM_CHAIN_YEARS_APART] = 1;
  return values;
}

static critmin_status share_of(cm_trail *t, cm_party party, critmin_interval *share, uint64_t *flags,
                               critmin_error *error) {
  critmin_answer answer;
  cm_trail_mark(t, &party);
  critmin_status status = cm_trail_origin(t, &answer, error);
  *share = (critmin_interval){answer.value, answer.low, answer.high};
  *flags = answer.flags;
  return status;
}

/* The third country that made most; the high end is the most that any of them may have made. */
static critmin_status largest(cm_trail *t, cm_row *row, critmin_interval *share, uint64_t *flags,
                              critmin_error *error) {
  const critmin_model *m = t->plan->model;
  int32_t day = cm_plan_day(t->plan, row->year), most = CM_NONE, last = t->chain->supply.countries - 1;
  cm_party user = cm_party_whole(m, cm_chain_party(t->chain, t->country), day);
  critmin_status status = CRITMIN_OK;
  double high = t->unknown, low = 0;
  for (int32_t c = 0; c < last && !status; c++) {
    if (!(t->share[c] > FAINT) || c == t->country || cm_party_has(m, &user, c, day)) continue;
    critmin_interval of;
    status = share_of(t, (cm_party){c, CM_NONE}, &of, flags, error);
    high = fmax(high, of.high);
    low = fmax(low, of.low);
    if (most == CM_NONE || t->share[c] > t->share[most]) most = c;
  }
  *share = cm_nothing;
  row->partner = most;
  if (!status && most != CM_NONE) status = share_of(t, (cm_party){most, CM_NONE}, share, flags, error);
  share->low = low;
  share->high = fmin(1, fmax(high, share->high));
  return status;
}

static critmin_status follow(cm_trail *t, cm_row *row, cm_use *use, int32_t which, int32_t at, critmin_interval *share,
                             uint64_t *flags, critmin_error *error) {
  critmin_status status = cm_trail_to(t, at, error);
  if (status) return status;
  cm_trail_cite(t, use);
  *flags = t->flags;
  if (which == CRITMIN_CRMA_IMPORTS)
    status = largest(t, row, share, flags, error);
  else
    status = share_of(t, cm_chain_party(t->chain, t->country), share, flags, error);
  return !status && use->tells ? cm_trail_tell(t, use, error) : status;
}

critmin_status cm_crma_share_at(const cm_plan *plan, cm_row *row, cm_use *use, int32_t which, critmin_interval *share,
                                uint64_t *flags, critmin_error *error) {
  cm_values values = chain_values(&plan->values[row->metric]);
  cm_trail t;
  *share = cm_unknown;
  if (!use->chain) use->chain = cm_alloc_array(1, sizeof *use->chain);
  if (!use->chain) return cm_fail_memory(error);
  critmin_status status = cm_trail_begin(&t, use->chain, plan, row, &values, error);
  for (int32_t k = 0; !status && t.is_there && k <= t.stage; k++) {
    if (!cm_model_stage_is(plan->model, t.chain->stage[k].family[0], values.text[CM_P_OWN + CM_CHAIN_AT])) continue;
    status = follow(&t, row, use, which, k, share, flags, error);
    break;
  }
  cm_trail_free(&t);
  return status;
}
