/* SPDX-License-Identifier: MIT */
/* What commitments bring a user through its chain, those marked taken out. */
#ifndef CM_METRICS_EFFECTIVE_CHAIN_H
#define CM_METRICS_EFFECTIVE_CHAIN_H

#include "metrics/commitments.h"
#include "network/commitments.h"

/*
 * Tonnes in each set of commitments that may perform, with its probability. `given` comes with probabilities, additional
 * shares and correlation, and is filled. Of many uncertain commitments the law is that of their sum, brought down to
 * what gets through when all perform. Freed with cm_chain_states_free(), after a failure too.
 */
critmin_status cm_commitments_states(cm_trail *trail, const cm_committed *committed, critmin_commitments *given,
                                     double demand, cm_chain_states *states, critmin_error *error);
/* The stage of the chain that holds back most when all perform, or CM_NONE. */
critmin_status cm_commitments_binding(cm_trail *trail, const cm_committed *committed, double demand, int32_t *binding,
                                      critmin_error *error);

#endif
