/* SPDX-License-Identifier: MIT */
/* The tables of published results: fields between commas, none of them quoted; lists of numbers between spaces. */
#ifndef CRITMIN_TESTS_GOLDEN_PUBLISHED_H
#define CRITMIN_TESTS_GOLDEN_PUBLISHED_H

#include "critmin/critmin.h"
#include "runner.h"

enum { FIELDS_MAX = 12, PRODUCERS_MAX = 80 };

typedef struct published {
  char *field[FIELDS_MAX];
  double number[PRODUCERS_MAX]; /* the list in the last field */
  int64_t count;
} published;

/* Calls row() for every row of a table below its heading, and returns how many there were. */
int64_t published_read(const char *file, int fields, void (*row)(const published *p));

double published_number(const char *text);

#endif
