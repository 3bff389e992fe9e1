/* SPDX-License-Identifier: MIT */
#include "runner.h"
#include "suites.h"

int main(void) {
  static const suite_maker suites[] = {suite_layout, suite_round_trip, suite_composite_json};
  return run_suites(suites, sizeof suites / sizeof suites[0]);
}
