/* SPDX-License-Identifier: MIT */
#include "store/migrate.h"

#include <check.h>
#include <string.h>

#include "base/memory.h"
#include "scratch.h"
#include "store/schema.h"
#include "suites.h"

enum { MANY = 8 };

static critmin_error error;
static critmin_store *store;

static void make(void) {
  scratch_make();
  store = new_store("store.critmin");
  ck_assert_int_eq(cm_store_enter(store, &error), CRITMIN_OK);
}

static void drop(void) {
  cm_store_leave(store);
  critmin_store_close(store);
  scratch_drop();
}

/* The steps of the library, and two more. */
static int steps_and(const char *next, const char *last, const char *steps[MANY]) {
  int n = 0;
  for (; n < cm_schema_version; n++) steps[n] = cm_schema_steps[n];
  steps[n++] = next;
  if (last) steps[n++] = last;
  return n;
}

static int layout(void) {
  int found = -1;
  ck_assert_int_eq(cm_store_layout(store, &found, &error), CRITMIN_OK);
  return found;
}

START_TEST(a_new_store_has_the_librarys_layout) {
  ck_assert_int_eq(layout(), cm_schema_version);
  char *value = NULL;
  ck_assert_int_eq(cm_meta_read(store, "library", &value, &error), CRITMIN_OK);
  ck_assert_ptr_nonnull(value);
  cm_free(value);
  ck_assert_int_eq(cm_meta_read(store, "nothing", &value, &error), CRITMIN_OK);
  ck_assert_ptr_null(value);
}
END_TEST

START_TEST(each_step_not_yet_taken_is_taken_once) {
  const char *steps[MANY];
  int n = steps_and("CREATE TABLE extra(a TEXT) STRICT", "INSERT INTO extra VALUES('once')", steps);
  ck_assert_int_eq(cm_store_migrate(store, steps, n, &error), CRITMIN_OK);
  ck_assert_int_eq(cm_store_migrate(store, steps, n, &error), CRITMIN_OK);
  ck_assert_int_eq(layout(), n);
  char *value = NULL;
  ck_assert_int_eq(cm_meta_read(store, "layout", &value, &error), CRITMIN_OK);
  ck_assert_int_eq(value[0] - '0', n);
  cm_free(value);
  ck_assert_int_eq(ask_sql(scratch("store.critmin"), "SELECT count(*) FROM extra"), 1);
}
END_TEST

START_TEST(a_step_that_fails_leaves_the_layout_before_it) {
  const char *steps[MANY];
  int n = steps_and("CREATE TABLE extra(a TEXT) STRICT",
                    "INSERT INTO extra VALUES('half'); INSERT INTO nowhere VALUES(1)", steps);
  ck_assert_int_ne(cm_store_migrate(store, steps, n, &error), CRITMIN_OK);
  ck_assert_ptr_nonnull(strstr(error.message, "nowhere"));
  ck_assert_int_eq(layout(), n - 1);
  ck_assert_int_eq(ask_sql(scratch("store.critmin"), "SELECT count(*) FROM extra"), 0);
}
END_TEST

START_TEST(a_step_may_rebuild_a_table_that_others_refer_to) {
  run_sql(scratch("store.critmin"),
          "INSERT INTO source(id, key, publisher, title, licence) VALUES(1, 's', 'p', 't', 'l');"
          "INSERT INTO edition(source_id, key, date) VALUES(1, 'e', '2024-01-01')");
  const char *steps[MANY];
  int n = steps_and(
      "CREATE TABLE wider(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, publisher TEXT, title TEXT, date TEXT, url "
      "TEXT, licence "
      "TEXT, attribution TEXT, note TEXT, more TEXT) STRICT; INSERT INTO wider SELECT *, NULL FROM source; DROP TABLE "
      "source; ALTER TABLE "
      "wider RENAME TO source",
      NULL, steps);
  ck_assert_msg(cm_store_migrate(store, steps, n, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_int_eq(
      ask_sql(scratch("store.critmin"), "SELECT count(*) FROM edition JOIN source ON source.id = source_id"), 1);
  ck_assert_int_eq(
      cm_store_execute(
          store, "DELETE FROM edition; INSERT INTO edition(source_id, key, date) VALUES(7, 'e', '2024-01-01')", &error),
      CRITMIN_ERROR_IN_USE);
}
END_TEST

START_TEST(a_step_that_leaves_a_broken_reference_is_undone) {
  run_sql(scratch("store.critmin"),
          "INSERT INTO source(id, key, publisher, title, licence) VALUES(1, 's', 'p', 't', 'l');"
          "INSERT INTO edition(source_id, key, date) VALUES(1, 'e', '2024-01-01')");
  const char *steps[MANY];
  int n = steps_and("DELETE FROM source", NULL, steps);
  ck_assert_int_eq(cm_store_migrate(store, steps, n, &error), CRITMIN_ERROR_CORRUPT);
  ck_assert_ptr_nonnull(strstr(error.message, "`edition`"));
  ck_assert_int_eq(layout(), cm_schema_version);
  ck_assert_int_eq(ask_sql(scratch("store.critmin"), "SELECT count(*) FROM source"), 1);
}
END_TEST

Suite *suite_migrate(void) {
  const TTest *tests[] = {
      a_new_store_has_the_librarys_layout,
      each_step_not_yet_taken_is_taken_once,
      a_step_that_fails_leaves_the_layout_before_it,
      a_step_may_rebuild_a_table_that_others_refer_to,
      a_step_that_leaves_a_broken_reference_is_undone,
  };
  TCase *cases = tcase_create("migrate");
  tcase_add_checked_fixture(cases, make, drop);
  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) tcase_add_test(cases, tests[i]);
  Suite *suite = suite_create("migrate");
  suite_add_tcase(suite, cases);
  return suite;
}
