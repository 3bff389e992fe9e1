/* SPDX-License-Identifier: MIT */
/* From a market to the two problems of its bounds, and to the count of its producers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/bounds.h"
#include "metrics/bounds_form.h"

/* Unlisted producers no larger than this share count as so large: keeps their number in bounds, and the bound safe. */
static const double least_cutoff = 1.0 / 4096;

void cm_split_unlisted(const cm_market *m, double residual, double sum, double *equal, double *size, double *rest) {
  double cutoff = m->supply.unlisted_cutoff;
  *equal = 0;
  *size = 0;
  *rest = residual;
  if (cutoff == 0 || isinf(sum)) return;
  *size = fmax(cutoff, least_cutoff) * sum;
  if (!(residual > *size)) return;
  *equal = floor(residual / *size);
  *rest = fmax(residual - *equal * *size, 0);
}

double cm_weight(const cm_weights *weights, int64_t row, int side) {
  if (!weights) return 1;
  if (row < 0) return side == CM_EVEN ? 0 : weights->unlisted;
  double weight = weights->weight[row];
  if (isnan(weight)) weight = side == CM_EVEN ? 0 : weights->highest;
  return weights->factor ? weight * weights->factor[row] : weight;
}

double cm_cell_power(const cm_cell *cell, double order, double quantity) {
  return cell->count * cell->weight * cm_power(order, quantity);
}

static void add_unlisted(cm_problem *p, double low, double high, double count) {
  p->cells[p->inside++] = (cm_cell){.low = low, .high = high, .value = NAN, .weight = 1, .count = count, .row = -1};
}

/* The residual takes what the cells inside leave: it joins them as cells, as the side wants it. */
static void add_gap(const cm_market *m, int side, size_t pieces, double size, cm_problem *p) {
  double most = (double)m->supply.unlisted_max;
  if (side == CM_PLAIN || (side == CM_PEAK && pieces == 1)) {
    add_unlisted(p, m->residual_low, m->residual_high, 1);
  } else if (side == CM_PEAK) {
    for (size_t i = 0; i < pieces; i++) add_unlisted(p, 0, size, 1);
  } else if (most > 0) {
    add_unlisted(p, m->residual_low / most, m->residual_high / most, most);
  } else { /* infinitely many take it all: the cells stay at their least and the total is at its most */
    double low = 0;
    for (size_t i = 0; i < p->inside; i++) {
      p->cells[i].high = p->cells[i].low;
      low += p->cells[i].low;
    }
    p->sum += m->sum_high - low;
    p->sum_low = p->sum_high = low;
  }
}

int cm_problem_make(const cm_market *m, int side, double order, const cm_weights *weights, cm_problem *p) {
  memset(p, 0, sizeof *p);
  p->order = order;
  p->sum = m->fixed + (m->gap ? 0 : m->residual);
  p->sum_low = m->sum_low;
  p->sum_high = m->sum_high;
  p->unbounded = side == CM_EVEN && order <= 1 && m->residual_high > 0 && m->supply.unlisted_max == 0;

  double largest_sum = p->sum + m->sum_high, equal, size, rest;
  for (size_t i = m->inside; i < m->count; i++) largest_sum += m->cells[i].high;
  cm_split_unlisted(m, m->residual_high, largest_sum, &equal, &size, &rest);
  size_t pieces = (size_t)equal + 1;

  p->cells = cm_alloc_array(m->count + (m->gap ? pieces : 0), sizeof *p->cells);
  if (!p->cells) return 0;
  for (size_t i = 0; i < m->inside; i++) p->cells[i] = m->cells[i];
  p->inside = m->inside;
  if (m->gap) {
    add_gap(m, side, pieces, size, p);
  } else if (side == CM_PEAK) {
    p->unlisted = equal;
    p->unlisted_size = size;
    p->unlisted_rest = rest;
  } else if (side == CM_EVEN && m->supply.unlisted_max > 0) {
    p->unlisted = (double)m->supply.unlisted_max;
    p->unlisted_size = m->residual / p->unlisted;
  }
  p->count = p->inside;
  for (size_t i = m->inside; i < m->count; i++) p->cells[p->count++] = m->cells[i];
  for (size_t i = 0; i < p->count; i++) {
    cm_cell *cell = &p->cells[i];
    cell->weight = cm_weight(weights, cell->row, side);
    cell->power_low = cm_cell_power(cell, order, cell->low);
    cell->power_high = isinf(cell->high) ? INFINITY : cm_cell_power(cell, order, cell->high);
  }
  return 1;
}

void cm_problem_free(cm_problem *p) {
  cm_free(p->cells);
  p->cells = NULL;
}

/* Producers above zero; a cell that may be zero counts at most, and at least only where the total asks for it. */
static int by_high(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return left < right ? 1 : left > right ? -1 : 0;
}

int cm_count_find(const cm_market *m, cm_extremes *count) {
  double certain = 0, possible = 0, middle = 0, quantity;
  for (int64_t row = 0; row < m->n; row++)
    if (cm_market_known(m, row, &quantity) && quantity > 0) certain++;
  middle = certain;
  double *high = cm_alloc_array(m->inside, sizeof *high);
  if (!high) return 0;
  size_t optional = 0;
  double held = 0;
  for (size_t i = 0; i < m->count; i++) {
    const cm_cell *cell = &m->cells[i];
    if (cell->low > 0) {
      certain++;
      if (i < m->inside) held += cell->high;
    } else if (cell->high > 0) {
      possible++;
      if (i < m->inside) high[optional++] = cell->high;
    }
    if (cell->middle > 0) middle++;
  }
  count->high = certain + possible;
  qsort(high, optional, sizeof *high, by_high);
  for (size_t i = 0; !m->gap && i < optional && held < m->sum_low * (1 - 1e-12); i++) {
    held += high[i];
    certain++;
  }
  cm_free(high);
  double most = m->supply.unlisted_max > 0 ? (double)m->supply.unlisted_max : INFINITY, equal, size, rest;
  count->low = certain;
  count->many = count->one = middle;
  if (m->residual_high > 0) {
    count->high += most;
    count->many += most;
    cm_split_unlisted(m, m->residual, m->sum, &equal, &size, &rest);
    count->one += equal + (rest > size * 1e-9 ? 1 : 0);
  }
  if (m->residual_low > 0) {
    cm_split_unlisted(m, m->residual_low, m->sum, &equal, &size, &rest);
    count->low += m->count > 0 ? 1 : equal + (rest > size * 1e-9 ? 1 : 0);
  }
  if (count->low < 1) count->low = 1;
  return 1;
}
