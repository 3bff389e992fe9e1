/* SPDX-License-Identifier: MIT */
/* What GeoPolRisk takes of the world, and shares among all importers of a stage in a year. */
#ifndef CM_METRICS_GEOPOLRISK_WORLD_H
#define CM_METRICS_GEOPOLRISK_WORLD_H

#include "critmin/criticality.h"
#include "metrics/prices.h"
#include "metrics/use.h"

/* Of one year, by country, filled as they are asked for. */
typedef struct cm_risks {
  int32_t year;
  double *risk; /* NaN where there is no score, and above 1 where nobody asked */
  uint64_t *flags;
  int32_t *place; /* in the model's scores */
} cm_risks;

typedef struct cm_world {
  const cm_values *values; /* of the metric it was made for; NULL: of none yet */
  int32_t stage, year;
  const cm_model_market *market; /* of production, or NULL */
  critmin_answer hhi;
  cm_prices prices;
  critmin_geopolrisk terms; /* as critmin_geopolrisk_init() leaves them */
  int32_t stability;        /* the indicator, or CM_NONE */
  double worst, best;       /* ends of its scale */
  cm_risks *years, *risks;  /* risks: of the year looked at */
  size_t n_years, years_room;
  /* Partners of one importer, filled anew for each. */
  double *imports, *low, *high, *risk;
  int32_t *country; /* CM_NONE of what is not told */
  cm_workspace workspace;
} cm_world;

/* Sees to it that the use's world is that of its stage and year; `form` of the price, NULL where none is needed. */
critmin_status cm_world_of(cm_use *use, const char *form, critmin_error *error);
critmin_status cm_world_risk(cm_use *use, int32_t country, double *risk, critmin_error *error);
void cm_world_free(cm_world *world);

/* The method's scale of stability, and the risk on it, of an answer that was checked (criticality_geopolrisk.c). */
void cm_geopolrisk_scale(double *worst, double *best);
critmin_status cm_geopolrisk_risk(double stability, double worst, double best, critmin_answer *answer,
                                  critmin_error *error);

#endif
