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

extern const char cm_eu_source[], cm_eu_substitution[];
cm_eu_terms cm_eu_terms_of(const critmin_model *model, const cm_values *values);

/* What the study prints of a stage: the market of its producers, what is made, else what could be; and the Union's
 * suppliers, its members' own output among them, of the stage or else of the group that its mineral belongs to. NULL
 * where it prints none. */
const cm_model_market *cm_eu_market(const critmin_model *model, int32_t stage, int32_t edition);
const cm_flow_market *cm_eu_sourcing(const critmin_model *model, int32_t stage, int32_t edition);
const cm_model_parameter *cm_eu_printed(const critmin_model *model, int32_t mineral, int32_t stage, const char *name,
                                        int32_t edition);
/* The year that the study's figures of a stage end in, and by *first the one they begin in; 0 where it has none; its
 * own year where it prints indices alone. */
int32_t cm_eu_study_year(const critmin_model *model, const cm_eu_terms *terms, int32_t stage, int32_t *first);

/* What is on record for a year. */
typedef struct cm_eu_question {
  const critmin_model *model;
  const cm_values *values;
  cm_eu_terms terms;
  const char *stage; /* key; NULL: any */
  int32_t year;
  int asked; /* for the year; else whether it is one to tell of */
} cm_eu_question;
int cm_eu_stage_on_record(const cm_eu_question *question, int32_t stage);

/* Whether a mineral itself, not its members, has anything. */
typedef int (*cm_eu_has)(const cm_eu_question *question, int32_t mineral);
int cm_eu_supply_has(const cm_eu_question *question, int32_t mineral);
int cm_eu_any_has(const cm_eu_question *question, cm_eu_has has, int32_t mineral, int depth);

/* The minerals that stand for one: itself, or those of its members, and of groups among them, that have anything. */
typedef struct cm_eu_parts {
  int32_t *mineral; /* the caller's to free */
  int32_t n;
  int missing; /* some have nothing */
} cm_eu_parts;
critmin_status cm_eu_parts_of(const cm_eu_question *question, cm_eu_has has, int32_t mineral, cm_eu_parts *parts,
                              critmin_error *error);

critmin_status cm_eu_check(const cm_plan *plan, const cm_values *values, critmin_error *error);
int32_t cm_eu_year(const cm_plan *plan, const cm_values *values);
int cm_eu_supply_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                           int asked);
int cm_eu_importance_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage,
                               int32_t year, int asked);
critmin_status cm_eu_supply(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error);
critmin_status cm_eu_importance(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error);

#endif
