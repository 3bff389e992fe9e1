/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* setenv */
#include "runner.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "critmin/status.h"

/* The tests write thousands of small stores: in memory, where there is a folder for that, none waits for a disk. */
static void prefer_memory(void) {
  static const char folder[] = "/dev/shm";
  if (access(folder, W_OK) == 0) setenv("TMPDIR", folder, 0);
}

int run_suites(const suite_maker *suites, size_t count) {
  prefer_memory();
  /* Check gives a case four seconds, too few on a busy machine or under valgrind; who runs the program ends it when it hangs. */
  setenv("CK_TIMEOUT_MULTIPLIER", "100", 0);
  SRunner *runner = srunner_create(NULL);
  for (size_t i = 0; i < count; i++) srunner_add_suite(runner, suites[i]());
  srunner_set_tap(runner, "-");
  srunner_run_all(runner, CK_SILENT);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

void fail_each_allocation(int32_t (*attempt)(void *user), void *user) {
  enum { LIMIT = 100000 };
  for (int persistent = 0; persistent <= 1; persistent++) {
    int64_t n = 1;
    int32_t status;
    int64_t asked;
    do {
      ck_assert_msg(n < LIMIT, "still failing after %d allocations", LIMIT);
      cm_memory_fail_at(n, persistent);
      status = attempt(user);
      asked = cm_memory_count();
      cm_memory_fail_at(0, 0);
      if (asked >= n) ck_assert_int_eq(status, CRITMIN_ERROR_MEMORY);
      n++;
    } while (asked >= n - 1);
    ck_assert_int_eq(status, CRITMIN_OK);
    ck_assert_msg(n > 2, "nothing was allocated, so nothing was tested");
  }
}
