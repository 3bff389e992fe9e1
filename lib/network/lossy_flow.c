/* SPDX-License-Identifier: MIT */
/* The greatest flow where some of it is lost on the way, and not everywhere the same part: a linear programme. */
#include <math.h>

#include "base/error.h"
#include "base/linear.h"
#include "base/memory.h"
#include "network/arcs.h"

/* Every arc is a column, as what arrives, in parts of the largest capacity; every node but source and sink is a row:
 * no more leaves it than arrives. */
static void write_programme(const cm_arcs *a, int32_t source, int32_t sink, double unit, cm_linear *l) {
  int entries = 0;
  for (int64_t e = 0; e < a->count; e += 2) {
    int32_t to = a->to[e], from = a->to[e + 1];
    int column = (int)(e / 2);
    l->start[column] = entries;
    l->high[column] = a->left[e] / unit;
    l->cost[column] = to == sink ? -1 : 0;
    if (to != sink && to != from) l->index[entries] = to, l->value[entries++] = 1;
    if (from != source && to != from) l->index[entries] = from, l->value[entries++] = -1 / a->gain[column];
  }
  l->start[l->columns] = entries;
  l->from_zero = 1;
  for (int32_t row = 0; row < a->nodes; row++) l->row_low[row] = row == source || row == sink ? -INFINITY : 0;
}

static double largest(const cm_arcs *a) {
  double most = 0;
  for (int64_t e = 0; e < a->count; e += 2) most = isinf(a->left[e]) ? most : fmax(most, a->left[e]);
  return most > 0 ? most : 1;
}

critmin_status cm_arcs_lossy_flow(cm_arcs *a, int32_t source, int32_t sink, double *flow, critmin_error *error) {
  cm_linear l;
  double *x = cm_alloc_array((size_t)a->count / 2, sizeof *x), unit = largest(a), best = 0;
  int made = x && cm_linear_make(&l, a->count / 2, a->nodes, a->count), feasible = 0;
  critmin_status status = made ? CRITMIN_OK : cm_fail_memory(error);
  if (!status) {
    write_programme(a, source, sink, unit, &l);
    status = cm_linear_solve(&l, x, NULL, &best, &feasible, error);
  }
  for (int64_t e = 0; !status && e < a->count; e += 2) {
    double used = fmin(fmax(x[e / 2], 0) * unit, a->left[e]);
    a->left[e] -= used;
    a->left[e + 1] += used;
  }
  *flow = fmax(0, -best * unit);
  if (made) cm_linear_free(&l);
  cm_free(x);
  return status;
}
