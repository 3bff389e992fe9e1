/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner.h"
#include "scratch.h"
#include "store/handle.h"
#include "suites.h"

static critmin_error error;
static critmin_store *store;

static int calls;
static int64_t last_done, last_total;

static void make(void) {
  calls = 0;
  last_done = last_total = 0;
  scratch_make();
  store = new_store("store.critmin");
  ck_assert_int_eq(
      cm_store_execute(store,
                       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) INSERT INTO "
                       "measure(key, unit, text) SELECT 'm' || i, 'share', 'some text to fill pages' FROM n",
                       &error),
      CRITMIN_OK);
}

static void drop(void) {
  critmin_store_close(store);
  scratch_drop();
}

static int32_t watch(void *stop_at, int64_t done, int64_t total) {
  ck_assert_int_ge(done, last_done);
  last_done = done;
  last_total = total;
  return ++calls == *(int *)stop_at;
}

START_TEST(a_backup_is_a_store_of_its_own) {
  int never = 0;
  ck_assert_int_eq(critmin_store_backup(store, scratch("copy.critmin"), watch, &never, &error), CRITMIN_OK);
  ck_assert_int_gt(calls, 1);
  ck_assert_int_eq(last_done, last_total);
  ck_assert_int_eq(scratch_count(), 2);
  critmin_store *copy = NULL;
  ck_assert_int_eq(critmin_store_open(scratch("copy.critmin"), CRITMIN_OPEN_WRITE, &copy, &error), CRITMIN_OK);
  critmin_store_close(copy);
  ck_assert_int_eq(ask_sql(scratch("copy.critmin"), "SELECT count(*) FROM measure"), 40000);
}
END_TEST

START_TEST(a_backup_that_is_cancelled_leaves_no_file) {
  int second = 2;
  ck_assert_int_eq(critmin_store_backup(store, scratch("copy.critmin"), watch, &second, &error),
                   CRITMIN_ERROR_CANCELLED);
  ck_assert_int_eq(calls, 2);
  ck_assert_int_eq(scratch_count(), 1);
}
END_TEST

START_TEST(a_backup_replaces_nothing) {
  file_write(scratch("copy.critmin"), "mine", 4);
  ck_assert_int_eq(critmin_store_backup(store, scratch("copy.critmin"), NULL, NULL, &error), CRITMIN_ERROR_EXISTS);
  ck_assert_int_eq(critmin_store_backup(store, scratch("store.critmin"), NULL, NULL, &error), CRITMIN_ERROR_EXISTS);
  ck_assert_int_eq(critmin_store_backup(store, scratch("no/copy"), NULL, NULL, &error), CRITMIN_ERROR_IO);
  ck_assert_int_eq(critmin_store_backup(store, NULL, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_backup(store, ":memory:", NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(scratch_count(), 2);
}
END_TEST

START_TEST(a_backup_holds_what_is_committed) {
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_int_eq(cm_store_execute(store, "DELETE FROM measure WHERE key = 'm1'", &error), CRITMIN_OK);
  ck_assert_msg(critmin_store_backup(store, scratch("copy.critmin"), NULL, NULL, &error) == CRITMIN_OK, "%s",
                error.message);
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
  ck_assert_int_eq(ask_sql(scratch("copy.critmin"), "SELECT count(*) FROM measure"), 40000);
  ck_assert_int_eq(ask_sql(scratch("store.critmin"), "SELECT count(*) FROM measure"), 39999);
}
END_TEST

START_TEST(a_store_in_memory_can_be_kept_as_a_file) {
  critmin_store *memory = NULL;
  ck_assert_int_eq(critmin_store_open(":memory:", CRITMIN_OPEN_WRITE, &memory, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_begin(memory, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_backup(memory, scratch("copy.critmin"), NULL, NULL, &error),
                   CRITMIN_ERROR_TRANSACTION);
  ck_assert_int_eq(scratch_count(), 1);
  ck_assert_int_eq(critmin_store_commit(memory, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_backup(memory, scratch("copy.critmin"), NULL, NULL, &error), CRITMIN_OK);
  critmin_store_close(memory);
  ck_assert_int_eq(critmin_store_open(scratch("copy.critmin"), CRITMIN_OPEN_READ, &memory, &error), CRITMIN_OK);
  critmin_store_close(memory);
}
END_TEST

static int32_t back_up(void *path) {
  critmin_status status = critmin_store_backup(store, path, NULL, NULL, &error);
  ck_assert_int_eq(scratch_count(), status ? 1 : 2);
  if (!status) remove(path);
  return status;
}

START_TEST(a_backup_without_memory_leaves_no_file) {
  char path[512];
  strcpy(path, scratch("copy.critmin"));
  fail_each_allocation(back_up, path);
}
END_TEST

static const char *fact(const critmin_table *table, const char *name) {
  for (int64_t i = 0; i < critmin_table_rows(table); i++) {
    if (strcmp(critmin_table_text(table, 0, i), name) == 0) return critmin_table_text(table, 1, i);
  }
  ck_abort_msg("no fact %s", name);
  return NULL;
}

START_TEST(info_says_what_the_store_is_and_holds) {
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_store_info(store, &table, &error), CRITMIN_OK);
  ck_assert_str_eq(fact(table, "path"), scratch("store.critmin"));
  ck_assert_str_eq(fact(table, "layout"), fact(table, "library_layout"));
  ck_assert_str_eq(fact(table, "written_by"), fact(table, "library"));
  ck_assert_str_eq(fact(table, "rows_measure"), "40000");
  ck_assert_str_eq(fact(table, "rows_figure"), "0");
  size_t size;
  char *bytes = file_bytes(scratch("store.critmin"), &size), text[32];
  free(bytes);
  snprintf(text, sizeof text, "%zu", size);
  ck_assert_str_eq(fact(table, "bytes"), text);
  critmin_table_free(table);
  ck_assert_int_eq(critmin_store_info(store, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_info(NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
}
END_TEST

Suite *suite_backup(void) {
  const TTest *tests[] = {
      a_backup_is_a_store_of_its_own,
      a_backup_that_is_cancelled_leaves_no_file,
      a_backup_replaces_nothing,
      a_backup_holds_what_is_committed,
      a_store_in_memory_can_be_kept_as_a_file,
      a_backup_without_memory_leaves_no_file,
      info_says_what_the_store_is_and_holds,
  };
  TCase *cases = tcase_create("backup");
  tcase_add_checked_fixture(cases, make, drop);
  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) tcase_add_test(cases, tests[i]);
  Suite *suite = suite_create("backup");
  suite_add_tcase(suite, cases);
  return suite;
}
