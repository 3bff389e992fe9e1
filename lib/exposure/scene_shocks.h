/* SPDX-License-Identifier: MIT */
/* A shock while it is brought together with the model. */
#ifndef CM_EXPOSURE_SCENE_SHOCKS_H
#define CM_EXPOSURE_SCENE_SHOCKS_H

#include "exposure/scene.h"

typedef struct cm_shocking {
  cm_scene_making *p;
  const json_t *given;
  const char *place, *kind;
  cm_scene_shock *shock;
  cm_scene_party *countries, *targets;
  size_t n_countries, n_targets;
  int32_t *minerals;
  size_t n_minerals;
} cm_shocking;

int cm_shock_is(const cm_shocking *s, const char *kind);
/* Sets how much of what a user needs it can withhold, where it hits the user at all (scene_depend.c). */
critmin_status cm_shock_depend(cm_shocking *s, int32_t user);
/* Whether it is of a stage of the model. */
int cm_shock_is_of_stage(const cm_shocking *shocking, int32_t stage);
/*
 * The share of what a user has that is missing in the end if its countries withhold all they can at the stages it is
 * of, from everybody: followed through the chain that the cell (of touch_share) is traced along. NaN where nothing is
 * on record (scene_cascade.c).
 */
critmin_status cm_shock_cascade(const cm_shocking *shocking, const cm_scene_user *user, const cm_question *question,
                                double *lost);

#endif
