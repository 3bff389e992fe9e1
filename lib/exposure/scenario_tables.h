/* SPDX-License-Identifier: MIT */
/* What the tables of an outcome have in common. */
#ifndef CM_EXPOSURE_SCENARIO_TABLES_H
#define CM_EXPOSURE_SCENARIO_TABLES_H

#include "exposure/scenario_outcome.h"
#include "table/builder.h"

#define TEXT(name) \
  { name, "", CRITMIN_COLUMN_TEXT }
#define NUMBER(name, unit) \
  { name, unit, CRITMIN_COLUMN_NUMBER }
#define INTEGER(name) \
  { name, "", CRITMIN_COLUMN_INTEGER }
#define WHO TEXT("case"), TEXT("country"), TEXT("mineral"), TEXT("stage")
#define ENDS NUMBER("value", ""), NUMBER("low", ""), NUMBER("high", "")
enum { CASE, COUNTRY, MINERAL, STAGE, FIRST };

typedef struct cm_writing {
  const critmin_outcome *o;
  const cm_scene *scene;
  cm_builder *b;
  critmin_error *error;
  int failed; /* memory ran out for a text */
} cm_writing;

/* Begins a row, of a case and a user. */
void cm_write_user(cm_writing *w, int in_case, const cm_scene_user *user);
/* A value between what it is at the best and at the worst ends of the inputs, in three columns. */
void cm_write_ends(cm_writing *w, int32_t column, const double at[CM_POINTS], int is_unknown);
void cm_write_flags(cm_writing *w, int32_t column, uint64_t flags);

/* Tables that stand in files of their own. */
critmin_status cm_write_cost(cm_writing *w);
critmin_status cm_write_mitigation(cm_writing *w);
critmin_status cm_write_cost_curve(cm_writing *w);
critmin_status cm_write_draws(cm_writing *w);
critmin_status cm_write_tail(cm_writing *w);

#endif
