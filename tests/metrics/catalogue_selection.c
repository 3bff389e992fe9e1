/* SPDX-License-Identifier: MIT */
/* Which rows come out, in which order, and what is refused. */
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

static void ask(const char *words) {
  critmin_table_free(t);
  t = world_ask(store, words);
}

/* The rows, as "mineral stage year" joined with commas. */
static const char *rows(void) {
  static char text[2048];
  *text = '\0';
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    size_t length = strlen(text);
    snprintf(text + length, sizeof text - length, "%s%s %s %.0f", row ? ", " : "", word(t, row, "mineral"),
             word(t, row, "stage"), cell(t, row, "year"));
  }
  return text;
}

START_TEST(columns_are_those_of_the_contract) {
  static const char *const names[] = {"metric", "mineral", "stage", "country",  "partner", "year",    "value", "low",
                                      "high",   "unit",    "flags", "coverage", "source",  "edition", "params"};
  world_market(store, "", "CHN", "1", NULL);
  ask("metric=hhi|mineral=tin");
  ck_assert_int_eq(critmin_table_columns(t), 15);
  for (int i = 0; i < 15; i++) ck_assert_str_eq(critmin_table_name(t, i), names[i]);
}
END_TEST

START_TEST(without_stages_and_years_all_on_record_is_answered_in_order) {
  world_market(store, "stage=refined", "CHN", "1", NULL);
  world_market(store, "from=2019|to=2019", "CHN", "1", NULL);
  world_market(store, "", "CHN", "1", NULL);
  world_market(store, "mineral=one", "CHN", "1", NULL);
  ask("metric=hhi");
  ck_assert_str_eq(rows(), "one mining 2020, tin mining 2019, tin mining 2020, tin refined 2020");
  ask("metric=cr1|metric=hhi|mineral=tin|mineral=one|year=2020");
  ck_assert_str_eq(
      rows(), "one mining 2020, tin mining 2020, tin refined 2020, one mining 2020, tin mining 2020, tin refined 2020");
  ck_assert_str_eq(word(t, 0, "metric"), "cr1");
  ck_assert_str_eq(word(t, 3, "metric"), "hhi");
}
END_TEST

START_TEST(a_kind_is_each_of_its_stages) {
  world_market(store, "stage=refined", "CHN", "1", NULL);
  world_market(store, "stage=smelter", "CHN", "1", NULL);
  world_market(store, "", "CHN", "1", NULL);
  ask("metric=hhi|mineral=tin|stage=processing");
  ck_assert_str_eq(rows(), "tin smelter 2020, tin refined 2020");
  ask("metric=hhi|mineral=tin|stage=plant");
  ck_assert_str_eq(rows(), "tin smelter 2020, tin refined 2020");
  ask("metric=hhi|mineral=tin|stage=pit|stage=Smelter");
  ck_assert_str_eq(rows(), "tin mining 2020, tin smelter 2020");
}
END_TEST

START_TEST(every_year_of_a_mean_is_on_record) {
  world_market(store, "from=2016|to=2018", "CHN", "1", NULL);
  world_market(store, "from=2018|to=2018", "CHN", "1", NULL);
  ask("metric=hhi|mineral=tin");
  ck_assert_str_eq(rows(), "tin mining 2016, tin mining 2017, tin mining 2018");
  ck_assert(flagged(t, 1, "PERIOD_MEAN") && !flagged(t, 2, "PERIOD_MEAN"));
}
END_TEST

START_TEST(what_was_named_and_is_missing_is_a_row) {
  world_market(store, "", "CHN", "1", NULL);
  world_market(store, "stage=smelter", "CHN", "1", NULL);
  ask("metric=hhi|mineral=tin|stage=mining|year=2019:2020");
  ck_assert_str_eq(rows(), "tin mining 2019, tin mining 2020");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_assert_double_nan(cell(t, 0, "low"));
  ck_assert_str_eq(word(t, 0, "flags"), "NO_DATA");
  ck_assert_str_eq(word(t, 0, "source"), "(none)");
  ask("metric=hhi|mineral=tin|year=2019:2020");
  ck_assert_str_eq(rows(), "tin mining 2020, tin smelter 2020");
  ask("metric=hhi|mineral=tin|stage=processing|year=2020");
  ck_assert_str_eq(rows(), "tin smelter 2020");
  ask("metric=hhi|mineral=tin|stage=smelter|stage=refined|year=2020");
  ck_assert_str_eq(rows(), "tin smelter 2020, tin refined 2020");
  ask("metric=share|mineral=tin|stage=mining|year=2019|country=CHN|country=USA");
  ck_assert_int_eq(critmin_table_rows(t), 2);
  ck_assert_str_eq(word(t, 1, "country"), "USA");
  ck_assert_str_eq(word(t, 1, "flags"), "NO_DATA");
}
END_TEST

START_TEST(a_group_of_minerals_stands_for_itself_where_it_has_figures) {
  world_market(store, "mineral=both", "CHN", "1", NULL);
  world_market(store, "mineral=one", "CHN", "1", NULL);
  world_market(store, "mineral=one|stage=oxide", "CHN", "1", NULL);
  world_market(store, "mineral=two|stage=oxide", "CHN", "1", NULL);
  world_market(store, "mineral=two|from=2019|to=2019", "CHN", "1", NULL);
  ask("metric=hhi|mineral=both");
  ck_assert_str_eq(rows(), "both mining 2020, one oxide 2020, two mining 2019, two oxide 2020");
  ask("metric=hhi|mineral=both|mineral=one");
  ck_assert_str_eq(rows(), "both mining 2020, one mining 2020, one oxide 2020, two mining 2019, two oxide 2020");
  ask("metric=hhi|mineral=both|stage=oxide|year=2020");
  ck_assert_str_eq(rows(), "one oxide 2020, two oxide 2020");
  ask("metric=hhi|mineral=both|stage=oxide|year=2018");
  ck_assert_str_eq(rows(), "both oxide 2018");
}
END_TEST

START_TEST(a_stage_that_only_some_minerals_have_gives_rows_for_those) {
  world_market(store, "mineral=one|stage=oxide", "CHN", "1", NULL);
  world_market(store, "", "CHN", "1", NULL);
  ask("metric=hhi|mineral=one|mineral=tin|stage=oxide");
  ck_assert_str_eq(rows(), "one oxide 2020");
}
END_TEST

START_TEST(projections_answer_by_outlook_and_scenario) {
  world_market(store, "", "CHN", "1", NULL);
  world_market(store, "outlook=projected|status=projected|scenario=fast", "CHN", "3", "USA", "1", NULL);
  world_market(store, "outlook=projected|status=projected|scenario=slow", "CHN", "1", "USA", "1", NULL);
  ask("metric=cr1|mineral=tin");
  ck_close(cell(t, 0, "value"), 1);
  ask("metric=cr1|mineral=tin|outlook=projected");
  ck_close(cell(t, 0, "value"), .75);
  ask("metric=cr1|mineral=tin|outlook=projected|scenario=Slow");
  ck_close(cell(t, 0, "value"), .5);
  ck_assert_str_eq(word(t, 0, "params"), "outlook=projected;scenario=Slow");
}
END_TEST

START_TEST(what_cannot_be_asked_is_refused) {
  world_market(store, "", "CHN", "1", NULL);
  const struct {
    const char *words;
    critmin_status status;
    const char *part;
  } asked[] = {
      {"mineral=tin", CRITMIN_ERROR_ARGUMENT, "no metric"},
      {"metric=hhj|mineral=tin", CRITMIN_ERROR_UNKNOWN_NAME, "`hhi`"},
      {"metric=hhi|mineral=tim", CRITMIN_ERROR_UNKNOWN_NAME, "`tin`"},
      {"metric=hhi|mineral=tin|stage=refind", CRITMIN_ERROR_UNKNOWN_NAME, "`refined`"},
      {"metric=hhi|mineral=tin|stage=oxide", CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "mining, smelter, refined, alloy"},
      {"metric=hhi|mineral=one|stage=component", CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "mining, oxide"},
      {"metric=hhi|mineral=tin|stage=alloy", CRITMIN_ERROR_EMPTY_SELECTION, "nothing is on record"},
      {"metric=hhi|mineral=tin|year=1999", CRITMIN_ERROR_EMPTY_SELECTION, "nothing is on record"},
      {"metric=hhi|mineral=tin|residul=mid", CRITMIN_ERROR_PARAMETER, "`residual`"},
      {"metric=hhi|mineral=tin|xyz=1", CRITMIN_ERROR_PARAMETER, "unlisted_max"},
      {"metric=hhi|mineral=tin|residual=middle", CRITMIN_ERROR_PARAMETER, "mid|lower|upper"},
      {"metric=hhi|mineral=tin|order=2", CRITMIN_ERROR_PARAMETER, "`order`"},
      {"metric=hhi|mineral=tin|cr1.residual=mid", CRITMIN_ERROR_PARAMETER, "`cr1.residual`"},
      {"metric=effective_number|mineral=tin|order=-1", CRITMIN_ERROR_PARAMETER, "`-1`"},
      {"metric=hhi|mineral=tin|unlisted_cutoff=1.5", CRITMIN_ERROR_PARAMETER, "from 0 to 1"},
      {"metric=hhi|mineral=tin|unlisted_max=2.5", CRITMIN_ERROR_PARAMETER, "whole number"},
      {"metric=hhi|mineral=tin|listed_only=yes", CRITMIN_ERROR_PARAMETER, "`yes`"},
      {"metric=hhi|mineral=tin|measure=quota", CRITMIN_ERROR_PARAMETER, "production|capacity|reserves"},
      {"metric=hhi_wgi|mineral=tin|wgi_best=-3", CRITMIN_ERROR_PARAMETER, "above"},
      {"metric=hhi|mineral=tin|partner=CHN", CRITMIN_ERROR_ARGUMENT, "partner"},
      {"metric=hhi|mineral=tin|status=reported", CRITMIN_ERROR_ARGUMENT, "status"},
  };
  for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
    world_refuses(store, asked[i].words, asked[i].status, asked[i].part);
}
END_TEST

START_TEST(a_parameter_may_be_for_one_metric_of_several) {
  world_market(store, "", "CHN", "50", "USA", "20", "WLD", "100", NULL);
  ask("metric=hhi|metric=cr1|metric=effective_number|mineral=tin|residual=lower|hhi.residual=upper|order=inf");
  ck_close(cell(t, 0, "value"), .25 + .04 + .09);
  ck_assert_str_eq(word(t, 0, "params"), "residual=upper");
  ck_assert_str_eq(word(t, 1, "params"), "residual=lower");
  ck_assert_str_eq(word(t, 2, "params"), "residual=lower;order=inf");
  ck_close(cell(t, 2, "value"), 2);
}
END_TEST

START_TEST(a_model_answers_only_what_it_was_loaded_for) {
  world_market(store, "", "CHN", "1", NULL);
  critmin_model *model = world_model(store, "mineral=tin|year=2020|source=first");
  const struct {
    const char *words, *part;
  } asked[] = {
      {"metric=hhi|mineral=one", "without `one`"},
      {"metric=hhi|mineral=tin|year=2019", "2020 to 2020"},
      {"metric=hhi|mineral=tin|source=second", "source `second`"},
      {"metric=hhi|mineral=tin|edition=2022-12-31", "edition `2022-12-31`"},
  };
  critmin_error error;
  for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
    critmin_selection *selection = world_selection(asked[i].words);
    critmin_table *none = NULL;
    ck_assert_int_eq(critmin_metric_compute(model, selection, 1, NULL, NULL, &none, &error), CRITMIN_ERROR_ARGUMENT);
    ck_assert_msg(strstr(error.message, asked[i].part) != NULL, "%s", error.message);
    critmin_selection_free(selection);
  }
  critmin_selection *selection = world_selection("metric=hhi|source=FIRST");
  ck_assert_int_eq(critmin_metric_compute(model, selection, 1, NULL, NULL, &t, &error), CRITMIN_OK);
  ck_assert_str_eq(rows(), "tin mining 2020");
  critmin_selection_free(selection);
  critmin_model_free(model);
}
END_TEST

START_TEST(metrics_and_parameters_describe_themselves) {
  critmin_error error;
  ck_assert_int_eq(critmin_metric_list(&t, &error), CRITMIN_OK);
  int64_t row = row_of(t, "metric", "hhi_wgi");
  ck_assert_double_eq(cell(t, row, "high"), 10);
  ck_assert_str_eq(word(t, row, "subject"), "market");
  ck_assert_str_eq(word(t, row_of(t, "metric", "share"), "subject"), "country");
  ck_assert_str_eq(word(t, row_of(t, "metric", "n_minus_1"), "subject"), "supplier");
  ck_assert_str_eq(word(t, row_of(t, "metric", "import_hhi"), "subject"), "user");
  ck_assert_str_eq(word(t, row_of(t, "metric", "partner_share"), "subject"), "pair");
  ck_assert_str_eq(word(t, row_of(t, "metric", "eu_supply_risk"), "subject"), "assessed");
  ck_assert_double_eq(cell(t, row, "verified"), 1);
  ck_assert_double_nan(cell(t, row_of(t, "metric", "n_minus_1"), "high"));
  for (row = 0; row < critmin_table_rows(t); row++) ck_assert_str_ne(word(t, row, "citation"), "");
  critmin_table_free(t);
  ck_assert_int_eq(critmin_metric_parameters("hhi-wgi", &t, &error), CRITMIN_OK);
  row = row_of(t, "parameter", "wgi_worst");
  ck_assert_str_eq(word(t, row, "default"), "-2.5");
  ck_assert_str_eq(word(t, row_of(t, "parameter", "residual"), "words"), "mid|lower|upper");
  critmin_table_free(t);
  t = NULL;
  ck_assert_int_eq(critmin_metric_parameters("hhu", &t, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_null(t);
  ck_assert_int_eq(critmin_metric_parameters(NULL, &t, &error), CRITMIN_OK);
  ck_assert_int_gt(critmin_table_rows(t), 70);
  for (row = 0; row < critmin_table_rows(t); row++) { /* every one says all that is to be said of it */
    const char *type = word(t, row, "type"), *name = word(t, row, "parameter");
    int is_number = strcmp(type, "number") == 0 || strcmp(type, "integer") == 0;
    ck_assert_msg(strcmp(word(t, row, "source"), "(none)") != 0 && *word(t, row, "source"), "%s has no source", name);
    ck_assert_msg(*word(t, row, "text"), "%s has no text", name);
    ck_assert_msg(!is_number || *word(t, row, "unit"), "%s has no unit", name);
    ck_assert_msg(!is_number || !isnan(cell(t, row, "low")), "%s has no least value", name);
    ck_assert_msg(strcmp(type, "word") != 0 || *word(t, row, "words"), "%s has no words", name);
  }
}
END_TEST

Suite *suite_catalogue_selection(void) {
  Suite *suite = suite_create("catalogue: selection");
  TCase *tests = tcase_create("selection");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, columns_are_those_of_the_contract);
  tcase_add_test(tests, without_stages_and_years_all_on_record_is_answered_in_order);
  tcase_add_test(tests, a_kind_is_each_of_its_stages);
  tcase_add_test(tests, every_year_of_a_mean_is_on_record);
  tcase_add_test(tests, what_was_named_and_is_missing_is_a_row);
  tcase_add_test(tests, a_group_of_minerals_stands_for_itself_where_it_has_figures);
  tcase_add_test(tests, a_stage_that_only_some_minerals_have_gives_rows_for_those);
  tcase_add_test(tests, projections_answer_by_outlook_and_scenario);
  tcase_add_test(tests, what_cannot_be_asked_is_refused);
  tcase_add_test(tests, a_parameter_may_be_for_one_metric_of_several);
  tcase_add_test(tests, a_model_answers_only_what_it_was_loaded_for);
  tcase_add_test(tests, metrics_and_parameters_describe_themselves);
  suite_add_tcase(suite, tests);
  return suite;
}
