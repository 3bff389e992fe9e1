/* SPDX-License-Identifier: MIT */
/*
 * GeoPolRisk from a loaded model: 53 minerals of 256 countries in 5 years over 340,000 flows in a store in memory, every
 * importer's score through the catalogue, and one score by the kernel. Prints the best of several runs, and asserts
 * none.
 *
 *   bench-geopolrisk [THREADS]
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "critmin/critmin.h"

enum { MINERALS = 53, COUNTRIES = 256, YEARS = 5, FIRST_YEAR = 2018, FLOWS = 340000, RUNS = 15 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static critmin_error error;
static void must(critmin_status status) {
  if (status == CRITMIN_OK) return;
  fprintf(stderr, "bench-geopolrisk: %s\n", error.message);
  exit(1);
}

static uint64_t state = 1;
static double drawn(void) {
  state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (double)(state >> 11) * 0x1p-53;
}

static char minerals[MINERALS][16], countries[COUNTRIES][4];

#define SET(store, relation, ...)                                                                                      \
  do {                                                                                                                 \
    const char *const pairs[] = {__VA_ARGS__};                                                                         \
    set(store, relation, pairs, (int32_t)(sizeof pairs / sizeof pairs[0]));                                            \
  } while (0)
static void set(critmin_store *store, const char *relation, const char *const *pairs, int32_t n) {
  const char *names[16], *values[16];
  for (int32_t i = 0; i < n / 2; i++) {
    names[i] = pairs[2 * i];
    values[i] = pairs[2 * i + 1];
  }
  must(critmin_store_set(store, relation, names, values, n / 2, &error));
}

static void dictionaries(critmin_store *store) {
  SET(store, "source", "source", "bench", "publisher", "bench", "title", "bench", "licence", "CC0-1.0");
  SET(store, "edition", "source", "bench", "edition", "1", "date", "2026-01-01");
  SET(store, "measure", "measure", "production", "text", "Output");
  SET(store, "measure", "measure", "flow", "text", "Trade");
  SET(store, "indicator_kind", "indicator", "political_stability", "name", "Stability", "unit", "score", "worst", "-2.5",
      "best", "2.5", "source", "bench");
  for (int i = 0; i < COUNTRIES; i++) {
    snprintf(countries[i], sizeof countries[i], "%c%c%c", 'A' + i / 26, 'A' + i % 26, 'X');
    SET(store, "country", "country", countries[i], "name", countries[i]);
  }
  SET(store, "country", "country", "WLD", "name", "World", "kind", "world");
  for (int i = 0; i < MINERALS; i++) {
    snprintf(minerals[i], sizeof minerals[i], "mineral_%d", i);
    SET(store, "mineral", "mineral", minerals[i], "name", minerals[i]);
    SET(store, "stage", "mineral", minerals[i], "stage", "mining", "kind", "mining", "position", "1", "name", "Mine",
        "basis", "gross", "unit", "t");
  }
}

/* Output of half of the countries, nothing by the others; a price a year; stability of all. */
static void figures(critmin_store *store) {
  char year[8], value[32];
  for (int y = 0; y < YEARS; y++) {
    snprintf(year, sizeof year, "%d", FIRST_YEAR + y);
    for (int c = 0; c < COUNTRIES; c++) {
      snprintf(value, sizeof value, "%.6f", 5 * drawn() - 2.5);
      SET(store, "indicator", "indicator", "political_stability", "country", countries[c], "year", year, "value", value,
          "source", "bench", "edition", "1");
    }
    for (int m = 0; m < MINERALS; m++) {
      SET(store, "price", "mineral", minerals[m], "from", year, "to", year, "amount", "3000", "per", "t", "currency",
          "USD", "source", "bench", "edition", "1");
      for (int c = 0; c < COUNTRIES; c++) {
        int makes = drawn() < .5;
        snprintf(value, sizeof value, "%.3f", makes ? 1 + 1e4 * drawn() * drawn() * drawn() : 0);
        SET(store, "figure", "measure", "production", "mineral", minerals[m], "stage", "mining", "country", countries[c],
            "from", year, "to", year, "unit", "t", "basis", "gross", "value", value, "status",
            makes ? "reported" : "zero", "source", "bench", "edition", "1");
      }
    }
  }
}

static void flows(critmin_store *store) {
  static int32_t mineral[FLOWS], importer[FLOWS], exporter[FLOWS], zero[FLOWS];
  static int64_t year[FLOWS];
  static double quantity[FLOWS];
  int64_t n = 0;
  for (int64_t market = 0; market < MINERALS * YEARS; market++) {
    int64_t last = FLOWS * (market + 1) / (MINERALS * YEARS), each = (last - n + COUNTRIES - 1) / COUNTRIES;
    for (int32_t to = 0; to < COUNTRIES; to++) {
      for (int64_t k = 0; k < each && n < last; k++, n++) {
        mineral[n] = (int32_t)(market / YEARS);
        year[n] = FIRST_YEAR + market % YEARS;
        importer[n] = to;
        exporter[n] = (int32_t)((to + 1 + k * 37) % COUNTRIES);
        quantity[n] = 1 + 1e3 * drawn() * drawn();
      }
    }
  }
  const char *mineral_words[MINERALS], *country_words[COUNTRIES];
  const char *const stage[] = {"mining"}, *const source[] = {"bench"}, *const edition[] = {"1"}, *const basis[] = {"gross"};
  for (int i = 0; i < MINERALS; i++) mineral_words[i] = minerals[i];
  for (int i = 0; i < COUNTRIES; i++) country_words[i] = countries[i];
  critmin_columns *c;
  must(critmin_columns_new(n, &c, &error));
  must(critmin_columns_coded(c, "mineral", mineral, mineral_words, MINERALS, &error));
  must(critmin_columns_coded(c, "stage", zero, stage, 1, &error));
  must(critmin_columns_integer(c, "from", year, &error));
  must(critmin_columns_integer(c, "to", year, &error));
  must(critmin_columns_coded(c, "importer", importer, country_words, COUNTRIES, &error));
  must(critmin_columns_coded(c, "exporter", exporter, country_words, COUNTRIES, &error));
  must(critmin_columns_number(c, "quantity", quantity, &error));
  must(critmin_columns_coded(c, "basis", zero, basis, 1, &error));
  must(critmin_columns_coded(c, "source", zero, source, 1, &error));
  must(critmin_columns_coded(c, "edition", zero, edition, 1, &error));
  must(critmin_store_append(store, "flow", c, NULL, NULL, &error));
  critmin_columns_free(c);
}

static critmin_model *model(void) {
  critmin_store *store;
  critmin_model *made;
  must(critmin_store_open(":memory:", CRITMIN_OPEN_WRITE, &store, &error));
  must(critmin_store_begin(store, &error));
  dictionaries(store);
  figures(store);
  must(critmin_store_commit(store, &error));
  flows(store);
  must(critmin_model_load(store, NULL, NULL, NULL, &made, &error));
  critmin_store_close(store);
  return made;
}

static void through_the_catalogue(const critmin_model *m, const char *metric, int32_t threads) {
  critmin_selection *selection;
  double best = 1e9;
  long long rows = 0;
  must(critmin_selection_new(&selection, &error));
  must(critmin_selection_add(selection, "metric", metric, &error));
  for (int run = 0; run < RUNS; run++) {
    critmin_table *table;
    double start = now();
    must(critmin_metric_compute(m, selection, threads, NULL, NULL, &table, &error));
    double taken = now() - start;
    if (taken < best) best = taken;
    rows = (long long)critmin_table_rows(table);
    critmin_table_free(table);
  }
  critmin_selection_free(selection);
  printf("%-18s %8.2f ms  %lld rows with interval, flags and sources, %d threads\n", metric, 1e3 * best, rows,
         (int)threads);
}

/* One importer with sixty partners, of a world of a hundred producers. */
static void by_the_kernel(void) {
  enum { PRODUCERS = 100, PARTNERS = 60, TIMES = 20000 };
  double production[PRODUCERS], imports[PARTNERS], risk[PARTNERS], sum = 0, best = 1e9;
  for (int i = 0; i < PRODUCERS; i++) production[i] = drawn() * 1000;
  for (int i = 0; i < PARTNERS; i++) {
    imports[i] = drawn() * 100;
    risk[i] = drawn();
  }
  critmin_geopolrisk terms;
  critmin_geopolrisk_init(&terms);
  terms.imports = imports;
  terms.risk = risk;
  terms.n = PARTNERS;
  terms.price.value = 3;
  for (int run = 0; run < RUNS; run++) {
    double start = now();
    for (int i = 0; i < TIMES; i++) {
      critmin_answer hhi, a;
      critmin_answer_init(&hhi);
      critmin_answer_init(&a);
      must(critmin_hhi(production, PRODUCERS, NULL, &hhi, &error));
      terms.hhi.value = hhi.value;
      must(critmin_geopolrisk_cf(&terms, &a, &error));
      sum += a.value;
    }
    double taken = (now() - start) / TIMES;
    if (taken < best) best = taken;
  }
  printf("%-18s %8.2f us  one importer with its interval, the index of %d producers and %d partners (%g)\n", "kernel",
         1e6 * best, PRODUCERS, PARTNERS, sum / TIMES / RUNS);
}

int main(int argc, char **argv) {
  int32_t threads = argc > 1 ? (int32_t)atoi(argv[1]) : 2;
  critmin_model *m = model();
  through_the_catalogue(m, "geopolrisk_score", 1);
  through_the_catalogue(m, "geopolrisk_score", threads);
  through_the_catalogue(m, "geopolrisk_cf", threads);
  critmin_model_free(m);
  by_the_kernel();
  return 0;
}
