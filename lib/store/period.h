/* SPDX-License-Identifier: MIT */
/* Dates that may be shortened to a month or a year, as the days they span. Days are the integers yyyymmdd. */
#ifndef CM_STORE_PERIOD_H
#define CM_STORE_PERIOD_H

#include <stdint.h>

enum { CM_YEAR_FIRST = 1500, CM_YEAR_LAST = 2200 };

typedef enum cm_date_result { CM_DATE_GOOD, CM_DATE_MALFORMED, CM_DATE_UNREAL, CM_DATE_YEAR } cm_date_result;

/* Reads yyyy, yyyy-mm or yyyy-mm-dd: the first and last day meant, and how many parts (1 to 3) were given. */
cm_date_result cm_date_parse(const char *text, int64_t *first, int64_t *last, int *parts);

enum { CM_DATE_TEXT = 32 };
/* A period in the shortest form that reads back as the same days, both ends alike in precision. */
void cm_period_text(int64_t first, int64_t last, char from[CM_DATE_TEXT], char to[CM_DATE_TEXT]);

#endif
