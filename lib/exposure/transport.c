/* SPDX-License-Identifier: MIT */
/* The best use of what there is: checks, and the choice of a way to find it. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "exposure/check.h"
#include "exposure/transport.h"
#include "network/arcs.h"

void critmin_transport_init(critmin_transport *transport) {
  if (!transport) return;
  memset(transport, 0, sizeof *transport);
  transport->struct_size = sizeof *transport;
}

int32_t critmin_transport_size(void) {
  return (int32_t)sizeof(critmin_transport);
}

static critmin_status check(const critmin_transport *t, critmin_error *error) {
  if (!t) return cm_fail_null(error, "transport");
  critmin_status status = cm_check_size(t->struct_size, sizeof *t, "critmin_transport", error);
  if (status == CRITMIN_OK) status = cm_check_count(t->nodes, 1, "nodes", error);
  if (status == CRITMIN_OK) status = cm_check_count(t->arcs, 0, "arcs", error);
  if (status != CRITMIN_OK) return status;
  if (t->nodes > INT32_MAX - 2) return cm_fail_memory(error);
  const cm_column columns[] = {
      {t->supply, t->nodes, "supply", CM_NOT_NEGATIVE},
      {t->need, t->nodes, "need", CM_NOT_NEGATIVE},
      {t->worth, t->nodes, "worth", CM_POSITIVE | CM_OPTIONAL},
      {t->capacity, t->arcs, "capacity", CM_NOT_NEGATIVE | CM_INFINITE | CM_OPTIONAL},
      {t->yield, t->arcs, "yield", CM_PART | CM_OPTIONAL},
      {t->cost, t->arcs, "cost", CM_NOT_NEGATIVE | CM_OPTIONAL},
  };
  status = cm_check_columns(columns, sizeof columns / sizeof columns[0], error);
  if (status == CRITMIN_OK) status = cm_check_places(t->from, t->arcs, t->nodes, 0, "from", error);
  if (status == CRITMIN_OK) status = cm_check_places(t->to, t->arcs, t->nodes, 0, "to", error);
  if (status == CRITMIN_OK && (t->solve < CRITMIN_SOLVE_AUTO || t->solve > CRITMIN_SOLVE_LINEAR))
    status = cm_fail(error, CRITMIN_ERROR_ARGUMENT, "solve is %d; give a CRITMIN_SOLVE_ constant", (int)t->solve);
  return status;
}

/* The first arc on which something is lost or costs, or -1. */
static int64_t not_a_flow(const critmin_transport *t) {
  for (int64_t i = 0; i < t->arcs; i++)
    if ((t->yield && t->yield[i] != 1) || (t->cost && t->cost[i] != 0)) return i;
  return -1;
}

static critmin_status refuse_arc(int64_t arc, critmin_error *error) {
  cm_fail(error, CRITMIN_ERROR_UNSUPPORTED,
          "arc %lld has a yield or a cost, and maximum flows know neither; ask for a linear programme",
          (long long)(arc + 1));
  return cm_fail_at(error, CRITMIN_ERROR_UNSUPPORTED, arc + 1, 0);
}

critmin_status critmin_least_unmet(const critmin_transport *transport, double *unmet, double *flow, double *more,
                                   double *less, double *objective, critmin_error *error) {
  critmin_status status = check(transport, error);
  if (status != CRITMIN_OK) return status;
  if (!unmet) return cm_fail_null(error, "unmet");
  int64_t arc = transport->solve == CRITMIN_SOLVE_LINEAR ? 0 : not_a_flow(transport);
  if (arc >= 0 && transport->solve == CRITMIN_SOLVE_FLOW) return refuse_arc(arc, error);
  int linear = transport->solve == CRITMIN_SOLVE_LINEAR || arc >= 0;
  cm_transport_result result = {unmet, flow, more, less, 0};
  status = linear ? cm_transport_linear(transport, &result, error) : cm_transport_flow(transport, &result, error);
  if (status != CRITMIN_OK) return status;
  if (objective) *objective = result.objective;
  return cm_ok(error);
}

/* Most that can reach the nodes whose mark is `mark`. Returns 0 when memory ran out. */
static int reach(const critmin_transport *t, const uint8_t *of, int mark, double *tonnes) {
  cm_arcs arcs;
  int done = cm_arcs_make(&arcs, t->nodes + 2);
  for (int64_t i = 0; i < t->arcs && done; i++)
    done = cm_arcs_add(&arcs, t->from[i], t->to[i], t->capacity ? t->capacity[i] : INFINITY);
  for (int32_t v = 0; v < t->nodes && done; v++) {
    done = cm_arcs_add(&arcs, t->nodes, v, t->supply[v]);
    if (done && (mark < 0 || of[v] == mark)) done = cm_arcs_add(&arcs, v, t->nodes + 1, t->need[v]);
  }
  done = done && cm_arcs_max_flow(&arcs, t->nodes, t->nodes + 1, tonnes);
  cm_arcs_free(&arcs);
  return done;
}

critmin_status critmin_transport_bounds(const critmin_transport *transport, const int32_t *node, int32_t count,
                                        double *least, double *most, critmin_error *error) {
  critmin_status status = check(transport, error);
  if (status == CRITMIN_OK) status = cm_check_count(count, 0, "count", error);
  if (status == CRITMIN_OK) status = cm_check_places(node, count, transport->nodes, 0, "node", error);
  if (status != CRITMIN_OK) return status;
  int64_t arc = not_a_flow(transport);
  if (arc >= 0) return refuse_arc(arc, error);
  uint8_t *mark = cm_alloc_array((size_t)transport->nodes, sizeof *mark);
  if (!mark) return cm_fail_memory(error);
  for (int32_t i = 0; i < count; i++) {
    if (mark[node[i]])
      status = cm_fail(error, CRITMIN_ERROR_ARGUMENT, "node %d is listed twice; list each once", (int)node[i]);
    mark[node[i]] = 1;
  }
  double all = 0, others = 0, these = 0;
  if (status == CRITMIN_OK &&
      !(reach(transport, mark, -1, &all) && reach(transport, mark, 0, &others) && reach(transport, mark, 1, &these)))
    status = cm_fail_memory(error);
  cm_free(mark);
  if (status != CRITMIN_OK) return status;
  if (most) *most = these;
  if (least) *least = fmin(these, fmax(0, all - others));
  return cm_ok(error);
}
