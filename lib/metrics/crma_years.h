/* SPDX-License-Identifier: MIT */
#ifndef CM_METRICS_CRMA_YEARS_H
#define CM_METRICS_CRMA_YEARS_H

#include "critmin/answer.h"
#include "critmin/status.h"

/* Years until a share of consumption is at a benchmark (a CRITMIN_CRMA_ constant), at a constant yearly growth: never
 * from nothing, and no time at all where the benchmark is a cap. Flags are the share's. */
critmin_status cm_crma_years(int32_t benchmark, const critmin_answer *share, double growth, critmin_answer *years,
                             critmin_error *error);

#endif
