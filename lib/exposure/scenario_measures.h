/* SPDX-License-Identifier: MIT */
/* What a course is asked for: measures of users and of reserves, and which inputs enter them. */
#ifndef CM_EXPOSURE_SCENARIO_MEASURES_H
#define CM_EXPOSURE_SCENARIO_MEASURES_H

#include "exposure/scenario_outcome.h"

typedef struct cm_user_measure {
  const char *name, *unit;
  double (*of)(const cm_scene *scene, const double *x, const cm_course *course, int32_t user);
  int in_summary, in_tonnes;
  int is_day; /* which may lie behind the horizon */
} cm_user_measure;

extern const cm_user_measure cm_user_measures[];
extern const size_t cm_n_user_measures;

typedef enum cm_reserve_measure { CM_RESERVE_HELD, CM_RESERVE_EMPTY, CM_RESERVE_RELEASED, CM_RESERVE_MEASURES } cm_reserve_measure;
extern const char *const cm_reserve_measure_names[CM_RESERVE_MEASURES];
double cm_reserve_measure_of(const cm_course *course, cm_reserve_measure measure, size_t reserve);
/* A user that a reserve serves, the first of its pool. */
int32_t cm_reserve_user(const cm_scene *scene, size_t reserve);

/* Calls back for each input that enters a user's results in a case. `in_tonnes`: what it needs in tonnes does. */
void cm_scene_entering(const cm_scene *scene, int in_case, int32_t user, int in_tonnes,
                       void (*each)(void *to, int32_t input), void *to);
/* What is said of all of them. */
uint64_t cm_scene_flags(const cm_scene *scene, int in_case, int32_t user, int in_tonnes);

#endif
