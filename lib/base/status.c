/* SPDX-License-Identifier: MIT */
#include "critmin/status.h"

#include <stddef.h>

/* In the order of the codes. */
static const struct {
  const char *name;
  const char *text;
} statuses[] = {
    {"OK", "Done."},
    {"ARGUMENT", "An argument is null, malformed or contradicts another."},
    {"UNKNOWN_NAME", "A name is in no dictionary."},
    {"YEAR_RANGE", "A year range ends before it begins or lies outside 1500 to 2200."},
    {"EMPTY_SELECTION", "The selection names things that exist, but never together."},
    {"STAGE_NOT_IN_CHAIN", "The mineral's chain has no such stage."},
    {"PARAMETER", "A metric has no such parameter, or the value is out of its bounds."},
    {"NOT_FOUND", "No row has that key."},
    {"NEGATIVE", "A quantity is below zero."},
    {"SHARE_RANGE", "A share is outside 0 to 1, or shares sum to more than 1."},
    {"DUPLICATE_KEY", "A key is there already."},
    {"MIXED_BASES", "A quantity is in a basis that the market has no content factor for."},
    {"INVALID_VALUE", "A value is not of its field's type or breaks its bounds."},
    {"MISSING_VALUE", "A required field is empty."},
    {"IN_USE", "What is to be removed is still referred to."},
    {"FORMAT", "A file is not of the format it was said to be."},
    {"NOT_A_STORE", "The file is no critmin store."},
    {"STORE_TOO_NEW", "The store was written by a newer library."},
    {"CORRUPT", "The store is damaged."},
    {"READ_ONLY", "The store, or its file, may not be written."},
    {"LOCKED", "Another process holds the store."},
    {"BUSY", "Another thread is inside this store."},
    {"FORKED", "The store was opened before fork."},
    {"DISK_FULL", "No room is left on the disk."},
    {"IO", "The operating system refused to read or write a file."},
    {"MEMORY", "Memory ran out."},
    {"CANCELLED", "The progress callback asked to stop; nothing was changed."},
    {"TRANSACTION", "Begin inside a transaction, or commit or rollback outside one."},
    {"EXISTS", "A file to be created is there already."},
    {"UNSUPPORTED", "This build of the library was made without what is asked for."},
    {"INTERNAL", "A bug in the library."},
};

enum { STATUS_COUNT = sizeof statuses / sizeof statuses[0] };
_Static_assert(STATUS_COUNT == CRITMIN_ERROR_INTERNAL + 1, "every status has a name and a text");

static int known(critmin_status status) { return status >= 0 && status < STATUS_COUNT; }

const char *critmin_status_name(critmin_status status) {
  return known(status) ? statuses[status].name : "UNKNOWN_STATUS";
}

const char *critmin_status_text(critmin_status status) {
  return known(status) ? statuses[status].text : "A status that this library does not know.";
}

int32_t critmin_status_count(void) { return STATUS_COUNT; }
