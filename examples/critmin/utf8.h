/* SPDX-License-Identifier: MIT */
/* Text from strangers, made fit for a terminal. */
#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>

#include "../picture/buffer.h"

/* Bytes of the well-formed character at `text`, 0 where there is none, and at its end. */
size_t utf8_length(const char *text);
/* Whether the character there (of that many bytes) steers a terminal instead of showing. */
int utf8_controls(const char *text, size_t length);
/* Appends text with control characters and broken bytes as \xNN. */
void utf8_escape(buffer *b, const char *text);

#endif
