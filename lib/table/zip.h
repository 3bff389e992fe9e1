/* SPDX-License-Identifier: MIT */
/* An archive of files that are not compressed (APPNOTE 6.3), of no date, so that the same files give the same bytes. */
#ifndef CM_TABLE_ZIP_H
#define CM_TABLE_ZIP_H

#include "base/text.h"

typedef struct cm_zip {
  cm_buffer *out;
  cm_buffer directory;
  uint32_t files;
  int too_large; /* more than an archive of this kind holds */
} cm_zip;

void cm_zip_begin(cm_zip *zip, cm_buffer *out);
void cm_zip_add(cm_zip *zip, const char *name, const cm_buffer *content);
/* Writes the directory and lets go of what the archive holds; `out` tells whether memory ran out. */
void cm_zip_end(cm_zip *zip);

#endif
