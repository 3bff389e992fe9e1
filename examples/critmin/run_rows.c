/* SPDX-License-Identifier: MIT */
/* figures and list: what is in the store, row by row. */
#include <string.h>

#include "failure.h"
#include "nearest.h"
#include "open_store.h"
#include "table_output.h"

enum {
  SELECTORS = TAKES_CELLS | TAKES_PARTNER | TAKES_DATE | TAKES_MEASURE | TAKES_STATUS | TAKES_INDICATOR | TAKES_KIND |
              TAKES_KEY
};

static int finish(const request *r, critmin_status status, critmin_table *table, const critmin_error *error) {
  int code = status == CRITMIN_OK ? table_write(r, table) : fail_library(error, FROM_COMMAND_LINE, NULL);
  critmin_table_free(table);
  return code;
}

int run_figures(request *r) {
  critmin_store *store = NULL;
  critmin_table *table = NULL;
  critmin_error error;
  int code = store_open(r, CRITMIN_OPEN_READ, &store);
  if (code) return code;
  critmin_status status = critmin_store_figures(store, r->selection, &table, &error);
  code = finish(r, status, table, &error);
  critmin_store_close(store);
  return code;
}

/* Those of the library, and the composites of the store: a model of a year without figures has them. */
static critmin_status list_metrics(const request *r, critmin_store *store, critmin_table **table, critmin_error *error) {
  enum { NO_YEAR = 1500 };
  (void)r;
  critmin_selection *nothing = NULL;
  critmin_model *model = NULL;
  critmin_status status = critmin_selection_new(&nothing, error);
  if (status == CRITMIN_OK) status = critmin_selection_years(nothing, NO_YEAR, NO_YEAR, error);
  if (status == CRITMIN_OK) status = critmin_model_load(store, nothing, NULL, NULL, &model, error);
  if (status == CRITMIN_OK) status = critmin_metric_list_of(model, table, error);
  critmin_model_free(model);
  critmin_selection_free(nothing);
  return status;
}

static critmin_status list_parameters(const request *r, critmin_store *store, critmin_table **table, critmin_error *error) {
  (void)store;
  return critmin_metric_parameters(r->metric, table, error);
}

static critmin_status list_fields(const request *r, critmin_store *store, critmin_table **table, critmin_error *error) {
  (void)store;
  return critmin_store_fields(r->relation, table, error);
}

/* What is the library's, and but for composites the same for every store. */
static const struct {
  const char *word;
  critmin_status (*list)(const request *r, critmin_store *store, critmin_table **table, critmin_error *error);
  uint64_t takes;
  uint64_t needs;
} lists[] = {
    {"metrics", list_metrics, 0, 0},
    {"parameters", list_parameters, TAKES_METRIC, 0},
    {"fields", list_fields, TAKES_RELATION, TAKES_RELATION},
};
enum { N_LISTS = sizeof lists / sizeof lists[0] };

/* The first option given that is among `bits`. */
static const char *chosen_name(const request *r, uint64_t bits) {
  for (int i = 0; i < n_options; i++) {
    if (r->chosen & bits & TAKES_BIT(i)) return options[i].name;
  }
  return NULL;
}

static int list_of_library(const request *r, critmin_store *store, int number) {
  critmin_table *table = NULL;
  critmin_error error;
  const char *idle = chosen_name(r, (SELECTORS | TAKES_METRIC | TAKES_RELATION | TAKES_SINCE) & ~lists[number].takes);
  if (idle) return fail(ENDED_USAGE, "`list %s` takes no --%s", lists[number].word, idle);
  if ((r->chosen & lists[number].needs) != lists[number].needs) {
    return fail(ENDED_USAGE, "of which relation? add --relation; `critmin list STORE relations` names them");
  }
  critmin_status status = lists[number].list(r, store, &table, &error);
  return finish(r, status, table, &error);
}

static int list_changes(const request *r, critmin_store *store) {
  critmin_table *table = NULL;
  critmin_error error;
  if (!r->since || !r->date) {
    return fail(ENDED_USAGE, "from which day to which? add --since and --date: list STORE changes --since 2025-01-11 "
                             "--date 2026-01-11");
  }
  critmin_status status = critmin_store_changes(store, r->since, r->date, r->selection, &table, &error);
  return finish(r, status, table, &error);
}

int run_list(request *r) {
  const char *what = r->words[1];
  critmin_store *store = NULL;
  int code = store_open(r, CRITMIN_OPEN_READ, &store);
  if (code) return code;
  int number = 0;
  while (number < N_LISTS && strcmp(what, lists[number].word) != 0) number++;
  if (number < N_LISTS) {
    code = list_of_library(r, store, number);
  } else if (r->chosen & (TAKES_METRIC | TAKES_RELATION)) {
    code = fail(ENDED_USAGE, "`list %s` takes no --%s", what, chosen_name(r, TAKES_METRIC | TAKES_RELATION));
  } else if (strcmp(what, "changes") == 0) {
    code = list_changes(r, store);
  } else if (r->chosen & TAKES_SINCE) {
    code = fail(ENDED_USAGE, "`list %s` takes no --since; `list STORE changes` does", what);
  } else {
    critmin_table *table = NULL;
    critmin_error error;
    nearest near = {.word = what};
    nearest_try(&near, "changes");
    for (int i = 0; i < N_LISTS; i++) nearest_try(&near, lists[i].word);
    critmin_status status = critmin_store_list(store, what, r->selection, &table, &error);
    code = status == CRITMIN_ERROR_UNKNOWN_NAME && near.best && near.distance <= 1
               ? fail(ENDED_USAGE, "there is no list `%s`; did you mean `%s`?", what, near.best)
               : finish(r, status, table, &error);
  }
  critmin_store_close(store);
  return code;
}
