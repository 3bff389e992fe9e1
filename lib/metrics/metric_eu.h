/* SPDX-License-Identifier: MIT */
/* The European Commission's supply risk and economic importance in the catalogue. */
#ifndef CM_METRICS_METRIC_EU_H
#define CM_METRICS_METRIC_EU_H

#include "metrics/use.h"

/* The Union, under which its statistics as one are published. */
#define CM_EU_HOME "EUU"

/* Own parameters, by place: those of both, then of supply risk, or of economic importance. */
enum { CM_EU_EDITION, CM_EU_FIGURES };
enum { CM_EU_RESIDUAL = 2, CM_EU_WGI_WORST, CM_EU_WGI_BEST, CM_EU_WGI_FIRST, CM_EU_WGI_LAST };
enum { CM_EU_RENORMALISE = 2 };
enum { CM_EU_PRINTED, CM_EU_RANKED };

/* What one answer is made from. */
typedef struct cm_eu_terms {
  int32_t edition; /* of the method */
  int32_t study;   /* edition of the study in the store, or CM_NONE: the newest of each figure */
  int ranked;
  char preset[16];
  uint64_t flags;
} cm_eu_terms;

extern const char cm_eu_source[];
cm_eu_terms cm_eu_terms_of(const critmin_model *model, const cm_values *values);

critmin_status cm_eu_check(const cm_plan *plan, const cm_values *values, critmin_error *error);
int32_t cm_eu_year(const cm_plan *plan, const cm_values *values);
int cm_eu_supply_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                           int asked);
int cm_eu_importance_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage,
                               int32_t year, int asked);
critmin_status cm_eu_supply(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error);
critmin_status cm_eu_importance(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error);

#endif
