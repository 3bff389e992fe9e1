/* SPDX-License-Identifier: MIT */
/* Who draws on what at one moment. */
#include <math.h>

#include "exposure/drawdown.h"

int64_t cm_rates_size(int32_t users, int32_t reserves) {
  return 3 * (int64_t)users + (int64_t)reserves * users + 3 * (int64_t)reserves;
}

void cm_rates_lay(cm_rates *rates, double *memory, int32_t users, int32_t reserves) {
  rates->lack = memory;
  rates->drawn = rates->lack + users;
  rates->unmet = rates->drawn + users;
  rates->release = rates->unmet + users;
  rates->inflow = rates->release + (int64_t)reserves * users;
  rates->over = rates->inflow + reserves;
  rates->beyond = rates->over + reserves;
}

/* What is asked exceeds what is there by rounding only. */
static const double ROUNDING = 1e-12;

static int serves(const critmin_stock *s, int32_t user) {
  return !s->serves || s->serves[user];
}

/* Surpluses go into the reserves in their order; `spare` is what each user still has of it. */
static void take_in(const cm_stocks *stocks, int32_t r, double *spare, cm_rates *rates) {
  const critmin_stock *s = stocks->d->reserve[r];
  double offered = 0;
  for (int32_t u = 0; u < stocks->d->users; u++)
    if (serves(s, u)) offered += spare[u];
  rates->beyond[r] = s->refill > 0 ? offered - s->refill : 0;
  rates->inflow[r] = fmin(s->refill, offered);
  double part = offered > 0 ? rates->inflow[r] / offered : 0;
  for (int32_t u = 0; u < stocks->d->users; u++)
    if (serves(s, u)) spare[u] -= part * spare[u];
}

static void release(const cm_stocks *stocks, int32_t r, double time, cm_rates *rates) {
  const critmin_stock *s = stocks->d->reserve[r];
  double *row = rates->release + (int64_t)r * stocks->d->users, asked = 0, given = 0;
  /* An empty reserve passes on what comes in. */
  double most = time < s->delay ? 0 : stocks->reserve[r] > 0 ? s->rate : fmin(s->rate, rates->inflow[r]);
  for (int32_t u = 0; u < stocks->d->users; u++)
    if (serves(s, u)) asked += rates->unmet[u];
  int too_much = asked > most * (1 + ROUNDING);
  rates->over[r] = most > 0 && (too_much || asked < most) ? asked - most : 0;
  double part = too_much ? most / asked : 1;
  for (int32_t u = 0; u < stocks->d->users; u++) {
    row[u] = serves(s, u) ? part * rates->unmet[u] : 0;
    rates->unmet[u] -= row[u];
    given += row[u];
  }
  /* A full one takes in no more than it gives. */
  if (stocks->reserve[r] >= s->tonnes) rates->inflow[r] = fmin(rates->inflow[r], given);
}

static void draw(const cm_stocks *stocks, cm_rates *rates) {
  for (int32_t u = 0; u < stocks->d->users; u++) {
    rates->drawn[u] = stocks->inventory[u] > 0 ? rates->unmet[u] : 0;
    rates->unmet[u] -= rates->drawn[u];
  }
}

void cm_rates_find(const cm_stocks *stocks, double time, const double *gap, double *spare, cm_rates *rates) {
  const critmin_drawdown *d = stocks->d;
  for (int32_t u = 0; u < d->users; u++) {
    rates->lack[u] = rates->unmet[u] = fmax(0, gap[u]);
    spare[u] = fmax(0, -gap[u]);
  }
  for (int32_t r = 0; r < d->reserves; r++) take_in(stocks, r, spare, rates);
  if (d->order == CRITMIN_DRAW_INVENTORY_FIRST) draw(stocks, rates);
  for (int32_t r = 0; r < d->reserves; r++) release(stocks, r, time, rates);
  if (d->order == CRITMIN_DRAW_RESERVES_FIRST) draw(stocks, rates);
}
