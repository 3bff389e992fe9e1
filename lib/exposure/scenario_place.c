/* SPDX-License-Identifier: MIT */
/* Places inside a document: their names, and where in the text they stand. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* The text is a document that was read: it is well formed, and only has to be walked. */
static const char *space(const char *at) {
  return at + strspn(at, " \t\r\n");
}

static const char *string_end(const char *at) {
  for (at++; *at && *at != '"'; at++) {
    if (*at == '\\' && at[1]) at++;
  }
  return *at ? at + 1 : at;
}

static const char *value_end(const char *at) {
  at = space(at);
  if (*at == '"') return string_end(at);
  if (*at != '{' && *at != '[') return at + strcspn(at, ",]} \t\r\n");
  int depth = 0;
  while (*at) {
    if (*at == '"') {
      at = string_end(at);
      continue;
    }
    if (*at == '{' || *at == '[') depth++;
    if (*at == '}' || *at == ']') depth--;
    at++;
    if (depth == 0) break;
  }
  return at;
}

/* The member of an object, or NULL. Keys are compared as they are written: those of the table have no escapes. */
static const char *member(const char *at, const char *key, size_t length) {
  at = space(at);
  if (*at != '{') return NULL;
  at = space(at + 1);
  while (*at == '"') {
    const char *end = string_end(at);
    int found = (size_t)(end - at) == length + 2 && memcmp(at + 1, key, length) == 0;
    at = space(end);
    if (*at != ':') return NULL;
    at = space(at + 1);
    if (found) return at;
    at = space(value_end(at));
    if (*at == ',') at = space(at + 1);
  }
  return NULL;
}

static const char *item(const char *at, long index) {
  at = space(at);
  if (*at != '[') return NULL;
  at = space(at + 1);
  for (; *at && *at != ']'; index--) {
    if (index == 0) return at;
    at = space(value_end(at));
    if (*at == ',') at = space(at + 1);
  }
  return NULL;
}

void cm_place_find(const char *text, const char *place, int64_t *row, int64_t *column) {
  *row = *column = 0;
  const char *at = text ? space(text) : NULL;
  while (at && *place) {
    if (*place == '[') {
      char *end;
      at = item(at, strtol(place + 1, &end, 10));
      place = *end == ']' ? end + 1 : end;
      continue;
    }
    if (*place == '.') place++;
    size_t length = strcspn(place, ".[");
    if (length == 0) return;
    at = member(at, place, length);
    place += length;
  }
  if (!at) return;
  const char *line = text;
  *row = 1;
  for (const char *c = text; c < at; c++) {
    if (*c != '\n') continue;
    (*row)++;
    line = c + 1;
  }
  *column = at - line + 1;
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
  if (scenario) cm_place_find(scenario->text, place, &row, &column);
  return cm_fail_at(error, status, row, column);
}
