/* SPDX-License-Identifier: MIT */
/* JSON that people write: every value has a place, and whatever is wrong is told with it. */
#include "base/json.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "runner.h"
#include "suites.h"

static cm_json *read(const char *text) {
  cm_json *document = NULL;
  critmin_error error;
  ck_assert_msg(cm_json_read(text, strlen(text), &document, &error) == CRITMIN_OK, "%s", error.message);
  return document;
}

static void refused(const char *text, int64_t line, const char *says) {
  cm_json *document = NULL;
  critmin_error error;
  ck_assert_int_eq(cm_json_read(text, strlen(text), &document, &error), CRITMIN_ERROR_FORMAT);
  ck_assert_ptr_null(document);
  ck_assert_int_eq(error.row, line);
  ck_assert_msg(strstr(error.message, says) != NULL, "%s", error.message);
}

START_TEST(what_is_no_json_is_refused_with_its_line) {
  refused("", 1, "line 1");
  refused("{\n\"a\": 1,\n}", 3, "line 3");
  refused("{\"a\": 1} x", 1, "end of file");
  refused("{\"a\": 1, \"a\": 2}", 1, "duplicate");
  refused("{\"a\": NaN}", 1, "line 1");
  refused("{\"a\": \"\xC3\"}", 1, "decode");
  refused("{\"a\": \"\\u0000\"}", 1, "\\u0000");
  refused("[1]", 1, "give an object");
}
END_TEST

START_TEST(a_path_is_found_in_the_text_or_what_is_around_it) {
  static const struct {
    const char *path;
    int found;
    int64_t line, column;
  } paths[] = {{"", 1, 1, 1},         {"a", 1, 1, 7},      {"a[1]", 1, 1, 11}, {"a[1].b", 1, 2, 5}, {"a[2]", 0, 1, 7},
               {"a[1].c", 0, 1, 11}, {"none[0]", 0, 1, 1}, {"e[0]", 0, 3, 5}};
  for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
    int64_t line, column;
    int found = cm_json_place("{\"a\": [1, {\"b\":\n    2}],\n\"e\":[]}", paths[i].path, &line, &column);
    ck_assert_msg(found == paths[i].found && line == paths[i].line && column == paths[i].column,
                  "`%s`: %d, line %d, column %d", paths[i].path, found, (int)line, (int)column);
  }
}
END_TEST

static void place(const cm_json_node *node, int64_t line, int64_t column, const char *path) {
  critmin_error error;
  ck_assert_int_eq(cm_json_fail(node, &error, CRITMIN_ERROR_INVALID_VALUE, "%s", "no"), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_str_eq(node->path, path);
  ck_assert_msg(error.row == line && error.column == column, "%s", error.message);
  if (*path) ck_assert_ptr_nonnull(strstr(error.message, path));
}

START_TEST(values_have_places) {
  cm_json *document = read("{\n  \"a\": {\"b\": [ 1, {\"c\\\"\": \"x,]}\"}, \"\xC3\xA9\", 4 ]},\n  \"d\" : true }");
  cm_json_node root = cm_json_root(document), a = cm_json_member(&root, "a"), b = cm_json_member(&a, "b");
  cm_json_node first = cm_json_item(&b, 0), last = cm_json_item(&b, 3), d = cm_json_member(&root, "d");
  cm_json_node missing = cm_json_member(&a, "z"), escaped = cm_json_item(&b, 1);
  escaped = cm_json_member(&escaped, "c\"");
  place(&root, 1, 1, "");
  place(&a, 2, 8, "a");
  place(&b, 2, 14, "a.b");
  place(&first, 2, 16, "a.b[0]");
  place(&last, 2, 41, "a.b[3]"); /* columns are of characters, not of bytes */
  place(&d, 3, 9, "d");
  place(&missing, 2, 8, "a.z");         /* that of what it should be in */
  place(&escaped, 2, 19, "a.b[1].c\""); /* and of what a key written with escapes is in */
  ck_assert(!cm_json_is_there(&missing) && cm_json_is_there(&d));
  ck_assert_uint_eq(cm_json_count(&b), 4);
  cm_json_free(document);
}
END_TEST

START_TEST(values_are_of_their_types_or_refused) {
  cm_json *document = read("{\"text\": \"t\", \"number\": 2, \"flag\": true, \"none\": null, \"list\": []}");
  cm_json_node root = cm_json_root(document), text = cm_json_member(&root, "text"),
               number = cm_json_member(&root, "number"), flag = cm_json_member(&root, "flag"),
               none = cm_json_member(&root, "none"), list = cm_json_member(&root, "list");
  const char *said = "as it was";
  double value = NAN;
  int yes = 0, word = 7;
  critmin_error error;
  ck_assert_int_eq(cm_json_text(&none, &said, &error), CRITMIN_OK);
  ck_assert_str_eq(said, "as it was");
  ck_assert_int_eq(cm_json_text(&text, &said, &error), CRITMIN_OK);
  ck_assert_str_eq(said, "t");
  ck_assert_int_eq(cm_json_number(&number, &value, &error), CRITMIN_OK);
  ck_assert_double_eq(value, 2);
  ck_assert_int_eq(cm_json_flag(&flag, &yes, &error), CRITMIN_OK);
  ck_assert_int_eq(yes, 1);
  ck_assert_int_eq(cm_json_word(&text, "s|t|u", &word, &error), CRITMIN_OK);
  ck_assert_int_eq(word, 1);
  ck_assert_int_eq(cm_json_word(&text, "tt|s", &word, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(cm_json_text(&number, &said, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(cm_json_number(&text, &value, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(cm_json_flag(&number, &yes, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(cm_json_array(&list, &error), CRITMIN_OK);
  ck_assert_int_eq(cm_json_array(&flag, &error), CRITMIN_ERROR_INVALID_VALUE);
  cm_json_free(document);
}
END_TEST

START_TEST(keys_that_nobody_knows_are_told_with_the_nearest) {
  static const char *const keys[] = {"weights", "criteria", NULL};
  cm_json *document = read("{\"criteria\": 1, \"weigths\": 2}"), *far = read("{\"zzz\": 2}");
  cm_json_node root = cm_json_root(document), other = cm_json_root(far);
  critmin_error error;
  ck_assert_int_eq(cm_json_only(&root, keys, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "did you mean `weights`?"));
  ck_assert_int_eq(cm_json_only(&other, keys, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "weights, criteria"));
  cm_json_free(document);
  cm_json_free(far);
}
END_TEST

START_TEST(a_path_that_is_too_long_tells_what_is_around) {
  cm_json *document = read("{\"a\": {\"b\": 1}}");
  char key[400];
  memset(key, 'k', sizeof key - 1);
  key[sizeof key - 1] = '\0';
  cm_json_node root = cm_json_root(document), a = cm_json_member(&root, "a"), deep = cm_json_member(&a, key);
  ck_assert_str_eq(deep.path, "a");
  for (int i = 0; i < 200; i++) a = cm_json_item(&a, 1000);
  ck_assert_uint_lt(strlen(a.path), CM_JSON_PATH);
  cm_json_free(document);
}
END_TEST

static int32_t read_once(void *user) {
  cm_json *document = NULL;
  critmin_status status = cm_json_read(user, strlen(user), &document, NULL);
  cm_json_free(document);
  return status;
}

START_TEST(memory_may_run_out_anywhere) {
  fail_each_allocation(read_once, (char[]){"{\"a\": [1, 2]}"});
}
END_TEST

Suite *suite_json(void) {
  Suite *suite = suite_create("json");
  TCase *cases = tcase_create("json");
  tcase_add_test(cases, what_is_no_json_is_refused_with_its_line);
  tcase_add_test(cases, a_path_is_found_in_the_text_or_what_is_around_it);
  tcase_add_test(cases, values_have_places);
  tcase_add_test(cases, values_are_of_their_types_or_refused);
  tcase_add_test(cases, keys_that_nobody_knows_are_told_with_the_nearest);
  tcase_add_test(cases, a_path_that_is_too_long_tells_what_is_around);
  tcase_add_test(cases, memory_may_run_out_anywhere);
  suite_add_tcase(suite, cases);
  return suite;
}
