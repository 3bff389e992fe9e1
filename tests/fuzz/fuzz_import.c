/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a file in the project's layout. With libFuzzer, which needs the rooms instrumented as well:
 *
 *   CC=clang meson setup build/fuzz -Db_lundef=false -Db_sanitize=address -Dc_args=-fsanitize=fuzzer-no-link
 *   ninja -C build/fuzz tests/fuzz/fuzz-import && build/fuzz/tests/fuzz/fuzz-import -max_total_time=600
 *
 * Elsewhere plain.c calls it with bytes of its own.
 */
#define _GNU_SOURCE /* memfd_create */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "critmin/critmin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
  const char *relation;
  const char *names[8], *values[8];
} rows[] = {
    {"source", {"source", "publisher", "title", "licence"}, {"src", "p", "t", "l"}},
    {"edition", {"source", "edition", "date"}, {"src", "1", "2025-01-01"}},
    {"country", {"country", "name"}, {"CHN", "China"}},
    {"country", {"country", "name"}, {"COD", "DR Congo"}},
    {"mineral", {"mineral", "name"}, {"cobalt", "Cobalt"}},
    {"stage",
     {"mineral", "stage", "kind", "position", "name", "basis"},
     {"cobalt", "mining", "mining", "1", "Mine", "content"}},
    {"measure", {"measure", "text"}, {"production", "output"}},
    {"group", {"group", "name"}, {"EU", "European Union"}},
    {"measure", {"measure", "text"}, {"flow", "trade"}},
    {"producer", {"producer", "name", "kind", "country"}, {"m", "M", "company", "COD"}},
    {"restriction", {"restriction", "kind", "basis", "country", "effective"}, {"r", "ban", "decree", "CHN", "2024"}},
    {"reserve",
     {"reserve", "kind", "holder", "mineral", "from", "to", "days_of_cover"},
     {"v", "strategic", "CHN", "cobalt", "2024", "2024", "60"}},
    {"agreement", {"agreement", "name", "kind", "signed"}, {"a", "A", "framework", "2024"}},
    {"agreement_party", {"agreement", "country", "role"}, {"a", "CHN", "buyer"}},
};

static void must(critmin_status status, const critmin_error *error) {
  if (status == CRITMIN_OK) return;
  fprintf(stderr, "%s: %s\n", critmin_status_name(status), error->message);
  abort();
}

static critmin_store *small_store(void) {
  critmin_store *store = NULL;
  critmin_error error;
  must(critmin_store_open(":memory:", CRITMIN_OPEN_WRITE, &store, &error), &error);
  must(critmin_store_begin(store, &error), &error); /* an agreement has a party when it is committed */
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    int32_t n = 0;
    while (n < 8 && rows[i].names[n]) n++;
    must(critmin_store_set(store, rows[i].relation, rows[i].names, rows[i].values, n, &error), &error);
  }
  must(critmin_store_commit(store, &error), &error);
  return store;
}

/* What was taken can be listed, as it is and as of a day, and told as events. */
static void list_all(critmin_store *store) {
  static const char *const of_a_day[] = {"agreements", "commitments", "reserves", "restrictions"};
  critmin_error error;
  critmin_table *table = NULL;
  critmin_selection *selection = NULL;
  must(critmin_selection_new(&selection, &error), &error);
  must(critmin_store_figures(store, selection, &table, &error), &error);
  critmin_table_free(table);
  must(critmin_store_changes(store, "1500-01-01", "2200-12-31", selection, &table, &error), &error);
  critmin_table_free(table);
  must(critmin_selection_set(selection, "date", "2024-12-31", &error), &error);
  for (size_t i = 0; i < sizeof of_a_day / sizeof of_a_day[0]; i++) {
    must(critmin_store_list(store, of_a_day[i], selection, &table, &error), &error);
    critmin_table_free(table);
  }
  critmin_selection_free(selection);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  critmin_store *store = small_store();
  critmin_error error;
  char path[64];
  int file = memfd_create("input", 0);
  if (file < 0 || write(file, data, size) != (ssize_t)size) abort();
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  critmin_table *audit = NULL;
  critmin_status status = critmin_store_import(store, "critmin", path, NULL, NULL, &audit, &error);
  if (status == CRITMIN_ERROR_INTERNAL || status == CRITMIN_ERROR_CORRUPT) must(status, &error);
  if (status != error.status || (status == CRITMIN_OK) != (audit != NULL)) abort();
  critmin_table_free(audit);
  list_all(store);
  critmin_store_close(store);
  close(file);
  return 0;
}
