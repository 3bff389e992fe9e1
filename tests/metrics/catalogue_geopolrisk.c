/* SPDX-License-Identifier: MIT */
/* GeoPolRisk of importers over a store, by hand. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "suites.h"
#include "trade_world.h"

static critmin_store *store;
static critmin_table *t;

/* The bloc of the methods manual with the stability of all three: risks .6 of CHN, .2 of FRA, .3 of DEU. */
static void setup(void) {
  static const char *const scores[][2] = {{"CHN", "-0.5"}, {"FRA", "1.5"}, {"DEU", "1"}};
  char row[256];
  store = trade_world();
  trade_bloc(store);
  for (int i = 0; i < 3; i++) {
    snprintf(row, sizeof row,
             "indicator|indicator=political_stability|country=%s|year=2019|value=%s|source=wgi|edition=2024", scores[i][0],
             scores[i][1]);
    world_set(store, row);
  }
}
static void teardown(void) {
  critmin_table_free(t);
  t = NULL;
  critmin_store_close(store);
}

static void ask(const char *words) {
  critmin_table_free(t);
  t = trade_ask(store, words);
}

static void price(const char *amount, const char *more) {
  char row[256];
  snprintf(row, sizeof row, "price|mineral=tin|form=metal|from=2020|to=2020|amount=%s|per=t|currency=USD|source=first|edition=2022|%s",
           amount, more);
  world_set(store, row);
}

static double hhi(void) {
  ask("metric=hhi");
  return cell(t, 0, "value");
}

static const double INDEX = (100. * 100 + 10 * 10 + 5 * 5) / (115. * 115);

START_TEST(the_score_is_the_index_of_production_times_the_risk_of_imports_over_supply) {
  double index = hhi();
  ck_close(index, INDEX);
  ask("metric=geopolrisk_score|country=DEU|country=FRA|country=CHN");
  ck_assert_int_eq(critmin_table_rows(t), 3);
  double de = index * (40 * .6 + 10 * .2) / (10 + 50), fr = index * (30 * .6 + 2 * .3) / (5 + 32);
  double cn = index * (5 * .2 + 5 * .3) / (100 + 10);
  ck_interval(t, row_of(t, "country", "DEU"), de, de, de);
  ck_interval(t, row_of(t, "country", "FRA"), fr, fr, fr);
  ck_interval(t, row_of(t, "country", "CHN"), cn, cn, cn);
  ck_assert_str_eq(word(t, 0, "flags"), "WGI_CARRIED;SEVERAL_SOURCES");
  ck_assert_str_eq(word(t, 0, "unit"), "1");
  ck_assert_str_eq(word(t, 0, "source"), "first;wgi");
}
END_TEST

START_TEST(without_names_every_importer_on_record_is_told_and_each_as_if_alone) {
  ask("metric=geopolrisk_score");
  ck_assert_int_eq(critmin_table_rows(t), 3);
  double all[3];
  const char *const keys[] = {"CHN", "DEU", "FRA"};
  for (int64_t i = 0; i < 3; i++) {
    ck_assert_str_eq(word(t, i, "country"), keys[i]);
    all[i] = cell(t, i, "value");
  }
  for (int i = 0; i < 3; i++) {
    char words[64];
    snprintf(words, sizeof words, "metric=geopolrisk_score|country=%s", keys[i]);
    ask(words);
    ck_assert(cell(t, 0, "value") == all[i]);
  }
}
END_TEST

START_TEST(of_a_group_what_its_members_deliver_to_one_another_is_left_out_or_kept) {
  ask("metric=geopolrisk_score|country=UNION");
  ck_close(cell(t, 0, "value"), INDEX * (70 * .6) / (15 + 70));
  ask("metric=geopolrisk_score|country=UNION|netting=diluted");
  ck_close(cell(t, 0, "value"), INDEX * (70 * .6 + 10 * .2 + 2 * .3) / (15 + 82));
  ck_assert_str_eq(word(t, 0, "params"), "netting=diluted");
  ask("metric=geopolrisk_score|country=ALL");
  ck_close(cell(t, 0, "value"), 0);
}
END_TEST

START_TEST(a_partner_without_a_score_may_be_anything_and_is_taken_as_the_others) {
  trade_flow(store, "AUS", "DEU", "20", "");
  trade_flow(store, "WLD", "WLD", "112", "");
  ask("metric=geopolrisk_score|country=DEU");
  double mean = 26. / 50;
  ck_interval(t, 0, INDEX * mean * 70 / 80, INDEX * 26 / 80, INDEX * 46 / 80);
  ck_assert(flagged(t, 0, "WGI_IMPUTED"));
  ck_close(cell(t, 0, "coverage"), 50. / 70);
}
END_TEST

START_TEST(what_a_printed_total_leaves_may_come_from_anywhere) {
  trade_flow(store, "WLD", "DEU", "60", "");
  ask("metric=geopolrisk_score|country=DEU");
  ck_interval(t, 0, INDEX * .52 * 60 / 70, INDEX * 26 / 70, INDEX * 36 / 70);
  ck_assert(flagged(t, 0, "RESIDUAL_USED"));
  trade_flow(store, "AUS", "DEU", "", "status=withheld");
  ask("metric=geopolrisk_score|country=DEU");
  ck_interval(t, 0, INDEX * .52 * 60 / 70, INDEX * 26 / 70, INDEX * 36 / 70);
  ck_assert(flagged(t, 0, "WITHHELD_USED"));
}
END_TEST

START_TEST(output_that_is_withheld_makes_an_interval_and_one_that_nobody_told_no_value) {
  world_market(store, "", "DEU", NULL, "FRA", NULL, "CHN", "100", NULL);
  ask("metric=geopolrisk_score|country=DEU");
  ck_assert(cell(t, 0, "low") < cell(t, 0, "value") && cell(t, 0, "value") < cell(t, 0, "high"));
  ck_assert(flagged(t, 0, "WITHHELD_USED"));
  trade_flow(store, "CHN", "GBR", "10", "");
  world_market(store, "", "DEU", "5", "FRA", "5", NULL);
  ask("metric=geopolrisk_score|country=GBR");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_assert_double_gt(cell(t, 0, "low"), 0);
  ask("metric=geopolrisk_score|country=GBR|residual=lower");
  ck_assert_double_gt(cell(t, 0, "value"), 0);
}
END_TEST

START_TEST(what_is_neither_made_nor_imported_has_no_score) {
  world_figure(store, "GBR", "0", "status=zero");
  ask("metric=geopolrisk_score|country=GBR");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_assert(flagged(t, 0, "UNDEFINED"));
}
END_TEST

START_TEST(nobody_s_imports_are_no_data_and_no_stage_is_passed_over) {
  ask("metric=geopolrisk_score|country=DEU|stage=refined");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_assert_double_nan(cell(t, 0, "low"));
  ck_assert(flagged(t, 0, "NO_DATA"));
}
END_TEST

START_TEST(money_does_where_nothing_is_made_at_home) {
  world_figure(store, "DEU", "0", "status=zero");
  trade_flow(store, "CHN", "DEU", "", "amount=300|currency=USD");
  trade_flow(store, "FRA", "DEU", "", "amount=100|currency=USD");
  ask("metric=geopolrisk_score|country=DEU");
  double index = (100. * 100 + 5 * 5) / (115. * 115);
  ck_assert(flagged(t, 0, "BY_VALUE"));
  ck_assert_double_le(cell(t, 0, "low"), index * .5);
  ck_assert_double_ge(cell(t, 0, "high"), index * .5);
  ask("metric=geopolrisk_score|country=DEU|by=quantity");
  ck_assert(flagged(t, 0, "NO_DATA"));
  world_figure(store, "DEU", "10", "");
  ask("metric=geopolrisk_score|country=DEU");
  ck_assert(flagged(t, 0, "NO_DATA"));
}
END_TEST

START_TEST(midpoint_and_factor_are_the_score_times_the_price) {
  price("2000", "");
  ask("metric=geopolrisk_score|metric=geopolrisk_midpoint|metric=geopolrisk_cf|country=DEU");
  double score = cell(t, 0, "value");
  ck_close(cell(t, 1, "value"), 2 * score);
  ck_close(cell(t, 2, "value"), 2 * score / 0.409412948);
  ck_assert_str_eq(word(t, 1, "unit"), "USD/kg");
  ck_assert_str_eq(word(t, 2, "unit"), "kg Cu-eq/kg");
  ask("metric=geopolrisk_cf|country=DEU|reference=2");
  ck_close(cell(t, 0, "value"), score);
}
END_TEST

/* The price that a question finds, in USD/kg: the factor for a reference of the score. */
static double price_of(const char *words) {
  char question[256];
  ask("metric=geopolrisk_score|country=DEU");
  double score = cell(t, 0, "value");
  snprintf(question, sizeof question, "metric=geopolrisk_midpoint|country=DEU%s", words);
  ask(question);
  return cell(t, 0, "value") / score;
}

START_TEST(prices_are_brought_to_dollars_for_a_kilogram) {
  static const struct {
    const char *per;
    double kilograms;
  } units[] = {{"t", 1000},          {"kg", 1},           {"g", .001},
               {"lb", .45359237},    {"troy oz", .0311034768}, {"ct", .0002},
               {"short ton", 907.18474}, {"long ton", 1016.0469088}};
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
    char more[64];
    snprintf(more, sizeof more, "per=%s", units[i].per);
    price("3", more);
    ck_assert_double_eq_tol(price_of("") * units[i].kilograms / 3, 1, 1e-12);
  }
  price("3", "per=metric ton unit|basis=content");
  ck_close(price_of(""), .3);
  price("3", "per=metric ton unit"); /* a hundredth of what? */
  ck_assert_double_nan(price_of(""));
  price("3", "per=flask");
  ck_assert_double_nan(price_of(""));
  ck_assert(flagged(t, 0, "NO_DATA"));
}
END_TEST

START_TEST(a_price_of_another_basis_is_brought_to_that_of_the_market) {
  price("1000", "basis=SnO2");
  ck_close(price_of(""), 2);
  ck_assert(flagged(t, 0, "BASIS_CONVERTED"));
  price("1000", "basis=SnCl2");
  ck_assert_double_nan(price_of(""));
}
END_TEST

START_TEST(several_forms_make_an_interval_unless_one_is_named) {
  price("1000", "");
  price("4000", "form=ingot");
  ck_close(price_of(""), 2.5);
  ck_assert(flagged(t, 0, "ASSUMED"));
  ck_assert_double_lt(cell(t, 0, "low"), cell(t, 0, "value"));
  ck_assert_double_gt(cell(t, 0, "high"), cell(t, 0, "value"));
  ck_close(price_of("|form=ingot"), 4);
  ck_assert(!flagged(t, 0, "ASSUMED"));
  ck_assert_double_nan(price_of("|form=powder"));
}
END_TEST

START_TEST(only_prices_of_the_whole_year_in_dollars_of_the_day_are_taken) {
  price("1000", "currency=EUR");
  ck_assert_double_nan(price_of(""));
  price("1000", "money_year=2000");
  ck_assert_double_nan(price_of(""));
  price("1000", "form=half|from=2020-01|to=2020-06");
  ck_assert_double_nan(price_of(""));
  price("1000", "form=mean|from=2018|to=2022");
  ck_close(price_of(""), 1);
  ck_assert(flagged(t, 0, "PERIOD_MEAN"));
  price("3000", "form=mean");
  ck_close(price_of(""), 3);
  ck_assert(!flagged(t, 0, "PERIOD_MEAN"));
  price("", "form=mean|low=2000|high=6000");
  ck_close(price_of(""), 4);
}
END_TEST

START_TEST(explain_names_every_row_and_what_flows_add) {
  price("2000", "");
  ask("metric=geopolrisk_midpoint|country=DEU");
  double value = cell(t, 0, "value"), sum = 0;
  critmin_table *told = trade_explain(store, "metric=geopolrisk_midpoint|country=DEU");
  int flows = 0, scores = 0, prices = 0, producers = 0, own = 0;
  for (int64_t i = 0; i < critmin_table_rows(told); i++) {
    const char *role = word(told, i, "role");
    flows += strcmp(role, "flow") == 0;
    scores += strcmp(role, "governance") == 0;
    prices += strcmp(role, "price") == 0;
    producers += strcmp(role, "producer") == 0;
    own += strcmp(role, "production") == 0;
    double adds = cell(told, i, "contribution");
    if (!isnan(adds)) sum += adds;
  }
  ck_close(sum, value);
  ck_assert_int_eq(flows, 2);
  ck_assert_int_eq(scores, 2);
  ck_assert_int_eq(prices, 1);
  ck_assert_int_eq(producers, 3);
  ck_assert_int_eq(own, 1);
  critmin_table_free(told);
}
END_TEST

START_TEST(a_wrong_parameter_is_refused_by_name) {
  world_refuses(store, "metric=geopolrisk_cf|mineral=tin|year=2020|reference=0", CRITMIN_ERROR_PARAMETER, "reference");
  world_refuses(store, "metric=geopolrisk_score|mineral=tin|year=2020|form=metal", CRITMIN_ERROR_PARAMETER, "form");
}
END_TEST

START_TEST(memory_may_run_out_anywhere) {
  price("2000", "");
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection = world_selection("metric=geopolrisk_cf|mineral=tin|year=2020");
  critmin_error error;
  critmin_table *table = NULL;
  cm_memory_fail_at(0, 0);
  ck_assert_int_eq(critmin_metric_compute(model, selection, 1, NULL, NULL, &table, &error), CRITMIN_OK);
  int64_t all = cm_memory_count();
  critmin_table_free(table);
  for (int64_t n = 1; n <= all; n++) {
    table = NULL;
    cm_memory_fail_at(n, 0);
    critmin_status status = critmin_metric_compute(model, selection, 1, NULL, NULL, &table, &error);
    cm_memory_fail_at(0, 0);
    ck_assert_int_eq(status, CRITMIN_ERROR_MEMORY);
    ck_assert_ptr_null(table);
  }
  critmin_selection_free(selection);
  critmin_model_free(model);
}
END_TEST

Suite *suite_catalogue_geopolrisk(void) {
  Suite *suite = suite_create("catalogue_geopolrisk");
  TCase *c = tcase_create("importers");
  tcase_add_checked_fixture(c, setup, teardown);
  tcase_add_test(c, the_score_is_the_index_of_production_times_the_risk_of_imports_over_supply);
  tcase_add_test(c, without_names_every_importer_on_record_is_told_and_each_as_if_alone);
  tcase_add_test(c, of_a_group_what_its_members_deliver_to_one_another_is_left_out_or_kept);
  tcase_add_test(c, a_partner_without_a_score_may_be_anything_and_is_taken_as_the_others);
  tcase_add_test(c, what_a_printed_total_leaves_may_come_from_anywhere);
  tcase_add_test(c, output_that_is_withheld_makes_an_interval_and_one_that_nobody_told_no_value);
  tcase_add_test(c, what_is_neither_made_nor_imported_has_no_score);
  tcase_add_test(c, nobody_s_imports_are_no_data_and_no_stage_is_passed_over);
  tcase_add_test(c, money_does_where_nothing_is_made_at_home);
  tcase_add_test(c, midpoint_and_factor_are_the_score_times_the_price);
  tcase_add_test(c, prices_are_brought_to_dollars_for_a_kilogram);
  tcase_add_test(c, a_price_of_another_basis_is_brought_to_that_of_the_market);
  tcase_add_test(c, several_forms_make_an_interval_unless_one_is_named);
  tcase_add_test(c, only_prices_of_the_whole_year_in_dollars_of_the_day_are_taken);
  tcase_add_test(c, explain_names_every_row_and_what_flows_add);
  tcase_add_test(c, a_wrong_parameter_is_refused_by_name);
  tcase_add_test(c, memory_may_run_out_anywhere);
  suite_add_tcase(suite, c);
  return suite;
}
