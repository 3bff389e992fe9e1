/* SPDX-License-Identifier: MIT */
/* Scenarios as documents: read strictly, with places; written back; changed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario_rig.h"

#define USER "'users':[{'country':'JPN','mineral':'dysprosium','stage':'separated'}]"
#define SHOCK "'shocks':[{'kind':'ban','countries':'CHN','minerals':'dysprosium'}]"
#define WHOLE "{" USER "," SHOCK "}"

typedef struct refusal {
  const char *document;
  critmin_status status;
  const char *place; /* in the message */
} refusal;

static const refusal refusals[] = {
    {"{", CRITMIN_ERROR_FORMAT, "row 1"},
    {"[]", CRITMIN_ERROR_INVALID_VALUE, "the scenario: give an object"},
    {"{'name':'a','name':'b'}", CRITMIN_ERROR_FORMAT, "duplicate"},
    {"{" USER "}", CRITMIN_ERROR_MISSING_VALUE, "nothing stops"},
    {"{" USER ",'shocks':[]}", CRITMIN_ERROR_MISSING_VALUE, "nothing stops"},
    {"{" SHOCK ",'horizn':3}", CRITMIN_ERROR_UNKNOWN_NAME,
     "horizn: a scenario has no key `horizn`; did you mean `horizon`?"},
    {"{" SHOCK ",'horizon':0}", CRITMIN_ERROR_INVALID_VALUE, "horizon: 0 is outside 1 to 36500"},
    {"{" SHOCK ",'horizon':'long'}", CRITMIN_ERROR_INVALID_VALUE, "horizon: give a number"},
    {"{" SHOCK ",'start':'2026-02-29'}", CRITMIN_ERROR_INVALID_VALUE, "start: give a day"},
    {"{" SHOCK ",'start':'2026-1-06'}", CRITMIN_ERROR_INVALID_VALUE, "start: give a day"},
    {"{" SHOCK ",'year':1200}", CRITMIN_ERROR_YEAR_RANGE, "year: the year 1200"},
    {"{" SHOCK ",'order':'first'}", CRITMIN_ERROR_UNKNOWN_NAME, "order: `first` is none of"},
    {"{" SHOCK ",'cases':['neither','all']}", CRITMIN_ERROR_UNKNOWN_NAME, "cases[1]: `all` is none of"},
    {"{" SHOCK ",'tiers':[['JPN']]}", CRITMIN_ERROR_INVALID_VALUE, "tiers: where each keeps its own suppliers"},
    {"{" SHOCK ",'users':{}}", CRITMIN_ERROR_INVALID_VALUE, "users: give a list"},
    {"{" SHOCK ",'users':[{'mineral':'dysprosium','stage':'separated'}]}", CRITMIN_ERROR_MISSING_VALUE,
     "users[0]: `country` is missing"},
    {"{" SHOCK ",'users':[{'country':'','mineral':'x','stage':'y'}]}", CRITMIN_ERROR_MISSING_VALUE, "users[0].country"},
    {"{'shocks':[{'kind':'war','countries':'CHN','minerals':'x'}]}", CRITMIN_ERROR_UNKNOWN_NAME,
     "shocks[0].kind: `war`"},
    {"{'shocks':[{'kind':'ban','countries':[],'minerals':'x'}]}", CRITMIN_ERROR_MISSING_VALUE,
     "shocks[0].countries: the list is empty"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':['x',3]}]}", CRITMIN_ERROR_INVALID_VALUE,
     "shocks[0].minerals[1]: give a name"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','share':1.5}]}", CRITMIN_ERROR_SHARE_RANGE,
     "shocks[0].share: 1.5 is no share"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','share':{'value':0.5,'low':0.6}}]}",
     CRITMIN_ERROR_INVALID_VALUE, "shocks[0].share: low, value and high have to rise"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','share':{'low':0.6}}]}", CRITMIN_ERROR_MISSING_VALUE,
     "shocks[0].share: a range needs a value"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','share':{'mode':0.6}}]}", CRITMIN_ERROR_UNKNOWN_NAME,
     "shocks[0].share.mode"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','probability':-0.1}]}", CRITMIN_ERROR_SHARE_RANGE,
     "shocks[0].probability"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','correlation':2}]}", CRITMIN_ERROR_SHARE_RANGE,
     "shocks[0].correlation"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','duration':-1}]}", CRITMIN_ERROR_NEGATIVE,
     "shocks[0].duration: -1 is below zero"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','steps':[[0,1],[0,0.5]]}]}",
     CRITMIN_ERROR_INVALID_VALUE, "shocks[0].steps[1]: give days that rise"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','steps':[[0,1],[9,7]]}]}", CRITMIN_ERROR_SHARE_RANGE,
     "shocks[0].steps[1][1]: 7 is no share"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','steps':[[0,1]],'share':1}]}",
     CRITMIN_ERROR_INVALID_VALUE, "say the same"},
    {"{'shocks':[{'kind':'ban','countries':'CHN','minerals':'x','approval':0.5}]}", CRITMIN_ERROR_INVALID_VALUE,
     "shocks[0]: `approval` is of a licence only"},
    {"{'shocks':[{'kind':'tax','countries':'CHN','minerals':'x'}]}", CRITMIN_ERROR_MISSING_VALUE,
     "shocks[0]: `rate` is missing"},
    {"{" SHOCK ",'reserves':[{'days':3}]}", CRITMIN_ERROR_MISSING_VALUE, "reserves[0]: `holder` is missing"},
    {"{" SHOCK ",'reserves':[{'holder':'JPN'}]}", CRITMIN_ERROR_MISSING_VALUE, "reserves[0]: its size is missing"},
    {"{" SHOCK ",'reserves':[{'holder':'JPN','days':-1}]}", CRITMIN_ERROR_NEGATIVE,
     "reserves[0].days: -1 is below zero"},
    {"{" SHOCK ",'reserves':[{'holder':'JPN','days':1,'tonnes':1}]}", CRITMIN_ERROR_INVALID_VALUE, "say the same"},
    {"{" SHOCK ",'reserves':[{'record':'jpn_rare_metals_target'}]}", CRITMIN_ERROR_ARGUMENT,
     "reserves[0]: a record is named"},
    {"{" SHOCK ",'agreements':[{'share':0.5}]}", CRITMIN_ERROR_MISSING_VALUE, "agreements[0]: `buyer` is missing"},
    {"{" SHOCK ",'agreements':[{'buyer':'JPN'}]}", CRITMIN_ERROR_MISSING_VALUE, "agreements[0]: what it brings"},
    {"{" SHOCK ",'assume':{'leek':0.5}}", CRITMIN_ERROR_UNKNOWN_NAME,
     "assume.leek: an assume has no key `leek`; did you mean `leak`?"},
    {"{" SHOCK ",'assume':{'leak':7}}", CRITMIN_ERROR_SHARE_RANGE, "assume.leak: 7"},
    {"{'restrictions':'chn_usa_ban_2024'}", CRITMIN_ERROR_ARGUMENT, "restrictions: a record is named"},
};

START_TEST(what_is_no_scenario_is_refused_with_its_place) {
  const refusal *r = &refusals[_i];
  critmin_scenario *scenario = NULL;
  critmin_error error;
  char *json = rig_json(r->document);
  ck_assert_int_eq(critmin_scenario_read(NULL, json, &scenario, &error), r->status);
  ck_assert_ptr_null(scenario);
  ck_assert_msg(strstr(error.message, r->place) != NULL, "%s: %s", r->document, error.message);
  ck_assert_msg(error.row == 1 && error.column > 0, "%s: no place: %s", r->document, error.message);
  free(json);
}
END_TEST

START_TEST(an_error_has_the_row_and_column_of_its_value) {
  critmin_scenario *scenario = NULL;
  critmin_error error;
  char *json = rig_json(
      "{\n  'name': 'with [brackets], \\\\ and {braces}',\n  'shocks': [\n    {'kind': 'ban', 'countries': 'CHN',"
      "\n     'minerals': 'x', 'share': 1.5}\n  ]\n}\n");
  ck_assert_int_eq(critmin_scenario_read(NULL, json, &scenario, &error), CRITMIN_ERROR_SHARE_RANGE);
  ck_assert_int_eq(error.row, 5);
  ck_assert_int_eq(error.column, 32);
  free(json);
}
END_TEST

static char *written(const critmin_scenario *scenario) {
  char *json = NULL;
  ck_assert_int_eq(critmin_scenario_write(scenario, &json, NULL), CRITMIN_OK);
  return json;
}

START_TEST(what_is_written_reads_back_as_the_same) {
  critmin_scenario *scenario = rig_read(
      NULL,
      "{'name':'a \\u00e9 \\n b','horizon':0.1e3,'year':2024,'assume':{'leak':{'low':0,'value':0.1,'high':0.3}},"
      "'tiers':[['JPN','KOR'],'DEU'],'allocation':'equal'," USER "," SHOCK "}");
  char *first = written(scenario);
  critmin_scenario *again = NULL;
  ck_assert_int_eq(critmin_scenario_read(NULL, first, &again, NULL), CRITMIN_OK);
  char *second = written(again);
  ck_assert_str_eq(first, second);
  ck_assert_ptr_nonnull(strstr(first, "\"value\": 0.1"));
  critmin_text_free(first);
  critmin_text_free(second);
  critmin_scenario_free(scenario);
  critmin_scenario_free(again);
}
END_TEST

START_TEST(one_value_can_be_set_added_and_removed) {
  critmin_scenario *scenario = rig_read(NULL, WHOLE);
  ck_assert_int_eq(critmin_scenario_set(scenario, NULL, "users[0].inventory", "45", NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_scenario_set(scenario, NULL, "shocks[0].kind", "licence", NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_scenario_set(scenario, NULL, "assume.leak", "{\"low\": 0, \"high\": 0.5}", NULL),
                   CRITMIN_OK);
  ck_assert_int_eq(critmin_scenario_set(scenario, NULL, "users[1]",
                                        "{\"country\":\"DEU\",\"mineral\":\"terbium\",\"stage\":\"mining\"}", NULL),
                   CRITMIN_OK);
  char *json = written(scenario);
  ck_assert_ptr_nonnull(strstr(json, "\"inventory\": 45"));
  ck_assert_ptr_nonnull(strstr(json, "\"kind\": \"licence\""));
  ck_assert_ptr_nonnull(strstr(json, "\"low\": 0, \"high\": 0.5"));
  ck_assert_ptr_nonnull(strstr(json, "terbium"));
  critmin_text_free(json);
  ck_assert_int_eq(critmin_scenario_set(scenario, NULL, "users[1]", NULL, NULL), CRITMIN_OK);
  json = written(scenario);
  ck_assert_ptr_null(strstr(json, "terbium"));
  critmin_text_free(json);
  critmin_scenario_free(scenario);
}
END_TEST

START_TEST(a_value_that_is_refused_leaves_the_scenario_as_it_was) {
  static const char *const paths[] = {"shocks[0].share", "shocks[7].share", "shocks[0].shape", "", ".", "[0]",
                                      "shocks[x]"};
  critmin_scenario *scenario = rig_read(NULL, WHOLE);
  char *before = written(scenario);
  for (size_t i = 0; i < COUNT(paths); i++) {
    critmin_error error;
    ck_assert_int_ne(critmin_scenario_set(scenario, NULL, paths[i], "3", &error), CRITMIN_OK);
    ck_assert_int_gt((int)strlen(error.message), 10);
  }
  char *after = written(scenario);
  ck_assert_str_eq(before, after);
  critmin_text_free(before);
  critmin_text_free(after);
  critmin_scenario_free(scenario);
}
END_TEST

static critmin_store *open_reference(void) {
  critmin_store *store = NULL;
  ck_assert_int_eq(critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, NULL), CRITMIN_OK);
  return store;
}

START_TEST(a_restriction_on_record_makes_a_scenario) {
  critmin_store *store = open_reference();
  critmin_scenario *scenario = NULL;
  ck_assert_int_eq(critmin_scenario_of_restriction(store, "cod_cobalt_quota_2025", &scenario, NULL), CRITMIN_OK);
  char *json = written(scenario);
  ck_assert_ptr_nonnull(strstr(json, "\"kind\": \"quota\""));
  ck_assert_ptr_nonnull(strstr(json, "\"countries\": [\"COD\"]"));
  ck_assert_ptr_nonnull(strstr(json, "\"record\": \"cod_cobalt_quota_2025\""));
  ck_assert_ptr_nonnull(strstr(json, "\"intermediate\""));
  critmin_text_free(json);
  critmin_scenario_free(scenario);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_record_that_will_not_do_is_refused) {
  static const struct {
    const char *document;
    critmin_status status;
    const char *says;
  } records[] = {
      {"{'restrictions':'chn_usa_ban_2042'}", CRITMIN_ERROR_NOT_FOUND, "restrictions: "},
      {"{'restrictions':['chn_usa_ban_2024','mex_lithium_nationalised_2022']}", CRITMIN_ERROR_INVALID_VALUE,
       "restrictions[1]: restriction `mex_lithium_nationalised_2022` is of kind `other`"},
      {"{'shocks':[{'record':'chn_usa_ban_2024','approval':0.4}]}", CRITMIN_ERROR_INVALID_VALUE,
       "shocks[0]: `approval` is of a licence only, and `chn_usa_ban_2024` is a ban"},
      {"{'shocks':[{'record':'chn_usa_ban_2024','rate':0.4}]}", CRITMIN_ERROR_INVALID_VALUE, "`rate` is of a tax only"},
      {"{'shocks':[{'record':'chn_usa_ban_2042'}]}", CRITMIN_ERROR_NOT_FOUND, "shocks[0]: "},
      {"{" SHOCK ",'reserves':[{'record':'usa_project_vault'}]}", CRITMIN_ERROR_MISSING_VALUE,
       "neither tonnes nor days"},
      {"{" SHOCK ",'reserves':[{'record':'jpn_rare_metals'}]}", CRITMIN_ERROR_NOT_FOUND, "reserves[0]: "},
      {"{" SHOCK ",'agreements':[{'record':'lynas_jare_2023'}]}", CRITMIN_ERROR_MISSING_VALUE, "give `start`"},
      {"{" SHOCK ",'start':'2020-01-01','agreements':[{'record':'lynas_jare_2023'}]}", CRITMIN_ERROR_INVALID_VALUE,
       "not in force on 2020-01-01"},
      {"{" SHOCK ",'start':'2020-01-01','agreements':[{'record':'lynas'}]}", CRITMIN_ERROR_NOT_FOUND,
       "agreements[0]: "},
  };
  critmin_store *store = open_reference();
  for (size_t i = 0; i < COUNT(records); i++) {
    critmin_scenario *scenario = NULL;
    critmin_error error;
    char *json = rig_json(records[i].document);
    ck_assert_msg(critmin_scenario_read(store, json, &scenario, &error) == records[i].status, "%s: %s",
                  records[i].document, error.message);
    ck_assert_msg(strstr(error.message, records[i].says) != NULL, "%s", error.message);
    free(json);
  }
  critmin_scenario *scenario = NULL;
  ck_assert_int_eq(critmin_scenario_of_restriction(store, "chn_usa_ban_2042", &scenario, NULL),
                   CRITMIN_ERROR_NOT_FOUND);
  critmin_store_close(store);
}
END_TEST

START_TEST(every_key_is_listed_once_with_its_bounds) {
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_scenario_keys(&table, NULL), CRITMIN_OK);
  int32_t object = critmin_table_find(table, "object"), key = critmin_table_find(table, "key");
  int64_t rows = critmin_table_rows(table);
  ck_assert_int_gt(rows, 50);
  for (int64_t i = 0; i < rows; i++) {
    for (int64_t j = 0; j < i; j++)
      ck_assert(strcmp(critmin_table_text(table, object, i), critmin_table_text(table, object, j)) != 0 ||
                strcmp(critmin_table_text(table, key, i), critmin_table_text(table, key, j)) != 0);
    ck_assert_int_gt((int)strlen(critmin_table_text(table, critmin_table_find(table, "text"), i)), 3);
  }
  critmin_table_free(table);
}
END_TEST

START_TEST(null_arguments_are_refused) {
  critmin_scenario *scenario = NULL;
  char *json = NULL;
  ck_assert_int_eq(critmin_scenario_read(NULL, NULL, &scenario, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_scenario_read(NULL, "{}", NULL, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_scenario_of_restriction(NULL, "x", &scenario, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_scenario_set(NULL, NULL, "x", "1", NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_scenario_write(NULL, &json, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_scenario_keys(NULL, NULL), CRITMIN_ERROR_ARGUMENT);
  critmin_scenario_free(NULL);
}
END_TEST

Suite *suite_scenario_document(void) {
  Suite *suite = suite_create("scenario document");
  TCase *tests = tcase_create("documents");
  tcase_add_loop_test(tests, what_is_no_scenario_is_refused_with_its_place, 0, COUNT(refusals));
  tcase_add_test(tests, an_error_has_the_row_and_column_of_its_value);
  tcase_add_test(tests, what_is_written_reads_back_as_the_same);
  tcase_add_test(tests, one_value_can_be_set_added_and_removed);
  tcase_add_test(tests, a_value_that_is_refused_leaves_the_scenario_as_it_was);
  tcase_add_test(tests, a_restriction_on_record_makes_a_scenario);
  tcase_add_test(tests, a_record_that_will_not_do_is_refused);
  tcase_add_test(tests, every_key_is_listed_once_with_its_bounds);
  tcase_add_test(tests, null_arguments_are_refused);
  suite_add_tcase(suite, tests);
  return suite;
}
