/* SPDX-License-Identifier: MIT */
/* Small networks worked out by hand. */
#include "scene.h"
#include "suites.h"

START_TEST(magnets_bought_from_a_third_country_rest_on_the_oxide_it_bought) {
  enum { US, CHINA, JAPAN, AUSTRALIA, COUNTRIES };
  scene *s = scene_make(2, COUNTRIES);
  s->stage[0].output[CHINA] = 100, s->stage[0].output[AUSTRALIA] = 10;
  scene_flow(s, 0, CHINA, JAPAN, 15);
  scene_flow(s, 0, AUSTRALIA, JAPAN, 10);
  s->stage[1].output[CHINA] = 4, s->stage[1].output[JAPAN] = 6;
  scene_flow(s, 1, CHINA, US, 4);
  scene_flow(s, 1, JAPAN, US, 6);
  critmin_network *n = scene_network(s);
  int32_t us = US;
  critmin_trace oxide = trace_of(1, 0, &us, 1), magnets = trace_of(1, 1, &us, 1);
  NEAR(ask(critmin_face_share, n, &oxide, CHINA).value, .40);
  NEAR(ask(critmin_origin_share, n, &magnets, CHINA).value, .40);
  critmin_answer look = ask(critmin_origin_share, n, &oxide, CHINA);
  NEAR(look.value, .76);
  NEAR(look.low, .76);
  NEAR(look.high, .76);
  NEAR(look.coverage, 1);
  ck_assert_uint_eq(look.flags, 0);
  NEAR(ask(critmin_hidden_exposure, n, &oxide, CHINA).value, .36);
  NEAR(ask(critmin_hidden_exposure, n, &oxide, JAPAN).value, -.6);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(a_loop_of_re_exports_is_looked_through) {
  enum { NL, DE, CHINA, AUSTRALIA, COUNTRIES };
  scene *s = scene_make(1, COUNTRIES);
  s->stage[0].output[CHINA] = 10, s->stage[0].output[AUSTRALIA] = 2;
  scene_flow(s, 0, CHINA, NL, 10);
  scene_flow(s, 0, DE, NL, 2);
  scene_flow(s, 0, NL, DE, 8);
  scene_flow(s, 0, AUSTRALIA, DE, 2);
  critmin_network *n = scene_network(s);
  int32_t nl = NL, de = DE;
  critmin_trace of_nl = trace_of(0, 0, &nl, 1), of_de = trace_of(0, 0, &de, 1);
  NEAR(ask(critmin_origin_share, n, &of_nl, CHINA).value, 25. / 26);
  NEAR(ask(critmin_origin_share, n, &of_de, CHINA).value, 10. / 13);
  NEAR(ask(critmin_face_share, n, &of_de, CHINA).value, 0);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(two_stages_with_a_loop_a_loss_and_a_gap) {
  scene *s = scene_three();
  critmin_network *n = scene_network(s);
  const double of_54[3][4] = {{41, 7, 0, 6}, {34, 17, 0, 3}, {28, 14, 0, 12}};
  double all[2 * 3 * 3], unknown[2 * 3];
  ck_assert_int_eq(critmin_origin_all(n, 0, NULL, 0, all, NULL, unknown, 1, NULL), CRITMIN_OK);
  for (int32_t c = 0; c < 3; c++) {
    critmin_trace t = trace_of(1, 0, &c, 1);
    double share[3], other[3], gap;
    ck_assert_int_eq(critmin_origin_row(n, &t, share, other, &gap, NULL), CRITMIN_OK);
    for (int q = 0; q < 3; q++) {
      NEAR(share[q], of_54[c][q] / 54);
      NEAR(all[(3 + c) * 3 + q], of_54[c][q] / 54);
      NEAR(other[q], 0);
    }
    NEAR(gap, of_54[c][3] / 54);
    NEAR(unknown[3 + c], of_54[c][3] / 54);
  }
  const double stage_1[3][4] = {{1, 0, 0, 0}, {2. / 3, 1. / 3, 0, 0}, {4. / 9, 2. / 9, 0, 1. / 3}};
  for (int c = 0; c < 3; c++) {
    for (int q = 0; q < 3; q++) NEAR(all[c * 3 + q], stage_1[c][q]);
    NEAR(unknown[c], stage_1[c][3]);
  }
  int32_t a = 0;
  critmin_trace t = trace_of(1, 0, &a, 1);
  critmin_answer mined = ask(critmin_origin_share, n, &t, 1);
  NEAR(mined.value, 7. / 54);
  NEAR(mined.low, 7. / 54);
  NEAR(mined.high, 13. / 54);
  NEAR(mined.coverage, 48. / 54);
  ck_assert_uint_eq(mined.flags, CRITMIN_FLAG_UNKNOWN_ORIGIN);
  t.unknown_elsewhere = 1;
  NEAR(ask(critmin_origin_share, n, &t, 1).high, 7. / 54);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(passing_through_at_any_stage_is_counted_once) {
  scene *s = scene_three();
  critmin_network *n = scene_network(s);
  int32_t a = 0, b = 1;
  critmin_trace t = trace_of(1, 0, &a, 1), of_b = trace_of(1, 0, &b, 1);
  critmin_answer made = touch(n, &t, 1, 0), passed = touch(n, &t, 1, 1);
  NEAR(made.value, 13. / 54);
  NEAR(made.low, 13. / 54);
  NEAR(made.high, 19. / 54);
  NEAR(passed.value, .40);
  NEAR(passed.high, .50);
  NEAR(touch(n, &of_b, 1, 1).value, 1);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(a_refinery_of_anothers_ore_is_touched_where_it_stands) {
  enum { AUSTRALIA, CHINA, MALAYSIA, JAPAN, COUNTRIES };
  scene *s = scene_make(3, COUNTRIES);
  s->stage[0].output[AUSTRALIA] = 10;
  scene_flow(s, 0, AUSTRALIA, CHINA, 6);
  scene_flow(s, 0, AUSTRALIA, MALAYSIA, 4);
  s->stage[1].output[CHINA] = 6, s->stage[1].output[MALAYSIA] = 4;
  scene_flow(s, 1, CHINA, JAPAN, 6);
  scene_flow(s, 1, MALAYSIA, JAPAN, 4);
  s->stage[2].output[JAPAN] = 10;
  critmin_network *n = scene_network(s);
  int32_t japan = JAPAN;
  critmin_trace mine = trace_of(2, 0, &japan, 1), refinery = trace_of(2, 1, &japan, 1);
  NEAR(ask(critmin_origin_share, n, &mine, CHINA).value, 0);
  NEAR(ask(critmin_origin_share, n, &refinery, CHINA).value, .6);
  NEAR(touch(n, &mine, CHINA, 0).value, .6);
  NEAR(touch(n, &mine, JAPAN, 0).value, 1);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(without_mixing_a_sixth_is_between_nothing_and_a_half) {
  scene *s = scene_three();
  critmin_network *n = scene_network(s);
  int32_t a = 0;
  critmin_trace t = trace_of(1, 1, &a, 1);
  critmin_answer refined = ask(critmin_origin_bounds, n, &t, 1);
  NEAR(refined.value, 1. / 6);
  NEAR(refined.low, 0);
  NEAR(refined.high, .5);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

Suite *suite_examples(void) {
  Suite *suite = suite_create("examples");
  TCase *cases = tcase_create("examples");
  tcase_add_test(cases, magnets_bought_from_a_third_country_rest_on_the_oxide_it_bought);
  tcase_add_test(cases, a_loop_of_re_exports_is_looked_through);
  tcase_add_test(cases, two_stages_with_a_loop_a_loss_and_a_gap);
  tcase_add_test(cases, passing_through_at_any_stage_is_counted_once);
  tcase_add_test(cases, a_refinery_of_anothers_ore_is_touched_where_it_stands);
  tcase_add_test(cases, without_mixing_a_sixth_is_between_nothing_and_a_half);
  suite_add_tcase(suite, cases);
  return suite;
}
