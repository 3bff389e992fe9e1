/* SPDX-License-Identifier: MIT */
/* Random networks, loops included, solved once more as dense systems; and what must hold of any network. */
#include <stdlib.h>
#include <string.h>

#include "scene.h"
#include "suites.h"

/* What the formula says of one stage: shares of each pool by origin, the unknown last; rows of empty pools NaN. */
static void formula(const scene *s, int32_t stage, const double *before, double *result) {
  int32_t n = s->countries, w = n + 1;
  const scene_stage *of = &s->stage[stage];
  double *m = calloc((size_t)(n * n), sizeof *m), *supply = calloc((size_t)n, sizeof *supply);
  double *drawn = calloc((size_t)n, sizeof *drawn);
  ck_assert(m && supply && drawn);
  memset(result, 0, (size_t)(n * w) * sizeof *result);
  for (int64_t f = 0; f < of->given.flows; f++) {
    m[of->importer[f] * n + of->exporter[f]] += of->quantity[f];
    supply[of->importer[f]] += of->quantity[f];
    drawn[of->exporter[f]] += of->quantity[f];
  }
  for (int32_t c = 0; c < n; c++) {
    supply[c] += of->output[c];
    double gap = drawn[c] + of->use[c] - supply[c], unknown = gap > 1e-12 * supply[c] ? gap : 0,
           total = supply[c] + unknown;
    for (int32_t from = 0; from < n; from++) m[c * n + from] *= total > 0 ? -1 / total : 0;
    m[c * n + c] = 1;
    double made = total > 0 ? of->output[c] / total : 0;
    result[c * w + n] = total > 0 ? unknown / total : NAN;
    if (!before) result[c * w + c] += made;
    for (int32_t q = 0; before && made > 0 && q < w; q++)
      result[c * w + q] += made * (isnan(before[c * w + n]) ? q == n : before[c * w + q]);
  }
  /* Elimination with pivots, all right-hand sides at once. */
  for (int32_t i = 0; i < n; i++) {
    int32_t pivot = i;
    for (int32_t r = i + 1; r < n; r++)
      if (fabs(m[r * n + i]) > fabs(m[pivot * n + i])) pivot = r;
    for (int32_t k = 0; k < n && pivot != i; k++) {
      double kept = m[i * n + k];
      m[i * n + k] = m[pivot * n + k];
      m[pivot * n + k] = kept;
    }
    for (int32_t k = 0; k < w && pivot != i; k++) {
      double kept = result[i * w + k];
      result[i * w + k] = result[pivot * w + k];
      result[pivot * w + k] = kept;
    }
    for (int32_t r = 0; r < n; r++) {
      double by = r == i ? 0 : m[r * n + i] / m[i * n + i];
      if (by == 0) continue;
      for (int32_t k = i; k < n; k++) m[r * n + k] -= by * m[i * n + k];
      for (int32_t k = 0; k < w; k++) result[r * w + k] -= by * result[i * w + k];
    }
  }
  for (int32_t i = 0; i < n; i++)
    for (int32_t k = 0; k < w; k++) result[i * w + k] /= m[i * n + i];
  free(m);
  free(supply);
  free(drawn);
}

typedef struct full {
  double *share, *unknown;
} full;

static full everything(const critmin_network *n, const scene *s, int32_t threads) {
  size_t rows = (size_t)(s->stages * s->countries);
  full f = {malloc(rows * (size_t)s->countries * sizeof(double)), malloc(rows * sizeof(double))};
  ck_assert(f.share && f.unknown);
  critmin_error error;
  if (critmin_origin_all(n, 0, NULL, 0, f.share, NULL, f.unknown, threads, &error) != CRITMIN_OK)
    ck_abort_msg("%s", error.message);
  return f;
}

static void free_full(full f) {
  free(f.share);
  free(f.unknown);
}

static int is_empty(const critmin_network *n, int32_t stage, int32_t country) {
  critmin_pool p;
  critmin_pool_init(&p);
  ck_assert_int_eq(critmin_network_pool(n, stage, country, &p, NULL), CRITMIN_OK);
  return p.total == 0;
}

static void compare(scene *s) {
  critmin_network *n = scene_network(s);
  int32_t countries = s->countries, w = countries + 1;
  full f = everything(n, s, 2);
  double *rows = malloc((size_t)(2 * countries * w) * sizeof *rows), *before = NULL;
  ck_assert_ptr_nonnull(rows);
  for (int32_t k = 0; k < s->stages; k++) {
    double *now = rows + (k % 2) * countries * w;
    formula(s, k, before, now);
    before = now;
    for (int32_t c = 0; c < countries; c++) {
      int32_t row = k * countries + c;
      if (is_empty(n, k, c)) {
        now[c * w + countries] = NAN; /* for the stage above */
        if (!isnan(f.unknown[row]) || !isnan(f.share[row * countries])) ck_abort_msg("an empty pool has shares");
        continue;
      }
      double sum = f.unknown[row];
      for (int32_t q = 0; q < countries; q++) {
        double share = f.share[row * countries + q];
        sum += share;
        if (share < 0) ck_abort_msg("a share below zero");
        NEAR(share, now[c * w + q]);
      }
      NEAR(f.unknown[row], now[c * w + countries]);
      NEAR(sum, 1);
    }
  }
  free(rows);
  free_full(f);
  critmin_network_free(n);
}

START_TEST(random_networks_equal_dense_solutions) {
  for (uint64_t seed = 1; seed <= 60; seed++) {
    stream random = {seed};
    double density[] = {.02, .06, .2, .6};
    scene *s = scene_random(seed, 1 + stream_below(&random, 5), 2 + stream_below(&random, 40),
                            density[stream_below(&random, 4)]);
    compare(s);
    scene_free(s);
  }
}
END_TEST

START_TEST(a_network_of_the_world_equals_a_dense_solution) {
  scene *s = scene_random(2026, 5, 250, .03);
  compare(s);
  scene_free(s);
}
END_TEST

START_TEST(one_buyer_is_a_row_of_all) {
  for (uint64_t seed = 100; seed < 120; seed++) {
    scene *s = scene_random(seed, 4, 30, .15);
    critmin_network *n = scene_network(s);
    full f = everything(n, s, 1);
    double share[30], unknown;
    for (int32_t k = 0; k < 4; k++)
      for (int32_t c = 0; c < 30; c++) {
        critmin_trace t = trace_of(k, 0, &c, 1);
        ck_assert_int_eq(critmin_origin_row(n, &t, share, NULL, &unknown, NULL), CRITMIN_OK);
        if (is_empty(n, k, c)) continue;
        for (int32_t q = 0; q < 30; q++) NEAR(share[q], f.share[(k * 30 + c) * 30 + q]);
        NEAR(unknown, f.unknown[k * 30 + c]);
      }
    free_full(f);
    critmin_network_free(n);
    scene_free(s);
  }
}
END_TEST

START_TEST(tonnes_attributed_are_tonnes_that_came_in) {
  for (uint64_t seed = 200; seed < 220; seed++) {
    scene *s = scene_random(seed, 1, 40, .12);
    critmin_network *n = scene_network(s);
    full f = everything(n, s, 1);
    double by_origin[41] = {0};
    for (int32_t c = 0; c < 40; c++) {
      critmin_pool p;
      critmin_pool_init(&p);
      ck_assert_int_eq(critmin_network_pool(n, 0, c, &p, NULL), CRITMIN_OK);
      if (p.total == 0) continue;
      for (int32_t q = 0; q < 40; q++) by_origin[q] += p.use * f.share[c * 40 + q];
      by_origin[40] += p.use * f.unknown[c];
    }
    /* What is used of each origin is what that origin made. */
    double gap = 0;
    for (int32_t q = 0; q < 40; q++) {
      critmin_pool p;
      critmin_pool_init(&p);
      ck_assert_int_eq(critmin_network_pool(n, 0, q, &p, NULL), CRITMIN_OK);
      NEARER(by_origin[q], p.output, 1e-11 * (1 + p.output));
      gap += p.unknown;
    }
    NEARER(by_origin[40], gap, 1e-11 * (1 + gap));
    free_full(f);
    critmin_network_free(n);
    scene_free(s);
  }
}
END_TEST

START_TEST(the_bits_do_not_depend_on_threads) {
  scene *s = scene_random(7, 3, 120, .05);
  critmin_network *n = scene_network(s), *other;
  full one = everything(n, s, 1);
  const int32_t threads[] = {2, 3, 8};
  for (int i = 0; i < 3; i++) {
    ck_assert_int_eq(scene_try(s, threads[i], &other, NULL), CRITMIN_OK);
    full many = everything(other, s, threads[i]);
    ck_assert_mem_eq(one.share, many.share, 3 * 120 * 120 * sizeof(double));
    ck_assert_mem_eq(one.unknown, many.unknown, 3 * 120 * sizeof(double));
    free_full(many);
    critmin_network_free(other);
  }
  free_full(one);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(one_trace_goes_through_many_networks) {
  critmin_network *n[5] = {NULL};
  for (int i = 0; i < 5; i++) {
    scene *s = scene_random(600 + (uint64_t)i, 2, 30, .15);
    n[i] = scene_network(s);
    scene_free(s);
  }
  const critmin_network *list[5] = {n[0], n[1], n[2], n[3], n[4]};
  int32_t buyer = 4;
  critmin_trace t = trace_of(1, 0, &buyer, 1);
  double share[5 * 30], unknown[5], row[30], gap;
  critmin_error error;
  for (int32_t threads = 1; threads < 4; threads++) {
    ck_assert_int_eq(critmin_origin_batch(list, 5, &t, share, unknown, threads, &error), CRITMIN_OK);
    for (int i = 0; i < 5; i++) {
      ck_assert_int_eq(critmin_origin_row(list[i], &t, row, NULL, &gap, NULL), CRITMIN_OK);
      ck_assert_mem_eq(row, share + i * 30, sizeof row);
      ck_assert_mem_eq(&gap, unknown + i, sizeof gap);
    }
  }
  list[3] = NULL;
  ck_assert_int_eq(critmin_origin_batch(list, 5, &t, share, unknown, 2, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(error.row, 4);
  t.at = 7;
  ck_assert_int_eq(critmin_origin_batch(list, 5, &t, share, unknown, 2, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(error.row, 1);
  for (int i = 0; i < 5; i++) critmin_network_free(n[i]);
}
END_TEST

START_TEST(some_origins_are_columns_of_all) {
  scene *s = scene_random(8, 3, 60, .1);
  critmin_network *n = scene_network(s);
  full f = everything(n, s, 1);
  const int32_t some[] = {40, 3, 4, 59};
  double share[3 * 60 * 4];
  ck_assert_int_eq(critmin_origin_all(n, 0, some, 4, share, NULL, NULL, 2, NULL), CRITMIN_OK);
  for (int row = 0; row < 3 * 60; row++)
    for (int i = 0; i < 4; i++)
      if (!isnan(f.unknown[row]))
        NEARER(share[row * 4 + i], f.share[row * 60 + some[i]], 0);
      else
        ck_assert_double_nan(share[row * 4 + i]);
  const int32_t wrong[][2] = {{1, 1}, {1, 60}};
  for (int i = 0; i < 2; i++)
    ck_assert_int_eq(critmin_origin_all(n, 0, wrong[i], 2, share, NULL, NULL, 1, NULL), CRITMIN_ERROR_ARGUMENT);
  free_full(f);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(one_stage_in_one_call_is_a_network_of_one) {
  scene *s = scene_random(9, 1, 50, .1);
  critmin_network *n = scene_network(s);
  full f = everything(n, s, 1);
  double share[50 * 50], unknown[50];
  const scene_stage *of = &s->stage[0];
  ck_assert_int_eq(critmin_origin_stage(of->output, of->use, 50, of->importer, of->exporter, of->quantity,
                                        of->given.flows, share, unknown, 2, NULL),
                   CRITMIN_OK);
  ck_assert_mem_eq(share, f.share, sizeof share);
  ck_assert_mem_eq(unknown, f.unknown, sizeof unknown);
  free_full(f);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(touch_lies_between_the_largest_origin_and_the_sum_of_all) {
  for (uint64_t seed = 300; seed < 330; seed++) {
    scene *s = scene_random(seed, 4, 12, .25);
    critmin_network *n = scene_network(s);
    for (int32_t c = 0; c < 12; c++) {
      if (is_empty(n, 3, c)) continue;
      for (int32_t q = 0; q < 12; q++) {
        double largest = 0, sum = 0;
        for (int32_t at = 0; at < 4; at++) {
          critmin_trace t = trace_of(3, at, &c, 1);
          double share = ask(critmin_origin_share, n, &t, q).value;
          largest = fmax(largest, share);
          sum += share;
        }
        critmin_trace t = trace_of(3, 0, &c, 1);
        double made = touch(n, &t, q, 0).value, passed = touch(n, &t, q, 1).value;
        if (made < largest - 1e-12 || made > fmin(1, sum) + 1e-12 || passed < made - 1e-12 || passed > 1)
          ck_abort_msg("origin at most %g, all together %g, touch %g, with transit %g", largest, sum, made, passed);
        if (c == q) NEAR(passed, 1);
      }
    }
    critmin_network_free(n);
    scene_free(s);
  }
}
END_TEST

/* Removing the pools from the network, their flows then of unknown origin, is another way to what transit asks. */
START_TEST(transit_equals_what_is_left_without_the_pool) {
  for (uint64_t seed = 400; seed < 420; seed++) {
    scene *s = scene_random(seed, 1, 15, .3);
    critmin_network *n = scene_network(s);
    stream random = {seed};
    const int32_t q[2] = {stream_below(&random, 7), 7 + stream_below(&random, 8)};
    scene *without = scene_random(seed, 1, 15, .3);
    /* Their flows to others become output of one country more, which stands for both of them. */
    without->countries = 16;
    for (int64_t f = 0; f < without->stage[0].given.flows; f++) {
      int32_t *from = &without->stage[0].exporter[f], *to = &without->stage[0].importer[f];
      if (*to == q[0] || *to == q[1])
        *to = *from = 0; /* drops out */
      else if (*from == q[0] || *from == q[1])
        *from = 15;
    }
    double into[15] = {0};
    for (int32_t c = 0; c < 15; c++) {
      critmin_pool p;
      critmin_pool_init(&p);
      ck_assert_int_eq(critmin_network_pool(n, 0, c, &p, NULL), CRITMIN_OK);
      into[c] = p.total;
      /* The pools keep their size: what they sold to the two is used by themselves. */
      without->stage[0].use[c] = p.total;
    }
    for (int64_t f = 0; f < without->stage[0].given.flows; f++)
      if (without->stage[0].importer[f] != without->stage[0].exporter[f])
        without->stage[0].use[without->stage[0].exporter[f]] -= without->stage[0].quantity[f];
    for (int32_t c = 0; c < 16; c++) without->stage[0].use[c] = fmax(0, without->stage[0].use[c]);
    double sold = 0;
    for (int64_t f = 0; f < without->stage[0].given.flows; f++)
      if (without->stage[0].exporter[f] == 15) sold += without->stage[0].quantity[f];
    without->stage[0].output[15] = sold;
    for (int i = 0; i < 2; i++) without->stage[0].output[q[i]] = without->stage[0].use[q[i]] = 0;
    critmin_network *m = scene_network(without);
    for (int32_t c = 0; c < 15; c++) {
      if (c == q[0] || c == q[1] || into[c] == 0) continue;
      critmin_trace t = trace_of(0, 0, &c, 1);
      critmin_answer a;
      critmin_answer_init(&a);
      ck_assert_int_eq(critmin_touch_share(n, &t, q, 2, 1, &a, NULL), CRITMIN_OK);
      NEAR(a.value, ask(critmin_origin_share, m, &t, 15).value);
    }
    critmin_network_free(n);
    critmin_network_free(m);
    scene_free(s);
    scene_free(without);
  }
}
END_TEST

Suite *suite_dense(void) {
  Suite *suite = suite_create("dense");
  TCase *cases = tcase_create("dense");
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, random_networks_equal_dense_solutions);
  tcase_add_test(cases, a_network_of_the_world_equals_a_dense_solution);
  tcase_add_test(cases, one_buyer_is_a_row_of_all);
  tcase_add_test(cases, tonnes_attributed_are_tonnes_that_came_in);
  tcase_add_test(cases, the_bits_do_not_depend_on_threads);
  tcase_add_test(cases, one_trace_goes_through_many_networks);
  tcase_add_test(cases, some_origins_are_columns_of_all);
  tcase_add_test(cases, one_stage_in_one_call_is_a_network_of_one);
  tcase_add_test(cases, touch_lies_between_the_largest_origin_and_the_sum_of_all);
  tcase_add_test(cases, transit_equals_what_is_left_without_the_pool);
  suite_add_tcase(suite, cases);
  return suite;
}
