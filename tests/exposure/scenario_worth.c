/* SPDX-License-Identifier: MIT */
/* What one unit more of each answer is worth, and one less, at each stage of the chain. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../metrics/trade_world.h"
#include "scenario_rig.h"

/* A tonne a day, of which nine tenths stop for the first hundred of two hundred days. */
#define STOPPED(stock, tonnes, agreed)                                                                                 \
  "{'horizon':200,'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','demand':365,'inventory':" stock \
  "}],'shocks':[{'kind':'ban','countries':'CHN','minerals':'dysprosium','share':1,'leak':0,'dependence':0.9,"         \
  "'duration':100}],'reserves':[{'holder':'JPN','tonnes':" tonnes ",'held':1,'release':1000,'delay':0}],"              \
  "'agreements':[{'buyer':'JPN','tonnes':" agreed ",'additional':0.8,'performs':0.5,'ramp':50,'begins':20}]}"

static double worth(const critmin_outcome *o, const char *instrument, const char *cell) {
  return rig_cell(o, "worth", "both", NULL, "instrument", instrument, cell);
}

static double unmet(double stock, double tonnes, double agreed) {
  char text[1024];
  snprintf(text, sizeof text, STOPPED("%.17g", "%.17g", "%.17g"), stock, tonnes, agreed);
  critmin_outcome *o = rig_outcome(text);
  double found = rig_measure(o, "both", "unmet", "value");
  critmin_outcome_free(o);
  return found;
}

START_TEST(a_unit_more_and_one_less_are_finite_differences) {
  static const double sizes[][3] = {{10, 20, 100}, {0.5, 0.25, 36.5}, {5, 80, 0.3}, {90, 3, 10}, {0, 40, 300}};
  for (size_t i = 0; i < COUNT(sizes); i++) {
    const double *s = sizes[i];
    char text[1024];
    snprintf(text, sizeof text, STOPPED("%.17g", "%.17g", "%.17g"), s[0], s[1], s[2]);
    critmin_outcome *o = rig_outcome(text);
    double now = unmet(s[0], s[1], s[2]);
    NEAR(worth(o, "reserves[0]", "unmet_less"), now - unmet(s[0], s[1] + 1, s[2]));
    NEAR(worth(o, "agreements[0]", "unmet_less"), now - unmet(s[0], s[1], s[2] + 1));
    NEAR(worth(o, "private inventory", "unmet_less"), now - unmet(s[0] + 1, s[1], s[2]));
    double less[3];
    for (int k = 0; k < 3; k++) less[k] = fmin(1, s[k]); /* all there is, where that is less than one */
    NEAR(worth(o, "reserves[0]", "unmet_more"), (unmet(s[0], s[1] - less[1], s[2]) - now) / less[1]);
    NEAR(worth(o, "agreements[0]", "unmet_more"), (unmet(s[0], s[1], s[2] - less[2]) - now) / less[2]);
    double stock = worth(o, "private inventory", "unmet_more");
    if (less[0] > 0)
      NEAR(stock, (unmet(s[0] - less[0], s[1], s[2]) - now) / less[0]);
    else
      ck_assert(isnan(stock));
    critmin_outcome_free(o);
  }
}
END_TEST

START_TEST(at_a_kink_one_more_brings_nothing_and_one_less_costs_all) {
  critmin_outcome *o = rig_outcome(STOPPED("30", "60", "0")); /* 90 are missing, and 90 are there */
  NEAR(rig_measure(o, "both", "unmet", "value"), 0);
  NEAR(worth(o, "reserves[0]", "unmet_less"), 0);
  NEAR(worth(o, "reserves[0]", "unmet_more"), 1);
  NEAR(worth(o, "private inventory", "unmet_less"), 0);
  NEAR(worth(o, "private inventory", "unmet_more"), 1);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(a_tonne_a_year_is_worth_the_integral_of_what_it_meets) {
  critmin_outcome *o = rig_outcome(STOPPED("0", "0", "1"));
  /* Ramps from day 20 to 70, then runs to day 100: 25 and 30 days of it, in part. */
  NEAR(worth(o, "agreements[0]", "unmet_less"), 0.8 * 0.5 * (25 + 30) / 365);
  double value, time[] = {0, 100}, price[] = {1, 1};
  critmin_error error;
  ck_assert(!critmin_agreement_value(time, price, 2, 20, 50, 0.8, 0.5, &value, &error));
  NEAR(worth(o, "agreements[0]", "unmet_less"), value);
  /* One that runs from the first day meets a hundred days. */
  critmin_table *table = NULL;
  ck_assert(!critmin_outcome_table(o, "worth", &table, NULL));
  int found = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(word(table, row, "instrument"), "new") != 0 || strcmp(word(table, row, "at"), "separated") != 0) continue;
    int is_yearly = strcmp(word(table, row, "kind"), "agreement") == 0;
    NEAR(cell(table, row, "unmet_less"), is_yearly ? 100. / 365 : 1);
    NEAR(cell(table, row, "reaches"), 1);
    found++;
  }
  ck_assert_int_eq(found, 2);
  critmin_table_free(table);
  critmin_outcome_free(o);
}
END_TEST

/* Chains ------------------------------------------------------------------------------------------------------------
 */

static critmin_store *store;

static void setup(void) {
  store = trade_world();
}

static void teardown(void) {
  critmin_store_close(store);
}

/* British alloy is made of refined tin from China and Australia; the United States buy it, and make none. */
static void chain(void) {
  static const char *const made[][3] = {{"refined", "CHN", "100"}, {"refined", "AUS", "50"}, {"refined", "WLD", "150"},
                                        {"alloy", "CHN", "90"},    {"alloy", "GBR", "30"},   {"alloy", "WLD", "120"}};
  for (size_t i = 0; i < COUNT(made); i++) {
    char more[128];
    snprintf(more, sizeof more, "stage=%s%s", made[i][0], strcmp(made[i][0], "alloy") == 0 ? "|basis=gross" : "");
    world_figure(store, made[i][1], made[i][2], more);
  }
  trade_flow(store, "CHN", "GBR", "15", "stage=refined");
  trade_flow(store, "AUS", "GBR", "10", "stage=refined");
  trade_flow(store, "CHN", "USA", "4", "stage=alloy|basis=gross");
  trade_flow(store, "GBR", "USA", "6", "stage=alloy|basis=gross");
}

static double at_refined(const char *country, const char *kind, const char *column) {
  char text[512];
  snprintf(text, sizeof text,
           "{'year':2020,'horizon':365,'users':[{'country':'%s','mineral':'tin','stage':'alloy','demand':1000,"
           "'inventory':0}],'shocks':[{'kind':'ban','countries':'CHN','minerals':'tin','stages':'refined','share':1,"
           "'leak':0}]}",
           country);
  critmin_model *model = world_model(store, NULL);
  critmin_scenario *scenario = rig_read(NULL, text);
  critmin_outcome *outcome = NULL;
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_msg(!critmin_scenario_run(model, scenario, NULL, NULL, NULL, &outcome, &error), "%s", error.message);
  ck_assert(!critmin_outcome_table(outcome, "worth", &table, NULL));
  double found = NAN;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(word(table, row, "at"), "refined") == 0 && strcmp(word(table, row, "kind"), kind) == 0)
      found = cell(table, row, column);
  }
  critmin_table_free(table);
  critmin_outcome_free(outcome);
  critmin_scenario_free(scenario);
  critmin_model_free(model);
  return found;
}

START_TEST(a_tonne_upstream_counts_as_far_as_somebody_can_work_it_up) {
  chain();
  NEAR(at_refined("GBR", "agreement", "reaches"), 1);
  NEAR(at_refined("GBR", "agreement", "unmet_less"), 1);
  NEAR(at_refined("GBR", "reserve", "unmet_less"), 1);
  /* Who has no plants can do nothing with it: the way back to those who have is none of today. */
  NEAR(at_refined("USA", "agreement", "reaches"), 0);
  NEAR(at_refined("USA", "reserve", "unmet_less"), 0);
}
END_TEST

Suite *suite_scenario_worth(void) {
  Suite *suite = suite_create("scenario worth");
  TCase *tests = tcase_create("worths"), *chains = tcase_create("worths along chains");
  tcase_add_unchecked_fixture(tests, rig_load, rig_free);
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, a_unit_more_and_one_less_are_finite_differences);
  tcase_add_test(tests, at_a_kink_one_more_brings_nothing_and_one_less_costs_all);
  tcase_add_test(tests, a_tonne_a_year_is_worth_the_integral_of_what_it_meets);
  tcase_add_checked_fixture(chains, setup, teardown);
  tcase_add_test(chains, a_tonne_upstream_counts_as_far_as_somebody_can_work_it_up);
  suite_add_tcase(suite, tests);
  suite_add_tcase(suite, chains);
  return suite;
}
