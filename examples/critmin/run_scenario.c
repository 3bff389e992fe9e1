/* SPDX-License-Identifier: MIT */
/* scenario: what happens if it stops, with and without what answers it. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "open_store.h"
#include "progress.h"
#include "table_output.h"

static char running[] = "drawing";

typedef struct running_scenario {
  const char *path;
  critmin_store *store;
  critmin_model *model;
  critmin_scenario *scenario;
  critmin_outcome *outcome;
} running_scenario;

/* The whole file, or NULL with errno. */
static char *read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  char *text = NULL;
  size_t length = 0, room = 0;
  if (!file) return NULL;
  do {
    char *more = realloc(text, room += 65536);
    if (!more) {
      free(text);
      fclose(file);
      errno = ENOMEM;
      return NULL;
    }
    text = more;
    length += fread(text + length, 1, room - length - 1, file);
    text[length] = '\0';
  } while (length + 1 == room);
  int failed = ferror(file);
  fclose(file);
  if (!failed && strlen(text) == length) return text;
  free(text);
  errno = failed ? EIO : EILSEQ;
  return NULL;
}

/* What is wrong stands in the file, unless an option put it there. */
static int refuse(const request *r, const running_scenario *s, const critmin_error *error) {
  critmin_error placed = *error;
  if (r->n_settings > 0 || !s->path) return fail_library(error, FROM_COMMAND_LINE, NULL);
  if (error->row > 0)
    snprintf(placed.message, sizeof placed.message, "%s: line %lld, column %lld: %.900s", s->path,
             (long long)error->row, (long long)error->column, error->message);
  else
    snprintf(placed.message, sizeof placed.message, "%s: %.900s", s->path, error->message);
  return fail_library(&placed, FROM_FILE, NULL);
}

/* A file, or else the key of a restriction on record. */
static int read_scenario(const request *r, running_scenario *s) {
  const char *word = r->words[1];
  critmin_error error;
  char *json = read_file(word);
  if (json) {
    s->path = word;
    critmin_status status = critmin_scenario_read(s->store, json, &s->scenario, &error);
    free(json);
    return status == CRITMIN_OK ? 0 : refuse(&(request){0}, s, &error);
  }
  if (errno == ENOMEM) return fail_memory();
  if (errno == EILSEQ) return fail(ENDED_INPUT, "`%s` is no text, so it holds no scenario", word);
  if (errno != ENOENT) return fail(ENDED_INPUT, "`%s` cannot be read: %s", word, strerror(errno));
  if (critmin_scenario_of_restriction(s->store, word, &s->scenario, &error) == CRITMIN_OK) return 0;
  if (error.status != CRITMIN_ERROR_NOT_FOUND) return fail_library(&error, FROM_COMMAND_LINE, NULL);
  return fail(strchr(word, '.') || strchr(word, '/') ? ENDED_INPUT : ENDED_USAGE,
              "there is no file `%s`, and no such restriction: %s", word, error.message);
}

static int set_values(const request *r, const running_scenario *s) {
  critmin_error error;
  for (int i = 0; i < r->n_settings; i++) {
    const char *equals = strchr(r->settings[i], '=');
    size_t length = (size_t)(equals - r->settings[i]);
    char *path = malloc(length + 1);
    if (!path) return fail_memory();
    memcpy(path, r->settings[i], length);
    path[length] = '\0';
    critmin_status status = critmin_scenario_set(s->scenario, s->store, path, equals + 1, &error);
    free(path);
    if (status != CRITMIN_OK) return fail_library(&error, FROM_COMMAND_LINE, NULL);
  }
  return 0;
}

static int run(const request *r, running_scenario *s) {
  critmin_error error;
  critmin_scenario_options how;
  critmin_scenario_options_init(&how);
  how.threads = r->threads;
  how.draws = r->draws;
  how.seed = (uint64_t)r->seed;
  if (critmin_model_load(s->store, r->selection, progress_report, (char[]){"loading"}, &s->model, &error) != CRITMIN_OK)
    return fail_library(&error, error.status == CRITMIN_ERROR_MIXED_BASES ? FROM_FILE : FROM_COMMAND_LINE, NULL);
  critmin_status status =
      critmin_scenario_run(s->model, s->scenario, &how, progress_report, running, &s->outcome, &error);
  progress_clear();
  return status == CRITMIN_OK ? 0 : refuse(r, s, &error);
}

static int table_of(const running_scenario *s, const char *what, critmin_table **table) {
  critmin_error error;
  return critmin_outcome_table(s->outcome, what, table, &error) == CRITMIN_OK
             ? 0
             : fail_library(&error, FROM_COMMAND_LINE, NULL);
}

/* For people: what comes of it, what was drawn, and every number that it rests on. */
static int write_all_tables(const request *r, const running_scenario *s) {
  static const struct {
    const char *what, *hidden[3];
  } parts[] = {{"summary", {NULL}}, {"draws", {NULL}}, {"inputs", {"flags", NULL}}};
  buffer b = {0};
  int code = 0;
  for (size_t i = 0; i < sizeof parts / sizeof parts[0] && !code; i++) {
    critmin_table *table = NULL;
    code = table_of(s, parts[i].what, &table);
    if (!code && critmin_table_rows(table) > 0) {
      if (b.length) buffer_text(&b, "\n");
      table_add_text(table, parts[i].hidden, &b);
    }
    critmin_table_free(table);
  }
  if (!code) return table_write_text(r, &b);
  buffer_free(&b);
  return code;
}

static int write_table(const request *r, const running_scenario *s) {
  critmin_table *table = NULL;
  int code = table_of(s, r->table ? r->table : "summary", &table);
  if (!code) code = table_write(r, table);
  critmin_table_free(table);
  return code;
}

/* Whether anything is known of anybody: a day, or that none comes. */
static int is_answered(const running_scenario *s) {
  critmin_table *table = NULL;
  critmin_error error;
  int answered = 0;
  if (critmin_outcome_table(s->outcome, "summary", &table, &error) != CRITMIN_OK) return 1;
  int32_t column = critmin_table_find(table, "value");
  for (int64_t row = 0; row < critmin_table_rows(table); row++)
    answered |= !isnan(critmin_table_number(table, column, row));
  critmin_table_free(table);
  return answered;
}

int run_scenario(request *r) {
  running_scenario s = {0};
  int code = store_open(r, CRITMIN_OPEN_READ, &s.store);
  if (!code) code = read_scenario(r, &s);
  if (!code) code = set_values(r, &s);
  if (!code) code = run(r, &s);
  if (!code && progress_interrupted()) code = fail(ENDED_MACHINE, "interrupted; nothing was written");
  if (!code) code = table_is_text(r) && !r->table ? write_all_tables(r, &s) : write_table(r, &s);
  if (!code && !is_answered(&s)) code = ENDED_UNANSWERED;
  critmin_outcome_free(s.outcome);
  critmin_scenario_free(s.scenario);
  critmin_model_free(s.model);
  critmin_store_close(s.store);
  return code;
}
