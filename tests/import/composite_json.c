/* SPDX-License-Identifier: MIT */
/* A composite in a file of its own: the name is the key, the text is kept as it is, and what is wrong has a place in
 * the file. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../store/scratch.h"
#include "runner.h"
#include "suites.h"

static critmin_store *store;

static void setup(void) {
  scratch_make();
  store = new_store("composites.db");
}

static void teardown(void) {
  critmin_store_close(store);
  scratch_drop();
}

static critmin_status import(const char *name, const char *text, size_t size, critmin_table **audit,
                             critmin_error *error) {
  file_write(scratch(name), text, size);
  return critmin_store_import(store, "composite", scratch(name), NULL, NULL, audit, error);
}

static critmin_table *composites(void) {
  critmin_table *t = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_store_list(store, "composites", NULL, &t, &error), CRITMIN_OK);
  return t;
}

START_TEST(a_file_is_a_composite_of_its_name) {
  static const char text[] =
      "\xEF\xBB\xBF{\n  \"name\": \"Spread\", \"note\": \"mine\",\n  \"criteria\": [{\"metric\": \"hhi\"}]\n}\n";
  static const char bare[] = "{\"criteria\": [{\"metric\": \"cr1\"}]}";
  critmin_table *audit = NULL;
  critmin_error error;
  ck_assert_msg(import("spread.v1.json", text, sizeof text - 1, &audit, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_str_eq(critmin_table_text(audit, 0, 0), "composite");
  ck_assert_double_eq(critmin_table_number(audit, 2, 0), 1);
  critmin_table_free(audit);
  ck_assert_int_eq(import("spread.v1.json", bare, sizeof bare - 1, &audit, &error), CRITMIN_OK);
  ck_assert_double_eq(critmin_table_number(audit, 3, 0), 1); /* replaced */
  critmin_table_free(audit);
  ck_assert_int_eq(import("other", text, sizeof text - 1, NULL, &error), CRITMIN_OK);
  critmin_table *t = composites();
  ck_assert_int_eq(critmin_table_rows(t), 2);
  ck_assert_str_eq(critmin_table_text(t, 0, 0), "other");
  ck_assert_str_eq(critmin_table_text(t, 1, 0), "Spread");
  ck_assert_str_eq(critmin_table_text(t, 2, 0), text + 3);
  ck_assert_str_eq(critmin_table_text(t, 3, 0), "mine");
  ck_assert_str_eq(critmin_table_text(t, 0, 1), "spread.v1");
  ck_assert_str_eq(critmin_table_text(t, 1, 1), "spread.v1");
  critmin_table_free(t);
}
END_TEST

START_TEST(a_bad_file_is_refused_with_a_place_and_leaves_nothing) {
  static const struct {
    const char *file, *text, *says;
    critmin_status status;
    int64_t line, column;
  } bad[] = {
      {"a.json", "", "a.json, line 1", CRITMIN_ERROR_FORMAT, 1, 0},
      {"a.json", "{\n\"criteria\": [{\"metric\": \"hhu\"}]\n}", "a.json, line 2, column 25, `criteria[0].metric`",
       CRITMIN_ERROR_UNKNOWN_NAME, 2, 25},
      {"hhi.json", "{\"criteria\": [{\"metric\": \"hhi\"}]}", "hhi.json: `hhi` is a metric",
       CRITMIN_ERROR_DUPLICATE_KEY, 0, 0},
      {"a,b.json", "{\"criteria\": [{\"metric\": \"hhi\"}]}", "a key has no comma", CRITMIN_ERROR_INVALID_VALUE, 0, 0},
  };
  critmin_error error;
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    critmin_status status = import(bad[i].file, bad[i].text, strlen(bad[i].text), NULL, &error);
    ck_assert_msg(status == bad[i].status && strstr(error.message, bad[i].says), "%s: %s", bad[i].text, error.message);
    ck_assert_msg(error.row == bad[i].line && error.column == bad[i].column, "%s", error.message);
  }
  static const char nul[] = "{\"criteria\": [{\"metric\": \"hhi\"}]}\0";
  ck_assert_int_eq(import("a.json", nul, sizeof nul, NULL, &error), CRITMIN_ERROR_FORMAT);
  ck_assert_int_eq(critmin_store_import(store, "composite", scratch("none.json"), NULL, NULL, NULL, &error),
                   CRITMIN_ERROR_IO);
  ck_assert_int_ne(error.system_code, 0);
  size_t size = (1 << 20) + 2;
  char *large = malloc(size);
  ck_assert_ptr_nonnull(large);
  memset(large, ' ', size);
  ck_assert_int_eq(import("a.json", large, size, NULL, &error), CRITMIN_ERROR_FORMAT);
  free(large);
  critmin_table *t = composites();
  ck_assert_int_eq(critmin_table_rows(t), 0);
  critmin_table_free(t);
}
END_TEST

static int32_t import_once(void *user) {
  (void)user;
  static const char text[] = "{\"name\": \"x\", \"criteria\": [{\"metric\": \"hhi\"}]}";
  return import("m.json", text, sizeof text - 1, NULL, NULL);
}

START_TEST(memory_may_run_out_anywhere) {
  fail_each_allocation(import_once, NULL);
}
END_TEST

Suite *suite_composite_json(void) {
  Suite *suite = suite_create("composite_json");
  TCase *cases = tcase_create("composite_json");
  tcase_add_checked_fixture(cases, setup, teardown);
  tcase_add_test(cases, a_file_is_a_composite_of_its_name);
  tcase_add_test(cases, a_bad_file_is_refused_with_a_place_and_leaves_nothing);
  tcase_add_test(cases, memory_may_run_out_anywhere);
  suite_add_tcase(suite, cases);
  return suite;
}
