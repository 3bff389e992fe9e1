/* SPDX-License-Identifier: MIT */
/*
 * What a shortage costs: prices, if they share out what is there; and, if it is rationed, the value that those who work
 * with the goods no longer add. Week by week, of what stocks do not bridge; the two are not to be added.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "critmin/answer.h"
#include "critmin/price.h"
#include "exposure/scenario_measures.h"
#include "exposure/scenario_tables.h"

enum { MEASURE = FIRST, VALUE, UNIT = VALUE + 3, YEAR, FLAGS };
enum { DAYS_OF_WEEK = 7 };

typedef struct costing {
  cm_writing *w;
  const critmin_outcome *o;
  int in_case;
  int32_t user;
  const cm_scene_user *u;
  critmin_error *error;
} costing;

static double at(const costing *c, int point, int32_t input, double missing) {
  return input == CM_NONE ? missing : c->o->x[point][input];
}

static const double *weeks_of(const costing *c, int point) {
  const cm_course *course = &c->o->course[c->in_case][point];
  return course->by_week + (size_t)c->user * course->weeks;
}

static double days_of(const costing *c, int32_t week) {
  return fmin(DAYS_OF_WEEK, c->o->scene.horizon - (double)week * DAYS_OF_WEEK);
}

static int has_no_value(const costing *c, int32_t input) {
  return input != CM_NONE && isnan(c->o->scene.inputs[input].range.value);
}

static uint64_t flags_of_input(const costing *c, int32_t input) {
  return input == CM_NONE ? 0 : c->o->scene.inputs[input].flags;
}

/* One row, with what an interval is at its ends. */
static void write(const costing *c, const char *measure, const double ends[3], const char *unit, int32_t year,
                  uint64_t flags) {
  cm_write_user(c->w, c->in_case, c->u);
  cm_builder_text(c->w->b, MEASURE, measure);
  for (int i = 0; i < 3; i++) cm_builder_number(c->w->b, VALUE + i, ends[i]);
  cm_builder_text(c->w->b, UNIT, unit);
  if (year) cm_builder_integer(c->w->b, YEAR, year);
  cm_write_flags(c->w, FLAGS, flags);
}

static const double nothing[3] = {NAN, NAN, NAN};

/* Prices ------------------------------------------------------------------------------------------------------------
 */

typedef struct market {
  double lost, supply, demand, spare; /* share of what is delivered, elasticities, room of the others */
} market;

/* Of one market of today's price and quantity. */
static critmin_status price_of(const market *m, critmin_price *price, critmin_error *error) {
  const double one[1] = {1}, capacity[1] = {1 + m->spare}, rises[1] = {m->supply}, falls[1] = {-m->demand};
  critmin_price_market k;
  critmin_price_market_init(&k);
  k.suppliers = k.users = 1;
  k.supply = k.demand = one;
  k.supply_elasticity = rises;
  k.demand_elasticity = falls;
  k.capacity = capacity;
  k.withheld = &m->lost;
  critmin_price_init(price);
  return critmin_price_equilibrium(&k, price, NULL, NULL, error);
}

static market market_at(const costing *c, int lost_at, int point, int32_t week) {
  const cm_scene_user *u = c->u;
  return (market){fmin(1, fmax(0, weeks_of(c, lost_at)[week])), at(c, point, u->supply_elasticity, 0),
                  at(c, point, u->demand_elasticity, 0), at(c, point, u->spare, INFINITY)};
}

/* Value, low and high of what a week costs, in parts of what is paid in it today. */
typedef struct week_cost {
  double price[3], paid[3], lost[3];
  uint64_t flags;
} week_cost;

/*
 * Spending does not rise with all that harms: at the cap nobody can pay more for what is less. So it is looked at with
 * every mix of the ends, and where some of them are at the cap and others are not, with the most that can be paid there.
 */
static critmin_status spending(const costing *c, int32_t week, week_cost *k) {
  int capped = 0, open = 0;
  double least_demand = at(c, CM_AT_WORST, c->u->demand_elasticity, 0);
  for (int mix = 0; mix < 16; mix++) {
    const int end[4] = {mix & 1 ? CM_AT_WORST : CM_AT_BEST, mix & 2 ? CM_AT_WORST : CM_AT_BEST,
                        mix & 4 ? CM_AT_WORST : CM_AT_BEST, mix & 8 ? CM_AT_WORST : CM_AT_BEST};
    market m = market_at(c, end[0], CM_AT_VALUE, week);
    m.supply = at(c, end[1], c->u->supply_elasticity, 0);
    m.demand = at(c, end[2], c->u->demand_elasticity, 0);
    m.spare = at(c, end[3], c->u->spare, INFINITY);
    critmin_price price;
    critmin_status status = price_of(&m, &price, c->error);
    if (status) return status;
    k->paid[1] = fmin(k->paid[1], price.expenditure);
    k->paid[2] = fmax(k->paid[2], price.expenditure);
    if (price.flags & CRITMIN_FLAG_CLAMPED)
      capped = 1;
    else
      open = 1;
  }
  critmin_price_market cap;
  critmin_price_market_init(&cap);
  if (capped && open) k->paid[2] = fmax(k->paid[2], pow(cap.cap, 1 - least_demand) - 1);
  return CRITMIN_OK;
}

static critmin_status week_of(const costing *c, int32_t week, week_cost *k) {
  static const int points[3] = {CM_AT_VALUE, CM_AT_BEST, CM_AT_WORST};
  critmin_status status = CRITMIN_OK;
  k->flags = 0;
  for (int i = 0; i < 3 && !status; i++) {
    critmin_price price;
    const market m = market_at(c, points[i], points[i], week);
    status = price_of(&m, &price, c->error);
    k->price[i] = price.price;
    k->lost[i] = price.loss;
    k->paid[i] = price.expenditure;
    k->flags |= price.flags;
  }
  k->paid[1] = k->paid[2] = k->paid[0];
  return status ? status : spending(c, week, k);
}

static int is_same_week(const costing *c, int32_t a, int32_t b) {
  for (int p = 0; p < CM_POINTS; p++) {
    if (weeks_of(c, p)[a] < weeks_of(c, p)[b] || weeks_of(c, p)[a] > weeks_of(c, p)[b]) return 0;
  }
  return 1;
}

/* A product of two intervals, of which the second is not below zero. */
static void times(const double a[3], const double b[3], double product[3]) {
  product[0] = a[0] * b[0];
  product[1] = fmin(a[1] * b[1], a[1] * b[2]);
  product[2] = fmax(a[2] * b[1], a[2] * b[2]);
}

static void write_paid(const costing *c, const char *measure, const double share[3], uint64_t flags) {
  const cm_scene_user *u = c->u;
  int weighed = u->demand != CM_NONE && !isnan(u->kilograms);
  if (u->price == CM_NONE || !weighed) {
    write(c, measure, nothing, "USD", u->price_year, flags | CRITMIN_FLAG_NO_DATA);
    return;
  }
  double today[3], paid[3], years = c->o->scene.horizon / 365;
  for (int i = 0; i < 3; i++) {
    int point = i == 0 ? CM_AT_VALUE : i == 1 ? CM_AT_BEST : CM_AT_WORST;
    today[i] = c->o->x[point][u->price] * c->o->x[point][u->demand] * u->kilograms * years;
  }
  times(share, today, paid);
  if (has_no_value(c, u->price)) paid[0] = NAN;
  write(c, measure, paid, "USD", u->price_year,
        flags | flags_of_input(c, u->price) | flags_of_input(c, u->demand));
}

static critmin_status write_prices(const costing *c) {
  const cm_scene_user *u = c->u;
  uint64_t flags = cm_scene_flags(&c->o->scene, c->in_case, c->user, 0);
  if (u->demand_elasticity == CM_NONE || u->supply_elasticity == CM_NONE) {
    static const char *const measures[] = {"price", "expenditure_share", "loss_share", "expenditure", "loss"};
    for (int i = 0; i < 5; i++)
      write(c, measures[i], nothing, i < 3 ? "1" : "USD", i < 3 ? 0 : u->price_year, flags | CRITMIN_FLAG_NO_DATA);
    return CRITMIN_OK;
  }
  flags |= flags_of_input(c, u->demand_elasticity) | flags_of_input(c, u->supply_elasticity) |
           flags_of_input(c, u->spare);
  double price[3] = {1, 1, 1}, paid[3] = {0}, lost[3] = {0};
  week_cost k = {0};
  for (int32_t week = 0; week < cm_scene_weeks(&c->o->scene); week++) {
    critmin_status status = week && is_same_week(c, week, week - 1) ? CRITMIN_OK : week_of(c, week, &k);
    if (status) return status;
    flags |= k.flags;
    for (int i = 0; i < 3; i++) {
      price[i] = fmax(price[i], k.price[i]);
      paid[i] += k.paid[i] * days_of(c, week) / c->o->scene.horizon;
      lost[i] += k.lost[i] * days_of(c, week) / c->o->scene.horizon;
    }
  }
  if (c->o->unknown[u->pool] || has_no_value(c, u->demand_elasticity) || has_no_value(c, u->supply_elasticity) ||
      has_no_value(c, u->spare))
    price[0] = paid[0] = lost[0] = NAN;
  write(c, "price", price, "1", 0, flags);
  write(c, "expenditure_share", paid, "1", 0, flags);
  write(c, "loss_share", lost, "1", 0, flags);
  write_paid(c, "expenditure", paid, flags);
  write_paid(c, "loss", lost, flags);
  return CRITMIN_OK;
}

/* Value at stake ----------------------------------------------------------------------------------------------------
 */

typedef struct stake {
  double *use, *added, *dependence, all; /* all: sum of the uses */
} stake;

static void fill(const costing *c, int point, stake *s) {
  s->all = 0;
  for (int32_t i = 0; i < c->u->n_sectors; i++) {
    const cm_scene_sector *sector = &c->o->scene.sectors[c->u->first_sector + i];
    s->use[i] = sector->use;
    s->added[i] = at(c, point, sector->value_added, 0);
    s->dependence[i] = at(c, point, sector->dependence, 1);
    s->all += sector->use;
  }
}

/* Proportional, efficient and perverse, over all weeks. */
static critmin_status stake_at(const costing *c, int point, stake *s, double lost[3]) {
  critmin_answer a;
  critmin_answer_init(&a);
  fill(c, point, s);
  lost[0] = lost[1] = lost[2] = 0;
  const double *weeks = weeks_of(c, point);
  for (int32_t week = 0; week < cm_scene_weeks(&c->o->scene); week++) {
    double years = days_of(c, week) / 365;
    if (week == 0 || weeks[week] < weeks[week - 1] || weeks[week] > weeks[week - 1]) {
      critmin_status status = critmin_value_at_stake(s->use, s->added, s->dependence, c->u->n_sectors,
                                                     fmin(1, weeks[week]) * s->all, &a, c->error);
      if (status) return status;
    }
    lost[0] += a.value * years;
    lost[1] += a.low * years;
    lost[2] += a.high * years;
  }
  return CRITMIN_OK;
}

static critmin_status stake_of(const costing *c, stake *s) {
  static const char *const measures[3] = {"value_at_stake", "value_at_stake_efficient", "value_at_stake_perverse"};
  double lost[CM_POINTS][3];
  uint64_t flags = cm_scene_flags(&c->o->scene, c->in_case, c->user, 0);
  int unknown = c->o->unknown[c->u->pool];
  for (int32_t i = 0; i < c->u->n_sectors; i++) {
    const cm_scene_sector *sector = &c->o->scene.sectors[c->u->first_sector + i];
    flags |= sector->value_added == CM_NONE ? CRITMIN_FLAG_NOT_AVAILABLE : flags_of_input(c, sector->value_added);
    flags |= flags_of_input(c, sector->dependence);
    unknown |= has_no_value(c, sector->value_added) || has_no_value(c, sector->dependence);
  }
  for (int p = 0; p < CM_POINTS; p++) {
    critmin_status status = stake_at(c, p, s, lost[p]);
    if (status) return status;
  }
  for (int i = 0; i < 3; i++) {
    const double ends[3] = {unknown ? NAN : lost[CM_AT_VALUE][i], lost[CM_AT_BEST][i == 0 ? 1 : i],
                            lost[CM_AT_WORST][i == 0 ? 2 : i]};
    write(c, measures[i], ends, c->u->currency, c->u->currency_year, flags);
  }
  return CRITMIN_OK;
}

static int knows_a_sector(const costing *c) {
  for (int32_t i = 0; i < c->u->n_sectors; i++) {
    if (c->o->scene.sectors[c->u->first_sector + i].value_added != CM_NONE) return 1;
  }
  return 0;
}

static critmin_status write_stake(const costing *c) {
  if (!knows_a_sector(c)) {
    write(c, "value_at_stake", nothing, NULL, 0,
          cm_scene_flags(&c->o->scene, c->in_case, c->user, 0) | CRITMIN_FLAG_NO_DATA);
    return CRITMIN_OK;
  }
  size_t n = (size_t)c->u->n_sectors;
  stake s = {.use = cm_alloc_array(3 * n, sizeof *s.use)};
  if (!s.use) return cm_fail_memory(c->error);
  s.added = s.use + n;
  s.dependence = s.added + n;
  critmin_status status = stake_of(c, &s);
  cm_free(s.use);
  return status;
}

critmin_status cm_write_cost(cm_writing *w) {
  critmin_status status = CRITMIN_OK;
  for (int in_case = 0; in_case < CM_CASES; in_case++) {
    for (int32_t u = 0; u < (int32_t)w->scene->n_users && w->scene->cases[in_case] && !status; u++) {
      const costing c = {w, w->o, in_case, u, &w->scene->users[u], w->error};
      status = write_prices(&c);
      if (!status) status = write_stake(&c);
    }
  }
  return status;
}
