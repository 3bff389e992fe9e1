/* SPDX-License-Identifier: MIT */
/*
 * A supply network that is told in shares, as trade mostly is: of each pool the share that was made there, which may be
 * known as an interval only, and whom the rest came from. What nobody accounts for is unknown. The stages are a chain,
 * the earliest first.
 */
#ifndef CM_NETWORK_SUPPLY_H
#define CM_NETWORK_SUPPLY_H

#include <stdint.h>

#include "base/error.h"
#include "critmin/network.h"

/* What a country has at a stage: gap, and of what is left `own`, and of what is left then its partners and `rest`. */
typedef struct cm_supply_pool {
  double own, own_low, own_high; /* made here */
  double gap;                    /* sent on or used beyond all that is on record */
  double rest;                   /* imports of no known origin; with the partners' shares 1 */
  int64_t first, n;              /* partners */
  int32_t is_there;              /* anything is on record */
} cm_supply_pool;

typedef struct cm_supply_stage {
  cm_supply_pool *pool; /* one a country */
  int32_t *partner;
  double *share; /* of the imports */
  int64_t n;
} cm_supply_stage;

typedef struct cm_supply {
  int32_t stages, countries;
  cm_supply_stage *stage;
} cm_supply;

/* The network with each pool's `own` as it stands. */
critmin_status cm_supply_network(const cm_supply *supply, critmin_network **network, critmin_error *error);

/* What is asked of every pool. */
typedef struct cm_supply_question {
  int32_t at;          /* stage traced to */
  const uint8_t *mark; /* one entry a country, not 0: of those asked about */
  int32_t touch;       /* made in one of them at any stage from `at`, not at `at` alone */
  int32_t transit;     /* with touch: or passed through one of their pools */
  int32_t not_from;    /* ask for what is known to be from elsewhere instead */
} cm_supply_question;

/*
 * The least share of each pool that comes from those asked about, over everything that the pools' own shares can be,
 * each by itself, the unknown being from elsewhere: the least chance to arrive in a Markov chain of which some rows may
 * be chosen from an interval, a least fixed point that the choice in each row finds by itself (Puterman 1994). What the
 * most is follows from the least that is known to be from elsewhere. `least` has one entry a country for each stage.
 */
critmin_status cm_supply_least(const cm_supply *supply, const cm_supply_question *question, double *least,
                               critmin_error *error);

/*
 * How much of the material of some pools passes through each pool that is fed, of each stage down to `at`, in shares of
 * it, a pool that it passes twice counted twice. `visits` comes with what is asked about in the pools of one stage, and
 * has one entry a country for each stage. The network is one in shares.
 */
critmin_status cm_supply_visits(const critmin_network *network, int32_t stage, int32_t at, double *visits,
                                critmin_error *error);

#endif
