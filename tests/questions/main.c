/* SPDX-License-Identifier: MIT */
#include "suites.h"

int main(void) {
  const suite_maker suites[] = {suite_ministry, suite_ministry_plans, suite_manufacturer, suite_researcher};
  return run_suites(suites, (size_t)COUNT(suites));
}
