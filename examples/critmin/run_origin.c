/* SPDX-License-Identifier: MIT */
/* origin: where what a country has was made, looked through trade and stages; as rows, in words, or drawn. */
#include <math.h>
#include <string.h>

#include "../picture/origin_picture.h"
#include "failure.h"
#include "open_store.h"
#include "origin_text.h"
#include "progress.h"
#include "table_output.h"

static char loading[] = "loading", computing[] = "computing";

/* One answer is of one mineral, stage, country and year; only the rows themselves can be of several. */
static int is_of_one(const critmin_table *table) {
  static const char *const columns[] = {"mineral", "stage", "country", "year"};
  for (int64_t row = 1; row < critmin_table_rows(table); row++) {
    for (size_t i = 0; i < 3; i++) {
      if (strcmp(origin_word(table, columns[i], 0), origin_word(table, columns[i], row)) != 0) return 0;
    }
    double year = origin_number(table, columns[3], 0), other = origin_number(table, columns[3], row);
    if (year < other || year > other) return 0;
  }
  return 1;
}

static int has_answer(const critmin_table *table) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (!isnan(origin_number(table, "value", row))) return 1;
  }
  return 0;
}

/* In words, or drawn. */
static int show_one(const request *r, critmin_store *store, const critmin_model *model, const critmin_table *table,
                    int picture) {
  origin o = {.store = store,
              .model = model,
              .source = r->source,
              .edition = r->edition,
              .date = r->date,
              .table = table};
  buffer b = {0};
  critmin_error error;
  critmin_status status = origin_open(&o, &error);
  if (status == CRITMIN_OK && picture) status = origin_picture(&o, NULL, &b, &error);
  int code = status == CRITMIN_OK ? 0 : fail_library(&error, FROM_COMMAND_LINE, NULL);
  if (!code && !picture) code = origin_text(&o, &b);
  origin_close(&o);
  if (!code) return table_write_text(r, &b);
  buffer_free(&b);
  return code;
}

static int show(const request *r, critmin_store *store, const critmin_model *model, const critmin_table *table) {
  int picture = strcmp(r->format, "svg") == 0;
  if (picture && !is_of_one(table))
    return fail(ENDED_USAGE,
                "a picture is of one mineral, stage, country and year; name them, or ask for --format csv");
  if (picture && !has_answer(table))
    return fail(ENDED_UNANSWERED, "nothing is on record of where this comes from; --format csv tells the flags");
  if (!picture && (!table_is_text(r) || !is_of_one(table) || !has_answer(table))) return table_write(r, table);
  return show_one(r, store, model, table, picture);
}

static int compute(request *r, critmin_store *store, critmin_model **model, critmin_table **table) {
  critmin_error error;
  critmin_status status = critmin_selection_add(r->selection, "metric", "origin_share", &error);
  if (status == CRITMIN_OK && r->at) status = critmin_selection_set(r->selection, "at", r->at, &error);
  if (status != CRITMIN_OK) return fail_library(&error, FROM_COMMAND_LINE, NULL);
  if (critmin_model_load(store, r->selection, progress_report, loading, model, &error) != CRITMIN_OK)
    return fail_library(&error, error.status == CRITMIN_ERROR_MIXED_BASES ? FROM_FILE : FROM_COMMAND_LINE, NULL);
  status = critmin_metric_compute(*model, r->selection, r->threads, progress_report, computing, table, &error);
  progress_clear();
  if (status != CRITMIN_OK) return fail_library(&error, FROM_COMMAND_LINE, NULL);
  return progress_interrupted() ? fail(ENDED_MACHINE, "interrupted; nothing was written") : 0;
}

int run_origin(request *r) {
  static const uint64_t needed = TAKES_MINERAL | TAKES_STAGE | TAKES_COUNTRY | TAKES_YEAR;
  critmin_store *store = NULL;
  critmin_model *model = NULL;
  critmin_table *table = NULL;
  if ((r->chosen & needed) != needed)
    return fail(ENDED_USAGE,
                "of what, where and when? critmin origin STORE --mineral M --stage S --country C --year Y");
  int code = store_open(r, CRITMIN_OPEN_READ, &store);
  if (!code) code = compute(r, store, &model, &table);
  if (!code) code = show(r, store, model, table);
  if (!code && !has_answer(table)) code = ENDED_UNANSWERED;
  critmin_table_free(table);
  critmin_model_free(model);
  critmin_store_close(store);
  return code;
}
