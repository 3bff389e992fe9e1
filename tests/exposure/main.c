/* SPDX-License-Identifier: MIT */
#include "suites.h"

int main(void) {
  const suite_maker suites[] = {suite_allocation, suite_transport, suite_price, suite_drawdown};
  return run_suites(suites, COUNT(suites));
}
