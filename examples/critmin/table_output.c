/* SPDX-License-Identifier: MIT */
#include "table_output.h"

#include <string.h>

#include "failure.h"
#include "nearest.h"
#include "output.h"

static const char *const formats[] = {"text", "csv", "json", "md"};

static const char *const layouts[] = {"brightway", "openlca", "simapro"};

int table_is_factors(const request *r) {
  for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
    if (strcmp(r->format, layouts[i]) == 0) return 1;
  }
  return 0;
}

int table_format_known(const request *r) {
  const char *format = r->format;
  nearest near = {.word = format};
  if (table_is_factors(r)) {
    if (r->command->run == run_metric) return 0;
    return fail(ENDED_USAGE, "`%s` is for factors of metrics; `critmin metric` writes it", format);
  }
  if (strcmp(format, "svg") == 0) {
    if (r->command->run == run_origin) return 0;
    return fail(ENDED_USAGE, "`svg` is for pictures; `critmin origin` draws one");
  }
  for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
    if (strcmp(format, formats[i]) == 0) return 0;
    nearest_try(&near, formats[i]);
  }
  for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) nearest_try(&near, layouts[i]);
  if (near.best) return fail(ENDED_USAGE, "there is no format `%s`; did you mean `%s`?", format, near.best);
  return fail(ENDED_USAGE, "there is no format `%s`; the formats are text, csv, json and md", format);
}

int table_is_text(const request *r) { return strcmp(r->format, "text") == 0; }

void table_add_text(const critmin_table *table, const char *const *hidden, buffer *b) {
  grid g;
  if (grid_of_table(&g, table)) {
    for (; *hidden; hidden++) grid_hide(&g, *hidden);
    grid_hide_empty(&g);
    grid_text(&g, output_width(), b);
  } else {
    b->failed = 1;
  }
  grid_free(&g);
}

int table_write_text(const request *r, buffer *b) {
  const char *store = r->n_words > 0 ? r->words[0] : NULL;
  int code = b->failed ? fail_memory() : output_write(r->out, store, b->text ? b->text : "", b->length);
  buffer_free(b);
  return code;
}

int table_write(const request *r, const critmin_table *table) {
  buffer b = {0};
  if (table_is_text(r)) {
    table_add_text(table, (const char *const[]){NULL}, &b);
    return table_write_text(r, &b);
  }
  critmin_error error;
  char *text = NULL;
  int64_t size = 0;
  critmin_status status = table_is_factors(r) ? critmin_table_factors(table, r->format, &text, &size, &error)
                                              : critmin_table_format(table, r->format, &text, &error);
  if (status != CRITMIN_OK) return fail_library(&error, FROM_COMMAND_LINE, NULL);
  int code = output_write(r->out, r->words[0], text, table_is_factors(r) ? (size_t)size : strlen(text));
  critmin_text_free(text);
  return code;
}

int table_write_report(const request *r, const char *sentence, const grid *rows) {
  buffer b = {0};
  if (table_is_text(r)) {
    buffer_text(&b, sentence);
    buffer_text(&b, "\n");
  } else if (strcmp(r->format, "csv") == 0) {
    grid_csv(rows, &b);
  } else if (strcmp(r->format, "json") == 0) {
    grid_json(rows, &b);
  } else {
    grid_md(rows, &b);
  }
  return table_write_text(r, &b);
}
