/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include <stdlib.h>

scene *scene_make(int32_t stages, int32_t countries) {
  scene *s = calloc(1, sizeof *s);
  ck_assert_ptr_nonnull(s);
  s->stages = stages;
  s->countries = countries;
  for (int32_t k = 0; k < stages; k++) critmin_network_stage_init(&s->stage[k].given);
  return s;
}

void scene_free(scene *s) {
  free(s);
}

void scene_flow(scene *s, int32_t stage, int32_t exporter, int32_t importer, double quantity) {
  scene_stage *of = &s->stage[stage];
  int64_t at = of->given.flows++;
  if (at >= SCENE_FLOWS) ck_abort_msg("no room for more flows");
  of->exporter[at] = exporter;
  of->importer[at] = importer;
  of->quantity[at] = quantity;
}

critmin_status scene_try(scene *s, int32_t threads, critmin_network **network, critmin_error *error) {
  const critmin_network_stage *stage[SCENE_STAGES];
  for (int32_t k = 0; k < s->stages; k++) {
    scene_stage *of = &s->stage[k];
    of->given.output = of->output;
    of->given.secondary = of->secondary;
    of->given.use = of->has_use ? of->use : NULL;
    of->given.yield = of->has_yield ? of->yield : NULL;
    of->given.importer = of->importer;
    of->given.exporter = of->exporter;
    of->given.quantity = of->quantity;
    stage[k] = &of->given;
  }
  return critmin_network_new(stage, s->stages, s->countries, threads, network, error);
}

critmin_network *scene_network(scene *s) {
  critmin_network *network = NULL;
  critmin_error error;
  if (scene_try(s, 1, &network, &error) != CRITMIN_OK) ck_abort_msg("%s", error.message);
  return network;
}

scene *scene_three(void) {
  enum { A, B, C };
  scene *s = scene_make(2, 3);
  double *ore = s->stage[0].output, *metal = s->stage[1].output, *use = s->stage[0].use;
  ore[A] = 60, ore[B] = 20;
  use[A] = 20, use[B] = 40, use[C] = 30;
  s->stage[0].has_use = 1;
  scene_flow(s, 0, A, B, 40);
  scene_flow(s, 0, B, C, 20);
  metal[A] = 20, metal[B] = 30, metal[C] = 30;
  scene_flow(s, 1, B, C, 20);
  scene_flow(s, 1, C, B, 10);
  scene_flow(s, 1, C, A, 20);
  return s;
}

double stream_uniform(stream *s) {
  uint64_t z = s->state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

int32_t stream_below(stream *s, int32_t n) {
  return (int32_t)(stream_uniform(s) * n);
}

scene *scene_random(uint64_t seed, int32_t stages, int32_t countries, double density) {
  stream random = {seed};
  scene *s = scene_make(stages, countries);
  for (int32_t k = 0; k < stages; k++) {
    scene_stage *of = &s->stage[k];
    of->has_use = 1;
    for (int32_t c = 0; c < countries; c++) {
      if (stream_uniform(&random) < 0.4) of->output[c] = exp(3 * stream_uniform(&random));
      if (stream_uniform(&random) < 0.7) of->use[c] = exp(3 * stream_uniform(&random));
      for (int32_t from = 0; from < countries; from++)
        if (from != c && stream_uniform(&random) < density) scene_flow(s, k, from, c, exp(4 * stream_uniform(&random)));
    }
  }
  return s;
}

critmin_trace trace_of(int32_t stage, int32_t at, const int32_t *buyer, int32_t buyers) {
  critmin_trace t;
  critmin_trace_init(&t);
  t.stage = stage;
  t.at = at;
  t.buyer = buyer;
  t.buyers = buyers;
  return t;
}

critmin_answer ask(origin_kernel kernel, const critmin_network *network, const critmin_trace *trace, int32_t origin) {
  critmin_answer answer;
  critmin_error error;
  critmin_answer_init(&answer);
  if (kernel(network, trace, &origin, 1, &answer, &error) != CRITMIN_OK) ck_abort_msg("%s", error.message);
  return answer;
}

critmin_answer touch(const critmin_network *network, const critmin_trace *trace, int32_t origin, int32_t transit) {
  critmin_answer answer;
  critmin_error error;
  critmin_answer_init(&answer);
  if (critmin_touch_share(network, trace, &origin, 1, transit, &answer, &error) != CRITMIN_OK)
    ck_abort_msg("%s", error.message);
  return answer;
}
