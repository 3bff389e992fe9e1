/* SPDX-License-Identifier: MIT */
/*
 * Which pools a source feeds, and in what order they are best solved: strongly connected components (Tarjan 1972),
 * exporters before importers, so that only inside a component is there anything to eliminate.
 */
#include <string.h>

#include "base/memory.h"
#include "network/network.h"

/* Marks the pools that material from a source reaches; flows are followed from exporter to importer. */
static int mark_live(cm_stage *s, int32_t countries) {
  size_t n = (size_t)countries;
  int64_t flows = s->flow.start[countries];
  int64_t *start = cm_alloc_array(n + 1, sizeof *start);
  int32_t *importer = cm_alloc_array((size_t)flows, sizeof *importer), *queue = cm_alloc_array(n, sizeof *queue);
  int done = start && importer && queue;
  if (done) {
    for (int64_t i = 0; i < flows; i++) start[s->flow.country[i]]++;
    for (int32_t c = 0; c < countries; c++) start[c + 1] += start[c];
    for (int32_t c = countries; c-- > 0;)
      for (int64_t i = s->flow.start[c]; i < s->flow.start[c + 1]; i++) importer[--start[s->flow.country[i]]] = c;
    int32_t waiting = 0;
    for (int32_t c = 0; c < countries; c++) {
      int fed = s->output[c] + s->secondary[c] + s->unknown[c] > 0;
      s->state[c] = fed ? CM_POOL_LIVE : s->total[c] > 0 ? CM_POOL_LOOP : CM_POOL_EMPTY;
      if (fed) queue[waiting++] = c;
    }
    for (int32_t at = 0; at < waiting; at++)
      for (int64_t i = start[queue[at]]; i < start[queue[at] + 1]; i++) {
        if (s->state[importer[i]] == CM_POOL_LIVE) continue;
        s->state[importer[i]] = CM_POOL_LIVE;
        queue[waiting++] = importer[i];
      }
  }
  cm_free(start);
  cm_free(importer);
  cm_free(queue);
  return done;
}

typedef struct search {
  cm_stage *s;
  int32_t *number, *lowest, *stack, *path; /* number from 1 when first met; 0: not yet */
  int64_t *edge;                           /* of each pool: the next flow to follow */
  uint8_t *open;                           /* still on the stack */
  int32_t *home;                           /* component of each pool */
  int32_t met, stacked;
} search;

static void enter(search *t, int32_t c) {
  t->number[c] = t->lowest[c] = ++t->met;
  t->stack[t->stacked++] = c;
  t->open[c] = 1;
  t->edge[c] = t->s->flow.start[c];
}

static void close_component(search *t, int32_t root) {
  cm_stage *s = t->s;
  cm_component *made = &s->component[s->components];
  made->first = s->live;
  int32_t c;
  do {
    c = t->stack[--t->stacked];
    t->open[c] = 0;
    t->home[c] = s->components;
    s->order[s->live++] = c;
  } while (c != root);
  made->count = s->live - made->first;
  s->components++;
}

/* Depth first along imports, without recursion: a component is closed after all that it imports from. */
static void visit(search *t, int32_t root) {
  cm_stage *s = t->s;
  int32_t depth = 0;
  t->path[depth++] = root;
  enter(t, root);
  while (depth > 0) {
    int32_t c = t->path[depth - 1];
    if (t->edge[c] < s->flow.start[c + 1]) {
      int32_t from = s->flow.country[t->edge[c]++];
      if (s->state[from] != CM_POOL_LIVE) continue;
      if (!t->number[from]) {
        t->path[depth++] = from;
        enter(t, from);
      } else if (t->open[from] && t->number[from] < t->lowest[c]) {
        t->lowest[c] = t->number[from];
      }
      continue;
    }
    if (t->lowest[c] == t->number[c]) close_component(t, c);
    depth--;
    if (depth > 0 && t->lowest[c] < t->lowest[t->path[depth - 1]]) t->lowest[t->path[depth - 1]] = t->lowest[c];
  }
}

/* Within each importer: flows from earlier components, its own, and pools that no source reaches; each kind in order of
 * exporter. */
static void part_flows(search *t, int32_t countries, int32_t *country, double *value) {
  cm_stage *s = t->s;
  for (int32_t c = 0; c < countries; c++) {
    int64_t first = s->flow.start[c], end = s->flow.start[c + 1], at = 0;
    s->dark[c] = s->unknown[c];
    for (int kind = 0; kind < 3; kind++) {
      for (int64_t i = first; i < end; i++) {
        int32_t from = s->flow.country[i];
        int fed = s->state[from] == CM_POOL_LIVE && s->state[c] == CM_POOL_LIVE;
        if ((fed ? t->home[from] == t->home[c] : 2) != kind) continue;
        country[at] = from;
        value[at++] = s->flow.value[i];
        if (kind == 2) s->dark[c] += s->flow.value[i];
      }
      if (kind == 0) s->inner[c] = first + at;
      if (kind == 1) s->outer_end[c] = first + at;
    }
    if (at > 0) {
      memcpy(s->flow.country + first, country, (size_t)at * sizeof *country);
      memcpy(s->flow.value + first, value, (size_t)at * sizeof *value);
    }
  }
}

int cm_stage_order(cm_stage *s, int32_t countries) {
  size_t n = (size_t)countries;
  s->state = cm_alloc_array(n, sizeof *s->state);
  s->order = cm_alloc_array(n, sizeof *s->order);
  s->component = cm_alloc_array(n, sizeof *s->component);
  s->inner = cm_alloc_array(n, sizeof *s->inner);
  s->outer_end = cm_alloc_array(n, sizeof *s->outer_end);
  s->dark = cm_alloc_array(n, sizeof *s->dark);
  search t = {.s = s};
  t.number = cm_alloc_array(n, sizeof *t.number);
  t.lowest = cm_alloc_array(n, sizeof *t.lowest);
  t.stack = cm_alloc_array(n, sizeof *t.stack);
  t.path = cm_alloc_array(n, sizeof *t.path);
  t.edge = cm_alloc_array(n, sizeof *t.edge);
  t.open = cm_alloc_array(n, sizeof *t.open);
  t.home = cm_alloc_array(n, sizeof *t.home);
  int32_t *country = cm_alloc_array(n, sizeof *country);
  double *value = cm_alloc_array(n, sizeof *value);
  int done = s->state && s->order && s->component && s->inner && s->outer_end && s->dark && t.number && t.lowest &&
             t.stack && t.path && t.edge && t.open && t.home && country && value && mark_live(s, countries);
  if (done) {
    for (int32_t c = 0; c < countries; c++)
      if (s->state[c] == CM_POOL_LIVE && !t.number[c]) visit(&t, c);
    part_flows(&t, countries, country, value);
  }
  cm_free(t.number);
  cm_free(t.lowest);
  cm_free(t.stack);
  cm_free(t.path);
  cm_free(t.edge);
  cm_free(t.open);
  cm_free(t.home);
  cm_free(country);
  cm_free(value);
  return done;
}
