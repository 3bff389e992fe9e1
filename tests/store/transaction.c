/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <string.h>

#include "scratch.h"
#include "store/handle.h"
#include "suites.h"

static critmin_error error;
static critmin_store *store;

static void make(void) {
  scratch_make();
  store = new_store("store.critmin");
}

static void drop(void) {
  critmin_store_close(store);
  scratch_drop();
}

/* A step that writes one measure, as every public function that writes is one. */
static critmin_status write_measure(const char *sql) {
  critmin_status status = cm_store_enter(store, &error);
  if (status) return status;
  status = cm_store_write_begin(store, &error);
  if (!status) status = cm_store_write_end(store, cm_store_execute(store, sql, &error), &error);
  cm_store_leave(store);
  return status;
}

#define MEASURE(key) "INSERT INTO measure(key, unit, text) VALUES('" key "', 'quantity', 'x')"

static long long measures(void) { return ask_sql(scratch("store.critmin"), "SELECT count(*) FROM measure"); }

START_TEST(outside_a_transaction_each_step_is_its_own) {
  ck_assert_int_eq(write_measure(MEASURE("a")), CRITMIN_OK);
  ck_assert_int_eq(measures(), 1);
  ck_assert_int_eq(write_measure(MEASURE("b") ";" MEASURE("a")), CRITMIN_ERROR_DUPLICATE_KEY);
  ck_assert_int_eq(error.system_code, SQLITE_CONSTRAINT_UNIQUE);
  ck_assert_ptr_nonnull(strstr(error.message, "measure.key"));
  ck_assert_int_eq(measures(), 1);
}
END_TEST

START_TEST(what_a_transaction_holds_is_written_together) {
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_int_eq(write_measure(MEASURE("a")), CRITMIN_OK);
  ck_assert_int_eq(write_measure(MEASURE("b")), CRITMIN_OK);
  ck_assert_int_eq(measures(), 0);
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
  ck_assert_int_eq(measures(), 2);
}
END_TEST

START_TEST(a_step_that_fails_undoes_itself_and_keeps_the_transaction) {
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_int_eq(write_measure(MEASURE("a")), CRITMIN_OK);
  ck_assert_int_eq(write_measure(MEASURE("b") ";" MEASURE("a")), CRITMIN_ERROR_DUPLICATE_KEY);
  ck_assert_int_eq(write_measure(MEASURE("c")), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
  ck_assert_int_eq(measures(), 2);
}
END_TEST

START_TEST(rollback_and_close_undo_it_all) {
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_int_eq(write_measure(MEASURE("a")), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_rollback(store, &error), CRITMIN_OK);
  ck_assert_int_eq(measures(), 0);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_int_eq(write_measure(MEASURE("a")), CRITMIN_OK);
  critmin_store_close(store);
  store = NULL;
  ck_assert_int_eq(measures(), 0);
  ck_assert_int_eq(scratch_count(), 1);
}
END_TEST

START_TEST(transactions_are_begun_once_and_ended_once) {
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_ERROR_TRANSACTION);
  ck_assert_int_eq(critmin_store_rollback(store, &error), CRITMIN_ERROR_TRANSACTION);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_ERROR_TRANSACTION);
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_ERROR_TRANSACTION);
  ck_assert_int_eq(critmin_store_begin(NULL, &error), CRITMIN_ERROR_ARGUMENT);
}
END_TEST

#define FILL                                                                                                        \
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) INSERT INTO measure(key, unit, " \
  "text) SELECT 'm' || i, 'share', 'x' FROM n"

START_TEST(a_full_disk_leaves_the_store_as_it_was) {
  ck_assert_int_eq(write_measure(MEASURE("a")), CRITMIN_OK);
  ck_assert_int_eq(cm_store_execute(store, "PRAGMA max_page_count = 200", &error), CRITMIN_OK);
  ck_assert_int_eq(write_measure(FILL), CRITMIN_ERROR_DISK_FULL);
  ck_assert_ptr_nonnull(strstr(error.message, "free some"));
  ck_assert_int_eq(measures(), 1);
  ck_assert_int_eq(write_measure(MEASURE("b")), CRITMIN_OK);
  ck_assert_int_eq(measures(), 2);
}
END_TEST

START_TEST(a_transaction_that_was_undone_takes_nothing_more) {
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_int_eq(write_measure(MEASURE("a")), CRITMIN_OK);
  /* As SQLite does by itself when the disk is full. */
  ck_assert_int_eq(write_measure("ROLLBACK; INSERT INTO nowhere VALUES(1)"), CRITMIN_ERROR_INTERNAL);
  ck_assert_int_eq(write_measure(MEASURE("b")), CRITMIN_ERROR_TRANSACTION);
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_ERROR_TRANSACTION);
  ck_assert_ptr_nonnull(strstr(error.message, "roll it back"));
  ck_assert_int_eq(critmin_store_rollback(store, &error), CRITMIN_OK);
  ck_assert_int_eq(write_measure(MEASURE("c")), CRITMIN_OK);
  ck_assert_int_eq(measures(), 1);
}
END_TEST

static const struct {
  int code;
  critmin_status status;
} codes[] = {
    {SQLITE_BUSY, CRITMIN_ERROR_LOCKED},
    {SQLITE_LOCKED, CRITMIN_ERROR_LOCKED},
    {SQLITE_BUSY_SNAPSHOT, CRITMIN_ERROR_LOCKED},
    {SQLITE_FULL, CRITMIN_ERROR_DISK_FULL},
    {SQLITE_NOTADB, CRITMIN_ERROR_NOT_A_STORE},
    {SQLITE_CORRUPT, CRITMIN_ERROR_CORRUPT},
    {SQLITE_READONLY, CRITMIN_ERROR_READ_ONLY},
    {SQLITE_READONLY_DIRECTORY, CRITMIN_ERROR_READ_ONLY},
    {SQLITE_CANTOPEN, CRITMIN_ERROR_IO},
    {SQLITE_PERM, CRITMIN_ERROR_IO},
    {SQLITE_IOERR_WRITE, CRITMIN_ERROR_IO},
    {SQLITE_IOERR_NOMEM, CRITMIN_ERROR_MEMORY},
    {SQLITE_NOMEM, CRITMIN_ERROR_MEMORY},
    {SQLITE_INTERRUPT, CRITMIN_ERROR_CANCELLED},
    {SQLITE_CONSTRAINT_FOREIGNKEY, CRITMIN_ERROR_IN_USE},
    {SQLITE_CONSTRAINT_NOTNULL, CRITMIN_ERROR_MISSING_VALUE},
    {SQLITE_CONSTRAINT_CHECK, CRITMIN_ERROR_INVALID_VALUE},
    {SQLITE_TOOBIG, CRITMIN_ERROR_INVALID_VALUE},
    {SQLITE_MISUSE, CRITMIN_ERROR_INTERNAL},
};

START_TEST(each_sqlite_result_has_its_status_and_a_sentence) {
  ck_assert_int_eq(cm_store_fail(store, codes[_i].code, "read the figures", &error), codes[_i].status);
  ck_assert_int_eq(error.system_code, codes[_i].code);
  ck_assert_ptr_nonnull(strstr(error.message, "cannot read the figures"));
  ck_assert_ptr_nonnull(strstr(error.message, "store.critmin"));
  ck_assert_ptr_nonnull(
      strstr(error.message, codes[_i].status == CRITMIN_ERROR_CANCELLED ? "nothing was changed" : "; "));
  ck_assert_int_eq(cm_store_fail(store, codes[_i].code, "read the figures", NULL), codes[_i].status);
}
END_TEST

Suite *suite_transaction(void) {
  const TTest *tests[] = {
      outside_a_transaction_each_step_is_its_own,
      what_a_transaction_holds_is_written_together,
      a_step_that_fails_undoes_itself_and_keeps_the_transaction,
      rollback_and_close_undo_it_all,
      transactions_are_begun_once_and_ended_once,
      a_full_disk_leaves_the_store_as_it_was,
      a_transaction_that_was_undone_takes_nothing_more,
  };
  TCase *cases = tcase_create("transaction");
  tcase_add_checked_fixture(cases, make, drop);
  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) tcase_add_test(cases, tests[i]);
  tcase_add_loop_test(cases, each_sqlite_result_has_its_status_and_a_sentence, 0,
                      (int)(sizeof codes / sizeof codes[0]));
  Suite *suite = suite_create("transaction");
  suite_add_tcase(suite, cases);
  return suite;
}
