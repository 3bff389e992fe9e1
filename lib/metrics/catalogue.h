/* SPDX-License-Identifier: MIT */
/*
 * The catalogue: metrics and their parameters as data, and what happens between a selection and a kernel: parameters
 * are read, the selection becomes rows (catalogue_parties.c, catalogue_plan.c, catalogue_user.c), each row's market is
 * assembled (catalogue_market.c) and evaluated (catalogue_evaluate.c), or its user's balance (use.h,
 * metric_dependency.c); the answers are then put in the order asked for (catalogue_answers.c).
 */
#ifndef CM_METRICS_CATALOGUE_H
#define CM_METRICS_CATALOGUE_H

#include <stddef.h>
#include <stdint.h>

#include "base/selection.h"
#include "base/text.h"
#include "critmin/concentration.h"
#include "critmin/dependency.h"
#include "critmin/metric.h"
#include "model/model.h"

/* Metrics
 * ---------------------------------------------------------------------------------------------------------------- */

typedef enum cm_parameter_type {
  CM_PARAMETER_NUMBER,
  CM_PARAMETER_INTEGER,
  CM_PARAMETER_FLAG,
  CM_PARAMETER_WORD,
  CM_PARAMETER_TEXT
} cm_parameter_type;

typedef struct cm_parameter {
  const char *name;
  cm_parameter_type type;
  const char *initial; /* "" where there is none */
  double low, high;    /* of numbers; high may be INFINITY, which is then a value that may be given */
  const char *words;   /* of words, separated by | */
  const char *unit, *source, *text;
} cm_parameter;

/* The parameters that every metric over a market has come first, in this order, some of which those about a user have
 * too; then a metric's own. */
enum {
  CM_P_MEASURE,
  CM_P_RESIDUAL,
  CM_P_UNLISTED_MAX,
  CM_P_UNLISTED_CUTOFF,
  CM_P_LISTED_ONLY,
  CM_P_OUTLOOK,
  CM_P_SCENARIO,
  CM_P_OWN,
  CM_PARAMETERS_MAX = CM_P_OWN + 12
};
enum { CM_OUTLOOK_ANY, CM_OUTLOOK_ACTUAL, CM_OUTLOOK_PROJECTED };

/* Own parameters of the metrics about users, by place; a metric may have fewer. */
enum { CM_OWN_PUBLISHED, CM_OWN_UNRECORDED, CM_OWN_BY = CM_OWN_PUBLISHED, CM_OWN_NETTING = 2, CM_OWN_DENOMINATOR };
enum { CM_PUBLISHED_PREFER, CM_PUBLISHED_ONLY, CM_PUBLISHED_NEVER };
enum { CM_UNRECORDED_NONE, CM_UNRECORDED_UNKNOWN };
enum { CM_NETTING_NET, CM_NETTING_DILUTED };
/* Of the parameter `residual`, after the three that a market has. */
enum { CM_RESIDUAL_UNKNOWN = 3 };
/* Own parameters of n_minus_1. */
enum { CM_OWN_N_MINUS_1_DEMAND, CM_OWN_FORM };
enum { CM_FORM_GROSS, CM_FORM_NET };

typedef struct cm_values {
  double number[CM_PARAMETERS_MAX]; /* a word is its place among the words */
  const char *text[CM_PARAMETERS_MAX];
} cm_values;

/* What a metric is asked about, and what `country` names. */
typedef enum cm_subject {
  CM_SUBJECT_MARKET,   /* the market; groups that count as one producer */
  CM_SUBJECT_COUNTRY,  /* each producer; the countries and groups named */
  CM_SUBJECT_SUPPLIER, /* one producer, the largest unless named */
  CM_SUBJECT_USER,     /* each that uses it: the countries and groups named, or all on record */
  CM_SUBJECT_PAIR,     /* a user and one that supplies it: the partners named, or all on record */
  CM_SUBJECT_ASSESSED  /* whom the assessment is made for: the countries and groups named, or its own */
} cm_subject;

typedef struct cm_call {
  const double *quantity, *governance;
  int64_t n, index;
  const double *own; /* values of the metric's own parameters */
  const double *trade;       /* the greatest trade parameter, which weights are over, once for each */
  double trade_highest;
  double demand, own_demand; /* of all, and of the producer's country; NaN where not known */
} cm_call;

/* A producer as explain shows it. */
typedef struct cm_part {
  double share, quantity, governance; /* governance times the trade parameter, where that counts */
  int64_t rank; /* 0 for the largest */
  int is_subject;
  const double *own;
  double rest_of_demand; /* without that of the producer's country; NaN where nobody asked */
} cm_part;

struct cm_plan;
struct cm_row;
struct cm_use;

/* What is on record of a mineral: something of its own, or something of its members alone. */
enum { CM_ON_RECORD = 1, CM_RECORD_OF_MEMBERS };

/* A metric that puts an answer together from terms of several kinds. */
typedef struct cm_assessment {
  const char *home; /* country it is made for where none is named; NULL: for nobody in particular */
  int home_only;    /* and it cannot be made for another */
  int of_market;    /* it is the same for all: countries that are named for other metrics have no row here */
  int stages, whole; /* rows: one for each stage; one for the mineral, where no stage is named */
  uint32_t common;   /* bits of the parameters of a market that it has */
  /* Whether values that were read go together; NULL: they do. */
  critmin_status (*check)(const struct cm_plan *plan, const cm_values *values, critmin_error *error);
  /* Whether anything is on record of a mineral at a stage (CM_NONE: of the mineral) that answers the year; where no year
   * was asked for, whether the year is one to tell of; how, as a CM_ON_RECORD constant. Not of users, who are on record
   * by what flows into them. */
  int (*on_record)(const struct cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                   int asked);
  /* The year that stands for a mineral that was named, when neither a year was nor anything is on record; NULL: none. */
  int32_t (*year)(const struct cm_plan *plan, const cm_values *values);
  critmin_status (*evaluate)(const struct cm_plan *plan, struct cm_row *row, struct cm_use *use, critmin_error *error);
} cm_assessment;

/* A metric about a user: what of its balance it needs, and how. */
typedef struct cm_dependency {
  /* Bits of the terms it rests on, where consumption is computed and where it is printed. */
  int32_t terms, with_printed;
  int exports; /* whether flows are needed by exporter */
  critmin_status (*kernel)(const critmin_balance *balance, critmin_answer *answer, critmin_error *error);
  int32_t adds;  /* bits of the terms whose parts add up to the answer, over a common divisor */
  int published; /* measure in which publishers print the metric, or what it follows from; CM_NONE */
  void (*of_published)(critmin_answer *answer); /* from that to the metric; NULL: it is the metric */
  int is_part;                                  /* of a pair: what production adds to a partner's part is lost too */
  const cm_assessment *assessment;              /* of a metric that is neither: everything else, and no kernel */
} cm_dependency;

typedef struct cm_metric {
  const char *name, *unit; /* unit NULL: that of the market */
  double low, high; /* range; high INFINITY where it has no end */
  cm_subject subject;
  int32_t verified, governed; /* governed: squares are weighted by governance */
  const char *citation, *text;
  const cm_parameter *own;
  int n_own;
  critmin_status (*kernel)(const cm_call *call, const critmin_supply *supply, critmin_answer *answer,
                           critmin_error *error);
  double (*contribution)(const cm_part *part); /* NULL: producers add nothing by themselves */
  int traded; /* and by the trade parameter */
  const cm_dependency *dependency;             /* of a metric about users, which has no kernel over a market */
} cm_metric;

extern const cm_metric cm_metrics[];
extern const int cm_n_metrics;

/* GeoPolRisk (metric_geopolrisk.c). */
extern const cm_dependency cm_geopolrisk_score, cm_geopolrisk_midpoint, cm_geopolrisk_cf;

int cm_metric_parameters(const cm_metric *metric);
const cm_parameter *cm_metric_parameter(const cm_metric *metric, int i);
/* Whether the metric has the parameter at that place: of those of a market, the ones about users have a few. */
int cm_metric_has(const cm_metric *metric, int i);
int cm_metric_is_of_user(const cm_metric *metric);
/* NULL where it is none. */
const cm_assessment *cm_metric_assessment(const cm_metric *metric);
/* CM_NONE when there is none. */
int cm_metric_find(const char *name);
critmin_status cm_metric_unknown(const char *name, critmin_error *error);

/* The kernels behind the metrics, by file. */
critmin_status cm_kernel_share(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_n_minus_1(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_hhi(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_hhi_normalised(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_cr1(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_cr3(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_cr5(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_effective_number(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_shannon(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_evenness(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_hhi_wgi(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
critmin_status cm_kernel_hhi_wgi_t(const cm_call *, const critmin_supply *, critmin_answer *, critmin_error *);
void cm_published_sufficiency(critmin_answer *answer);
void cm_published_exposure(critmin_answer *answer);
double cm_contribution_share(const cm_part *part);
double cm_contribution_n_minus_1(const cm_part *part);
double cm_contribution_hhi(const cm_part *part);
double cm_contribution_cr1(const cm_part *part);
double cm_contribution_cr3(const cm_part *part);
double cm_contribution_cr5(const cm_part *part);
double cm_contribution_shannon(const cm_part *part);
double cm_contribution_hhi_wgi(const cm_part *part);

/* Governance: the six dimensions, and what they say of a country in a year. */
enum { CM_DIMENSIONS_OF_GOVERNANCE = 6 };
extern const char *const cm_governance_dimensions[CM_DIMENSIONS_OF_GOVERNANCE];
enum { CM_OWN_WGI_WORST, CM_OWN_WGI_BEST, CM_OWN_WGI_YEARS, CM_OWN_TRADE_MEMBER, CM_OWN_TRADE_HIGHEST,
       CM_OWN_TRADE_FROM, CM_OWN_TRADE_IMPORTER };
enum { CM_TRADE_PARAMETERS, CM_TRADE_RESTRICTIONS };
typedef struct cm_governance_score {
  double weight; /* NaN where there is none */
  uint64_t flags;
  int32_t indicator[CM_DIMENSIONS_OF_GOVERNANCE],
      place[CM_DIMENSIONS_OF_GOVERNANCE]; /* in the model's scores, or CM_NONE */
} cm_governance_score;
critmin_status cm_governance_of(const critmin_model *model, int32_t country, int32_t year, const double *own,
                                cm_governance_score *score, critmin_error *error);

/* Parameters
 * ------------------------------------------------------------------------------------------------------------- */

/* The values in force for a metric that is asked for by this selection. */
critmin_status cm_values_read(const cm_metric *metric, const critmin_selection *selection, cm_values *values,
                              critmin_error *error);
/* Options that no metric asked for has: PARAMETER. */
critmin_status cm_options_check(const critmin_selection *selection, const int *metrics, size_t n, critmin_error *error);
/* The values that are not the initial ones, as `name=value;name=value`. */
void cm_values_text(const cm_metric *metric, const cm_values *values, cm_buffer *text);

/* Plan
 * -------------------------------------------------------------------------------------------------------------------
 */

/* A country, or a group that counts as one producer. */
typedef struct cm_party {
  int32_t country, group; /* one of them CM_NONE */
} cm_party;

/* Partners that are no country of their own. */
enum { CM_PARTNER_ITSELF = -2 };

typedef struct cm_row {
  int32_t metric; /* place in the plan's metrics */
  int32_t mineral, stage, year; /* stage CM_NONE: of the mineral */
  const cm_model_market *market; /* NULL: nothing is on record */
  int32_t country;               /* producer that the row is about, or CM_NONE */
  int32_t party;                 /* place in the plan's parties, or CM_NONE */
  int32_t order;                 /* of the rows of one market */
  int32_t undefined;             /* a group that has no members on that day */
  int32_t missing;               /* of an assessment: told whatever the answer is */
  int32_t partner;               /* country, CM_PARTNER_ITSELF, or CM_NONE */
  int32_t partner_party;         /* place in the plan's partners, or CM_NONE */
  int32_t partner_order;         /* of the partners of one user */
  int32_t at;                    /* stage that it is traced to, where the caller named none; CM_NONE */
  critmin_answer answer;
  /* Of a row about a user: its partners' rows, where it has any, and the editions behind the answer. Partners' rows
   * borrow the editions of the user's. */
  struct cm_row *pairs;
  size_t n_pairs, pairs_room;
  int32_t *editions;
  int32_t n_editions;
  double rest_of_demand; /* without the producer's own, where the row asks for it */
  const char *unit;      /* NULL: the metric's */
} cm_row;

typedef struct cm_plan {
  const critmin_model *model;
  int *metrics; /* places in cm_metrics */
  cm_values *values;
  size_t n_metrics;
  cm_party *parties, *partners; /* named along `country` and `partner`, by key */
  size_t n_parties, n_partners;
  cm_party *groups; /* those of the parties that are groups: a market counts each as one producer */
  size_t n_groups;
  int32_t day; /* on which groups are taken, or 0: the middle of each year */
  cm_row *rows;
  size_t n_rows, rows_room;
  struct cm_ledger *ledger; /* what rows about users share; NULL where there are none */
  int named;                /* cells that are missing are told, not passed over */
  int newest, by_value;     /* only the newest year of each; in order of the values */
  const cm_row **answers;   /* rows in the order of the table, once evaluated */
  size_t n_answers;
} cm_plan;

critmin_status cm_plan_make(cm_plan *plan, const critmin_model *model, const critmin_selection *selection,
                            critmin_error *error);
void cm_plan_free(cm_plan *plan);
/* What a selection may say to other functions, and means nothing to these metrics, is refused. */
critmin_status cm_plan_check_dimensions(const cm_plan *plan, const critmin_selection *selection, critmin_error *error);
critmin_status cm_plan_read_parties(cm_plan *plan, const critmin_selection *selection, critmin_error *error);
/* Whether any of the metrics is about one of the subjects. */
int cm_plan_any_about(const cm_plan *plan, cm_subject first, cm_subject last);
/* Rows about users: what is on record of a stage in a year, and one row for each user. */
int cm_users_on_record(const cm_plan *plan, int32_t metric, int32_t stage, int32_t year);
typedef int (*cm_user_row)(void *making, int32_t metric, int32_t stage, int32_t year, int32_t country);
int cm_users_each(const cm_plan *plan, int32_t metric, int32_t stage, int32_t year, cm_user_row row, void *making);
/*
 * Rows of an assessment of one mineral: of its stages, of the mineral, and of its members where it has nothing itself.
 * The year 0 asks for all there are.
 */
typedef struct cm_asking {
  cm_plan *plan;
  int32_t metric;
  int (*stage_is_asked)(const void *making, int32_t stage);
  int any_stage; /* none is named */
  int named;     /* minerals are: what is not on record is told too */
  int32_t first_year, last_year;
  /* `missing`: it is to be told even if nothing is known. */
  int (*row)(void *making, int32_t metric, int32_t mineral, int32_t stage, int32_t year, int32_t country, int32_t party,
             int missing);
  void *making;
} cm_asking;
/* 0 when memory ran out. */
int cm_assessed_each(const cm_asking *asking, int32_t mineral);

/* The answers of evaluated rows: each partner's by itself, without what was not asked for by name and has no data. */
critmin_status cm_plan_answers(cm_plan *plan, critmin_error *error);
/* Evaluates all rows and puts the answers in order. */
critmin_status cm_plan_evaluate(cm_plan *plan, int32_t threads, critmin_progress progress, void *user,
                                critmin_error *error);
const char *cm_party_key(const critmin_model *model, const cm_party *party);
int cm_party_has(const critmin_model *model, const cm_party *party, int32_t country, int32_t day);
/* Day on which groups are taken for a row of that year. */
int32_t cm_plan_day(const cm_plan *plan, int32_t year);

/* Markets
 * ---------------------------------------------------------------------------------------------------------------- */

typedef struct cm_listed {
  int32_t country, figure; /* figure CM_NONE: a producer that only the total's exclusions tell of */
  int32_t party;           /* place among the parties, or CM_NONE */
  int32_t outside;
  double quantity, low, high; /* in the market's basis; NaN where unknown */
} cm_listed;

typedef struct cm_assembled_party {
  int64_t cell;
  int32_t listed;   /* members that the market lists */
  int32_t unlisted; /* members that it does not, so that part of a residual may be theirs */
} cm_assembled_party;

/* A market as the kernels take it: the producers that stand for themselves, then one for each party. Memory is reused.
 */
typedef struct cm_assembly {
  const critmin_model *model;
  const cm_model_market *market;
  int32_t year, day;
  cm_listed *listed;
  int64_t n_listed;
  cm_assembled_party *parties;
  int64_t n_parties;
  double *quantity, *low, *high, *weight, *weight_low, *weight_high, *trade;
  double trade_highest;
  int32_t *outside, *country; /* country CM_NONE: a party */
  int64_t n, room;
  critmin_supply supply;
  uint64_t flags;
  int unsafe; /* what is known does not bound it: the metric's range does */
} cm_assembly;

critmin_status cm_assemble(cm_assembly *assembly, const critmin_model *model, const cm_model_market *market,
                           int32_t year, const cm_values *values, const cm_party *parties, size_t n_parties,
                           int32_t day, critmin_error *error);
void cm_assembly_free(cm_assembly *assembly);
/* Whether producers are printed as not available and nothing is said of the total, not even its least. */
int cm_assembly_is_open(const cm_assembly *assembly);
/* What a figure's status says of an answer. */
uint64_t cm_figure_flags(const cm_figures *figures, int32_t figure);

/*
 * Demand of all, and of the country or group that a row about a producer is about, for the net form: what is printed of
 * them, consumption before demand by sector; of all, the caller's, or else what is supplied. The use keeps what it
 * rests on.
 */
critmin_status cm_demand_of(const cm_plan *plan, cm_row *row, const cm_assembly *assembly, struct cm_use *use,
                            double *demand, double *own_demand, critmin_error *error);
/* What a thread works with, one row after the other. */
typedef struct cm_workspace {
  cm_assembly assembly;
  struct cm_use *use;
  int tells; /* whether the use keeps what it rests on */
} cm_workspace;
void cm_workspace_free(cm_workspace *workspace);

/* The answer of one row. Where the row's producer is the largest, row->country is set to it. */
critmin_status cm_evaluate(const cm_plan *plan, cm_row *row, cm_workspace *workspace, critmin_error *error);
/* The cell of the producer that a row is about, once evaluated; -1 when it is about the market. */
int64_t cm_row_cell(const cm_row *row, const cm_assembly *assembly);

#endif
