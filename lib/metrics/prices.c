/* SPDX-License-Identifier: MIT */
#include "metrics/prices.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "critmin/answer.h"

/* Kilograms in the units that prices are for. Units of assay are a hundredth of a tonne of what the basis names. */
static const struct {
  const char *name;
  double kilograms;
  int of_basis;
} units[] = {
    {"t", 1000, 0},
    {"kg", 1, 0},
    {"g", 0.001, 0},
    {"lb", 0.45359237, 0},
    {"troy oz", 0.0311034768, 0},
    {"ct", 0.0002, 0},
    {"short ton", 907.18474, 0},
    {"long ton", 1016.0469088, 0},
    {"metric ton unit", 10, 1},
    {"dry metric ton unit", 10, 1},
};

static double kilograms_in(const cm_model_price *price) {
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
    if (cm_name_equal(price->per, units[i].name)) return units[i].of_basis && !*price->basis ? NAN : units[i].kilograms;
  }
  return NAN;
}

static int is_mean(const cm_model_price *price) {
  return price->from / 10000 != price->to / 10000;
}

/* A year's own price before a mean of several years; not one of a part of the year, nor in another year's money. */
static int answers(const cm_model_price *price, int32_t year, int as_mean) {
  return is_mean(price) == as_mean && price->from <= year * 10000 + 101 && price->to >= year * 10000 + 1231 &&
         strcmp(price->currency, "USD") == 0 && (price->money_year == 0 || price->money_year == year);
}

/* The price of the form whose prices stand from `first` on: that of the newest edition; CM_NONE where none answers. */
static int32_t price_of_form(const critmin_model *m, int32_t first, int32_t last, int32_t year) {
  for (int as_mean = 0; as_mean < 2; as_mean++) {
    for (int32_t i = first; i < last; i++) {
      if (answers(&m->prices[i], year, as_mean)) return i;
    }
  }
  return CM_NONE;
}

static critmin_interval per_kilogram(const critmin_model *m, int32_t stage, const cm_model_price *price,
                                     uint64_t *flags) {
  double factor = *price->basis ? cm_model_factor_of(m, stage, price->basis) : 1;
  if (factor < 1 || factor > 1) *flags |= CRITMIN_FLAG_BASIS_CONVERTED;
  double kilograms = kilograms_in(price) * factor;
  critmin_interval i = {price->amount / kilograms, price->low / kilograms, price->high / kilograms};
  if (isnan(i.low)) i.low = i.value;
  if (isnan(i.high)) i.high = i.value;
  if (isnan(i.value)) i.value = i.low + (i.high - i.low) / 2;
  return i;
}

static uint64_t flags_of(const cm_model_price *price) {
  uint64_t flags = is_mean(price) ? CRITMIN_FLAG_PERIOD_MEAN : 0;
  switch (price->status) {
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

int cm_prices_find(cm_prices *p, const critmin_model *m, int32_t stage, int32_t year, const char *form) {
  const cm_model_mineral *mineral = &m->minerals[m->stages[stage].mineral];
  double sum = 0, low = INFINITY, high = -INFINITY;
  int32_t end = mineral->first_price + mineral->n_prices;
  p->n = 0;
  p->flags = 0;
  for (int32_t first = mineral->first_price, last; first < end; first = last) {
    last = first + 1;
    while (last < end && strcmp(m->prices[last].form, m->prices[first].form) == 0) last++;
    int32_t place = *form && !cm_name_equal(form, m->prices[first].form) ? CM_NONE : price_of_form(m, first, last, year);
    if (place == CM_NONE) continue;
    uint64_t flags = flags_of(&m->prices[place]);
    critmin_interval one = per_kilogram(m, stage, &m->prices[place], &flags);
    if (isnan(one.low) || isnan(one.high) || isinf(one.high)) continue;
    if (!cm_grow(&p->place, p->n, &p->room, sizeof *p->place)) return 0;
    p->place[p->n++] = place;
    p->flags |= flags;
    sum += one.value;
    low = fmin(low, one.low);
    high = fmax(high, one.high);
  }
  /* That what is bought is bought in all these forms alike nobody prints. */
  if (p->n > 1) p->flags |= CRITMIN_FLAG_ASSUMED;
  double mean = p->n == 1 ? sum : fmin(fmax(sum / (double)p->n, low), high);
  p->amount = p->n ? (critmin_interval){mean, low, high} : (critmin_interval){NAN, NAN, NAN};
  return 1;
}

void cm_prices_free(cm_prices *prices) {
  cm_free(prices->place);
  memset(prices, 0, sizeof *prices);
}
