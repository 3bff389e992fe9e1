/* SPDX-License-Identifier: MIT */
/* What the kernels refuse, and that a refusal writes nothing; sizes of structures; memory running out. */
#include <string.h>

#include "kernel.h"
#include "suites.h"

static const double governance[3] = {5, 5, 5};
static const double quantity[3] = {60, 20, NAN};

static kernel_call call_of(enum kernel kernel) {
  kernel_call call = {.kernel = kernel, .index = kernel == RATIO ? 1 : 0, .number = kernel == EFFECTIVE ? 2 : 50};
  call.governance = governance;
  return call;
}

static void assert_refused(const kernel_call *call, const double *x, int64_t n, const critmin_supply *supply,
                           critmin_status wanted, const char *part, int64_t row) {
  critmin_answer answer, before;
  critmin_error error;
  memset(&answer, 0x5A, sizeof answer);
  answer.struct_size = sizeof answer;
  before = answer;
  critmin_status status = kernel_run(call, x, n, supply, &answer, &error);
  ck_assert_msg(status == wanted, "%s: status %d, wanted %d (%s)", kernel_name(call->kernel), (int)status, (int)wanted, error.message);
  ck_assert_int_eq(error.status, wanted);
  ck_assert_msg(strstr(error.message, part) != NULL, "\"%s\" does not say \"%s\"", error.message, part);
  ck_assert_int_eq(error.row, row);
  ck_assert_int_eq(memcmp(&answer, &before, sizeof answer), 0);
  ck_assert_int_eq(kernel_run(call, x, n, supply, &answer, NULL), wanted);
}

START_TEST(bad_quantities_are_refused_with_their_row) {
  const double negative[3] = {60, -1, 2}, infinite[3] = {1, 2, INFINITY};
  const double low[3] = {NAN, 25, NAN}, high[3] = {NAN, NAN, 5}, above[3] = {NAN, NAN, 6}, below_zero[3] = {NAN, NAN, -1};
  for (int k = 0; k < KERNELS; k++) {
    kernel_call call = call_of((enum kernel)k);
    assert_refused(&call, negative, 3, NULL, CRITMIN_ERROR_NEGATIVE, "below zero", 2);
    assert_refused(&call, infinite, 3, NULL, CRITMIN_ERROR_INVALID_VALUE, "infinite", 3);
    assert_refused(&call, NULL, 3, NULL, CRITMIN_ERROR_ARGUMENT, "quantity", 0);
    critmin_supply supply;
    critmin_supply_init(&supply);
    supply.low = low;
    assert_refused(&call, quantity, 3, &supply, CRITMIN_ERROR_INVALID_VALUE, "order", 2);
    supply.high = high;
    supply.low = above;
    assert_refused(&call, quantity, 3, &supply, CRITMIN_ERROR_INVALID_VALUE, "order", 3);
    supply.low = below_zero;
    assert_refused(&call, quantity, 3, &supply, CRITMIN_ERROR_NEGATIVE, "low", 3);
  }
}
END_TEST

START_TEST(bad_totals_and_policies_are_refused) {
  for (int k = 0; k < KERNELS; k++) {
    kernel_call call = call_of((enum kernel)k);
    critmin_supply good, s;
    critmin_supply_init(&good);
    good.total = 100;
#define REFUSED(change, status, part) s = good, change, assert_refused(&call, quantity, 3, &s, status, part, 0)
    REFUSED(s.total = -1, CRITMIN_ERROR_NEGATIVE, "total");
    REFUSED(s.other = -1, CRITMIN_ERROR_NEGATIVE, "other");
    REFUSED(s.total = INFINITY, CRITMIN_ERROR_INVALID_VALUE, "total");
    REFUSED(s.total_low = 101, CRITMIN_ERROR_INVALID_VALUE, "total");
    REFUSED(s.total_high = 99, CRITMIN_ERROR_INVALID_VALUE, "total");
    REFUSED((s.total = NAN, s.total_low = 1), CRITMIN_ERROR_INVALID_VALUE, "total");
    REFUSED(s.unlisted_cutoff = 1.5, CRITMIN_ERROR_INVALID_VALUE, "cutoff");
    REFUSED(s.unlisted_cutoff = NAN, CRITMIN_ERROR_INVALID_VALUE, "cutoff");
    REFUSED(s.unlisted_max = -1, CRITMIN_ERROR_ARGUMENT, "unlisted_max");
    REFUSED(s.residual_value = 3, CRITMIN_ERROR_ARGUMENT, "residual_value");
    REFUSED(s.reserved = 1, CRITMIN_ERROR_ARGUMENT, "reserved");
    REFUSED(s.struct_size = 8, CRITMIN_ERROR_ARGUMENT, "struct_size");
#undef REFUSED
  }
}
END_TEST

START_TEST(parameters_outside_their_range_are_refused) {
  for (int k = 0; k < 2; k++) {
    kernel_call call = call_of(k ? N_MINUS_1 : SHARE);
    call.index = 3;
    assert_refused(&call, quantity, 3, NULL, CRITMIN_ERROR_ARGUMENT, "index", 0);
    call.index = -1;
    assert_refused(&call, quantity, 3, NULL, CRITMIN_ERROR_ARGUMENT, "index", 0);
  }
  kernel_call call = call_of(N_MINUS_1);
  call.number = -1;
  assert_refused(&call, quantity, 3, NULL, CRITMIN_ERROR_NEGATIVE, "demand", 0);
  call.number = INFINITY;
  assert_refused(&call, quantity, 3, NULL, CRITMIN_ERROR_INVALID_VALUE, "demand", 0);
  call = call_of(RATIO);
  call.index = 0;
  assert_refused(&call, quantity, 3, NULL, CRITMIN_ERROR_ARGUMENT, "k is 0", 0);
  call = call_of(EFFECTIVE);
  call.number = -1;
  assert_refused(&call, quantity, 3, NULL, CRITMIN_ERROR_ARGUMENT, "order", 0);
  call.number = NAN;
  assert_refused(&call, quantity, 3, NULL, CRITMIN_ERROR_ARGUMENT, "order", 0);
  call = call_of(HHI_WGI);
  call.governance = NULL;
  assert_refused(&call, quantity, 3, NULL, CRITMIN_ERROR_ARGUMENT, "governance", 0);
  const double beyond[3] = {5, 10.5, 5}, below[3] = {5, 5, -.1};
  call.governance = beyond;
  assert_refused(&call, quantity, 3, NULL, CRITMIN_ERROR_INVALID_VALUE, "governance", 2);
  call.governance = below;
  assert_refused(&call, quantity, 3, NULL, CRITMIN_ERROR_INVALID_VALUE, "governance", 3);
  call = call_of(HHI);
  assert_refused(&call, quantity, -1, NULL, CRITMIN_ERROR_ARGUMENT, "n is -1", 0);
}
END_TEST

START_TEST(an_answer_of_another_size_is_honoured) {
  struct {
    critmin_answer answer;
    unsigned char after[64];
  } larger;
  for (int k = 0; k < KERNELS; k++) {
    kernel_call call = call_of((enum kernel)k);
    memset(&larger, 0x5A, sizeof larger);
    larger.answer.struct_size = sizeof larger;
    ck_assert_int_eq(kernel_run(&call, quantity, 2, NULL, &larger.answer, NULL), CRITMIN_OK);
    ck_assert_uint_eq(larger.answer.struct_size, sizeof larger);
    ck_assert_int_eq(larger.answer.n_used, 2);
    for (size_t i = 0; i < sizeof larger.after; i++) ck_assert_uint_eq(larger.after[i], 0x5A);

    critmin_answer answer, before;
    critmin_answer_init(&answer);
    answer.struct_size = sizeof answer - 8;
    before = answer;
    critmin_error error;
    ck_assert_int_eq(kernel_run(&call, quantity, 2, NULL, &answer, &error), CRITMIN_ERROR_ARGUMENT);
    ck_assert(strstr(error.message, "critmin_answer_init") != NULL);
    ck_assert_int_eq(memcmp(&answer, &before, sizeof answer), 0);
    ck_assert_int_eq(kernel_run(&call, quantity, 2, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  }
  ck_assert_int_eq(critmin_answer_size(), (int32_t)sizeof(critmin_answer));
  ck_assert_int_eq(critmin_supply_size(), (int32_t)sizeof(critmin_supply));
  critmin_supply_init(NULL);
}
END_TEST

START_TEST(a_supply_of_a_later_version_is_read) {
  struct {
    critmin_supply supply;
    double later;
  } larger;
  critmin_supply_init(&larger.supply);
  larger.supply.struct_size = sizeof larger;
  larger.supply.total = 100;
  larger.later = 1;
  kernel_call call = call_of(SHARE);
  assert_near(kernel_answer(&call, quantity, 2, &larger.supply).value, .6, 1e-15);
}
END_TEST

static int32_t attempt(void *user) {
  static const double x[5] = {60, 20, NAN, NAN, 3}, low[5] = {NAN, NAN, 5, 0, 2}, high[5] = {NAN, NAN, 6, 10, 4};
  static const double scores[5] = {6, NAN, 1, 2, 3};
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.low = low;
  supply.high = high;
  supply.total = *(const int *)user % 2 ? 95 : 120; /* a search among nested cells, and a gap */
  kernel_call call = call_of((enum kernel)(*(const int *)user / 2));
  call.governance = scores;
  critmin_answer answer, before;
  critmin_answer_init(&answer);
  before = answer;
  critmin_error error;
  critmin_status status = kernel_run(&call, x, 5, &supply, &answer, &error);
  if (status) ck_assert_int_eq(memcmp(&answer, &before, sizeof answer), 0);
  else ck_assert_int_eq(answer.n_used, 5);
  ck_assert_int_eq(error.status, status);
  return status;
}

START_TEST(any_allocation_may_fail) {
  fail_each_allocation(attempt, &_i);
}
END_TEST

Suite *suite_refusals(void) {
  Suite *suite = suite_create("refusals");
  TCase *cases = tcase_create("refused");
  tcase_add_test(cases, bad_quantities_are_refused_with_their_row);
  tcase_add_test(cases, bad_totals_and_policies_are_refused);
  tcase_add_test(cases, parameters_outside_their_range_are_refused);
  tcase_add_test(cases, an_answer_of_another_size_is_honoured);
  tcase_add_test(cases, a_supply_of_a_later_version_is_read);
  tcase_add_loop_test(cases, any_allocation_may_fail, 0, 2 * KERNELS);
  suite_add_tcase(suite, cases);
  return suite;
}
