/* SPDX-License-Identifier: MIT */
/* The reference data: an SQLite image inside the library, read-only, never copied. */
#ifndef CM_REFERENCE_IMAGE_H
#define CM_REFERENCE_IMAGE_H

#include <stdint.h>

extern const unsigned char cm_image[];
extern const uint64_t cm_image_size; /* 0 in the program that builds the image */

#endif
