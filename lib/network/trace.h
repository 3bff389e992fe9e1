/* SPDX-License-Identifier: MIT */
/* Following what buyers have back through the stages. */
#ifndef CM_NETWORK_TRACE_H
#define CM_NETWORK_TRACE_H

#include "critmin/origin.h"
#include "network/network.h"

/* What a trace found. All shares are of what the buyers have. */
typedef struct cm_found {
  double *share; /* of each country at the stage traced to */
  double *other; /* of each country: came in later, not through that stage */
  double unknown;
  double stopped; /* made in, or passing through, one of the countries that stop it */
  uint64_t flags;
  int64_t pools; /* with anything in them */
  int empty;     /* the buyers have nothing */
} cm_found;

/* How a trace goes. */
typedef struct cm_way {
  const uint8_t
      *stop; /* one entry a country, not 0: material made there is not traced further but counted as stopped; or NULL */
  int transit; /* not 0: nor is what passes through their pools */
} cm_way;

/* Checks that a trace is one, and that its stages are the network's. */
critmin_status cm_trace_check_stages(const critmin_network *network, const critmin_trace *trace, critmin_error *error);
/* Checks all of a trace. `weight` gets one weight a country, 1 together, or all 0 where the buyers have nothing. */
critmin_status cm_trace_check(const critmin_network *network, const critmin_trace *trace, double *weight,
                              critmin_error *error);

/* Not 0 where the material of stage `from` comes from stage `at`, or is of it. */
int cm_leads(const critmin_network *network, int32_t from, int32_t at);

/* Traces. `found` must hold `share` and `other`, filled with 0. */
critmin_status cm_trace_run(const critmin_network *network, const critmin_trace *trace, cm_way way, cm_found *found,
                            critmin_error *error);

/* Traces, with arrays of its own that cm_found_free() frees. On failure there is nothing to free. */
critmin_status cm_trace(const critmin_network *network, const critmin_trace *trace, cm_way way, cm_found *found,
                        critmin_error *error);
void cm_found_free(cm_found *found);

/* One entry a country, not 0 for those listed; freed by the caller. Errors: ARGUMENT, MEMORY. */
critmin_status cm_mark(const critmin_network *network, const int32_t *country, int32_t count, uint8_t **mark,
                       critmin_error *error);

/* Writes an answer of the given shares, `high` with the unknown; NaN where `found` is empty. Errors: ARGUMENT. */
critmin_status cm_trace_answer(const critmin_trace *trace, const cm_found *found, double value, critmin_answer *answer,
                               critmin_error *error);
critmin_status cm_trace_answer_check(const critmin_answer *answer, critmin_error *error);

#endif
