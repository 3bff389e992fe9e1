/* SPDX-License-Identifier: MIT */
/* Following what one user has through a chain: origin, touch and hidden exposure. */
#ifndef CM_METRICS_METRIC_ORIGIN_H
#define CM_METRICS_METRIC_ORIGIN_H

#include "metrics/supply_chain.h"

/* What is asked of one user. Stages and countries are those of the chain. */
typedef struct cm_trail {
  cm_chain *chain;
  const cm_plan *plan;
  const cm_row *row;
  int32_t stage, country;     /* of the user's pool; stage CM_NONE where nothing is on record */
  const cm_supply_pool *pool; /* the user's */
  int imports_only, is_there; /* is_there: there is anything to follow */
  int32_t *buyer, buyers;     /* pools that the material is in */
  double *weight, known;      /* known: part of it that is in them */
  int32_t *origin;

  int32_t at; /* traced to */
  double *share, unknown;
  uint64_t flags;
  int64_t pools;
  int is_open; /* the own share of some pool is known as an interval only */
} cm_trail;

/* Begins with a row; what it holds is freed with cm_trail_free(), after a failure too. */
critmin_status cm_trail_begin(cm_trail *trail, cm_chain *chain, const cm_plan *plan, const cm_row *row,
                              const cm_values *values, critmin_error *error);
void cm_trail_free(cm_trail *trail);
/* Traces to a stage: shares, flags, and in the chain's `visits` what passes through each pool. */
critmin_status cm_trail_to(cm_trail *trail, int32_t at, critmin_error *error);
/* Marks those whom a partner stands for; the share of all that are marked. */
void cm_trail_mark(cm_trail *trail, const cm_party *partner);
double cm_trail_sum(const cm_trail *trail);

/* Answers about those marked, traced to. */
critmin_status cm_trail_origin(cm_trail *trail, critmin_answer *answer, critmin_error *error);
critmin_status cm_trail_touch(cm_trail *trail, critmin_answer *answer, critmin_error *error);
critmin_status cm_trail_hidden(cm_trail *trail, critmin_answer *answer, critmin_error *error);
/* Widens an answer of origin to what it can be where pools do not mix. */
critmin_status cm_trail_unmixed(cm_trail *trail, critmin_answer *answer, critmin_error *error);
critmin_status cm_trail_touched(cm_trail *trail, int transit, critmin_answer *answer, critmin_error *error);
/* What is left once commitments are counted; the use tells of demand and commitments. */
critmin_status cm_trail_effective(cm_trail *trail, cm_use *use, critmin_answer *answer, critmin_error *error);
/* What is of unknown origin; marks all. */
critmin_status cm_trail_unknown(cm_trail *trail, critmin_answer *answer, critmin_error *error);

/* Cites the editions behind the pools that anything passed through. */
void cm_trail_cite(const cm_trail *trail, cm_use *use);
/* Tells what the answers rest on, for those marked. */
critmin_status cm_trail_tell(cm_trail *trail, cm_use *use, critmin_error *error);

/* The assessments, and what they check of their parameters. */
critmin_status cm_origin_check(const cm_plan *plan, const cm_values *values, critmin_error *error);
critmin_status cm_evaluate_origin(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error);
critmin_status cm_evaluate_touch(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error);
critmin_status cm_evaluate_effective(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error);
critmin_status cm_evaluate_hidden(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error);

#endif
