/* SPDX-License-Identifier: MIT */
/* Many rows at once, from columns. A word is looked up once, and what it became is kept by its code. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/rows_write.h"
#include "table/columns.h"

enum { ROWS_BETWEEN_PROGRESS = 8192, TEXTS_KEPT = 1024, ROWS_WORTH_SORTING = 100000 };

/* What a word became, in what circumstances: of which source and mineral the row was. */
typedef struct kept {
  const char *word; /* NULL: nothing yet */
  int64_t source, mineral;
  cm_slot slot;
} kept;

typedef struct input {
  int32_t column; /* -1 where the caller gives none */
  int32_t n_words;
  kept *kept; /* by code, or by hash of the text */
} input;

typedef struct append {
  const cm_relation *relation;
  const critmin_columns *columns;
  cm_writer *writer;
  cm_row *row;
  input inputs[CM_FIELDS_MAX];
  int set_once[CM_FIELDS_MAX]; /* fields without a column hold the same for every row */
} append;

static critmin_status match_columns(append *a, critmin_error *error) {
  const cm_relation *relation = a->relation;
  for (int i = 0; i < relation->n_fields; i++) a->inputs[i].column = -1;
  for (int32_t c = 0; c < cm_columns_count(a->columns); c++) {
    int field = cm_row_find(relation, cm_columns_name(a->columns, c), error);
    if (field < 0) return cm_fail_at(error, CRITMIN_ERROR_UNKNOWN_NAME, 0, c + 1);
    a->inputs[field].column = c;
    a->inputs[field].n_words = cm_columns_words(a->columns, c);
  }
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *f = &relation->fields[i];
    if (a->inputs[i].column < 0 && (f->flags & CM_REQUIRED) && !f->initial)
      return cm_fail(error, CRITMIN_ERROR_MISSING_VALUE,
                     "%s: the column '%s' is missing, which every row must have: %s", relation->name, f->name, f->text);
  }
  return CRITMIN_OK;
}

/* A text that is neither the caller's nor for ever cannot be kept. */
static int keepable(const cm_row *row, int field) {
  const cm_slot *slot = &row->slots[field];
  return slot->kind != CM_SLOT_TEXT || slot->text != row->made[field].data;
}

static critmin_status take_text(append *a, int field, const cm_cell *cell, critmin_error *error) {
  input *in = &a->inputs[field];
  cm_row *row = a->row;
  size_t n = in->n_words > 0 ? (size_t)in->n_words : TEXTS_KEPT;
  if (!in->kept) {
    in->kept = cm_alloc_array(n, sizeof *in->kept);
    if (!in->kept) return cm_fail_memory(error);
  }
  kept *k = &in->kept[cell->code >= 0 ? (size_t)cell->code : (size_t)cm_name_hash(cell->text) % n];
  int64_t source = row->source >= 0 && field != row->source ? row->slots[row->source].integer : 0;
  int64_t mineral = row->mineral >= 0 && field != row->mineral ? row->slots[row->mineral].integer : 0;
  if (k->word && k->source == source && k->mineral == mineral && (cell->code >= 0 || strcmp(k->word, cell->text) == 0))
    return cm_row_take(row, field, k->slot, error);
  critmin_status status = cm_row_text(row, field, cell->text, error);
  if (status == CRITMIN_OK && keepable(row, field)) *k = (kept){cell->text, source, mineral, row->slots[field]};
  return status;
}

static critmin_status take_cell(append *a, int field, int64_t at, critmin_error *error) {
  if (a->inputs[field].column < 0) {
    if (a->set_once[field]) return CRITMIN_OK;
    a->set_once[field] = 1;
    return cm_row_text(a->row, field, NULL, error);
  }
  cm_cell cell = cm_columns_cell(a->columns, a->inputs[field].column, at);
  switch (cell.kind) {
    case CM_CELL_NUMBER:
      return cm_row_number(a->row, field, cell.number, error);
    case CM_CELL_INTEGER:
      return cm_row_number(a->row, field, (double)cell.integer, error);
    case CM_CELL_TEXT:
      return take_text(a, field, &cell, error);
    case CM_CELL_BAD_CODE:
      return cm_row_fail(a->row, field, error, CRITMIN_ERROR_ARGUMENT, "has a code that is none of its %d words",
                         (int)a->inputs[field].n_words);
    default:
      return cm_row_text(a->row, field, NULL, error);
  }
}

/* Says in which row and column of the input. */
static critmin_status fail_row(const append *a, int64_t at, critmin_status status, critmin_error *error) {
  if (status == CRITMIN_ERROR_MEMORY || status == CRITMIN_ERROR_DISK_FULL || status == CRITMIN_ERROR_IO) return status;
  critmin_error said = *error;
  int64_t field = said.column - 1;
  int64_t column = field >= 0 && field < a->relation->n_fields ? a->inputs[field].column + 1 : 0;
  cm_fail(error, status, "row %lld: %s", (long long)at + 1, said.message);
  error->system_code = said.system_code;
  return cm_fail_at(error, status, at + 1, column);
}

static critmin_status put_row(append *a, int64_t at, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < a->relation->n_fields && status == CRITMIN_OK; i++)
    status = take_cell(a, a->row->order[i], at, error);
  if (status == CRITMIN_OK) status = cm_writer_put(a->writer, NULL, error);
  return status == CRITMIN_OK ? status : fail_row(a, at, status, error);
}

/* Rows in the order of the table's key, so that a large table grows at one place at a time
 * ---------------------------------- */

typedef struct place {
  uint64_t key;
  int64_t row;
} place;

static int by_key(const void *a, const void *b) {
  const place *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

/* The key's ids and years, ten bits of each: enough to lie near one's neighbours. */
static critmin_status key_of(append *a, int64_t at, uint64_t *key, critmin_error *error) {
  const cm_relation *relation = a->relation;
  uint64_t packed = 0;
  int parts = 0;
  for (int i = 0; i < relation->n_fields; i++) {
    int field = a->row->order[i];
    const cm_field *f = &relation->fields[field];
    if (!(f->flags & CM_IN_KEY) && f->column) continue;
    critmin_status status = take_cell(a, field, at, error);
    if (status != CRITMIN_OK) return fail_row(a, at, status, error);
  }
  for (int i = 0; i < relation->n_fields && parts < 6; i++) {
    const cm_field *f = &relation->fields[i];
    cm_slot_kind kind = a->row->slots[i].kind;
    if (!(f->flags & CM_IN_KEY) || !f->column || kind == CM_SLOT_TEXT || kind == CM_SLOT_EMPTY) continue;
    packed = packed << 10 | ((uint64_t)a->row->slots[i].integer & 1023);
    parts++;
  }
  *key = packed;
  return CRITMIN_OK;
}

/* NULL in *order when the rows are in order as they come. */
static critmin_status sort_rows(append *a, int64_t rows, place **order, critmin_error *error) {
  place *places = cm_alloc_array((size_t)rows, sizeof *places);
  if (!places) return cm_fail_memory(error);
  critmin_status status = CRITMIN_OK;
  int sorted = 1;
  for (int64_t i = 0; i < rows && status == CRITMIN_OK; i++) {
    places[i].row = i;
    status = key_of(a, i, &places[i].key, error);
    if (i > 0 && places[i].key < places[i - 1].key) sorted = 0;
  }
  if (status != CRITMIN_OK || sorted) {
    cm_free(places);
    return status;
  }
  qsort(places, (size_t)rows, sizeof *places, by_key);
  *order = places;
  return CRITMIN_OK;
}

static critmin_status append_rows(append *a, critmin_store *store, critmin_progress progress, void *user,
                                  critmin_error *error) {
  critmin_status status = match_columns(a, error);
  if (status == CRITMIN_OK) status = cm_writer_open(store, a->relation, CM_INSERT, &a->writer, error);
  if (status != CRITMIN_OK) return status;
  a->row = cm_writer_fields(a->writer);
  int64_t rows = cm_columns_rows(a->columns);
  place *order = NULL;
  if (rows >= ROWS_WORTH_SORTING) status = sort_rows(a, rows, &order, error);
  for (int64_t i = 0; i < rows && status == CRITMIN_OK; i++) {
    status = put_row(a, order ? order[i].row : i, error);
    if (status == CRITMIN_OK && progress && (i + 1) % ROWS_BETWEEN_PROGRESS == 0 && progress(user, i + 1, rows))
      status = cm_fail(error, CRITMIN_ERROR_CANCELLED, "%s: asked to stop after %lld of %lld rows; nothing was written",
                       a->relation->name, (long long)i + 1, (long long)rows);
  }
  cm_free(order);
  if (status == CRITMIN_OK) status = cm_writer_finish(a->writer, error);
  return status;
}

critmin_status critmin_store_append(critmin_store *store, const char *relation, const critmin_columns *columns,
                                    critmin_progress progress, void *user, critmin_error *error) {
  critmin_error local;
  if (!error) error = &local;
  if (!relation) return cm_fail_null(error, "relation");
  if (!columns) return cm_fail_null(error, "columns");
  append a = {.relation = cm_relation_named(relation, error), .columns = columns};
  if (!a.relation) return error->status;
  critmin_status status = cm_store_enter(store, error);
  if (status != CRITMIN_OK) return status;
  status = cm_store_write_begin(store, error);
  if (status == CRITMIN_OK) {
    status = append_rows(&a, store, progress, user, error);
    cm_writer_close(a.writer);
    status = cm_store_write_end(store, status, error);
  }
  for (int i = 0; i < CM_FIELDS_MAX; i++) cm_free(a.inputs[i].kept);
  cm_store_leave(store);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}
