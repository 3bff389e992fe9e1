/* SPDX-License-Identifier: MIT */
/* Prices that clear a market of which part is withheld. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "critmin/price.h"
#include "exposure/check.h"

/* Demand and supply that differ by no more than this part of demand are equal. */
static const double ROUNDING = 1e-12;

void critmin_price_init(critmin_price *price) {
  if (!price) return;
  memset(price, 0, sizeof *price);
  price->struct_size = sizeof *price;
  price->price = price->quantity = price->unmet = price->expenditure = price->loss = NAN;
}

int32_t critmin_price_size(void) {
  return (int32_t)sizeof(critmin_price);
}

void critmin_price_market_init(critmin_price_market *market) {
  if (!market) return;
  memset(market, 0, sizeof *market);
  market->struct_size = sizeof *market;
  market->cap = 100;
}

int32_t critmin_price_market_size(void) {
  return (int32_t)sizeof(critmin_price_market);
}

/* Area left of a demand curve of 1 at price 1, from price 1 to price exp(x): the integral of p^elasticity. */
static double area(double x, double elasticity) {
  double power = 1 + elasticity;
  return power == 0 ? x : expm1(power * x) / power;
}

static critmin_status check_result(const critmin_price *price, const char *name, critmin_error *error) {
  if (!price) return cm_fail_null(error, name);
  return cm_check_size(price->struct_size, sizeof *price, "critmin_price", error);
}

critmin_status critmin_price_after_loss(double lost, double supply_elasticity, double demand_elasticity,
                                        critmin_price *price, critmin_error *error) {
  critmin_status status = check_result(price, "price", error);
  if (status == CRITMIN_OK) status = cm_check_number(lost, "lost", CM_SHARE, error);
  if (status == CRITMIN_OK) status = cm_check_number(supply_elasticity, "supply_elasticity", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK) status = cm_check_number(demand_elasticity, "demand_elasticity", CM_NOT_POSITIVE, error);
  if (status != CRITMIN_OK) return status;
  double sum = supply_elasticity - demand_elasticity;
  if (lost > 0 && (sum == 0 || lost == 1))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                   "no price clears a market that loses %g of its supply at elasticities of %g and %g; "
                   "share out what remains instead, see critmin_allocate()",
                   lost, supply_elasticity, demand_elasticity);
  double x = lost > 0 ? -log1p(-lost) / sum : 0;
  price->price = exp(x);
  price->quantity = exp(demand_elasticity * x);
  price->unmet = 0;
  price->expenditure = expm1((1 + demand_elasticity) * x);
  price->loss = area(x, demand_elasticity);
  price->flags = 0;
  return cm_ok(error);
}

/* A market, with tonnes that come in or go out at any price. */
typedef struct open_market {
  const critmin_price_market *m;
  double in, out;
  double bound; /* share of what is delivered that goes into contracts */
} open_market;

static double at(const double *x, int64_t i, double missing) {
  return x ? x[i] : missing;
}

/* What a supplier lets out at price exp(x). */
static double delivered_by(const critmin_price_market *m, int64_t j, double x) {
  double elasticity = at(m->supply_elasticity, j, 0), tax = at(m->tax, j, 0);
  double made = m->supply[j] * exp(elasticity * (x - log1p(tax)));
  made = fmin(made, at(m->capacity, j, INFINITY)) * (1 - at(m->withheld, j, 0));
  return fmin(made, at(m->quota, j, INFINITY));
}

static double delivered(const open_market *o, double x) {
  double sum = o->in;
  for (int64_t j = 0; j < o->m->suppliers; j++) sum += delivered_by(o->m, j, x);
  return sum;
}

static double wanted_by(const critmin_price_market *m, int64_t i, double x) {
  return m->demand[i] * exp(at(m->demand_elasticity, i, 0) * x);
}

static double wanted(const open_market *o, double x) {
  double sum = 0;
  for (int64_t i = 0; i < o->m->users; i++) sum += wanted_by(o->m, i, x);
  return sum;
}

/* What is wanted more than there is on the part of the market that sees the price. */
static double excess(const open_market *o, double x) {
  return (1 - o->m->contracted) * wanted(o, x) + o->out - (1 - o->bound) * delivered(o, x);
}

/* Logarithm of the price; falls outside -log cap to log cap are cut. */
static double clear(const open_market *o, uint64_t *flags) {
  double high = log(o->m->cap), low = -high, none = ROUNDING * (wanted(o, 0) + o->out);
  if (fabs(excess(o, 0)) <= none) return 0;
  if (excess(o, high) > 0 || excess(o, low) < 0) {
    *flags |= CRITMIN_FLAG_CLAMPED;
    return excess(o, high) > 0 ? high : low;
  }
  for (int i = 0; i < 200; i++) {
    double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (excess(o, middle) > 0)
      low = middle;
    else
      high = middle;
  }
  return low + (high - low) / 2;
}

static void solve(open_market *o, critmin_price *p, double *supplied, double *used) {
  const critmin_price_market *m = o->m;
  double today = wanted(o, 0), now = delivered(o, 0), kept = m->contracted * today;
  uint64_t flags = 0;
  if (m->cut) kept *= fmin(1, now / (today + o->out));
  o->bound = now > 0 ? kept / now : 0;
  int none = today == 0 || (m->contracted > 0 && o->bound >= 1);
  if (none) o->bound = 1, kept = fmin(kept, now);
  double x = none ? NAN : clear(o, &flags);
  double on_market = none ? 0 : (1 - m->contracted) * wanted(o, x);
  double short_of = none ? 0 : fmax(0, excess(o, x));
  if (!(flags & CRITMIN_FLAG_CLAMPED)) short_of = 0;
  short_of = fmin(short_of, on_market);
  double want = none ? today : m->contracted * today + on_market;
  double quantity = none ? kept : kept + on_market - short_of, loss = 0;
  for (int64_t i = 0; i < m->users; i++) {
    double mine = none ? m->demand[i] : m->contracted * m->demand[i] + (1 - m->contracted) * wanted_by(m, i, x);
    if (used) used[i] = want > 0 ? mine * (quantity / want) : 0;
    if (!none) loss += (1 - m->contracted) * m->demand[i] * area(x, at(m->demand_elasticity, i, 0));
  }
  for (int64_t j = 0; supplied && j < m->suppliers; j++)
    supplied[j] = o->bound * delivered_by(m, j, 0) + (none ? 0 : (1 - o->bound) * delivered_by(m, j, x));
  p->price = exp(x);
  p->quantity = quantity;
  p->unmet = want - quantity;
  p->expenditure = none ? NAN : (kept + exp(x) * (on_market - short_of)) / today - 1;
  p->loss = none ? NAN : loss / today;
  p->flags = flags | (none ? CRITMIN_FLAG_UNDEFINED : 0);
}

static critmin_status check_market(const critmin_price_market *m, const char *name, critmin_error *error) {
  if (!m) return cm_fail_null(error, name);
  critmin_status status = cm_check_size(m->struct_size, sizeof *m, "critmin_price_market", error);
  if (status == CRITMIN_OK) status = cm_check_count(m->suppliers, 0, "suppliers", error);
  if (status == CRITMIN_OK) status = cm_check_count(m->users, 0, "users", error);
  if (status != CRITMIN_OK) return status;
  const cm_column columns[] = {
      {m->supply, m->suppliers, "supply", CM_NOT_NEGATIVE},
      {m->supply_elasticity, m->suppliers, "supply_elasticity", CM_NOT_NEGATIVE | CM_OPTIONAL},
      {m->capacity, m->suppliers, "capacity", CM_NOT_NEGATIVE | CM_INFINITE | CM_OPTIONAL},
      {m->withheld, m->suppliers, "withheld", CM_SHARE | CM_OPTIONAL},
      {m->quota, m->suppliers, "quota", CM_NOT_NEGATIVE | CM_INFINITE | CM_OPTIONAL},
      {m->tax, m->suppliers, "tax", CM_NOT_NEGATIVE | CM_OPTIONAL},
      {m->demand, m->users, "demand", CM_NOT_NEGATIVE},
      {m->demand_elasticity, m->users, "demand_elasticity", CM_NOT_POSITIVE | CM_OPTIONAL},
      {&m->contracted, 1, "contracted", CM_SHARE},
      {&m->cap, 1, "cap", CM_POSITIVE},
  };
  status = cm_check_columns(columns, sizeof columns / sizeof columns[0], error);
  if (status == CRITMIN_OK && m->contracted == 1)
    status = cm_fail(error, CRITMIN_ERROR_SHARE_RANGE,
                     "all demand is under contracts, so that nothing has a price; share out what remains");
  if (status == CRITMIN_OK && m->cap <= 1)
    status = cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "`cap` is %g; it must be above 1, today's price", m->cap);
  return status;
}

critmin_status critmin_price_equilibrium(const critmin_price_market *market, critmin_price *price, double *supplied,
                                         double *used, critmin_error *error) {
  critmin_status status = check_market(market, "market", error);
  if (status == CRITMIN_OK) status = check_result(price, "price", error);
  if (status != CRITMIN_OK) return status;
  open_market o = {.m = market};
  solve(&o, price, supplied, used);
  return cm_ok(error);
}

critmin_status critmin_price_restriction(const critmin_price_market *inside, const critmin_price_market *outside,
                                         double exports, double withheld, double leak, critmin_price *price_inside,
                                         critmin_price *price_outside, critmin_error *error) {
  critmin_status status = check_market(inside, "inside", error);
  if (status == CRITMIN_OK) status = check_market(outside, "outside", error);
  if (status == CRITMIN_OK) status = check_result(price_inside, "price_inside", error);
  if (status == CRITMIN_OK) status = check_result(price_outside, "price_outside", error);
  if (status == CRITMIN_OK) status = cm_check_number(exports, "exports", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK) status = cm_check_number(withheld, "withheld", CM_SHARE, error);
  if (status == CRITMIN_OK) status = cm_check_number(leak, "leak", CM_SHARE, error);
  if (status != CRITMIN_OK) return status;
  double through = exports * (1 - withheld * (1 - leak));
  open_market in = {.m = inside, .out = through}, out = {.m = outside, .in = through};
  solve(&in, price_inside, NULL, NULL);
  solve(&out, price_outside, NULL, NULL);
  return cm_ok(error);
}
