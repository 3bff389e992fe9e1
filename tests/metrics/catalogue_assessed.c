/* SPDX-License-Identifier: MIT */
/* Assessments put together from terms of several kinds, over small stores. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../model/world.h"
#include "base/memory.h"
#include "suites.h"

static critmin_store *store;
static critmin_table *t;

static void setup(void) {
  store = world();
}
static void teardown(void) {
  critmin_table_free(t);
  t = NULL;
  critmin_store_close(store);
}

static void ask(const char *words) {
  critmin_table_free(t);
  t = world_ask(store, words);
}

/* All six dimensions so that the risk is `risk`, save political stability, which is twice as far from the best. */
static void govern(const char *country, double risk) {
  static const char *const dimensions[] = {"control_of_corruption", "government_effectiveness", "regulatory_quality",
                                           "rule_of_law",           "voice_accountability",     "political_stability"};
  for (int i = 0; i < 6; i++) {
    char row[256];
    snprintf(row, sizeof row, "indicator|indicator=%s|country=%s|year=2020|value=%.17g|source=wgi|edition=2024",
             dimensions[i], country, 2.5 - (i == 5 ? risk : risk / 2));
    world_set(store, row);
  }
}

/* Halves, three tenths and a fifth under risks of 6, 3 and 1. */
static void producers(void) {
  world_market(store, "", "CHN", "50", "USA", "30", "AUS", "20", "WLD", "100", NULL);
  govern("CHN", 6 * 6 / 7.);
  govern("USA", 3 * 6 / 7.);
  govern("AUS", 1 * 6 / 7.);
}

#define HOSKINS "metric=hoskins|mineral=tin|stage=mining|year=2020"

START_TEST(risks_are_squared_with_the_shares) {
  producers();
  ask(HOSKINS);
  ck_interval(t, 0, .985, .985, .985);
  ask(HOSKINS "|country=CHN|country=PAIR");
  ck_assert_int_eq(critmin_table_rows(t), 2);
  ck_close(cell(t, row_of(t, "country", "CHN"), "value"), (.81 + .04) / 10); /* it bears no risk from itself */
  ck_close(cell(t, row_of(t, "country", "PAIR"), "value"), .04 / 10);
  ask(HOSKINS "|lens=rule_of_law");
  ck_close(cell(t, 0, "value"), .985 * 36 / 49);
  world_refuses(store, HOSKINS "|lens=weather", CRITMIN_ERROR_PARAMETER, "lens");
}
END_TEST

START_TEST(a_producer_without_a_score_has_a_neutral_one) {
  world_market(store, "", "CHN", "60", "USA", "40", "WLD", "100", NULL);
  govern("CHN", 6 * 6 / 7.);
  ask(HOSKINS);
  ck_interval(t, 0, (12.96 + 4) / 10, 12.96 / 10, (12.96 + 16) / 10);
  ck_assert_int_eq(flagged(t, 0, "WGI_IMPUTED"), 1);
}
END_TEST

#define FLOW "flow|mineral=tin|stage=mining|from=2020|to=2020|importer=DEU|basis=content|source=first|edition=2022|"
#define PARTNERS "metric=import_hhi|mineral=tin|stage=mining|year=2020|country=DEU"

START_TEST(partners_of_one_buyer_are_a_market) {
  world_market(store, "", "CHN", "90", "DEU", "10", "WLD", "100", NULL);
  world_set(store, FLOW "exporter=CHN|quantity=30");
  world_set(store, FLOW "exporter=AUS|quantity=10");
  world_set(store, FLOW "exporter=WLD|quantity=40");
  ask(PARTNERS);
  ck_interval(t, 0, .75 * .75 + .25 * .25, .625, .625);
  ask(PARTNERS "|of=supply_mix"); /* its own ten tonnes are one more supplier */
  ck_close(cell(t, 0, "value"), .36 + .04 + .04);
  world_set(store, FLOW "exporter=WLD|quantity=50");
  ask(PARTNERS);
  ck_interval(t, 0, .36 + .04 + .02, .4, .44); /* ten from others: one, or ever so many */
  ask(PARTNERS "|residual=upper");
  ck_close(cell(t, 0, "value"), .44);
  ask("metric=import_hhi|mineral=tin|stage=mining|year=2020|country=USA");
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
}
END_TEST

#define EXPORT "flow|mineral=tin|stage=mining|from=2020|to=2020|basis=content|source=first|edition=2022|"
#define EXPORTERS "metric=export_hhi|mineral=tin|stage=mining|year=2020"

START_TEST(exporters_are_a_market) {
  ask(EXPORTERS);
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
  world_set(store, EXPORT "importer=DEU|exporter=CHN|quantity=30|amount=1|currency=USD");
  world_set(store, EXPORT "importer=USA|exporter=CHN|quantity=20|amount=1|currency=USD");
  world_set(store, EXPORT "importer=DEU|exporter=AUS|quantity=50|amount=2|currency=USD");
  ask(EXPORTERS); /* lists of what some bring in say nothing of all that goes out */
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
  ask(EXPORTERS "|listed_only=1");
  ck_interval(t, 0, .5, .5, .5);
  world_set(store, EXPORT "importer=WLD|exporter=WLD|quantity=100|amount=4|currency=USD");
  ask(EXPORTERS);
  ck_interval(t, 0, .5, .5, .5);
  ck_assert_str_eq(word(t, 0, "country"), "(none)");
  world_set(store, EXPORT "importer=FRA|exporter=USA|amount=4|currency=USD");
  world_set(store, EXPORT "importer=WLD|exporter=WLD|quantity=100|amount=8|currency=USD");
  ask(EXPORTERS "|listed_only=1"); /* one flow has no tonnes: money of all */
  ck_close(cell(t, 0, "value"), .0625 + .0625 + .25);
  ask(EXPORTERS "|listed_only=1|by=quantity");
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
  world_refuses(store, EXPORTERS "|by=weight", CRITMIN_ERROR_PARAMETER, "`by`");
}
END_TEST

#define TIN(measure, country, value) \
  world_set(store, "figure|measure=" measure "|mineral=tin|stage=mining|country=" country "|from=2020|to=2020|unit=t|" \
                   "basis=content|value=" value "|source=first|edition=2022")
#define SENT_ON "metric=reexports|mineral=tin|stage=mining|year=2020|country=DEU"

START_TEST(what_is_sent_on_is_taken_out_by_simple_rules) {
  world_set(store, "measure|measure=imports|text=Imports|choice=country");
  world_set(store, "measure|measure=exports|text=Exports|choice=country");
  world_market(store, "", "DEU", "20", "CHN", "80", "WLD", "100", NULL);
  TIN("imports", "DEU", "60");
  ask(SENT_ON);
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1); /* nobody says what goes out */
  TIN("exports", "DEU", "40");
  ask(SENT_ON);
  ck_interval(t, 0, 30, 30, 30); /* three quarters of the pool came in */
  ask(SENT_ON "|report=imports");
  ck_close(cell(t, 0, "value"), 30);
  ask(SENT_ON "|report=exports");
  ck_close(cell(t, 0, "value"), 10);
  ask(SENT_ON "|rule=largest");
  ck_interval(t, 0, 40, 40, 40);
  ask(SENT_ON "|rule=largest|report=exports");
  ck_close(cell(t, 0, "value"), 0);
  world_figure(store, "CHN", "", "status=withheld");
  world_figure(store, "DEU", "", "status=withheld|low=10|high=40");
  ask(SENT_ON);
  ck_close(cell(t, 0, "low"), 40 * 60 / 100.);
  ck_close(cell(t, 0, "high"), 40 * 60 / 70.);
}
END_TEST

/* Asset 1, 60 t in China, held to 80 % by the United States; asset 2, 40 t in Australia, by Germany, the United States
 * and others. */
static void owners(void) {
  world_set(store, "producer|producer=parent|name=Parent|kind=company|country=USA");
  world_set(store, "producer|producer=one|name=One|kind=facility|country=CHN");
  world_set(store, "producer|producer=two|name=Two|kind=facility|country=AUS");
  world_set(store, "producer_owner|producer=parent|country=USA|share=1");
  world_set(store, "producer_owner|producer=one|owner=parent|share=0.8");
  world_set(store, "producer_owner|producer=one|country=CHN|share=0.2");
  world_set(store, "producer_owner|producer=two|country=DEU|share=0.5");
  world_set(store, "producer_owner|producer=two|owner=parent|share=0.25");
  world_market(store, "", "CHN", "60", "AUS", "40", "WLD", "100", NULL);
  world_figure(store, "CHN", "60", "producer=one");
  world_figure(store, "AUS", "40", "producer=two");
}

#define OWNERS "metric=owner_hhi|mineral=tin|stage=mining|year=2020"

START_TEST(owners_are_found_through_their_holdings) {
  owners();
  ask(OWNERS);
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_close(cell(t, 0, "low"), .3908);
  ck_close(cell(t, 0, "high"), .5168);
  ask(OWNERS "|residual=lower");
  ck_close(cell(t, 0, "value"), .3908);
  ask(OWNERS "|rule=control|residual=lower"); /* of what is held to more than half, all */
  ck_close(cell(t, 0, "low"), .7 * .7 + .2 * .2);
  ask("metric=owner_hhi|mineral=tin|country=CHN|residual=lower"); /* is of the market, whoever asks */
  ck_assert_str_eq(word(t, 0, "country"), "(none)");
  ck_close(cell(t, 0, "value"), .3908);
}
END_TEST

START_TEST(by_offtake_output_is_of_those_who_take_it) {
  owners();
  ask(OWNERS "|rule=offtake|residual=lower");
  ck_assert_double_nan(cell(t, 0, "value")); /* nobody is on record who takes any */
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
  critmin_error error;
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  world_set(store, "agreement|agreement=deal|name=Deal|kind=offtake|signed=2018|effective=2018");
  world_set(store, "agreement_party|agreement=deal|country=USA");
  static const char commitment[] = "agreement_commitment|agreement=deal|mineral=tin|stage=mining|kind=";
  static const char *const rows[] = {"share|producer=one|buyer=DEU|share=0.5", "tonnes|producer=one|buyer=USA|tonnes=12",
                                     "tonnes|producer=two|buyer=USA|tonnes=60",
                                     "tonnes|producer=two|buyer=DEU|tonnes=20|from=2021", "right|producer=one|buyer=CHN"};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char row[256];
    snprintf(row, sizeof row, "%s%s", commitment, rows[i]);
    world_set(store, row);
  }
  ck_assert_msg(critmin_store_commit(store, &error) == CRITMIN_OK, "%s", error.message);
  ask(OWNERS "|rule=offtake|residual=lower");
  /* Germany 30; the United States 12, and all of the 40 that asset two makes; nobody knows who takes the other 18. */
  ck_interval(t, 0, .3 * .3 + .52 * .52, .3 * .3 + .52 * .52, .3 * .3 + .7 * .7);
  ask("metric=owner_hhi|mineral=tin|stage=mining|year=2021|rule=offtake|residual=lower"); /* no figures of that year */
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
  critmin_table_free(t);
  t = world_explain(store, OWNERS "|rule=offtake");
  int commitments = 0;
  for (int64_t row = 0; row < critmin_table_rows(t); row++)
    commitments += strcmp(word(t, row, "role"), "commitment") == 0;
  ck_assert_int_eq(commitments, 3);
}
END_TEST

START_TEST(what_no_facility_makes_has_owners_nobody_knows) {
  owners();
  world_figure(store, "CHN", "100", "");
  world_figure(store, "WLD", "140", "");
  ask(OWNERS);
  double usa = 58 / 140., other = (12 * 12 + 20 * 20) / 140. / 140.;
  ck_close(cell(t, 0, "low"), usa * usa + other);
  ck_close(cell(t, 0, "high"), (108 / 140.) * (108 / 140.) + other);
  ask(OWNERS "|unrecorded=host");
  ck_assert_int_eq(flagged(t, 0, "ASSUMED"), 1);
  ck_close(cell(t, 0, "low"), usa * usa + (52. * 52 + 20 * 20) / 140 / 140);
  ask("metric=owner_hhi|mineral=tin|stage=smelter|year=2020");
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
}
END_TEST

static void make_union(void) {
  world_set(store, "country|country=EUU|kind=union|name=European Union");
  world_set(store, "group|group=EU27|name=European Union|area=EUU");
  world_set(store, "measure|measure=imports|text=Imports|choice=country");
  world_set(store, "measure|measure=exports|text=Exports|choice=country");
  world_set(store, "measure|measure=import_reliance|unit=share|text=Reliance|choice=country");
}

#define UNION "flow|mineral=tin|stage=mining|from=2020|to=2020|importer=EUU|basis=content|source=first|edition=2022|"
#define IMPORTS "metric=crma_imports|mineral=tin|stage=mining|year=2020"

/* A thousand tonnes used, of which 720 come from one third country. */
static void consumption(void) {
  make_union();
  world_market(store, "", "DEU", "100", "CHN", "900", "WLD", "1000", NULL);
  world_set(store, UNION "exporter=CHN|quantity=720");
  world_set(store, UNION "exporter=USA|quantity=180");
  world_set(store, UNION "exporter=WLD|quantity=900");
  world_set(
      store,
      "figure|measure=exports|mineral=tin|stage=mining|country=EUU|from=2020|to=2020|unit=t|basis=content|value=0|"
      "status=zero|source=first|edition=2022");
}

START_TEST(the_largest_third_country_is_held_to_the_benchmark) {
  consumption();
  ask(IMPORTS);
  ck_interval(t, 0, .72, .72, .72);
  ck_assert_str_eq(word(t, 0, "country"), "EUU");
  ck_assert_str_eq(word(t, 0, "partner"), "CHN");
  ck_assert_int_eq(flagged(t, 0, "ASSUMED"), 0);
  ask(IMPORTS "|report=gap");
  ck_close(cell(t, 0, "value"), .07);
  ask(IMPORTS "|report=tonnes");
  ck_close(cell(t, 0, "value"), 70);
  ck_assert_str_eq(word(t, 0, "unit"), "t");
}
END_TEST

/* What the United States deliver was mined in China; the Union's own tenth is its own either way. */
START_TEST(the_largest_third_country_is_found_behind_those_who_pass_on) {
  consumption();
  world_set(store, "flow|mineral=tin|stage=mining|from=2020|to=2020|importer=USA|basis=content|source=first|"
                   "edition=2022|exporter=CHN|quantity=180");
  ask(IMPORTS "|at=mining");
  ck_interval(t, 0, .9, .9, .9);
  ck_assert_str_eq(word(t, 0, "partner"), "CHN");
  ask(IMPORTS "|at=mining|report=tonnes");
  ck_close(cell(t, 0, "value"), 250);
  ask("metric=crma_extraction|mineral=tin|stage=mining|year=2020|at=mining");
  ck_interval(t, 0, .1, .1, .1);
  ask("metric=crma_processing|mineral=tin|stage=mining|year=2020|at=mining|report=gap");
  ck_close(cell(t, 0, "value"), .3);
  ask(IMPORTS "|at=smelter"); /* after what is asked about */
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
  world_refuses(store, IMPORTS "|at=mien", CRITMIN_ERROR_UNKNOWN_NAME, "mien");
}
END_TEST

#define EXTRACTION "metric=crma_extraction|mineral=tin|stage=mining|year=2020"

START_TEST(output_stands_in_for_capacity_and_says_so) {
  consumption();
  ask(EXTRACTION);
  ck_interval(t, 0, .1, .1, .1);
  ck_assert_int_eq(flagged(t, 0, "ASSUMED"), 1);
  world_figure(store, "DEU", "40", "measure=capacity");
  world_figure(store, "FRA", "20", "measure=capacity");
  ask(EXTRACTION);
  ck_close(cell(t, 0, "value"), .06);
  ck_assert_int_eq(flagged(t, 0, "ASSUMED"), 0);
  ask(EXTRACTION "|report=tonnes");
  ck_close(cell(t, 0, "value"), 40);
  ask("metric=crma_processing|mineral=tin|stage=smelter|year=2020");
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
}
END_TEST

START_TEST(a_benchmark_is_reached_in_years_of_growth) {
  consumption();
  ask(IMPORTS "|report=years|growth=-0.1"); /* from 0.72 down to 0.65 */
  ck_close(cell(t, 0, "value"), log(.65 / .72) / log(.9));
  ck_assert_str_eq(word(t, 0, "unit"), "a");
  ask(IMPORTS "|report=years|growth=0.1");
  ck_assert(isinf(cell(t, 0, "value")));
  world_figure(store, "DEU", "40", "measure=capacity");
  ask(EXTRACTION "|report=years|growth=0.15"); /* the example of the manual: from 0.04 to 0.1 */
  ck_interval(t, 0, log(2.5) / log(1.15), log(2.5) / log(1.15), log(2.5) / log(1.15));
  world_figure(store, "DEU", "0", "measure=capacity|status=zero");
  ask(EXTRACTION "|report=years|growth=0.15");
  ck_assert(isinf(cell(t, 0, "value")));
  world_refuses(store, EXTRACTION "|report=years", CRITMIN_ERROR_PARAMETER, "growth");
  world_refuses(store, EXTRACTION "|growth=0.1", CRITMIN_ERROR_PARAMETER, "report=years");
  world_refuses(store, EXTRACTION "|report=years|growth=-1", CRITMIN_ERROR_PARAMETER, "growth");
}
END_TEST

START_TEST(the_printed_reliance_stands_in_for_tonnes) {
  make_union();
  world_set(
      store,
      "figure|measure=import_reliance|mineral=tin|stage=refined|country=EUU|from=2016|to=2020|unit=share|basis=content|"
      "value=0.7|source=first|edition=2022");
  ask("metric=crma_processing|mineral=tin|stage=refined|year=2020|report=gap");
  ck_close(cell(t, 0, "value"), .1);
  ck_assert_int_eq(flagged(t, 0, "PUBLISHED"), 1);
  ask("metric=crma_processing|mineral=tin|stage=refined|year=2020|report=tonnes"); /* of nobody knows how many */
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
  world_set(store, "parameter|mineral=tin|parameter=recycling_input_rate|value=0.3|unit=1|source=first|edition=2022");
  ask("metric=crma_recycling|mineral=tin");
  ck_close(cell(t, 0, "value"), .3);
  ck_assert_str_eq(word(t, 0, "stage"), "(none)");
  ck_assert_double_eq(cell(t, 0, "year"), 2022);
  ask("metric=crma_recycling|mineral=tin|country=USA|year=2022"); /* it is not that of another country */
  ck_assert_double_nan(cell(t, 0, "value"));
}
END_TEST

#define SCORE "parameter|mineral=tin|unit=1|source=first|edition=2022|"

START_TEST(criteria_of_a_risk_list_come_from_the_store) {
  static const char *const criteria[] = {
      "production_concentration", "reserve_distribution",   "recycling",
      "substitutability",         "governance_of_producer", "governance_of_reserves"};
  for (int i = 0; i < 6; i++) {
    char row[256];
    snprintf(row, sizeof row, SCORE "parameter=bgs_%s|value=%g", criteria[i], i == 0 ? 3. : 2.5);
    world_set(store, row);
  }
  ask("metric=bgs_risk|mineral=tin"); /* one of seven is not known */
  ck_interval(t, 0, 10 * 15.5 / 18, 10 * 16.5 / 21, 10 * 18.5 / 21);
  ck_assert_int_eq(flagged(t, 0, "NOT_AVAILABLE"), 1);
  ask("metric=bgs_risk|mineral=tin|list=2011|year=2020");
  ck_assert_int_eq(flagged(t, 0, "OUT_OF_RANGE_INPUT"), 1); /* half steps are none of that list */
  ask("metric=bgs_risk|mineral=one|year=2020");
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
}
END_TEST

START_TEST(the_american_score_is_as_far_as_its_terms_are_there) {
  world_set(store, "measure|measure=net_import_reliance|unit=share|text=Reliance|choice=country");
  world_set(store,
            "figure|measure=net_import_reliance|mineral=tin|stage=refined|country=USA|from=2020|to=2020|unit=share|"
            "basis=content|value=0.8|source=first|edition=2022");
  ask("metric=usgs_supply_risk|mineral=tin|stage=refined|year=2020");
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
  world_set(store, SCORE "parameter=usgs_disruption_potential|value=0.6");
  world_set(store, SCORE "parameter=usgs_economic_vulnerability|value=0.4");
  world_set(store, SCORE "stage=refined|parameter=usgs_economic_vulnerability|value=0.5");
  ask("metric=usgs_supply_risk|mineral=tin|stage=refined|year=2020");
  ck_close(cell(t, 0, "value"), cbrt(.6 * .8 * .5));
  ck_assert_int_eq(flagged(t, 0, "UNVERIFIED_PRESET"), 1);
  world_refuses(store, "metric=usgs_supply_risk|mineral=tin|country=CHN", CRITMIN_ERROR_ARGUMENT,
                "made for `USA` alone");
}
END_TEST

START_TEST(no_allocation_that_fails_does_harm) {
  static const char *const questions[] = {OWNERS, HOSKINS, PARTNERS, IMPORTS "|country=DEU"};
  owners();
  govern("CHN", 3);
  make_union();
  world_set(store, FLOW "exporter=CHN|quantity=30");
  critmin_model *model = world_model(store, NULL);
  for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
    critmin_selection *selection = world_selection(questions[i]);
    critmin_error error;
    critmin_status status = CRITMIN_ERROR_MEMORY;
    for (int64_t n = 1; status == CRITMIN_ERROR_MEMORY; n++) {
      critmin_table *table = NULL;
      cm_memory_fail_at(n, 0);
      status = critmin_metric_explain(model, selection, &table, &error);
      cm_memory_fail_at(0, 0);
      ck_assert_int_eq(table == NULL, status != CRITMIN_OK);
      critmin_table_free(table);
    }
    ck_assert_msg(status == CRITMIN_OK, "%s: %s", questions[i], error.message);
    critmin_selection_free(selection);
  }
  critmin_model_free(model);
}
END_TEST

Suite *suite_catalogue_assessed(void) {
  Suite *suite = suite_create("catalogue_assessed");
  TCase *tests = tcase_create("assessed");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, risks_are_squared_with_the_shares);
  tcase_add_test(tests, a_producer_without_a_score_has_a_neutral_one);
  tcase_add_test(tests, partners_of_one_buyer_are_a_market);
  tcase_add_test(tests, owners_are_found_through_their_holdings);
  tcase_add_test(tests, exporters_are_a_market);
  tcase_add_test(tests, what_is_sent_on_is_taken_out_by_simple_rules);
  tcase_add_test(tests, a_benchmark_is_reached_in_years_of_growth);
  tcase_add_test(tests, by_offtake_output_is_of_those_who_take_it);
  tcase_add_test(tests, what_no_facility_makes_has_owners_nobody_knows);
  tcase_add_test(tests, the_largest_third_country_is_held_to_the_benchmark);
  tcase_add_test(tests, the_largest_third_country_is_found_behind_those_who_pass_on);
  tcase_add_test(tests, output_stands_in_for_capacity_and_says_so);
  tcase_add_test(tests, the_printed_reliance_stands_in_for_tonnes);
  tcase_add_test(tests, criteria_of_a_risk_list_come_from_the_store);
  tcase_add_test(tests, the_american_score_is_as_far_as_its_terms_are_there);
  tcase_add_test(tests, no_allocation_that_fails_does_harm);
  suite_add_tcase(suite, tests);
  return suite;
}
