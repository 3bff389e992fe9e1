/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include "suites.h"

START_TEST(nothing_asked_for_can_be_freed) {
  void *memory = cm_alloc(0), *array = cm_alloc_array(0, 8);
  ck_assert_ptr_nonnull(memory);
  ck_assert_ptr_nonnull(array);
  memory = cm_resize(memory, 0, 8);
  ck_assert_ptr_nonnull(memory);
  cm_free(memory);
  cm_free(array);
  cm_free(NULL);
}
END_TEST

START_TEST(arrays_are_zeroed) {
  const unsigned char *array = cm_alloc_array(1000, 3);
  for (int i = 0; i < 3000; i++) ck_assert_int_eq(array[i], 0);
  cm_free((void *)array);
}
END_TEST

START_TEST(products_that_overflow_are_refused) {
  ck_assert_ptr_null(cm_alloc_array(SIZE_MAX / 2, 3));
  void *memory = cm_alloc(4);
  ck_assert_ptr_null(cm_resize(memory, SIZE_MAX / 2, 3));
  cm_free(memory);
}
END_TEST

START_TEST(the_nth_allocation_fails_and_no_other) {
  cm_memory_fail_at(2, 0);
  void *a = cm_alloc(1), *b = cm_alloc(1), *c = cm_alloc(1);
  ck_assert_ptr_nonnull(a);
  ck_assert_ptr_null(b);
  ck_assert_ptr_nonnull(c);
  ck_assert_int_eq(cm_memory_count(), 3);
  cm_memory_fail_at(0, 0);
  cm_free(a);
  cm_free(c);
}
END_TEST

START_TEST(a_lasting_failure_lasts) {
  cm_memory_fail_at(2, 1);
  void *a = cm_alloc(1);
  ck_assert_ptr_nonnull(a);
  ck_assert_ptr_null(cm_alloc(1));
  ck_assert_ptr_null(cm_alloc_array(1, 1));
  ck_assert_ptr_null(cm_resize(a, 2, 1));
  cm_memory_fail_at(0, 0);
  cm_free(a);
}
END_TEST

START_TEST(a_growing_array_keeps_its_items) {
  int64_t *items = NULL;
  size_t room = 0;
  for (int64_t i = 0; i < 1000; i++) {
    ck_assert(cm_grow(&items, (size_t)i, &room, sizeof *items));
    ck_assert_uint_gt(room, (size_t)i);
    items[i] = i;
  }
  for (int64_t i = 0; i < 1000; i++) ck_assert_int_eq(items[i], i);
  cm_free(items);
}
END_TEST

START_TEST(an_array_that_cannot_grow_is_left_as_it_is) {
  int *items = NULL;
  size_t room = 0;
  ck_assert(cm_grow(&items, 0, &room, sizeof *items));
  int *before = items;
  size_t room_before = room;
  cm_memory_fail_at(1, 0);
  ck_assert(!cm_grow(&items, room, &room, sizeof *items));
  cm_memory_fail_at(0, 0);
  ck_assert_ptr_eq(items, before);
  ck_assert_uint_eq(room, room_before);
  cm_free(items);
}
END_TEST

Suite *suite_memory(void) {
  Suite *suite = suite_create("memory");
  TCase *tcase = tcase_create("memory");
  tcase_add_test(tcase, nothing_asked_for_can_be_freed);
  tcase_add_test(tcase, arrays_are_zeroed);
  tcase_add_test(tcase, products_that_overflow_are_refused);
  tcase_add_test(tcase, the_nth_allocation_fails_and_no_other);
  tcase_add_test(tcase, a_lasting_failure_lasts);
  tcase_add_test(tcase, a_growing_array_keeps_its_items);
  tcase_add_test(tcase, an_array_that_cannot_grow_is_left_as_it_is);
  suite_add_tcase(suite, tcase);
  return suite;
}
