/* SPDX-License-Identifier: MIT */
#include "store/record.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "store/row.h"

critmin_status cm_record_make(critmin_store *store, const cm_relation *relation, cm_record **record,
                              critmin_error *error) {
  cm_record *made = cm_alloc_array(1, sizeof *made);
  if (!made) return cm_fail_memory(error);
  made->store = store;
  made->relation = relation;
  for (const cm_relation *list; (list = cm_relation_list(relation, made->n_lists)) != NULL; made->n_lists++) {
    if (made->n_lists == CM_LISTS_MAX) {
      cm_record_free(made);
      return cm_fail(error, CRITMIN_ERROR_INTERNAL, "relation `%s` owns more lists than a record holds",
                     relation->name);
    }
    made->lists[made->n_lists].relation = list;
  }
  made->values = cm_alloc_array((size_t)relation->n_fields, sizeof *made->values);
  if (!made->values) {
    cm_record_free(made);
    return cm_fail_memory(error);
  }
  *record = made;
  return CRITMIN_OK;
}

static void clear_list(cm_record_list *list) {
  size_t cells = list->count * (size_t)list->relation->n_fields;
  for (size_t i = 0; i < cells; i++) cm_free(list->values[i]);
  cm_free(list->values);
  list->values = NULL;
  list->count = list->room = 0;
}

void cm_record_free(cm_record *record) {
  if (!record) return;
  for (int i = 0; record->values && i < record->relation->n_fields; i++) cm_free(record->values[i]);
  for (int i = 0; i < record->n_lists; i++) clear_list(&record->lists[i]);
  cm_free(record->values);
  cm_free(record);
}

const char *cm_record_key(const cm_record *record) { return record->values[0]; }

char **cm_record_append(cm_record_list *list) {
  size_t n = (size_t)list->relation->n_fields;
  if (!cm_grow(&list->values, list->count, &list->room, n * sizeof *list->values)) return NULL;
  char **item = list->values + list->count++ * n;
  memset(item, 0, n * sizeof *item);
  return item;
}

/* Paths --------------------------------------------------------------------------------------------------------------
 */

typedef struct place {
  cm_record_list *list; /* NULL for a field of the record itself */
  size_t item;
  int field;
  const cm_relation *relation;
} place;

typedef struct names {
  const cm_relation *relation; /* whose fields */
  int first;                   /* the first that can be addressed */
  const cm_record *record;     /* whose lists, or NULL */
} names;

static const char *name_at(const void *user, size_t i) {
  const names *n = user;
  size_t fields = (size_t)(n->relation->n_fields - n->first);
  return i < fields ? n->relation->fields[i + (size_t)n->first].name : n->record->lists[i - fields].relation->list;
}

static critmin_status fail_unknown(const names *n, const char *word, const char *what, critmin_error *error) {
  size_t count = (size_t)(n->relation->n_fields - n->first) + (n->record ? (size_t)n->record->n_lists : 0);
  const char *near = cm_name_nearest(word, name_at, n, count);
  if (near)
    return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "%s has no %s `%.100s`; did you mean `%s`?", n->relation->name,
                   what, word, near);
  cm_buffer all = {0};
  for (size_t i = 0; i < count; i++) cm_buffer_print(&all, "%s%s", i ? ", " : "", name_at(n, i));
  cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "%s has no %s `%.100s`; there are %s", n->relation->name, what, word,
          all.data ? all.data : "others");
  cm_buffer_free(&all);
  return CRITMIN_ERROR_UNKNOWN_NAME;
}

static cm_record_list *find_list(const cm_record *record, const char *name) {
  for (int i = 0; i < record->n_lists; i++) {
    if (cm_name_equal(record->lists[i].relation->list, name)) return (cm_record_list *)&record->lists[i];
  }
  return NULL;
}

static critmin_status find_field(const names *n, const char *word, int *field, critmin_error *error) {
  for (int i = n->first; i < n->relation->n_fields; i++) {
    if (cm_name_equal(n->relation->fields[i].name, word)) {
      *field = i;
      return CRITMIN_OK;
    }
  }
  return fail_unknown(n, word, "field", error);
}

static critmin_status fail_path(const char *path, critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                 "`%.200s` is no path; write `field`, or `list[index].field` with indices from 0", path);
}

static critmin_status find_item_field(const cm_record *record, const char *path, const char *bracket, int appending,
                                      place *found, critmin_error *error) {
  char list[64];
  size_t length = (size_t)(bracket - path), index = 0;
  if (length == 0 || length >= sizeof list) return fail_path(path, error);
  memcpy(list, path, length);
  list[length] = '\0';
  const char *at = bracket + 1;
  if (*at < '0' || *at > '9') return fail_path(path, error);
  for (; *at >= '0' && *at <= '9'; at++) index = index < 1000000000 ? index * 10 + (size_t)(*at - '0') : index;
  if (at[0] != ']' || at[1] != '.' || !at[2]) return fail_path(path, error);
  found->list = find_list(record, list);
  if (!found->list) return fail_unknown(&(names){record->relation, 0, record}, list, "list", error);
  found->relation = found->list->relation;
  found->item = index;
  critmin_status status = find_field(&(names){found->relation, 1, NULL}, at + 2, &found->field, error);
  if (status) return status;
  if (index > found->list->count || (index == found->list->count && !appending))
    return cm_fail(error, CRITMIN_ERROR_NOT_FOUND,
                   "`%.100s` is past the end: the list `%s` of %s `%s` has %zu items, counted from 0", path,
                   found->relation->list, record->relation->name, cm_record_key(record), found->list->count);
  return CRITMIN_OK;
}

static critmin_status find_place(const cm_record *record, const char *path, int appending, place *found,
                                 critmin_error *error) {
  if (!record) return cm_fail_null(error, "record");
  if (!path) return cm_fail_null(error, "field");
  const char *bracket = strchr(path, '[');
  if (bracket) return find_item_field(record, path, bracket, appending, found, error);
  if (find_list(record, path))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`%s` is a list of %s; write `%s[index].field` with indices from 0",
                   path, record->relation->name, path);
  *found = (place){.relation = record->relation};
  return find_field(&(names){record->relation, 0, record}, path, &found->field, error);
}

static char **cell(const cm_record *record, const place *at) {
  if (!at->list) return &record->values[at->field];
  return &at->list->values[at->item * (size_t)at->relation->n_fields + (size_t)at->field];
}

/* Values -------------------------------------------------------------------------------------------------------------
 */

critmin_status cm_record_text(const cm_record *record, const char *path, const char **text, critmin_error *error) {
  place at;
  if (!text) return cm_fail_null(error, "text");
  critmin_status status = find_place(record, path, 0, &at, error);
  if (status) return status;
  *text = *cell(record, &at);
  return cm_ok(error);
}

static int is_number(const place *at) {
  cm_field_type type = at->relation->fields[at->field].type;
  return type == CM_FIELD_NUMBER || type == CM_FIELD_INTEGER;
}

critmin_status cm_record_number(const cm_record *record, const char *path, double *number, critmin_error *error) {
  place at;
  if (!number) return cm_fail_null(error, "number");
  critmin_status status = find_place(record, path, 0, &at, error);
  if (status) return status;
  const char *text = *cell(record, &at);
  double value = NAN;
  if (!is_number(&at) || (text && !cm_number_parse(text, &value)))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "`%.100s` of %s is not a number; read it as text", path,
                   record->relation->name);
  *number = value;
  return cm_ok(error);
}

/*
 * What can be told without the store: whether the text is of the field's type. Ranges, references and the rules of a
 * whole row are for the writing, where the row is complete. *spelt is a word as the descriptor spells it.
 */
static critmin_status check_type(const place *at, const char *text, const char **spelt, size_t *length,
                                 critmin_error *error) {
  cm_row row = {.relation = at->relation, .mineral = -1, .stage = -1, .source = -1, .edition = -1};
  *spelt = text;
  *length = strlen(text);
  if (!cm_text_valid(text, *length))
    return cm_row_fail(&row, at->field, error, CRITMIN_ERROR_INVALID_VALUE, "is not well-formed UTF-8");
  switch (at->relation->fields[at->field].type) {
    case CM_FIELD_NUMBER:
    case CM_FIELD_INTEGER:
    case CM_FIELD_DATE:
    case CM_FIELD_DAY:
    case CM_FIELD_PERIOD_FROM:
    case CM_FIELD_PERIOD_TO:
    case CM_FIELD_WORD:
    case CM_FIELD_CURRENCY: break;
    default: return CRITMIN_OK;
  }
  critmin_status status = cm_row_text(&row, at->field, text, error);
  if (!status && at->relation->fields[at->field].type == CM_FIELD_WORD) {
    *spelt = row.slots[at->field].text;
    *length = (size_t)row.slots[at->field].text_length;
  }
  for (int i = 0; i < CM_FIELDS_MAX; i++) cm_buffer_free(&row.made[i]);
  if (status == CRITMIN_ERROR_NEGATIVE || status == CRITMIN_ERROR_SHARE_RANGE || status == CRITMIN_ERROR_YEAR_RANGE)
    return CRITMIN_OK;
  return status;
}

critmin_status cm_record_set_text(cm_record *record, const char *path, const char *text, critmin_error *error) {
  place at;
  critmin_status status = find_place(record, path, 1, &at, error);
  if (status) return status;
  char *copy = NULL;
  if (text && *text) {
    const char *spelt;
    size_t length;
    status = check_type(&at, text, &spelt, &length, error);
    if (status) return status;
    copy = cm_text_copy_n(spelt, length);
    if (!copy) return cm_fail_memory(error);
  }
  if (!at.list && at.field == 0 && (!copy || strcmp(copy, cm_record_key(record)) != 0)) {
    cm_free(copy);
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                   "the key of %s `%s` cannot be changed; make a new record with the other key", record->relation->name,
                   cm_record_key(record));
  }
  if (at.list && at.item == at.list->count && !cm_record_append(at.list)) {
    cm_free(copy);
    return cm_fail_memory(error);
  }
  char **value = cell(record, &at);
  cm_free(*value);
  *value = copy;
  return cm_ok(error);
}

critmin_status cm_record_set_number(cm_record *record, const char *path, double number, critmin_error *error) {
  place at;
  critmin_status status = find_place(record, path, 1, &at, error);
  if (status) return status;
  if (!is_number(&at))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "`%.100s` of %s is not a number; set it as text", path,
                   record->relation->name);
  char text[CM_NUMBER_TEXT];
  cm_number_text(number, text);
  return cm_record_set_text(record, path, text, error);
}

static critmin_status find_named_list(const cm_record *record, const char *name, cm_record_list **list,
                                      critmin_error *error) {
  if (!record) return cm_fail_null(error, "record");
  if (!name) return cm_fail_null(error, "list");
  *list = find_list(record, name);
  return *list ? CRITMIN_OK
               : fail_unknown(&(names){record->relation, record->relation->n_fields, record}, name, "list", error);
}

critmin_status cm_record_count(const cm_record *record, const char *list, int64_t *count, critmin_error *error) {
  cm_record_list *found;
  if (!count) return cm_fail_null(error, "count");
  critmin_status status = find_named_list(record, list, &found, error);
  if (status) return status;
  *count = (int64_t)found->count;
  return cm_ok(error);
}

critmin_status cm_record_clear(cm_record *record, const char *list, critmin_error *error) {
  cm_record_list *found;
  critmin_status status = find_named_list(record, list, &found, error);
  if (status) return status;
  clear_list(found);
  return cm_ok(error);
}
