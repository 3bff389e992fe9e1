/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "suites.h"

static const struct {
  double number;
  const char *text;
} written[] = {
    {0, "0"},           {1, "1"},         {-1, "-1"},        {0.1, "0.1"},      {1.0 / 3, "0.3333333333333333"},
    {123456, "123456"}, {1e14, "100000000000000"},           {1e15, "1e+15"},   {2.5e-7, "2.5e-07"},
    {0.1 + 0.2, "0.30000000000000004"},   {INFINITY, "inf"}, {-INFINITY, "-inf"}, {NAN, ""}, {-0.0, "0"},
};

START_TEST(numbers_are_written_short_and_exact) {
  char text[CM_NUMBER_TEXT];
  cm_number_text(written[_i].number, text);
  ck_assert_str_eq(text, written[_i].text);
}
END_TEST

static uint64_t random_state;

/* Any bit pattern that is a finite number (xorshift64*). */
static double any_number(void) {
  for (;;) {
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    uint64_t bits = random_state * UINT64_C(2685821657736338717);
    double number;
    memcpy(&number, &bits, sizeof number);
    if (isfinite(number)) return number;
  }
}

static void round_trip(double number) {
  char text[CM_NUMBER_TEXT];
  double again;
  cm_number_text(number, text);
  ck_assert_msg(cm_number_parse(text, &again), "%s", text);
  ck_assert_msg(again == number, "%s", text);
}

START_TEST(any_finite_number_reads_back_the_same) {
  random_state = 20240229;
  for (int i = 0; i < 20000; i++) round_trip(any_number());
  round_trip(DBL_MAX);
  round_trip(-DBL_MIN);
  round_trip(DBL_TRUE_MIN);
  round_trip(nextafter(1e15, 0));
}
END_TEST

/* A locale whose decimal mark is a comma, and whose thousands have marks, must change nothing. */
START_TEST(a_locale_with_commas_changes_nothing) {
  if (!setlocale(LC_ALL, "de_DE.UTF-8")) return; /* this machine has none and could make none */
  ck_assert_str_eq(localeconv()->decimal_point, ",");
  char text[CM_NUMBER_TEXT];
  cm_number_text(1234567.25, text);
  ck_assert_str_eq(text, "1234567.25");
  double number;
  ck_assert(cm_number_parse("0.5", &number));
  ck_assert_double_eq(number, 0.5);
  ck_assert(!cm_number_parse("0,5", &number));
  ck_assert_double_eq(cm_number_round(1234567.25, 6), 1234570);
  setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(the_callers_locale_is_left_as_it_was) {
  ck_assert_ptr_nonnull(setlocale(LC_ALL, "C.UTF-8"));
  char text[CM_NUMBER_TEXT];
  double number;
  cm_number_text(0.5, text);
  cm_number_parse("0.5", &number);
  cm_number_round(0.123456789, 3);
  ck_assert_str_eq(setlocale(LC_ALL, NULL), "C.UTF-8");
  ck_assert_uint_eq((size_t)mblen("\xC3\xA9", 2), 2); /* UTF-8 still */
  setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(whole_texts_that_are_numbers_are_read) {
  static const struct {
    const char *text;
    double number;
  } good[] = {{"0", 0}, {"+1", 1}, {"-1.5", -1.5}, {".5", 0.5}, {"5.", 5}, {"1e3", 1000}, {"1E-3", 0.001}, {"007", 7}};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    double number = NAN;
    ck_assert_msg(cm_number_parse(good[i].text, &number), "%s", good[i].text);
    ck_assert_double_eq(number, good[i].number);
  }
}
END_TEST

START_TEST(anything_else_is_no_number_and_writes_nothing) {
  static const char *const bad[] = {"",     " 1",  "1 ",   "1,000", "1.2.3", "abc",  "0x10", "1e",      "nan", "inf", "-inf",
                                    "1e999", "--1", "+-1", ".",     "-",     "1-1", "1_000", "\xC2\xBD", "e5",  "infinity"};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    double number = 42;
    int64_t integer = 42;
    ck_assert_msg(!cm_number_parse(bad[i], &number), "%s", bad[i]);
    ck_assert_msg(!cm_integer_parse(bad[i], &integer), "%s", bad[i]);
    ck_assert_double_eq(number, 42);
    ck_assert_int_eq(integer, 42);
  }
}
END_TEST

START_TEST(integers_are_whole_and_exact) {
  int64_t integer = 0;
  ck_assert(cm_integer_parse("9007199254740992", &integer));
  ck_assert_int_eq(integer, INT64_C(9007199254740992));
  ck_assert(cm_integer_parse("-2024", &integer));
  ck_assert_int_eq(integer, -2024);
  ck_assert(!cm_integer_parse("9007199254740994", &integer));
  ck_assert(!cm_integer_parse("1.5", &integer));
}
END_TEST

START_TEST(rounding_keeps_the_digits_asked_for) {
  ck_assert_double_eq(cm_number_round(1234567, 6), 1234570);
  ck_assert_double_eq(cm_number_round(0.123456789, 6), 0.123457);
  ck_assert_double_eq(cm_number_round(-9.9999999, 3), -10);
  ck_assert_double_eq(cm_number_round(0, 6), 0);
  ck_assert_double_eq(cm_number_round(DBL_MAX, 2), DBL_MAX);
  ck_assert(isnan(cm_number_round(NAN, 6)));
  ck_assert(isinf(cm_number_round(INFINITY, 6)));
}
END_TEST

Suite *suite_numbers(void) {
  Suite *suite = suite_create("numbers");
  TCase *tcase = tcase_create("numbers");
  tcase_add_loop_test(tcase, numbers_are_written_short_and_exact, 0, (int)(sizeof written / sizeof written[0]));
  tcase_add_test(tcase, any_finite_number_reads_back_the_same);
  tcase_add_test(tcase, a_locale_with_commas_changes_nothing);
  tcase_add_test(tcase, the_callers_locale_is_left_as_it_was);
  tcase_add_test(tcase, whole_texts_that_are_numbers_are_read);
  tcase_add_test(tcase, anything_else_is_no_number_and_writes_nothing);
  tcase_add_test(tcase, integers_are_whole_and_exact);
  tcase_add_test(tcase, rounding_keeps_the_digits_asked_for);
  suite_add_tcase(suite, tcase);
  return suite;
}
