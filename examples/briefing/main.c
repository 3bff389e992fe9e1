/* SPDX-License-Identifier: MIT */
/* Writes the briefing: the page to a file, its tables to the terminal. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "briefing.h"

static const char usage[] =
    "usage: briefing [--mineral M[,M...]] [--year Y] [--out FILE]\n"
    "Writes the briefing as a self-contained page to FILE (briefing.html when not given) and its tables to the terminal.\n";

enum { USAGE = 2, BAD_INPUT = 3, MACHINE = 4, MINERALS_MAX = 200 };

static int fail(int code, const char *message) {
  fprintf(stderr, "briefing: %s\n", message);
  return code;
}

/* A mineral that is none is found out here, where the message can suggest the nearest. */
static critmin_status known_minerals(char *const *minerals, int n, critmin_error *error) {
  critmin_store *store;
  critmin_status status = critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, error);
  if (status != CRITMIN_OK) return status;
  for (int i = 0; i < n && status == CRITMIN_OK; i++) {
    critmin_mineral *mineral;
    status = critmin_mineral_read(store, minerals[i], &mineral, error);
    if (status == CRITMIN_OK) critmin_mineral_free(mineral);
  }
  critmin_store_close(store);
  return status;
}

static int write_page(const char *path, const facts *f) {
  FILE *out = fopen(path, "w");
  if (!out) return 0;
  page_write(out, f);
  int failed = ferror(out);
  return !(fclose(out) != 0 || failed);
}

int main(int argc, char **argv) {
  char *minerals[MINERALS_MAX];
  int n_minerals = 0, year = 0;
  const char *path = "briefing.html";
  for (int i = 1; i < argc; i++) {
    char *option = argv[i], *value = strchr(option, '=');
    if (strcmp(option, "--help") == 0) return fputs(usage, stdout) < 0;
    if (value) *value++ = '\0';
    else if (i + 1 < argc) value = argv[++i];
    if (!value) return fputs(usage, stderr), USAGE;
    if (strcmp(option, "--out") == 0) {
      path = value;
    } else if (strcmp(option, "--year") == 0) {
      char *end;
      long asked_year = strtol(value, &end, 10);
      if (*end || asked_year < 1500 || asked_year > 2200) return fail(USAGE, "--year takes a year between 1500 and 2200");
      year = (int)asked_year;
    } else if (strcmp(option, "--mineral") == 0) {
      for (char *m = strtok(value, ","); m; m = strtok(NULL, ",")) {
        if (n_minerals == MINERALS_MAX) return fail(USAGE, "--mineral takes 200 minerals at most");
        minerals[n_minerals++] = m;
      }
    } else {
      return fputs(usage, stderr), USAGE;
    }
  }
  critmin_error error;
  critmin_status status = known_minerals(minerals, n_minerals, &error);
  if (status != CRITMIN_OK) return fail(status == CRITMIN_ERROR_NOT_FOUND ? USAGE : MACHINE, error.message);
  facts f;
  status = facts_gather(&f, minerals, n_minerals, year, &error);
  if (status != CRITMIN_OK) {
    facts_free(&f);
    return fail(MACHINE, error.message);
  }
  int written = write_page(path, &f);
  if (written) {
    terminal_write(stdout, &f);
    printf("\nThe page: %s\n", path);
  } else {
    fprintf(stderr, "briefing: cannot write %s: %s\n", path, strerror(errno));
  }
  facts_free(&f);
  return written ? 0 : MACHINE;
}
