/* SPDX-License-Identifier: MIT */
#include "suites.h"

int main(void) {
  const suite_maker suites[] = {suite_parts,  suite_names, suite_choice,     suite_by_country,
                                suite_scores, suite_flows, suite_parameters, suite_uses,
                                suite_load};
  return run_suites(suites, sizeof suites / sizeof suites[0]);
}
