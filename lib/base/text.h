/* SPDX-License-Identifier: MIT */
/* Text: copies, growing buffers, numbers as text in any locale, and names that are nearly right. */
#ifndef CM_BASE_TEXT_H
#define CM_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Copies, freed with cm_free(); NULL when memory ran out. */
char *cm_text_copy(const char *text);
char *cm_text_copy_n(const char *text, size_t length);
char *cm_text_print(const char *format, ...) CM_PRINTF(1, 2);

/* A growing text. Once memory runs out `failed` is set and nothing more is added, so that one test at the end does. */
typedef struct cm_buffer {
  char *data; /* NUL-terminated when not NULL */
  size_t length, room;
  int failed;
} cm_buffer;
void cm_buffer_add(cm_buffer *buffer, const char *text);
void cm_buffer_add_n(cm_buffer *buffer, const char *text, size_t length);
void cm_buffer_print(cm_buffer *buffer, const char *format, ...) CM_PRINTF(2, 3);
void cm_buffer_number(cm_buffer *buffer, double number);
void cm_buffer_free(cm_buffer *buffer);
/* Gives the text away ("" when nothing was added); NULL when memory ran out. The buffer is empty afterwards. */
char *cm_buffer_take(cm_buffer *buffer);

enum { CM_NUMBER_TEXT = 32 };
/* The shortest decimal that reads back as the same double, always with a point; "" for NaN, "inf" and "-inf". */
void cm_number_text(double number, char text[CM_NUMBER_TEXT]);
/* The number with that many significant digits, for people; NaN and infinities as they are. */
double cm_number_round(double number, int digits);
/* Reads a whole text as a finite number, whatever the locale: 1 and *number, or 0. No spaces, no thousands marks, no hex. */
int cm_number_parse(const char *text, double *number);
int cm_integer_parse(const char *text, int64_t *integer);

/* Names are compared without case, and with `-`, `_` and space alike. */
int cm_name_equal(const char *a, const char *b);
uint64_t cm_name_hash(const char *name);

/* The nearest of `count` names to a word that is none of them, or NULL when none is near. `name_at(user, i)` may give NULL. */
const char *cm_name_nearest(const char *word, const char *(*name_at)(const void *user, size_t i), const void *user,
                            size_t count);

/* 1 when the text is well-formed UTF-8. */
int cm_text_valid(const char *text, size_t length);

#endif
