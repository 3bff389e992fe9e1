/* SPDX-License-Identifier: MIT */
/* Methods side by side over a small store. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../model/world.h"
#include "base/memory.h"
#include "suites.h"

static critmin_store *store;
static critmin_table *t;

static critmin_status compare(const char *words, critmin_error *error) {
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection = world_selection(words);
  critmin_table_free(t);
  t = NULL;
  critmin_status status = critmin_metric_compare(model, selection, 1, NULL, NULL, &t, error);
  critmin_selection_free(selection);
  critmin_model_free(model);
  return status;
}

static void ask(const char *words) {
  critmin_error error;
  ck_assert_msg(compare(words, &error) == CRITMIN_OK, "%s: %s", words, error.message);
}

static void refused(const char *words, critmin_status status, const char *part) {
  critmin_error error;
  ck_assert_int_eq(compare(words, &error), status);
  ck_assert_msg(strstr(error.message, part) != NULL, "%s: %s", words, error.message);
}

static void govern(const char *country, double weight) {
  static const char *const dimensions[] = {"control_of_corruption", "government_effectiveness",
                                           "political_stability",   "regulatory_quality",
                                           "rule_of_law",           "voice_accountability"};
  for (int i = 0; i < 6; i++) {
    char row[256];
    snprintf(row, sizeof row, "indicator|indicator=%s|country=%s|year=2020|value=%.17g|source=wgi|edition=2024",
             dimensions[i], country, 2.5 - weight / 2);
    world_set(store, row);
  }
}

/*
 * Tin is concentrated on a well governed country, `one` less so on a badly governed one, and `two` least, on both: HHI
 * 1, .82, .5; W 1, about 8, about 5; weighted 1, 6.5, 2.5.
 */
static void setup(void) {
  store = world();
  t = NULL;
  govern("CHN", 8);
  govern("AUS", 1);
  world_figure(store, "AUS", "100", "");
  world_figure(store, "WLD", "100", "");
  world_figure(store, "AUS", "10", "mineral=one");
  world_figure(store, "CHN", "90", "mineral=one");
  world_figure(store, "AUS", "50", "mineral=two");
  world_figure(store, "CHN", "50", "mineral=two");
  world_figure(store, "AUS", "60", "stage=smelter");
  world_figure(store, "CHN", "40", "stage=smelter");
}
static void teardown(void) {
  critmin_table_free(t);
  critmin_store_close(store);
}

/* The row of a mineral, kind and method. */
static int64_t at(const char *mineral, const char *kind, const char *method) {
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    if (strcmp(word(t, row, "mineral"), mineral) == 0 && strcmp(word(t, row, "kind"), kind) == 0 &&
        strcmp(word(t, row, "method"), method) == 0)
      return row;
  }
  ck_abort_msg("no %s of %s by %s", kind, mineral, method);
  return -1;
}

static void ranks(const char *method, int tin, int one, int two) {
  ck_assert_int_eq((int)cell(t, at("tin", "score", method), "rank"), tin);
  ck_assert_int_eq((int)cell(t, at("one", "score", method), "rank"), one);
  ck_assert_int_eq((int)cell(t, at("two", "score", method), "rank"), two);
}

START_TEST(each_mineral_has_a_score_and_a_rank_by_each_method) {
  ask("metric=hhi|metric=hhi_wgi|year=2020");
  ranks("hhi", 1, 2, 3);
  ranks("hhi_wgi", 3, 1, 2);
  int64_t row = at("tin", "score", "hhi");
  ck_close(cell(t, row, "value"), 1); /* of its stages the highest */
  ck_assert_str_eq(word(t, row, "stage"), "mining");
  ck_assert_double_eq(cell(t, row, "ranked"), 3);
  ck_assert_double_nan(cell(t, row, "critical"));
  ck_assert_str_eq(word(t, row, "source"), "first");
  /* With the governance of `two` tin would come out between the others. */
  row = at("tin", "score", "hhi_wgi");
  ck_assert_str_eq(word(t, row, "input"), "governance");
  ck_assert_double_eq(cell(t, row, "moves"), -1);
  row = at("tin", "score", "hhi");
  ck_assert_str_eq(word(t, row, "input"), "concentration");
  ck_assert_double_eq(cell(t, row, "moves"), 0);
}
END_TEST

START_TEST(the_criteria_of_a_composite_are_its_inputs) {
  world_set(store, "composite|composite=mix|name=Mix|definition={\"criteria\": [{\"metric\": \"hhi\"}, "
                   "{\"metric\": \"hhi_wgi\", \"name\": \"governed\", \"normalise\": {\"kind\": \"min_max\", "
                   "\"low\": 0, \"high\": 10}}]}");
  ask("metric=mix|metric=hhi|year=2020");
  ranks("mix", 2, 1, 3); /* (1 + .1) / 2, (.82 + .649) / 2, (.5 + .225) / 2 */
  int64_t row = at("one", "score", "mix");
  ck_close(cell(t, row, "value"), (.82 + .649) / 2);
  ck_assert_str_eq(word(t, row, "input"), "governed"); /* as governed as `two` it would stand below tin */
  ck_assert_double_eq(cell(t, row, "moves"), 1);
  row = at("one", "difference", "mix - hhi");
  ck_assert_double_eq(cell(t, row, "value"), -1);
  ck_assert_str_eq(word(t, row, "input"), "governed of mix");
  ck_assert_double_eq(cell(t, row, "moves"), 1);
}
END_TEST

START_TEST(a_root_of_a_product_is_one_of_its_roots) {
  static const char *const minerals[] = {"tin", "one", "two"};
  static const char *const exposure[] = {"1", "0.5", "0.8"}, *const potential[] = {"0.2", "0.9", "0.5"};
  world_set(store, "measure|measure=net_import_reliance|unit=share|choice=country|text=Reliance");
  for (int i = 0; i < 3; i++) {
    char more[160];
    snprintf(more, sizeof more, "mineral=%s|measure=net_import_reliance|unit=share", minerals[i]);
    world_figure(store, "USA", exposure[i], more);
    snprintf(more, sizeof more,
             "parameter|source=first|edition=2022|mineral=%s|parameter=usgs_disruption_potential|value=%s|unit=1",
             minerals[i], potential[i]);
    world_set(store, more);
    snprintf(more, sizeof more,
             "parameter|source=first|edition=2022|mineral=%s|parameter=usgs_economic_vulnerability|value=0.5|unit=1",
             minerals[i]);
    world_set(store, more);
  }
  ask("metric=usgs_supply_risk|year=2020|country=USA");
  ranks("usgs_supply_risk", 3, 1, 2); /* cube roots of .1, .225 and .2 */
  int64_t row = at("one", "score", "usgs_supply_risk");
  ck_close(cell(t, row, "value"), cbrt(.225));
  ck_assert_str_eq(word(t, row, "input"), "disruption potential");
  ck_assert_double_eq(cell(t, row, "moves"), 1); /* with .5 for .9 it is below `two` */
}
END_TEST

START_TEST(a_rank_is_as_uncertain_as_the_scores) {
  world_figure(store, "AUS", "10", "from=2025|to=2025");
  world_figure(store, "CHN", "10", "from=2025|to=2025");
  world_figure(store, "USA", "10", "from=2025|to=2025"); /* 1/3, exactly */
  world_figure(store, "AUS", "10", "mineral=one|from=2025|to=2025");
  world_figure(store, "CHN", "10", "mineral=one|from=2025|to=2025"); /* 1/2, exactly */
  world_figure(store, "AUS", "10", "mineral=two|from=2025|to=2025|high=30");
  world_figure(store, "CHN", "10", "mineral=two|from=2025|to=2025"); /* 1/2, and up to .75^2 + .25^2 = .625 */
  ask("metric=hhi|year=2025");
  int64_t row = at("tin", "score", "hhi");
  ck_assert_double_eq(cell(t, row, "rank"), 3); /* below both, whatever `two` is */
  ck_assert_double_eq(cell(t, row, "rank_low"), 3);
  ck_assert_double_eq(cell(t, row, "rank_high"), 3);
  row = at("one", "score", "hhi");
  ck_assert_double_eq(cell(t, row, "rank"), 1); /* a tie */
  ck_assert_double_eq(cell(t, row, "rank_low"), 1);
  ck_assert_double_eq(cell(t, row, "rank_high"), 2);
  row = at("two", "score", "hhi"); /* never below a half: nobody can be above it but by nothing */
  ck_assert_double_eq(cell(t, row, "rank_low"), 1);
  ck_assert_double_eq(cell(t, row, "rank_high"), 1);
  /* Nobody recorded any owner: without a value there is no rank, but a place among those that have an interval. */
  world_set(store, "producer|producer=pit|name=Pit|kind=facility|country=AUS|mineral=two|stage=mining");
  world_figure(store, "AUS", "5", "mineral=two|from=2025|to=2025|producer=pit");
  ask("metric=owner_hhi|year=2025");
  row = at("two", "score", "owner_hhi");
  ck_assert_double_nan(cell(t, row, "value"));
  ck_assert_double_nan(cell(t, row, "rank"));
  ck_assert_double_eq(cell(t, row, "rank_low"), 1);
  ck_assert_double_eq(cell(t, row, "rank_high"), 1);
  ck_assert_double_eq(cell(t, row, "ranked"), 0);
}
END_TEST

START_TEST(ranks_are_among_all_whichever_are_shown) {
  ask("metric=hhi|year=2020|mineral=two");
  ck_assert_int_eq(critmin_table_rows(t), 1);
  ck_assert_double_eq(cell(t, 0, "rank"), 3);
  ask("metric=hhi|year=2020|mineral=both"); /* a group's members are shown with it */
  ck_assert_double_eq(cell(t, at("one", "score", "hhi"), "rank"), 2);
  ck_assert_double_eq(cell(t, at("two", "score", "hhi"), "rank"), 3);
}
END_TEST

START_TEST(two_methods_differ_by_an_input) {
  ask("metric=hhi|metric=hhi_wgi|year=2020");
  int64_t row = at("tin", "difference", "hhi - hhi_wgi");
  ck_assert_double_eq(cell(t, row, "value"), 1 - 3);
  ck_assert_str_eq(word(t, row, "input"), "governance of hhi_wgi");
  ck_assert_double_eq(cell(t, row, "moves"), 1);
  ask("metric=hhi|metric=hhi_wgi|metric=hoskins|year=2020");
  for (int64_t i = 0; i < critmin_table_rows(t); i++) ck_assert_str_ne(word(t, i, "kind"), "difference");
}
END_TEST

START_TEST(lists_are_those_in_force_at_the_end_of_the_year) {
#define LISTED "parameter|parameter=listed_critical|unit=1|"
  world_set(store, LISTED "mineral=tin|value=1|words=OLD: critical|source=first|edition=2022|country=USA");
  world_set(store, LISTED "mineral=one|value=1|words=NEW: critical|source=first|edition=2023|country=USA");
  world_set(store, LISTED "mineral=both|value=1|words=ALL: critical|source=second|edition=2021");
  world_set(store, LISTED "mineral=two|value=0|words=ALL: watched|source=second|edition=2021");
  ask("metric=hhi|year=2020");
  ck_assert_int_eq(critmin_table_rows(t), 3); /* none yet */
  world_figure(store, "AUS", "100", "from=2022|to=2022");
  world_figure(store, "AUS", "100", "from=2022|to=2022|mineral=one");
  world_figure(store, "AUS", "100", "from=2022|to=2022|mineral=two");
  ask("metric=hhi|year=2022");
  ck_assert_str_eq(word(t, at("tin", "list", "first"), "words"), "OLD: critical");
  ck_assert_double_eq(cell(t, at("tin", "list", "first"), "critical"), 1);
  ck_assert_double_eq(cell(t, at("one", "list", "second"), "critical"), 1); /* its group is */
  ck_assert_double_eq(cell(t, at("two", "list", "second"), "critical"), 0); /* it says so itself */
  world_figure(store, "AUS", "100", "from=2023|to=2023");
  world_figure(store, "AUS", "100", "from=2023|to=2023|mineral=one");
  ask("metric=hhi|year=2023"); /* a new list takes the place of the old one, which tin was on */
  for (int64_t i = 0; i < critmin_table_rows(t); i++) ck_assert_str_ne(word(t, i, "words"), "OLD: critical");
  ck_assert_str_eq(word(t, at("one", "list", "first"), "edition"), "2023");
}
END_TEST

START_TEST(methods_of_a_country_need_one) {
  world_set(store,
            "flow|mineral=tin|stage=mining|from=2020|to=2020|importer=DEU|exporter=AUS|basis=content|quantity=5|"
            "source=first|edition=2022");
  refused("metric=geopolrisk_score|year=2020", CRITMIN_ERROR_ARGUMENT, "is of one country");
  ask("metric=geopolrisk_score|year=2020|country=DEU");
  int64_t row = at("tin", "score", "geopolrisk_score");
  ck_close(cell(t, row, "value"), 1 * .1);
  ask("year=2020"); /* the usual ones, as far as they go */
  at("tin", "score", "hhi_wgi_t");
  for (int64_t i = 0; i < critmin_table_rows(t); i++) ck_assert_str_ne(word(t, i, "method"), "geopolrisk_score");
  ask("year=2020|country=DEU");
  at("tin", "score", "geopolrisk_score");
}
END_TEST

START_TEST(a_method_may_have_parameters_of_its_own) {
  ask("metric=hhi|metric=effective_number|year=2020|effective_number.order=1");
  ck_close(cell(t, at("two", "score", "effective_number"), "value"), 2);
  refused("metric=hhi|year=2020|hhi.order=1", CRITMIN_ERROR_PARAMETER, "order");
}
END_TEST

START_TEST(what_makes_no_sense_is_refused) {
  critmin_error error;
  refused("metric=hhi", CRITMIN_ERROR_ARGUMENT, "one year");
  refused("metric=hhi|year=2019:2020", CRITMIN_ERROR_ARGUMENT, "one year");
  refused("metric=hhi|year=2020|country=DEU|country=FRA", CRITMIN_ERROR_ARGUMENT, "one country");
  refused("metric=hhi|year=2020|partner=DEU", CRITMIN_ERROR_ARGUMENT, "partner");
  refused("metric=hhj|year=2020", CRITMIN_ERROR_UNKNOWN_NAME, "hhi");
  refused("metric=hhi|year=2020|mineral=tim", CRITMIN_ERROR_UNKNOWN_NAME, "tin");
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection = world_selection("year=2020");
  ck_assert_int_eq(critmin_metric_compare(NULL, selection, 1, NULL, NULL, &t, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_metric_compare(model, NULL, 1, NULL, NULL, &t, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_metric_compare(model, selection, 1, NULL, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  critmin_selection_free(selection);
  critmin_model_free(model);
}
END_TEST

START_TEST(no_allocation_that_fails_does_harm) {
  world_set(store, "composite|composite=mix|name=Mix|definition={\"criteria\": [{\"metric\": \"hhi\"}, "
                   "{\"metric\": \"cr1\"}]}");
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection = world_selection("metric=mix|metric=hhi_wgi|year=2020");
  critmin_status status = CRITMIN_ERROR_MEMORY;
  critmin_error error;
  for (int64_t n = 1; status == CRITMIN_ERROR_MEMORY; n++) {
    critmin_table *table = NULL;
    cm_memory_fail_at(n, 0);
    status = critmin_metric_compare(model, selection, 1, NULL, NULL, &table, &error);
    cm_memory_fail_at(0, 0);
    ck_assert_int_eq(table == NULL, status != CRITMIN_OK);
    critmin_table_free(table);
  }
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  critmin_selection_free(selection);
  critmin_model_free(model);
}
END_TEST

Suite *suite_compare(void) {
  Suite *suite = suite_create("compare");
  TCase *tests = tcase_create("compare");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, each_mineral_has_a_score_and_a_rank_by_each_method);
  tcase_add_test(tests, the_criteria_of_a_composite_are_its_inputs);
  tcase_add_test(tests, a_root_of_a_product_is_one_of_its_roots);
  tcase_add_test(tests, a_rank_is_as_uncertain_as_the_scores);
  tcase_add_test(tests, ranks_are_among_all_whichever_are_shown);
  tcase_add_test(tests, two_methods_differ_by_an_input);
  tcase_add_test(tests, lists_are_those_in_force_at_the_end_of_the_year);
  tcase_add_test(tests, methods_of_a_country_need_one);
  tcase_add_test(tests, a_method_may_have_parameters_of_its_own);
  tcase_add_test(tests, what_makes_no_sense_is_refused);
  tcase_add_test(tests, no_allocation_that_fails_does_harm);
  suite_add_tcase(suite, tests);
  return suite;
}
