/* SPDX-License-Identifier: MIT */
/*
 * The most concentrated completion. C is quasi-convex, so that it is one with at most one cell inside a total strictly
 * between its ends, and all others at an end.
 * - Where one order sorts the lower ends, the upper ends and the weights of a group of cells, filling them in that
 *   order is the most concentrated for every sum of the group; along the filling C is greatest where a cell is full.
 * - Else, up to 20 cells, the completions of that kind are searched, leaving out those that cannot beat the best.
 * - Else, and to leave out by, g is replaced by its chords, which lie above it: filling by slope is then best, and on every
 *   piece of it C has its greatest at the ends or at one point with a closed form.
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "metrics/bounds.h"
#include "metrics/bounds_form.h"

enum { SEARCHED_MAX = 20 };

/* How far sums of doubles may miss the total; the largest quantity is near 1. */
static const double slack = 1e-13;

/* A point of the filling: how much is filled in above the lower ends, and the group's power there. */
typedef struct node {
  double filled, power;
} node;

typedef struct filling {
  node *inside, *outside;
  size_t inside_count, outside_count;
} filling;

static double power_at(const cm_cell *cell, double order, double above, int chord) {
  double width = cell->high - cell->low;
  if (above >= width) return cell->power_high;
  if (above <= 0) return cell->power_low;
  if (chord) return cell->power_low + (cell->power_high - cell->power_low) * (above / width);
  return cm_cell_power(cell, order, cell->low + above);
}

/* Points from `from` to `to` where a cell is begun or full, these two included. Returns their number, at most count + 2. */
static size_t fill(const cm_cell *cells, size_t count, double order, double from, double to, int chord, node *nodes) {
  double power = 0, at = 0;
  for (size_t i = 0; i < count; i++) power += cells[i].power_low;
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    const cm_cell *cell = &cells[i];
    double width = cell->high - cell->low, end = at + width;
    double without = power - cell->power_low;
    if (n == 0 && from <= end) nodes[n++] = (node){from, without + power_at(cell, order, from - at, chord)};
    if (n > 0 && nodes[n - 1].filled < to) {
      double next = end < to ? end : to;
      nodes[n++] = (node){next, without + power_at(cell, order, next - at, chord)};
    }
    power = without + cell->power_high;
    at = end;
  }
  if (n == 0) nodes[n++] = (node){from, power};
  return n;
}

static double better(double best, double order, double power, double sum) {
  return sum > 0 ? fmax(best, cm_form(order, power, sum)) : best;
}

/* Greatest C while `length` is filled in at a slope; both ends are nodes and tried as such. */
static double best_between(double best, double order, double power, double sum, node from, node to) {
  double length = to.filled - from.filled;
  if (!(length > 0)) return best;
  if (!(sum > 0)) return INFINITY; /* a chord from nothing has no bound */
  double slope = (to.power - from.power) / length, at;
  if (order == 1) at = (slope - 1) * sum - power;
  else if (slope != 0) at = (slope * sum - order * power) / (slope * (order - 1));
  else return best;
  return at > 0 && at < length ? better(best, order, power + slope * at, sum + at) : best;
}

/* Greatest C over a filling of both groups, from the base (power, sum). */
static double best_of(const filling *f, double order, double power, double sum, int chord) {
  double best = -INFINITY;
  for (size_t i = 0; i < f->inside_count; i++)
    for (size_t k = 0; k < f->outside_count; k++) {
      const node *a = &f->inside[i], *b = &f->outside[k];
      double p = power + a->power + b->power, s = sum + a->filled + b->filled;
      best = better(best, order, p, s);
      if (!chord) continue;
      if (i + 1 < f->inside_count) best = best_between(best, order, p, s, a[0], a[1]);
      if (k + 1 < f->outside_count) best = best_between(best, order, p, s, b[0], b[1]);
    }
  return best;
}

/* Sorted cells: inside ones, then outside ones. -INFINITY when the cells inside cannot reach the sums asked for. */
static double fill_both(const cm_problem *p, int chord, filling *f) {
  double low = 0, width = 0, outside = 0, sum = p->sum;
  for (size_t i = 0; i < p->inside; i++) {
    low += p->cells[i].low;
    width += p->cells[i].high - p->cells[i].low;
  }
  for (size_t i = p->inside; i < p->count; i++) {
    sum += p->cells[i].low;
    outside += p->cells[i].high - p->cells[i].low;
  }
  double from = p->sum_low - low, to = p->sum_high - low;
  if (from > width + slack || to < -slack) return -INFINITY;
  from = fmin(fmax(from, 0), width);
  to = fmin(fmax(to, from), width);
  f->inside_count = fill(p->cells, p->inside, p->order, from, to, chord, f->inside);
  f->outside_count = fill(p->cells + p->inside, p->count - p->inside, p->order, 0, outside, chord, f->outside);
  return best_of(f, p->order, p->power, sum + low, chord);
}

static int by_key(const void *a, const void *b) {
  const cm_cell *left = a, *right = b;
  if (left->key != right->key) return left->key < right->key ? 1 : -1;
  if (left->high != right->high) return left->high < right->high ? 1 : -1;
  return left->row < right->row ? -1 : left->row > right->row;
}

static void sort(cm_problem *p) {
  qsort(p->cells, p->inside, sizeof *p->cells, by_key);
  qsort(p->cells + p->inside, p->count - p->inside, sizeof *p->cells, by_key);
}

static int ordered(const cm_cell *cells, size_t count) {
  for (size_t i = 1; i < count; i++)
    if (cells[i].low > cells[i - 1].low || cells[i].high > cells[i - 1].high || cells[i].weight > cells[i - 1].weight)
      return 0;
  return 1;
}

/* Cells without width are no choice: they join the base. */
static void drop_points(cm_problem *p) {
  size_t kept = 0, inside = 0;
  for (size_t i = 0; i < p->count; i++) {
    const cm_cell cell = p->cells[i];
    if (cell.low < cell.high) {
      inside += i < p->inside;
      p->cells[kept++] = cell;
      continue;
    }
    double quantity = cell.count * cell.low;
    p->power += cell.power_low;
    p->sum += quantity;
    if (i < p->inside) {
      p->sum_low -= quantity;
      p->sum_high -= quantity;
    }
  }
  p->inside = inside;
  p->count = kept;
  if (inside == 0) p->sum_low = p->sum_high = 0;
}

/* The greatest C when cells without upper end outgrow everything else; they stay at their least afterwards. */
static double outgrown(cm_problem *p) {
  double limit = -INFINITY;
  for (size_t i = p->inside; i < p->count; i++) {
    cm_cell *cell = &p->cells[i];
    if (!isinf(cell->high)) continue;
    limit = fmax(limit, p->order == 2 ? cell->weight : p->order == 1 ? 0 : p->order > 1 ? 1 : -1);
    cell->high = cell->low;
    cell->power_high = cell->power_low;
  }
  return limit;
}

typedef struct search {
  const cm_problem *problem; /* cells sorted by slope within their group */
  filling *filling;
  double best;
} search;

/* A part of the search: the cells before `next` are at an end, but for `between` (NULL: none), which is between its own. */
typedef struct part {
  size_t next;
  const cm_cell *between;
  double power, sum, inside; /* of the decided ones, the base included; `inside` only of those inside */
} part;

static void try_whole(search *s, const part *whole) {
  const cm_problem *p = s->problem;
  if (!whole->between) {
    if (whole->inside >= p->sum_low - slack && whole->inside <= p->sum_high + slack)
      s->best = better(s->best, p->order, whole->power, whole->sum);
    return;
  }
  const double ends[2] = {p->sum_low, p->sum_high};
  for (int i = 0; i < 2; i++) {
    double quantity = ends[i] - whole->inside;
    if (quantity < whole->between->low || quantity > whole->between->high) continue;
    s->best = better(s->best, p->order, whole->power + cm_cell_power(whole->between, p->order, quantity), whole->sum + quantity);
  }
}

static void search_part(search *s, const part *at) {
  const cm_problem *p = s->problem;
  if (at->next == p->count) {
    try_whole(s, at);
    return;
  }
  cm_cell cells[SEARCHED_MAX + 1];
  cm_problem rest = {.order = p->order, .power = at->power, .sum = at->sum, .cells = cells};
  rest.sum_low = p->sum_low - at->inside;
  rest.sum_high = p->sum_high - at->inside;
  if (at->between) cells[rest.count++] = *at->between;
  for (size_t i = at->next; i < p->inside; i++) cells[rest.count++] = p->cells[i];
  rest.inside = rest.count;
  for (size_t i = at->next > p->inside ? at->next : p->inside; i < p->count; i++) cells[rest.count++] = p->cells[i];
  double bound = fill_both(&rest, 1, s->filling);
  if (bound <= s->best + 1e-15 * fabs(s->best)) return;

  const cm_cell *cell = &p->cells[at->next];
  int inside = at->next < p->inside;
  part next = *at;
  next.next++;
  if (inside && !at->between) {
    next.between = cell;
    search_part(s, &next);
    next.between = NULL;
  }
  const double quantity[2] = {cell->high, cell->low}, power[2] = {cell->power_high, cell->power_low};
  for (int i = 0; i < 2; i++) {
    next.power = at->power + power[i];
    next.sum = at->sum + quantity[i];
    next.inside = at->inside + (inside ? quantity[i] : 0);
    search_part(s, &next);
  }
}

int cm_most_concentrated(cm_problem *p, double *result) {
  double limit = outgrown(p);
  drop_points(p);
  filling f = {0};
  f.inside = cm_alloc_array(2 * p->count + 8, sizeof *f.inside);
  if (!f.inside) return 0;
  f.outside = f.inside + p->count + 4;

  for (size_t i = 0; i < p->count; i++) p->cells[i].key = p->cells[i].weight * (p->cells[i].low + p->cells[i].high);
  sort(p);
  if (ordered(p->cells, p->inside) && ordered(p->cells + p->inside, p->count - p->inside)) {
    *result = fmax(limit, fill_both(p, 0, &f));
  } else {
    for (size_t i = 0; i < p->count; i++) {
      cm_cell *cell = &p->cells[i];
      cell->key = (cell->power_high - cell->power_low) / (cell->high - cell->low);
    }
    sort(p);
    if (p->count <= SEARCHED_MAX) {
      search s = {p, &f, fill_both(p, 0, &f)};
      search_part(&s, &(part){.power = p->power, .sum = p->sum});
      *result = fmax(limit, s.best);
    } else {
      *result = fmax(limit, fill_both(p, 1, &f));
    }
  }
  cm_free(f.inside);
  return 1;
}
