/* SPDX-License-Identifier: MIT */
/* Stores with bytes changed at random, from fixed seeds: whatever is found, it is said, and nothing breaks. */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "scratch.h"
#include "suites.h"

static critmin_error error;
static char *whole;
static size_t size;

static void make(void) {
  scratch_make();
  critmin_store *store = sample_store("whole.critmin");
  put_figure(store, "mineral=cobalt|stage=mining", "COD", "2024", "2023", "unit=t|basis=content|value=170000");
  put_agreement(store, "agreement=pact|name=A pact|kind=offtake", "agreement=pact|country=EU");
  critmin_store_close(store);
  whole = file_bytes(scratch("whole.critmin"), &size);
}

static void drop(void) {
  free(whole);
  scratch_drop();
}

static uint32_t next_random(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

static void may_be(critmin_status status) {
  switch (status) {
    case CRITMIN_OK:
    case CRITMIN_ERROR_NOT_A_STORE:
    case CRITMIN_ERROR_STORE_TOO_NEW:
    case CRITMIN_ERROR_CORRUPT:
    case CRITMIN_ERROR_NOT_FOUND:
    case CRITMIN_ERROR_READ_ONLY: /* an older layout, to a reader */ break;
    default: ck_abort_msg("%d: %s", (int)status, error.message);
  }
  if (status) ck_assert_uint_gt(strlen(error.message), 20);
}

static void use(critmin_store *store) {
  critmin_table *table = NULL;
  critmin_agreement *pact = NULL;
  static const char *const lists[] = {"figures", "countries", "stages", "group_member", "producers"};
  may_be(critmin_store_check(store, &table, &error));
  critmin_table_free(table);
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
    table = NULL;
    may_be(critmin_store_list(store, lists[i], NULL, &table, &error));
    critmin_table_free(table);
  }
  may_be(critmin_agreement_read(store, "pact", &pact, &error));
  critmin_agreement_free(pact);
}

/* `_i` is the seed. Even seeds change the first page, where all is decided, odd ones any. */
START_TEST(a_damaged_store_is_refused_or_read_as_far_as_it_goes) {
  enum { ROUNDS = 40 };
  uint32_t state = (uint32_t)_i * 2654435761u + 1;
  char *bytes = malloc(size);
  ck_assert_ptr_nonnull(bytes);
  for (int round = 0; round < ROUNDS; round++) {
    memcpy(bytes, whole, size);
    int changes = 1 + (int)(next_random(&state) % 4);
    for (int i = 0; i < changes; i++) bytes[next_random(&state) % (_i % 2 ? size : 4096)] = (char)next_random(&state);
    file_write(scratch("damaged.critmin"), bytes, size);
    for (int mode = CRITMIN_OPEN_READ; mode <= CRITMIN_OPEN_WRITE; mode++) {
      critmin_store *store = NULL;
      critmin_status status = critmin_store_open(scratch("damaged.critmin"), mode, &store, &error);
      may_be(status);
      if (!status) use(store);
      critmin_store_close(store);
    }
  }
  free(bytes);
}
END_TEST

Suite *suite_open_damaged(void) {
  TCase *cases = tcase_create("open_damaged");
  tcase_add_checked_fixture(cases, make, drop);
  tcase_set_timeout(cases, 120);
  tcase_add_loop_test(cases, a_damaged_store_is_refused_or_read_as_far_as_it_goes, 0, 8);
  Suite *suite = suite_create("open_damaged");
  suite_add_tcase(suite, cases);
  return suite;
}
