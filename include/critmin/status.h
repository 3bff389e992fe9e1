/* SPDX-License-Identifier: MIT */
/**
 * @file status.h
 * @brief How every fallible function says what happened.
 *
 * Every fallible function returns a @ref critmin_status, gives its results through
 * out-pointers, and takes a nullable ::critmin_error last. On failure the out-pointers are
 * left as they were, unless a function says otherwise.
 */
#ifndef CRITMIN_STATUS_H
#define CRITMIN_STATUS_H

#include "critmin/export.h"

CRITMIN_BEGIN

/** @defgroup status Status and errors
 *  @{ */

/** A status: ::CRITMIN_OK or one of the `CRITMIN_ERROR_` codes below. */
typedef int32_t critmin_status;

/** The codes. A code keeps its meaning for ever; one that falls out of use is retired, never reused. */
enum {
  CRITMIN_OK = 0,                      /**< Done. */
  CRITMIN_ERROR_ARGUMENT = 1,          /**< An argument is null, malformed or contradicts another. */
  CRITMIN_ERROR_UNKNOWN_NAME = 2,      /**< A name is in no dictionary; the message suggests the nearest. */
  CRITMIN_ERROR_YEAR_RANGE = 3,        /**< A year range ends before it begins or lies outside 1500 to 2200. */
  CRITMIN_ERROR_EMPTY_SELECTION = 4,   /**< The selection names things that exist, but never together. */
  CRITMIN_ERROR_STAGE_NOT_IN_CHAIN = 5,/**< The mineral's chain has no such stage. */
  CRITMIN_ERROR_PARAMETER = 6,         /**< A metric has no such parameter, or the value is out of its bounds. */
  CRITMIN_ERROR_NOT_FOUND = 7,         /**< No row has that key. */
  CRITMIN_ERROR_NEGATIVE = 8,          /**< A quantity below zero. */
  CRITMIN_ERROR_SHARE_RANGE = 9,       /**< A share outside 0 to 1, or shares that sum to more than 1. */
  CRITMIN_ERROR_DUPLICATE_KEY = 10,    /**< A key that is there already. */
  CRITMIN_ERROR_MIXED_BASES = 11,      /**< A quantity in a basis that the market has no content factor for. */
  CRITMIN_ERROR_INVALID_VALUE = 12,    /**< A value that is not of its field's type, or low > value > high is broken. */
  CRITMIN_ERROR_MISSING_VALUE = 13,    /**< A required field is empty. */
  CRITMIN_ERROR_IN_USE = 14,           /**< What is to be removed is still referred to. */
  CRITMIN_ERROR_FORMAT = 15,           /**< A file is not of the format it was said to be; row and column are given. */
  CRITMIN_ERROR_NOT_A_STORE = 16,      /**< The file is no critmin store. */
  CRITMIN_ERROR_STORE_TOO_NEW = 17,    /**< The store was written by a newer library. */
  CRITMIN_ERROR_CORRUPT = 18,          /**< The store is damaged. */
  CRITMIN_ERROR_READ_ONLY = 19,        /**< The store, or its file, may not be written. */
  CRITMIN_ERROR_LOCKED = 20,           /**< Another process holds the store. */
  CRITMIN_ERROR_BUSY = 21,             /**< Another thread is inside this store. */
  CRITMIN_ERROR_FORKED = 22,           /**< The store was opened before fork; open it again in the child. */
  CRITMIN_ERROR_DISK_FULL = 23,        /**< No room left on the disk. */
  CRITMIN_ERROR_IO = 24,               /**< The operating system refused to read or write a file. */
  CRITMIN_ERROR_MEMORY = 25,           /**< Memory ran out. */
  CRITMIN_ERROR_CANCELLED = 26,        /**< The progress callback asked to stop; nothing was changed. */
  CRITMIN_ERROR_TRANSACTION = 27,      /**< Begin inside a transaction, or commit or rollback outside one. */
  CRITMIN_ERROR_EXISTS = 28,           /**< A file to be created is there already. */
  CRITMIN_ERROR_UNSUPPORTED = 29,      /**< This build of the library was made without what is asked for. */
  CRITMIN_ERROR_INTERNAL = 30          /**< A bug in the library; please report the message. */
};

/**
 * Where an error is written. Owned by the caller, never allocated, 1,024 bytes, layout frozen.
 * Every function that takes one writes it on every call: `status` is ::CRITMIN_OK and
 * `message` empty after success. It may be NULL where the status alone will do.
 */
typedef struct critmin_error {
  int32_t status;      /**< The status that the function returned. */
  int32_t system_code; /**< SQLite's extended result code or errno, 0 when neither applies. */
  int64_t row;         /**< Line of the file, or row (from 1) of the input, concerned; 0 when none. */
  int64_t column;      /**< Column (from 1) of the file or input; 0 when none. */
  char message[1000];  /**< UTF-8, NUL-terminated: what, where, and what to do. */
} critmin_error;

/**
 * Name of a status, such as `UNKNOWN_NAME`. Static; valid for ever. An unknown code gives `UNKNOWN_STATUS`.
 * Any thread.
 */
CRITMIN_API const char *critmin_status_name(critmin_status status);

/** One sentence on what a status means. Static; valid for ever; an unknown code says so. Any thread. */
CRITMIN_API const char *critmin_status_text(critmin_status status);

/** Number of codes known to this library: the codes are 0 to this less one, retired ones included. Any thread. */
CRITMIN_API int32_t critmin_status_count(void);

/**
 * Called from long work. Any value but 0 asks it to stop: the function then returns
 * ::CRITMIN_ERROR_CANCELLED and leaves everything as it was.
 * @param user  the pointer given beside the callback.
 * @param done  units done so far.
 * @param total units in all, or 0 where that is not known.
 * The callback runs on the thread that called the function, and must not call into the same handle.
 */
typedef int32_t (*critmin_progress)(void *user, int64_t done, int64_t total);

/** @} */

CRITMIN_END

#endif
