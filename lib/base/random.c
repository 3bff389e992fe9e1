/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <math.h>
#include <Random123/philox.h>

#include "base/elementary.h"

void cm_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]) {
  philox4x32_ctr_t c = {{counter[0], counter[1], counter[2], counter[3]}};
  philox4x32_key_t k = {{key[0], key[1]}};
  c = philox4x32(c, k);
  for (int i = 0; i < 4; i++) block[i] = c.v[i];
}

void cm_random_start(cm_random *r, uint64_t seed, uint64_t draw, uint32_t stream) {
  r->key[0] = (uint32_t)seed;
  r->key[1] = (uint32_t)(seed >> 32);
  r->counter[0] = 0;
  r->counter[1] = stream;
  r->counter[2] = (uint32_t)draw;
  r->counter[3] = (uint32_t)(draw >> 32);
  r->next = 4;
}

void cm_random_go_on(cm_random *r) {
  cm_philox(r->counter, r->key, r->word);
  r->counter[0]++;
  r->next = 0;
}

double cm_normal_of(double one, double other) {
  return sqrt(-2 * cm_log(one)) * cm_cos_turn(other);
}

double cm_random_log_gamma(cm_random *r, double shape) {
  double raised = shape < 1 ? shape + 1 : shape;
  double d = raised - 1.0 / 3, c = 1 / sqrt(9 * d);
  for (;;) {
    double x = cm_random_normal(r), root = 1 + c * x;
    if (!(root > 0)) continue;
    double v = root * root * root;
    if (cm_log(cm_random_uniform(r)) >= x * x / 2 + d - d * v + d * cm_log(v)) continue;
    double result = cm_log(d) + cm_log(v);
    return shape < 1 ? result + cm_log(cm_random_uniform(r)) / shape : result;
  }
}
