/* SPDX-License-Identifier: MIT */
/*
 * Commitments through the chain: what can reach the buyers with them, less what can without, some countries taken out.
 * The buyers take all that comes, as the question is what could replace what they have now.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "network/commitments.h"
#include "network/law.h"
#include "network/routes.h"

typedef struct chain {
  cm_routes routes;
  const critmin_commitments *given;
  double *amount, *probability; /* of each commitment */
  double alone;                 /* what reaches the buyers without any */
  uint8_t *mark;
} chain;

static void free_chain(chain *c) {
  cm_free(c->amount);
  cm_routes_free(&c->routes);
  cm_free(c->mark);
}

static critmin_status check_sizes(const chain *c, critmin_error *error) {
  int32_t stage = c->routes.trace->stage;
  return c->routes.sized[stage]
             ? CRITMIN_OK
             : cm_fail(error, CRITMIN_ERROR_UNSUPPORTED,
                       "stage %d is in shares; what commitments bring through a chain needs its tonnes", (int)stage);
}

static critmin_status check_places(const chain *c, critmin_error *error) {
  const critmin_commitments *given = c->given;
  const critmin_trace *t = c->routes.trace;
  int32_t countries = c->routes.n->countries;
  if (given->count && (!given->stage || !given->seller || !given->buyer))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "commitments through a chain need `stage`, `seller` and `buyer`");
  for (int64_t i = 0; i < given->count; i++) {
    int32_t k = given->stage[i];
    const char *wrong = NULL;
    if (k < t->at || k > t->stage)
      wrong = "its stage is not on the way from `at` to the buyers'";
    else if (c->routes.scale[k] == 0)
      wrong = "its stage is not on the way from `at` to the buyers', or nobody there works up what it delivers";
    else if (given->seller[i] < 0 || given->seller[i] >= countries || given->buyer[i] < 0 ||
             given->buyer[i] >= countries)
      wrong = "a country is out of range";
    if (!wrong) continue;
    cm_fail(error, CRITMIN_ERROR_ARGUMENT, "commitment %lld: %s", (long long)(i + 1), wrong);
    return cm_fail_at(error, CRITMIN_ERROR_ARGUMENT, i + 1, 0);
  }
  return CRITMIN_OK;
}

static int add_commitment(const chain *c, cm_arcs *arcs, int64_t i, int32_t source) {
  const critmin_commitments *given = c->given;
  int32_t k = given->stage[i], seller = given->seller[i], buyer = given->buyer[i], countries = c->routes.n->countries;
  const cm_stage *s = &c->routes.n->stage[k];
  double amount = c->amount[i] * c->routes.scale[k];
  int32_t made = k * countries + seller;
  if (c->mark[seller]) return 1;
  int done = 1;
  if (k == c->routes.trace->at) done = cm_arcs_add(arcs, source, made, amount);
  for (int32_t h = 0; k > c->routes.trace->at && h < s->inputs && done; h++) {
    /* A plant that has made nothing yet has no shares of inputs: any of them may feed it. */
    double share = s->output[seller] > 0 ? cm_input_share(s, h, countries, seller) : 1;
    if (c->routes.scale[s->input[h]] != 0)
      done = cm_routes_add_plant(&c->routes, arcs, k, h, seller, amount * share);
  }
  if (done && buyer != seller && !c->mark[buyer]) done = cm_arcs_add(arcs, made, k * countries + buyer, amount);
  return done;
}

/* The stage into which most is held back by the cut nearest the buyers: arcs that are full, into pools from which more
 * could go on. */
static int held_back_at(const chain *c, const cm_arcs *arcs, int32_t sink, int32_t *binding) {
  int32_t countries = c->routes.n->countries, waiting = 0;
  uint8_t *open = cm_alloc_array((size_t)arcs->nodes, sizeof *open);
  int32_t *queue = cm_alloc_array((size_t)arcs->nodes, sizeof *queue);
  double *held = cm_alloc_array((size_t)c->routes.n->stages, sizeof *held);
  int done = open && queue && held;
  if (done) queue[waiting++] = sink, open[sink] = 1;
  for (int32_t at = 0; at < waiting; at++)
    for (int64_t e = arcs->first[queue[at]]; e >= 0; e = arcs->next[e]) {
      if (arcs->left[e ^ 1] <= 0 || open[arcs->to[e]]) continue;
      open[arcs->to[e]] = 1;
      queue[waiting++] = arcs->to[e];
    }
  for (int64_t e = 0; done && e < arcs->count; e += 2)
    if (open[arcs->to[e]] && !open[arcs->to[e + 1]]) held[arcs->to[e] / countries] += arcs->left[e + 1];
  *binding = c->routes.trace->stage;
  for (int32_t k = c->routes.trace->stage; done && k >= c->routes.trace->at; k--)
    if (held[k] > held[*binding]) *binding = k;
  cm_free(open);
  cm_free(queue);
  cm_free(held);
  return done;
}

/* What reaches the buyers when the commitments of `performs` do (NULL: all), and, where it is asked for, what holds
 * back the rest. */
static critmin_status reach(const chain *c, const uint8_t *performs, double *tonnes, int32_t *binding,
                            critmin_error *error) {
  const critmin_trace *t = c->routes.trace;
  int32_t countries = c->routes.n->countries, source = (t->stage + 1) * countries, sink = source + 1;
  cm_arcs arcs;
  int done = cm_arcs_make(&arcs, sink + 1);
  for (int32_t k = t->at; k <= t->stage && done; k++)
    if (c->routes.scale[k] != 0)
      done = cm_routes_add(&c->routes, &arcs, (cm_sources){.others = 1, .unknown = 1}, k, source);
  for (int64_t i = 0; i < c->given->count && done; i++)
    if (!performs || performs[i]) done = add_commitment(c, &arcs, i, source);
  for (int32_t i = 0; i < t->buyers && done; i++)
    if (!c->mark[t->buyer[i]]) done = cm_arcs_add(&arcs, t->stage * countries + t->buyer[i], sink, INFINITY);
  critmin_status status = done ? cm_arcs_flow(&arcs, source, sink, tonnes, error) : cm_fail_memory(error);
  if (status == CRITMIN_OK && binding && !held_back_at(c, &arcs, sink, binding)) status = cm_fail_memory(error);
  cm_arcs_free(&arcs);
  return status;
}

/* Everything up to the flow without commitments. On failure there is nothing to free. */
static critmin_status prepare(chain *c, const critmin_network *network, const critmin_trace *trace,
                              const int32_t *origin, int32_t origins, const critmin_commitments *given,
                              critmin_error *error) {
  memset(c, 0, sizeof *c);
  if (!network) return cm_fail_null(error, "network");
  if (!trace) return cm_fail_null(error, "trace");
  critmin_status status = cm_commitments_check(given, error);
  if (status == CRITMIN_OK) status = cm_mark(network, origin, origins, &c->mark, error);
  if (status != CRITMIN_OK) return status;
  c->given = given;
  c->routes = (cm_routes){.n = network, .trace = trace, .mark = c->mark, .without = 1};
  c->amount = cm_alloc_array(2 * (size_t)given->count, sizeof *c->amount);
  double *weight = cm_alloc_array((size_t)network->countries, sizeof *weight);
  if (!c->amount || !weight) status = cm_fail_memory(error);
  if (status == CRITMIN_OK) status = cm_trace_check(network, trace, weight, error);
  cm_free(weight);
  if (status == CRITMIN_OK) status = cm_routes_size(&c->routes, error);
  if (status == CRITMIN_OK) status = check_sizes(c, error);
  if (status == CRITMIN_OK) status = cm_routes_scale(&c->routes, error);
  if (status == CRITMIN_OK) status = check_places(c, error);
  if (status == CRITMIN_OK) {
    c->probability = c->amount + given->count;
    status = cm_commitments_read(given, 1, c->amount, c->probability, error);
  }
  if (status == CRITMIN_OK) {
    uint8_t *none = cm_alloc_array((size_t)given->count, sizeof *none);
    status = none ? reach(c, none, &c->alone, NULL, error) : cm_fail_memory(error);
    cm_free(none);
  }
  if (status != CRITMIN_OK) free_chain(c);
  return status;
}

critmin_status critmin_chain_tonnes(const critmin_network *network, const critmin_trace *trace, const int32_t *origin,
                                    int32_t origins, const critmin_commitments *commitments, double *tonnes,
                                    int32_t *binding, critmin_error *error) {
  if (!tonnes) return cm_fail_null(error, "tonnes");
  chain c;
  critmin_status status = prepare(&c, network, trace, origin, origins, commitments, error);
  if (status != CRITMIN_OK) return status;
  double with = 0, all = 0;
  int32_t at = -1;
  status = reach(&c, NULL, &with, &at, error);
  if (status == CRITMIN_OK) {
    for (int64_t i = 0; i < commitments->count; i++) all += c.amount[i] * c.routes.scale[commitments->stage[i]];
    *tonnes = fmax(0, with - c.alone);
    if (binding) *binding = *tonnes >= all - CM_ROUNDING * (with + all) ? -1 : at;
  }
  free_chain(&c);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}

typedef struct sets {
  int64_t member[CM_UNCERTAIN_MAX];
  int32_t n;
  double probability[CM_UNCERTAIN_MAX];
  uint8_t *performs;
} sets;

/* Parts the certain from the uncertain. */
static critmin_status find_sets(const chain *c, sets *u, critmin_error *error) {
  for (int64_t i = 0; i < c->given->count; i++) {
    if (c->probability[i] <= 0 || c->probability[i] >= 1) continue;
    if (u->n == CM_UNCERTAIN_MAX)
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                     "more than %d uncertain commitments; bring some together, or take their "
                     "expected tonnes as certain",
                     CM_UNCERTAIN_MAX);
    u->probability[u->n] = c->probability[i];
    u->member[u->n++] = i;
  }
  u->performs = cm_alloc_array((size_t)c->given->count, sizeof *u->performs);
  if (!u->performs) return cm_fail_memory(error);
  for (int64_t i = 0; i < c->given->count; i++) u->performs[i] = c->probability[i] >= 1;
  return CRITMIN_OK;
}

static critmin_status fill_states(const chain *c, sets *u, cm_chain_states *states, critmin_error *error) {
  states->count = INT64_C(1) << u->n;
  states->probability = cm_alloc_array((size_t)states->count, sizeof *states->probability);
  states->tonnes = cm_alloc_array((size_t)states->count, sizeof *states->tonnes);
  if (!states->probability || !states->tonnes ||
      !cm_law_sets(u->probability, u->n, c->given->correlation, states->probability))
    return cm_fail_memory(error);
  critmin_status status = CRITMIN_OK;
  for (int64_t set = 0; set < states->count && status == CRITMIN_OK; set++) {
    double with = 0;
    for (int32_t i = 0; i < u->n; i++) u->performs[u->member[i]] = set >> i & 1;
    status = reach(c, u->performs, &with, NULL, error);
    states->tonnes[set] = fmax(0, with - c->alone);
  }
  return status;
}

critmin_status cm_chain_states_find(const critmin_network *network, const critmin_trace *trace, const int32_t *origin,
                                    int32_t origins, const critmin_commitments *commitments, cm_chain_states *states,
                                    critmin_error *error) {
  chain c;
  sets u = {0};
  *states = (cm_chain_states){0};
  critmin_status status = prepare(&c, network, trace, origin, origins, commitments, error);
  if (status != CRITMIN_OK) return status;
  status = find_sets(&c, &u, error);
  if (status == CRITMIN_OK) status = fill_states(&c, &u, states, error);
  cm_free(u.performs);
  free_chain(&c);
  return status;
}

void cm_chain_states_free(cm_chain_states *states) {
  cm_free(states->probability);
  cm_free(states->tonnes);
}

critmin_status critmin_effective_dependency_chain(const critmin_network *network, const critmin_trace *trace,
                                                  const int32_t *origin, int32_t origins,
                                                  const critmin_interval *exposed, double demand,
                                                  const critmin_commitments *commitments, critmin_answer *answer,
                                                  critmin_error *error) {
  critmin_status status = cm_trace_answer_check(answer, error);
  if (status == CRITMIN_OK) status = cm_exposed_check(exposed, demand, error);
  if (status != CRITMIN_OK) return status;
  cm_chain_states states;
  status = cm_chain_states_find(network, trace, origin, origins, commitments, &states, error);
  double mean[3] = {0};
  const double ends[] = {exposed->value, isnan(exposed->low) ? exposed->value : exposed->low,
                         isnan(exposed->high) ? exposed->value : exposed->high};
  int undefined = demand == 0;
  for (int64_t i = 0; i < states.count && status == CRITMIN_OK && !undefined; i++)
    for (int e = 0; e < 3; e++)
      mean[e] +=
          states.probability[i] * cm_still_exposed(ends[e], demand, commitments->displacement, states.tonnes[i]);
  cm_chain_states_free(&states);
  if (status != CRITMIN_OK) return status;
  answer->value = undefined ? NAN : mean[0];
  answer->low = undefined ? NAN : mean[1];
  answer->high = undefined ? NAN : mean[2];
  answer->coverage = undefined ? NAN : 1;
  answer->flags = undefined ? CRITMIN_FLAG_UNDEFINED : isnan(exposed->value) ? CRITMIN_FLAG_NO_DATA : 0;
  answer->n_used = commitments->count;
  return cm_ok(error);
}
