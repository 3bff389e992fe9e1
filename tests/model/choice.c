/* SPDX-License-Identifier: MIT */
/* One source and edition for each market and year. */
#include <math.h>
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
}
static void teardown(void) {
  critmin_model_free(model);
  critmin_store_close(store);
}

static const cm_model_market *answers(const char *measure, int stage, int32_t year) {
  if (!model) model = world_model(store, NULL);
  int32_t tin = cm_mineral_place(model, "tin");
  return cm_model_market_of(model, model->minerals[tin].first_stage + stage, cm_measure_place(model, measure),
                            CM_OF_COUNTRIES, year, CM_NONE, NULL);
}

/* Source and edition that answer for tin's mining, as "first 2022". */
static const char *answerer(int32_t year) {
  static char text[64];
  const cm_model_market *market = answers("production", 0, year);
  if (!market) return "nobody";
  const cm_model_edition *edition = &model->editions[market->edition];
  snprintf(text, sizeof text, "%s %s", model->sources[edition->source].key, edition->key);
  return text;
}

static double value_of(const cm_model_market *market, const char *country) {
  for (int32_t i = market->first; i < market->first + market->n; i++) {
    if (strcmp(model->countries[model->figures.country[i]].key, country) == 0)
      return model->figures.value[i] * model->figures.factor[i];
  }
  return NAN;
}

static void reload(const char *words) {
  critmin_model_free(model);
  model = world_model(store, words);
}

START_TEST(the_newest_edition_of_the_first_source_in_rank_answers) {
  world_figure(store, "CHN", "10", "source=second|edition=2021");
  world_figure(store, "CHN", "11", "source=third|edition=2020");
  world_figure(store, "CHN", "12", "");
  world_figure(store, "CHN", "13", "edition=2023");
  ck_assert_str_eq(answerer(2020), "first 2023");
  ck_assert_double_eq(value_of(answers("production", 0, 2020), "CHN"), 13);
}
END_TEST

START_TEST(the_option_edition_takes_what_was_out_by_then) {
  world_figure(store, "CHN", "10", "source=second|edition=2021");
  world_figure(store, "CHN", "12", "");
  world_figure(store, "CHN", "13", "edition=2023");
  reload("edition=2022-12-31");
  ck_assert_str_eq(answerer(2020), "first 2022");
  reload("edition=2021-12-31");
  ck_assert_str_eq(answerer(2020), "second 2021");
  reload("edition=2020-12-31");
  ck_assert_str_eq(answerer(2020), "nobody");
}
END_TEST

START_TEST(the_option_source_overrides_the_ranks) {
  world_figure(store, "CHN", "10", "source=second|edition=2021");
  world_figure(store, "CHN", "12", "");
  reload("source=second");
  ck_assert_str_eq(answerer(2020), "second 2021");
  reload("source=third");
  ck_assert_str_eq(answerer(2020), "nobody");
  critmin_selection *selection = world_selection("source=frist");
  critmin_model *none = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_model_load(store, selection, NULL, NULL, &none, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "`first`"));
  ck_assert_ptr_null(none);
  critmin_selection_free(selection);
}
END_TEST

START_TEST(the_most_specific_rank_of_a_source_holds) {
  world_figure(store, "CHN", "10", "source=second|edition=2021");
  world_figure(store, "CHN", "11", "source=third|edition=2020");
  world_figure(store, "CHN", "12", "");
  world_set(store, "source_rank|measure=production|mineral=tin|source=first|rank=9");
  ck_assert_str_eq(answerer(2020), "second 2021");
  world_set(store, "source_rank|measure=production|mineral=tin|stage=mining|source=third|rank=1");
  reload(NULL);
  ck_assert_str_eq(answerer(2020), "third 2020");
}
END_TEST

START_TEST(of_sources_without_rank_the_newest_answers) {
  world_figure(store, "CHN", "11", "source=third|edition=2020|measure=capacity");
  world_figure(store, "CHN", "12", "source=second|edition=2021|measure=capacity");
  const cm_model_market *market = answers("capacity", 0, 2020);
  ck_assert_double_eq(value_of(market, "CHN"), 12);
}
END_TEST

START_TEST(a_mean_answers_only_years_that_nothing_annual_does) {
  world_figure(store, "CHN", "10", "from=2018|to=2021");
  world_figure(store, "CHN", "20", "source=third|edition=2020|from=2019|to=2019");
  ck_assert_str_eq(answerer(2018), "first 2022");
  ck_assert_int_eq(cm_model_market_is_mean(answers("production", 0, 2018)), 1);
  ck_assert_str_eq(answerer(2019), "third 2020");
  ck_assert_int_eq(cm_model_market_is_mean(answers("production", 0, 2019)), 0);
  ck_assert_str_eq(answerer(2021), "first 2022");
  ck_assert_str_eq(answerer(2022), "nobody");
}
END_TEST

START_TEST(half_a_year_is_no_year_of_production_but_states_the_capacity) {
  world_figure(store, "CHN", "10", "from=2020-01|to=2020-06");
  world_figure(store, "CHN", "11", "from=2020-01|to=2020-06|measure=capacity");
  world_figure(store, "CHN", "12", "from=2020-07|to=2020-12|measure=capacity");
  ck_assert_str_eq(answerer(2020), "nobody");
  ck_assert_double_eq(value_of(answers("capacity", 0, 2020), "CHN"), 12);
}
END_TEST

START_TEST(figures_come_before_projections) {
  world_figure(store, "CHN", "10", "outlook=projected|status=projected|scenario=base");
  ck_assert_int_eq(answers("production", 0, 2020)->projected, 1);
  ck_assert_str_eq(answers("production", 0, 2020)->scenario, "base");
  world_figure(store, "CHN", "11", "source=third|edition=2020");
  reload(NULL);
  ck_assert_int_eq(answers("production", 0, 2020)->projected, 0);
}
END_TEST

START_TEST(an_edition_with_nothing_but_a_total_answers_last) {
  world_figure(store, "WLD", "100", "edition=2023");
  world_figure(store, "CHN", "10", "source=second|edition=2021");
  ck_assert_str_eq(answerer(2020), "second 2021");
}
END_TEST

START_TEST(producers_stand_by_key_and_apart_from_total_and_others) {
  world_market(store, "", "USA", "1", "CHN", "2", "WLD", "6", "AUS", "3", "OTH", "0", NULL);
  const cm_model_market *market = answers("production", 0, 2020);
  ck_assert_int_eq(market->n, 3);
  const uint16_t *country = model->figures.country + market->first;
  ck_assert_str_eq(model->countries[country[0]].key, "AUS");
  ck_assert_str_eq(model->countries[country[1]].key, "CHN");
  ck_assert_str_eq(model->countries[country[2]].key, "USA");
  ck_assert_double_eq(model->figures.value[market->world], 6);
  ck_assert_int_eq(market->n_other, 1);
  ck_assert_double_eq(model->figures.value[market->other], 0);
}
END_TEST

START_TEST(figures_of_plants_and_sectors_are_no_country_totals) {
  world_set(store, "producer|producer=plant|name=Plant|kind=facility|country=CHN");
  world_figure(store, "CHN", "4", "producer=plant");
  world_figure(store, "CHN", "5", "sector=solder");
  ck_assert_str_eq(answerer(2020), "nobody");
  world_figure(store, "CHN", "9", "");
  reload(NULL);
  ck_assert_int_eq(answers("production", 0, 2020)->n, 1);
  int32_t tin = cm_mineral_place(model, "tin"), production = cm_measure_place(model, "production");
  const cm_model_stage *stage = &model->stages[model->minerals[tin].first_stage];
  for (int32_t i = 0; i < stage->n_markets; i++) {
    const cm_model_market *market = &model->markets[stage->first_market + i];
    ck_assert_int_eq(market->n, 1);
    ck_assert_double_eq(model->figures.value[market->first], market->detail == CM_OF_PRODUCERS ? 4
                                                             : market->detail == CM_OF_SECTORS ? 5
                                                                                               : 9);
  }
  ck_assert_int_eq(stage->n_markets, 3);
  ck_assert_ptr_null(
      cm_model_market_of(model, model->minerals[tin].first_stage, production, CM_OF_PRODUCERS, 2020, CM_NONE, NULL));
}
END_TEST

START_TEST(geological_reserves_are_a_measure) {
  world_set(store,
            "reserve|reserve=ground|kind=geological|holder=CHN|mineral=tin|stage=mining|from=2020|to=2020|unit=t|basis="
            "content|value=7|"
            "status=reported|source=first|edition=2022");
  world_set(store,
            "reserve|reserve=stockpile|kind=strategic|holder=CHN|mineral=tin|stage=mining|from=2020|to=2020|unit=t|"
            "basis=content|value=8|"
            "status=reported");
  const cm_model_market *market = answers("reserves", 0, 2020);
  ck_assert_int_eq(market->n, 1);
  ck_assert_double_eq(value_of(market, "CHN"), 7);
}
END_TEST

START_TEST(another_basis_is_converted_with_its_factor) {
  world_figure(store, "CHN", "10", "basis=SnO2");
  const cm_model_market *market = answers("production", 0, 2020);
  ck_assert_double_eq(model->figures.value[market->first], 10);
  ck_assert_double_eq(model->figures.factor[market->first], 0.5);
}
END_TEST

START_TEST(a_basis_without_a_factor_is_refused) {
  world_figure(store, "CHN", "10", "basis=SnO2");
  const char *names[] = {"mineral"}, *values[] = {"tin"};
  critmin_error error;
  ck_assert_int_eq(critmin_store_remove(store, "content_factor", names, values, 1, NULL, &error), CRITMIN_OK);
  critmin_model *none = NULL;
  ck_assert_int_eq(critmin_model_load(store, NULL, NULL, NULL, &none, &error), CRITMIN_ERROR_MIXED_BASES);
  ck_assert_ptr_null(none);
  ck_assert_ptr_nonnull(strstr(error.message, "SnO2"));
  /* What is not chosen does no harm. */
  world_figure(store, "CHN", "11", "edition=2023");
  ck_assert_str_eq(answerer(2020), "first 2023");
}
END_TEST

START_TEST(shares_and_quantities_of_one_edition_do_not_mix) {
  world_figure(store, "CHN", "0.5", "unit=share");
  world_figure(store, "USA", "0.25", "unit=share");
  ck_assert_int_eq(answers("production", 0, 2020)->is_share, 1);
  world_figure(store, "USA", "10", "");
  critmin_model *none = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_model_load(store, NULL, NULL, NULL, &none, &error), CRITMIN_ERROR_MIXED_BASES);
}
END_TEST

START_TEST(a_total_keeps_the_countries_it_leaves_out) {
  world_figure(store, "CHN", "10", "");
  world_figure(store, "WLD", "20", "excludes=USA;FRA");
  const cm_model_market *market = answers("production", 0, 2020);
  ck_assert_int_eq(market->n_excluded, 2);
  ck_assert_str_eq(model->countries[model->excluded[market->first_excluded]].key, "USA");
  ck_assert_str_eq(model->countries[model->excluded[market->first_excluded + 1]].key, "FRA");
}
END_TEST

Suite *suite_choice(void) {
  Suite *suite = suite_create("choice");
  TCase *tests = tcase_create("choice");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, the_newest_edition_of_the_first_source_in_rank_answers);
  tcase_add_test(tests, the_option_edition_takes_what_was_out_by_then);
  tcase_add_test(tests, the_option_source_overrides_the_ranks);
  tcase_add_test(tests, the_most_specific_rank_of_a_source_holds);
  tcase_add_test(tests, of_sources_without_rank_the_newest_answers);
  tcase_add_test(tests, a_mean_answers_only_years_that_nothing_annual_does);
  tcase_add_test(tests, half_a_year_is_no_year_of_production_but_states_the_capacity);
  tcase_add_test(tests, figures_come_before_projections);
  tcase_add_test(tests, an_edition_with_nothing_but_a_total_answers_last);
  tcase_add_test(tests, producers_stand_by_key_and_apart_from_total_and_others);
  tcase_add_test(tests, figures_of_plants_and_sectors_are_no_country_totals);
  tcase_add_test(tests, geological_reserves_are_a_measure);
  tcase_add_test(tests, another_basis_is_converted_with_its_factor);
  tcase_add_test(tests, a_basis_without_a_factor_is_refused);
  tcase_add_test(tests, shares_and_quantities_of_one_edition_do_not_mix);
  tcase_add_test(tests, a_total_keeps_the_countries_it_leaves_out);
  suite_add_tcase(suite, tests);
  return suite;
}
