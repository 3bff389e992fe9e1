/* SPDX-License-Identifier: MIT */
/* The rows of an explanation, whatever they are of. */
#ifndef CM_METRICS_EXPLAIN_H
#define CM_METRICS_EXPLAIN_H

#include "metrics/use.h"
#include "table/builder.h"

enum {
  CM_EXPLAIN_ROLE,
  CM_EXPLAIN_MINERAL,
  CM_EXPLAIN_STAGE,
  CM_EXPLAIN_COUNTRY,
  CM_EXPLAIN_PARTNER,
  CM_EXPLAIN_FROM,
  CM_EXPLAIN_TO,
  CM_EXPLAIN_VALUE,
  CM_EXPLAIN_LOW,
  CM_EXPLAIN_HIGH,
  CM_EXPLAIN_UNIT,
  CM_EXPLAIN_BASIS,
  CM_EXPLAIN_STATUS,
  CM_EXPLAIN_CONTRIBUTION,
  CM_EXPLAIN_ROW,
  CM_EXPLAIN_SOURCE,
  CM_EXPLAIN_EDITION,
  CM_EXPLAIN_PUBLISHER,
  CM_EXPLAIN_TITLE,
  CM_EXPLAIN_URL,
  CM_EXPLAIN_LICENCE,
  CM_EXPLAIN_NOTE,
  CM_EXPLAIN_COLUMNS
};

typedef struct cm_telling {
  cm_builder *b;
  const critmin_model *model;
  const cm_row *row;
  const cm_metric *metric;
  const cm_values *values;
  const double *own; /* those of the metric's own parameters */
} cm_telling;

/* A row with its role, to be filled. */
void cm_tell_begin(const cm_telling *t, const char *role);
void cm_tell_source(const cm_telling *t, int32_t edition);
void cm_tell_figure(const cm_telling *t, const char *role, const cm_model_market *market, int32_t figure,
                    double contribution);
/* NULL when memory ran out. */
cm_builder *cm_explain_new(void);
/* Adds all that is behind an answer of a plan that was evaluated. */
critmin_status cm_explain_answer(const cm_plan *plan, const cm_row *answer, cm_builder *builder, critmin_error *error);
/* A role with its score of an indicator; a parameter, after its role. */
void cm_tell_score(const cm_telling *t, int32_t country, int32_t indicator, int32_t place);
void cm_tell_parameter(const cm_telling *t, int32_t place);
void cm_tell_assumption(const cm_telling *t, const cm_model_assumption *assumption);
void cm_tell_restriction(const cm_telling *t, const cm_model_restriction *restriction);
/* What is behind a row of a market, and of a user; the row is evaluated anew for it. */
critmin_status cm_explain_market(cm_telling *t, const cm_plan *plan, cm_row *row, critmin_error *error);
critmin_status cm_explain_user(cm_telling *t, const cm_plan *plan, cm_row *row, critmin_error *error);
/* The evidence that a use has kept of the terms that entered. */
void cm_tell_evidence(const cm_telling *t, const cm_use *use);

#endif
