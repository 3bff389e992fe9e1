/* SPDX-License-Identifier: MIT */
/* Random streams: the published answers, streams that do not depend on order, and the moments of the laws. */
#include "base/elementary.h"
#include "base/random.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "suites.h"

/* Known answers of Philox4x32-10 as its authors publish them. */
START_TEST(the_published_answers_come_out) {
  static const struct {
    uint32_t counter[4], key[2], block[4];
  } known[] = {
      {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
      {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
       {0xffffffff, 0xffffffff},
       {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
      {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
       {0xa4093822, 0x299f31d0},
       {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
  };
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    uint32_t block[4];
    cm_philox(known[i].counter, known[i].key, block);
    ck_assert_mem_eq(block, known[i].block, sizeof block);
  }
}
END_TEST

START_TEST(a_stream_is_a_function_of_seed_draw_and_stream) {
  cm_random a, b;
  uint32_t words[10];
  cm_random_start(&a, 7, UINT64_C(5000000000), 2);
  for (int i = 0; i < 10; i++) words[i] = cm_random_word(&a);
  cm_random_start(&b, 7, UINT64_C(5000000000), 2);
  for (int i = 0; i < 10; i++) ck_assert_uint_eq(cm_random_word(&b), words[i]);
  static const struct {
    uint64_t seed, draw;
    uint32_t stream;
  } others[] = {{8, UINT64_C(5000000000), 2},
                {7, UINT64_C(5000000001), 2},
                {7, UINT64_C(705032704), 2},
                {7, UINT64_C(5000000000), 3}};
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
    cm_random_start(&b, others[i].seed, others[i].draw, others[i].stream);
    ck_assert_uint_ne(cm_random_word(&b), words[0]);
  }
  cm_random_start(&b, 0, 0, 0);
  ck_assert_uint_eq(cm_random_word(&b), 0x6627e8d5);
}
END_TEST

START_TEST(many_blocks_are_those_made_one_by_one) {
  enum { BLOCKS = 53 };
  const uint64_t seed = UINT64_C(0x123456789abcdef0);
  uint64_t draw[BLOCKS], place[BLOCKS];
  double one[BLOCKS + 1], other[BLOCKS + 1];
  for (uint64_t i = 0; i < BLOCKS; i++) {
    draw[i] = UINT64_C(0xfedcba987) + i % 3;
    place[i] = i * UINT64_C(0x9E3779B97F4A7C15);
  }
  for (int64_t n = 0; n <= BLOCKS; n++) {
    one[n] = other[n] = -1;
    cm_random_blocks(seed, draw, place, n, one, other);
    ck_assert(one[n] == -1 && other[n] == -1);
    for (int64_t i = 0; i < n; i++) {
      cm_random random;
      cm_random_start(&random, seed, draw[i], (uint32_t)(place[i] >> 32));
      random.counter[0] = (uint32_t)place[i];
      ck_assert(one[i] == cm_random_uniform(&random));
      ck_assert(other[i] == cm_random_uniform(&random));
    }
  }
}
END_TEST

START_TEST(elementary_functions_are_those_of_the_c_library) {
  enum { MANY = 1003 };
  static double x[MANY], y[MANY];
  cm_random random;
  cm_random_start(&random, 3, 0, 0);
  for (int i = 0; i < MANY; i++) {
    double u = cm_random_uniform(&random);
    x[i] = u * u * u;
    ck_assert_double_eq_tol(cm_log(x[i]), log(x[i]), 4e-16 * fabs(log(x[i])));
    ck_assert_double_eq_tol(cm_exp(40 * u - 20), exp(40 * u - 20), 4e-16 * exp(40 * u - 20));
    ck_assert_double_eq_tol(cm_cos_turn(u), cos(6.283185307179586 * u), 1e-15);
  }
  cm_logs(x, MANY, y);
  for (int i = 0; i < MANY; i++) ck_assert(y[i] == cm_log(x[i]));
  ck_assert(cm_log(1) == 0 && cm_exp(0) == 1 && cm_cos_turn(0) == 1 && cm_exp(-800) == 0 && isinf(cm_exp(800)));
}
END_TEST

enum { N = 200000 };

static void moments(double (*next)(cm_random *, double), double shape, double *mean, double *variance) {
  cm_random random;
  double sum = 0, squares = 0;
  cm_random_start(&random, 42, 0, 0);
  for (int i = 0; i < N; i++) {
    double x = next(&random, shape);
    sum += x;
    squares += x * x;
  }
  *mean = sum / N;
  *variance = squares / N - *mean * *mean;
}

static double uniform(cm_random *r, double shape) {
  (void)shape;
  double u = cm_random_uniform(r);
  if (!(u > 0 && u < 1)) ck_abort_msg("%g is not inside 0 to 1", u);
  return u;
}

static double normal(cm_random *r, double shape) {
  (void)shape;
  return cm_random_normal(r);
}

static double gamma_of(cm_random *r, double shape) {
  return exp(cm_random_log_gamma(r, shape));
}

START_TEST(the_laws_have_their_moments) {
  double mean, variance;
  moments(uniform, 0, &mean, &variance);
  ck_assert_double_eq_tol(mean, .5, .003);
  ck_assert_double_eq_tol(variance, 1.0 / 12, .001);
  moments(normal, 0, &mean, &variance);
  ck_assert_double_eq_tol(mean, 0, .01);
  ck_assert_double_eq_tol(variance, 1, .015);
  static const double shapes[] = {.2, 1, 3.7, 50};
  for (int i = 0; i < 4; i++) {
    moments(gamma_of, shapes[i], &mean, &variance);
    ck_assert_double_eq_tol(mean / shapes[i], 1, .02);
    ck_assert_double_eq_tol(variance / shapes[i], 1, .05);
  }
}
END_TEST

Suite *suite_random(void) {
  Suite *suite = suite_create("random");
  TCase *cases = tcase_create("random");
  tcase_add_test(cases, the_published_answers_come_out);
  tcase_add_test(cases, a_stream_is_a_function_of_seed_draw_and_stream);
  tcase_add_test(cases, many_blocks_are_those_made_one_by_one);
  tcase_add_test(cases, elementary_functions_are_those_of_the_c_library);
  tcase_add_test(cases, the_laws_have_their_moments);
  suite_add_tcase(suite, cases);
  return suite;
}
