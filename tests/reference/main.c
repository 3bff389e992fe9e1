/* SPDX-License-Identifier: MIT */
#include "runner.h"
#include "suites.h"

int main(void) {
  static const suite_maker suites[] = {suite_chains, suite_dictionary, suite_figures, suite_leading,
                                       suite_policy, suite_standing,   suite_trade,  suite_us};
  return run_suites(suites, sizeof suites / sizeof suites[0]);
}
