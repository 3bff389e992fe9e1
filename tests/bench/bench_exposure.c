/* SPDX-License-Identifier: MIT */
/* Times what an exposure takes: a million draws, an exact law, all coalitions of twenty, an optimal allocation. See
 * README.md. */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "critmin/critmin.h"

enum { SUPPLIERS = 20, USERS = 30, RUNS = 5 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t state = 5;

static double uniform(void) {
  uint64_t z = state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return ((double)((z ^ (z >> 31)) >> 11) + .5) * 0x1p-53;
}

static void stop(const critmin_error *error) {
  fprintf(stderr, "%s\n", error->message);
  exit(1);
}

static int rising(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static double median(double *x) {
  qsort(x, RUNS, sizeof *x, rising);
  return x[RUNS / 2];
}

typedef struct world {
  double flow[SUPPLIERS * USERS], spare[SUPPLIERS], inventory[USERS], probability[SUPPLIERS];
  int32_t supplier[SUPPLIERS];
  critmin_law withheld[SUPPLIERS], start[SUPPLIERS], duration[SUPPLIERS];
  critmin_ensemble e;
} world;

static void make_world(world *w) {
  double all = 0;
  for (int i = 0; i < SUPPLIERS * USERS; i++) {
    double normal = sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform());
    all += w->flow[i] = (uniform() < .5 ? exp(1.5 * normal) : 0) + 1e-3;
  }
  for (int i = 0; i < SUPPLIERS * USERS; i++) {
    w->flow[i] *= 52 / all;
    w->spare[i / USERS] += .03 * w->flow[i];
    w->inventory[i % USERS] += w->flow[i];
  }
  for (int u = 0; u < USERS; u++) w->inventory[u] *= 1 + 9 * uniform();
  critmin_ensemble_init(&w->e);
  w->e.suppliers = SUPPLIERS;
  w->e.users = USERS;
  w->e.shocks = SUPPLIERS;
  w->e.horizon = 52;
  w->e.flow = w->flow;
  w->e.spare = w->spare;
  w->e.inventory = w->inventory;
  w->e.supplier = w->supplier;
  w->e.probability = w->probability;
  w->e.withheld = w->withheld;
  w->e.start = w->start;
  w->e.duration = w->duration;
  for (int i = 0; i < SUPPLIERS; i++) {
    w->supplier[i] = i;
    w->probability[i] = .4;
    w->withheld[i] = (critmin_law){CRITMIN_LAW_BETA, 0, .5, 0, 1, sqrt(.05)};
    w->start[i] = (critmin_law){CRITMIN_LAW_WHOLE, 0, 0, 0, 51, 0};
    w->duration[i] = (critmin_law){CRITMIN_LAW_GEOMETRIC, 0, 12, 0, 0, 0};
  }
}

static double draws(int32_t threads, int64_t count) {
  world *w = calloc(1, sizeof *w);
  double seconds[RUNS];
  critmin_error error;
  if (!w) exit(1);
  make_world(w);
  for (int i = 0; i < RUNS; i++) {
    critmin_draws *made;
    double start = now();
    if (critmin_ensemble_run(&w->e, 1, 0, count, threads, NULL, NULL, NULL, NULL, &made, &error)) stop(&error);
    seconds[i] = now() - start;
    critmin_draws_free(made);
  }
  free(w);
  return median(seconds);
}

static double law(void) {
  enum { SHOCKS = 30, CELLS = 1000, TIMES = 1000 };
  double loss[SHOCKS], p[SHOCKS], made[CELLS], seconds[RUNS];
  critmin_error error;
  for (int i = 0; i < SHOCKS; i++) {
    loss[i] = 1 + floor(32 * uniform());
    p[i] = uniform();
  }
  for (int i = 0; i < RUNS; i++) {
    double start = now();
    for (int k = 0; k < TIMES; k++)
      if (critmin_loss_law(loss, p, SHOCKS, 1, CELLS, made, &error)) stop(&error);
    seconds[i] = (now() - start) / TIMES;
  }
  return median(seconds);
}

static double shapley(void) {
  enum { PLAYERS = 20 };
  double *loss = malloc(sizeof *loss << PLAYERS), share[PLAYERS], seconds[RUNS];
  critmin_error error;
  if (!loss) exit(1);
  for (int32_t set = 0; set < 1 << PLAYERS; set++) loss[set] = uniform();
  for (int i = 0; i < RUNS; i++) {
    double start = now();
    if (critmin_shapley(loss, PLAYERS, share, &error)) stop(&error);
    seconds[i] = now() - start;
  }
  free(loss);
  return median(seconds);
}

/* Five stages of 250 countries, each pool split in two for its capacity. */
static double allocation(int32_t solve, double *objective) {
  enum { COUNTRIES = 250, STAGES = 5, NODES = 2 * COUNTRIES * STAGES, ARCS = 20000 };
  static double supply[NODES], need[NODES], capacity[ARCS], unmet[NODES], more[NODES], less[NODES];
  static int32_t from[ARCS], to[ARCS];
  state = 17; /* the same problem for both ways */
  critmin_transport t;
  critmin_transport_init(&t);
  t.solve = solve;
  t.nodes = NODES;
  t.supply = supply;
  t.need = need;
  t.from = from;
  t.to = to;
  t.capacity = capacity;
#define IN(stage, country) (((stage) * COUNTRIES + (country)) * 2)
  for (int k = 0; k < STAGES; k++)
    for (int c = 0; c < COUNTRIES; c++) {
      from[t.arcs] = IN(k, c);
      to[t.arcs] = IN(k, c) + 1;
      capacity[t.arcs++] = 100 * uniform();
      if (k == 0) supply[IN(k, c)] = 100 * uniform();
      if (k == STAGES - 1) need[IN(k, c) + 1] = 60 * uniform();
      if (k == STAGES - 1) continue;
      from[t.arcs] = IN(k, c) + 1;
      to[t.arcs] = IN(k + 1, c);
      capacity[t.arcs++] = INFINITY;
    }
  while (t.arcs < ARCS) {
    int k = (int)(STAGES * uniform());
    from[t.arcs] = IN(k, (int)(COUNTRIES * uniform())) + 1;
    to[t.arcs] = k + 1 < STAGES ? IN(k + 1, (int)(COUNTRIES * uniform())) : IN(k, (int)(COUNTRIES * uniform())) + 1;
    capacity[t.arcs++] = 10 * uniform();
  }
  double seconds[RUNS];
  critmin_error error;
  for (int i = 0; i < RUNS; i++) {
    double start = now();
    critmin_status status = critmin_least_unmet(&t, unmet, NULL, more, less, objective, &error);
    if (status == CRITMIN_ERROR_UNSUPPORTED) return NAN;
    if (status) stop(&error);
    seconds[i] = now() - start;
  }
  return median(seconds);
}

int main(int count, char **argument) {
  int64_t n = count > 1 ? atoll(argument[1]) : 1000000;
  printf("%lld draws, 1 thread:     %8.3f s\n", (long long)n, draws(1, n));
  printf("%lld draws, 2 threads:    %8.3f s\n", (long long)n, draws(2, n));
  printf("law of 30 shocks:          %8.1f us\n", 1e6 * law());
  printf("Shapley of 20:             %8.1f ms\n", 1e3 * shapley());
  double by_flow, by_programme, flow = allocation(CRITMIN_SOLVE_FLOW, &by_flow);
  printf("allocation, as flows:      %8.1f ms\n", 1e3 * flow);
  double linear = allocation(CRITMIN_SOLVE_LINEAR, &by_programme);
  printf("allocation, as programme:  %8.1f ms\n", 1e3 * linear);
  if (fabs(by_programme - by_flow) > 1e-6 * by_flow) {
    fprintf(stderr, "the two ways find %.12g and %.12g\n", by_flow, by_programme);
    return 1;
  }
  return 0;
}
