/* SPDX-License-Identifier: MIT */
/*
 * Stocks run down from event to event: the points of the gaps, the moment a gap becomes a surplus, a reserve reaches
 * its limit, a stock is empty or full. Between two of them every rate is a straight line, so that what has been drawn
 * is a square, and its root says when a stock is empty.
 */
#include "exposure/drawdown.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "exposure/check.h"

/* Parts of a stretch, or of a stock, below this are roundings. */
static const double ROUNDING = 1e-12;

void critmin_stock_init(critmin_stock *stock) {
  if (!stock) return;
  memset(stock, 0, sizeof *stock);
  stock->struct_size = sizeof *stock;
  stock->rate = INFINITY;
}

int32_t critmin_stock_size(void) {
  return (int32_t)sizeof(critmin_stock);
}

void critmin_drawdown_init(critmin_drawdown *drawdown) {
  if (!drawdown) return;
  memset(drawdown, 0, sizeof *drawdown);
  drawdown->struct_size = sizeof *drawdown;
  drawdown->step = 1;
  drawdown->period = 7;
}

int32_t critmin_drawdown_size(void) {
  return (int32_t)sizeof(critmin_drawdown);
}

void critmin_drawdown_result_init(critmin_drawdown_result *result) {
  if (!result) return;
  memset(result, 0, sizeof *result);
  result->struct_size = sizeof *result;
}

int32_t critmin_drawdown_result_size(void) {
  return (int32_t)sizeof(critmin_drawdown_result);
}

typedef struct run {
  cm_stocks stocks;
  const critmin_drawdown *d;
  const critmin_drawdown_result *result;
  cm_rates begin, end;       /* of the stretch that is looked at */
  double *from, *to;         /* gaps at both ends of a straight line */
  double *at, *spare;        /* gaps at the end of the stretch; room */
  uint8_t *drained, *filled; /* inventories, then reserves, that the stretch ends with */
  double time;
  double *memory;
} run;

static critmin_status check_reserve(const critmin_stock *s, int32_t r, critmin_error *error) {
  if (!s) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "reserve %d is null", (int)r + 1);
  critmin_status status = cm_check_size(s->struct_size, sizeof *s, "critmin_stock", error);
  if (status == CRITMIN_OK) status = cm_check_number(s->tonnes, "tonnes", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK) status = cm_check_number(s->rate, "rate", CM_NOT_NEGATIVE | CM_INFINITE, error);
  if (status == CRITMIN_OK) status = cm_check_number(s->delay, "delay", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK) status = cm_check_number(s->refill, "refill", CM_NOT_NEGATIVE | CM_INFINITE, error);
  return status == CRITMIN_OK ? status : cm_fail_at(error, status, (int64_t)r + 1, 0);
}

static critmin_status check(const critmin_drawdown *d, const critmin_drawdown_result *result, critmin_error *error) {
  if (!d) return cm_fail_null(error, "drawdown");
  if (!result) return cm_fail_null(error, "result");
  critmin_status status = cm_check_size(d->struct_size, sizeof *d, "critmin_drawdown", error);
  if (status == CRITMIN_OK)
    status = cm_check_size(result->struct_size, sizeof *result, "critmin_drawdown_result", error);
  if (status == CRITMIN_OK) status = cm_check_count(d->users, 0, "users", error);
  if (status == CRITMIN_OK) status = cm_check_count(d->reserves, 0, "reserves", error);
  if (status == CRITMIN_OK) status = cm_check_count(d->points, 0, "points", error);
  if (status == CRITMIN_OK) status = cm_check_count(d->periods, 0, "periods", error);
  if (status == CRITMIN_OK && d->users > 0 && d->points > INT64_MAX / 8 / d->users) status = cm_fail_memory(error);
  if (status != CRITMIN_OK) return status;
  const cm_column columns[] = {
      {d->time, d->points, "time", CM_NOT_NEGATIVE},
      {d->gap, d->points * d->users, "gap", CM_ANY},
      {d->inventory, d->users, "inventory", CM_NOT_NEGATIVE | CM_OPTIONAL},
      {&d->horizon, 1, "horizon", CM_NOT_NEGATIVE | CM_INFINITE},
      {&d->step, 1, "step", CM_POSITIVE | CM_INFINITE},
      {&d->period, 1, "period", CM_POSITIVE},
  };
  status = cm_check_columns(columns, sizeof columns / sizeof columns[0], error);
  if (status == CRITMIN_OK && d->order != CRITMIN_DRAW_RESERVES_FIRST && d->order != CRITMIN_DRAW_INVENTORY_FIRST)
    status = cm_fail(error, CRITMIN_ERROR_ARGUMENT, "order is %d; give a CRITMIN_DRAW_ constant", (int)d->order);
  if (status == CRITMIN_OK && d->reserves > 0 && !d->reserve) status = cm_fail_null(error, "reserve");
  for (int32_t r = 0; r < d->reserves && status == CRITMIN_OK; r++) status = check_reserve(d->reserve[r], r, error);
  for (int64_t i = 1; i < d->points && status == CRITMIN_OK; i++)
    if (d->time[i] < d->time[i - 1]) {
      status = cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "day %lld of `time` is before the one it follows",
                       (long long)(i + 1));
      cm_fail_at(error, status, i + 1, 0);
    }
  return status;
}

static int make(run *x, const critmin_drawdown *d) {
  int64_t users = d->users, reserves = d->reserves, rates = cm_rates_size(d->users, d->reserves);
  x->memory = cm_alloc_array((size_t)(2 * rates + 5 * users + reserves), sizeof *x->memory);
  x->drained = cm_alloc_array((size_t)(users + 2 * reserves), sizeof *x->drained);
  if (!x->memory || !x->drained) return 0;
  double *at = x->memory;
  cm_rates_lay(&x->begin, at, d->users, d->reserves);
  cm_rates_lay(&x->end, at += rates, d->users, d->reserves);
  x->from = at += rates;
  x->to = at += users;
  x->at = at += users;
  x->spare = at += users;
  x->stocks.inventory = at += users;
  x->stocks.reserve = at + users;
  x->filled = x->drained + users + reserves;
  x->stocks.d = x->d = d;
  for (int32_t u = 0; u < d->users; u++) x->stocks.inventory[u] = d->inventory ? d->inventory[u] : 0;
  for (int32_t r = 0; r < d->reserves; r++) x->stocks.reserve[r] = d->reserve[r]->tonnes;
  return 1;
}

static void fill(double *x, int64_t n, double value) {
  for (int64_t i = 0; x && i < n; i++) x[i] = value;
}

static void begin_results(const run *x) {
  const critmin_drawdown *d = x->d;
  const critmin_drawdown_result *r = x->result;
  fill(r->shortage, d->users, INFINITY);
  fill(r->needed, d->users, 0);
  fill(r->unmet, d->users, 0);
  fill(r->drawn, d->users, 0);
  fill(r->released, (int64_t)d->reserves * d->users, 0);
  fill(r->refilled, d->reserves, 0);
  fill(r->empty, d->reserves, INFINITY);
  fill(r->inventory_empty, d->users, INFINITY);
  fill(r->unmet_by_period, d->periods * d->users, 0);
  for (int32_t i = 0; r->empty && i < d->reserves; i++)
    if (x->stocks.reserve[i] == 0) r->empty[i] = 0;
  for (int32_t u = 0; r->inventory_empty && u < d->users; u++)
    if (x->stocks.inventory[u] == 0) r->inventory_empty[u] = 0;
}

/* Rates go from a to b over a stretch; what flows in the first `part` days of it. */
static double amount(double a, double b, double stretch, double part) {
  if (a == 0 && b == 0) return 0;
  if (a == b) return a * part;
  return part * (a + (b - a) * (part / stretch) / 2);
}

/* When `stock` is used up at rates from a to b over a stretch: no later than its end, or +infinity. */
static double lasts(double stock, double a, double b, double stretch) {
  if (a <= 0 && b <= 0) return INFINITY;
  if (a == b) {
    double end = stock / a;
    return end <= stretch * (1 + ROUNDING) ? fmin(end, stretch) : INFINITY;
  }
  double slope = (b - a) / stretch, square = a * a + 2 * slope * stock;
  double end = square < 0 ? INFINITY : 2 * stock / (a + sqrt(square));
  if (end >= 0 && end < stretch * (1 - ROUNDING)) return end;
  return stock - amount(a, b, stretch, stretch) <= ROUNDING * stock && b > 0 ? stretch : INFINITY;
}

/* Where a straight line from a to b crosses 0 well inside a stretch, or the stretch. */
static double crossing(double a, double b, double stretch) {
  if (!((a < 0 && b > 0) || (a > 0 && b < 0)) || isinf(stretch)) return stretch;
  double at = stretch * (a / (a - b));
  return at > ROUNDING * stretch && at < (1 - ROUNDING) * stretch ? at : stretch;
}

/* Between two numbers; where it crosses 0 it is 0, and not what rounding leaves: nobody runs short by that. */
static double between(double from, double to, double part) {
  double at = from + (to - from) * part;
  return fabs(at) <= ROUNDING * fmax(fabs(from), fabs(to)) ? 0 : at;
}

/* Gaps `part` days into a line of `length` days. */
static void gaps_at(run *x, double part, double length) {
  for (int32_t u = 0; u < x->d->users; u++)
    x->at[u] = x->from[u] == x->to[u] || part == 0 ? x->from[u]
               : part == length                    ? x->to[u]
                                                   : between(x->from[u], x->to[u], part / length);
}

/* Not straight: a reserve at its limit is shared by several users whose gaps change. */
static int bends(const run *x, int constant) {
  if (constant || x->d->users < 2) return 0;
  for (int32_t r = 0; r < x->d->reserves; r++)
    if (x->begin.over[r] > 0 || x->end.over[r] > 0 || x->begin.beyond[r] > 0 || x->end.beyond[r] > 0) return 1;
  return 0;
}

/* Finds a stretch, `length` days at most, over which all rates are straight; fills both ends. */
static double straight(run *x, double length) {
  const critmin_drawdown *d = x->d;
  double stretch = length;
  int constant = 1;
  for (int32_t u = 0; u < d->users; u++) {
    stretch = fmin(stretch, crossing(x->from[u], x->to[u], length));
    constant = constant && x->from[u] == x->to[u];
  }
  cm_rates_find(&x->stocks, x->time, x->from, x->spare, &x->begin);
  for (int pass = 0;; pass++) {
    gaps_at(x, stretch, length);
    cm_rates_find(&x->stocks, x->time, x->at, x->spare, &x->end);
    double shorter = stretch;
    if (bends(x, constant)) shorter = fmin(shorter, d->step);
    for (int32_t r = 0; r < d->reserves; r++) {
      shorter = fmin(shorter, crossing(x->begin.over[r], x->end.over[r], stretch));
      shorter = fmin(shorter, crossing(x->begin.beyond[r], x->end.beyond[r], stretch));
    }
    if (shorter >= stretch || pass > d->reserves + 2) return stretch;
    stretch = shorter;
  }
}

static double sum_row(const double *row, int32_t n) {
  double sum = 0;
  for (int32_t i = 0; i < n; i++) sum += row[i];
  return sum;
}

/* The first stock that is empty or full within the stretch decides how much of it is gone through. */
static double first_event(run *x, double stretch) {
  const critmin_drawdown *d = x->d;
  int32_t users = d->users;
  double part = stretch;
  memset(x->drained, 0, (size_t)users + 2 * (size_t)d->reserves);
  for (int pass = 0; pass < 2; pass++) { /* first the earliest, then all that end with it */
    for (int32_t u = 0; u < users; u++) {
      if (x->stocks.inventory[u] <= 0) continue;
      double end = lasts(x->stocks.inventory[u], x->begin.drawn[u], x->end.drawn[u], stretch);
      if (end <= part) x->drained[u] = (uint8_t)pass, part = end;
    }
    for (int32_t r = 0; r < d->reserves; r++) {
      double a = sum_row(x->begin.release + (int64_t)r * users, users) - x->begin.inflow[r];
      double b = sum_row(x->end.release + (int64_t)r * users, users) - x->end.inflow[r];
      double room = d->reserve[r]->tonnes - x->stocks.reserve[r];
      double empty = x->stocks.reserve[r] > 0 ? lasts(x->stocks.reserve[r], a, b, stretch) : INFINITY;
      double full = room > 0 ? lasts(room, -a, -b, stretch) : INFINITY;
      if (empty <= part) x->drained[users + r] = (uint8_t)pass, part = empty;
      if (full <= part) x->filled[r] = (uint8_t)pass, part = full;
    }
  }
  return part;
}

static void add(double *to, double x) {
  if (to) *to += x;
}

/* Counts what happens in the first `part` days of the stretch, and moves the stocks. */
static void go(run *x, double stretch, double part, int64_t period) {
  const critmin_drawdown *d = x->d;
  const critmin_drawdown_result *r = x->result;
  int32_t users = d->users;
  for (int32_t u = 0; u < users; u++) {
    double unmet = amount(x->begin.unmet[u], x->end.unmet[u], stretch, part);
    double drawn = amount(x->begin.drawn[u], x->end.drawn[u], stretch, part);
    double needed = amount(x->begin.lack[u], x->end.lack[u], stretch, part);
    add(r->needed ? r->needed + u : NULL, needed);
    add(r->unmet ? r->unmet + u : NULL, unmet);
    add(r->drawn ? r->drawn + u : NULL, drawn);
    if (r->unmet_by_period && period < d->periods) r->unmet_by_period[period * users + u] += unmet;
    int lacks = unmet > ROUNDING * needed || isinf(unmet);
    if (r->shortage && lacks && isinf(r->shortage[u])) r->shortage[u] = x->time;
    x->stocks.inventory[u] = x->drained[u] ? 0 : fmax(0, x->stocks.inventory[u] - drawn);
    if (x->drained[u] && r->inventory_empty && isinf(r->inventory_empty[u])) r->inventory_empty[u] = x->time + part;
  }
  for (int32_t k = 0; k < d->reserves; k++) {
    double in = amount(x->begin.inflow[k], x->end.inflow[k], stretch, part), out = 0;
    for (int32_t u = 0; u < users; u++) {
      int64_t at = (int64_t)k * users + u;
      double given = amount(x->begin.release[at], x->end.release[at], stretch, part);
      add(r->released ? r->released + at : NULL, given);
      out += given;
    }
    add(r->refilled ? r->refilled + k : NULL, in);
    double left = x->stocks.reserve[k] + (isinf(in) && isinf(out) ? 0 : in - out);
    x->stocks.reserve[k] = x->drained[users + k] ? 0
                           : x->filled[k]        ? d->reserve[k]->tonnes
                                                 : fmin(fmax(0, left), d->reserve[k]->tonnes);
    if (x->drained[users + k] && r->empty && isinf(r->empty[k])) r->empty[k] = x->time + part;
  }
}

/* Goes along a straight line of the gaps, which is from->to, to day `end`. */
static void along(run *x, double end, int64_t period) {
  int32_t users = x->d->users;
  while (x->time < end) {
    double length = end - x->time, stretch = straight(x, length), part = first_event(x, stretch);
    go(x, stretch, part, period);
    if (isinf(part)) break;
    gaps_at(x, part, length);
    memcpy(x->from, x->at, (size_t)users * sizeof *x->from);
    x->time = part == length ? end : x->time + part;
  }
  x->time = end;
}

/* The next day, after this one, on which something changes that is known in advance. */
static double next_date(const run *x, int64_t point, int64_t period) {
  const critmin_drawdown *d = x->d;
  double next = d->horizon;
  if (point < d->points) next = fmin(next, d->time[point]);
  if (period < d->periods) next = fmin(next, (double)(period + 1) * d->period);
  for (int32_t r = 0; r < d->reserves; r++)
    if (d->reserve[r]->delay > x->time) next = fmin(next, d->reserve[r]->delay);
  return next;
}

/* Gap of a user at `time`, between the points before `point` and at it. */
static double gap_at(const critmin_drawdown *d, int64_t point, int32_t user, double time) {
  if (point == 0 || d->points == 0) return 0;
  double before = d->gap[(point - 1) * d->users + user];
  if (point == d->points) return before;
  double after = d->gap[point * d->users + user], span = d->time[point] - d->time[point - 1];
  return before == after ? before : between(before, after, (time - d->time[point - 1]) / span);
}

static void run_down(run *x) {
  const critmin_drawdown *d = x->d;
  int64_t point = 0, period = 0;
  while (x->time < d->horizon) {
    while (point < d->points && d->time[point] <= x->time) point++;
    while (period < d->periods && (double)(period + 1) * d->period <= x->time) period++;
    double end = next_date(x, point, period);
    for (int32_t u = 0; u < d->users; u++) {
      x->from[u] = gap_at(d, point, u, x->time);
      x->to[u] = isinf(end) ? x->from[u] : gap_at(d, point, u, end);
    }
    along(x, end, period);
  }
}

critmin_status critmin_drawdown_run(const critmin_drawdown *drawdown, const critmin_drawdown_result *result,
                                    critmin_error *error) {
  critmin_status status = check(drawdown, result, error);
  if (status != CRITMIN_OK) return status;
  run x = {.result = result};
  if (make(&x, drawdown)) {
    begin_results(&x);
    run_down(&x);
  } else {
    status = cm_fail_memory(error);
  }
  cm_free(x.memory);
  cm_free(x.drained);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}
