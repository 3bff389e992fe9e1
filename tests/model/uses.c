/* SPDX-License-Identifier: MIT */
/* What minerals are used for, what industries add in value, and who holds producers. */
#include <math.h>
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

static void load(const char *words) {
  critmin_model_free(model);
  model = world_model(store, words);
}

#define USE "end_use|mineral=tin|country=USA|source=first|"
#define INDUSTRY "industry|country=USA|name=Any|currency=USD|source=first|"

static int32_t uses(const char *country, int32_t year, const char *source, int32_t *first) {
  return cm_model_end_uses(model, cm_mineral_place(model, "tin"), cm_country_place(model, country), year,
                           source ? cm_source_place(model, source) : CM_NONE, first);
}

START_TEST(uses_are_of_one_edition_country_and_period) {
  world_set(store, USE "application=solder|industry=26|from=2018|to=2020|share=.6|edition=2022");
  world_set(store, USE "application=cans|from=2018|to=2020|share=.4|edition=2022|note=why");
  world_set(store, USE "application=cans|from=2015|to=2017|share=1|edition=2022");
  world_set(store, USE "application=solder|from=2018|to=2020|share=.1|edition=2023");
  world_set(store,
            "end_use|mineral=tin|country=DEU|application=solder|from=2020|to=2020|share=1|source=second|edition=2021");
  load(NULL);
  int32_t first = CM_NONE;
  ck_assert_int_eq(uses("USA", 0, NULL, &first), 1); /* the newest edition, whole */
  ck_assert_double_eq(model->end_uses[first].share, .1);
  ck_assert_int_eq(uses("USA", 2016, NULL, &first), 1);
  ck_assert_double_eq(model->end_uses[first].share, 1);
  ck_assert_int_eq(uses("USA", 2021, NULL, &first), 0);
  ck_assert_int_eq(uses("CHN", 0, NULL, &first), 0);
  ck_assert_int_eq(uses("DEU", 0, "first", &first), 0);
  ck_assert_int_eq(uses("DEU", 0, "second", &first), 1);
  load("edition=2022-12-31");
  ck_assert_int_eq(uses("USA", 2018, NULL, &first), 2);
  ck_assert_str_eq(model->end_uses[first].application, "cans");
  ck_assert_str_eq(model->end_uses[first].industry, "");
  ck_assert_str_eq(model->end_uses[first].note, "why");
  ck_assert_str_eq(model->end_uses[first + 1].industry, "26");
  load("mineral=one");
  ck_assert_uint_eq(model->n_end_uses, 0);
}
END_TEST

START_TEST(an_industry_is_of_the_edition_and_period_of_the_use) {
  world_set(store, USE "application=solder|industry=26|from=2018|to=2020|share=1|edition=2022");
  world_set(store, INDUSTRY "industry=26|from=2018|to=2020|amount=5|edition=2022");
  world_set(store, INDUSTRY "industry=26|from=2018|to=2019|amount=6|edition=2022");
  world_set(store, INDUSTRY "industry=26|from=2018|to=2020|amount=7|edition=2023");
  load(NULL);
  int32_t first = CM_NONE;
  ck_assert_int_eq(uses("USA", 0, NULL, &first), 1);
  const cm_model_industry *industry = cm_model_industry_of(model, &model->end_uses[first], "26");
  ck_assert_double_eq(industry->amount, 5);
  ck_assert_str_eq(industry->currency, "USD");
  ck_assert_ptr_null(cm_model_industry_of(model, &model->end_uses[first], "27"));
  load("edition=2021-12-31");
  ck_assert_uint_eq(model->n_industries, 0);
}
END_TEST

START_TEST(owners_stand_with_what_they_hold) {
  world_set(store, "producer|producer=parent|name=Parent|kind=company");
  world_set(store, "producer|producer=mine|name=Mine|kind=facility|country=AUS");
  world_set(store, "producer_owner|producer=mine|owner=parent|share=.6|from=2020|to=2024-06");
  world_set(store, "producer_owner|producer=mine|country=DEU");
  load(NULL);
  ck_assert_uint_eq(model->n_producers, 2);
  const cm_model_producer *mine = &model->producers[1];
  ck_assert_str_eq(mine->key, "mine");
  ck_assert_int_eq(cm_model_producer_place(model, mine->id), 1);
  ck_assert_int_eq(cm_model_producer_place(model, mine->id + 1000), CM_NONE);
  ck_assert_int_eq(mine->country, cm_country_place(model, "AUS"));
  ck_assert_int_eq(model->producers[0].country, CM_NONE);
  ck_assert_int_eq(model->producers[0].n_owners, 0);
  ck_assert_int_eq(mine->n_owners, 2);
  const cm_model_owner *state = &model->owners[mine->first_owner], *parent = state + 1;
  ck_assert_int_eq(state->country, cm_country_place(model, "DEU"));
  ck_assert_int_eq(state->holder, CM_NONE);
  ck_assert_double_nan(state->share);
  ck_assert_int_eq(parent->holder, 0);
  ck_assert_double_eq(parent->share, .6);
  ck_assert_int_eq(parent->from, 20200101);
  ck_assert_int_eq(parent->to, 20240630);
}
END_TEST

Suite *suite_uses(void) {
  Suite *suite = suite_create("uses");
  TCase *tests = tcase_create("uses");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, uses_are_of_one_edition_country_and_period);
  tcase_add_test(tests, an_industry_is_of_the_edition_and_period_of_the_use);
  tcase_add_test(tests, owners_stand_with_what_they_hold);
  suite_add_tcase(suite, tests);
  return suite;
}
