/* SPDX-License-Identifier: MIT */
/*
 * Every metric of concentration, dependency, the European Union's scores and GeoPolRisk, for every mineral, stage, country
 * and year of the reference data, in one call. Prints the best of several runs, with each metric's rows, and asserts
 * none.
 *
 *   bench-catalogue [THREADS] [METRIC...]
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "critmin/critmin.h"

enum { RUNS = 9 };

/* hypothetical_extraction asks for one partner; the rest of what is listed is not of these four kinds. */
static const char *const all[] = {"share",
                                  "hhi",
                                  "hhi_normalised",
                                  "cr1",
                                  "cr3",
                                  "cr5",
                                  "effective_number",
                                  "shannon",
                                  "evenness",
                                  "hhi_wgi",
                                  "n_minus_1",
                                  "apparent_consumption",
                                  "net_import_reliance",
                                  "import_reliance",
                                  "self_sufficiency",
                                  "trade_exposure",
                                  "partner_share",
                                  "eu_supply_risk",
                                  "eu_economic_importance",
                                  "geopolrisk_score",
                                  "geopolrisk_midpoint",
                                  "geopolrisk_cf"};

static critmin_error error;
static void must(critmin_status status) {
  if (status == CRITMIN_OK) return;
  fprintf(stderr, "bench-catalogue: %s\n", error.message);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv) {
  int32_t threads = argc > 1 ? (int32_t)atoi(argv[1]) : 2;
  critmin_store *store;
  critmin_model *model;
  critmin_selection *selection;
  double loading = now(), best = 1e9;
  must(critmin_store_open(":reference:", CRITMIN_OPEN_READ, &store, &error));
  must(critmin_model_load(store, NULL, NULL, NULL, &model, &error));
  loading = now() - loading;
  critmin_store_close(store);
  must(critmin_selection_new(&selection, &error));
  for (int i = 2; i < argc; i++) must(critmin_selection_add(selection, "metric", argv[i], &error));
  for (size_t i = 0; i < sizeof all / sizeof all[0] && argc < 3; i++)
    must(critmin_selection_add(selection, "metric", all[i], &error));
  for (int run = 0; run < RUNS; run++) {
    critmin_table *table;
    double start = now();
    must(critmin_metric_compute(model, selection, threads, NULL, NULL, &table, &error));
    double taken = now() - start;
    if (taken < best) best = taken;
    if (run == RUNS - 1) {
      const int32_t *metric = critmin_table_codes(table, critmin_table_find(table, "metric"));
      int64_t rows = critmin_table_rows(table);
      for (int64_t i = 0, first = 0; i < rows; i++) {
        if (i + 1 < rows && metric[i + 1] == metric[i]) continue;
        printf("%8lld rows  %s\n", (long long)(i + 1 - first),
               critmin_table_word(table, critmin_table_find(table, "metric"), metric[i]));
        first = i + 1;
      }
      printf("%8lld rows in one call: %.3f s on %d threads; loading the model took %.3f s\n", (long long)rows, best,
             (int)threads, loading);
    }
    critmin_table_free(table);
  }
  critmin_selection_free(selection);
  critmin_model_free(model);
  return 0;
}
