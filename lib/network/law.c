/* SPDX-License-Identifier: MIT */
/*
 * One variable after the other is added to the law of the sum: it is merged with itself moved up by the amount, which keeps it in
 * order and brings equal sums together. With a common factor the variables are independent once the factor is given; the laws for
 * its values are then averaged by the trapezoidal rule, which for such integrands gains digits with every halving of its step.
 */
#include "network/law.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

enum { SUMS_MAX = 65536 };

/* Beyond this the normal density is nothing, and it has no more digits to give. */
static const double FACTOR_END = 9;

static double normal(double x) { return 0.5 * erfc(-x / sqrt(2)); }

double cm_normal_point(double probability) {
  double low = -40, high = 40;
  if (probability <= 0) return -INFINITY;
  if (probability >= 1) return INFINITY;
  for (int i = 0; i < 100; i++) {
    double middle = low + (high - low) / 2;
    if (normal(middle) < probability) low = middle;
    else high = middle;
  }
  return low;
}

static int make(cm_law *law, int64_t room) {
  law->amount = cm_alloc_array((size_t)room, sizeof *law->amount);
  law->probability = cm_alloc_array((size_t)room, sizeof *law->probability);
  law->count = 0;
  return law->amount && law->probability;
}

void cm_law_free(cm_law *law) {
  cm_free(law->amount);
  cm_free(law->probability);
  law->amount = law->probability = NULL;
}

static void append(cm_law *law, double amount, double probability) {
  if (law->count > 0 && law->amount[law->count - 1] == amount) {
    law->probability[law->count - 1] += probability;
    return;
  }
  law->amount[law->count] = amount;
  law->probability[law->count++] = probability;
}

/* The law `of` plus one variable, into `to`, which has room for twice as many sums. */
static void merge(const cm_law *of, double amount, double probability, cm_law *to) {
  to->count = 0;
  for (int64_t i = 0, k = 0; i < of->count || k < of->count;) {
    double without = i < of->count ? of->amount[i] : INFINITY, with = k < of->count ? of->amount[k] + amount : INFINITY;
    if (without <= with) append(to, without, of->probability[i++] * (1 - probability));
    else append(to, with, of->probability[k++] * probability);
  }
}

/* Too many sums are laid on a grid; each falls between two of its points, and is shared out so that the mean stays. */
static void lay_on_grid(cm_law *law, double *cell) {
  double top = law->amount[law->count - 1];
  memset(cell, 0, SUMS_MAX * sizeof *cell);
  for (int64_t i = 0; i < law->count; i++) {
    double at = law->amount[i] / top * (SUMS_MAX - 1);
    int64_t below = (int64_t)at;
    if (below > SUMS_MAX - 2) below = SUMS_MAX - 2;
    cell[below] += law->probability[i] * (1 - (at - (double)below));
    cell[below + 1] += law->probability[i] * (at - (double)below);
  }
  for (int64_t i = 0; i < SUMS_MAX; i++) {
    law->amount[i] = top * (double)i / (SUMS_MAX - 1);
    law->probability[i] = cell[i];
  }
  law->count = SUMS_MAX;
}

typedef struct rooms {
  cm_law one, other;
  double *cell;
} rooms;

/* The law of independent variables; the result is `one` of the rooms. */
static void sum(const double *amount, const double *probability, int64_t n, rooms *r) {
  r->one.amount[0] = 0;
  r->one.probability[0] = 1;
  r->one.count = 1;
  for (int64_t i = 0; i < n; i++) {
    if (amount[i] == 0) continue;
    merge(&r->one, amount[i], probability[i], &r->other);
    cm_law kept = r->one;
    r->one = r->other;
    r->other = kept;
    if (r->one.count > SUMS_MAX) lay_on_grid(&r->one, r->cell);
  }
}

/* Values of the common factor: their number, for step `step` on both sides of 0. */
static int64_t factor_values(double correlation, double *step) {
  *step = 0.25 / (1 + sqrt(correlation / (1 - correlation)));
  return 2 * (int64_t)ceil(FACTOR_END / *step) + 1;
}

/* Probabilities given the factor, and the factor's weight. */
static double given_factor(const double *point, int64_t n, double correlation, double factor, double step, double *probability) {
  for (int64_t i = 0; i < n; i++)
    probability[i] = normal((point[i] - sqrt(correlation) * factor) / sqrt(1 - correlation));
  return step * exp(-factor * factor / 2) / sqrt(2 * acos(-1));
}

int cm_law_sum(const double *amount, const double *probability, int64_t n, double correlation, cm_law *law) {
  rooms r = {0};
  memset(law, 0, sizeof *law);
  int64_t room = 2 * SUMS_MAX;
  if (n < 16) room = INT64_C(1) << (n + 1);
  r.cell = cm_alloc_array(SUMS_MAX, sizeof *r.cell);
  double *point = cm_alloc_array((size_t)n, sizeof *point), *given = cm_alloc_array((size_t)n, sizeof *given);
  int done = make(&r.one, room) & make(&r.other, room);
  done = done && r.cell && point && given && make(law, room);
  if (done && correlation == 0) {
    sum(amount, probability, n, &r);
    cm_law kept = *law;
    *law = r.one;
    r.one = kept;
  } else if (done) {
    double step;
    int64_t values = factor_values(correlation, &step);
    for (int64_t i = 0; i < n; i++) point[i] = cm_normal_point(probability[i]);
    for (int64_t v = 0; v < values; v++) {
      double weight = given_factor(point, n, correlation, (double)(v - values / 2) * step, step, given);
      sum(amount, given, n, &r); /* the same sums for every factor */
      law->count = r.one.count;
      memcpy(law->amount, r.one.amount, (size_t)law->count * sizeof *law->amount);
      for (int64_t i = 0; i < law->count; i++) law->probability[i] += weight * r.one.probability[i];
    }
  }
  cm_law_free(&r.one);
  cm_law_free(&r.other);
  cm_free(r.cell);
  cm_free(point);
  cm_free(given);
  if (!done) cm_law_free(law);
  return done;
}

static void add_sets(const double *probability, int32_t n, double weight, double *of_set) {
  for (int64_t set = 0; set < INT64_C(1) << n; set++) {
    double product = weight;
    for (int32_t i = 0; i < n; i++) product *= set >> i & 1 ? probability[i] : 1 - probability[i];
    of_set[set] += product;
  }
}

int cm_law_sets(const double *probability, int32_t n, double correlation, double *of_set) {
  double *point = cm_alloc_array((size_t)n, sizeof *point), *given = cm_alloc_array((size_t)n, sizeof *given);
  int done = point && given;
  memset(of_set, 0, ((size_t)1 << n) * sizeof *of_set);
  if (done && correlation == 0) {
    add_sets(probability, n, 1, of_set);
  } else if (done) {
    double step;
    int64_t values = factor_values(correlation, &step);
    for (int32_t i = 0; i < n; i++) point[i] = cm_normal_point(probability[i]);
    for (int64_t v = 0; v < values; v++) {
      double weight = given_factor(point, n, correlation, (double)(v - values / 2) * step, step, given);
      add_sets(given, n, weight, of_set);
    }
  }
  cm_free(point);
  cm_free(given);
  return done;
}
