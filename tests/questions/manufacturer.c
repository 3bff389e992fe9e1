/* SPDX-License-Identifier: MIT */
/* A maker of motors and magnets: what it buys, of whom, and what it holds are in a store of its own, where it is a
   country like any other. */
#include <math.h>
#include <string.h>

#include "desk.h"
#include "suites.h"

static critmin_store *store;
static critmin_model *model;

/* The company is XAA, a code that ISO 3166 leaves to its users. */
static void keep_books(void) {
  static const char *const rows[] = {
      "country|country=XAA|name=Motor works",
#define BOUGHT "flow|from=2025|to=2025|importer=XAA|source=own|edition=own|"
      BOUGHT "mineral=dysprosium|stage=separated|exporter=CHN|quantity=8|basis=oxide",
      BOUGHT "mineral=dysprosium|stage=separated|exporter=MYS|quantity=2|basis=oxide",
      BOUGHT "mineral=neodymium|stage=separated|exporter=CHN|quantity=30|basis=oxide",
      BOUGHT "mineral=neodymium|stage=separated|exporter=MYS|quantity=70|basis=oxide",
      BOUGHT "mineral=copper|stage=refined|exporter=CHL|quantity=500|basis=content",
#undef BOUGHT
#define PAID "flow|from=2024|to=2024|importer=XAA|mineral=rare_earths|stage=magnet|source=own|edition=own|currency=USD|"
      PAID "exporter=JPN|amount=600000|basis=gross",
      PAID "exporter=DEU|amount=300000|basis=gross",
#undef PAID
      /* The trade of the world knows nothing of a company: of magnets its books are asked first. */
      "source_rank|measure=flow|mineral=rare_earths|stage=magnet|source=own|rank=1",
      "source_rank|measure=flow|mineral=rare_earths|stage=magnet|source=cepii_baci|rank=2",
  };
  store = desk_own_store();
  for (int64_t i = 0; i < COUNT(rows); i++) desk_set(store, rows[i]);
  model = desk_load(store);
}

static void close_books(void) {
  critmin_model_free(model);
  desk_own_close(store);
}

static void reload(void) {
  critmin_model_free(model);
  model = desk_load(store);
}

/* Days until a product cannot be made in full: the shortest of the materials that it needs. */
static double first_short(const critmin_table *users, const char *const *minerals, int64_t n, const char *end) {
  double days = INFINITY;
  for (int64_t i = 0; i < n; i++) {
    char words[128] = "measure=days_to_shortage|mineral=";
    strcat(words, minerals[i]);
    days = fmin(days, desk_number(users, words, end));
  }
  return days;
}

/*
 * Oxides in stock: dysprosium for 40 days, neodymium for 60. China stops both. Of dysprosium .8 comes from it, of
 * neodymium .3; of what Malaysia sells at most .08 is made of Chinese material, so that at most .816 and .356 are
 * lacking: short on day 40 / .816 = 49.0 and 60 / .356 = 168.5 at the earliest. Of what China itself no longer sells,
 * on day 40 / .8 = 50 and 60 / .3 = 200: the value. A motor needs both, a loudspeaker no dysprosium, a cable neither.
 */
START_TEST(q13_which_of_my_products_stop_first_and_after_how_many_days) {
  const char *ban = "{'start': '2026-01-06', 'horizon': 365,"
                    " 'users': [{'country': 'XAA', 'mineral': 'dysprosium', 'stage': 'separated', 'demand': 10,"
                    "            'inventory': 40},"
                    "           {'country': 'XAA', 'mineral': 'neodymium', 'stage': 'separated', 'demand': 100,"
                    "            'inventory': 60},"
                    "           {'country': 'XAA', 'mineral': 'copper', 'stage': 'refined', 'demand': 500,"
                    "            'inventory': 20}],"
                    " 'shocks': [{'kind': 'ban', 'countries': 'CHN', 'minerals': ['dysprosium', 'neodymium'],"
                    "             'stages': 'separated', 'share': 1, 'leak': 0}]}";
  critmin_table *t = desk_scenario(model, store, ban, 0, "users");
  static const char *const motor[] = {"neodymium", "dysprosium", "copper"}, *const speaker[] = {"neodymium", "copper"},
                           *const cable[] = {"copper"};
  ck_within(first_short(t, motor, 3, "low"), 40 / .816, 1e-6);
  ck_near(first_short(t, motor, 3, "value"), 50);
  ck_within(first_short(t, speaker, 2, "low"), 60 / .356, 1e-6);
  ck_near(first_short(t, speaker, 2, "value"), 200);
  ck_assert_double_infinite(first_short(t, cable, 1, "low"));

  /* How many can be made in the year: no more than the scarcest material allows. */
  static const double mass[] = {.6, .03, 5};
  critmin_bill bill;
  critmin_answer made;
  critmin_error error;
  int64_t limiting;
  critmin_bill_init(&bill);
  critmin_answer_init(&made);
  bill.count = 3;
  bill.mass = mass;
  critmin_interval fill[3];
  for (int64_t i = 0; i < 3; i++) {
    char words[128] = "measure=share_unmet|mineral=";
    strcat(words, motor[i]);
    critmin_interval unmet = desk_interval(t, words);
    fill[i] = (critmin_interval){1 - unmet.value, 1 - unmet.high, 1 - unmet.low};
  }
  ck_fine(critmin_bill_fill(&bill, fill, &limiting, &made, &error), error);
  ck_assert_int_eq(limiting, 1);
  /* At worst 49.0 days in full, and .184 of the rest: (40 + .184 x 365) / 365. */
  ck_within(made.low, 40 / 365. + .184, 1e-6);
  ck_near(made.value, 40 / 365. + .2);
  ck_assert_double_ge(made.high, made.value);
  critmin_table_free(t);
}
END_TEST

/*
 * Two thirds of the magnets come from a Japanese maker, a third from a German one: what these countries have stands for
 * what they sell. Then a tenth of the ledger is of a supplier nobody knows: all of it may be Chinese, or nothing.
 */
START_TEST(q14_what_is_my_exposure_in_tier_n_with_an_upper_bound_where_i_know_nothing) {
  const char *asked = "metric=origin_share|mineral=rare_earths|stage=magnet|partner=CHN|year=2024|set=at=separated|"
                      "country=XAA|country=JPN|country=DEU";
  critmin_table *t = desk_metric(model, asked);
  critmin_interval mine = desk_interval(t, "country=XAA"), japan = desk_interval(t, "country=JPN"),
                   germany = desk_interval(t, "country=DEU");
  ck_near(mine.value, (2 * japan.value + germany.value) / 3);
  ck_near(mine.low, (2 * japan.low + germany.low) / 3);
  ck_near(mine.high, (2 * japan.high + germany.high) / 3);
  ck_assert(mine.high < 1 && mine.value > .5); /* neither seller is China, and most of it is from there */
  ck_assert(desk_has(desk_text(t, desk_row(t, "country=XAA"), "flags"), "ASSUMED"));
  critmin_table_free(t);

  desk_set(store, "flow|from=2024|to=2024|importer=XAA|mineral=rare_earths|stage=magnet|source=own|edition=own|"
                  "currency=USD|exporter=WLD|amount=1000000|basis=gross");
  reload();
  t = desk_metric(model, asked);
  critmin_interval open = desk_interval(t, "country=XAA");
  ck_near(open.low, .9 * mine.low);
  ck_near(open.high, .9 * mine.high + .1);
  ck_near(desk_number(t, "country=XAA", "coverage"),
          .9 * (2 * desk_number(t, "country=JPN", "coverage") + desk_number(t, "country=DEU", "coverage")) / 3);
  critmin_table_free(t);

  /* The ledger by itself, in a network of one's own. Oxide: Japan has 15 of China and 10 of Australia. Magnets: 6 t of
     a Japanese maker who does not say, .6 Chinese; 3 t of one who says that his oxide is Australian; 1 t bought in
     Germany, of which nothing is known. 3.6 + 0 of 10, at most 4.6; what was taken from Japan's pool is .6 of it. */
  enum { JPN, CHN, AUS, DEU, COUNTRIES };
  static const double oxide[COUNTRIES] = {0, 100, 50, 0}, intake[COUNTRIES] = {25, 0, 0, 0},
                      magnets[COUNTRIES] = {25, 0, 0, 0}, bought[] = {15, 10}, tonnes[] = {6, 3, 1};
  static const int32_t into[] = {JPN, JPN}, from[] = {CHN, AUS}, supplier[] = {JPN, JPN, DEU}, stated[] = {-1, AUS, -1};
  critmin_network_stage separated, magnet;
  critmin_network_stage_init(&separated);
  critmin_network_stage_init(&magnet);
  separated.output = oxide;
  separated.use = intake;
  separated.importer = into;
  separated.exporter = from;
  separated.quantity = bought;
  separated.flows = 2;
  magnet.output = magnets;
  static const double sold[COUNTRIES] = {0, 0, 0, 1};
  magnet.use = sold; /* in Germany one tonne is used, and nobody says from where */
  const critmin_network_stage *stages[] = {&separated, &magnet};
  critmin_network *network = NULL;
  critmin_error error;
  double share[COUNTRIES], unknown, imputed;
  ck_fine(critmin_network_new(stages, 2, COUNTRIES, 1, &network, &error), error);
  ck_fine(critmin_ledger_origin(network, 1, 0, supplier, tonnes, stated, 3, share, NULL, &unknown, &imputed, &error),
          error);
  ck_near(share[CHN], .36);
  ck_near(share[CHN] + unknown, .46);
  ck_near(share[AUS], .24 + .3);
  ck_near(imputed, .6); /* of whom the country alone is known, and it tells something */
  critmin_network_free(network);
}
END_TEST

/*
 * Of 1000 t a year .3 are withheld for a year, with a probability of .1 in each of five years. Elasticities of .2 and
 * -.3: the price is .7^(-1/.5) = 2.041 of today's, 1.041 above it. At 239 USD/kg a tonne that one has by contract at
 * today's price is then worth 248.8 kUSD more; 200 t in half a year of expectation, 24.9 million. With a contract that
 * performs to .9 and ramps over the first year, and the ban in the first year: .9 x .5 of that year's 49.8 million.
 */
START_TEST(q15_what_is_an_offtake_of_200_tonnes_a_year_worth_to_me_at_most) {
  critmin_table *prices = desk_list(desk_reference(), "price", "mineral=dysprosium");
  double today = desk_number(prices, "from=2025|to=2025|per=kg", "amount") * 1000;
  ck_near(today, 239000);
  critmin_table_free(prices);
  critmin_price law;
  critmin_error error;
  critmin_price_init(&law);
  ck_fine(critmin_price_after_loss(.3, .2, -.3, &law, &error), error);
  ck_within(law.price, 2.041, .0005);
  const double day[] = {0, 365}, rise[] = {(law.price - 1) * today, (law.price - 1) * today};
  double event, ramping;
  ck_fine(critmin_agreement_value(day, rise, 2, 0, 0, 1, 1, &event, &error), error);
  ck_within(event, 248774, 50); /* USD for a tonne a year, in one event */
  ck_within(200 * .1 * 5 * event, 24.9e6, .05e6);
  ck_fine(critmin_agreement_value(day, rise, 2, 0, 365, 1, .9, &ramping, &error), error);
  ck_near(ramping, .45 * event);
  /* At most: what runs in today's trade already adds nothing. */
  ck_fine(critmin_agreement_value(day, rise, 2, 0, 0, 0, 1, &ramping, &error), error);
  ck_assert_double_eq(ramping, 0);
}
END_TEST

/*
 * GeoPolRisk: HHI of the world's output, .9^2 + .1^2 = .82, times the risk of one's partners, (2.5 - stability) / 5:
 * China .6026, Malaysia .4663; times the price over .4094 USD/kg.
 *   dysprosium  .82 (.8 x .6026 + .2 x .4663) 239 / .4094 = 275.4
 *   neodymium   .82 (.3 x .6026 + .7 x .4663)  73 / .4094 =  74.2
 * A motor of .6 kg neodymium, .03 dysprosium and 5 copper; by grain-boundary diffusion .012 kg of dysprosium will do.
 */
START_TEST(q16_how_much_supply_risk_does_one_motor_carry_and_does_diffusion_cut_it) {
  static const char *const made[] = {"dysprosium|country=CHN|value=.9", "dysprosium|country=MYS|value=.1",
                                     "neodymium|country=CHN|value=.9", "neodymium|country=MYS|value=.1"};
  for (int64_t i = 0; i < COUNT(made); i++) {
    char row[256] = "figure|measure=production|stage=separated|from=2025|to=2025|unit=share|basis=oxide|source=own|"
                    "edition=own|mineral=";
    strcat(row, made[i]);
    desk_set(store, row);
  }
  reload();
  critmin_table *t = desk_metric(model, "metric=geopolrisk_cf|country=XAA|mineral=neodymium|mineral=dysprosium|"
                                        "mineral=copper|stage=separated|stage=refined|year=2025|set=listed_only=1");
  critmin_interval factor[] = {desk_interval(t, "mineral=neodymium"), desk_interval(t, "mineral=dysprosium"),
                               desk_interval(t, "mineral=copper")};
  const double china = (2.5 + .513097) / 5, malaysia = (2.5 - .168515) / 5; /* of 2023, carried to 2025 */
  ck_near(factor[0].value, .82 * (.3 * china + .7 * malaysia) * 73 / .409412948);
  ck_near(factor[1].value, .82 * (.8 * china + .2 * malaysia) * 239 / .409412948);
  const char *flags = desk_text(t, desk_row(t, "mineral=dysprosium"), "flags");
  ck_assert(desk_has(flags, "WGI_CARRIED") && desk_has(flags, "ESTIMATED"));
  ck_assert(desk_has(desk_text(t, desk_row(t, "mineral=copper"), "flags"), "LISTED_ONLY"));
  ck_assert(factor[2].low < factor[2].high); /* three prices are printed */
  critmin_table_free(t);

  static const double mass[] = {.6, .03, 5}, diffused[] = {.6, .012, 5}, price[] = {80, 300, 9};
  critmin_bill bill;
  critmin_answer now, then;
  critmin_error error;
  critmin_bill_init(&bill);
  critmin_answer_init(&now);
  critmin_answer_init(&then);
  bill.count = 3;
  bill.mass = mass;
  bill.price = price;
  ck_fine(critmin_bill_score(&bill, factor, CRITMIN_SCORE_SUM, &now, &error), error);
  ck_near(now.value, .6 * factor[0].value + .03 * factor[1].value + 5 * factor[2].value);
  ck_within(now.value, 70.4, .1); /* 44.5 + 8.3 + 17.6 kg of copper */
  bill.mass = diffused;
  ck_fine(critmin_bill_score(&bill, factor, CRITMIN_SCORE_SUM, &then, &error), error);
  ck_near(now.value - then.value, .018 * factor[1].value);
  ck_within(1 - then.value / now.value, .07, .005); /* it cuts a fourteenth */
  ck_fine(critmin_bill_score(&bill, factor, CRITMIN_SCORE_GREATEST, &then, &error), error);
  ck_near(then.value, factor[1].value); /* and not the greatest of its factors */
  bill.mass = mass;

  /* Shares of China of .76, .95 and .10: .1749 by mass, .4856 by cost; but without dysprosium there is no motor. */
  static const critmin_interval chinese[] = {{.76, NAN, NAN}, {.95, NAN, NAN}, {.10, NAN, NAN}};
  int64_t limiting;
  ck_fine(critmin_bill_share(&bill, chinese, CRITMIN_BY_MASS, &now, &error), error);
  ck_within(now.value, .1749, 5e-5);
  ck_fine(critmin_bill_share(&bill, chinese, CRITMIN_BY_COST, &now, &error), error);
  ck_within(now.value, .4856, 5e-5);
  ck_fine(critmin_bill_limiting(&bill, chinese, &limiting, &now, &error), error);
  ck_assert_int_eq(limiting, 1);
  ck_near(now.value, .95);
  ck_fine(critmin_bill_touch(&bill, chinese, &now, &error), error);
  ck_near(now.value, 1 - .24 * .05 * .9);
  ck_near(now.low, .95); /* however the lots depend on one another */
  ck_near(now.high, 1);
}
END_TEST

/*
 * 100 t a year from A at 10 or B at 12 kUSD/t. A fails with probability .1, B with .02, independently: both deliver in
 * .882 of cases, A alone fails in .098, B alone in .018, both in .002. Of the worst 5 % of cases (b at least a)
 * both fail in .002, B in .018 and A in .03: the mean shortage is 4 + .36 (100 - a) + .6 (100 - b).
 *   40 t: all from B, for 1200 (from A alone it would be 100 t)
 *   20 t: .36 a + .6 b = 80; a tonne of B costs 12 / .6 = 20 for a unit of that, of A 10 / .36 = 27.8: 100 t of B and
 *         55.6 t of A, for 1755.6
 *    4 t: 100 t of each, 2200; less cannot be had
 */
START_TEST(q17_how_should_i_split_purchases_between_two_suppliers) {
  static const double gap[] = {100, 100, 100, 100}, probability[] = {.882, .098, .018, .002},
                      delivers[] = {1, 1, 0, 1, 1, 0, 0, 0}, price[] = {10, 12}, most[] = {100, 100},
                      target[] = {40, 20, 4, 3};
  critmin_mitigation purchase;
  critmin_error error;
  double cost[4], tonnes[8];
  critmin_mitigation_init(&purchase);
  purchase.options = 2;
  purchase.outcomes = 4;
  purchase.gap = gap;
  purchase.probability = probability;
  purchase.effect = delivers;
  purchase.cost = price;
  purchase.limit = most;
  purchase.level = .95;
  critmin_status status = critmin_mitigation_cost(&purchase, target, 4, cost, tonnes, &error);
  if (status == CRITMIN_ERROR_UNSUPPORTED) { /* built without a solver: it says so, and what to do */
    ck_assert_ptr_nonnull(strstr(error.message, "solver"));
  } else {
    ck_fine(status, error);
    ck_within(cost[0], 1200, 1e-6);
    ck_within(tonnes[0], 0, 1e-6);
    ck_within(tonnes[1], 100, 1e-6);
    ck_within(cost[1], 1200 + 10 * 20 / .36, 1e-6);
    ck_within(tonnes[2], 20 / .36, 1e-6);
    ck_within(tonnes[3], 100, 1e-6);
    ck_within(cost[2], 2200, 1e-6);
    ck_assert_double_nan(cost[3]);
  }
  /* The risk of a split by itself, with what it leaves unmet in each of the four cases. */
  static const double alone[] = {0, 100, 0, 100}, split[] = {0, 0, 100 - 20 / .36, 100};
  critmin_risk risk;
  critmin_risk_init(&risk);
  ck_fine(critmin_risk_of(alone, probability, 4, .95, &risk, &error), error);
  ck_near(risk.cvar, 100);
  ck_fine(critmin_risk_of(split, probability, 4, .95, &risk, &error), error);
  ck_near(risk.cvar, 20);
  /* How concentrated the mix is: (55.6^2 + 100^2) / 155.6^2 = .541. */
  const double mix[] = {20 / .36, 100};
  critmin_answer hhi;
  critmin_answer_init(&hhi);
  ck_fine(critmin_hhi(mix, 2, NULL, &hhi, &error), error);
  ck_within(hhi.value, .541, .0005);
}
END_TEST

Suite *suite_manufacturer(void) {
  Suite *suite = suite_create("manufacturer");
  TCase *ledger = desk_case("ledger");
  tcase_add_checked_fixture(ledger, keep_books, close_books);
  tcase_add_test(ledger, q13_which_of_my_products_stop_first_and_after_how_many_days);
  tcase_add_test(ledger, q14_what_is_my_exposure_in_tier_n_with_an_upper_bound_where_i_know_nothing);
  tcase_add_test(ledger, q16_how_much_supply_risk_does_one_motor_carry_and_does_diffusion_cut_it);
  suite_add_tcase(suite, ledger);
  TCase *contracts = desk_case("contracts");
  tcase_add_test(contracts, q15_what_is_an_offtake_of_200_tonnes_a_year_worth_to_me_at_most);
  tcase_add_test(contracts, q17_how_should_i_split_purchases_between_two_suppliers);
  suite_add_tcase(suite, contracts);
  return suite;
}
