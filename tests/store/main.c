/* SPDX-License-Identifier: MIT */
#include "runner.h"
#include "suites.h"

int main(void) {
  static const suite_maker suites[] = {
      suite_open,
      suite_migrate,
      suite_transaction,
      suite_backup,
      suite_record,
      suite_check, suite_open_damaged,
      suite_transaction_memory,
      suite_rows,
      suite_dictionary,
      suite_append,
      suite_list,
      suite_as_of,
      suite_bad_input,
  };
  return run_suites(suites, sizeof suites / sizeof suites[0]);
}
