/* SPDX-License-Identifier: MIT */
/*
 * What one user, a country or a group taken as one, makes, brings in and uses of a mineral at a stage in a year: the
 * terms of its balance (balance.c), what its partners deliver (imports.c), and what each rests on. Groups have the
 * flows among their members left out before anything is added up.
 */
#ifndef CM_METRICS_USE_H
#define CM_METRICS_USE_H

#include "critmin/dependency.h"
#include "metrics/catalogue.h"

/* The measures that a balance is read from, by place in cm_ledger. */
typedef enum cm_balance_measure {
  CM_PRODUCTION,
  CM_SECONDARY_PRODUCTION,
  CM_IMPORTS,
  CM_EXPORTS,
  CM_STOCK_RELEASE,
  CM_STOCK_BUILD,
  CM_APPARENT_CONSUMPTION,
  CM_REPORTED_CONSUMPTION,
  CM_DEMAND,
  CM_NET_IMPORT_RELIANCE,
  CM_IMPORT_RELIANCE,
  CM_BALANCE_MEASURES
} cm_balance_measure;

/* Flows of a market by exporter: those of country c are flow[start[c]] to flow[start[c + 1] - 1], counted from the
 * market's first. NULL where nobody asks. */
typedef struct cm_exporters {
  int32_t *start, *flow;
} cm_exporters;

/* What all users share: places that are looked up by name, and the flows turned round. */
typedef struct cm_ledger {
  int32_t measure[CM_BALANCE_MEASURES];
  int32_t world, others;   /* places of the countries that stand for them, or CM_NONE */
  int32_t dimension[CM_DIMENSIONS_OF_GOVERNANCE]; /* places of the indicators, or CM_NONE */
  cm_exporters *exporters; /* by flow market; NULL where no metric needs exports */
} cm_ledger;

critmin_status cm_ledger_make(cm_plan *plan, critmin_error *error);
/* Turns the flows round that the plan's rows need by exporter. */
critmin_status cm_ledger_turn(cm_plan *plan, critmin_error *error);
void cm_ledger_free(cm_plan *plan);

/* What an answer may rest on. */
enum {
  CM_TERM_PRODUCTION,
  CM_TERM_SECONDARY,
  CM_TERM_IMPORTS,
  CM_TERM_EXPORTS,
  CM_TERM_STOCKS,
  CM_TERM_CONSUMPTION,
  CM_TERM_PUBLISHED,
  CM_TERM_DELIVERIES,
  CM_TERM_ASSESSMENT, /* whatever else an assessment takes */
  CM_TERMS
};
#define CM_BIT(term) (1 << (term))

/* Rows of the store that are neither figures nor flows, by place in the model. */
typedef enum cm_fact {
  CM_NO_FACT,
  CM_FACT_PARAMETER,
  CM_FACT_PRICE,
  CM_FACT_END_USE,
  CM_FACT_INDUSTRY,
  CM_FACT_SCORE,
  CM_FACT_ASSUMPTION,
  CM_FACT_COMMITMENT,
  CM_FACT_STAGE
} cm_fact;

/* A row of the store behind a term: a figure, a flow, or another fact. */
typedef struct cm_evidence {
  int32_t term;
  const char *role;
  const cm_model_market *market;
  int32_t figure; /* or CM_NONE */
  const cm_flow_market *flow_market;
  int64_t flow; /* or CM_NONE */
  int32_t by;   /* how it is counted */
  double adds;  /* to the term, in its unit; NaN: nothing by itself */
  cm_fact fact;
  int32_t place;
  int32_t country, indicator; /* of a score */
} cm_evidence;

typedef struct cm_cited {
  int32_t edition, terms; /* bits */
} cm_cited;

/* How deliveries are counted. */
enum { CM_BY_ANY, CM_BY_QUANTITY, CM_BY_VALUE, CM_BY_SHARE };

/* What one partner delivers. */
typedef struct cm_delivery {
  int32_t country;
  critmin_interval amount; /* of one that is withheld the value is NaN, and so is a high end that nothing bounds */
  uint64_t flags;
} cm_delivery;

/* What all partners deliver to a user, by one source, counted in one way. */
typedef struct cm_imports {
  const cm_flow_market *market; /* NULL: nothing is on record */
  int by, by_members; /* by_members: added up from the lists of a group's members */
  cm_delivery *from;  /* partners outside the user, by place; those printed as others are in `rest` */
  int64_t n;
  double listed;          /* sum of what is known of partners outside */
  double inside;          /* what members deliver to one another, or to the union they make up */
  critmin_interval rest;  /* what the listed leave: high NaN where it is not known */
  double elsewhere;       /* part of it under trade codes of which no partner is named: the listed may have it too */
  critmin_interval total; /* from outside; NaN where it is not known */
  uint64_t flags;
} cm_imports;

/* What is summed of one partner, be it inside the user. */
typedef struct cm_summing {
  double known, open; /* open: most that its flows of unknown size hold together; NaN where nothing bounds them */
  uint64_t flags;
  int32_t seen, unknown; /* flows, and those of unknown size */
} cm_summing;

struct cm_chain;
typedef struct cm_use {
  const critmin_model *model;
  const cm_ledger *ledger;
  const cm_values *values;
  int32_t stage, year, day;
  cm_party party;
  int32_t area;           /* country whose statistics are the user's: itself, or a union's; CM_NONE */
  unsigned char *inside;  /* of each country: 1 where it is the user or a member */
  int32_t *members;       /* the countries inside */
  int32_t n_members;
  critmin_balance balance;
  uint64_t flags[CM_TERMS];
  cm_imports imports;
  cm_cited *cited;
  size_t n_cited, cited_room;
  int tells; /* whether evidence is wanted */
  cm_evidence *evidence;
  size_t n_evidence, evidence_room;
  cm_assembly assembly;
  cm_summing *sums; /* one for each country */
  struct {
    const cm_flow_market *market;
    int32_t hs, basis;
    double factor;
  } factor_of; /* the factor looked up last */
  int32_t terms;          /* bits of those that enter the answer */
  int32_t untold;         /* bits of those of which the interval alone is told */
  double scale[CM_TERMS]; /* from what evidence adds to a term to what it adds to the answer; NaN: nothing */
  int failed;             /* memory ran out */
  struct {
    const cm_model_market *market;
    const cm_values *values;
    critmin_interval amount;
    uint64_t flags;
    int32_t untold;
  } of_unlisted;          /* production of whoever the market looked at last does not list */
  struct cm_world *world; /* what does not depend on the user (geopolrisk_world.h); NULL until somebody asks */
  struct cm_chain *chain; /* that was followed last, or NULL */
} cm_use;

/* The party, or the group whose statistics as one stand under it where it is a union. */
cm_party cm_party_whole(const critmin_model *model, cm_party party, int32_t day);

/* Begins with another user; memory is kept. A use that is all zero is a new one. */
critmin_status cm_use_begin(cm_use *use, const cm_plan *plan, const cm_values *values, int32_t stage, int32_t year,
                            cm_party party, critmin_error *error);
/* Goes on with another stage; what is told and cited so far stays. */
void cm_use_move(cm_use *use, int32_t stage);
void cm_use_free(cm_use *use);

/* Notes what a term rests on. */
void cm_use_cite(cm_use *use, int32_t term, int32_t edition);
void cm_use_tell_figure(cm_use *use, int32_t term, const char *role, const cm_model_market *market, int32_t figure,
                        double adds);
void cm_use_tell_fact(cm_use *use, int32_t term, const char *role, cm_fact fact, int32_t place, double adds);
/* An indicator's score of a country. */
void cm_use_tell_score(cm_use *use, int32_t term, int32_t country, int32_t indicator, int32_t place);
void cm_use_tell_flow(cm_use *use, int32_t term, const char *role, const cm_flow_market *market, int64_t flow,
                      double adds);

extern const critmin_interval cm_unknown, cm_nothing;
int cm_is_known(critmin_interval interval);
critmin_interval cm_plus(critmin_interval a, critmin_interval b);
/* Flags of a figure and of its market. */
uint64_t cm_market_flags(const critmin_model *model, const cm_model_market *market, int32_t figure);

/* A figure as an interval in the market's basis; unknown where nothing bounds it from above. */
critmin_interval cm_figure_interval(const cm_figures *figures, int32_t figure);

/*
 * What publishers print of the user as a measure by country: that of its area, else the members' together. 0 when
 * nothing is on record; then the amount is unknown. Signs of the term are the caller's.
 */
int cm_use_read(cm_use *use, cm_balance_measure measure, int32_t term, double sign, critmin_interval *amount);
/* The same of one country alone. */
int cm_use_read_country(cm_use *use, cm_balance_measure measure, int32_t country, int32_t term, double sign,
                        critmin_interval *amount);
/* Its figure and the market of that, with the market and figure, whatever it is a share of. NULL when there is none. */
const cm_model_market *cm_use_figure(const cm_use *use, cm_balance_measure measure, int32_t country, int32_t *figure);

/* Production of the user, or of a partner inside it, as the market of producers tells it. */
critmin_status cm_use_production(cm_use *use, const cm_party *of, critmin_interval *amount, uint64_t *flags,
                                 critmin_error *error);
/* Fills the terms of the balance that are among the bits; with a published consumption only those of `with_printed`. */
critmin_status cm_use_balance(cm_use *use, int32_t terms, int32_t with_printed, critmin_error *error);

/*
 * Chooses the first source by rank that can tell what comes in, counted in one of the ways, in the order given, and
 * adds it up. One that leaves an unknown rest to others waits for those that know the total, unless it was asked for by
 * name; where `whole` is set it will not do at all. 0 when none can.
 */
int cm_use_imports(cm_use *use, const int *ways, int n_ways, int whole, int diluted);
/* Next market, after one or NULL, that answers the year: its own year before a mean, then by rank. */
const cm_flow_market *cm_next_flow_market(const critmin_model *model, int32_t stage, int32_t year,
                                          const cm_flow_market *after);
/* A flow's number, counted so: in the basis of the stage's market, in money, or as a share; NaN where it has none. */
double cm_use_flow(cm_use *use, const cm_flow_market *market, int64_t flow, int by);
/* Flags of the flow whose number was taken last. */
uint64_t cm_use_flow_flags(const cm_use *use, int64_t flow, int by);
/* Whether the country stands for partners that are not named. */
int cm_is_unnamed(const critmin_model *model, int32_t country);
/* Exports of the user in tonnes by its flows; 0 when they are not known. */
int cm_use_exports(cm_use *use, critmin_interval *amount);
/* What those inside the user that a partner stands for deliver to it, or are counted with. */
double cm_use_from_inside(const cm_use *use, const cm_party *partner);
/* Exports of the user to a partner, in the market its imports were taken from; unknown where pairs may be missing. */
critmin_interval cm_use_exports_to(cm_use *use, const cm_party *partner);
/* Tells the flows of the deliveries of those whom a partner stands for (NULL: all) and the totals beside them. */
void cm_use_tell_imports(cm_use *use, int32_t term, const cm_party *partner, double scale);

/* The answers of a row about a user: one, or one for each partner. */
critmin_status cm_evaluate_user(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error);
critmin_status cm_evaluate_pairs(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error);
/* Keeps the editions behind the terms that entered the row's answer, and what it says of them. */
critmin_status cm_row_cite(cm_row *row, const cm_use *use, critmin_error *error);
/* What of a residual may be somebody's who is not listed, as the parameter says: a part of it, or NaN for its interval
 * alone. */
double cm_use_residual(const cm_use *use, double residual);
/* Flags of all terms that enter the answer. */
uint64_t cm_use_flags(const cm_use *use);
/* An answer of a kernel: inputs that contradict one another make one that says so, not a failure. */
critmin_status cm_answer_of(critmin_status status, critmin_answer *answer);

#endif
