/* SPDX-License-Identifier: MIT */
#include "utf8.h"

#include <stdio.h>

size_t utf8_length(const char *text) {
  const unsigned char *t = (const unsigned char *)text;
  if (t[0] == 0) return 0;
  if (t[0] < 0x80) return 1;
  size_t length = t[0] >= 0xC2 && t[0] <= 0xDF ? 2 : (t[0] & 0xF0) == 0xE0 ? 3 : t[0] >= 0xF0 && t[0] <= 0xF4 ? 4 : 0;
  for (size_t i = 1; i < length; i++) {
    if ((t[i] & 0xC0) != 0x80) return 0;
  }
  if (length == 3 && ((t[0] == 0xE0 && t[1] < 0xA0) || (t[0] == 0xED && t[1] > 0x9F))) return 0;
  if (length == 4 && ((t[0] == 0xF0 && t[1] < 0x90) || (t[0] == 0xF4 && t[1] > 0x8F))) return 0;
  return length;
}

int utf8_controls(const char *text, size_t length) {
  unsigned char first = (unsigned char)text[0];
  if (length == 1) return first < 0x20 || first == 0x7F;
  return length == 2 && first == 0xC2 && (unsigned char)text[1] < 0xA0;
}

void utf8_escape(buffer *b, const char *text) {
  while (*text) {
    size_t length = utf8_length(text);
    if (length == 0 || utf8_controls(text, length)) {
      char escaped[8];
      size_t bytes = length ? length : 1;
      for (size_t i = 0; i < bytes; i++) {
        snprintf(escaped, sizeof escaped, "\\x%02X", (unsigned)(unsigned char)text[i]);
        buffer_text(b, escaped);
      }
      text += bytes;
    } else {
      buffer_bytes(b, text, length);
      text += length;
    }
  }
}
