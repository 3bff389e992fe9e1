/* SPDX-License-Identifier: MIT */
/* What a scene comes to, given a number for each input: when who runs short, and what each lacks by when. */
#ifndef CM_EXPOSURE_SCENARIO_COURSE_H
#define CM_EXPOSURE_SCENARIO_COURSE_H

#include "exposure/scene.h"

/* Who of the users of a pool is served when, where the rule is not to decide. */
enum { CM_SERVED_BY_RULE = 0, CM_SERVED_LAST = -1, CM_SERVED_FIRST = 1, CM_SERVED_ALIKE = 2 };

typedef struct cm_setting {
  int reserves, agreements; /* not 0: they answer */
  int inventory_first, served;
  int allocation;          /* CM_OWN_SUPPLIERS, or how a pool is shared */
  const double *units;     /* of each option that is bought, or NULL: none is */
  int32_t favoured;        /* a user that has more, CM_NONE: none has */
  double yearly, stored;   /* how much: a year from the first day on, and in stock; in its pool's unit */
  const uint8_t *occurs;   /* of each shock, or NULL: all do */
  const uint8_t *performs; /* of each agreement, or NULL: they deliver what is to be expected */
} cm_setting;

/* All in days of the user's own demand, but where it says otherwise. */
typedef struct cm_course {
  size_t users, reserves, weeks;
  double *memory;
  double *shortage;        /* day, +infinity: none within the horizon */
  double *unmet;           /* in all */
  double *missing;         /* largest share of a day's demand that does not arrive, before stocks */
  double *stock;           /* private stock, and the user's part of reserves */
  double *inventory_empty; /* day */
  double *open;            /* not 0: at the horizon something is missing, or will be: what did not come may come yet */
  double *by_week;         /* users rows of weeks: share of the week's demand that is unmet */
  double *held;            /* of each reserve, in its pool's unit */
  double *empty;           /* of each reserve: day */
  double *released;        /* of each reserve, in its pool's unit */
} cm_course;

int cm_course_make(cm_course *course, const cm_scene *scene);
void cm_course_free(cm_course *course);

/* What a user needs in a day, in its pool's unit. */
double cm_scene_demand(const cm_scene *scene, const double *x, int32_t user);
int32_t cm_scene_weeks(const cm_scene *scene);

/* What does not arrive at a user before any stock is drawn, as a part of a day's demand, in straight lines between points
 * whose times never fall; two at one time are a jump. Both arrays are the caller's to free with cm_free(). */
critmin_status cm_course_gap(const cm_scene *scene, const double *x, const cm_setting *setting, int32_t user,
                             double **time, double **gap, int64_t *points, critmin_error *error);

critmin_status cm_course_run(const cm_scene *scene, const double *x, const cm_setting *setting, cm_course *course,
                             critmin_error *error);

#endif
