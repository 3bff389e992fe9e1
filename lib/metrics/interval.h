/* SPDX-License-Identifier: MIT */
/* Terms that are intervals: reading and checking a caller's, and what kernels do with them. */
#ifndef CM_METRICS_INTERVAL_H
#define CM_METRICS_INTERVAL_H

#include "critmin/dependency.h"

/*
 * Reads a term: afterwards it is whole, or wholly NaN. A number that is not finite, an end without the other, a value outside
 * its own ends and anything outside least to most are refused, `name` in the message.
 */
critmin_status cm_interval_read(const char *name, const critmin_interval *in, double least, double most,
                                critmin_interval *out, critmin_error *error);

int cm_interval_known(critmin_interval i);
/* 1 when it was cut. */
int cm_interval_cut(critmin_interval *i, double least, double most);

/* For numbers at or above zero. */
critmin_interval cm_interval_product(critmin_interval a, critmin_interval b);
/* 1 - i. */
critmin_interval cm_interval_rest(critmin_interval i);
critmin_interval cm_interval_scaled(critmin_interval i, double factor);

/* Writes an answer of these terms: no coverage, `n` terms. One that is wholly NaN is flagged NO_DATA unless it is flagged UNDEFINED. */
critmin_status cm_interval_answer(critmin_answer *answer, critmin_interval i, int64_t n, double coverage, uint64_t flags,
                                  critmin_error *error);

#endif
