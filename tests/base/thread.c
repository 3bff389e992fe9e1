/* SPDX-License-Identifier: MIT */
#include "base/thread.h"

#include <stdatomic.h>

#include "suites.h"

enum { ITEMS = 10007 };

typedef struct tally {
  atomic_int visits[ITEMS];
  atomic_int ranges;
  int64_t grain, stop_at;
} tally;

static tally counted;

static int32_t count(void *user, int64_t first, int64_t last) {
  tally *t = user;
  atomic_fetch_add(&t->ranges, 1);
  if (first % t->grain != 0 || last <= first || last - first > t->grain) return -1;
  for (int64_t i = first; i < last; i++) {
    if (i == t->stop_at) return 77;
    atomic_fetch_add(&t->visits[i], 1);
  }
  return 0;
}

static void reset(int64_t grain, int64_t stop_at) {
  for (int i = 0; i < ITEMS; i++) counted.visits[i] = 0;
  counted.ranges = 0;
  counted.grain = grain;
  counted.stop_at = stop_at;
}

static const struct {
  int32_t threads;
  int64_t grain;
} shapes[] = {{1, 1}, {1, 64}, {2, 1}, {2, 100}, {3, 4096}, {16, 7}, {0, 64}, {1000, 33}, {4, ITEMS}, {4, 10 * ITEMS}};

START_TEST(every_item_is_visited_once_in_ranges_of_the_grain) {
  reset(shapes[_i].grain, -1);
  ck_assert_int_eq(cm_parallel(shapes[_i].threads, ITEMS, shapes[_i].grain, count, &counted), 0);
  for (int i = 0; i < ITEMS; i++) ck_assert_int_eq(counted.visits[i], 1);
  ck_assert_int_eq(counted.ranges, (ITEMS + shapes[_i].grain - 1) / shapes[_i].grain);
}
END_TEST

START_TEST(a_range_that_fails_stops_the_rest) {
  reset(10, 500);
  ck_assert_int_eq(cm_parallel(shapes[_i].threads, ITEMS, 10, count, &counted), 77);
  if (shapes[_i].threads == 1) ck_assert_int_eq(counted.ranges, 51);
}
END_TEST

START_TEST(no_items_are_no_work) {
  reset(1, -1);
  ck_assert_int_eq(cm_parallel(4, 0, 1, count, &counted), 0);
  ck_assert_int_eq(cm_parallel(4, -5, 1, count, &counted), 0);
  ck_assert_int_eq(counted.ranges, 0);
}
END_TEST

START_TEST(a_grain_below_one_is_one) {
  reset(1, -1);
  ck_assert_int_eq(cm_parallel(2, 10, 0, count, &counted), 0);
  ck_assert_int_eq(counted.ranges, 10);
}
END_TEST

START_TEST(there_is_a_processor) { ck_assert_int_ge(cm_processors(), 1); }
END_TEST

Suite *suite_thread(void) {
  Suite *suite = suite_create("thread");
  TCase *tcase = tcase_create("thread");
  int n = (int)(sizeof shapes / sizeof shapes[0]);
  tcase_add_loop_test(tcase, every_item_is_visited_once_in_ranges_of_the_grain, 0, n);
  tcase_add_loop_test(tcase, a_range_that_fails_stops_the_rest, 0, n);
  tcase_add_test(tcase, no_items_are_no_work);
  tcase_add_test(tcase, a_grain_below_one_is_one);
  tcase_add_test(tcase, there_is_a_processor);
  suite_add_tcase(suite, tcase);
  return suite;
}
