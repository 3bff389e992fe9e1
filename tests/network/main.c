/* SPDX-License-Identifier: MIT */
#include "suites.h"

int main(void) {
  const suite_maker suites[] = {suite_examples, suite_pools,     suite_network, suite_dense,
                                suite_bounds,   suite_effective, suite_chain,   suite_bill,
                                suite_supply,   suite_bounds_open};
  return run_suites(suites, sizeof suites / sizeof suites[0]);
}
