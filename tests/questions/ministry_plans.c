/* SPDX-License-Identifier: MIT */
/* A finance ministry, or its agency: what would it cost us, and what is it worth to be ready? */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "desk.h"
#include "suites.h"

/*
 * The Union, which publishes who uses gallium: integrated circuits and solar cells, .75 of it, in an industry that adds
 * 77,000 million euro a year (NACE C26), lamps, .25, in one of 89,422 (C27). What the model says of the dependence on
 * China, d, is .9 d when a tenth leaks; companies have 30 days. So .9 d is lacking from day 30 / (.9 d) on, .9 d - 30 /
 * 365 of the year's need (with d = .683: .533), of
 *   all alike          166,422 million
 *   C26 first          77,000 / .75 for the whole of it, as long as less than .75 is lacking
 *   C27 first          89,422, and 77,000 / .75 for what is beyond .25
 * How much of an industry stops is known of none: at least nothing.
 */
START_TEST(q03_what_would_a_year_without_chinas_gallium_and_germanium_cost) {
  const char *ban = "{'horizon': 365, 'users': [{'country': 'EU27', 'mineral': 'gallium', 'stage': 'refined'},"
                    "                          {'country': 'EU27', 'mineral': 'germanium', 'stage': 'refined'}],"
                    " 'shocks': [{'kind': 'ban', 'countries': 'CHN', 'minerals': ['gallium', 'germanium'],"
                    "             'stages': 'refined'}]}";
  critmin_table *inputs = desk_scenario(desk_model(), desk_reference(), ban, 0, "inputs");
  double dependence = NAN;
  for (int64_t row = 0; row < critmin_table_rows(inputs) && isnan(dependence); row++) { /* the first is of gallium */
    if (strcmp(desk_text(inputs, row, "what"), "dependence") == 0)
      dependence = critmin_table_number(inputs, critmin_table_find(inputs, "value"), row);
  }
  critmin_table_free(inputs);
  ck_assert(dependence > .6 && dependence < .75);
  double gap = .9 * dependence, unmet = gap - 30. / 365, months = unmet / gap; /* part of the year with a shortage */
  critmin_table *t = desk_scenario(desk_model(), desk_reference(), ban, 0, "cost");
  critmin_interval stake = desk_interval(t, "mineral=gallium|measure=value_at_stake");
  double efficient = desk_number(t, "mineral=gallium|measure=value_at_stake_efficient", "value"),
         perverse = desk_number(t, "mineral=gallium|measure=value_at_stake_perverse", "value");
  ck_within(stake.value, 166422e6 * unmet, 1e3);
  ck_within(efficient, 77000e6 / .75 * unmet, 1e3);
  /* The week in which it begins is short in part: what is cut first is then cut less. */
  ck_within(perverse, (89422e6 + 77000e6 * (gap - .25) / .75) * months, 5e8);
  ck_assert(efficient < stake.value && stake.value < perverse);
  ck_near(stake.low, 0);
  ck_assert(stake.high >= perverse && stake.high <= 166422e6);
  const char *flags = desk_text(t, desk_row(t, "mineral=gallium|measure=value_at_stake"), "flags");
  ck_assert(desk_has(flags, "ASSUMED") && desk_has(flags, "PERIOD_MEAN"));
  /* The price at which nobody need be rationed while it lasts: elasticities of .1 and -.2. */
  ck_within(desk_number(t, "mineral=gallium|measure=price", "value"), pow(1 - gap, -1 / .3), 1e-6);
  /* Of germanium the Union's uses are not on record: no figure, not a small one. */
  ck_assert_double_nan(desk_number(t, "mineral=germanium|measure=value_at_stake", "value"));
  critmin_table_free(t);

  /* Both at once, in books of one's own: two sectors of 100 that each stop for one mineral lose 200, one that both stop
     loses its own once. */
  static const double missing[] = {1, 0, 0, 1}, added[] = {100, 100}, one[] = {.5, .4};
  critmin_answer both;
  critmin_error error;
  critmin_answer_init(&both);
  ck_fine(critmin_value_at_stake_joint(missing, NULL, added, 2, 2, &both, &error), error);
  ck_near(both.value, 200);
  ck_fine(critmin_value_at_stake_joint(one, NULL, added, 2, 1, &both, &error), error);
  ck_near(both.value, 50);
  ck_near(both.high, 90);
}
END_TEST

/*
 * Two countries that may stop for a year, once in five: the first, of .3 of the need, with probability .1, the second,
 * of .2, with .05. Law, in years' needs: 0 .855, .2 .045, .3 .095, .5 .005. E = .04; of the worst 5 % .005 lose .5 and
 * .045 lose .3: (.0025 + .0135) / .05 = .32.
 */
START_TEST(q04_what_is_the_tail_of_unmet_demand_over_five_years_and_who_makes_it) {
  const char *five_years =
      "{'horizon': 1825, 'users': [{'country': 'JPN', 'mineral': 'gallium', 'stage': 'refined', 'inventory': 0}],"
      " 'shocks': [{'name': 'first', 'kind': 'ban', 'countries': 'CHN', 'minerals': 'gallium', 'stages': 'refined',"
      "             'share': 1, 'leak': 0, 'dependence': 0.3, 'duration': 365, 'probability': 0.1},"
      "            {'name': 'second', 'kind': 'ban', 'countries': 'RUS', 'minerals': 'gallium', 'stages': 'refined',"
      "             'share': 1, 'leak': 0, 'dependence': 0.2, 'duration': 365, 'probability': 0.05}]}";
  critmin_table *t = desk_scenario(desk_model(), desk_reference(), five_years, 100000, "draws");
  double mean = desk_number(t, "measure=days_unmet", "mean"), error_of = desk_number(t, "measure=days_unmet", "error");
  ck_assert(error_of > 0 && error_of < .5);
  ck_within(mean, .04 * 365, 5 * error_of);
  ck_within(desk_number(t, "measure=days_unmet", "var95"), .3 * 365, 1e-6);
  ck_within(desk_number(t, "measure=days_unmet", "cvar95"), .32 * 365, 1.5); /* its standard error is .28 */
  ck_within(desk_number(t, "measure=days_unmet", "probability"), .145, .006);
  critmin_table_free(t);
  /* Who: were both to happen, .3 and .2. */
  t = desk_scenario(desk_model(), desk_reference(), five_years, 0, "attribution");
  ck_near(desk_number(t, "shock=first", "value"), .3 * 365);
  ck_near(desk_number(t, "shock=second", "value"), .2 * 365);
  critmin_table_free(t);

  /* The same exactly, and the part of each in the tail: .30 and .02, which sum to it. */
  static const double loss[] = {.3, .2}, probability[] = {.1, .05};
  double law[6], sums[6];
  critmin_risk risk;
  critmin_error error;
  critmin_risk_init(&risk);
  ck_fine(critmin_loss_law(loss, probability, 2, .1, 6, law, &error), error);
  for (int i = 0; i < 6; i++) sums[i] = .1 * i;
  ck_fine(critmin_risk_of(sums, law, 6, .95, &risk, &error), error);
  ck_near(risk.mean, .04);
  ck_near(risk.var, .3);
  ck_near(risk.cvar, .32);
  static const double parts[] = {0, 0, .3, 0, 0, .2, .3, .2}, states[] = {.855, .095, .045, .005};
  double part[2], tail;
  ck_fine(critmin_tail_parts(parts, NULL, states, 4, 2, .95, part, &tail, &error), error);
  ck_near(part[0], .30);
  ck_near(part[1], .02);
  ck_near(tail, .32);
  /* With a buffer of .3 losses no longer add up: of .6, .3 and .1, Shapley's (.4667, .1667, .0667), in all .7. */
  double coalition[8], shapley[3];
  static const double own[] = {.6, .3, .1};
  for (int s = 0; s < 8; s++) {
    double all = 0;
    for (int i = 0; i < 3; i++) all += (s >> i & 1) * own[i];
    coalition[s] = fmax(0, all - .3);
  }
  ck_fine(critmin_shapley(coalition, 3, shapley, &error), error);
  ck_within(shapley[0], .4667, 5e-5);
  ck_within(shapley[1], .1667, 5e-5);
  ck_within(shapley[2], .0667, 5e-5);
}
END_TEST

/*
 * Without the one country there are 100 t of ore, plants for 40, and a need of 80 t of metal. A tonne more of ore helps
 * nobody, a tonne of metal, or of plant, replaces one that is lacking. For 1000 USD a tonne costs 5 as ore by offtake,
 * 20 as plant, 30 recycled (10 t at most), 60 in a reserve; the plant can grow by 15 t. To lack nothing in the worst
 * cases takes 15 t of plant, 10 recycled and 15 in reserve, 300 + 300 + 900 = 1500; to lack 20 t at most 15 of plant
 * and 5 recycled, 450.
 */
START_TEST(q05_which_tonne_buys_most_security) {
  enum { ORE, PLANT, METAL, USE, NODES };
  static const double supply[NODES] = {100, 0, 0, 0}, need[NODES] = {0, 0, 0, 80}, room[] = {INFINITY, 40, INFINITY};
  static const int32_t from[] = {ORE, PLANT, METAL}, to[] = {PLANT, METAL, USE};
  critmin_transport chain;
  critmin_error error;
  double unmet[NODES], more[NODES];
  critmin_transport_init(&chain);
  chain.arcs = 3;
  chain.nodes = NODES;
  chain.supply = supply;
  chain.need = need;
  chain.from = from;
  chain.to = to;
  chain.capacity = room;
  ck_fine(critmin_least_unmet(&chain, unmet, NULL, more, NULL, NULL, &error), error);
  ck_near(unmet[USE], 40);
  ck_near(more[ORE], 0);
  ck_near(more[METAL], 1);

  enum { OFFTAKE, SEPARATION, RECYCLING, RESERVE, OPTIONS };
  static const double gap[] = {40, 0}, probability[] = {.1, .9}, cost[OPTIONS] = {5, 20, 30, 60},
                      limit[OPTIONS] = {INFINITY, 15, 10, INFINITY}, effect[] = {0, 1, 1, 1, 0, 1, 1, 1},
                      target[] = {20, 0};
  critmin_mitigation ready;
  double paid[2], units[2 * OPTIONS];
  critmin_mitigation_init(&ready);
  ready.options = OPTIONS;
  ready.outcomes = 2;
  ready.gap = gap;
  ready.probability = probability;
  ready.effect = effect;
  ready.cost = cost;
  ready.limit = limit;
  ready.level = .95;
  critmin_status status = critmin_mitigation_cost(&ready, target, 2, paid, units, &error);
  if (status != CRITMIN_ERROR_UNSUPPORTED) {
    ck_fine(status, error);
    ck_within(paid[0], 450, 1e-6);
    ck_within(paid[1], 1500, 1e-6);
    ck_within(units[OPTIONS + OFFTAKE], 0, 1e-6);
    ck_within(units[OPTIONS + SEPARATION], 15, 1e-6);
    ck_within(units[OPTIONS + RECYCLING], 10, 1e-6);
    ck_within(units[OPTIONS + RESERVE], 15, 1e-6);
  }

  /* Japan's heavy rare earths: of 500 t a year .783 are lacking once the agreement runs in full: a tonne more in
     the reserve lasts 365 / 500 / .783 = .932 days. A tonne a year more of the agreement brings .8 x .9, less what
     its ramp of 90 days costs: .72 (365 - 45) / 365 = .631 t in the year. */
  const char *japan = "{'start': '2026-01-06', 'horizon': 365,"
                      " 'users': [{'country': 'JPN', 'mineral': 'rare_earths_heavy', 'stage': 'separated'}],"
                      " 'shocks': [{'kind': 'ban', 'countries': 'CHN', 'minerals': ['rare_earths_heavy',"
                      "             'rare_earths'], 'stages': ['separated', 'metal', 'magnet'], 'targets': 'JPN'}],"
                      " 'reserves': [{'record': 'jpn_rare_metals_target', 'days': 60}],"
                      " 'agreements': [{'record': 'lynas_jare_2023'}]}";
  critmin_table *t = desk_scenario(desk_model(), desk_reference(), japan, 0, "worth");
  ck_within(desk_number(t, "instrument=jpn_rare_metals_target", "days_later"), 365 / 500. / .783, 1e-4);
  ck_within(desk_number(t, "instrument=jpn_rare_metals_target", "unmet_less"), 1, 1e-6);
  ck_within(desk_number(t, "instrument=lynas_jare_2023", "unmet_less"), .72 * 320 / 365, 1e-6);
  critmin_table_free(t);
}
END_TEST

/*
 * A tonne in store costs 500 USD a year, one that is lacking 50,000; an event comes every ten years: worth holding is
 * what is needed with a probability above 500 / (.1 x 50,000) = .1. Gaps of an exponential law of mean 200 t: 200 ln 10
 * = 460.5 t. Of gaps of 100, 200, 300, ..., 1000 t alike: the ninth, 900 t.
 */
START_TEST(q06_how_big_should_a_reserve_be) {
  critmin_error error;
  double tonnes, more, less, gaps[10];
  ck_fine(critmin_reserve_size_exponential(200, .1, 50000, 500, &tonnes, &error), error);
  ck_within(tonnes, 460.5, .05);
  for (int i = 0; i < 10; i++) gaps[i] = 100 * (i + 1);
  ck_fine(critmin_reserve_size(gaps, NULL, 10, .1, 50000, 500, &tonnes, &error), error);
  ck_near(tonnes, 900);
  /* One more there brings .1 x 50,000 x P(gap > 900) - 500 = 0, one less costs .1 x 50,000 x .2 - 500 = 500. */
  ck_fine(critmin_reserve_value(gaps, NULL, 10, .1, 50000, 500, 900, &more, &less, &error), error);
  ck_near(more, 0);
  ck_near(less, 500);
  /* Not worth holding where an event comes every two hundred years. */
  ck_fine(critmin_reserve_size(gaps, NULL, 10, .005, 50000, 500, &tonnes, &error), error);
  ck_near(tonnes, 0);

  /* Gaps drawn from a scenario: Japan's gallium, 100 t a year, .3 of it Chinese for certain, for 100 to 300 days. The
     mean of what is lacking is .3 x 200 / 365 of 100 t: 16.4; the reserve covers all but the longest tenth, 280 days:
     23.0 t. */
  critmin_law days = {.kind = CRITMIN_LAW_UNIFORM, .low = 100, .high = 300};
  enum { DRAWS = 20000 };
  static double drawn[DRAWS];
  ck_fine(critmin_draw_terms(&days, 1, 1, 0, DRAWS, 0, drawn, &error), error);
  for (int i = 0; i < DRAWS; i++) drawn[i] *= .3 * 100 / 365;
  ck_fine(critmin_reserve_size(drawn, NULL, DRAWS, .1, 50000, 500, &tonnes, &error), error);
  ck_within(tonnes, .3 * 100 * 280 / 365, .1);
}
END_TEST

/* Allies need 100, 150 and 150 t; 280 remain. Alike .7 each: 30, 45 and 45 are lacking. If the third comes last: 0, 0
   and 120. Served first nobody lacks anything, served last all lack what the others take. */
START_TEST(q09_who_gains_and_who_loses_when_allies_share_by_priority) {
#define PACT                                                                                                           \
  "{'horizon': 365, 'allocation': 'proportional',"                                                                     \
  " 'users': [{'country': 'JPN', 'mineral': 'gallium', 'stage': 'refined', 'demand': 100, 'inventory': 0},"            \
  "           {'country': 'USA', 'mineral': 'gallium', 'stage': 'refined', 'demand': 150, 'inventory': 0},"            \
  "           {'country': 'DEU', 'mineral': 'gallium', 'stage': 'refined', 'demand': 150, 'inventory': 0}],"           \
  " 'shocks': [{'kind': 'ban', 'countries': 'CHN', 'minerals': 'gallium', 'stages': 'refined', 'share': 1, 'leak': 0," \
  "             'targets': ['JPN', 'USA', 'DEU'], 'dependence': 0.3}]"
  critmin_table *alike = desk_scenario(desk_model(), desk_reference(), PACT "}", 0, "users"),
                *tiers = desk_scenario(desk_model(), desk_reference(), PACT ", 'tiers': [['JPN', 'USA']]}", 0, "users");
#undef PACT
  static const struct {
    const char *user;
    double proportional, priority, last;
  } users[] = {{"measure=unmet|country=JPN", 30, 0, 100},
               {"measure=unmet|country=USA", 45, 0, 120},
               {"measure=unmet|country=DEU", 45, 120, 120}};
  double all[2] = {0, 0};
  for (int64_t i = 0; i < COUNT(users); i++) {
    double is = desk_number(alike, users[i].user, "value"), then = desk_number(tiers, users[i].user, "value");
    ck_near(is, users[i].proportional);
    ck_near(then, users[i].priority);
    ck_near(desk_number(alike, users[i].user, "best"), 0);
    ck_near(desk_number(alike, users[i].user, "worst"), users[i].last);
    all[0] += is;
    all[1] += then;
  }
  ck_near(all[0], all[1]); /* a pact moves the shortage, it does not end it */
  critmin_table_free(alike);
  critmin_table_free(tiers);

  /* The optimum for all leaves as much unmet, and a tonne more is worth a tonne to each. */
  static const double supply[] = {280, 0, 0, 0}, need[] = {0, 100, 150, 150};
  static const int32_t from[] = {0, 0, 0}, to[] = {1, 2, 3};
  critmin_transport pool;
  critmin_error error;
  double unmet[4], more[4], objective;
  critmin_transport_init(&pool);
  pool.arcs = 3;
  pool.nodes = 4;
  pool.supply = supply;
  pool.need = need;
  pool.from = from;
  pool.to = to;
  ck_fine(critmin_least_unmet(&pool, unmet, NULL, more, NULL, &objective, &error), error);
  ck_near(objective, 120);
  ck_near(more[0], 1);
}
END_TEST

Suite *suite_ministry_plans(void) {
  Suite *suite = suite_create("ministry_plans");
  TCase *plans = desk_case("plans");
  tcase_add_test(plans, q03_what_would_a_year_without_chinas_gallium_and_germanium_cost);
  tcase_add_test(plans, q04_what_is_the_tail_of_unmet_demand_over_five_years_and_who_makes_it);
  tcase_add_test(plans, q05_which_tonne_buys_most_security);
  tcase_add_test(plans, q06_how_big_should_a_reserve_be);
  tcase_add_test(plans, q09_who_gains_and_who_loses_when_allies_share_by_priority);
  suite_add_tcase(suite, plans);
  return suite;
}
