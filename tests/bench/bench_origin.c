/* SPDX-License-Identifier: MIT */
/*
 * Look-through origin in 100 networks of 5 stages and 250 countries: making them, all buyers and all origins, one buyer
 * and all origins, and bounds without mixing. bench_origin.py compares the same with numpy; here the bindings take no
 * part.
 *
 *     bench-origin [threads] [runs] [networks] [flows of a country]
 */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "critmin/critmin.h"

enum { STAGES = 5, COUNTRIES = 250 };

static uint64_t state = 5;

static double uniform(void) {
  uint64_t z = state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* Of a normal law, near enough for a bench. */
static double normal(void) {
  double sum = -6;
  for (int i = 0; i < 12; i++) sum += uniform();
  return sum;
}

typedef struct stage {
  double output[COUNTRIES], yield[COUNTRIES];
  int32_t *importer, *exporter;
  double *quantity;
  int64_t flows;
} stage;

static void draw(stage *s, double density) {
  size_t room = (size_t)COUNTRIES * COUNTRIES;
  s->importer = malloc(room * sizeof *s->importer);
  s->exporter = malloc(room * sizeof *s->exporter);
  s->quantity = malloc(room * sizeof *s->quantity);
  if (!s->importer || !s->exporter || !s->quantity) exit(1);
  s->flows = 0;
  for (int32_t c = 0; c < COUNTRIES; c++) {
    s->output[c] = exp(1 + normal());
    s->yield[c] = 1;
    for (int32_t from = 0; from < COUNTRIES; from++) {
      if (from == c || uniform() >= density) continue;
      s->importer[s->flows] = c;
      s->exporter[s->flows] = from;
      s->quantity[s->flows++] = exp(1.5 * normal());
    }
  }
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return left < right ? -1 : left > right;
}

static double median(double *seconds, int runs) {
  qsort(seconds, (size_t)runs, sizeof *seconds, ascending);
  return 1000 * seconds[runs / 2];
}

static void check(critmin_status status, const critmin_error *error) {
  if (status == CRITMIN_OK) return;
  fprintf(stderr, "%s\n", error->message);
  exit(1);
}

typedef struct bench {
  stage (*stage)[STAGES];
  critmin_network **network;
  int networks;
  int32_t threads;
  double *share, *row;
  critmin_trace trace;
} bench;

static void make(bench *b) {
  critmin_error error;
  for (int m = 0; m < b->networks; m++) {
    critmin_network_stage given[STAGES];
    const critmin_network_stage *list[STAGES];
    for (int k = 0; k < STAGES; k++) {
      const stage *s = &b->stage[m][k];
      critmin_network_stage_init(&given[k]);
      given[k].output = s->output;
      given[k].yield = s->yield;
      given[k].importer = s->importer;
      given[k].exporter = s->exporter;
      given[k].quantity = s->quantity;
      given[k].flows = s->flows;
      list[k] = &given[k];
    }
    critmin_network_free(b->network[m]);
    b->network[m] = NULL;
    check(critmin_network_new(list, STAGES, COUNTRIES, b->threads, &b->network[m], &error), &error);
  }
}

static void all(bench *b) {
  critmin_error error;
  for (int m = 0; m < b->networks; m++)
    check(critmin_origin_all(b->network[m], 0, NULL, 0, b->share, NULL, NULL, b->threads, &error), &error);
}

static void one(bench *b) {
  critmin_error error;
  check(critmin_origin_batch((const critmin_network *const *)b->network, b->networks, &b->trace, b->row, NULL,
                             b->threads, &error),
        &error);
}

static void bounds(bench *b) {
  critmin_error error;
  critmin_answer answer;
  const int32_t origin = 3;
  critmin_answer_init(&answer);
  for (int m = 0; m < b->networks; m++)
    check(critmin_origin_bounds(b->network[m], &b->trace, &origin, 1, &answer, &error), &error);
}

static void measure(const char *what, void (*work)(bench *), bench *b, int runs) {
  double seconds[101];
  work(b);
  for (int i = 0; i < runs; i++) {
    double start = now();
    work(b);
    seconds[i] = now() - start;
  }
  printf("%9.2f ms  %s\n", median(seconds, runs), what);
}

int main(int argc, char **argv) {
  bench b = {.threads = argc > 1 ? atoi(argv[1]) : 2, .networks = argc > 3 ? atoi(argv[3]) : 100};
  int runs = argc > 2 ? atoi(argv[2]) : 5;
  double flows = argc > 4 ? atof(argv[4]) : 19.2;
  if (runs < 1 || runs > 101 || b.networks < 1) return 2;
  b.stage = malloc((size_t)b.networks * sizeof *b.stage);
  b.network = calloc((size_t)b.networks, sizeof *b.network);
  b.share = malloc((size_t)STAGES * COUNTRIES * COUNTRIES * sizeof *b.share);
  b.row = malloc((size_t)b.networks * COUNTRIES * sizeof *b.row);
  if (!b.stage || !b.network || !b.share || !b.row) return 1;
  int64_t total = 0, bytes = 0;
  for (int m = 0; m < b.networks; m++)
    for (int k = 0; k < STAGES; k++) {
      draw(&b.stage[m][k], flows / COUNTRIES);
      total += b.stage[m][k].flows;
    }
  int32_t buyer = COUNTRIES - 1;
  critmin_trace_init(&b.trace);
  b.trace.stage = STAGES - 1;
  b.trace.buyers = 1;
  b.trace.buyer = &buyer;
  measure("making the networks", make, &b, runs);
  measure("all buyers, all origins", all, &b, runs);
  measure("one buyer, all origins", one, &b, runs);
  measure("one buyer, one origin, bounds without mixing", bounds, &b, runs);
  for (int m = 0; m < b.networks; m++) bytes += critmin_network_bytes(b.network[m]);
  for (int m = 0; m < b.networks; m++)
    for (int k = 0; k < STAGES; k++)
      for (int32_t c = 0; c < COUNTRIES; c++) b.stage[m][k].yield[c] = .5 + .5 * uniform();
  make(&b);
  measure("the same where yields differ, by linear programmes", bounds, &b, 1);
  printf("%d networks, %lld flows, %.0f bytes a flow\n", b.networks, (long long)total, (double)bytes / (double)total);
  for (int m = 0; m < b.networks; m++) {
    critmin_network_free(b.network[m]);
    for (int k = 0; k < STAGES; k++) {
      free(b.stage[m][k].importer);
      free(b.stage[m][k].exporter);
      free(b.stage[m][k].quantity);
    }
  }
  free(b.stage);
  free(b.network);
  free(b.share);
  free(b.row);
  return 0;
}
