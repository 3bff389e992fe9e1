/* SPDX-License-Identifier: MIT */
#include "published.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double published_number(const char *text) {
  char *end;
  double number = strtod(text, &end);
  ck_assert_msg(end != text && *end == '\0', "\"%s\" is no number", text);
  return number;
}

static void split(char *line, int fields, published *p) {
  for (int i = 0; i < fields; i++) {
    char *comma = strchr(line, ',');
    ck_assert_msg((comma == NULL) == (i == fields - 1), "a row has not %d fields", fields);
    if (comma) *comma = '\0';
    p->field[i] = line;
    if (comma) line = comma + 1;
  }
  p->count = 0;
  for (char *next, *at = p->field[fields - 1]; *at; at = next) {
    ck_assert_int_lt(p->count, PRODUCERS_MAX);
    p->number[p->count++] = strtod(at, &next);
    ck_assert_msg(next != at, "\"%s\" is no list of numbers", at);
    while (*next == ' ') next++;
  }
}

int64_t published_read(const char *file, int fields, void (*row)(const published *p)) {
  const char *folder = getenv("CRITMIN_TEST_DATA");
  ck_assert_msg(folder != NULL, "set CRITMIN_TEST_DATA to the folder of the published results");
  char path[1024], line[4096];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  FILE *stream = fopen(path, "r");
  ck_assert_msg(stream != NULL, "cannot read %s", path);
  ck_assert_ptr_nonnull(fgets(line, sizeof line, stream));
  int64_t rows = 0;
  for (; fgets(line, sizeof line, stream); rows++) {
    size_t length = strcspn(line, "\n");
    ck_assert_msg(line[length] == '\n', "row %d of %s is too long", (int)rows, file);
    line[length] = '\0';
    published p;
    split(line, fields, &p);
    row(&p);
  }
  fclose(stream);
  return rows;
}
