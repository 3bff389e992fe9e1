/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* lstat, O_CLOEXEC */
#include "store/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

critmin_status cm_fail_system(critmin_error *error, int number, const char *doing, const char *path) {
  critmin_status status = CRITMIN_ERROR_IO;
  const char *sentence;
  char other[64];
  switch (number) {
    case ENOSPC:
    case EDQUOT:
      status = CRITMIN_ERROR_DISK_FULL;
      sentence = "no room is left on the disk; free some and try again";
      break;
    case ENOMEM: status = CRITMIN_ERROR_MEMORY, sentence = "memory ran out; free some and try again"; break;
    case ENOENT: sentence = "there is no such file or folder; check the path"; break;
    case ENOTDIR: sentence = "a part of the path is no folder; check the path"; break;
    case EACCES:
    case EPERM:
      sentence = "the operating system does not allow it; check the permissions of the file and of its folder";
      break;
    case EROFS: sentence = "the disk is mounted read-only; choose another place"; break;
    case ENAMETOOLONG: sentence = "the name is too long; choose a shorter one"; break;
    case ELOOP: sentence = "its links lead in a circle; check the path"; break;
    default:
      snprintf(other, sizeof other, "the operating system failed with error %d; check the disk", number);
      sentence = other;
  }
  cm_fail(error, status, "cannot %s `%s`: %s", doing, path, sentence);
  if (error) error->system_code = number;
  return status;
}

static critmin_status fail_exists(const char *path, critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_EXISTS, "`%s` exists already; choose another name, or remove it first", path);
}

critmin_status cm_new_file_begin(const char *path, char **temporary, critmin_error *error) {
  struct stat there;
  if (lstat(path, &there) == 0) return fail_exists(path, error);
  if (errno != ENOENT) return cm_fail_system(error, errno, "create", path);
  for (int i = 0; i < 100; i++) {
    char *name = cm_text_print("%s.new-%ld-%d", path, (long)getpid(), i);
    if (!name) return cm_fail_memory(error);
    int file = open(name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (file >= 0) {
      close(file);
      *temporary = name;
      return CRITMIN_OK;
    }
    int number = errno;
    cm_free(name);
    if (number != EEXIST) return cm_fail_system(error, number, "create", path);
  }
  return cm_fail(error, CRITMIN_ERROR_EXISTS, "a hundred unfinished files `%s.new-*` are in the way; remove them",
                 path);
}

critmin_status cm_new_file_fill(const char *temporary, const void *bytes, size_t size, critmin_error *error) {
  int file = open(temporary, O_WRONLY | O_TRUNC | O_CLOEXEC);
  if (file < 0) return cm_fail_system(error, errno, "write", temporary);
  const char *next = bytes;
  int number = 0;
  while (size > 0 && !number) {
    ssize_t written = write(file, next, size);
    if (written > 0) {
      next += written;
      size -= (size_t)written;
    } else if (written == 0) {
      number = ENOSPC;
    } else if (errno != EINTR) {
      number = errno;
    }
  }
  if (!number && fsync(file) != 0) number = errno;
  if (close(file) != 0 && !number) number = errno;
  return number ? cm_fail_system(error, number, "write", temporary) : CRITMIN_OK;
}

critmin_status cm_new_file_publish(const char *temporary, const char *path, critmin_error *error) {
  /* Taking the name first keeps a file that appeared meanwhile: rename() alone would replace it. */
  int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
  if (file < 0) return errno == EEXIST ? fail_exists(path, error) : cm_fail_system(error, errno, "create", path);
  close(file);
  if (rename(temporary, path) == 0) return CRITMIN_OK;
  int number = errno;
  unlink(path);
  return cm_fail_system(error, number, "create", path);
}

void cm_new_file_drop(const char *temporary) {
  static const char *const beside[] = {"", "-journal", "-wal", "-shm"};
  for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
    char *name = cm_text_print("%s%s", temporary, beside[i]);
    if (name) {
      unlink(name);
    } else if (i == 0) {
      unlink(temporary);
    }
    cm_free(name);
  }
}
