/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <Random123/philox.h>
#include <math.h>

void cm_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]) {
  philox4x32_ctr_t c = {{counter[0], counter[1], counter[2], counter[3]}};
  philox4x32_key_t k = {{key[0], key[1]}};
  c = philox4x32(c, k);
  for (int i = 0; i < 4; i++) block[i] = c.v[i];
}

void cm_random_start(cm_random *r, uint64_t seed, uint64_t draw, uint32_t stream) {
  *r = (cm_random){.key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
                   .counter = {0, stream, (uint32_t)draw, (uint32_t)(draw >> 32)}};
}

uint32_t cm_random_word(cm_random *r) {
  if (r->left == 0) {
    cm_philox(r->counter, r->key, r->block);
    r->counter[0]++;
    r->left = 4;
  }
  return r->block[4 - r->left--];
}

double cm_random_uniform(cm_random *r) {
  uint64_t high = cm_random_word(r), low = cm_random_word(r);
  uint64_t bits = (high << 32 | low) >> 12; /* 52 bits and half a step: never 0, never 1 */
  return ((double)bits + 0.5) * 0x1p-52;
}

double cm_random_normal(cm_random *r) {
  double radius = sqrt(-2 * log(cm_random_uniform(r)));
  return radius * cos(6.283185307179586 * cm_random_uniform(r));
}

double cm_random_log_gamma(cm_random *r, double shape) {
  double raised = shape < 1 ? shape + 1 : shape;
  double d = raised - 1.0 / 3, c = 1 / sqrt(9 * d);
  for (;;) {
    double x = cm_random_normal(r), root = 1 + c * x;
    if (!(root > 0)) continue;
    double v = root * root * root;
    if (log(cm_random_uniform(r)) >= x * x / 2 + d - d * v + d * log(v)) continue;
    double result = log(d) + log(v);
    return shape < 1 ? result + log(cm_random_uniform(r)) / shape : result;
  }
}
