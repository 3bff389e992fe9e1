/* SPDX-License-Identifier: MIT */
/* Balances of countries and groups. */
#include <math.h>

#include "suites.h"
#include "trade_world.h"

static critmin_store *store;
static critmin_table *t;

static void setup(void) {
  store = trade_world();
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

static double value_of(const char *words) {
  ask(words);
  ck_assert_int_eq(critmin_table_rows(t), 1);
  return cell(t, 0, "value");
}

static void no_data(const char *words) {
  ck_assert_double_nan(value_of(words));
  ck_assert_msg(flagged(t, 0, "NO_DATA"), "%s: %s", words, word(t, 0, "flags"));
}

START_TEST(a_printed_balance_gives_every_measure_of_reliance) {
  world_market(store, "", "USA", "20", "CHN", "80", "WLD", "100", NULL);
  trade_figure(store, "secondary_production", "USA", "10", "");
  trade_figure(store, "imports", "USA", "90", "");
  trade_figure(store, "exports", "USA", "15", "");
  trade_figure(store, "stock_build", "USA", "5", "");
  ask("metric=apparent_consumption|metric=net_import_reliance|metric=self_sufficiency|metric=import_reliance|"
      "metric=trade_exposure|country=USA");
  ck_assert_int_eq(critmin_table_rows(t), 5);
  const double expected[] = {100, .7, .3, 75. / 95, .7};
  for (int64_t row = 0; row < 5; row++) {
    ck_interval(t, row, expected[row], expected[row], expected[row]);
    ck_assert_str_eq(word(t, row, "flags"), "");
    ck_assert_str_eq(word(t, row, "country"), "USA");
    ck_assert_str_eq(word(t, row, "source"), "first");
    ck_assert_str_eq(word(t, row, "unit"), row ? "1" : "t");
  }
}
END_TEST

START_TEST(old_scrap_and_stocks_that_nobody_prints_are_none_beside_a_printed_balance) {
  world_market(store, "", "USA", "20", "CHN", "80", "WLD", "100", NULL);
  trade_figure(store, "imports", "USA", "90", "");
  trade_figure(store, "exports", "USA", "10", "");
  ck_close(value_of("metric=net_import_reliance|country=USA"), .8);
  ck_assert_str_eq(word(t, 0, "flags"), "");
  ck_close(value_of("metric=net_import_reliance|country=USA|unrecorded=unknown"), .8);
}
END_TEST

START_TEST(elsewhere_they_are_assumed_to_be_none_or_not_known) {
  trade_bloc(store);
  ck_close(value_of("metric=net_import_reliance|country=DEU"), 43. / 53);
  ck_assert(flagged(t, 0, "ASSUMED"));
  no_data("metric=net_import_reliance|country=DEU|unrecorded=unknown");
  ck_close(value_of("metric=import_reliance|country=DEU"), 43. / 53);
  ck_assert(!flagged(t, 0, "ASSUMED"));
}
END_TEST

START_TEST(a_printed_consumption_is_what_net_imports_are_set_against) {
  trade_figure(store, "imports", "USA", "90", "");
  trade_figure(store, "exports", "USA", "10", "");
  trade_figure(store, "apparent_consumption", "USA", "160", "");
  ck_close(value_of("metric=net_import_reliance|country=USA"), .5);
  ck_close(value_of("metric=apparent_consumption|country=USA"), 160);
  ck_assert_str_eq(word(t, 0, "flags"), "PUBLISHED");
  no_data("metric=apparent_consumption|country=USA|published=never"); /* production is not known */
}
END_TEST

START_TEST(the_publishers_own_figure_comes_first_unless_told) {
  world_market(store, "", "USA", "20", "CHN", "80", "WLD", "100", NULL);
  trade_figure(store, "imports", "USA", "90", "");
  trade_figure(store, "exports", "USA", "10", "");
  no_data("metric=net_import_reliance|country=USA|published=only");
  trade_figure(store, "net_import_reliance", "USA", "0.75", "unit=share|low=0.745|high=0.755");
  ask("metric=net_import_reliance|metric=self_sufficiency|metric=trade_exposure|country=USA");
  ck_interval(t, 0, .75, .745, .755);
  ck_interval(t, 1, .25, .245, .255);
  ck_interval(t, 2, .75, .745, .755);
  for (int64_t row = 0; row < 3; row++) ck_assert_str_eq(word(t, row, "flags"), "PUBLISHED");
  ck_close(value_of("metric=net_import_reliance|country=USA|published=only"), .75);
  ck_close(value_of("metric=net_import_reliance|country=USA|published=never"), .8);
}
END_TEST

START_TEST(a_printed_bound_has_an_interval_and_no_value) {
  trade_figure(store, "net_import_reliance", "USA", NULL, "unit=share|low=0.5");
  trade_figure(store, "net_import_reliance", "DEU", NULL, "unit=share|low=0|high=0.25");
  trade_figure(store, "net_import_reliance", "FRA", NULL, "unit=share|high=0|status=reported");
  ask("metric=net_import_reliance");
  ck_assert_int_eq(critmin_table_rows(t), 3);
  const char *const countries[] = {"USA", "DEU", "FRA"};
  const double low[] = {.5, 0, -INFINITY}, high[] = {1, .25, 0};
  for (int i = 0; i < 3; i++) {
    int64_t row = row_of(t, "country", countries[i]);
    ck_assert_double_nan(cell(t, row, "value"));
    ck_assert_double_eq(cell(t, row, "low"), low[i]);
    ck_assert_double_eq(cell(t, row, "high"), high[i]);
    ck_assert_int_eq(flagged(t, row, "NET_EXPORTER"), i == 2);
  }
  ask("metric=trade_exposure|metric=self_sufficiency|country=FRA");
  ck_interval(t, 0, 0, 0, 0);
  ck_assert(flagged(t, 0, "CLAMPED"));
  ck_assert_double_eq(cell(t, 1, "low"), 1);
  ck_assert_double_eq(cell(t, 1, "high"), INFINITY);
}
END_TEST

START_TEST(a_figure_that_is_withheld_says_nothing) {
  world_market(store, "", "USA", "20", "CHN", "80", "WLD", "100", NULL);
  trade_figure(store, "imports", "USA", "90", "");
  trade_figure(store, "exports", "USA", "10", "");
  trade_figure(store, "net_import_reliance", "USA", NULL, "unit=share");
  ck_close(value_of("metric=net_import_reliance|country=USA"), .8);
  trade_figure(store, "exports", "USA", NULL, "");
  no_data("metric=net_import_reliance|country=USA");
}
END_TEST

START_TEST(withheld_production_is_an_interval_of_reliance) {
  world_market(store, "", "CHN", "60", "WLD", "100", NULL);
  world_figure(store, "USA", NULL, "low=10|high=40");
  trade_figure(store, "imports", "USA", "75", "");
  trade_figure(store, "exports", "USA", "5", "");
  ask("metric=net_import_reliance|country=USA");
  /* The total leaves exactly 40 of the 100. */
  ck_interval(t, 0, 70. / 110, 70. / 110, 70. / 110);
  world_figure(store, "DEU", NULL, "low=0|high=30");
  ask("metric=net_import_reliance|country=USA");
  ck_close(cell(t, 0, "low"), 70. / 110);
  ck_close(cell(t, 0, "high"), .875);
  ck_assert(flagged(t, 0, "WITHHELD_USED"));
}
END_TEST

START_TEST(one_that_is_not_listed_makes_nothing_only_where_the_list_is_complete) {
  trade_figure(store, "imports", "USA", "90", "");
  trade_figure(store, "exports", "USA", "10", "");
  no_data("metric=self_sufficiency|country=USA");
  world_market(store, "", "CHN", "60", "DEU", "40", NULL);
  no_data("metric=self_sufficiency|country=USA"); /* no total says that these are all */
  ck_close(value_of("metric=self_sufficiency|country=USA|listed_only=1"), 0);
  world_figure(store, "WLD", "100", "");
  ck_close(value_of("metric=self_sufficiency|country=USA"), 0);
  world_figure(store, "WLD", "120", "");
  ask("metric=import_reliance|country=USA");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_close(cell(t, 0, "low"), .8);
  ck_close(cell(t, 0, "high"), 1);
  ck_assert(flagged(t, 0, "RESIDUAL_USED"));
  ck_close(value_of("metric=import_reliance|country=USA|residual=mid"), 80. / 90);
  ck_close(value_of("metric=import_reliance|country=USA|residual=upper"), .8);
  world_figure(store, "USA", "", "status=not_available");
  ask("metric=import_reliance|country=USA");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_close(cell(t, 0, "low"), .8);
  ck_close(cell(t, 0, "high"), 1);
  ck_assert(flagged(t, 0, "NOT_AVAILABLE"));
}
END_TEST

START_TEST(members_and_their_bloc_depend_as_the_manual_says) {
  trade_bloc(store);
  ask("metric=import_reliance|country=DEU|country=FRA|country=EU27");
  ck_close(cell(t, row_of(t, "country", "DEU"), "value"), 43. / 53);
  ck_close(cell(t, row_of(t, "country", "FRA"), "value"), 17. / 22);
  ck_close(cell(t, row_of(t, "country", "EU27"), "value"), .8);
}
END_TEST

START_TEST(a_group_of_all_imports_nothing) {
  trade_bloc(store);
  ck_assert_double_eq(value_of("metric=net_import_reliance|country=ALL"), 0);
  ck_close(value_of("metric=apparent_consumption|country=ALL"), 115);
  ck_close(value_of("metric=self_sufficiency|country=ALL"), 1);
}
END_TEST

START_TEST(merging_two_members_does_not_change_their_group) {
  trade_bloc(store);
  double apart = value_of("metric=net_import_reliance|country=EU27");
  critmin_store_close(store);
  store = trade_world();
  world_market(store, "", "DEU", "15", "FRA", "0", "CHN", "100", "WLD", "115", NULL);
  trade_flow(store, "CHN", "DEU", "70", "");
  trade_flow(store, "DEU", "CHN", "10", "");
  trade_flow(store, "WLD", "WLD", "80", "");
  ck_close(value_of("metric=net_import_reliance|country=EU27"), apart);
  ck_close(value_of("metric=net_import_reliance|country=DEU"), apart);
}
END_TEST

START_TEST(a_group_needs_all_pairs_or_the_word_for_it) {
  world_market(store, "", "DEU", "10", "FRA", "5", "CHN", "100", "WLD", "115", NULL);
  trade_flow(store, "CHN", "DEU", "40", "");
  trade_flow(store, "FRA", "DEU", "10", "");
  no_data("metric=import_reliance|country=EU27");
  no_data("metric=import_reliance|country=DEU"); /* nor are exports known */
  ck_close(value_of("metric=import_reliance|country=EU27|listed_only=1"), 40. / 55);
}
END_TEST

START_TEST(an_exporters_own_total_is_known_without_pairs) {
  world_market(store, "", "DEU", "10", "CHN", "100", "WLD", "110", NULL);
  trade_flow(store, "CHN", "DEU", "40", "");
  trade_flow(store, "WLD", "DEU", "60", "");
  trade_flow(store, "DEU", "WLD", "20", "");
  ck_close(value_of("metric=import_reliance|country=DEU"), .8);
}
END_TEST

START_TEST(figures_of_the_union_stand_for_its_group) {
  trade_bloc(store);
  ck_close(value_of("metric=import_reliance|country=UNION"), .8);
  trade_figure(store, "imports", "EUU", "45", "");
  trade_figure(store, "exports", "EUU", "0", "status=zero");
  ck_close(value_of("metric=import_reliance|country=UNION"), .75);
  trade_figure(store, "import_reliance", "EUU", "0.9", "unit=share");
  ck_close(value_of("metric=import_reliance|country=UNION"), .9);
  ck_assert(flagged(t, 0, "PUBLISHED"));
  ck_close(value_of("metric=import_reliance|country=EUU"), .9);
  ck_close(value_of("metric=import_reliance|country=EUU|published=never"), .75);
}
END_TEST

START_TEST(a_group_without_members_is_undefined) {
  trade_bloc(store);
  ask("metric=import_reliance|metric=net_import_reliance|country=LATE");
  for (int64_t row = 0; row < 2; row++) ck_assert_str_eq(word(t, row, "flags"), "UNDEFINED");
}
END_TEST

START_TEST(gross_weight_is_tonnes_only_where_its_content_is_known) {
  world_market(store, "", "DEU", "10", "CHN", "100", "WLD", "110", NULL);
  trade_flow(store, "CHN", "DEU", "160", "basis=gross");
  trade_flow(store, "WLD", "WLD", "160", "basis=gross");
  ck_close(value_of("metric=import_reliance|country=DEU"), .8); /* a quarter of it is tin */
  ck_assert(flagged(t, 0, "BASIS_CONVERTED"));
  world_market(store, "mineral=one", "DEU", "10", "CHN", "100", "WLD", "110", NULL);
  trade_flow(store, "CHN", "DEU", "160", "basis=gross|mineral=one|amount=5|currency=USD");
  trade_flow(store, "WLD", "WLD", "160", "basis=gross|mineral=one|amount=5|currency=USD");
  no_data("metric=import_reliance|country=DEU|mineral=one");
}
END_TEST

START_TEST(the_source_is_the_first_that_can_tell) {
  world_market(store, "", "DEU", "10", "CHN", "100", "WLD", "110", NULL);
  trade_flow(store, "CHN", "DEU", "", "amount=7|currency=USD");
  trade_flow(store, "CHN", "DEU", "40", "source=second|edition=2021");
  trade_flow(store, "WLD", "WLD", "40", "source=second|edition=2021");
  ck_close(value_of("metric=import_reliance|country=DEU"), .8);
  ck_assert_str_eq(word(t, 0, "source"), "first;second");
  ck_assert_str_eq(word(t, 0, "edition"), "2022;2021");
  ck_assert(flagged(t, 0, "SEVERAL_SOURCES"));
}
END_TEST

START_TEST(without_names_all_on_record_that_can_be_told_are_answered) {
  trade_bloc(store);
  trade_flow(store, "CHN", "GBR", "", "status=withheld");
  ask("metric=import_reliance");
  ck_assert_int_eq(critmin_table_rows(t), 2); /* not GBR and CHN, whose trade with one another nobody knows */
  no_data("metric=import_reliance|country=GBR");
  world_refuses(store, "metric=import_reliance|mineral=tin|country=GBR", CRITMIN_ERROR_EMPTY_SELECTION, "not enough");
  ask("metric=import_reliance|mineral=tin|country=DEU|stage=mining|year=2015:2020");
  ck_assert_int_eq(critmin_table_rows(t), 6);
  ck_assert_double_nan(cell(t, 0, "value"));
}
END_TEST

START_TEST(a_country_concerns_the_metrics_that_take_one) {
  trade_bloc(store);
  ask("metric=hhi|metric=share|metric=import_reliance|country=DEU|country=EU27");
  ck_assert_int_eq(critmin_table_rows(t), 5);
  ck_assert_str_eq(word(t, 0, "country"), "EU27");
  world_refuses(store, "metric=hhi|metric=cr1|mineral=tin|country=DEU", CRITMIN_ERROR_ARGUMENT,
                "one producer already");
  world_refuses(store, "metric=import_reliance|mineral=tin|measure=production", CRITMIN_ERROR_ARGUMENT, "measure");
  world_refuses(store, "metric=import_reliance|mineral=tin|partner=CHN", CRITMIN_ERROR_ARGUMENT, "partner");
  world_refuses(store, "metric=import_reliance|mineral=tin|unlisted_max=1", CRITMIN_ERROR_PARAMETER, "unlisted_max");
}
END_TEST

Suite *suite_catalogue_users(void) {
  Suite *suite = suite_create("users");
  TCase *c = tcase_create("balances");
  tcase_add_checked_fixture(c, setup, teardown);
  tcase_add_test(c, a_printed_balance_gives_every_measure_of_reliance);
  tcase_add_test(c, old_scrap_and_stocks_that_nobody_prints_are_none_beside_a_printed_balance);
  tcase_add_test(c, elsewhere_they_are_assumed_to_be_none_or_not_known);
  tcase_add_test(c, a_printed_consumption_is_what_net_imports_are_set_against);
  tcase_add_test(c, the_publishers_own_figure_comes_first_unless_told);
  tcase_add_test(c, a_printed_bound_has_an_interval_and_no_value);
  tcase_add_test(c, a_figure_that_is_withheld_says_nothing);
  tcase_add_test(c, withheld_production_is_an_interval_of_reliance);
  tcase_add_test(c, one_that_is_not_listed_makes_nothing_only_where_the_list_is_complete);
  tcase_add_test(c, members_and_their_bloc_depend_as_the_manual_says);
  tcase_add_test(c, a_group_of_all_imports_nothing);
  tcase_add_test(c, merging_two_members_does_not_change_their_group);
  tcase_add_test(c, a_group_needs_all_pairs_or_the_word_for_it);
  tcase_add_test(c, an_exporters_own_total_is_known_without_pairs);
  tcase_add_test(c, figures_of_the_union_stand_for_its_group);
  tcase_add_test(c, a_group_without_members_is_undefined);
  tcase_add_test(c, gross_weight_is_tonnes_only_where_its_content_is_known);
  tcase_add_test(c, the_source_is_the_first_that_can_tell);
  tcase_add_test(c, without_names_all_on_record_that_can_be_told_are_answered);
  tcase_add_test(c, a_country_concerns_the_metrics_that_take_one);
  suite_add_tcase(suite, c);
  return suite;
}
