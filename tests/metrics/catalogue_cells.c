/* SPDX-License-Identifier: MIT */
/* From the figures of one market to an answer: every status, every kind of total. */
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

/* One cell of tin's mining in 2020. */
static void ask(const char *words) {
  char question[512];
  snprintf(question, sizeof question, "mineral=tin|stage=mining|year=2020|%s", words);
  critmin_table_free(t);
  t = world_ask(store, question);
}

START_TEST(a_complete_market_gives_points) {
  world_market(store, "", "CHN", "50", "USA", "30", "AUS", "20", "WLD", "100", NULL);
  ask("metric=share|metric=hhi|metric=hhi_normalised|metric=cr1|metric=cr3|metric=effective_number|metric=shannon|"
      "metric=evenness|"
      "metric=n_minus_1");
  ck_assert_int_eq(critmin_table_rows(t), 11);
  ck_assert_str_eq(word(t, 0, "country"), "AUS");
  ck_interval(t, 0, .2, .2, .2);
  ck_assert_str_eq(word(t, 1, "country"), "CHN");
  ck_interval(t, 1, .5, .5, .5);
  ck_interval(t, row_of(t, "metric", "hhi"), .38, .38, .38);
  ck_close(cell(t, row_of(t, "metric", "hhi_normalised"), "value"), (.38 - 1. / 3) / (1 - 1. / 3));
  ck_close(cell(t, row_of(t, "metric", "cr1"), "value"), .5);
  ck_close(cell(t, row_of(t, "metric", "cr3"), "value"), 1);
  ck_close(cell(t, row_of(t, "metric", "effective_number"), "value"), 1 / .38);
  ck_assert_double_eq_tol(cell(t, row_of(t, "metric", "shannon"), "value"), 1.02965, 1e-5);
  ck_assert_double_eq_tol(cell(t, row_of(t, "metric", "evenness"), "value"), .93723, 1e-5);
  int64_t row = row_of(t, "metric", "n_minus_1");
  ck_interval(t, row, .5, .5, .5);
  ck_assert_str_eq(word(t, row, "country"), "CHN");
  for (row = 0; row < 11; row++) {
    ck_assert_str_eq(word(t, row, "flags"), "");
    ck_assert_str_eq(word(t, row, "source"), "first");
    ck_assert_str_eq(word(t, row, "edition"), "2022");
    ck_assert_str_eq(word(t, row, "mineral"), "tin");
    ck_assert_str_eq(word(t, row, "partner"), "(none)");
    ck_assert_double_eq(cell(t, row, "year"), 2020);
    ck_close(cell(t, row, "coverage"), 1);
  }
}
END_TEST

START_TEST(what_the_total_leaves_is_an_interval) {
  world_market(store, "", "CHN", "50", "USA", "20", "AUS", "10", "WLD", "100", NULL);
  ask("metric=hhi");
  ck_interval(t, 0, .32, .30, .34);
  ck_assert(flagged(t, 0, "RESIDUAL_USED"));
  ask("metric=hhi|residual=lower");
  ck_interval(t, 0, .30, .30, .34);
  ck_assert_str_eq(word(t, 0, "params"), "residual=lower");
  ask("metric=hhi|unlisted_max=4");
  ck_close(cell(t, 0, "low"), .31);
  ask("metric=hhi|unlisted_cutoff=0.1");
  ck_close(cell(t, 0, "high"), .32);
  ask("metric=hhi|listed_only=1");
  ck_close(cell(t, 0, "value"), 3000. / 6400);
  ck_assert(flagged(t, 0, "LISTED_ONLY") && !flagged(t, 0, "RESIDUAL_USED"));
}
END_TEST

START_TEST(others_that_are_printed_are_the_residual) {
  world_market(store, "", "CHN", "50", "USA", "20", "AUS", "10", "OTH", "20", NULL);
  ask("metric=hhi");
  ck_interval(t, 0, .32, .30, .34);
  ck_assert(flagged(t, 0, "NO_TOTAL"));
}
END_TEST

START_TEST(a_withheld_cell_is_what_the_total_leaves_it) {
  world_market(store, "", "CHN", "60", "USA", "20", "AUS", NULL, "WLD", "100", NULL);
  ask("metric=share|country=AUS");
  ck_interval(t, 0, .2, .2, .2);
  ck_assert(flagged(t, 0, "WITHHELD_USED"));
}
END_TEST

START_TEST(withheld_cells_keep_their_own_bounds) {
  world_market(store, "", "CHN", "60", "USA", "20", "WLD", "100", NULL);
  world_figure(store, "AUS", NULL, "high=15");
  world_figure(store, "FRA", NULL, "low=5|high=20");
  ask("metric=hhi");
  ck_close(cell(t, 0, "low"), .42);
  ck_close(cell(t, 0, "high"), .44);
}
END_TEST

START_TEST(withheld_without_total_follows_the_methods) {
  world_market(store, "", "CHN", "60", "USA", "20", NULL);
  world_figure(store, "AUS", NULL, "high=40");
  ask("metric=hhi");
  ck_assert_double_eq_tol(cell(t, 0, "low"), .3889, 5e-5);
  ck_close(cell(t, 0, "high"), .625);
}
END_TEST

START_TEST(a_total_that_leaves_a_withheld_country_out_does_not_bound_it) {
  world_market(store, "", "CHN", "60", "AUS", "40", "USA", NULL, NULL);
  world_figure(store, "WLD", "100", "excludes=USA");
  ask("metric=share|country=CHN");
  ck_assert(flagged(t, 0, "TOTAL_EXCLUDES") && flagged(t, 0, "UNBOUNDED"));
  ck_close(cell(t, 0, "low"), 0);
  ck_close(cell(t, 0, "high"), .6);
  world_figure(store, "USA", NULL, "high=20");
  ask("metric=share|country=CHN");
  ck_close(cell(t, 0, "low"), .5);
  ck_assert(!flagged(t, 0, "UNBOUNDED"));
}
END_TEST

START_TEST(a_listed_country_that_the_total_leaves_out_is_added_to_it) {
  world_market(store, "", "CHN", "60", "AUS", "40", "USA", "100", NULL);
  world_figure(store, "WLD", "100", "excludes=USA");
  ask("metric=share|country=USA");
  ck_interval(t, 0, .5, .5, .5);
  ck_assert(flagged(t, 0, "TOTAL_EXCLUDES"));
}
END_TEST

START_TEST(a_country_that_only_the_total_tells_of_is_withheld) {
  world_market(store, "", "CHN", "60", "AUS", "40", NULL);
  world_figure(store, "WLD", "100", "excludes=USA");
  ask("metric=hhi");
  ck_assert(flagged(t, 0, "UNBOUNDED") && flagged(t, 0, "WITHHELD_USED"));
  ck_close(cell(t, 0, "high"), 1);
}
END_TEST

START_TEST(less_than_half_a_unit_lies_between_nothing_and_that) {
  world_market(store, "", "CHN", "60", "WLD", "100", NULL);
  world_figure(store, "USA", "", "status=less_than_half_unit|high=0.5");
  world_figure(store, "AUS", "39.75", "");
  ask("metric=share|country=USA");
  ck_close(cell(t, 0, "low"), .0025);
  ck_close(cell(t, 0, "high"), .0025);
  world_figure(store, "WLD", "100", "low=99|high=101");
  ask("metric=share|country=USA");
  ck_close(cell(t, 0, "low"), 0);
}
END_TEST

START_TEST(not_available_is_left_out_and_told) {
  world_market(store, "", "CHN", "60", "USA", "20", "WLD", "100", NULL);
  world_figure(store, "AUS", "", "status=not_available");
  ask("metric=hhi");
  ck_assert(flagged(t, 0, "NOT_AVAILABLE") && flagged(t, 0, "RESIDUAL_USED"));
  ck_interval(t, 0, .42, .40, .44);
  ask("metric=share|country=AUS");
  ck_interval(t, 0, .1, 0, .2);
}
END_TEST

START_TEST(nothing_available_without_a_total_is_no_data) {
  world_market(store, "", "CHN", "60", "USA", "20", NULL);
  world_figure(store, "AUS", "", "status=not_available");
  ask("metric=hhi");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_assert(flagged(t, 0, "NO_DATA") && flagged(t, 0, "NOT_AVAILABLE") && flagged(t, 0, "UNBOUNDED"));
  ask("metric=share|country=AUS");
  ck_assert_double_nan(cell(t, 0, "value"));
}
END_TEST

START_TEST(zero_is_a_producer_of_nothing) {
  world_market(store, "", "CHN", "60", "WLD", "60", NULL);
  world_figure(store, "USA", "0", "status=zero");
  ask("metric=share|country=USA");
  ck_interval(t, 0, 0, 0, 0);
  ask("metric=hhi_normalised");
  ck_close(cell(t, 0, "value"), 1);
}
END_TEST

START_TEST(a_market_of_zeros_has_no_shares) {
  world_figure(store, "USA", "0", "status=zero");
  ask("metric=hhi");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_assert(flagged(t, 0, "ZERO_TOTAL"));
}
END_TEST

START_TEST(an_unlisted_country_holds_part_of_the_residual_or_nothing) {
  world_market(store, "", "CHN", "60", "USA", "20", "WLD", "100", NULL);
  ask("metric=share|country=AUS");
  ck_interval(t, 0, .1, 0, .2);
  ck_assert(flagged(t, 0, "RESIDUAL_USED"));
  ask("metric=share|country=AUS|residual=upper");
  ck_interval(t, 0, .2, 0, .2);
  ask("metric=share|country=AUS|listed_only=1");
  ck_interval(t, 0, 0, 0, 0);
  world_figure(store, "USA", "40", "");
  ask("metric=share|country=AUS");
  ck_interval(t, 0, 0, 0, 0);
}
END_TEST

START_TEST(shares_as_published_are_of_one) {
  world_market(store, "unit=share", "CHN", "0.5", "USA", "0.25", NULL);
  ask("metric=hhi");
  ck_interval(t, 0, .34375, .3125, .375);
  ck_assert(!flagged(t, 0, "NO_TOTAL"));
}
END_TEST

START_TEST(flags_tell_what_entered) {
  world_market(store, "", "CHN", "50", "USA", "30", NULL);
  world_figure(store, "AUS", "20", "status=estimated|basis=SnO2");
  ask("metric=cr1");
  ck_close(cell(t, 0, "value"), 50. / 90);
  ck_assert(flagged(t, 0, "ESTIMATED") && flagged(t, 0, "BASIS_CONVERTED") && flagged(t, 0, "NO_TOTAL"));
  world_market(store, "from=2015|to=2019|source=third|edition=2020", "CHN", "1", NULL);
  critmin_table_free(t);
  t = world_ask(store, "metric=cr1|mineral=tin|stage=mining|year=2017");
  ck_assert(flagged(t, 0, "PERIOD_MEAN"));
  world_market(store, "from=2030|to=2030|outlook=projected|status=projected|scenario=base", "CHN", "1", NULL);
  critmin_table_free(t);
  t = world_ask(store, "metric=cr1|mineral=tin|stage=mining|year=2030");
  ck_assert(flagged(t, 0, "PROJECTED"));
}
END_TEST

START_TEST(a_total_below_its_parts_is_not_used) {
  world_market(store, "", "CHN", "50", "USA", "30", "WLD", "70", NULL);
  ask("metric=hhi");
  ck_assert(flagged(t, 0, "TOTAL_BELOW_SUM"));
  ck_close(cell(t, 0, "value"), (2500. + 900) / 6400);
}
END_TEST

START_TEST(capacity_and_reserves_are_measured_alike) {
  world_market(store, "measure=capacity", "CHN", "3", "USA", "1", NULL);
  world_set(store,
            "reserve|reserve=c|kind=geological|holder=CHN|mineral=tin|stage=mining|from=2020|to=2020|unit=t|basis="
            "content|value=1|"
            "status=reported|source=first|edition=2022");
  world_set(store,
            "reserve|reserve=u|kind=geological|holder=USA|mineral=tin|stage=mining|from=2020|to=2020|unit=t|basis="
            "content|value=4|"
            "status=reported|source=first|edition=2022");
  ask("metric=cr1|measure=capacity");
  ck_close(cell(t, 0, "value"), .75);
  ask("metric=cr1|cr1.measure=reserves");
  ck_close(cell(t, 0, "value"), .8);
  ck_assert_str_eq(word(t, 0, "params"), "measure=reserves");
}
END_TEST

START_TEST(n_minus_1_takes_the_one_named_and_a_demand) {
  world_market(store, "", "CHN", "60", "USA", "30", "AUS", "10", "WLD", "100", NULL);
  ask("metric=n_minus_1|demand=90");
  ck_interval(t, 0, 40. / 90, 40. / 90, 40. / 90);
  ck_assert_str_eq(word(t, 0, "country"), "CHN");
  ck_assert_str_eq(word(t, 0, "params"), "demand=90");
  ask("metric=n_minus_1|country=USA");
  ck_interval(t, 0, .7, .7, .7);
  ask("metric=n_minus_1|country=PAIR");
  ck_interval(t, 0, .1, .1, .1);
  ck_assert_str_eq(word(t, 0, "country"), "PAIR");
}
END_TEST

Suite *suite_catalogue_cells(void) {
  Suite *suite = suite_create("catalogue: cells");
  TCase *tests = tcase_create("cells");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, a_complete_market_gives_points);
  tcase_add_test(tests, what_the_total_leaves_is_an_interval);
  tcase_add_test(tests, others_that_are_printed_are_the_residual);
  tcase_add_test(tests, a_withheld_cell_is_what_the_total_leaves_it);
  tcase_add_test(tests, withheld_cells_keep_their_own_bounds);
  tcase_add_test(tests, withheld_without_total_follows_the_methods);
  tcase_add_test(tests, a_total_that_leaves_a_withheld_country_out_does_not_bound_it);
  tcase_add_test(tests, a_listed_country_that_the_total_leaves_out_is_added_to_it);
  tcase_add_test(tests, a_country_that_only_the_total_tells_of_is_withheld);
  tcase_add_test(tests, less_than_half_a_unit_lies_between_nothing_and_that);
  tcase_add_test(tests, not_available_is_left_out_and_told);
  tcase_add_test(tests, nothing_available_without_a_total_is_no_data);
  tcase_add_test(tests, zero_is_a_producer_of_nothing);
  tcase_add_test(tests, a_market_of_zeros_has_no_shares);
  tcase_add_test(tests, an_unlisted_country_holds_part_of_the_residual_or_nothing);
  tcase_add_test(tests, shares_as_published_are_of_one);
  tcase_add_test(tests, flags_tell_what_entered);
  tcase_add_test(tests, a_total_below_its_parts_is_not_used);
  tcase_add_test(tests, capacity_and_reserves_are_measured_alike);
  tcase_add_test(tests, n_minus_1_takes_the_one_named_and_a_demand);
  suite_add_tcase(suite, tests);
  return suite;
}
