/* SPDX-License-Identifier: MIT */
/*
 * HHI, governance-weighted HHI and largest share of 100 minerals x 5 stages x 30 years over 250 countries, a quarter of the
 * cells above zero: how fast the batch is, beside one call of critmin_hhi() for each market and beside merely reading the
 * array. Prints medians; asserts no time, but that the three agree.
 *
 *   bench-concentration [THREADS]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "critmin/critmin.h"

enum { MARKETS = 100 * 5 * 30, YEARS = 30, COUNTRIES = 250, RUNS = 15 };

static double *quantity, *governance, *hhi, *hhi_wgi, *cr1, *one_by_one;
static int32_t threads = 2;

static uint64_t state = 1;
static double uniform(void) {
  state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (double)(state >> 11) * 0x1p-53;
}

static double seconds(void) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void batch(void) {
  critmin_error error;
  if (critmin_concentration_batch(quantity, MARKETS, COUNTRIES, governance, YEARS, hhi, hhi_wgi, cr1, threads, &error)) {
    fprintf(stderr, "%s\n", error.message);
    exit(1);
  }
}

static void each(void) {
  critmin_answer answer;
  critmin_answer_init(&answer);
  for (int64_t i = 0; i < MARKETS; i++) {
    if (critmin_hhi(quantity + i * COUNTRIES, COUNTRIES, NULL, &answer, NULL)) exit(1);
    one_by_one[i] = answer.value;
  }
}

static volatile uint64_t sink;
static void merely_read(void) {
  uint64_t lane[8] = {0}, word;
  for (int64_t i = 0; i + 8 <= (int64_t)MARKETS * COUNTRIES; i += 8)
    for (int k = 0; k < 8; k++) {
      memcpy(&word, quantity + i + k, sizeof word);
      lane[k] ^= word;
    }
  for (int k = 0; k < 8; k++) sink ^= lane[k];
}

static int ascending(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return left < right ? -1 : left > right;
}

static double median(const char *name, void (*work)(void)) {
  double taken[RUNS];
  work();
  for (int i = 0; i < RUNS; i++) {
    double before = seconds();
    work();
    taken[i] = seconds() - before;
  }
  qsort(taken, RUNS, sizeof *taken, ascending);
  printf("%-44s %9.2f ms\n", name, 1e3 * taken[RUNS / 2]);
  return taken[RUNS / 2];
}

static double *array(size_t count) {
  double *memory = malloc(count * sizeof *memory);
  if (!memory) exit(1);
  return memory;
}

int main(int argc, char **argv) {
  if (argc > 1) threads = (int32_t)strtol(argv[1], NULL, 10);
  quantity = array((size_t)MARKETS * COUNTRIES);
  governance = array((size_t)YEARS * COUNTRIES);
  hhi = array(MARKETS);
  hhi_wgi = array(MARKETS);
  cr1 = array(MARKETS);
  one_by_one = array(MARKETS);
  for (int64_t i = 0; i < (int64_t)MARKETS * COUNTRIES; i++) quantity[i] = uniform() < .25 ? exp(16 * uniform() - 8) : 0;
  for (int64_t i = 0; i < YEARS * COUNTRIES; i++) governance[i] = 10 * uniform();

  double reading = median("reading the array, one thread", merely_read);
  median("critmin_hhi() for each market, one thread", each);
  char name[64];
  snprintf(name, sizeof name, "batch of three indices, %d threads", (int)threads);
  double batched = median(name, batch);
  printf("%-44s %9.2f\n", "batch over reading", batched / reading);
  for (int64_t i = 0; i < MARKETS; i++)
    if (fabs(hhi[i] - one_by_one[i]) > 1e-12) {
      fprintf(stderr, "market %d: %.17g in the batch, %.17g alone\n", (int)i, hhi[i], one_by_one[i]);
      return 1;
    }
  return 0;
}
