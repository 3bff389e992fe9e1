/* SPDX-License-Identifier: MIT */
/*
 * Concentration ratio: the sum of the k largest shares.
 *
 * Least: one of the even completions (bounds_even.c) is least for every k; between two levels where a cell meets one of its
 * ends, or another producer, the ratio of two linear functions does not turn, so that only those levels are tried.
 * Greatest: for a given set of k producers the best completion has a closed form. Up to 20 cells all sets of cells are tried,
 * each filled up with the largest known producers. Beyond, with A the k largest upper ends and L the lower ends of all
 * but the k largest, no set has more than A, and none leaves less than L to the others.
 */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "metrics/bounds.h"

enum { SEARCHED_MAX = 20 };

/* So many equal producers of one size. */
typedef struct heap {
  double size, count;
} heap;

static int by_size(const void *a, const void *b) {
  double left = ((const heap *)a)->size, right = ((const heap *)b)->size;
  return left < right ? 1 : left > right ? -1 : 0;
}

typedef struct ratio {
  double k;
  heap *known; /* the k largest known, sorted */
  size_t known_count;
  heap *chosen; /* room for the cells, and two for the unlisted */
  const cm_problem *problem;
} ratio;

/* Sum of the k largest of two sorted lists. */
static double largest_sum(const ratio *r, size_t chosen_count) {
  double left = r->k, sum = 0;
  size_t i = 0, j = 0;
  while (left > 0 && (i < r->known_count || j < chosen_count)) {
    const heap *next = j == chosen_count || (i < r->known_count && r->known[i].size >= r->chosen[j].size) ? &r->known[i++]
                                                                                                           : &r->chosen[j++];
    double taken = fmin(left, next->count);
    sum += taken * next->size;
    left -= taken;
  }
  return sum;
}

static double ratio_of(const ratio *r, size_t chosen_count, double sum) {
  qsort(r->chosen, chosen_count, sizeof *r->chosen, by_size);
  return fmin(largest_sum(r, chosen_count) / sum, 1);
}

static double even_at(const ratio *r, double level, double least, double most) {
  const cm_problem *p = r->problem;
  double sum = p->sum, inside = 0, level_inside = level < least ? least : level > most ? most : level;
  size_t n = 0;
  for (size_t i = 0; i < p->count; i++) {
    double size = cm_cell_at(&p->cells[i], i < p->inside ? level_inside : level);
    *(i < p->inside ? &inside : &sum) += p->cells[i].count * size;
    r->chosen[n++] = (heap){size, p->cells[i].count};
  }
  if (p->inside > 0) sum += inside < p->sum_low ? p->sum_low : inside > p->sum_high ? p->sum_high : inside;
  if (!(sum > 0)) return INFINITY;
  if (p->unlisted > 0) r->chosen[n++] = (heap){p->unlisted_size, p->unlisted};
  return ratio_of(r, n, sum);
}

/* The known producers that cells may overtake are the last of the k largest. */
static double find_low(const ratio *r) {
  const cm_problem *p = r->problem;
  double least, most;
  cm_even_levels(p, &least, &most);
  double best = fmin(even_at(r, least, least, most), even_at(r, most, least, most));
  if (p->count == p->inside && least == most) return best;
  if (p->unlisted > 0) best = fmin(best, even_at(r, p->unlisted_size, least, most));
  size_t always = r->known_count > p->count + 1 ? r->known_count - p->count - 1 : 0;
  for (size_t i = always; i < r->known_count; i++) best = fmin(best, even_at(r, r->known[i].size, least, most));
  for (size_t i = 0; i < p->count; i++) {
    best = fmin(best, even_at(r, p->cells[i].low, least, most));
    if (!isinf(p->cells[i].high)) best = fmin(best, even_at(r, p->cells[i].high, least, most));
  }
  return best;
}

/* A set of cells: sums of upper ends of its members and of lower ends of the others, inside and outside the total. */
typedef struct set {
  size_t next, members;
  double inside_high, inside_low, outside_high, outside_low;
} set;

static double best_set(const ratio *r, const set *s) {
  const cm_problem *p = r->problem;
  if (s->next == p->count) {
    ratio known = *r;
    known.k -= (double)s->members;
    double top = largest_sum(&known, 0) + s->outside_high, sum = p->sum + s->outside_high + s->outside_low;
    if (p->inside > 0) {
      double inside = fmin(fmax(s->inside_high + s->inside_low, p->sum_low), p->sum_high);
      top += fmin(s->inside_high, inside - s->inside_low);
      sum += inside;
    }
    return sum > 0 ? top / sum : 0;
  }
  const cm_cell *cell = &p->cells[s->next];
  int inside = s->next < p->inside;
  set next = *s;
  next.next++;
  *(inside ? &next.inside_low : &next.outside_low) += cell->low;
  double best = best_set(r, &next);
  if ((double)s->members >= r->k) return best;
  next = *s;
  next.next++;
  next.members++;
  *(inside ? &next.inside_high : &next.outside_high) += cell->high;
  return fmax(best, best_set(r, &next));
}

static double high_beyond(ratio *r) {
  const cm_problem *p = r->problem;
  double sum_low = p->sum + p->sum_low, sum_high = p->sum + p->sum_high, low = p->sum;
  for (size_t i = p->inside; i < p->count; i++) {
    sum_low += p->cells[i].low;
    sum_high += p->cells[i].high;
  }
  for (size_t i = 0; i < p->count; i++) {
    low += p->cells[i].low;
    r->chosen[i] = (heap){p->cells[i].high, 1};
  }
  qsort(r->chosen, p->count, sizeof *r->chosen, by_size);
  double most = largest_sum(r, p->count);
  for (size_t i = 0; i < p->count; i++) r->chosen[i].size = p->cells[i].low;
  qsort(r->chosen, p->count, sizeof *r->chosen, by_size);
  double others = low - largest_sum(r, p->count);
  return fmin(most / fmax(most + others, sum_low), 1 - others / sum_high);
}

static double find_high(ratio *r) {
  const cm_problem *p = r->problem;
  for (size_t i = p->inside; i < p->count; i++)
    if (isinf(p->cells[i].high)) return 1; /* it may outgrow the others */
  if (p->count <= SEARCHED_MAX) return fmin(best_set(r, &(set){0}), 1);
  return fmin(high_beyond(r), 1);
}

/* The known producers, and unlisted ones of known size, the k largest of them. */
static size_t list_known(const cm_market *m, double k, const heap unlisted[2], heap *known) {
  size_t count = 0;
  for (int64_t row = 0; row < m->n; row++) {
    double size;
    if (cm_market_known(m, row, &size) && size > 0) known[count++] = (heap){size, 1};
  }
  for (int i = 0; i < 2; i++)
    if (unlisted[i].count > 0 && unlisted[i].size > 0) known[count++] = unlisted[i];
  qsort(known, count, sizeof *known, by_size);
  return (double)count > k ? (size_t)k : count;
}

static const heap no_unlisted[2];

static critmin_status find(const cm_market *m, ratio *r, cm_extremes *e, critmin_error *error) {
  size_t chosen = 0;
  for (size_t i = 0; i < m->count; i++) r->chosen[chosen++] = (heap){m->cells[i].middle, 1};
  size_t cells = chosen;
  r->known_count = list_known(m, r->k, no_unlisted, r->known);
  double equal, size, rest, most = (double)m->supply.unlisted_max;
  if (most > 0) r->chosen[chosen++] = (heap){m->residual / most, most};
  e->many = ratio_of(r, chosen, m->sum);
  for (size_t i = 0; i < cells; i++) r->chosen[i] = (heap){m->cells[i].middle, 1};
  cm_split_unlisted(m, m->residual, m->sum, &equal, &size, &rest);
  r->chosen[cells] = (heap){size, equal};
  r->chosen[cells + 1] = (heap){rest, 1};
  e->one = ratio_of(r, cells + 2, m->sum);
  if (m->contradiction) {
    e->low = e->high = NAN;
    return CRITMIN_OK;
  }
  cm_problem p;
  r->problem = &p;
  if (!cm_problem_make(m, CM_EVEN, 2, NULL, &p)) return cm_fail_memory(error);
  e->low = find_low(r);
  cm_problem_free(&p);
  if (!cm_problem_make(m, CM_PEAK, 2, NULL, &p)) return cm_fail_memory(error);
  const heap unlisted[2] = {{p.unlisted_size, p.unlisted}, {p.unlisted_rest, 1}};
  r->known_count = list_known(m, r->k, unlisted, r->known);
  heap *room = p.count > m->count + 2 ? cm_resize(r->chosen, p.count, sizeof *room) : r->chosen;
  if (room) {
    r->chosen = room;
    e->high = find_high(r);
  }
  cm_problem_free(&p);
  return room ? CRITMIN_OK : cm_fail_memory(error);
}

/* No more than all; NaN stays what it is. */
static double rounded(double part, double rounding) { return part * rounding > 1 ? 1 : part * rounding; }

critmin_status cm_ratio_find(const cm_market *m, int64_t k, cm_extremes *e, critmin_error *error) {
  ratio r = {.k = (double)k};
  r.known = cm_alloc_array((size_t)m->n + 2, sizeof *r.known);
  r.chosen = cm_alloc_array(m->count + 3, sizeof *r.chosen);
  critmin_status status = r.known && r.chosen ? find(m, &r, e, error) : cm_fail_memory(error);
  if (!status) {
    e->low = rounded(e->low, m->rounding_low);
    e->high = rounded(e->high, m->rounding_high);
    e->many = rounded(e->many, m->rounding);
    e->one = rounded(e->one, m->rounding);
  }
  cm_free(r.known);
  cm_free(r.chosen);
  return status;
}

critmin_status critmin_concentration_ratio(const double *quantity, int64_t n, int64_t k, const critmin_supply *supply,
                                           critmin_answer *answer, critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  if (k < 1) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "k is %lld; give the number of producers, from 1", (long long)k);
  status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  if (market.nothing) return cm_answer_write(answer, &market, NAN, NAN, NAN, 0, error);
  cm_extremes h;
  status = cm_ratio_find(&market, k, &h, error);
  if (status) {
    cm_market_free(&market);
    return status;
  }
  return cm_answer_write(answer, &market, cm_residual_pick(&market, h.many, h.one), h.low, h.high, 0, error);
}
