/* SPDX-License-Identifier: MIT */
#include "store/period.h"

#include <stdio.h>

static int days_in(int64_t year, int64_t month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

/* `digits` digits at *text as a number; -1 when they are not there. */
static int64_t take(const char **text, int digits) {
  int64_t number = 0;
  for (int i = 0; i < digits; i++, ++*text) {
    if (**text < '0' || **text > '9') return -1;
    number = number * 10 + (**text - '0');
  }
  return number;
}

cm_date_result cm_date_parse(const char *text, int64_t *first, int64_t *last, int *parts) {
  int64_t part[3] = {0, 0, 0};
  int n = 0;
  for (;;) {
    part[n] = take(&text, n == 0 ? 4 : 2);
    if (part[n] < 0) return CM_DATE_MALFORMED;
    n++;
    if (!*text) break;
    if (*text != '-' || n == 3) return CM_DATE_MALFORMED;
    text++;
  }
  if (part[0] < CM_YEAR_FIRST || part[0] > CM_YEAR_LAST) return CM_DATE_YEAR;
  if (n > 1 && (part[1] < 1 || part[1] > 12)) return CM_DATE_UNREAL;
  if (n > 2 && (part[2] < 1 || part[2] > days_in(part[0], part[1]))) return CM_DATE_UNREAL;
  int64_t last_month = n > 1 ? part[1] : 12;
  *first = part[0] * 10000 + (n > 1 ? part[1] : 1) * 100 + (n > 2 ? part[2] : 1);
  *last = part[0] * 10000 + last_month * 100 + (n > 2 ? part[2] : days_in(part[0], last_month));
  *parts = n;
  return CM_DATE_GOOD;
}

static void print_day(int64_t day, int parts, char text[CM_DATE_TEXT]) {
  int year = (int)(day / 10000), month = (int)(day / 100 % 100), of_month = (int)(day % 100);
  if (parts == 1) snprintf(text, CM_DATE_TEXT, "%04d", year);
  if (parts == 2) snprintf(text, CM_DATE_TEXT, "%04d-%02d", year, month);
  if (parts == 3) snprintf(text, CM_DATE_TEXT, "%04d-%02d-%02d", year, month, of_month);
}

void cm_period_text(int64_t first, int64_t last, char from[CM_DATE_TEXT], char to[CM_DATE_TEXT]) {
  int64_t last_month = last / 100 % 100;
  int whole_months =
      first % 100 == 1 && last_month >= 1 && last_month <= 12 && last % 100 == days_in(last / 10000, last_month);
  int whole_years = whole_months && first / 100 % 100 == 1 && last_month == 12;
  int parts = whole_years ? 1 : whole_months ? 2 : 3;
  print_day(first, parts, from);
  print_day(last, parts, to);
}
