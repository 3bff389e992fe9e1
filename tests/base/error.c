/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "suites.h"

START_TEST(success_empties_what_an_earlier_failure_left) {
  critmin_error error;
  memset(&error, 0x55, sizeof error);
  ck_assert_int_eq(cm_ok(&error), CRITMIN_OK);
  ck_assert_int_eq(error.status, CRITMIN_OK);
  ck_assert_int_eq(error.system_code, 0);
  ck_assert_int_eq(error.row, 0);
  ck_assert_int_eq(error.column, 0);
  ck_assert_str_eq(error.message, "");
}
END_TEST

START_TEST(a_failure_has_its_status_and_message) {
  critmin_error error;
  memset(&error, 0x55, sizeof error);
  ck_assert_int_eq(cm_fail(&error, CRITMIN_ERROR_NEGATIVE, "%s is %d", "tonnes", -1), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(error.status, CRITMIN_ERROR_NEGATIVE);
  ck_assert_str_eq(error.message, "tonnes is -1");
  ck_assert_int_eq(error.row, 0);
  ck_assert_int_eq(cm_fail_at(&error, error.status, 7, 3), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(error.row, 7);
  ck_assert_int_eq(error.column, 3);
  ck_assert_str_eq(error.message, "tonnes is -1");
}
END_TEST

START_TEST(nobody_needs_to_pass_an_error) {
  ck_assert_int_eq(cm_ok(NULL), CRITMIN_OK);
  ck_assert_int_eq(cm_fail(NULL, CRITMIN_ERROR_IO, "unread"), CRITMIN_ERROR_IO);
  ck_assert_int_eq(cm_fail_at(NULL, CRITMIN_ERROR_IO, 1, 1), CRITMIN_ERROR_IO);
  ck_assert_int_eq(cm_fail_memory(NULL), CRITMIN_ERROR_MEMORY);
  ck_assert_int_eq(cm_fail_null(NULL, "store"), CRITMIN_ERROR_ARGUMENT);
}
END_TEST

/* A message of `_i` bytes of padding before characters of four bytes each: the cut falls on each of their bytes in turn. */
START_TEST(a_message_too_long_is_cut_at_a_whole_character) {
  critmin_error error;
  char text[2000] = "";
  memset(text, 'x', (size_t)_i);
  for (size_t at = (size_t)_i; at + 5 < sizeof text; at += 4) memcpy(text + at, "\xF0\x9F\x8C\x8D", 5);
  cm_fail(&error, CRITMIN_ERROR_FORMAT, "%s", text);
  size_t length = strlen(error.message);
  ck_assert_uint_lt(length, sizeof error.message);
  ck_assert_uint_gt(length, sizeof error.message - 8);
  ck_assert(cm_text_valid(error.message, length));
  ck_assert_str_eq(error.message + length - 3, "...");
}
END_TEST

START_TEST(a_message_that_just_fits_is_whole) {
  critmin_error error;
  char text[1000];
  memset(text, 'y', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  cm_fail(&error, CRITMIN_ERROR_FORMAT, "%s", text);
  ck_assert_str_eq(error.message, text);
  cm_fail(&error, CRITMIN_ERROR_FORMAT, "%sz", text);
  ck_assert_str_eq(error.message + strlen(error.message) - 4, "y...");
}
END_TEST

START_TEST(a_null_argument_is_named) {
  critmin_error error;
  ck_assert_int_eq(cm_fail_null(&error, "store"), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_nonnull(strstr(error.message, "`store`"));
}
END_TEST

Suite *suite_error(void) {
  Suite *suite = suite_create("error");
  TCase *tcase = tcase_create("error");
  tcase_add_test(tcase, success_empties_what_an_earlier_failure_left);
  tcase_add_test(tcase, a_failure_has_its_status_and_message);
  tcase_add_test(tcase, nobody_needs_to_pass_an_error);
  tcase_add_loop_test(tcase, a_message_too_long_is_cut_at_a_whole_character, 0, 4);
  tcase_add_test(tcase, a_message_that_just_fits_is_whole);
  tcase_add_test(tcase, a_null_argument_is_named);
  suite_add_tcase(suite, tcase);
  return suite;
}
