/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "model/model.h"
#include "suites.h"
#include "world.h"

static critmin_store *store;
static critmin_model *model;

static void setup(void) {
  store = world();
}
static void teardown(void) {
  critmin_model_free(model);
  model = NULL;
  critmin_store_close(store);
}

static double score(const char *country, int32_t year, int32_t *of) {
  int32_t place =
      cm_model_score(model, cm_indicator_place(model, "rule_of_law"), cm_country_place(model, country), year);
  if (place == CM_NONE) return NAN;
  *of = model->scores.year[place];
  return model->scores.value[place];
}

START_TEST(the_latest_score_not_after_the_year_answers) {
  world_set(store, "indicator|indicator=rule_of_law|country=CHN|year=2015|value=0.5|source=wgi|edition=2024");
  world_set(store,
            "indicator|indicator=rule_of_law|country=CHN|year=2018|value=-0.5|std_error=0.1|source=wgi|edition=2024");
  model = world_model(store, NULL);
  int32_t of = 0;
  ck_assert_double_eq(score("CHN", 2018, &of), -0.5);
  ck_assert_int_eq(of, 2018);
  ck_assert_double_eq(score("CHN", 2017, &of), 0.5);
  ck_assert_int_eq(of, 2015);
  ck_assert_double_nan(score("CHN", 2014, &of));
  ck_assert_double_nan(score("USA", 2018, &of));
}
END_TEST

START_TEST(a_score_is_of_the_newest_edition_that_has_its_year) {
  world_set(store, "edition|source=wgi|edition=2025|date=2025-11-01");
  world_set(store, "indicator|indicator=rule_of_law|country=CHN|year=2015|value=1|source=wgi|edition=2024");
  world_set(store, "indicator|indicator=rule_of_law|country=CHN|year=2018|value=1.1|source=wgi|edition=2024");
  world_set(store, "indicator|indicator=rule_of_law|country=CHN|year=2018|value=2.1|source=wgi|edition=2025");
  world_set(store, "indicator|indicator=rule_of_law|country=CHN|year=2019|value=1.2|source=wgi|edition=2024");
  model = world_model(store, NULL);
  int32_t of = 0;
  ck_assert_double_eq(score("CHN", 2019, &of), 1.2);
  ck_assert_double_eq(score("CHN", 2018, &of), 2.1);
  ck_assert_double_eq(score("CHN", 2017, &of), 1);
  ck_assert_int_eq(of, 2015);
  critmin_model_free(model);
  model = world_model(store, "edition=2025-01-01");
  ck_assert_double_eq(score("CHN", 2018, &of), 1.1);
}
END_TEST

START_TEST(a_narrowed_model_has_the_scores_of_its_producers) {
  world_figure(store, "CHN", "10", "");
  world_set(store, "indicator|indicator=rule_of_law|country=CHN|year=2015|value=1|source=wgi|edition=2024");
  world_set(store, "indicator|indicator=rule_of_law|country=CHN|year=2014|value=2|source=wgi|edition=2024");
  world_set(store, "indicator|indicator=rule_of_law|country=CHN|year=2021|value=3|source=wgi|edition=2024");
  world_set(store, "indicator|indicator=rule_of_law|country=USA|year=2015|value=1|source=wgi|edition=2024");
  int32_t of;
  model = world_model(store, "mineral=tin|year=2020");
  ck_assert_double_eq(score("CHN", 2020, &of), 1);
  ck_assert_double_eq(score("CHN", 2014, &of), 2); /* of all years, and of nobody else */
  ck_assert_uint_eq(model->scores.count, 3);
  ck_assert_double_nan(score("USA", 2020, &of));
  /* A producer that only the total tells of is one too. */
  world_figure(store, "WLD", "10", "excludes=USA");
  critmin_model_free(model);
  model = world_model(store, "mineral=tin");
  ck_assert_double_eq(score("USA", 2020, &of), 1);
}
END_TEST

Suite *suite_scores(void) {
  Suite *suite = suite_create("scores");
  TCase *tests = tcase_create("scores");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, the_latest_score_not_after_the_year_answers);
  tcase_add_test(tests, a_score_is_of_the_newest_edition_that_has_its_year);
  tcase_add_test(tests, a_narrowed_model_has_the_scores_of_its_producers);
  suite_add_tcase(suite, tests);
  return suite;
}
