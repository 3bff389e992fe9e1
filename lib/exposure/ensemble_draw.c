/* SPDX-License-Identifier: MIT */
/*
 * One draw: what the shocks that occur come to. Over the stretches between the dates at which something begins or
 * ends all rates are constant, so that what stocks do has a closed form.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "exposure/ensemble.h"
#include "metrics/uncertainty.h"

static void start(const cm_ensemble_plan *p, int64_t draw, uint32_t kind, int64_t i, cm_random *r) {
  cm_random_start(r, p->seed, (uint64_t)draw, cm_draw_stream(kind, i));
}

int cm_draw_room_make(const cm_ensemble_plan *p, cm_draw_room *r) {
  const critmin_ensemble *e = p->e;
  size_t shocks = (size_t)e->shocks, suppliers = (size_t)e->suppliers, users = (size_t)p->padded;
  size_t changes = 2 * shocks + (size_t)e->agreements;
  *r = (cm_draw_room){0};
#define TAKE(name, count) ((r->name = cm_alloc_array((count), sizeof *r->name)) != NULL)
  int done = cm_draw_batch_make(p, &r->batch) && TAKE(event, shocks) && TAKE(date, changes + 8) && TAKE(change, changes) && TAKE(order, changes) && TAKE(stretch, changes + 8) &&
             TAKE(missing, shocks) && TAKE(held, shocks) && TAKE(begin, shocks + 8) &&
             TAKE(end, shocks + 8) && TAKE(time, shocks + 8) &&
             TAKE(active, shocks) && TAKE(row, shocks) && TAKE(weight, shocks) && TAKE(merged_row, suppliers) &&
             TAKE(merged_weight, suppliers) && TAKE(share, suppliers) &&
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
  cm_draw_batch_free(&r->batch);
  void *const all[] = {r->event,  r->date,  r->change,
                       r->order, r->active,     r->row,           r->weight, r->scale, r->performs,
                       r->share, r->merged_row, r->merged_weight, r->lack,   r->left,   r->unmet, r->part,
                       r->stretch, r->missing, r->held, r->begin, r->end, r->time};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) cm_free(all[i]);
}

static double clamp(double x, double low, double high) {
  return x < low ? low : x > high ? high : x;
}

/* Adds what is drawn for the shocks that occur, where they do anything within the horizon; returns the number of
 * changes. */
static int32_t draw_events(const cm_ensemble_plan *p, cm_draw_room *room, int64_t draw) {
  const cm_draw_batch *b = &room->batch;
  int32_t changes = 0;
  double horizon = p->e->horizon;
  for (int32_t k = b->from[draw - b->first]; k < b->from[draw - b->first + 1]; k++) {
    double share = clamp(b->drawn[CM_WITHHELD][k], 0, 1), from = b->drawn[CM_START][k];
    double end = from + b->drawn[CM_DURATION][k], begin = from < 0 ? 0 : from;
    end = end < horizon ? end : horizon;
    room->event[changes / 2] = (cm_draw_event){share, p->e->supplier[b->shock[k]]};
    room->date[changes] = begin;
    room->change[changes] = changes;
    room->date[changes + 1] = end;
    room->change[changes + 1] = changes + 1;
    changes += 2 * ((end > begin) & (share > 0));
  }
  return changes;
}

static void draw_rest(const cm_ensemble_plan *p, cm_draw_room *room, int64_t draw) {
  const critmin_ensemble *e = p->e;
  cm_random r;
  for (int64_t a = 0; a < e->agreements; a++) {
    start(p, draw, CM_OF_AGREEMENTS, a, &r);
    room->performs[a] = !e->performs || cm_random_uniform(&r) < e->performs[a];
  }
  for (int32_t s = 0; e->scale && s < e->suppliers; s++) {
    start(p, draw, CM_OF_SUPPLIERS, s, &r);
    cm_sampler sampler = cm_sampler_make(&e->scale[s]);
    room->scale[s] = cm_sampler_draw(&sampler, &r);
  }
  memcpy(room->left, p->inventory, (size_t)p->padded * sizeof *room->left);
  for (int32_t u = 0; e->inventory_scale && u < e->users; u++) {
    start(p, draw, CM_OF_INVENTORIES, u, &r);
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

/* Where users share nothing: what each lacks is its deliveries from each supplier, for as long as these are withheld and
 * not made up for; what of that its own stock does not hold is unmet, whenever it is drawn. */
static void draw_apart(const cm_ensemble_plan *p, cm_draw_room *room, int32_t changes, double spare) {
  const critmin_ensemble *e = p->e;
  int32_t n = changes / 2;
  for (int32_t i = 0; i < n; i++) {
    int32_t supplier = room->event[i].supplier;
    room->row[i] = supplier;
    room->weight[i] = room->event[i].share * room->scale[supplier];
    room->missing[i] = room->weight[i] * p->delivered[supplier];
    room->held[i] = e->spare ? room->weight[i] * e->spare[supplier] : 0;
  }
  for (int k = 0; k < 8; k++) room->date[changes + k] = INFINITY;
  p->loops.bridge(room->date, n, room->missing, room->held, spare, room->begin,
                  room->end, room->stretch, room->time);
  for (int32_t i = 0; i < n; i++) room->weight[i] *= room->time[i];
  p->loops.withhold(room->lack, p->flow, room->row, room->weight, n, p->padded);
  p->loops.settle(room->lack, room->left, room->unmet, p->padded);
}

static int draw_together(const cm_ensemble_plan *p, cm_draw_room *room, int32_t changes, double spare, double rate,
                         double reserve) {
  if (!order_changes(p, room, &changes)) return 0;
  room->actives = 0;
  for (int32_t i = 0; i + 1 < changes; i++) {
    double date = room->date[room->order[i]], days = room->date[room->order[i + 1]] - date;
    change(room, room->change[room->order[i]]);
    if (days > 0 && room->actives > 0) stretch(p, room, date, days, spare, rate, &reserve);
  }
  return 1;
}

int cm_draw(const cm_ensemble_plan *p, cm_draw_room *room, int64_t draw, int64_t end, double *loss) {
  const critmin_ensemble *e = p->e;
  memset(room->unmet, 0, (size_t)p->padded * sizeof *room->unmet);
  *loss = 0;
  if (draw < room->batch.first || draw >= room->batch.end) cm_draw_batch_fill(p, &room->batch, draw, end);
  int32_t changes = draw_events(p, room, draw);
  if (changes == 0) return 1;
  draw_rest(p, room, draw);
  double reserve = p->reserve ? e->reserve : 0, rate = e->reserve_rate, spare = p->spare;
  if (p->reserve && e->reserve_scale) {
    cm_random r;
    start(p, draw, CM_OF_RESERVES, 0, &r);
    cm_sampler sampler = cm_sampler_make(e->reserve_scale);
    double scale = cm_sampler_draw(&sampler, &r);
    reserve *= scale;
    rate = scale == 0 ? 0 : rate * scale;
  }
  if (e->scale && e->spare) {
    spare = 0;
    for (int32_t s = 0; s < e->suppliers; s++) spare += e->spare[s] * room->scale[s];
  }
  if (p->apart)
    draw_apart(p, room, changes, spare);
  else if (!draw_together(p, room, changes, spare, rate, reserve))
    return 0;
  *loss = p->loops.product(room->unmet, p->worth, p->padded);
  return 1;
}
