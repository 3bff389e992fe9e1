/* SPDX-License-Identifier: MIT */
/* Text that grows. Once memory runs out what is added is ignored and `failed` is set: callers look once, at the end. */
#ifndef BUFFER_H
#define BUFFER_H

#include <stddef.h>

typedef struct buffer {
  char *text; /* NUL-terminated once something was added */
  size_t length, room;
  int failed;
} buffer;

void buffer_bytes(buffer *b, const char *bytes, size_t length);
void buffer_text(buffer *b, const char *text);
void buffer_repeat(buffer *b, char character, size_t times);
void buffer_free(buffer *b);

#endif
