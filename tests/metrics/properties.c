/* SPDX-License-Identifier: MIT */
/* What must hold of any market: of its scale, its order, its mergers, and of knowing more. */
#include <string.h>

#include "scene.h"
#include "suites.h"

enum { SCENES = 400 };

static const kernel_call calls[] = {
    {.kernel = HHI},       {.kernel = HHI_NORMALISED},         {.kernel = RATIO, .index = 2},
    {.kernel = SHANNON},   {.kernel = EVENNESS},               {.kernel = EFFECTIVE, .number = 0},
    {.kernel = EFFECTIVE, .number = .5}, {.kernel = EFFECTIVE, .number = 2}, {.kernel = EFFECTIVE, .number = INFINITY},
    {.kernel = HHI_WGI},
};
enum { CALLS = sizeof calls / sizeof calls[0] };

static critmin_answer answer_of(const kernel_call *call, const scene *s) {
  kernel_call with = *call;
  with.governance = s->governance;
  return kernel_answer(&with, s->quantity, s->n, &s->supply);
}

static int same(double a, double b, double tolerance) {
  return (isnan(a) && isnan(b)) || a == b || fabs(a - b) <= tolerance * fmax(1, fabs(a));
}

static void assert_same(critmin_answer a, critmin_answer b, double tolerance) {
  ck_assert_msg(same(a.value, b.value, tolerance), "value %.17g and %.17g", a.value, b.value);
  ck_assert_msg(same(a.low, b.low, tolerance), "low %.17g and %.17g", a.low, b.low);
  ck_assert_msg(same(a.high, b.high, tolerance), "high %.17g and %.17g", a.high, b.high);
  ck_assert(same(a.coverage, b.coverage, tolerance));
  ck_assert_uint_eq(a.flags, b.flags);
}

/* Orders below 1 magnify what sums of doubles leave in a cell that should be empty. */
static double tolerance_of(const kernel_call *call) {
  return call->kernel == EFFECTIVE && call->number > 0 && call->number < 1 ? 1e-6 : 1e-11;
}

static void repoint(scene *s) {
  s->supply.low = s->low;
  s->supply.high = s->high;
  s->supply.outside = s->outside;
}

START_TEST(the_unit_does_not_matter) {
  stream random = {1};
  for (int i = 0; i < SCENES; i++) {
    scene s, t;
    scene_make(&s, &random, i % 2);
    t = s;
    repoint(&t);
    double unit = exp(stream_uniform(&random, -12, 12));
    for (int64_t j = 0; j < t.n; j++) {
      t.quantity[j] *= unit;
      t.low[j] *= unit;
      t.high[j] *= unit;
    }
    t.supply.total *= unit;
    t.supply.total_low *= unit;
    t.supply.total_high *= unit;
    t.supply.other *= unit;
    for (size_t k = 0; k < CALLS; k++) assert_same(answer_of(&calls[k], &s), answer_of(&calls[k], &t), tolerance_of(&calls[k]));
  }
}
END_TEST

START_TEST(the_order_of_the_rows_does_not_matter) {
  stream random = {2};
  for (int i = 0; i < SCENES; i++) {
    scene s, t;
    scene_make(&s, &random, i % 2);
    t = s;
    repoint(&t);
    for (int64_t j = 0; j < t.n; j++) { /* reversed */
      int64_t from = s.n - 1 - j;
      t.quantity[j] = s.quantity[from];
      t.low[j] = s.low[from];
      t.high[j] = s.high[from];
      t.outside[j] = s.outside[from];
      t.governance[j] = s.governance[from];
    }
    for (size_t k = 0; k < CALLS; k++) assert_same(answer_of(&calls[k], &s), answer_of(&calls[k], &t), tolerance_of(&calls[k]));
  }
}
END_TEST

START_TEST(the_same_call_gives_the_same_bits) {
  stream random = {3};
  for (int i = 0; i < SCENES; i++) {
    scene s;
    scene_make(&s, &random, i % 2);
    for (size_t k = 0; k < CALLS; k++) {
      critmin_answer a = answer_of(&calls[k], &s), b = answer_of(&calls[k], &s);
      ck_assert_int_eq(memcmp(&a, &b, sizeof a), 0);
    }
  }
}
END_TEST

START_TEST(a_merger_never_lowers_concentration) {
  stream random = {4};
  for (int i = 0; i < SCENES; i++) {
    double apart[6], merged[5];
    for (int j = 0; j < 6; j++) apart[j] = stream_uniform(&random, 0, 10);
    memcpy(merged, apart, sizeof merged);
    merged[0] += apart[5];
    for (size_t k = 0; k < CALLS; k++) {
      double before, after;
      switch (calls[k].kernel) {
      case HHI:
      case RATIO:
        before = kernel_answer(&calls[k], apart, 6, NULL).value;
        after = kernel_answer(&calls[k], merged, 5, NULL).value;
        ck_assert(after >= before - 1e-15);
        break;
      case SHANNON:
      case EFFECTIVE:
        before = kernel_answer(&calls[k], apart, 6, NULL).value;
        after = kernel_answer(&calls[k], merged, 5, NULL).value;
        ck_assert(after <= before + 1e-14);
        break;
      default: break;
      }
    }
  }
}
END_TEST

START_TEST(tonnes_moved_to_a_larger_producer_raise_concentration) {
  stream random = {5};
  for (int i = 0; i < SCENES; i++) {
    double x[5] = {10, 8, 6, 4, 2}, y[5];
    memcpy(y, x, sizeof y);
    int64_t to = stream_integer(&random, 0, 3), from = stream_integer(&random, to + 1, 4);
    double moved = stream_uniform(&random, .01, 1.9);
    y[to] += moved;
    y[from] -= moved;
    ck_assert(kernel_answer(&calls[0], y, 5, NULL).value > kernel_answer(&calls[0], x, 5, NULL).value);
    ck_assert(kernel_answer(&calls[3], y, 5, NULL).value < kernel_answer(&calls[3], x, 5, NULL).value);
    ck_assert(kernel_answer(&calls[7], y, 5, NULL).value < kernel_answer(&calls[7], x, 5, NULL).value);
  }
}
END_TEST

/* Publishing a withheld figure may only narrow the interval. */
START_TEST(to_know_more_never_widens_the_interval) {
  stream random = {6};
  int64_t narrowed = 0;
  for (int i = 0; i < SCENES; i++) {
    scene s, t;
    scene_make(&s, &random, 0);
    if (scene_is_gap(&s) || s.supply.unlisted_cutoff > 0) continue;
    completion c;
    scene_complete(&s, &random, &c);
    t = s;
    repoint(&t);
    int64_t row = stream_integer(&random, 0, s.n - 1);
    if (!isnan(s.quantity[row])) continue;
    int fills = 0; /* with nothing left to fill a rounded total, shares are of the printed one: another question */
    for (int64_t j = 0; j < s.n; j++) fills += j != row && !s.outside[j] && s.least[j] < s.most[j];
    if (s.kind == ROUNDED && !fills) continue;
    t.quantity[row] = c.x[row];
    t.low[row] = t.high[row] = NAN;
    for (size_t k = 0; k < CALLS; k++) {
      if (calls[k].kernel == HHI_NORMALISED || calls[k].kernel == EVENNESS) continue; /* safe, not exact */
      critmin_answer before = answer_of(&calls[k], &s), after = answer_of(&calls[k], &t);
      if (isnan(before.low) || isnan(after.low)) continue;
      ck_assert_msg(after.low >= before.low - 1e-9 && after.high <= before.high + 1e-9,
                    "%s (%g): [%.15g, %.15g] became [%.15g, %.15g]", kernel_name(calls[k].kernel), calls[k].number, before.low,
                    before.high, after.low, after.high);
      narrowed += after.low > before.low || after.high < before.high;
    }
  }
  ck_assert_int_gt(narrowed, 100);
}
END_TEST

START_TEST(orders_of_diversity_fall_as_they_rise) {
  stream random = {7};
  for (int i = 0; i < SCENES; i++) {
    double x[6];
    for (int j = 0; j < 6; j++) x[j] = stream_uniform(&random, 0, 10);
    double last = 7;
    for (double order = 0; order < 100; order += order < 2 ? .25 : 7) {
      kernel_call call = {.kernel = EFFECTIVE, .number = order};
      double now = kernel_answer(&call, x, 6, NULL).value;
      ck_assert(now <= last + 1e-12);
      last = now;
    }
    kernel_call call = {.kernel = EFFECTIVE, .number = INFINITY};
    ck_assert(kernel_answer(&call, x, 6, NULL).value <= last + 1e-12);
  }
}
END_TEST

Suite *suite_properties(void) {
  Suite *suite = suite_create("properties");
  TCase *cases = tcase_create("always");
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, the_unit_does_not_matter);
  tcase_add_test(cases, the_order_of_the_rows_does_not_matter);
  tcase_add_test(cases, the_same_call_gives_the_same_bits);
  tcase_add_test(cases, a_merger_never_lowers_concentration);
  tcase_add_test(cases, tonnes_moved_to_a_larger_producer_raise_concentration);
  tcase_add_test(cases, to_know_more_never_widens_the_interval);
  tcase_add_test(cases, orders_of_diversity_fall_as_they_rise);
  suite_add_tcase(suite, cases);
  return suite;
}
