/* SPDX-License-Identifier: MIT */
/* Ownership: the worked examples, loops, control, bounds by brute force, and what is refused. */
#include <string.h>

#include "critmin/ownership.h"
#include "kernel.h"
#include "suites.h"
#include "terms.h"

START_TEST(a_loop_of_holdings_is_solved) {
  /* H is held .6 by o1, .3 by o2, .1 by J; J is held .5 by H, .5 by o2. */
  const double held[] = {0, .5, .1, 0}, owned[] = {.6, 0, .3, .5};
  double e[6];
  uint64_t flags = 9;
  critmin_error error;
  ck_assert_int_eq(critmin_ownership(held, owned, 2, 2, CRITMIN_OWNERSHIP_EQUITY, e, &flags, &error), CRITMIN_OK);
  NEAR(e[0], 12.0 / 19);
  NEAR(e[1], 6.0 / 19);
  NEAR(e[2], 7.0 / 19);
  NEAR(e[3], 13.0 / 19);
  NEAR(e[4], 0);
  NEAR(e[5], 0);
  ck_assert_uint_eq(flags, 0);
}
END_TEST

START_TEST(more_than_half_is_control) {
  /* o1 controls H, H controls J, and of asset K nobody has more than half. */
  const double held[] = {0, .51, 0, 0, 0, .2, 0, 0, 0}, owned[] = {.6, .2, .3, .1, .29, .4};
  double e[9];
  critmin_error error;
  ck_assert_int_eq(critmin_ownership(held, owned, 3, 2, CRITMIN_OWNERSHIP_CONTROL, e, NULL, &error), CRITMIN_OK);
  const double wanted[] = {1, 1, .5, 0, 0, .4, 0, 0, .1};
  for (int i = 0; i < 9; i++) NEAR(e[i], wanted[i]);
}
END_TEST

START_TEST(firms_that_only_hold_one_another_are_nobodys) {
  /* A and B hold all of each other; half of C is theirs, half an owner's. */
  const double held[] = {0, 1, .5, 1, 0, 0, 0, 0, 0}, owned[] = {0, 0, .5};
  double e[6];
  uint64_t flags;
  critmin_error error;
  ck_assert_int_eq(critmin_ownership(held, owned, 3, 1, CRITMIN_OWNERSHIP_EQUITY, e, &flags, &error), CRITMIN_OK);
  const double wanted[] = {0, 0, .5, 1, 1, .5};
  for (int i = 0; i < 6; i++) NEAR(e[i], wanted[i]);
  ck_assert_uint_eq(flags, CRITMIN_FLAG_SINGULAR_LOOP);
}
END_TEST

START_TEST(shares_a_firm_holds_in_itself_cancel) {
  const double held[] = {.3}, owned[] = {.35, .35};
  double e[3];
  critmin_error error;
  ck_assert_int_eq(critmin_ownership(held, owned, 1, 2, CRITMIN_OWNERSHIP_EQUITY, e, NULL, &error), CRITMIN_OK);
  NEAR(e[0], .5);
  NEAR(e[1], .5);
  NEAR(e[2], 0);
}
END_TEST

/* E by adding up holdings of holdings until they vanish. */
START_TEST(any_chain_is_the_sum_over_all_its_paths) {
  enum { F = 6, O = 3 };
  stream random = {.state = 3};
  for (int round = 0; round < 100; round++) {
    double held[F * F], owned[O * F], e[(O + 1) * F], term[(O + 1) * F], sum[(O + 1) * F];
    for (int j = 0; j < F; j++) {
      double left = 1;
      for (int i = 0; i < F; i++) left -= held[i * F + j] = stream_integer(&random, 0, 2) ? 0 : stream_uniform(&random, 0, left / 2);
      for (int o = 0; o < O; o++) left -= owned[o * F + j] = stream_uniform(&random, 0, left);
      sum[O * F + j] = term[O * F + j] = left;
      for (int o = 0; o < O; o++) sum[o * F + j] = term[o * F + j] = owned[o * F + j];
    }
    for (int step = 0; step < 400; step++) {
      double next[(O + 1) * F] = {0};
      for (int o = 0; o <= O; o++)
        for (int j = 0; j < F; j++)
          for (int i = 0; i < F; i++) next[o * F + j] += term[o * F + i] * held[i * F + j];
      memcpy(term, next, sizeof term);
      for (int k = 0; k < (O + 1) * F; k++) sum[k] += term[k];
    }
    critmin_error error;
    ck_assert_int_eq(critmin_ownership(held, owned, F, O, CRITMIN_OWNERSHIP_EQUITY, e, NULL, &error), CRITMIN_OK);
    for (int j = 0; j < F; j++) {
      double whole = 0;
      for (int o = 0; o <= O; o++) {
        whole += e[o * F + j];
        if (fabs(e[o * F + j] - sum[o * F + j]) > 1e-9) ck_abort_msg("owner %d firm %d: %g, %g", o, j, e[o * F + j], sum[o * F + j]);
      }
      if (fabs(whole - 1) > 1e-9) ck_abort_msg("firm %d is owned %g times", j, whole);
    }
  }
}
END_TEST

/* 60 t in one country, 80 % China's; 40 t in another, half Swiss, a quarter China's, a quarter nobody's known. */
static const double output[] = {60, 40}, shares[] = {.8, .25, .2, 0, 0, .5, 0, .25};

START_TEST(china_owns_most_though_it_mines_nothing) {
  ANSWER(h, critmin_owner_hhi(output, shares, 2, 3, NAN, CRITMIN_RESIDUAL_MID, &h, &error_));
  NEAR(h.low, .3908);
  NEAR(h.high, .5168);
  NEAR(h.value, .4538);
  NEAR(h.coverage, .9);
  ck_assert(h.flags & CRITMIN_FLAG_RESIDUAL_USED);
  ANSWER(china, critmin_owner_share(output, shares, 2, 3, NAN, 0, &china, &error_));
  NEAR(china.value, .58);
  NEAR(china.low, .58);
  NEAR(china.high, .68);
}
END_TEST

START_TEST(what_the_assets_leave_of_the_total_is_of_unknown_owners) {
  ANSWER(h, critmin_owner_hhi(output, shares, 2, 3, 200, CRITMIN_RESIDUAL_LOWER, &h, &error_));
  NEAR(h.low, .3908 / 4);
  NEAR(h.high, .3908 / 4 - .29 * .29 + .84 * .84);
  NEAR(h.value, h.low);
  const double one_unknown[] = {60, NAN};
  ANSWER(n, critmin_owner_hhi(one_unknown, shares, 2, 3, NAN, CRITMIN_RESIDUAL_MID, &n, &error_));
  NEAR(n.value, .68);
  ck_assert(n.flags & CRITMIN_FLAG_NOT_AVAILABLE);
  const double zero[] = {0, 0};
  ANSWER(z, critmin_owner_hhi(zero, shares, 2, 3, NAN, CRITMIN_RESIDUAL_MID, &z, &error_));
  ck_assert(isnan(z.value) && z.flags & CRITMIN_FLAG_ZERO_TOTAL);
}
END_TEST

START_TEST(the_bounds_hold_every_way_to_hand_the_unknown_out) {
  stream random = {.state = 8};
  ANSWER(h, critmin_owner_hhi(output, shares, 2, 3, NAN, CRITMIN_RESIDUAL_MID, &h, &error_));
  for (int round = 0; round < 2000; round++) {
    double by[] = {.58, .12, .20, 0, 0}, left = .10, hhi = 0;
    for (int o = 0; o < 5; o++) {
      double part = o == 4 ? left : stream_uniform(&random, 0, left);
      by[o] += part;
      left -= part;
      hhi += by[o] * by[o];
    }
    if (hhi < h.low - 1e-12 || hhi > h.high + 1e-12) ck_abort_msg("%g is outside [%g, %g]", hhi, h.low, h.high);
  }
}
END_TEST

START_TEST(bad_holdings_are_named) {
  double e[6];
  critmin_answer a;
  critmin_answer_init(&a);
  const double none[] = {0, 0, 0, 0}, owned[] = {.6, 0, .5, .5}, off[] = {60, 0, 0, 0};
  REFUSED(critmin_ownership(none, owned, 2, 2, 0, e, NULL, &error_), CRITMIN_ERROR_SHARE_RANGE, "firm 0 is held to 1.1");
  REFUSED(critmin_ownership(off, owned, 2, 2, 0, e, NULL, &error_), CRITMIN_ERROR_SHARE_RANGE, "holder 0 in firm 0");
  REFUSED(critmin_ownership(none, owned, 2, 2, 2, e, NULL, &error_), CRITMIN_ERROR_ARGUMENT, "rule");
  REFUSED(critmin_ownership(NULL, owned, 2, 2, 0, e, NULL, &error_), CRITMIN_ERROR_ARGUMENT, "held");
  const double negative[] = {-60, 40}, partial[] = {.8, .25, .2, 0, 0, .5, 0, 0};
  REFUSED(critmin_owner_hhi(negative, shares, 2, 3, NAN, 0, &a, &error_), CRITMIN_ERROR_NEGATIVE, "asset 0");
  REFUSED(critmin_owner_hhi(output, partial, 2, 3, NAN, 0, &a, &error_), CRITMIN_ERROR_SHARE_RANGE, "asset 1 sum to 0.75");
  REFUSED(critmin_owner_share(output, shares, 2, 3, NAN, 3, &a, &error_), CRITMIN_ERROR_ARGUMENT, "owner is 3");
}
END_TEST

static int32_t without_memory(void *user) {
  const double held[] = {0, .5, .1, 0}, owned[] = {.6, 0, .3, .5};
  double e[6];
  critmin_answer a = {.struct_size = sizeof a};
  critmin_error error;
  (void)user;
  critmin_status status = critmin_ownership(held, owned, 2, 2, CRITMIN_OWNERSHIP_EQUITY, e, NULL, &error);
  return status ? status : critmin_owner_hhi(output, shares, 2, 3, NAN, CRITMIN_RESIDUAL_MID, &a, &error);
}

START_TEST(memory_may_run_out_anywhere) { fail_each_allocation(without_memory, NULL); }
END_TEST

Suite *suite_ownership(void) {
  Suite *suite = suite_create("ownership");
  TCase *cases = tcase_create("ownership");
  tcase_add_test(cases, a_loop_of_holdings_is_solved);
  tcase_add_test(cases, more_than_half_is_control);
  tcase_add_test(cases, firms_that_only_hold_one_another_are_nobodys);
  tcase_add_test(cases, shares_a_firm_holds_in_itself_cancel);
  tcase_add_test(cases, any_chain_is_the_sum_over_all_its_paths);
  tcase_add_test(cases, china_owns_most_though_it_mines_nothing);
  tcase_add_test(cases, what_the_assets_leave_of_the_total_is_of_unknown_owners);
  tcase_add_test(cases, the_bounds_hold_every_way_to_hand_the_unknown_out);
  tcase_add_test(cases, bad_holdings_are_named);
  tcase_add_test(cases, memory_may_run_out_anywhere);
  suite_add_tcase(suite, cases);
  return suite;
}
