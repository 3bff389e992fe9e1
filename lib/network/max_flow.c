/* SPDX-License-Identifier: MIT */
/*
 * Maximum flow by blocking flows in layers (Dinitz 1970), on doubles. Each augmentation takes the least of what is left
 * on its path, and so leaves exactly 0 on the arc that had it: a blocking flow ends after at most one augmentation an
 * arc, and the layers grow, whatever the roundings; there is no tolerance and nothing to scale. The sums err by their
 * roundings only.
 */
#include "network/arcs.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

typedef struct layers {
  int32_t *depth; /* from the source; -1: not reached */
  int32_t *queue;
  int64_t *arc;  /* of each node: the next arc to try */
  int64_t *path; /* arcs from the source */
} layers;

static int find_layers(const cm_arcs *a, layers *l, int32_t source, int32_t sink) {
  for (int32_t i = 0; i < a->nodes; i++) l->depth[i] = -1;
  int32_t waiting = 0;
  l->queue[waiting++] = source;
  l->depth[source] = 0;
  for (int32_t at = 0; at < waiting && l->depth[sink] < 0; at++)
    for (int64_t e = a->first[l->queue[at]]; e >= 0; e = a->next[e]) {
      if (a->left[e] <= 0 || l->depth[a->to[e]] >= 0) continue;
      l->depth[a->to[e]] = l->depth[l->queue[at]] + 1;
      l->queue[waiting++] = a->to[e];
    }
  return l->depth[sink] >= 0;
}

static double augment(cm_arcs *a, const layers *l, int32_t length) {
  double least = INFINITY;
  for (int32_t i = 0; i < length; i++) least = fmin(least, a->left[l->path[i]]);
  for (int32_t i = 0; i < length; i++) {
    a->left[l->path[i]] -= least;
    a->left[l->path[i] ^ 1] += least;
  }
  return least;
}

static double blocking_flow(cm_arcs *a, layers *l, int32_t source, int32_t sink) {
  memcpy(l->arc, a->first, (size_t)a->nodes * sizeof *l->arc);
  double flow = 0;
  int32_t length = 0, at = source;
  for (;;) {
    if (at == sink) {
      flow += augment(a, l, length);
      /* Back to where the path broke first. */
      int32_t whole = 0;
      while (a->left[l->path[whole]] > 0) whole++;
      length = whole;
      at = a->to[l->path[length] ^ 1];
      continue;
    }
    int64_t e = l->arc[at];
    while (e >= 0 && (a->left[e] <= 0 || l->depth[a->to[e]] != l->depth[at] + 1)) e = a->next[e];
    l->arc[at] = e;
    if (e >= 0) {
      l->path[length++] = e;
      at = a->to[e];
      continue;
    }
    if (length == 0) return flow;
    int64_t back = l->path[--length];
    at = a->to[back ^ 1];
    l->arc[at] = a->next[back];
  }
}

int cm_arcs_max_flow(cm_arcs *a, int32_t source, int32_t sink, double *flow) {
  size_t n = (size_t)a->nodes;
  layers l = {0};
  l.depth = cm_alloc_array(n, sizeof *l.depth);
  l.queue = cm_alloc_array(n, sizeof *l.queue);
  l.arc = cm_alloc_array(n, sizeof *l.arc);
  l.path = cm_alloc_array(n, sizeof *l.path);
  int done = l.depth && l.queue && l.arc && l.path;
  *flow = 0;
  while (done && find_layers(a, &l, source, sink)) *flow += blocking_flow(a, &l, source, sink);
  cm_free(l.depth);
  cm_free(l.queue);
  cm_free(l.arc);
  cm_free(l.path);
  return done;
}
