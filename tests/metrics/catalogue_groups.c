/* SPDX-License-Identifier: MIT */
/* Groups as one producer. */
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
  char question[512];
  snprintf(question, sizeof question, "mineral=tin|stage=mining|%s%s", strstr(words, "year=") ? "" : "year=2020|",
           words);
  critmin_table_free(t);
  t = world_ask(store, question);
}

START_TEST(a_group_holds_what_its_members_do) {
  world_market(store, "", "CHN", "50", "DEU", "20", "FRA", "10", "USA", "20", "WLD", "100", NULL);
  ask("metric=share|country=EU27|country=G7|country=CHN");
  ck_assert_int_eq(critmin_table_rows(t), 3);
  ck_interval(t, row_of(t, "country", "CHN"), .5, .5, .5);
  ck_interval(t, row_of(t, "country", "EU27"), .3, .3, .3);
  ck_interval(t, row_of(t, "country", "G7"), .5, .5, .5);
  ask("metric=hhi|metric=cr1|country=EU27");
  ck_interval(t, 0, .38, .38, .38);
  ck_assert_str_eq(word(t, 0, "country"), "EU27");
  ck_close(cell(t, 1, "value"), .5);
  ask("metric=hhi|country=EU27|country=PAIR");
  ck_interval(t, 0, .58, .58, .58);
  ck_assert_str_eq(word(t, 0, "country"), "EU27;PAIR");
}
END_TEST

START_TEST(what_members_share_among_them_is_no_doubt_about_the_group) {
  world_market(store, "", "CHN", "50", "USA", "20", "WLD", "100", NULL);
  world_figure(store, "DEU", NULL, "high=15");
  world_figure(store, "FRA", NULL, "high=20");
  ask("metric=hhi|country=EU27");
  ck_interval(t, 0, .38, .38, .38);
  ask("metric=hhi");
  ck_close(cell(t, 0, "high") - cell(t, 0, "low"), .005); /* 15 and 15 to 10 and 20 */
}
END_TEST

START_TEST(members_that_are_not_listed_may_hold_the_residual) {
  world_market(store, "", "CHN", "50", "DEU", "20", "WLD", "100", NULL);
  ask("metric=share|country=EU27");
  ck_interval(t, 0, .2, .2, .5);
  ask("metric=hhi|metric=effective_number|metric=cr1|country=EU27");
  ck_close(cell(t, 0, "low"), .29);
  ck_close(cell(t, 0, "high"), .5);
  ck_close(cell(t, 1, "low"), 2);
  ck_close(cell(t, 1, "high"), 1 / .29);
  ck_close(cell(t, 2, "high"), .5);
  ask("metric=n_minus_1|country=EU27");
  ck_close(cell(t, 0, "low"), .5);
  ck_close(cell(t, 0, "high"), .8);
  /* Where all members are listed the residual is others'. */
  world_figure(store, "FRA", "0", "status=zero");
  ask("metric=share|country=EU27");
  ck_interval(t, 0, .2, .2, .2);
  ask("metric=hhi|country=EU27");
  ck_close(cell(t, 0, "high"), .38);
}
END_TEST

START_TEST(others_that_are_printed_without_a_total_may_be_the_groups) {
  world_market(store, "", "CHN", "50", "DEU", "20", "OTH", "30", NULL);
  ask("metric=share|country=EU27");
  ck_interval(t, 0, .2, .2, .5);
  ask("metric=hhi|country=EU27");
  ck_close(cell(t, 0, "high"), .5);
}
END_TEST

START_TEST(a_member_that_the_total_leaves_out_is_brought_in) {
  world_market(store, "", "CHN", "60", "FRA", "20", "DEU", "20", NULL);
  world_figure(store, "WLD", "80", "excludes=DEU");
  ask("metric=share|country=EU27");
  ck_interval(t, 0, .4, .4, .4);
  world_figure(store, "DEU", NULL, "high=20");
  ask("metric=share|country=EU27");
  ck_close(cell(t, 0, "low"), .25);
  ck_close(cell(t, 0, "high"), .4);
  ck_assert(flagged(t, 0, "TOTAL_EXCLUDES") && !flagged(t, 0, "NO_TOTAL"));
  ask("metric=hhi|country=EU27");
  ck_close(cell(t, 0, "low"), .52);
  ck_close(cell(t, 0, "high"), .625);
}
END_TEST

START_TEST(members_are_those_of_the_middle_of_the_year_or_of_a_day) {
  for (int year = 2019; year <= 2020; year++) {
    char period[64];
    snprintf(period, sizeof period, "from=%d|to=%d", year, year);
    world_market(store, period, "GBR", "50", "FRA", "25", "DEU", "0", "CHN", "25", "WLD", "100", NULL);
  }
  ask("metric=share|country=EU27|year=2019:2020");
  ck_close(cell(t, 0, "value"), .75);
  ck_close(cell(t, 1, "value"), .25);
  ask("metric=share|country=EU27|year=2019:2020|date=2020-01-31");
  ck_close(cell(t, 1, "value"), .75);
}
END_TEST

START_TEST(a_group_without_members_on_the_day_has_no_answer) {
  world_market(store, "", "AUS", "50", "CHN", "50", NULL);
  ask("metric=share|metric=hhi|country=LATE");
  for (int64_t row = 0; row < 2; row++) {
    ck_assert_double_nan(cell(t, row, "value"));
    ck_assert_str_eq(word(t, row, "flags"), "UNDEFINED");
  }
}
END_TEST

START_TEST(groups_that_overlap_are_no_producers_side_by_side) {
  world_market(store, "", "DEU", "50", "CHN", "50", NULL);
  world_refuses(store, "metric=hhi|mineral=tin|country=EU27|country=G7", CRITMIN_ERROR_ARGUMENT, "`DEU` is in both");
  ask("metric=share|country=EU27|country=G7");
  ck_assert_int_eq(critmin_table_rows(t), 2);
}
END_TEST

START_TEST(a_country_is_one_producer_of_a_market_already) {
  world_market(store, "", "DEU", "50", "CHN", "50", NULL);
  world_refuses(store, "metric=hhi|mineral=tin|country=China", CRITMIN_ERROR_ARGUMENT, "one producer already");
  world_refuses(store, "metric=share|mineral=tin|country=WLD", CRITMIN_ERROR_ARGUMENT, "no producer");
  world_refuses(store, "metric=share|mineral=tin|country=Chima", CRITMIN_ERROR_UNKNOWN_NAME, "`China`");
}
END_TEST

/* All completions of a small market in whole tonnes, against the answer for PAIR (CHN and USA) as one producer. */
START_TEST(bounds_of_a_merged_market_hold_every_completion) {
  static const char *const countries[] = {"CHN", "USA", "DEU", "AUS"};
  uint32_t seed = 1;
  int attained = 0;
  for (int round = 0; round < 40; round++) {
    int low[4], high[4], least = 0, most = 0;
    for (int i = 0; i < 4; i++) {
      seed = seed * 1664525u + 1013904223u;
      low[i] = (int)(seed >> 24) % 6;
      high[i] = (seed >> 16) % 3 == 0 ? low[i] : low[i] + (int)(seed >> 8) % 6;
      least += low[i];
      most += high[i];
      char more[64], value[16];
      snprintf(value, sizeof value, "%d", low[i]);
      snprintf(more, sizeof more, "low=%d|high=%d", low[i], high[i]);
      world_figure(store, countries[i], low[i] == high[i] ? value : NULL, low[i] == high[i] ? "" : more);
    }
    int total = least + (most - least) * (round % 5) / 4;
    if (total == 0) continue;
    char value[16];
    snprintf(value, sizeof value, "%d", total);
    world_figure(store, "WLD", value, "");
    double share_low = 2, share_high = -1, hhi_low = 2, hhi_high = -1;
    for (int a = low[0]; a <= high[0]; a++)
      for (int b = low[1]; b <= high[1]; b++)
        for (int c = low[2]; c <= high[2]; c++) {
          int d = total - a - b - c;
          if (d < low[3] || d > high[3]) continue;
          double x = total, share = (a + b) / x, hhi = share * share + (c / x) * (c / x) + (d / x) * (d / x);
          share_low = fmin(share_low, share);
          share_high = fmax(share_high, share);
          hhi_low = fmin(hhi_low, hhi);
          hhi_high = fmax(hhi_high, hhi);
        }
    ask("metric=share|metric=hhi|country=PAIR");
    ck_close(cell(t, 0, "low"), share_low);
    ck_close(cell(t, 0, "high"), share_high);
    ck_assert(cell(t, 1, "low") <= hhi_low + 1e-12);
    ck_close(cell(t, 1, "high"), hhi_high);
    attained++;
  }
  ck_assert_int_gt(attained, 30);
}
END_TEST

Suite *suite_catalogue_groups(void) {
  Suite *suite = suite_create("catalogue: groups");
  TCase *tests = tcase_create("groups");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, a_group_holds_what_its_members_do);
  tcase_add_test(tests, what_members_share_among_them_is_no_doubt_about_the_group);
  tcase_add_test(tests, members_that_are_not_listed_may_hold_the_residual);
  tcase_add_test(tests, others_that_are_printed_without_a_total_may_be_the_groups);
  tcase_add_test(tests, a_member_that_the_total_leaves_out_is_brought_in);
  tcase_add_test(tests, members_are_those_of_the_middle_of_the_year_or_of_a_day);
  tcase_add_test(tests, a_group_without_members_on_the_day_has_no_answer);
  tcase_add_test(tests, groups_that_overlap_are_no_producers_side_by_side);
  tcase_add_test(tests, a_country_is_one_producer_of_a_market_already);
  tcase_add_test(tests, bounds_of_a_merged_market_hold_every_completion);
  suite_add_tcase(suite, tests);
  return suite;
}
