/* SPDX-License-Identifier: MIT */
/* What a kilogram of a mineral cost in a year. */
#ifndef CM_METRICS_PRICES_H
#define CM_METRICS_PRICES_H

#include "critmin/dependency.h"
#include "model/model.h"

typedef struct cm_prices {
  critmin_interval amount; /* NaN where nothing is printed */
  uint64_t flags;
  int32_t *place; /* in the model's prices: those it rests on */
  size_t n, room;
} cm_prices;

/*
 * US dollars of the day for a kilogram in the basis of the stage's market, by the printed prices of the year. Of several
 * forms the value is the mean, and the interval reaches from the cheapest to the dearest; `form` takes one, "" any. A
 * form that is counted in another basis is brought to the market's, and left out where no factor is known; one that says
 * none is taken as it is. Memory is kept from call to call. 0 when it ran out.
 */
int cm_prices_find(cm_prices *prices, const critmin_model *model, int32_t stage, int32_t year, const char *form);
void cm_prices_free(cm_prices *prices);

#endif
