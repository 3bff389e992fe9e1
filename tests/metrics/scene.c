/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include <string.h>

int scene_is_gap(const scene *s) { return s->kind == GAP || s->kind == GAP_ROUNDED; }

double scene_inside(const scene *s, const double *x) {
  double sum = 0;
  for (int64_t i = 0; i < s->n; i++)
    if (!s->outside[i] || s->kind == NO_TOTAL) sum += x[i];
  return sum;
}

static double other_of(const scene *s) { return isnan(s->supply.other) ? 0 : s->supply.other; }

void scene_make(scene *s, stream *random, int nested) {
  memset(s, 0, sizeof *s);
  critmin_supply_init(&s->supply);
  s->kind = (enum scene_kind)stream_integer(random, 0, SCENE_KINDS - 1);
  s->n = stream_integer(random, 2, ROWS_MAX);
  double truth[ROWS_MAX];
  int64_t varied = 0;
  for (int64_t i = 0; i < s->n; i++) {
    s->low[i] = s->high[i] = s->quantity[i] = NAN;
    s->governance[i] = stream_integer(random, 0, 3) ? stream_uniform(random, 0, 10) : NAN;
    s->outside[i] = (s->kind == FILLED || s->kind == ROUNDED) && stream_integer(random, 0, 3) == 0;
    int64_t sort = varied < 4 ? stream_integer(random, 0, 4) : 0;
    truth[i] = stream_integer(random, 0, 6) ? stream_uniform(random, 0, 20) : 0;
    if (sort < 2) {
      s->quantity[i] = s->least[i] = s->most[i] = truth[i];
      continue;
    }
    varied++;
    s->least[i] = nested && stream_integer(random, 0, 1) ? truth[i] * stream_uniform(random, 0, 1) : 0;
    s->most[i] = truth[i] + stream_uniform(random, 0, 12);
    if (sort == 2 && nested) s->quantity[i] = truth[i]; /* published, with an interval of its own */
    if (sort == 4 && !scene_is_gap(s) && stream_integer(random, 0, 1)) s->most[i] = INFINITY;
    if (s->least[i] > 0 || sort == 2) s->low[i] = s->least[i];
    if (!isinf(s->most[i])) s->high[i] = s->most[i];
  }
  if (s->kind == ROUNDED) { /* with nothing to fill it, a rounded total is a matter of its own */
    int fills = 0;
    for (int64_t i = 0; i < s->n; i++) fills += !s->outside[i] && s->least[i] < s->most[i];
    if (!fills) s->kind = FILLED;
  }
  if (stream_integer(random, 0, 2) == 0) s->supply.other = stream_uniform(random, 0, 15);
  if (s->kind != NO_TOTAL) {
    double total = scene_inside(s, scene_is_gap(s) ? s->most : truth) + other_of(s);
    double rounding = s->kind == ROUNDED || s->kind == GAP_ROUNDED ? stream_uniform(random, .5, 2) : 0;
    if (scene_is_gap(s)) total += rounding + stream_uniform(random, 1, 20);
    else total = fmax(total + stream_uniform(random, -rounding, rounding), 0);
    s->supply.total = total;
    s->supply.total_low = fmax(total - rounding, 0);
    s->supply.total_high = total + rounding;
  }
  int64_t rule = stream_integer(random, 0, 4);
  if (rule == 1) s->supply.unlisted_max = stream_integer(random, 1, 5);
  if (rule == 2) s->supply.unlisted_cutoff = stream_uniform(random, .08, .4);
  s->supply.low = s->low;
  s->supply.high = s->high;
  s->supply.outside = s->outside;
}

static double whole(const scene *s, const double *x, double total) {
  double sum = s->kind == NO_TOTAL ? scene_inside(s, x) + other_of(s) : total;
  if (s->kind != NO_TOTAL)
    for (int64_t i = 0; i < s->n; i++)
      if (s->outside[i]) sum += x[i];
  return sum;
}

static double residual_of(const scene *s, const double *x, double total) {
  return scene_is_gap(s) ? total - scene_inside(s, x) : other_of(s);
}

static void add(completion *c, double x) {
  if (c->n == ROWS_MAX + PIECES_MAX) ck_abort_msg("more pieces than there is room for");
  c->x[c->n] = x;
  c->governance[c->n++] = NAN;
}

void scene_residual(const scene *s, completion *c, double total, int few) {
  double left = residual_of(s, c->x, total), size = s->supply.unlisted_cutoff * whole(s, c->x, total);
  int64_t most = s->supply.unlisted_max;
  c->dust = 0;
  if (!(left > 0)) return;
  if (few) {
    for (; size > 0 && left > size; left -= size) add(c, size);
    add(c, left);
  } else if (most > 0) {
    for (int64_t i = 0; i < most; i++) add(c, left / (double)most);
  } else {
    c->dust = left;
  }
}

void scene_governance(const scene *s, completion *c, double at) {
  for (int64_t i = 0; i < c->n; i++)
    c->governance[i] = i < s->n && !isnan(s->governance[i]) ? s->governance[i] : at;
}

/* Any quantity of a row; `bound` stands for an infinite end. */
static double any(const scene *s, stream *random, int64_t row, double bound) {
  double low = s->least[row], high = fmin(s->most[row], fmax(bound, low));
  int64_t end = stream_integer(random, 0, 4);
  return end == 0 ? low : end == 1 ? high : stream_uniform(random, low, high);
}

/* Moves the rows inside towards one end until they meet the sum. */
static void meet(const scene *s, double *x, double sum) {
  double now = scene_inside(s, x), room = 0;
  for (int64_t i = 0; i < s->n; i++)
    if (!s->outside[i]) room += (now < sum ? fmin(s->most[i], fmax(sum, s->least[i])) : s->least[i]) - x[i];
  if (room == 0) return;
  double part = (sum - now) / room;
  for (int64_t i = 0; i < s->n; i++)
    if (!s->outside[i]) x[i] = fmax(x[i] + part * ((now < sum ? fmin(s->most[i], fmax(sum, s->least[i])) : s->least[i]) - x[i]), 0);
}

void scene_complete(const scene *s, stream *random, completion *c) {
  c->n = s->n;
  double total = s->supply.total, bound = stream_integer(random, 0, 1) ? 30 : 3000;
  if (s->kind != NO_TOTAL) {
    int64_t end = stream_integer(random, 0, 3);
    total = end == 0 ? s->supply.total_low : end == 1 ? s->supply.total_high
                                                      : stream_uniform(random, s->supply.total_low, s->supply.total_high);
  }
  for (int64_t i = 0; i < s->n; i++) c->x[i] = any(s, random, i, bound);
  if (s->kind == FILLED || s->kind == ROUNDED) {
    double least = 0, most = 0, wanted = total - other_of(s);
    for (int64_t i = 0; i < s->n; i++) {
      least += s->outside[i] ? 0 : s->least[i];
      most += s->outside[i] ? 0 : s->most[i];
    }
    wanted = fmin(fmax(wanted, least), most);
    total = wanted + other_of(s);
    meet(s, c->x, wanted);
  }
  double left = residual_of(s, c->x, total), sum = whole(s, c->x, total);
  c->dust = 0;
  int64_t manner = stream_integer(random, 0, 3);
  if (manner < 2) {
    scene_residual(s, c, total, manner == 0);
  } else { /* some pieces, none above the cutoff, the rest dust where that is allowed */
    int64_t most = s->supply.unlisted_max > 0 ? s->supply.unlisted_max : 8;
    double size = s->supply.unlisted_cutoff > 0 ? s->supply.unlisted_cutoff * sum : INFINITY;
    for (int64_t i = 0; i < most && left > 0; i++) {
      double piece = i == most - 1 && s->supply.unlisted_max > 0 ? left : fmin(stream_uniform(random, 0, left), size);
      add(c, piece);
      left -= piece;
    }
    c->dust = fmax(left, 0);
  }
  scene_governance(s, c, stream_uniform(random, 0, 10));
  for (int64_t i = 0; i < c->n; i++) /* missing scores may differ */
    if (i >= s->n || isnan(s->governance[i])) c->governance[i] = stream_uniform(random, 0, 10);
}

typedef struct walk {
  const scene *scene;
  double huge, x[ROWS_MAX];
  void (*visit)(void *user, const double *x, double total);
  void *user;
} walk;

static int is_inside(const scene *s, int64_t row) { return s->kind != NO_TOTAL && !s->outside[row]; }

static void at_ends(walk *w, int64_t row, int64_t between) {
  const scene *s = w->scene;
  if (row < s->n) {
    if (row == between || s->least[row] == s->most[row]) {
      w->x[row] = s->least[row];
      at_ends(w, row + 1, between);
      return;
    }
    w->x[row] = s->least[row];
    at_ends(w, row + 1, between);
    if (isinf(s->most[row]) && is_inside(s, row)) return; /* only the total can stop it */
    w->x[row] = fmin(s->most[row], w->huge);
    at_ends(w, row + 1, between);
    return;
  }
  const double totals[2] = {s->supply.total_low, s->supply.total_high};
  if (s->kind == NO_TOTAL) {
    w->visit(w->user, w->x, NAN);
    return;
  }
  for (int i = 0; i < 2; i++) {
    double left = totals[i] - other_of(s) - scene_inside(s, w->x);
    if (scene_is_gap(s)) {
      w->visit(w->user, w->x, totals[i]);
    } else if (between >= 0) {
      double old = w->x[between];
      if (left < 0 || old + left > s->most[between]) continue;
      w->x[between] += left;
      w->visit(w->user, w->x, totals[i]);
      w->x[between] = old;
    }
  }
  if (!scene_is_gap(s) && between < 0) {
    double sum = scene_inside(s, w->x) + other_of(s);
    if (sum >= totals[0] && sum <= totals[1]) w->visit(w->user, w->x, sum);
  }
}

void scene_vertices(const scene *s, double huge, void (*visit)(void *user, const double *x, double total), void *user) {
  walk w = {.scene = s, .huge = huge, .visit = visit, .user = user};
  at_ends(&w, 0, -1);
  if (s->kind != FILLED && s->kind != ROUNDED) return;
  for (int64_t i = 0; i < s->n; i++)
    if (is_inside(s, i) && s->least[i] < s->most[i]) at_ends(&w, 0, i);
}
