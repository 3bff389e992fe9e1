/* SPDX-License-Identifier: MIT */
/* How users of one pool share what remains. */
#ifndef CM_EXPOSURE_SCENARIO_SHARE_H
#define CM_EXPOSURE_SCENARIO_SHARE_H

#include "exposure/scenario_bends.h"
#include "exposure/scenario_course.h"

typedef struct cm_sharing {
  const cm_scene *scene;
  const cm_setting *setting;
  const cm_scene_pool *pool;
  const double *demand; /* a day, of each user of the pool */
  cm_lines *lines;
  /* Agreements of the pool: which user, tonnes a day, when. */
  size_t agreements;
  const int32_t *user;
  const double *tonnes, *begins, *ramp;
} cm_sharing;

/* Shares out anew what is there, at every point and wherever between them somebody's part bends. */
critmin_status cm_share_out(const cm_sharing *sharing, critmin_error *error);

#endif
