/* SPDX-License-Identifier: MIT */
#include "buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int grow(buffer *b, size_t more) {
  if (b->failed || more >= SIZE_MAX / 4 - b->length) {
    b->failed = 1;
    return 0;
  }
  size_t needed = b->length + more + 1;
  if (needed <= b->room) return 1;
  size_t room = needed < 256 ? 256 : needed * 2;
  char *text = realloc(b->text, room);
  if (!text) {
    b->failed = 1;
    return 0;
  }
  b->text = text;
  b->room = room;
  return 1;
}

void buffer_bytes(buffer *b, const char *bytes, size_t length) {
  if (!grow(b, length)) return;
  memcpy(b->text + b->length, bytes, length);
  b->length += length;
  b->text[b->length] = '\0';
}

void buffer_text(buffer *b, const char *text) { buffer_bytes(b, text, strlen(text)); }

void buffer_repeat(buffer *b, char character, size_t times) {
  if (!grow(b, times)) return;
  memset(b->text + b->length, character, times);
  b->length += times;
  b->text[b->length] = '\0';
}

void buffer_free(buffer *b) {
  free(b->text);
  *b = (buffer){0};
}
