/* SPDX-License-Identifier: MIT */
#include "critmin/version.h"

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

enum { ABI_VERSION = 1 };

const char *critmin_version(void) {
  return TEXT(CRITMIN_VERSION_MAJOR) "." TEXT(CRITMIN_VERSION_MINOR) "." TEXT(CRITMIN_VERSION_PATCH);
}

int32_t critmin_version_number(void) {
  return CRITMIN_VERSION_MAJOR * 1000000 + CRITMIN_VERSION_MINOR * 1000 + CRITMIN_VERSION_PATCH;
}

int32_t critmin_abi_version(void) { return ABI_VERSION; }
