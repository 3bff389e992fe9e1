/* SPDX-License-Identifier: MIT */
#include "open_store.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "failure.h"
#include "output.h"

static int is_reference(const request *r) { return strcmp(r->words[0], CRITMIN_REFERENCE) == 0; }

static const char *advice(const request *r, const critmin_error *error) {
  if (error->status != CRITMIN_ERROR_READ_ONLY || !is_reference(r)) return NULL;
  return "`critmin init FILE` makes a store of your own with the same data";
}

int store_fail(const request *r, const critmin_error *error) {
  return fail_library(error, FROM_COMMAND_LINE, advice(r, error));
}

int store_open(const request *r, int32_t mode, critmin_store **store) {
  const char *path = r->words[0];
  critmin_error error;
  struct stat there;
  int refused = output_refuses(r->out, path);
  if (refused) return refused;
  if (critmin_store_open(path, mode, store, &error) == CRITMIN_OK) return 0;
  if (path[0] != ':' && stat(path, &there) != 0 && errno == ENOENT) {
    return fail(ENDED_INPUT, "there is no store `%s`; check the path, or make one with `critmin init`", path);
  }
  return fail_path(&error, path, advice(r, &error));
}
