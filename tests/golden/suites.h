/* SPDX-License-Identifier: MIT */
#ifndef CRITMIN_TESTS_GOLDEN_SUITES_H
#define CRITMIN_TESTS_GOLDEN_SUITES_H

#include "runner.h"

Suite *suite_baci_2002(void);
Suite *suite_bgs(void);
Suite *suite_chains(void);
Suite *suite_criticality(void);
Suite *suite_dw2021(void);
Suite *suite_eu_studies(void);
Suite *suite_geopolrisk(void);
Suite *suite_nir(void);

#endif
