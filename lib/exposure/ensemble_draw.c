/* SPDX-License-Identifier: MIT */
/*
 * One draw: which shocks occur, when, for how long and how hard; then the stretches between the dates at which something
 * begins or ends, over each of which all rates are constant, so that what stocks do has a closed form.
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

int cm_draw_room_make(const cm_ensemble_plan *p, cm_draw_room *room) {
  const critmin_ensemble *e = p->e;
  size_t shocks = (size_t)e->shocks, suppliers = (size_t)e->suppliers, agreements = (size_t)e->agreements, users = (size_t)p->padded;
  size_t numbers = 3 * shocks + agreements + 2 + 3 * suppliers + 4 * users;
  *room = (cm_draw_room){0};
  room->memory = cm_alloc_array(numbers, sizeof(double));
  room->event = cm_alloc_array(shocks, sizeof *room->event);
  room->row = cm_alloc_array(suppliers, sizeof *room->row);
  room->active = cm_alloc_array(shocks, sizeof *room->active);
  room->performs = cm_alloc_array(agreements, sizeof *room->performs);
  if (!room->memory || !room->event || !room->row || !room->active || !room->performs) {
    cm_draw_room_free(room);
    return 0;
  }
  double *at = room->memory;
  room->lack = at;
  room->left = at += users;
  room->unmet = at += users;
  room->part = at += users;
  room->scale = at += users;
  room->weight = at += suppliers;
  room->share = at += suppliers;
  room->normal = at += suppliers;
  room->date = at + shocks;
  for (size_t s = 0; s < suppliers; s++) room->scale[s] = 1;
  for (size_t u = 0; u < users; u++) room->part[u] = 1;
  return 1;
}

void cm_draw_room_free(cm_draw_room *room) {
  cm_free(room->memory);
  cm_free(room->event);
  cm_free(room->row);
  cm_free(room->active);
  cm_free(room->performs);
}

static double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

/* Adds what is drawn for a shock that occurs, where it does anything within the horizon. */
static int32_t add_event(const cm_ensemble_plan *p, int64_t i, cm_random *r, cm_draw_event *event) {
  const critmin_ensemble *e = p->e;
  double share = clamp(cm_law_draw(&e->withheld[i], r), 0, 1), from = cm_law_draw(&e->start[i], r);
  double end = fmin(e->horizon, from + cm_law_draw(&e->duration[i], r)), begin = fmax(0, from);
  if (!(end > begin) || share == 0) return 0;
  *event = (cm_draw_event){begin, end, share, e->supplier[i]};
  return 1;
}

static int32_t draw_shocks(const cm_ensemble_plan *p, cm_draw_room *room, int64_t draw) {
  const critmin_ensemble *e = p->e;
  int32_t n = 0;
  for (int64_t i = 0; i < e->shocks; i++) {
    cm_random r;
    start(p, draw, SHOCKS, i, &r);
    double x;
    if (p->factor) {
      room->normal[i] = cm_random_normal(&r);
      x = 0;
      for (int64_t k = 0; k <= i; k++) x += p->factor[i * e->shocks + k] * room->normal[k];
    } else if (e->group) {
      cm_random common;
    start(p, draw, GROUPS, e->group[i], &common);
      x = sqrt(e->loading[i]) * cm_random_normal(&common) + sqrt(1 - e->loading[i]) * cm_random_normal(&r);
    } else {
      x = cm_random_uniform(&r);
    }
    if (x < p->point[i]) n += add_event(p, i, &r, &room->event[n]);
  }
  return n;
}

static void draw_rest(const cm_ensemble_plan *p, cm_draw_room *room, int64_t draw) {
  const critmin_ensemble *e = p->e;
  for (int64_t a = 0; a < e->agreements; a++) {
    cm_random r;
    start(p, draw, AGREEMENTS, a, &r);
    room->performs[a] = !e->performs || cm_random_uniform(&r) < e->performs[a];
  }
  for (int32_t s = 0; e->scale && s < e->suppliers; s++) {
    cm_random r;
    start(p, draw, SUPPLIERS, s, &r);
    room->scale[s] = cm_law_draw(&e->scale[s], &r);
  }
  memcpy(room->left, p->inventory, (size_t)p->padded * sizeof *room->left);
  for (int32_t u = 0; e->inventory_scale && u < e->users; u++) {
    cm_random r;
    start(p, draw, INVENTORIES, u, &r);
    room->left[u] *= cm_law_draw(&e->inventory_scale[u], &r);
  }
}

static int rising(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return left < right ? -1 : left > right;
}

static void sort(double *x, int64_t n) {
  if (n > 48) {
    qsort(x, (size_t)n, sizeof *x, rising);
    return;
  }
  for (int64_t i = 1; i < n; i++) {
    double moved = x[i];
    int64_t k = i;
    for (; k > 0 && x[k - 1] > moved; k--) x[k] = x[k - 1];
    x[k] = moved;
  }
}

static int64_t find_dates(const cm_ensemble_plan *p, cm_draw_room *room, int32_t events) {
  const critmin_ensemble *e = p->e;
  int64_t n = 0;
  for (int32_t i = 0; i < events; i++) {
    room->date[n++] = room->event[i].begin;
    room->date[n++] = room->event[i].end;
  }
  for (int64_t a = 0; e->begins && a < e->agreements; a++)
    if (e->begins[a] > 0 && e->begins[a] < e->horizon) room->date[n++] = e->begins[a];
  sort(room->date, n);
  return n;
}

/* Shocks in the order in which they begin; with one date, in that of the ensemble. */
static void sort_events(cm_draw_event *v, int32_t n) {
  for (int32_t i = 1; i < n; i++) {
    cm_draw_event moved = v[i];
    int32_t k = i;
    for (; k > 0 && v[k - 1].begin > moved.begin; k--) v[k] = v[k - 1];
    v[k] = moved;
  }
}

/* Lets those end that end by a date and those begin that begin by it. */
static void change_active(cm_draw_room *room, int32_t events, double date) {
  int32_t n = 0;
  for (int32_t i = 0; i < room->actives; i++)
    if (room->event[room->active[i]].end > date) room->active[n++] = room->active[i];
  for (; room->begun < events && room->event[room->begun].begin <= date; room->begun++) room->active[n++] = room->begun;
  room->actives = n;
}

/* Who withholds how much; the spare capacity that is left. */
static int32_t withheld(const cm_ensemble_plan *p, cm_draw_room *room, double *spare) {
  const critmin_ensemble *e = p->e;
  int32_t n = 0;
  for (int32_t i = 0; i < room->actives; i++) {
    const cm_draw_event *v = &room->event[room->active[i]];
    if (p->alone) {
      room->row[n] = v->supplier;
      room->weight[n++] = v->share;
    } else {
      if (room->share[v->supplier] == 0) room->row[n++] = v->supplier;
      room->share[v->supplier] = fmax(room->share[v->supplier], v->share);
    }
  }
  for (int32_t i = 0; !p->alone && i < n; i++) {
    room->weight[i] = room->share[room->row[i]];
    room->share[room->row[i]] = 0;
  }
  if (e->scale) {
    *spare = 0;
    for (int32_t s = 0; e->spare && s < e->suppliers; s++) *spare += e->spare[s] * room->scale[s];
  } else {
    *spare = p->spare;
  }
  for (int32_t i = 0; i < n; i++) {
    room->weight[i] *= room->scale[room->row[i]];
    if (e->spare) *spare -= e->spare[room->row[i]] * room->weight[i];
  }
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
static void reserve_first(const cm_ensemble_plan *p, cm_draw_room *room, double factor, double days, double rate, double *reserve) {
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
static void inventory_first(const cm_ensemble_plan *p, cm_draw_room *room, double factor, double days, double rate, double *reserve) {
  while (days > 0) {
    double asked = 0, stretch = days;
    for (int32_t u = 0; u < p->e->users; u++) {
      double lack = factor * room->lack[u];
      if (lack > 0 && room->left[u] > 0) stretch = fmin(stretch, room->left[u] / lack);
      else asked += lack * p->served[u];
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

double cm_draw(const cm_ensemble_plan *p, cm_draw_room *room, int64_t draw) {
  const critmin_ensemble *e = p->e;
  memset(room->unmet, 0, (size_t)p->padded * sizeof *room->unmet);
  int32_t events = draw_shocks(p, room, draw);
  if (events == 0) return 0;
  draw_rest(p, room, draw);
  double reserve = p->reserve ? e->reserve : 0, rate = e->reserve_rate;
  if (p->reserve && e->reserve_scale) {
    cm_random r;
    start(p, draw, RESERVES, 0, &r);
    double scale = cm_law_draw(e->reserve_scale, &r);
    reserve *= scale;
    rate *= scale;
    if (scale == 0) rate = 0;
  }
  int64_t dates = find_dates(p, room, events);
  sort_events(room->event, events);
  room->actives = room->begun = 0;
  for (int64_t i = 0; i + 1 < dates; i++) {
    double date = room->date[i], days = room->date[i + 1] - date, spare;
    if (!(days > 0)) continue;
    change_active(room, events, date);
    int32_t n = withheld(p, room, &spare);
    if (n == 0) continue;
    double lack = p->loops.withhold(room->lack, p->flow, room->row, room->weight, n, p->padded);
    if (e->agreements > 0) lack = agreed(p, room, date);
    if (!(lack > spare)) continue;
    double factor = 1 - fmax(0, spare) / lack;
    if (!p->reserve) p->loops.consume(room->lack, factor * days, room->part, room->left, room->unmet, p->padded);
    else if (e->inventory_first) inventory_first(p, room, factor, days, rate, &reserve);
    else reserve_first(p, room, factor, days, rate, &reserve);
  }
  return p->loops.product(room->unmet, p->worth, p->padded);
}
