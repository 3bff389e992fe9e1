/* SPDX-License-Identifier: MIT */
/* What may stand in a scenario. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "exposure/scenario.h"
#include "table/builder.h"

const char *const cm_scenario_object_names[CM_SCENARIO_OBJECTS] = {
    "scenario", "user", "sector", "shock", "reserve", "agreement", "mitigation", "option", "assume"};

#define YES 1
#define SHARE 0, 1
#define DAYS 0, 36500
#define ANY 0, INFINITY

const cm_scenario_key cm_scenario_key_list[] = {
    {CM_IN_SCENARIO, "name", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "what it is called"},
    {CM_IN_SCENARIO, "note", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "remark"},
    {CM_IN_SCENARIO, "start", CM_KEY_DATE, 0, "", "", 0, 0, "", 0,
     "day 0; groups and agreements on record are those of that day"},
    {CM_IN_SCENARIO, "year", CM_KEY_YEAR, 0, "year", "newest", 1500, 2200, "", 0,
     "whose trade and demand is interrupted; the newest on record of each unless given"},
    {CM_IN_SCENARIO, "horizon", CM_KEY_NUMBER, 0, "d", "365", 1, 36500, "", 0, "days looked at"},
    {CM_IN_SCENARIO, "users", CM_KEY_OBJECTS, 0, "", "", 0, 0, "", CM_IN_USER,
     "who needs what; each target of the shocks at their last stage unless given"},
    {CM_IN_SCENARIO, "shocks", CM_KEY_OBJECTS, 0, "", "", 0, 0, "", CM_IN_SHOCK, "what stops"},
    {CM_IN_SCENARIO, "restrictions", CM_KEY_NAMES, 0, "", "", 0, 0, "", 0,
     "keys of restrictions on record, each a shock from day 0"},
    {CM_IN_SCENARIO, "reserves", CM_KEY_OBJECTS, 0, "", "", 0, 0, "", CM_IN_RESERVE, "stockpiles that answer"},
    {CM_IN_SCENARIO, "agreements", CM_KEY_OBJECTS, 0, "", "", 0, 0, "", CM_IN_AGREEMENT, "agreements that answer"},
    {CM_IN_SCENARIO, "mitigation", CM_KEY_OBJECT, 0, "", "", 0, 0, "", CM_IN_MITIGATION,
     "what else could be bought, and how little is to be missing: the cheapest mix is looked for"},
    {CM_IN_SCENARIO, "allocation", CM_KEY_WORD, 0, "", "own", 0, 0, "own|proportional|equal|contracts|best", 0,
     "how users of one stage share what remains: each keeps its own suppliers; all get the same share of their needs; "
     "the same tonnes; what agreements bring goes to those that have them, and the same share of their needs of the "
     "rest; or those first to whom a tonne is `worth` most; a pool needs demands in tonnes"},
    {CM_IN_SCENARIO, "tiers", CM_KEY_TIERS, 0, "", "", 0, 0, "", 0,
     "countries served first, then those served next; all others last; only where what remains is pooled"},
    {CM_IN_SCENARIO, "order", CM_KEY_WORD, 0, "", "either", 0, 0, "either|reserves_first|inventory_first", 0,
     "what is drawn first; either: values take reserves first, and the low and high ends the better and the worse"},
    {CM_IN_SCENARIO, "cases", CM_KEY_WORDS, 0, "", "", 0, 0, "neither|reserve|agreement|both", 0,
     "which to compute; unless given, all for which there is anything"},
    {CM_IN_SCENARIO, "assume", CM_KEY_OBJECT, 0, "", "", 0, 0, "", CM_IN_ASSUME,
     "what is assumed everywhere in this scenario, before what the store assumes"},

    {CM_IN_USER, "country", CM_KEY_TEXT, YES, "", NULL, 0, 0, "", 0, "country or group"},
    {CM_IN_USER, "mineral", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "mineral; unless given, each that the shocks are of"},
    {CM_IN_USER, "stage", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0,
     "stage whose goods it needs; unless given, the last that the shocks are of"},
    {CM_IN_USER, "demand", CM_KEY_RANGE, 0, "t/a", "", ANY, "", 0,
     "what it needs, in the unit and basis of the market; else apparent consumption, else the assumption; where there "
     "is none, all is in days of demand"},
    {CM_IN_USER, "inventory", CM_KEY_RANGE, 0, "d", NULL, DAYS, "", 0,
     "private stock in days of demand; else the assumption `private_inventory`"},
    {CM_IN_USER, "substitution", CM_KEY_RANGE, 0, "1", "0", SHARE, "", 0,
     "share of the demand that can be given up or replaced from the first day"},
    {CM_IN_USER, "worth", CM_KEY_NUMBER, 0, "1", "1", ANY, "", 0,
     "of a tonne it lacks, beside others': what the best allocation weighs"},
    {CM_IN_USER, "price", CM_KEY_RANGE, 0, "USD/kg", "", ANY, "", 0,
     "what a kilogram costs today; else the mean of the prices that are printed"},
    {CM_IN_USER, "demand_elasticity", CM_KEY_RANGE, 0, "1", "", 0, 10, "", 0,
     "per cent that its demand falls when the price rises by one; else the assumption"},
    {CM_IN_USER, "supply_elasticity", CM_KEY_RANGE, 0, "1", "", 0, 10, "", 0,
     "per cent that what others deliver to it rises when the price does by one; else the assumption"},
    {CM_IN_USER, "spare", CM_KEY_RANGE, 0, "1", "", ANY, "", 0,
     "most that others can deliver more, as a share of what they deliver; no limit unless given"},
    {CM_IN_USER, "sectors", CM_KEY_OBJECTS, 0, "", "", 0, 0, "", CM_IN_SECTOR,
     "who works with it; else the uses that are on record for the country"},

    {CM_IN_SECTOR, "name", CM_KEY_TEXT, YES, "", NULL, 0, 0, "", 0, "what it is called"},
    {CM_IN_SECTOR, "note", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "remark"},
    {CM_IN_SECTOR, "share", CM_KEY_NUMBER, YES, "1", NULL, SHARE, "", 0, "share of the user's demand"},
    {CM_IN_SECTOR, "value_added", CM_KEY_RANGE, 0, "USD/a", "", ANY, "", 0,
     "what it adds in value; a sector that nobody knows it of counts for nothing in the value at stake"},
    {CM_IN_SECTOR, "dependence", CM_KEY_RANGE, 0, "1", "1", SHARE, "", 0,
     "share of its value added that stops when the goods are missing altogether; else the assumption "
     "`sector_dependence`"},

    {CM_IN_SHOCK, "record", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0,
     "key of a restriction in the store, which says all that is not said here"},
    {CM_IN_SHOCK, "name", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "what it is called"},
    {CM_IN_SHOCK, "note", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "remark"},
    {CM_IN_SHOCK, "kind", CM_KEY_WORD, YES, "", NULL, 0, 0, "ban|quota|licence|tax|sanction|outage|disruption", 0,
     "ban, quota, licence, tax: by the countries, of their exports; sanction: by the targets, of what they take; "
     "outage: of the countries' output, their own users included; disruption: exports stopped by nobody's law"},
    {CM_IN_SHOCK, "countries", CM_KEY_NAMES, YES, "", NULL, 0, 0, "", 0, "countries or groups whose goods stop"},
    {CM_IN_SHOCK, "minerals", CM_KEY_NAMES, YES, "", NULL, 0, 0, "", 0, "minerals, or groups of them"},
    {CM_IN_SHOCK, "stages", CM_KEY_NAMES, 0, "", "", 0, 0, "", 0, "stages or kinds of stage; all unless given"},
    {CM_IN_SHOCK, "targets", CM_KEY_NAMES, 0, "", "", 0, 0, "", 0,
     "countries or groups it is aimed at; everybody abroad unless given"},
    {CM_IN_SHOCK, "share", CM_KEY_RANGE, 0, "1", "1", SHARE, "", 0,
     "share withheld; else what the record says, else the assumption `withheld_` and the kind; a licence has "
     "`approval` instead, a tax `rate`"},
    {CM_IN_SHOCK, "steps", CM_KEY_STEPS, 0, "1", "", SHARE, "", 0,
     "instead of `share`: [day after its start, share from then on], days rising"},
    {CM_IN_SHOCK, "approval", CM_KEY_RANGE, 0, "1", NULL, SHARE, "", 0,
     "of a licence: share of applications granted; else what the assumption `withheld_licence` leaves"},
    {CM_IN_SHOCK, "delay", CM_KEY_RANGE, 0, "d", "0", DAYS, "", 0,
     "of a licence: days from its start in which nothing leaves; else the assumption `licence_delay`"},
    {CM_IN_SHOCK, "rate", CM_KEY_RANGE, 0, "1", NULL, 0, 100, "", 0,
     "of a tax: part of the price; what it withholds follows from the elasticities that are assumed"},
    {CM_IN_SHOCK, "start", CM_KEY_RANGE, 0, "d", "0", -36500, 36500, "", 0, "day it begins"},
    {CM_IN_SHOCK, "duration", CM_KEY_RANGE, 0, "d", "", DAYS, "", 0, "days it lasts; to the end unless given"},
    {CM_IN_SHOCK, "ramp", CM_KEY_RANGE, 0, "d", "0", DAYS, "", 0, "days until all of it is withheld"},
    {CM_IN_SHOCK, "leak", CM_KEY_RANGE, 0, "1", "0", SHARE, "", 0,
     "share of what is withheld that arrives by third countries; else the assumption `leak`; none of an outage"},
    {CM_IN_SHOCK, "dependence", CM_KEY_RANGE, 0, "1", NULL, SHARE, "", 0,
     "share of what users need that the countries can withhold; else what trade looked through shows, else the "
     "assumption `dependence`"},
    {CM_IN_SHOCK, "probability", CM_KEY_RANGE, 0, "1", "1", SHARE, "", 0, "that it happens at all; only draws use it"},
    {CM_IN_SHOCK, "group", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "shocks of one group come together more often"},
    {CM_IN_SHOCK, "correlation", CM_KEY_NUMBER, 0, "1", "0.5", SHARE, "", 0,
     "how much of it is its group's (one-factor Gaussian copula)"},

    {CM_IN_RESERVE, "record", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "key of a reserve in the store"},
    {CM_IN_RESERVE, "name", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "what it is called; the record's key unless given"},
    {CM_IN_RESERVE, "note", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "remark"},
    {CM_IN_RESERVE, "holder", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0,
     "country or group whose users may draw; else the record's"},
    {CM_IN_RESERVE, "minerals", CM_KEY_NAMES, 0, "", "", 0, 0, "", 0, "minerals in it; else the record's"},
    {CM_IN_RESERVE, "days", CM_KEY_RANGE, 0, "d", "", DAYS, "", 0, "its size, in days of the users' demand"},
    {CM_IN_RESERVE, "tonnes", CM_KEY_RANGE, 0, "t", "", ANY, "", 0,
     "or in tonnes; else what the record says of either"},
    {CM_IN_RESERVE, "held", CM_KEY_RANGE, 0, "1", "1", SHARE, "", 0,
     "share of its size that is there; else the assumption `reserve_held`"},
    {CM_IN_RESERVE, "usable", CM_KEY_RANGE, 0, "1", "1", SHARE, "", 0,
     "share of it that is of the form and grade that users need"},
    {CM_IN_RESERVE, "release", CM_KEY_RANGE, 0, "1", "1", 0, 1000, "", 0,
     "most that leaves it a day, in days of demand; else the record's rate, else the assumption `release_rate`"},
    {CM_IN_RESERVE, "delay", CM_KEY_RANGE, 0, "d", "0", DAYS, "", 0,
     "days until the first release; else the assumption `release_delay`"},
    {CM_IN_RESERVE, "refill", CM_KEY_RANGE, 0, "1", "0", 0, 1000, "", 0,
     "most that is put back a day from surpluses, in days of demand"},

    {CM_IN_AGREEMENT, "record", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "key of an agreement in the store"},
    {CM_IN_AGREEMENT, "name", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "what it is called; the record's key unless given"},
    {CM_IN_AGREEMENT, "note", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "remark"},
    {CM_IN_AGREEMENT, "buyer", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "country or group it serves; else the record's"},
    {CM_IN_AGREEMENT, "minerals", CM_KEY_NAMES, 0, "", "", 0, 0, "", 0, "minerals; else the record's"},
    {CM_IN_AGREEMENT, "share", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0, "what it brings, as a share of the demand"},
    {CM_IN_AGREEMENT, "tonnes", CM_KEY_RANGE, 0, "t/a", "", ANY, "", 0,
     "or in tonnes; else the tonnes of the record, else the assumption `agreement_share`"},
    {CM_IN_AGREEMENT, "begins", CM_KEY_RANGE, 0, "d", "0", -36500, 36500, "", 0,
     "day of the first delivery; else the record's"},
    {CM_IN_AGREEMENT, "ramp", CM_KEY_RANGE, 0, "d", "0", DAYS, "", 0,
     "days from then until all is delivered; else the record's, else the assumption `agreement_ramp`"},
    {CM_IN_AGREEMENT, "additional", CM_KEY_RANGE, 0, "1", "1", SHARE, "", 0,
     "share that is not in today's flows; else the record's, else the assumption `additionality`"},
    {CM_IN_AGREEMENT, "performs", CM_KEY_RANGE, 0, "1", "1", SHARE, "", 0,
     "share of it that is delivered, by expectation; else the record's probability, else the assumption `performance`"},

    {CM_IN_MITIGATION, "target", CM_KEY_NUMBER, YES, "d", NULL, DAYS, "", 0,
     "most that may be missing in all over the horizon, in days of the user's demand"},
    {CM_IN_MITIGATION, "probability", CM_KEY_NUMBER, 0, "1", "0.95", SHARE, "", 0,
     "that no more is missing; below 1"},
    {CM_IN_MITIGATION, "points", CM_KEY_NUMBER, 0, "1", "10", 1, 100, "", 0,
     "of the cost curve, from what is missing without any option down to nothing"},
    {CM_IN_MITIGATION, "options", CM_KEY_OBJECTS, YES, "", NULL, 0, 0, "", CM_IN_OPTION, "what can be bought"},

    {CM_IN_OPTION, "name", CM_KEY_TEXT, YES, "", NULL, 0, 0, "", 0, "what it is called"},
    {CM_IN_OPTION, "note", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "remark"},
    {CM_IN_OPTION, "kind", CM_KEY_WORD, YES, "", NULL, 0, 0, "reserve|offtake|capacity|substitution|recycling", 0,
     "reserve: tonnes in store; all others: tonnes a year, from an agreement, from plants of one's own, of demand that is "
     "replaced, from scrap. Days of demand, and days of it a year, where tonnes are not known"},
    {CM_IN_OPTION, "country", CM_KEY_TEXT, 0, "", "", 0, 0, "", 0, "country or group whose users it serves; all unless given"},
    {CM_IN_OPTION, "minerals", CM_KEY_NAMES, 0, "", "", 0, 0, "", 0, "minerals that it is of; all unless given"},
    {CM_IN_OPTION, "cost", CM_KEY_RANGE, YES, "USD", NULL, ANY, "", 0, "of a unit, over the horizon"},
    {CM_IN_OPTION, "limit", CM_KEY_NUMBER, 0, "", "", ANY, "", 0, "most units; no limit unless given"},
    {CM_IN_OPTION, "begins", CM_KEY_RANGE, 0, "d", "0", -36500, 36500, "", 0,
     "day of the first delivery, or of the first release"},
    {CM_IN_OPTION, "ramp", CM_KEY_RANGE, 0, "d", "0", DAYS, "", 0,
     "days from then until all of it is delivered; none of a reserve"},
    {CM_IN_OPTION, "performs", CM_KEY_RANGE, 0, "1", "1", SHARE, "", 0,
     "share of it that is there or delivered, by expectation"},
    {CM_IN_OPTION, "release", CM_KEY_RANGE, 0, "1", "1", 0, 1000, "", 0,
     "of a reserve: most that leaves it a day, in days of demand; else the assumption `release_rate`"},

    {CM_IN_ASSUME, "demand", CM_KEY_RANGE, 0, "t/a", "", ANY, "", 0, "what a user needs where nobody publishes it"},
    {CM_IN_ASSUME, "dependence", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0,
     "share of it that the countries of a shock can withhold"},
    {CM_IN_ASSUME, "private_inventory", CM_KEY_RANGE, 0, "d", "", DAYS, "", 0, "stocks of companies"},
    {CM_IN_ASSUME, "reserve_held", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0, "share of a reserve that is there"},
    {CM_IN_ASSUME, "release_rate", CM_KEY_RANGE, 0, "1", "", 0, 1000, "", 0,
     "most that leaves a reserve a day, in days of demand"},
    {CM_IN_ASSUME, "release_delay", CM_KEY_RANGE, 0, "d", "", DAYS, "", 0, "days until a reserve releases anything"},
    {CM_IN_ASSUME, "agreement_share", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0,
     "share of the demand that an agreement of unpublished tonnes brings"},
    {CM_IN_ASSUME, "agreement_ramp", CM_KEY_RANGE, 0, "d", "", DAYS, "", 0, "days until an agreement brings it all"},
    {CM_IN_ASSUME, "additionality", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0,
     "share of an agreement that is not in today's flows"},
    {CM_IN_ASSUME, "performance", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0, "share of an agreement that is delivered"},
    {CM_IN_ASSUME, "withheld_ban", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0, "share that a ban withholds"},
    {CM_IN_ASSUME, "withheld_quota", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0, "share that a quota withholds"},
    {CM_IN_ASSUME, "withheld_licence", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0, "share of licences that are refused"},
    {CM_IN_ASSUME, "withheld_sanction", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0, "share that a sanction withholds"},
    {CM_IN_ASSUME, "withheld_outage", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0, "share of output that an outage takes"},
    {CM_IN_ASSUME, "withheld_disruption", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0, "share that a disruption withholds"},
    {CM_IN_ASSUME, "licence_delay", CM_KEY_RANGE, 0, "d", "", DAYS, "", 0, "days until the first licence is granted"},
    {CM_IN_ASSUME, "leak", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0,
     "share of what is withheld that arrives by third countries"},
    {CM_IN_ASSUME, "demand_elasticity", CM_KEY_RANGE, 0, "1", "", 0, 10, "", 0,
     "per cent that demand falls when the price rises by one"},
    {CM_IN_ASSUME, "supply_elasticity", CM_KEY_RANGE, 0, "1", "", 0, 10, "", 0,
     "per cent that supply rises when the price does by one"},
    {CM_IN_ASSUME, "sector_dependence", CM_KEY_RANGE, 0, "1", "", SHARE, "", 0,
     "share of a sector's value added that stops when the goods are missing altogether"},
};
const int cm_scenario_n_keys = (int)(sizeof cm_scenario_key_list / sizeof cm_scenario_key_list[0]);

const cm_scenario_key *cm_scenario_key_of(cm_scenario_object object, const char *key) {
  for (int i = 0; i < cm_scenario_n_keys; i++) {
    const cm_scenario_key *k = &cm_scenario_key_list[i];
    if (k->object == object && strcmp(k->key, key) == 0) return k;
  }
  return NULL;
}

static const char *const type_names[CM_KEY_TYPES] = {"text",          "date",           "word",   "list of words",
                                                     "list of names", "lists of names", "year",   "number",
                                                     "range",         "list of steps",  "object", "list of objects"};

enum { OBJECT, KEY, TYPE, REQUIRED, UNIT, DEFAULT, LOW, HIGH, WORDS, TEXT, COLUMNS };
static const cm_column columns[COLUMNS] = {
    {"object", "", CRITMIN_COLUMN_TEXT},      {"key", "", CRITMIN_COLUMN_TEXT},    {"type", "", CRITMIN_COLUMN_TEXT},
    {"required", "", CRITMIN_COLUMN_INTEGER}, {"unit", "", CRITMIN_COLUMN_TEXT},   {"default", "", CRITMIN_COLUMN_TEXT},
    {"low", "", CRITMIN_COLUMN_NUMBER},       {"high", "", CRITMIN_COLUMN_NUMBER}, {"words", "", CRITMIN_COLUMN_TEXT},
    {"text", "", CRITMIN_COLUMN_TEXT}};

static int has_bounds(cm_scenario_type type) {
  return type == CM_KEY_YEAR || type == CM_KEY_NUMBER || type == CM_KEY_RANGE || type == CM_KEY_STEPS;
}

critmin_status critmin_scenario_keys(critmin_table **table, critmin_error *error) {
  if (!table) return cm_fail_null(error, "table");
  cm_builder *builder = cm_builder_new(columns, COLUMNS);
  for (int i = 0; builder && i < cm_scenario_n_keys; i++) {
    const cm_scenario_key *k = &cm_scenario_key_list[i];
    cm_builder_row(builder);
    cm_builder_text(builder, OBJECT, cm_scenario_object_names[k->object]);
    cm_builder_text(builder, KEY, k->key);
    cm_builder_text(builder, TYPE, type_names[k->type]);
    cm_builder_integer(builder, REQUIRED, k->required);
    cm_builder_text(builder, UNIT, k->unit);
    cm_builder_text(builder, DEFAULT, k->initial);
    if (has_bounds(k->type)) {
      cm_builder_number(builder, LOW, k->low);
      cm_builder_number(builder, HIGH, k->high);
    }
    cm_builder_text(builder, WORDS, k->words);
    cm_builder_text(builder, TEXT, k->text);
  }
  return builder ? cm_builder_finish(builder, table, error) : cm_fail_memory(error);
}
