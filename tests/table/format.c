/* SPDX-License-Identifier: MIT */
#include "table/format.h"

#include <float.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "critmin/status.h"
#include "runner.h"
#include "suites.h"
#include "table/builder.h"

static critmin_error error;

/* Writes the table, frees it, and compares. */
static void writes(critmin_table *table, const char *format, const char *expected) {
  char *text = NULL;
  ck_assert_int_eq(critmin_table_format(table, format, &text, &error), CRITMIN_OK);
  ck_assert_str_eq(text, expected);
  critmin_text_free(text);
  critmin_table_free(table);
}

/* A table with one column of texts. */
static critmin_table *texts(const char *name, const char *const *cells, int n) {
  const cm_column columns[] = {{name, "", CRITMIN_COLUMN_TEXT}};
  cm_builder *builder = cm_builder_new(columns, 1);
  for (int i = 0; i < n; i++) {
    cm_builder_row(builder);
    cm_builder_text(builder, 0, cells[i]);
  }
  critmin_table *table = NULL;
  ck_assert_int_eq(cm_builder_finish(builder, &table, &error), CRITMIN_OK);
  return table;
}

static critmin_table *numbers(const double *cells, int n) {
  static const cm_column columns[] = {{"value", "t", CRITMIN_COLUMN_NUMBER}};
  cm_builder *builder = cm_builder_new(columns, 1);
  int64_t first = cm_builder_rows(builder, n);
  memcpy(cm_builder_numbers(builder, 0) + first, cells, (size_t)n * sizeof *cells);
  critmin_table *table = NULL;
  ck_assert_int_eq(cm_builder_finish(builder, &table, &error), CRITMIN_OK);
  return table;
}

START_TEST(csv_has_a_header_and_empty_fields_for_what_is_missing) {
  writes(sample(), "csv", "mineral,year,value\ncobalt,2024,0.1\n,2023,\ncobalt,,1234567.25\n");
}
END_TEST

START_TEST(json_has_an_object_for_each_row_and_null_for_what_is_missing) {
  writes(sample(), "json",
         "[\n  {\"mineral\": \"cobalt\", \"year\": 2024, \"value\": 0.1},\n"
         "  {\"mineral\": null, \"year\": 2023, \"value\": null},\n"
         "  {\"mineral\": \"cobalt\", \"year\": null, \"value\": 1234567.25}\n]\n");
}
END_TEST

START_TEST(md_aligns_and_rounds_for_people) {
  writes(sample(), "md",
         "| mineral | year | value |\n|:---|---:|---:|\n| cobalt | 2024 | 0.1 |\n|  | 2023 |  |\n| cobalt |  | 1234570 |\n");
}
END_TEST

START_TEST(text_aligns_numbers_to_the_right) {
  writes(sample(), "text",
         "mineral  year    value\n"
         "-------  ----  -------\n"
         "cobalt   2024      0.1\n"
         "         2023\n"
         "cobalt         1234570\n");
}
END_TEST

START_TEST(a_table_without_rows_is_still_one) {
  static const char *const expected[][2] = {
      {"csv", "word\n"}, {"json", "[]\n"}, {"md", "| word |\n|:---|\n"}, {"text", "word\n----\n"}};
  for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) writes(texts("word", NULL, 0), expected[i][0], expected[i][1]);
}
END_TEST

START_TEST(csv_quotes_what_rfc_4180_says) {
  static const char *const cells[] = {"plain", "a,b", "say \"tin\"", "two\nlines", "cr\r", " space ", "\"", "", NULL};
  writes(texts("a,word", cells, 9), "csv",
         "\"a,word\"\nplain\n\"a,b\"\n\"say \"\"tin\"\"\"\n\"two\nlines\"\n\"cr\r\"\n space \n\"\"\"\"\n\"\"\n\"\"\n");
}
END_TEST

START_TEST(json_escapes_and_stays_utf8_whatever_the_text) {
  static const char *const cells[] = {"\"\\/\b\f\n\r\t\x01\x7f", "C\xC3\xB4te \xF0\x9F\x8C\x8D", "bad \xFF\xC3( \xE2\x82", ""};
  critmin_table *table = texts("wo\"rd", cells, 4);
  char *text = NULL;
  ck_assert_int_eq(critmin_table_format(table, "json", &text, &error), CRITMIN_OK);
  json_t *rows = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
  ck_assert_ptr_nonnull(rows);
  ck_assert_uint_eq(json_array_size(rows), 4);
  static const char *const read[] = {"\"\\/\b\f\n\r\t\x01\x7f", "C\xC3\xB4te \xF0\x9F\x8C\x8D",
                                     "bad \xEF\xBF\xBD\xEF\xBF\xBD( \xEF\xBF\xBD\xEF\xBF\xBD", ""};
  for (size_t i = 0; i < 4; i++) ck_assert_str_eq(json_string_value(json_object_get(json_array_get(rows, i), "wo\"rd")), read[i]);
  json_decref(rows);
  critmin_text_free(text);
  critmin_table_free(table);
}
END_TEST

START_TEST(json_has_no_infinity) {
  static const double cells[] = {INFINITY, -INFINITY, NAN};
  writes(numbers(cells, 3), "json", "[\n  {\"value\": null},\n  {\"value\": null},\n  {\"value\": null}\n]\n");
}
END_TEST

static const double hard[] = {0.1, 1.0 / 3, DBL_MAX, DBL_MIN, DBL_TRUE_MIN, DBL_EPSILON, 1e15, 123456789012345678.0, -2.5e-300, 5e22};
enum { HARD = sizeof hard / sizeof hard[0] };

START_TEST(doubles_come_back_the_same_from_csv) {
  critmin_table *table = numbers(hard, HARD);
  char *text = NULL;
  ck_assert_int_eq(critmin_table_format(table, "csv", &text, &error), CRITMIN_OK);
  const char *line = strchr(text, '\n') + 1;
  for (int i = 0; i < HARD; i++, line = strchr(line, '\n') + 1) ck_assert(strtod(line, NULL) == hard[i]);
  ck_assert_str_eq(line, "");
  critmin_text_free(text);
  critmin_table_free(table);
}
END_TEST

START_TEST(doubles_come_back_the_same_from_json) {
  critmin_table *table = numbers(hard, HARD);
  char *text = NULL;
  ck_assert_int_eq(critmin_table_format(table, "json", &text, &error), CRITMIN_OK);
  json_t *rows = json_loads(text, 0, NULL);
  ck_assert_ptr_nonnull(rows);
  for (size_t i = 0; i < HARD; i++)
    ck_assert(json_number_value(json_object_get(json_array_get(rows, i), "value")) == hard[i]);
  json_decref(rows);
  critmin_text_free(text);
  critmin_table_free(table);
}
END_TEST

START_TEST(numbers_for_people_have_six_digits_and_integers_all) {
  static const double cells[] = {1234567.8, 0.123456789, 99999.96, 20700000, 1e-7};
  writes(numbers(cells, 5), "text", "   value\n--------\n 1234570\n0.123457\n  100000\n20700000\n   1e-07\n");
  static const cm_column columns[] = {{"n", "", CRITMIN_COLUMN_INTEGER}};
  cm_builder *builder = cm_builder_new(columns, 1);
  cm_builder_row(builder);
  cm_builder_integer(builder, 0, INT64_MAX);
  critmin_table *table = NULL;
  ck_assert_int_eq(cm_builder_finish(builder, &table, &error), CRITMIN_OK);
  writes(table, "text", "                  n\n-------------------\n9223372036854775807\n");
}
END_TEST

START_TEST(md_escapes_what_would_be_markup) {
  static const char *const cells[] = {"a|b", "two\nlines", "<b>&", "1*2_3`\\"};
  writes(texts("word", cells, 4), "md",
         "| word |\n|:---|\n| a\\|b |\n| two lines |\n| &lt;b>&amp; |\n| 1\\*2\\_3\\`\\\\ |\n");
}
END_TEST

START_TEST(text_has_no_control_characters_and_no_broken_utf8) {
  static const char *const cells[] = {"red\x1b[31m", "two\nlines", "bad\xff", ("c1\xC2\x9B"
                                                                              "x")};
  writes(texts("word", cells, 4), "text", "word\n---------\nred [31m\ntwo lines\nbad?\nc1  x\n");
}
END_TEST

static const struct {
  const char *text;
  size_t width;
} widths[] = {
    {"", 0},
    {"ascii", 5},
    {"C\xC3\xB4te", 4},                     /* a letter of two bytes */
    {"Co\xCC\x82te", 4},                    /* the same with a combining mark */
    {"\xE4\xB8\xAD\xE5\x9B\xBD", 4},        /* two ideographs */
    {"\xED\x95\x9C", 2},                    /* a Hangul syllable */
    {"\xF0\x9F\x8C\x8D", 2},                /* an emoji */
    {"\xEF\xBC\xA1", 2},                    /* a full-width letter */
    {"a\xE2\x80\x8B" "b", 2},               /* a space of no width */
    {"\xFF\xFF", 2},                        /* stray bytes */
};

START_TEST(width_is_what_a_terminal_shows) { ck_assert_uint_eq(cm_text_width(widths[_i].text), widths[_i].width); }
END_TEST

START_TEST(wide_characters_keep_the_columns_straight) {
  static const cm_column columns[] = {{"name", "", CRITMIN_COLUMN_TEXT}, {"n", "", CRITMIN_COLUMN_INTEGER}};
  cm_builder *builder = cm_builder_new(columns, 2);
  static const char *const names[] = {"\xE4\xB8\xAD\xE5\x9B\xBD", "C\xC3\xB4te d'Ivoire"};
  for (int i = 0; i < 2; i++) {
    cm_builder_row(builder);
    cm_builder_text(builder, 0, names[i]);
    cm_builder_integer(builder, 1, i);
  }
  critmin_table *table = NULL;
  ck_assert_int_eq(cm_builder_finish(builder, &table, &error), CRITMIN_OK);
  writes(table, "text",
         "name           n\n-------------  -\n\xE4\xB8\xAD\xE5\x9B\xBD           0\nC\xC3\xB4te d'Ivoire  1\n");
}
END_TEST

START_TEST(an_unknown_format_and_null_arguments_are_refused) {
  critmin_table *table = sample();
  char *text = NULL;
  ck_assert_int_eq(critmin_table_format(table, "xml", &text, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "text, csv, json or md"));
  ck_assert_int_eq(critmin_table_format(NULL, "csv", &text, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_table_format(table, NULL, &text, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_table_format(table, "csv", NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_null(text);
  critmin_table_free(table);
}
END_TEST

static int32_t write_all(void *user) {
  static const char *const formats[] = {"text", "csv", "json", "md"};
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < 4 && !status; i++) {
    char *text = NULL;
    status = critmin_table_format(user, formats[i], &text, &error);
    if (status) ck_assert_ptr_null(text);
    critmin_text_free(text);
  }
  return status;
}

START_TEST(any_allocation_may_fail) {
  critmin_table *table = sample();
  fail_each_allocation(write_all, table);
  critmin_table_free(table);
}
END_TEST

Suite *suite_format(void) {
  Suite *suite = suite_create("format");
  TCase *tcase = tcase_create("format");
  tcase_add_test(tcase, csv_has_a_header_and_empty_fields_for_what_is_missing);
  tcase_add_test(tcase, json_has_an_object_for_each_row_and_null_for_what_is_missing);
  tcase_add_test(tcase, md_aligns_and_rounds_for_people);
  tcase_add_test(tcase, text_aligns_numbers_to_the_right);
  tcase_add_test(tcase, a_table_without_rows_is_still_one);
  tcase_add_test(tcase, csv_quotes_what_rfc_4180_says);
  tcase_add_test(tcase, json_escapes_and_stays_utf8_whatever_the_text);
  tcase_add_test(tcase, json_has_no_infinity);
  tcase_add_test(tcase, doubles_come_back_the_same_from_csv);
  tcase_add_test(tcase, doubles_come_back_the_same_from_json);
  tcase_add_test(tcase, numbers_for_people_have_six_digits_and_integers_all);
  tcase_add_test(tcase, md_escapes_what_would_be_markup);
  tcase_add_test(tcase, text_has_no_control_characters_and_no_broken_utf8);
  tcase_add_loop_test(tcase, width_is_what_a_terminal_shows, 0, (int)(sizeof widths / sizeof widths[0]));
  tcase_add_test(tcase, wide_characters_keep_the_columns_straight);
  tcase_add_test(tcase, an_unknown_format_and_null_arguments_are_refused);
  tcase_add_test(tcase, any_allocation_may_fail);
  suite_add_tcase(suite, tcase);
  return suite;
}
