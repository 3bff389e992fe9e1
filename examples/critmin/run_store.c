/* SPDX-License-Identifier: MIT */
/* init, import, info, check: the store as a whole. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "output.h"
#include "progress.h"
#include "open_store.h"
#include "table_output.h"

int run_init(request *r) {
  const char *path = r->words[0];
  critmin_error error;
  int code = output_refuses(r->out, path);
  if (code) return code;
  if (critmin_store_init(path, CRITMIN_INIT_REFERENCE, &error) != CRITMIN_OK) return fail_path(&error, path, NULL);
  grid g;
  buffer sentence = {0};
  buffer_text(&sentence, "made ");
  buffer_text(&sentence, path);
  buffer_text(&sentence, " with the reference data");
  if (grid_new(&g, 1, 1) && !sentence.failed) {
    g.columns[0].name = "store";
    g.cells[0] = path;
    code = table_write_report(r, sentence.text, &g);
  } else {
    code = fail_memory();
  }
  grid_free(&g);
  buffer_free(&sentence);
  return code;
}

/* What each file brought, file by file: the audits side by side. */
enum { AUDIT_FILE, AUDIT_RELATION, AUDIT_ROWS, AUDIT_NEW, AUDIT_REPLACED, AUDIT_COLUMNS };
static const char *const audit_columns[AUDIT_COLUMNS] = {"file", "relation", "rows", "new", "replaced"};

static int write_audits(const request *r, critmin_table **audits, int n_files) {
  int64_t n_rows = 0;
  for (int i = 0; i < n_files; i++) n_rows += critmin_table_rows(audits[i]);
  grid g, part;
  int complete = grid_new(&g, AUDIT_COLUMNS, n_rows);
  char(*numbers)[32] = calloc((size_t)n_rows * AUDIT_COLUMNS + 1, sizeof *numbers);
  int64_t row = 0;
  for (int i = 0; i < n_files && complete && numbers; i++) {
    complete = grid_of_table(&part, audits[i]);
    for (int64_t k = 0; k < part.n_rows && complete; k++, row++) {
      g.cells[row * AUDIT_COLUMNS] = r->words[1 + i];
      for (int column = AUDIT_RELATION; column < AUDIT_COLUMNS; column++) {
        int from = critmin_table_find(audits[i], audit_columns[column]);
        const char *text = from < 0 ? "" : part.cells[k * part.n_columns + from];
        if (column == AUDIT_RELATION) {
          g.cells[row * AUDIT_COLUMNS + column] = from < 0 ? "" : critmin_table_text(audits[i], from, k);
        } else {
          char *copy = numbers[row * AUDIT_COLUMNS + column];
          snprintf(copy, sizeof numbers[0], "%s", text);
          g.cells[row * AUDIT_COLUMNS + column] = copy;
        }
      }
    }
    grid_free(&part);
  }
  int code;
  if (complete && numbers) {
    buffer b = {0};
    for (int column = 0; column < AUDIT_COLUMNS; column++) {
      g.columns[column].name = audit_columns[column];
      g.columns[column].number = column >= AUDIT_ROWS;
    }
    grid_text(&g, output_width(), &b);
    if (b.length > 0) b.text[b.length - 1] = '\0'; /* the report ends its own line */
    code = b.failed ? fail_memory() : table_write_report(r, b.text, &g);
    buffer_free(&b);
  } else {
    code = fail_memory();
  }
  free(numbers);
  grid_free(&g);
  return code;
}

/* A name that is unknown on no line of the file is that of the format. */
static int refuse_import(const critmin_error *error, const char *path) {
  int of_format = error->status == CRITMIN_ERROR_UNKNOWN_NAME && error->row == 0;
  return of_format ? fail_library(error, FROM_COMMAND_LINE, NULL) : fail_path(error, path, NULL);
}

int run_import(request *r) {
  const char *format = r->from ? r->from : "critmin";
  critmin_store *store = NULL;
  critmin_error error;
  int n_files = r->n_words - 1;
  int code = store_open(r, CRITMIN_OPEN_WRITE, &store);
  if (code) return code;
  critmin_table **audits = calloc((size_t)n_files, sizeof *audits);
  if (!audits) {
    critmin_store_close(store);
    return fail_memory();
  }
  if (critmin_store_begin(store, &error) != CRITMIN_OK) code = fail_library(&error, FROM_FILE, NULL);
  for (int i = 0; i < n_files && !code; i++) {
    const char *path = r->words[1 + i];
    if (critmin_store_import(store, format, path, progress_report, (void *)(uintptr_t)path, &audits[i], &error) !=
        CRITMIN_OK) {
      code = refuse_import(&error, path);
    }
  }
  if (!code && critmin_store_commit(store, &error) != CRITMIN_OK) code = fail_library(&error, FROM_FILE, NULL);
  critmin_store_close(store); /* what was not committed is rolled back */
  progress_clear();
  if (!code) code = write_audits(r, audits, n_files);
  for (int i = 0; i < n_files; i++) critmin_table_free(audits[i]);
  free(audits);
  return code;
}

int run_info(request *r) {
  critmin_store *store = NULL;
  critmin_table *table = NULL;
  critmin_error error;
  int code = store_open(r, CRITMIN_OPEN_READ, &store);
  if (code) return code;
  code = critmin_store_info(store, &table, &error) == CRITMIN_OK ? table_write(r, table)
                                                                 : fail_library(&error, FROM_FILE, NULL);
  critmin_table_free(table);
  critmin_store_close(store);
  return code;
}

/* In the order of how much they matter; the first two are what nobody explained. */
static const char *const severities[] = {"error", "finding", "explained", "gap", "coverage"};
enum { N_SEVERITIES = sizeof severities / sizeof severities[0], N_UNEXPLAINED = 2 };

int run_check(request *r) {
  critmin_store *store = NULL;
  critmin_table *table = NULL;
  critmin_error error;
  int code = store_open(r, CRITMIN_OPEN_READ, &store);
  if (code) return code;
  if (critmin_store_check(store, &table, &error) != CRITMIN_OK) {
    code = fail_library(&error, FROM_FILE, NULL);
    critmin_store_close(store);
    return code;
  }
  int64_t counts[N_SEVERITIES] = {0};
  int column = critmin_table_find(table, "severity");
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *severity = critmin_table_text(table, column, row);
    for (int i = 0; severity && i < N_SEVERITIES; i++) counts[i] += strcmp(severity, severities[i]) == 0;
  }
  if (table_is_text(r)) {
    buffer b = {0};
    table_add_text(table, (const char *const[]){NULL}, &b);
    buffer_text(&b, "\n");
    for (int i = 0; i < N_SEVERITIES; i++) {
      char count[64];
      snprintf(count, sizeof count, "%s%s: %" PRId64, i > 0 ? ", " : "", severities[i], counts[i]);
      buffer_text(&b, count);
    }
    buffer_text(&b, "\n");
    code = table_write_text(r, &b);
  } else {
    code = table_write(r, table);
  }
  for (int i = 0; i < N_UNEXPLAINED && !code; i++) {
    if (counts[i] > 0) code = ENDED_UNANSWERED;
  }
  critmin_table_free(table);
  critmin_store_close(store);
  return code;
}
