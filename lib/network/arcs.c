/* SPDX-License-Identifier: MIT */
#include "network/arcs.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

int cm_arcs_make(cm_arcs *a, int32_t nodes) {
  memset(a, 0, sizeof *a);
  a->nodes = nodes;
  a->first = cm_alloc((size_t)nodes * sizeof *a->first);
  for (int32_t i = 0; a->first && i < nodes; i++) a->first[i] = -1;
  return a->first != NULL;
}

void cm_arcs_free(cm_arcs *a) {
  cm_free(a->to);
  cm_free(a->left);
  cm_free(a->gain);
  cm_free(a->next);
  cm_free(a->first);
}

static int grow(cm_arcs *a) {
  size_t room = a->room ? 2 * a->room : 256;
  int32_t *to = cm_resize(a->to, room, sizeof *to);
  if (to) a->to = to;
  double *left = cm_resize(a->left, room, sizeof *left);
  if (left) a->left = left;
  double *gain = cm_resize(a->gain, room / 2, sizeof *gain);
  if (gain) a->gain = gain;
  int64_t *next = cm_resize(a->next, room, sizeof *next);
  if (next) a->next = next;
  if (!to || !left || !gain || !next) return 0;
  a->room = room;
  return 1;
}

static void link_arc(cm_arcs *a, int32_t from, int32_t to, double left) {
  a->to[a->count] = to;
  a->left[a->count] = left;
  a->next[a->count] = a->first[from];
  a->first[from] = a->count++;
}

int cm_arcs_add_lossy(cm_arcs *a, int32_t from, int32_t to, double capacity, double gain) {
  if (!(capacity > 0)) return 1;
  if ((size_t)a->count + 2 > a->room && !grow(a)) return 0;
  a->gain[a->count / 2] = gain;
  a->lossy |= gain < 1 || gain > 1;
  link_arc(a, from, to, capacity);
  link_arc(a, to, from, 0);
  return 1;
}

int cm_arcs_add(cm_arcs *a, int32_t from, int32_t to, double capacity) {
  return cm_arcs_add_lossy(a, from, to, capacity, 1);
}

critmin_status cm_arcs_flow(cm_arcs *a, int32_t source, int32_t sink, double *flow, critmin_error *error) {
  if (a->lossy) return cm_arcs_lossy_flow(a, source, sink, flow, error);
  return cm_arcs_max_flow(a, source, sink, flow) ? CRITMIN_OK : cm_fail_memory(error);
}
