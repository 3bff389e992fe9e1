/* SPDX-License-Identifier: MIT */
/* Scenarios run: the worked examples, what must never be, and what is drawn. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario_rig.h"

/* A user of whom everything is said. */
#define JAPAN(more) "'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','demand':365" more "}]"
#define STOPS(more) "{'kind':'ban','countries':'CHN','minerals':'dysprosium','share':1,'leak':0" more "}"
#define RESERVE(more) "{'holder':'JPN','held':1,'release':1000,'delay':0" more "}"
#define AGREEMENT(more) "{'buyer':'JPN','additional':1,'performs':1" more "}"

/* Strategic reserves: private stocks of 30 days, China's part looked through 95 %. */
#define BRIDGED(ramp)                                                                              \
  "{" JAPAN(",'inventory':30") ",'shocks':[" STOPS(",'dependence':0.95") "],'reserves':[" RESERVE( \
      ",'days':60") "],'agreements':[" AGREEMENT(",'share':0.3,'ramp':" ramp) "]}"

START_TEST(stocks_agreements_and_both_last_as_long_as_worked_out_by_hand) {
  critmin_outcome *o = rig_outcome(BRIDGED("180"));
  NEAR(rig_measure(o, "neither", "days_to_shortage", "value"), 30 / 0.95);
  NEAR(rig_measure(o, "reserve", "days_to_shortage", "value"), 90 / 0.95);
  /* .95 t - .3 t^2 / 360 = 90 */
  double a = 0.3 / 360, both = (0.95 - sqrt(0.95 * 0.95 - 4 * a * 90)) / (2 * a);
  NEAR(rig_measure(o, "both", "days_to_shortage", "value"), both);
  ck_assert_double_eq_tol(both, 104.3, 0.05);
  NEAR(rig_measure(o, "both", "days_of_cover", "value"), 90);
  NEAR(rig_measure(o, "reserve", "days_against", "value"), 90 / 0.95);
  NEAR(rig_measure(o, "neither", "share_missing", "value"), 0.95);
  NEAR(rig_measure(o, "neither", "days_unmet", "value"), 0.95 * 365 - 30);
  NEAR(rig_measure(o, "neither", "unmet", "value"), 0.95 * 365 - 30); /* a tonne a day */
  NEAR(rig_measure(o, "neither", "share_unmet", "value"), (0.95 * 365 - 30) / 365);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(an_agreement_that_runs_already_buys_more_than_one_that_ramps) {
  critmin_outcome *o = rig_outcome(BRIDGED("0"));
  NEAR(rig_measure(o, "both", "days_to_shortage", "value"), 90 / 0.65);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(a_reserve_that_releases_slowly_depends_on_what_is_drawn_first) {
  critmin_outcome *o = rig_outcome("{" JAPAN(",'inventory':30") ",'shocks':[" STOPS(
      ",'dependence':1") "],'reserves':["
                         "{'holder':'JPN','days':60,'held':1,'release':0.4,'delay':0}]}");
  NEAR(rig_measure(o, "reserve", "days_to_shortage", "value"), 50);
  NEAR(rig_measure(o, "reserve", "days_to_shortage", "low"), 30);
  NEAR(rig_measure(o, "reserve", "days_to_shortage", "high"), 50);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(licences_hold_back_what_is_refused_and_all_while_nothing_is_decided) {
  critmin_outcome *o = rig_outcome("{" JAPAN(
      ",'inventory':15") ",'shocks':[{'kind':'licence','countries':'CHN','minerals':'dysprosium',"
                         "'approval':0.5,'delay':10,'leak':0,'dependence':1}]}");
  NEAR(rig_measure(o, "neither", "days_to_shortage", "value"), 20); /* 10 at once, then a half a day */
  critmin_outcome_free(o);
}
END_TEST

START_TEST(what_leaks_through_third_countries_is_not_missing) {
  critmin_outcome *o = rig_outcome("{" JAPAN(
      ",'inventory':30") ",'shocks':[{'kind':'ban','countries':'CHN','minerals':"
                         "'dysprosium','share':1,'leak':0.5,'dependence':1}]}");
  NEAR(rig_measure(o, "neither", "days_to_shortage", "value"), 60);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(a_share_can_change_in_steps_and_a_shock_can_end) {
  critmin_outcome *o = rig_outcome("{" JAPAN(
      ",'inventory':0") ",'horizon':100,'shocks':[{'kind':'quota','countries':'CHN','minerals':"
                        "'dysprosium','leak':0,'dependence':1,'start':10,'duration':40,'steps':[[0,0.5],[20,1]]}]}");
  NEAR(rig_measure(o, "neither", "days_to_shortage", "value"), 10);
  NEAR(rig_measure(o, "neither", "days_unmet", "value"), 20 * 0.5 + 20);
  NEAR(rig_cell(o, "weeks", "neither", NULL, "stage", "separated", "value"), 0); /* the first week */
  critmin_outcome_free(o);
}
END_TEST

START_TEST(weeks_add_up_to_what_is_unmet) {
  critmin_outcome *o = rig_outcome(BRIDGED("180"));
  critmin_table *weeks = NULL;
  double sum = 0;
  ck_assert_int_eq(critmin_outcome_table(o, "weeks", &weeks, NULL), CRITMIN_OK);
  for (int64_t row = 0; row < critmin_table_rows(weeks); row++) {
    double first = critmin_table_number(weeks, critmin_table_find(weeks, "day"), row);
    if (strcmp(critmin_table_text(weeks, 0, row), "both") == 0)
      sum += critmin_table_number(weeks, critmin_table_find(weeks, "value"), row) * fmin(7, 365 - first);
  }
  NEAR(sum, rig_measure(o, "both", "days_unmet", "value"));
  critmin_table_free(weeks);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(a_tax_keeps_away_what_the_elasticities_say) {
  critmin_outcome *o = rig_outcome("{" JAPAN(
      ",'inventory':0") ",'assume':{'supply_elasticity':1,'demand_elasticity':1},'shocks':[{'kind':"
                        "'tax','countries':'CHN','minerals':'dysprosium','leak':0,'dependence':1,'rate':0.21}]}");
  /* p / 1.21 = 1 / p, so that p = 1.1 and 1 / 1.1 is left */
  ck_assert_double_eq_tol(rig_measure(o, "neither", "share_missing", "value"), 1 - 1 / 1.1, 1e-6);
  critmin_outcome_free(o);
}
END_TEST

/* Whom a shock hits -------------------------------------------------------------------------------------------------
 */

typedef struct nothing {
  const char *document;
  critmin_status status;
  const char *says;
} nothing;

static const nothing nothings[] = {
    {"{" JAPAN(",'inventory':0") ",'shocks':[{'kind':'ban','countries':'CHN','minerals':'cobalt','dependence':1}]}",
     CRITMIN_ERROR_EMPTY_SELECTION, "it touches nothing"},
    {"{" JAPAN(",'inventory':0") ",'shocks':[{'kind':'ban','countries':'CHN','minerals':'dysprosium','targets':'DEU',"
                                 "'dependence':1}]}",
     CRITMIN_ERROR_EMPTY_SELECTION, "it touches nothing"},
    {"{" JAPAN(",'inventory':0") ",'shocks':[{'kind':'ban','countries':'JPN','minerals':'dysprosium','dependence':1}]}",
     CRITMIN_ERROR_EMPTY_SELECTION, "it touches nothing"},
    {"{'users':[{'country':'JPN','mineral':'dysprosium','stage':'mining','inventory':0}],'shocks':[{'kind':'ban',"
     "'countries':'CHN','minerals':'dysprosium','stages':'separated','dependence':1}]}",
     CRITMIN_ERROR_EMPTY_SELECTION, "it touches nothing"},
    {"{" JAPAN("") ",'shocks':[" STOPS(",'dependence':1,'stages':['mining','anode']") "]}",
     CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "shocks[0].stages[1]: `anode` is no stage in the chain of dysprosium"},
    {"{" JAPAN("") ",'shocks':[" STOPS(",'dependence':1,'targets':['JPN','Atlantis']") "]}", CRITMIN_ERROR_UNKNOWN_NAME,
     "shocks[0].targets[1]: "},
    {"{" JAPAN("") ",'shocks':[{'kind':'ban','countries':'CHN','minerals':['dysprosum']}]}", CRITMIN_ERROR_UNKNOWN_NAME,
     "shocks[0].minerals[0]: "},
    {"{'users':[{'country':'JPN','mineral':'dysprosium','stage':'magnet'}],'shocks':[" STOPS("") "]}",
     CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "users[0]: the chain of `dysprosium` has no stage `magnet`"},
    {"{'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','demand':0}],'shocks':[" STOPS("") "]}",
     CRITMIN_ERROR_INVALID_VALUE, "users[0]: a demand has to be above zero"},
    {"{'shocks':[" STOPS(",'dependence':1") "]}", CRITMIN_ERROR_MISSING_VALUE, "users: nobody is named"},
    {"{" JAPAN(",'inventory':0") ",'shocks':[" STOPS(",'dependence':1") "],'reserves':[" RESERVE(",'days':1,'minerals':"
                                                                                                 "'cobalt'") "]}",
     CRITMIN_ERROR_INVALID_VALUE, "reserves[0]: none of the users may draw from it"},
    {"{" JAPAN(",'inventory':0") ",'shocks':[" STOPS(",'dependence':1") "],'agreements':[{'buyer':'DEU','share':1}]}",
     CRITMIN_ERROR_INVALID_VALUE, "agreements[0]: it commits no tonnes"},
    {"{'users':[{'country':'JPN','mineral':'terbium','stage':'separated','inventory':0}],'shocks':[{'kind':'ban','"
     "countries':"
     "'CHN','minerals':'terbium','dependence':1}],'reserves':[{'holder':'JPN','tonnes':9}]}",
     CRITMIN_ERROR_MISSING_VALUE, "reserves[0]: it is in tonnes, and nobody says how much `terbium` JPN needs"},
    {"{'users':[{'country':'JPN','mineral':'terbium','stage':'separated','inventory':0},{'country':'DEU','mineral':'"
     "terbium',"
     "'stage':'separated','inventory':0,'demand':9}],'allocation':'equal','shocks':[{'kind':'ban','countries':'CHN',"
     "'minerals':'terbium','dependence':1}]}",
     CRITMIN_ERROR_MISSING_VALUE, "users[0]: what remains is to be pooled"},
    {"{'users':[{'country':'JPN','mineral':'terbium','stage':'separated'},{'country':'Japan','mineral':'terbium',"
     "'stage':'separated'}],'shocks':[{'kind':'ban','countries':'CHN','minerals':'terbium'}]}",
     CRITMIN_ERROR_DUPLICATE_KEY, "users[1]: the user is there already, as users[0]"},
};

START_TEST(what_cannot_be_run_says_where_and_why) {
  const nothing *n = &nothings[_i];
  critmin_scenario *scenario = rig_read(NULL, n->document);
  critmin_outcome *outcome = NULL;
  critmin_error error;
  critmin_status status = critmin_scenario_run(rig_model(), scenario, NULL, NULL, NULL, &outcome, &error);
  ck_assert_msg(status == n->status, "%s: %s", n->document, error.message);
  ck_assert_msg(strstr(error.message, n->says) != NULL, "%s", error.message);
  ck_assert_ptr_null(outcome);
  critmin_scenario_free(scenario);
}
END_TEST

START_TEST(an_outage_hits_users_at_home_and_a_restriction_does_not) {
  static const char document[] =
      "{'users':[{'country':'CHN','mineral':'dysprosium','stage':'separated','demand':1,'inventory':0},{'country':'JPN'"
      ","
      "'mineral':'dysprosium','stage':'separated','demand':1,'inventory':0}],'shocks':[{'kind':'%s','countries':'CHN',"
      "'minerals':'rare_earths','share':1,'leak':0,'dependence':1}]}";
  static const struct {
    const char *kind;
    double at_home;
  } kinds[] = {{"outage", 1}, {"ban", 0}, {"disruption", 0}};
  for (size_t i = 0; i < COUNT(kinds); i++) {
    char text[sizeof document + 16];
    snprintf(text, sizeof text, document, kinds[i].kind);
    critmin_outcome *o = rig_outcome(text);
    NEAR(rig_cell(o, "users", "neither", "CHN", "measure", "share_missing", "value"), kinds[i].at_home);
    NEAR(rig_cell(o, "users", "neither", "JPN", "measure", "share_missing", "value"), 1);
    critmin_outcome_free(o);
  }
}
END_TEST

START_TEST(a_member_of_a_group_is_aimed_at_with_it) {
  critmin_outcome *o = rig_outcome(
      "{'start':'2026-01-06'," JAPAN(",'inventory':0") ",'shocks':[" STOPS(",'dependence':0.5,'targets':'G7'") "]}");
  NEAR(rig_measure(o, "neither", "share_missing", "value"), 0.5);
  critmin_outcome_free(o);
}
END_TEST

#define MYANMAR "{'kind':'ban','countries':'MMR','minerals':'dysprosium','share':1,'leak':0,'dependence':0.3}"

START_TEST(shocks_of_one_country_do_not_add_up_and_those_of_several_do_to_all_at_most) {
  critmin_outcome *o = rig_outcome("{" JAPAN(",'inventory':0") ",'shocks':[" STOPS(",'dependence':0.6") "," STOPS(
      ",'dependence':0.6") "," MYANMAR "]}");
  NEAR(rig_measure(o, "neither", "share_missing", "value"), 0.9);
  critmin_outcome_free(o);
  o = rig_outcome("{" JAPAN(",'inventory':0") ",'shocks':[" STOPS(",'dependence':0.9") "," MYANMAR "]}");
  NEAR(rig_measure(o, "neither", "share_missing", "value"), 1);
  critmin_outcome_free(o);
}
END_TEST

/* Sharing what remains ----------------------------------------------------------------------------------------------
 */

#define THREE(more)                                                                                                    \
  "{'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','demand':100,'inventory':0},{'country':'KOR'" \
  ","                                                                                                                  \
  "'mineral':'dysprosium','stage':'separated','demand':150,'inventory':0},{'country':'DEU','mineral':'dysprosium',"    \
  "'stage':'separated','demand':150,'inventory':0}],'shocks':[" STOPS(",'dependence':0.3") "]" more "}"

static double missing_of(const critmin_outcome *o, const char *country, const char *end) {
  return rig_cell(o, "users", "neither", country, "measure", "share_missing", end);
}

START_TEST(what_remains_is_shared_in_proportion_or_tier_by_tier) {
  critmin_outcome *o = rig_outcome(THREE(",'allocation':'proportional'"));
  NEAR(missing_of(o, "JPN", "value"), 0.3);
  NEAR(missing_of(o, "DEU", "value"), 0.3);
  NEAR(missing_of(o, "DEU", "low"), 0);            /* served first */
  NEAR(missing_of(o, "DEU", "high"), 120.0 / 150); /* served last */
  critmin_outcome_free(o);
  o = rig_outcome(THREE(",'allocation':'proportional','tiers':['JPN',['KOR']]"));
  NEAR(missing_of(o, "JPN", "value"), 0);
  NEAR(missing_of(o, "KOR", "value"), 0);
  NEAR(missing_of(o, "DEU", "value"), 120.0 / 150);
  critmin_outcome_free(o);
  o = rig_outcome(THREE(",'allocation':'equal'"));
  NEAR(missing_of(o, "JPN", "value"), 1 - 280.0 / 3 / 100);
  NEAR(missing_of(o, "DEU", "value"), 1 - 280.0 / 3 / 150);
  critmin_outcome_free(o);
  o = rig_outcome(THREE(""));
  NEAR(missing_of(o, "KOR", "low"), 0.3);
  NEAR(missing_of(o, "KOR", "high"), 0.3);
  critmin_outcome_free(o);
}
END_TEST

/* What must hold ----------------------------------------------------------------------------------------------------
 */

static double varied(const char *key, double x, const char *measure) {
  char text[1024];
  double inventory = 20, share = 0.7, duration = 120, days = 40, agreed = 0.1;
  if (strcmp(key, "inventory") == 0) inventory = x;
  if (strcmp(key, "share") == 0) share = x;
  if (strcmp(key, "duration") == 0) duration = x;
  if (strcmp(key, "days") == 0) days = x;
  if (strcmp(key, "agreed") == 0) agreed = x;
  snprintf(
      text, sizeof text,
      "{'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','demand':365,'inventory':%g}],'shocks':["
      "{'kind':'ban','countries':'CHN','minerals':'dysprosium','share':%g,'leak':0,'dependence':0.9,'duration':%g,"
      "'ramp':15}],'reserves':[{'holder':'JPN','days':%g,'held':1,'release':0.5,'delay':10}],'agreements':[{'buyer':"
      "'JPN','share':%g,'ramp':60,'additional':1,'performs':1}]}",
      inventory, share, duration, days, agreed);
  critmin_outcome *o = rig_outcome(text);
  double found = rig_measure(o, "both", measure, "value");
  critmin_outcome_free(o);
  return found;
}

START_TEST(more_that_answers_never_harms_and_more_that_stops_never_helps) {
  static const struct {
    const char *key;
    double step;
    int helps;
  } keys[] = {{"inventory", 9, 1}, {"days", 17, 1}, {"agreed", 0.06, 1}, {"share", 0.07, 0}, {"duration", 25, 0}};
  for (size_t k = 0; k < COUNT(keys); k++) {
    for (int i = 0; i < 12; i++) {
      double less = keys[k].step * i, more = keys[k].step * (i + 1);
      double short_less = varied(keys[k].key, less, "days_to_shortage"),
             short_more = varied(keys[k].key, more, "days_to_shortage");
      double lacks_less = varied(keys[k].key, less, "days_unmet"), lacks_more = varied(keys[k].key, more, "days_unmet");
      ck_assert_msg(keys[k].helps ? short_more >= short_less : short_more <= short_less, "%s %g", keys[k].key, more);
      ck_assert_msg(keys[k].helps ? lacks_more <= lacks_less + 1e-9 : lacks_more >= lacks_less - 1e-9, "%s %g",
                    keys[k].key, more);
    }
  }
}
END_TEST

#define UNSURE \
  "{" JAPAN(",'inventory':{'value':30,'low':10,'high':60}") ",'shocks':[{'name':'one','kind':'ban'," \
  "'countries':'CHN','minerals':'dysprosium','share':{'value':0.8,'low':0.5,'high':1}," \
  "'leak':{'value':0.1,'low':0,'high':0.2},'dependence':{'value':0.7,'low':0.5,'high':0.9}," \
  "'probability':0.4,'group':'a','correlation':1}," \
  "{'name':'two','kind':'ban','countries':'MMR','minerals':'dysprosium','share':1,'leak':0," \
  "'dependence':0.1,'probability':0.4,'group':'a','correlation':1}," \
  "{'name':'three','kind':'ban','countries':'VNM','minerals':'dysprosium','share':1,'leak':0,'dependence':0}]," \
  "'reserves':[{'name':'drums','holder':'JPN','tonnes':{'value':30,'low':0,'high':60},'held':1,'release':1," \
  "'delay':20}]," \
  "'agreements':[{'name':'deal','buyer':'JPN','tonnes':36.5,'additional':1,'performs':0.5}]}"

START_TEST(parts_of_shocks_sum_to_the_whole_and_one_that_does_nothing_has_none) {
  critmin_outcome *o = rig_outcome(UNSURE);
  double one = rig_cell(o, "attribution", NULL, NULL, "shock", "one", "value");
  double two = rig_cell(o, "attribution", NULL, NULL, "shock", "two", "value");
  NEAR(rig_cell(o, "attribution", NULL, NULL, "shock", "three", "value"), 0);
  NEAR(one + two, rig_measure(o, "neither", "days_unmet", "value"));
  ck_assert(one > two && two > 0);
  NEAR(rig_cell(o, "attribution", NULL, NULL, "shock", "one", "error"), 0);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(parts_of_many_shocks_are_sampled_and_sum_to_the_whole) {
  char text[4096] = "{" JAPAN(",'inventory':30") ",'shocks':[";
  for (int i = 0; i < 11; i++) {
    char shock[256];
    snprintf(
        shock, sizeof shock,
        "%s{'name':'s%d','kind':'ban','countries':'%s','minerals':'dysprosium','share':1,'leak':0,'dependence':%g}",
        i ? "," : "", i,
        (const char *[]){"CHN", "MMR", "VNM", "AUS", "USA", "IND", "MYS", "THA", "BRA", "RUS", "BDI"}[i],
        0.01 * (i + 1));
    strcat(text, shock);
  }
  strcat(text, "]}");
  critmin_outcome *o = rig_outcome(text);
  double sum = 0;
  for (int i = 0; i < 11; i++) {
    char name[8];
    snprintf(name, sizeof name, "s%d", i);
    sum += rig_cell(o, "attribution", NULL, NULL, "shock", name, "value");
  }
  NEAR(sum, rig_measure(o, "neither", "days_unmet", "value"));
  ck_assert(rig_cell(o, "attribution", NULL, NULL, "shock", "s10", "error") > 0);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(one_unit_more_brings_what_finite_differences_say) {
  critmin_outcome *o = rig_outcome(BRIDGED("0"));
  NEAR(rig_cell(o, "worth", "both", NULL, "kind", "reserve", "days_later"), 1 / 0.65);
  NEAR(rig_cell(o, "worth", "both", NULL, "kind", "reserve", "unmet_less"), 1);
  NEAR(rig_cell(o, "worth", "both", NULL, "kind", "inventory", "days_later"), 1 / 0.65);
  NEAR(rig_cell(o, "worth", "both", NULL, "kind", "agreement", "unmet_less"), 1);
  NEAR(rig_cell(o, "worth", "both", NULL, "kind", "agreement", "days_later"), 90 / (0.65 - 1 / 365.0) - 90 / 0.65);
  critmin_outcome_free(o);
}
END_TEST

/* Draws -------------------------------------------------------------------------------------------------------------
 */

static char *drawn(int64_t draws, int32_t threads) {
  critmin_scenario *scenario = rig_read(NULL, UNSURE);
  critmin_outcome *o = rig_run(scenario, draws, threads);
  critmin_table *table = NULL;
  char *text = NULL;
  ck_assert_int_eq(critmin_outcome_table(o, "draws", &table, NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_format(table, "csv", &text, NULL), CRITMIN_OK);
  critmin_table_free(table);
  critmin_outcome_free(o);
  critmin_scenario_free(scenario);
  return text;
}

START_TEST(draws_are_the_same_on_any_number_of_threads) {
  char *one = drawn(5000, 1);
  for (int32_t threads = 2; threads <= 8; threads *= 4) {
    char *several = drawn(5000, threads);
    ck_assert_str_eq(one, several);
    critmin_text_free(several);
  }
  critmin_text_free(one);
}
END_TEST

START_TEST(draws_lie_within_the_ends_and_shocks_come_as_often_as_they_should) {
  critmin_scenario *scenario = rig_read(NULL, UNSURE);
  critmin_outcome *o = rig_run(scenario, 20000, 0);
  double often = rig_cell(o, "draws", "neither", NULL, "measure", "days_unmet", "probability");
  ck_assert_double_eq_tol(often, 0.4, 4 * sqrt(0.4 * 0.6 / 20000)); /* both come, or neither */
  ck_assert(rig_cell(o, "draws", "neither", NULL, "measure", "days_unmet", "p95") <=
            rig_measure(o, "neither", "days_unmet", "high"));
  ck_assert(rig_cell(o, "draws", "neither", NULL, "measure", "days_to_shortage", "p05") >=
            rig_measure(o, "neither", "days_to_shortage", "low"));
  ck_assert(rig_cell(o, "draws", "neither", NULL, "measure", "days_unmet", "cvar95") >=
            rig_cell(o, "draws", "neither", NULL, "measure", "days_unmet", "var95"));
  ck_assert(rig_cell(o, "draws", "both", NULL, "measure", "days_unmet", "mean") <
            rig_cell(o, "draws", "neither", NULL, "measure", "days_unmet", "mean"));
  critmin_outcome_free(o);
  critmin_scenario_free(scenario);
}
END_TEST

START_TEST(what_is_known_exactly_is_drawn_as_it_is) {
  critmin_scenario *scenario = rig_read(NULL, BRIDGED("180"));
  critmin_outcome *o = rig_run(scenario, 100, 0);
  NEAR(rig_cell(o, "draws", "both", NULL, "measure", "days_unmet", "mean"),
       rig_measure(o, "both", "days_unmet", "value"));
  NEAR(rig_cell(o, "draws", "both", NULL, "measure", "days_to_shortage", "p50"),
       rig_measure(o, "both", "days_to_shortage", "value"));
  NEAR(rig_cell(o, "draws", "both", NULL, "measure", "days_unmet", "error"), 0);
  critmin_outcome_free(o);
  critmin_scenario_free(scenario);
}
END_TEST

static critmin_outcome *drawn_again(const critmin_scenario *scenario, int64_t first, int64_t draws, int32_t threads,
                                    const critmin_draws *before, critmin_status expected, critmin_error *error) {
  critmin_scenario_options options;
  critmin_outcome *o = NULL;
  critmin_scenario_options_init(&options);
  options.first = first;
  options.draws = draws;
  options.threads = threads;
  options.seed = 7;
  options.drawn = before;
  ck_assert_int_eq(critmin_scenario_run(rig_model(), scenario, &options, NULL, NULL, &o, error), expected);
  return o;
}

static critmin_draws *kept(const critmin_outcome *o) {
  static char bytes[4000000];
  const critmin_draws *draws;
  critmin_draws *made;
  int64_t size;
  ck_assert_int_eq(critmin_outcome_draws(o, &draws, NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_draws_save(draws, bytes, sizeof bytes, &size, NULL), CRITMIN_OK);
  ck_assert_int_le(size, (int64_t)sizeof bytes);
  ck_assert_int_eq(critmin_draws_load(bytes, size, &made, NULL), CRITMIN_OK);
  return made;
}

static char *told(const critmin_outcome *o, const char *what) {
  critmin_table *table;
  char *text;
  ck_assert_int_eq(critmin_outcome_table(o, what, &table, NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_format(table, "csv", &text, NULL), CRITMIN_OK);
  critmin_table_free(table);
  return text;
}

START_TEST(ranges_that_are_put_together_are_one_run_to_the_last_bit) {
  enum { DRAWS = 1500 };
  const int64_t ranges[] = {1, 2, 7, 64};
  const int32_t threads[] = {1, 2, 8};
  critmin_scenario *scenario = rig_read(NULL, UNSURE);
  critmin_error error;
  critmin_outcome *whole = drawn_again(scenario, 0, DRAWS, 1, NULL, CRITMIN_OK, &error);
  char *draws = told(whole, "draws"), *tail = told(whole, "tail");
  for (size_t k = 0; k < COUNT(ranges); k++) {
    critmin_draws *all = NULL;
    int64_t n = ranges[k];
    for (int64_t i = 0; i < n; i++) {
      int64_t at = i * 3 % n, from = at * DRAWS / n;
      critmin_outcome *part = drawn_again(scenario, from, (at + 1) * DRAWS / n - from, threads[(size_t)i % 3], NULL,
                                          CRITMIN_OK, &error);
      critmin_draws *some = kept(part);
      critmin_outcome_free(part);
      if (all) ck_assert_int_eq(critmin_draws_merge(all, some, NULL), CRITMIN_OK);
      if (all)
        critmin_draws_free(some);
      else
        all = some;
    }
    critmin_outcome *merged = drawn_again(scenario, 0, 0, 1, all, CRITMIN_OK, &error);
    char *again = told(merged, "draws"), *parts = told(merged, "tail");
    ck_assert_str_eq(again, draws);
    ck_assert_str_eq(parts, tail);
    critmin_text_free(again);
    critmin_text_free(parts);
    critmin_outcome_free(merged);
    critmin_draws_free(all);
  }
  critmin_text_free(draws);
  critmin_text_free(tail);
  critmin_outcome_free(whole);
  critmin_scenario_free(scenario);
}
END_TEST

START_TEST(draws_that_do_not_belong_together_are_refused) {
  critmin_scenario *scenario = rig_read(NULL, UNSURE), *other = rig_read(NULL, BRIDGED("180"));
  critmin_error error;
  critmin_outcome *o = drawn_again(scenario, 100, 50, 1, NULL, CRITMIN_OK, &error);
  critmin_draws *draws = kept(o);
  drawn_again(other, 150, 10, 1, draws, CRITMIN_ERROR_ARGUMENT, &error);
  ck_assert_ptr_nonnull(strstr(error.message, "another ensemble or scenario"));
  drawn_again(scenario, 140, 50, 1, draws, CRITMIN_ERROR_ARGUMENT, &error);
  ck_assert_ptr_nonnull(strstr(error.message, "is in both"));
  drawn_again(scenario, 0, 50, 1, draws, CRITMIN_ERROR_ARGUMENT, &error);
  ck_assert_ptr_nonnull(strstr(error.message, "draws 50 to 99 are missing"));
  drawn_again(scenario, -1, 50, 1, NULL, CRITMIN_ERROR_ARGUMENT, &error);
  ck_assert_ptr_nonnull(strstr(error.message, "2^40"));
  critmin_risk risk;
  critmin_risk_init(&risk);
  ck_assert_int_eq(critmin_draws_risk(draws, 0.9, &risk, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_nonnull(strstr(error.message, "of a scenario"));
  critmin_draws_free(draws);
  critmin_outcome_free(o);
  critmin_scenario_free(scenario);
  critmin_scenario_free(other);
}
END_TEST

START_TEST(parts_of_the_tail_sum_to_it) {
  critmin_scenario *scenario = rig_read(NULL, UNSURE);
  critmin_outcome *o = rig_run(scenario, 5000, 0);
  critmin_table *table;
  ck_assert_int_eq(critmin_outcome_table(o, "tail", &table, NULL), CRITMIN_OK);
  int32_t cases = critmin_table_find(table, "case"), part = critmin_table_find(table, "cvar95");
  for (int64_t first = 0, next; first < critmin_table_rows(table); first = next) {
    const char *name = critmin_table_text(table, cases, first);
    double sum = 0;
    for (next = first; next < critmin_table_rows(table); next++) {
      if (strcmp(critmin_table_text(table, cases, next), name) != 0) break;
      ck_assert(critmin_table_number(table, part, next) >= 0);
      sum += critmin_table_number(table, part, next);
    }
    ck_assert_int_gt(next - first, 1);
    NEAR(sum, rig_cell(o, "draws", name, NULL, "measure", "days_unmet", "cvar95"));
    ck_assert(rig_cell(o, "tail", name, NULL, "shock", "one", "cvar95") > 0);
    ck_assert(rig_cell(o, "tail", name, NULL, "shock", "two", "cvar95") > 0);
    NEAR(rig_cell(o, "tail", name, NULL, "shock", "three", "cvar95"), 0);
  }
  critmin_table_free(table);
  critmin_outcome_free(o);
  critmin_scenario_free(scenario);
}
END_TEST

static int32_t cancel(void *user, int64_t done, int64_t total) {
  ++*(int *)user;
  return done * 2 >= total;
}

START_TEST(a_run_can_be_cancelled) {
  critmin_scenario *scenario = rig_read(NULL, UNSURE);
  critmin_scenario_options options;
  critmin_outcome *o = NULL;
  int calls = 0;
  critmin_scenario_options_init(&options);
  options.draws = 20000;
  ck_assert_int_eq(critmin_scenario_run(rig_model(), scenario, &options, cancel, &calls, &o, NULL),
                   CRITMIN_ERROR_CANCELLED);
  ck_assert_int_gt(calls, 1);
  ck_assert_ptr_null(o);
  critmin_scenario_free(scenario);
}
END_TEST

START_TEST(wrong_options_are_refused) {
  critmin_scenario *scenario = rig_read(NULL, UNSURE);
  critmin_outcome *o = NULL;
  critmin_table *table = NULL;
  critmin_error error;
  critmin_scenario_options options;
  critmin_scenario_options_init(&options);
  ck_assert_uint_eq(options.struct_size, (uint32_t)critmin_scenario_options_size());
  options.draws = -1;
  ck_assert_int_eq(critmin_scenario_run(rig_model(), scenario, &options, NULL, NULL, &o, NULL), CRITMIN_ERROR_NEGATIVE);
  options.draws = 0;
  options.threads = -1;
  ck_assert_int_eq(critmin_scenario_run(rig_model(), scenario, &options, NULL, NULL, &o, NULL), CRITMIN_ERROR_NEGATIVE);
  options.struct_size = 3;
  ck_assert_int_eq(critmin_scenario_run(rig_model(), scenario, &options, NULL, NULL, &o, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_scenario_run(NULL, scenario, NULL, NULL, NULL, &o, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_scenario_run(rig_model(), NULL, NULL, NULL, NULL, &o, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_scenario_run(rig_model(), scenario, NULL, NULL, NULL, &o, NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_outcome_table(o, "week", &table, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "only `weeks`"));
  ck_assert_int_eq(critmin_outcome_table(NULL, "weeks", &table, NULL), CRITMIN_ERROR_ARGUMENT);
  critmin_outcome_free(o);
  critmin_outcome_free(NULL);
  critmin_scenario_free(scenario);
}
END_TEST

/* What is taken from the model and the store ------------------------------------------------------------------------
 */

static const char *text_of(const critmin_table *table, const char *column, int64_t row) {
  const char *text = critmin_table_text(table, critmin_table_find(table, column), row);
  return text ? text : "";
}

START_TEST(every_assumption_says_why_and_can_be_set) {
  critmin_scenario *scenario = rig_read(NULL,
                                        "{'shocks':[{'kind':'ban','countries':'CHN','minerals':'rare_earths_heavy',"
                                        "'stages':'separated','targets':'JPN'}]}");
  critmin_outcome *o = rig_run(scenario, 0, 1);
  critmin_table *inputs = NULL;
  int assumed = 0;
  ck_assert_int_eq(critmin_outcome_table(o, "inputs", &inputs, NULL), CRITMIN_OK);
  for (int64_t row = 0; row < critmin_table_rows(inputs); row++) {
    if (strcmp(text_of(inputs, "origin", row), "assumption") != 0) continue;
    assumed++;
    ck_assert_int_gt((int)strlen(text_of(inputs, "text", row)), 20);
    ck_assert_int_gt((int)strlen(text_of(inputs, "key", row)), 3);
    ck_assert_str_eq(text_of(inputs, "flags", row), "ASSUMED");
  }
  ck_assert_int_ge(assumed, 5); /* demand, inventory, dependence, share, leak */
  critmin_table_free(inputs);
  double before = rig_measure(o, "neither", "days_of_cover", "value");
  critmin_outcome_free(o);
  ck_assert_int_eq(critmin_scenario_set(scenario, NULL, "assume.private_inventory", "77", NULL), CRITMIN_OK);
  o = rig_run(scenario, 0, 1);
  ck_assert(before != 77);
  NEAR(rig_measure(o, "neither", "days_of_cover", "value"), 77);
  critmin_outcome_free(o);
  critmin_scenario_free(scenario);
}
END_TEST

START_TEST(trade_looked_through_says_how_much_can_be_withheld) {
  critmin_outcome *o = rig_outcome(
      "{'users':[{'country':'USA','mineral':'germanium','stage':'refined'}],'shocks':[{'kind':"
      "'ban','countries':'CHN','minerals':'germanium','share':1,'leak':0}]}");
  critmin_table *inputs = NULL, *cells = NULL;
  critmin_selection *s = NULL;
  static const char *const names[][2] = {{"metric", "touch_share"},
                                         {"mineral", "germanium"},
                                         {"stage", "refined"},
                                         {"country", "USA"},
                                         {"partner", "CHN"}};
  ck_assert_int_eq(critmin_selection_new(&s, NULL), CRITMIN_OK);
  for (size_t i = 0; i < COUNT(names); i++)
    ck_assert_int_eq(critmin_selection_add(s, names[i][0], names[i][1], NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_set(s, "year", "newest", NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_metric_compute(rig_model(), s, 1, NULL, NULL, &cells, NULL), CRITMIN_OK);
  NEAR(rig_measure(o, "neither", "share_missing", "value"),
       critmin_table_number(cells, critmin_table_find(cells, "value"), 0));
  ck_assert_int_eq(critmin_outcome_table(o, "inputs", &inputs, NULL), CRITMIN_OK);
  int found = 0;
  for (int64_t row = 0; row < critmin_table_rows(inputs); row++) {
    if (strcmp(text_of(inputs, "what", row), "dependence") != 0) continue;
    found = 1;
    ck_assert_str_eq(text_of(inputs, "origin", row), "model");
    ck_assert_ptr_nonnull(strstr(text_of(inputs, "text", row), "usgs_mcs"));
  }
  ck_assert(found);
  critmin_table_free(inputs);
  critmin_table_free(cells);
  critmin_selection_free(s);
  critmin_outcome_free(o);
}
END_TEST

static int32_t attempt(void *user) {
  (void)user;
  critmin_scenario *scenario = NULL;
  critmin_outcome *outcome = NULL;
  critmin_table *table = NULL;
  char *json = rig_json(UNSURE), *text = NULL;
  critmin_scenario_options options;
  critmin_scenario_options_init(&options);
  options.draws = 3;
  options.threads = 1;
  critmin_status status = critmin_scenario_read(NULL, json, &scenario, NULL);
  if (!status) status = critmin_scenario_set(scenario, NULL, "name", "x", NULL);
  if (!status) status = critmin_scenario_write(scenario, &text, NULL);
  if (!status) status = critmin_scenario_run(rig_model(), scenario, &options, NULL, NULL, &outcome, NULL);
  if (!status) status = critmin_outcome_table(outcome, "draws", &table, NULL);
  if (status) ck_assert(!table && (!outcome || scenario));
  critmin_table_free(table);
  critmin_outcome_free(outcome);
  critmin_text_free(text);
  critmin_scenario_free(scenario);
  free(json);
  return status;
}

START_TEST(any_allocation_may_fail) {
  fail_each_allocation(attempt, NULL);
}
END_TEST

Suite *suite_scenario_run(void) {
  Suite *suite = suite_create("scenario run");
  TCase *tests = tcase_create("runs");
  tcase_add_unchecked_fixture(tests, rig_load, rig_free);
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, stocks_agreements_and_both_last_as_long_as_worked_out_by_hand);
  tcase_add_test(tests, an_agreement_that_runs_already_buys_more_than_one_that_ramps);
  tcase_add_test(tests, a_reserve_that_releases_slowly_depends_on_what_is_drawn_first);
  tcase_add_test(tests, licences_hold_back_what_is_refused_and_all_while_nothing_is_decided);
  tcase_add_test(tests, what_leaks_through_third_countries_is_not_missing);
  tcase_add_test(tests, a_share_can_change_in_steps_and_a_shock_can_end);
  tcase_add_test(tests, weeks_add_up_to_what_is_unmet);
  tcase_add_test(tests, a_tax_keeps_away_what_the_elasticities_say);
  tcase_add_loop_test(tests, what_cannot_be_run_says_where_and_why, 0, COUNT(nothings));
  tcase_add_test(tests, an_outage_hits_users_at_home_and_a_restriction_does_not);
  tcase_add_test(tests, a_member_of_a_group_is_aimed_at_with_it);
  tcase_add_test(tests, shocks_of_one_country_do_not_add_up_and_those_of_several_do_to_all_at_most);
  tcase_add_test(tests, what_remains_is_shared_in_proportion_or_tier_by_tier);
  tcase_add_test(tests, more_that_answers_never_harms_and_more_that_stops_never_helps);
  tcase_add_test(tests, parts_of_shocks_sum_to_the_whole_and_one_that_does_nothing_has_none);
  tcase_add_test(tests, parts_of_many_shocks_are_sampled_and_sum_to_the_whole);
  tcase_add_test(tests, one_unit_more_brings_what_finite_differences_say);
  tcase_add_test(tests, draws_are_the_same_on_any_number_of_threads);
  tcase_add_test(tests, draws_lie_within_the_ends_and_shocks_come_as_often_as_they_should);
  tcase_add_test(tests, what_is_known_exactly_is_drawn_as_it_is);
  tcase_add_test(tests, ranges_that_are_put_together_are_one_run_to_the_last_bit);
  tcase_add_test(tests, draws_that_do_not_belong_together_are_refused);
  tcase_add_test(tests, parts_of_the_tail_sum_to_it);
  tcase_add_test(tests, a_run_can_be_cancelled);
  tcase_add_test(tests, wrong_options_are_refused);
  tcase_add_test(tests, every_assumption_says_why_and_can_be_set);
  tcase_add_test(tests, trade_looked_through_says_how_much_can_be_withheld);
  tcase_add_test(tests, any_allocation_may_fail);
  suite_add_tcase(suite, tests);
  return suite;
}
