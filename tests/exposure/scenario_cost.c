/* SPDX-License-Identifier: MIT */
/* What a shortage costs in a scenario: prices, spending, and the value at stake. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario_rig.h"

/* A tonne a day at 10 dollars a kilogram, of which a part is missing for the whole of the horizon. */
#define SHORT(user, share, more)                                                                                     \
  "{'horizon':70,'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','demand':365,'inventory':0," \
  "'price':10" user "}],'shocks':[{'kind':'ban','countries':'CHN','minerals':'dysprosium','share':1,'leak':0,"      \
  "'dependence':" share "}]" more "}"
#define ANSWERS ",'demand_elasticity':0.3,'supply_elasticity':0.2"
#define SECTORS                                                                                          \
  ",'sectors':[{'name':'A','share':0.4,'value_added':400,'dependence':1},{'name':'B','share':0.4,"     \
  "'value_added':4000,'dependence':1},{'name':'C','share':0.2,'value_added':20000,'dependence':1}]"

static double cost(const critmin_outcome *o, const char *measure, const char *end) {
  return rig_cell(o, "cost", "neither", NULL, "measure", measure, end);
}

static int is_flagged(const critmin_outcome *o, const char *measure, const char *flag) {
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_msg(!critmin_outcome_table(o, "cost", &table, &error), "%s", error.message);
  int found = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *flags = critmin_table_text(table, critmin_table_find(table, "flags"), row);
    if (strcmp(critmin_table_text(table, critmin_table_find(table, "measure"), row), measure) == 0 && flags)
      found |= strstr(flags, flag) != NULL;
  }
  critmin_table_free(table);
  return found;
}

START_TEST(a_price_is_that_of_the_closed_form) {
  critmin_outcome *o = rig_outcome(SHORT(ANSWERS, "0.3", ""));
  NEAR(cost(o, "price", "value"), pow(0.7, -1 / 0.5));
  ck_assert_double_eq_tol(cost(o, "price", "value"), 2.041, 5e-4);
  ck_assert_double_eq_tol(cost(o, "expenditure_share", "value"), 0.648, 5e-4);
  ck_assert_double_eq_tol(cost(o, "loss_share", "value"), 0.925, 5e-4);
  /* 70 tonnes at 10,000 dollars */
  ck_assert_double_eq_tol(cost(o, "expenditure", "value"), 0.647641 * 70 * 10000, 1);
  ck_assert_double_eq_tol(cost(o, "loss", "value"), 0.925202 * 70 * 10000, 1);
  NEAR(cost(o, "price", "low"), cost(o, "price", "high"));
  critmin_outcome_free(o);
}
END_TEST

START_TEST(room_of_others_bounds_what_a_price_brings) {
  critmin_outcome *o = rig_outcome(SHORT(ANSWERS ",'spare':0.07142857142857142", "0.3", ""));
  ck_assert_double_eq_tol(cost(o, "price", "value"), pow(0.75, -1 / 0.3), 1e-6); /* 70 become 75 */
  critmin_outcome_free(o);
}
END_TEST

START_TEST(stocks_keep_the_price_as_long_as_they_last) {
  critmin_outcome *o = rig_outcome(SHORT(ANSWERS, "1", ",'reserves':[{'holder':'JPN','days':63,'held':1,'release':1000,"
                                                       "'delay':0}]"));
  NEAR(rig_cell(o, "cost", "neither", NULL, "measure", "price", "value"), 100);
  ck_assert(is_flagged(o, "price", "CLAMPED"));
  NEAR(rig_cell(o, "cost", "reserve", NULL, "measure", "loss_share", "value"),
       0.1 * rig_cell(o, "cost", "neither", NULL, "measure", "loss_share", "value"));
  critmin_outcome_free(o);
  o = rig_outcome(SHORT(ANSWERS, "0.5", ",'reserves':[{'holder':'JPN','days':60,'held':1,'release':1000,'delay':0}]"));
  NEAR(rig_cell(o, "cost", "reserve", NULL, "measure", "price", "value"), 1);
  NEAR(rig_cell(o, "cost", "reserve", NULL, "measure", "expenditure", "value"), 0);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(everything_that_the_ends_allow_lies_between_them) {
  static const char text[] = SHORT(
      ",'demand_elasticity':{'value':0.2,'low':0.05,'high':1.5},'supply_elasticity':{'value':0.1,'low':0,'high':0.5}",
      "{'value':0.5,'low':0.1,'high':1}", ",'assume':{'withheld_ban':1}");
  critmin_outcome *all = rig_outcome(text);
  for (int mix = 0; mix < 64; mix++) {
    char one[1024];
    double demand = 0.05 + 1.45 * (mix & 3) / 3, supply = 0.5 * (mix >> 2 & 3) / 3, part = 0.1 + 0.9 * (mix >> 4) / 3;
    snprintf(one, sizeof one, SHORT(",'demand_elasticity':%.17g,'supply_elasticity':%.17g", "%.17g", ""), demand,
             supply, part);
    critmin_outcome *o = rig_outcome(one);
    static const char *const measures[] = {"price", "expenditure_share", "loss_share", "expenditure", "loss"};
    for (size_t i = 0; i < COUNT(measures); i++) {
      double x = cost(o, measures[i], "value");
      ck_assert_double_ge(x, cost(all, measures[i], "low") - 1e-9 * (1 + fabs(x)));
      ck_assert_double_le(x, cost(all, measures[i], "high") + 1e-9 * (1 + fabs(x)));
    }
    critmin_outcome_free(o);
  }
  critmin_outcome_free(all);
}
END_TEST

START_TEST(who_loses_the_tonnes_decides_what_they_cost) {
  critmin_outcome *o = rig_outcome(SHORT(SECTORS, "0.3", ""));
  double part = 70. / 365;
  NEAR(cost(o, "value_at_stake_efficient", "value"), 300 * part);
  NEAR(cost(o, "value_at_stake", "value"), 7320 * part);
  NEAR(cost(o, "value_at_stake_perverse", "value"), 21000 * part);
  NEAR(cost(o, "value_at_stake", "low"), 300 * part);
  NEAR(cost(o, "value_at_stake", "high"), 21000 * part);
  critmin_outcome_free(o);
}
END_TEST

/* Integrated circuits and solar cells are made by one industry (C26, 77,000 million), lamps by another (C27, 89,422). */
START_TEST(an_industry_of_several_uses_adds_its_value_once) {
  critmin_outcome *o =
      rig_outcome("{'horizon':365,'users':[{'country':'EU27','mineral':'gallium','stage':'refined','inventory':0}],"
                  "'shocks':[{'kind':'ban','countries':'CHN','minerals':'gallium','share':1,'leak':0,'dependence':1}],"
                  "'assume':{'sector_dependence':1}}");
  ck_assert_double_eq_tol(cost(o, "value_at_stake", "value"), 166422e6, 1);
  ck_assert_double_eq_tol(cost(o, "value_at_stake_perverse", "value"), 166422e6, 1);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(uses_on_record_are_those_of_the_country) {
  static const char text[] =
      "{'horizon':365,'users':[{'country':'%s','mineral':'%s','stage':'refined','demand':1000,'inventory':0}],"
      "'shocks':[{'kind':'ban','countries':'CHN','minerals':'%s','share':1,'leak':0,'dependence':0.1}],"
      "'assume':{'sector_dependence':1}}";
  char document[1024];
  snprintf(document, sizeof document, text, "EU27", "antimony", "antimony");
  critmin_outcome *o = rig_outcome(document);
  ck_assert_double_gt(cost(o, "value_at_stake", "value"), 0);
  ck_assert(is_flagged(o, "value_at_stake", "PERIOD_MEAN"));
  NEAR(cost(o, "value_at_stake", "year"), 2020);
  critmin_outcome_free(o);
  snprintf(document, sizeof document, text, "EU27", "cobalt", "cobalt"); /* some of its uses have no industry */
  o = rig_outcome(document);
  ck_assert(is_flagged(o, "value_at_stake", "NOT_AVAILABLE"));
  critmin_outcome_free(o);
  snprintf(document, sizeof document, text, "USA", "antimony", "antimony");
  o = rig_outcome(document);
  ck_assert(isnan(cost(o, "value_at_stake", "value")) && is_flagged(o, "value_at_stake", "NO_DATA"));
  ck_assert(is_flagged(o, "expenditure", "ESTIMATED") && cost(o, "expenditure", "value") > 0);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(what_nobody_prices_is_not_free) {
  critmin_outcome *o = rig_outcome(
      "{'users':[{'country':'JPN','mineral':'rare_earths_heavy','stage':'separated','demand':500,'inventory':0}],"
      "'shocks':[{'kind':'ban','countries':'CHN','minerals':'rare_earths_heavy','dependence':0.5}]}");
  ck_assert_double_gt(cost(o, "price", "value"), 1);
  ck_assert(isnan(cost(o, "expenditure", "value")) && isnan(cost(o, "loss", "high")));
  ck_assert(is_flagged(o, "expenditure", "NO_DATA"));
  critmin_outcome_free(o);
}
END_TEST

static const struct {
  const char *text;
  critmin_status status;
  const char *says;
} refused[] = {
    {SHORT(",'demand_elasticity':0,'supply_elasticity':0", "0.5", ""), CRITMIN_ERROR_INVALID_VALUE,
     "users[0].demand_elasticity: neither supply nor demand answers"},
    {SHORT("", "0.5", ",'assume':{'demand_elasticity':0,'supply_elasticity':0}"), CRITMIN_ERROR_INVALID_VALUE,
     "assume.demand_elasticity: neither supply nor demand answers"},
    {SHORT(",'sectors':[{'name':'A','share':0.7},{'name':'B','share':0.7}]", "0.5", ""), CRITMIN_ERROR_SHARE_RANGE,
     "users[0].sectors: their shares add up to 1.4"},
};

START_TEST(what_has_no_price_says_where) {
  critmin_outcome *outcome = NULL;
  critmin_error error;
  critmin_scenario *scenario = rig_read(NULL, refused[_i].text);
  ck_assert_int_eq(critmin_scenario_run(rig_model(), scenario, NULL, NULL, NULL, &outcome, &error), refused[_i].status);
  ck_assert_msg(strstr(error.message, refused[_i].says) == error.message, "%s", error.message);
  critmin_scenario_free(scenario);
}
END_TEST

static int32_t attempt(void *user) {
  critmin_table *table = NULL;
  critmin_error error;
  critmin_status status = critmin_outcome_table(user, "cost", &table, &error);
  critmin_table_free(table);
  return status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  critmin_outcome *o = rig_outcome(SHORT(ANSWERS SECTORS, "0.3", ""));
  fail_each_allocation(attempt, o);
  critmin_outcome_free(o);
}
END_TEST

Suite *suite_scenario_cost(void) {
  Suite *suite = suite_create("scenario cost");
  TCase *tests = tcase_create("costs");
  tcase_add_unchecked_fixture(tests, rig_load, rig_free);
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, a_price_is_that_of_the_closed_form);
  tcase_add_test(tests, room_of_others_bounds_what_a_price_brings);
  tcase_add_test(tests, stocks_keep_the_price_as_long_as_they_last);
  tcase_add_test(tests, everything_that_the_ends_allow_lies_between_them);
  tcase_add_test(tests, who_loses_the_tonnes_decides_what_they_cost);
  tcase_add_test(tests, an_industry_of_several_uses_adds_its_value_once);
  tcase_add_test(tests, uses_on_record_are_those_of_the_country);
  tcase_add_test(tests, what_nobody_prices_is_not_free);
  tcase_add_loop_test(tests, what_has_no_price_says_where, 0, COUNT(refused));
  tcase_add_test(tests, any_allocation_of_memory_may_fail);
  suite_add_tcase(suite, tests);
  return suite;
}
