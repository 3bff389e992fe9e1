/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* newlocale, uselocale */
#include "base/text.h"

#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

char *cm_text_copy_n(const char *text, size_t length) {
  char *copy = cm_alloc(length + 1);
  if (!copy) return NULL;
  memcpy(copy, text, length);
  copy[length] = '\0';
  return copy;
}

char *cm_text_copy(const char *text) { return cm_text_copy_n(text, strlen(text)); }

static void buffer_vprint(cm_buffer *buffer, const char *format, va_list arguments);

char *cm_text_print(const char *format, ...) {
  cm_buffer buffer = {0};
  va_list arguments;
  va_start(arguments, format);
  buffer_vprint(&buffer, format, arguments);
  va_end(arguments);
  return cm_buffer_take(&buffer);
}

static int buffer_room(cm_buffer *buffer, size_t more) {
  if (buffer->failed) return 0;
  size_t needed = buffer->length + more + 1;
  if (needed <= buffer->room) return 1;
  size_t room = buffer->room ? buffer->room : 64;
  while (room < needed) room *= 2;
  char *data = cm_resize(buffer->data, room, 1);
  if (!data) {
    buffer->failed = 1;
    return 0;
  }
  buffer->data = data;
  buffer->room = room;
  return 1;
}

void cm_buffer_add_n(cm_buffer *buffer, const char *text, size_t length) {
  if (!buffer_room(buffer, length)) return;
  memcpy(buffer->data + buffer->length, text, length);
  buffer->length += length;
  buffer->data[buffer->length] = '\0';
}

void cm_buffer_add(cm_buffer *buffer, const char *text) { cm_buffer_add_n(buffer, text, strlen(text)); }

static void buffer_vprint(cm_buffer *buffer, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  if (length >= 0 && buffer_room(buffer, (size_t)length)) {
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
    buffer->length += (size_t)length;
  }
  va_end(again);
}

void cm_buffer_print(cm_buffer *buffer, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  buffer_vprint(buffer, format, arguments);
  va_end(arguments);
}

void cm_buffer_number(cm_buffer *buffer, double number) {
  char text[CM_NUMBER_TEXT];
  cm_number_text(number, text);
  cm_buffer_add(buffer, text);
}

void cm_buffer_free(cm_buffer *buffer) {
  cm_free(buffer->data);
  memset(buffer, 0, sizeof *buffer);
}

char *cm_buffer_take(cm_buffer *buffer) {
  if (!buffer->failed && !buffer->data) cm_buffer_add_n(buffer, "", 0);
  char *text = buffer->failed ? NULL : buffer->data;
  if (!text) cm_free(buffer->data);
  memset(buffer, 0, sizeof *buffer);
  return text;
}

/* Numbers are written and read in the C locale, whatever the program has set. */
static locale_t c_locale;
static pthread_once_t c_locale_once = PTHREAD_ONCE_INIT;
static void make_c_locale(void) { c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0); }

static locale_t enter_c_locale(void) {
  pthread_once(&c_locale_once, make_c_locale);
  return c_locale ? uselocale(c_locale) : (locale_t)0;
}

static void leave_c_locale(locale_t before) {
  if (before) uselocale(before);
}

void cm_number_text(double number, char text[CM_NUMBER_TEXT]) {
  if (isnan(number)) {
    text[0] = '\0';
    return;
  }
  if (isinf(number)) {
    strcpy(text, number < 0 ? "-inf" : "inf");
    return;
  }
  locale_t before = enter_c_locale();
  if (number == floor(number) && fabs(number) < 1e15) {
    snprintf(text, CM_NUMBER_TEXT, "%.0f", number == 0 ? 0.0 : number);
  } else {
    for (int digits = 15; digits <= 17; digits++) {
      snprintf(text, CM_NUMBER_TEXT, "%.*g", digits, number);
      if (strtod(text, NULL) == number) break;
    }
  }
  leave_c_locale(before);
}

double cm_number_round(double number, int digits) {
  if (!isfinite(number)) return number;
  char text[CM_NUMBER_TEXT];
  locale_t before = enter_c_locale();
  snprintf(text, sizeof text, "%.*e", digits - 1, number);
  double rounded = strtod(text, NULL);
  leave_c_locale(before);
  return isfinite(rounded) ? rounded : number; /* the last digits before infinity round past it */
}

int cm_number_parse(const char *text, double *number) {
  const char *t = text;
  if (*t == '+' || *t == '-') t++;
  if (!isdigit((unsigned char)*t) && *t != '.') return 0;
  for (const char *c = t; *c; c++) {
    if (!isdigit((unsigned char)*c) && !strchr(".eE+-", *c)) return 0;
  }
  locale_t before = enter_c_locale();
  char *end;
  double value = strtod(text, &end);
  leave_c_locale(before);
  if (end == text || *end || !isfinite(value)) return 0;
  *number = value;
  return 1;
}

int cm_integer_parse(const char *text, int64_t *integer) {
  double value;
  if (!cm_number_parse(text, &value) || value != floor(value) || fabs(value) > 9007199254740992.0) return 0;
  *integer = (int64_t)value;
  return 1;
}

static int folded(unsigned char c) {
  if (c == '-' || c == ' ') return '_';
  return c < 128 ? tolower(c) : c;
}

int cm_name_equal(const char *a, const char *b) {
  while (*a && folded((unsigned char)*a) == folded((unsigned char)*b)) a++, b++;
  return folded((unsigned char)*a) == folded((unsigned char)*b);
}

uint64_t cm_name_hash(const char *name) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (; *name; name++) hash = (hash ^ (uint64_t)folded((unsigned char)*name)) * UINT64_C(1099511628211);
  return hash;
}

enum { NEAREST_LENGTH = 64 };

/* Edits (insert, delete, replace, swap of neighbours) that turn one name into the other; names longer than the table are far. */
static size_t distance(const char *a, const char *b) {
  size_t n = strlen(a), m = strlen(b);
  if (n > NEAREST_LENGTH || m > NEAREST_LENGTH) return NEAREST_LENGTH;
  size_t rows[3][NEAREST_LENGTH + 1];
  for (size_t j = 0; j <= m; j++) rows[0][j] = j;
  for (size_t i = 1; i <= n; i++) {
    size_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
    now[0] = i;
    for (size_t j = 1; j <= m; j++) {
      int x = folded((unsigned char)a[i - 1]), y = folded((unsigned char)b[j - 1]);
      size_t best = last[j - 1] + (x != y);
      if (last[j] + 1 < best) best = last[j] + 1;
      if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
      if (i > 1 && j > 1 && x == folded((unsigned char)b[j - 2]) && y == folded((unsigned char)a[i - 2]) &&
          before[j - 2] + 1 < best)
        best = before[j - 2] + 1;
      now[j] = best;
    }
  }
  return rows[n % 3][m];
}

const char *cm_name_nearest(const char *word, const char *(*name_at)(const void *user, size_t i), const void *user,
                            size_t count) {
  const char *best = NULL;
  size_t best_distance = 0, length = strlen(word);
  if (length > NEAREST_LENGTH) return NULL;
  for (size_t i = 0; i < count; i++) {
    const char *name = name_at(user, i);
    if (!name) continue;
    size_t d = distance(word, name);
    if (!best || d < best_distance) {
      best = name;
      best_distance = d;
    }
  }
  size_t allowed = length < 4 ? 1 : length / 3 + 1;
  return best && best_distance <= allowed ? best : NULL;
}

int cm_text_valid(const char *text, size_t length) {
  const unsigned char *s = (const unsigned char *)text, *end = s + length;
  while (s < end) {
    size_t more = *s < 0x80 ? 0 : *s >= 0xC2 && *s < 0xE0 ? 1 : (*s & 0xF0u) == 0xE0 ? 2 : *s >= 0xF0 && *s < 0xF5 ? 3 : 9;
    if (more == 9 || (size_t)(end - s) <= more) return 0;
    if ((*s == 0xE0 && s[1] < 0xA0) || (*s == 0xED && s[1] > 0x9F) || (*s == 0xF0 && s[1] < 0x90) ||
        (*s == 0xF4 && s[1] > 0x8F))
      return 0;
    for (size_t i = 1; i <= more; i++) {
      if ((s[i] & 0xC0u) != 0x80u) return 0;
    }
    s += more + 1;
  }
  return 1;
}
