/* SPDX-License-Identifier: MIT */
#include "suites.h"

int main(void) {
  const suite_maker suites[] = {suite_examples,   suite_degenerate, suite_refusals, suite_properties,
                                suite_bounds,     suite_governance, suite_batch};
  return run_suites(suites, sizeof suites / sizeof suites[0]);
}
