/* SPDX-License-Identifier: MIT */
/* Normalised indices of the ten largest producers, published with whole percentages. */
#include <math.h>

#include "published.h"
#include "suites.h"

enum { MATERIAL, PUBLISHED_INDEX, PER_CENT, COLUMNS };

static void material(const published *p) {
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.total = 100;
  supply.total_low = 90; /* percentages of the listed: from 91 to 101 of a hundred */
  supply.total_high = 105;
  supply.listed_only = 1;
  critmin_answer index, h;
  critmin_error error;
  critmin_answer_init(&index);
  critmin_answer_init(&h);
  ck_assert_int_eq(critmin_hhi_normalised(p->number, p->count, &supply, &index, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_hhi(p->number, p->count, &supply, &h, &error), CRITMIN_OK);
  ck_assert(index.flags & CRITMIN_FLAG_LISTED_ONLY);
  double wanted = published_number(p->field[PUBLISHED_INDEX]);
  ck_assert_msg(fabs((h.value - .1) / .9 - wanted) <= 1e-14, "%s: %.15g, published %.15g", p->field[MATERIAL],
                (h.value - .1) / .9, wanted);
  if (p->count == 10)
    ck_assert_msg(fabs(index.value - wanted) <= 1e-14, "%s: %.15g, published %.15g", p->field[MATERIAL], index.value, wanted);
  else ck_assert(index.value < wanted); /* the number there is, not ten: a higher floor, so a lower index */
}

START_TEST(the_listed_give_the_published_normalised_index) {
  ck_assert_int_eq(published_read("dw2021.csv", COLUMNS, material), 16);
}
END_TEST

Suite *suite_dw2021(void) {
  Suite *suite = suite_create("dw2021");
  TCase *cases = tcase_create("published");
  tcase_add_test(cases, the_listed_give_the_published_normalised_index);
  suite_add_tcase(suite, cases);
  return suite;
}
