/* SPDX-License-Identifier: MIT */
/*
 * One draw: which shocks occur, when, for how long and how hard; then the stretches between the dates at which
 * something begins or ends, over each of which all rates are constant, so that what stocks do has a closed form.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "exposure/ensemble.h"
#include "metrics/uncertainty.h"

/* Each thing that is drawn has a stream of its own: adding one leaves the numbers of the others as they are. */
enum { SHOCKS = 0, GROUPS = 1, AGREEMENTS = 2, SUPPLIERS = 3, INVENTORIES = 4, RESERVES = 5 };

static void start(const cm_ensemble_plan *p, int64_t draw, uint32_t kind, int64_t i, cm_random *r) {
  cm_random_start(r, p->seed, (uint64_t)draw, kind * (uint32_t)CM_STREAMS + (uint32_t)i);
}

int cm_draw_room_make(const cm_ensemble_plan *p, cm_draw_room *r) {
  const critmin_ensemble *e = p->e;
  size_t shocks = (size_t)e->shocks, suppliers = (size_t)e->suppliers, users = (size_t)p->padded;
  size_t changes = 2 * shocks + (size_t)e->agreements;
  *r = (cm_draw_room){0};
#define TAKE(name, count) ((r->name = cm_alloc_array((count), sizeof *r->name)) != NULL)
  int done = TAKE(words, 4 * shocks) && TAKE(random, shocks) && TAKE(occurs, shocks) && TAKE(stream, shocks) &&
             TAKE(event, shocks) && TAKE(date, changes + 8) && TAKE(change, changes) && TAKE(order, changes) &&
             TAKE(active, shocks) && TAKE(row, shocks) && TAKE(weight, shocks) && TAKE(merged_row, suppliers) &&
             TAKE(merged_weight, suppliers) && TAKE(share, suppliers) && TAKE(normal, shocks) &&
             TAKE(scale, suppliers) && TAKE(performs, (size_t)e->agreements) && TAKE(lack, users) &&
             TAKE(left, users) && TAKE(unmet, users) && TAKE(part, users);
#undef TAKE
  if (!done) {
    cm_draw_room_free(r);
    return 0;
  }
  for (size_t s = 0; s < suppliers; s++) r->scale[s] = 1;
  for (size_t u = 0; u < users; u++) r->part[u] = 1;
  return 1;
}

void cm_draw_room_free(cm_draw_room *r) {
  void *const all[] = {r->words, r->random,     r->occurs,        r->stream, r->event,  r->date,  r->change,
                       r->order, r->active,     r->row,           r->weight, r->normal, r->scale, r->performs,
                       r->share, r->merged_row, r->merged_weight, r->lack,   r->left,   r->unmet, r->part};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) cm_free(all[i]);
}

static double clamp(double x, double low, double high) {
  return x < low ? low : x > high ? high : x;
}

/* The number that decides whether a shock occurs; its stream stands behind what that took. */
static double decide(const cm_ensemble_plan *p, cm_draw_room *room, int64_t draw, int64_t i, cm_random *r) {
  const critmin_ensemble *e = p->e;
  if (p->factor) {
    double x = 0;
    room->normal[i] = cm_random_normal(r);
    for (int64_t k = 0; k <= i; k++) x += p->factor[i * e->shocks + k] * room->normal[k];
    return x;
  }
  if (!e->group) return cm_random_uniform(r);
  cm_random common;
  start(p, draw, GROUPS, e->group[i], &common);
  return sqrt(e->loading[i]) * cm_random_normal(&common) + sqrt(1 - e->loading[i]) * cm_random_normal(r);
}

/* Which shocks occur; `random` gets their streams, with as many words at hand as they are likely to take. */
static int32_t draw_occurring(const cm_ensemble_plan *p, cm_draw_room *room, int64_t draw) {
  const critmin_ensemble *e = p->e;
  int32_t n = 0;
  int plain = !p->factor && !e->group;
  cm_philox_streams(p->seed, (uint64_t)draw, p->stream, e->shocks, 0, room->words, 4);
  for (int64_t i = 0; i < e->shocks; i++) {
    const uint32_t *words = room->words + 4 * i;
    if (plain) {
      room->occurs[n] = (int32_t)i;
      n += cm_uniform_of(words[0], words[1]) < p->point[i];
      continue;
    }
    cm_random *r = &room->random[n];
    start(p, draw, SHOCKS, i, r);
    memcpy(r->word, words, 4 * sizeof *words);
    r->words = 4;
    r->counter[0] = 1;
    room->occurs[n] = (int32_t)i;
    n += decide(p, room, draw, i, r) < p->point[i];
  }
  for (int32_t k = 0; k < n; k++) {
    cm_random *r = &room->random[k];
    int64_t i = room->occurs[k];
    room->stream[k] = p->stream[i];
    if (plain) {
      start(p, draw, SHOCKS, i, r);
      memcpy(r->word, room->words + 4 * i, 4 * sizeof *r->word);
      r->next = 2;
    }
    if (r->counter[0] > 1) continue; /* took more than its first words already */
    r->words = 4 * (p->ahead + 1);
    r->counter[0] = (uint32_t)p->ahead + 1;
  }
  for (int32_t b = 1; b <= p->ahead && n > 0; b++)
    cm_philox_streams(p->seed, (uint64_t)draw, room->stream, n, (uint32_t)b, &room->random[0].word[4 * b],
                      (int64_t)(sizeof(cm_random) / sizeof(uint32_t)));
  return n;
}

/* Adds what is drawn for the shocks that occur, where they do anything within the horizon; returns the number of
 * changes. */
static int32_t draw_events(const cm_ensemble_plan *p, cm_draw_room *room, int32_t n) {
  int32_t changes = 0;
  double horizon = p->e->horizon;
  for (int32_t k = 0; k < n; k++) {
    cm_random *r = &room->random[k];
    int64_t i = room->occurs[k];
    double share = clamp(cm_sampler_draw(&p->withheld[i], r), 0, 1), from = cm_sampler_draw(&p->start[i], r);
    double end = from + cm_sampler_draw(&p->duration[i], r), begin = from < 0 ? 0 : from;
    end = end < horizon ? end : horizon;
    if (!(end > begin) || share == 0) continue;
    room->event[changes / 2] = (cm_draw_event){share, p->e->supplier[i]};
    room->date[changes] = begin;
    room->change[changes] = changes;
    room->date[changes + 1] = end;
    room->change[changes + 1] = changes + 1;
    changes += 2;
  }
  return changes;
}

static void draw_rest(const cm_ensemble_plan *p, cm_draw_room *room, int64_t draw) {
  const critmin_ensemble *e = p->e;
  cm_random r;
  for (int64_t a = 0; a < e->agreements; a++) {
    start(p, draw, AGREEMENTS, a, &r);
    room->performs[a] = !e->performs || cm_random_uniform(&r) < e->performs[a];
  }
  for (int32_t s = 0; e->scale && s < e->suppliers; s++) {
    start(p, draw, SUPPLIERS, s, &r);
    cm_sampler sampler = cm_sampler_make(&e->scale[s]);
    room->scale[s] = cm_sampler_draw(&sampler, &r);
  }
  memcpy(room->left, p->inventory, (size_t)p->padded * sizeof *room->left);
  for (int32_t u = 0; e->inventory_scale && u < e->users; u++) {
    start(p, draw, INVENTORIES, u, &r);
    cm_sampler sampler = cm_sampler_make(&e->inventory_scale[u]);
    room->left[u] *= cm_sampler_draw(&sampler, &r);
  }
}

typedef struct dated {
  double date;
  int32_t at;
} dated;

static int by_date(const void *a, const void *b) {
  const dated *left = a, *right = b;
  if (left->date != right->date) return left->date < right->date ? -1 : 1;
  return left->at < right->at ? -1 : left->at > right->at;
}

/* Adds the dates of agreements, and orders all. Counting is quick for few dates, sorting for many. Returns 0 when
 * memory ran out. */
static int order_changes(const cm_ensemble_plan *p, cm_draw_room *room, int32_t *changes) {
  enum { FEW = 128 };
  const critmin_ensemble *e = p->e;
  int32_t n = *changes;
  for (int64_t a = 0; e->begins && a < e->agreements; a++)
    if (e->begins[a] > 0 && e->begins[a] < e->horizon) {
      room->date[n] = e->begins[a];
      room->change[n++] = -1;
    }
  *changes = n;
  for (int k = 0; k < 8; k++) room->date[n + k] = INFINITY;
  if (n <= FEW) {
    p->loops.sort(room->date, n, room->order);
    return 1;
  }
  dated *list = cm_alloc_array((size_t)n, sizeof *list);
  for (int32_t i = 0; list && i < n; i++) list[i] = (dated){room->date[i], i};
  if (list) qsort(list, (size_t)n, sizeof *list, by_date);
  for (int32_t i = 0; list && i < n; i++) room->order[i] = list[i].at;
  cm_free(list);
  return list != NULL;
}

/* A shock begins or ends. */
static void change(cm_draw_room *room, int32_t what) {
  int32_t k = what / 2, n = room->actives;
  if (what < 0) return;
  if (what % 2 == 0) {
    const cm_draw_event *v = &room->event[k];
    room->active[n] = k;
    room->row[n] = v->supplier;
    room->weight[n] = v->share * room->scale[v->supplier];
    room->actives = n + 1;
    return;
  }
  int32_t i = 0;
  while (room->active[i] != k) i++;
  for (; i + 1 < n; i++) {
    room->active[i] = room->active[i + 1];
    room->row[i] = room->row[i + 1];
    room->weight[i] = room->weight[i + 1];
  }
  room->actives = n - 1;
}

/* Who withholds how much: of several shocks to one supplier the largest. */
static int32_t withheld(const cm_ensemble_plan *p, cm_draw_room *room, const int32_t **row, const double **weight) {
  *row = room->row;
  *weight = room->weight;
  if (p->alone) return room->actives;
  int32_t n = 0;
  for (int32_t i = 0; i < room->actives; i++) {
    double *share = &room->share[room->row[i]];
    if (*share == 0) room->merged_row[n++] = room->row[i];
    if (room->weight[i] > *share) *share = room->weight[i];
  }
  for (int32_t i = 0; i < n; i++) {
    room->merged_weight[i] = room->share[room->merged_row[i]];
    room->share[room->merged_row[i]] = 0;
  }
  *row = room->merged_row;
  *weight = room->merged_weight;
  return n;
}

/* Agreements that deliver reduce what is lacking; returns what that leaves. */
static double agreed(const cm_ensemble_plan *p, cm_draw_room *room, double date) {
  const critmin_ensemble *e = p->e;
  for (int64_t a = 0; a < e->agreements; a++)
    if (room->performs[a] && (!e->begins || e->begins[a] <= date)) {
      double *lack = &room->lack[e->buyer[a]];
      *lack = fmax(0, *lack - e->tonnes[a]);
    }
  for (int32_t u = 0; u < p->padded; u++) room->part[u] = 1;
  return p->loops.product(room->lack, room->part, p->padded);
}

/* Reserve first: it releases at one rate until it is empty, private stocks give the rest. */
static void reserve_first(const cm_ensemble_plan *p, cm_draw_room *room, double factor, double days, double rate,
                          double *reserve) {
  double asked = factor * p->loops.product(room->lack, p->served, p->padded);
  if (*reserve > 0 && asked > 0) {
    double given = fmin(asked, rate), lasts = *reserve / given, stretch = fmin(days, lasts), share = given / asked;
    for (int32_t u = 0; u < p->padded; u++) room->part[u] = 1 - share * p->served[u];
    p->loops.consume(room->lack, factor * stretch, room->part, room->left, room->unmet, p->padded);
    for (int32_t u = 0; u < p->padded; u++) room->part[u] = 1;
    *reserve = lasts <= days ? 0 : *reserve - given * stretch;
    days -= stretch;
  }
  if (days > 0) p->loops.consume(room->lack, factor * days, room->part, room->left, room->unmet, p->padded);
}

/* Private stocks first: each that is empty makes one user more for the reserve to serve. */
static void inventory_first(const cm_ensemble_plan *p, cm_draw_room *room, double factor, double days, double rate,
                            double *reserve) {
  while (days > 0) {
    double asked = 0, stretch = days;
    for (int32_t u = 0; u < p->e->users; u++) {
      double lack = factor * room->lack[u];
      if (lack > 0 && room->left[u] > 0)
        stretch = fmin(stretch, room->left[u] / lack);
      else
        asked += lack * p->served[u];
    }
    double given = *reserve > 0 ? fmin(asked, rate) : 0, share = given > 0 ? given / asked : 0;
    int emptied = given > 0 && *reserve / given <= stretch;
    if (emptied) stretch = *reserve / given;
    for (int32_t u = 0; u < p->e->users; u++) {
      double lack = factor * room->lack[u];
      if (lack > 0 && room->left[u] > 0)
        room->left[u] = room->left[u] / lack <= stretch ? 0 : fmax(0, room->left[u] - lack * stretch);
      else
        room->unmet[u] += lack * (1 - share * p->served[u]) * stretch;
    }
    *reserve = emptied ? 0 : *reserve - given * stretch;
    days -= stretch;
  }
}

/* From one date to the next. */
static void stretch(const cm_ensemble_plan *p, cm_draw_room *room, double date, double days, double spare, double rate,
                    double *reserve) {
  const critmin_ensemble *e = p->e;
  const int32_t *row;
  const double *weight;
  int32_t n = withheld(p, room, &row, &weight);
  double lack = p->loops.withhold(room->lack, p->flow, row, weight, n, p->padded);
  for (int32_t i = 0; e->spare && i < n; i++) spare -= e->spare[row[i]] * weight[i];
  if (e->agreements > 0) lack = agreed(p, room, date);
  if (!(lack > spare)) return;
  double factor = spare > 0 ? 1 - spare / lack : 1;
  if (!p->reserve)
    p->loops.consume(room->lack, factor * days, room->part, room->left, room->unmet, p->padded);
  else if (e->inventory_first)
    inventory_first(p, room, factor, days, rate, reserve);
  else
    reserve_first(p, room, factor, days, rate, reserve);
}

int cm_draw(const cm_ensemble_plan *p, cm_draw_room *room, int64_t draw, double *loss) {
  const critmin_ensemble *e = p->e;
  memset(room->unmet, 0, (size_t)p->padded * sizeof *room->unmet);
  *loss = 0;
  int32_t changes = draw_events(p, room, draw_occurring(p, room, draw));
  if (changes == 0) return 1;
  draw_rest(p, room, draw);
  double reserve = p->reserve ? e->reserve : 0, rate = e->reserve_rate, spare = p->spare;
  if (p->reserve && e->reserve_scale) {
    cm_random r;
    start(p, draw, RESERVES, 0, &r);
    cm_sampler sampler = cm_sampler_make(e->reserve_scale);
    double scale = cm_sampler_draw(&sampler, &r);
    reserve *= scale;
    rate = scale == 0 ? 0 : rate * scale;
  }
  if (e->scale && e->spare) {
    spare = 0;
    for (int32_t s = 0; s < e->suppliers; s++) spare += e->spare[s] * room->scale[s];
  }
  if (!order_changes(p, room, &changes)) return 0;
  room->actives = 0;
  for (int32_t i = 0; i + 1 < changes; i++) {
    double date = room->date[room->order[i]], days = room->date[room->order[i + 1]] - date;
    change(room, room->change[room->order[i]]);
    if (days > 0 && room->actives > 0) stretch(p, room, date, days, spare, rate, &reserve);
  }
  *loss = p->loops.product(room->unmet, p->worth, p->padded);
  return 1;
}
