/* SPDX-License-Identifier: MIT */
/*
 * The supply network of a mineral in a year, as far as a model tells: the stages of its chain that anything is on
 * record of, and of each country what it has there. One more country stands for the group that is asked about, where
 * one is. Of a stage that the mineral has nothing of, a group it belongs to may tell, or a group among its members.
 */
#ifndef CM_METRICS_SUPPLY_CHAIN_H
#define CM_METRICS_SUPPLY_CHAIN_H

#include "metrics/use.h"
#include "network/supply.h"

/* Own parameters of the metrics over a chain, by place. */
enum {
  CM_CHAIN_BY, /* as CM_OWN_BY */
  CM_CHAIN_AT,
  CM_CHAIN_DENOMINATOR,
  CM_CHAIN_YEARS_APART,
  CM_CHAIN_TRANSIT
};
enum { CM_CHAIN_OF_SUPPLY, CM_CHAIN_OF_IMPORTS };
/* That of the origin share, after the first of a chain. */
enum { CM_ORIGIN_BOUNDS = CM_CHAIN_TRANSIT };
enum { CM_BOUNDS_MIXING, CM_BOUNDS_NONE };
/* Those of the effective dependency, after the first of a chain. */
enum {
  CM_EFFECTIVE_EXPOSED = CM_CHAIN_TRANSIT,
  CM_EFFECTIVE_DEMAND,
  CM_EFFECTIVE_PROBABILITY,
  CM_EFFECTIVE_ADDITIONALITY,
  CM_EFFECTIVE_DISPLACEMENT,
  CM_EFFECTIVE_CORRELATION,
  CM_EFFECTIVE_LEVEL
};
enum { CM_EXPOSED_BY_TOUCH, CM_EXPOSED_BY_TRANSIT, CM_EXPOSED_BY_ORIGIN };

/* Minerals that tell of one chain: itself, and at most so many groups. */
enum { CM_FAMILY_MAX = 8 };
/* What a pool rests on: its list of imports, the same in tonnes, its production, the production before and after. */
enum { CM_POOL_EDITIONS = 6 };

/* Where a pool comes from, beside its numbers. */
typedef struct cm_pool_story {
  int32_t editions[CM_POOL_EDITIONS], n_editions;
  uint64_t flags, list_flags;             /* of what it makes, and of its imports */
  int32_t list_stage, list_year, list_by; /* stage of the model whose flows are listed, or CM_NONE */
  int32_t made_stage, made_year;          /* that of the production, or CM_NONE */
  int imports_untold; /* not 0: it makes some, others do too, and nobody wrote down whether it buys of theirs */
  const cm_model_assumption *assumption;  /* or NULL */
  const cm_model_market *fed[2]; /* production before and after that its own feed was worked out from, or NULL */
} cm_pool_story;

typedef struct cm_chain_stage {
  int32_t family[CM_FAMILY_MAX], n; /* stages of the model, that of the mineral first */
  const cm_model_market *made;      /* its production, or NULL: nobody publishes any */
  int32_t made_year;
  const cm_flow_market *trade; /* the list that exports and imports were added up from, or NULL */
  int32_t trade_by;
  double *exports, *imports; /* by country; imports NaN where part of them is of no known size */
  cm_pool_story *story;      /* one a country */
} cm_chain_stage;

/* Memory is reused; one that is all zero is new. */
typedef struct cm_chain {
  const cm_plan *plan;
  int32_t metric, mineral, year; /* for which it was made */
  cm_values settings;            /* with which */
  cm_party party;                /* the group that the last country stands for, or none */
  int32_t made;                  /* not 0: it is for these */
  cm_supply supply;
  critmin_network *network;
  cm_chain_stage *stage; /* those of the supply */
  cm_use use;            /* with which it is made */
  int64_t *room;         /* of the partners of each stage */
  uint8_t *mark;         /* for questions */
  double *least, *visits;
} cm_chain;

/* Makes the chain of a row, or leaves it as it is where it is that already. `values` have the parameters of a chain, the
 * same for all rows of a metric. */
critmin_status cm_chain_make(cm_chain *chain, const cm_plan *plan, const cm_row *row, const cm_values *values,
                             critmin_error *error);
void cm_chain_free(cm_chain *chain);
/* Whose chain a row asks about: a union is the group that it is of. */
cm_party cm_chain_user(const cm_plan *plan, const cm_row *row);
/* Place of a stage of the model in the chain, or CM_NONE where nothing is on record. */
int32_t cm_chain_place(const cm_chain *chain, int32_t stage);
/* The country that stands for a party in the chain. */
int32_t cm_chain_country(const cm_chain *chain, cm_party party);

/* The party that a country of the chain is: itself, or the group. */
cm_party cm_chain_party(const cm_chain *chain, int32_t country);

/* Steps of making (supply_pool.c): the pool of a country, or of a party, at a stage; its list of imports once more. */
critmin_status cm_chain_list(cm_chain *chain, const cm_pool_story *story, cm_party party, double *whole,
                             critmin_error *error);
critmin_status cm_chain_pool(cm_chain *chain, int32_t stage, int32_t country, critmin_error *error);

#endif
