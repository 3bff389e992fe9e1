/* SPDX-License-Identifier: MIT */
/* Points where straight lines bend once they are shared out or cut. */
#ifndef CM_EXPOSURE_SCENARIO_BENDS_H
#define CM_EXPOSURE_SCENARIO_BENDS_H

#include <stddef.h>
#include <stdint.h>

/* Gaps in straight lines between points, a row a point and an entry a user; `time` owns the memory of both. */
typedef struct cm_lines {
  double *time, *gap;
  int64_t points;
  size_t users;
} cm_lines;

/*
 * Adds the points at which weight . gap crosses a level, and where `step` is above 0 as many that none is further from
 * the next where it changes. 0 when memory ran out; the lines are then as they were.
 */
int cm_bend(cm_lines *lines, const double *weight, const double *level, size_t levels, double step);

#endif
