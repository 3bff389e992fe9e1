/* SPDX-License-Identifier: MIT */
/* Places inside a document by their names. */
#include <stdarg.h>
#include <stdio.h>

#include "base/json.h"
#include "exposure/scenario.h"

static size_t add(cm_place *place, const char *format, const char *key, size_t index) {
  size_t before = place->length;
  size_t room = sizeof place->text - before;
  int n = key ? snprintf(place->text + before, room, format, key) : snprintf(place->text + before, room, format, index);
  if (n > 0) place->length += (size_t)n < room ? (size_t)n : room - 1;
  return before;
}

size_t cm_place_key(cm_place *place, const char *key) {
  return add(place, place->length ? ".%s" : "%s", key, 0);
}

size_t cm_place_index(cm_place *place, size_t index) {
  return add(place, "[%zu]", NULL, index);
}

void cm_place_back(cm_place *place, size_t length) {
  place->length = length;
  place->text[length] = '\0';
}

critmin_status cm_scenario_fail(const critmin_scenario *scenario, critmin_error *error, critmin_status status,
                                const char *place, const char *format, ...) {
  char text[sizeof((critmin_error *)0)->message];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  cm_fail(error, status, "%s: %s", *place ? place : "the scenario", text);
  int64_t row = 0, column = 0;
  if (!scenario || !scenario->text || !cm_json_place(scenario->text, place, &row, &column)) row = column = 0;
  return cm_fail_at(error, status, row, column);
}
