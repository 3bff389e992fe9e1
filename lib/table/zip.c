/* SPDX-License-Identifier: MIT */
#include "table/zip.h"

#include <string.h>

enum { LOCAL_HEAD = 0x04034b50, CENTRAL_HEAD = 0x02014b50, END_HEAD = 0x06054b50, VERSION = 20, FIRST_DAY = 0x0021 };

static void add_2(cm_buffer *out, uint32_t number) {
  const char bytes[] = {(char)(number & 0xff), (char)(number >> 8 & 0xff)};
  cm_buffer_add_n(out, bytes, 2);
}

static void add_4(cm_buffer *out, uint32_t number) {
  add_2(out, number & 0xffff);
  add_2(out, number >> 16);
}

/* Bit by bit: archives are small, and a table would be more text than this. */
static uint32_t crc32_of(const char *data, size_t size) {
  uint32_t crc = 0xffffffff;
  for (size_t i = 0; i < size; i++) {
    crc ^= (unsigned char)data[i];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

/* What the head of a file and its entry in the directory have in common. */
static void add_description(cm_buffer *out, uint32_t crc, uint32_t size, uint32_t name) {
  add_2(out, VERSION);
  add_2(out, 0); /* no flags */
  add_2(out, 0); /* stored */
  add_2(out, 0);
  add_2(out, FIRST_DAY);
  add_4(out, crc);
  add_4(out, size);
  add_4(out, size);
  add_2(out, name);
  add_2(out, 0); /* nothing extra */
}

void cm_zip_begin(cm_zip *zip, cm_buffer *out) {
  memset(zip, 0, sizeof *zip);
  zip->out = out;
}

void cm_zip_add(cm_zip *zip, const char *name, const cm_buffer *content) {
  size_t start = zip->out->length, size = content->length, length = strlen(name);
  if (zip->files == 0xffff || start + size + zip->directory.length > 0x7fffffff) zip->too_large = 1;
  if (zip->too_large) return;
  if (content->failed) zip->out->failed = 1;
  const char *data = content->data ? content->data : "";
  uint32_t crc = crc32_of(data, size);
  add_4(zip->out, LOCAL_HEAD);
  add_description(zip->out, crc, (uint32_t)size, (uint32_t)length);
  cm_buffer_add(zip->out, name);
  cm_buffer_add_n(zip->out, data, size);
  add_4(&zip->directory, CENTRAL_HEAD);
  add_2(&zip->directory, VERSION);
  add_description(&zip->directory, crc, (uint32_t)size, (uint32_t)length);
  add_2(&zip->directory, 0); /* no comment */
  add_2(&zip->directory, 0); /* the only disk */
  add_2(&zip->directory, 0);
  add_4(&zip->directory, 0); /* no attributes */
  add_4(&zip->directory, (uint32_t)start);
  cm_buffer_add(&zip->directory, name);
  zip->files++;
}

void cm_zip_end(cm_zip *zip) {
  size_t start = zip->out->length, size = zip->directory.length;
  if (zip->directory.failed) zip->out->failed = 1;
  if (zip->directory.data) cm_buffer_add_n(zip->out, zip->directory.data, size);
  add_4(zip->out, END_HEAD);
  add_2(zip->out, 0);
  add_2(zip->out, 0);
  add_2(zip->out, zip->files);
  add_2(zip->out, zip->files);
  add_4(zip->out, (uint32_t)size);
  add_4(zip->out, (uint32_t)start);
  add_2(zip->out, 0); /* no comment */
  cm_buffer_free(&zip->directory);
}
