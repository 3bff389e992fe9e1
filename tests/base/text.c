/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <string.h>

#include "base/memory.h"
#include "critmin/status.h"
#include "runner.h"
#include "suites.h"

START_TEST(an_empty_buffer_gives_an_empty_text) {
  cm_buffer buffer = {0};
  char *text = cm_buffer_take(&buffer);
  ck_assert_str_eq(text, "");
  cm_free(text);
}
END_TEST

START_TEST(a_buffer_holds_what_was_added_and_is_empty_once_taken) {
  cm_buffer buffer = {0};
  char line[200];
  memset(line, 'l', sizeof line);
  cm_buffer_add(&buffer, "tonnes: ");
  cm_buffer_number(&buffer, 0.25);
  cm_buffer_print(&buffer, " %s %d", "in", 2024);
  ck_assert_str_eq(buffer.data, "tonnes: 0.25 in 2024");
  cm_buffer_add_n(&buffer, line, sizeof line);
  cm_buffer_print(&buffer, "%.200s", line);
  ck_assert_uint_eq(buffer.length, 420);
  char *text = cm_buffer_take(&buffer);
  ck_assert_uint_eq(strlen(text), 420);
  ck_assert_ptr_null(buffer.data);
  ck_assert_uint_eq(buffer.length, 0);
  cm_free(text);
}
END_TEST

START_TEST(a_buffer_that_failed_stays_failed_and_gives_nothing) {
  cm_buffer buffer = {0};
  cm_buffer_add(&buffer, "first");
  cm_memory_fail_at(1, 0);
  char line[100] = {0};
  cm_buffer_add_n(&buffer, line, sizeof line);
  ck_assert(buffer.failed);
  cm_buffer_add(&buffer, "x");
  cm_buffer_print(&buffer, "%d", 1);
  cm_memory_fail_at(0, 0);
  ck_assert_ptr_null(cm_buffer_take(&buffer));
  ck_assert(!buffer.failed);
}
END_TEST

static int32_t write_much(void *user) {
  (void)user;
  char *printed = cm_text_print("%d %s", 1, "one");
  char *copied = cm_text_copy("copy");
  char *part = cm_text_copy_n("partial", 4);
  cm_buffer buffer = {0};
  for (int i = 0; i < 200; i++) cm_buffer_print(&buffer, "%d,", i);
  char *text = cm_buffer_take(&buffer);
  int32_t status = printed && copied && part && text ? CRITMIN_OK : CRITMIN_ERROR_MEMORY;
  if (!status) {
    ck_assert_str_eq(printed, "1 one");
    ck_assert_str_eq(part, "part");
  }
  cm_free(printed);
  cm_free(copied);
  cm_free(part);
  cm_free(text);
  return status;
}

START_TEST(any_allocation_may_fail) { fail_each_allocation(write_much, NULL); }
END_TEST

START_TEST(well_formed_utf8_is_valid) {
  static const char *const good[] = {"", "ascii", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x8C\x8D", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) ck_assert_msg(cm_text_valid(good[i], strlen(good[i])), "%zu", i);
}
END_TEST

START_TEST(malformed_utf8_is_not) {
  static const char *const bad[] = {
      "\x80", "\xC3", "\xC3(", "\xC0\xAF", "\xC1\xBF", "\xE2\x82", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x9F\x8C", "\xF0\x80\x80\xAF",
      "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xFE", "\xE2\x28\xA1"};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) ck_assert_msg(!cm_text_valid(bad[i], strlen(bad[i])), "%zu", i);
}
END_TEST

Suite *suite_text(void) {
  Suite *suite = suite_create("text");
  TCase *tcase = tcase_create("text");
  tcase_add_test(tcase, an_empty_buffer_gives_an_empty_text);
  tcase_add_test(tcase, a_buffer_holds_what_was_added_and_is_empty_once_taken);
  tcase_add_test(tcase, a_buffer_that_failed_stays_failed_and_gives_nothing);
  tcase_add_test(tcase, any_allocation_may_fail);
  tcase_add_test(tcase, well_formed_utf8_is_valid);
  tcase_add_test(tcase, malformed_utf8_is_not);
  suite_add_tcase(suite, tcase);
  return suite;
}
