/* SPDX-License-Identifier: MIT */
/* The table of answers, whatever they are of. */
#ifndef CM_METRICS_ANSWERS_H
#define CM_METRICS_ANSWERS_H

#include "base/text.h"
#include "metrics/catalogue.h"
#include "table/builder.h"

enum {
  CM_ANSWER_METRIC,
  CM_ANSWER_MINERAL,
  CM_ANSWER_STAGE,
  CM_ANSWER_COUNTRY,
  CM_ANSWER_PARTNER,
  CM_ANSWER_YEAR,
  CM_ANSWER_VALUE,
  CM_ANSWER_LOW,
  CM_ANSWER_HIGH,
  CM_ANSWER_UNIT,
  CM_ANSWER_FLAGS,
  CM_ANSWER_COVERAGE,
  CM_ANSWER_SOURCE,
  CM_ANSWER_EDITION,
  CM_ANSWER_PARAMS,
  CM_ANSWER_COLUMNS
};

/* NULL when memory ran out. */
cm_builder *cm_answers_new(void);
/* Adds the answers of a plan that was evaluated, those of one of its metrics or with CM_NONE all. 0 when memory ran
 * out. */
int cm_answers_add(cm_builder *builder, const cm_plan *plan, int32_t metric);

/* Cells of the row last started; `text` is room that is used again. */
void cm_answers_number(cm_builder *builder, const critmin_answer *answer, cm_buffer *text);
void cm_answers_sources(cm_builder *builder, const critmin_model *model, const int32_t *editions, int32_t n,
                        cm_buffer *text);

#endif
