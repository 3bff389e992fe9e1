/* SPDX-License-Identifier: MIT */
/* A composite indicator as its JSON says: which metrics are its criteria, and how they make a score. docs/composites.md
 */
#ifndef CM_METRICS_COMPOSITE_DEFINITION_H
#define CM_METRICS_COMPOSITE_DEFINITION_H

#include "base/json.h"
#include "critmin/composite.h"
#include "critmin/selection.h"

/* What a composite is of. */
enum { CM_ITEMS_MINERAL, CM_ITEMS_STAGE };
/* Which of several stages of a mineral stands for it. */
enum { CM_STAGES_GREATEST, CM_STAGES_LEAST, CM_STAGES_MEAN };

typedef struct cm_definition_criterion {
  const char *name;                      /* of the metric, where it has none */
  int metric;                            /* place in cm_metrics */
  critmin_selection *asked;              /* the metric and its parameters */
  const char *stage, *country, *partner; /* NULL: those of the question */
  int stages;                            /* a CM_STAGES_ constant */
  critmin_criterion scale;
} cm_definition_criterion;

typedef struct cm_definition {
  cm_json *document;       /* texts are its own */
  const char *name, *note; /* NULL: none */
  int items;
  cm_definition_criterion *criteria;
  double *weight;
  int64_t n;
  critmin_composite composite; /* its weights are `weight` */
} cm_definition;

/* Errors say where in the text they are: FORMAT, UNKNOWN_NAME, PARAMETER, INVALID_VALUE, MISSING_VALUE, ... On failure
 * there is nothing to free. */
critmin_status cm_definition_read(const char *json, cm_definition *definition, critmin_error *error);
void cm_definition_free(cm_definition *definition);

/* Whether the criterion is about the country, or partner, that a question names: the definition names none. The largest
 * producer is lost, and an assessment of one country made, whoever asks. */
int cm_criterion_asks_country(const cm_definition_criterion *criterion);
int cm_criterion_asks_partner(const cm_definition_criterion *criterion);

#endif
