/* SPDX-License-Identifier: MIT */
#include "table/columns.h"

#include <math.h>
#include <stdio.h>

#include "critmin/status.h"
#include "runner.h"
#include "suites.h"

static critmin_columns *columns;
static critmin_error error;

static void make(void) { ck_assert_int_eq(critmin_columns_new(4, &columns, &error), CRITMIN_OK); }
static void drop(void) { critmin_columns_free(columns); }

static const double numbers[4] = {1.5, NAN, 0, -2};
static const int64_t integers[4] = {7, CRITMIN_INTEGER_MISSING, 0, -9};
static const char *const texts[4] = {"tin", NULL, "", "t"};
static const int32_t codes[4] = {1, -1, 2, 0};
static const char *const words[2] = {"zinc", "lead"};

START_TEST(cells_of_every_kind_are_read) {
  ck_assert_int_eq(critmin_columns_number(columns, "number", numbers, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_columns_integer(columns, "integer", integers, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_columns_text(columns, "text", texts, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_columns_coded(columns, "coded", codes, words, 2, &error), CRITMIN_OK);
  ck_assert_int_eq(cm_columns_rows(columns), 4);
  ck_assert_int_eq(cm_columns_count(columns), 4);
  ck_assert_str_eq(cm_columns_name(columns, 3), "coded");
  ck_assert_int_eq(cm_columns_words(columns, 3), 2);
  ck_assert_int_eq(cm_columns_words(columns, 2), 0);
  ck_assert_int_eq(cm_columns_cell(columns, 0, 0).kind, CM_CELL_NUMBER);
  ck_assert_double_eq(cm_columns_cell(columns, 0, 3).number, -2);
  ck_assert_int_eq(cm_columns_cell(columns, 1, 0).kind, CM_CELL_INTEGER);
  ck_assert_int_eq(cm_columns_cell(columns, 1, 3).integer, -9);
  ck_assert_str_eq(cm_columns_cell(columns, 2, 0).text, "tin");
  ck_assert_int_eq(cm_columns_cell(columns, 2, 2).kind, CM_CELL_TEXT);
  ck_assert_int_eq(cm_columns_cell(columns, 2, 0).code, -1);
  ck_assert_str_eq(cm_columns_cell(columns, 3, 0).text, "lead");
  ck_assert_int_eq(cm_columns_cell(columns, 3, 0).code, 1);
  for (int32_t c = 0; c < 4; c++) ck_assert_int_eq(cm_columns_cell(columns, c, 1).kind, CM_CELL_MISSING);
}
END_TEST

START_TEST(a_code_outside_the_dictionary_is_seen) {
  static const int32_t bad[4] = {2, -2, INT32_MAX, INT32_MIN};
  ck_assert_int_eq(critmin_columns_coded(columns, "coded", bad, words, 2, &error), CRITMIN_OK);
  for (int64_t r = 0; r < 4; r++) ck_assert_int_eq(cm_columns_cell(columns, 0, r).kind, CM_CELL_BAD_CODE);
}
END_TEST

START_TEST(a_name_given_twice_is_refused) {
  ck_assert_int_eq(critmin_columns_number(columns, "value", numbers, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_columns_integer(columns, "Value", integers, &error), CRITMIN_ERROR_DUPLICATE_KEY);
  ck_assert_int_eq(cm_columns_count(columns), 1);
}
END_TEST

START_TEST(bad_arguments_are_refused) {
  ck_assert_int_eq(critmin_columns_new(-1, &columns, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_columns_new(1, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_columns_number(NULL, "value", numbers, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_columns_number(columns, NULL, numbers, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_columns_number(columns, "", numbers, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_columns_number(columns, "value", NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_columns_text(columns, "value", NULL, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_columns_coded(columns, "value", codes, NULL, 2, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_columns_coded(columns, "value", codes, words, -1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(cm_columns_count(columns), 0);
  critmin_columns_free(NULL);
}
END_TEST

START_TEST(no_rows_need_no_array) {
  critmin_columns *none;
  ck_assert_int_eq(critmin_columns_new(0, &none, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_columns_number(none, "value", NULL, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_columns_coded(none, "word", NULL, NULL, 0, &error), CRITMIN_OK);
  ck_assert_int_eq(cm_columns_rows(none), 0);
  critmin_columns_free(none);
}
END_TEST

static int32_t fill(void *user) {
  (void)user;
  critmin_columns *made = NULL;
  critmin_status status = critmin_columns_new(4, &made, &error);
  for (int i = 0; i < 40 && !status; i++) {
    char name[16];
    snprintf(name, sizeof name, "column %d", i);
    status = critmin_columns_number(made, name, numbers, &error);
    ck_assert_int_eq(cm_columns_count(made), status ? i : i + 1);
  }
  critmin_columns_free(made);
  return status;
}

START_TEST(any_allocation_may_fail) { fail_each_allocation(fill, NULL); }
END_TEST

Suite *suite_columns(void) {
  Suite *suite = suite_create("columns");
  TCase *tcase = tcase_create("columns");
  tcase_add_checked_fixture(tcase, make, drop);
  tcase_add_test(tcase, cells_of_every_kind_are_read);
  tcase_add_test(tcase, a_code_outside_the_dictionary_is_seen);
  tcase_add_test(tcase, a_name_given_twice_is_refused);
  tcase_add_test(tcase, bad_arguments_are_refused);
  tcase_add_test(tcase, no_rows_need_no_array);
  tcase_add_test(tcase, any_allocation_may_fail);
  suite_add_tcase(suite, tcase);
  return suite;
}
