/* SPDX-License-Identifier: MIT */
/* Who gets what remains, and what each policy would give to whom. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "scenario_rig.h"

/* Needs of 100, 150 and 150 tonnes, of which 280 remain. */
#define USER(country, demand, worth) \
  "{'country':'" country "','mineral':'dysprosium','stage':'separated','demand':" demand ",'inventory':0,'worth':" worth "}"
#define THREE(allocation, more)                                                                                        \
  "{'allocation':'" allocation "','users':[" USER("JPN", "100", "1") "," USER("KOR", "150", "2") "," USER(           \
      "DEU", "150", "5") "],'shocks':[{'kind':'ban','countries':'CHN','minerals':'dysprosium','share':1,'leak':0,"    \
                         "'dependence':0.3}]" more "}"

static double missing(const critmin_outcome *o, const char *in_case, const char *country, const char *column) {
  return rig_cell(o, "users", in_case, country, "measure", "share_missing", column);
}

START_TEST(every_answer_says_what_other_policies_would_give) {
  static const char *const documents[] = {THREE("own", ""), THREE("proportional", ",'tiers':['JPN']"), THREE("best", "")};
  for (size_t i = 0; i < COUNT(documents); i++) {
    critmin_outcome *o = rig_outcome(documents[i]);
    NEAR(missing(o, "neither", "DEU", "best"), 0);
    NEAR(missing(o, "neither", "DEU", "proportional"), 0.3);
    NEAR(missing(o, "neither", "DEU", "worst"), 0.8);
    NEAR(rig_cell(o, "summary", "neither", "JPN", "measure", "days_unmet", "worst"), 365);
    critmin_outcome_free(o);
  }
}
END_TEST

START_TEST(what_is_agreed_is_its_buyers_first) {
#define AGREED ",'agreements':[{'buyer':'JPN','tonnes':40,'additional':1,'performs':1,'ramp':0}]"
  critmin_outcome *o = rig_outcome(THREE("contracts", AGREED));
  /* 40 are Japan's; 280 for the 360 that are needed besides. */
  NEAR(missing(o, "agreement", "JPN", "value"), (60 - 60 * 280.0 / 360) / 100);
  NEAR(missing(o, "agreement", "DEU", "value"), 1 - 280.0 / 360);
  critmin_outcome_free(o);
  o = rig_outcome(THREE("proportional", AGREED));
  NEAR(missing(o, "agreement", "JPN", "value"), 1 - 320.0 / 400);
  critmin_outcome_free(o);
  o = rig_outcome(THREE("contracts", ",'agreements':[{'buyer':'JPN','tonnes':300,'additional':1,'performs':1,'ramp':0}]"));
  NEAR(missing(o, "agreement", "JPN", "value"), 0);
  NEAR(missing(o, "agreement", "KOR", "value"), 0);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(deliveries_that_begin_later_are_nobodys_before) {
  critmin_outcome *o = rig_outcome(
      THREE("contracts", ",'horizon':70,'agreements':[{'buyer':'JPN','tonnes':40,'additional':1,'performs':1,'ramp':0,"
                         "'begins':35}]"));
  double before = 0.3, after = (60 - 60 * 280.0 / 360) / 100;
  NEAR(rig_cell(o, "users", "agreement", "JPN", "measure", "days_unmet", "value"), 35 * before + 35 * after);
  critmin_outcome_free(o);
}
END_TEST

/* The least that can be lost, by a programme: a pool, and a way from it to each user. */
static double least(const double *need, const double *worth, double supply, int32_t solve) {
  const double there[4] = {0, 0, 0, supply}, needs[4] = {need[0], need[1], need[2], 0};
  const double worths[4] = {worth[0], worth[1], worth[2], 1};
  const int32_t from[3] = {3, 3, 3}, to[3] = {0, 1, 2};
  double unmet[4], objective;
  critmin_transport t;
  critmin_error error;
  critmin_transport_init(&t);
  t.solve = solve;
  t.nodes = 4;
  t.arcs = 3;
  t.supply = there;
  t.need = needs;
  t.worth = worths;
  t.from = from;
  t.to = to;
  critmin_status status = critmin_least_unmet(&t, unmet, NULL, NULL, NULL, &objective, &error);
  ck_assert_msg(!status || status == CRITMIN_ERROR_UNSUPPORTED, "%s", error.message);
  return status ? NAN : objective;
}

START_TEST(the_best_allocation_is_the_optimum_of_a_programme) {
  static const char *const countries[] = {"JPN", "KOR", "DEU"};
  cm_random random;
  cm_random_start(&random, 5, 0, 0);
  for (int round = 0; round < 40; round++) {
    double need[3], worth[3], part = cm_random_uniform(&random), lost[4] = {0}, sum = 0;
    char text[1024];
    for (int u = 0; u < 3; u++) {
      need[u] = 1 + 99 * cm_random_uniform(&random);
      worth[u] = floor(4 * cm_random_uniform(&random)) + 1;
      sum += need[u];
    }
    snprintf(text, sizeof text,
             "{'allocation':'best','horizon':365,'users':[" USER("JPN", "%.17g", "%g") "," USER("KOR", "%.17g", "%g") ","
             USER("DEU", "%.17g", "%g") "],'shocks':[{'kind':'ban','countries':'CHN','minerals':'dysprosium','share':1,"
             "'leak':0,'dependence':%.17g}]}",
             need[0], worth[0], need[1], worth[1], need[2], worth[2], part);
    critmin_outcome *o = rig_outcome(text);
    static const char *const columns[] = {"value", "best", "proportional", "worst"};
    for (int u = 0; u < 3; u++) {
      double at[4];
      for (int c = 0; c < 4; c++)
        at[c] = rig_cell(o, "users", "neither", countries[u], "measure", "unmet", columns[c]);
      for (int c = 0; c < 4; c++) lost[c] += worth[u] * at[c];
      ck_assert_double_le(at[1], at[2] + 1e-9);
      ck_assert_double_le(at[2], at[3] + 1e-9);
      ck_assert(at[1] <= at[0] + 1e-9 && at[0] <= at[3] + 1e-9);
    }
    ck_assert_double_eq_tol(lost[0], least(need, worth, sum * (1 - part), CRITMIN_SOLVE_FLOW), 1e-6);
    double programme = least(need, worth, sum * (1 - part), CRITMIN_SOLVE_LINEAR);
    if (!isnan(programme)) ck_assert_double_eq_tol(lost[0], programme, 1e-6);
    ck_assert_double_le(lost[0], lost[2] + 1e-9);
    ck_assert_double_le(lost[2], lost[3] + 1e-9);
    critmin_outcome_free(o);
  }
}
END_TEST

START_TEST(who_shares_in_days_has_no_other_policy) {
  critmin_outcome *o = rig_outcome(
      "{'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','inventory':0},{'country':'KOR','mineral':"
      "'dysprosium','stage':'separated','inventory':0}],'shocks':[{'kind':'ban','countries':'CHN','minerals':"
      "'dysprosium','dependence':0.5,'leak':0,'share':1}]}");
  NEAR(missing(o, "neither", "JPN", "value"), 0.5);
  ck_assert(isnan(missing(o, "neither", "JPN", "best")) && isnan(missing(o, "neither", "JPN", "worst")));
  critmin_outcome_free(o);
}
END_TEST

static int32_t attempt(void *user) {
  critmin_outcome *outcome = NULL;
  critmin_status status = critmin_scenario_run(rig_model(), user, NULL, NULL, NULL, &outcome, NULL);
  critmin_outcome_free(outcome);
  return status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  critmin_scenario *scenario = rig_read(NULL, THREE("contracts", AGREED ",'horizon':14"));
  fail_each_allocation(attempt, scenario);
  critmin_scenario_free(scenario);
}
END_TEST

Suite *suite_scenario_policy(void) {
  Suite *suite = suite_create("scenario policy");
  TCase *tests = tcase_create("policies");
  tcase_add_unchecked_fixture(tests, rig_load, rig_free);
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, every_answer_says_what_other_policies_would_give);
  tcase_add_test(tests, what_is_agreed_is_its_buyers_first);
  tcase_add_test(tests, deliveries_that_begin_later_are_nobodys_before);
  tcase_add_test(tests, the_best_allocation_is_the_optimum_of_a_programme);
  tcase_add_test(tests, who_shares_in_days_has_no_other_policy);
  tcase_add_test(tests, any_allocation_of_memory_may_fail);
  suite_add_tcase(suite, tests);
  return suite;
}
