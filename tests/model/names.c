/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "model/model.h"
#include "suites.h"
#include "world.h"

static critmin_model *model;

static void setup(void) {
  critmin_store *store = world();
  model = world_model(store, NULL);
  critmin_store_close(store);
}
static void teardown(void) {
  critmin_model_free(model);
}

static const char *country(const char *name) {
  int32_t place = cm_country_place(model, name);
  return place == CM_NONE ? "(none)" : model->countries[place].key;
}

START_TEST(a_country_answers_to_key_name_code_and_words) {
  static const char *const names[] = {"USA", "usa", "US", "united_states", "America"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) ck_assert_str_eq(country(names[i]), "USA");
  ck_assert_str_eq(country("Mainland"), "CHN");
}
END_TEST

START_TEST(a_word_that_publishers_use_for_two_countries_is_none) {
  ck_assert_str_eq(country("Isles"), "(none)");
}
END_TEST

START_TEST(a_party_is_a_country_or_a_group) {
  int32_t c, g;
  critmin_error error;
  ck_assert_int_eq(cm_model_find_party(model, "eu27", &c, &g, &error), CRITMIN_OK);
  ck_assert_int_eq(c, CM_NONE);
  ck_assert_str_eq(model->groups[g].key, "EU27");
  ck_assert_int_eq(cm_model_find_party(model, "France", &c, &g, &error), CRITMIN_OK);
  ck_assert_int_eq(g, CM_NONE);
  ck_assert_int_eq(cm_model_find_party(model, "Germani", &c, &g, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "`Germany`"));
}
END_TEST

START_TEST(a_mineral_answers_to_key_name_symbol_and_words) {
  static const char *const names[] = {"tin", "TIN", "Sn", "stannum"};
  critmin_error error;
  int32_t place;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    ck_assert_int_eq(cm_model_find_mineral(model, names[i], &place, &error), CRITMIN_OK);
    ck_assert_str_eq(model->minerals[place].key, "tin");
  }
  ck_assert_int_eq(cm_model_find_mineral(model, "stanum", &place, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "`stannum`"));
}
END_TEST

static int means(const char *mineral, int stage, const char *name) {
  int32_t place = cm_mineral_place(model, mineral);
  return cm_model_stage_is(model, model->minerals[place].first_stage + stage, name);
}

START_TEST(a_stage_answers_to_key_kind_and_words) {
  ck_assert(means("tin", 1, "smelter") && means("tin", 1, "processing") && means("tin", 2, "Processing"));
  ck_assert(!means("tin", 1, "refined") && !means("tin", 0, "processing"));
  ck_assert(means("tin", 0, "pit") && means("one", 1, "plant") && !means("one", 0, "plant"));
  ck_assert(cm_model_stage_word(model, "plant") && cm_model_stage_word(model, "component") &&
            !cm_model_stage_word(model, "quarry"));
}
END_TEST

START_TEST(membership_has_dates) {
  int32_t eu = cm_group_place(model, "EU27"), gbr = cm_country_place(model, "GBR"),
          late = cm_group_place(model, "LATE");
  ck_assert(cm_model_in_group(model, eu, gbr, 20200131));
  ck_assert(!cm_model_in_group(model, eu, gbr, 20200201));
  ck_assert(!cm_model_in_group(model, late, cm_country_place(model, "AUS"), 20291231));
  ck_assert(cm_model_in_group(model, late, cm_country_place(model, "AUS"), 20300101));
}
END_TEST

Suite *suite_names(void) {
  Suite *suite = suite_create("names");
  TCase *tests = tcase_create("names");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, a_country_answers_to_key_name_code_and_words);
  tcase_add_test(tests, a_word_that_publishers_use_for_two_countries_is_none);
  tcase_add_test(tests, a_party_is_a_country_or_a_group);
  tcase_add_test(tests, a_mineral_answers_to_key_name_symbol_and_words);
  tcase_add_test(tests, a_stage_answers_to_key_kind_and_words);
  tcase_add_test(tests, membership_has_dates);
  suite_add_tcase(suite, tests);
  return suite;
}
