/* SPDX-License-Identifier: MIT */
/*
 * An optimal allocation where nothing is lost on the way. Needs are connected to the sink in the order of their worth,
 * the highest first, a maximum flow found at each: later ways never take back what reached the sink, and what can reach
 * sets of needs is a polymatroid, so that the greedy choice is the best. Shadow prices are read off the ways that are
 * left.
 */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "exposure/transport.h"
#include "network/arcs.h"

/* What is left on an arc, or was sent along it, is taken for rounding below this part of both. */
static const double ROUNDING = 1e-12;

typedef struct needy {
  double worth;
  int32_t node;
} needy;

typedef struct flow_problem {
  const critmin_transport *t;
  cm_arcs arcs;
  int64_t *way;  /* place of each arc in `arcs`, -1: it was left out */
  int64_t *sink; /* place of each node's arc to the sink, -1: none */
  needy *order;  /* nodes that need something, the worthiest first */
  int32_t needs;
  int32_t *queue;
  double *found; /* of each node, NaN: not reached */
} flow_problem;

static int falling(const void *a, const void *b) {
  const needy *left = a, *right = b;
  if (left->worth != right->worth) return left->worth > right->worth ? -1 : 1;
  return left->node < right->node ? -1 : left->node > right->node;
}

static int add(cm_arcs *arcs, int32_t from, int32_t to, double capacity, int64_t *place) {
  int64_t before = arcs->count;
  int done = cm_arcs_add(arcs, from, to, capacity);
  *place = arcs->count > before ? before : -1;
  return done;
}

static int build(flow_problem *p) {
  const critmin_transport *t = p->t;
  size_t nodes = (size_t)t->nodes;
  int done = cm_arcs_make(&p->arcs, t->nodes + 2);
  p->way = cm_alloc_array((size_t)t->arcs, sizeof *p->way);
  p->sink = cm_alloc_array(nodes, sizeof *p->sink);
  p->order = cm_alloc_array(nodes, sizeof *p->order);
  p->queue = cm_alloc_array(nodes, sizeof *p->queue);
  p->found = cm_alloc_array(nodes, sizeof *p->found);
  done = done && p->way && p->sink && p->order && p->queue && p->found;
  for (int64_t i = 0; i < t->arcs && done; i++)
    done = add(&p->arcs, t->from[i], t->to[i], t->capacity ? t->capacity[i] : INFINITY, &p->way[i]);
  for (int32_t v = 0; v < t->nodes && done; v++) {
    int64_t ignored;
    done = add(&p->arcs, t->nodes, v, t->supply[v], &ignored);
    p->sink[v] = -1;
    if (t->need[v] > 0) p->order[p->needs++] = (needy){cm_worth(t, v), v};
  }
  if (done) qsort(p->order, (size_t)p->needs, sizeof *p->order, falling);
  return done;
}

static int solve(flow_problem *p) {
  const critmin_transport *t = p->t;
  for (int32_t i = 0; i < p->needs;) {
    double worth = p->order[i].worth, ignored;
    for (; i < p->needs && p->order[i].worth == worth; i++) {
      int32_t v = p->order[i].node;
      if (!add(&p->arcs, v, t->nodes + 1, t->need[v], &p->sink[v])) return 0;
    }
    if (!cm_arcs_max_flow(&p->arcs, t->nodes, t->nodes + 1, &ignored)) return 0;
  }
  return 1;
}

static int open(const cm_arcs *a, int64_t arc) {
  double capacity = a->left[arc] + a->left[arc ^ 1];
  return a->left[arc] > (isinf(capacity) ? 0 : ROUNDING * capacity);
}

/* Marks with `worth` what is not marked yet and leads to `from` (backward) or is led to from it. Source and sink are no
 * ways. */
static void spread(flow_problem *p, int32_t from, int backward, double worth) {
  const cm_arcs *a = &p->arcs;
  if (!isnan(p->found[from])) return;
  int32_t waiting = 0;
  p->queue[waiting++] = from;
  p->found[from] = worth;
  for (int32_t at = 0; at < waiting; at++)
    for (int64_t e = a->first[p->queue[at]]; e >= 0; e = a->next[e]) {
      int32_t to = a->to[e];
      if (to >= p->t->nodes || !isnan(p->found[to]) || !open(a, backward ? e ^ 1 : e)) continue;
      p->found[to] = worth;
      p->queue[waiting++] = to;
    }
}

static void forget(flow_problem *p) {
  for (int32_t v = 0; v < p->t->nodes; v++) p->found[v] = NAN;
}

/* One tonne more goes to the worthiest of the unmet needs that it can reach. */
static void price_more(flow_problem *p, double *more) {
  forget(p);
  for (int32_t i = 0; i < p->needs; i++)
    if (open(&p->arcs, p->sink[p->order[i].node])) spread(p, p->order[i].node, 1, p->order[i].worth);
  for (int32_t v = 0; v < p->t->nodes; v++) more[v] = isnan(p->found[v]) ? 0 : p->found[v];
}

/* One tonne less is made up for by supply that is not used, or by the least worthy of those who get something. */
static void price_less(flow_problem *p, double *less) {
  const cm_arcs *a = &p->arcs;
  forget(p);
  for (int64_t e = a->first[p->t->nodes]; e >= 0; e = a->next[e])
    if (open(a, e)) spread(p, a->to[e], 0, 0);
  for (int32_t i = p->needs; i-- > 0;)
    if (open(a, p->sink[p->order[i].node] ^ 1)) spread(p, p->order[i].node, 0, p->order[i].worth);
  for (int32_t v = 0; v < p->t->nodes; v++) less[v] = p->found[v];
}

critmin_status cm_transport_flow(const critmin_transport *t, cm_transport_result *r, critmin_error *error) {
  flow_problem p = {.t = t};
  int done = build(&p) && solve(&p);
  if (done) {
    for (int32_t v = 0; v < t->nodes; v++) r->unmet[v] = p.sink[v] < 0 ? t->need[v] : p.arcs.left[p.sink[v]];
    for (int32_t i = 0; i < p.needs; i++) r->objective += p.order[i].worth * r->unmet[p.order[i].node];
    for (int64_t i = 0; r->flow && i < t->arcs; i++) r->flow[i] = p.way[i] < 0 ? 0 : p.arcs.left[p.way[i] ^ 1];
    if (r->more) price_more(&p, r->more);
    if (r->less) price_less(&p, r->less);
  }
  cm_arcs_free(&p.arcs);
  cm_free(p.way);
  cm_free(p.sink);
  cm_free(p.order);
  cm_free(p.queue);
  cm_free(p.found);
  return done ? CRITMIN_OK : cm_fail_memory(error);
}
