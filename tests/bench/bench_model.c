/* SPDX-License-Identifier: MIT */
/*
 * How fast millions of flows go into a store and come out of it into a model, and how large that is.
 *
 *   bench_model [FLOWS] [STORE]   (5,000,000 flows in bench_model.db when not given; the file is removed at the end)
 *
 * Beside it, in the same run, SQLite alone steps over the same rows, which bounds what a loader can do. Figures are
 * printed, none is asserted.
 */
#define _XOPEN_SOURCE 700
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "critmin/critmin.h"

enum { MINERALS = 100, COUNTRIES = 250, YEARS = 30, FIRST_YEAR = 1995 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void must(critmin_status status, const critmin_error *error) {
  if (status == CRITMIN_OK) return;
  fprintf(stderr, "bench_model: %s\n", error->message);
  exit(1);
}

static void set(critmin_store *store, const char *relation, int32_t n, const char *const *names,
                const char *const *values) {
  critmin_error error;
  must(critmin_store_set(store, relation, names, values, n, &error), &error);
}

static char minerals[MINERALS][16], countries[COUNTRIES][4];

static void dictionaries(critmin_store *store) {
  critmin_error error;
  must(critmin_store_begin(store, &error), &error);
  set(store, "source", 4, (const char *[]){"source", "publisher", "title", "licence"},
      (const char *[]){"bench", "bench", "bench", "CC0-1.0"});
  set(store, "edition", 3, (const char *[]){"source", "edition", "date"}, (const char *[]){"bench", "1", "2026-01-01"});
  for (int i = 0; i < COUNTRIES; i++) {
    snprintf(countries[i], sizeof countries[i], "%c%c%c", 'A' + i / 26 % 26, 'A' + i % 26, 'X');
    set(store, "country", 2, (const char *[]){"country", "name"}, (const char *[]){countries[i], countries[i]});
  }
  for (int i = 0; i < MINERALS; i++) {
    snprintf(minerals[i], sizeof minerals[i], "mineral_%d", i);
    set(store, "mineral", 2, (const char *[]){"mineral", "name"}, (const char *[]){minerals[i], minerals[i]});
    set(store, "stage", 6, (const char *[]){"mineral", "stage", "kind", "position", "name", "basis"},
        (const char *[]){minerals[i], "mining", "mining", "1", "Mine", "gross"});
  }
  must(critmin_store_commit(store, &error), &error);
}

typedef struct flows {
  int32_t *mineral, *importer, *exporter, *stage, *source, *edition;
  int64_t *year;
  double *quantity, *amount;
  int64_t n;
} flows;

static void *column(int64_t n, size_t size) {
  void *memory = calloc((size_t)n, size);
  if (!memory) exit(1);
  return memory;
}

/* Spread evenly over markets, in the order of the key. */
static flows make(int64_t n) {
  flows f = {column(n, 4), column(n, 4), column(n, 4), column(n, 4), column(n, 4),
             column(n, 4), column(n, 8), column(n, 8), column(n, 8), 0};
  int64_t markets = (int64_t)MINERALS * YEARS, pairs = (n + markets - 1) / markets, all = COUNTRIES * (COUNTRIES - 1);
  for (int64_t m = 0; m < markets; m++)
    for (int64_t p = 0; p < pairs && f.n < n; p++) {
      int64_t pair = p * all / pairs, importer = pair / (COUNTRIES - 1), exporter = pair % (COUNTRIES - 1);
      f.mineral[f.n] = (int32_t)(m / YEARS);
      f.year[f.n] = FIRST_YEAR + m % YEARS;
      f.importer[f.n] = (int32_t)importer;
      f.exporter[f.n] = (int32_t)(exporter + (exporter >= importer));
      f.quantity[f.n] = (double)(f.n * 7919 % 100003 + 1);
      f.amount[f.n] = 1000 * f.quantity[f.n];
      f.n++;
    }
  return f;
}

static void append(critmin_store *store, const flows *f) {
  critmin_error error;
  critmin_columns *columns;
  const char *mineral[MINERALS], *country[COUNTRIES];
  const char *const stage[] = {"mining"}, *const source[] = {"bench"}, *const edition[] = {"1"},
                    *const currency[] = {"USD"};
  for (int i = 0; i < MINERALS; i++) mineral[i] = minerals[i];
  for (int i = 0; i < COUNTRIES; i++) country[i] = countries[i];
  must(critmin_columns_new(f->n, &columns, &error), &error);
  must(critmin_columns_coded(columns, "mineral", f->mineral, mineral, MINERALS, &error), &error);
  must(critmin_columns_coded(columns, "stage", f->stage, stage, 1, &error), &error);
  must(critmin_columns_integer(columns, "from", f->year, &error), &error);
  must(critmin_columns_integer(columns, "to", f->year, &error), &error);
  must(critmin_columns_coded(columns, "importer", f->importer, country, COUNTRIES, &error), &error);
  must(critmin_columns_coded(columns, "exporter", f->exporter, country, COUNTRIES, &error), &error);
  must(critmin_columns_number(columns, "quantity", f->quantity, &error), &error);
  must(critmin_columns_number(columns, "amount", f->amount, &error), &error);
  must(critmin_columns_coded(columns, "currency", f->stage, currency, 1, &error), &error);
  must(critmin_columns_coded(columns, "source", f->source, source, 1, &error), &error);
  must(critmin_columns_coded(columns, "edition", f->edition, edition, 1, &error), &error);
  double start = now();
  must(critmin_store_append(store, "flow", columns, NULL, NULL, &error), &error);
  double seconds = now() - start;
  printf("appended to the store    %6.2f s  %5.2f million rows a second\n", seconds, 1e-6 * (double)f->n / seconds);
  critmin_columns_free(columns);
}

/* SQLite alone: every column a model keeps, in the order of the key. */
static double step_alone(const char *path) {
  sqlite3 *db;
  sqlite3_stmt *rows;
  double start = now(), sum = 0;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2(db,
                         "SELECT stage_id, from_year, to_year, importer_id, exporter_id, edition_id, hs, quantity, "
                         "basis, amount, currency, "
                         "share, status FROM flow ORDER BY stage_id, from_year, to_year, importer_id, exporter_id",
                         -1, &rows, NULL) != SQLITE_OK)
    exit(1);
  while (sqlite3_step(rows) == SQLITE_ROW) {
    for (int i = 0; i < 6; i++) sum += (double)sqlite3_column_int64(rows, i);
    for (int i = 6; i < 13; i++)
      sum += i == 7 || i == 9 || i == 11 ? sqlite3_column_double(rows, i) : (double)sqlite3_column_bytes(rows, i);
  }
  sqlite3_finalize(rows);
  sqlite3_close(db);
  return isfinite(sum) ? now() - start : 0;
}

int main(int argc, char **argv) {
  int64_t n = argc > 1 ? strtoll(argv[1], NULL, 10) : 5000000;
  const char *path = argc > 2 ? argv[2] : "bench_model.db";
  critmin_error error;
  critmin_store *store;
  must(critmin_store_init(path, CRITMIN_INIT_EMPTY, &error), &error);
  must(critmin_store_open(path, CRITMIN_OPEN_WRITE, &store, &error), &error);
  dictionaries(store);
  flows f = make(n);
  append(store, &f);
  double alone = step_alone(path), start = now();
  critmin_model *model;
  must(critmin_model_load(store, NULL, NULL, NULL, &model, &error), &error);
  double seconds = now() - start;
  critmin_table *size;
  must(critmin_model_size(model, &size, &error), &error);
  double bytes = 0;
  for (int64_t row = 0; row < critmin_table_rows(size); row++)
    bytes += critmin_table_number(size, critmin_table_find(size, "bytes"), row);
  printf("loaded into a model      %6.2f s  %5.2f million rows a second, %.1f bytes a row\n", seconds,
         1e-6 * (double)f.n / seconds, bytes / (double)f.n);
  printf("stepped over by SQLite   %6.2f s  %5.2f million rows a second; the model takes %.2f times that\n", alone,
         1e-6 * (double)f.n / alone, seconds / alone);
  critmin_table_free(size);
  critmin_model_free(model);
  critmin_store_close(store);
  unlink(path);
  void *columns[] = {f.mineral, f.importer, f.exporter, f.stage, f.source, f.edition, f.year, f.quantity, f.amount};
  for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) free(columns[i]);
  return 0;
}
