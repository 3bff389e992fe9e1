/* SPDX-License-Identifier: MIT */
/* What a model is made of: texts and ids. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/arena.h"
#include "model/idmap.h"
#include "suites.h"

START_TEST(equal_texts_share_one_copy_that_never_moves) {
  cm_arena arena = {0};
  const char *copies[3000], *missing = "?";
  char text[32];
  for (int i = 0; i < 3000; i++) {
    snprintf(text, sizeof text, "text number %d", i);
    ck_assert_int_eq(cm_arena_copy(&arena, text, &copies[i]), 1);
  }
  for (int i = 0; i < 3000; i++) {
    const char *again;
    snprintf(text, sizeof text, "text number %d", i);
    ck_assert_str_eq(copies[i], text);
    ck_assert_int_eq(cm_arena_copy(&arena, text, &again), 1);
    ck_assert_ptr_eq(again, copies[i]);
  }
  ck_assert_int_eq(cm_arena_copy(&arena, NULL, &missing), 1);
  ck_assert_ptr_null(missing);
  cm_arena_free(&arena);
}
END_TEST

START_TEST(a_text_longer_than_a_block_is_kept_whole) {
  cm_arena arena = {0};
  static char text[100001];
  memset(text, 'x', 100000);
  const char *copy;
  ck_assert_int_eq(cm_arena_copy(&arena, text, &copy), 1);
  ck_assert_uint_eq(strlen(copy), 100000);
  cm_arena_free(&arena);
}
END_TEST

START_TEST(ids_are_found_dense_or_not) {
  const int64_t dense[] = {5, 1, 3}, sparse[] = {INT64_MAX, -7, 40, 1000000000000};
  cm_idmap map;
  ck_assert_int_eq(cm_idmap_make(&map, dense, 3), 1);
  ck_assert_int_eq(cm_idmap_find(&map, 5), 0);
  ck_assert_int_eq(cm_idmap_find(&map, 3), 2);
  ck_assert_int_eq(cm_idmap_find(&map, 2), -1);
  ck_assert_int_eq(cm_idmap_find(&map, -1), -1);
  ck_assert_int_eq(cm_idmap_find(&map, INT64_MAX), -1);
  cm_idmap_free(&map);
  ck_assert_int_eq(cm_idmap_make(&map, sparse, 4), 1);
  for (int i = 0; i < 4; i++) ck_assert_int_eq(cm_idmap_find(&map, sparse[i]), i);
  ck_assert_int_eq(cm_idmap_find(&map, 0), -1);
  cm_idmap_free(&map);
  ck_assert_int_eq(cm_idmap_make(&map, NULL, 0), 1);
  ck_assert_int_eq(cm_idmap_find(&map, 0), -1);
  cm_idmap_free(&map);
}
END_TEST

Suite *suite_parts(void) {
  Suite *suite = suite_create("parts");
  TCase *tests = tcase_create("parts");
  tcase_add_test(tests, equal_texts_share_one_copy_that_never_moves);
  tcase_add_test(tests, a_text_longer_than_a_block_is_kept_whole);
  tcase_add_test(tests, ids_are_found_dense_or_not);
  suite_add_tcase(suite, tests);
  return suite;
}
