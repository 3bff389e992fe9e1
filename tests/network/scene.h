/* SPDX-License-Identifier: MIT */
/* Networks for the tests: written out, or drawn from a seed. */
#ifndef CRITMIN_TESTS_NETWORK_SCENE_H
#define CRITMIN_TESTS_NETWORK_SCENE_H

#include <math.h>

#include "critmin/critmin.h"
#include "runner.h"

enum { SCENE_STAGES = 6, SCENE_COUNTRIES = 256, SCENE_FLOWS = 8192 };

typedef struct scene_stage {
  double output[SCENE_COUNTRIES], secondary[SCENE_COUNTRIES], use[SCENE_COUNTRIES], yield[SCENE_COUNTRIES];
  int32_t importer[SCENE_FLOWS], exporter[SCENE_FLOWS];
  double quantity[SCENE_FLOWS];
  int has_use, has_yield;
  critmin_network_stage given;
} scene_stage;

typedef struct scene {
  int32_t stages, countries;
  scene_stage stage[SCENE_STAGES];
} scene;

/* Big; kept on the heap. Freed with scene_free(). */
scene *scene_make(int32_t stages, int32_t countries);
void scene_free(scene *s);
void scene_flow(scene *s, int32_t stage, int32_t exporter, int32_t importer, double quantity);
/* Makes the network; the call has to succeed. Freed by the caller. */
critmin_network *scene_network(scene *s);
critmin_status scene_try(scene *s, int32_t threads, critmin_network **network, critmin_error *error);

/* Three countries, two stages: mined in the first two, refined in all three, ore and metal traded, an ore gap in the
 * last. */
scene *scene_three(void);
/* Random: `density` of pairs trade at each stage, loops included, some countries make nothing, some use nothing. */
scene *scene_random(uint64_t seed, int32_t stages, int32_t countries, double density);

/* A reproducible stream of numbers. */
typedef struct stream {
  uint64_t state;
} stream;
double stream_uniform(stream *s);
int32_t stream_below(stream *s, int32_t n);

/* One buyer at a stage, traced to another. `buyer` must outlive the trace. */
critmin_trace trace_of(int32_t stage, int32_t at, const int32_t *buyer, int32_t buyers);

typedef critmin_status (*origin_kernel)(const critmin_network *, const critmin_trace *, const int32_t *, int32_t,
                                        critmin_answer *, critmin_error *);
/* The call has to succeed. */
critmin_answer ask(origin_kernel kernel, const critmin_network *network, const critmin_trace *trace, int32_t origin);
critmin_answer touch(const critmin_network *network, const critmin_trace *trace, int32_t origin, int32_t transit);

#define NEAR(found, wanted) NEARER(found, wanted, 1e-12)
#define NEARER(found, wanted, tolerance)                                                                              \
  do {                                                                                                                \
    double found_ = (found), wanted_ = (wanted);                                                                      \
    if (!(fabs(found_ - wanted_) <= (tolerance))) ck_abort_msg("%s is %.17g, wanted %.17g", #found, found_, wanted_); \
  } while (0)

#endif
