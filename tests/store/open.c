/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* fork, kill */
#include <check.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "reference/image.h"
#include "runner.h"
#include "scratch.h"
#include "store/handle.h"
#include "suites.h"

static critmin_error error;

/* Opening must fail with that status, say every one of the words, and leave the file as it was. */
static void refuses(const char *path, int mode, critmin_status status, const char *word, const char *other) {
  size_t before = 0, after = 0;
  struct stat there;
  int has_bytes = stat(path, &there) == 0 && S_ISREG(there.st_mode);
  char *old = has_bytes ? file_bytes(path, &before) : NULL;
  int files = scratch_count();
  critmin_store *store = (critmin_store *)&error;
  ck_assert_msg(critmin_store_open(path, mode, &store, &error) == status, "%d: %s", (int)error.status, error.message);
  ck_assert_ptr_eq(store, (critmin_store *)&error);
  ck_assert_int_eq(error.status, status);
  ck_assert_msg(strstr(error.message, path) != NULL, "%s", error.message);
  ck_assert_msg(strstr(error.message, word) != NULL, "%s", error.message);
  ck_assert_msg(strstr(error.message, other) != NULL, "%s", error.message);
  ck_assert_int_eq(scratch_count(), files);
  if (!has_bytes) return;
  char *new = file_bytes(path, &after);
  ck_assert_uint_eq(after, before);
  ck_assert_mem_eq(new, old, before);
  free(old);
  free(new);
}

static void refuses_both(const char *path, critmin_status status, const char *word, const char *other) {
  refuses(path, CRITMIN_OPEN_READ, status, word, other);
  refuses(path, CRITMIN_OPEN_WRITE, status, word, other);
}

static const char *empty_store(const char *name) {
  const char *path = scratch(name);
  ck_assert_msg(critmin_store_init(path, CRITMIN_INIT_EMPTY, &error) == CRITMIN_OK, "%s", error.message);
  return path;
}

static void opens(const char *path, int mode) {
  critmin_store *store = NULL;
  ck_assert_msg(critmin_store_open(path, mode, &store, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_str_eq(error.message, "");
  critmin_store_close(store);
}

static void patch(const char *path, size_t at, const void *bytes, size_t n) {
  size_t size;
  char *all = file_bytes(path, &size);
  memcpy(all + at, bytes, n);
  file_write(path, all, size);
  free(all);
}

START_TEST(a_new_store_opens_for_reading_and_for_writing) {
  const char *path = empty_store("a.critmin");
  opens(path, CRITMIN_OPEN_READ);
  opens(path, CRITMIN_OPEN_WRITE);
  ck_assert_int_eq(scratch_count(), 1);
}
END_TEST

START_TEST(a_store_whose_name_looks_like_a_uri_is_a_file) {
  char before[1024];
  ck_assert_ptr_nonnull(getcwd(before, sizeof before));
  ck_assert_int_eq(chdir(scratch("")), 0);
  ck_assert_int_eq(critmin_store_init("file:x?mode=memory", CRITMIN_INIT_EMPTY, &error), CRITMIN_OK);
  opens("file:x?mode=memory", CRITMIN_OPEN_WRITE);
  ck_assert_int_eq(chdir(before), 0);
  ck_assert_int_eq(scratch_count(), 1);
}
END_TEST

START_TEST(creating_refuses_what_exists_and_leaves_it) {
  const char *path = scratch("mine.txt");
  file_write(path, "mine", 4);
  ck_assert_int_eq(critmin_store_init(path, CRITMIN_INIT_EMPTY, &error), CRITMIN_ERROR_EXISTS);
  ck_assert_ptr_nonnull(strstr(error.message, path));
  size_t size;
  char *bytes = file_bytes(path, &size);
  ck_assert_uint_eq(size, 4);
  free(bytes);
  ck_assert_int_eq(scratch_count(), 1);
}
END_TEST

START_TEST(creating_in_no_folder_leaves_nothing) {
  ck_assert_int_eq(critmin_store_init(scratch("no/such.critmin"), CRITMIN_INIT_EMPTY, &error), CRITMIN_ERROR_IO);
  ck_assert_int_eq(error.system_code, ENOENT);
  ck_assert_int_eq(scratch_count(), 0);
}
END_TEST

START_TEST(creating_refuses_special_names_and_null) {
  ck_assert_int_eq(critmin_store_init(":memory:", CRITMIN_INIT_EMPTY, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_init(":reference:", CRITMIN_INIT_EMPTY, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_init(NULL, CRITMIN_INIT_EMPTY, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_init("", CRITMIN_INIT_EMPTY, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_init(scratch("x"), 7, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(scratch_count(), 0);
}
END_TEST

START_TEST(opening_refuses_null_empty_and_unknown_names) {
  critmin_store *store;
  ck_assert_int_eq(critmin_store_open(NULL, CRITMIN_OPEN_READ, &store, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_open("x", CRITMIN_OPEN_READ, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_open("", CRITMIN_OPEN_READ, &store, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_open(":refrence:", CRITMIN_OPEN_READ, &store, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_open("x", 9, &store, &error), CRITMIN_ERROR_ARGUMENT);
  critmin_store_close(NULL);
}
END_TEST

START_TEST(a_missing_file_is_named) {
  refuses_both(scratch("none"), CRITMIN_ERROR_IO, "no such file", "check the path");
}
END_TEST

START_TEST(a_folder_is_no_store) {
  ck_assert_int_eq(mkdir(scratch("folder"), 0700), 0);
  refuses_both(scratch("folder"), CRITMIN_ERROR_NOT_A_STORE, "a folder", "give the path of a store");
}
END_TEST

START_TEST(a_pipe_is_no_store) {
  ck_assert_int_eq(mkfifo(scratch("pipe"), 0600), 0);
  refuses_both(scratch("pipe"), CRITMIN_ERROR_NOT_A_STORE, "a pipe", "give the path of a store");
}
END_TEST

START_TEST(an_empty_file_is_no_store) {
  file_write(scratch("empty"), "", 0);
  refuses_both(scratch("empty"), CRITMIN_ERROR_NOT_A_STORE, "an empty file", "give the path of a store");
}
END_TEST

START_TEST(a_text_file_is_no_store) {
  const char text[] = "mineral,stage,country\ncobalt,mining,COD\n";
  file_write(scratch("text.csv"), text, sizeof text - 1);
  refuses_both(scratch("text.csv"), CRITMIN_ERROR_NOT_A_STORE, "found text", "give the path of a store");
}
END_TEST

START_TEST(other_bytes_are_no_store) {
  char bytes[5000];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 7919 % 251);
  file_write(scratch("bytes"), bytes, sizeof bytes);
  refuses_both(scratch("bytes"), CRITMIN_ERROR_NOT_A_STORE, "no SQLite database", "give the path of a store");
}
END_TEST

START_TEST(a_journal_is_not_the_store_itself) {
  static const unsigned char rollback[64] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
  static const unsigned char ahead[64] = {0x37, 0x7f, 0x06, 0x83};
  file_write(scratch("a"), rollback, sizeof rollback);
  refuses_both(scratch("a"), CRITMIN_ERROR_NOT_A_STORE, "rollback journal", "not the database itself");
  file_write(scratch("b"), ahead, sizeof ahead);
  refuses_both(scratch("b"), CRITMIN_ERROR_NOT_A_STORE, "write-ahead log", "not the database itself");
}
END_TEST

START_TEST(another_programs_database_is_no_store) {
  run_sql(scratch("other.db"),
          "PRAGMA application_id = 1196444487; CREATE TABLE figure(a); INSERT INTO figure VALUES(1)");
  refuses_both(scratch("other.db"), CRITMIN_ERROR_NOT_A_STORE, "another program", "0x47504b47");
}
END_TEST

START_TEST(a_newer_store_asks_for_a_newer_library) {
  const char *path = empty_store("new.critmin");
  run_sql(path, "PRAGMA user_version = 900");
  refuses_both(path, CRITMIN_ERROR_STORE_TOO_NEW, "layout 900", "update the library");
}
END_TEST

START_TEST(a_store_of_no_layout_is_damaged) {
  const char *path = empty_store("zero.critmin");
  run_sql(path, "PRAGMA user_version = 0");
  refuses_both(path, CRITMIN_ERROR_CORRUPT, "layout 0", "backup");
}
END_TEST

START_TEST(a_write_ahead_log_store_says_how_to_turn_it_back) {
  const char *path = empty_store("wal.critmin");
  run_sql(path, "PRAGMA journal_mode = wal");
  refuses_both(path, CRITMIN_ERROR_NOT_A_STORE, "write-ahead-log mode", "journal_mode=delete");
  run_sql(path, "PRAGMA journal_mode = delete");
  opens(path, CRITMIN_OPEN_WRITE);
}
END_TEST

START_TEST(a_store_cut_short_is_damaged_wherever_it_is_cut) {
  static const size_t lengths[] = {20, 99, 100, 4096, 30000};
  const char *path = empty_store("whole.critmin");
  size_t size;
  char *bytes = file_bytes(path, &size);
  for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
    ck_assert_uint_lt(lengths[i], size);
    file_write(scratch("cut.critmin"), bytes, lengths[i]);
    refuses_both(scratch("cut.critmin"), CRITMIN_ERROR_CORRUPT, "damaged", "backup");
  }
  free(bytes);
}
END_TEST

START_TEST(an_impossible_page_size_is_damage) {
  const char *path = empty_store("page.critmin");
  patch(path, 16, "\x03\x01", 2);
  refuses_both(path, CRITMIN_ERROR_CORRUPT, "page size", "backup");
}
END_TEST

START_TEST(a_store_with_torn_pages_is_not_opened_for_writing) {
  const char *path = empty_store("torn.critmin");
  size_t size;
  char *bytes = file_bytes(path, &size);
  memset(bytes + 8192, 0x5a, size - 8192);
  file_write(path, bytes, size);
  free(bytes);
  refuses(path, CRITMIN_OPEN_WRITE, CRITMIN_ERROR_CORRUPT, "damaged", "backup");
}
END_TEST

START_TEST(a_store_without_one_of_its_tables_is_damaged) {
  const char *path = empty_store("less.critmin");
  run_sql(path, "DROP TABLE explanation");
  refuses_both(path, CRITMIN_ERROR_CORRUPT, "`explanation`", "backup");
}
END_TEST

START_TEST(a_view_in_the_place_of_a_table_is_damage) {
  const char *path = empty_store("view.critmin");
  run_sql(path, "DROP TABLE explanation; CREATE VIEW explanation AS SELECT randomblob(1000000000) AS finding");
  refuses_both(path, CRITMIN_ERROR_CORRUPT, "`explanation`", "backup");
}
END_TEST

START_TEST(a_table_with_its_rules_taken_out_is_damage) {
  const char *path = empty_store("lax.critmin");
  run_sql(path, "DROP TABLE explanation; CREATE TABLE explanation(id INTEGER PRIMARY KEY, finding TEXT)");
  refuses_both(path, CRITMIN_ERROR_CORRUPT, "`explanation` is not declared", "backup");
}
END_TEST

START_TEST(a_strangers_trigger_does_not_fire) {
  const char *path = empty_store("trigger.critmin");
  run_sql(path, "CREATE TRIGGER t AFTER INSERT ON measure BEGIN INSERT INTO meta VALUES('pwned', 'yes'); END");
  critmin_store *store = NULL;
  ck_assert_int_eq(critmin_store_open(path, CRITMIN_OPEN_WRITE, &store, &error), CRITMIN_OK);
  ck_assert_int_eq(cm_store_enter(store, &error), CRITMIN_OK);
  ck_assert_int_eq(
      cm_store_execute(store, "INSERT INTO measure(key, unit, text) VALUES('production', 'quantity', 'x')", &error),
      CRITMIN_OK);
  cm_store_leave(store);
  critmin_store_close(store);
  ck_assert_int_eq(ask_sql(path, "SELECT count(*) FROM measure"), 1);
  ck_assert_int_eq(ask_sql(path, "SELECT count(*) FROM meta WHERE name = 'pwned'"), 0);
}
END_TEST

START_TEST(a_meta_table_that_contradicts_the_header_is_damage) {
  const char *path = empty_store("meta.critmin");
  run_sql(path, "UPDATE meta SET value = '7' WHERE name = 'layout'");
  refuses_both(path, CRITMIN_ERROR_CORRUPT, "`meta` says layout 7", "backup");
  run_sql(path, "DELETE FROM meta");
  refuses_both(path, CRITMIN_ERROR_CORRUPT, "`meta` says layout nothing", "backup");
}
END_TEST

START_TEST(a_read_only_file_is_read_but_not_written) {
  const char *path = empty_store("fixed.critmin");
  ck_assert_int_eq(chmod(path, 0444), 0);
  opens(path, CRITMIN_OPEN_READ);
  refuses(path, CRITMIN_OPEN_WRITE, CRITMIN_ERROR_READ_ONLY, "may not be written", "open it for reading");
}
END_TEST

START_TEST(a_store_opened_for_reading_refuses_to_begin) {
  const char *path = empty_store("reading.critmin");
  critmin_store *store = NULL;
  ck_assert_int_eq(critmin_store_open(path, CRITMIN_OPEN_READ, &store, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_ERROR_READ_ONLY);
  ck_assert_ptr_nonnull(strstr(error.message, "open it for writing"));
  critmin_store_close(store);
}
END_TEST

/* Another process takes the lock with that statement and holds it until it is killed. */
static pid_t hold(const char *path, const char *sql) {
  int ready[2];
  ck_assert_int_eq(pipe(ready), 0);
  pid_t child = fork();
  if (child == 0) {
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) _exit(1);
    if (write(ready[1], "x", 1) != 1) _exit(1);
    for (;;) pause();
  }
  char byte;
  ck_assert_int_eq(read(ready[0], &byte, 1), 1);
  close(ready[0]);
  close(ready[1]);
  return child;
}

static void let_go(pid_t child) {
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
}

START_TEST(a_store_that_another_process_writes_is_locked) {
  const char *path = empty_store("locked.critmin");
  pid_t child = hold(path, "BEGIN EXCLUSIVE");
  refuses_both(path, CRITMIN_ERROR_LOCKED, "another process", "try again");
  let_go(child);
  child = hold(path, "BEGIN IMMEDIATE");
  refuses(path, CRITMIN_OPEN_WRITE, CRITMIN_ERROR_LOCKED, "another process", "try again");
  opens(path, CRITMIN_OPEN_READ);
  let_go(child);
  opens(path, CRITMIN_OPEN_WRITE);
}
END_TEST

START_TEST(what_a_killed_writer_left_half_done_is_undone) {
  const char *path = empty_store("hot.critmin");
  pid_t child = hold(path,
                     "PRAGMA cache_size = 1; PRAGMA synchronous = OFF; BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION "
                     "ALL SELECT i + 1 FROM n "
                     "WHERE i < 20000) INSERT INTO meta SELECT 'row' || i, 'x' FROM n; UPDATE meta SET value = '9' "
                     "WHERE name = 'layout'");
  let_go(child);
  ck_assert_int_eq(scratch_count(), 2);
  opens(path, CRITMIN_OPEN_WRITE);
  ck_assert_int_eq(ask_sql(path, "SELECT count(*) FROM meta WHERE name LIKE 'row%'"), 0);
  ck_assert_int_eq(scratch_count(), 1);
}
END_TEST

START_TEST(a_reader_is_told_what_a_killed_writer_left_half_done) {
  const char *path = empty_store("hot.critmin");
  let_go(hold(
      path,
      "PRAGMA cache_size = 1; BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
      "INSERT INTO meta SELECT 'row' || i, 'x' FROM n"));
  refuses(path, CRITMIN_OPEN_READ, CRITMIN_ERROR_READ_ONLY, "unfinished write", "open it once for writing");
}
END_TEST

START_TEST(opening_a_store_twice_does_not_lose_the_lock_of_the_first) {
  const char *path = empty_store("twice.critmin");
  critmin_store *store = NULL;
  ck_assert_int_eq(critmin_store_open(path, CRITMIN_OPEN_WRITE, &store, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  opens(path, CRITMIN_OPEN_READ);
  pid_t child = fork();
  if (child == 0) {
    critmin_store *mine = NULL;
    _exit(critmin_store_open(path, CRITMIN_OPEN_WRITE, &mine, NULL) == CRITMIN_ERROR_LOCKED ? 0 : 1);
  }
  int outcome = 1;
  waitpid(child, &outcome, 0);
  ck_assert_int_eq(outcome, 0);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_store_in_memory_lives_as_long_as_its_handle) {
  critmin_store *store = NULL, *other = NULL;
  ck_assert_int_eq(critmin_store_open(":memory:", CRITMIN_OPEN_WRITE, &store, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_open(":memory:", CRITMIN_OPEN_READ, &other, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_begin(other, &error), CRITMIN_ERROR_READ_ONLY);
  critmin_store_close(store);
  critmin_store_close(other);
}
END_TEST

START_TEST(the_reference_store_is_read_only_and_can_be_copied) {
  critmin_store *store = NULL;
  ck_assert_int_eq(critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_WRITE, &store, &error), CRITMIN_ERROR_READ_ONLY);
  if (cm_image_size == 0) {
    ck_assert_int_eq(critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error),
                     CRITMIN_ERROR_UNSUPPORTED);
    ck_assert_int_eq(critmin_store_init(scratch("copy"), CRITMIN_INIT_REFERENCE, &error), CRITMIN_ERROR_UNSUPPORTED);
    ck_assert_int_eq(scratch_count(), 0);
    return;
  }
  ck_assert_int_eq(critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_ERROR_READ_ONLY);
  ck_assert_ptr_nonnull(strstr(error.message, "create a store of your own"));
  critmin_store_close(store);
  ck_assert_msg(critmin_store_init(scratch("copy"), CRITMIN_INIT_REFERENCE, &error) == CRITMIN_OK, "%s", error.message);
  opens(scratch("copy"), CRITMIN_OPEN_WRITE);
  ck_assert_int_gt(ask_sql(scratch("copy"), "SELECT count(*) FROM country"), 100);
}
END_TEST

START_TEST(a_forked_child_is_refused_and_may_close) {
  critmin_store *store = new_store("fork.critmin");
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_int_eq(cm_store_execute(store, "INSERT INTO measure(key, unit, text) VALUES('a', 'share', 'a')", &error),
                   CRITMIN_OK);
  pid_t child = fork();
  if (child == 0) {
    critmin_error mine;
    int refused =
        critmin_store_commit(store, &mine) == CRITMIN_ERROR_FORKED && strstr(mine.message, "open it again") != NULL;
    critmin_store_close(store);
    _exit(refused ? 0 : 1);
  }
  int outcome = 1;
  waitpid(child, &outcome, 0);
  ck_assert_int_eq(outcome, 0);
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
  critmin_store_close(store);
  ck_assert_int_eq(ask_sql(scratch("fork.critmin"), "SELECT count(*) FROM measure"), 1);
}
END_TEST

static void *try_to_begin(void *store) { return (void *)(intptr_t)critmin_store_begin(store, NULL); }

START_TEST(a_second_thread_is_told_that_the_store_is_busy) {
  critmin_store *store = new_store("busy.critmin");
  ck_assert_int_eq(cm_store_enter(store, &error), CRITMIN_OK);
  pthread_t thread;
  void *outcome;
  ck_assert_int_eq(pthread_create(&thread, NULL, try_to_begin, store), 0);
  pthread_join(thread, &outcome);
  ck_assert_int_eq((int)(intptr_t)outcome, CRITMIN_ERROR_BUSY);
  cm_store_leave(store);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  critmin_store_close(store);
}
END_TEST

static int32_t create_and_open(void *path) {
  critmin_store *store = NULL;
  critmin_status status = critmin_store_init(path, CRITMIN_INIT_EMPTY, &error);
  if (status) ck_assert_int_eq(scratch_count(), 0);
  if (!status) status = critmin_store_open(path, CRITMIN_OPEN_WRITE, &store, &error);
  critmin_store_close(store);
  unlink(path);
  return status;
}

START_TEST(opening_without_memory_leaves_nothing) {
  char path[512];
  strcpy(path, scratch("poor.critmin"));
  fail_each_allocation(create_and_open, path);
}
END_TEST

Suite *suite_open(void) {
  const TTest *tests[] = {
      a_new_store_opens_for_reading_and_for_writing,
      a_store_whose_name_looks_like_a_uri_is_a_file,
      creating_refuses_what_exists_and_leaves_it,
      creating_in_no_folder_leaves_nothing,
      creating_refuses_special_names_and_null,
      opening_refuses_null_empty_and_unknown_names,
      a_missing_file_is_named,
      a_folder_is_no_store,
      a_pipe_is_no_store,
      an_empty_file_is_no_store,
      a_text_file_is_no_store,
      other_bytes_are_no_store,
      a_journal_is_not_the_store_itself,
      another_programs_database_is_no_store,
      a_newer_store_asks_for_a_newer_library,
      a_store_of_no_layout_is_damaged,
      a_write_ahead_log_store_says_how_to_turn_it_back,
      a_store_cut_short_is_damaged_wherever_it_is_cut,
      an_impossible_page_size_is_damage,
      a_store_with_torn_pages_is_not_opened_for_writing,
      a_store_without_one_of_its_tables_is_damaged,
      a_view_in_the_place_of_a_table_is_damage,
      a_table_with_its_rules_taken_out_is_damage,
      a_strangers_trigger_does_not_fire,
      a_meta_table_that_contradicts_the_header_is_damage,
      a_read_only_file_is_read_but_not_written,
      a_store_opened_for_reading_refuses_to_begin,
      a_store_that_another_process_writes_is_locked,
      what_a_killed_writer_left_half_done_is_undone,
      a_reader_is_told_what_a_killed_writer_left_half_done,
      opening_a_store_twice_does_not_lose_the_lock_of_the_first,
      a_store_in_memory_lives_as_long_as_its_handle,
      the_reference_store_is_read_only_and_can_be_copied,
      a_forked_child_is_refused_and_may_close,
      a_second_thread_is_told_that_the_store_is_busy,
      opening_without_memory_leaves_nothing,
  };
  TCase *cases = tcase_create("open");
  tcase_add_checked_fixture(cases, scratch_make, scratch_drop);
  tcase_set_timeout(cases, 60);
  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) tcase_add_test(cases, tests[i]);
  Suite *suite = suite_create("open");
  suite_add_tcase(suite, cases);
  return suite;
}
