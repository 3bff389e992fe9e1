/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"
#include "suites.h"

START_TEST(names_are_equal_whatever_case_and_joint) {
  ck_assert(cm_name_equal("rare_earths", "Rare-Earths"));
  ck_assert(cm_name_equal("rare earths", "RARE_EARTHS"));
  ck_assert(cm_name_equal("", ""));
  ck_assert(!cm_name_equal("rare_earths", "rareearths"));
  ck_assert(!cm_name_equal("rare", "rare_earths"));
  ck_assert(!cm_name_equal("rare_earths", "rare"));
  ck_assert(cm_name_equal("C\xC3\xB4te", "c\xC3\xB4te"));
}
END_TEST

START_TEST(equal_names_have_equal_hashes) {
  ck_assert_uint_eq(cm_name_hash("rare_earths"), cm_name_hash("Rare-Earths"));
  ck_assert_uint_eq(cm_name_hash("a b"), cm_name_hash("A-B"));
  ck_assert_uint_ne(cm_name_hash("cobalt"), cm_name_hash("copper"));
}
END_TEST

static const char *const minerals[] = {"cobalt", "copper", NULL, "gallium", "germanium", "graphite_natural", "tin"};

static const char *name_at(const void *user, size_t i) {
  const char *const *names = user;
  return names[i];
}

static const char *nearest(const char *word) {
  return cm_name_nearest(word, name_at, minerals, sizeof minerals / sizeof minerals[0]);
}

START_TEST(the_nearest_name_is_found_through_a_slip) {
  ck_assert_str_eq(nearest("cobolt"), "cobalt");
  ck_assert_str_eq(nearest("cobaltt"), "cobalt");
  ck_assert_str_eq(nearest("obalt"), "cobalt");
  ck_assert_str_eq(nearest("coblat"), "cobalt");
  ck_assert_str_eq(nearest("GALIUM"), "gallium");
  ck_assert_str_eq(nearest("graphite-naturel"), "graphite_natural");
  ck_assert_str_eq(nearest("tni"), "tin");
}
END_TEST

START_TEST(nothing_is_suggested_for_what_is_far) {
  ck_assert_ptr_null(nearest("unobtainium_ore"));
  ck_assert_ptr_null(nearest("xyz"));
  ck_assert_ptr_null(nearest(""));
  ck_assert_ptr_null(cm_name_nearest("cobalt", name_at, minerals, 0));
}
END_TEST

START_TEST(a_name_longer_than_any_is_far_and_harmless) {
  char name[500];
  memset(name, 'c', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  ck_assert_ptr_null(nearest(name + 435)); /* 64 characters, the longest that is compared */
  ck_assert_ptr_null(nearest(name));
}
END_TEST

Suite *suite_names(void) {
  Suite *suite = suite_create("names");
  TCase *tcase = tcase_create("names");
  tcase_add_test(tcase, names_are_equal_whatever_case_and_joint);
  tcase_add_test(tcase, equal_names_have_equal_hashes);
  tcase_add_test(tcase, the_nearest_name_is_found_through_a_slip);
  tcase_add_test(tcase, nothing_is_suggested_for_what_is_far);
  tcase_add_test(tcase, a_name_longer_than_any_is_far_and_harmless);
  suite_add_tcase(suite, tcase);
  return suite;
}
