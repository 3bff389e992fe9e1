/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "suites.h"

enum { MARKETS = 500, YEARS = 7 };

typedef struct results {
  double hhi[MARKETS], hhi_wgi[MARKETS], cr1[MARKETS];
} results;

static double *quantities(int64_t n) {
  stream s = {(uint64_t)n};
  double *x = malloc((size_t)(MARKETS * n + 1) * sizeof *x);
  ck_assert_ptr_nonnull(x);
  for (int64_t i = 0; i < MARKETS * n; i++) x[i] = stream_uniform(&s, 0, 1) < .4 ? exp(stream_uniform(&s, -6, 6)) : 0;
  return x;
}

static double *weights(int64_t n) {
  stream s = {99};
  double *w = malloc((size_t)(YEARS * n + 1) * sizeof *w);
  ck_assert_ptr_nonnull(w);
  for (int64_t i = 0; i < YEARS * n; i++) w[i] = stream_uniform(&s, 0, 10);
  return w;
}

START_TEST(each_market_is_what_its_own_kernel_says) {
  const int64_t sizes[] = {1, 2, 7, 8, 9, 16, 33, 250};
  for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
    int64_t n = sizes[k];
    double *x = quantities(n), *w = weights(n);
    results r;
    critmin_error error;
    ck_assert_int_eq(critmin_concentration_batch(x, MARKETS, n, w, YEARS, r.hhi, r.hhi_wgi, r.cr1, 1, &error), CRITMIN_OK);
    ck_assert_int_eq(error.status, CRITMIN_OK);
    for (int64_t i = 0; i < MARKETS; i++) {
      kernel_call call = {.kernel = HHI};
      double wanted = kernel_answer(&call, x + i * n, n, NULL).value;
      if (isnan(wanted)) {
        ck_assert(isnan(r.hhi[i]) && isnan(r.hhi_wgi[i]) && isnan(r.cr1[i]));
        continue;
      }
      assert_near(r.hhi[i], wanted, 1e-13);
      call = (kernel_call){.kernel = RATIO, .index = 1};
      assert_near(r.cr1[i], kernel_answer(&call, x + i * n, n, NULL).value, 1e-13);
      call = (kernel_call){.kernel = HHI_WGI, .governance = w + i % YEARS * n};
      assert_near(r.hhi_wgi[i], kernel_answer(&call, x + i * n, n, NULL).value, 1e-12);
    }
    free(x);
    free(w);
  }
}
END_TEST

START_TEST(the_bits_do_not_depend_on_the_threads_nor_on_what_is_asked_for) {
  enum { N = 33 };
  double *x = quantities(N), *w = weights(N);
  results one, many;
  ck_assert_int_eq(critmin_concentration_batch(x, MARKETS, N, w, YEARS, one.hhi, one.hhi_wgi, one.cr1, 1, NULL), CRITMIN_OK);
  for (int32_t threads = 0; threads <= 16; threads += 1 + threads) {
    memset(&many, 0, sizeof many);
    ck_assert_int_eq(critmin_concentration_batch(x, MARKETS, N, w, YEARS, many.hhi, many.hhi_wgi, many.cr1, threads, NULL),
                     CRITMIN_OK);
    ck_assert_int_eq(memcmp(&one, &many, sizeof one), 0);
  }
  memset(&many, 0, sizeof many);
  ck_assert_int_eq(critmin_concentration_batch(x, MARKETS, N, NULL, 0, many.hhi, NULL, NULL, 2, NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_concentration_batch(x, MARKETS, N, w, YEARS, NULL, many.hhi_wgi, NULL, 2, NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_concentration_batch(x, MARKETS, N, NULL, 0, NULL, NULL, many.cr1, 2, NULL), CRITMIN_OK);
  ck_assert_int_eq(memcmp(&one, &many, sizeof one), 0);
  /* Nor on where the array lies. */
  double *moved = malloc((MARKETS * N + 1) * sizeof *moved);
  ck_assert_ptr_nonnull(moved);
  memcpy(moved + 1, x, MARKETS * N * sizeof *x);
  ck_assert_int_eq(critmin_concentration_batch(moved + 1, MARKETS, N, w, YEARS, many.hhi, many.hhi_wgi, many.cr1, 2, NULL),
                   CRITMIN_OK);
  ck_assert_int_eq(memcmp(&one, &many, sizeof one), 0);
  free(moved);
  free(x);
  free(w);
}
END_TEST

START_TEST(a_spoilt_market_spoils_no_other) {
  enum { N = 11 };
  double *x = quantities(N);
  results clean, spoilt;
  ck_assert_int_eq(critmin_concentration_batch(x, MARKETS, N, NULL, 0, clean.hhi, NULL, clean.cr1, 2, NULL), CRITMIN_OK);
  x[40 * N + 10] = NAN;
  for (int i = 0; i < N; i++) x[41 * N + i] = 0;
  ck_assert_int_eq(critmin_concentration_batch(x, MARKETS, N, NULL, 0, spoilt.hhi, NULL, spoilt.cr1, 2, NULL), CRITMIN_OK);
  for (int i = 0; i < MARKETS; i++) {
    if (i == 40 || i == 41) ck_assert(isnan(spoilt.hhi[i]) && isnan(spoilt.cr1[i]));
    else ck_assert(memcmp(&clean.hhi[i], &spoilt.hhi[i], 8) == 0 && memcmp(&clean.cr1[i], &spoilt.cr1[i], 8) == 0);
  }
  free(x);
}
END_TEST

START_TEST(what_cannot_be_a_batch_is_refused) {
  double x[4] = {1, 2, 3, 4}, out[4] = {7, 7, 7, 7};
  critmin_error error;
  ck_assert_int_eq(critmin_concentration_batch(x, -1, 2, NULL, 0, out, NULL, NULL, 1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_concentration_batch(x, 2, -2, NULL, 0, out, NULL, NULL, 1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_concentration_batch(x, 2, 2, NULL, 0, out, NULL, NULL, -1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_concentration_batch(NULL, 2, 2, NULL, 0, out, NULL, NULL, 1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_concentration_batch(x, 2, 2, NULL, 1, NULL, out, NULL, 1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_concentration_batch(x, 2, 2, x, 0, NULL, out, NULL, 1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_concentration_batch(x, INT64_MAX / 2, 1024, NULL, 0, out, NULL, NULL, 1, &error),
                   CRITMIN_ERROR_ARGUMENT);
  for (int i = 0; i < 4; i++) ck_assert(out[i] == 7);
  ck_assert_int_eq(critmin_concentration_batch(NULL, 0, 2, NULL, 0, out, NULL, NULL, 1, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_concentration_batch(NULL, 2, 0, NULL, 0, out, NULL, NULL, 1, &error), CRITMIN_OK);
  ck_assert(isnan(out[0]) && isnan(out[1]) && out[2] == 7);
}
END_TEST

Suite *suite_batch(void) {
  Suite *suite = suite_create("batch");
  TCase *cases = tcase_create("markets");
  tcase_add_test(cases, each_market_is_what_its_own_kernel_says);
  tcase_add_test(cases, the_bits_do_not_depend_on_the_threads_nor_on_what_is_asked_for);
  tcase_add_test(cases, a_spoilt_market_spoils_no_other);
  tcase_add_test(cases, what_cannot_be_a_batch_is_refused);
  suite_add_tcase(suite, cases);
  return suite;
}
