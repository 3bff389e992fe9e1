/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* mkdtemp, opendir */
#include "scratch.h"

#include <check.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[200];

void scratch_make(void) {
  const char *base = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%.150s/critmin-test-XXXXXX", base && *base ? base : "/tmp");
  ck_assert_ptr_nonnull(mkdtemp(folder));
}

static int each_file(int remove_them) {
  DIR *open = opendir(folder);
  ck_assert_ptr_nonnull(open);
  int count = 0;
  for (struct dirent *entry; (entry = readdir(open)) != NULL;) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    count++;
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (remove_them && unlink(path) != 0) rmdir(path);
  }
  closedir(open);
  return count;
}

void scratch_drop(void) {
  chmod(folder, 0700);
  each_file(1);
  rmdir(folder);
}

int scratch_count(void) { return each_file(0); }

const char *scratch(const char *name) {
  static char paths[8][512];
  static int next;
  char *path = paths[next++ % 8];
  snprintf(path, sizeof paths[0], "%s/%.255s", folder, name);
  return path;
}

char *file_bytes(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  ck_assert_msg(file != NULL, "%s is not there", path);
  fseek(file, 0, SEEK_END);
  long length = ftell(file);
  rewind(file);
  char *bytes = malloc((size_t)length + 1);
  ck_assert_ptr_nonnull(bytes);
  ck_assert_uint_eq(fread(bytes, 1, (size_t)length, file), (size_t)length);
  fclose(file);
  *size = (size_t)length;
  return bytes;
}

void file_write(const char *path, const void *bytes, size_t size) {
  FILE *file = fopen(path, "wb");
  ck_assert_ptr_nonnull(file);
  ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
  ck_assert_int_eq(fclose(file), 0);
}

critmin_store *new_store(const char *name) {
  critmin_error error;
  critmin_store *store = NULL;
  const char *path = scratch(name);
  ck_assert_msg(critmin_store_init(path, CRITMIN_INIT_EMPTY, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_msg(critmin_store_open(path, CRITMIN_OPEN_WRITE, &store, &error) == CRITMIN_OK, "%s", error.message);
  return store;
}

static long long run(const char *path, const char *sql, int wants_row) {
  sqlite3 *db;
  ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), SQLITE_OK);
  long long answer = 0;
  if (wants_row) {
    sqlite3_stmt *statement;
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
  } else {
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
  }
  sqlite3_close(db);
  return answer;
}

void run_sql(const char *path, const char *sql) { run(path, sql, 0); }

long long ask_sql(const char *path, const char *sql) { return run(path, sql, 1); }
