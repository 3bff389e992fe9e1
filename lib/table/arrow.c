/* SPDX-License-Identifier: MIT */
/*
 * Tables as Arrow streams. Whatever is handed out, down to a single child that the consumer moves away, holds its own reference
 * to the table and its own memory, so that it may be released in any order, on any thread.
 */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "table/arrow_abi.h"
#include "table/table.h"

static const char *format_of(int32_t type) {
  return type == CRITMIN_COLUMN_NUMBER ? "g" : type == CRITMIN_COLUMN_INTEGER ? "l" : "i";
}

/* Schemas --------------------------------------------------------------------------------------------------------------- */

typedef struct schema_memory {
  critmin_table *table;
  char *metadata;
  struct ArrowSchema dictionary;
  struct ArrowSchema **pointers;
  struct ArrowSchema children[];
} schema_memory;

static void release_schema(struct ArrowSchema *schema) {
  if (!schema || !schema->release) return;
  schema_memory *memory = schema->private_data;
  for (int64_t i = 0; i < schema->n_children; i++) release_schema(schema->children[i]);
  if (schema->dictionary && schema->dictionary->release) schema->dictionary->release(schema->dictionary);
  cm_free(memory->metadata);
  cm_free(memory->pointers);
  critmin_table_free(memory->table);
  cm_free(memory);
  schema->release = NULL;
}

/* A schema without children or dictionary yet; 0 when memory ran out. */
static int begin_schema(struct ArrowSchema *schema, critmin_table *table, const char *format, const char *name,
                        int32_t n_children) {
  schema_memory *memory = cm_alloc_array(1, sizeof *memory + (size_t)n_children * sizeof memory->children[0]);
  struct ArrowSchema **pointers = cm_alloc_array((size_t)n_children, sizeof(struct ArrowSchema *));
  if (!memory || !pointers) {
    cm_free(memory);
    cm_free(pointers);
    return 0;
  }
  memory->table = cm_table_share(table);
  memory->pointers = pointers;
  for (int32_t i = 0; i < n_children; i++) pointers[i] = &memory->children[i];
  memset(schema, 0, sizeof *schema);
  schema->format = format;
  schema->name = name;
  schema->n_children = n_children;
  schema->children = n_children ? pointers : NULL;
  schema->release = release_schema;
  schema->private_data = memory;
  return 1;
}

/* The specification's coding of key and value: counts as native 32-bit integers, then the bytes. */
static char *unit_metadata(const char *unit) {
  static const char key[] = "unit";
  int32_t pairs = 1, key_length = sizeof key - 1, length = (int32_t)strlen(unit);
  char *metadata = cm_alloc(3 * sizeof(int32_t) + (size_t)key_length + (size_t)length), *m = metadata;
  if (!metadata) return NULL;
  memcpy(m, &pairs, sizeof pairs);
  memcpy(m += sizeof pairs, &key_length, sizeof key_length);
  memcpy(m += sizeof key_length, key, (size_t)key_length);
  memcpy(m += key_length, &length, sizeof length);
  memcpy(m + sizeof length, unit, (size_t)length);
  return metadata;
}

static int make_column_schema(struct ArrowSchema *schema, critmin_table *table, const cm_table_column *column) {
  if (!begin_schema(schema, table, format_of(column->type), column->name, 0)) return 0;
  schema_memory *memory = schema->private_data;
  schema->flags = ARROW_FLAG_NULLABLE;
  if (*column->unit) {
    schema->metadata = memory->metadata = unit_metadata(column->unit);
    if (!schema->metadata) return 0;
  }
  if (column->type == CRITMIN_COLUMN_TEXT) {
    if (!begin_schema(&memory->dictionary, table, "u", "", 0)) return 0;
    schema->dictionary = &memory->dictionary;
  }
  return 1;
}

static int make_schema(struct ArrowSchema *schema, critmin_table *table) {
  if (!begin_schema(schema, table, "+s", "", table->n_columns)) return 0;
  for (int32_t i = 0; i < table->n_columns; i++) {
    if (make_column_schema(schema->children[i], table, &table->columns[i])) continue;
    release_schema(schema);
    return 0;
  }
  return 1;
}

/* Arrays ---------------------------------------------------------------------------------------------------------------- */

typedef struct array_memory {
  critmin_table *table;
  const void *buffers[3];
  uint8_t *validity;
  struct ArrowArray dictionary;
  struct ArrowArray **pointers;
  struct ArrowArray children[];
} array_memory;

static void release_array(struct ArrowArray *array) {
  if (!array || !array->release) return;
  array_memory *memory = array->private_data;
  for (int64_t i = 0; i < array->n_children; i++) release_array(array->children[i]);
  if (array->dictionary && array->dictionary->release) array->dictionary->release(array->dictionary);
  cm_free(memory->validity);
  cm_free(memory->pointers);
  critmin_table_free(memory->table);
  cm_free(memory);
  array->release = NULL;
}

static int begin_array(struct ArrowArray *array, critmin_table *table, int64_t length, int64_t n_buffers, int32_t n_children) {
  array_memory *memory = cm_alloc_array(1, sizeof *memory + (size_t)n_children * sizeof memory->children[0]);
  struct ArrowArray **pointers = cm_alloc_array((size_t)n_children, sizeof(struct ArrowArray *));
  if (!memory || !pointers) {
    cm_free(memory);
    cm_free(pointers);
    return 0;
  }
  memory->table = cm_table_share(table);
  memory->pointers = pointers;
  for (int32_t i = 0; i < n_children; i++) pointers[i] = &memory->children[i];
  memset(array, 0, sizeof *array);
  array->length = length;
  array->n_buffers = n_buffers;
  array->buffers = memory->buffers;
  array->n_children = n_children;
  array->children = n_children ? pointers : NULL;
  array->release = release_array;
  array->private_data = memory;
  return 1;
}

static int is_missing(const cm_table_column *column, int64_t row) {
  if (column->type == CRITMIN_COLUMN_NUMBER) return isnan(column->values.numbers[row]);
  if (column->type == CRITMIN_COLUMN_INTEGER) return column->values.integers[row] == CRITMIN_INTEGER_MISSING;
  return column->values.codes[row] < 0;
}

/* One bit for each row, set where the cell is there; no bitmap where all are. */
static int make_validity(struct ArrowArray *array, const cm_table_column *column) {
  array_memory *memory = array->private_data;
  for (int64_t i = 0; i < array->length; i++) array->null_count += is_missing(column, i);
  if (!array->null_count) return 1;
  memory->validity = cm_alloc_array(((size_t)array->length + 63) / 64, 8);
  if (!memory->validity) return 0;
  for (int64_t i = 0; i < array->length; i++) {
    if (!is_missing(column, i)) memory->validity[i / 8] = (uint8_t)(memory->validity[i / 8] | 1u << (i % 8));
  }
  memory->buffers[0] = memory->validity;
  return 1;
}

static int make_column_array(struct ArrowArray *array, critmin_table *table, const cm_table_column *column) {
  if (!begin_array(array, table, table->rows, 2, 0)) return 0;
  array_memory *memory = array->private_data;
  memory->buffers[1] = column->values.memory;
  if (!make_validity(array, column)) return 0;
  if (column->type == CRITMIN_COLUMN_TEXT) {
    if (!begin_array(&memory->dictionary, table, column->words.count, 3, 0)) return 0;
    array_memory *words = memory->dictionary.private_data;
    words->buffers[1] = column->words.offsets;
    words->buffers[2] = column->words.bytes;
    array->dictionary = &memory->dictionary;
  }
  return 1;
}

static int make_array(struct ArrowArray *array, critmin_table *table) {
  if (!begin_array(array, table, table->rows, 1, table->n_columns)) return 0;
  for (int32_t i = 0; i < table->n_columns; i++) {
    if (make_column_array(array->children[i], table, &table->columns[i])) continue;
    release_array(array);
    return 0;
  }
  return 1;
}

/* The stream ------------------------------------------------------------------------------------------------------------ */

typedef struct stream_memory {
  critmin_table *table;
  int given; /* the one batch has been */
  const char *last_error;
} stream_memory;

static int answer(stream_memory *memory, int made) {
  memory->last_error = made ? NULL : "out of memory";
  return made ? 0 : ENOMEM;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  stream_memory *memory = stream->private_data;
  struct ArrowSchema schema;
  int made = make_schema(&schema, memory->table);
  if (made) *out = schema;
  return answer(memory, made);
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  stream_memory *memory = stream->private_data;
  if (memory->given) {
    memset(out, 0, sizeof *out); /* released: the end of the stream */
    return answer(memory, 1);
  }
  struct ArrowArray array;
  int made = make_array(&array, memory->table);
  if (made) {
    *out = array;
    memory->given = 1;
  }
  return answer(memory, made);
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
  return ((const stream_memory *)stream->private_data)->last_error;
}

static void release_stream(struct ArrowArrayStream *stream) {
  if (!stream || !stream->release) return;
  stream_memory *memory = stream->private_data;
  critmin_table_free(memory->table);
  cm_free(memory);
  stream->release = NULL;
}

critmin_status critmin_table_arrow(const critmin_table *table, struct ArrowArrayStream *stream, critmin_error *error) {
  if (!table) return cm_fail_null(error, "table");
  if (!stream) return cm_fail_null(error, "stream");
  stream_memory *memory = cm_alloc_array(1, sizeof *memory);
  if (!memory) return cm_fail_memory(error);
  /* Only the count of references changes, which no reader of the table sees. */
  memory->table = cm_table_share((critmin_table *)table);
  stream->get_schema = get_schema;
  stream->get_next = get_next;
  stream->get_last_error = get_last_error;
  stream->release = release_stream;
  stream->private_data = memory;
  return cm_ok(error);
}
