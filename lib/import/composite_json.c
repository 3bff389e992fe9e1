/* SPDX-License-Identifier: MIT */
/* A composite in a file of its own: the file is the definition, its name the key. docs/composites.md */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/definition.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "import/import.h"
#include "store/rows.h"

enum { LARGEST = 1 << 20, CHUNK = 65536 };

static critmin_status read_file(const char *path, cm_buffer *text, critmin_error *error) {
  FILE *file = fopen(path, "rb");
  char *chunk = file ? cm_alloc(CHUNK) : NULL;
  size_t length;
  while (chunk && text->length <= LARGEST && (length = fread(chunk, 1, CHUNK, file)) > 0)
    cm_buffer_add_n(text, chunk, length);
  int code = !file || ferror(file) ? errno : 0, refused = file == NULL, memory = file && (!chunk || text->failed);
  cm_free(chunk);
  if (file) fclose(file);
  if (memory) return cm_fail_memory(error);
  if (refused || code) {
    cm_fail(error, CRITMIN_ERROR_IO, "%s: cannot be %s: %s", path, refused ? "opened" : "read", strerror(code));
    if (error) error->system_code = code;
    return CRITMIN_ERROR_IO;
  }
  if (text->length > LARGEST)
    return cm_fail(error, CRITMIN_ERROR_FORMAT, "%s: this is larger than a definition can be, 1 MiB", path);
  if (text->data && strlen(text->data) < text->length)
    return cm_fail(error, CRITMIN_ERROR_FORMAT, "%s: the file holds a NUL character; it is no JSON", path);
  return CRITMIN_OK;
}

/* The file's name without folders and what follows its last point. */
static char *key_of(const char *path) {
  const char *name = path;
  for (const char *at = path; *at; at++)
    if (*at == '/' || *at == '\\') name = at + 1;
  const char *end = strrchr(name, '.');
  return cm_text_copy_n(name, end && end > name ? (size_t)(end - name) : strlen(name));
}

/* "FILE, line 3, column 7, ...": a place is in the message already. */
static critmin_status fail_in(const char *path, critmin_error *error, const critmin_error *found) {
  if (found->status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(error);
  cm_fail(error, found->status, "%s%s %s", path, found->row > 0 ? "," : ":", found->message);
  return cm_fail_at(error, found->status, found->row, found->column);
}

static critmin_status put(cm_import *import, const char *key, const char *json, const char *name, const char *note,
                          critmin_error *error) {
  const cm_relation *relation = cm_relation_find("composite");
  const struct {
    const char *field, *value;
  } fields[] = {{"composite", key}, {"name", name ? name : key}, {"definition", json}, {"note", note}};
  const char *values[4] = {NULL};
  for (size_t i = 0; i < 4; i++)
    values[cm_relation_field(relation, fields[i].field) - relation->fields] = fields[i].value;
  cm_writer *writer = NULL;
  critmin_error found;
  int replaced = 0;
  critmin_status status = cm_writer_open(import->store, relation, CM_REPLACE, &writer, &found);
  if (!status) status = cm_writer_row(writer, values, &replaced, &found);
  if (!status) status = cm_writer_finish(writer, &found);
  cm_writer_close(writer);
  if (status) {
    found.row = found.column = 0; /* the field's number is no place in the file */
    return fail_in(import->path, error, &found);
  }
  return cm_import_add(import, relation, 1, replaced, error);
}

critmin_status cm_import_composite(cm_import *import, critmin_error *error) {
  cm_buffer text = {0};
  cm_json *document = NULL;
  critmin_error found;
  char *key = key_of(import->path);
  critmin_status status = key ? read_file(import->path, &text, error) : cm_fail_memory(error);
  const char *json = text.data ? text.data : "";
  if (strncmp(json, "\xEF\xBB\xBF", 3) == 0) json += 3; /* a byte order mark */
  if (!status && cm_composite_check(key, json, &found) != CRITMIN_OK) status = fail_in(import->path, error, &found);
  if (!status && cm_json_read(json, strlen(json), &document, &found) != CRITMIN_OK)
    status = fail_in(import->path, error, &found);
  if (!status) {
    const char *name = NULL, *note = NULL;
    cm_json_node root = cm_json_root(document), named = cm_json_member(&root, "name"),
                 noted = cm_json_member(&root, "note");
    status = cm_json_text(&named, &name, error);
    if (!status) status = cm_json_text(&noted, &note, error);
    if (!status) status = put(import, key, json, name, note, error);
  }
  cm_json_free(document);
  cm_buffer_free(&text);
  cm_free(key);
  return status;
}
