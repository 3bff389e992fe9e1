/* SPDX-License-Identifier: MIT */
/* What assessments share: parameters and scores by edition and year, and lists of producers or suppliers with the
 * governance and trade parameter of each. */
#ifndef CM_METRICS_ASSESS_H
#define CM_METRICS_ASSESS_H

#include "critmin/criticality.h"
#include "metrics/use.h"

/* A parameter of one edition, or with CM_NONE of the newest; of the stage, or of the mineral with CM_NONE. CM_NONE when
 * there is none. */
int32_t cm_parameter_in(const critmin_model *model, int32_t mineral, int32_t stage, int32_t country, const char *name,
                        int32_t edition);
/* The edition of a source by its key, CM_NONE when the store has none. */
int32_t cm_edition_of(const critmin_model *model, const char *source, const char *key);
/* A parameter as an interval; unknown where there is none. Told as `role`. */
critmin_interval cm_take_parameter(cm_use *use, int32_t mineral, int32_t stage, int32_t country, const char *name,
                                   int32_t edition);

/* W of a country from the mean of its estimates over the years, both included; told where the use tells. */
critmin_status cm_governance_over(cm_use *use, int32_t country, int32_t first_year, int32_t last_year, double worst,
                                  double best, double *weight, uint64_t *flags, critmin_error *error);

/* Which trade parameters are taken: those of an edition (CM_NONE: the newest), and what stands for one that is missing:
 * that of members of the European Union, or 1. */
typedef struct cm_trade_terms {
  int32_t edition;
  double member, highest;
  int applies;         /* 0: all are 1 */
  int32_t union_of;    /* group of the members, or CM_NONE */
  int by_restrictions; /* not parameters, but the measures in force */
  cm_party importer;   /* whom these have to bind; nobody: everybody */
} cm_trade_terms;
cm_trade_terms cm_trade_terms_of(const critmin_model *model, int32_t edition, double member);
/* As the parameters of hhi_wgi_t say, and whether these can be answered from the store. */
cm_trade_terms cm_trade_terms_asked(const critmin_model *model, const cm_values *values);
critmin_status cm_trade_check(const critmin_model *model, const cm_metric *metric, const cm_values *values,
                              critmin_error *error);

/* A trade parameter, and what it rests on, if on anything. */
typedef struct cm_trade {
  double value, low, high;
  int32_t parameter; /* or CM_NONE */
  const cm_model_restriction *restriction;
  const cm_model_assumption *assumption;
} cm_trade;
cm_trade cm_trade_find(const critmin_model *model, int32_t stage, int32_t country, int32_t day,
                       const cm_trade_terms *terms);
/* 0 when the country has no measure in force that the table knows; then nothing is written. */
int cm_trade_by_restrictions(const critmin_model *model, int32_t stage, int32_t country, int32_t day,
                             const cm_party *importer, cm_trade *trade);
double cm_trade_of(const critmin_model *model, int32_t stage, int32_t country, int32_t day, const cm_trade_terms *terms,
                   int32_t *parameter);

/* Whose governance is taken how. */
typedef struct cm_governing {
  int32_t first_year, last_year;
  double worst, best;
  cm_trade_terms trade;
} cm_governing;
/* The governance- and trade-weighted index of the cells of a stage, one for each country; told where the use tells. */
critmin_status cm_governed_index(cm_use *use, const int32_t *country, const double *quantity, int64_t n,
                                 const critmin_supply *supply, const cm_governing *how, critmin_answer *answer,
                                 critmin_error *error);

/* The market of producers that answers, as the parameters `outlook` and `scenario` ask; NULL when there is none. */
#define CM_OF_PRODUCTION (1u << CM_P_OUTLOOK | 1u << CM_P_SCENARIO)
const cm_model_market *cm_production_of(const critmin_model *model, const cm_values *values, int32_t stage,
                                        int32_t year);
int cm_production_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                            int asked);

/* Assembles a market without parties, and tells its figures. */
critmin_status cm_assess_market(cm_use *use, const cm_model_market *market, const char *role, critmin_error *error);
/* What the market's gaps make of an answer whose range is 0 to `highest`. */
void cm_assess_gaps(const cm_use *use, double highest, critmin_answer *answer);

/* Answer as a term of another one; unknown where it has no value and no bounds. */
critmin_interval cm_answer_interval(const critmin_answer *answer);

/* What supplies a user, by country. */
typedef struct cm_cells {
  int32_t *country;
  double *quantity, *low, *high; /* quantity NaN where only the interval is known */
  int64_t n, room;
  int64_t n_partners;    /* the first; then what the user makes itself */
  critmin_interval own;  /* all that it makes */
  critmin_interval rest; /* of partners that are not named */
  double inside;         /* what members deliver to one another; left out */
  uint64_t flags;
} cm_cells;
void cm_cells_free(cm_cells *cells);
/*
 * Partners, and with `with_own` what the user makes itself, country by country: in tonnes, or as the shares or the
 * money of all that comes in where nothing is made at home or the list counts it. *found is 0 when nobody tells.
 */
critmin_status cm_cells_of_supply(cm_cells *cells, cm_use *use, int with_own, int *found, critmin_error *error);

#endif
