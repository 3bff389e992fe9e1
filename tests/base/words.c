/* SPDX-License-Identifier: MIT */
/* Statuses, flags, answers and versions: the words of the library for itself. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "critmin/answer.h"
#include "critmin/status.h"
#include "critmin/version.h"
#include "suites.h"

START_TEST(every_status_has_a_name_and_a_sentence) {
  ck_assert_int_eq(critmin_status_count(), CRITMIN_ERROR_INTERNAL + 1);
  for (int32_t status = 0; status < critmin_status_count(); status++) {
    const char *name = critmin_status_name(status), *text = critmin_status_text(status);
    for (const char *c = name; *c; c++) ck_assert(isupper((unsigned char)*c) || *c == '_');
    ck_assert_int_eq(text[strlen(text) - 1], '.');
    for (int32_t other = 0; other < status; other++) ck_assert_str_ne(name, critmin_status_name(other));
  }
  ck_assert_str_eq(critmin_status_name(CRITMIN_ERROR_STAGE_NOT_IN_CHAIN), "STAGE_NOT_IN_CHAIN");
  ck_assert_str_eq(critmin_status_name(CRITMIN_ERROR_FORKED), "FORKED");
}
END_TEST

START_TEST(an_unknown_status_says_so) {
  ck_assert_str_eq(critmin_status_name(-1), "UNKNOWN_STATUS");
  ck_assert_str_eq(critmin_status_name(critmin_status_count()), "UNKNOWN_STATUS");
  ck_assert_ptr_nonnull(strstr(critmin_status_text(INT32_MAX), "does not know"));
}
END_TEST

START_TEST(every_flag_has_a_name) {
  ck_assert_str_eq(critmin_flag_name(0), "NO_DATA");
  ck_assert_str_eq(critmin_flag_name(6), "RESIDUAL_USED");
  ck_assert_str_eq(critmin_flag_name(24), "BASIS_CONVERTED");
  ck_assert_str_eq(critmin_flag_name(27), "SEVERAL_SOURCES");
  ck_assert_str_eq(critmin_flag_name(29), "TRANSIT_ONLY");
  ck_assert_str_eq(critmin_flag_name(30), "EARLIER_YEAR");
  ck_assert_str_eq(critmin_flag_name(31), "CENSORED");
  ck_assert_ptr_null(critmin_flag_name(32));
  ck_assert_ptr_null(critmin_flag_name(-1));
}
END_TEST

START_TEST(a_new_answer_says_nothing) {
  critmin_answer answer;
  memset(&answer, 0x55, sizeof answer);
  critmin_answer_init(&answer);
  ck_assert_uint_eq(answer.struct_size, sizeof answer);
  ck_assert(isnan(answer.value) && isnan(answer.low) && isnan(answer.high) && isnan(answer.coverage));
  ck_assert_uint_eq(answer.flags, 0);
  ck_assert_int_eq(answer.n_used, 0);
  critmin_answer_init(NULL);
}
END_TEST

START_TEST(the_version_is_that_of_the_headers) {
  int major, minor, patch;
  ck_assert_int_eq(sscanf(critmin_version(), "%d.%d.%d", &major, &minor, &patch), 3);
  ck_assert_int_eq(critmin_version_number(), major * 1000000 + minor * 1000 + patch);
  ck_assert_int_eq(major, CRITMIN_VERSION_MAJOR);
  ck_assert_int_eq(minor, CRITMIN_VERSION_MINOR);
  ck_assert_int_eq(patch, CRITMIN_VERSION_PATCH);
  ck_assert_str_eq(critmin_version(), CRITMIN_TEST_VERSION);
  ck_assert_int_ge(critmin_abi_version(), 1);
}
END_TEST

Suite *suite_words(void) {
  Suite *suite = suite_create("words");
  TCase *tcase = tcase_create("words");
  tcase_add_test(tcase, every_status_has_a_name_and_a_sentence);
  tcase_add_test(tcase, an_unknown_status_says_so);
  tcase_add_test(tcase, every_flag_has_a_name);
  tcase_add_test(tcase, a_new_answer_says_nothing);
  tcase_add_test(tcase, the_version_is_that_of_the_headers);
  suite_add_tcase(suite, tcase);
  return suite;
}
