/* SPDX-License-Identifier: MIT */
/* Commitments without a network: expected tonnes, the mean over the law, and the law itself. */
#include <string.h>

#include "scene.h"
#include "suites.h"

enum { MANY = 24 };

typedef struct book {
  double tonnes[MANY], probability[MANY], ramp[MANY];
  critmin_commitments given;
} book;

static void book_init(book *b, int64_t count) {
  memset(b, 0, sizeof *b);
  critmin_commitments_init(&b->given);
  b->given.count = count;
  b->given.tonnes = b->tonnes;
  b->given.probability = b->probability;
  b->given.ramp = b->ramp;
  for (int i = 0; i < MANY; i++) b->probability[i] = b->ramp[i] = 1;
}

/* 100 t that come nine times out of ten, and 150 t, half of them due, that come six times. */
static void two(book *b) {
  book_init(b, 2);
  b->tonnes[0] = 100, b->probability[0] = .9;
  b->tonnes[1] = 150, b->probability[1] = .6, b->ramp[1] = .5;
}

static critmin_interval exactly(double value) {
  return (critmin_interval){value, NAN, NAN};
}

static critmin_answer effective(const book *b, critmin_interval exposed, double demand) {
  critmin_answer a;
  critmin_error error;
  critmin_answer_init(&a);
  if (critmin_effective_dependency(&exposed, demand, &b->given, &a, &error) != CRITMIN_OK)
    ck_abort_msg("%s", error.message);
  return a;
}

static double at_most(const book *b, double exposed, double demand, double level) {
  critmin_interval v = exactly(exposed);
  critmin_error error;
  double p;
  if (critmin_effective_dependency_law(&v, demand, &b->given, &level, 1, &p, &error) != CRITMIN_OK)
    ck_abort_msg("%s", error.message);
  return p;
}

START_TEST(the_worked_example_comes_out) {
  book b;
  two(&b);
  critmin_answer e;
  critmin_answer_init(&e);
  ck_assert_int_eq(critmin_committed_tonnes(&b.given, &e, NULL), CRITMIN_OK);
  NEAR(e.value, 135);
  NEAR(e.low, 0);
  NEAR(e.high, 175);
  NEAR(effective(&b, exactly(450), 500).value, .63);
  NEAR(at_most(&b, 450, 500, .75), .96);
  NEAR(at_most(&b, 450, 500, .55), .54);
  NEAR(at_most(&b, 450, 500, .70), .90);
  NEAR(at_most(&b, 450, 500, .90), 1);
  NEAR(at_most(&b, 450, 500, .54), 0);
  b.given.displacement = CRITMIN_DISPLACE_PROPORTIONAL;
  NEAR(effective(&b, exactly(450), 500).value, .657);
}
END_TEST

START_TEST(the_mean_over_the_law_is_more_than_that_of_the_mean) {
  book b;
  two(&b);
  b.ramp[1] = 1; /* 250 t at most, against 120 t exposed */
  double wanted = (.54 * 0 + .36 * 20 + .06 * 0 + .04 * 120) / 500;
  NEAR(effective(&b, exactly(120), 500).value, wanted);
  ck_assert_double_gt(wanted, 0); /* where the mean delivery of 180 t would leave nothing */
}
END_TEST

START_TEST(the_ends_of_what_is_exposed_give_the_ends) {
  book b;
  two(&b);
  critmin_answer a = effective(&b, (critmin_interval){450, 400, 500}, 500);
  NEAR(a.low, .53);
  NEAR(a.value, .63);
  NEAR(a.high, .73);
  a = effective(&b, (critmin_interval){NAN, 400, 500}, 500);
  ck_assert_double_nan(a.value);
  NEAR(a.low, .53);
  ck_assert_uint_eq(a.flags, CRITMIN_FLAG_NO_DATA);
  a = effective(&b, exactly(0), 0);
  ck_assert_double_nan(a.value);
  ck_assert_uint_eq(a.flags, CRITMIN_FLAG_UNDEFINED);
}
END_TEST

START_TEST(a_commitment_more_never_raises_dependency) {
  stream random = {5};
  for (int draws = 0; draws < 50; draws++) {
    book b;
    book_init(&b, 0);
    b.given.displacement = draws % 2;
    b.given.correlation = draws % 3 == 0 ? .4 : 0;
    double before = effective(&b, exactly(70), 100).value;
    NEAR(before, .7);
    for (int i = 0; i < 6; i++) {
      b.tonnes[i] = 40 * stream_uniform(&random);
      b.probability[i] = stream_uniform(&random);
      b.given.count++;
      double now = effective(&b, exactly(70), 100).value;
      if (now > before + 1e-12) ck_abort_msg("%g with one more, %g before", now, before);
      before = now;
    }
  }
}
END_TEST

/* Every set of commitments, one by one. */
static double enumerate(const book *b, double exposed, double demand, double level, double *mean) {
  double within = 0;
  *mean = 0;
  for (int64_t set = 0; set < INT64_C(1) << b->given.count; set++) {
    double p = 1, tonnes = 0;
    for (int64_t i = 0; i < b->given.count; i++) {
      p *= set >> i & 1 ? b->probability[i] : 1 - b->probability[i];
      if (set >> i & 1) tonnes += b->tonnes[i] * b->ramp[i];
    }
    double left = fmax(0, exposed - tonnes) / demand;
    *mean += p * left;
    if (left <= level + 1e-12) within += p;
  }
  return within;
}

START_TEST(the_law_is_that_of_every_set) {
  stream random = {9};
  for (int draws = 0; draws < 20; draws++) {
    book b;
    book_init(&b, 1 + stream_below(&random, 12));
    for (int64_t i = 0; i < b.given.count; i++) {
      b.tonnes[i] =
          draws % 2 ? 10 * stream_below(&random, 5) : 40 * stream_uniform(&random); /* equal sums, and all different */
      b.probability[i] = stream_uniform(&random);
    }
    double mean, level = stream_uniform(&random), within = enumerate(&b, 90, 100, level, &mean);
    NEAR(effective(&b, exactly(90), 100).value, mean);
    NEAR(at_most(&b, 90, 100, level), within);
  }
}
END_TEST

START_TEST(many_sums_keep_their_mean_and_nearly_their_law) {
  stream random = {21};
  book b;
  book_init(&b, 20);
  double sum = 0, expected = 0;
  for (int i = 0; i < 20; i++) {
    b.tonnes[i] = 1 + stream_uniform(&random);
    b.probability[i] = .2 + .6 * stream_uniform(&random);
    sum += b.tonnes[i];
    expected += b.tonnes[i] * b.probability[i];
  }
  NEAR(effective(&b, exactly(sum), sum).value, 1 - expected / sum); /* no state reaches the kink */
  double mean, within = enumerate(&b, sum / 2, sum, .1, &mean);
  NEARER(effective(&b, exactly(sum / 2), sum).value, mean, 1e-7);
  NEARER(at_most(&b, sum / 2, sum, .1), within, 1e-4);
}
END_TEST

START_TEST(a_common_factor_widens_the_law_and_keeps_each_chance) {
  book b;
  book_init(&b, 2);
  b.tonnes[0] = b.tonnes[1] = 50;
  b.probability[0] = b.probability[1] = .5;
  /* Two normals correlated by r are both below their medians with probability 1/4 + asin(r) / (2 pi) (Sheppard). */
  const double correlations[] = {.1, .5, .9, .99};
  for (int i = 0; i < 4; i++) {
    b.given.correlation = correlations[i];
    double both = .25 + asin(correlations[i]) / (2 * acos(-1));
    NEARER(at_most(&b, 100, 100, 0), both, 1e-10);
    NEARER(at_most(&b, 100, 100, .5), 1 - both, 1e-10);
    NEARER(effective(&b, exactly(100), 100).value, .5, 1e-10);
  }
  two(&b);
  b.given.correlation = .3;
  NEARER(effective(&b, exactly(450), 500).value, .63, 1e-10); /* no state reaches the kink */
  b.probability[0] = 1, b.probability[1] = 0;
  NEARER(effective(&b, exactly(450), 500).value, .7, 1e-10);
}
END_TEST

START_TEST(deliveries_grow_evenly_into_the_year) {
  double share;
  const struct {
    double start, months;
    int32_t year;
    double wanted;
  } cases[] = {{2024, 0, 2023, 0},    {2024, 0, 2024, 1},        {2024.5, 0, 2024, .5},
               {2024, 12, 2024, .5},  {2024, 12, 2025, 1},       {2024, 24, 2024, .25},
               {2024, 24, 2025, .75}, {2024.5, 24, 2024, .0625}, {2030, 24, 2024, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ck_assert_int_eq(critmin_ramp(cases[i].start, cases[i].months, cases[i].year, &share, NULL), CRITMIN_OK);
    NEAR(share, cases[i].wanted);
  }
  ck_assert_int_eq(critmin_ramp(2024, -1, 2024, &share, NULL), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(critmin_ramp(NAN, 1, 2024, &share, NULL), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(critmin_ramp(2024, 1, 2024, NULL, NULL), CRITMIN_ERROR_ARGUMENT);
}
END_TEST

START_TEST(what_cannot_be_committed_is_refused) {
  book b;
  critmin_error error;
  critmin_answer a;
  critmin_answer_init(&a);
  two(&b);
  critmin_interval v = exactly(450);
  const struct {
    double *at, value;
    critmin_status status;
  } wrong[] = {{&b.tonnes[1], -1, CRITMIN_ERROR_NEGATIVE},
               {&b.tonnes[1], NAN, CRITMIN_ERROR_MISSING_VALUE},
               {&b.tonnes[1], INFINITY, CRITMIN_ERROR_INVALID_VALUE},
               {&b.probability[1], 1.1, CRITMIN_ERROR_SHARE_RANGE},
               {&b.ramp[1], -.1, CRITMIN_ERROR_SHARE_RANGE},
               {&b.ramp[1], NAN, CRITMIN_ERROR_MISSING_VALUE}};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    double kept = *wrong[i].at;
    *wrong[i].at = wrong[i].value;
    ck_assert_int_eq(critmin_effective_dependency(&v, 500, &b.given, &a, &error), wrong[i].status);
    ck_assert_int_eq(error.row, 2);
    ck_assert_int_eq(critmin_committed_tonnes(&b.given, &a, &error), wrong[i].status);
    *wrong[i].at = kept;
  }
  ck_assert_int_eq(critmin_effective_dependency(&v, 400, &b.given, &a, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(critmin_effective_dependency(&v, -1, &b.given, &a, &error), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(critmin_effective_dependency(&v, NAN, &b.given, &a, &error), CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_int_eq(critmin_effective_dependency(NULL, 500, &b.given, &a, &error), CRITMIN_ERROR_ARGUMENT);
  critmin_interval crossed = {450, 460, NAN};
  ck_assert_int_eq(critmin_effective_dependency(&crossed, 500, &b.given, &a, &error), CRITMIN_ERROR_INVALID_VALUE);
  b.given.correlation = 1;
  ck_assert_int_eq(critmin_effective_dependency(&v, 500, &b.given, &a, &error), CRITMIN_ERROR_INVALID_VALUE);
  b.given.correlation = 0;
  b.given.displacement = 7;
  ck_assert_int_eq(critmin_effective_dependency(&v, 500, &b.given, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_double_nan(a.value);
}
END_TEST

static int32_t ask_all(void *user) {
  const book *b = user;
  critmin_answer a;
  critmin_interval v = exactly(10);
  double level = .5, p = -1;
  critmin_answer_init(&a);
  critmin_status status = critmin_effective_dependency(&v, 20, &b->given, &a, NULL);
  if (status == CRITMIN_OK) status = critmin_committed_tonnes(&b->given, &a, NULL);
  if (status == CRITMIN_OK) status = critmin_effective_dependency_law(&v, 20, &b->given, &level, 1, &p, NULL);
  if (status != CRITMIN_OK) NEAR(p, -1);
  return status;
}

START_TEST(no_allocation_that_fails_is_overlooked) {
  book b;
  two(&b);
  fail_each_allocation(ask_all, &b);
  b.given.correlation = .9;
  fail_each_allocation(ask_all, &b);
}
END_TEST

Suite *suite_effective(void) {
  Suite *suite = suite_create("effective");
  TCase *cases = tcase_create("effective");
  tcase_add_test(cases, the_worked_example_comes_out);
  tcase_add_test(cases, the_mean_over_the_law_is_more_than_that_of_the_mean);
  tcase_add_test(cases, the_ends_of_what_is_exposed_give_the_ends);
  tcase_add_test(cases, a_commitment_more_never_raises_dependency);
  tcase_add_test(cases, the_law_is_that_of_every_set);
  tcase_add_test(cases, many_sums_keep_their_mean_and_nearly_their_law);
  tcase_add_test(cases, a_common_factor_widens_the_law_and_keeps_each_chance);
  tcase_add_test(cases, deliveries_grow_evenly_into_the_year);
  tcase_add_test(cases, what_cannot_be_committed_is_refused);
  tcase_add_test(cases, no_allocation_that_fails_is_overlooked);
  suite_add_tcase(suite, cases);
  return suite;
}
