/* SPDX-License-Identifier: MIT */
/* The project's own CSV layout: one relation in a file, its fields as columns, in any order. */
#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "import/header.h"
#include "import/import.h"
#include "store/rows.h"

enum { CHUNK = 65536, FIELD = 4096, ROWS_BETWEEN_PROGRESS = 4096 };

typedef struct reader {
  cm_import *import;
  struct csv_parser parser;
  FILE *file;
  int64_t line;   /* being read, from 1 */
  int64_t begins; /* line on which the record began */
  int between;    /* no record is under way */
  int64_t bytes, total;
  /* the record: its cells as places in one text */
  cm_buffer text;
  size_t *cells;
  size_t n_cells, cells_room;
  /* the header and what it leads to */
  cm_header header;
  int has_header;
  const char **values; /* by field of the relation */
  cm_writer *writer;
  int64_t rows, replaced;
  critmin_status status;
  critmin_error *error;
} reader;

/* "FILE, line 3, column 2 ('country'): <what the row's writer said>" */
static critmin_status fail_in(reader *r, critmin_status status, int64_t line, int64_t column, const char *what) {
  char place[96] = "";
  const char *name = column > 0 && (size_t)column <= r->header.n_columns ? r->header.columns[column - 1]->name : NULL;
  if (name) snprintf(place, sizeof place, ", column %lld (%s)", (long long)column, name);
  if (!name && column > 0) snprintf(place, sizeof place, ", column %lld", (long long)column);
  int32_t system_code = r->error->system_code;
  cm_fail(r->error, status, "%s, line %lld%s: %s", r->import->path, (long long)line, place, what);
  r->error->system_code = system_code;
  return cm_fail_at(r->error, status, line, column);
}

static void stop(reader *r, critmin_status status) {
  if (r->status == CRITMIN_OK) r->status = status;
}

/* A failure of the writer, told in places of the file. Want of memory and of disk are not of a row. */
static void stop_at_row(reader *r, critmin_status status) {
  critmin_error said = *r->error;
  int64_t column = said.column > 0 ? cm_header_column(&r->header, (int)said.column - 1) : 0;
  stop(r, status);
  if (status == CRITMIN_ERROR_MEMORY || status == CRITMIN_ERROR_DISK_FULL || status == CRITMIN_ERROR_IO) return;
  fail_in(r, status, r->begins, column, said.message);
}

static void on_cell(void *data, size_t length, void *user) {
  reader *r = user;
  if (r->status != CRITMIN_OK) return;
  int64_t column = (int64_t)r->n_cells + 1;
  if (memchr(data, 0, length) || !cm_text_valid(data, length)) {
    stop(r, fail_in(r, CRITMIN_ERROR_FORMAT, r->begins, column, "the text is not UTF-8; save the file as UTF-8"));
    return;
  }
  if (!cm_grow(&r->cells, r->n_cells, &r->cells_room, sizeof *r->cells)) {
    stop(r, cm_fail_memory(r->error));
    return;
  }
  r->cells[r->n_cells++] = r->text.length;
  cm_buffer_add_n(&r->text, data, length);
  cm_buffer_add_n(&r->text, "", 1);
  if (r->text.failed) stop(r, cm_fail_memory(r->error));
}

static critmin_status read_header(reader *r) {
  const char **names = cm_alloc_array(r->n_cells, sizeof *names);
  if (!names) return cm_fail_memory(r->error);
  for (size_t i = 0; i < r->n_cells; i++) names[i] = r->text.data + r->cells[i];
  int64_t column = 0;
  critmin_error said;
  critmin_status status = cm_header_read(&r->header, names, r->n_cells, r->import->path, &column, &said);
  cm_free(names);
  if (status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(r->error);
  if (status != CRITMIN_OK) return fail_in(r, status, r->begins, column, said.message);
  r->values = cm_alloc_array((size_t)r->header.relation->n_fields, sizeof *r->values);
  if (!r->values) return cm_fail_memory(r->error);
  r->has_header = 1;
  return cm_writer_open(r->import->store, r->header.relation, CM_REPLACE_ONCE, &r->writer, r->error);
}

static void read_row(reader *r) {
  if (r->n_cells != r->header.n_columns) {
    char what[96];
    snprintf(what, sizeof what, "%zu fields where the header has %zu", r->n_cells, r->header.n_columns);
    stop(r, fail_in(r, CRITMIN_ERROR_FORMAT, r->begins, 0, what));
    return;
  }
  for (size_t i = 0; i < r->n_cells; i++)
    r->values[r->header.columns[i] - r->header.relation->fields] = r->text.data + r->cells[i];
  if (cm_producer_is_total(r->header.relation, r->values)) return;
  int replaced = 0;
  critmin_status status = cm_writer_row(r->writer, r->values, &replaced, r->error);
  if (status != CRITMIN_OK) {
    stop_at_row(r, status);
    return;
  }
  r->rows++;
  r->replaced += replaced;
  if (r->import->progress && r->rows % ROWS_BETWEEN_PROGRESS == 0 &&
      r->import->progress(r->import->user, r->bytes, r->total))
    stop(r, cm_fail(r->error, CRITMIN_ERROR_CANCELLED,
                    "%s: the import was asked to stop at line %lld; nothing was written", r->import->path,
                    (long long)r->line));
}

static void on_record(int end, void *user) {
  reader *r = user;
  (void)end;
  if (r->status == CRITMIN_OK && r->has_header)
    read_row(r);
  else if (r->status == CRITMIN_OK)
    stop(r, read_header(r));
  r->n_cells = 0;
  r->text.length = 0;
  r->between = 1;
  r->begins = r->line;
}

static critmin_status parse_failed(reader *r) {
  if (csv_error(&r->parser) != CSV_EPARSE) return cm_fail_memory(r->error);
  return fail_in(r, CRITMIN_ERROR_FORMAT, r->line, (int64_t)r->n_cells + 1,
                 "a quotation mark out of place; a field that holds one is quoted whole, and the mark doubled");
}

/* One line at a time, so that it is known on which a record begins. */
static void parse(reader *r, const char *data, size_t length) {
  while (length && r->status == CRITMIN_OK) {
    const char *end = memchr(data, '\n', length);
    size_t part = end ? (size_t)(end - data) + 1 : length;
    if (r->between) {
      r->begins = r->line;
      size_t text = part;
      while (text && (data[text - 1] == '\n' || data[text - 1] == '\r')) text--;
      if (text) r->between = 0;
    }
    r->bytes += (int64_t)part;
    if (csv_parse(&r->parser, data, part, on_cell, on_record, r) != part) stop(r, parse_failed(r));
    if (end) r->line++;
    data += part;
    length -= part;
  }
}

static critmin_status fail_file(reader *r, const char *doing) {
  int code = errno;
  cm_fail(r->error, CRITMIN_ERROR_IO, "%s: cannot be %s: %s", r->import->path, doing, strerror(code));
  r->error->system_code = code;
  return CRITMIN_ERROR_IO;
}

static void parse_file(reader *r, char *chunk) {
  /* libcsv asks for less when it cannot get what it wants; it is given room for any common field, or none. */
  r->parser.entry_buf = cm_alloc(FIELD);
  if (!r->parser.entry_buf) {
    stop(r, cm_fail_memory(r->error));
    return;
  }
  r->parser.entry_size = FIELD;
  size_t length;
  int first = 1;
  while (r->status == CRITMIN_OK && (length = fread(chunk, 1, CHUNK, r->file)) > 0) {
    size_t mark = first && length >= 3 && memcmp(chunk, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    first = 0;
    parse(r, chunk + mark, length - mark);
  }
  if (r->status == CRITMIN_OK && ferror(r->file)) stop(r, fail_file(r, "read"));
  if (r->status == CRITMIN_OK && csv_fini(&r->parser, on_cell, on_record, r) != 0) stop(r, parse_failed(r));
  if (r->status == CRITMIN_OK && !r->has_header)
    stop(r, fail_in(r, CRITMIN_ERROR_FORMAT, 1, 0, "the file is empty; its first line names the columns"));
}

static void *resize(void *memory, size_t size) {
  return cm_resize(memory, size, 1);
}
static int never(unsigned char c) {
  (void)c;
  return 0; /* spaces belong to a field, as RFC 4180 says */
}

static void read_file(reader *r) {
  r->file = fopen(r->import->path, "rb");
  if (!r->file) {
    stop(r, fail_file(r, "opened"));
    return;
  }
  if (fseek(r->file, 0, SEEK_END) == 0) {
    long size = ftell(r->file);
    r->total = size > 0 ? size : 0;
    rewind(r->file);
  }
  char *chunk = cm_alloc(CHUNK);
  if (!chunk)
    stop(r, cm_fail_memory(r->error));
  else
    parse_file(r, chunk);
  cm_free(chunk);
  fclose(r->file);
}

critmin_status cm_import_critmin(cm_import *import, critmin_error *error) {
  critmin_error local;
  reader r = {.import = import, .line = 1, .begins = 1, .between = 1, .error = error ? error : &local};
  cm_ok(r.error);
  csv_init(&r.parser, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_realloc_func(&r.parser, resize);
  csv_set_free_func(&r.parser, cm_free);
  csv_set_space_func(&r.parser, never);
  read_file(&r);
  if (r.status == CRITMIN_OK) stop(&r, cm_writer_finish(r.writer, r.error));
  if (r.status == CRITMIN_OK) stop(&r, cm_import_add(import, r.header.relation, r.rows, r.replaced, r.error));
  cm_writer_close(r.writer);
  csv_free(&r.parser);
  cm_header_free(&r.header);
  cm_buffer_free(&r.text);
  cm_free(r.cells);
  cm_free(r.values);
  return r.status;
}
