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
  OPTION_PARAMETER, /* [METRIC.]PARAM=VALUE */
  OPTION_WHERE /* COLUMN=VALUE, of the row of a table */
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
#define TAKES_BIT(option) (UINT64_C(1) << (option))
#define TAKES_FORMAT TAKES_BIT(0)
#define TAKES_OUT TAKES_BIT(1)
#define TAKES_MINERAL TAKES_BIT(2)
#define TAKES_STAGE TAKES_BIT(3)
#define TAKES_COUNTRY TAKES_BIT(4)
#define TAKES_PARTNER TAKES_BIT(5)
#define TAKES_YEAR TAKES_BIT(6)
#define TAKES_SOURCE TAKES_BIT(7)
#define TAKES_EDITION TAKES_BIT(8)
#define TAKES_DATE TAKES_BIT(9)
#define TAKES_MEASURE TAKES_BIT(10)
#define TAKES_STATUS TAKES_BIT(11)
#define TAKES_INDICATOR TAKES_BIT(12)
#define TAKES_KIND TAKES_BIT(13)
#define TAKES_KEY TAKES_BIT(14)
#define TAKES_SET TAKES_BIT(15)
#define TAKES_THREADS TAKES_BIT(16)
#define TAKES_FROM TAKES_BIT(17)
#define TAKES_METRIC TAKES_BIT(18)
#define TAKES_RELATION TAKES_BIT(19)
#define TAKES_HELP TAKES_BIT(20)
#define TAKES_VERSION TAKES_BIT(21)
#define TAKES_SINCE TAKES_BIT(22)
#define TAKES_ORDER TAKES_BIT(23)
#define TAKES_AT TAKES_BIT(24)
#define TAKES_DRAWS TAKES_BIT(25)
#define TAKES_SEED TAKES_BIT(26)
#define TAKES_TABLE TAKES_BIT(27)
#define TAKES_TOP TAKES_BIT(28)
#define TAKES_CONCENTRATION TAKES_BIT(29)
#define TAKES_WHERE TAKES_BIT(30)
#define TAKES_FIRST TAKES_BIT(31)
#define TAKES_SAVE TAKES_BIT(32)

#define TAKES_RESULT (TAKES_FORMAT | TAKES_OUT | TAKES_HELP)
#define TAKES_CELLS (TAKES_MINERAL | TAKES_STAGE | TAKES_COUNTRY | TAKES_YEAR | TAKES_SOURCE | TAKES_EDITION)

typedef struct command {
  const char *name;
  int (*run)(struct request *request);
  int least, most; /* number of words after the command; most is -1 where any number will do */
  uint64_t takes;  /* TAKES_ bits */
  const char *words;
  const char *summary;
  const char *text; /* for `critmin help COMMAND` */
} command;

extern const command commands[];
extern const int n_commands;
const command *command_find(const char *name);

/* What a row of a table has to be. */
typedef struct filter {
  const char *column; /* NULL: it stands in `value`, before an equals sign */
  const char *value;  /* names joined with commas */
} filter;

/* What one call of the program asks for. Texts are those of argv. */
typedef struct request {
  const command *command;
  const char **all_words; /* owned */
  const char **words; /* of them, after the command: the store first, where there is one */
  int n_words;
  uint64_t chosen; /* TAKES_ bits of the options that were given */
  critmin_selection *selection;
  const char *format, *out, *from, *metric, *relation, *since, *date, *source, *edition, *at, *table, *concentration, *save;
  const char **settings; /* owned; PATH=VALUE, of a command that sets values of a scenario */
  int n_settings;
  filter *filters; /* owned; the names that were given, and --where */
  int n_filters;
  int32_t threads, draws, seed, top, first;
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
