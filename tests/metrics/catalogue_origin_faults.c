/* SPDX-License-Identifier: MIT */
/* Origins over data that cannot be, or should not be: refused where they are written, or flagged in what they lead to. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "trade_world.h"

static critmin_store *store;
static critmin_table *t;

static void setup(void) {
  store = trade_world();
  trade_figure(store, "production", "CHN", "100", "");
  trade_figure(store, "production", "WLD", "100", "");
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

static void ask_of(const char *country) {
  char words[96];
  snprintf(words, sizeof words, "metric=origin_share|country=%s|partner=CHN|at=mining", country);
  ask(words);
  ck_assert_int_eq(critmin_table_rows(t), 1);
}

static void refined(const char *measure, const char *country, const char *value) {
  trade_figure(store, measure, country, value, "stage=refined");
}

static void check(double value, double low, double high) {
  ck_close(cell(t, 0, "value"), value);
  ck_close(cell(t, 0, "low"), low);
  ck_close(cell(t, 0, "high"), high);
}

START_TEST(a_country_that_only_passes_on_is_said_to) {
  trade_flow(store, "CHN", "FRA", "30", "");
  trade_flow(store, "FRA", "DEU", "30", "");
  trade_flow(store, "WLD", "WLD", "60", "");
  ask_of("DEU");
  check(1, 1, 1);
  ck_assert_str_eq(word(t, 0, "flags"), "TRANSIT_ONLY");
  ask_of("FRA");
  ck_assert(flagged(t, 0, "TRANSIT_ONLY"));
  trade_flow(store, "FRA", "DEU", "29", "");
  trade_flow(store, "WLD", "WLD", "59", "");
  ask_of("DEU");
  check(1, 1, 1);
  ck_assert_str_eq(word(t, 0, "flags"), "");
}
END_TEST

START_TEST(what_is_sold_beyond_supply_is_unknown_by_as_much) {
  trade_flow(store, "CHN", "FRA", "30", "");
  trade_flow(store, "FRA", "DEU", "50", "");
  trade_flow(store, "WLD", "WLD", "80", "");
  ask_of("DEU");
  check(30. / 50, 30. / 50, 1);
  ck_close(cell(t, 0, "coverage"), 30. / 50); /* 20 t of 50 */
  ck_assert(flagged(t, 0, "UNKNOWN_ORIGIN") && flagged(t, 0, "TRANSIT_ONLY"));
  trade_figure(store, "production", "CHN", "20", ""); /* less than the 30 it sells */
  trade_figure(store, "production", "WLD", "20", "");
  ask_of("FRA");
  check(20. / 30 * 30 / 50, 20. / 30 * 30 / 50, 1);
}
END_TEST

START_TEST(more_metal_than_ore_says_how_much_ore_nobody_knows) {
  trade_figure(store, "production", "FRA", "10", "");
  trade_figure(store, "production", "WLD", "110", "");
  trade_flow(store, "CHN", "FRA", "20", "");
  refined("production", "FRA", "50");
  refined("production", "WLD", "50");
  ask("metric=origin_share|stage=refined|country=FRA|partner=CHN|at=mining");
  check(20. / 50, 20. / 50, 40. / 50); /* 20 t of 50 have no origin */
  ck_close(cell(t, 0, "coverage"), 30. / 50);
  ck_assert(flagged(t, 0, "UNKNOWN_ORIGIN"));
}
END_TEST

START_TEST(a_weight_that_is_missing_is_never_nothing) {
  trade_flow(store, "CHN", "FRA", "30", "");
  trade_flow(store, "AUS", "FRA", "", "amount=7|currency=USD");
  ask_of("FRA"); /* one in tonnes, the other in money: no share of either */
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_assert(flagged(t, 0, "NO_DATA"));
  trade_flow(store, "AUS", "FRA", "", "status=not_available");
  ask_of("FRA"); /* of the listed, and said so */
  ck_assert(flagged(t, 0, "NOT_AVAILABLE") && flagged(t, 0, "NO_TOTAL"));
  trade_flow(store, "WLD", "FRA", "40", "");
  ask_of("FRA");
  check(.75, .75, 1);
  ck_close(cell(t, 0, "coverage"), .75);
  ck_assert(flagged(t, 0, "UNKNOWN_ORIGIN"));
}
END_TEST

START_TEST(a_flow_of_no_known_size_lies_between_nothing_and_what_the_total_leaves) {
  trade_figure(store, "production", "AUS", "50", "");
  trade_figure(store, "production", "WLD", "150", "");
  trade_flow(store, "CHN", "FRA", "30", "");
  trade_flow(store, "AUS", "FRA", "", "status=withheld");
  trade_flow(store, "WLD", "FRA", "40", "");
  ask("metric=origin_share|country=FRA|partner=AUS|at=mining");
  check(0, 0, .25);
  ck_assert(flagged(t, 0, "WITHHELD_USED") && flagged(t, 0, "UNKNOWN_ORIGIN"));
}
END_TEST

START_TEST(a_total_below_its_parts_is_said) {
  trade_flow(store, "CHN", "FRA", "30", "");
  trade_flow(store, "WLD", "FRA", "20", "");
  ask_of("FRA");
  check(1, 1, 1);
  ck_assert(flagged(t, 0, "TOTAL_BELOW_SUM"));
}
END_TEST

START_TEST(a_stage_without_anything_is_passed_over) {
  refined("production", "GBR", "5");
  refined("production", "WLD", "5");
  trade_flow(store, "CHN", "GBR", "5", "");
  trade_figure(store, "production", "GBR", "0", "");
  ask("metric=origin_share|stage=refined|country=GBR|partner=CHN|at=mining");
  check(1, 1, 1);
  ask("metric=origin_share|stage=refined|country=GBR|partner=CHN|at=smelter");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_assert(flagged(t, 0, "NO_DATA"));
}
END_TEST

/* A balance below zero and a stage before itself never get as far as a network. */
static void refused(const char *relation, const char *const *names, const char *const *values, int n,
                    critmin_status status) {
  critmin_error error;
  critmin_status is = critmin_store_set(store, relation, names, values, n, &error);
  ck_assert_msg(is == status, "%s: %s (%s)", relation, critmin_status_name(is), error.message);
  ck_assert_str_ne(error.message, "");
}

START_TEST(what_cannot_be_is_refused_where_it_is_written) {
  const char *const figure[] = {"mineral", "stage", "country", "from",   "to",
                                "unit",    "basis", "value",   "source", "edition"};
  const char *const less[] = {"tin", "mining", "FRA", "2020", "2020", "t", "content", "-5", "first", "2022"};
  refused("figure", figure, less, 10, CRITMIN_ERROR_NEGATIVE);
  const char *const flow[] = {"mineral", "stage", "importer", "exporter", "from",
                              "to",      "basis", "quantity", "source",   "edition"};
  const char *const back[] = {"tin", "mining", "FRA", "CHN", "2020", "2020", "content", "-5", "first", "2022"};
  refused("flow", flow, back, 10, CRITMIN_ERROR_NEGATIVE);
  const char *const stage[] = {"mineral", "stage", "kind", "position", "name", "unit", "basis"};
  const char *const twice[] = {"tin", "cast", "metal", "3", "Cast", "t", "content"};
  refused("stage", stage, twice, 7, CRITMIN_ERROR_DUPLICATE_KEY);
}
END_TEST

Suite *suite_catalogue_origin_faults(void) {
  Suite *suite = suite_create("catalogue_origin_faults");
  TCase *tests = tcase_create("catalogue_origin_faults");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, a_country_that_only_passes_on_is_said_to);
  tcase_add_test(tests, what_is_sold_beyond_supply_is_unknown_by_as_much);
  tcase_add_test(tests, more_metal_than_ore_says_how_much_ore_nobody_knows);
  tcase_add_test(tests, a_weight_that_is_missing_is_never_nothing);
  tcase_add_test(tests, a_flow_of_no_known_size_lies_between_nothing_and_what_the_total_leaves);
  tcase_add_test(tests, a_total_below_its_parts_is_said);
  tcase_add_test(tests, a_stage_without_anything_is_passed_over);
  tcase_add_test(tests, what_cannot_be_is_refused_where_it_is_written);
  suite_add_tcase(suite, tests);
  return suite;
}
