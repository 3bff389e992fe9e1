/* SPDX-License-Identifier: MIT */
#include "table/builder.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "table/table.h"

/* The words of a text column while they are gathered; the table of codes is open-addressed, at most half full, 0 is free. */
typedef struct dictionary {
  size_t *starts; /* of each word in `text` */
  size_t count, room;
  cm_buffer text;
  int32_t *codes; /* code + 1 */
  size_t n_codes;
} dictionary;

struct cm_builder {
  int failed;
  int64_t rows;
  size_t room;
  critmin_table *table;
  dictionary *dictionaries; /* one for each column, empty for other than text */
};

static size_t size_of(int32_t type) { return type == CRITMIN_COLUMN_TEXT ? sizeof(int32_t) : sizeof(double); }
_Static_assert(sizeof(double) == sizeof(int64_t), "numbers and integers take the same room");

cm_builder *cm_builder_new(const cm_column *columns, int32_t n_columns) {
  cm_builder *builder = cm_alloc_array(1, sizeof *builder);
  if (!builder) return NULL;
  builder->dictionaries = cm_alloc_array((size_t)n_columns, sizeof *builder->dictionaries);
  builder->table = cm_alloc_array(1, sizeof *builder->table + (size_t)n_columns * sizeof builder->table->columns[0]);
  if (!builder->table || !builder->dictionaries) {
    cm_builder_free(builder);
    return NULL;
  }
  builder->table->references = 1;
  builder->table->n_columns = n_columns;
  for (int32_t i = 0; i < n_columns; i++) {
    cm_table_column *column = &builder->table->columns[i];
    column->type = columns[i].type;
    column->name = cm_text_copy(columns[i].name);
    column->unit = cm_text_copy(columns[i].unit ? columns[i].unit : "");
    column->values.memory = cm_alloc(0);
    if (!column->name || !column->unit || !column->values.memory) {
      cm_builder_free(builder);
      return NULL;
    }
  }
  return builder;
}

void cm_builder_free(cm_builder *builder) {
  if (!builder) return;
  for (int32_t i = 0; builder->table && builder->dictionaries && i < builder->table->n_columns; i++) {
    cm_free(builder->dictionaries[i].starts);
    cm_free(builder->dictionaries[i].codes);
    cm_buffer_free(&builder->dictionaries[i].text);
  }
  cm_free(builder->dictionaries);
  critmin_table_free(builder->table);
  cm_free(builder);
}

static int make_room(cm_builder *builder, size_t rows) {
  if (rows <= builder->room) return 1;
  size_t room = builder->room > SIZE_MAX / 2 ? rows : builder->room * 2;
  if (room < rows) room = rows;
  if (room < 16) room = 16;
  for (int32_t i = 0; i < builder->table->n_columns; i++) {
    cm_table_column *column = &builder->table->columns[i];
    void *memory = cm_resize(column->values.memory, room, size_of(column->type));
    if (!memory) return 0;
    column->values.memory = memory;
  }
  builder->room = room;
  return 1;
}

int64_t cm_builder_rows(cm_builder *builder, int64_t rows) {
  if (!builder || builder->failed) return 0;
  int64_t first = builder->rows;
  if (rows > INT64_MAX - first || !make_room(builder, (size_t)(first + rows))) {
    builder->failed = 1;
    return first;
  }
  for (int32_t i = 0; i < builder->table->n_columns; i++) {
    cm_table_column *column = &builder->table->columns[i];
    for (int64_t r = first; r < first + rows; r++) {
      if (column->type == CRITMIN_COLUMN_NUMBER) column->values.numbers[r] = NAN;
      else if (column->type == CRITMIN_COLUMN_INTEGER) column->values.integers[r] = CRITMIN_INTEGER_MISSING;
      else column->values.codes[r] = -1;
    }
  }
  builder->rows += rows;
  return first;
}

void cm_builder_row(cm_builder *builder) { cm_builder_rows(builder, 1); }

static cm_table_column *column_of_type(cm_builder *builder, int32_t column, int32_t type) {
  if (!builder || builder->failed) return NULL;
  assert(column >= 0 && column < builder->table->n_columns);
  cm_table_column *c = &builder->table->columns[column];
  return c->type == type ? c : NULL;
}

double *cm_builder_numbers(cm_builder *builder, int32_t column) {
  cm_table_column *c = column_of_type(builder, column, CRITMIN_COLUMN_NUMBER);
  return c ? c->values.numbers : NULL;
}

int64_t *cm_builder_integers(cm_builder *builder, int32_t column) {
  cm_table_column *c = column_of_type(builder, column, CRITMIN_COLUMN_INTEGER);
  return c ? c->values.integers : NULL;
}

int32_t *cm_builder_codes(cm_builder *builder, int32_t column) {
  cm_table_column *c = column_of_type(builder, column, CRITMIN_COLUMN_TEXT);
  return c ? c->values.codes : NULL;
}

void cm_builder_number(cm_builder *builder, int32_t column, double value) {
  double *numbers = cm_builder_numbers(builder, column);
  if (numbers && builder->rows > 0) numbers[builder->rows - 1] = value;
}

void cm_builder_integer(cm_builder *builder, int32_t column, int64_t value) {
  int64_t *integers = cm_builder_integers(builder, column);
  if (integers && builder->rows > 0) integers[builder->rows - 1] = value;
}

void cm_builder_text(cm_builder *builder, int32_t column, const char *text) {
  if (!text) return;
  int32_t code = cm_builder_word(builder, column, text);
  int32_t *codes = cm_builder_codes(builder, column);
  if (codes && builder->rows > 0) codes[builder->rows - 1] = code;
}

static uint64_t hash_of(const char *word) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (; *word; word++) hash = (hash ^ (unsigned char)*word) * UINT64_C(1099511628211);
  return hash ^ (hash >> 32);
}

/* The slot that holds the word, or the free one where it belongs. */
static int32_t *slot_of(const dictionary *d, const char *word) {
  size_t i = (size_t)hash_of(word) & (d->n_codes - 1);
  while (d->codes[i] && strcmp(d->text.data + d->starts[d->codes[i] - 1], word) != 0) i = (i + 1) & (d->n_codes - 1);
  return &d->codes[i];
}

static int rehash(dictionary *d) {
  dictionary larger = *d;
  larger.n_codes = d->n_codes ? d->n_codes * 2 : 32;
  larger.codes = cm_alloc_array(larger.n_codes, sizeof *larger.codes);
  if (!larger.codes) return 0;
  for (size_t i = 0; i < d->count; i++) *slot_of(&larger, d->text.data + d->starts[i]) = (int32_t)i + 1;
  cm_free(d->codes);
  *d = larger;
  return 1;
}

int32_t cm_builder_word(cm_builder *builder, int32_t column, const char *word) {
  if (!column_of_type(builder, column, CRITMIN_COLUMN_TEXT)) return -1;
  dictionary *d = &builder->dictionaries[column];
  size_t length = strlen(word);
  /* Arrow counts the bytes of a dictionary in 32 bits. */
  if ((d->count >= d->n_codes / 2 && !rehash(d)) || length > INT32_MAX - d->text.length - 1) {
    builder->failed = 1;
    return -1;
  }
  int32_t *slot = slot_of(d, word);
  if (*slot) return *slot - 1;
  size_t start = d->text.length;
  cm_buffer_add_n(&d->text, word, length + 1);
  if (d->text.failed || !cm_grow(&d->starts, d->count, &d->room, sizeof *d->starts)) {
    builder->failed = 1;
    return -1;
  }
  d->starts[d->count++] = start;
  *slot = (int32_t)d->count;
  return *slot - 1;
}

static int finish_words(dictionary *d, cm_words *words) {
  words->count = (int32_t)d->count;
  words->offsets = cm_alloc_array(d->count + 1, sizeof *words->offsets);
  words->bytes = cm_alloc(d->text.length - d->count);
  words->strings = cm_buffer_take(&d->text);
  if (!words->offsets || !words->bytes || !words->strings) return 0;
  for (size_t i = 0; i < d->count; i++) {
    const char *word = words->strings + d->starts[i];
    size_t length = strlen(word);
    memcpy(words->bytes + words->offsets[i], word, length);
    words->offsets[i + 1] = words->offsets[i] + (int32_t)length;
  }
  return 1;
}

critmin_status cm_builder_finish(cm_builder *builder, critmin_table **table, critmin_error *error) {
  int failed = !builder || builder->failed;
  for (int32_t i = 0; !failed && i < builder->table->n_columns; i++) {
    if (builder->table->columns[i].type == CRITMIN_COLUMN_TEXT)
      failed = !finish_words(&builder->dictionaries[i], &builder->table->columns[i].words);
  }
  if (failed) {
    cm_builder_free(builder);
    return cm_fail_memory(error);
  }
  builder->table->rows = builder->rows;
  *table = cm_table_share(builder->table);
  cm_builder_free(builder);
  return cm_ok(error);
}
