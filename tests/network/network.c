/* SPDX-License-Identifier: MIT */
/* The handle: groups, faces, memory, and allocations that fail. */
#include <string.h>

#include "base/memory.h"
#include "scene.h"
#include "suites.h"

START_TEST(a_group_has_the_mix_of_what_its_members_use) {
  scene *s = scene_random(11, 3, 20, .2);
  critmin_network *n = scene_network(s);
  const int32_t group[] = {2, 5, 9};
  critmin_trace t = trace_of(2, 0, group, 3);
  double share[20], unknown, wanted[21] = {0}, use = 0;
  ck_assert_int_eq(critmin_origin_row(n, &t, share, NULL, &unknown, NULL), CRITMIN_OK);
  for (int i = 0; i < 3; i++) {
    critmin_trace one = trace_of(2, 0, &group[i], 1);
    critmin_pool p;
    double of_one[20], gap;
    critmin_pool_init(&p);
    ck_assert_int_eq(critmin_network_pool(n, 2, group[i], &p, NULL), CRITMIN_OK);
    ck_assert_int_eq(critmin_origin_row(n, &one, of_one, NULL, &gap, NULL), CRITMIN_OK);
    for (int q = 0; q < 20; q++) wanted[q] += p.use * of_one[q];
    wanted[20] += p.use * gap;
    use += p.use;
  }
  ck_assert_double_gt(use, 0);
  for (int q = 0; q < 20; q++) NEAR(share[q], wanted[q] / use);
  NEAR(unknown, wanted[20] / use);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(the_face_of_a_group_leaves_out_what_members_sell_each_other) {
  scene *s = scene_make(1, 4);
  s->stage[0].output[0] = 2, s->stage[0].output[3] = 100;
  scene_flow(s, 0, 3, 0, 6);
  scene_flow(s, 0, 0, 1, 4);
  scene_flow(s, 0, 3, 1, 1);
  scene_flow(s, 0, 2, 1, 1);
  critmin_network *n = scene_network(s);
  const int32_t group[] = {0, 1};
  critmin_trace t = trace_of(0, 0, group, 2);
  NEAR(ask(critmin_face_share, n, &t, 3).value, 7. / 10); /* of 2 + 6 + 1 + 1 */
  NEAR(ask(critmin_face_share, n, &t, 0).value, 2. / 10);
  const double weight[] = {1, 1};
  t.weight = weight;
  NEAR(ask(critmin_face_share, n, &t, 3).value, .5 * 6 / 8 + .5 * 1 / 6);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(several_origins_count_as_one) {
  scene *s = scene_three();
  critmin_network *n = scene_network(s);
  int32_t c = 2;
  const int32_t both[] = {0, 1};
  critmin_trace t = trace_of(1, 0, &c, 1);
  critmin_answer a;
  critmin_answer_init(&a);
  ck_assert_int_eq(critmin_origin_share(n, &t, both, 2, &a, NULL), CRITMIN_OK);
  NEAR(a.value, 42. / 54);
  NEAR(a.high, 1);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(memory_grows_with_flows) {
  scene *one = scene_random(1, 1, 200, .02), *five = scene_random(1, 5, 200, .02);
  critmin_network *small = scene_network(one), *large = scene_network(five);
  double flows = 0;
  for (int k = 0; k < 5; k++) flows += (double)five->stage[k].given.flows;
  double ratio = (double)critmin_network_bytes(large) / (double)critmin_network_bytes(small);
  double wanted = flows / (double)one->stage[0].given.flows;
  ck_assert_double_eq_tol(ratio, wanted, .15 * wanted);
  ck_assert_int_eq(critmin_network_bytes(NULL), 0);
  critmin_network_free(small);
  critmin_network_free(large);
  scene_free(one);
  scene_free(five);
}
END_TEST

static int32_t make(void *user) {
  critmin_network *n = NULL;
  critmin_status status = scene_try(user, 1, &n, NULL);
  if (status != CRITMIN_OK) ck_assert_ptr_null(n);
  critmin_network_free(n);
  return status;
}

START_TEST(no_allocation_that_fails_makes_half_a_network) {
  scene *s = scene_random(3, 3, 14, .3);
  s->stage[1].has_yield = 1;
  for (int c = 0; c < 14; c++) s->stage[1].yield[c] = .9;
  fail_each_allocation(make, s);
  scene_free(s);
}
END_TEST

typedef struct question {
  const critmin_network *network;
  critmin_trace trace;
  int kind;
} question;

static int32_t answer_question(void *user) {
  const question *q = user;
  const int32_t origin = 1;
  double share[3 * 14 * 14], other[3 * 14 * 14], unknown[3 * 14];
  critmin_answer a, before;
  critmin_error error;
  critmin_answer_init(&a);
  memcpy(&before, &a, sizeof a);
  critmin_status status;
  switch (q->kind) {
    case 0:
      status = critmin_origin_share(q->network, &q->trace, &origin, 1, &a, &error);
      break;
    case 1:
      status = critmin_face_share(q->network, &q->trace, &origin, 1, &a, &error);
      break;
    case 2:
      status = critmin_hidden_exposure(q->network, &q->trace, &origin, 1, &a, &error);
      break;
    case 3:
      status = critmin_touch_share(q->network, &q->trace, &origin, 1, 1, &a, &error);
      break;
    case 4:
      status = critmin_origin_bounds(q->network, &q->trace, &origin, 1, &a, &error);
      break;
    case 5:
      status = critmin_touch_bounds(q->network, &q->trace, &origin, 1, &a, &error);
      break;
    case 6:
      status = critmin_origin_row(q->network, &q->trace, share, other, unknown, &error);
      break;
    default:
      status = critmin_origin_all(q->network, 0, NULL, 0, share, other, unknown, 1, &error);
  }
  if (status != CRITMIN_OK) ck_assert_mem_eq(&a, &before, sizeof a);
  return status;
}

START_TEST(no_allocation_that_fails_writes_half_an_answer) {
  scene *s = scene_random(3, 3, 14, .3);
  for (int k = 1; k < 3; k++) {
    s->stage[k].has_yield = 1;
    for (int c = 0; c < 14; c++) s->stage[k].yield[c] = .9;
  }
  critmin_network *n = scene_network(s);
  int32_t buyer = 0;
  for (int kind = 0; kind < 8; kind++) {
    question q = {n, trace_of(2, 0, &buyer, 1), kind};
    fail_each_allocation(answer_question, &q);
  }
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(nothing_is_asked_of_no_network) {
  critmin_answer a;
  critmin_trace t;
  critmin_error error;
  double share;
  const int32_t origin = 0;
  critmin_answer_init(&a);
  critmin_trace_init(&t);
  critmin_network_free(NULL);
  critmin_network_stage_init(NULL);
  critmin_pool_init(NULL);
  critmin_trace_init(NULL);
  ck_assert_int_eq(critmin_network_new(NULL, 1, 1, 1, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_origin_share(NULL, &t, &origin, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_origin_row(NULL, &t, &share, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_origin_all(NULL, 0, NULL, 0, &share, NULL, NULL, 1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_origin_bounds(NULL, &t, &origin, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_touch_bounds(NULL, NULL, &origin, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_network_pool(NULL, 0, 0, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  scene *s = scene_three();
  critmin_network *n = scene_network(s);
  memset(&t, 0, sizeof t);
  ck_assert_int_eq(critmin_origin_share(n, &t, &origin, 1, &a, &error), CRITMIN_ERROR_ARGUMENT); /* not initialised */
  int32_t buyer = 0;
  const int32_t stages[] = {-1, 2, INT32_MAX, INT32_MIN};
  for (int i = 0; i < 4; i++) {
    t = trace_of(stages[i], 0, &buyer, 1);
    ck_assert_int_eq(critmin_origin_share(n, &t, &origin, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
    ck_assert_int_eq(critmin_face_share(n, &t, &origin, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
    ck_assert_int_eq(critmin_touch_bounds(n, &t, &origin, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
  }
  const critmin_network_stage *given[2] = {&s->stage[0].given, &s->stage[1].given};
  critmin_network *none = NULL;
  ck_assert_int_eq(critmin_network_new(given, 2, INT32_MAX, 1, &none, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_network_new(given, 0, 3, 1, &none, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_null(none);
  critmin_network_free(n);
  s->stage[1].given.struct_size = 0;
  ck_assert_int_eq(scene_try(s, 1, &n, &error), CRITMIN_ERROR_ARGUMENT);
  scene_free(s);
}
END_TEST

Suite *suite_network(void) {
  Suite *suite = suite_create("network");
  TCase *cases = tcase_create("network");
  tcase_add_test(cases, a_group_has_the_mix_of_what_its_members_use);
  tcase_add_test(cases, the_face_of_a_group_leaves_out_what_members_sell_each_other);
  tcase_add_test(cases, several_origins_count_as_one);
  tcase_add_test(cases, memory_grows_with_flows);
  tcase_add_test(cases, no_allocation_that_fails_makes_half_a_network);
  tcase_add_test(cases, no_allocation_that_fails_writes_half_an_answer);
  tcase_add_test(cases, nothing_is_asked_of_no_network);
  suite_add_tcase(suite, cases);
  return suite;
}
