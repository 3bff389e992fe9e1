/* SPDX-License-Identifier: MIT */
/* Laws of numbers that have a range. */
#ifndef CM_EXPOSURE_SAMPLE_H
#define CM_EXPOSURE_SAMPLE_H

#include "critmin/uncertainty.h"

/* `n` laws whose numbers are no less than `least`, and, where the law has an end, no more than `most`. NULL is fine
 * with `optional`. */
critmin_status cm_sample_check(const critmin_law *law, int64_t n, const char *name, double least, double most,
                               int optional, critmin_error *error);

#endif
