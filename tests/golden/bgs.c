/* SPDX-License-Identifier: MIT */
/* Indices published from the British Geological Survey's tables. What the columns are, and why they agree: README.md. */
#include <math.h>
#include <string.h>

#include "published.h"
#include "suites.h"

enum { MINERAL, STAGE, YEAR, COMPLETE, PUBLISHED_HHI, TOP1, TOP3, LEFT_OUT, SHARES, COLUMNS };

/* The published figures have 16 digits, the shares 14: of 10,000, and of 100 per cent. */
static const double hhi_digits = 1e-8, per_cent_digits = 1e-9;

static critmin_answer hhi(const double *quantity, int64_t n, const critmin_supply *supply) {
  critmin_answer answer;
  critmin_error error;
  critmin_answer_init(&answer);
  ck_assert_msg(critmin_hhi(quantity, n, supply, &answer, &error) == CRITMIN_OK, "%s", error.message);
  return answer;
}

static critmin_answer top(const double *quantity, int64_t n, int64_t k, const critmin_supply *supply) {
  critmin_answer answer;
  critmin_error error;
  critmin_answer_init(&answer);
  ck_assert_msg(critmin_concentration_ratio(quantity, n, k, supply, &answer, &error) == CRITMIN_OK, "%s", error.message);
  return answer;
}

static void assert_published(const published *p, double found, int column, double digits) {
  double wanted = published_number(p->field[column]);
  ck_assert_msg(fabs(found - wanted) <= digits, "%s %s %s: column %d is %.12g, published %.12g", p->field[MINERAL],
                p->field[STAGE], p->field[YEAR], column, found, wanted);
}

static void all_producers(const published *p) {
  critmin_answer answer = hhi(p->number, p->count, NULL);
  assert_published(p, 1e4 * answer.value, PUBLISHED_HHI, hhi_digits);
  ck_assert(answer.low == answer.value && answer.high == answer.value);
  assert_published(p, 100 * top(p->number, p->count, 1, NULL).value, TOP1, per_cent_digits);
  assert_published(p, 100 * top(p->number, p->count, 3, NULL).value, TOP3, per_cent_digits);
  double cr1, batch;
  ck_assert_int_eq(critmin_concentration_batch(p->number, 1, p->count, NULL, 0, &batch, NULL, &cr1, 1, NULL), CRITMIN_OK);
  assert_published(p, 1e4 * batch, PUBLISHED_HHI, hhi_digits);
  assert_published(p, 100 * cr1, TOP1, per_cent_digits);
}

START_TEST(all_producers_give_the_published_indices) {
  ck_assert_int_eq(published_read("bgs_shares.csv", COLUMNS, all_producers), 196);
}
END_TEST

/* Who knows but the three largest and the total: the interval holds what was published, and the cutoff narrows it. */
static void three_largest(const published *p) {
  if (p->count < 4) return;
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = 1;
  critmin_answer wide = hhi(p->number, 3, &supply);
  supply.unlisted_cutoff = p->number[2];
  critmin_answer narrow = hhi(p->number, 3, &supply);
  supply.unlisted_max = p->count - 3;
  critmin_answer counted = hhi(p->number, 3, &supply);
  double published_hhi = published_number(p->field[PUBLISHED_HHI]) / 1e4, slack = hhi_digits / 1e4;
  ck_assert(wide.low <= published_hhi + slack && published_hhi <= wide.high + slack);
  ck_assert(narrow.low <= published_hhi + slack && published_hhi <= narrow.high + slack);
  ck_assert(counted.low <= published_hhi + slack && published_hhi <= counted.high + slack);
  ck_assert(narrow.high <= wide.high && counted.low >= narrow.low);
  critmin_answer three = top(p->number, 3, 3, &supply);
  ck_assert(fabs(100 * three.low - published_number(p->field[TOP3])) <= per_cent_digits);
  ck_assert(fabs(three.high - three.low) <= 1e-12);
}

START_TEST(the_three_largest_and_the_total_bound_the_published_index) {
  published_read("bgs_shares.csv", COLUMNS, three_largest);
}
END_TEST

/* The second and the fourth largest withheld, all else known. */
static void two_withheld(const published *p) {
  if (p->count < 4) return;
  double quantity[PRODUCERS_MAX];
  memcpy(quantity, p->number, sizeof quantity);
  quantity[1] = quantity[3] = NAN;
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = 1;
  critmin_answer answer = hhi(quantity, p->count, &supply);
  double published_hhi = published_number(p->field[PUBLISHED_HHI]) / 1e4;
  ck_assert(answer.low <= published_hhi + 1e-11 && published_hhi <= answer.high + 1e-11);
  double both = p->number[1] + p->number[3]; /* exact ends: equal, or one of them all */
  ck_assert(fabs(answer.high - answer.low - both * both / 2) <= 1e-11);
}

START_TEST(withheld_producers_bound_the_published_index) {
  published_read("bgs_shares.csv", COLUMNS, two_withheld);
}
END_TEST

Suite *suite_bgs(void) {
  Suite *suite = suite_create("bgs");
  TCase *cases = tcase_create("published");
  tcase_add_test(cases, all_producers_give_the_published_indices);
  tcase_add_test(cases, the_three_largest_and_the_total_bound_the_published_index);
  tcase_add_test(cases, withheld_producers_bound_the_published_index);
  suite_add_tcase(suite, cases);
  return suite;
}
