/* SPDX-License-Identifier: MIT */
/*
 * A model as the rooms that compute see it: dictionaries, markets with their figures, indicators and flows, all by
 * place (an index from 0), never by the store's ids. Nothing changes once critmin_model_load() is done, so any number
 * of threads may read.
 */
#ifndef CM_MODEL_MODEL_H
#define CM_MODEL_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "critmin/model.h"
#include "model/arena.h"

enum { CM_NONE = -1 };

/* Words of closed lists, in the order of their codes. */
typedef enum cm_status_code {
  CM_STATUS_REPORTED,
  CM_STATUS_ESTIMATED,
  CM_STATUS_ZERO,
  CM_STATUS_LESS_THAN_HALF_UNIT,
  CM_STATUS_WITHHELD,
  CM_STATUS_NOT_AVAILABLE,
  CM_STATUS_RESIDUAL,
  CM_STATUS_IMPUTED,
  CM_STATUS_PROJECTED,
  CM_STATUS_ASSUMED,
  CM_STATUSES
} cm_status_code;

typedef enum cm_country_kind {
  CM_IS_COUNTRY,
  CM_IS_FORMER,
  CM_IS_UNION, /* statistics of several states as one */
  CM_IS_WORLD,
  CM_IS_OTHER,
  CM_IS_UNKNOWN,
  CM_COUNTRY_KINDS
} cm_country_kind;
typedef enum cm_stage_kind {
  CM_MINING,
  CM_CONCENTRATE,
  CM_PROCESSING,
  CM_METAL,
  CM_COMPONENT,
  CM_STAGE_KINDS
} cm_stage_kind;

extern const char *const cm_status_words[CM_STATUSES];
extern const char *const cm_country_kind_words[CM_COUNTRY_KINDS];
extern const char *const cm_stage_kind_words[CM_STAGE_KINDS];

typedef struct cm_model_source {
  const char *key, *publisher, *title, *url, *licence;
} cm_model_source;

typedef struct cm_model_edition {
  int32_t source;
  int32_t day;                   /* yyyymmdd */
  const char *key, *title, *url; /* title and url: NULL where they are the source's */
} cm_model_edition;

typedef struct cm_model_country {
  const char *key, *iso2, *m49, *name;
  int32_t kind;  /* cm_country_kind */
  int32_t order; /* place among all countries by key */
} cm_model_country;

typedef struct cm_model_group {
  const char *key, *name;
  int32_t first_member, n_members; /* in `memberships` */
  int32_t area;                    /* country under which its statistics as one are published, or CM_NONE */
} cm_model_group;

typedef struct cm_model_membership {
  int32_t country, from, to; /* days yyyymmdd, both included */
} cm_model_membership;

/* Whether a mineral's figures are here: as asked for, or beside those that were, as those of a group that one belongs to. */
enum { CM_NOT_LOADED, CM_LOADED, CM_LOADED_BESIDE };
/* What is asked of a year may rest on this many years before it, which are loaded with it. */
enum { CM_YEARS_BEFORE = 5 };

typedef struct cm_model_mineral {
  const char *key, *name, *symbol;
  int32_t is_group, loaded; /* a CM_LOADED constant */
  int32_t first_stage, n_stages;
  int32_t first_member, n_members; /* in `members` */
  int32_t first_parameter, n_parameters, first_price, n_prices, first_use, n_uses;
} cm_model_mineral;

typedef struct cm_model_stage {
  const char *key, *name, *unit, *basis;
  int32_t mineral, kind;                                /* cm_stage_kind */
  int32_t first_market, n_markets, first_flow, n_flows; /* in `markets`, `flow_markets` */
  int32_t first_flow_factor, n_flow_factors;
} cm_model_stage;

typedef struct cm_model_word {
  const char *publisher, *word;
  int32_t owner;     /* of a stage's word: the mineral, or CM_NONE for any */
  int32_t place;     /* country or mineral it means */
  const char *stage; /* stage key or kind it means */
} cm_model_word;

typedef struct cm_model_factor {
  int32_t mineral, stage; /* stage CM_NONE: any */
  const char *hs;         /* trade code whose flows it is for; "" any, and figures */
  const char *basis, *element;
  double value; /* tonnes of element in a tonne */
} cm_model_factor;

typedef struct cm_model_measure {
  const char *key;
  int32_t is_state;   /* a state at a time, such as a capacity, and not what happens over a period */
  int32_t by_country; /* a source is chosen for each country by itself, not for the market */
} cm_model_measure;

typedef struct cm_model_indicator {
  const char *key, *name, *unit;
} cm_model_indicator;

/* What tells figures of one market apart besides the country. */
typedef enum cm_detail {
  CM_OF_COUNTRIES, /* one figure for a country: its total */
  CM_OF_PRODUCERS, /* facilities and companies */
  CM_OF_SECTORS    /* using sectors of a demand */
} cm_detail;

/*
 * The figures of one measure, stage and period that the ranks chose, from one edition of one source: of all countries,
 * or of one where the measure is chosen country by country; of producers' figures, those of one producer.
 */
typedef struct cm_model_market {
  int32_t stage, measure, detail; /* cm_detail */
  int32_t country;                /* of a measure by country, else CM_NONE */
  int64_t producer;               /* of producers' figures the store's id, else 0 */
  int32_t edition;
  int32_t from, to; /* days yyyymmdd */
  int32_t projected;
  const char *scenario;   /* "" where there is none */
  int32_t rank;           /* of the source in this market; a larger one is asked later */
  int32_t is_share;       /* figures are shares of the market */
  int32_t first, n;       /* figures of the countries, by key; all figures of other details, and of a measure by
                             country, where the world and others are countries too */
  int32_t world;          /* figure of the printed total, or CM_NONE */
  int32_t other, n_other; /* figures of "other countries" and of unknown ones */
  int32_t first_excluded, n_excluded; /* countries that the total leaves out, in `excluded` */
} cm_model_market;

/* Columns of the figures. Quantities are as published; times `factor` they are in the market's basis. */
typedef struct cm_figures {
  double *value, *low, *high, *factor;
  int64_t *row; /* number in the store */
  const char **basis, **note, **sector;
  int64_t *producer; /* the store's id, 0 where there is none */
  uint16_t *country;
  uint8_t *status; /* cm_status_code */
  size_t count, room;
} cm_figures;

/* Scores of one indicator and country, the latest year first; each is of the newest edition that has one for its year.
 */
typedef struct cm_series {
  int32_t first, n; /* in `scores` */
} cm_series;

typedef struct cm_scores {
  int16_t *year;
  int32_t *edition;
  double *value, *error;
  size_t count, room;
} cm_scores;

/*
 * The flows of one stage and period, from one edition; ordered by importer, then exporter. Each source that has any
 * gives one, with its newest edition; those of one period stand in the order of their ranks. A flow from WLD is an
 * importer's printed total, one into WLD an exporter's, from WLD into WLD that of all; a flow from OTH is what the
 * listed partners leave.
 */
typedef struct cm_flow_market {
  int32_t stage, edition, from_year, to_year, rank;
  int32_t complete; /* the pairs make up the printed total of all: a pair that is not listed is none */
  int64_t first, n;
} cm_flow_market;

/* Flows first to last - 1 of a market. */
typedef struct cm_flow_range {
  const cm_flow_market *market; /* NULL: nothing is on record */
  int64_t first, last;
} cm_flow_range;

/* What turns quantities of one code and basis, as they flow at a stage, into the basis of its market; NaN: nobody says.
 */
typedef struct cm_flow_factor {
  uint16_t hs, basis; /* places in `words` */
  double value;
} cm_flow_factor;

typedef struct cm_flows {
  double *quantity, *amount; /* NaN where missing */
  double *share;             /* NULL where no flow has one */
  uint16_t *importer, *exporter;
  uint16_t *hs, *basis, *currency; /* places in `words`; 0 is "" */
  uint8_t *status;
  size_t count, room;
} cm_flows;

/* What a published assessment took or found, by mineral, parameter, stage, country, then the newest edition first. */
typedef struct cm_model_parameter {
  int64_t row;                                 /* number in the store */
  int32_t edition, day;                        /* day: the edition's, yyyymmdd */
  int32_t mineral, stage, country;             /* stage, country CM_NONE: none in particular */
  const char *parameter, *words, *unit, *note; /* words, note: NULL where missing */
  double value, low, high;                     /* NaN where missing */
} cm_model_parameter;

/* Prices, by mineral, form, period, then the newest edition first. */
typedef struct cm_model_price {
  int64_t row;
  int32_t edition, day;      /* day: the edition's */
  int32_t mineral, from, to; /* days yyyymmdd */
  int32_t money_year;        /* 0: money of the day */
  int32_t status;            /* cm_status_code */
  const char *form, *per, *currency, *basis, *note;
  double amount, low, high;
} cm_model_price;

/* What a mineral is used for, by mineral, country, then the newest edition first, and the latest period. */
typedef struct cm_model_end_use {
  int64_t row;
  int32_t edition, day, mineral, country, from, to; /* days yyyymmdd */
  const char *application, *industry, *note;        /* industry "": none is named; note: NULL where missing */
  double share;
} cm_model_end_use;

/* What an industry adds in value, by country, then the newest edition first, and the latest period. */
typedef struct cm_model_industry {
  int64_t row;
  int32_t edition, day, country, from, to;
  const char *code, *name, *currency;
  double amount;
} cm_model_industry;

/* Facilities and companies, by the store's id. */
typedef struct cm_model_producer {
  int64_t id;
  const char *key, *name;
  int32_t country;               /* or CM_NONE */
  int32_t first_owner, n_owners; /* in `owners` */
} cm_model_producer;

/* Who holds part of a producer: another, or a country. */
typedef struct cm_model_owner {
  int32_t holder, country; /* the holder's place among the producers; one of them CM_NONE */
  int32_t from, to;        /* days yyyymmdd, both included */
  int32_t source;          /* or CM_NONE */
  double share;            /* NaN where missing */
} cm_model_owner;

/* What is taken where nobody published, by key. */
typedef struct cm_model_assumption {
  const char *key, *subject, *unit, *reason;
  int32_t mineral, stage, country; /* CM_NONE: any */
  double value, low, high;
} cm_model_assumption;

/* A composite indicator of the store's owner, by key. Its definition was checked when it was written. */
typedef struct cm_model_composite {
  const char *key, *name, *definition, *note; /* note: NULL where missing */
} cm_model_composite;

/* What is committed in tonnes, or as a share of a producer's output, by agreement. Rights and money are not here. */
typedef struct cm_model_commitment {
  int64_t row;
  const char *agreement, *basis, *status, *note;   /* status: of the producer's project; status, note NULL: missing */
  int32_t mineral, stage, buyer, seller, producer; /* buyer, seller, producer CM_NONE: nobody named */
  int32_t from, to;    /* days, both included; `to` is before another agreement takes its place */
  int32_t ramp_months; /* until all of it is delivered */
  int32_t source;      /* that the agreement cites first, or CM_NONE */
  double tonnes, share, probability, additionality; /* NaN where missing; tonnes or share is there */
} cm_model_commitment;

/* What a state forbids or taxes: an entry for each mineral and stage named, by key. Nothing of what has no day. */
typedef struct cm_model_restriction {
  int64_t row; /* number in the store, the same for all entries of one restriction */
  const char *key, *kind;
  int32_t mineral, stage;  /* stage CM_NONE: any */
  int32_t country, group;  /* who restricts; one of them CM_NONE, both where no state does */
  int32_t from, to;        /* days in force, both included */
  int32_t source;          /* that it cites first, or CM_NONE */
  double rate;             /* of a tax; NaN where missing */
} cm_model_restriction;

/* Whom a restriction binds; everybody, where it has none. */
typedef struct cm_model_target {
  int64_t restriction;    /* its number in the store */
  int32_t country, group; /* one of them CM_NONE */
} cm_model_target;

/* Days on which a restriction is suspended, both included. */
typedef struct cm_model_rest {
  int64_t restriction;
  int32_t from, to;
} cm_model_rest;

struct critmin_model {
  cm_arena text;
  cm_model_source *sources;
  cm_model_edition *editions;
  cm_model_country *countries;
  cm_model_group *groups;
  cm_model_membership *memberships;
  cm_model_mineral *minerals;
  int32_t *members; /* minerals of groups */
  cm_model_stage *stages;
  cm_model_word *country_words, *mineral_words, *stage_words;
  cm_model_factor *factors;
  cm_model_measure *measures;
  cm_model_indicator *indicators;
  cm_model_market *markets; /* by stage, then in cm_model_market_order() */
  uint16_t *excluded;
  cm_flow_market *flow_markets; /* by stage, then period */
  cm_flow_factor *flow_factors; /* by stage */
  cm_model_parameter *parameters;
  cm_model_price *prices;
  cm_model_end_use *end_uses;
  cm_model_industry *industries;
  cm_model_producer *producers;
  cm_model_owner *owners;
  cm_model_assumption *assumptions;
  cm_model_commitment *commitments;
  cm_model_restriction *restrictions;
  cm_model_target *targets;
  cm_model_rest *rests;
  cm_model_composite *composites;
  const char **words; /* that flows use */
  cm_series *series;  /* indicators x countries */
  size_t n_sources, n_editions, n_countries, n_groups, n_memberships, n_minerals, n_members, n_stages, n_country_words,
      n_mineral_words, n_stage_words, n_factors, n_measures, n_indicators, n_markets, n_excluded, n_flow_markets,
      n_flow_factors, n_parameters, n_prices, n_end_uses, n_industries, n_producers, n_owners, n_assumptions, n_commitments,
      n_restrictions, n_targets, n_rests, n_composites, n_words;
  cm_figures figures;
  cm_scores scores;
  cm_flows flows;

  int32_t has_years, first_year, last_year; /* narrowed to, when loaded */
  const char *source, *edition;             /* options it was loaded with, or NULL */
};

/* Places of names: a key, a name, a code, an alias, whatever its case. CM_NONE when there is none or the word may mean
 * several. */
int32_t cm_country_place(const critmin_model *model, const char *word);
int32_t cm_group_place(const critmin_model *model, const char *word);
int32_t cm_mineral_place(const critmin_model *model, const char *word);
int32_t cm_measure_place(const critmin_model *model, const char *key);
int32_t cm_indicator_place(const critmin_model *model, const char *key);
int32_t cm_source_place(const critmin_model *model, const char *key);
int32_t cm_composite_place(const critmin_model *model, const char *key);
/* The same with UNKNOWN_NAME and the nearest; of a word for a country or a group, one of the two is set. */
critmin_status cm_model_find_mineral(const critmin_model *model, const char *word, int32_t *mineral,
                                     critmin_error *error);
critmin_status cm_model_find_party(const critmin_model *model, const char *word, int32_t *country, int32_t *group,
                                   critmin_error *error);
/* Whether a word (key, kind, alias) means that stage, and whether it means a stage at all. */
int cm_model_stage_is(const critmin_model *model, int32_t stage, const char *word);
int cm_model_stage_word(const critmin_model *model, const char *word);
critmin_status cm_model_no_stage(const critmin_model *model, const char *word, critmin_error *error);

/* 1 when the country is in the group on that day (yyyymmdd). */
int cm_model_in_group(const critmin_model *model, int32_t group, int32_t country, int32_t day);

/*
 * The market that answers a year: figures before projections, a year's own before a mean of several years, then by
 * rank. NULL when there is none. `projected` CM_NONE: either; `scenario` NULL: any. A measure by country has no market
 * of all countries, and producers' figures none of all producers: nothing answers for these.
 */
const cm_model_market *cm_model_market_of(const critmin_model *model, int32_t stage, int32_t measure, int32_t detail,
                                          int32_t year, int32_t projected, const char *scenario);
/* 1 when it does: a state is of the year it was taken in, all else of whole years. */
int cm_model_market_answers(const critmin_model *model, const cm_model_market *market, int32_t year);
/* 1 when the market is a mean of several years. */
int cm_model_market_is_mean(const cm_model_market *market);

/* The market with a country's own figure of a measure by country, chosen as cm_model_market_of() does; NULL when there
 * is none. */
const cm_model_market *cm_model_market_of_country(const critmin_model *model, int32_t stage, int32_t measure,
                                                  int32_t detail, int32_t country, int32_t year, int32_t projected,
                                                  const char *scenario);
/* The same for a producer's own figure; `country` as of its market: CM_NONE but of a measure by country. */
const cm_model_market *cm_model_market_of_producer(const critmin_model *model, int32_t stage, int32_t measure,
                                                   int64_t producer, int32_t country, int32_t year, int32_t projected,
                                                   const char *scenario);
/* Less than 0 when `a` stands before `b` among the markets of a stage: by measure, detail, country, producer, period.
 */
int cm_model_market_order(const cm_model_market *a, const cm_model_market *b);
/* The country that a group's published statistics stand under on a day: that of any group with the same members then;
 * CM_NONE when there is none. */
int32_t cm_model_area(const critmin_model *model, int32_t group, int32_t day);

/*
 * What flows into a country in a year, from the source that comes first by rank among those that list any flow into it
 * (or are complete, when the range may be empty); one year's own before a mean of several.
 */
cm_flow_range cm_model_flows_into(const critmin_model *model, int32_t stage, int32_t importer, int32_t year);
/* The first complete market by rank that answers the year, a year's own before a mean; NULL when there is none. */
const cm_flow_market *cm_model_flow_matrix(const critmin_model *model, int32_t stage, int32_t year);
/* The flows of a market into one country. */
cm_flow_range cm_flow_market_into(const critmin_model *model, const cm_flow_market *market, int32_t importer);
/* Factor that turns a flow's quantity into the basis of its stage's market: that of its code, else of its basis; NaN
 * when none is known. */
double cm_model_flow_factor(const critmin_model *model, int32_t stage, int64_t flow);

/* A published parameter, from the newest edition that has it; of one source, or with CM_NONE of any. NULL when there is
 * none. */
const cm_model_parameter *cm_model_parameter_of(const critmin_model *model, int32_t mineral, int32_t stage,
                                                int32_t country, const char *parameter, int32_t source);

/*
 * Uses of a mineral in a country: those of the newest edition that has any of the year, or with year 0 of its latest
 * period; of one source, or with CM_NONE of any. Sets where they begin in `end_uses`; 0 when there are none.
 */
int32_t cm_model_end_uses(const critmin_model *model, int32_t mineral, int32_t country, int32_t year, int32_t source,
                          int32_t *first);
/* The industry of a code in the same edition, country and period; NULL when there is none. */
const cm_model_industry *cm_model_industry_of(const critmin_model *model, const cm_model_end_use *use,
                                              const char *code);
/* What is assumed of a subject: that which names most of the three, mineral before stage before country; NULL where
 * nothing is. */
const cm_model_assumption *cm_model_assumption_of(const critmin_model *model, const char *subject, int32_t mineral,
                                                  int32_t stage, int32_t country);
/* Whether a restriction is in force on a day and not suspended, and whether it binds a country then (CM_NONE: only where
 * it binds everybody). */
int cm_model_restriction_acts(const critmin_model *model, const cm_model_restriction *restriction, int32_t day);
int cm_model_restriction_binds(const critmin_model *model, const cm_model_restriction *restriction, int32_t country,
                               int32_t day);
/* Place of a producer by the store's id, CM_NONE when there is none. */
int32_t cm_model_producer_place(const critmin_model *model, int64_t id);

/* Place in `scores` of the latest one not after the year, CM_NONE when there is none. */
int32_t cm_model_score(const critmin_model *model, int32_t indicator, int32_t country, int32_t year);

/* Factor that turns a quantity in a basis into the basis of the stage's market; NaN when none is known. */
double cm_model_factor_of(const critmin_model *model, int32_t stage, const char *basis);
/* The same for what flows under a trade code. */
double cm_model_code_factor(const critmin_model *model, int32_t stage, const char *basis, const char *code);

/* A period in the shortest form that names the same days. */
enum { CM_PERIOD_TEXT = 32 };
void cm_model_market_period(const cm_model_market *market, char from[CM_PERIOD_TEXT], char to[CM_PERIOD_TEXT]);

#endif
