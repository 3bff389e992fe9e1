/* SPDX-License-Identifier: MIT */
/* The chain of a user as amounts, for questions that shares alone do not answer. */
#ifndef CM_METRICS_ORIGIN_AMOUNTS_H
#define CM_METRICS_ORIGIN_AMOUNTS_H

#include "metrics/metric_origin.h"

typedef struct cm_amounts_stage {
  double *output, *use, *yield, *imports, *exports; /* by country */
  double *quantity;                                 /* of each flow */
  int32_t *importer, *exporter;
  int64_t n;
} cm_amounts_stage;

/* Stages from the one traced to up to the user's. It comes zeroed; freed with cm_amounts_free(), after a failure too. */
typedef struct cm_amounts {
  int32_t stages, countries;
  int32_t buyer; /* country of the network that has what is asked about */
  cm_amounts_stage *stage;
  critmin_network *network;
} cm_amounts;

/* Whether a list has every pair of countries at a stage. */
int cm_amounts_are_listed(const cm_chain *chain, int32_t stage);
/* All amounts, of a user whose own stage is listed. */
critmin_status cm_amounts_listed(cm_amounts *amounts, cm_trail *trail, critmin_error *error);
/* Only what the user needs for its demand. `more` countries follow that have nothing yet; the network is made once they
 * have, by the next. */
critmin_status cm_amounts_of_demand(cm_amounts *amounts, cm_trail *trail, double demand, int32_t more,
                                    critmin_error *error);
critmin_status cm_amounts_network(cm_amounts *amounts, critmin_error *error);
void cm_amounts_free(cm_amounts *amounts);

#endif
