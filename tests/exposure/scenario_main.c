/* SPDX-License-Identifier: MIT */
#include "scenario_rig.h"

int main(void) {
  const suite_maker suites[] = {suite_scenario_answers,    suite_scenario_cascade, suite_scenario_cost,   suite_scenario_document,
                                suite_scenario_mitigation, suite_scenario_policy, suite_scenario_proof,
                                suite_scenario_run, suite_scenario_worth};
  return run_suites(suites, COUNT(suites));
}
