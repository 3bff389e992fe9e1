/* SPDX-License-Identifier: MIT */
/* Writes the briefing to a file, and its main tables to the terminal. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "briefing.h"

/* The day before the finance ministers met: what they could have had in hand. */
static const char default_date[] = "2026-01-11", default_group[] = "MEETING12";

static const char usage[] =
    "usage: briefing [--date D] [--country C,...] [--group G] [--mineral M,...] [--year Y] [--assume NAME=VALUE] "
    "[--set SCENARIO.PATH=VALUE] [--format html|md] [--out FILE]\n"
    "Writes who depends on whom for critical minerals, what is agreed, held and forbidden, as it was known on a day.\n"
    "  --date D          the day, yyyy-mm-dd; 2026-01-11 unless told, the eve of the finance ministers' meeting\n"
    "  --country C,...   whose dependence; USA,EU27,DEU,FRA,ITA,JPN unless told\n"
    "  --group G         the group that is taken as one; MEETING12 unless told\n"
    "  --mineral M,...   minerals; ten unless told. Restrictions, agreements and reserves are narrowed to them too\n"
    "  --year Y          figures of this year or the newest before it; the newest unless told\n"
    "  --assume NAME=VALUE  what is assumed where the scenarios need what nobody published; may be repeated\n"
    "  --set SCENARIO.PATH=VALUE  one number of one scenario, by the name that its table of assumptions gives it, such "
    "as japan.users[0].inventory=60; may be repeated\n"
    "  --format html|md  a page with charts, or Markdown; html unless told\n"
    "  --out FILE        briefing.html or briefing.md unless told; - is standard output, and then nothing else is "
    "written there\n";

enum { USAGE = 2, BAD_INPUT = 3, MACHINE = 4, NAMES_MAX = 200 };

static int fail(int code, const char *message) {
  fprintf(stderr, "briefing: %s\n", message);
  return code;
}

/* Takes a list apart, in place. */
static int names_of(const char *option, char *value, char **names, int *n) {
  for (char *name = strtok(value, ","); name; name = strtok(NULL, ",")) {
    if (*n == NAMES_MAX) return fprintf(stderr, "briefing: --%s takes %d names at most\n", option, NAMES_MAX), USAGE;
    names[(*n)++] = name;
  }
  return *n ? 0
            : (fprintf(stderr,
                       "briefing: --%s takes names, with commas between them; leave it out for the usual ones\n",
                       option),
               USAGE);
}

static int read_options(int argc, char **argv, options *o) {
  for (int i = 1; i < argc; i++) {
    char *option = argv[i], *value = strchr(option, '=');
    if (strncmp(option, "--", 2) != 0)
      return fprintf(stderr, "briefing: `%s` is no option; `briefing --help` lists them\n", option), USAGE;
    option += 2;
    if (value)
      *value++ = '\0';
    else if (i + 1 < argc)
      value = argv[++i];
    if (!value)
      return fprintf(stderr, "briefing: --%s is no option, or lacks its value; `briefing --help` lists them\n", option),
             USAGE;
    int code = 0;
    if (strcmp(option, "out") == 0) {
      o->out = value;
    } else if (strcmp(option, "date") == 0) {
      if (!is_day(value)) return fail(USAGE, "--date takes a day as yyyy-mm-dd, such as 2026-01-11, from 1501 to 2200");
      o->date = value;
    } else if (strcmp(option, "group") == 0) {
      o->group = value;
    } else if (strcmp(option, "format") == 0) {
      if (strcmp(value, "html") != 0 && strcmp(value, "md") != 0) return fail(USAGE, "--format takes html or md");
      o->format = value;
    } else if (strcmp(option, "assume") == 0) {
      if (!strchr(value, '=') || *value == '=') return fail(USAGE, "--assume takes NAME=VALUE, such as leak=0.2");
      if (o->n_assumed == NAMES_MAX) return fail(USAGE, "--assume is given too often");
      o->assumed[o->n_assumed++] = value;
    } else if (strcmp(option, "set") == 0) {
      if (!strchr(value, '=') || !strchr(value, '.') || strchr(value, '.') > strchr(value, '='))
        return fail(USAGE, "--set takes SCENARIO.PATH=VALUE, such as japan.users[0].inventory=60");
      if (o->n_set == NAMES_MAX) return fail(USAGE, "--set is given too often");
      o->set[o->n_set++] = value;
    } else if (strcmp(option, "year") == 0) {
      char *end;
      long year = strtol(value, &end, 10);
      if (end == value || *end || year < 1500 || year > 2200)
        return fail(USAGE, "--year takes a year between 1500 and 2200");
      o->year = (int)year;
    } else if (strcmp(option, "mineral") == 0) {
      code = names_of(option, value, o->minerals, &o->n_minerals);
    } else if (strcmp(option, "country") == 0) {
      code = names_of(option, value, o->countries, &o->n_countries);
    } else {
      return fprintf(stderr, "briefing: --%s is no option; `briefing --help` lists them\n", option), USAGE;
    }
    if (code) return code;
  }
  return 0;
}

static int write_out(const char *path, const style *look, const facts *f) {
  int to_standard = strcmp(path, "-") == 0;
  FILE *out = to_standard ? stdout : fopen(path, "w");
  if (!out) return 0;
  document_write(out, look, f);
  int failed = fflush(out) != 0 || ferror(out);
  return !((!to_standard && fclose(out) != 0) || failed);
}

int main(int argc, char **argv) {
  char *minerals[NAMES_MAX], *countries[NAMES_MAX], *assumed[NAMES_MAX], *set[NAMES_MAX];
  options o = {.date = default_date,
               .group = default_group,
               .format = "html",
               .minerals = minerals,
               .countries = countries,
               .assumed = assumed,
               .set = set};
  for (int i = 1; i < argc; i++)
    if (strcmp(argv[i], "--help") == 0) return fputs(usage, stdout) < 0;
  int code = read_options(argc, argv, &o);
  if (code) return code;
  int markdown = strcmp(o.format, "md") == 0;
  if (!o.out) o.out = markdown ? "briefing.md" : "briefing.html";
  facts f;
  critmin_error error;
  critmin_status status = facts_gather(&f, &o, &error);
  if (status != CRITMIN_OK) {
    facts_free(&f);
    return fail(status == CRITMIN_ERROR_UNKNOWN_NAME || status == CRITMIN_ERROR_NOT_FOUND ? USAGE : MACHINE,
                error.message);
  }
  int written = write_out(o.out, markdown ? &markdown_style : &html_style, &f);
  if (!written) {
    fprintf(stderr, "briefing: cannot write %s: %s\n", o.out, strerror(errno));
  } else if (strcmp(o.out, "-") != 0) {
    document_write(stdout, &terminal_style, &f);
    printf("\nThe paper: %s\n", o.out);
  }
  facts_free(&f);
  return written ? 0 : MACHINE;
}
