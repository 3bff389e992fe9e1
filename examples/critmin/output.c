/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failure.h"

size_t output_width(void) {
  enum { PAGE = 100, NARROWEST = 40 };
  struct winsize window;
  int known = isatty(1) && ioctl(1, TIOCGWINSZ, &window) == 0 && window.ws_col >= NARROWEST;
  return known ? window.ws_col : PAGE;
}

int write_all(int descriptor, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(descriptor, bytes, length);
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes += written;
    length -= (size_t)written;
  }
  return 0;
}

static int cannot_write(const char *path, int code) {
  int mistyped = code == ENOENT || code == ENOTDIR || code == EISDIR;
  return fail(mistyped ? ENDED_USAGE : ENDED_MACHINE, "cannot write `%s`: %s; nothing was changed there", path,
              strerror(code));
}

static int write_stdout(const char *bytes, size_t length) {
  int code = write_all(1, bytes, length);
  if (code == 0) return ENDED_WELL;
  if (code == EPIPE) return ENDED_MACHINE; /* whoever read had enough: nothing to tell them */
  return fail(ENDED_MACHINE, "cannot write to standard output: %s", strerror(code));
}

/* Devices and pipes have no place to be renamed into. */
static int write_through(const char *path, const char *bytes, size_t length) {
  int descriptor = open(path, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return cannot_write(path, errno);
  int code = write_all(descriptor, bytes, length);
  if (close(descriptor) != 0 && code == 0) code = errno;
  return code ? cannot_write(path, code) : ENDED_WELL;
}

static int write_beside(const char *path, mode_t mode, const char *bytes, size_t length) {
  static const char suffix[] = ".XXXXXX";
  size_t room = strlen(path) + sizeof suffix;
  char *temporary = malloc(room);
  if (!temporary) return fail_memory();
  snprintf(temporary, room, "%s%s", path, suffix);
  int descriptor = mkstemp(temporary);
  if (descriptor < 0) {
    int code = errno;
    free(temporary);
    return cannot_write(path, code);
  }
  int code = write_all(descriptor, bytes, length);
  if (code == 0 && fchmod(descriptor, mode) != 0) code = errno;
  if (code == 0 && fsync(descriptor) != 0) code = errno;
  if (close(descriptor) != 0 && code == 0) code = errno;
  if (code == 0 && rename(temporary, path) != 0) code = errno;
  if (code) unlink(temporary);
  free(temporary);
  return code ? cannot_write(path, code) : ENDED_WELL;
}

/* A file that is not there yet needs at least a folder that is. */
static int no_folder(const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash || slash == path) return ENDED_WELL;
  size_t length = (size_t)(slash - path);
  char *folder = malloc(length + 1);
  struct stat there;
  if (!folder) return fail_memory();
  memcpy(folder, path, length);
  folder[length] = '\0';
  int code = stat(folder, &there) == 0 ? 0 : errno;
  free(folder);
  return code ? cannot_write(path, code) : ENDED_WELL;
}

int output_refuses(const char *path, const char *store) {
  struct stat target, source;
  if (!path) return ENDED_WELL;
  if (stat(path, &target) != 0) return no_folder(path);
  if (S_ISDIR(target.st_mode)) return fail(ENDED_USAGE, "--out `%s` is a directory; name a file in it", path);
  if (store && stat(store, &source) == 0 && source.st_dev == target.st_dev && source.st_ino == target.st_ino) {
    return fail(ENDED_USAGE, "--out `%s` is the store itself; name another file", path);
  }
  return ENDED_WELL;
}

int output_write(const char *path, const char *store, const char *bytes, size_t length) {
  if (!path) return write_stdout(bytes, length);
  int refused = output_refuses(path, store);
  if (refused) return refused;
  struct stat target;
  if (stat(path, &target) != 0) {
    mode_t mask = umask(0);
    umask(mask);
    return write_beside(path, (mode_t)(0666 & ~mask), bytes, length);
  }
  if (!S_ISREG(target.st_mode)) return write_through(path, bytes, length);
  char *place = realpath(path, NULL); /* through a link, so that the link stays one */
  if (!place) return cannot_write(path, errno);
  int code = write_beside(place, target.st_mode & 07777, bytes, length);
  free(place);
  return code;
}
