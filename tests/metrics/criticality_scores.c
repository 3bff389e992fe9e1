/* SPDX-License-Identifier: MIT */
/* Trade-weighted concentration, the United States' methods, the risk lists, Hoskins, SCARCE, and the presets behind them. */
#include <string.h>

#include "critmin/critmin.h"
#include "critmin/criticality.h"
#include "kernel.h"
#include "suites.h"
#include "terms.h"

static const double shares[] = {50, 30, 20}, governance[] = {6, 3, 1};

START_TEST(trade_measures_weigh_the_index) {
  const double trade[] = {1.1, 1, .8};
  ANSWER(a, critmin_hhi_wgi_t(shares, governance, trade, 3, 1.5, NULL, &a, &error_));
  NEAR(a.value, 1.952);
  NEAR(a.low, 1.952);
  NEAR(a.high, 1.952);
}
END_TEST

START_TEST(neutral_trade_leaves_the_index) {
  const double trade[] = {1, 1, 1, 1}, withheld[] = {50, 30, NAN, NAN}, weights[] = {6, 3, NAN, 8};
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = 110;
  supply.other = 4;
  ANSWER(a, critmin_hhi_wgi_t(withheld, weights, trade, 4, 1, &supply, &a, &error_));
  ANSWER(b, critmin_hhi_wgi(withheld, weights, 4, &supply, &b, &error_));
  NEAR(a.value, b.value);
  NEAR(a.low, b.low);
  NEAR(a.high, b.high);
  ck_assert_uint_eq(a.flags, b.flags);
}
END_TEST

START_TEST(unlisted_producers_may_be_under_the_heaviest_measure) {
  const double trade[] = {1.1, 1, .8};
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.other = 100;
  ANSWER(a, critmin_hhi_wgi_t(shares, governance, trade, 3, 1.5, &supply, &a, &error_));
  NEAR(a.low, 1.952 / 4);
  NEAR(a.high, 1.952 / 4 + .25 * 15);
}
END_TEST

START_TEST(a_missing_score_is_an_interval_under_its_measure) {
  const double trade[] = {1, 1.2, 1}, missing[] = {6, NAN, 1};
  ANSWER(a, critmin_hhi_wgi_t(shares, missing, trade, 3, 1.5, NULL, &a, &error_));
  double mean = (.5 * 6 + .2 * 1) / .7;
  NEAR(a.value, 1.5 + .09 * mean * 1.2 + .04);
  NEAR(a.low, 1.54);
  NEAR(a.high, 1.54 + .09 * 12);
  ck_assert(a.flags & CRITMIN_FLAG_WGI_IMPUTED);
}
END_TEST

/* Withheld quantities inside a total, missing scores, measures of every kind: completions at random, then at the corners. */
START_TEST(the_bounds_hold_every_completion) {
  enum { N = 5, WITHHELD = 3 };
  stream random = {.state = 31};
  for (int round = 0; round < 300; round++) {
    double quantity[N], low[N], high[N], weights[N], trade[N], total = 0;
    for (int i = 0; i < N; i++) {
      low[i] = (double)stream_integer(&random, 0, 5);
      high[i] = i < WITHHELD ? low[i] + (double)stream_integer(&random, 1, 9) : low[i];
      quantity[i] = i < WITHHELD ? NAN : low[i];
      weights[i] = stream_integer(&random, 0, 3) ? stream_uniform(&random, 0, 10) : NAN;
      trade[i] = .8 + .1 * (double)stream_integer(&random, 0, 7);
      total += low[i] + (high[i] - low[i]) * .4;
    }
    weights[N - 1] = 4;
    critmin_supply supply;
    critmin_supply_init(&supply);
    supply.low = low;
    supply.high = high;
    supply.total = total;
    ANSWER(a, critmin_hhi_wgi_t(quantity, weights, trade, N, 1.5, &supply, &a, &error_));
    for (int attempt = 0; attempt < 60; attempt++) {
      double x[N], left = total, index = 0;
      for (int i = 0; i < N; i++) left -= x[i] = low[i];
      for (int i = 0; i < WITHHELD; i++) {
        int at = (i + attempt) % WITHHELD;
        double room = fmin(left, high[at] - low[at]), part = attempt % 2 ? room : stream_uniform(&random, 0, room);
        x[at] += part;
        left -= part;
      }
      for (int i = 0; i < WITHHELD; i++) {
        double part = fmin(left, high[i] - x[i]);
        x[i] += part;
        left -= part;
      }
      for (int i = 0; i < N; i++) {
        double w = !isnan(weights[i]) ? weights[i] : attempt % 3 ? stream_uniform(&random, 0, 10) : 10 * (double)(attempt % 2);
        index += x[i] * x[i] * w * trade[i] / (total * total);
      }
      if (index < a.low - 1e-9 || index > a.high + 1e-9) ck_abort_msg("%g is outside [%g, %g]", index, a.low, a.high);
    }
    if (a.value < a.low || a.value > a.high) ck_abort_msg("%g is outside [%g, %g]", a.value, a.low, a.high);
  }
}
END_TEST

START_TEST(a_trade_measure_off_the_table_is_refused) {
  const double high[] = {1, 1.6, 1}, none[] = {1, NAN, 1};
  critmin_answer a;
  critmin_answer_init(&a);
  REFUSED(critmin_hhi_wgi_t(shares, governance, high, 3, 1.5, NULL, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "producer 1");
  REFUSED(critmin_hhi_wgi_t(shares, governance, none, 3, 1.5, NULL, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "trade");
  REFUSED(critmin_hhi_wgi_t(shares, governance, high, 3, 0, NULL, &a, &error_), CRITMIN_ERROR_ARGUMENT, "trade_highest");
  REFUSED(critmin_hhi_wgi_t(shares, governance, NULL, 3, 1, NULL, &a, &error_), CRITMIN_ERROR_ARGUMENT, "trade");
}
END_TEST

START_TEST(the_survey_takes_the_geometric_mean) {
  critmin_interval dp = exactly(.6), te = exactly(.8), ev = exactly(.5), zero = exactly(0), range = between(.4, .6);
  ANSWER(a, critmin_usgs_supply_risk(&dp, &te, &ev, &a, &error_));
  ck_assert_double_eq_tol(a.value, .621447, 1e-6);
  ck_assert(a.flags & CRITMIN_FLAG_UNVERIFIED_PRESET);
  ANSWER(none, critmin_usgs_supply_risk(&dp, &zero, &ev, &none, &error_));
  ck_assert_double_eq(none.value, 0);
  ANSWER(c, critmin_nstc_criticality_potential(&dp, &te, &range, &c, &error_));
  NEAR(c.value, a.value);
  NEAR(c.low, cbrt(.6 * .8 * .4));
  NEAR(c.high, cbrt(.6 * .8 * .6));
  critmin_interval percent = exactly(60), unknown = exactly(NAN);
  REFUSED(critmin_usgs_supply_risk(&percent, &te, &ev, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "disruption_potential");
  REFUSED(critmin_nstc_criticality_potential(&dp, NULL, &ev, &a, &error_), CRITMIN_ERROR_ARGUMENT, "production_growth");
  ANSWER(u, critmin_usgs_supply_risk(&unknown, &te, &ev, &u, &error_));
  ck_assert(isnan(u.value) && u.flags & CRITMIN_FLAG_NO_DATA);
}
END_TEST

START_TEST(ability_and_willingness_multiply) {
  const double ability[] = {.5, 0, NAN}, willingness[] = {.8, NAN, .5};
  ANSWER(a, critmin_usgs_disruption_potential(shares, ability, willingness, 3, NULL, &a, &error_));
  NEAR(a.low, .25 * .4);        /* a country perfectly able adds nothing, however unwilling */
  NEAR(a.high, .25 * .4 + .04); /* one whose ability is not known may add its whole square */
  ck_assert(a.flags & CRITMIN_FLAG_WGI_IMPUTED);
  const double off[] = {.5, 50, .1};
  REFUSED(critmin_usgs_disruption_potential(shares, off, willingness, 3, NULL, &a, &error_), CRITMIN_ERROR_INVALID_VALUE,
          "ability of producer 1");
}
END_TEST

START_TEST(expected_effects_add_up) {
  const critmin_interval p[] = {exactly(1), between(.1, .3)}, effect[] = {exactly(-4498), {-100, -200, 50}};
  ANSWER(a, critmin_usgs_expected_effect(p, effect, 2, &a, &error_));
  NEAR(a.value, -4498 - .2 * 100);
  NEAR(a.low, -4498 - .3 * 200);
  NEAR(a.high, -4498 + .3 * 50);
  const critmin_interval wrong[] = {exactly(1), exactly(20)};
  REFUSED(critmin_usgs_expected_effect(wrong, effect, 2, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "probability");
  ANSWER(none, critmin_usgs_expected_effect(p, effect, 0, &none, &error_));
  ck_assert(isnan(none.value));
}
END_TEST

START_TEST(class_scores_make_the_risk_lists) {
  const double rare_earths[] = {3, 3, 3, 3, 3, 3, 2}, unknown[] = {3, NAN, 3, 3, NAN, 3, 2}, first[] = {4, 5, 5, 3};
  ANSWER(a, critmin_bgs_risk(2015, rare_earths, 7, &a, &error_));
  NEAR(a.value, 10 * 20.0 / 21);
  NEAR(a.low, a.high);
  ANSWER(b, critmin_bgs_risk(2015, unknown, 7, &b, &error_));
  NEAR(b.value, 10 * 14.0 / 15);
  NEAR(b.low, 10 * 16.0 / 21);
  NEAR(b.high, 10 * 20.0 / 21);
  ck_assert(b.flags & CRITMIN_FLAG_NOT_AVAILABLE);
  ANSWER(c, critmin_bgs_risk(2011, first, 4, &c, &error_));
  NEAR(c.value, 8.5);
  const double off[] = {2.5, 1, 1, 1}, beyond[] = {6, 1, 1, 1};
  REFUSED(critmin_bgs_risk(2011, off, 4, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "score 0");
  REFUSED(critmin_bgs_risk(2011, beyond, 4, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "score 0");
  REFUSED(critmin_bgs_risk(2011, off, 7, &a, &error_), CRITMIN_ERROR_ARGUMENT, "4 criteria");
  REFUSED(critmin_bgs_risk(2012, off, 7, &a, &error_), CRITMIN_ERROR_ARGUMENT, "edition");
}
END_TEST

START_TEST(hoskins_squares_the_risk_too) {
  ANSWER(a, critmin_hoskins(shares, governance, 3, -1, NULL, &a, &error_));
  NEAR(a.value, .985);
  ANSWER(own, critmin_hoskins(shares, governance, 3, 0, NULL, &own, &error_));
  NEAR(own.value, .985 - .9);
  const double missing[] = {6, NAN, 1};
  ANSWER(m, critmin_hoskins(shares, missing, 3, -1, NULL, &m, &error_));
  NEAR(m.value, (9 + 2.25 + .04) / 10);
  NEAR(m.low, (9 + .04) / 10);
  NEAR(m.high, (9 + 9 + .04) / 10);
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = 200; /* untracked production is no part of the shares */
  ANSWER(tracked, critmin_hoskins(shares, governance, 3, -1, &supply, &tracked, &error_));
  NEAR(tracked.value, .985);
  ck_assert(tracked.flags & CRITMIN_FLAG_LISTED_ONLY);
  const double off[] = {60, 3, 1};
  REFUSED(critmin_hoskins(shares, off, 3, -1, NULL, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "risk of producer 0");
  REFUSED(critmin_hoskins(shares, governance, 3, 3, NULL, &a, &error_), CRITMIN_ERROR_ARGUMENT, "own");
}
END_TEST

START_TEST(scarce_measures_distance_to_targets) {
  /* Concentration against 0.15, rising; mining capacity against 50 years, falling. */
  const double indicators[] = {.30, 25, .15, 100, .10, 50, .30, 50}, target[] = {.15, 50};
  const int32_t rising[] = {1, 0};
  double scores[4];
  critmin_error e;
  ck_assert_int_eq(critmin_scarce_supply_risk(indicators, 4, 2, target, rising, scores, &e), CRITMIN_OK);
  /* Squared ratios: 4 4, 1 0 (0.25), 0 (0.44) 1, 4 1; to 0 to 1: 1 1, 1/4 0, 0 1/4, 1 1/4; sums 2, 1/4, 1/4, 5/4. */
  NEAR(scores[0], 1);
  NEAR(scores[1], 0);
  NEAR(scores[2], 0);
  NEAR(scores[3], (1.25 - .25) / 1.75);
  const double unknown[] = {.30, 25, NAN, 100, .10, 50, .30, 50};
  ck_assert_int_eq(critmin_scarce_supply_risk(unknown, 4, 2, target, rising, scores, &e), CRITMIN_OK);
  ck_assert(isnan(scores[1]) && !isnan(scores[0]) && !isnan(scores[2]));
  const double nothing[] = {0, 50};
  REFUSED(critmin_scarce_supply_risk(indicators, 4, 2, nothing, rising, scores, &error_), CRITMIN_ERROR_INVALID_VALUE, "target 0");
  REFUSED(critmin_scarce_supply_risk(indicators, 0, 2, target, rising, scores, &error_), CRITMIN_ERROR_ARGUMENT, "materials");
}
END_TEST

START_TEST(presets_say_where_they_are_from) {
  critmin_table *table;
  critmin_error e;
  ck_assert_int_eq(critmin_preset_list(&table, &e), CRITMIN_OK);
  int32_t source = critmin_table_find(table, "source"), verified = critmin_table_find(table, "verified");
  int64_t unread = 0, rows = critmin_table_rows(table);
  for (int64_t row = 0; row < rows; row++) {
    ck_assert(critmin_table_text(table, source, row)[0] != '\0');
    unread += critmin_table_integers(table, verified)[row] == 0;
    for (int64_t other = 0; other < row; other++)
      ck_assert(strcmp(critmin_table_text(table, 0, row), critmin_table_text(table, 0, other)) != 0 ||
                strcmp(critmin_table_text(table, 1, row), critmin_table_text(table, 1, other)) != 0);
  }
  ck_assert_int_gt(unread, 0);
  ck_assert_int_lt(unread, rows);
  critmin_table_free(table);
  double value;
  int32_t read;
  ck_assert_int_eq(critmin_preset("eu_2017", "governance_best", &value, &read, &e), CRITMIN_OK);
  ck_assert_double_eq(value, 3);
  ck_assert_int_eq(read, 1);
  ck_assert_int_eq(critmin_preset("EU-2020", "governance best", &value, &read, &e), CRITMIN_OK);
  ck_assert_int_eq(read, 0);
  REFUSED(critmin_preset("eu_2018", "governance_best", &value, NULL, &error_), CRITMIN_ERROR_UNKNOWN_NAME, "eu_201");
  REFUSED(critmin_preset("eu_2017", "governance_beast", &value, NULL, &error_), CRITMIN_ERROR_UNKNOWN_NAME, "governance_best");
}
END_TEST

static int32_t weighted_without_memory(void *user) {
  const double trade[] = {1, 1, 1, 1}, withheld[] = {50, 30, NAN, NAN}, weights[] = {6, 3, NAN, 8};
  const double indices[] = {.5, .1, .2, .3};
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = 110;
  critmin_answer a = {.struct_size = sizeof a};
  critmin_error e;
  (void)user;
  critmin_status status = critmin_hhi_wgi_t(withheld, weights, trade, 4, 1, &supply, &a, &e);
  if (!status) status = critmin_hoskins(withheld, weights, 4, -1, &supply, &a, &e);
  if (!status) status = critmin_usgs_disruption_potential(withheld, indices, indices, 4, &supply, &a, &e);
  const double indicators[] = {1, 2, 3, 4}, target[] = {1, 1};
  const int32_t rising[] = {1, 1};
  double scores[2];
  if (!status) status = critmin_scarce_supply_risk(indicators, 2, 2, target, rising, scores, &e);
  critmin_table *table;
  if (!status) {
    status = critmin_preset_list(&table, &e);
    if (!status) critmin_table_free(table);
  }
  return status;
}

START_TEST(memory_may_run_out_anywhere) { fail_each_allocation(weighted_without_memory, NULL); }
END_TEST

Suite *suite_criticality_scores(void) {
  Suite *suite = suite_create("criticality_scores");
  TCase *cases = tcase_create("scores");
  tcase_add_test(cases, trade_measures_weigh_the_index);
  tcase_add_test(cases, neutral_trade_leaves_the_index);
  tcase_add_test(cases, unlisted_producers_may_be_under_the_heaviest_measure);
  tcase_add_test(cases, a_missing_score_is_an_interval_under_its_measure);
  tcase_add_test(cases, the_bounds_hold_every_completion);
  tcase_add_test(cases, a_trade_measure_off_the_table_is_refused);
  tcase_add_test(cases, the_survey_takes_the_geometric_mean);
  tcase_add_test(cases, ability_and_willingness_multiply);
  tcase_add_test(cases, expected_effects_add_up);
  tcase_add_test(cases, class_scores_make_the_risk_lists);
  tcase_add_test(cases, hoskins_squares_the_risk_too);
  tcase_add_test(cases, scarce_measures_distance_to_targets);
  tcase_add_test(cases, presets_say_where_they_are_from);
  tcase_add_test(cases, memory_may_run_out_anywhere);
  suite_add_tcase(suite, cases);
  return suite;
}
