/* SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "store/new_file.h"
#include "store/open.h"

enum { PAGES = 256 }; /* copied between two calls of the progress callback: a megabyte */

static critmin_status copy_pages(critmin_store *from, critmin_store *to, critmin_progress progress, void *user,
                                 critmin_error *error) {
  sqlite3_backup *backup = sqlite3_backup_init(to->db, "main", from->db, "main");
  if (!backup) return cm_store_fail(to, sqlite3_errcode(to->db), "begin the copy", error);
  critmin_status status = CRITMIN_OK;
  int code = SQLITE_OK;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(backup, PAGES);
    int total = sqlite3_backup_pagecount(backup);
    if ((code == SQLITE_OK || code == SQLITE_DONE) && progress &&
        progress(user, total - sqlite3_backup_remaining(backup), total)) {
      status = cm_fail(error, CRITMIN_ERROR_CANCELLED, "the backup of store `%s` was cancelled; no file was left",
                       from->path);
      break;
    }
  }
  int finish = sqlite3_backup_finish(backup);
  if (!status && code != SQLITE_DONE) status = cm_store_fail(finish ? to : from, code, "copy it", error);
  return status;
}

static critmin_status copy_to(critmin_store *from, const char *temporary, critmin_progress progress, void *user,
                              critmin_error *error) {
  critmin_store *to;
  critmin_status status = cm_store_connect(temporary, temporary, SQLITE_OPEN_READWRITE, &to, error);
  if (status) return status;
  /* The file is thrown away when anything fails, so that it needs no journal. */
  status = cm_store_execute(to, "PRAGMA journal_mode = OFF", error);
  if (!status) status = copy_pages(from, to, progress, user, error);
  cm_store_disconnect(to);
  return status;
}

/* What the open transaction has written is not committed: another connection sees the store without it. */
static critmin_status committed_view(critmin_store *store, critmin_store **view, critmin_error *error) {
  const char *file = sqlite3_db_filename(store->db, "main"); /* whole, wherever the process has gone meanwhile */
  if (*store->path == ':' || !file)
    return cm_fail(error, CRITMIN_ERROR_TRANSACTION,
                   "a transaction is open on a store in memory; commit it or roll it back before the backup");
  return critmin_store_open(file, CRITMIN_OPEN_READ, view, error);
}

static critmin_status back_up(critmin_store *store, const char *path, critmin_progress progress, void *user,
                              critmin_error *error) {
  critmin_store *view = NULL;
  char *temporary = NULL;
  critmin_status status = cm_new_file_begin(path, &temporary, error);
  if (status) return status;
  if (store->in_transaction) status = committed_view(store, &view, error);
  if (!status) status = copy_to(view ? view : store, temporary, progress, user, error);
  if (!status) status = cm_new_file_publish(temporary, path, error);
  if (status) cm_new_file_drop(temporary);
  cm_free(temporary);
  cm_store_disconnect(view);
  return status;
}

critmin_status critmin_store_backup(critmin_store *store, const char *path, critmin_progress progress, void *user,
                                    critmin_error *error) {
  if (!path || !*path)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `path` is empty; give the path of a new file");
  if (*path == ':')
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`%s` is not a file that can be created; give the path of a new file",
                   path);
  critmin_status status = cm_store_enter(store, error);
  if (status) return status;
  status = back_up(store, path, progress, user, error);
  cm_store_leave(store);
  return status ? status : cm_ok(error);
}
