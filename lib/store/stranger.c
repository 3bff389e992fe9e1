/* SPDX-License-Identifier: MIT */
#include "store/stranger.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "store/new_file.h"
#include "store/schema.h"

enum { HEADER = 100 };

static critmin_status fail_found(const char *path, const char *found, critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_NOT_A_STORE,
                 "`%s` is no critmin store: found %s; give the path of a store, or create one under another name", path,
                 found);
}

/* A writer puts its journal beside the store. */
static critmin_status check_folder(const char *path, critmin_error *error) {
  const char *slash = strrchr(path, '/');
  char *folder = slash ? cm_text_copy_n(path, slash == path ? 1 : (size_t)(slash - path)) : cm_text_copy(".");
  if (!folder) return cm_fail_memory(error);
  int writable = access(folder, W_OK | X_OK) == 0;
  cm_free(folder);
  if (writable) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_READ_ONLY,
                 "the folder of `%s` may not be written, and a journal must be put there; copy the store elsewhere, or "
                 "open it for reading",
                 path);
}

critmin_status cm_stranger_file(const char *path, int writing, critmin_error *error) {
  struct stat there;
  if (stat(path, &there) != 0) {
    if (errno != ENOENT) return cm_fail_system(error, errno, "open", path);
    cm_fail(error, CRITMIN_ERROR_IO,
            "cannot open `%s`: there is no such file; check the path, or create the store first", path);
    if (error) error->system_code = ENOENT;
    return CRITMIN_ERROR_IO;
  }
  if (S_ISDIR(there.st_mode)) return fail_found(path, "a folder", error);
  if (!S_ISREG(there.st_mode)) return fail_found(path, "a device or a pipe", error);
  if (access(path, R_OK) != 0) return cm_fail_system(error, errno, "read", path);
  if (there.st_size == 0) return fail_found(path, "an empty file", error);
  /* A file that its owner has marked read-only is left alone, also by the superuser, whom nothing would stop. */
  if (writing && ((there.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0 || access(path, W_OK) != 0)) {
    return cm_fail(error, CRITMIN_ERROR_READ_ONLY,
                   "`%s` may not be written; make it writable, copy it, or open it for reading", path);
  }
  return writing ? check_folder(path, error) : CRITMIN_OK;
}

static uint32_t number_at(const unsigned char *bytes, int at) {
  return (uint32_t)bytes[at] << 24 | (uint32_t)bytes[at + 1] << 16 | (uint32_t)bytes[at + 2] << 8 | bytes[at + 3];
}

/* What a file that is no SQLite database looks like, in words for its owner. */
static const char *looks_like(const unsigned char *bytes, size_t n) {
  static const unsigned char journal[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
  if (n >= 8 && memcmp(bytes, journal, 8) == 0) return "the rollback journal of a database, not the database itself";
  if (n >= 4 && (number_at(bytes, 0) | 1u) == 0x377f0683u)
    return "the write-ahead log of a database, not the database itself";
  for (size_t i = 0; i < n; i++) {
    if (bytes[i] < 9) return "a file that is no SQLite database";
  }
  return "text";
}

static critmin_status fail_damaged(const char *path, const char *how, critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_CORRUPT,
                 "store `%s` is damaged: %s; go back to a backup, or create a new store and import again", path, how);
}

/* While a journal waits to be rolled back the first page may already speak of pages that were never written. */
static critmin_status check_size(const char *path, long long size, long long expected, critmin_error *error) {
  if (size >= expected) return CRITMIN_OK;
  struct stat journal;
  char *name = cm_text_print("%s-journal", path);
  if (!name) return cm_fail_memory(error);
  int waits = stat(name, &journal) == 0 && journal.st_size > 0;
  cm_free(name);
  if (waits) return CRITMIN_OK;
  char how[100];
  snprintf(how, sizeof how, "it is cut short, %lld bytes of %lld are there", size, expected);
  return fail_damaged(path, how, error);
}

critmin_status cm_stranger_header(critmin_store *store, critmin_error *error) {
  sqlite3_file *file = NULL;
  int code = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code || !file || !file->pMethods) return cm_store_fail(store, code ? code : SQLITE_CANTOPEN, "open it", error);

  unsigned char header[HEADER] = {0};
  sqlite3_int64 size = 0;
  code = file->pMethods->xFileSize(file, &size);
  size_t n = size < HEADER ? (size_t)size : HEADER;
  if (!code) code = file->pMethods->xRead(file, header, (int)n, 0);
  if (code) return cm_store_fail(store, code, "read its first bytes", error);

  static const char magic[16] = "SQLite format 3";
  if (n < sizeof magic || memcmp(header, magic, sizeof magic) != 0)
    return fail_found(store->path, looks_like(header, n), error);
  if (n < HEADER) return fail_damaged(store->path, "it ends within its first 100 bytes", error);

  char found[160];
  uint32_t application = number_at(header, 68), layout = number_at(header, 60);
  if (application != CM_APPLICATION_ID) {
    snprintf(found, sizeof found, "an SQLite database of another program (application id 0x%08x, expected 0x%08x)",
             (unsigned)application, (unsigned)CM_APPLICATION_ID);
    return fail_found(store->path, found, error);
  }
  if (layout > (uint32_t)cm_schema_version)
    return cm_fail(
        error, CRITMIN_ERROR_STORE_TOO_NEW,
        "store `%s` was written by a newer library: it has layout %u, this library knows up to %d; update the library",
        store->path, (unsigned)layout, cm_schema_version);
  if (layout == 0) return fail_damaged(store->path, "it says that it has layout 0, which no library wrote", error);
  if (header[18] > 1 || header[19] > 1)
    return cm_fail(error, CRITMIN_ERROR_NOT_A_STORE,
                   "`%s` is kept in write-ahead-log mode, and critmin opens rollback-journal databases only; run "
                   "`sqlite3 FILE 'PRAGMA journal_mode=delete'` on it",
                   store->path);

  uint32_t page = (uint32_t)header[16] << 8 | header[17];
  if (page == 1) page = 65536;
  if (page < 512 || (page & (page - 1)) != 0) return fail_damaged(store->path, "its page size is impossible", error);
  uint32_t format = number_at(header, 44);
  if (format < 1 || format > 4 || number_at(header, 56) != SQLITE_UTF8)
    return fail_damaged(store->path, "its schema is of no known format, or its text not UTF-8", error);
  if (number_at(header, 24) != number_at(header, 92))
    return CRITMIN_OK; /* an old writer did not keep the number of pages */
  return check_size(store->path, size, (long long)number_at(header, 28) * page, error);
}

critmin_status cm_stranger_distrust(critmin_store *store, critmin_error *error) {
  static const struct {
    int option, value;
  } switches[] = {
      {SQLITE_DBCONFIG_DEFENSIVE, 1},       {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},  {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
      {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
      {SQLITE_DBCONFIG_DQS_DML, 0},         {SQLITE_DBCONFIG_DQS_DDL, 0},
  };
  static const struct {
    int limit, value;
  } limits[] = {
      {SQLITE_LIMIT_LENGTH, 10000000},  {SQLITE_LIMIT_SQL_LENGTH, 1000000},       {SQLITE_LIMIT_COLUMN, 200},
      {SQLITE_LIMIT_EXPR_DEPTH, 200},   {SQLITE_LIMIT_COMPOUND_SELECT, 50},       {SQLITE_LIMIT_ATTACHED, 0},
      {SQLITE_LIMIT_TRIGGER_DEPTH, 20}, {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
  };
  for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
    sqlite3_db_config(store->db, switches[i].option, switches[i].value, NULL);
  }
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
    sqlite3_limit(store->db, limits[i].limit, limits[i].value);
  return cm_store_execute(store, "PRAGMA cell_size_check = ON", error);
}

/* A declaration that makes no sense is met when a statement is prepared, or run. */
static critmin_status fail_strange(critmin_store *store, int code, const char *doing, critmin_error *error) {
  if ((code & 0xff) != SQLITE_ERROR) return cm_store_fail(store, code, doing, error);
  char how[300];
  snprintf(how, sizeof how, "its schema cannot be read, %s", sqlite3_errmsg(store->db));
  return fail_damaged(store->path, how, error);
}

static critmin_status prepare(critmin_store *store, const char *sql, sqlite3_stmt **statement, critmin_error *error) {
  int code = sqlite3_prepare_v2(store->db, sql, -1, statement, NULL);
  return code ? fail_strange(store, code, "read its schema", error) : CRITMIN_OK;
}

critmin_status cm_stranger_schema(critmin_store *store, critmin_store *model, critmin_error *error) {
  sqlite3_stmt *wanted = NULL, *found = NULL;
  critmin_status status = cm_store_prepare(
      model, "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL", &wanted, error);
  if (!status)
    status = prepare(store, "SELECT 1 FROM sqlite_schema WHERE type = ?1 AND name = ?2 AND tbl_name = ?3 AND sql = ?4",
                     &found, error);
  int code = SQLITE_DONE;
  while (!status && (code = sqlite3_step(wanted)) == SQLITE_ROW) {
    for (int i = 0; i < 4; i++) {
      code = sqlite3_bind_text(found, i + 1, (const char *)sqlite3_column_text(wanted, i), -1, SQLITE_TRANSIENT);
      if (code) break;
    }
    if (code == SQLITE_OK) code = sqlite3_step(found);
    if (code == SQLITE_DONE) {
      char how[128];
      snprintf(how, sizeof how, "its %s `%.60s` is not declared as layout %d has it",
               (const char *)sqlite3_column_text(wanted, 0), (const char *)sqlite3_column_text(wanted, 1),
               cm_schema_version);
      status = fail_damaged(store->path, how, error);
    } else if (code != SQLITE_ROW) {
      status = fail_strange(store, code, "read its schema", error);
    }
    sqlite3_reset(found);
  }
  if (!status && code != SQLITE_DONE) status = cm_store_fail(model, code, "read the schema", error);
  sqlite3_finalize(wanted);
  sqlite3_finalize(found);
  return status;
}

critmin_status cm_stranger_pages(critmin_store *store, critmin_error *error) {
  sqlite3_stmt *statement = NULL;
  critmin_status status = prepare(store, "PRAGMA quick_check(1)", &statement, error);
  if (status) return status;
  int code = sqlite3_step(statement);
  const char *answer = code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
  if (!answer) {
    status = fail_strange(store, code, "check its pages", error);
  } else if (strcmp(answer, "ok") != 0) {
    char how[300];
    snprintf(how, sizeof how, "%s", answer);
    status = fail_damaged(store->path, how, error);
  }
  sqlite3_finalize(statement);
  return status;
}
