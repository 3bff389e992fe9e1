/* SPDX-License-Identifier: MIT */
/* Values of a document that was checked. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "exposure/scenario.h"

static double number(const json_t *object, const char *key, double missing) {
  const json_t *value = json_object_get(object, key);
  return value ? json_number_value(value) : missing;
}

cm_range cm_scenario_range(const json_t *value) {
  if (json_is_number(value)) {
    double x = json_number_value(value);
    return (cm_range){x, x, x};
  }
  double x = number(value, "value", NAN);
  return (cm_range){x, number(value, "low", x), number(value, "high", x)};
}

size_t cm_scenario_names(const json_t *value) {
  return json_is_array(value) ? json_array_size(value) : value != NULL;
}

const char *cm_scenario_name(const json_t *value, size_t i) {
  return json_string_value(json_is_array(value) ? json_array_get(value, i) : value);
}

/* Days from 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years that begin in March. */
static int32_t days_from(int32_t year, int32_t month, int32_t day) {
  year -= month <= 2;
  int32_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
  int32_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void cm_day_text(int32_t day, char text[CM_DAY_TEXT]) {
  int32_t shifted = day + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int32_t of_era = shifted - era * 146097;
  int32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int32_t shifted_month = (5 * of_year + 2) / 153, month = shifted_month + (shifted_month < 10 ? 3 : -9);
  int32_t year = year_of_era + era * 400 + (month <= 2);
  snprintf(text, CM_DAY_TEXT, "%04d-%02d-%02d", (int)year, (int)month,
           (int)(of_year - (153 * shifted_month + 2) / 5 + 1));
}

int32_t cm_scenario_day(const char *date) {
  static const int8_t digits[] = {1, 1, 1, 1, 0, 1, 1, 0, 1, 1};
  if (strlen(date) != sizeof digits) return CM_NO_DAY;
  for (size_t i = 0; i < sizeof digits; i++) {
    if (digits[i] ? date[i] < '0' || date[i] > '9' : date[i] != '-') return CM_NO_DAY;
  }
  int32_t part[3] = {0};
  for (size_t i = 0, p = 0; i < sizeof digits; i++) {
    if (digits[i])
      part[p] = part[p] * 10 + (date[i] - '0');
    else
      p++;
  }
  if (part[1] < 1 || part[1] > 12 || part[2] < 1) return CM_NO_DAY;
  int32_t day = days_from(part[0], part[1], part[2]);
  char same[CM_DAY_TEXT];
  cm_day_text(day, same);
  return strcmp(same, date) == 0 ? day : CM_NO_DAY;
}
