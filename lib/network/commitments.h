/* SPDX-License-Identifier: MIT */
/* Commitments, checked and brought to tonnes. */
#ifndef CM_NETWORK_COMMITMENTS_H
#define CM_NETWORK_COMMITMENTS_H

#include "critmin/effective.h"

/*
 * Checks commitments; `amount` gets what each brings when it performs, `probability` how likely that is. Both have one
 * entry a commitment. `through_chain`: `reaches` is left out.
 */
critmin_status cm_commitments_read(const critmin_commitments *given, int through_chain, double *amount,
                                   double *probability, critmin_error *error);
/* Checks that a structure of commitments is one, so that `count` may be used. */
critmin_status cm_commitments_check(const critmin_commitments *given, critmin_error *error);

/* Checks what is exposed and demanded. */
critmin_status cm_exposed_check(const critmin_interval *exposed, double demand, critmin_error *error);
/* What is still exposed, as a share of demand, when `delivered` tonnes come. */
double cm_still_exposed(double exposed, double demand, int32_t displacement, double delivered);

/* Uncertain commitments that a chain can be asked about: every set of them is a flow of its own. */
enum { CM_UNCERTAIN_MAX = 12 };

/* What commitments bring through a chain in each set of them that may perform. */
typedef struct cm_chain_states {
  int64_t count;
  double *probability, *tonnes;
} cm_chain_states;

/* As critmin_effective_dependency_chain() takes them; freed with cm_chain_states_free(), after a failure too. */
critmin_status cm_chain_states_find(const critmin_network *network, const critmin_trace *trace, const int32_t *origin,
                                    int32_t origins, const critmin_commitments *commitments, cm_chain_states *states,
                                    critmin_error *error);
void cm_chain_states_free(cm_chain_states *states);

#endif
