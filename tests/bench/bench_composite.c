/* SPDX-License-Identifier: MIT */
/*
 * Ranks of 100 minerals by 8 criteria under 100,000 draws of their weights, by each mean. Prints wall and processor time; asserts no
 * time, but that threads change no bit.
 *
 *   bench-composite [THREADS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "critmin/critmin.h"

enum { ITEMS = 100, CRITERIA = 8, DRAWS = 100000, TOP = 20, RUNS = 5 };

static double seconds(void) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void ranks(const critmin_composite *composite, const double *items, int32_t threads, double *mean_rank) {
  static const double even[CRITERIA] = {1, 1, 1, 1, 1, 1, 1, 1};
  double probability[ITEMS];
  critmin_error error;
  if (critmin_rank_robustness(composite, items, ITEMS, even, TOP, 1, 0, DRAWS, threads, NULL, NULL, probability, mean_rank,
                              &error)) {
    fprintf(stderr, "%s\n", error.message);
    exit(1);
  }
}

int main(int argc, char **argv) {
  static const char *const names[] = {"arithmetic", "geometric", "power"};
  int32_t threads = argc > 1 ? (int32_t)atoi(argv[1]) : 2;
  double items[ITEMS * CRITERIA], one[ITEMS], many[ITEMS];
  uint64_t state = 1;
  for (int i = 0; i < ITEMS * CRITERIA; i++) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    items[i] = (double)(state >> 11) * 0x1p-53;
  }
  critmin_composite composite;
  critmin_composite_init(&composite);
  composite.criteria = CRITERIA;
  for (composite.aggregate = 0; composite.aggregate < 3; composite.aggregate++) {
    ranks(&composite, items, 1, one);
    double best = 1e9, processor = 1e9;
    for (int run = 0; run < RUNS; run++) {
      double start = seconds();
      clock_t ticks = clock();
      ranks(&composite, items, threads, many);
      double taken = seconds() - start, worked = (double)(clock() - ticks) / CLOCKS_PER_SEC;
      if (taken < best) best = taken;
      if (worked < processor) processor = worked;
    }
    if (memcmp(one, many, sizeof one) != 0) {
      fprintf(stderr, "threads change the ranks\n");
      return 1;
    }
    printf("%-10s  %.3f s, %.3f s of processors, %d threads\n", names[composite.aggregate], best, processor, (int)threads);
  }
  return 0;
}
