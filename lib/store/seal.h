/* SPDX-License-Identifier: MIT */
/* The last step of building the reference data: what it is goes into `meta`, and the file is packed. */
#ifndef CM_STORE_SEAL_H
#define CM_STORE_SEAL_H

#include "base/error.h"
#include "critmin/store.h"

/* Notes the digest of the dump as `reference_digest`, and the day of the newest edition as `reference_vintage`. */
critmin_status cm_store_seal(critmin_store *store, const char *digest, critmin_error *error);

#endif
