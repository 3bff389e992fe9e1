/* SPDX-License-Identifier: MIT */
#include "base/selection.h"

#include <string.h>

#include "suites.h"
#include "critmin/selection.h"
#include "runner.h"

static critmin_selection *selection;
static critmin_error error;

static void make(void) { ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK); }
static void drop(void) { critmin_selection_free(selection); }

START_TEST(a_new_selection_selects_everything) {
  for (int d = 0; d < CM_DIMENSIONS; d++) ck_assert_uint_eq(cm_selection_names(selection, (cm_dimension)d)->count, 0);
  ck_assert_int_eq(selection->has_years, 0);
  ck_assert_ptr_null(cm_selection_option(selection, "source"));
}
END_TEST

START_TEST(no_selection_selects_everything) {
  ck_assert_uint_eq(cm_selection_names(NULL, CM_MINERAL)->count, 0);
  ck_assert_ptr_null(cm_selection_option(NULL, "source"));
}
END_TEST

START_TEST(names_are_kept_in_order_and_once) {
  ck_assert_int_eq(critmin_selection_add(selection, "mineral", "rare_earths", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_add(selection, "Mineral", "cobalt", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_add(selection, "mineral", "Rare-Earths", &error), CRITMIN_OK);
  const cm_names *names = cm_selection_names(selection, CM_MINERAL);
  ck_assert_uint_eq(names->count, 2);
  ck_assert_str_eq(names->names[0], "rare_earths");
  ck_assert_str_eq(names->names[1], "cobalt");
}
END_TEST

START_TEST(an_unknown_dimension_names_the_nearest) {
  ck_assert_int_eq(critmin_selection_add(selection, "minerl", "cobalt", &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "`mineral`"));
  ck_assert_int_eq(critmin_selection_add(selection, "colour", "red", &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "there are metric"));
}
END_TEST

START_TEST(null_empty_and_broken_arguments_are_refused) {
  ck_assert_int_eq(critmin_selection_new(NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_selection_add(NULL, "mineral", "cobalt", &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_selection_add(selection, NULL, "cobalt", &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_selection_add(selection, "mineral", NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_selection_add(selection, "mineral", "", &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_selection_add(selection, "mineral", "\xff", &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_selection_set(selection, "source", NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_selection_set(NULL, "source", "usgs", NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_selection_years(NULL, 2000, 2001, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_uint_eq(cm_selection_names(selection, CM_MINERAL)->count, 0);
  critmin_selection_free(NULL);
}
END_TEST

START_TEST(impossible_years_are_refused_and_change_nothing) {
  ck_assert_int_eq(critmin_selection_years(selection, 2000, 2024, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_years(selection, 2024, 2000, &error), CRITMIN_ERROR_YEAR_RANGE);
  ck_assert_int_eq(critmin_selection_years(selection, 1499, 2000, &error), CRITMIN_ERROR_YEAR_RANGE);
  ck_assert_int_eq(critmin_selection_years(selection, 2000, 2201, &error), CRITMIN_ERROR_YEAR_RANGE);
  ck_assert_int_eq(selection->first_year, 2000);
  ck_assert_int_eq(selection->last_year, 2024);
  ck_assert_int_eq(critmin_selection_years(selection, 1500, 2200, &error), CRITMIN_OK);
}
END_TEST

START_TEST(an_option_set_again_is_replaced) {
  ck_assert_int_eq(critmin_selection_set(selection, "source", "usgs", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_set(selection, "hhi.residual", "upper", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_set(selection, "Source", "iea", &error), CRITMIN_OK);
  ck_assert_uint_eq(selection->n_options, 2);
  ck_assert_str_eq(cm_selection_option(selection, "source"), "iea");
  ck_assert_str_eq(cm_selection_option(selection, "hhi.residual"), "upper");
}
END_TEST

START_TEST(days_must_be_in_the_calendar) {
  static const char *const good[] = {"2024-02-29", "2000-02-29", "1999-12-31", "2025-01-01"};
  static const char *const bad[] = {"2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31",
                                    "2024-1-1",   "2024",       "20240101",   "2024-01-00", "2024-01-01 "};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
    ck_assert_int_eq(critmin_selection_set(selection, "edition", good[i], &error), CRITMIN_OK);
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
    ck_assert_int_eq(critmin_selection_set(selection, "date", bad[i], &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_str_eq(cm_selection_option(selection, "edition"), "2025-01-01");
  ck_assert_ptr_null(cm_selection_option(selection, "date"));
}
END_TEST

static int32_t fill(void *user) {
  (void)user;
  critmin_selection *made = NULL;
  critmin_status status = critmin_selection_new(&made, &error);
  for (int i = 0; i < 20 && !status; i++) {
    char name[] = {(char)('a' + i), '\0'};
    status = critmin_selection_add(made, "country", name, &error);
    if (!status) status = critmin_selection_set(made, name, "1", &error);
    if (!status) status = critmin_selection_set(made, name, "2", &error);
    if (status) {
      ck_assert_uint_le(cm_selection_names(made, CM_COUNTRY)->count, (size_t)i + 1);
      ck_assert_uint_le(made->n_options, (size_t)i + 1);
    }
  }
  critmin_selection_free(made);
  return status;
}

START_TEST(any_allocation_may_fail) { fail_each_allocation(fill, NULL); }
END_TEST

Suite *suite_selection(void) {
  Suite *suite = suite_create("selection");
  TCase *tcase = tcase_create("selection");
  tcase_add_checked_fixture(tcase, make, drop);
  tcase_add_test(tcase, a_new_selection_selects_everything);
  tcase_add_test(tcase, no_selection_selects_everything);
  tcase_add_test(tcase, names_are_kept_in_order_and_once);
  tcase_add_test(tcase, an_unknown_dimension_names_the_nearest);
  tcase_add_test(tcase, null_empty_and_broken_arguments_are_refused);
  tcase_add_test(tcase, impossible_years_are_refused_and_change_nothing);
  tcase_add_test(tcase, an_option_set_again_is_replaced);
  tcase_add_test(tcase, days_must_be_in_the_calendar);
  tcase_add_test(tcase, any_allocation_may_fail);
  suite_add_tcase(suite, tcase);
  return suite;
}
