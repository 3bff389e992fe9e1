/* SPDX-License-Identifier: MIT */
#include "runner.h"
#include "suites.h"

int main(void) {
  static const suite_maker suites[] = {suite_error, suite_json, suite_memory, suite_names,  suite_numbers, suite_selection, suite_random,
                                       suite_sha256, suite_text,  suite_thread, suite_words};
  return run_suites(suites, sizeof suites / sizeof suites[0]);
}
