/* SPDX-License-Identifier: MIT */
/* An optimal allocation as a linear programme: columns are the arcs and the unmet needs, rows the balances of the
 * nodes. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/linear.h"
#include "exposure/transport.h"

static void fill(const critmin_transport *t, cm_linear *l) {
  int entry = 0;
  for (int64_t i = 0; i < t->arcs; i++) {
    l->start[i] = entry;
    l->cost[i] = t->cost ? t->cost[i] : 0;
    l->high[i] = t->capacity ? t->capacity[i] : INFINITY;
    double arrives = t->yield ? t->yield[i] : 1;
    if (t->from[i] == t->to[i]) continue; /* leads nowhere */
    l->index[entry] = t->from[i], l->value[entry++] = 1;
    l->index[entry] = t->to[i], l->value[entry++] = -arrives;
  }
  for (int32_t v = 0; v < t->nodes; v++) {
    int64_t column = t->arcs + v;
    l->start[column] = entry;
    l->cost[column] = cm_worth(t, v);
    l->high[column] = t->need[v];
    l->index[entry] = v, l->value[entry++] = -1;
    /* What leaves, less what arrives, less what stays unmet, is at most what is there beyond the need. */
    l->row_high[v] = t->supply[v] - t->need[v];
  }
  l->start[t->arcs + t->nodes] = entry;
}

critmin_status cm_transport_linear(const critmin_transport *t, cm_transport_result *r, critmin_error *error) {
  cm_linear l;
  int64_t columns = t->arcs + t->nodes;
  if (!cm_linear_make(&l, columns, t->nodes, 2 * t->arcs + t->nodes)) return cm_fail_memory(error);
  double *x = cm_alloc_array((size_t)columns, sizeof *x), *price = cm_alloc_array((size_t)t->nodes, sizeof *price);
  fill(t, &l);
  int feasible = 0;
  critmin_status status = CRITMIN_OK;
  if (!x || !price) status = cm_fail_memory(error);
  if (status == CRITMIN_OK) status = cm_linear_solve(&l, x, price, &r->objective, &feasible, error);
  if (status == CRITMIN_OK && !feasible)
    status = cm_fail(error, CRITMIN_ERROR_INTERNAL,
                     "the solver finds no allocation, though leaving every need unmet is one");
  for (int32_t v = 0; status == CRITMIN_OK && v < t->nodes; v++) {
    r->unmet[v] = fmin(t->need[v], fmax(0, x[t->arcs + v]));
    double mu = fmax(0, -price[v]);
    if (r->more) r->more[v] = mu;
    if (r->less) r->less[v] = mu;
  }
  for (int64_t i = 0; status == CRITMIN_OK && r->flow && i < t->arcs; i++) r->flow[i] = fmax(0, x[i]);
  cm_free(x);
  cm_free(price);
  cm_linear_free(&l);
  return status;
}
