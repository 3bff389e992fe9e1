/* SPDX-License-Identifier: MIT */
/* What a run leaves behind, and the tables are made of. */
#ifndef CM_EXPOSURE_SCENARIO_OUTCOME_H
#define CM_EXPOSURE_SCENARIO_OUTCOME_H

#include "critmin/risk.h"
#include "exposure/scenario_course.h"

/* The points at which a scene is looked at. */
enum { CM_AT_VALUE, CM_AT_BEST, CM_AT_WORST, CM_POINTS };

/* Who of a pool is served first, at the values: the best and the worst for each user, and all alike. */
enum { CM_POLICY_BEST, CM_POLICY_ALIKE, CM_POLICY_WORST, CM_POLICIES };

/* What one unit more of something that answers brings to a user. */
typedef struct cm_worth {
  const char *instrument, *kind, *unit, *at; /* at: its stage */
  int32_t user;
  int in_case; /* in which it was tried */
  double reaches;                /* part of it that gets through to the user's stage */
  double days_later, unmet_less; /* for one unit more */
  double unmet_more;             /* for one unit less; NaN where there is none to take */
} cm_worth;

/* The cheapest mix of a user's options for a target, in days of its demand that may be missing. */
typedef struct cm_mixed {
  int32_t user;
  int in_case;              /* on top of whose answers */
  double target;
  double cost;              /* NaN: no mix reaches it */
  double tail, probability; /* what the mix leaves missing in the worst outcomes; how often no more than the target */
  double *units;            /* of each of the user's options */
} cm_mixed;

struct critmin_outcome {
  cm_scene scene;
  double *x[CM_POINTS];                  /* one number for each input */
  uint8_t *unknown;                      /* of each pool, not 0: some input has ends and no value */
  cm_course course[CM_CASES][CM_POINTS]; /* of the cases that are computed */
  cm_course policy[CM_CASES][CM_POLICIES]; /* likewise; without memory where nobody shares anything */
  double *part[CM_POINTS];               /* users x shocks: Shapley values of what is unmet with nothing that answers */
  double *part_error;                    /* users x shocks: standard errors at the value; 0 where they are exact */
  cm_worth *worth;
  size_t n_worth, worth_room;
  cm_mixed *mixed; /* of each user that of the document's target first, then those of the cost curve */
  size_t n_mixed, mixed_room;
  int64_t draws;
  critmin_draws *drawn; /* NULL: none. Cells are users in each case that is computed, in that order */
};

/* The setting under which a case is run at a point. */
cm_setting cm_setting_of(const cm_scene *scene, int in_case, int point);

critmin_status cm_outcome_attribute(critmin_outcome *outcome, uint64_t seed, critmin_error *error);
critmin_status cm_outcome_worth(critmin_outcome *outcome, critmin_error *error);
critmin_status cm_outcome_mitigate(critmin_outcome *outcome, const critmin_scenario_options *options,
                                   critmin_error *error);
/* One draw: a number for each input, which shocks come, which agreements perform. */
void cm_draw_one(const cm_scene *scene, uint64_t seed, uint64_t draw, double *x, uint8_t *occurs, uint8_t *performs);
critmin_status cm_outcome_draw(critmin_outcome *outcome, const critmin_scenario *scenario,
                               const critmin_scenario_options *options, critmin_progress progress, void *user,
                               critmin_error *error);

#endif
