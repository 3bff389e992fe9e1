/* SPDX-License-Identifier: MIT */
/* A user's chain, as the catalogue lays it out for one of its cells. */
#ifndef CM_EXPOSURE_SCENE_TRAIL_H
#define CM_EXPOSURE_SCENE_TRAIL_H

#include "exposure/scene.h"
#include "metrics/metric_origin.h"

typedef critmin_status (*cm_on_trail)(cm_trail *trail, void *to, critmin_error *error);

/* Calls back with the chain behind a cell (of touch_share) about a user; not at all where nothing is on record. */
critmin_status cm_scene_trail(cm_scene_making *p, const cm_scene_user *user, const cm_question *question,
                              cm_on_trail call, void *to);

#endif
