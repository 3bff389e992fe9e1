/* SPDX-License-Identifier: MIT */
/* What a program outside needs of the library: a kernel, the reference data, and its version. */
#include <critmin/critmin.h>
#include <stdio.h>

int main(void) {
  static const double quantity[] = {50, 30, 20};
  critmin_answer answer;
  critmin_error error;
  critmin_answer_init(&answer);
  if (critmin_hhi(quantity, 3, NULL, &answer, &error)) return fprintf(stderr, "%s\n", error.message), 1;
  critmin_store *store;
  if (critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error)) return fprintf(stderr, "%s\n", error.message), 1;
  critmin_table *sources;
  critmin_status status = critmin_store_list(store, "sources", NULL, &sources, &error);
  critmin_store_close(store);
  if (status) return fprintf(stderr, "%s\n", error.message), 1;
  printf("%s %.2f %d\n", critmin_version(), answer.value, critmin_table_rows(sources) > 0);
  critmin_table_free(sources);
  return 0;
}
