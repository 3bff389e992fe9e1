/* SPDX-License-Identifier: MIT */
#include "suites.h"

int main(void) {
  const suite_maker suites[] = {suite_allocation, suite_transport, suite_price,       suite_drawdown,
                                suite_risk,       suite_ensemble,  suite_attribution, suite_cascade};
  return run_suites(suites, COUNT(suites));
}
