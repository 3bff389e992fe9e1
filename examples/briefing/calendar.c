/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "briefing.h"

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

typedef struct day {
  int year, month, day; /* 0: not said */
} day;

static int digits(const char *text, int n) {
  int value = 0;
  for (int i = 0; i < n; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = 10 * value + (text[i] - '0');
  }
  return value;
}

static int days_in(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

/* 0 for what is no date. */
static int read_date(const char *text, day *d) {
  size_t length = strlen(text);
  memset(d, 0, sizeof *d);
  if (length != 4 && length != 7 && length != 10) return 0;
  if ((d->year = digits(text, 4)) < 1) return 0;
  if (length == 4) return 1;
  if (text[4] != '-' || (d->month = digits(text + 5, 2)) < 1 || d->month > 12) return 0;
  if (length == 7) return 1;
  return text[7] == '-' && (d->day = digits(text + 8, 2)) >= 1 && d->day <= days_in(d->year, d->month);
}

int is_day(const char *text) {
  day d;
  return read_date(text, &d) && d.day > 0 && d.year >= FIRST_YEAR && d.year <= LAST_YEAR;
}

static const char *written(pool *p, day d) {
  return text_of(p, "%04d-%02d-%02d", d.year, d.month, d.day);
}

const char *year_before(pool *p, const char *text) {
  day d;
  read_date(text, &d);
  d.year--;
  if (d.day > days_in(d.year, d.month)) d.day = days_in(d.year, d.month);
  return written(p, d);
}

const char *day_after(pool *p, const char *text) {
  day d;
  read_date(text, &d);
  if (++d.day > days_in(d.year, d.month)) {
    d.day = 1;
    if (++d.month > 12) d.month = 1, d.year++;
  }
  return written(p, d);
}

/* Without a month or a day a date may be as early as the first. */
int is_after(const char *date, const char *than) {
  day a, b;
  if (!read_date(date, &a) || !read_date(than, &b)) return 0;
  if (a.year != b.year) return a.year > b.year;
  if (a.month != b.month) return a.month > b.month;
  return a.day > b.day;
}

const char *date_words(pool *p, const char *date) {
  day d;
  if (!read_date(date, &d)) return date;
  if (!d.month) return text_of(p, "%d", d.year);
  if (!d.day) return text_of(p, "%s %d", months[d.month - 1], d.year);
  return text_of(p, "%d %s %d", d.day, months[d.month - 1], d.year);
}

/* Does a sentence name a month, with its year, that lies after that of the day? */
static int looks_ahead(const char *sentence, size_t length, day now) {
  for (int month = 1; month <= 12; month++) {
    const char *name = months[month - 1];
    size_t n = strlen(name);
    for (size_t at = 0; at + n + 5 <= length; at++) {
      if (strncmp(sentence + at, name, n) != 0 || sentence[at + n] != ' ') continue;
      int year = digits(sentence + at + n + 1, 4);
      if (year > now.year || (year == now.year && month > now.month)) return 1;
    }
  }
  return 0;
}

const char *without_foresight(pool *p, const char *words, const char *today) {
  prose kept = prose_new(p);
  day now;
  read_date(today, &now);
  while (*words) {
    const char *end = words;
    while (*end && !(end[0] == '.' && (end[1] == ' ' || end[1] == '\0'))) end++;
    if (*end) end++;
    size_t length = (size_t)(end - words);
    if (!looks_ahead(words, length, now)) prose_join(&kept, " ", pool_copy(p, words, length));
    for (words = end; *words == ' ';) words++;
  }
  return kept.data;
}
