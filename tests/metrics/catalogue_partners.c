/* SPDX-License-Identifier: MIT */
/* Users beside their partners; the order of rows; what is behind them. */
#include <math.h>
#include <stdio.h>

#include "base/memory.h"
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

static double sum(void) {
  double all = 0;
  for (int64_t row = 0; row < critmin_table_rows(t); row++) all += cell(t, row, "value");
  return all;
}

/* P + R = 30, M = 90 of which 60 from CHN, X = 15, dS = -5. */
static void example(void) {
  world_market(store, "", "USA", "20", "CHN", "80", "WLD", "100", NULL);
  trade_figure(store, "secondary_production", "USA", "10", "");
  trade_figure(store, "imports", "USA", "90", "");
  trade_figure(store, "exports", "USA", "15", "");
  trade_figure(store, "stock_build", "USA", "5", "");
  trade_flow(store, "CHN", "USA", "60", "");
  trade_flow(store, "AUS", "USA", "30", "");
}

START_TEST(the_four_denominators_are_those_of_the_manual) {
  example();
  ck_close(value_of("metric=partner_share|country=USA|partner=CHN"), .5);
  ck_close(value_of("metric=partner_share|country=USA|partner=CHN|denominator=imports"), 2. / 3);
  ck_close(value_of("metric=partner_share|country=USA|partner=CHN|denominator=consumption"), .6);
  no_data("metric=partner_share|country=USA|partner=CHN|denominator=net"); /* what goes to it is not known */
  trade_flow(store, "USA", "CHN", "15", "");
  trade_flow(store, "WLD", "WLD", "105", "");
  ck_close(value_of("metric=partner_share|country=USA|partner=CHN|denominator=net"), .45);
  ck_close(value_of("metric=partner_share|country=USA|partner=AUS|denominator=net"), .3);
  ck_assert_str_eq(word(t, 0, "country"), "USA");
  ck_assert_str_eq(word(t, 0, "partner"), "AUS");
}
END_TEST

START_TEST(rows_of_all_partners_sum_to_one) {
  example();
  ask("metric=partner_share|country=USA|denominator=imports");
  ck_assert_int_eq(critmin_table_rows(t), 2);
  ck_close(sum(), 1);
  trade_flow(store, "WLD", "USA", "100", "");
  ask("metric=partner_share|country=USA|denominator=imports");
  ck_assert_int_eq(critmin_table_rows(t), 3);
  ck_close(cell(t, row_of(t, "partner", "OTH"), "value"), .1);
  ck_close(cell(t, 0, "coverage"), .9);
  ck_close(sum(), 1);
  ask("metric=partner_share|country=USA");
  ck_assert_int_eq(critmin_table_rows(t), 4);
  ck_close(cell(t, row_of(t, "partner", "USA"), "value"), 30. / 130); /* what is made at home */
  ck_close(sum(), 1);
  ask("metric=partner_share|country=USA|partner=OTH|denominator=imports");
  ck_close(cell(t, 0, "value"), .1);
}
END_TEST

START_TEST(a_partner_that_is_not_listed_may_hold_the_rest) {
  trade_flow(store, "CHN", "USA", "60", "");
  trade_flow(store, "OTH", "USA", "40", "status=residual");
  ask("metric=partner_share|country=USA|denominator=imports|partner=AUS|partner=CHN");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_assert_double_eq(cell(t, 0, "low"), 0);
  ck_close(cell(t, 0, "high"), .4);
  ck_assert(flagged(t, 0, "RESIDUAL_USED"));
  ck_interval(t, 1, .6, .6, .6);
  ck_close(value_of("metric=partner_share|country=USA|denominator=imports|partner=AUS|residual=lower"), 0);
  ck_close(value_of("metric=partner_share|country=USA|denominator=imports|partner=AUS|residual=mid"), .2);
  ask("metric=partner_share|country=USA|denominator=imports|partner=PAIR");
  ck_interval(t, 0, .6, .6, .6); /* itself is no partner */
}
END_TEST

START_TEST(those_that_are_listed_may_hold_what_is_traded_under_another_code) {
  trade_flow(store, "CHN", "USA", "60", "hs=283691");
  trade_flow(store, "OTH", "USA", "10", "hs=283691|status=residual");
  trade_flow(store, "OTH", "USA", "30", "hs=282520|status=residual");
  ask("metric=partner_share|country=USA|denominator=imports|partner=AUS|partner=CHN");
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_close(cell(t, 0, "high"), .4);
  ck_interval(t, 1, .6, .6, .9);
  ck_assert(flagged(t, 1, "RESIDUAL_USED"));
  ask("metric=partner_share|country=USA|denominator=imports");
  ck_close(sum(), 1);
}
END_TEST

START_TEST(a_partial_list_bounds_shares_from_above) {
  trade_flow(store, "CHN", "USA", "60", "");
  trade_flow(store, "AUS", "USA", "40", "");
  trade_flow(store, "OTH", "USA", "", "status=not_available");
  ask("metric=partner_share|country=USA|denominator=imports");
  ck_assert_int_eq(critmin_table_rows(t), 3);
  const char *const partners[] = {"CHN", "AUS", "OTH"};
  const double high[] = {.6, .4, 1};
  for (int i = 0; i < 3; i++) {
    int64_t row = row_of(t, "partner", partners[i]);
    ck_assert_double_nan(cell(t, row, "value"));
    ck_assert_double_eq(cell(t, row, "low"), 0);
    ck_close(cell(t, row, "high"), high[i]);
    ck_assert(flagged(t, row, "NOT_AVAILABLE"));
  }
  trade_flow(store, "WLD", "USA", "200", "");
  ck_close(value_of("metric=partner_share|country=USA|denominator=imports|partner=CHN"), .3);
}
END_TEST

START_TEST(a_withheld_flow_is_bounded_by_the_total) {
  trade_flow(store, "CHN", "USA", "60", "");
  trade_flow(store, "AUS", "USA", "", "status=withheld");
  trade_flow(store, "WLD", "USA", "100", "");
  ask("metric=partner_share|country=USA|denominator=imports|partner=AUS|partner=CHN");
  ck_close(cell(t, 0, "low"), 0);
  ck_close(cell(t, 0, "high"), .4);
  ck_assert(flagged(t, 0, "WITHHELD_USED"));
  ck_interval(t, 1, .6, .6, .6);
}
END_TEST

START_TEST(money_comes_first_for_imports_and_says_so) {
  trade_flow(store, "CHN", "USA", "60", "amount=10|currency=USD");
  trade_flow(store, "AUS", "USA", "40", "amount=30|currency=USD");
  ck_close(value_of("metric=partner_share|country=USA|denominator=imports|partner=CHN"), .25);
  ck_assert(flagged(t, 0, "BY_VALUE"));
  ck_close(value_of("metric=partner_share|country=USA|denominator=imports|partner=CHN|by=quantity"), .6);
  ck_assert(!flagged(t, 0, "BY_VALUE"));
  no_data("metric=partner_share|country=USA|denominator=imports|partner=CHN|by=share");
  trade_flow(store, "AUS", "USA", "40", "");
  ck_close(value_of("metric=partner_share|country=USA|denominator=imports|partner=CHN"), .6);
}
END_TEST

START_TEST(money_is_of_supply_only_where_nothing_is_made) {
  trade_flow(store, "CHN", "USA", "", "amount=10|currency=USD");
  trade_flow(store, "AUS", "USA", "", "amount=30|currency=USD");
  world_market(store, "", "USA", "1", "CHN", "80", "WLD", "81", NULL);
  no_data("metric=partner_share|country=USA|partner=CHN");
  world_market(store, "", "USA", "0", "CHN", "80", "WLD", "80", NULL);
  ck_close(value_of("metric=partner_share|country=USA|partner=CHN"), .25);
  ck_assert(flagged(t, 0, "BY_VALUE"));
  no_data("metric=partner_share|country=USA|partner=CHN|denominator=consumption");
}
END_TEST

START_TEST(printed_shares_are_of_the_imports_that_are_known) {
  world_market(store, "", "USA", "20", "CHN", "80", "WLD", "100", NULL);
  trade_figure(store, "imports", "USA", "80", "");
  trade_flow(store, "CHN", "USA", "", "share=0.75");
  trade_flow(store, "OTH", "USA", "", "share=0.2|status=residual");
  ck_close(value_of("metric=partner_share|country=USA|partner=CHN|denominator=imports"), .75);
  ck_close(value_of("metric=partner_share|country=USA|partner=CHN"), .6);
  ask("metric=partner_share|country=USA|denominator=imports");
  ck_close(cell(t, row_of(t, "partner", "OTH"), "value"), .25); /* with what rounding leaves */
  ck_close(sum(), 1);
  ask("metric=partner_share|country=USA");
  ck_close(sum(), 1);
  trade_flow(store, "AUS", "USA", "", "share=0.1");
  ask("metric=partner_share|country=USA|denominator=imports");
  ck_close(sum(), 1);
  ck_assert(flagged(t, 0, "TOTAL_BELOW_SUM"));
}
END_TEST

START_TEST(shares_of_the_union_count_its_own_output) {
  trade_flow(store, "CHN", "EUU", "", "share=0.6");
  trade_flow(store, "FRA", "EUU", "", "share=0.25");
  trade_flow(store, "AUS", "EUU", "", "share=0.15");
  for (int as_group = 0; as_group < 2; as_group++) {
    char words[128];
    snprintf(words, sizeof words, "metric=partner_share|country=%s", as_group ? "UNION" : "EUU");
    ask(words);
    ck_assert_int_eq(critmin_table_rows(t), 3);
    ck_close(cell(t, row_of(t, "partner", "CHN"), "value"), .6);
    ck_close(cell(t, 0, "value"), .25);
    ck_assert_str_eq(word(t, 0, "partner"), as_group ? "UNION" : "EUU");
    snprintf(words, sizeof words, "metric=partner_share|country=%s|denominator=imports", as_group ? "UNION" : "EUU");
    ask(words);
    ck_assert_int_eq(critmin_table_rows(t), 2);
    ck_close(cell(t, row_of(t, "partner", "CHN"), "value"), .8);
  }
  ck_close(value_of("metric=partner_share|country=UNION|partner=FRA"), .25);
  ck_close(value_of("metric=hypothetical_extraction|country=UNION|partner=FRA"), .25);
  ask("metric=partner_share|country=UNION|partner=FRA|denominator=imports");
  ck_assert(flagged(t, 0, "UNDEFINED"));
}
END_TEST

START_TEST(flows_among_members_are_no_deliveries) {
  trade_bloc(store);
  ask("metric=partner_share|country=EU27|denominator=imports");
  ck_assert_int_eq(critmin_table_rows(t), 1);
  ck_interval(t, 0, 1, 1, 1);
  ask("metric=partner_share|country=EU27|denominator=imports|netting=diluted");
  ck_assert_int_eq(critmin_table_rows(t), 2);
  ck_close(cell(t, row_of(t, "partner", "CHN"), "value"), 70. / 82);
  ck_close(cell(t, row_of(t, "partner", "EU27"), "value"), 12. / 82);
  ck_close(value_of("metric=partner_share|country=EU27|partner=CHN"), 70. / 85);
  ck_close(value_of("metric=partner_share|country=EU27|partner=CHN|netting=diluted"), 70. / 97);
  ask("metric=partner_share|country=EU27|netting=diluted");
  ck_close(sum(), 1);
  ck_close(value_of("metric=partner_share|country=EU27|partner=CHN|denominator=consumption"), 70. / 75);
  ck_close(value_of("metric=partner_share|country=EU27|partner=CHN|denominator=net"), 60. / 75);
  ck_close(value_of("metric=partner_share|country=EU27|partner=FRA"), 5. / 85);
  ask("metric=partner_share|country=ALL|denominator=imports|partner=CHN");
  ck_assert(flagged(t, 0, "UNDEFINED"));
}
END_TEST

START_TEST(pairs_of_a_source_asked_for_come_before_the_list_of_another) {
  static const char question[] = "metric=partner_share|country=UNION|partner=CHN|denominator=imports";
  trade_bloc(store);
  trade_flow(store, "CHN", "EUU", "", "share=0.6|source=second|edition=2021");
  trade_flow(store, "AUS", "EUU", "", "share=0.4|source=second|edition=2021");
  ck_close(value_of(question), .6);
  char words[128];
  snprintf(words, sizeof words, "%s|source=first", question);
  ck_close(value_of(words), 1);
  snprintf(words, sizeof words, "%s|source=second", question);
  ck_close(value_of(words), .6);
}
END_TEST

START_TEST(a_partner_may_be_a_group) {
  trade_bloc(store);
  ck_close(value_of("metric=partner_share|country=CHN|partner=EU27|denominator=imports"), 1);
  ck_close(value_of("metric=partner_share|country=DEU|partner=EU27|denominator=imports"), .2);
  ck_close(value_of("metric=partner_share|country=DEU|partner=PAIR|denominator=imports"), .8);
}
END_TEST

START_TEST(what_is_lost_at_once_is_delivered_or_made_at_home) {
  example();
  ck_close(value_of("metric=hypothetical_extraction|country=USA|partner=CHN"), .5);
  ck_close(value_of("metric=hypothetical_extraction|country=USA|partner=USA"), 20. / 120);
  ck_close(value_of("metric=partner_share|country=USA|partner=USA"), 30. / 120);
  ck_close(value_of("metric=hypothetical_extraction|country=USA|partner=PAIR"), 80. / 120);
  world_refuses(store, "metric=hypothetical_extraction|mineral=tin|country=USA", CRITMIN_ERROR_ARGUMENT, "`partner`");
  ask("metric=hypothetical_extraction|partner=CHN");
  ck_assert_int_eq(critmin_table_rows(t), 1);
}
END_TEST

START_TEST(home_made_supply_moves_the_whole_with_it) {
  world_market(store, "", "CHN", "50", "WLD", "100", NULL);
  world_figure(store, "USA", NULL, "low=10|high=40");
  world_figure(store, "DEU", NULL, "low=0|high=50");
  trade_figure(store, "imports", "USA", "60", "");
  trade_flow(store, "CHN", "USA", "60", "");
  ask("metric=hypothetical_extraction|country=USA|partner=USA|partner=CHN");
  ck_close(cell(t, 0, "low"), .6);
  ck_close(cell(t, 0, "high"), 60. / 70);
  ck_close(cell(t, 1, "low"), 10. / 70);
  ck_close(cell(t, 1, "high"), .4);
}
END_TEST

START_TEST(who_depends_on_a_partner_is_ranked_by_value) {
  trade_bloc(store);
  trade_flow(store, "WLD", "FRA", "40", "");
  ask("metric=partner_share|partner=CHN|denominator=imports|order=value");
  ck_assert_int_eq(critmin_table_rows(t), 2); /* it is no partner of its own */
  ck_assert_str_eq(word(t, 0, "country"), "DEU");
  ck_close(cell(t, 0, "value"), .8);
  ck_close(cell(t, 1, "value"), .75);
  trade_flow(store, "WLD", "DEU", "80", "");
  ask("metric=partner_share|partner=CHN|denominator=imports|order=value");
  ck_assert_str_eq(word(t, 0, "country"), "FRA");
  ask("metric=partner_share|partner=CHN|denominator=imports|order=key");
  ck_assert_str_eq(word(t, 0, "country"), "DEU");
  ask("metric=effective_number|order=value|order=1");
  ck_assert_str_eq(word(t, 0, "params"), "order=1");
}
END_TEST

START_TEST(the_newest_year_is_that_of_each) {
  trade_figure(store, "net_import_reliance", "USA", "0.5", "unit=share");
  trade_figure(store, "net_import_reliance", "USA", "0.6", "unit=share|from=2021|to=2021");
  trade_figure(store, "net_import_reliance", "USA", NULL, "unit=share|from=2022|to=2022");
  trade_figure(store, "net_import_reliance", "DEU", "0.7", "unit=share");
  critmin_table_free(t);
  t = world_ask(store, "metric=net_import_reliance|mineral=tin|year=newest|order=value");
  ck_assert_int_eq(critmin_table_rows(t), 2);
  ck_assert_str_eq(word(t, 0, "country"), "DEU");
  ck_assert_int_eq(critmin_table_integers(t, critmin_table_find(t, "year"))[1], 2021);
  world_market(store, "", "CHN", "5", "WLD", "5", NULL);
  world_market(store, "from=2030|to=2030|outlook=projected|status=projected", "CHN", "5", "WLD", "5", NULL);
  critmin_table_free(t);
  t = world_ask(store, "metric=hhi|mineral=tin|year=newest");
  ck_assert_int_eq(critmin_table_rows(t), 1);
  ck_assert_int_eq(critmin_table_integers(t, critmin_table_find(t, "year"))[0], 2020);
}
END_TEST

START_TEST(a_producer_is_lost_net_of_its_own_demand) {
  world_market(store, "", "CHN", "60", "USA", "30", "DEU", "10", "WLD", "100", NULL);
  ck_close(value_of("metric=n_minus_1|demand=90"), 40. / 90);
  no_data("metric=n_minus_1|demand=90|form=net");
  trade_figure(store, "apparent_consumption", "CHN", "45", "");
  ck_close(value_of("metric=n_minus_1|demand=90|form=net"), 40. / 45);
  ck_close(value_of("metric=n_minus_1|form=net"), 40. / 55);
  trade_figure(store, "demand", "WLD", "95", "");
  ck_close(value_of("metric=n_minus_1|form=net"), .8);
  trade_figure(store, "apparent_consumption", "USA", "15", "");
  ck_close(value_of("metric=n_minus_1|form=net|country=PAIR"), 10. / 35);
  critmin_table_free(t);
  t = trade_explain(store, "metric=n_minus_1|form=net|country=CHN");
  int64_t row = row_of(t, "role", "apparent_consumption");
  ck_assert_str_eq(word(t, row, "country"), "CHN");
  ck_close(cell(t, row_of(t, "country", "USA"), "contribution"), .6);
}
END_TEST

static double contributions(void) {
  double all = 0;
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    double adds = cell(t, row, "contribution");
    if (!isnan(adds)) all += adds;
  }
  return all;
}

static void explain(const char *words) {
  critmin_table_free(t);
  t = trade_explain(store, words);
}

START_TEST(every_term_is_explained_by_its_rows) {
  example();
  explain("metric=net_import_reliance|country=USA");
  ck_assert_int_eq(critmin_table_rows(t), 5);
  ck_close(contributions(), .7);
  ck_close(cell(t, row_of(t, "role", "imports"), "contribution"), .9);
  ck_close(cell(t, row_of(t, "role", "stock_build"), "contribution"), -.05);
  ck_assert_str_eq(word(t, row_of(t, "role", "secondary_production"), "publisher"), "First Survey");
  explain("metric=apparent_consumption|country=USA");
  ck_close(contributions(), 100);
  explain("metric=self_sufficiency|country=USA");
  ck_close(contributions(), .3);
  explain("metric=partner_share|country=USA|partner=CHN");
  int64_t row = row_of(t, "role", "flow");
  ck_close(cell(t, row, "contribution"), .5);
  ck_assert_str_eq(word(t, row, "country"), "USA");
  ck_assert_str_eq(word(t, row, "partner"), "CHN");
  int others = 0;
  double whole = 0;
  for (int64_t i = 0; i < critmin_table_rows(t); i++) {
    int is_other = strcmp(word(t, i, "role"), "other_flow") == 0;
    ck_assert(!is_other || (strcmp(word(t, i, "partner"), "CHN") != 0 && isnan(cell(t, i, "contribution"))));
    others += is_other;
    if (is_other || i == row) whole += cell(t, i, "value");
  }
  ck_assert_int_gt(others, 0);
  ck_close(whole, 90); /* what is imported of all partners, a part of what the share is of */
  trade_figure(store, "net_import_reliance", "USA", "0.75", "unit=share");
  explain("metric=net_import_reliance|country=USA");
  ck_assert_int_eq(critmin_table_rows(t), 1);
  ck_assert_str_eq(word(t, 0, "role"), "published");
  ck_close(contributions(), .75);
}
END_TEST

START_TEST(flows_of_a_group_are_explained_pair_by_pair) {
  trade_bloc(store);
  explain("metric=import_reliance|country=EU27");
  ck_close(contributions(), .8);
  for (int64_t i = 0; i < critmin_table_rows(t); i++)
    ck_assert(!(word(t, i, "country")[0] == 'D' && word(t, i, "partner")[0] == 'F'));
  explain("metric=apparent_consumption|country=EU27");
  ck_close(contributions(), 75);
  critmin_table *none = NULL;
  critmin_error error;
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection = world_selection("metric=partner_share|mineral=tin|country=CHN|denominator=imports");
  ck_assert_int_eq(critmin_metric_explain(model, selection, &none, &error), CRITMIN_ERROR_ARGUMENT);
  critmin_selection_free(selection);
  critmin_model_free(model);
}
END_TEST

START_TEST(memory_may_run_out_anywhere) {
  static const char *const questions[] = {
      ("metric=partner_share|metric=net_import_reliance|metric=hypothetical_extraction|mineral=tin|partner=CHN|"
       "denominator=consumption|order=value|year=newest"),
      "metric=partner_share|mineral=tin|country=EU27|denominator=imports|netting=diluted",
      "metric=n_minus_1|form=net|mineral=tin|country=EU27",
  };
  trade_bloc(store);
  trade_figure(store, "apparent_consumption", "DEU", "5", "");
  trade_figure(store, "apparent_consumption", "FRA", "5", "");
  critmin_model *model = world_model(store, NULL);
  for (int i = 0; i < 3; i++) {
    critmin_selection *selection = world_selection(questions[i]);
    critmin_table *made = NULL;
    critmin_error error;
    critmin_status status;
    cm_memory_fail_at(0, 0);
    ck_assert_int_eq(critmin_metric_compute(model, selection, 1, NULL, NULL, &made, &error), CRITMIN_OK);
    int64_t all = cm_memory_count();
    critmin_table_free(made);
    for (int64_t n = 1; n <= all; n++) {
      made = NULL;
      cm_memory_fail_at(n, 0);
      status = critmin_metric_compute(model, selection, 1, NULL, NULL, &made, &error);
      cm_memory_fail_at(0, 0);
      ck_assert_msg(status == CRITMIN_ERROR_MEMORY, "%d, allocation %lld: %s", i, (long long)n, error.message);
      ck_assert_ptr_null(made);
    }
    critmin_selection_free(selection);
  }
  critmin_model_free(model);
}
END_TEST

START_TEST(explanations_survive_that_too) {
  trade_bloc(store);
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection =
      world_selection("metric=import_reliance|mineral=tin|stage=mining|year=2020|country=EU27");
  critmin_table *made = NULL;
  critmin_error error;
  cm_memory_fail_at(0, 0);
  ck_assert_int_eq(critmin_metric_explain(model, selection, &made, &error), CRITMIN_OK);
  int64_t all = cm_memory_count();
  critmin_table_free(made);
  for (int64_t n = 1; n <= all; n++) {
    made = NULL;
    cm_memory_fail_at(n, 0);
    critmin_status status = critmin_metric_explain(model, selection, &made, &error);
    cm_memory_fail_at(0, 0);
    ck_assert_int_eq(status, CRITMIN_ERROR_MEMORY);
    ck_assert_ptr_null(made);
  }
  critmin_selection_free(selection);
  critmin_model_free(model);
}
END_TEST

START_TEST(the_answer_does_not_depend_on_threads) {
  trade_bloc(store);
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection = world_selection("metric=partner_share|metric=import_reliance|mineral=tin|country=EU27|"
                                                 "country=DEU|country=FRA|country=CHN|stage=mining|year=1700:2020");
  critmin_table *one = NULL, *eight = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_metric_compute(model, selection, 1, NULL, NULL, &one, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_metric_compute(model, selection, 8, NULL, NULL, &eight, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(one), critmin_table_rows(eight));
  ck_assert_int_ge(critmin_table_rows(one), 1000);
  for (int64_t row = 0; row < critmin_table_rows(one); row++) {
    double a = cell(one, row, "value"), b = cell(eight, row, "value");
    ck_assert(a == b || (isnan(a) && isnan(b)));
  }
  critmin_table_free(one);
  critmin_table_free(eight);
  critmin_selection_free(selection);
  critmin_model_free(model);
}
END_TEST

Suite *suite_catalogue_partners(void) {
  Suite *suite = suite_create("partners");
  TCase *c = tcase_create("pairs");
  tcase_add_checked_fixture(c, setup, teardown);
  tcase_add_test(c, the_four_denominators_are_those_of_the_manual);
  tcase_add_test(c, rows_of_all_partners_sum_to_one);
  tcase_add_test(c, a_partner_that_is_not_listed_may_hold_the_rest);
  tcase_add_test(c, those_that_are_listed_may_hold_what_is_traded_under_another_code);
  tcase_add_test(c, a_partial_list_bounds_shares_from_above);
  tcase_add_test(c, a_withheld_flow_is_bounded_by_the_total);
  tcase_add_test(c, money_comes_first_for_imports_and_says_so);
  tcase_add_test(c, money_is_of_supply_only_where_nothing_is_made);
  tcase_add_test(c, printed_shares_are_of_the_imports_that_are_known);
  tcase_add_test(c, shares_of_the_union_count_its_own_output);
  tcase_add_test(c, flows_among_members_are_no_deliveries);
  tcase_add_test(c, pairs_of_a_source_asked_for_come_before_the_list_of_another);
  tcase_add_test(c, a_partner_may_be_a_group);
  tcase_add_test(c, what_is_lost_at_once_is_delivered_or_made_at_home);
  tcase_add_test(c, home_made_supply_moves_the_whole_with_it);
  tcase_add_test(c, who_depends_on_a_partner_is_ranked_by_value);
  tcase_add_test(c, the_newest_year_is_that_of_each);
  tcase_add_test(c, a_producer_is_lost_net_of_its_own_demand);
  tcase_add_test(c, every_term_is_explained_by_its_rows);
  tcase_add_test(c, flows_of_a_group_are_explained_pair_by_pair);
  tcase_add_test(c, memory_may_run_out_anywhere);
  tcase_add_test(c, explanations_survive_that_too);
  tcase_add_test(c, the_answer_does_not_depend_on_threads);
  suite_add_tcase(suite, c);
  return suite;
}
