/* SPDX-License-Identifier: MIT */
#ifndef CM_METRICS_OWNER_OFFTAKE_H
#define CM_METRICS_OWNER_OFFTAKE_H

#include "metrics/use.h"

/* A country that takes a part of an output; CM_NONE: nobody says who does. */
typedef void (*cm_take_buyer)(void *user, int32_t country, double part);

/* Tells of the buyers of what a producer makes at the stage on the day of the use; `on_record` is how many commitments
 * there are of it. */
critmin_status cm_owner_offtake(cm_use *use, int32_t firm, double output, cm_take_buyer take, void *user,
                                int *on_record, critmin_error *error);

#endif
