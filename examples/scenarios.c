/* SPDX-License-Identifier: MIT */
/*
 * What happens if it stops, and how long does one last: with neither reserve nor agreement, with either, with both?
 *
 *   cc scenarios.c $(pkg-config --cflags --libs critmin) -o scenarios && ./scenarios scenarios/japan-rare-earths.json
 */
#include <critmin/critmin.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  char *text = NULL;
  size_t length = 0, room = 0;
  if (!file) return NULL;
  do {
    char *more = realloc(text, room += 65536);
    if (!more) break;
    text = more;
    length += fread(text + length, 1, room - length - 1, file);
    text[length] = '\0';
  } while (length + 1 == room);
  fclose(file);
  return text;
}

static const char *word(const critmin_table *table, const char *column, int64_t row) {
  const char *text = critmin_table_text(table, critmin_table_find(table, column), row);
  return text ? text : "";
}

static void print_day(double day) {
  if (isinf(day))
    printf("%9s", "never");
  else
    printf("%9.1f", day);
}

/* The day from which each user is short, in each case, and between which days that may be. */
static void print(const critmin_table *summary) {
  for (int64_t row = 0; row < critmin_table_rows(summary); row++) {
    if (word(summary, "measure", row)[5] != 't') continue; /* days_to_shortage, not days_unmet */
    printf("%-10s %s %s %s:", word(summary, "case", row), word(summary, "country", row), word(summary, "mineral", row),
           word(summary, "stage", row));
    print_day(critmin_table_number(summary, critmin_table_find(summary, "value"), row));
    printf("  between");
    print_day(critmin_table_number(summary, critmin_table_find(summary, "low"), row));
    printf(" and");
    print_day(critmin_table_number(summary, critmin_table_find(summary, "high"), row));
    printf("  %s\n", word(summary, "flags", row));
  }
}

int main(int argc, char **argv) {
  critmin_error error;
  critmin_store *store = NULL;
  critmin_model *model = NULL;
  critmin_scenario *scenario = NULL;
  critmin_outcome *outcome = NULL;
  critmin_table *summary = NULL;
  char *json = argc == 2 ? read_file(argv[1]) : NULL;
  if (!json) {
    fprintf(stderr, "give a file that holds a scenario\n");
    return 2;
  }

  critmin_status status = critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error);
  if (status == CRITMIN_OK) status = critmin_model_load(store, NULL, NULL, NULL, &model, &error);
  if (status == CRITMIN_OK) status = critmin_scenario_read(store, json, &scenario, &error);
  if (status == CRITMIN_OK) status = critmin_scenario_run(model, scenario, NULL, NULL, NULL, &outcome, &error);
  if (status == CRITMIN_OK) status = critmin_outcome_table(outcome, "summary", &summary, &error);
  if (status == CRITMIN_OK)
    print(summary);
  else
    fprintf(stderr, "%s\n", error.message);

  critmin_table_free(summary);
  critmin_outcome_free(outcome);
  critmin_scenario_free(scenario);
  critmin_model_free(model);
  critmin_store_close(store);
  free(json);
  return status == CRITMIN_OK ? 0 : 1;
}
