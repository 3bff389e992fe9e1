/* SPDX-License-Identifier: MIT */
/* What assessments published, and prices. */
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

/* The value of tin's parameter; -1 when there is none. */
static double value_of(const char *parameter, const char *stage, const char *country, const char *source) {
  int32_t tin = cm_mineral_place(model, "tin"), at = CM_NONE;
  for (int32_t i = 0; stage && i < model->minerals[tin].n_stages; i++) {
    if (strcmp(model->stages[model->minerals[tin].first_stage + i].key, stage) == 0)
      at = model->minerals[tin].first_stage + i;
  }
  const cm_model_parameter *p =
      cm_model_parameter_of(model, tin, at, country ? cm_country_place(model, country) : CM_NONE, parameter,
                            source ? cm_source_place(model, source) : CM_NONE);
  return p ? p->value : -1;
}

START_TEST(a_parameter_is_of_what_it_names_and_nothing_else) {
  world_set(store, "parameter|mineral=tin|parameter=risk|value=1|source=first|edition=2022");
  world_set(store, "parameter|mineral=tin|stage=mining|parameter=risk|value=2|source=first|edition=2022");
  world_set(store, "parameter|mineral=tin|country=USA|parameter=risk|value=3|source=first|edition=2022");
  world_set(store, "parameter|mineral=one|parameter=risk|value=4|source=first|edition=2022");
  world_set(store,
            "parameter|mineral=tin|parameter=rate|value=5|low=4|high=6|unit=1|words=five|note=why|source=first|"
            "edition=2022");
  load(NULL);
  ck_assert_double_eq(value_of("risk", NULL, NULL, NULL), 1);
  ck_assert_double_eq(value_of("risk", "mining", NULL, NULL), 2);
  ck_assert_double_eq(value_of("risk", NULL, "USA", NULL), 3);
  ck_assert_double_eq(value_of("risk", "mining", "USA", NULL), -1);
  ck_assert_double_eq(value_of("zeal", NULL, NULL, NULL), -1);
  ck_assert_double_eq(value_of("a", NULL, NULL, NULL), -1);
  int32_t tin = cm_mineral_place(model, "tin");
  const cm_model_parameter *rate = cm_model_parameter_of(model, tin, CM_NONE, CM_NONE, "rate", CM_NONE);
  ck_assert_double_eq(rate->low, 4);
  ck_assert_double_eq(rate->high, 6);
  ck_assert_str_eq(rate->words, "five");
  ck_assert_str_eq(rate->unit, "1");
  ck_assert_str_eq(rate->note, "why");
  ck_assert_int_eq(model->minerals[tin].n_parameters, 4);
}
END_TEST

START_TEST(the_newest_edition_of_a_parameter_answers) {
  world_set(store, "parameter|mineral=tin|parameter=risk|value=2|source=second|edition=2021");
  world_set(store, "parameter|mineral=tin|parameter=risk|value=3|source=first|edition=2023");
  world_set(store, "parameter|mineral=tin|parameter=risk|value=1|source=first|edition=2022");
  load(NULL);
  ck_assert_double_eq(value_of("risk", NULL, NULL, NULL), 3);
  ck_assert_double_eq(value_of("risk", NULL, NULL, "second"), 2);
  ck_assert_double_eq(value_of("risk", NULL, NULL, "third"), -1);
  load("edition=2022-12-31");
  ck_assert_double_eq(value_of("risk", NULL, NULL, NULL), 1);
  load("edition=2020-12-31");
  ck_assert_double_eq(value_of("risk", NULL, NULL, NULL), -1);
}
END_TEST

START_TEST(a_parameter_in_words_has_no_value) {
  world_set(store, "parameter|mineral=tin|parameter=listed|words=watched|source=first|edition=2022");
  load(NULL);
  ck_assert_double_nan(value_of("listed", NULL, NULL, NULL));
}
END_TEST

START_TEST(prices_stand_by_mineral_form_and_period) {
#define PRICE "price|per=t|currency=USD|source=first|edition=2022|"
  world_set(store, PRICE "mineral=tin|form=metal|from=2021|to=2021|amount=4");
  world_set(store, PRICE "mineral=tin|form=metal|from=2020|to=2020|amount=2|low=1|high=5|money_year=1998");
  world_set(store, PRICE "mineral=tin|form=metal|from=2020|to=2020|amount=3|edition=2023");
  world_set(store, PRICE "mineral=tin|from=2022|to=2022|amount=1");
  world_set(store, PRICE "mineral=one|from=2020|to=2020|amount=9");
  load(NULL);
  const cm_model_mineral *tin = &model->minerals[cm_mineral_place(model, "tin")];
  ck_assert_int_eq(tin->n_prices, 4);
  static const double amounts[] = {1, 3, 2, 4};
  for (int i = 0; i < 4; i++) ck_assert_double_eq(model->prices[tin->first_price + i].amount, amounts[i]);
  const cm_model_price *old = &model->prices[tin->first_price + 2];
  ck_assert_double_eq(old->low, 1);
  ck_assert_double_eq(old->high, 5);
  ck_assert_int_eq(old->money_year, 1998);
  ck_assert_int_eq(old->from, 20200101);
  ck_assert_int_eq(old->to, 20201231);
  ck_assert_str_eq(old->per, "t");
  ck_assert_str_eq(old->currency, "USD");
  ck_assert_int_eq(old->status, CM_STATUS_REPORTED);
  load("mineral=one|year=2020");
  ck_assert_uint_eq(model->n_prices, 1);
  load("mineral=one|year=2021");
  ck_assert_uint_eq(model->n_prices, 0);
}
END_TEST

Suite *suite_parameters(void) {
  Suite *suite = suite_create("parameters");
  TCase *tests = tcase_create("parameters");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, a_parameter_is_of_what_it_names_and_nothing_else);
  tcase_add_test(tests, the_newest_edition_of_a_parameter_answers);
  tcase_add_test(tests, a_parameter_in_words_has_no_value);
  tcase_add_test(tests, prices_stand_by_mineral_form_and_period);
  suite_add_tcase(suite, tests);
  return suite;
}
