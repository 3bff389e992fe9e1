/* SPDX-License-Identifier: MIT */
/* A shock at an early stage reaches a user at a later one through what is no longer made in between. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../metrics/trade_world.h"
#include "scenario_rig.h"

static critmin_store *store;

static void setup(void) {
  store = trade_world();
}

static void teardown(void) {
  critmin_store_close(store);
}

static void figure(const char *stage, const char *measure, const char *country, const char *value) {
  char more[128];
  snprintf(more, sizeof more, "stage=%s|measure=%s%s", stage, measure,
           strcmp(stage, "alloy") == 0 ? "|basis=gross" : "");
  world_figure(store, country, value, more);
}

static void flow(const char *stage, const char *exporter, const char *importer, const char *quantity) {
  char more[128];
  snprintf(more, sizeof more, "stage=%s%s", stage, strcmp(stage, "alloy") == 0 ? "|basis=gross" : "");
  trade_flow(store, exporter, importer, quantity, more);
}

/* British alloy, of refined tin that is Chinese in three parts of five, is sold beside Chinese alloy. */
static void magnets(void) {
  figure("refined", "production", "CHN", "100");
  figure("refined", "production", "AUS", "50");
  figure("refined", "production", "WLD", "150");
  flow("refined", "CHN", "GBR", "15");
  flow("refined", "AUS", "GBR", "10");
  figure("alloy", "production", "CHN", "90");
  figure("alloy", "production", "GBR", "30");
  figure("alloy", "production", "WLD", "120");
  flow("alloy", "CHN", "USA", "4");
  flow("alloy", "GBR", "USA", "6");
}

/* Example 3 of the manual: A is CHN, B is AUS, C is FRA. */
static void three(void) {
  static const char *const rows[][4] = {
      {"mining", "production", "CHN", "60"},           {"mining", "production", "AUS", "20"},
      {"mining", "production", "FRA", "0"},            {"mining", "production", "WLD", "80"},
      {"mining", "apparent_consumption", "CHN", "20"}, {"mining", "apparent_consumption", "AUS", "40"},
      {"mining", "apparent_consumption", "FRA", "30"}, {"refined", "production", "CHN", "20"},
      {"refined", "production", "AUS", "30"},          {"refined", "production", "FRA", "30"},
      {"refined", "production", "WLD", "80"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) figure(rows[i][0], rows[i][1], rows[i][2], rows[i][3]);
  flow("mining", "CHN", "AUS", "40");
  flow("mining", "AUS", "FRA", "20");
  flow("mining", "WLD", "WLD", "60");
  flow("refined", "AUS", "FRA", "20");
  flow("refined", "FRA", "AUS", "10");
  flow("refined", "FRA", "CHN", "20");
  flow("refined", "WLD", "WLD", "50");
}

/* What is missing before stocks, of a shock by a country to a user at a stage. */
static double missing_at(const char *kind, const char *by, const char *stages, const char *country, const char *stage,
                         const char *share, const char *end) {
  char text[512];
  snprintf(text, sizeof text,
           "{'year':2020,'users':[{'country':'%s','mineral':'tin','stage':'%s','inventory':0}],'shocks':[{'kind':'%s',"
           "'countries':'%s','minerals':'tin','stages':%s,'share':%s,'leak':0}]}",
           country, stage, kind, by, stages, share);
  critmin_model *model = world_model(store, NULL);
  critmin_scenario *scenario = rig_read(NULL, text);
  critmin_outcome *outcome = NULL;
  critmin_error error;
  ck_assert_msg(!critmin_scenario_run(model, scenario, NULL, NULL, NULL, &outcome, &error), "%s", error.message);
  double found = rig_measure(outcome, "neither", "share_missing", end);
  critmin_outcome_free(outcome);
  critmin_scenario_free(scenario);
  critmin_model_free(model);
  return found;
}

START_TEST(oxide_that_is_withheld_is_missing_in_magnets_made_elsewhere) {
  magnets();
  NEAR(missing_at("ban", "CHN", "'refined'", "USA", "alloy", "0.8", "value"), 0.8 * 0.6 * 0.6);
  NEAR(missing_at("ban", "CHN", "['refined','alloy']", "USA", "alloy", "0.8", "value"), 0.8 * 0.76);
  NEAR(missing_at("ban", "CHN", "'alloy'", "USA", "alloy", "0.8", "value"), 0.8 * 0.4);
  NEAR(missing_at("outage", "CHN", "'refined'", "USA", "alloy", "0.8", "value"), 0.8 * 0.76);
  /* All that was made in the country at one stage at least is the most. */
  NEAR(missing_at("ban", "CHN", "'refined'", "USA", "alloy", "0.8", "high"), 0.8 * 0.76);
}
END_TEST

START_TEST(goods_worked_up_at_home_escape_and_others_goods_that_pass_do_not) {
  three();
  NEAR(missing_at("ban", "AUS", "'mining'", "CHN", "refined", "1", "value"), 2 * 0.1111111111111111);
  NEAR(missing_at("ban", "AUS", "['mining','refined']", "CHN", "refined", "1", "value"), 0.4);
  NEAR(missing_at("outage", "AUS", "'mining'", "CHN", "refined", "1", "value"), 7. / 54);
  double second = missing_at("ban", "AUS", "'refined'", "CHN", "refined", "1", "value");
  ck_assert(second > 0 && second < 0.4);
}
END_TEST

START_TEST(a_user_at_the_stage_itself_lacks_what_does_not_come) {
  magnets();
  NEAR(missing_at("ban", "CHN", "'refined'", "GBR", "refined", "1", "value"), 0.6);
  NEAR(missing_at("ban", "AUS", "'refined'", "GBR", "refined", "1", "value"), 0.4);
  NEAR(missing_at("ban", "AUS", "'refined'", "USA", "alloy", "1", "value"), 0.24);
}
END_TEST

static int32_t attempt(void *user) {
  critmin_outcome *outcome = NULL;
  void **with = user;
  critmin_status status = critmin_scenario_run(with[0], with[1], NULL, NULL, NULL, &outcome, NULL);
  critmin_outcome_free(outcome);
  return status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  magnets();
  critmin_model *model = world_model(store, NULL);
  critmin_scenario *scenario = rig_read(
      NULL, "{'year':2020,'horizon':7,'users':[{'country':'USA','mineral':'tin','stage':'alloy','inventory':0}],"
            "'shocks':[{'kind':'ban','countries':'CHN','minerals':'tin','stages':'refined','share':1,'leak':0}]}");
  void *with[] = {model, scenario};
  fail_each_allocation(attempt, with);
  critmin_scenario_free(scenario);
  critmin_model_free(model);
}
END_TEST

Suite *suite_scenario_cascade(void) {
  Suite *suite = suite_create("scenario cascade");
  TCase *tests = tcase_create("cascades");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, oxide_that_is_withheld_is_missing_in_magnets_made_elsewhere);
  tcase_add_test(tests, goods_worked_up_at_home_escape_and_others_goods_that_pass_do_not);
  tcase_add_test(tests, a_user_at_the_stage_itself_lacks_what_does_not_come);
  tcase_add_test(tests, any_allocation_of_memory_may_fail);
  suite_add_tcase(suite, tests);
  return suite;
}
