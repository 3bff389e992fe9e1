/* SPDX-License-Identifier: MIT */
/* The benchmarks of the Union by where what it has was made. */
#ifndef CM_METRICS_CRMA_ORIGIN_H
#define CM_METRICS_CRMA_ORIGIN_H

#include "metrics/use.h"

/*
 * Share of what the user has at the row's stage that was made, at the stage its parameter `at` names, by the user
 * itself, or for the benchmark of imports by the third country that made most; the row's partner is then that. Unknown
 * where nothing is on record.
 */
critmin_status cm_crma_share_at(const cm_plan *plan, cm_row *row, cm_use *use, int32_t which, critmin_interval *share,
                                uint64_t *flags, critmin_error *error);

#endif
