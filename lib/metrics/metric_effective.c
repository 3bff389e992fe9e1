/* SPDX-License-Identifier: MIT */
/*
 * What is left of a dependency once commitments are counted: demand, the part of it that rests on a partner, less what
 * of what others are bound to deliver gets through the chain without the partner. Nobody publishes how likely that is,
 * or how much of it is in the trade of today: then the interval spans none of it and all, and there is no value.
 */
#include <math.h>

#include "base/memory.h"
#include "critmin/effective.h"
#include "metrics/effective_chain.h"

static const double *own_of(const cm_trail *t) {
  return t->plan->values[t->row->metric].number + CM_P_OWN;
}

/* What the user uses in a year: the caller's word, else what is printed. */
static critmin_status demand_of(cm_trail *t, cm_use *use, double *demand) {
  static const cm_balance_measure measures[] = {CM_APPARENT_CONSUMPTION, CM_REPORTED_CONSUMPTION, CM_DEMAND};
  critmin_interval amount;
  *demand = own_of(t)[CM_EFFECTIVE_DEMAND];
  for (size_t i = 0; i < sizeof measures / sizeof measures[0] && isnan(*demand); i++) {
    size_t told = use->n_evidence;
    if (cm_use_read(use, measures[i], CM_TERM_CONSUMPTION, 1, &amount) && cm_is_known(amount)) {
      *demand = isnan(amount.value) ? amount.low + (amount.high - amount.low) / 2 : amount.value;
      use->terms |= CM_BIT(CM_TERM_CONSUMPTION);
    } else {
      use->n_evidence = told;
    }
  }
  return CRITMIN_OK;
}

static critmin_status exposed_share(cm_trail *t, critmin_answer *share, critmin_error *error) {
  int how = (int)own_of(t)[CM_EFFECTIVE_EXPOSED];
  return how == CM_EXPOSED_BY_ORIGIN ? cm_trail_origin(t, share, error)
                                     : cm_trail_touched(t, how == CM_EXPOSED_BY_TRANSIT, share, error);
}

/* What is taken for what nobody says: the caller's word, else an assumption; NaN where there is none. */
static double taken(const cm_trail *t, const cm_model_commitment *c, const char *subject, double given,
                    uint64_t *flags) {
  if (!isnan(given)) return given;
  const cm_model_assumption *a = cm_model_assumption_of(t->plan->model, subject, c->mineral, c->stage, c->seller);
  if (a) *flags |= CRITMIN_FLAG_ASSUMED;
  return a ? a->value : NAN;
}

typedef struct filled {
  double *probability, *additional;
  int any_missing;
} filled;

/* The commitments with `missing` for what is not known. */
static void fill(cm_trail *t, cm_committed *c, double missing, filled *f) {
  f->any_missing = 0;
  for (int64_t i = 0; i < c->n; i++) {
    double p = c->probability[i], a = c->additional[i];
    if (isnan(p)) p = taken(t, c->of[i], "probability", own_of(t)[CM_EFFECTIVE_PROBABILITY], &c->flags);
    if (isnan(a)) a = taken(t, c->of[i], "additionality", own_of(t)[CM_EFFECTIVE_ADDITIONALITY], &c->flags);
    f->any_missing |= isnan(p) || isnan(a);
    f->probability[i] = isnan(p) ? missing : p;
    f->additional[i] = isnan(a) ? missing : a;
  }
}

/* The mean over the law, or the probability of a level, of what is left of one amount exposed. */
static double over_states(const cm_chain_states *states, double exposed, double demand, int32_t displacement,
                          double level) {
  double sum = 0;
  for (int64_t i = 0; i < states->count; i++) {
    double left = cm_still_exposed(exposed, demand, displacement, states->tonnes[i]);
    sum += states->probability[i] * (isnan(level) ? left : left <= level + 1e-12);
  }
  return fmin(sum, 1);
}

static critmin_status effective(cm_trail *t, const cm_committed *c, const filled *f, const critmin_interval *exposed,
                                double demand, critmin_interval *left, critmin_error *error) {
  double level = own_of(t)[CM_EFFECTIVE_LEVEL];
  int32_t displacement = (int32_t)own_of(t)[CM_EFFECTIVE_DISPLACEMENT];
  critmin_commitments given;
  cm_chain_states states = {0};
  critmin_commitments_init(&given);
  given.correlation = own_of(t)[CM_EFFECTIVE_CORRELATION];
  given.probability = f->probability;
  given.additional = f->additional;
  critmin_status status = cm_commitments_states(t, c, &given, demand, &states, error);
  if (!status) {
    double of_low = over_states(&states, exposed->low, demand, displacement, level);
    double of_high = over_states(&states, exposed->high, demand, displacement, level);
    *left = (critmin_interval){over_states(&states, exposed->value, demand, displacement, level), fmin(of_low, of_high),
                               fmax(of_low, of_high)};
  }
  cm_chain_states_free(&states);
  return status;
}

/* With all that may come, and with nothing of what may not. */
static critmin_status answer_with(cm_trail *t, cm_committed *c, const critmin_answer *share, double demand,
                                  critmin_answer *answer, critmin_error *error) {
  filled f = {cm_alloc_array((size_t)c->n, sizeof(double)), cm_alloc_array((size_t)c->n, sizeof(double)), 0};
  const critmin_interval exposed = {share->value * demand, share->low * demand, share->high * demand};
  critmin_interval most, least;
  critmin_status status = f.probability && f.additional ? CRITMIN_OK : cm_fail_memory(error);
  if (!status) {
    fill(t, c, 1, &f);
    status = effective(t, c, &f, &exposed, demand, &most, error);
  }
  if (!status) {
    fill(t, c, 0, &f);
    status = effective(t, c, &f, &exposed, demand, &least, error);
  }
  if (!status) {
    int is_open = f.any_missing && (most.value < least.value || most.value > least.value);
    answer->value = is_open ? NAN : least.value;
    answer->low = fmin(most.low, least.low);
    answer->high = fmax(most.high, least.high);
    answer->n_used = c->n;
    answer->flags |= c->flags;
  }
  cm_free(f.probability);
  cm_free(f.additional);
  return status;
}

/* The commitments, and the stage that holds back part of what they could bring. */
static critmin_status tell(cm_trail *t, cm_use *use, const cm_committed *c, double demand, critmin_error *error) {
  int32_t binding = CM_NONE;
  critmin_status status = use->tells ? cm_commitments_binding(t, c, demand, &binding, error) : CRITMIN_OK;
  if (status) return status;
  for (int64_t i = 0; i < c->n; i++) {
    cm_use_tell_fact(use, CM_TERM_ASSESSMENT, "commitment", CM_FACT_COMMITMENT,
                     (int32_t)(c->of[i] - t->plan->model->commitments), NAN);
  }
  if (binding != CM_NONE) {
    cm_use_tell_fact(use, CM_TERM_ASSESSMENT, "binding_stage", CM_FACT_STAGE, t->chain->stage[binding].family[0], NAN);
  }
  return CRITMIN_OK;
}

critmin_status cm_trail_effective(cm_trail *t, cm_use *use, critmin_answer *answer, critmin_error *error) {
  critmin_answer share;
  double demand;
  critmin_answer_init(answer);
  critmin_status status = exposed_share(t, &share, error);
  if (!status) status = demand_of(t, use, &demand);
  if (status) return status;
  answer->flags = t->flags | use->flags[CM_TERM_CONSUMPTION];
  answer->coverage = share.coverage;
  if (isnan(demand) || isnan(share.value)) {
    answer->flags |= CRITMIN_FLAG_NO_DATA;
    return CRITMIN_OK;
  }
  if (!(demand > 0)) {
    answer->flags |= CRITMIN_FLAG_UNDEFINED | CRITMIN_FLAG_ZERO_TOTAL;
    return CRITMIN_OK;
  }
  cm_committed committed;
  status = cm_committed_read(&committed, t, error);
  if (!status) status = answer_with(t, &committed, &share, demand, answer, error);
  if (!status) status = tell(t, use, &committed, demand, error);
  cm_committed_free(&committed);
  return status;
}
