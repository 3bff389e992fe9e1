/* SPDX-License-Identifier: MIT */
/* set and remove: one row of a relation, or one record with its lists. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "record.h"
#include "open_store.h"
#include "table_output.h"

/* What is typed after the relation, taken apart. Values are those of argv. */
typedef struct assignment {
  const record_kind *kind; /* NULL where the relation is not one of records */
  const char *key;         /* of a record */
  int32_t n;
  const char **names; /* into `text` */
  const char **values;
  char *text;
} assignment;

static void assignment_free(assignment *a) {
  free(a->names);
  free(a->values);
  free(a->text);
  *a = (assignment){0};
}

static int take_key(assignment *a, const char *key) {
  if (a->key) return fail(ENDED_USAGE, "two keys are given, `%s` and `%s`; one record at a time", a->key, key);
  if (key[0] == '\0') return fail(ENDED_USAGE, "the key is empty");
  a->key = key;
  return 0;
}

static int take_word(assignment *a, const char *word, char **room) {
  const char *equals = strchr(word, '=');
  if (!equals && a->kind) return take_key(a, word);
  if (!equals || equals == word) return fail(ENDED_USAGE, "`%s` should be FIELD=VALUE", word);
  size_t length = (size_t)(equals - word);
  char *name = *room;
  memcpy(name, word, length);
  name[length] = '\0';
  *room += length + 1;
  if (a->kind && (strcmp(name, "key") == 0 || strcmp(name, a->kind->name) == 0)) return take_key(a, equals + 1);
  for (int32_t i = 0; i < a->n; i++) {
    if (strcmp(a->names[i], name) == 0) return fail(ENDED_USAGE, "`%s` is given twice", name);
  }
  a->names[a->n] = name;
  a->values[a->n++] = equals + 1;
  return 0;
}

static int assignment_read(const request *r, assignment *a) {
  size_t bytes = 1;
  *a = (assignment){.kind = record_kind_find(r->words[1])};
  for (int i = 2; i < r->n_words; i++) bytes += strlen(r->words[i]) + 1;
  a->names = calloc((size_t)r->n_words + 1, sizeof *a->names); /* with room for the other end of a period */
  a->values = calloc((size_t)r->n_words + 1, sizeof *a->values);
  a->text = malloc(bytes);
  if (!a->names || !a->values || !a->text) return fail_memory();
  char *room = a->text;
  int code = 0;
  for (int i = 2; i < r->n_words && !code; i++) code = take_word(a, r->words[i], &room);
  if (!code && a->kind && !a->key) code = fail(ENDED_USAGE, "which %s? add key=KEY", a->kind->name);
  return code;
}

/* Whether rows of the relation need both ends of a period. */
static int needs_period(const char *relation) {
  critmin_table *fields = NULL;
  critmin_error error;
  int needed = 0;
  if (critmin_store_fields(relation, &fields, &error) != CRITMIN_OK) return 0; /* whoever writes the row will say so */
  int field = critmin_table_find(fields, "field"), required = critmin_table_find(fields, "required");
  for (int64_t row = 0; row < critmin_table_rows(fields); row++) {
    const char *name = critmin_table_text(fields, field, row);
    int is_end = name && (strcmp(name, "from") == 0 || strcmp(name, "to") == 0);
    if (is_end && critmin_table_number(fields, required, row) > 0) needed++;
  }
  critmin_table_free(fields);
  return needed == 2;
}

/* A period of which one end is given is as long as that end says. */
static void complete_period(assignment *a, const char *relation) {
  const char *ends[2] = {NULL, NULL};
  for (int32_t i = 0; i < a->n; i++) {
    if (strcmp(a->names[i], "from") == 0) ends[0] = a->values[i];
    if (strcmp(a->names[i], "to") == 0) ends[1] = a->values[i];
  }
  if (!ends[0] == !ends[1] || !needs_period(relation)) return;
  a->names[a->n] = ends[0] ? "to" : "from";
  a->values[a->n++] = ends[0] ? ends[0] : ends[1];
}

static int report(const request *r, const char *action, const char *relation, const char *key, int64_t n_rows) {
  enum { COLUMNS = 4 };
  static const char *const names[COLUMNS] = {"action", "relation", "key", "rows"};
  grid g;
  buffer sentence = {0};
  char rows[32];
  int code;
  snprintf(rows, sizeof rows, "%" PRId64, n_rows);
  buffer_text(&sentence, action);
  buffer_text(&sentence, " ");
  if (!key) {
    buffer_text(&sentence, rows);
    buffer_text(&sentence, n_rows == 1 ? " row of " : " rows of ");
  }
  buffer_text(&sentence, relation);
  if (key) {
    buffer_text(&sentence, " ");
    buffer_text(&sentence, key);
  }
  if (grid_new(&g, COLUMNS, 1) && !sentence.failed) {
    const char *const cells[COLUMNS] = {action, relation, key ? key : "", rows};
    for (int i = 0; i < COLUMNS; i++) {
      g.columns[i].name = names[i];
      g.cells[i] = cells[i];
    }
    g.columns[COLUMNS - 1].number = 1;
    code = table_write_report(r, sentence.text, &g);
  } else {
    code = fail_memory();
  }
  grid_free(&g);
  buffer_free(&sentence);
  return code;
}

/* An empty value for a list empties it; for a field, likewise. */
static critmin_status set_field(const record_kind *kind, void *record, const char *name, const char *value,
                                critmin_error *error) {
  int64_t count;
  int is_list = value[0] == '\0' && kind->count(record, name, &count, NULL) == CRITMIN_OK;
  if (is_list) return kind->clear(record, name, error);
  return kind->set_text(record, name, value, error);
}

static int set_record(const request *r, critmin_store *store, const assignment *a) {
  const record_kind *kind = a->kind;
  void *record = NULL;
  critmin_error error;
  critmin_status status = kind->read(store, a->key, &record, &error);
  int is_new = status == CRITMIN_ERROR_NOT_FOUND;
  if (is_new) status = kind->create(store, a->key, &record, &error);
  for (int32_t i = 0; i < a->n && status == CRITMIN_OK; i++) {
    status = set_field(kind, record, a->names[i], a->values[i], &error);
  }
  if (status == CRITMIN_OK) status = kind->write(record, &error);
  int code = status == CRITMIN_OK ? 0 : store_fail(r, &error);
  kind->free(record);
  return code ? code : report(r, is_new ? "added" : "changed", kind->name, a->key, 1);
}

int run_set(request *r) {
  const char *relation = r->words[1];
  critmin_store *store = NULL;
  critmin_error error;
  assignment a;
  int code = assignment_read(r, &a);
  if (!code) code = store_open(r, CRITMIN_OPEN_WRITE, &store);
  if (!code) {
    complete_period(&a, relation);
    if (a.kind) {
      code = set_record(r, store, &a);
    } else if (critmin_store_set(store, relation, a.names, a.values, a.n, &error) != CRITMIN_OK) {
      code = store_fail(r, &error);
    } else {
      code = report(r, "wrote", relation, NULL, 1);
    }
  }
  critmin_store_close(store);
  assignment_free(&a);
  return code;
}

int run_remove(request *r) {
  const char *relation = r->words[1];
  critmin_store *store = NULL;
  critmin_error error;
  assignment a;
  int64_t removed = 0;
  int code = assignment_read(r, &a);
  if (!code && a.kind && a.n > 0) {
    code = fail(ENDED_USAGE, "`%s=` is not its key; a record is removed by its key alone", a.names[0]);
  }
  if (!code) code = store_open(r, CRITMIN_OPEN_WRITE, &store);
  if (!code) {
    critmin_status status = a.kind ? a.kind->remove(store, a.key, &error)
                                   : critmin_store_remove(store, relation, a.names, a.values, a.n, &removed, &error);
    if (status != CRITMIN_OK) code = store_fail(r, &error);
    else if (a.kind) code = report(r, "removed", a.kind->name, a.key, 1);
    else code = report(r, "removed", relation, NULL, removed);
  }
  critmin_store_close(store);
  assignment_free(&a);
  return code;
}
