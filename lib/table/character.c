/* SPDX-License-Identifier: MIT */
/* Characters of a text and the room they take on a terminal, whatever the locale. */
#include <string.h>

#include "table/format.h"

size_t cm_character(const char *text, int *valid) {
  size_t length = 1;
  while (length < 4 && ((unsigned char)text[length] & 0xC0u) == 0x80u) length++;
  *valid = cm_text_valid(text, length);
  /* Stray continuation bytes after a whole character are none of it. */
  while (!*valid && length > 1) *valid = cm_text_valid(text, --length);
  return length;
}

static uint32_t code_of(const char *text, size_t length) {
  uint32_t code = (unsigned char)text[0];
  if (length > 1) code &= 0x7Fu >> length;
  for (size_t i = 1; i < length; i++) code = code << 6 | ((unsigned char)text[i] & 0x3Fu);
  return code;
}

/* After Unicode's EastAsianWidth.txt (W and F) and the combining and invisible blocks, in order. */
static const struct {
  uint32_t first, last;
  size_t width;
} widths[] = {
    {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},   {0x1DC0, 0x1DFF, 0},   {0x200B, 0x200F, 0},
    {0x202A, 0x202E, 0},   {0x2060, 0x2064, 0},   {0x20D0, 0x20FF, 0},   {0x2E80, 0x303E, 2},   {0x3041, 0xA4CF, 2},
    {0xA960, 0xA97C, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},
    {0xFE30, 0xFE6F, 2},   {0xFEFF, 0xFEFF, 0},   {0xFF01, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F64F, 2},
    {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
};

size_t cm_text_width(const char *text) {
  size_t width = 0;
  while (*text) {
    int valid;
    size_t length = cm_character(text, &valid);
    uint32_t code = valid ? code_of(text, length) : '?';
    size_t own = 1;
    for (size_t i = 0; i < sizeof widths / sizeof widths[0] && code >= widths[i].first; i++) {
      if (code <= widths[i].last) own = widths[i].width;
    }
    width += own;
    text += length;
  }
  return width;
}
