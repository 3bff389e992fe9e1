/* SPDX-License-Identifier: MIT */
/* Scenarios as handles: read, changed, written, freed. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "exposure/scenario.h"

void critmin_scenario_free(critmin_scenario *scenario) {
  if (!scenario) return;
  json_decref(scenario->root);
  json_decref(scenario->full);
  cm_free(scenario->text);
  cm_free(scenario);
}

/* Makes a scenario of a document, which it takes over; `text` is the document as it was given. */
static critmin_status make(critmin_store *store, json_t *root, const char *text, critmin_scenario **scenario,
                           critmin_error *error) {
  critmin_scenario *made = root ? cm_alloc_array(1, sizeof *made) : NULL;
  if (!made) {
    json_decref(root);
    return cm_fail_memory(error);
  }
  made->root = root;
  made->text = cm_text_copy(text);
  critmin_status status = made->text ? cm_scenario_check(made, error) : cm_fail_memory(error);
  if (!status) status = cm_scenario_expand(made, store, error);
  if (status) {
    critmin_scenario_free(made);
    return status;
  }
  *scenario = made;
  return cm_ok(error);
}

static critmin_status no_json(const json_error_t *wrong, critmin_error *error) {
  critmin_status status = cm_fail(error, CRITMIN_ERROR_FORMAT, "the scenario is no JSON: row %d, column %d: %s",
                                  wrong->line, wrong->column, wrong->text);
  return cm_fail_at(error, status, wrong->line, wrong->column);
}

critmin_status critmin_scenario_read(critmin_store *store, const char *json, critmin_scenario **scenario,
                                     critmin_error *error) {
  if (!json) return cm_fail_null(error, "json");
  if (!scenario) return cm_fail_null(error, "scenario");
  json_error_t wrong;
  json_t *root = json_loads(json, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &wrong);
  return root ? make(store, root, json, scenario, error) : no_json(&wrong, error);
}

/* As it will be written, so that places are those that a reader sees. */
static critmin_status make_written(critmin_store *store, json_t *root, critmin_scenario **scenario,
                                   critmin_error *error) {
  char *text = root ? cm_scenario_text(root) : NULL;
  if (!text) {
    json_decref(root);
    return cm_fail_memory(error);
  }
  critmin_status status = make(store, root, text, scenario, error);
  cm_free(text);
  return status;
}

critmin_status critmin_scenario_of_restriction(critmin_store *store, const char *key, critmin_scenario **scenario,
                                               critmin_error *error) {
  if (!store) return cm_fail_null(error, "store");
  if (!key) return cm_fail_null(error, "key");
  if (!scenario) return cm_fail_null(error, "scenario");
  static const char *const left_to_record[] = {"share", "rate", "note", CM_SOURCES};
  json_t *shock = json_pack("{s:s}", "record", key);
  critmin_status status = shock ? cm_scenario_shock_of(store, key, shock, error) : cm_fail_memory(error);
  if (status) {
    json_decref(shock);
    return status;
  }
  for (size_t i = 0; i < sizeof left_to_record / sizeof left_to_record[0]; i++)
    json_object_del(shock, left_to_record[i]);
  json_t *root = json_pack("{s:s, s:[o]}", "name", key, "shocks", shock);
  return make_written(store, root, scenario, error);
}

/* Changing one value ------------------------------------------------------------------------------------------------
 */

typedef struct step {
  char key[CM_PLACE_TEXT]; /* "" where it is an index */
  size_t index;
} step;

/* Takes the first step off a path; 0 when it is none. */
static int take_step(const char **path, step *s) {
  const char *at = *path;
  s->key[0] = '\0';
  if (*at == '[') {
    char *end;
    if (at[1] < '0' || at[1] > '9') return 0;
    s->index = strtoul(at + 1, &end, 10);
    if (*end != ']') return 0;
    *path = end + 1;
    return 1;
  }
  at += *at == '.';
  size_t length = strcspn(at, ".[");
  if (length == 0 || length >= sizeof s->key) return 0;
  memcpy(s->key, at, length);
  s->key[length] = '\0';
  *path = at + length;
  return 1;
}

/* What lies a step further, made as `next` needs it where it is not there; NULL where there is no way. */
static json_t *walk(json_t *from, const step *s, const char *rest) {
  json_t *to = s->key[0] ? json_object_get(from, s->key) : json_array_get(from, s->index);
  if (to) return to;
  json_t *made = *rest == '[' ? json_array() : json_object();
  int failed = s->key[0]                           ? json_object_set_new(from, s->key, made)
               : s->index == json_array_size(from) ? json_array_append_new(from, made)
                                                   : (json_decref(made), -1);
  return failed ? NULL : made;
}

/* Takes the value over. */
static int put(json_t *in, const step *s, json_t *value) {
  if (!value) return s->key[0] ? json_object_del(in, s->key) : json_array_remove(in, s->index);
  if (s->key[0]) return json_object_set_new(in, s->key, value);
  return s->index == json_array_size(in) ? json_array_append_new(in, value) : json_array_set_new(in, s->index, value);
}

static critmin_status no_way(const char *path, critmin_error *error) {
  return cm_fail(
      error, CRITMIN_ERROR_ARGUMENT,
      "`%s` is no place in this scenario; write one as `shocks[0].share`, an index no more than one past the "
      "last",
      path);
}

static critmin_status change(json_t *root, const char *path, const char *value, critmin_error *error) {
  const char *at = path;
  json_t *in = root;
  step s;
  if (!take_step(&at, &s)) return no_way(path, error);
  while (*at) {
    in = walk(in, &s, at);
    if (!in || !take_step(&at, &s)) return no_way(path, error);
  }
  json_t *read = value ? json_loads(value, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL) : NULL;
  if (value && !read) read = json_string(value);
  if (value && !read)
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "%s: the value is neither JSON nor UTF-8 text", path);
  return put(in, &s, read) ? no_way(path, error) : CRITMIN_OK;
}

critmin_status critmin_scenario_set(critmin_scenario *scenario, critmin_store *store, const char *path,
                                    const char *value, critmin_error *error) {
  if (!scenario) return cm_fail_null(error, "scenario");
  if (!path) return cm_fail_null(error, "path");
  json_t *root = json_deep_copy(scenario->root);
  if (!root) return cm_fail_memory(error);
  critmin_scenario *made = NULL;
  critmin_status status = change(root, path, value, error);
  if (status)
    json_decref(root);
  else
    status = make_written(store, root, &made, error);
  if (status) return status;
  critmin_scenario old = *scenario;
  *scenario = *made;
  *made = old;
  critmin_scenario_free(made);
  return cm_ok(error);
}

critmin_status critmin_scenario_write(const critmin_scenario *scenario, char **json, critmin_error *error) {
  if (!scenario) return cm_fail_null(error, "scenario");
  if (!json) return cm_fail_null(error, "json");
  char *text = cm_scenario_text(scenario->root);
  if (!text) return cm_fail_memory(error);
  *json = text;
  return cm_ok(error);
}
