/* SPDX-License-Identifier: MIT */
/*
 * Production of a party as the market of producers tells it. A withheld cell is bounded by what the total leaves of it;
 * one that is not listed makes nothing where the list is complete, and up to the residual where there is one. A list
 * without a total is not known to be complete, so that who is not on it makes nobody knows how much.
 */
#include <math.h>

#include "metrics/use.h"

typedef struct others {
  double least, most; /* of the cells inside the total besides the party's; most may be infinite */
} others;

static others beside(const cm_assembly *a, int64_t cell) {
  others sum = {0, 0};
  for (int64_t i = 0; i < a->n; i++) {
    if (i == cell || a->outside[i]) continue;
    double known = isnan(a->quantity[i]) ? 0 : a->quantity[i];
    sum.least += isnan(a->low[i]) ? known : a->low[i];
    sum.most += !isnan(a->high[i]) ? a->high[i] : isnan(a->quantity[i]) ? INFINITY : known;
  }
  return sum;
}

static double other_of(const cm_assembly *a) {
  return isnan(a->supply.other) ? 0 : a->supply.other;
}

/* Most that producers who are not listed can make; NaN where nothing says. */
static double residual_of(const cm_assembly *a, int64_t cell, const others *beside_it) {
  const critmin_supply *s = &a->supply;
  if (s->listed_only) return 0;
  if (isnan(s->total)) return s->other;
  double low = isnan(s->total_low) ? s->total : s->total_low, high = isnan(s->total_high) ? s->total : s->total_high;
  double least = beside_it->least, most = beside_it->most;
  if (!a->outside[cell]) {
    least += a->low[cell];
    most += isnan(a->high[cell]) ? INFINITY : a->high[cell];
  }
  if (!(s->other > 0) && low <= most) return 0; /* the cells account for the total */
  return fmax(high - least, 0);
}

/* The party's own cell, with the ends that the total gives it. */
static critmin_interval own_cell(const cm_assembly *a, int64_t cell, const others *beside_it) {
  critmin_interval own = {a->quantity[cell], a->low[cell], a->high[cell]};
  const critmin_supply *s = &a->supply;
  if (isnan(s->total) || a->outside[cell] || own.low == own.high) return own;
  double low = isnan(s->total_low) ? s->total : s->total_low, high = isnan(s->total_high) ? s->total : s->total_high;
  double most = fmax(high - other_of(a) - beside_it->least, own.low);
  if (isnan(own.high) || most < own.high) own.high = most;
  double least = low - other_of(a) - beside_it->most;
  if (least > own.low && least <= own.high) own.low = least;
  return own;
}

static uint64_t flags_of(const cm_assembly *a) {
  uint64_t flags = 0;
  for (int64_t i = 0; i < a->n_listed; i++) {
    if (a->listed[i].party != 0) continue;
    if (a->listed[i].figure != CM_NONE) flags |= cm_figure_flags(&a->model->figures, a->listed[i].figure);
    if (isnan(a->listed[i].quantity)) flags |= CRITMIN_FLAG_WITHHELD_USED;
  }
  if (cm_model_market_is_mean(a->market)) flags |= CRITMIN_FLAG_PERIOD_MEAN;
  return a->market->projected ? flags | CRITMIN_FLAG_PROJECTED : flags;
}

/* Members that are printed as not available. */
static int is_not_available(const cm_assembly *a, const cm_party *of, int32_t day) {
  const cm_figures *f = &a->model->figures;
  for (int32_t i = a->market->first; i < a->market->first + a->market->n; i++) {
    if (f->status[i] == CM_STATUS_NOT_AVAILABLE && cm_party_has(a->model, of, f->country[i], day)) return 1;
  }
  return 0;
}

static void tell(cm_use *use, double residual) {
  const cm_assembly *a = &use->assembly;
  for (int64_t i = 0; i < a->n_listed; i++) {
    const cm_listed *cell = &a->listed[i];
    if (cell->party == 0 && cell->figure != CM_NONE)
      cm_use_tell_figure(use, CM_TERM_PRODUCTION, "production", a->market, cell->figure, cell->quantity);
  }
  if (!(residual > 0)) return;
  for (int32_t i = 0; i < a->market->n_other; i++)
    cm_use_tell_figure(use, CM_TERM_PRODUCTION, "residual", a->market, a->market->other + i, NAN);
  if (a->market->world != CM_NONE)
    cm_use_tell_figure(use, CM_TERM_PRODUCTION, "total", a->market, a->market->world, NAN);
}

static critmin_interval assembled(cm_use *use, const cm_party *of, uint64_t *flags) {
  const cm_assembly *a = &use->assembly;
  const cm_assembled_party *party = &a->parties[0];
  others beside_it = beside(a, party->cell);
  critmin_interval own = own_cell(a, party->cell, &beside_it);
  double residual = party->unlisted > 0 ? residual_of(a, party->cell, &beside_it) : 0;
  *flags |= flags_of(a);
  if (is_not_available(a, of, use->day)) *flags |= CRITMIN_FLAG_NOT_AVAILABLE;
  tell(use, residual);
  if (isnan(residual) || isnan(own.high)) {
    if (isnan(own.high)) *flags |= CRITMIN_FLAG_UNBOUNDED;
    return cm_unknown;
  }
  if (residual > 0) {
    *flags |= CRITMIN_FLAG_RESIDUAL_USED;
    if (party->listed == 0) own.value = cm_use_residual(use, residual);
    if (party->listed == 0 && isnan(own.value)) use->untold |= CM_BIT(CM_TERM_PRODUCTION);
    own.high += residual;
  }
  if (!a->market->is_share || own.high == 0) return own;
  return cm_unknown; /* shares of a market that has no tonnes */
}

/* The country's figure in the market, CM_NONE where it has none. */
static int32_t figure_of(const critmin_model *m, const cm_model_market *market, int32_t country) {
  for (int32_t i = market->first; i < market->first + market->n; i++) {
    if (m->figures.country[i] == country) return i;
  }
  return CM_NONE;
}

static int is_excluded(const critmin_model *m, const cm_model_market *market, int32_t country) {
  for (int32_t i = 0; i < market->n_excluded; i++) {
    if (m->excluded[market->first_excluded + i] == country) return 1;
  }
  return 0;
}

/* A figure without an interval is what the country makes, whatever the market holds besides. */
static int is_exact(const cm_figures *f, int32_t figure) {
  int is_given = !isnan(f->value[figure]) && f->status[figure] != CM_STATUS_NOT_AVAILABLE;
  return is_given && !(f->low[figure] < f->value[figure]) && !(f->high[figure] > f->value[figure]);
}

static void take_exact(cm_use *use, const cm_model_market *market, int32_t figure, critmin_interval *amount,
                       uint64_t *flags) {
  const cm_figures *f = &use->model->figures;
  double quantity = f->value[figure] * f->factor[figure];
  *flags |= cm_figure_flags(f, figure);
  if (cm_model_market_is_mean(market)) *flags |= CRITMIN_FLAG_PERIOD_MEAN;
  if (market->projected) *flags |= CRITMIN_FLAG_PROJECTED;
  cm_use_tell_figure(use, CM_TERM_PRODUCTION, "production", market, figure, quantity);
  if (!market->is_share || quantity == 0) *amount = (critmin_interval){quantity, quantity, quantity};
}

/* Whoever a market does not list may make of it what any other may: that is found once for all of them. */
static int take_unlisted(cm_use *use, const cm_model_market *market, critmin_interval *amount, uint64_t *flags) {
  if (use->tells || use->of_unlisted.market != market || use->of_unlisted.values != use->values) return 0;
  *amount = use->of_unlisted.amount;
  *flags |= use->of_unlisted.flags;
  use->untold |= use->of_unlisted.untold;
  return 1;
}

static critmin_status take_assembled(cm_use *use, const cm_model_market *market, const cm_party *of,
                                     critmin_interval *amount, uint64_t *flags, critmin_error *error) {
  critmin_status status =
      cm_assemble(&use->assembly, use->model, market, use->year, use->values, of, 1, use->day, error);
  if (!status) *amount = assembled(use, of, flags);
  return status;
}

static critmin_status of_market(cm_use *use, const cm_model_market *market, const cm_party *of, critmin_interval *amount,
                                uint64_t *flags, critmin_error *error) {
  int is_one = of->group == CM_NONE && !is_excluded(use->model, market, of->country);
  int32_t figure = is_one ? figure_of(use->model, market, of->country) : CM_NONE;
  if (!is_one || (figure != CM_NONE && !is_exact(&use->model->figures, figure)))
    return take_assembled(use, market, of, amount, flags, error);
  if (figure != CM_NONE) {
    take_exact(use, market, figure, amount, flags);
    return CRITMIN_OK;
  }
  if (take_unlisted(use, market, amount, flags)) return CRITMIN_OK;
  uint64_t own = 0;
  int32_t untold = use->untold;
  use->untold = 0;
  critmin_status status = take_assembled(use, market, of, amount, &own, error);
  use->of_unlisted.market = market;
  use->of_unlisted.values = use->values;
  use->of_unlisted.amount = *amount;
  use->of_unlisted.flags = own;
  use->of_unlisted.untold = use->untold;
  use->untold |= untold;
  *flags |= own;
  return status;
}

critmin_status cm_use_production(cm_use *use, const cm_party *of, critmin_interval *amount, uint64_t *flags,
                                 critmin_error *error) {
  int outlook = (int)use->values->number[CM_P_OUTLOOK];
  const char *scenario = use->values->text[CM_P_SCENARIO];
  int32_t measure = use->ledger->measure[CM_PRODUCTION];
  *amount = cm_unknown;
  if (measure == CM_NONE) return CRITMIN_OK;
  const cm_model_market *market = cm_model_market_of(
      use->model, use->stage, measure, CM_OF_COUNTRIES, use->year,
      outlook == CM_OUTLOOK_ANY ? CM_NONE : outlook == CM_OUTLOOK_PROJECTED, *scenario ? scenario : NULL);
  if (!market) return CRITMIN_OK;
  cm_use_cite(use, CM_TERM_PRODUCTION, market->edition);
  return of_market(use, market, of, amount, flags, error);
}
