/* SPDX-License-Identifier: MIT */
/*
 * The network holds what the user needs for its demand. Every commitment has a seller of its own in it, who has what it
 * works up; it is part of no other supply, and so only takes the way that the commitment opens.
 */
#include "metrics/effective_chain.h"

#include <math.h>

#include "base/memory.h"
#include "metrics/origin_amounts.h"
#include "network/law.h"

/* So many uncertain ones are asked about set by set. */
enum { SETS_OF = 8 };

typedef struct asking {
  cm_trail *t;
  cm_amounts amounts;
  int32_t *stage, *seller, *buyer, origins;
  double *tonnes;
  critmin_trace trace;
} asking;

static void free_asking(asking *a) {
  cm_amounts_free(&a->amounts);
  cm_free(a->stage);
  cm_free(a->seller);
  cm_free(a->buyer);
  cm_free(a->tonnes);
}

static critmin_status begin(asking *a, const cm_committed *c, critmin_commitments *given, double demand,
                            critmin_error *error) {
  cm_trail *t = a->t;
  size_t n = (size_t)c->n;
  a->stage = cm_alloc_array(n, sizeof *a->stage);
  a->seller = cm_alloc_array(n, sizeof *a->seller);
  a->buyer = cm_alloc_array(n, sizeof *a->buyer);
  a->tonnes = cm_alloc_array(n, sizeof *a->tonnes);
  if (!a->stage || !a->seller || !a->buyer || !a->tonnes) return cm_fail_memory(error);
  critmin_status status = cm_amounts_of_demand(&a->amounts, t, demand, (int32_t)c->n, error);
  if (status) return status;
  for (int32_t i = 0; i < c->n; i++) {
    a->stage[i] = c->place[i] - t->at;
    a->seller[i] = t->chain->supply.countries + i;
    a->buyer[i] = t->country;
    a->tonnes[i] = c->tonnes[i] * c->reaches[i];
    if (a->stage[i] > 0) a->amounts.stage[a->stage[i] - 1].use[a->seller[i]] = a->tonnes[i];
  }
  for (int32_t country = 0; country < t->chain->supply.countries; country++) {
    if (t->chain->mark[country]) t->origin[a->origins++] = country;
  }
  given->count = c->n;
  given->tonnes = a->tonnes;
  given->ramp = c->ramp;
  given->stage = a->stage;
  given->seller = a->seller;
  given->buyer = a->buyer;
  critmin_trace_init(&a->trace);
  a->trace.stage = t->stage - t->at;
  a->trace.buyer = &t->country;
  a->trace.buyers = 1;
  return cm_amounts_network(&a->amounts, error);
}

static critmin_status reach(asking *a, const critmin_commitments *given, double *tonnes, int32_t *binding,
                            critmin_error *error) {
  return critmin_chain_tonnes(a->amounts.network, &a->trace, a->t->origin, a->origins, given, tonnes, binding, error);
}

/* The law of the sum, brought down to what gets through when all perform. */
static critmin_status law_of_sum(asking *a, const critmin_commitments *given, cm_chain_states *states,
                                 critmin_error *error) {
  size_t n = (size_t)given->count;
  double *amount = cm_alloc_array(2 * n, sizeof *amount), through = 0, all = 0;
  cm_law law = {0};
  critmin_status status = amount ? cm_commitments_read(given, 1, amount, amount + n, error) : cm_fail_memory(error);
  if (!status) status = reach(a, given, &through, NULL, error);
  for (size_t i = 0; i < n && !status; i++) all += amount[i];
  for (size_t i = 0; i < n && !status; i++) amount[i] *= all > 0 ? fmin(1, through / all) : 0;
  if (!status && !cm_law_sum(amount, amount + n, given->count, given->correlation, &law)) status = cm_fail_memory(error);
  cm_free(amount);
  if (!status) *states = (cm_chain_states){law.count, law.probability, law.amount};
  return status;
}

critmin_status cm_commitments_states(cm_trail *t, const cm_committed *c, critmin_commitments *given, double demand,
                                     cm_chain_states *states, critmin_error *error) {
  asking a = {.t = t};
  int64_t uncertain = 0;
  for (int64_t i = 0; i < c->n; i++) uncertain += given->probability[i] > 0 && given->probability[i] < 1;
  critmin_status status = begin(&a, c, given, demand, error);
  if (!status && uncertain > SETS_OF)
    status = law_of_sum(&a, given, states, error);
  else if (!status)
    status = cm_chain_states_find(a.amounts.network, &a.trace, t->origin, a.origins, given, states, error);
  free_asking(&a);
  return status;
}

critmin_status cm_commitments_binding(cm_trail *t, const cm_committed *c, double demand, int32_t *binding,
                                      critmin_error *error) {
  asking a = {.t = t};
  critmin_commitments given;
  double tonnes;
  int32_t at = -1;
  critmin_commitments_init(&given);
  critmin_status status = begin(&a, c, &given, demand, error);
  if (!status) status = reach(&a, &given, &tonnes, &at, error);
  *binding = status || at < 0 ? CM_NONE : t->at + at;
  free_asking(&a);
  return status;
}
