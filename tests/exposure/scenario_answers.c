/* SPDX-License-Identifier: MIT */
/* Each kind of shock through a document, whom it leaves out, what is told of a result, and what is behind it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario_rig.h"

#define JAPAN(more) "'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','demand':365" more "}]"
#define SHOCK(kind, more) \
  "{'kind':'" kind "','countries':'CHN','minerals':'dysprosium','leak':0,'dependence':0.8" more "}"
#define ONE(kind, more) "{" JAPAN(",'inventory':0") ",'horizon':100,'shocks':[" SHOCK(kind, more) "]}"

typedef struct kind {
  const char *document;
  double missing, unmet; /* share at most, days in all */
} kind;

/* A hundred days of a tonne a day, eight tenths of it from China. */
static const kind kinds[] = {
    {ONE("ban", ",'share':1"), .8, 80},
    {ONE("ban", ",'share':1,'targets':'JPN','start':40"), .8, 48},
    {ONE("quota", ",'share':0.561"), .8 * .561, 80 * .561},
    {ONE("licence", ",'approval':0.75,'delay':10"), .8, .8 * 10 + .8 * .25 * 90},
    {ONE("licence", ",'approval':0.75,'delay':10,'duration':30"), .8, .8 * 10 + .8 * .25 * 20},
    {ONE("sanction", ",'share':0.5,'targets':['JPN','USA']"), .4, 40},
    {ONE("outage", ",'share':0.25,'duration':20"), .2, 4},
    {ONE("disruption", ",'share':0.5,'ramp':20"), .4, 40 - 4},
    {ONE("quota", ",'steps':[[0,0.25],[50,0.5]]"), .4, 10 + 20},
    {ONE("ban", ",'share':1,'start':-10,'duration':30"), .8, 16},
};

START_TEST(each_kind_of_shock_withholds_what_it_says) {
  critmin_outcome *o = rig_outcome(kinds[_i].document);
  NEAR(rig_measure(o, "neither", "share_missing", "value"), kinds[_i].missing);
  NEAR(rig_measure(o, "neither", "days_unmet", "value"), kinds[_i].unmet);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(a_shock_comes_as_often_as_it_is_probable_and_with_its_group) {
  static const char document[] =
      "{" JAPAN(",'inventory':0") ",'horizon':10,'shocks':[{'kind':'ban','countries':'CHN','minerals':'dysprosium',"
      "'share':1,'leak':0,'dependence':0.5,'probability':0.3,'group':'a','correlation':%s},{'kind':'ban','countries':"
      "'MMR','minerals':'dysprosium','share':1,'leak':0,'dependence':0.5,'probability':0.3,'group':'a','correlation':"
      "%s}]}";
  static const struct {
    const char *correlation;
    double both; /* of 0.3, how often they come together */
  } groups[] = {{"0", .3 * .3}, {"1", .3}};
  for (size_t i = 0; i < COUNT(groups); i++) {
    char text[1024];
    snprintf(text, sizeof text, document, groups[i].correlation, groups[i].correlation);
    critmin_scenario *scenario = rig_read(NULL, text);
    critmin_outcome *o = rig_run(scenario, 40000, 0);
    double any = rig_cell(o, "draws", "neither", NULL, "measure", "days_unmet", "probability"), both = groups[i].both;
    double mean = rig_cell(o, "draws", "neither", NULL, "measure", "days_unmet", "mean");
    ck_assert_double_eq_tol(any, .6 - both, .01);
    ck_assert_double_eq_tol(mean, 10 * .3, .08);
    critmin_outcome_free(o);
    critmin_scenario_free(scenario);
  }
}
END_TEST

START_TEST(several_reserves_answer_those_who_may_draw_at_most_as_fast_as_they_can) {
  critmin_outcome *o = rig_outcome(
      "{'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','demand':365,'inventory':5},{'country':"
      "'KOR','mineral':'dysprosium','stage':'separated','demand':365,'inventory':0}],'order':'reserves_first','horizon':"
      "100,'start':'2026-01-06','shocks':[{'kind':'ban','countries':'CHN','minerals':'dysprosium','share':1,'leak':0,"
      "'dependence':1}],'reserves':[{'name':'own','holder':'JPN','tonnes':20,'held':1,'release':1,'delay':0},{'name':"
      "'slow','holder':'JPN','days':50,'held':0.5,'usable':0.8,'release':0.25,'delay':10}]}");
  /* Twenty days of the first, then a quarter a day of 20 from the second, and five days of inventory for the rest. */
  NEAR(rig_cell(o, "reserves", "reserve", NULL, "measure", "held", "value"), 20);
  NEAR(rig_cell(o, "users", "reserve", "JPN", "measure", "days_to_shortage", "value"), 20 + 5 / .75);
  NEAR(rig_cell(o, "users", "reserve", "KOR", "measure", "days_to_shortage", "value"), 0);
  NEAR(rig_cell(o, "users", "reserve", "JPN", "measure", "days_of_cover", "value"), 5 + 20 + 20);
  NEAR(rig_cell(o, "users", "reserve", "JPN", "measure", "days_unmet", "value"), 100 - 45);
  critmin_outcome_free(o);
}
END_TEST

static const char *flags_of(const critmin_outcome *o, const char *measure, char text[512]) {
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_outcome_table(o, "users", &table, NULL), CRITMIN_OK);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(critmin_table_text(table, critmin_table_find(table, "measure"), row), measure) != 0) continue;
    const char *flags = critmin_table_text(table, critmin_table_find(table, "flags"), row);
    snprintf(text, 512, "%s", flags ? flags : "");
    break;
  }
  critmin_table_free(table);
  return text;
}

START_TEST(a_day_behind_the_horizon_is_told_from_one_that_never_comes) {
  static const struct {
    const char *more;
    int censored;
  } shocks[] = {
      {",'share':0.1", 1},               /* stocks would run out on day 125 */
      {",'share':0.1,'duration':50", 0}, /* over before they do */
      {",'share':1,'start':150", 1},     /* not yet */
      {",'share':0", 0},
  };
  for (size_t i = 0; i < COUNT(shocks); i++) {
    char text[1024], flags[512];
    snprintf(text, sizeof text,
             "{" JAPAN(",'inventory':10") ",'horizon':100,'shocks':[{'kind':'ban','countries':'CHN','minerals':"
                                          "'dysprosium','leak':0,'dependence':0.8%s}]}",
             shocks[i].more);
    critmin_outcome *o = rig_outcome(text);
    ck_assert(isinf(rig_measure(o, "neither", "days_to_shortage", "value")));
    ck_assert_msg((strstr(flags_of(o, "days_to_shortage", flags), "CENSORED") != NULL) == shocks[i].censored, "%s: %s",
                  shocks[i].more, flags);
    ck_assert_ptr_null(strstr(flags_of(o, "days_unmet", flags), "CENSORED"));
    critmin_outcome_free(o);
  }
}
END_TEST

START_TEST(flags_are_those_of_what_enters_the_case) {
  char flags[512];
  critmin_outcome *o = rig_outcome(
      "{'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated','demand':365,'inventory':0}],'shocks':[{"
      "'kind':'ban','countries':'CHN','minerals':'dysprosium','share':1,'leak':0}]}");
  flags_of(o, "days_unmet", flags);
  ck_assert_ptr_nonnull(strstr(flags, "ASSUMED"));
  ck_assert_ptr_null(strstr(flags, "CENSORED"));
  critmin_outcome_free(o);
}
END_TEST

START_TEST(what_nobody_says_of_a_dependence_lies_between_nothing_and_all) {
  char flags[512];
  critmin_outcome *o = rig_outcome(
      "{'users':[{'country':'JPN','mineral':'dysprosium','stage':'mining','demand':365,'inventory':10}],'shocks':[{'kind'"
      ":'ban','countries':'FJI','minerals':'dysprosium','stages':'mining','share':1,'leak':0}]}");
  ck_assert(isnan(rig_measure(o, "neither", "days_unmet", "value")));
  NEAR(rig_measure(o, "neither", "days_unmet", "low"), 0);
  NEAR(rig_measure(o, "neither", "days_unmet", "high"), 355);
  ck_assert_ptr_nonnull(strstr(flags_of(o, "days_unmet", flags), "NO_DATA"));
  critmin_outcome_free(o);
}
END_TEST

START_TEST(a_country_needs_all_that_the_shocks_are_of) {
  critmin_outcome *o = rig_outcome(
      "{'users':[{'country':'JPN','inventory':10},{'country':'DEU','mineral':'gallium','inventory':20}],'shocks':[{'kind'"
      ":'ban','countries':'CHN','minerals':['gallium','germanium'],'share':1,'leak':0,'dependence':1}]}");
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_outcome_table(o, "summary", &table, NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(table), 2 * 3);
  critmin_table_free(table);
  NEAR(rig_cell(o, "users", "neither", "DEU", "measure", "days_to_shortage", "value"), 20);
  critmin_outcome_free(o);
}
END_TEST

/* What is behind a cell --------------------------------------------------------------------------------------------- */

#define BRIDGED                                                                                                          \
  "{" JAPAN(",'inventory':{'value':30,'low':20,'high':60}") ",'horizon':365,'shocks':[" SHOCK("ban", ",'share':1")        \
      "],'reserves':[{'holder':'JPN','days':60,'held':1,'release':1000,'delay':10}],'agreements':[{'buyer':'JPN','share'" \
      ":0.3,'begins':20,'ramp':180,'additional':1,'performs':1}]}"

static critmin_table *behind(const critmin_outcome *o, const char *what, int64_t row) {
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_msg(!critmin_outcome_explain(o, rig_model(), what, row, &table, &error), "%s", error.message);
  return table;
}

static int64_t row_of(const critmin_table *table, const char *path, const char *what) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *is = critmin_table_text(table, critmin_table_find(table, "path"), row),
               *does = critmin_table_text(table, critmin_table_find(table, "what"), row);
    if (is && does && strcmp(is, path) == 0 && strcmp(does, what) == 0) return row;
  }
  ck_abort_msg("no row of %s with `%s`", path, what);
}

static double number(const critmin_table *table, const char *column, int64_t row) {
  return critmin_table_number(table, critmin_table_find(table, column), row);
}

/* Of the table `summary`: two measures of a user in each of four cases. */
START_TEST(a_cell_is_what_it_would_be_with_each_number_at_its_ends) {
  critmin_outcome *o = rig_outcome(BRIDGED);
  critmin_table *table = behind(o, "summary", 0);
  int64_t row = row_of(table, "users[0].inventory", "inventory");
  NEAR(number(table, "at_low", row), 20 / .8);
  NEAR(number(table, "at_high", row), 60 / .8);
  ck_assert(isnan(number(table, "at_low", row_of(table, "shocks[0].share", "share"))));
  critmin_table_free(table);
  table = behind(o, "summary", 1);
  row = row_of(table, "users[0].inventory", "inventory");
  NEAR(number(table, "at_low", row), .8 * 365 - 20);
  critmin_table_free(table);
  table = behind(o, "weeks", 5); /* the sixth week, day 35 to 42: half of its stock-out */
  NEAR(number(table, "at_high", row_of(table, "users[0].inventory", "inventory")), 0);
  NEAR(number(table, "at_low", row_of(table, "users[0].inventory", "inventory")), .8);
  critmin_table_free(table);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(days_tell_what_changes_and_what_is_missing_from_then_on) {
  critmin_outcome *o = rig_outcome(BRIDGED);
  critmin_table *table = behind(o, "summary", 6); /* with both */
  int64_t row = row_of(table, "shocks[0]", "begins");
  NEAR(number(table, "day", row), 0);
  NEAR(number(table, "value", row), .8);
  NEAR(number(table, "day", row_of(table, "agreements[0]", "begins to deliver")), 20);
  row = row_of(table, "agreements[0]", "delivers all");
  NEAR(number(table, "day", row), 200);
  NEAR(number(table, "value", row), .5);
  NEAR(number(table, "day", row_of(table, "reserves[0]", "may release")), 10);
  NEAR(number(table, "day", row_of(table, "users[0]", "runs short")),
       rig_cell(o, "summary", "both", NULL, "measure", "days_to_shortage", "value"));
  critmin_table_free(table);
  table = behind(o, "summary", 0); /* with neither: nothing of what would answer */
  for (int64_t i = 0; i < critmin_table_rows(table); i++) {
    const char *path = critmin_table_text(table, critmin_table_find(table, "path"), i);
    ck_assert(strstr(path, "reserves") == NULL && strstr(path, "agreements") == NULL);
  }
  critmin_table_free(table);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(what_cannot_be_explained_says_so) {
  critmin_outcome *o = rig_outcome(BRIDGED);
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_outcome_explain(NULL, NULL, "summary", 0, &table, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_outcome_explain(o, NULL, NULL, 0, &table, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_outcome_explain(o, NULL, "summary", 0, NULL, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_outcome_explain(o, NULL, "summary", 8, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_nonnull(strstr(error.message, "`summary` has 8 rows"));
  ck_assert_int_eq(critmin_outcome_explain(o, NULL, "summary", -1, &table, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_outcome_explain(o, NULL, "sumary", 0, &table, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_null(table);
  ck_assert_int_eq(critmin_outcome_explain(o, NULL, "inputs", 0, &table, NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(table), 1);
  critmin_table_free(table);
  critmin_outcome_free(o);
}
END_TEST

START_TEST(any_allocation_of_an_explanation_may_fail) {
  critmin_outcome *o = rig_outcome(BRIDGED);
  critmin_status status = CRITMIN_ERROR_MEMORY;
  for (int64_t n = 1; status != CRITMIN_OK && n < 100000; n++) {
    critmin_table *table = NULL;
    cm_memory_fail_at(n, 0);
    status = critmin_outcome_explain(o, rig_model(), "summary", 6, &table, NULL);
    cm_memory_fail_at(0, 0);
    ck_assert(status == CRITMIN_OK || (status == CRITMIN_ERROR_MEMORY && !table));
    critmin_table_free(table);
  }
  ck_assert_int_eq(status, CRITMIN_OK);
  critmin_outcome_free(o);
}
END_TEST

Suite *suite_scenario_answers(void) {
  Suite *suite = suite_create("scenario answers");
  TCase *tests = tcase_create("answers");
  tcase_add_unchecked_fixture(tests, rig_load, rig_free);
  tcase_add_loop_test(tests, each_kind_of_shock_withholds_what_it_says, 0, COUNT(kinds));
  tcase_add_test(tests, a_shock_comes_as_often_as_it_is_probable_and_with_its_group);
  tcase_add_test(tests, several_reserves_answer_those_who_may_draw_at_most_as_fast_as_they_can);
  tcase_add_test(tests, a_day_behind_the_horizon_is_told_from_one_that_never_comes);
  tcase_add_test(tests, flags_are_those_of_what_enters_the_case);
  tcase_add_test(tests, what_nobody_says_of_a_dependence_lies_between_nothing_and_all);
  tcase_add_test(tests, a_country_needs_all_that_the_shocks_are_of);
  tcase_add_test(tests, a_cell_is_what_it_would_be_with_each_number_at_its_ends);
  tcase_add_test(tests, days_tell_what_changes_and_what_is_missing_from_then_on);
  tcase_add_test(tests, what_cannot_be_explained_says_so);
  tcase_add_test(tests, any_allocation_of_an_explanation_may_fail);
  suite_add_tcase(suite, tests);
  return suite;
}
