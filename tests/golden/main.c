/* SPDX-License-Identifier: MIT */
#include "suites.h"

int main(void) {
  const suite_maker suites[] = {suite_baci_2002, suite_bgs,        suite_chains,     suite_criticality,
                                suite_dw2021,    suite_eu_studies, suite_geopolrisk, suite_nir};
  return run_suites(suites, sizeof suites / sizeof suites[0]);
}
