/* SPDX-License-Identifier: MIT */
/* A scenario read, changed as options say, and run. */
#ifndef RUNNING_SCENARIO_H
#define RUNNING_SCENARIO_H

#include "command.h"

typedef struct running_scenario {
  const char *path; /* NULL: it was made of a restriction */
  critmin_store *store;
  critmin_model *model;
  critmin_scenario *scenario;
  critmin_draws *drawn; /* by other runs; NULL: nothing */
  critmin_outcome *outcome;
} running_scenario;

/* All return exit codes. What was begun is to be ended, however it went. */
int scenario_begin(request *r, running_scenario *s);
void scenario_end(running_scenario *s);
int scenario_table(const running_scenario *s, const char *what, critmin_table **table);
/* Whether the word after the store is a scenario, not a metric: a file, or whatever has a `table`. */
int scenario_is_named(const request *r);

#endif
