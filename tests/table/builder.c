/* SPDX-License-Identifier: MIT */
#include "table/builder.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "critmin/status.h"
#include "runner.h"
#include "suites.h"

static critmin_error error;

START_TEST(cells_are_what_was_set_and_missing_otherwise) {
  critmin_table *table = sample();
  ck_assert_int_eq(critmin_table_rows(table), 3);
  ck_assert_int_eq(critmin_table_columns(table), 3);
  ck_assert_str_eq(critmin_table_text(table, 0, 0), "cobalt");
  ck_assert_ptr_null(critmin_table_text(table, 0, 1));
  ck_assert_int_eq(critmin_table_codes(table, 0)[1], -1);
  ck_assert_int_eq(critmin_table_integers(table, 1)[0], 2024);
  ck_assert_int_eq(critmin_table_integers(table, 1)[2], CRITMIN_INTEGER_MISSING);
  ck_assert_double_eq(critmin_table_number(table, 1, 1), 2023);
  ck_assert(isnan(critmin_table_number(table, 1, 2)));
  ck_assert_double_eq(critmin_table_numbers(table, 2)[0], 0.1);
  ck_assert(isnan(critmin_table_number(table, 2, 1)));
  critmin_table_free(table);
}
END_TEST

START_TEST(a_word_stands_once_in_its_dictionary) {
  critmin_table *table = sample();
  ck_assert_int_eq(critmin_table_words(table, 0), 1);
  ck_assert_str_eq(critmin_table_word(table, 0, 0), "cobalt");
  ck_assert_int_eq(critmin_table_codes(table, 0)[0], critmin_table_codes(table, 0)[2]);
  critmin_table_free(table);
}
END_TEST

START_TEST(columns_have_names_units_and_types) {
  critmin_table *table = sample();
  ck_assert_str_eq(critmin_table_name(table, 2), "value");
  ck_assert_str_eq(critmin_table_unit(table, 2), "t");
  ck_assert_str_eq(critmin_table_unit(table, 0), "");
  ck_assert_int_eq(critmin_table_type(table, 1), CRITMIN_COLUMN_INTEGER);
  ck_assert_int_eq(critmin_table_find(table, "year"), 1);
  ck_assert_int_eq(critmin_table_find(table, "Year"), -1);
  ck_assert_int_eq(critmin_table_find(table, NULL), -1);
  critmin_table_free(table);
}
END_TEST

START_TEST(what_is_not_there_is_said_to_be_missing) {
  critmin_table *table = sample();
  static const int32_t outside[] = {-1, 3, INT32_MAX, INT32_MIN};
  for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
    int32_t c = outside[i];
    ck_assert_ptr_null(critmin_table_name(table, c));
    ck_assert_ptr_null(critmin_table_unit(table, c));
    ck_assert_int_eq(critmin_table_type(table, c), 0);
    ck_assert_ptr_null(critmin_table_numbers(table, c));
    ck_assert_ptr_null(critmin_table_integers(table, c));
    ck_assert_ptr_null(critmin_table_codes(table, c));
    ck_assert_int_eq(critmin_table_words(table, c), 0);
    ck_assert_ptr_null(critmin_table_word(table, c, 0));
    ck_assert_ptr_null(critmin_table_text(table, c, 0));
    ck_assert(isnan(critmin_table_number(table, c, 0)));
    ck_assert_ptr_null(critmin_table_word(table, 0, c));
    ck_assert_ptr_null(critmin_table_text(table, 0, c));
    ck_assert(isnan(critmin_table_number(table, 2, c)));
  }
  ck_assert_ptr_null(critmin_table_numbers(table, 0));
  ck_assert_ptr_null(critmin_table_integers(table, 2));
  ck_assert_ptr_null(critmin_table_codes(table, 1));
  ck_assert_ptr_null(critmin_table_text(table, 1, 0));
  ck_assert(isnan(critmin_table_number(table, 0, 0)));
  critmin_table_free(table);
}
END_TEST

START_TEST(no_table_is_an_empty_one) {
  ck_assert_int_eq(critmin_table_rows(NULL), 0);
  ck_assert_int_eq(critmin_table_columns(NULL), 0);
  ck_assert_int_eq(critmin_table_find(NULL, "year"), -1);
  ck_assert_ptr_null(critmin_table_name(NULL, 0));
  critmin_table_free(NULL);
  critmin_text_free(NULL);
}
END_TEST

static const cm_column two[] = {{"word", "", CRITMIN_COLUMN_TEXT}, {"n", "", CRITMIN_COLUMN_NUMBER}};

START_TEST(many_words_keep_their_codes) {
  enum { WORDS = 5000 };
  cm_builder *builder = cm_builder_new(two, 2);
  char word[32];
  for (int i = 0; i < 2 * WORDS; i++) {
    snprintf(word, sizeof word, "word %d", i % WORDS);
    cm_builder_row(builder);
    cm_builder_text(builder, 0, word);
  }
  critmin_table *table = NULL;
  ck_assert_int_eq(cm_builder_finish(builder, &table, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_words(table, 0), WORDS);
  for (int i = 0; i < 2 * WORDS; i++) {
    snprintf(word, sizeof word, "word %d", i % WORDS);
    ck_assert_str_eq(critmin_table_text(table, 0, i), word);
    ck_assert_int_eq(critmin_table_codes(table, 0)[i], i % WORDS);
  }
  critmin_table_free(table);
}
END_TEST

START_TEST(empty_text_is_not_missing_and_words_differ_by_case) {
  cm_builder *builder = cm_builder_new(two, 2);
  static const char *const words[] = {"", "Tin", "tin", "t-in", NULL};
  for (int i = 0; i < 5; i++) {
    cm_builder_row(builder);
    cm_builder_text(builder, 0, words[i]);
  }
  critmin_table *table = NULL;
  ck_assert_int_eq(cm_builder_finish(builder, &table, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_words(table, 0), 4);
  for (int i = 0; i < 4; i++) ck_assert_str_eq(critmin_table_text(table, 0, i), words[i]);
  ck_assert_ptr_null(critmin_table_text(table, 0, 4));
  critmin_table_free(table);
}
END_TEST

START_TEST(rows_filled_together_are_where_they_were_promised) {
  cm_builder *builder = cm_builder_new(two, 2);
  cm_builder_row(builder);
  int64_t first = cm_builder_rows(builder, 1000);
  ck_assert_int_eq(first, 1);
  int32_t code = cm_builder_word(builder, 0, "tin");
  double *numbers = cm_builder_numbers(builder, 1);
  int32_t *codes = cm_builder_codes(builder, 0);
  ck_assert_ptr_null(cm_builder_integers(builder, 1));
  for (int64_t i = first; i < first + 1000; i += 2) {
    numbers[i] = (double)i;
    codes[i] = code;
  }
  critmin_table *table = NULL;
  ck_assert_int_eq(cm_builder_finish(builder, &table, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(table), 1001);
  ck_assert(isnan(critmin_table_number(table, 1, 0)));
  ck_assert_double_eq(critmin_table_number(table, 1, 999), 999);
  ck_assert(isnan(critmin_table_number(table, 1, 1000)));
  ck_assert_str_eq(critmin_table_text(table, 0, 1), "tin");
  ck_assert_ptr_null(critmin_table_text(table, 0, 2));
  critmin_table_free(table);
}
END_TEST

START_TEST(a_table_may_have_no_rows_and_no_columns) {
  critmin_table *table = NULL;
  ck_assert_int_eq(cm_builder_finish(cm_builder_new(two, 2), &table, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(table), 0);
  ck_assert_int_eq(critmin_table_columns(table), 2);
  ck_assert_ptr_nonnull(critmin_table_numbers(table, 1));
  ck_assert_ptr_nonnull(critmin_table_codes(table, 0));
  critmin_table_free(table);
  ck_assert_int_eq(cm_builder_finish(cm_builder_new(two, 0), &table, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_columns(table), 0);
  critmin_table_free(table);
}
END_TEST

START_TEST(a_builder_that_could_not_be_made_is_want_of_memory) {
  critmin_table *table = NULL;
  ck_assert_int_eq(cm_builder_finish(NULL, &table, &error), CRITMIN_ERROR_MEMORY);
  ck_assert_ptr_null(table);
  cm_builder_free(NULL);
}
END_TEST

static int32_t build(void *user) {
  (void)user;
  cm_builder *builder = cm_builder_new(two, 2);
  char word[32];
  for (int i = 0; i < 100; i++) {
    snprintf(word, sizeof word, "a longer word %d", i);
    cm_builder_row(builder);
    cm_builder_text(builder, 0, word);
    cm_builder_number(builder, 1, i);
  }
  critmin_table *table = NULL;
  critmin_status status = cm_builder_finish(builder, &table, &error);
  if (status) ck_assert_ptr_null(table);
  else ck_assert_str_eq(critmin_table_text(table, 0, 99), "a longer word 99");
  critmin_table_free(table);
  return status;
}

START_TEST(any_allocation_may_fail) { fail_each_allocation(build, NULL); }
END_TEST

Suite *suite_builder(void) {
  Suite *suite = suite_create("builder");
  TCase *tcase = tcase_create("builder");
  tcase_add_test(tcase, cells_are_what_was_set_and_missing_otherwise);
  tcase_add_test(tcase, a_word_stands_once_in_its_dictionary);
  tcase_add_test(tcase, columns_have_names_units_and_types);
  tcase_add_test(tcase, what_is_not_there_is_said_to_be_missing);
  tcase_add_test(tcase, no_table_is_an_empty_one);
  tcase_add_test(tcase, many_words_keep_their_codes);
  tcase_add_test(tcase, empty_text_is_not_missing_and_words_differ_by_case);
  tcase_add_test(tcase, rows_filled_together_are_where_they_were_promised);
  tcase_add_test(tcase, a_table_may_have_no_rows_and_no_columns);
  tcase_add_test(tcase, a_builder_that_could_not_be_made_is_want_of_memory);
  tcase_add_test(tcase, any_allocation_may_fail);
  suite_add_tcase(suite, tcase);
  return suite;
}
