/* SPDX-License-Identifier: MIT */
/*
 * The least concentrated completion. Its free cells stand at one level t, each cut to its interval, with t = X / N the
 * level of the whole (N the Hill number of the order): there no small change of any cell lowers C, and C is quasi-convex. The
 * cells inside a total stand at one level as well: t itself where the total leaves the choice, else the one that meets it.
 * With weights w the cell stands at t / w. The same completion makes every symmetric measure least for a given total.
 */
#include <math.h>

#include "metrics/bounds.h"
#include "metrics/bounds_form.h"

double cm_cell_at(const cm_cell *cell, double level) {
  double quantity = cell->weight > 0 ? level / cell->weight : INFINITY;
  return quantity < cell->low ? cell->low : quantity > cell->high ? cell->high : quantity;
}

typedef double (*level_function)(const cm_problem *p, double level, double least, double most);

/* The level where a function turns from above zero to not above it: 0, or the upper of two neighbouring doubles. */
static double turning_point(const cm_problem *p, level_function above, double least, double most) {
  double low = 0, high = 1;
  if (!(above(p, 0, least, most) > 0)) return 0;
  for (int i = 0; i < 128 && above(p, high, least, most) > 0; i++) {
    low = high;
    high *= 2;
  }
  for (int i = 0; i < 256; i++) {
    double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (above(p, middle, least, most) > 0) low = middle;
    else high = middle;
  }
  return high;
}

static double missing(const cm_problem *p, double level, double wanted, double unused) {
  (void)unused;
  double sum = 0;
  for (size_t i = 0; i < p->inside; i++) sum += p->cells[i].count * cm_cell_at(&p->cells[i], level);
  return wanted - sum;
}

void cm_even_levels(const cm_problem *p, double *low, double *high) {
  *low = *high = 0;
  if (p->inside == 0) return;
  *low = turning_point(p, missing, p->sum_low, 0);
  *high = p->sum_high > p->sum_low ? turning_point(p, missing, p->sum_high, 0) : *low;
}

static void stand(const cm_problem *p, double level, double least, double most, double *power, double *sum) {
  double inside = 0;
  *power = p->power;
  double level_inside = level < least ? least : level > most ? most : level;
  for (size_t i = 0; i < p->inside; i++) {
    double quantity = cm_cell_at(&p->cells[i], level_inside);
    inside += p->cells[i].count * quantity;
    *power += cm_cell_power(&p->cells[i], p->order, quantity);
  }
  /* A cell of weight 0 takes what is left, whatever the level. */
  if (p->inside > 0) inside = inside < p->sum_low ? p->sum_low : inside > p->sum_high ? p->sum_high : inside;
  *sum = p->sum + inside;
  for (size_t i = p->inside; i < p->count; i++) {
    double quantity = cm_cell_at(&p->cells[i], level);
    *sum += p->cells[i].count * quantity;
    *power += cm_cell_power(&p->cells[i], p->order, quantity);
  }
}

static double excess(const cm_problem *p, double level, double least, double most) {
  double power, sum;
  stand(p, level, least, most, &power, &sum);
  return cm_level(p->order, power, sum) - level;
}

/* Where nothing but the free cells makes the market, and each may be nothing: they are even at any level that all of them reach. */
static double common_level(const cm_problem *p) {
  double level = INFINITY;
  for (size_t i = 0; i < p->count; i++)
    if (p->cells[i].high > 0) level = fmin(level, p->cells[i].weight * p->cells[i].high);
  return isinf(level) ? 1 : level;
}

double cm_most_even(const cm_problem *p) {
  if (p->unbounded) return -INFINITY;
  for (size_t i = p->inside; i < p->count; i++)
    if (isinf(p->cells[i].high) && !(p->cells[i].weight > 0)) return 0; /* weighs nothing, and may be of any size */
  double least, most, power, sum;
  cm_even_levels(p, &least, &most);
  double level = p->count == p->inside && least == most ? least : turning_point(p, excess, least, most);
  stand(p, level, least, most, &power, &sum);
  if (!(sum > 0)) stand(p, common_level(p), least, most, &power, &sum);
  return cm_form(p->order, power, sum);
}
