/* SPDX-License-Identifier: MIT */
/* Memory that runs out inside SQLite: its allocator is replaced by one that fails on demand. */
#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"
#include "scratch.h"
#include "suites.h"

static sqlite3_mem_methods plain;
static int64_t asked, fail_at;
static int persistent;
static critmin_error error;

static int refused(void) {
  int64_t now = ++asked;
  return fail_at && (persistent ? now >= fail_at : now == fail_at);
}

static void *poor_malloc(int size) { return refused() ? NULL : plain.xMalloc(size); }
static void *poor_realloc(void *memory, int size) { return refused() ? NULL : plain.xRealloc(memory, size); }

static void make(void) {
  sqlite3_shutdown();
  ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain), SQLITE_OK);
  sqlite3_mem_methods poor = plain;
  poor.xMalloc = poor_malloc;
  poor.xRealloc = poor_realloc;
  ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &poor), SQLITE_OK);
  ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), SQLITE_OK);
  fail_at = 0;
  scratch_make();
}

static void drop(void) {
  scratch_drop();
  sqlite3_shutdown();
  sqlite3_config(SQLITE_CONFIG_MALLOC, &plain);
}

static void start(int64_t n) {
  asked = 0;
  fail_at = n;
}

static void stop(void) { fail_at = 0; }

/* SQLite gets along without some of its allocations, so that success is allowed; but what is said must be so. */
static void is_memory(critmin_status status) {
  ck_assert_msg(status == CRITMIN_OK || status == CRITMIN_ERROR_MEMORY, "%d: %s", (int)status, error.message);
}

static critmin_status write_pact(critmin_store *store, const char *note) {
  critmin_agreement *a = NULL;
  critmin_status status = critmin_agreement_read(store, "pact", &a, &error);
  if (!status) status = critmin_agreement_set_text(a, "note", note, &error);
  if (!status) status = critmin_agreement_clear(a, "scope", &error);
  if (!status)
    status = critmin_agreement_set_text(a, "scope[0].mineral", strcmp(note, "one") == 0 ? "cobalt" : "lithium", &error);
  if (!status) status = critmin_agreement_write(a, &error);
  critmin_agreement_free(a);
  return status;
}

/* The note and the scope must be of one writing. */
static void pact_is(critmin_store *store, const char *note) {
  critmin_agreement *a = NULL;
  const char *text = NULL, *mineral = NULL;
  ck_assert_msg(critmin_agreement_read(store, "pact", &a, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_int_eq(critmin_agreement_text(a, "note", &text, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_agreement_text(a, "scope[0].mineral", &mineral, &error), CRITMIN_OK);
  ck_assert_str_eq(text, note);
  ck_assert_str_eq(mineral, strcmp(note, "one") == 0 ? "cobalt" : "lithium");
  critmin_agreement_free(a);
}

static critmin_store *store_with_pact(void) {
  critmin_store *store = sample_store("store.critmin");
  put_agreement(store, "agreement=pact|name=A pact|kind=offtake", "agreement=pact|country=EU");
  ck_assert_int_eq(write_pact(store, "one"), CRITMIN_OK);
  return store;
}

START_TEST(a_record_is_written_whole_or_not_at_all) {
  persistent = _i;
  critmin_store *store = store_with_pact();
  const char *now = "one", *other = "two";
  int64_t n = 0;
  do {
    ck_assert_int_lt(++n, 20000);
    start(n);
    critmin_status status = write_pact(store, other);
    int64_t needed = asked;
    stop();
    is_memory(status);
    if (!status) {
      const char *swap = now;
      now = other;
      other = swap;
    }
    pact_is(store, now);
    if (needed < n) break;
  } while (1);
  ck_assert_int_gt(n, 100);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_failed_step_leaves_the_callers_transaction_whole_or_lost) {
  persistent = _i;
  critmin_store *store = store_with_pact();
  int64_t n = 0, needed = 0;
  do {
    n += 3; /* a prime step through the allocations keeps this short */
    ck_assert_int_lt(n, 30000);
    ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
    put(store, "mineral", "mineral=tin|name=Tin");
    start(n);
    critmin_status status = write_pact(store, "two");
    needed = asked;
    stop();
    is_memory(status);
    critmin_status committed = critmin_store_commit(store, &error);
    if (committed) {
      ck_assert_int_eq(committed, CRITMIN_ERROR_TRANSACTION);
      ck_assert_int_ne(status, CRITMIN_OK);
      ck_assert_int_eq(critmin_store_rollback(store, &error), CRITMIN_OK);
    }
    ck_assert_int_eq(ask_sql(scratch("store.critmin"), "SELECT count(*) FROM mineral WHERE key = 'tin'"),
                     committed ? 0 : 1);
    pact_is(store, status ? "one" : "two");
    if (!status) ck_assert_int_eq(write_pact(store, "one"), CRITMIN_OK);
    if (!committed) ck_assert_int_eq(critmin_mineral_delete(store, "tin", &error), CRITMIN_OK);
  } while (needed >= n);
  critmin_store_close(store);
}
END_TEST

START_TEST(opening_and_copying_fail_cleanly) {
  persistent = _i;
  critmin_store_close(store_with_pact());
  int64_t n = 0, needed = 0;
  do {
    ck_assert_int_lt(++n, 50000);
    critmin_store *store = NULL;
    critmin_table *table = NULL;
    start(n);
    critmin_status status = critmin_store_open(scratch("store.critmin"), CRITMIN_OPEN_WRITE, &store, &error);
    if (!status) status = critmin_store_backup(store, scratch("copy.critmin"), NULL, NULL, &error);
    if (!status) status = critmin_store_info(store, &table, &error);
    needed = asked;
    stop();
    is_memory(status);
    critmin_table_free(table);
    critmin_store_close(store);
    if (!table) ck_assert_int_le(scratch_count(), 2);
    if (scratch_count() == 2) {
      critmin_store *copy = NULL;
      ck_assert_msg(critmin_store_open(scratch("copy.critmin"), CRITMIN_OPEN_READ, &copy, &error) == CRITMIN_OK, "%s",
                    error.message);
      critmin_store_close(copy);
      ck_assert_int_eq(remove(scratch("copy.critmin")), 0);
    }
    if (n > 200) n += 6; /* the middle of a migration of the model store is long and alike */
  } while (needed >= n);
}
END_TEST

Suite *suite_transaction_memory(void) {
  TCase *cases = tcase_create("transaction_memory");
  tcase_add_checked_fixture(cases, make, drop);
  tcase_set_timeout(cases, 200);
  tcase_add_loop_test(cases, a_record_is_written_whole_or_not_at_all, 0, 2);
  tcase_add_loop_test(cases, a_failed_step_leaves_the_callers_transaction_whole_or_lost, 0, 2);
  tcase_add_loop_test(cases, opening_and_copying_fail_cleanly, 0, 2);
  Suite *suite = suite_create("transaction_memory");
  suite_add_tcase(suite, cases);
  return suite;
}
