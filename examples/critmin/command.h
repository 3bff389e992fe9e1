/* SPDX-License-Identifier: MIT */
/* What the program understands, as data: its commands and options. Parsing and help are both read off these tables. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "critmin/critmin.h"

struct request;

typedef enum option_kind {
  OPTION_FLAG,    /* no value; `member` is an int of the request */
  OPTION_WORD,    /* `member` is a const char * of the request */
  OPTION_COUNT,   /* `member` is an int32_t of the request */
  OPTION_NAMES,   /* names joined with commas, added along the selection's dimension `target` */
  OPTION_YEARS,   /* Y, Y:Y, or of metrics `newest` */
  OPTION_SETTING, /* the selection's option `target`; where it has a `member`, that too */
  OPTION_ORDER,   /* key or value */
  OPTION_PARAMETER /* [METRIC.]PARAM=VALUE */
} option_kind;

typedef struct option {
  const char *name;  /* without the dashes */
  option_kind kind;
  const char *target;
  size_t member;
  const char *value; /* what help calls the value */
  const char *text;
} option;

extern const option options[];
extern const int n_options;

/* The options of the table, as bits of what a command takes. In the order of the table. */
enum {
  TAKES_FORMAT = 1 << 0,
  TAKES_OUT = 1 << 1,
  TAKES_MINERAL = 1 << 2,
  TAKES_STAGE = 1 << 3,
  TAKES_COUNTRY = 1 << 4,
  TAKES_PARTNER = 1 << 5,
  TAKES_YEAR = 1 << 6,
  TAKES_SOURCE = 1 << 7,
  TAKES_EDITION = 1 << 8,
  TAKES_DATE = 1 << 9,
  TAKES_MEASURE = 1 << 10,
  TAKES_STATUS = 1 << 11,
  TAKES_INDICATOR = 1 << 12,
  TAKES_KIND = 1 << 13,
  TAKES_KEY = 1 << 14,
  TAKES_SET = 1 << 15,
  TAKES_THREADS = 1 << 16,
  TAKES_FROM = 1 << 17,
  TAKES_METRIC = 1 << 18,
  TAKES_RELATION = 1 << 19,
  TAKES_HELP = 1 << 20,
  TAKES_VERSION = 1 << 21,
  TAKES_SINCE = 1 << 22,
  TAKES_ORDER = 1 << 23,
  TAKES_AT = 1 << 24,
  TAKES_DRAWS = 1 << 25,
  TAKES_SEED = 1 << 26,
  TAKES_TABLE = 1 << 27,
  TAKES_TOP = 1 << 28,
  TAKES_CONCENTRATION = 1 << 29,

  TAKES_RESULT = TAKES_FORMAT | TAKES_OUT | TAKES_HELP,
  TAKES_CELLS = TAKES_MINERAL | TAKES_STAGE | TAKES_COUNTRY | TAKES_YEAR | TAKES_SOURCE | TAKES_EDITION
};

typedef struct command {
  const char *name;
  int (*run)(struct request *request);
  int least, most; /* number of words after the command; most is -1 where any number will do */
  int takes;       /* TAKES_ bits */
  const char *words;
  const char *summary;
  const char *text; /* for `critmin help COMMAND` */
} command;

extern const command commands[];
extern const int n_commands;
const command *command_find(const char *name);

/* What one call of the program asks for. Texts are those of argv. */
typedef struct request {
  const command *command;
  const char **all_words; /* owned */
  const char **words; /* of them, after the command: the store first, where there is one */
  int n_words;
  int chosen; /* TAKES_ bits of the options that were given */
  critmin_selection *selection;
  const char *format, *out, *from, *metric, *relation, *since, *date, *source, *edition, *at, *table, *concentration;
  const char **settings; /* owned; PATH=VALUE, of a command that sets values of a scenario */
  int n_settings;
  int32_t threads, draws, seed, top;
  int help, version;
} request;

int run_init(request *request);
int run_import(request *request);
int run_figures(request *request);
int run_set(request *request);
int run_remove(request *request);
int run_info(request *request);
int run_list(request *request);
int run_metric(request *request);
int run_compare(request *request);
int run_explain(request *request);
int run_origin(request *request);
int run_scenario(request *request);
int run_check(request *request);
int run_help(request *request);

#endif
