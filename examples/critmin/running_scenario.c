/* SPDX-License-Identifier: MIT */
#include "running_scenario.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../picture/buffer.h"
#include "failure.h"
#include "open_store.h"
#include "output.h"
#include "progress.h"

static char loading[] = "loading", running[] = "drawing";

/* The whole file, and a NUL behind it, or NULL with errno. */
static char *read_bytes(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  char *text = NULL;
  size_t room = 0;
  *length = 0;
  if (!file) return NULL;
  do {
    char *more = realloc(text, room = 2 * room + 65536);
    if (!more) {
      free(text);
      fclose(file);
      errno = ENOMEM;
      return NULL;
    }
    text = more;
    *length += fread(text + *length, 1, room - *length - 1, file);
    text[*length] = '\0';
  } while (*length + 1 == room);
  int failed = ferror(file);
  fclose(file);
  if (!failed) return text;
  free(text);
  errno = EIO;
  return NULL;
}

/* The same of text. */
static char *read_file(const char *path) {
  size_t length;
  char *text = read_bytes(path, &length);
  if (!text || strlen(text) == length) return text;
  free(text);
  errno = EILSEQ;
  return NULL;
}

/* What is wrong stands in the file, unless an option put it there. */
static int refuse(const request *r, const running_scenario *s, const critmin_error *error) {
  critmin_error placed = *error;
  if (!s->path && r->n_filters == 0 && strncmp(error->message, "users: ", 7) == 0)
    snprintf(placed.message, sizeof placed.message, "%.900s; --country names some", error->message);
  if (r->n_settings > 0 || r->n_filters > 0 || !s->path) return fail_library(&placed, FROM_COMMAND_LINE, NULL);
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

/* Users by their countries alone, instead of those of the scenario. */
static int set_users(const request *r, const running_scenario *s) {
  critmin_error error;
  buffer json = {0};
  for (int i = 0; i < r->n_filters; i++) {
    const filter *f = &r->filters[i];
    if (!f->column || strcmp(f->column, "country") != 0) continue;
    for (const char *at = f->value; *at;) {
      at += strspn(at, " ");
      size_t length = strcspn(at, ",");
      buffer_text(&json, json.length ? ", {\"country\": \"" : "[{\"country\": \"");
      for (const char *c = at; c < at + length; c++) {
        if (*c == '"' || *c == '\\') buffer_text(&json, "\\");
        buffer_bytes(&json, c, 1);
      }
      buffer_text(&json, "\"}");
      at += length + (at[length] == ',');
    }
  }
  if (!json.length) return 0;
  buffer_text(&json, "]");
  int code = json.failed ? fail_memory() : 0;
  if (!code && critmin_scenario_set(s->scenario, s->store, "users", json.text, &error) != CRITMIN_OK)
    code = fail_library(&error, FROM_COMMAND_LINE, NULL);
  buffer_free(&json);
  return code;
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

/* The model is not narrowed by what is named of a cell, or of users: their supply comes from others. */
static int load(const request *r, running_scenario *s) {
  critmin_selection *all = NULL;
  critmin_error error;
  critmin_status status = critmin_selection_new(&all, &error);
  if (!status && r->source) status = critmin_selection_set(all, "source", r->source, &error);
  if (!status && r->edition) status = critmin_selection_set(all, "edition", r->edition, &error);
  if (!status) status = critmin_model_load(s->store, all, progress_report, loading, &s->model, &error);
  critmin_selection_free(all);
  if (!status) return 0;
  return fail_library(&error, error.status == CRITMIN_ERROR_MIXED_BASES ? FROM_FILE : FROM_COMMAND_LINE, NULL);
}

/* What other runs saved, merged. */
static int read_draws(const request *r, running_scenario *s) {
  int words = r->command->run == run_scenario ? r->n_words : 0;
  for (int i = 2; i < words; i++) {
    critmin_error error;
    critmin_draws *draws = NULL;
    size_t length;
    char *bytes = read_bytes(r->words[i], &length);
    if (!bytes && errno == ENOMEM) return fail_memory();
    if (!bytes) return fail(ENDED_INPUT, "`%s` cannot be read: %s", r->words[i], strerror(errno));
    critmin_status status = critmin_draws_load(bytes, (int64_t)length, &draws, &error);
    free(bytes);
    if (!status && s->drawn) status = critmin_draws_merge(s->drawn, draws, &error);
    if (!s->drawn)
      s->drawn = draws;
    else
      critmin_draws_free(draws);
    if (!status) continue;
    critmin_error placed = error;
    snprintf(placed.message, sizeof placed.message, "%s: %.900s", r->words[i], error.message);
    return fail_library(&placed, FROM_FILE, NULL);
  }
  return 0;
}

static int save_draws(const request *r, const running_scenario *s) {
  critmin_error error;
  const critmin_draws *draws = NULL;
  int64_t size = 0;
  if (!r->save) return 0;
  if (critmin_outcome_draws(s->outcome, &draws, &error)) return fail_library(&error, FROM_COMMAND_LINE, NULL);
  if (!draws) return fail(ENDED_USAGE, "nothing was drawn that --save could keep; say how often with --draws");
  if (critmin_draws_save(draws, NULL, 0, &size, &error)) return fail_library(&error, FROM_COMMAND_LINE, NULL);
  char *bytes = malloc((size_t)size);
  if (!bytes) return fail_memory();
  int code = critmin_draws_save(draws, bytes, size, &size, &error)
                 ? fail_library(&error, FROM_COMMAND_LINE, NULL)
                 : output_write(r->save, r->words[0], bytes, (size_t)size);
  free(bytes);
  return code;
}

static int run(const request *r, running_scenario *s) {
  critmin_error error;
  critmin_scenario_options how;
  critmin_scenario_options_init(&how);
  how.threads = r->threads;
  how.draws = r->draws;
  how.seed = (uint64_t)r->seed;
  how.first = r->first;
  how.drawn = s->drawn;
  critmin_status status =
      critmin_scenario_run(s->model, s->scenario, &how, progress_report, running, &s->outcome, &error);
  progress_clear();
  return status == CRITMIN_OK ? 0 : refuse(r, s, &error);
}

int scenario_begin(request *r, running_scenario *s) {
  *s = (running_scenario){0};
  int code = store_open(r, CRITMIN_OPEN_READ, &s->store);
  if (!code) code = read_scenario(r, s);
  if (!code && r->command->run == run_scenario) code = set_users(r, s);
  if (!code) code = set_values(r, s);
  if (!code) code = load(r, s);
  if (!code) code = read_draws(r, s);
  if (!code) code = run(r, s);
  if (!code && progress_interrupted()) code = fail(ENDED_MACHINE, "interrupted; nothing was written");
  if (!code) code = save_draws(r, s);
  return code;
}

void scenario_end(running_scenario *s) {
  critmin_outcome_free(s->outcome);
  critmin_draws_free(s->drawn);
  critmin_scenario_free(s->scenario);
  critmin_model_free(s->model);
  critmin_store_close(s->store);
}

int scenario_table(const running_scenario *s, const char *what, critmin_table **table) {
  critmin_error error;
  return critmin_outcome_table(s->outcome, what, table, &error) == CRITMIN_OK
             ? 0
             : fail_library(&error, FROM_COMMAND_LINE, NULL);
}

int scenario_is_named(const request *r) {
  const char *name = r->n_words > 1 ? r->words[1] : "";
  if (r->command->run == run_scenario || (r->command->run == run_explain && r->table)) return 1;
  if (strchr(name, '.') || strchr(name, '/')) return 1;
  FILE *file = fopen(name, "rb");
  if (file) fclose(file);
  return file != NULL;
}
