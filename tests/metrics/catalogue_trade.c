/* SPDX-License-Identifier: MIT */
/* The trade parameter from the measures that are in force, by a table of the store's owner. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../model/world.h"
#include "suites.h"

static critmin_store *store;
static critmin_table *t;

static void setup(void) {
  static const char *const dimensions[] = {"control_of_corruption", "government_effectiveness",
                                           "political_stability",   "regulatory_quality",
                                           "rule_of_law",           "voice_accountability"};
  static const struct {
    const char *country;
    double weight;
  } governed[] = {{"CHN", 6}, {"USA", 3}, {"DEU", 1}};
  store = world();
  world_market(store, "", "CHN", "50", "USA", "30", "DEU", "20", "WLD", "100", NULL);
  for (int i = 0; i < 18; i++) {
    char row[256];
    snprintf(row, sizeof row, "indicator|indicator=%s|country=%s|year=2020|value=%.17g|source=wgi|edition=2024",
             dimensions[i % 6], governed[i / 6].country, 2.5 - governed[i / 6].weight / 2);
    world_set(store, row);
  }
}
static void teardown(void) {
  critmin_table_free(t);
  t = NULL;
  critmin_store_close(store);
}

#define INDEX "metric=hhi_wgi_t|mineral=tin|stage=mining|year=2020|trade=restrictions"

static void ask(const char *words) {
  critmin_table_free(t);
  t = world_ask(store, words);
}

/* The index with that t of China; members of the Union have 0.8. */
static void has(const char *words, double value, double low, double high) {
  ask(words);
  ck_interval(t, 0, 1.5 * value + .27 + .032, 1.5 * low + .27 + .032, 1.5 * high + .27 + .032);
}

static void assume(const char *key, const char *subject, const char *value, const char *low, const char *high,
                   const char *more) {
  char row[256];
  snprintf(row, sizeof row, "assumption|assumption=%s|subject=%s|value=%s|low=%s|high=%s|unit=1|reason=ours%s", key,
           subject, value, low, high, more);
  world_set(store, row);
}

static void restrict_tin(const char *key, const char *more) {
  char row[256];
  snprintf(row, sizeof row, "restriction|restriction=%s|basis=decree|country=CHN|%s", key, more);
  world_set(store, row);
  snprintf(row, sizeof row, "restriction_scope|restriction=%s|mineral=tin|stage=mining", key);
  world_set(store, row);
}

START_TEST(nothing_is_taken_for_a_table_that_is_not_there) {
  restrict_tin("ban", "kind=ban|effective=2019");
  world_refuses(store, INDEX, CRITMIN_ERROR_PARAMETER, "trade_parameter_ban");
  assume("bann", "trade_parameter_bann", "1.5", "1.5", "1.5", "");
  world_refuses(store, INDEX, CRITMIN_ERROR_PARAMETER, "`bann`");
  assume("bann", "trade_parameter_ban_from_x", "1.5", "1.5", "1.5", "");
  world_refuses(store, INDEX, CRITMIN_ERROR_PARAMETER, "`bann`");
  assume("bann", "trade_parameter_ban", "0", "-1", "0", "");
  world_refuses(store, INDEX, CRITMIN_ERROR_PARAMETER, "t of 0 or more");
  assume("bann", "trade_parameter_quota", "1.5", "1.5", "1.5", "");
  has(INDEX, 1, 1, 1); /* of bans the table says nothing */
  ck_assert_int_eq(flagged(t, 0, "ASSUMED"), 0);
  world_refuses(store, INDEX "|trade_importer=Atlantis", CRITMIN_ERROR_UNKNOWN_NAME, "Atlantis");
  world_refuses(store, "metric=hhi_wgi_t|mineral=tin|trade_importer=DEU", CRITMIN_ERROR_PARAMETER, "trade_importer");
}
END_TEST

START_TEST(measures_in_force_on_the_day_make_t) {
  assume("a", "trade_parameter_ban", "1.4", "1.3", "1.5", "");
  restrict_tin("ban", "kind=ban|effective=2020-03|until=2020-10");
  world_set(store, "restriction_suspension|restriction=ban|from=2020-06-10|until=2020-06-20");
  has(INDEX, 1.4, 1.3, 1.5); /* in the middle of the year */
  ck_assert_int_eq(flagged(t, 0, "ASSUMED"), 1);
  static const struct {
    const char *day;
    int acts;
  } days[] = {{"2020-03-30", 0}, {"2020-03-31", 1}, {"2020-06-09", 1}, {"2020-06-10", 0}, {"2020-06-20", 0},
              {"2020-06-21", 1}, {"2020-10-31", 1}, {"2020-11-01", 0}};
  for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
    char words[160];
    snprintf(words, sizeof words, INDEX "|date=%s", days[i].day);
    has(words, days[i].acts ? 1.4 : 1, days[i].acts ? 1.3 : 1, days[i].acts ? 1.5 : 1);
  }
  has("metric=hhi_wgi_t|mineral=tin|stage=mining|year=2020", 1, 1, 1); /* not asked for */
}
END_TEST

START_TEST(of_several_measures_the_greatest_counts_and_rates_choose_a_row) {
  assume("ban", "trade_parameter_ban", "1.5", "1.5", "1.5", "");
  assume("tax", "trade_parameter_tax", "1.1", "1.1", "1.1", "");
  assume("high", "trade_parameter_tax_from_0.25", "1.3", "1.2", "1.6", "");
  restrict_tin("tax", "kind=tax|effective=2019|rate=0.2");
  has(INDEX, 1.1, 1.1, 1.1);
  restrict_tin("tax", "kind=tax|effective=2019|rate=0.25");
  has(INDEX, 1.3, 1.2, 1.6);
  restrict_tin("tax", "kind=tax|effective=2019"); /* nobody says how much */
  has(INDEX, 1.1, 1.1, 1.6);
  restrict_tin("ban", "kind=ban|effective=2019");
  has(INDEX, 1.5, 1.5, 1.6);
  assume("china", "trade_parameter_ban", "1", "1", "1", "|country=CHN"); /* it has an agreement */
  has(INDEX, 1.1, 1.1, 1.6);
}
END_TEST

START_TEST(what_binds_others_alone_does_not_count) {
  assume("ban", "trade_parameter_ban", "1.5", "1.5", "1.5", "");
  restrict_tin("ban", "kind=ban|effective=2019");
  world_set(store, "restriction_target|restriction=ban|country=DEU");
  has(INDEX, 1, 1, 1);
  has(INDEX "|trade_importer=DEU", 1.5, 1.5, 1.5);
  has(INDEX "|trade_importer=FRA", 1, 1, 1);
  has(INDEX "|trade_importer=EU27", 1, 1, 1);
  world_set(store, "restriction_target|restriction=ban|country=FRA");
  has(INDEX "|trade_importer=EU27", 1.5, 1.5, 1.5); /* every member is bound */
  has(INDEX "|trade_importer=EU27|date=2020-01-10", 1, 1, 1); /* one more then was not */
}
END_TEST

START_TEST(a_restriction_of_a_group_of_minerals_is_of_its_members) {
  world_set(store, "figure|mineral=one|stage=mining|country=CHN|from=2020|to=2020|value=5|source=first|edition=2022|"
                   "unit=t|basis=content");
  assume("ban", "trade_parameter_ban", "1.5", "1.5", "1.5", "");
  world_set(store, "restriction|restriction=ban|basis=decree|kind=ban|country=PAIR|effective=2019");
  world_set(store, "restriction_scope|restriction=ban|mineral=both|stage=mining");
  ask("metric=hhi_wgi_t|mineral=one|stage=mining|year=2020|trade=restrictions");
  ck_close(cell(t, 0, "value"), 9); /* China alone: 6 times 1.5 */
  world_set(store, "restriction_scope|restriction=ban|mineral=tin");
  ask(INDEX);
  ck_close(cell(t, 0, "value"), 1.5 * 1.5 + .27 * 1.5 + .032);
}
END_TEST

START_TEST(the_measure_and_the_row_of_the_table_are_explained) {
  assume("ban", "trade_parameter_ban", "1.4", "1.3", "1.5", "");
  restrict_tin("embargo", "kind=ban|effective=2019");
  t = world_explain(store, INDEX);
  ck_assert_ptr_nonnull(strstr(word(t, row_of(t, "role", "restriction"), "note"), "embargo: ban"));
  ck_close(cell(t, row_of(t, "role", "trade_parameter"), "value"), 1.4);
  ck_assert_str_eq(word(t, row_of(t, "role", "trade_parameter"), "status"), "assumed");
  ck_close(cell(t, row_of(t, "country", "CHN"), "contribution"), 1.5 * 1.4);
  ask(INDEX "|country=PAIR"); /* China and the United States as one producer */
  double low = .64 * (50 * 6 * 1.3 + 30 * 3) / 80, high = .64 * (50 * 6 * 1.5 + 30 * 3) / 80;
  ck_interval(t, 0, .64 * (50 * 6 * 1.4 + 30 * 3) / 80 + .032, low + .032, high + .032);
}
END_TEST

Suite *suite_catalogue_trade(void) {
  Suite *suite = suite_create("catalogue_trade");
  TCase *tests = tcase_create("catalogue_trade");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, nothing_is_taken_for_a_table_that_is_not_there);
  tcase_add_test(tests, measures_in_force_on_the_day_make_t);
  tcase_add_test(tests, of_several_measures_the_greatest_counts_and_rates_choose_a_row);
  tcase_add_test(tests, what_binds_others_alone_does_not_count);
  tcase_add_test(tests, a_restriction_of_a_group_of_minerals_is_of_its_members);
  tcase_add_test(tests, the_measure_and_the_row_of_the_table_are_explained);
  suite_add_tcase(suite, tests);
  return suite;
}
