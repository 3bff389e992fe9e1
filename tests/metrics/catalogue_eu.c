/* SPDX-License-Identifier: MIT */
/* The indices and scores of the European Commission over a model. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../model/world.h"
#include "suites.h"

static critmin_store *store;
static critmin_table *t;

static void setup(void) {
  store = world();
  world_set(store, "source|source=eu_crm|publisher=European Commission|title=Study|licence=CC-BY-4.0");
  world_set(store, "edition|source=eu_crm|edition=2023|date=2023-03-16");
  world_set(store, "country|country=EUU|kind=union|name=European Union");
  world_set(store, "group|group=EU27|name=European Union|area=EUU");
  world_set(store, "measure|measure=import_reliance|unit=share|choice=country|text=Reliance");
}
static void teardown(void) {
  critmin_table_free(t);
  t = NULL;
  critmin_store_close(store);
}

/* All six dimensions in both years so that W is `weight` on the scale from -2.5 to 2.5. */
static void govern(const char *country, double weight, double other) {
  static const char *const dimensions[] = {"control_of_corruption", "government_effectiveness",
                                           "political_stability",   "regulatory_quality",
                                           "rule_of_law",           "voice_accountability"};
  for (int i = 0; i < 12; i++) {
    char row[256];
    snprintf(row, sizeof row, "indicator|indicator=%s|country=%s|year=%d|value=%.17g|source=wgi|edition=2024",
             dimensions[i % 6], country, i < 6 ? 2020 : 2019, 2.5 - (i < 6 ? weight : other) / 2);
    world_set(store, row);
  }
}

static void ask(const char *words) {
  critmin_table_free(t);
  t = world_ask(store, words);
}

#define PARAMETER "parameter|source=eu_crm|edition=2023|mineral=tin|"
#define INDEX "metric=hhi_wgi_t|mineral=tin|stage=mining|year=2020"

/* The worked example: squares of a half, three tenths and a fifth; W 6, 3 and 1; t 1.1, 1 and 0.8. */
static void example(void) {
  world_market(store, "", "CHN", "50", "USA", "30", "DEU", "20", "WLD", "100", NULL);
  govern("CHN", 6, 6);
  govern("USA", 3, 3);
  govern("DEU", 1, 1);
}

START_TEST(squares_are_weighted_by_governance_and_trade) {
  example();
  ask(INDEX);
  ck_interval(t, 0, 1.5 + .27 + .032, 1.802, 1.802); /* members of the Union have 0.8 where nothing is said */
  world_set(store, PARAMETER "stage=mining|country=CHN|parameter=trade_parameter|value=1.1|unit=1");
  ask(INDEX);
  ck_interval(t, 0, 1.952, 1.952, 1.952);
  world_set(store, PARAMETER "country=USA|parameter=trade_parameter|value=1.2|unit=1"); /* of all its stages */
  ask(INDEX);
  ck_close(cell(t, 0, "value"), 1.65 + .27 * 1.2 + .032);
  ask(INDEX "|trade_member=1");
  ck_close(cell(t, 0, "value"), 1.65 + .27 * 1.2 + .04);
  world_set(store, PARAMETER "stage=mining|country=CHN|parameter=trade_parameter|value=1.8|unit=1");
  ask(INDEX); /* above the greatest of the study of 2023 */
  ck_close(cell(t, 0, "value"), 1.5 * 1.8 + .27 * 1.2 + .032);
}
END_TEST

START_TEST(a_missing_score_and_a_residual_take_all_they_may_be) {
  world_market(store, "", "CHN", "50", "USA", "30", "DEU", "10", "WLD", "100", NULL);
  govern("CHN", 6, 6);
  govern("DEU", 1, 1);
  ask(INDEX "|residual=lower");
  /* The mean of the known, by what they produce, stands for the missing one. */
  double mean = (50 * 6 + 10 * 1) / 60., known = .25 * 6 + .01 * 1 * .8;
  ck_close(cell(t, 0, "value"), known + .09 * mean);
  ck_close(cell(t, 0, "low"), known);
  ck_close(cell(t, 0, "high"), known + .09 * 10 + .01 * 10 * 1.5);
  ck_assert_int_eq(flagged(t, 0, "WGI_IMPUTED"), 1);
}
END_TEST

START_TEST(governance_may_be_a_mean_of_years) {
  example();
  govern("CHN", 6, 8);
  ask(INDEX "|wgi_years=2");
  ck_close(cell(t, 0, "value"), .25 * 7 + .27 + .032);
  critmin_table_free(t);
  t = world_explain(store, INDEX "|wgi_years=2");
  int scores = 0;
  double adds = 0;
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    scores += strcmp(word(t, row, "role"), "governance") == 0;
    if (strcmp(word(t, row, "role"), "producer") == 0) adds += cell(t, row, "contribution");
  }
  ck_assert_int_eq(scores, 3 * 6 * 2);
  ck_close(adds, .25 * 7 + .27 + .032);
}
END_TEST

START_TEST(a_group_weighs_what_its_members_do) {
  example();
  world_set(store, PARAMETER "stage=mining|country=CHN|parameter=trade_parameter|value=1.1|unit=1");
  ask(INDEX "|country=PAIR"); /* China and the United States */
  double weighted = (50 * 6 * 1.1 + 30 * 3) / 80;
  ck_close(cell(t, 0, "value"), .64 * weighted + .032);
  ck_close(cell(t, 0, "low"), cell(t, 0, "value"));
}
END_TEST

#define SHARE \
  "figure|measure=production|mineral=tin|from=2016|to=2020|unit=share|basis=content|source=eu_crm|edition=2023|"
#define FLOW "flow|mineral=tin|from=2016|to=2020|importer=EUU|source=eu_crm|edition=2023|"
#define RISK "metric=eu_supply_risk|mineral=tin"

static void study(void) {
  govern("CHN", 6, 6);
  govern("USA", 3, 3);
  govern("DEU", 1, 1);
  world_set(store, SHARE "stage=mining|country=CHN|value=0.5");
  world_set(store, SHARE "stage=mining|country=USA|value=0.4");
  world_set(store, SHARE "stage=smelter|country=CHN|value=1");
  world_set(store, FLOW "stage=mining|exporter=USA|share=0.6");
  world_set(store, FLOW "stage=mining|exporter=DEU|share=0.3");
  world_set(store, FLOW "stage=mining|exporter=OTH|share=0.1|status=residual");
  world_set(store,
            "figure|measure=import_reliance|mineral=tin|stage=mining|country=EUU|from=2016|to=2020|unit=share|"
            "basis=content|value=0.8|source=eu_crm|edition=2023");
  world_set(store, PARAMETER "parameter=recycling_input_rate|value=0.1|unit=1");
  world_set(store, PARAMETER "parameter=substitution_index_supply_risk|value=0.9|unit=1");
}

static const double global = .25 * 6 + .16 * 3, sourcing = .36 * 3 + .09 * .8, rest = .9 * .9;

START_TEST(supply_risk_is_that_of_each_stage_and_of_the_worst) {
  study();
  ask(RISK);
  ck_assert_int_eq(critmin_table_rows(t), 3);
  ck_close(cell(t, 0, "value"), (global * .4 + sourcing * .6) * rest);
  ck_assert_double_lt(cell(t, 0, "value"), cell(t, 0, "high")); /* a tenth is not listed */
  ck_close(cell(t, 0, "low"), cell(t, 0, "value"));
  ck_assert_str_eq(word(t, 0, "country"), "EUU");
  ck_close(cell(t, 1, "value"), 6 * rest); /* nobody says where the Union's comes from */
  ck_assert_int_eq(flagged(t, 1, "NOT_AVAILABLE"), 1);
  ck_close(cell(t, 2, "value"), 6 * rest);
  ck_assert_str_eq(word(t, 2, "stage"), "(none)");
  ck_assert_double_eq(cell(t, 2, "year"), 2020);
  ck_assert_str_eq(word(t, 0, "edition"), "2023;2024");
}
END_TEST

START_TEST(what_the_study_left_out_is_left_out) {
  study();
  world_set(store, PARAMETER "stage=mining|parameter=supply_used|words=GSonly");
  ask(RISK "|stage=mining");
  ck_close(cell(t, 0, "value"), global * rest);
  world_set(store, PARAMETER "stage=mining|parameter=supply_used|words=EUonly");
  ask(RISK "|stage=mining");
  ck_close(cell(t, 0, "value"), sourcing * rest);
}
END_TEST

START_TEST(a_study_answers_its_years_and_five_after) {
  study();
  static const char *const years[] = {"2015", "2016", "2025", "2026"};
  for (int i = 0; i < 4; i++) {
    char question[128];
    snprintf(question, sizeof question, RISK "|stage=mining|year=%s", years[i]);
    ask(question);
    ck_assert_int_eq(critmin_table_rows(t), 1);
    ck_assert_int_eq(isnan(cell(t, 0, "value")), i == 0 || i == 3);
    ck_assert_int_eq(flagged(t, 0, "NO_DATA"), i == 0 || i == 3);
  }
}
END_TEST

START_TEST(figures_of_a_year_take_the_place_of_the_study) {
  study();
  example();
  ask(RISK "|stage=mining|year=2020|figures=ranked");
  /* Three producers of 2020; sourcing as it is on record, governance of five years. */
  double now = .25 * 6 + .09 * 3 + .04 * .8;
  ck_close(cell(t, 0, "value"), (now * .4 + sourcing * .6) * rest);
  ask(RISK "|stage=mining|year=2020|figures=ranked|study=2014"); /* without trade and sourcing */
  ck_close(cell(t, 0, "value"), (.25 * 6 + .09 * 3 + .04) * rest);
  ck_assert_int_eq(flagged(t, 0, "UNVERIFIED_PRESET"), 1);
  ask(RISK "|stage=mining|year=2020|figures=ranked|study=2017"); /* from -3 to 3 */
  double wide = 10 / 6.;
  now = .25 * wide * 3.5 + .09 * wide * 2 + .04 * wide * 1 * .8;
  ck_close(cell(t, 0, "value"), (now * .4 + (.36 * wide * 2 + .09 * wide * .8) * .6) * rest);
}
END_TEST

static void parameter(const char *mineral, const char *name, double value) {
  char row[256];
  snprintf(row, sizeof row, PARAMETER "mineral=%s|parameter=%s|value=%g|unit=1", mineral, name, value);
  world_set(store, row);
}

/* Two minerals of a group: China makes all of one, the United States all of the other; W is 6 and 3. */
static void members(void) {
  study();
  world_set(store, SHARE "mineral=one|stage=mining|country=CHN|value=1");
  world_set(store, SHARE "mineral=two|stage=mining|country=USA|value=1");
  static const char *const minerals[] = {"one", "two"};
  for (int i = 0; i < 2; i++) {
    parameter(minerals[i], "substitution_index_supply_risk", 1);
    parameter(minerals[i], "recycling_input_rate", 0);
  }
}

/* -1 where there is none. */
static int64_t row_at(const char *mineral, const char *stage) {
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    if (strcmp(word(t, row, "mineral"), mineral) == 0 && strcmp(word(t, row, "stage"), stage) == 0) return row;
  }
  return -1;
}

START_TEST(a_group_of_minerals_is_the_mean_of_its_members) {
  members();
  world_set(store, SHARE "mineral=two|stage=oxide|country=CHN|value=1");
  ask("metric=eu_supply_risk|mineral=both");
  ck_close(cell(t, row_at("both", "mining"), "value"), (6 + 3) / 2.); /* of one stage that of the members' */
  ck_close(cell(t, row_at("both", "oxide"), "value"), 6);             /* of those that have it */
  ck_assert_int_eq(flagged(t, row_at("both", "oxide"), "NOT_AVAILABLE"), 1);
  ck_close(cell(t, row_at("both", "(none)"), "value"), (6 + 6) / 2.); /* of the whole that of their bottlenecks */
  ck_assert_int_eq(critmin_table_rows(t), 3 + 5);                     /* its members' stages, and each as a whole */
  ask("metric=eu_supply_risk|mineral=both|stage=mining");
  ck_assert_int_eq(critmin_table_rows(t), 3);
  ck_close(cell(t, row_at("both", "mining"), "value"), (6 + 3) / 2.);
}
END_TEST

START_TEST(a_member_counts_once_however_many_groups_hold_it) {
  members();
  world_set(store, "mineral|mineral=part|name=Part|kind=group");
  world_set(store, "mineral_member|mineral=part|member=one");
  world_set(store, "mineral_member|mineral=both|member=part");
  ask("metric=eu_supply_risk|mineral=both");
  ck_close(cell(t, row_at("both", "(none)"), "value"), (6 + 3) / 2.);
  ck_close(cell(t, row_at("part", "(none)"), "value"), 6);
}
END_TEST

START_TEST(where_only_the_sourcing_of_the_group_is_printed_it_stands_for_its_members) {
  members();
  ask("metric=eu_supply_risk|mineral=one|stage=mining");
  ck_close(cell(t, 0, "value"), 6);
  world_set(store, FLOW "mineral=both|stage=mining|exporter=USA|share=0.6");
  world_set(store, FLOW "mineral=both|stage=mining|exporter=DEU|share=0.4");
  world_set(store, PARAMETER "mineral=both|stage=mining|country=USA|parameter=trade_parameter|value=1.1|unit=1");
  ask("metric=eu_supply_risk|mineral=one|stage=mining");
  double of_group = .36 * 3 * 1.1 + .16 * .8;
  ck_assert_double_nan(cell(t, 0, "value")); /* nobody prints a reliance */
  ck_close(cell(t, 0, "low"), of_group);
  ck_close(cell(t, 0, "high"), of_group / 2 + 3);
  world_set(store,
            "figure|measure=import_reliance|mineral=both|stage=mining|country=EUU|from=2016|to=2020|unit=share|"
            "basis=content|value=0.8|source=eu_crm|edition=2023");
  ask("metric=eu_supply_risk|mineral=one|stage=mining");
  ck_close(cell(t, 0, "value"), 6 * .4 + of_group * .6);
  ck_assert_int_eq(flagged(t, 0, "ASSUMED"), 1);
  ask("metric=eu_supply_risk|mineral=one|stage=oxide"); /* another stage, of which the group says nothing */
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
  world_set(store, PARAMETER "mineral=one|stage=mining|parameter=supply_used|words=GSonly");
  ask("metric=eu_supply_risk|mineral=one|stage=mining");
  ck_close(cell(t, 0, "value"), 6);
  ck_assert_int_eq(flagged(t, 0, "ASSUMED"), 0);
  critmin_table_free(t);
  t = world_explain(store, "metric=eu_supply_risk|mineral=two|stage=mining");
  ck_assert_str_eq(word(t, row_of(t, "role", "flow"), "mineral"), "both");
  ck_assert_str_eq(word(t, row_of(t, "role", "import_reliance"), "mineral"), "both");
}
END_TEST

START_TEST(every_edition_says_whether_its_constants_were_read) {
  study();
  static const char *const studies[] = {"2010", "2014", "2017", "2020", "2023"};
  for (int i = 0; i < 5; i++) {
    char question[128];
    snprintf(question, sizeof question, RISK "|stage=mining|year=2020|figures=ranked|study=%s", studies[i]);
    ask(question);
    /* The scale of 2010 and 2014 is nowhere to be read, nor is that of 2020; those of 2017 and 2023 are reproduced. */
    ck_assert_int_eq(flagged(t, 0, "UNVERIFIED_PRESET"), i < 2 || i == 3);
    ck_assert_int_eq(flagged(t, 0, "ASSUMED"), i < 4); /* recycling and substitution are those of 2023 */
  }
  ask(RISK "|stage=mining"); /* the years of the study's own governance are not told apart by its scores */
  ck_assert_int_eq(flagged(t, 0, "UNVERIFIED_PRESET"), 1);
  ask(RISK "|stage=mining|wgi_first=2019|wgi_last=2020");
  ck_assert_int_eq(flagged(t, 0, "UNVERIFIED_PRESET"), 0);
}
END_TEST

START_TEST(thresholds_are_those_of_the_edition) {
  static const struct {
    const char *preset;
    double importance;
    int read;
  } editions[] = {{"eu_2010", 5, 0}, {"eu_2014", 5, 0}, {"eu_2017", 2.8, 1}, {"eu_2020", 2.8, 1}, {"eu_2023", 2.8, 1}};
  for (size_t i = 0; i < sizeof editions / sizeof editions[0]; i++) {
    double value;
    int32_t read;
    critmin_error error;
    ck_assert_int_eq(critmin_preset(editions[i].preset, "economic_importance_threshold", &value, &read, &error), CRITMIN_OK);
    ck_assert_double_eq(value, editions[i].importance);
    ck_assert_int_eq(read, editions[i].read);
    ck_assert_int_eq(critmin_preset(editions[i].preset, "supply_risk_threshold", &value, &read, &error), CRITMIN_OK);
    ck_assert_double_eq(value, 1);
    ck_assert_int_eq(read, editions[i].read);
  }
}
END_TEST

START_TEST(nobody_but_the_union_has_these_scores) {
  study();
  world_refuses(store, RISK "|country=USA", CRITMIN_ERROR_ARGUMENT, "made for `EUU` alone");
  ask(RISK "|stage=mining|country=EU27");
  ck_assert_str_eq(word(t, 0, "country"), "EU27");
  ck_close(cell(t, 0, "value"), (global * .4 + sourcing * .6) * rest);
}
END_TEST

START_TEST(a_study_that_is_not_in_the_store_is_named) {
  study();
  world_refuses(store, RISK "|study=2020", CRITMIN_ERROR_PARAMETER, "the study of 2020 is not in the store");
  world_refuses(store, "metric=eu_economic_importance|mineral=tin|study=2017", CRITMIN_ERROR_PARAMETER, "2017");
  world_refuses(store, RISK "|study=2011", CRITMIN_ERROR_PARAMETER, "2010|2014|2017|2020|2023");
  critmin_store_close(store);
  store = world();
  world_refuses(store, RISK, CRITMIN_ERROR_PARAMETER, "no source `eu_crm`");
}
END_TEST

#define USE "end_use|mineral=tin|country=EUU|from=2016|to=2020|source=eu_crm|edition=2023|"
#define INDUSTRY "industry|country=EUU|from=2016|to=2020|currency=EUR|name=Any|source=eu_crm|edition=2023|"
#define IMPORTANCE "metric=eu_economic_importance|mineral=tin"

START_TEST(importance_is_of_uses_and_what_their_sectors_add) {
  world_set(store, USE "application=solder|industry=C26|share=0.5");
  world_set(store, USE "application=cans|industry=C25|share=0.3");
  world_set(store, USE "application=other|share=0.2");
  world_set(store, INDUSTRY "industry=C26|amount=100");
  world_set(store, INDUSTRY "industry=C25|amount=50");
  world_set(store, INDUSTRY "industry=B06|amount=900"); /* no manufacturing */
  world_set(store, INDUSTRY "industry=C28|amount=200");
  world_set(store, PARAMETER "parameter=substitution_index_economic_importance|value=0.9|unit=1");
  ask(IMPORTANCE);
  double value = (.5 * 100 + .3 * 50) / 200;
  ck_interval(t, 0, 9 * value, 9 * value, 9 * (value + .2));
  ck_close(cell(t, 0, "coverage"), .8);
  ck_assert_double_eq(cell(t, 0, "year"), 2020);
  ask(IMPORTANCE "|renormalise=1");
  ck_close(cell(t, 0, "value"), 9 * value / .8);
  ask(IMPORTANCE "|year=2014");
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
  critmin_table_free(t);
  t = world_explain(store, IMPORTANCE);
  ck_assert_str_eq(word(t, row_of(t, "note", "solder"), "role"), "end_use");
  ck_assert_double_eq(cell(t, row_of(t, "role", "industry"), "value"), 50);
  ck_assert_double_eq(cell(t, row_of(t, "role", "substitution_index_economic_importance"), "value"), .9);
}
END_TEST

START_TEST(importance_of_2010_lacks_the_product_it_is_a_part_of) {
  world_set(store, USE "application=solder|industry=C28|share=1");
  world_set(store, INDUSTRY "industry=C28|amount=200");
  ask(IMPORTANCE "|year=2020|figures=ranked|study=2010");
  ck_assert_double_nan(cell(t, 0, "value")); /* megasectors over the gross domestic product, which nobody gave */
  ck_assert_int_eq(flagged(t, 0, "UNVERIFIED_PRESET"), 1);
  parameter("tin", "substitution_index_economic_importance", .9);
  ask(IMPORTANCE "|year=2020|figures=ranked|study=2020");
  ck_close(cell(t, 0, "value"), 9);
  ck_assert_int_eq(flagged(t, 0, "ASSUMED"), 1); /* the uses are those of 2023 */
}
END_TEST

START_TEST(importance_of_a_group_is_the_mean_of_those_of_its_members_that_have_uses) {
  world_set(store, INDUSTRY "industry=C28|amount=200");
  world_set(store, INDUSTRY "industry=C25|amount=50");
  world_set(store, USE "mineral=one|application=solder|industry=C28|share=1");
  parameter("one", "substitution_index_economic_importance", .8);
  ask("metric=eu_economic_importance|mineral=both");
  ck_close(cell(t, row_of(t, "mineral", "both"), "value"), 8);
  ck_assert_int_eq(flagged(t, row_of(t, "mineral", "both"), "NOT_AVAILABLE"), 1);
  world_set(store, USE "mineral=two|application=cans|industry=C25|share=1");
  parameter("two", "substitution_index_economic_importance", 1);
  ask("metric=eu_economic_importance|mineral=both");
  ck_close(cell(t, row_of(t, "mineral", "both"), "value"), (8 + 2.5) / 2);
  ck_assert_int_eq(flagged(t, row_of(t, "mineral", "both"), "NOT_AVAILABLE"), 0);
  parameter("both", "substitution_index_supply_risk", 1); /* then it is a material of the study's own */
  ask("metric=eu_economic_importance|mineral=both");
  for (int64_t row = 0; row < critmin_table_rows(t); row++) ck_assert_str_ne(word(t, row, "mineral"), "both");
}
END_TEST

START_TEST(a_mineral_without_uses_is_told_so_when_it_is_named) {
  ask("metric=eu_economic_importance|mineral=tin");
  ck_assert_int_eq(critmin_table_rows(t), 1);
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_assert_int_eq(flagged(t, 0, "NO_DATA"), 1);
}
END_TEST

START_TEST(what_a_score_rests_on_is_told) {
  study();
  critmin_table_free(t);
  t = world_explain(store, RISK "|stage=mining");
  static const char *const roles[] = {
      "producer", "flow", "import_reliance", "recycling_input_rate", "substitution_index_supply_risk", "governance"};
  for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) row_of(t, "role", roles[i]);
  ck_assert_str_eq(word(t, row_of(t, "role", "flow"), "publisher"), "European Commission");
  critmin_table_free(t);
  t = world_explain(store, RISK); /* of the mineral, whose stages cannot be left out of a question */
  row_of(t, "stage", "mining");
  row_of(t, "stage", "smelter");
}
END_TEST

Suite *suite_catalogue_eu(void) {
  Suite *suite = suite_create("catalogue_eu");
  TCase *tests = tcase_create("eu");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, squares_are_weighted_by_governance_and_trade);
  tcase_add_test(tests, a_missing_score_and_a_residual_take_all_they_may_be);
  tcase_add_test(tests, governance_may_be_a_mean_of_years);
  tcase_add_test(tests, a_group_weighs_what_its_members_do);
  tcase_add_test(tests, supply_risk_is_that_of_each_stage_and_of_the_worst);
  tcase_add_test(tests, what_the_study_left_out_is_left_out);
  tcase_add_test(tests, a_study_answers_its_years_and_five_after);
  tcase_add_test(tests, figures_of_a_year_take_the_place_of_the_study);
  tcase_add_test(tests, a_group_of_minerals_is_the_mean_of_its_members);
  tcase_add_test(tests, a_member_counts_once_however_many_groups_hold_it);
  tcase_add_test(tests, where_only_the_sourcing_of_the_group_is_printed_it_stands_for_its_members);
  tcase_add_test(tests, every_edition_says_whether_its_constants_were_read);
  tcase_add_test(tests, thresholds_are_those_of_the_edition);
  tcase_add_test(tests, nobody_but_the_union_has_these_scores);
  tcase_add_test(tests, a_study_that_is_not_in_the_store_is_named);
  tcase_add_test(tests, importance_is_of_uses_and_what_their_sectors_add);
  tcase_add_test(tests, importance_of_2010_lacks_the_product_it_is_a_part_of);
  tcase_add_test(tests, importance_of_a_group_is_the_mean_of_those_of_its_members_that_have_uses);
  tcase_add_test(tests, a_mineral_without_uses_is_told_so_when_it_is_named);
  tcase_add_test(tests, what_a_score_rests_on_is_told);
  suite_add_tcase(suite, tests);
  return suite;
}
