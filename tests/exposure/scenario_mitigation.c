/* SPDX-License-Identifier: MIT */
/* The cheapest mix that keeps what is missing below a target, and what less would cost. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario_rig.h"

/* A tonne a day, of which nine tenths stop for the hundred days that are looked at. */
#define STOPPED(shock, mitigation)                                                                                  \
  "{'horizon':100,'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','demand':365,'inventory':0}]," \
  "'shocks':[{'kind':'ban','countries':'CHN','minerals':'dysprosium','share':1,'leak':0,'dependence':0.9" shock       \
  "}],'mitigation':{" mitigation "}}"
#define RESERVE(cost, more) "{'name':'reserve','kind':'reserve','cost':" cost ",'release':1000" more "}"
#define OFFTAKE(cost, more) "{'name':'offtake','kind':'offtake','cost':" cost more "}"

static double mix(const critmin_outcome *o, const char *option, const char *cell) {
  return rig_cell(o, "mitigation", NULL, NULL, "option", option, cell);
}

static double curve(const critmin_outcome *o, int64_t row, const char *column) {
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_msg(!critmin_outcome_table(o, "cost_curve", &table, &error), "%s", error.message);
  ck_assert_int_lt(row, critmin_table_rows(table));
  double x = critmin_table_number(table, critmin_table_find(table, column), row);
  critmin_table_free(table);
  return x;
}

/* NULL where the library has no solver. */
static critmin_outcome *run(const char *text, int64_t draws) {
  critmin_scenario *scenario = rig_read(NULL, text);
  critmin_outcome *outcome = NULL;
  critmin_scenario_options options;
  critmin_error error;
  critmin_scenario_options_init(&options);
  options.draws = draws;
  options.threads = 1;
  options.seed = 3;
  critmin_status status = critmin_scenario_run(rig_model(), scenario, &options, NULL, NULL, &outcome, &error);
  ck_assert_msg(!status || status == CRITMIN_ERROR_UNSUPPORTED, "%s", error.message);
  if (status) ck_assert_msg(strncmp(error.message, "mitigation: ", 12) == 0, "%s", error.message);
  critmin_scenario_free(scenario);
  return outcome;
}

START_TEST(the_cheapest_option_comes_first_and_the_dearer_where_it_ends) {
  /* 90 are missing. 73 t/a bring 20 in 100 days at 3 a t/a; a tonne in store costs 20: 15 for a tonne against 10.95. */
  critmin_outcome *o = run(STOPPED("", "'target':10,'points':9,'options':[" RESERVE("20", "") ","
                                   OFFTAKE("3", ",'limit':73") "]"), 0);
  if (!o) return;
  ck_assert_double_eq_tol(mix(o, "offtake", "units"), 73, 1e-4);
  ck_assert_double_eq_tol(mix(o, "reserve", "units"), 60, 1e-3);
  ck_assert_double_eq_tol(curve(o, 0, "cost"), 73 * 3 + 60 * 20, 0.05);
  ck_assert_double_eq_tol(curve(o, 0, "tail"), 10, 1e-4);
  NEAR(curve(o, 0, "probability"), 1);
  /* The curve: from 90 days in steps of ten. A day costs 10.95 as long as there is offtake, then 20. */
  NEAR(curve(o, 1, "target"), 90);
  ck_assert_double_eq_tol(curve(o, 1, "cost"), 0, 1e-3);
  ck_assert_double_eq_tol(curve(o, 2, "cost_per_day"), 3 * 365. / 100, 1e-3);
  ck_assert_double_eq_tol(curve(o, 3, "cost_per_day"), 3 * 365. / 100, 1e-3);
  for (int64_t row = 4; row <= 10; row++) ck_assert_double_eq_tol(curve(o, row, "cost_per_day"), 20, 1e-2);
  NEAR(curve(o, 10, "target"), 0);
  ck_assert_double_eq_tol(curve(o, 10, "cost"), 73 * 3 + 70 * 20, 0.1);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(deliveries_that_ramp_do_less_and_more_than_is_missing_does_nothing) {
  /* In a ramp of 100 days half as much comes; an offtake of more than 0.9 t a day has part of it for nothing. */
  critmin_outcome *o = run(STOPPED("", "'target':45,'points':1,'options':[" OFFTAKE("1", ",'ramp':100") "]"), 0);
  if (!o) return;
  ck_assert_double_eq_tol(mix(o, "offtake", "units"), 0.9 * 365, 1e-2);
  critmin_outcome_free(o);
  /* x t a day, x > 0.9: 90 - 45 (0.9 / x) - ... : what comes is the gap from day 90 / x on, and x t / 100 before. */
  o = run(STOPPED("", "'target':20,'points':1,'options':[" OFFTAKE("1", ",'ramp':100") "]"), 0);
  double daily = mix(o, "offtake", "units") / 365, full = 0.9 / daily * 100;
  ck_assert_double_eq_tol(0.9 * full - daily * full * full / 200, 20, 1e-3);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(a_slow_release_bounds_what_a_reserve_can_do) {
  critmin_outcome *o = run(STOPPED("", "'target':50,'points':1,'options':[{'name':'reserve','kind':'reserve','cost':1,"
                                   "'release':0.4}]"), 0);
  if (!o) return;
  ck_assert_double_eq_tol(mix(o, "reserve", "units"), 40, 1e-3);
  critmin_outcome_free(o);
}
END_TEST

#define UNSURE                                                                                                   \
  STOPPED(",'probability':0.4,'duration':{'value':60,'low':10,'high':100}",                                     \
          "'target':5,'probability':0.9,'points':4,'options':[" RESERVE("{'value':20,'low':10,'high':40}", "") ","       \
          OFFTAKE("3", ",'begins':20,'ramp':30") ",{'name':'less','kind':'substitution','cost':9,'limit':100}]")

START_TEST(a_mix_does_what_it_should_in_as_many_outcomes_as_it_should) {
  critmin_outcome *o = run(UNSURE, 150);
  if (!o) return;
  for (int64_t row = 0; row < 6; row++) {
    ck_assert_double_le(curve(o, row, "tail"), curve(o, row, "target") + 1e-4);
    ck_assert_double_ge(curve(o, row, "probability"), 0.9);
    ck_assert(curve(o, row, "cost_low") <= curve(o, row, "cost") && curve(o, row, "cost") <= curve(o, row, "cost_high"));
    if (row > 1) ck_assert_double_ge(curve(o, row, "cost"), curve(o, row - 1, "cost") - 1e-6);
    /* A convex curve: each day less costs at least as much as the one before. */
    if (row > 2) ck_assert_double_ge(curve(o, row, "cost_per_day"), curve(o, row - 1, "cost_per_day") - 0.05);
  }
  critmin_outcome_free(o);
}
END_TEST

START_TEST(no_other_mix_that_does_it_is_cheaper) {
  critmin_outcome *o = run(STOPPED("", "'target':30,'points':1,'options':[" RESERVE("20", "") ","
                                   OFFTAKE("4", ",'ramp':60") "]"), 0);
  if (!o) return;
  double best = curve(o, 0, "cost");
  critmin_outcome_free(o);
  for (int i = 0; i <= 30; i++) {
    char text[1024];
    snprintf(text, sizeof text, STOPPED("", "'target':30,'points':1,'options':[" RESERVE("20", "") ","
             OFFTAKE("0", ",'ramp':60,'limit':%.17g") "]"), 12.0 * i);
    o = run(text, 0);
    ck_assert_double_ge(20 * mix(o, "reserve", "units") + 4 * 12.0 * i, best - 0.02);
    critmin_outcome_free(o);
  }
}
END_TEST

START_TEST(the_same_on_any_number_of_threads) {
  critmin_outcome *one = run(UNSURE, 60);
  if (!one) return;
  critmin_scenario *scenario = rig_read(NULL, UNSURE);
  critmin_scenario_options options;
  critmin_scenario_options_init(&options);
  options.draws = 60;
  options.threads = 4;
  options.seed = 3;
  critmin_outcome *four = NULL;
  ck_assert(!critmin_scenario_run(rig_model(), scenario, &options, NULL, NULL, &four, NULL));
  for (int64_t row = 0; row < 6; row++) ck_assert(curve(one, row, "cost") == curve(four, row, "cost"));
  critmin_scenario_free(scenario);
  critmin_outcome_free(one);
  critmin_outcome_free(four);
}
END_TEST

static const struct {
  const char *text;
  critmin_status status;
  const char *says;
} refused[] = {
    {STOPPED("", "'target':10,'options':[" OFFTAKE("3", ",'limit':73") "]"), CRITMIN_ERROR_INVALID_VALUE,
     "mitigation.target: no mix within the limits"},
    {STOPPED("", "'target':10,'options':[" OFFTAKE("3", ",'country':'KOR'") "]"), CRITMIN_ERROR_INVALID_VALUE,
     "mitigation.options: none of them serves"},
    {STOPPED("", "'target':10,'options':[" OFFTAKE("-3", "") "]"), CRITMIN_ERROR_NEGATIVE,
     "mitigation.options[0].cost: -3 is below zero"},
    {STOPPED("", "'target':-1,'options':[" OFFTAKE("3", "") "]"), CRITMIN_ERROR_NEGATIVE, "mitigation.target: -1"},
    {STOPPED("", "'target':1,'options':[]"), CRITMIN_ERROR_MISSING_VALUE, "mitigation.options: there is nothing"},
    {STOPPED("", "'options':[" OFFTAKE("3", "") "]"), CRITMIN_ERROR_MISSING_VALUE, "mitigation: `target` is missing"},
    {STOPPED("", "'target':1,'probability':1,'options':[" OFFTAKE("3", "") "]"), CRITMIN_ERROR_SHARE_RANGE,
     "mitigation.probability: nothing is sure"},
    {STOPPED("", "'target':1,'goal':1,'options':[" OFFTAKE("3", "") "]"), CRITMIN_ERROR_UNKNOWN_NAME,
     "mitigation.goal: a mitigation has no key `goal`"},
};

START_TEST(what_cannot_be_mixed_says_where) {
  critmin_outcome *outcome = NULL;
  critmin_scenario *scenario = NULL;
  critmin_error error;
  char *json = rig_json(refused[_i].text);
  critmin_status status = critmin_scenario_read(NULL, json, &scenario, &error);
  if (!status) status = critmin_scenario_run(rig_model(), scenario, NULL, NULL, NULL, &outcome, &error);
  if (status != CRITMIN_ERROR_UNSUPPORTED) {
    ck_assert_msg(status == refused[_i].status, "%d: %s", status, error.message);
    ck_assert_msg(strncmp(error.message, refused[_i].says, strlen(refused[_i].says)) == 0, "%s", error.message);
  }
  critmin_scenario_free(scenario);
  free(json);
}
END_TEST

static int32_t attempt(void *user) {
  critmin_outcome *outcome = NULL;
  critmin_table *table = NULL;
  critmin_scenario_options options;
  critmin_scenario_options_init(&options);
  options.draws = 2;
  options.threads = 1;
  critmin_status status = critmin_scenario_run(rig_model(), user, &options, NULL, NULL, &outcome, NULL);
  if (!status) status = critmin_outcome_table(outcome, "mitigation", &table, NULL);
  critmin_table_free(table);
  table = NULL;
  if (!status) status = critmin_outcome_table(outcome, "cost_curve", &table, NULL);
  critmin_table_free(table);
  critmin_outcome_free(outcome);
  return status == CRITMIN_ERROR_UNSUPPORTED ? CRITMIN_OK : status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  critmin_scenario *scenario =
      rig_read(NULL, STOPPED("", "'target':30,'points':1,'options':[" RESERVE("20", "") "," OFFTAKE("3", "") "]"));
  fail_each_allocation(attempt, scenario);
  critmin_scenario_free(scenario);
}
END_TEST

Suite *suite_scenario_mitigation(void) {
  Suite *suite = suite_create("scenario mitigation");
  TCase *tests = tcase_create("mixes");
  tcase_add_unchecked_fixture(tests, rig_load, rig_free);
  tcase_set_timeout(tests, 120);
  tcase_add_test(tests, the_cheapest_option_comes_first_and_the_dearer_where_it_ends);
  tcase_add_test(tests, deliveries_that_ramp_do_less_and_more_than_is_missing_does_nothing);
  tcase_add_test(tests, a_slow_release_bounds_what_a_reserve_can_do);
  tcase_add_test(tests, a_mix_does_what_it_should_in_as_many_outcomes_as_it_should);
  tcase_add_test(tests, no_other_mix_that_does_it_is_cheaper);
  tcase_add_test(tests, the_same_on_any_number_of_threads);
  tcase_add_loop_test(tests, what_cannot_be_mixed_says_where, 0, COUNT(refused));
  tcase_add_test(tests, any_allocation_of_memory_may_fail);
  suite_add_tcase(suite, tests);
  return suite;
}
