/* SPDX-License-Identifier: MIT */
#include "runner.h"
#include "suites.h"

int main(void) {
  static const suite_maker suites[] = {suite_arrow, suite_builder, suite_columns, suite_factors, suite_format};
  return run_suites(suites, sizeof suites / sizeof suites[0]);
}
