/* SPDX-License-Identifier: MIT */
/* The days on which something changes for a user. */
#ifndef CM_EXPOSURE_SCENARIO_DAYS_H
#define CM_EXPOSURE_SCENARIO_DAYS_H

#include "exposure/scenario_outcome.h"

typedef struct cm_scenario_day_of {
  double day;
  const char *place, *name, *what; /* what changes, and how */
  double missing;                  /* from then on, as a part of a day's demand, before any stock is drawn */
} cm_scenario_day_of;

/* Calls back for each day from 0 to the horizon, in their order, at the values of the inputs. */
critmin_status cm_scenario_days(const critmin_outcome *outcome, int in_case, int32_t user,
                                void (*each)(void *to, const cm_scenario_day_of *day), void *to, critmin_error *error);

#endif
