/* SPDX-License-Identifier: MIT */
/* One supply among several users. */
#include <math.h>

#include "base/random.h"
#include "critmin/allocation.h"
#include "suites.h"

static const double NEED[] = {100, 150, 150};

static critmin_needs three(int32_t rule) {
  critmin_needs n;
  critmin_needs_init(&n);
  n.rule = rule;
  n.users = 3;
  n.need = NEED;
  return n;
}

static void awards(const critmin_needs *n, double supply, double a, double b, double c) {
  double award[3];
  critmin_error error;
  ck_assert_msg(critmin_allocate(n, supply, award, &error) == CRITMIN_OK, "%s", error.message);
  NEAR(award[0], a);
  NEAR(award[1], b);
  NEAR(award[2], c);
}

START_TEST(all_get_the_same_share) {
  critmin_needs n = three(CRITMIN_SHARE_PROPORTIONAL);
  awards(&n, 280, 70, 105, 105);
  awards(&n, 400, 100, 150, 150);
  awards(&n, INFINITY, 100, 150, 150);
  awards(&n, 0, 0, 0, 0);
}
END_TEST

START_TEST(lower_tiers_are_served_first) {
  critmin_needs n = three(CRITMIN_SHARE_PROPORTIONAL);
  const int32_t tier[] = {0, 1, 2}, friends[] = {7, -3, 7};
  n.tier = tier;
  awards(&n, 280, 100, 150, 30);
  n.tier = friends;
  awards(&n, 275, 50, 150, 75);
}
END_TEST

START_TEST(equal_awards_fill_up_the_small_first) {
  critmin_needs n = three(CRITMIN_SHARE_EQUAL_AWARDS);
  awards(&n, 280, 280. / 3, 280. / 3, 280. / 3);
  awards(&n, 310, 100, 105, 105);
  awards(&n, 390, 100, 145, 145);
}
END_TEST

START_TEST(contracts_come_before_the_pool) {
  critmin_needs n = three(CRITMIN_SHARE_PROPORTIONAL);
  const double contracted[] = {0, 90, 500};
  n.contracted = contracted;
  /* 90 and 150 by contract; 40 are left for needs of 100 and 60. */
  awards(&n, 280, 25, 105, 150);
  awards(&n, 120, 0, 45, 75);
  const int32_t tier[] = {0, 1, 1};
  n.tier = tier;
  awards(&n, 280, 40, 90, 150);
}
END_TEST

START_TEST(nobody_can_fare_better_or_worse_than_first_and_last) {
  critmin_needs n = three(CRITMIN_SHARE_PROPORTIONAL);
  double least[3], most[3];
  ck_assert_int_eq(critmin_allocation_bounds(&n, 280, least, most, NULL), CRITMIN_OK);
  NEAR(least[0], 0);
  NEAR(least[1], 30);
  NEAR(least[2], 30);
  NEAR(most[0], 100);
  NEAR(most[1], 150);
  for (int32_t rule = 0; rule <= 1; rule++) {
    n.rule = rule;
    double award[3];
    ck_assert_int_eq(critmin_allocate(&n, 280, award, NULL), CRITMIN_OK);
    for (int i = 0; i < 3; i++) ck_assert(award[i] >= least[i] && award[i] <= most[i]);
  }
}
END_TEST

START_TEST(nothing_is_lost_and_nothing_held_back) {
  cm_random random;
  cm_random_start(&random, 4, (uint64_t)_i, 0);
  enum { USERS = 12 };
  double need[USERS], contracted[USERS], award[USERS];
  int32_t tier[USERS];
  double all = 0;
  for (int i = 0; i < USERS; i++) {
    all += need[i] = cm_random_uniform(&random) < .2 ? 0 : 10 * cm_random_uniform(&random);
    contracted[i] = cm_random_uniform(&random) < .5 ? 0 : 10 * cm_random_uniform(&random);
    tier[i] = (int32_t)(3 * cm_random_uniform(&random));
  }
  critmin_needs n = three(_i % 2);
  n.users = USERS;
  n.need = need;
  n.tier = _i % 3 ? tier : NULL;
  n.contracted = _i % 5 ? contracted : NULL;
  double supply = 1.2 * all * cm_random_uniform(&random), given = 0, least[USERS], most[USERS];
  ck_assert_int_eq(critmin_allocate(&n, supply, award, NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_allocation_bounds(&n, supply, least, most, NULL), CRITMIN_OK);
  for (int i = 0; i < USERS; i++) {
    ck_assert(award[i] >= 0 && award[i] <= need[i] * (1 + 1e-12));
    ck_assert(award[i] >= least[i] - 1e-9 && award[i] <= most[i] + 1e-9);
    given += award[i];
  }
  NEAR(given, fmin(supply, all));
}
END_TEST

START_TEST(what_cannot_be_is_refused) {
  critmin_needs n = three(0);
  double award[3] = {-7, -7, -7};
  const double missing[] = {100, NAN, 150}, negative[] = {100, 150, -1}, endless[] = {INFINITY, 1, 1};
  critmin_error error;
  ck_assert_int_eq(critmin_allocate(NULL, 1, award, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_allocate(&n, -1, award, &error), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(critmin_allocate(&n, NAN, award, &error), CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_int_eq(critmin_allocate(&n, 1, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  n.need = missing;
  ck_assert_int_eq(critmin_allocate(&n, 1, award, &error), CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_int_eq(error.row, 2);
  n.need = negative;
  ck_assert_int_eq(critmin_allocate(&n, 1, award, &error), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(error.row, 3);
  n.need = endless;
  ck_assert_int_eq(critmin_allocate(&n, 1, award, &error), CRITMIN_ERROR_INVALID_VALUE);
  n = three(2);
  ck_assert_int_eq(critmin_allocate(&n, 1, award, &error), CRITMIN_ERROR_ARGUMENT);
  n = three(0);
  n.users = -1;
  ck_assert_int_eq(critmin_allocate(&n, 1, award, &error), CRITMIN_ERROR_ARGUMENT);
  n.struct_size = 4;
  ck_assert_int_eq(critmin_allocate(&n, 1, award, &error), CRITMIN_ERROR_ARGUMENT);
  for (int i = 0; i < 3; i++) ck_assert_double_eq(award[i], -7);
  ck_assert_int_eq(critmin_needs_size(), sizeof(critmin_needs));
}
END_TEST

static int32_t allocate(void *user) {
  (void)user;
  critmin_needs n = three(0);
  double award[3] = {-7, -7, -7};
  int32_t status = critmin_allocate(&n, 280, award, NULL);
  if (status != CRITMIN_OK) ck_assert_double_eq(award[0], -7);
  return status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  fail_each_allocation(allocate, NULL);
}
END_TEST

Suite *suite_allocation(void) {
  Suite *suite = suite_create("allocation");
  TCase *cases = tcase_create("allocation");
  tcase_add_test(cases, all_get_the_same_share);
  tcase_add_test(cases, lower_tiers_are_served_first);
  tcase_add_test(cases, equal_awards_fill_up_the_small_first);
  tcase_add_test(cases, contracts_come_before_the_pool);
  tcase_add_test(cases, nobody_can_fare_better_or_worse_than_first_and_last);
  tcase_add_loop_test(cases, nothing_is_lost_and_nothing_held_back, 0, 40);
  tcase_add_test(cases, what_cannot_be_is_refused);
  tcase_add_test(cases, any_allocation_of_memory_may_fail);
  suite_add_tcase(suite, cases);
  return suite;
}
