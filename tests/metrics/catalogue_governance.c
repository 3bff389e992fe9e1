/* SPDX-License-Identifier: MIT */
/* The governance-weighted index over a model. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../model/world.h"
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

/* All six dimensions so that W is `weight`. */
static void govern(const char *country, int year, double weight) {
  static const char *const dimensions[] = {"control_of_corruption", "government_effectiveness",
                                           "political_stability",   "regulatory_quality",
                                           "rule_of_law",           "voice_accountability"};
  for (int i = 0; i < 6; i++) {
    char row[256];
    snprintf(row, sizeof row, "indicator|indicator=%s|country=%s|year=%d|value=%.17g|source=wgi|edition=2024",
             dimensions[i], country, year, 2.5 - weight / 2);
    world_set(store, row);
  }
}

static void ask(const char *words) {
  char question[256];
  snprintf(question, sizeof question, "metric=hhi_wgi|mineral=tin|stage=mining|year=2020%s%s", *words ? "|" : "",
           words);
  critmin_table_free(t);
  t = world_ask(store, question);
}

static void example(void) {
  world_market(store, "", "CHN", "50", "USA", "30", "AUS", "20", "WLD", "100", NULL);
  govern("CHN", 2020, 6);
  govern("AUS", 2020, 1);
}

START_TEST(the_worked_example_comes_out) {
  example();
  govern("USA", 2020, 3);
  ask("");
  ck_interval(t, 0, 1.81, 1.81, 1.81);
  ck_assert_str_eq(word(t, 0, "flags"), "");
}
END_TEST

START_TEST(a_missing_score_is_an_interval) {
  example();
  ask("");
  ck_assert_double_eq_tol(cell(t, 0, "value"), 1.951, 5e-4);
  ck_close(cell(t, 0, "low"), 1.54);
  ck_close(cell(t, 0, "high"), 2.44);
  ck_assert(flagged(t, 0, "WGI_IMPUTED"));
}
END_TEST

START_TEST(an_earlier_score_is_carried_and_told_a_later_one_is_not) {
  example();
  govern("USA", 2018, 3);
  govern("USA", 2021, 9);
  ask("");
  ck_close(cell(t, 0, "value"), 1.81);
  ck_assert(flagged(t, 0, "WGI_CARRIED"));
}
END_TEST

START_TEST(fewer_than_six_dimensions_are_told) {
  example();
  world_set(store, "indicator|indicator=rule_of_law|country=USA|year=2020|value=1|source=wgi|edition=2024");
  ask("");
  ck_close(cell(t, 0, "value"), 1.81);
  ck_assert(flagged(t, 0, "WGI_PARTIAL") && !flagged(t, 0, "WGI_IMPUTED"));
}
END_TEST

START_TEST(the_ends_of_the_scale_are_parameters) {
  example();
  govern("USA", 2020, 3);
  ask("wgi_worst=-3|wgi_best=3");
  double six = 10 * (3 - (2.5 - 3)) / 6, three = 10 * (3 - (2.5 - 1.5)) / 6, one = 10 * (3 - (2.5 - .5)) / 6;
  ck_close(cell(t, 0, "value"), .25 * six + .09 * three + .04 * one);
  ck_assert_str_eq(word(t, 0, "params"), "wgi_worst=-3;wgi_best=3");
}
END_TEST

START_TEST(a_group_weighs_as_its_members_by_what_they_make) {
  world_market(store, "", "CHN", "50", "DEU", "30", "FRA", "20", "WLD", "100", NULL);
  govern("CHN", 2020, 6);
  govern("DEU", 2020, 2);
  govern("FRA", 2020, 4);
  ask("country=EU27");
  ck_interval(t, 0, .25 * 6 + .25 * 2.8, .25 * 6 + .25 * 2.8, .25 * 6 + .25 * 2.8);
  /* A member that is withheld makes the weight an interval, which holds every completion. */
  world_figure(store, "FRA", NULL, "low=0|high=20");
  world_figure(store, "CHN", NULL, "low=50|high=70");
  ask("country=EU27");
  double least = 10, most = 0;
  for (int fra = 0; fra <= 20; fra++) {
    double group = (30 + fra) / 100., weight = (30 * 2 + fra * 4) / (30. + fra), chn = 1 - group;
    least = fmin(least, chn * chn * 6 + group * group * weight);
    most = fmax(most, chn * chn * 6 + group * group * weight);
  }
  ck_assert(cell(t, 0, "low") <= least && cell(t, 0, "high") >= most);
  ck_assert(cell(t, 0, "high") < most + .5);
}
END_TEST

START_TEST(a_group_that_may_hold_the_residual_may_weigh_more) {
  world_market(store, "", "CHN", "50", "DEU", "30", "WLD", "100", NULL);
  govern("CHN", 2020, 6);
  govern("DEU", 2020, 2);
  ask("country=EU27");
  ck_close(cell(t, 0, "low"), .25 * 6 + .09 * 2);
  /* All of the 20 is France's, whose score is not known. */
  ck_close(cell(t, 0, "high"), .25 * 6 + .25 * (30 * 2 + 20 * 10) / 50);
}
END_TEST

Suite *suite_catalogue_governance(void) {
  Suite *suite = suite_create("catalogue: governance");
  TCase *tests = tcase_create("governance");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, the_worked_example_comes_out);
  tcase_add_test(tests, a_missing_score_is_an_interval);
  tcase_add_test(tests, an_earlier_score_is_carried_and_told_a_later_one_is_not);
  tcase_add_test(tests, fewer_than_six_dimensions_are_told);
  tcase_add_test(tests, the_ends_of_the_scale_are_parameters);
  tcase_add_test(tests, a_group_weighs_as_its_members_by_what_they_make);
  tcase_add_test(tests, a_group_that_may_hold_the_residual_may_weigh_more);
  suite_add_tcase(suite, tests);
  return suite;
}
