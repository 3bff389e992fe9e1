/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

struct cm_json {
  json_t *root;
  char *text;
};

/* Places: the parser keeps none, so they are found again in the text, which is known to be well-formed. */

static const char *skip_space(const char *at) {
  return at + strspn(at, " \t\r\n");
}

static const char *skip_string(const char *at) {
  for (at++; *at && *at != '"'; at++)
    if (*at == '\\' && at[1]) at++;
  return *at ? at + 1 : at;
}

static const char *skip_value(const char *at) {
  int depth = 0;
  do {
    at = skip_space(at);
    if (*at == '"') {
      at = skip_string(at);
    } else if (*at == '{' || *at == '[') {
      depth++;
      at++;
    } else if (*at == '}' || *at == ']') {
      depth--;
      at++;
    } else if (*at == ',' || *at == ':') {
      at++;
    } else {
      at += strcspn(at, " \t\r\n,:{}[]\"");
    }
  } while (depth > 0 && *at);
  return at;
}

/* The value of a key in the object that begins at `at`; NULL when it has none, or one that is written with escapes. */
static const char *find_key(const char *at, const char *key, size_t length) {
  for (at = skip_space(at + 1); *at == '"'; at = skip_space(at + 1)) {
    const char *begins = at + 1;
    at = skip_string(at);
    int found = (size_t)(at - 1 - begins) == length && memcmp(begins, key, length) == 0;
    at = skip_space(skip_space(at) + 1);
    if (found) return at;
    at = skip_space(skip_value(at));
    if (*at != ',') return NULL;
  }
  return NULL;
}

static const char *find_item(const char *at, long i) {
  at = skip_space(at + 1);
  while (i-- > 0) {
    at = skip_space(skip_value(at));
    if (*at != ',') return NULL;
    at = skip_space(at + 1);
  }
  return *at == ']' ? NULL : at;
}

/* Where the value of a path begins, or the innermost of those around it that can be found. */
static const char *find_path(const char *text, const char *path, int *found) {
  const char *at = skip_space(text);
  for (*found = 1; *path;) {
    const char *next;
    if (*path == '[') {
      char *end;
      long i = strtol(path + 1, &end, 10);
      next = *at == '[' ? find_item(at, i) : NULL;
      path = *end == ']' ? end + 1 : end;
    } else {
      path += *path == '.';
      size_t length = strcspn(path, ".[");
      next = *at == '{' ? find_key(at, path, length) : NULL;
      path += length;
    }
    if (!next) *found = 0;
    if (!next) break;
    at = next;
  }
  return at;
}

int cm_json_place(const char *text, const char *path, int64_t *line, int64_t *column) {
  int found;
  const char *at = find_path(text, path, &found);
  *line = *column = 1;
  for (const char *c = text; c < at; c++) {
    int continues = (*c & 0xC0) == 0x80; /* a further byte of one character */
    if (*c == '\n') {
      ++*line;
      *column = 1;
    } else if (!continues) {
      ++*column;
    }
  }
  return found;
}

critmin_status cm_json_read(const char *text, size_t length, cm_json **document, critmin_error *error) {
  json_error_t at;
  json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &at);
  if (!root && json_error_code(&at) == json_error_out_of_memory) return cm_fail_memory(error);
  if (!root) {
    cm_fail(error, CRITMIN_ERROR_FORMAT, "line %d, column %d: %s", at.line, at.column, at.text);
    return cm_fail_at(error, CRITMIN_ERROR_FORMAT, at.line, at.column);
  }
  cm_json *made = cm_alloc_array(1, sizeof *made);
  if (made) made->text = cm_text_copy_n(text, length);
  if (!made || !made->text) {
    json_decref(root);
    cm_free(made);
    return cm_fail_memory(error);
  }
  made->root = root;
  cm_json_node node = cm_json_root(made);
  critmin_status status = CRITMIN_OK;
  if (!json_is_object(root)) status = cm_json_fail(&node, error, CRITMIN_ERROR_FORMAT, "give an object, { ... }");
  if (status)
    cm_json_free(made);
  else
    *document = made;
  return status;
}

void cm_json_free(cm_json *document) {
  if (!document) return;
  json_decref(document->root);
  cm_free(document->text);
  cm_free(document);
}

cm_json_node cm_json_root(const cm_json *document) {
  return (cm_json_node){document, document->root, ""};
}

static critmin_status fail_with(const cm_json_node *node, critmin_error *error, critmin_status status,
                                const char *sentence) {
  int64_t line, column;
  cm_json_place(node->document->text, node->path, &line, &column);
  cm_fail(error, status, "line %lld, column %lld%s%s%s: %s", (long long)line, (long long)column,
          *node->path ? ", `" : "", node->path, *node->path ? "`" : "", sentence);
  return cm_fail_at(error, status, line, column);
}

critmin_status cm_json_fail(const cm_json_node *node, critmin_error *error, critmin_status status, const char *format,
                            ...) {
  char sentence[800];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  return fail_with(node, error, status, sentence);
}

critmin_status cm_json_fail_found(const cm_json_node *node, critmin_error *error, const critmin_error *found) {
  if (found->status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(error);
  return fail_with(node, error, found->status, found->message);
}

static const json_t *value_of(const cm_json_node *node) {
  return node->value;
}

int cm_json_is_there(const cm_json_node *node) {
  return value_of(node) && !json_is_null(value_of(node));
}
int cm_json_is_object(const cm_json_node *node) {
  return json_is_object(value_of(node));
}
int cm_json_is_array(const cm_json_node *node) {
  return json_is_array(value_of(node));
}
int cm_json_is_text(const cm_json_node *node) {
  return json_is_string(value_of(node));
}
int cm_json_is_number(const cm_json_node *node) {
  return json_is_number(value_of(node));
}
int cm_json_is_flag(const cm_json_node *node) {
  return json_is_boolean(value_of(node));
}

size_t cm_json_count(const cm_json_node *node) {
  return cm_json_is_array(node) ? json_array_size(value_of(node)) : json_object_size(value_of(node));
}

/* A path that would be too long is left as it is, so that a failure is told of what is around. */
static void extend(cm_json_node *node, const char *step) {
  size_t used = strlen(node->path), length = strlen(step);
  if (used + length < sizeof node->path) memcpy(node->path + used, step, length + 1);
}

cm_json_node cm_json_member(const cm_json_node *object, const char *key) {
  cm_json_node node = *object;
  node.value = json_object_get(value_of(object), key);
  if (strlen(key) + 2 < sizeof node.path) {
    char step[CM_JSON_PATH];
    snprintf(step, sizeof step, "%s%s", *node.path ? "." : "", key);
    extend(&node, step);
  }
  return node;
}

cm_json_node cm_json_item(const cm_json_node *array, size_t i) {
  cm_json_node node = *array;
  node.value = json_array_get(value_of(array), i);
  char step[32];
  snprintf(step, sizeof step, "[%zu]", i);
  extend(&node, step);
  return node;
}

cm_json_node cm_json_entry(const cm_json_node *object, size_t i, const char **key) {
  json_t *of = (json_t *)(uintptr_t)object->value; /* iterating changes nothing */
  void *at = json_object_iter(of);
  while (i-- > 0) at = json_object_iter_next(of, at);
  *key = json_object_iter_key(at);
  return cm_json_member(object, *key);
}

static const char *key_at(const void *user, size_t i) {
  return ((const char *const *)user)[i];
}

critmin_status cm_json_only(const cm_json_node *object, const char *const *keys, critmin_error *error) {
  if (!cm_json_is_object(object)) return cm_json_fail(object, error, CRITMIN_ERROR_FORMAT, "give an object, { ... }");
  size_t n = 0;
  while (keys[n]) n++;
  for (size_t i = 0; i < cm_json_count(object); i++) {
    const char *key;
    cm_json_node entry = cm_json_entry(object, i, &key);
    size_t k = 0;
    while (k < n && strcmp(keys[k], key) != 0) k++;
    if (k < n) continue;
    const char *nearest = cm_name_nearest(key, key_at, keys, n);
    cm_buffer all = {0};
    for (k = 0; k < n; k++) cm_buffer_print(&all, "%s%s", k ? ", " : "", keys[k]);
    critmin_status status =
        nearest ? cm_json_fail(&entry, error, CRITMIN_ERROR_UNKNOWN_NAME,
                               "there is no key `%s` here; did you mean `%s`?", key, nearest)
                : cm_json_fail(&entry, error, CRITMIN_ERROR_UNKNOWN_NAME, "there is no key `%s` here; there may be %s",
                               key, all.data ? all.data : "none");
    cm_buffer_free(&all);
    return status;
  }
  return CRITMIN_OK;
}

static critmin_status not_a(const cm_json_node *node, critmin_error *error, const char *kind) {
  return cm_json_fail(node, error, CRITMIN_ERROR_INVALID_VALUE, "give %s", kind);
}

critmin_status cm_json_text(const cm_json_node *node, const char **text, critmin_error *error) {
  if (!cm_json_is_there(node)) return CRITMIN_OK;
  if (!json_is_string(value_of(node))) return not_a(node, error, "a text, in quotation marks");
  *text = json_string_value(value_of(node));
  return CRITMIN_OK;
}

critmin_status cm_json_number(const cm_json_node *node, double *number, critmin_error *error) {
  if (!cm_json_is_there(node)) return CRITMIN_OK;
  if (!json_is_number(value_of(node))) return not_a(node, error, "a number, without quotation marks");
  *number = json_number_value(value_of(node));
  return CRITMIN_OK;
}

critmin_status cm_json_flag(const cm_json_node *node, int *flag, critmin_error *error) {
  if (!cm_json_is_there(node)) return CRITMIN_OK;
  if (!json_is_boolean(value_of(node))) return not_a(node, error, "true or false");
  *flag = json_is_true(value_of(node));
  return CRITMIN_OK;
}

critmin_status cm_json_array(const cm_json_node *node, critmin_error *error) {
  return cm_json_is_there(node) && !cm_json_is_array(node) ? not_a(node, error, "a list, [ ... ]") : CRITMIN_OK;
}

critmin_status cm_json_word(const cm_json_node *node, const char *words, int *place, critmin_error *error) {
  const char *text = NULL;
  critmin_status status = cm_json_text(node, &text, error);
  if (status || !text) return status;
  size_t length = strlen(text);
  const char *at = words;
  for (int i = 0; *at; i++) {
    size_t size = strcspn(at, "|");
    if (size == length && memcmp(at, text, size) == 0) {
      *place = i;
      return CRITMIN_OK;
    }
    at += size + (at[size] == '|');
  }
  return cm_json_fail(node, error, CRITMIN_ERROR_INVALID_VALUE, "it cannot be `%s`; give one of %s", text, words);
}
