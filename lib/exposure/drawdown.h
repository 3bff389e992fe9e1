/* SPDX-License-Identifier: MIT */
/* A drawdown while it runs. */
#ifndef CM_EXPOSURE_DRAWDOWN_H
#define CM_EXPOSURE_DRAWDOWN_H

#include "critmin/drawdown.h"

/* All rates at one moment; one piece of memory holds them all. */
typedef struct cm_rates {
  double *lack;    /* of each user, before any stock */
  double *drawn;   /* of each user, from its private stock */
  double *unmet;   /* of each user */
  double *release; /* reserves rows of users */
  double *inflow;  /* of each reserve */
  double *over; /* of each reserve: what is asked of it beyond what it can release; a change of sign bends the rates */
  double *beyond; /* of each reserve: surpluses beyond what it can take */
} cm_rates;

/* The stocks, and what they can do. */
typedef struct cm_stocks {
  const critmin_drawdown *d;
  double *inventory; /* left of each private stock */
  double *reserve;   /* left in each reserve */
} cm_stocks;

/* Numbers that cm_rates takes. */
int64_t cm_rates_size(int32_t users, int32_t reserves);
void cm_rates_lay(cm_rates *rates, double *memory, int32_t users, int32_t reserves);

/* Rates at day `time` when the gaps are `gap`. `spare` has room for one number a user. */
void cm_rates_find(const cm_stocks *stocks, double time, const double *gap, double *spare, cm_rates *rates);

#endif
