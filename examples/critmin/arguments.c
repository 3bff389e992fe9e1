/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "nearest.h"
#include "running_scenario.h"
#include "table_output.h"

typedef struct given {
  int option;
  const char *value;
} given;

static int option_find(const char *name, size_t length) {
  for (int i = 0; i < n_options; i++) {
    if (strlen(options[i].name) == length && memcmp(options[i].name, name, length) == 0) return i;
  }
  return -1;
}

static int unknown_option(const char *argument) {
  if (argument[1] != '-') {
    return fail(ENDED_USAGE, "there is no option `%s`; options begin with two dashes, and `critmin --help` lists them",
                argument);
  }
  char name[64] = "";
  strncat(name, argument + 2, strcspn(argument + 2, "=") < sizeof name ? strcspn(argument + 2, "=") : sizeof name - 1);
  nearest near = {.word = name};
  for (int i = 0; i < n_options; i++) nearest_try(&near, options[i].name);
  if (near.best) return fail(ENDED_USAGE, "there is no option `--%s`; did you mean `--%s`?", name, near.best);
  return fail(ENDED_USAGE, "there is no option `--%s`; `critmin --help` lists them", name);
}

/* Splits argv into words and options with their values. */
static int split(int argc, char **argv, request *r, given *list, int *n_given) {
  int only_words = 0;
  for (int i = 1; i < argc; i++) {
    const char *argument = argv[i];
    if (only_words || argument[0] != '-' || argument[1] == '\0') {
      r->words[r->n_words++] = argument;
      continue;
    }
    if (strcmp(argument, "--") == 0) {
      only_words = 1;
      continue;
    }
    if (strcmp(argument, "-h") == 0) argument = "--help";
    size_t length = strcspn(argument, "=");
    int number = argument[1] == '-' ? option_find(argument + 2, length - 2) : -1;
    if (number < 0) return unknown_option(argument);
    const option *o = &options[number];
    const char *value = argument[length] == '=' ? argument + length + 1 : NULL;
    if (o->kind == OPTION_FLAG) {
      if (value) return fail(ENDED_USAGE, "--%s takes no value", o->name);
    } else if (!value) {
      if (i + 1 >= argc || strncmp(argv[i + 1], "--", 2) == 0) {
        return fail(ENDED_USAGE, "--%s needs a value: --%s %s", o->name, o->name, o->value);
      }
      value = argv[++i];
    }
    if (value && value[0] == '\0') return fail(ENDED_USAGE, "--%s is empty: --%s %s", o->name, o->name, o->value);
    list[(*n_given)++] = (given){number, value};
  }
  return 0;
}

int arguments_names(request *r, const char *dimension, const char *what, const char *names) {
  critmin_error error;
  char *copy = malloc(strlen(names) + 1);
  if (!copy) return fail_memory();
  strcpy(copy, names);
  int code = 0;
  for (char *name = copy; name && !code;) {
    char *comma = strchr(name, ',');
    if (comma) *comma = '\0';
    while (isspace((unsigned char)*name)) name++;
    if (*name == '\0') {
      code = fail(ENDED_USAGE, "%s `%s` has an empty name between commas", what, names);
    } else if (critmin_selection_add(r->selection, dimension, name, &error) != CRITMIN_OK) {
      code = fail_library(&error, FROM_COMMAND_LINE, NULL);
    }
    name = comma ? comma + 1 : NULL;
  }
  free(copy);
  return code;
}

/* Digits, and nothing else; -1 otherwise. */
static int32_t whole_number(const char *text, size_t length) {
  int32_t number = 0;
  if (length == 0 || length > 9) return -1;
  for (size_t i = 0; i < length; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

static int set_option(request *r, const char *name, const char *value) {
  critmin_error error;
  if (critmin_selection_set(r->selection, name, value, &error) == CRITMIN_OK) return 0;
  return fail_library(&error, FROM_COMMAND_LINE, NULL);
}

static int set_years(request *r, const char *value) {
  critmin_error error;
  if (strcmp(value, "newest") == 0) {
    if (r->command->takes & TAKES_SET) return set_option(r, "year", value);
    return fail(ENDED_USAGE, "`critmin %s` has no newest year; name one, or a range", r->command->name);
  }
  size_t length = strcspn(value, ":");
  const char *second = value[length] == ':' ? value + length + 1 : value;
  int32_t first_year = whole_number(value, length), last_year = whole_number(second, strlen(second));
  if (strchr(value, ',')) {
    return fail(ENDED_USAGE, "--year takes one year or one range, not the list `%s`; ask for first:last, as 2020:2024",
                value);
  }
  if (first_year < 0 || last_year < 0) {
    return fail(ENDED_USAGE, "--year `%s` is no year; write 2024, or 2020:2024 for first to last", value);
  }
  if (critmin_selection_years(r->selection, first_year, last_year, &error) == CRITMIN_OK) return 0;
  return fail_library(&error, FROM_COMMAND_LINE, NULL);
}

static int set_order(request *r, const char *value) {
  if (strcmp(value, "key") == 0 || strcmp(value, "value") == 0) return set_option(r, "order", value);
  return fail(ENDED_USAGE, "--order `%s` should be key, as rows come, or value, by falling value", value);
}

static int set_parameter(request *r, const char *setting) {
  const char *equals = strchr(setting, '=');
  if (scenario_is_named(r) && (r->command->run == run_scenario || r->command->run == run_explain)) {
    if (!equals || equals == setting) return fail(ENDED_USAGE, "--set `%s` should be PATH=VALUE", setting);
    r->settings[r->n_settings++] = setting;
    return 0;
  }
  if (!equals || equals == setting || equals[1] == '\0') {
    return fail(ENDED_USAGE, "--set `%s` should be PARAM=VALUE or METRIC.PARAM=VALUE", setting);
  }
  size_t length = (size_t)(equals - setting);
  int number = option_find(setting, length);
  if (number >= 0 && options[number].kind == OPTION_SETTING) {
    return fail(ENDED_USAGE, "`%s` is an option, not a parameter: write --%s %s", options[number].name,
                options[number].name, equals + 1);
  }
  char *name = malloc(length + 1);
  if (!name) return fail_memory();
  memcpy(name, setting, length);
  name[length] = '\0';
  int code = set_option(r, name, equals + 1);
  free(name);
  return code;
}

static int set_count(request *r, const option *o, const char *value) {
  int32_t number = whole_number(value, strlen(value));
  if (number < 0) return fail(ENDED_USAGE, "--%s `%s` is no whole number from 0", o->name, value);
  memcpy((char *)r + o->member, &number, sizeof number);
  return 0;
}

static int apply(request *r, int number, const char *value) {
  const option *o = &options[number];
  int again = o->kind == OPTION_NAMES || o->kind == OPTION_PARAMETER || o->kind == OPTION_WHERE || o->kind == OPTION_FLAG;
  if (!again && (r->chosen & TAKES_BIT(number))) return fail(ENDED_USAGE, "--%s is given twice", o->name);
  r->chosen |= TAKES_BIT(number);
  switch (o->kind) {
    case OPTION_FLAG: memcpy((char *)r + o->member, &(int){1}, sizeof(int)); return 0;
    case OPTION_WORD: memcpy((char *)r + o->member, &value, sizeof value); return 0;
    case OPTION_COUNT: return set_count(r, o, value);
    case OPTION_NAMES: {
      char what[32] = "--";
      strncat(what, o->name, sizeof what - 3);
      r->filters[r->n_filters++] = (filter){o->target, value};
      return arguments_names(r, o->target, what, value);
    }
    case OPTION_YEARS: return set_years(r, value);
    case OPTION_ORDER: return set_order(r, value);
    case OPTION_SETTING:
      if (o->member) memcpy((char *)r + o->member, &value, sizeof value);
      return set_option(r, o->target, value);
    case OPTION_PARAMETER: return set_parameter(r, value);
    case OPTION_WHERE:
      if (strcspn(value, "=") == 0 || !strchr(value, '=')) return fail(ENDED_USAGE, "--where `%s` should be COLUMN=VALUE", value);
      r->filters[r->n_filters++] = (filter){NULL, value};
      return 0;
  }
  return 0;
}

int arguments_unknown_command(const char *name) {
  nearest near = {.word = name};
  for (int i = 0; i < n_commands; i++) nearest_try(&near, commands[i].name);
  if (near.best) return fail(ENDED_USAGE, "there is no command `%s`; did you mean `%s`?", name, near.best);
  return fail(ENDED_USAGE, "there is no command `%s`; `critmin --help` lists them", name);
}

static int choose_command(request *r) {
  if (r->n_words == 0) return fail(ENDED_USAGE, "no command is given; `critmin --help` lists them");
  r->command = command_find(r->words[0]);
  if (!r->command) return arguments_unknown_command(r->words[0]);
  r->words++;
  r->n_words--;
  return 0;
}

static int check_words(const request *r) {
  const command *c = r->command;
  if (r->n_words < c->least) return fail(ENDED_USAGE, "something is missing: critmin %s %s", c->name, c->words);
  if (c->most >= 0 && r->n_words > c->most) {
    return fail(ENDED_USAGE, "`%s` is one word too many: critmin %s %s", r->words[c->most], c->name, c->words);
  }
  if (c->least > 0 && r->words[0][0] == '\0') {
    return fail(ENDED_USAGE, "STORE is empty; name a file, or :reference: for the data inside the library");
  }
  return 0;
}

int arguments_read(int argc, char **argv, request *r) {
  critmin_error error;
  size_t room = argc > 0 ? (size_t)argc : 1;
  *r = (request){.format = "text", .top = 10};
  r->all_words = calloc(room, sizeof *r->all_words);
  r->settings = calloc(room, sizeof *r->settings);
  r->filters = calloc(room, sizeof *r->filters);
  given *list = calloc(room, sizeof *list);
  r->words = r->all_words;
  int n_given = 0, code = 0;
  if (!r->all_words || !r->settings || !r->filters || !list) {
    code = fail_memory();
  } else if (critmin_selection_new(&r->selection, &error) != CRITMIN_OK) {
    code = fail_library(&error, FROM_COMMAND_LINE, NULL);
  } else {
    code = split(argc, argv, r, list, &n_given);
  }
  for (int i = 0; i < n_given && !code; i++) {
    if (options[list[i].option].kind == OPTION_FLAG) code = apply(r, list[i].option, NULL);
  }
  if (!code && !r->version && (r->n_words > 0 || !r->help)) code = choose_command(r);
  if (!code && !r->version && !r->help) {
    code = check_words(r);
    for (int i = 0; i < n_given && !code; i++) {
      const option *o = &options[list[i].option];
      if (!(r->command->takes & TAKES_BIT(list[i].option))) {
        code = fail(ENDED_USAGE, "`critmin %s` takes no --%s; `critmin help %s` lists what it takes", r->command->name,
                    o->name, r->command->name);
      } else if (o->kind != OPTION_FLAG && o->kind != OPTION_PARAMETER) {
        code = apply(r, list[i].option, list[i].value);
      }
    }
    /* Of what a parameter is, other options say. */
    for (int i = 0; i < n_given && !code; i++) {
      if (options[list[i].option].kind == OPTION_PARAMETER) code = apply(r, list[i].option, list[i].value);
    }
    if (!code) code = table_format_known(r);
  }
  free(list);
  return code;
}

void request_free(request *r) {
  critmin_selection_free(r->selection);
  free(r->all_words);
  free(r->settings);
  free(r->filters);
  *r = (request){0};
}
