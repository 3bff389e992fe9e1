/* SPDX-License-Identifier: MIT */
/*
 * What a model reads, as plain columns: one statement for each kind of row, in the order a model keeps them. Callers
 * hold the store (cm_store_enter) and read inside one step (cm_store_read_begin), so that all rows are of one state.
 */
#ifndef CM_STORE_READ_H
#define CM_STORE_READ_H

#include <stdint.h>

#include "base/error.h"
#include "critmin/store.h"

typedef enum cm_read {
  CM_READ_SOURCES,   /* by key */
  CM_READ_EDITIONS,  /* by source, date, key */
  CM_READ_COUNTRIES, /* by id */
  CM_READ_COUNTRY_WORDS,
  CM_READ_GROUPS,          /* by key */
  CM_READ_GROUP_MEMBERS,   /* by group, country, first day */
  CM_READ_MINERALS,        /* by key */
  CM_READ_MINERAL_MEMBERS, /* by group */
  CM_READ_MINERAL_WORDS,
  CM_READ_STAGES, /* by mineral's key, position */
  CM_READ_STAGE_WORDS,
  CM_READ_CONTENT_FACTORS,
  CM_READ_MEASURES,   /* by key */
  CM_READ_INDICATORS, /* by key */
  CM_READ_SOURCE_RANKS,
  CM_READ_FIGURES,  /* of stage 1, touching the days 2 to 3: by measure, period, edition, country */
  CM_READ_RESERVES, /* geological, of stage 1, touching the days 2 to 3, in the columns of figures: by period, edition,
                       country */
  CM_READ_SCORES,   /* of indicator 1 and country 2, up to year 3: the latest first */
  CM_READ_PARAMETERS,
  CM_READ_PRICES,
  CM_READ_END_USES,
  CM_READ_INDUSTRIES,
  CM_READ_ASSUMPTIONS, /* by key */
  CM_READ_COMMITMENTS, /* of tonnes, and of shares of an output: by agreement */
  CM_READ_RESTRICTIONS, /* of states, with a day: each mineral and stage named, by key */
  CM_READ_TARGETS,      /* of restrictions */
  CM_READ_RESTS,        /* suspensions of restrictions */
  CM_READ_COMPOSITES,  /* by key */
  CM_READ_PRODUCERS, /* by id */
  CM_READ_OWNERS,    /* by producer, holder, country, first day */
  CM_READ_FLOWS, /* of stage 1, touching the years 2 to 3: by years, importer, exporter, edition */
  CM_READS
} cm_read;

/* The columns, in order. A country's or edition's column holds its id. */
enum { CM_SOURCE_ID, CM_SOURCE_KEY, CM_SOURCE_PUBLISHER, CM_SOURCE_TITLE, CM_SOURCE_URL, CM_SOURCE_LICENCE };
enum { CM_EDITION_ID, CM_EDITION_SOURCE, CM_EDITION_KEY, CM_EDITION_DATE, CM_EDITION_TITLE, CM_EDITION_URL };
enum { CM_COUNTRY_ID, CM_COUNTRY_KEY, CM_COUNTRY_KIND, CM_COUNTRY_ISO2, CM_COUNTRY_M49, CM_COUNTRY_NAME };
enum { CM_COUNTRY_WORD_PUBLISHER, CM_COUNTRY_WORD, CM_COUNTRY_WORD_COUNTRY };
enum { CM_GROUP_ID, CM_GROUP_KEY, CM_GROUP_NAME, CM_GROUP_AREA }; /* area 0: none */
enum { CM_GROUP_MEMBER_GROUP, CM_GROUP_MEMBER_COUNTRY, CM_GROUP_MEMBER_FROM, CM_GROUP_MEMBER_TO };
enum { CM_MINERAL_ID, CM_MINERAL_KEY, CM_MINERAL_NAME, CM_MINERAL_SYMBOL, CM_MINERAL_KIND };
enum { CM_MINERAL_MEMBER_GROUP, CM_MINERAL_MEMBER };
enum { CM_MINERAL_WORD_PUBLISHER, CM_MINERAL_WORD, CM_MINERAL_WORD_MINERAL };
enum {
  CM_STAGE_ID,
  CM_STAGE_MINERAL,
  CM_STAGE_KEY,
  CM_STAGE_KIND,
  CM_STAGE_POSITION,
  CM_STAGE_NAME,
  CM_STAGE_UNIT,
  CM_STAGE_BASIS
};
enum { CM_STAGE_WORD_PUBLISHER, CM_STAGE_WORD_MINERAL, CM_STAGE_WORD, CM_STAGE_WORD_STAGE }; /* mineral 0: any */
enum {
  CM_FACTOR_MINERAL,
  CM_FACTOR_STAGE,
  CM_FACTOR_HS,
  CM_FACTOR_BASIS,
  CM_FACTOR_ELEMENT,
  CM_FACTOR_VALUE
}; /* stage 0: any */
enum { CM_MEASURE_ID, CM_MEASURE_KEY, CM_MEASURE_UNIT, CM_MEASURE_CHOICE };
enum { CM_INDICATOR_ID, CM_INDICATOR_KEY, CM_INDICATOR_NAME, CM_INDICATOR_UNIT };
enum { CM_RANK_MEASURE, CM_RANK_MINERAL, CM_RANK_STAGE, CM_RANK_SOURCE, CM_RANK_VALUE }; /* mineral, stage 0: any */
enum {
  CM_FIGURE_ID,
  CM_FIGURE_MEASURE,
  CM_FIGURE_FROM,
  CM_FIGURE_TO,
  CM_FIGURE_EDITION,
  CM_FIGURE_COUNTRY,
  CM_FIGURE_PRODUCER,
  CM_FIGURE_SECTOR,
  CM_FIGURE_OUTLOOK,
  CM_FIGURE_SCENARIO,
  CM_FIGURE_UNIT,
  CM_FIGURE_BASIS,
  CM_FIGURE_VALUE,
  CM_FIGURE_LOW,
  CM_FIGURE_HIGH,
  CM_FIGURE_STATUS,
  CM_FIGURE_EXCLUDES,
  CM_FIGURE_NOTE
}; /* measure 0: a reserve; producer 0: none */
enum { CM_SCORE_YEAR, CM_SCORE_EDITION, CM_SCORE_VALUE, CM_SCORE_ERROR };
enum {
  CM_PARAMETER_ID,
  CM_PARAMETER_EDITION,
  CM_PARAMETER_MINERAL,
  CM_PARAMETER_STAGE,
  CM_PARAMETER_COUNTRY,
  CM_PARAMETER_NAME,
  CM_PARAMETER_VALUE,
  CM_PARAMETER_LOW,
  CM_PARAMETER_HIGH,
  CM_PARAMETER_WORDS,
  CM_PARAMETER_UNIT,
  CM_PARAMETER_NOTE
}; /* stage, country 0: none */
enum {
  CM_PRICE_ID,
  CM_PRICE_EDITION,
  CM_PRICE_MINERAL,
  CM_PRICE_FORM,
  CM_PRICE_FROM,
  CM_PRICE_TO,
  CM_PRICE_AMOUNT,
  CM_PRICE_LOW,
  CM_PRICE_HIGH,
  CM_PRICE_PER,
  CM_PRICE_CURRENCY,
  CM_PRICE_MONEY_YEAR,
  CM_PRICE_BASIS,
  CM_PRICE_STATUS,
  CM_PRICE_NOTE
}; /* money_year 0: none */
enum {
  CM_END_USE_ID,
  CM_END_USE_EDITION,
  CM_END_USE_MINERAL,
  CM_END_USE_COUNTRY,
  CM_END_USE_APPLICATION,
  CM_END_USE_INDUSTRY,
  CM_END_USE_FROM,
  CM_END_USE_TO,
  CM_END_USE_SHARE,
  CM_END_USE_NOTE
};
enum {
  CM_INDUSTRY_ID,
  CM_INDUSTRY_EDITION,
  CM_INDUSTRY_COUNTRY,
  CM_INDUSTRY_CODE,
  CM_INDUSTRY_NAME,
  CM_INDUSTRY_FROM,
  CM_INDUSTRY_TO,
  CM_INDUSTRY_AMOUNT,
  CM_INDUSTRY_CURRENCY
};
enum {
  CM_ASSUMPTION_KEY,
  CM_ASSUMPTION_SUBJECT,
  CM_ASSUMPTION_MINERAL,
  CM_ASSUMPTION_STAGE,
  CM_ASSUMPTION_COUNTRY,
  CM_ASSUMPTION_VALUE,
  CM_ASSUMPTION_LOW,
  CM_ASSUMPTION_HIGH,
  CM_ASSUMPTION_UNIT,
  CM_ASSUMPTION_REASON
}; /* mineral, stage, country 0: any */
enum { CM_COMPOSITE_KEY, CM_COMPOSITE_NAME, CM_COMPOSITE_DEFINITION, CM_COMPOSITE_NOTE };
enum {
  CM_COMMITMENT_ID,
  CM_COMMITMENT_AGREEMENT,
  CM_COMMITMENT_MINERAL,
  CM_COMMITMENT_STAGE,
  CM_COMMITMENT_BUYER,
  CM_COMMITMENT_SELLER,
  CM_COMMITMENT_PRODUCER,
  CM_COMMITMENT_TONNES,
  CM_COMMITMENT_SHARE,
  CM_COMMITMENT_BASIS,
  CM_COMMITMENT_FROM,
  CM_COMMITMENT_RAMP,
  CM_COMMITMENT_TO,
  CM_COMMITMENT_REPLACED,
  CM_COMMITMENT_PROBABILITY,
  CM_COMMITMENT_ADDITIONALITY,
  CM_COMMITMENT_STATUS,
  CM_COMMITMENT_SOURCE,
  CM_COMMITMENT_NOTE
}; /* buyer, seller, producer, source 0: none; status: of the producer */
enum {
  CM_RESTRICTION_ID,
  CM_RESTRICTION_KEY,
  CM_RESTRICTION_KIND,
  CM_RESTRICTION_COUNTRY,
  CM_RESTRICTION_GROUP,
  CM_RESTRICTION_EFFECTIVE,
  CM_RESTRICTION_UNTIL,
  CM_RESTRICTION_RATE,
  CM_RESTRICTION_MINERAL,
  CM_RESTRICTION_STAGE,
  CM_RESTRICTION_SOURCE
}; /* country, group, stage, source 0: none */
enum { CM_TARGET_RESTRICTION, CM_TARGET_COUNTRY, CM_TARGET_GROUP }; /* country, group 0: none */
enum { CM_REST_RESTRICTION, CM_REST_FROM, CM_REST_TO };
enum { CM_PRODUCER_ID, CM_PRODUCER_KEY, CM_PRODUCER_NAME, CM_PRODUCER_COUNTRY }; /* country 0: none */
enum {
  CM_OWNER_PRODUCER,
  CM_OWNER_HOLDER,
  CM_OWNER_COUNTRY,
  CM_OWNER_SHARE,
  CM_OWNER_FROM,
  CM_OWNER_TO,
  CM_OWNER_SOURCE
}; /* holder, country, source 0: none */
enum {
  CM_FLOW_FROM,
  CM_FLOW_TO,
  CM_FLOW_IMPORTER,
  CM_FLOW_EXPORTER,
  CM_FLOW_EDITION,
  CM_FLOW_HS,
  CM_FLOW_QUANTITY,
  CM_FLOW_BASIS,
  CM_FLOW_AMOUNT,
  CM_FLOW_CURRENCY,
  CM_FLOW_SHARE,
  CM_FLOW_STATUS
};

typedef struct cm_cursor cm_cursor;

critmin_status cm_cursor_open(critmin_store *store, cm_read what, cm_cursor **cursor, critmin_error *error);
void cm_cursor_close(cm_cursor *cursor);

/* Starts anew with the statement's parameters; to be called before the first row where it has any. */
void cm_cursor_bind(cm_cursor *cursor, const int64_t *values, int n);
critmin_status cm_cursor_next(cm_cursor *cursor, int *found, critmin_error *error);

int64_t cm_cursor_integer(const cm_cursor *cursor, int column);
double cm_cursor_number(const cm_cursor *cursor, int column);    /* NaN where missing */
const char *cm_cursor_text(const cm_cursor *cursor, int column); /* NULL where missing; lasts until the next row */

#endif
