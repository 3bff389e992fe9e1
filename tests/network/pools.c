/* SPDX-License-Identifier: MIT */
/* What a network makes of a pool, and what it refuses. */
#include <string.h>

#include "scene.h"
#include "suites.h"

static critmin_pool pool(const critmin_network *n, int32_t stage, int32_t country) {
  critmin_pool p;
  critmin_error error;
  critmin_pool_init(&p);
  if (critmin_network_pool(n, stage, country, &p, &error) != CRITMIN_OK) ck_abort_msg("%s", error.message);
  return p;
}

START_TEST(what_leaves_a_pool_beyond_its_supply_is_unknown) {
  scene *s = scene_three();
  critmin_network *n = scene_network(s);
  critmin_pool c = pool(n, 0, 2), a = pool(n, 0, 0);
  NEAR(c.imports, 20);
  NEAR(c.use, 30);
  NEAR(c.unknown, 10);
  NEAR(c.total, 30);
  ck_assert_uint_eq(c.flags, CRITMIN_FLAG_UNKNOWN_ORIGIN);
  NEAR(a.total, 60);
  NEAR(a.exports, 40);
  NEAR(a.use, 20);
  ck_assert_uint_eq(a.flags, 0);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(sums_in_another_order_make_no_unknown) {
  scene *s = scene_make(1, 12);
  for (int32_t c = 1; c < 12; c++) {
    s->stage[0].output[c] = .1;
    scene_flow(s, 0, c, 0, .1);
  }
  s->stage[0].use[0] = 1.1;
  s->stage[0].has_use = 1;
  critmin_network *n = scene_network(s);
  NEARER(pool(n, 0, 0).unknown, 0, 0);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(flows_of_one_pair_add_up_and_those_to_oneself_drop_out) {
  scene *s = scene_make(1, 3);
  s->stage[0].output[1] = 9;
  scene_flow(s, 0, 1, 0, 2);
  scene_flow(s, 0, 2, 2, 50);
  scene_flow(s, 0, 1, 0, 3);
  critmin_network *n = scene_network(s);
  NEAR(pool(n, 0, 0).imports, 5);
  NEAR(pool(n, 0, 1).exports, 5);
  ck_assert_uint_eq(pool(n, 0, 2).flags, CRITMIN_FLAG_NO_DATA);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(a_country_that_only_passes_on_is_said_to) {
  scene *s = scene_make(1, 3);
  s->stage[0].output[0] = 7;
  scene_flow(s, 0, 0, 1, 7);
  scene_flow(s, 0, 1, 2, 7);
  critmin_network *n = scene_network(s);
  ck_assert_uint_eq(pool(n, 0, 1).flags, CRITMIN_FLAG_TRANSIT_ONLY);
  ck_assert_uint_eq(pool(n, 0, 2).flags, 0);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(a_loop_that_no_source_feeds_is_of_unknown_origin) {
  scene *s = scene_make(2, 4);
  s->stage[0].output[0] = 5;
  scene_flow(s, 0, 1, 2, 5);
  scene_flow(s, 0, 2, 1, 5);
  s->stage[1].output[1] = 2;
  critmin_network *n = scene_network(s);
  ck_assert_uint_eq(pool(n, 0, 1).flags & CRITMIN_FLAG_SINGULAR_LOOP, CRITMIN_FLAG_SINGULAR_LOOP);
  NEAR(pool(n, 0, 1).total, 5);
  int32_t buyer = 1;
  critmin_trace t = trace_of(1, 0, &buyer, 1);
  double share[4], unknown;
  ck_assert_int_eq(critmin_origin_row(n, &t, share, NULL, &unknown, NULL), CRITMIN_OK);
  NEAR(unknown, 1);
  for (int q = 0; q < 4; q++) NEARER(share[q], 0, 0);
  critmin_answer a = ask(critmin_origin_share, n, &t, 0);
  ck_assert_uint_eq(a.flags, CRITMIN_FLAG_SINGULAR_LOOP | CRITMIN_FLAG_UNKNOWN_ORIGIN);
  NEAR(a.high, 1);
  NEAR(a.coverage, 0);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(the_faintest_source_of_a_loop_is_found_exactly) {
  scene *s = scene_make(1, 4);
  s->stage[0].output[2] = 3e-18, s->stage[0].output[3] = 1e-18;
  scene_flow(s, 0, 0, 1, 1);
  scene_flow(s, 0, 1, 0, 1);
  scene_flow(s, 0, 2, 0, 3e-18);
  scene_flow(s, 0, 3, 0, 1e-18);
  critmin_network *n = scene_network(s);
  for (int32_t c = 0; c < 2; c++) {
    critmin_trace t = trace_of(0, 0, &c, 1);
    NEAR(ask(critmin_origin_share, n, &t, 2).value, .75);
    NEAR(ask(critmin_origin_share, n, &t, 3).value, .25);
  }
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(a_producer_without_input_works_what_is_unknown) {
  scene *s = scene_make(2, 2);
  s->stage[0].output[0] = 5;
  s->stage[1].output[0] = 1, s->stage[1].output[1] = 3;
  scene_flow(s, 1, 1, 0, 3);
  critmin_network *n = scene_network(s);
  int32_t buyer = 0;
  critmin_trace t = trace_of(1, 0, &buyer, 1);
  critmin_answer a = ask(critmin_origin_share, n, &t, 0);
  NEAR(a.value, .25);
  NEAR(a.high, 1);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(known_yields_say_what_a_pool_must_have_held) {
  scene *s = scene_make(2, 2);
  s->stage[0].output[0] = 5;
  s->stage[1].output[0] = 6;
  s->stage[1].yield[0] = .75;
  s->stage[1].has_yield = 1;
  critmin_network *n = scene_network(s);
  NEAR(pool(n, 0, 0).unknown, 3);
  NEAR(pool(n, 0, 0).use, 8);
  int32_t buyer = 0;
  critmin_trace t = trace_of(1, 0, &buyer, 1);
  NEAR(ask(critmin_origin_share, n, &t, 0).value, .625);
  t.needed = 1;
  NEAR(ask(critmin_origin_share, n, &t, 0).value, .625 / .75);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(scrap_ends_a_trace_where_it_was_worked) {
  scene *s = scene_make(2, 2);
  s->stage[0].output[0] = 5;
  s->stage[1].output[0] = 6, s->stage[1].secondary[0] = 2, s->stage[1].secondary[1] = 1;
  scene_flow(s, 1, 1, 0, 1);
  critmin_network *n = scene_network(s);
  int32_t buyer = 0;
  critmin_trace t = trace_of(1, 0, &buyer, 1);
  double share[2], other[2], unknown;
  ck_assert_int_eq(critmin_origin_row(n, &t, share, other, &unknown, NULL), CRITMIN_OK);
  NEAR(share[0], 6. / 9);
  NEAR(other[0], 2. / 9);
  NEAR(other[1], 1. / 9);
  NEAR(unknown, 0);
  NEAR(touch(n, &t, 0, 0).value, 8. / 9);
  NEAR(touch(n, &t, 1, 0).value, 1. / 9);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

/* Nickel by two routes: of sulphide ore, and of laterite, which is another mine's. */
START_TEST(two_inputs_are_followed_by_their_shares) {
  scene *s = scene_make(3, 3);
  const int32_t input[] = {0, 1};
  const double input_share[] = {.25, 0, 0, .75, 0, 0};
  s->stage[0].output[1] = 4;
  scene_flow(s, 0, 1, 0, 4);
  s->stage[1].given.inputs = -1;
  s->stage[1].output[2] = 6;
  scene_flow(s, 1, 2, 0, 6);
  s->stage[2].output[0] = 8;
  s->stage[2].given.inputs = 2;
  s->stage[2].given.input = input;
  s->stage[2].given.input_share = input_share;
  critmin_network *n = scene_network(s);
  int32_t buyer = 0;
  critmin_trace sulphide = trace_of(2, 0, &buyer, 1), laterite = trace_of(2, 1, &buyer, 1);
  double share[3], other[3], unknown;
  ck_assert_int_eq(critmin_origin_row(n, &sulphide, share, other, &unknown, NULL), CRITMIN_OK);
  NEAR(share[1], .25);
  NEAR(other[0], .75); /* came in at the buyer's plant, from an input that has no stage 0 */
  NEAR(unknown, 0);
  NEAR(ask(critmin_origin_share, n, &laterite, 2).value, .75);
  double all[27], others[27];
  ck_assert_int_eq(critmin_origin_all(n, 0, NULL, 0, all, others, NULL, 1, NULL), CRITMIN_OK);
  NEAR(all[2 * 9 + 1], .25);
  NEAR(others[2 * 9], .75);
  ck_assert_double_nan(all[9 + 2 * 3]); /* laterite does not come from sulphide */
  critmin_trace wrong = trace_of(1, 0, &buyer, 1);
  ck_assert_int_eq(critmin_origin_row(n, &wrong, share, other, &unknown, NULL), CRITMIN_ERROR_ARGUMENT);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(shares_serve_where_tonnes_are_not_known) {
  scene *s = scene_make(2, 3);
  s->stage[0].given.in_shares = s->stage[1].given.in_shares = 1;
  s->stage[0].output[1] = 1, s->stage[0].output[2] = 1;
  scene_flow(s, 0, 1, 2, 0); /* nothing */
  s->stage[1].output[1] = 1, s->stage[1].output[2] = .5;
  scene_flow(s, 1, 1, 0, .4);
  scene_flow(s, 1, 2, 0, .5);
  critmin_network *n = scene_network(s);
  int32_t buyer = 0, buyers[] = {0, 1};
  critmin_trace t = trace_of(1, 0, &buyer, 1), both = trace_of(1, 0, buyers, 2);
  critmin_answer a = ask(critmin_origin_share, n, &t, 1);
  NEAR(a.value, .4);
  NEAR(a.high, .4 + .1 + .25);
  critmin_error error;
  const int32_t origin = 1;
  ck_assert_int_eq(critmin_origin_share(n, &both, &origin, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
  const double weight[] = {1, 3};
  both.weight = weight;
  NEAR(ask(critmin_origin_share, n, &both, 1).value, .25 * .4 + .75);
  a = ask(critmin_origin_bounds, n, &t, 1); /* all of what came from a seller that has any of it can be of it */
  NEAR(a.low, .4);
  NEAR(a.high, .4 + .1 + .5);
  critmin_network_free(n);
  /* A seller with nothing on record is no loop, and what it sold is not known. */
  s->stage[1].output[1] = 0;
  n = scene_network(s);
  a = ask(critmin_origin_share, n, &t, 1);
  NEAR(a.value, 0);
  NEAR(a.high, .4 + .1 + .25);
  ck_assert_uint_eq(a.flags, CRITMIN_FLAG_UNKNOWN_ORIGIN);
  critmin_network_free(n);
  s->stage[1].output[1] = 1;
  s->stage[1].quantity[1] = .7;
  n = NULL;
  ck_assert_int_eq(scene_try(s, 1, &n, &error), CRITMIN_ERROR_SHARE_RANGE);
  ck_assert_ptr_null(n);
  scene_free(s);
}
END_TEST

typedef struct refusal {
  critmin_status status;
  int64_t row;
  double *at;
  double value;
} refusal;

START_TEST(what_cannot_be_is_refused_with_its_place) {
  scene *s = scene_three();
  for (int c = 0; c < 3; c++) s->stage[1].yield[c] = 1;
  s->stage[1].has_yield = 1;
  const refusal refusals[] = {
      {CRITMIN_ERROR_NEGATIVE, 2, &s->stage[0].output[1], -1},
      {CRITMIN_ERROR_MISSING_VALUE, 3, &s->stage[0].output[2], NAN},
      {CRITMIN_ERROR_INVALID_VALUE, 1, &s->stage[1].output[0], INFINITY},
      {CRITMIN_ERROR_NEGATIVE, 2, &s->stage[0].secondary[1], -1},
      {CRITMIN_ERROR_NEGATIVE, 2, &s->stage[0].use[1], -1},
      {CRITMIN_ERROR_INVALID_VALUE, 2, &s->stage[0].use[1], INFINITY},
      {CRITMIN_ERROR_INVALID_VALUE, 2, &s->stage[1].yield[1], 1.01},
      {CRITMIN_ERROR_INVALID_VALUE, 2, &s->stage[1].yield[1], 0},
      {CRITMIN_ERROR_MISSING_VALUE, 2, &s->stage[1].quantity[1], NAN},
      {CRITMIN_ERROR_NEGATIVE, 1, &s->stage[0].quantity[0], -3},
      {CRITMIN_ERROR_INVALID_VALUE, 3, &s->stage[1].quantity[2], INFINITY},
  };
  for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
    const refusal *r = &refusals[i];
    double kept = *r->at;
    *r->at = r->value;
    critmin_network *n = NULL;
    critmin_error error;
    critmin_status status = scene_try(s, 1, &n, &error);
    if (status != r->status || error.row != r->row || n || !strstr(error.message, "stage "))
      ck_abort_msg("%d: %d, row %d: %s", (int)i, (int)status, (int)error.row, error.message);
    *r->at = kept;
  }
  s->stage[0].importer[1] = 3;
  critmin_network *n = NULL;
  critmin_error error;
  ck_assert_int_eq(scene_try(s, 1, &n, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(error.row, 2);
  s->stage[0].importer[1] = 2;
  const int32_t itself[] = {1};
  s->stage[1].given.inputs = 1;
  s->stage[1].given.input = itself;
  ck_assert_int_eq(scene_try(s, 1, &n, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_nonnull(strstr(error.message, "cycle"));
  ck_assert_ptr_null(n);
  scene_free(s);
}
END_TEST

START_TEST(a_question_that_cannot_be_is_refused) {
  scene *s = scene_three();
  critmin_network *n = scene_network(s);
  int32_t buyer = 0, twice[] = {1, 1}, none = 3, origin = 1;
  const critmin_trace wrong[] = {trace_of(2, 0, &buyer, 1), trace_of(0, 1, &buyer, 1), trace_of(1, -1, &buyer, 1),
                                 trace_of(1, 0, twice, 2),  trace_of(1, 0, &none, 1),  trace_of(1, 0, NULL, 1),
                                 trace_of(1, 0, &buyer, 0)};
  critmin_answer a;
  critmin_error error;
  critmin_answer_init(&a);
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    ck_assert_int_eq(critmin_origin_share(n, &wrong[i], &origin, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
    ck_assert_int_eq(critmin_face_share(n, &wrong[i], &origin, 1, &a, &error),
                     i == 1 || i == 2 ? CRITMIN_OK : CRITMIN_ERROR_ARGUMENT); /* which looks at no earlier stage */
  }
  critmin_trace right = trace_of(1, 0, &buyer, 1);
  ck_assert_int_eq(critmin_origin_share(n, &right, &none, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_origin_share(n, &right, &origin, 0, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_origin_bounds(n, &right, &origin, 1, &a, &error), CRITMIN_ERROR_MISSING_VALUE);
  right.needed = 1;
  ck_assert_int_eq(critmin_origin_share(n, &right, &origin, 1, &a, &error), CRITMIN_ERROR_MISSING_VALUE);
  right.needed = 0;
  double weight = NAN;
  right.weight = &weight;
  ck_assert_int_eq(critmin_origin_share(n, &right, &origin, 1, &a, &error), CRITMIN_ERROR_MISSING_VALUE);
  weight = -1;
  ck_assert_int_eq(critmin_origin_share(n, &right, &origin, 1, &a, &error), CRITMIN_ERROR_NEGATIVE);
  ck_assert_int_eq(error.row, 1);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(a_buyer_of_nothing_has_no_origin) {
  scene *s = scene_make(1, 3);
  s->stage[0].output[0] = 1;
  critmin_network *n = scene_network(s);
  int32_t buyer = 2;
  critmin_trace t = trace_of(0, 0, &buyer, 1);
  const origin_kernel kernels[] = {critmin_origin_share, critmin_face_share, critmin_hidden_exposure};
  for (int i = 0; i < 3; i++) {
    critmin_answer a = ask(kernels[i], n, &t, 0);
    ck_assert_double_nan(a.value);
    ck_assert_double_nan(a.high);
    ck_assert_uint_eq(a.flags, CRITMIN_FLAG_NO_DATA);
  }
  double share[3];
  ck_assert_int_eq(critmin_origin_row(n, &t, share, NULL, NULL, NULL), CRITMIN_OK);
  ck_assert_double_nan(share[0]);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

Suite *suite_pools(void) {
  Suite *suite = suite_create("pools");
  TCase *cases = tcase_create("pools");
  tcase_add_test(cases, what_leaves_a_pool_beyond_its_supply_is_unknown);
  tcase_add_test(cases, sums_in_another_order_make_no_unknown);
  tcase_add_test(cases, flows_of_one_pair_add_up_and_those_to_oneself_drop_out);
  tcase_add_test(cases, a_country_that_only_passes_on_is_said_to);
  tcase_add_test(cases, a_loop_that_no_source_feeds_is_of_unknown_origin);
  tcase_add_test(cases, the_faintest_source_of_a_loop_is_found_exactly);
  tcase_add_test(cases, a_producer_without_input_works_what_is_unknown);
  tcase_add_test(cases, known_yields_say_what_a_pool_must_have_held);
  tcase_add_test(cases, scrap_ends_a_trace_where_it_was_worked);
  tcase_add_test(cases, two_inputs_are_followed_by_their_shares);
  tcase_add_test(cases, shares_serve_where_tonnes_are_not_known);
  tcase_add_test(cases, what_cannot_be_is_refused_with_its_place);
  tcase_add_test(cases, a_question_that_cannot_be_is_refused);
  tcase_add_test(cases, a_buyer_of_nothing_has_no_origin);
  suite_add_tcase(suite, cases);
  return suite;
}
