/* SPDX-License-Identifier: MIT */
#include "suites.h"

int main(void) {
  const suite_maker suites[] = {suite_examples,   suite_degenerate, suite_refusals, suite_properties, suite_directions,
                                suite_criticality_eu, suite_criticality_geopolrisk, suite_criticality_scores,
                                suite_ownership, suite_target, suite_composite, suite_uncertainty, suite_sensitivity,
                                suite_bounds,     suite_governance, suite_batch,
                                suite_catalogue_cells, suite_catalogue_composite, suite_catalogue_groups, suite_catalogue_selection,
                                suite_catalogue_governance, suite_compare, suite_catalogue_assessed, suite_catalogue_eu, suite_catalogue_explain, suite_catalogue_threads, suite_catalogue_trade,
                                suite_catalogue_users, suite_catalogue_partners, suite_catalogue_origin, suite_catalogue_origin_faults, suite_catalogue_geopolrisk, suite_geopolrisk_batch, suite_dependency, suite_dependency_batch};
  return run_suites(suites, sizeof suites / sizeof suites[0]);
}
