/* SPDX-License-Identifier: MIT */
#include "store/relation.h"

#include "base/text.h"

#define STATUSES "reported|estimated|zero|less_than_half_unit|withheld|not_available|residual|imputed|projected|assumed"
#define FIELDS(f) .fields = f, .n_fields = (int)(sizeof f / sizeof f[0])

static const cm_field source[] = {
    {"source", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the source"},
    {"publisher", "publisher", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "who published it"},
    {"title", "title", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "title"},
    {"date", "date", CM_FIELD_DATE, 0, 0, "", 0, "when it was published, where it has one edition"},
    {"url", "url", CM_FIELD_TEXT, 0, 0, "", 0, "where it can be read"},
    {"licence", "licence", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "terms of reuse, an SPDX identifier where there is one"},
    {"attribution", "attribution", CM_FIELD_TEXT, 0, 0, "", 0, "words the licence asks to be printed"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field edition[] = {
    {"source", "source_id", CM_FIELD_SOURCE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "source"},
    {"edition", "key", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "name of the edition"},
    {"date", "date", CM_FIELD_DAY, CM_REQUIRED, 0, "", 0, "day it was published"},
    {"title", "title", CM_FIELD_TEXT, 0, 0, "", 0, "title, where it differs from the source's"},
    {"url", "url", CM_FIELD_TEXT, 0, 0, "", 0, "where it can be read"},
};
static const cm_field country[] = {
    {"country", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "ISO 3166 alpha-3, or EUU, WLD, OTH, UNK for the aggregates"},
    {"kind", "kind", CM_FIELD_WORD, CM_REQUIRED, "country|former|union|world|other|unknown", "", "country", "what the row stands for"},
    {"iso2", "iso2", CM_FIELD_TEXT, 0, 0, "", 0, "ISO 3166 alpha-2"},
    {"m49", "m49", CM_FIELD_TEXT, 0, 0, "", 0, "United Nations M49 code"},
    {"name", "name", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "short name"},
    {"region", "region", CM_FIELD_TEXT, 0, 0, "", 0, "M49 region"},
    {"subregion", "subregion", CM_FIELD_TEXT, 0, 0, "", 0, "M49 subregion"},
};
static const cm_field country_alias[] = {
    {"publisher", "publisher", CM_FIELD_TEXT, CM_IN_KEY | CM_EMPTY_TEXT, 0, "", 0, "source key whose word it is; empty: anybody's"},
    {"word", "word", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "the word, as printed"},
    {"country", "country_id", CM_FIELD_COUNTRY, CM_REQUIRED, 0, "", 0, "the country it means"},
};
static const cm_field group[] = {
    {"group", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the group"},
    {"name", "name", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "name"},
    {"area", "area_id", CM_FIELD_COUNTRY, 0, 0, "", 0, "country row under which its statistics as one are published"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
    {"source", "source_id", CM_FIELD_SOURCE, 0, 0, "", 0, "source of the membership"},
};
static const cm_field group_member[] = {
    {"group", "group_id", CM_FIELD_GROUP, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "group"},
    {"country", "country_id", CM_FIELD_COUNTRY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "member"},
    {"from", "from_date", CM_FIELD_DATE, CM_IN_KEY, 0, "", 0, "first day of membership; empty: always"},
    {"to", "to_date", CM_FIELD_DATE, 0, 0, "", 0, "last day of membership; empty: still"},
};
static const cm_field mineral[] = {
    {"mineral", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the mineral"},
    {"name", "name", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "name"},
    {"symbol", "symbol", CM_FIELD_TEXT, 0, 0, "", 0, "chemical symbol"},
    {"kind", "kind", CM_FIELD_WORD, CM_REQUIRED, "mineral|group", "", "mineral", "a mineral, or a group of minerals"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field mineral_member[] = {
    {"mineral", "group_id", CM_FIELD_MINERAL, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "group"},
    {"member", "member_id", CM_FIELD_MINERAL, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "mineral that belongs to it"},
};
static const cm_field mineral_alias[] = {
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_REQUIRED, 0, "", 0, "the mineral it means"},
    {"publisher", "publisher", CM_FIELD_TEXT, CM_IN_KEY | CM_EMPTY_TEXT, 0, "", 0, "source key whose word it is; empty: anybody's"},
    {"word", "word", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "the word, as printed"},
};
static const cm_field stage[] = {
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "mineral"},
    {"stage", "key", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the stage in this mineral's chain"},
    {"kind", "kind", CM_FIELD_WORD, CM_REQUIRED, "mining|concentrate|processing|metal|component", "", 0, "kind of stage"},
    {"position", "position", CM_FIELD_INTEGER, CM_REQUIRED, 0, "", 0, "place in the chain, from 1"},
    {"name", "name", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "name"},
    {"unit", "unit", CM_FIELD_WORD, CM_REQUIRED, "t|ct|m3|L|MWh|unit", "", "t", "unit of quantities in this market"},
    {"basis", "basis", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "what a unit is of: content, oxide, gross, ..."},
};
static const cm_field stage_alias[] = {
    {"publisher", "publisher", CM_FIELD_TEXT, CM_IN_KEY | CM_EMPTY_TEXT, 0, "", 0, "source key whose word it is; empty: anybody's"},
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_IN_KEY, 0, "", 0, "mineral it is said of; empty: any"},
    {"word", "word", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "the word, as printed"},
    {"stage", "stage", CM_FIELD_STAGE_WORD, CM_REQUIRED, 0, "", 0, "stage key or kind it means"},
};
static const cm_field hs_code[] = {
    {"mineral", 0, CM_FIELD_MINERAL, CM_REQUIRED, 0, "", 0, "mineral"},
    {"stage", "stage_id", CM_FIELD_STAGE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "stage"},
    {"hs", "hs", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "Harmonized System code, 4 to 10 digits"},
    {"vintage", "vintage", CM_FIELD_TEXT, CM_IN_KEY | CM_EMPTY_TEXT, 0, "", 0, "version of the code list, as HS2022"},
    {"source", "source_id", CM_FIELD_SOURCE, 0, 0, "", 0, "source"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "what else the code contains"},
};
static const cm_field content_factor[] = {
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "mineral"},
    {"stage", "stage_id", CM_FIELD_STAGE, CM_IN_KEY, 0, "", 0, "stage; empty: any"},
    {"hs", "hs", CM_FIELD_TEXT, CM_IN_KEY | CM_EMPTY_TEXT, 0, "", 0, "trade code whose flows it is for; empty: any, and figures"},
    {"basis", "basis", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "basis that the factor turns into contained element"},
    {"element", "element", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "symbol of the element"},
    {"factor", "factor", CM_FIELD_NUMBER, CM_REQUIRED, 0, "t/t", 0, "tonnes of element in a tonne"},
    {"source", "source_id", CM_FIELD_SOURCE, 0, 0, "", 0, "source"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field measure[] = {
    {"measure", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the measure"},
    {"unit", "unit", CM_FIELD_WORD, CM_REQUIRED, "quantity|share", "", "quantity", "a quantity in the market's unit, or a share"},
    {"choice", "choice", CM_FIELD_WORD, CM_REQUIRED, "market|country", "", "market", "whether one source is chosen for all countries of a market together or for each alone"},
    {"text", "text", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "what is measured"},
};
static const cm_field indicator_kind[] = {
    {"indicator", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the indicator"},
    {"name", "name", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "name"},
    {"unit", "unit", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "unit or scale"},
    {"worst", "worst", CM_FIELD_NUMBER, CM_REQUIRED, 0, "", 0, "nominal bad end of the scale"},
    {"best", "best", CM_FIELD_NUMBER, CM_REQUIRED, 0, "", 0, "nominal good end of the scale"},
    {"source", "source_id", CM_FIELD_SOURCE, 0, 0, "", 0, "source"},
};
static const cm_field producer[] = {
    {"producer", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the producer"},
    {"name", "name", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "name"},
    {"kind", "kind", CM_FIELD_WORD, CM_REQUIRED, "facility|company", "", 0, "facility or company"},
    {"country", "country_id", CM_FIELD_COUNTRY, 0, 0, "", 0, "where it stands"},
    {"mineral", "mineral_id", CM_FIELD_MINERAL, 0, 0, "", 0, "what it makes"},
    {"stage", "stage_id", CM_FIELD_STAGE, 0, 0, "", 0, "at which stage"},
    {"status", "status", CM_FIELD_WORD, 0, "operating|construction|financed|feasibility|exploration|announced|suspended|closed", "", 0, "state of the project"},
    {"confidence", "confidence", CM_FIELD_WORD, 0, "primary|secondary", "", 0, "primary: the issuing body's own text"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field producer_owner[] = {
    {"producer", "producer_id", CM_FIELD_PRODUCER, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "producer that is owned"},
    {"owner", "owner_id", CM_FIELD_PRODUCER, CM_IN_KEY, 0, "", 0, "company that owns; or"},
    {"country", "country_id", CM_FIELD_COUNTRY, CM_IN_KEY, 0, "", 0, "country of the final owner"},
    {"share", "share", CM_FIELD_NUMBER, CM_IS_SHARE, 0, "1", 0, "share held; empty: not known"},
    {"from", "from_date", CM_FIELD_DATE, CM_IN_KEY, 0, "", 0, "held from"},
    {"to", "to_date", CM_FIELD_DATE, 0, 0, "", 0, "held until"},
    {"source", "source_id", CM_FIELD_SOURCE, 0, 0, "", 0, "source"},
};
static const cm_field producer_citation[] = {
    {"producer", "producer_id", CM_FIELD_PRODUCER, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "producer"},
    {"source", "source_id", CM_FIELD_SOURCE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "source"},
};
static const cm_field figure[] = {
    {"measure", "measure_id", CM_FIELD_MEASURE, CM_REQUIRED | CM_IN_KEY, 0, "", "production", "what is measured"},
    {"mineral", 0, CM_FIELD_MINERAL, CM_REQUIRED, 0, "", 0, "mineral"},
    {"stage", "stage_id", CM_FIELD_STAGE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "stage"},
    {"country", "country_id", CM_FIELD_COUNTRY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "country; WLD a printed total, OTH \"other countries\""},
    {"producer", "producer_id", CM_FIELD_PRODUCER, CM_IN_KEY, 0, "", 0, "facility or company; empty: the country's total"},
    {"sector", "sector", CM_FIELD_TEXT, CM_IN_KEY | CM_EMPTY_TEXT, 0, "", 0, "using sector, of a demand; empty: all"},
    {"from", "period_from", CM_FIELD_PERIOD_FROM, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "first year, month or day of the period"},
    {"to", "period_to", CM_FIELD_PERIOD_TO, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "last year, month or day of the period"},
    {"outlook", "outlook", CM_FIELD_WORD, CM_REQUIRED | CM_IN_KEY, "actual|projected", "", "actual", "actual or projected"},
    {"scenario", "scenario", CM_FIELD_TEXT, CM_IN_KEY | CM_EMPTY_TEXT, 0, "", 0, "publisher's scenario, of a projection"},
    {"unit", "unit", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "unit of the quantities, that of the market, or share"},
    {"basis", "basis", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "what a unit is of"},
    {"value", "value", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `unit`", 0, "the value; empty where withheld or not available"},
    {"low", "low", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `unit`", 0, "least it can be; empty: the value"},
    {"high", "high", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `unit`", 0, "most it can be; empty: the value"},
    {"status", "status", CM_FIELD_WORD, CM_REQUIRED, STATUSES, "", "reported", "what kind of number it is"},
    {"excludes", "excludes", CM_FIELD_COUNTRIES, 0, 0, "", 0, "countries that a total leaves out"},
    {"source", 0, CM_FIELD_SOURCE, CM_REQUIRED, 0, "", 0, "source"},
    {"edition", "edition_id", CM_FIELD_EDITION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "edition of the source"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field flow[] = {
    {"mineral", 0, CM_FIELD_MINERAL, CM_REQUIRED, 0, "", 0, "mineral"},
    {"stage", "stage_id", CM_FIELD_STAGE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "stage"},
    {"from", "from_year", CM_FIELD_INTEGER, CM_REQUIRED | CM_IN_KEY, 0, "year", 0, "first year"},
    {"to", "to_year", CM_FIELD_INTEGER, CM_REQUIRED | CM_IN_KEY, 0, "year", 0, "last year"},
    {"importer", "importer_id", CM_FIELD_COUNTRY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "importing country; WLD a total"},
    {"exporter", "exporter_id", CM_FIELD_COUNTRY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "exporting country; WLD a total"},
    {"hs", "hs", CM_FIELD_TEXT, CM_IN_KEY | CM_EMPTY_TEXT, 0, "", 0, "code it was traded under"},
    {"quantity", "quantity", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "t", 0, "tonnes"},
    {"basis", "basis", CM_FIELD_TEXT, CM_REQUIRED, 0, "", "gross", "what a tonne is of"},
    {"amount", "amount", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `currency`", 0, "value"},
    {"currency", "currency", CM_FIELD_CURRENCY, 0, 0, "", 0, "currency of the value"},
    {"share", "share", CM_FIELD_NUMBER, CM_IS_SHARE, 0, "1", 0, "share of the importer's total, where neither may be had"},
    {"status", "status", CM_FIELD_WORD, CM_REQUIRED, STATUSES, "", "reported", "what kind of number it is"},
    {"source", 0, CM_FIELD_SOURCE, CM_REQUIRED, 0, "", 0, "source"},
    {"edition", "edition_id", CM_FIELD_EDITION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "edition of the source"},
};
static const cm_field indicator[] = {
    {"indicator", "indicator_id", CM_FIELD_INDICATOR, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "indicator"},
    {"country", "country_id", CM_FIELD_COUNTRY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "country"},
    {"year", "year", CM_FIELD_INTEGER, CM_REQUIRED | CM_IN_KEY, 0, "year", 0, "year"},
    {"value", "value", CM_FIELD_NUMBER, CM_REQUIRED, 0, "as the indicator", 0, "score"},
    {"std_error", "std_error", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as the indicator", 0, "standard error"},
    {"source", 0, CM_FIELD_SOURCE, CM_REQUIRED, 0, "", 0, "source"},
    {"edition", "edition_id", CM_FIELD_EDITION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "edition of the source"},
};
static const cm_field price[] = {
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "mineral"},
    {"form", "form", CM_FIELD_TEXT, CM_IN_KEY | CM_EMPTY_TEXT, 0, "", 0, "what is priced"},
    {"from", "period_from", CM_FIELD_PERIOD_FROM, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "first year, month or day"},
    {"to", "period_to", CM_FIELD_PERIOD_TO, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "last year, month or day"},
    {"amount", "amount", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `currency` per `per`", 0, "price"},
    {"low", "low", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `amount`", 0, "least it can be"},
    {"high", "high", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `amount`", 0, "most it can be"},
    {"per", "per", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "unit priced, as t, kg, lb"},
    {"currency", "currency", CM_FIELD_CURRENCY, CM_REQUIRED, 0, "", 0, "currency"},
    {"money_year", "money_year", CM_FIELD_INTEGER, 0, 0, "year", 0, "year of constant money; empty: as published"},
    {"basis", "basis", CM_FIELD_TEXT, CM_EMPTY_TEXT, 0, "", 0, "what a unit is of"},
    {"status", "status", CM_FIELD_WORD, CM_REQUIRED, STATUSES, "", "reported", "what kind of number it is"},
    {"source", 0, CM_FIELD_SOURCE, CM_REQUIRED, 0, "", 0, "source"},
    {"edition", "edition_id", CM_FIELD_EDITION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "edition of the source"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field parameter[] = {
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "mineral"},
    {"stage", "stage_id", CM_FIELD_STAGE, CM_IN_KEY, 0, "", 0, "stage; empty: the mineral as a whole"},
    {"country", "country_id", CM_FIELD_COUNTRY, CM_IN_KEY, 0, "", 0, "country; empty: none in particular"},
    {"parameter", "parameter", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "name of the parameter"},
    {"value", "value", CM_FIELD_NUMBER, 0, 0, "as `unit`", 0, "value"},
    {"low", "low", CM_FIELD_NUMBER, 0, 0, "as `unit`", 0, "least it can be"},
    {"high", "high", CM_FIELD_NUMBER, 0, 0, "as `unit`", 0, "most it can be"},
    {"words", "words", CM_FIELD_TEXT, 0, 0, "", 0, "value in words, where it is no number"},
    {"unit", "unit", CM_FIELD_TEXT, CM_EMPTY_TEXT, 0, "", 0, "unit"},
    {"source", 0, CM_FIELD_SOURCE, CM_REQUIRED, 0, "", 0, "source"},
    {"edition", "edition_id", CM_FIELD_EDITION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "edition of the assessment"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field source_rank[] = {
    {"measure", "measure_id", CM_FIELD_MEASURE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "measure"},
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_IN_KEY, 0, "", 0, "mineral; empty: any"},
    {"stage", "stage_id", CM_FIELD_STAGE, CM_IN_KEY, 0, "", 0, "stage; empty: any"},
    {"source", "source_id", CM_FIELD_SOURCE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "source"},
    {"rank", "rank", CM_FIELD_INTEGER, CM_REQUIRED, 0, "", 0, "1 is asked first"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "why"},
};
static const cm_field industry[] = {
    {"industry", "code", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "code of the industry in the publisher's classification, as a division of NACE"},
    {"country", "country_id", CM_FIELD_COUNTRY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "country, or a union"},
    {"from", "period_from", CM_FIELD_PERIOD_FROM, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "first year, month or day"},
    {"to", "period_to", CM_FIELD_PERIOD_TO, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "last year, month or day"},
    {"name", "name", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "name of the industry"},
    {"amount", "amount", CM_FIELD_NUMBER, CM_REQUIRED | CM_NOT_NEGATIVE, 0, "as `currency` a year", 0, "value added"},
    {"currency", "currency", CM_FIELD_CURRENCY, CM_REQUIRED, 0, "", 0, "currency of the value"},
    {"source", 0, CM_FIELD_SOURCE, CM_REQUIRED, 0, "", 0, "source"},
    {"edition", "edition_id", CM_FIELD_EDITION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "edition of the source"},
};
static const cm_field end_use[] = {
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "mineral"},
    {"country", "country_id", CM_FIELD_COUNTRY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "whose use it is: a country, a union, or WLD"},
    {"application", "application", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "what it is used for"},
    {"industry", "industry", CM_FIELD_TEXT, CM_IN_KEY | CM_EMPTY_TEXT, 0, "", 0, "code of the industry that uses it; empty: none"},
    {"from", "period_from", CM_FIELD_PERIOD_FROM, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "first year, month or day"},
    {"to", "period_to", CM_FIELD_PERIOD_TO, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "last year, month or day"},
    {"share", "share", CM_FIELD_NUMBER, CM_REQUIRED | CM_IS_SHARE, 0, "1", 0, "share of the mineral's use"},
    {"source", 0, CM_FIELD_SOURCE, CM_REQUIRED, 0, "", 0, "source"},
    {"edition", "edition_id", CM_FIELD_EDITION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "edition of the source"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field agreement[] = {
    {"agreement", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the agreement"},
    {"name", "name", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "name"},
    {"kind", "kind", CM_FIELD_WORD, CM_REQUIRED, "framework|offtake|equity|price_floor|loan|alliance|other", "", 0, "kind of agreement"},
    {"status", "status", CM_FIELD_TEXT, 0, 0, "", 0, "state, as reported"},
    {"signed", "signed", CM_FIELD_DATE, 0, 0, "", 0, "when it was signed"},
    {"effective", "effective", CM_FIELD_DATE, 0, 0, "", 0, "from when it is in force"},
    {"until", "until", CM_FIELD_DATE, 0, 0, "", 0, "until when"},
    {"supersedes", "supersedes_id", CM_FIELD_AGREEMENT, 0, 0, "", 0, "agreement that it replaces"},
    {"confidence", "confidence", CM_FIELD_WORD, 0, "primary|secondary", "", 0, "primary: the issuing body's own text"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field agreement_party[] = {
    {"agreement", "agreement_id", CM_FIELD_AGREEMENT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "agreement"},
    {"country", "country_id", CM_FIELD_COUNTRY_OR_GROUP, CM_IN_KEY, 0, "", 0, "country or group; or"},
    {"name", "name", CM_FIELD_TEXT, CM_IN_KEY, 0, "", 0, "name of a company or body"},
    {"role", "role", CM_FIELD_TEXT, 0, 0, "", 0, "role"},
};
static const cm_field agreement_scope[] = {
    {"agreement", "agreement_id", CM_FIELD_AGREEMENT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "agreement"},
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "mineral it covers"},
    {"stage", "stage_id", CM_FIELD_STAGE, CM_IN_KEY, 0, "", 0, "stage; empty: any"},
};
static const cm_field agreement_commitment[] = {
    {"agreement", "agreement_id", CM_FIELD_AGREEMENT, CM_REQUIRED, 0, "", 0, "agreement"},
    {"kind", "kind", CM_FIELD_WORD, CM_REQUIRED, "tonnes|share|right|money", "", 0, "what is committed"},
    {"mineral", "mineral_id", CM_FIELD_MINERAL, 0, 0, "", 0, "mineral"},
    {"stage", "stage_id", CM_FIELD_STAGE, 0, 0, "", 0, "stage"},
    {"buyer", "buyer_id", CM_FIELD_COUNTRY, 0, 0, "", 0, "who receives"},
    {"seller", "seller_id", CM_FIELD_COUNTRY, 0, 0, "", 0, "who delivers"},
    {"producer", "producer_id", CM_FIELD_PRODUCER, 0, 0, "", 0, "whose output it is"},
    {"tonnes", "tonnes", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "t/a", 0, "tonnes a year"},
    {"basis", "basis", CM_FIELD_TEXT, 0, 0, "", 0, "what a tonne is of"},
    {"share", "share", CM_FIELD_NUMBER, CM_IS_SHARE, 0, "1", 0, "share of the producer's output"},
    {"amount", "amount", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `currency`", 0, "money"},
    {"currency", "currency", CM_FIELD_CURRENCY, 0, 0, "", 0, "currency"},
    {"money_year", "money_year", CM_FIELD_INTEGER, 0, 0, "year", 0, "year of the money"},
    {"from", "from_date", CM_FIELD_DATE, 0, 0, "", 0, "first delivery"},
    {"ramp_months", "ramp_months", CM_FIELD_INTEGER, CM_NOT_NEGATIVE, 0, "month", 0, "months from first to full delivery"},
    {"until", "to_date", CM_FIELD_DATE, 0, 0, "", 0, "last delivery"},
    {"probability", "probability", CM_FIELD_NUMBER, CM_IS_SHARE, 0, "1", 0, "probability of performance"},
    {"additionality", "additionality", CM_FIELD_NUMBER, CM_IS_SHARE, 0, "1", 0, "share not in today's flows"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field agreement_citation[] = {
    {"agreement", "agreement_id", CM_FIELD_AGREEMENT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "agreement"},
    {"source", "source_id", CM_FIELD_SOURCE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "source"},
};
static const cm_field reserve[] = {
    {"reserve", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the reserve"},
    {"kind", "kind", CM_FIELD_WORD, CM_REQUIRED, "strategic|geological", "", 0, "a stockpile, or what is in the ground"},
    {"holder", "holder_id", CM_FIELD_COUNTRY_OR_GROUP, CM_REQUIRED, 0, "", 0, "country or group that holds it; WLD a printed total"},
    {"programme", "programme", CM_FIELD_TEXT, 0, 0, "", 0, "stockpiling programme"},
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_REQUIRED, 0, "", 0, "mineral"},
    {"stage", "stage_id", CM_FIELD_STAGE, 0, 0, "", 0, "stage whose material it is"},
    {"from", "period_from", CM_FIELD_PERIOD_FROM, CM_REQUIRED, 0, "", 0, "first year, month or day it is said of"},
    {"to", "period_to", CM_FIELD_PERIOD_TO, CM_REQUIRED, 0, "", 0, "last year, month or day it is said of"},
    {"unit", "unit", CM_FIELD_TEXT, 0, 0, "", 0, "unit of the quantity"},
    {"basis", "basis", CM_FIELD_TEXT, 0, 0, "", 0, "what a unit is of"},
    {"value", "value", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `unit`", 0, "quantity"},
    {"low", "low", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `unit`", 0, "least it can be"},
    {"high", "high", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `unit`", 0, "most it can be"},
    {"status", "status", CM_FIELD_WORD, 0, STATUSES, "", 0, "what kind of number it is"},
    {"days_of_cover", "days_of_cover", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "d", 0, "days of demand covered, where that is how it is said"},
    {"release_rate", "release_rate", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "t/d", 0, "most that can be released in a day"},
    {"amount", "amount", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "as `currency`", 0, "money"},
    {"currency", "currency", CM_FIELD_CURRENCY, 0, 0, "", 0, "currency"},
    {"money_year", "money_year", CM_FIELD_INTEGER, 0, 0, "year", 0, "year of the money"},
    {"state", "state", CM_FIELD_WORD, 0, "existing|planned|right|ended", "", 0, "held, planned, or only a right to buy"},
    {"confidence", "confidence", CM_FIELD_WORD, 0, "primary|secondary", "", 0, "primary: the issuing body's own text"},
    {"source", 0, CM_FIELD_SOURCE, 0, 0, "", 0, "source of a geological reserve"},
    {"edition", "edition_id", CM_FIELD_EDITION, 0, 0, "", 0, "edition of the source"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field reserve_citation[] = {
    {"reserve", "reserve_id", CM_FIELD_RESERVE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "reserve"},
    {"source", "source_id", CM_FIELD_SOURCE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "source"},
};
static const cm_field restriction[] = {
    {"restriction", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the restriction"},
    {"kind", "kind", CM_FIELD_WORD, CM_REQUIRED, "ban|quota|licence|tax|outage|sanction|other", "", 0, "kind of restriction"},
    {"basis", "basis", CM_FIELD_WORD, CM_REQUIRED, "decree|practice", "", "decree", "as decreed, or as practice is reported"},
    {"country", "country_id", CM_FIELD_COUNTRY_OR_GROUP, 0, 0, "", 0, "country or group that restricts; empty: no state"},
    {"place", "place_id", CM_FIELD_COUNTRY, 0, 0, "", 0, "where it happens, where no state restricts"},
    {"announced", "announced", CM_FIELD_DATE, 0, 0, "", 0, "when it was announced"},
    {"effective", "effective", CM_FIELD_DATE, 0, 0, "", 0, "from when it is in force"},
    {"until", "until", CM_FIELD_DATE, 0, 0, "", 0, "until when"},
    {"share", "share", CM_FIELD_NUMBER, CM_IS_SHARE, 0, "1", 0, "share of the flow that is held back"},
    {"share_low", "share_low", CM_FIELD_NUMBER, CM_IS_SHARE, 0, "1", 0, "least it can be"},
    {"share_high", "share_high", CM_FIELD_NUMBER, CM_IS_SHARE, 0, "1", 0, "most it can be"},
    {"rate", "rate", CM_FIELD_NUMBER, CM_NOT_NEGATIVE, 0, "1", 0, "rate of a tax, of the price"},
    {"effect", "effect", CM_FIELD_TEXT, 0, 0, "", 0, "what was measured"},
    {"confidence", "confidence", CM_FIELD_WORD, 0, "primary|secondary", "", 0, "primary: the issuing body's own text"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field restriction_scope[] = {
    {"restriction", "restriction_id", CM_FIELD_RESTRICTION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "restriction"},
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "mineral"},
    {"stage", "stage_id", CM_FIELD_STAGE, CM_IN_KEY, 0, "", 0, "stage; empty: any"},
    {"hs", "hs", CM_FIELD_TEXT, CM_IN_KEY, 0, "", 0, "code, where the text names one"},
};
static const cm_field restriction_target[] = {
    {"restriction", "restriction_id", CM_FIELD_RESTRICTION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "restriction"},
    {"country", "country_id", CM_FIELD_COUNTRY_OR_GROUP, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "country or group it is against"},
};
static const cm_field restriction_suspension[] = {
    {"restriction", "restriction_id", CM_FIELD_RESTRICTION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "restriction"},
    {"from", "from_date", CM_FIELD_DATE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "suspended from"},
    {"until", "to_date", CM_FIELD_DATE, 0, 0, "", 0, "suspended until"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};
static const cm_field restriction_citation[] = {
    {"restriction", "restriction_id", CM_FIELD_RESTRICTION, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "restriction"},
    {"source", "source_id", CM_FIELD_SOURCE, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "source"},
};
static const cm_field assumption[] = {
    {"assumption", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the assumption"},
    {"subject", "subject", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "what is assumed"},
    {"mineral", "mineral_id", CM_FIELD_MINERAL, 0, 0, "", 0, "mineral; empty: any"},
    {"stage", "stage_id", CM_FIELD_STAGE, 0, 0, "", 0, "stage; empty: any"},
    {"country", "country_id", CM_FIELD_COUNTRY, 0, 0, "", 0, "country; empty: any"},
    {"value", "value", CM_FIELD_NUMBER, CM_REQUIRED, 0, "as `unit`", 0, "value taken"},
    {"low", "low", CM_FIELD_NUMBER, CM_REQUIRED, 0, "as `unit`", 0, "least it may be"},
    {"high", "high", CM_FIELD_NUMBER, CM_REQUIRED, 0, "as `unit`", 0, "most it may be"},
    {"unit", "unit", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "unit"},
    {"reason", "reason", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "why"},
};
static const cm_field explanation[] = {
    {"finding", "finding", CM_FIELD_TEXT, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "kind of finding, as check prints it"},
    {"mineral", "mineral_id", CM_FIELD_MINERAL, CM_IN_KEY, 0, "", 0, "mineral; empty: any"},
    {"stage", "stage_id", CM_FIELD_STAGE, CM_IN_KEY, 0, "", 0, "stage; empty: any"},
    {"source", "source_id", CM_FIELD_SOURCE, CM_IN_KEY, 0, "", 0, "source; empty: any"},
    {"from", "from_year", CM_FIELD_INTEGER, CM_IN_KEY, 0, "year", 0, "first year; empty: any"},
    {"to", "to_year", CM_FIELD_INTEGER, 0, 0, "year", 0, "last year; empty: any"},
    {"text", "text", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "why the figure is left as it is"},
};

static const cm_field composite[] = {
    {"composite", "key", CM_FIELD_KEY, CM_REQUIRED | CM_IN_KEY, 0, "", 0, "key of the composite, its name among the metrics"},
    {"name", "name", CM_FIELD_TEXT, CM_REQUIRED, 0, "", 0, "name"},
    {"definition", "definition", CM_FIELD_COMPOSITE, CM_REQUIRED, 0, "", 0, "its criteria and how they make a score, in JSON: docs/composites.md"},
    {"note", "note", CM_FIELD_TEXT, 0, 0, "", 0, "remark"},
};

/* In an order in which no relation refers to a later one, save itself: that of import, and of every dump. */
const cm_relation cm_relations[] = {
    {"source", "sources", "source", 0, 0, 0, 0, FIELDS(source), "who published figures"},
    {"edition", "editions", "edition", "source", "source", "source_id", "edition", FIELDS(edition), "editions of a source"},
    {"country", "countries", "country", 0, 0, 0, 0, FIELDS(country), "countries and the aggregates publishers print"},
    {"country_alias", 0, "country_alias", 0, 0, 0, 0, FIELDS(country_alias), "what publishers call countries"},
    {"group", "groups", "country_group", 0, 0, 0, 0, FIELDS(group), "groups of countries"},
    {"group_member", 0, "country_group_member", "group", "group", "group_id", "member", FIELDS(group_member), "membership with dates"},
    {"mineral", "minerals", "mineral", 0, 0, 0, 0, FIELDS(mineral), "minerals and groups of them"},
    {"mineral_member", 0, "mineral_member", "mineral", "mineral", "group_id", "member", FIELDS(mineral_member), "minerals of a group"},
    {"mineral_alias", 0, "mineral_alias", "mineral", "mineral", "mineral_id", "alias", FIELDS(mineral_alias), "what publishers call minerals"},
    {"stage", "stages", "stage", "mineral", "mineral", "mineral_id", "stage", FIELDS(stage), "the chain of a mineral"},
    {"stage_alias", 0, "stage_alias", 0, 0, 0, 0, FIELDS(stage_alias), "what publishers call stages"},
    {"hs_code", 0, "hs_code", "mineral", "mineral", 0, "hs", FIELDS(hs_code), "trade codes of a stage"},
    {"content_factor", 0, "content_factor", "mineral", "mineral", "mineral_id", "content", FIELDS(content_factor), "element in a tonne of each basis"},
    {"measure", "measures", "measure", 0, 0, 0, 0, FIELDS(measure), "what figures measure"},
    {"indicator_kind", "indicators", "indicator_kind", 0, 0, 0, 0, FIELDS(indicator_kind), "what is scored by country and year"},
    {"source_rank", 0, "source_rank", 0, 0, 0, 0, FIELDS(source_rank), "which source is asked first"},
    {"producer", "producers", "producer", 0, 0, 0, 0, FIELDS(producer), "facilities and companies"},
    {"producer_owner", 0, "producer_owner", "producer", "producer", "producer_id", "owner", FIELDS(producer_owner), "who owns them"},
    {"producer_citation", 0, "producer_citation", "producer", "producer", "producer_id", "citation", FIELDS(producer_citation), "sources of a producer"},
    {"figure", "figures", "figure", 0, 0, 0, 0, FIELDS(figure), "production, capacity, demand, stocks and the like"},
    {"flow", "flows", "flow", 0, 0, 0, 0, FIELDS(flow), "trade between countries"},
    {"indicator", 0, "indicator", 0, 0, 0, 0, FIELDS(indicator), "scores by country and year"},
    {"price", "prices", "price", 0, 0, 0, 0, FIELDS(price), "prices"},
    {"parameter", 0, "parameter", 0, 0, 0, 0, FIELDS(parameter), "inputs and results of published assessments"},
    {"industry", "industries", "industry", 0, 0, 0, 0, FIELDS(industry), "value added by industries"},
    {"end_use", "end_uses", "end_use", 0, 0, 0, 0, FIELDS(end_use), "what minerals are used for, and in which industry"},
    {"agreement", "agreements", "agreement", 0, 0, 0, 0, FIELDS(agreement), "commitments between parties"},
    {"agreement_party", 0, "agreement_party", "agreement", "agreement", "agreement_id", "party", FIELDS(agreement_party), "parties"},
    {"agreement_scope", 0, "agreement_scope", "agreement", "agreement", "agreement_id", "scope", FIELDS(agreement_scope), "minerals covered"},
    {"agreement_commitment", "commitments", "agreement_commitment", "agreement", "agreement", "agreement_id", "commitment", FIELDS(agreement_commitment), "what is committed"},
    {"agreement_citation", 0, "agreement_citation", "agreement", "agreement", "agreement_id", "citation", FIELDS(agreement_citation), "sources of an agreement"},
    {"reserve", "reserves", "reserve", 0, 0, 0, 0, FIELDS(reserve), "stockpiles, and what is in the ground"},
    {"reserve_citation", 0, "reserve_citation", "reserve", "reserve", "reserve_id", "citation", FIELDS(reserve_citation), "sources of a reserve"},
    {"restriction", "restrictions", "restriction", 0, 0, 0, 0, FIELDS(restriction), "bans, quotas, licences, taxes, disruptions"},
    {"restriction_scope", 0, "restriction_scope", "restriction", "restriction", "restriction_id", "scope", FIELDS(restriction_scope), "minerals restricted"},
    {"restriction_target", 0, "restriction_target", "restriction", "restriction", "restriction_id", "target", FIELDS(restriction_target), "whom it is against"},
    {"restriction_suspension", 0, "restriction_suspension", "restriction", "restriction", "restriction_id", "suspension", FIELDS(restriction_suspension), "when it was suspended"},
    {"restriction_citation", 0, "restriction_citation", "restriction", "restriction", "restriction_id", "citation", FIELDS(restriction_citation), "sources of a restriction"},
    {"assumption", "assumptions", "assumption", 0, 0, 0, 0, FIELDS(assumption), "what is taken where nobody published"},
    {"explanation", "explanations", "explanation", 0, 0, 0, 0, FIELDS(explanation), "why doubtful figures stand"},
    {"composite", "composites", "composite", 0, 0, 0, 0, FIELDS(composite), "composite indicators of one's own"},
};
const int cm_n_relations = (int)(sizeof cm_relations / sizeof cm_relations[0]);

const cm_relation *cm_relation_find(const char *name) {
  for (int i = 0; i < cm_n_relations; i++) {
    const cm_relation *r = &cm_relations[i];
    if (cm_name_equal(name, r->name) || (r->plural && cm_name_equal(name, r->plural))) return r;
  }
  return NULL;
}

const cm_field *cm_relation_field(const cm_relation *relation, const char *name) {
  for (int i = 0; i < relation->n_fields; i++) {
    if (cm_name_equal(name, relation->fields[i].name)) return &relation->fields[i];
  }
  return NULL;
}

const cm_relation *cm_relation_list(const cm_relation *parent, int index) {
  for (int i = 0; i < cm_n_relations; i++) {
    const cm_relation *r = &cm_relations[i];
    if (r->parent && cm_name_equal(r->parent, parent->name) && index-- == 0) return r;
  }
  return NULL;
}
