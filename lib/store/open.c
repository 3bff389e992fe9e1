/* SPDX-License-Identifier: MIT */
#include "store/open.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "reference/image.h"
#include "store/migrate.h"
#include "store/new_file.h"
#include "store/schema.h"
#include "store/stranger.h"

enum { PATIENCE = 1000 }; /* milliseconds that a short write of another process is waited for */

static const char memory_path[] = ":memory:";

void cm_store_disconnect(critmin_store *store) {
  if (!store) return;
  cm_store_forget(store);
  /* In a forked child closing would roll back, and remove the journal of, what the parent is writing: the connection is
   * left. */
  if (store->owner == getpid()) sqlite3_close_v2(store->db);
  cm_free(store->path);
  cm_free(store);
}

critmin_status cm_store_connect(const char *path, const char *name, int flags, critmin_store **store,
                                critmin_error *error) {
  critmin_store *made = cm_alloc_array(1, sizeof *made);
  if (!made) return cm_fail_memory(error);
  made->owner = getpid();
  atomic_flag_clear(&made->inside);
  made->path = cm_text_copy(path);
  if (!made->path) {
    cm_store_disconnect(made);
    return cm_fail_memory(error);
  }
  int code = sqlite3_open_v2(name, &made->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  critmin_status status = code ? cm_store_fail(made, code, "open it", error) : CRITMIN_OK;
  if (!status) {
    sqlite3_busy_timeout(made->db, PATIENCE);
    sqlite3_db_config(made->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    status = cm_store_execute(made, "PRAGMA temp_store = MEMORY", error);
  }
  if (status) {
    cm_store_disconnect(made);
    return status;
  }
  *store = made;
  return CRITMIN_OK;
}

critmin_status cm_store_connect_memory(critmin_store **store, critmin_error *error) {
  critmin_store *made;
  critmin_status status =
      cm_store_connect(memory_path, memory_path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, &made, error);
  if (status) return status;
  status = cm_store_migrate(made, cm_schema_steps, cm_schema_version, error);
  if (status) {
    cm_store_disconnect(made);
    return status;
  }
  *store = made;
  return CRITMIN_OK;
}

static critmin_status no_image(critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED,
                 "this build of the library holds no reference data; use a complete build, or create an empty store");
}

/* SQLite reads the image where it lies: the read-only flag is the promise behind the cast, and mmap_size makes pages
 * pointers into it. */
static critmin_status connect_reference(critmin_store **store, critmin_error *error) {
  if (cm_image_size == 0) return no_image(error);
  critmin_store *made;
  critmin_status status =
      cm_store_connect(CRITMIN_REFERENCE, memory_path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, &made, error);
  if (status) return status;
  made->read_only = 1;
  int code = sqlite3_deserialize(made->db, "main", (unsigned char *)(uintptr_t)cm_image, (sqlite3_int64)cm_image_size,
                                 (sqlite3_int64)cm_image_size, SQLITE_DESERIALIZE_READONLY);
  status = code ? cm_store_fail(made, code, "open it", error)
                : cm_store_execute(made, "PRAGMA mmap_size = 1073741824", error);
  if (status) {
    cm_store_disconnect(made);
    return status;
  }
  *store = made;
  return CRITMIN_OK;
}

/* A store that is only read may not be migrated, so it must be of this library's layout already. */
static critmin_status look_for_reading(critmin_store *store, critmin_error *error) {
  int layout;
  critmin_status status = cm_store_layout(store, &layout, error);
  if (!status && layout < cm_schema_version)
    status = cm_fail(error, CRITMIN_ERROR_READ_ONLY,
                     "store `%s` has the older layout %d, and reading alone cannot bring it to %d; make a backup and "
                     "open it once for writing",
                     store->path, layout, cm_schema_version);
  return status;
}

static critmin_status check_meta(critmin_store *store, critmin_error *error) {
  char *layout = NULL;
  critmin_status status = cm_meta_read(store, "layout", &layout, error);
  if (!status && (!layout || atoi(layout) != cm_schema_version))
    status = cm_fail(error, CRITMIN_ERROR_CORRUPT,
                     "store `%s` is damaged: its table `meta` says layout %s, its header %d; go back to a backup",
                     store->path, layout ? layout : "nothing", cm_schema_version);
  cm_free(layout);
  return status;
}

/* What every statement of the library relies on: all is declared as in a store it made itself, for which the image is
 * at hand. */
static critmin_status check_declarations(critmin_store *store, critmin_error *error) {
  critmin_store *model = NULL;
  critmin_status status = cm_image_size ? connect_reference(&model, error) : cm_store_connect_memory(&model, error);
  if (status) return status;
  status = cm_stranger_schema(store, model, error);
  if (!status) status = check_meta(store, error);
  cm_store_disconnect(model);
  return status;
}

static critmin_status accept_for_reading(critmin_store *store, critmin_error *error) {
  critmin_status status = cm_store_read_begin(store, error);
  if (status) return status;
  status = look_for_reading(store, error);
  if (!status) status = check_declarations(store, error);
  cm_store_read_end(store);
  return status;
}

static critmin_status accept_for_writing(critmin_store *store, critmin_error *error) {
  if (sqlite3_db_readonly(store->db, "main") == 1)
    return cm_fail(error, CRITMIN_ERROR_READ_ONLY,
                   "`%s` may not be written; make it writable, copy it, or open it for reading", store->path);
  /* Taking the writer's lock says at once whether another process holds it; nothing is written under it. */
  critmin_status status = cm_store_write_begin(store, error);
  if (status) return status;
  status = cm_stranger_pages(store, error);
  status = cm_store_write_end(store, status, error);
  if (status) return status;

  status = cm_store_migrate(store, cm_schema_steps, cm_schema_version, error);
  if (!status) status = cm_store_read_begin(store, error);
  if (status) return status;
  status = check_declarations(store, error);
  cm_store_read_end(store);
  return status;
}

/* A path that SQLite could take for a URI is given a form that it cannot. */
static critmin_status connect_file(const char *path, int writing, critmin_store **store, critmin_error *error) {
  critmin_status status = cm_stranger_file(path, writing, error);
  if (status) return status;
  char *name = cm_text_print("%s%s", strncmp(path, "file:", 5) == 0 ? "./" : "", path);
  if (!name) return cm_fail_memory(error);
  critmin_store *made;
  status = cm_store_connect(path, name, writing ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, &made, error);
  cm_free(name);
  if (status) return status;
  made->read_only = !writing;
  status = cm_stranger_header(made, error);
  if (!status) status = cm_stranger_distrust(made, error);
  if (!status) status = writing ? accept_for_writing(made, error) : accept_for_reading(made, error);
  if (status) {
    cm_store_disconnect(made);
    return status;
  }
  *store = made;
  return CRITMIN_OK;
}

static critmin_status check_path(const char *path, critmin_error *error) {
  if (!path) return cm_fail_null(error, "path");
  if (!*path) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `path` is empty; give the path of a store");
  if (*path == ':' && strcmp(path, CRITMIN_REFERENCE) != 0 && strcmp(path, memory_path) != 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "`%s` names no store: there are `:reference:` and `:memory:`; write `./%s` for a file of that name",
                   path, path);
  return CRITMIN_OK;
}

critmin_status critmin_store_open(const char *path, int32_t mode, critmin_store **store, critmin_error *error) {
  if (!store) return cm_fail_null(error, "store");
  critmin_status status = check_path(path, error);
  if (status) return status;
  if (mode != CRITMIN_OPEN_READ && mode != CRITMIN_OPEN_WRITE)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "mode %d is none; use CRITMIN_OPEN_READ or CRITMIN_OPEN_WRITE",
                   (int)mode);
  critmin_store *made = NULL;
  if (strcmp(path, CRITMIN_REFERENCE) == 0) {
    if (mode == CRITMIN_OPEN_WRITE)
      return cm_fail(
          error, CRITMIN_ERROR_READ_ONLY,
          "the reference data inside the library cannot be changed; create a store of your own from it and open that");
    status = connect_reference(&made, error);
  } else if (strcmp(path, memory_path) == 0) {
    status = cm_store_connect_memory(&made, error);
    if (!status) made->read_only = mode == CRITMIN_OPEN_READ;
  } else {
    status = connect_file(path, mode == CRITMIN_OPEN_WRITE, &made, error);
  }
  if (status) return status;
  *store = made;
  return cm_ok(error);
}

void critmin_store_close(critmin_store *store) { cm_store_disconnect(store); }

static critmin_status fill_empty(const char *temporary, critmin_error *error) {
  critmin_store *made;
  critmin_status status = cm_store_connect_memory(&made, error);
  if (status) return status;
  sqlite3_int64 size = 0;
  unsigned char *bytes = sqlite3_serialize(made->db, "main", &size, 0);
  status = bytes ? cm_new_file_fill(temporary, bytes, (size_t)size, error) : cm_fail_memory(error);
  sqlite3_free(bytes);
  cm_store_disconnect(made);
  return status;
}

critmin_status critmin_store_init(const char *path, int32_t content, critmin_error *error) {
  critmin_status status = check_path(path, error);
  if (status) return status;
  if (*path == ':')
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`%s` is not a file that can be created; give the path of a new file",
                   path);
  if (content != CRITMIN_INIT_EMPTY && content != CRITMIN_INIT_REFERENCE)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "content %d is none; use CRITMIN_INIT_EMPTY or CRITMIN_INIT_REFERENCE", (int)content);
  if (content == CRITMIN_INIT_REFERENCE && cm_image_size == 0) return no_image(error);
  char *temporary;
  status = cm_new_file_begin(path, &temporary, error);
  if (status) return status;
  status = content == CRITMIN_INIT_EMPTY ? fill_empty(temporary, error)
                                         : cm_new_file_fill(temporary, cm_image, (size_t)cm_image_size, error);
  if (!status) status = cm_new_file_publish(temporary, path, error);
  if (status) cm_new_file_drop(temporary);
  cm_free(temporary);
  return status ? status : cm_ok(error);
}
