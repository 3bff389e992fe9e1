/* SPDX-License-Identifier: MIT */
/* SHA-256 (FIPS 180-4), to tell whether two dumps are the same text. */
#ifndef CM_BASE_SHA256_H
#define CM_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct cm_sha256 {
  uint32_t state[8];
  uint64_t bytes;
  unsigned char block[64];
} cm_sha256;

enum { CM_SHA256_TEXT = 65 };

void cm_sha256_begin(cm_sha256 *hash);
void cm_sha256_add(cm_sha256 *hash, const void *data, size_t size);
/* The digest of all that was added, in lower-case hexadecimal. */
void cm_sha256_end(cm_sha256 *hash, char text[CM_SHA256_TEXT]);

#endif
