/* SPDX-License-Identifier: MIT */
/*
 * Which shocks occur in a draw, when, for how long and how hard. Those of several draws are made together, so that
 * random numbers and logarithms fill whole registers; each is a function of its draw alone.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "exposure/ensemble.h"
#include "metrics/uncertainty.h"

/* Where in the stream of a shock a law begins that takes a number of numbers that varies: far behind all others. */
enum { FAR = 1 << 24 };

int cm_draw_batch_make(const cm_ensemble_plan *p, cm_draw_batch *b) {
  size_t shocks = (size_t)p->e->shocks, room = shocks * (size_t)p->at_once, rows = 1 + 2 * (size_t)p->blocks;
  b->room = (int64_t)room;
#define TAKE(name, count) ((b->name = cm_alloc_array((count), sizeof *b->name)) != NULL)
  int done = TAKE(draw, room) && TAKE(place, room) && TAKE(one, room) && TAKE(other, room) &&
             TAKE(from, (size_t)p->at_once + 1) && TAKE(shock, room) && TAKE(source, room) &&
             TAKE(number, room * rows) && TAKE(normal, shocks);
  for (int k = 0; k < CM_DRAWN; k++) done = done && TAKE(drawn[k], room);
#undef TAKE
  return done;
}

void cm_draw_batch_free(cm_draw_batch *b) {
  void *const all[] = {b->draw,   b->place,  b->one,      b->other,    b->from,    b->shock,
                       b->source, b->number, b->drawn[0], b->drawn[1], b->drawn[2], b->normal};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) cm_free(all[i]);
}

/* The normal number that decides on a shock: its own, and what it shares with others. */
static double depends(const cm_ensemble_plan *p, cm_draw_batch *b, uint64_t draw, int64_t i, double normal) {
  const critmin_ensemble *e = p->e;
  if (p->factor) {
    double x = 0;
    b->normal[i] = normal;
    for (int64_t k = 0; k <= i; k++) x += p->factor[i * e->shocks + k] * b->normal[k];
    return x;
  }
  cm_random common;
  cm_random_start(&common, p->seed, draw, cm_draw_stream(CM_OF_GROUPS, e->group[i]));
  return sqrt(e->loading[i]) * cm_random_normal(&common) + sqrt(1 - e->loading[i]) * normal;
}

/* Lists the shocks that occur. */
static void decide(const cm_ensemble_plan *p, cm_draw_batch *b) {
  const critmin_ensemble *e = p->e;
  int plain = !p->factor && !e->group;
  int64_t draws = b->end - b->first;
  int32_t n = 0, at = 0;
  for (int64_t d = 0; d < draws; d++)
    for (int64_t i = 0; i < e->shocks; i++) {
      b->draw[d * e->shocks + i] = (uint64_t)(b->first + d);
      b->place[d * e->shocks + i] = (uint64_t)cm_draw_stream(CM_OF_SHOCKS, i) << 32;
    }
  cm_random_blocks(p->seed, b->draw, b->place, draws * e->shocks, b->one, b->other);
  for (int64_t d = 0; d < draws; d++) {
    b->from[d] = n;
    for (int64_t i = 0; i < e->shocks; i++, at++) {
      double x = plain ? b->one[at] : depends(p, b, b->draw[at], i, cm_normal_of(b->one[at], b->other[at]));
      b->shock[n] = (int32_t)i;
      b->source[n] = at;
      n += x < p->point[i];
    }
  }
  b->from[draws] = n;
}

void cm_draw_batch_fill(const cm_ensemble_plan *p, cm_draw_batch *b, int64_t first, int64_t end) {
  b->first = first;
  b->end = end - first < p->at_once ? end : first + p->at_once;
  decide(p, b);
  int32_t n = b->from[b->end - b->first];
  for (int32_t k = 0; k < n; k++) { /* an event comes from its own place or one behind */
    b->draw[k] = b->draw[b->source[k]];
    b->place[k] = b->place[b->source[k]];
    b->number[k] = b->other[b->source[k]];
  }
  for (int64_t i = 0; i < p->blocks; i++) {
    for (int32_t k = 0; k < n; k++) b->place[k]++;
    double *row = b->number + (1 + 2 * i) * b->room;
    cm_random_blocks(p->seed, b->draw, b->place, n, row, row + b->room);
  }
  for (int law = 0; law < CM_DRAWN; law++) {
    cm_samplers_at(p->law[law], b->shock, n, b->number + p->row[law] * b->room, b->room, b->drawn[law]);
    for (int32_t k = 0; p->vary[law] && k < n; k++) {
      const cm_sampler *sampler = &p->law[law][b->shock[k]];
      if (sampler->numbers != CM_NUMBERS_VARY) continue;
      cm_random random;
      cm_random_start(&random, p->seed, b->draw[k], cm_draw_stream(CM_OF_SHOCKS, b->shock[k]));
      random.counter[0] = (uint32_t)(FAR * (law + 1));
      b->drawn[law][k] = cm_sampler_draw(sampler, &random);
    }
  }
}
