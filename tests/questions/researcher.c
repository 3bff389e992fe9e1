/* SPDX-License-Identifier: MIT */
/* A researcher: are published results reproduced, what moves them, and what do they assume? */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "desk.h"
#include "suites.h"

/* Supply risk as printed in 2017 from the indices printed beside it, each rounded to a tenth, or to whole per cent. */
static critmin_answer study_2017(double global, double sourcing, double reliance, double recycling,
                                 double substitution) {
  critmin_eu_supply supply;
  critmin_answer answer;
  critmin_error error;
  critmin_eu_supply_init(&supply);
  critmin_answer_init(&answer);
  supply.edition = 2017;
  supply.global_supply = (critmin_interval){global, global - .05, global + .05};
  supply.eu_sourcing = (critmin_interval){sourcing, sourcing - .05, sourcing + .05};
  supply.import_reliance = (critmin_interval){reliance, fmax(reliance - .005, 0), fmin(reliance + .005, 1)};
  supply.recycling = (critmin_interval){recycling, fmax(recycling - .005, 0), recycling + .005};
  supply.substitution = (critmin_interval){substitution, substitution - .05, fmin(substitution + .05, 1)};
  ck_fine(critmin_eu_supply_risk(&supply, &answer, &error), error);
  return answer;
}

static double risk_of(const critmin_model *model, const char *mineral, const char *more) {
  char words[256];
  snprintf(words, sizeof words, "metric=eu_supply_risk|mineral=%s|year=2020%s%s", mineral, *more ? "|" : "", more);
  critmin_table *t = desk_metric(model, words);
  snprintf(words, sizeof words, "mineral=%s|stage=", mineral); /* the material as a whole */
  double value = desk_number(t, words, "value");
  critmin_table_free(t);
  return value;
}

/* Mean of the six estimates in the years of the study, as a weight of 0 to 10. */
static double weight_of(const char *country) {
  char words[64];
  snprintf(words, sizeof words, "country=%s|year=2016:2020", country);
  critmin_table *t = desk_list(desk_reference(), "indicator", words);
  int32_t value = critmin_table_find(t, "value");
  double sum = 0;
  ck_assert_int_eq(critmin_table_rows(t), 6 * 5);
  for (int64_t row = 0; row < critmin_table_rows(t); row++) sum += critmin_table_number(t, value, row);
  critmin_table_free(t);
  return 10 * (2.5 - sum / 30) / 5;
}

/*
 * 2017, by hand: tungsten (7.5 x .22 + 1.9 x .78) (1 - .42) = 1.82, printed 1.8; borate 1.1 x .5 + 5.0 x .5 = 3.05,
 * printed 3.0; antimony (7.1 x .5 + 5.7 x .5) .72 x .9 = 4.15, printed 4.3, which the rounding of its inputs allows.
 */
START_TEST(q18_are_the_lists_of_2017_and_2023_reproduced_and_what_moves_them) {
  critmin_answer tungsten = study_2017(7.5, 1.9, .44, .42, 1), borate = study_2017(1.1, 5, 1, 0, 1),
                 antimony = study_2017(7.1, 5.7, 1, .28, .9);
  ck_within(tungsten.value, 1.82, .005);
  ck_within(borate.value, 3.05, 1e-9);
  ck_within(antimony.value, 4.15, .005);
  ck_assert(antimony.low <= 4.35 && antimony.high >= 4.25);

  static const struct {
    const char *mineral;
    double printed;
    int listed; /* critical by its scores in 2023 */
  } study[] = {{"antimony", 1.8, 1}, {"cobalt", 2.8, 1},   {"silicon_metal", 1.4, 1},
               {"tin", .9, 0},       {"copper", .1, 0},    {"nickel", .5, 0}};
  critmin_table *lists = desk_compare(desk_model(), "metric=eu_supply_risk|year=2025|set=study=2023");
  for (int64_t i = 0; i < COUNT(study); i++) {
    double risk = risk_of(desk_model(), study[i].mineral, "");
    ck_within(risk, study[i].printed, .1);
    ck_assert_int_eq(risk >= 1, study[i].listed);
  }
  /* Copper and nickel are on the list all the same, as strategic materials; tin is not. */
  ck_assert_double_eq(desk_number(lists, "mineral=copper|kind=list|method=eu_critical_list", "critical"), 1);
  ck_assert_double_eq(desk_number(lists, "mineral=copper|kind=list|method=eu_strategic_list", "critical"), 1);
  ck_assert_double_eq(desk_number(lists, "mineral=nickel|kind=list|method=eu_strategic_list", "critical"), 1);
  for (int64_t row = 0; row < critmin_table_rows(lists); row++)
    ck_assert(strcmp(desk_text(lists, row, "mineral"), "tin") != 0 ||
              strcmp(desk_text(lists, row, "method"), "eu_critical_list") != 0);
  critmin_table_free(lists);

  /* Scale of governance. On -2.5 to 2.5 a country weighs w; on -3 to 3, (5 w + 5) / 6; on -3.5 to 3.5, (5 w + 10) / 7.
     The score is linear in the weights: the third follows from the first two. */
  double first = risk_of(desk_model(), "gallium", ""),
         second = risk_of(desk_model(), "gallium", "set=wgi_worst=-3|set=wgi_best=3"),
         third = risk_of(desk_model(), "gallium", "set=wgi_worst=-3.5|set=wgi_best=3.5");
  ck_near(third, (12 * second - 5 * first) / 7);
  ck_assert_double_gt(fabs(second - first), .01);
  /* Years of governance: those of 2017 to 2021 are worth a look, and change it little. */
  double later = risk_of(desk_model(), "gallium", "set=wgi_first=2017|set=wgi_last=2021");
  ck_assert(fabs(later - first) > 0 && fabs(later - first) < .1);

  /* Trade: a ban by China alone, t of 1.3 for 1, adds .3 of what its squared shares weigh: .938 of the world's output
     (the printed shares sum to 1.001), .69 of what the Union uses, of which .98 is imported; substitution .98. */
  const double world = .938 / 1.001;
  critmin_store *store = desk_own_store();
  desk_set(store, "parameter|mineral=gallium|stage=refined|country=CHN|parameter=trade_parameter|value=1.3|unit=1|"
                  "source=eu_crm|edition=2023");
  critmin_model *model = desk_load(store);
  double banned = risk_of(model, "gallium", "");
  ck_near(banned - first,
          .3 * weight_of("CHN") * (world * world * .98 / 2 + .69 * .69 * (1 - .98 / 2)) * .98);
  critmin_model_free(model);
  /* Reliance, which weighs the world by at most a half: of .98 the score is .98 of that at 1 and .02 of that at 0. */
  double at[2];
  desk_set(store, "parameter|mineral=gallium|stage=refined|country=CHN|parameter=trade_parameter|value=1|unit=1|"
                  "source=eu_crm|edition=2023");
  for (int reliance = 0; reliance < 2; reliance++) {
    char row[256];
    snprintf(row, sizeof row,
             "figure|measure=import_reliance|mineral=gallium|stage=refined|country=EUU|from=2016|to=2020|unit=share|"
             "basis=content|value=%d%s|source=eu_crm|edition=2023",
             reliance, reliance ? "" : "|status=zero");
    desk_set(store, row);
    model = desk_load(store);
    at[reliance] = risk_of(model, "gallium", "");
    critmin_model_free(model);
  }
  ck_near(first, .98 * at[1] + .02 * at[0]);
  ck_assert_double_gt(at[1], at[0]); /* the world is more concentrated than what the Union buys */
  desk_own_close(store);
}
END_TEST

/*
 * A metal of one's own: until 2005 the largest mine, then the largest refinery is what one would miss most.
 *   1995  mines 50 30 20, refineries 40 30 30: N-1 leaves .5 and .6
 *   2005  mines 45 35 20, refineries 50 30 20: .55 and .5
 *   2025  mines 40 35 25, refineries 90 10: .6 and .1; HHI .345 and .82
 */
START_TEST(q19_where_in_the_chain_is_the_bottleneck_and_how_did_it_move) {
  static const struct {
    const char *year, *stage, *country, *value;
  } made[] = {{"1995", "mining", "COD", "50"},  {"1995", "mining", "AUS", "30"},  {"1995", "mining", "CAN", "20"},
              {"1995", "refined", "BEL", "40"}, {"1995", "refined", "CHN", "30"}, {"1995", "refined", "FIN", "30"},
              {"2005", "mining", "COD", "45"},  {"2005", "mining", "AUS", "35"},  {"2005", "mining", "CAN", "20"},
              {"2005", "refined", "CHN", "50"}, {"2005", "refined", "BEL", "30"}, {"2005", "refined", "FIN", "20"},
              {"2025", "mining", "COD", "40"},  {"2025", "mining", "AUS", "35"},  {"2025", "mining", "CAN", "25"},
              {"2025", "refined", "CHN", "90"}, {"2025", "refined", "FIN", "10"}};
  critmin_store *store = desk_own_store();
  desk_set(store, "mineral|mineral=ownium|name=Ownium");
  desk_set(store, "stage|mineral=ownium|stage=mining|kind=mining|position=1|name=Mine|unit=t|basis=content");
  desk_set(store, "stage|mineral=ownium|stage=refined|kind=processing|position=2|name=Metal|unit=t|basis=content");
  for (int64_t i = 0; i < COUNT(made); i++) {
    char row[256];
    snprintf(row, sizeof row,
             "figure|measure=production|mineral=ownium|stage=%s|country=%s|from=%s|to=%s|unit=t|basis=content|"
             "value=%s|source=own|edition=own",
             made[i].stage, made[i].country, made[i].year, made[i].year, made[i].value);
    desk_set(store, row);
  }
  critmin_model *model = desk_load(store);
  critmin_table *t = desk_metric(model, "metric=n_minus_1|metric=hhi|mineral=ownium|year=1995:2025");
  static const struct {
    const char *mining, *refined;
    double left_mining, left_refined;
  } years[] = {
      {"metric=n_minus_1|stage=mining|year=1995", "metric=n_minus_1|stage=refined|year=1995", .5, .6},
      {"metric=n_minus_1|stage=mining|year=2005", "metric=n_minus_1|stage=refined|year=2005", .55, .5},
      {"metric=n_minus_1|stage=mining|year=2025", "metric=n_minus_1|stage=refined|year=2025", .6, .1}};
  for (int64_t i = 0; i < COUNT(years); i++) {
    ck_near(desk_number(t, years[i].mining, "value"), years[i].left_mining);
    ck_near(desk_number(t, years[i].refined, "value"), years[i].left_refined);
  }
  ck_assert_str_eq(desk_text(t, desk_row(t, years[0].refined), "country"), "BEL"); /* whom one would miss most */
  ck_assert_str_eq(desk_text(t, desk_row(t, years[2].refined), "country"), "CHN");
  ck_near(desk_number(t, "metric=hhi|stage=mining|year=2025", "value"), .16 + .1225 + .0625);
  ck_near(desk_number(t, "metric=hhi|stage=refined|year=2025", "value"), .82);
  critmin_table_free(t);
  critmin_model_free(model);
  desk_own_close(store);

  /* Today: of most chains the second stage is the narrower one, and it is China's; of nickel the mine, Indonesia's. */
  t = desk_metric(desk_model(), "metric=n_minus_1|mineral=cobalt|mineral=lithium|mineral=nickel|"
                                "mineral=rare_earths_magnet|year=2024");
  ck_assert_double_lt(desk_number(t, "mineral=cobalt|stage=refined", "high"),
                      desk_number(t, "mineral=cobalt|stage=mining", "low"));
  ck_assert_double_lt(desk_number(t, "mineral=lithium|stage=refined", "high"),
                      desk_number(t, "mineral=lithium|stage=mining", "low"));
  ck_assert_double_lt(desk_number(t, "mineral=rare_earths_magnet|stage=separated", "high"),
                      desk_number(t, "mineral=rare_earths_magnet|stage=mining", "low"));
  ck_assert_double_gt(desk_number(t, "mineral=nickel|stage=refined", "low"),
                      desk_number(t, "mineral=nickel|stage=mining", "high"));
  ck_assert_str_eq(desk_text(t, desk_row(t, "mineral=cobalt|stage=refined"), "country"), "CHN");
  ck_assert_str_eq(desk_text(t, desk_row(t, "mineral=nickel|stage=mining"), "country"), "IDN");
  critmin_table_free(t);

  /* Prices of scarcity: ore for 100, a plant for 40, a need of 80. One more tonne of ore is worth nothing, one of metal
     a tonne that is not lacking. */
  enum { ORE, PLANT, METAL, USE, NODES };
  static const double supply[NODES] = {100, 0, 0, 0}, need[NODES] = {0, 0, 0, 80},
                      capacity[] = {INFINITY, 40, INFINITY};
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
  chain.capacity = capacity;
  ck_fine(critmin_least_unmet(&chain, unmet, NULL, more, NULL, NULL, &error), error);
  ck_near(unmet[USE], 40);
  ck_near(more[ORE], 0);
  ck_near(more[METAL], 1);
}
END_TEST

/* A, B and C mine 60, 20, 0 and refine 20, 30, 30, trading ore and metal round a loop; C has 10 of ore from nowhere. */
enum { A, B, C, THREE };
static critmin_network *three(void) {
  static const double mined[] = {60, 20, 0}, intake[] = {20, 40, 30}, refined[] = {20, 30, 30}, yield[] = {1, .75, 1};
  static const int32_t ore_to[] = {B, C}, ore_from[] = {A, B}, metal_to[] = {C, B, A}, metal_from[] = {B, C, C};
  static const double ore[] = {40, 20}, metal[] = {20, 10, 20};
  critmin_network_stage first, second;
  critmin_network_stage_init(&first);
  critmin_network_stage_init(&second);
  first.output = mined;
  first.use = intake;
  first.importer = ore_to;
  first.exporter = ore_from;
  first.quantity = ore;
  first.flows = 2;
  second.output = refined;
  second.yield = yield;
  second.importer = metal_to;
  second.exporter = metal_from;
  second.quantity = metal;
  second.flows = 3;
  const critmin_network_stage *stages[] = {&first, &second};
  critmin_network *network = NULL;
  critmin_error error;
  ck_fine(critmin_network_new(stages, 2, THREE, 1, &network, &error), error);
  return network;
}

static double lost(const critmin_network *network, int32_t shocks, const int32_t *kind, const int32_t *stage) {
  static const int32_t country[] = {B, B};
  static const double half[] = {.5, .5};
  critmin_cascade cascade;
  critmin_error error;
  double fill[THREE];
  critmin_cascade_init(&cascade);
  cascade.shocks = shocks;
  cascade.kind = kind;
  cascade.stage = stage;
  cascade.country = country;
  cascade.withheld = half;
  ck_fine(critmin_cascade_fill(network, &cascade, 1, fill, &error), error);
  return 1 - fill[A];
}

/*
 * What A uses of metal: 41, 7 and 6 of 54 mined in A, in B and unknown, if pools mix; refined in B a sixth, and without
 * the assumption anything from none to the half that it buys of C.
 */
START_TEST(q20_does_the_mixing_assumption_matter_and_how_do_cascades_differ) {
  critmin_network *network = three();
  static const int32_t buyer[] = {A}, from_b[] = {B};
  critmin_trace trace;
  critmin_answer mixed, open;
  critmin_error error;
  critmin_trace_init(&trace);
  critmin_answer_init(&mixed);
  critmin_answer_init(&open);
  trace.stage = 1;
  trace.buyers = 1;
  trace.buyer = buyer;
  trace.at = 1;
  ck_fine(critmin_origin_share(network, &trace, from_b, 1, &mixed, &error), error);
  ck_fine(critmin_origin_bounds(network, &trace, from_b, 1, &open, &error), error);
  ck_near(mixed.value, 1. / 6);
  ck_near(open.low, 0);
  ck_near(open.high, .5);
  trace.at = 0;
  ck_fine(critmin_origin_share(network, &trace, from_b, 1, &mixed, &error), error);
  ck_near(mixed.value, 7. / 54);
  ck_near(mixed.high, 13. / 54); /* the unknown may be of B */
  ck_fine(critmin_touch_share(network, &trace, from_b, 1, 0, &mixed, &error), error);
  ck_near(mixed.value, 13. / 54);
  ck_near(mixed.high, 19. / 54);

  /* Cascades, half of it withheld by B: its mines out 7/54 / 2; its exports of ore, of metal, of both. */
  static const int32_t outage[] = {CRITMIN_SHOCK_OUTAGE}, restricts[] = {CRITMIN_SHOCK_RESTRICTION,
                                                                        CRITMIN_SHOCK_RESTRICTION};
  static const int32_t mines[] = {0}, metal[] = {1}, both[] = {0, 1};
  ck_near(lost(network, 1, outage, mines), 7. / 108);
  ck_within(lost(network, 1, restricts, mines), .1111, 5e-5);
  ck_within(lost(network, 1, restricts, metal), .1053, 5e-5);
  double all = lost(network, 2, restricts, both);
  ck_within(all, .2105, 5e-5);
  ck_fine(critmin_touch_share(network, &trace, from_b, 1, 1, &mixed, &error), error);
  ck_near(mixed.value, .4);
  ck_assert(all >= .5 * mixed.value && all <= mixed.value); /* between half of what passes through B, and all of it */
  critmin_network_free(network);

  /* Cathodes of nickel, cobalt and lithium that pass through China by .40, .75 and .60. If lots are independent, 1 - .6
     x .25 x .4 = .94 of cathodes hold something Chinese; depending on one another, .75 to all. A published
     estimate for cathodes is 80 %, from 71 to 100 (Cheng et al. 2024): inside. */
  static const critmin_interval through[] = {{.40, NAN, NAN}, {.75, NAN, NAN}, {.60, NAN, NAN}};
  static const double mass[] = {.48, .06, .07};
  critmin_bill cathode;
  critmin_bill_init(&cathode);
  cathode.count = 3;
  cathode.mass = mass;
  ck_fine(critmin_bill_touch(&cathode, through, &open, &error), error);
  ck_near(open.value, .94);
  ck_near(open.low, .75);
  ck_near(open.high, 1);
  ck_assert(open.low <= .80 && open.high >= .80);

  /* The same loss of cobalt in three models. Korea's plant has 40 of 50 t of China, Japan's 20 of 50; China stops.
     Linear, each with its own suppliers: fills .2 and .6. Pooled: .4 each. At best Korea has .8, at worst nothing. */
  static const double need[] = {50, 50};
  critmin_needs needs;
  double award[2], least[2], most[2];
  critmin_needs_init(&needs);
  needs.users = 2;
  needs.need = need;
  ck_fine(critmin_allocate(&needs, 40, award, &error), error);
  ck_near(award[0], 20);
  ck_fine(critmin_allocation_bounds(&needs, 40, least, most, &error), error);
  ck_near(least[0], 0);
  ck_near(most[0], 40);
  ck_assert(least[0] <= 50 * .2 && 50 * .2 <= most[0]);
  /* The best for both together leaves 60 of 100 unmet, as the others do: trade moves a shortage, it does not end it. */
  static const double supply[] = {40, 0, 0}, wanted[] = {0, 50, 50};
  static const int32_t seller[] = {0, 0}, user[] = {1, 2};
  critmin_transport best;
  double unmet[3], objective;
  critmin_transport_init(&best);
  best.arcs = 2;
  best.nodes = 3;
  best.supply = supply;
  best.need = wanted;
  best.from = seller;
  best.to = user;
  ck_fine(critmin_least_unmet(&best, unmet, NULL, NULL, NULL, &objective, &error), error);
  ck_near(objective, 60);
  /* Several inputs at once: Korea's cathode line gets .2 of its cobalt and all of its nickel, and makes .2 (Leontief);
     if cobalt could be done without, .05 / .95 of what it takes, it would make .2 x 6 / 54 + 48 / 54 = .911. */
  static const int32_t of[] = {0, 1}, into[] = {2, 2}, input[] = {0, 1}, dispensable[] = {0, 0};
  static const double quantity[] = {6, 48}, withheld[] = {.8, 0, 0};
  double output[3];
  critmin_plants plants;
  critmin_plants_init(&plants);
  plants.plants = 3;
  plants.flows = 2;
  plants.from = of;
  plants.to = into;
  plants.input = input;
  plants.quantity = quantity;
  plants.withheld = withheld;
  ck_fine(critmin_plants_output(&plants, 1e-12, 100, output, NULL, &error), error);
  ck_near(output[2], .2);
  plants.essential = dispensable;
  ck_fine(critmin_plants_output(&plants, 1e-12, 100, output, NULL, &error), error);
  ck_near(output[2], (.2 * 6 + 48) / 54);
}
END_TEST

/* The reference data have every pair of the trade in magnets: the same question of real trade, in one call. */
START_TEST(q20_of_real_trade_the_interval_without_mixing_contains_the_one_with_it) {
  critmin_table *mixing = desk_metric(desk_model(), "metric=origin_share|mineral=rare_earths|stage=magnet|country=USA|"
                                                    "country=KOR|partner=CHN|year=2024|set=at=magnet");
  critmin_table *none = desk_metric(desk_model(), "metric=origin_share|mineral=rare_earths|stage=magnet|country=USA|"
                                                  "country=KOR|partner=CHN|year=2024|set=at=magnet|set=bounds=none");
  static const char *const countries[] = {"country=USA", "country=KOR"};
  for (int64_t i = 0; i < COUNT(countries); i++) {
    critmin_interval with = desk_interval(mixing, countries[i]), without = desk_interval(none, countries[i]);
    ck_near(without.value, with.value);
    ck_assert(without.low <= with.low && without.high >= with.high);
    ck_assert_double_gt(without.high - without.low, with.high - with.low);
    ck_assert(!desk_has(desk_text(none, desk_row(none, countries[i]), "flags"), "UNBOUNDED"));
  }
  critmin_table_free(none);
  critmin_table_free(mixing);
}
END_TEST

Suite *suite_researcher(void) {
  Suite *suite = suite_create("researcher");
  TCase *methods = desk_case("methods");
  tcase_add_test(methods, q18_are_the_lists_of_2017_and_2023_reproduced_and_what_moves_them);
  tcase_add_test(methods, q19_where_in_the_chain_is_the_bottleneck_and_how_did_it_move);
  tcase_add_test(methods, q20_does_the_mixing_assumption_matter_and_how_do_cascades_differ);
  tcase_add_test(methods, q20_of_real_trade_the_interval_without_mixing_contains_the_one_with_it);
  suite_add_tcase(suite, methods);
  return suite;
}
