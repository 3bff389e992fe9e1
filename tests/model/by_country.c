/* SPDX-License-Identifier: MIT */
/* Measures whose source is chosen for each country, and figures of producers. */
#include <stdio.h>
#include <string.h>

#include "model/model.h"
#include "suites.h"
#include "world.h"

static critmin_store *store;
static critmin_model *model;

static void setup(void) {
  store = world();
  model = NULL;
  world_set(store, "measure|measure=demand|choice=country|text=Use");
  world_set(store, "source_rank|measure=demand|source=first|rank=1");
  world_set(store, "source_rank|measure=demand|source=second|rank=2");
  world_set(store, "country|country=EUU|kind=union|name=European Union");
}
static void teardown(void) {
  critmin_model_free(model);
  critmin_store_close(store);
}

static int32_t mining(void) {
  if (!model) model = world_model(store, NULL);
  return model->minerals[cm_mineral_place(model, "tin")].first_stage;
}

static const cm_model_market *demand_of(const char *country, int32_t detail, int32_t year) {
  int32_t stage = mining();
  return cm_model_market_of_country(model, stage, cm_measure_place(model, "demand"), detail,
                                    cm_country_place(model, country), year, CM_NONE, NULL);
}

/* The only figure of a market, from whom, as "first 2022: 10". */
static const char *said(const cm_model_market *market) {
  static char text[64];
  if (!market) return "nothing";
  ck_assert_int_eq(market->n, 1);
  ck_assert_int_eq(market->world, CM_NONE);
  ck_assert_int_eq(market->n_other, 0);
  const cm_model_edition *edition = &model->editions[market->edition];
  snprintf(text, sizeof text, "%s %s: %g", model->sources[edition->source].key, edition->key,
           model->figures.value[market->first]);
  return text;
}

START_TEST(each_country_has_the_first_source_that_speaks_of_it) {
  world_figure(store, "CHN", "10", "measure=demand|source=second|edition=2021");
  world_figure(store, "USA", "20", "measure=demand|source=second|edition=2021");
  world_figure(store, "USA", "30", "measure=demand");
  world_figure(store, "USA", "40", "measure=demand|edition=2023");
  world_figure(store, "EUU", "50", "measure=demand|source=third|edition=2020");
  world_figure(store, "WLD", "60", "measure=demand");
  ck_assert_str_eq(said(demand_of("CHN", CM_OF_COUNTRIES, 2020)), "second 2021: 10");
  ck_assert_str_eq(said(demand_of("USA", CM_OF_COUNTRIES, 2020)), "first 2023: 40");
  ck_assert_str_eq(said(demand_of("EUU", CM_OF_COUNTRIES, 2020)), "third 2020: 50");
  ck_assert_str_eq(said(demand_of("WLD", CM_OF_COUNTRIES, 2020)), "first 2022: 60");
  ck_assert_str_eq(said(demand_of("AUS", CM_OF_COUNTRIES, 2020)), "nothing");
  ck_assert_str_eq(said(demand_of("CHN", CM_OF_COUNTRIES, 2021)), "nothing");
}
END_TEST

START_TEST(such_a_measure_has_no_market_of_all_countries) {
  world_figure(store, "CHN", "10", "measure=demand");
  int32_t stage = mining();
  ck_assert_ptr_null(
      cm_model_market_of(model, stage, cm_measure_place(model, "demand"), CM_OF_COUNTRIES, 2020, CM_NONE, NULL));
  ck_assert_ptr_null(cm_model_market_of_country(model, stage, cm_measure_place(model, "production"), CM_OF_COUNTRIES,
                                                cm_country_place(model, "CHN"), 2020, CM_NONE, NULL));
}
END_TEST

START_TEST(sectors_of_one_country_are_of_one_edition) {
  world_figure(store, "CHN", "1", "measure=demand|sector=solder");
  world_figure(store, "CHN", "2", "measure=demand|sector=cans");
  world_figure(store, "CHN", "3", "measure=demand|sector=glass|source=second|edition=2021");
  world_figure(store, "USA", "4", "measure=demand|sector=glass|source=second|edition=2021");
  const cm_model_market *china = demand_of("CHN", CM_OF_SECTORS, 2020);
  ck_assert_int_eq(china->n, 2);
  ck_assert_str_eq(model->figures.sector[china->first], "cans");
  ck_assert_str_eq(model->figures.sector[china->first + 1], "solder");
  ck_assert_str_eq(said(demand_of("USA", CM_OF_SECTORS, 2020)), "second 2021: 4");
  ck_assert_ptr_null(demand_of("CHN", CM_OF_COUNTRIES, 2020));
}
END_TEST

START_TEST(nothing_needed_is_an_answer_and_not_available_is_none) {
  world_figure(store, "CHN", "0", "measure=demand");
  world_figure(store, "CHN", "5", "measure=demand|source=second|edition=2021");
  world_figure(store, "USA", NULL, "measure=demand");
  world_figure(store, "USA", "6", "measure=demand|source=second|edition=2021");
  ck_assert_str_eq(said(demand_of("CHN", CM_OF_COUNTRIES, 2020)), "first 2022: 0");
  ck_assert_str_eq(said(demand_of("USA", CM_OF_COUNTRIES, 2020)), "second 2021: 6");
}
END_TEST

START_TEST(means_and_projections_answer_a_country_as_they_do_a_market) {
  world_figure(store, "CHN", "1", "measure=demand|from=2018|to=2020");
  world_figure(store, "CHN", "2", "measure=demand|source=second|edition=2021|outlook=projected|status=projected");
  world_figure(store, "CHN", "3", "measure=demand|source=third|edition=2020|from=2019|to=2019");
  ck_assert_str_eq(said(demand_of("CHN", CM_OF_COUNTRIES, 2018)), "first 2022: 1");
  ck_assert_str_eq(said(demand_of("CHN", CM_OF_COUNTRIES, 2019)), "third 2020: 3");
  ck_assert_str_eq(said(demand_of("CHN", CM_OF_COUNTRIES, 2020)), "first 2022: 1");
}
END_TEST

START_TEST(a_union_is_no_country_in_a_sum) {
  world_market(store, "", "CHN", "1", "EUU", "100", "WLD", "2", NULL);
  int32_t stage = mining(), production = cm_measure_place(model, "production");
  const cm_model_market *market = cm_model_market_of(model, stage, production, CM_OF_COUNTRIES, 2020, CM_NONE, NULL);
  ck_assert_int_eq(market->n, 1);
  ck_assert_int_eq(market->n_other, 0);
  ck_assert_double_eq(model->figures.value[market->world], 2);
  ck_assert_uint_eq(model->figures.count, 2);
}
END_TEST

START_TEST(each_producer_has_an_edition_of_its_own) {
  world_set(store, "producer|producer=old|name=Old|kind=facility|country=CHN");
  world_set(store, "producer|producer=new|name=New|kind=facility|country=CHN");
  world_figure(store, "CHN", "1", "producer=old");
  world_figure(store, "CHN", "2", "producer=new");
  world_figure(store, "CHN", "3", "producer=new|edition=2023");
  world_figure(store, "CHN", "4", "producer=new|source=second|edition=2021");
  world_figure(store, "CHN", "5", "producer=old|from=2021|to=2021");
  int32_t stage = mining(), production = cm_measure_place(model, "production");
  int64_t producers[2] = {0};
  for (size_t i = 0; i < model->n_markets; i++) {
    double value = model->figures.value[model->markets[i].first];
    if (value == 1) producers[0] = model->markets[i].producer;
    if (value == 3) producers[1] = model->markets[i].producer;
  }
  static const struct {
    int producer;
    int32_t year;
    const char *said;
  } cases[] = {
      {0, 2020, "first 2022: 1"}, {1, 2020, "first 2023: 3"}, {0, 2021, "first 2022: 5"}, {1, 2021, "nothing"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    ck_assert_str_eq(said(cm_model_market_of_producer(model, stage, production, producers[cases[i].producer], CM_NONE,
                                                      cases[i].year, CM_NONE, NULL)),
                     cases[i].said);
}
END_TEST

START_TEST(reserves_have_ranks_like_any_measure) {
  world_set(store, "measure|measure=reserves|text=In the ground");
  world_set(store, "source_rank|measure=reserves|source=third|rank=1");
#define GROUND "|kind=geological|holder=CHN|mineral=tin|stage=mining|from=2020|to=2020|unit=t|basis=content|"
  world_set(store, "reserve|reserve=newer" GROUND "value=1|status=reported|source=first|edition=2023");
  world_set(store, "reserve|reserve=ranked" GROUND "value=2|status=reported|source=third|edition=2020");
  int32_t stage = mining();
  ck_assert_str_eq(
      said(cm_model_market_of(model, stage, cm_measure_place(model, "reserves"), CM_OF_COUNTRIES, 2020, CM_NONE, NULL)),
      "third 2020: 2");
}
END_TEST

/* Key of the country under which a group's statistics stand. */
static const char *area(const char *group, int32_t day) {
  mining();
  int32_t country = cm_model_area(model, cm_group_place(model, group), day);
  return country == CM_NONE ? "none" : model->countries[country].key;
}

START_TEST(a_groups_statistics_are_those_of_any_with_the_same_members) {
  world_set(store, "group|group=UNION|name=Union of two|area=EUU");
  world_set(store, "group_member|group=UNION|country=DEU");
  world_set(store, "group_member|group=UNION|country=FRA");
  ck_assert_str_eq(area("UNION", 20200101), "EUU");
  ck_assert_str_eq(area("EU27", 20200201), "EUU");
  ck_assert_str_eq(area("EU27", 20200131), "none"); /* the third has not left yet */
  ck_assert_str_eq(area("G7", 20200201), "none");
  ck_assert_str_eq(area("LATE", 20200201), "none");
}
END_TEST

Suite *suite_by_country(void) {
  Suite *suite = suite_create("by_country");
  TCase *tests = tcase_create("by_country");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, each_country_has_the_first_source_that_speaks_of_it);
  tcase_add_test(tests, such_a_measure_has_no_market_of_all_countries);
  tcase_add_test(tests, sectors_of_one_country_are_of_one_edition);
  tcase_add_test(tests, nothing_needed_is_an_answer_and_not_available_is_none);
  tcase_add_test(tests, means_and_projections_answer_a_country_as_they_do_a_market);
  tcase_add_test(tests, a_union_is_no_country_in_a_sum);
  tcase_add_test(tests, each_producer_has_an_edition_of_its_own);
  tcase_add_test(tests, reserves_have_ranks_like_any_measure);
  tcase_add_test(tests, a_groups_statistics_are_those_of_any_with_the_same_members);
  suite_add_tcase(suite, tests);
  return suite;
}
