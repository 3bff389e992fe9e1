/* SPDX-License-Identifier: MIT */
/*
 * A market as the kernels take it. Producers that a party has (a group, or a country asked about) are merged into one
 * cell with summed ends, which keeps the bounds exact; cells printed as not available are left out; a producer that the
 * total is said to leave out and that has no figure is a withheld cell outside the total.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/catalogue.h"

static int32_t party_of(const critmin_model *m, const cm_party *parties, size_t n, int32_t country, int32_t day) {
  for (size_t i = 0; i < n; i++) {
    if (cm_party_has(m, &parties[i], country, day)) return (int32_t)i;
  }
  return CM_NONE;
}

static int is_excluded(const cm_assembly *a, int32_t country) {
  for (int32_t i = 0; i < a->market->n_excluded; i++) {
    if (a->model->excluded[a->market->first_excluded + i] == country) return 1;
  }
  return 0;
}

uint64_t cm_figure_flags(const cm_figures *f, int32_t figure) {
  uint64_t flags = f->factor[figure] < 1 || f->factor[figure] > 1 ? CRITMIN_FLAG_BASIS_CONVERTED : 0;
  switch (f->status[figure]) {
    case CM_STATUS_ESTIMATED:
    case CM_STATUS_IMPUTED:
      return flags | CRITMIN_FLAG_ESTIMATED;
    case CM_STATUS_PROJECTED:
      return flags | CRITMIN_FLAG_PROJECTED;
    case CM_STATUS_ASSUMED:
      return flags | CRITMIN_FLAG_ASSUMED;
    default:
      return flags;
  }
}

static cm_listed read_figure(const cm_assembly *a, int32_t figure) {
  const cm_figures *f = &a->model->figures;
  double factor = f->factor[figure];
  cm_listed cell = {
      .country = f->country[figure],
      .figure = figure,
      .quantity = f->value[figure] * factor,
      .low = f->low[figure] * factor,
      .high = f->high[figure] * factor,
  };
  if (isnan(cell.low) && f->status[figure] == CM_STATUS_LESS_THAN_HALF_UNIT) cell.low = 0;
  cell.outside = is_excluded(a, cell.country);
  return cell;
}

static int make_room(cm_assembly *a, int64_t listed, int64_t parties) {
  int64_t room = listed + parties;
  if (room <= a->room && a->listed) return 1;
  double **numbers[] = {&a->quantity, &a->low, &a->high, &a->weight, &a->weight_low, &a->weight_high, &a->trade};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    double *grown = cm_resize(*numbers[i], (size_t)room, sizeof *grown);
    if (!grown) return 0;
    *numbers[i] = grown;
  }
  int32_t **places[] = {&a->outside, &a->country};
  for (size_t i = 0; i < 2; i++) {
    int32_t *grown = cm_resize(*places[i], (size_t)room, sizeof *grown);
    if (!grown) return 0;
    *places[i] = grown;
  }
  cm_listed *cells = cm_resize(a->listed, (size_t)room, sizeof *cells);
  if (!cells) return 0;
  a->listed = cells;
  cm_assembled_party *made = cm_resize(a->parties, (size_t)room, sizeof *made);
  if (!made) return 0;
  a->parties = made;
  a->room = room;
  return 1;
}

void cm_assembly_free(cm_assembly *a) {
  void *owned[] = {a->listed, a->parties,    a->quantity,    a->low,     a->high,
                   a->weight, a->weight_low, a->weight_high, a->trade, a->outside, a->country};
  for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++) cm_free(owned[i]);
  memset(a, 0, sizeof *a);
}

static void list_producers(cm_assembly *a) {
  const cm_model_market *market = a->market;
  const cm_figures *f = &a->model->figures;
  a->n_listed = 0;
  for (int32_t figure = market->first; figure < market->first + market->n; figure++) {
    cm_listed cell = read_figure(a, figure);
    if (f->status[figure] == CM_STATUS_NOT_AVAILABLE && !cell.outside) {
      a->flags |= CRITMIN_FLAG_NOT_AVAILABLE;
      continue;
    }
    a->flags |= cm_figure_flags(f, figure);
    a->listed[a->n_listed++] = cell;
  }
  for (int32_t i = 0; market->world != CM_NONE && i < market->n_excluded; i++) {
    int32_t country = a->model->excluded[market->first_excluded + i];
    int64_t j = 0;
    while (j < a->n_listed && a->listed[j].country != country) j++;
    if (j < a->n_listed) continue;
    a->listed[a->n_listed++] =
        (cm_listed){.country = country, .figure = CM_NONE, .outside = 1, .quantity = NAN, .low = NAN, .high = NAN};
  }
}

static void read_total(cm_assembly *a, const cm_values *values) {
  const cm_model_market *market = a->market;
  const cm_figures *f = &a->model->figures;
  critmin_supply *s = &a->supply;
  critmin_supply_init(s);
  s->residual_value = (int32_t)values->number[CM_P_RESIDUAL];
  s->unlisted_max = (int64_t)values->number[CM_P_UNLISTED_MAX];
  s->unlisted_cutoff = values->number[CM_P_UNLISTED_CUTOFF];
  s->listed_only = values->number[CM_P_LISTED_ONLY] > 0;
  if (market->world != CM_NONE) {
    cm_listed world = read_figure(a, market->world);
    if (!isnan(world.quantity)) {
      s->total = world.quantity;
      s->total_low = world.low;
      s->total_high = world.high;
      a->flags |= cm_figure_flags(f, market->world) | (market->n_excluded > 0 ? CRITMIN_FLAG_TOTAL_EXCLUDES : 0);
    }
  } else if (market->is_share) {
    s->total = 1;
  }
  for (int32_t i = 0; i < market->n_other; i++) {
    int32_t figure = market->other + i;
    cm_listed other = read_figure(a, figure);
    if (f->status[figure] == CM_STATUS_NOT_AVAILABLE) {
      a->flags |= CRITMIN_FLAG_NOT_AVAILABLE;
    } else if (!isnan(other.quantity)) {
      s->other = isnan(s->other) ? other.quantity : s->other + other.quantity;
      a->flags |= cm_figure_flags(f, figure);
    } else if (isnan(s->total)) {
      a->unsafe = 1; /* a residual that nothing bounds */
    }
  }
}

/* Least and most that a listed producer can be, as the kernels read it. */
static double least(const cm_listed *cell) {
  if (!isnan(cell->low)) return cell->low;
  return isnan(cell->quantity) ? 0 : cell->quantity;
}
static double most(const cm_listed *cell) {
  if (!isnan(cell->high)) return cell->high;
  return isnan(cell->quantity) ? INFINITY : cell->quantity;
}

static void put(cm_assembly *a, int64_t at, const cm_listed *cell) {
  a->quantity[at] = cell->quantity;
  a->low[at] = cell->low;
  a->high[at] = cell->high;
  a->outside[at] = cell->outside;
}

/* The members that the total leaves out, brought into it beside those it holds. */
static void take_in(cm_assembly *a, double low, double high) {
  critmin_supply *s = &a->supply;
  if (low == high) {
    s->total += low;
    if (!isnan(s->total_low)) s->total_low += low;
    if (!isnan(s->total_high)) s->total_high += low;
    return;
  }
  /* Total and cell move together, which no total can say: what it tells of the others is kept as their residual, if it
   * does. */
  double known = 0;
  for (int64_t i = 0; i < a->n_listed; i++) {
    if (a->listed[i].outside) continue;
    if (least(&a->listed[i]) < most(&a->listed[i])) a->unsafe = 1;
    known += least(&a->listed[i]);
  }
  double gap = s->total - known;
  if (gap > 0 && !(s->other >= gap)) s->other = gap;
  s->total = s->total_low = s->total_high = NAN;
}

static void merge_party(cm_assembly *a, int32_t party) {
  cm_listed sum = {.quantity = 0, .low = 0, .high = 0};
  int64_t n = 0, outside = 0, withheld = 0;
  double out_low = 0, out_high = 0;
  for (int64_t i = 0; i < a->n_listed; i++) {
    const cm_listed *cell = &a->listed[i];
    if (cell->party != party) continue;
    n++;
    withheld += isnan(cell->quantity);
    sum.quantity += cell->quantity;
    sum.low += least(cell);
    sum.high += most(cell);
    if (!cell->outside) continue;
    outside++;
    out_low += least(cell);
    out_high += most(cell);
  }
  /* One withheld member withholds the sum. */
  if (withheld) sum.quantity = NAN;
  if (isinf(sum.high)) sum.high = NAN;
  if (outside && !isnan(a->supply.total)) {
    if (outside == n)
      sum.outside = 1;
    else
      take_in(a, out_low, out_high);
  }
  a->parties[party].cell = a->n;
  a->parties[party].listed = (int32_t)n;
  a->country[a->n] = CM_NONE;
  put(a, a->n++, &sum);
}

static int32_t count_unlisted(const cm_assembly *a, const cm_party *party, int32_t day) {
  const critmin_model *m = a->model;
  int32_t unlisted = 0;
  for (size_t country = 0; country < m->n_countries; country++) {
    if (!cm_party_has(m, party, (int32_t)country, day)) continue;
    int64_t i = 0;
    while (i < a->n_listed && a->listed[i].country != (int32_t)country) i++;
    unlisted += i == a->n_listed;
  }
  return unlisted;
}

critmin_status cm_assemble(cm_assembly *a, const critmin_model *model, const cm_model_market *market, int32_t year,
                           const cm_values *values, const cm_party *parties, size_t n_parties, int32_t day,
                           critmin_error *error) {
  a->model = model;
  a->market = market;
  a->year = year;
  a->day = day;
  a->flags = 0;
  a->unsafe = 0;
  a->n = 0;
  a->n_parties = (int64_t)n_parties;
  if (!make_room(a, (int64_t)market->n + market->n_excluded, (int64_t)n_parties)) return cm_fail_memory(error);
  if (cm_model_market_is_mean(market)) a->flags |= CRITMIN_FLAG_PERIOD_MEAN;
  if (market->projected) a->flags |= CRITMIN_FLAG_PROJECTED;
  list_producers(a);
  read_total(a, values);
  for (int64_t i = 0; i < a->n_listed; i++) {
    cm_listed *cell = &a->listed[i];
    cell->party = party_of(model, parties, n_parties, cell->country, day);
    if (cell->party != CM_NONE) continue;
    a->country[a->n] = cell->country;
    put(a, a->n++, cell);
  }
  for (size_t i = 0; i < n_parties; i++) {
    merge_party(a, (int32_t)i);
    a->parties[i].unlisted = count_unlisted(a, &parties[i], day);
  }
  a->supply.low = a->low;
  a->supply.high = a->high;
  a->supply.outside = a->outside;
  return CRITMIN_OK;
}
