/* SPDX-License-Identifier: MIT */
#ifndef CRITMIN_TESTS_METRICS_SUITES_H
#define CRITMIN_TESTS_METRICS_SUITES_H

#include "runner.h"

Suite *suite_batch(void);
Suite *suite_bounds(void);
Suite *suite_catalogue_cells(void);
Suite *suite_catalogue_composite(void);
Suite *suite_catalogue_eu(void);
Suite *suite_catalogue_explain(void);
Suite *suite_catalogue_geopolrisk(void);
Suite *suite_catalogue_governance(void);
Suite *suite_compare(void);
Suite *suite_catalogue_assessed(void);
Suite *suite_catalogue_groups(void);
Suite *suite_catalogue_selection(void);
Suite *suite_catalogue_origin(void);
Suite *suite_catalogue_origin_faults(void);
Suite *suite_catalogue_partners(void);
Suite *suite_catalogue_threads(void);
Suite *suite_catalogue_trade(void);
Suite *suite_catalogue_users(void);
Suite *suite_composite(void);
Suite *suite_criticality_eu(void);
Suite *suite_criticality_geopolrisk(void);
Suite *suite_criticality_scores(void);
Suite *suite_degenerate(void);
Suite *suite_dependency(void);
Suite *suite_directions(void);
Suite *suite_dependency_batch(void);
Suite *suite_examples(void);
Suite *suite_geopolrisk_batch(void);
Suite *suite_governance(void);
Suite *suite_ownership(void);
Suite *suite_properties(void);
Suite *suite_refusals(void);
Suite *suite_sensitivity(void);
Suite *suite_target(void);
Suite *suite_uncertainty(void);

#endif
