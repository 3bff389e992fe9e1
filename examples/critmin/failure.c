/* SPDX-License-Identifier: MIT */
#include "failure.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../picture/buffer.h"
#include "output.h"
#include "progress.h"
#include "utf8.h"

/* Exit code of each status, by where the refused value came from. One that is not here is a limit of the machine. */
static const struct {
  critmin_status status;
  int command_line, file;
} endings[] = {
    {CRITMIN_ERROR_ARGUMENT, ENDED_USAGE, ENDED_USAGE},
    {CRITMIN_ERROR_UNKNOWN_NAME, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_YEAR_RANGE, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_EMPTY_SELECTION, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_PARAMETER, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_NOT_FOUND, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_NEGATIVE, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_SHARE_RANGE, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_DUPLICATE_KEY, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_MIXED_BASES, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_INVALID_VALUE, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_MISSING_VALUE, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_IN_USE, ENDED_USAGE, ENDED_INPUT},
    {CRITMIN_ERROR_EXISTS, ENDED_USAGE, ENDED_USAGE},
    {CRITMIN_ERROR_FORMAT, ENDED_INPUT, ENDED_INPUT},
    {CRITMIN_ERROR_NOT_A_STORE, ENDED_INPUT, ENDED_INPUT},
    {CRITMIN_ERROR_STORE_TOO_NEW, ENDED_INPUT, ENDED_INPUT},
    {CRITMIN_ERROR_CORRUPT, ENDED_INPUT, ENDED_INPUT},
};

static int ending(critmin_status status, int from) {
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
    if (endings[i].status == status) return from == FROM_FILE ? endings[i].file : endings[i].command_line;
  }
  return ENDED_MACHINE;
}

static void say(const char *message, const char *advice) {
  buffer b = {0};
  buffer_text(&b, "critmin: ");
  utf8_escape(&b, message);
  if (advice) {
    buffer_text(&b, "; ");
    utf8_escape(&b, advice);
  }
  buffer_text(&b, "\n");
  progress_clear();
  if (b.failed) {
    static const char short_of[] = "critmin: out of memory\n";
    (void)write_all(2, short_of, sizeof short_of - 1);
  } else {
    (void)write_all(2, b.text, b.length);
  }
  buffer_free(&b);
}

int fail(int code, const char *format, ...) {
  char message[2048];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  say(message, NULL);
  return code;
}

int fail_memory(void) { return fail(ENDED_MACHINE, "out of memory; free some, or select less"); }

int fail_library(const critmin_error *error, int from, const char *advice) {
  say(error->message[0] ? error->message : critmin_status_text(error->status), advice);
  return ending(error->status, from);
}

int fail_path(const critmin_error *error, const char *path, const char *advice) {
  struct stat there;
  int code = fail_library(error, FROM_FILE, advice);
  if (error->status != CRITMIN_ERROR_IO) return code;
  if (stat(path, &there) != 0) return errno == ENOENT || errno == ENOTDIR ? ENDED_INPUT : code;
  return S_ISDIR(there.st_mode) ? ENDED_INPUT : code;
}
